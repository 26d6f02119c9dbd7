/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

/* Knots and threads with sparks that run along: a plain value. Lengths in units. */
typedef struct
{
  double x, y, radius_x, radius_y, depth;
  double size;                              /* what `inside` counts in */
  double (*inside) (double x, double y);    /* (nullable): more than 0 where knots may be */
  int n;
  CsSketchColor color;
  gboolean is_faint;                        /* far and quiet */
  gboolean is_globe;                        /* knots on a ball */
} CsSketchNetwork;

void cs_sketch_network_add (CsSketchStage *stage, const CsSketchNetwork *network);

G_END_DECLS
