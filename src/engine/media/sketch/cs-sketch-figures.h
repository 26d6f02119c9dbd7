/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

/* Living figures that several families show. */
void cs_sketch_figure_add_deer (CsSketchStage *stage, double x, double foot, double size);

G_END_DECLS
