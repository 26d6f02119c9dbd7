/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

/* What stands in a garden. */
void cs_sketch_pagoda_draw (
    CsSketchStage *stage, CsSketchCanvas *canvas, double x, double foot, double size, double depth);
void
cs_sketch_red_bridge_draw (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double foot, double width);
void
cs_sketch_lantern_draw (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double foot, double size);
void cs_sketch_windmill_add (CsSketchStage *stage, double x, double foot, double size);

G_END_DECLS
