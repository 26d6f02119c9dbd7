/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

void cs_sketch_meadow_add_far (CsSketchStage *stage);
void cs_sketch_meadow_add_ground (CsSketchStage *stage, double y, int n_flowers);
void cs_sketch_meadow_add_near (CsSketchStage *stage);
void cs_sketch_flower_draw (
    CsSketchCanvas *canvas, double x, double y, double size, CsSketchColor color, CsSketchColor heart);

G_END_DECLS
