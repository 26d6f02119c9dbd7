/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-canvas.h"

G_BEGIN_DECLS

#define CS_SKETCH_TILE 16

typedef enum
{
  CS_SKETCH_TILE_EMPTY,
  CS_SKETCH_TILE_MIXED,
  CS_SKETCH_TILE_FULL,
} CsSketchTile;

/* A picture drawn once, greater than the frame, laid on each frame at its own depth. Built by one thread; read-only
 * once cs_sketch_layer_freeze() was called; owned by its scene. The public fields are lengths in units and seconds. */
typedef struct
{
  CsSketchCanvas *canvas;

  /* Depth: 0 infinitely far, 1 the subject, 1.5 very near. A ground or a water has two. */
  double depth_far, depth_near;
  double y_far, y_near; /* the heights of these depths */

  /* Movement of its own. */
  double drift_x;                           /* units a second; at most what `margin` allows */
  double sway_x, sway_y, sway_period;       /* a slow swing */
  double ripple_x, ripple_y, ripple_period; /* rows that move like water: strength at y_near, none at y_far */
  double opacity;                           /* 0..1 */
  double pulse, pulse_period;               /* opacity swings by that much */
  double phase;

  /* Made by cs_sketch_layer_freeze(). */
  guint8 *tiles; /* CsSketchTile of each piece of each pair of rows */
  guint8 *full;  /* rows without any hole */
  int n_tiles;
  int first_row, last_row;
} CsSketchLayer;

CsSketchLayer *cs_sketch_layer_new    (CsSketchCanvas *canvas, double depth);
void           cs_sketch_layer_free   (CsSketchLayer *self);
void           cs_sketch_layer_freeze (CsSketchLayer *self);

G_END_DECLS
