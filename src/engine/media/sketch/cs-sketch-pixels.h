/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-color.h"

G_BEGIN_DECLS

/* A rectangle of premultiplied ARGB32 pixels (blue first in memory), borrowed from its owner: a plain value.
 * A pixel whose colours are greater than its alpha is light: it is added to what lies behind. */
typedef struct
{
  guint8 *data;
  int stride;
  int width;
  int height;
} CsSketchPixels;

typedef struct
{
  int x, y, width, height;
} CsSketchBox;

static inline guint32 *
cs_sketch_pixels_row (const CsSketchPixels *self, int y)
{
  return (guint32 *) (void *) (self->data + (gsize) y * self->stride);
}

void        cs_sketch_pixels_blur     (const CsSketchPixels *self, const CsSketchBox *box, double radius);
CsSketchBox cs_sketch_pixels_get_used (const CsSketchPixels *self);
void        cs_sketch_pixels_add_glow (const CsSketchPixels *self, double x, double y, double radius_x,
                                       double radius_y, CsSketchColor color, double strength);

G_END_DECLS
