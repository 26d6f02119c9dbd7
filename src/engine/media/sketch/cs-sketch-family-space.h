/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

/* Who floats in space. */
void cs_sketch_astronaut_add (CsSketchStage *stage, double x, double y, double size, gboolean is_cat);

G_END_DECLS
