/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

/* A chain of mountains or hills: a plain value. Lengths in units. */
typedef struct
{
  double y;           /* where its foot is */
  double height;      /* of its summits over the foot */
  double width;       /* of one mountain: 0.3 steep, 1 broad */
  double roughness;   /* 0 smooth hills .. 1 sharp crests */
  double depth;
  double snow;        /* 0 none .. 1 white to the foot */
  double mist;        /* 0 none .. 1: its foot fades into the haze */
  double peak_x;      /* where the greatest summit stands, in units; */
  double peak;        /* and how much it rises over the others: 0 .. 1 */
  double offset;      /* another place of the noise: another chain */
  CsSketchColor color;
} CsSketchTerrain;

void   cs_sketch_terrain_draw        (CsSketchStage *stage, CsSketchCanvas *canvas, const CsSketchTerrain *terrain);
void   cs_sketch_terrain_add         (CsSketchStage *stage, const CsSketchTerrain *terrain);
double cs_sketch_terrain_get_top     (const CsSketchStage *stage, const CsSketchTerrain *terrain, double x);
void   cs_sketch_rock_shade          (CsSketchStage *stage, CsSketchCanvas *canvas, double x0, double y0, double x1,
                                      double y1, CsSketchColor color, double scale);

G_END_DECLS
