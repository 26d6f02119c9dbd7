/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/cs-sketch-renderer.h"

G_BEGIN_DECLS

/*
 * Carries how far a render is from its worker thread to the main context of who asked: the newest value, at most 20
 * times a second, never backwards. Reference counted; told by one thread.
 */
typedef struct _CsSketchProgress CsSketchProgress;

CsSketchProgress *cs_sketch_progress_new   (GMainContext *context, CsSketchProgressFunc func, gpointer user_data);
void              cs_sketch_progress_tell  (CsSketchProgress *self, double share);
void              cs_sketch_progress_unref (CsSketchProgress *self);

G_END_DECLS
