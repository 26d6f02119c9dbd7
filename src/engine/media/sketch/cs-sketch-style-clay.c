/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-style.h"

void
cs_sketch_style_clay (const CsSketchLook *self, const CsSketchPixels *pixels, const CsSketchBox *box, CsSketchKind kind)
{
}
