/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

void cs_sketch_sky_add         (CsSketchStage *stage);
void cs_sketch_sky_add_clouds  (CsSketchStage *stage, double cover);
void cs_sketch_sky_add_fog     (CsSketchStage *stage, double y, double height, double depth, double strength);
void cs_sketch_sky_add_bank    (CsSketchStage *stage, double y, double size, double depth);
void cs_sketch_weather_add     (CsSketchStage *stage);
void cs_sketch_cumulus_draw    (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double y, double size);

G_END_DECLS
