/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-scene.h"

G_BEGIN_DECLS

/*
 * Draws the frames of a film ahead of who takes them, on some threads, into a ring of pictures. Owned by one thread,
 * which takes the frames in their order. Borrows the scene.
 */
typedef struct _CsSketchPainter CsSketchPainter;

CsSketchPainter *cs_sketch_painter_new  (CsSketchScene *scene, int width, int height, int frame_rate, guint n_frames);
GBytes          *cs_sketch_painter_next (CsSketchPainter *self);
void             cs_sketch_painter_free (CsSketchPainter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSketchPainter, cs_sketch_painter_free)

G_END_DECLS
