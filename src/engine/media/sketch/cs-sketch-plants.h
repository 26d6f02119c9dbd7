/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

/* Single plants on a sheet: (x, y) is where they stand, sizes in units; colours are already lit. */
void cs_sketch_plant_pine  (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double y, double height,
                            CsSketchColor lit, CsSketchColor dark);
void cs_sketch_plant_bush  (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double y, double size,
                            CsSketchColor lit, CsSketchColor dark);
void cs_sketch_plant_palm  (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double y, double height,
                            CsSketchColor lit, CsSketchColor dark);
void cs_sketch_plant_grass (CsSketchStage *stage, CsSketchCanvas *canvas, double x0, double x1, double y,
                            double height, int n, CsSketchColor lit, CsSketchColor dark);

G_END_DECLS
