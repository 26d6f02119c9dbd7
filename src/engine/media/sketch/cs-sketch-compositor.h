/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-frame.h"
#include "media/sketch/cs-sketch-layer.h"

G_BEGIN_DECLS

/* One thing in a scene, far ones first: a layer, or an actor drawn on each frame. Owned by its list. */
typedef struct
{
  CsSketchLayer *layer;      /* (nullable) */
  CsSketchActorFunc draw;    /* (nullable) */
  gpointer data;
  GDestroyNotify free_data;
} CsSketchItem;

void cs_sketch_item_free          (CsSketchItem *self);
void cs_sketch_compositor_draw    (const GPtrArray *items, CsSketchFrame *frame, int first_row, int last_row);

G_END_DECLS
