/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

/* How a water looks: a plain value. */
typedef struct
{
  double y;          /* its far shore, in units */
  double roughness;  /* 0 a mirror .. 1 open sea .. 1.6 storm */
  double depth_far, depth_near; /* keep them close together: what is mirrored moves with what it mirrors */
  double clearness;  /* how much it mirrors: 0 .. 1 */
} CsSketchWater;

void cs_sketch_water_add (CsSketchStage *stage, const CsSketchWater *water);

G_END_DECLS
