/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-frame.h"

G_BEGIN_DECLS

/* The user's words as a title in the lower third of a video. Made once; read-only afterwards, so any thread may draw;
 * owned by its scene. */
typedef struct _CsSketchCaption CsSketchCaption;

CsSketchCaption *cs_sketch_caption_new  (const char *words, int width, int height, double duration,
                                         int bars);
void             cs_sketch_caption_free (CsSketchCaption *self);
void             cs_sketch_caption_draw (const CsSketchCaption *self, CsSketchFrame *frame);

G_END_DECLS
