/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

typedef enum
{
  CS_SKETCH_TREE_FIR,   /* a cone of hanging branches */
  CS_SKETCH_TREE_PINE,  /* a tall bare trunk, branches high up */
  CS_SKETCH_TREE_LEAFY, /* a trunk and a rounded crown */
  CS_SKETCH_TREE_PALM,
} CsSketchTreeKind;

/* A tree to draw: a plain value. Lengths in units. */
typedef struct
{
  CsSketchTreeKind kind;
  double x, foot, height;
  double depth;        /* for the air before it */
  double snow;         /* 0 none .. 1 laden */
  CsSketchColor color; /* of its leaves, before light */
} CsSketchTree;

void cs_sketch_tree_draw (CsSketchStage *stage, CsSketchCanvas *canvas, const CsSketchTree *tree);
void cs_sketch_crown_draw (CsSketchStage *stage,
                           CsSketchCanvas *canvas,
                           double x,
                           double y,
                           double radius_x,
                           double radius_y,
                           CsSketchColor color,
                           double depth);
void cs_sketch_frond_draw (CsSketchStage *stage,
                           CsSketchCanvas *canvas,
                           double x,
                           double y,
                           double angle,
                           double length,
                           CsSketchColor color);
void cs_sketch_fern_draw (
    CsSketchStage *stage, CsSketchCanvas *canvas, double x, double y, double size, CsSketchColor color);
void cs_sketch_grass_draw (CsSketchStage *stage,
                           CsSketchCanvas *canvas,
                           double x0,
                           double x1,
                           double y,
                           double size,
                           int n,
                           CsSketchColor color);

G_END_DECLS
