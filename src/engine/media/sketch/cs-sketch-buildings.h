/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

typedef enum
{
  CS_SKETCH_ROOF_FLAT,
  CS_SKETCH_ROOF_STEPS,
  CS_SKETCH_ROOF_SPIRE,
  CS_SKETCH_ROOF_SLANT,
  CS_SKETCH_ROOF_DOME,
  CS_SKETCH_N_ROOFS
} CsSketchRoof;

/* One tall building: a plain value. Lengths in units. */
typedef struct
{
  double x, width;    /* its left side */
  double top, bottom;
  CsSketchRoof roof;
  CsSketchColor color; /* of the walls, in white light */
  double depth;        /* for the haze */
  double lit;          /* share of lit windows */
  double cell;         /* height of a storey */
  double neon;         /* 0 none .. 1 bright strips */
} CsSketchBuilding;

void          cs_sketch_building_draw   (CsSketchStage *stage, CsSketchCanvas *canvas, const CsSketchBuilding *building);
CsSketchColor cs_sketch_building_neon   (CsSketchStage *stage);

G_END_DECLS
