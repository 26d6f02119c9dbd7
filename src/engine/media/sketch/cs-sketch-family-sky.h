/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

/* Who flies in the sky. */
void cs_sketch_dragon_add (CsSketchStage *stage, double x, double y, double size);
void cs_sketch_balloon_add (CsSketchStage *stage, double x, double y, double size, double depth);

G_END_DECLS
