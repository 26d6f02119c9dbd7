/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-actors.h"

G_BEGIN_DECLS

typedef enum
{
  CS_SKETCH_HEAD_CAT,
  CS_SKETCH_HEAD_DOG,
  CS_SKETCH_HEAD_FOX,
  CS_SKETCH_HEAD_LION,
  CS_SKETCH_HEAD_PERSON,
} CsSketchHeadKind;

/* A friendly face seen from the front: a plain value. Colours are already in the scene's light. */
typedef struct
{
  CsSketchHeadKind kind;
  double x, y, radius;
  CsSketchColor coat, pale, dark, eye;
  gboolean is_blinking;
} CsSketchHead;

void cs_sketch_head_draw (CsSketchCanvas *canvas, const CsSketchHead *head);

/* Living figures that several families show. */
void cs_sketch_figure_add_deer (CsSketchStage *stage, double x, double foot, double size);
void cs_sketch_figure_add_horse (CsSketchStage *stage, double x, double foot, double size);
void cs_sketch_figure_add_blinking (CsSketchStage *stage,
                                    const CsSketchCanvas *open,
                                    const CsSketchCanvas *closed,
                                    const CsSketchMotion *motion);

G_END_DECLS
