/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"
#include "media/sketch/cs-sketch-frame.h"

G_BEGIN_DECLS

/* What goes over every frame at the end: the dark of the corners, grain, canvas, the bars of the cinema. Made once;
 * read-only afterwards, so any thread may draw; owned by its scene. */
typedef struct _CsSketchFinish CsSketchFinish;

CsSketchFinish *cs_sketch_finish_new      (CsStyle style, int width, int height, guint64 seed);
void            cs_sketch_finish_free     (CsSketchFinish *self);
int             cs_sketch_finish_get_bars (const CsSketchFinish *self);
void            cs_sketch_finish_draw     (const CsSketchFinish *self, CsSketchFrame *frame);

G_END_DECLS
