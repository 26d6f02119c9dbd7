/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

void cs_sketch_flourish_add (CsSketchStage *stage);

G_END_DECLS
