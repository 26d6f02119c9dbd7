/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-style.h"

#include <string.h>

/* A copy of a box of pixels; owns its memory during one call. */
static CsSketchPixels
copy_box (const CsSketchPixels *pixels, const CsSketchBox *box)
{
  CsSketchPixels copy = { NULL, box->width * 4, box->width, box->height };

  copy.data = g_malloc ((gsize) copy.stride * copy.height);
  for (int y = 0; y < box->height; y++)
    memcpy (copy.data + (gsize) y * copy.stride,
            pixels->data + (gsize) (box->y + y) * pixels->stride + (gsize) box->x * 4, copy.stride);
  return copy;
}

/* How high the clay stands at a point, 0 to about 1: round at its edges, with the relief of its own colours.
 */
static inline double
get_height (const CsSketchPixels *round, const CsSketchPixels *fine, int x, int y)
{
  const guint8 *a, *b;

  x = CLAMP (x, 0, round->width - 1);
  y = CLAMP (y, 0, round->height - 1);
  a = round->data + (gsize) y * round->stride + (gsize) x * 4;
  b = fine->data + (gsize) y * fine->stride + (gsize) x * 4;
  return a[3] * (1 / 255.0) + (b[0] + b[1] + b[2]) * (0.22 / 765.0);
}

/* Colour of a lit body: soft light from above one side, a bright rim, darker where it turns away. */
static void
light_pixel (const CsSketchLook *self, guint8 *pixel, double dx, double dy)
{
  double facing = -(dx * self->light_x * 0.65 - dy * 0.80), rim, body;

  facing = cs_sketch_clamp (facing, -1, 1);
  body = 1 + (facing > 0 ? facing * 0.26 : facing * 0.46);
  rim = facing > 0.30 ? (facing - 0.30) * (facing - 0.30) * 0.85 : facing < -0.55 ? (-0.55 - facing) * 0.55 : 0;
  for (int c = 0; c < 3; c++)
    {
      double warm = c == 0 && facing < 0 ? 1.0 - facing * 0.06 : 1;
      double v = pixel[c] * body * warm + rim * pixel[3];

      pixel[c] = (guint8) cs_sketch_clamp (v, 0, pixel[3]);
    }
}

/* The soft dark that a body throws on what stands behind it. */
static void
shadow_pixel (guint8 *pixel, const CsSketchPixels *round, int x, int y, double strength)
{
  int dark;

  x = CLAMP (x, 0, round->width - 1);
  y = CLAMP (y, 0, round->height - 1);
  dark = (int) ((round->data + (gsize) y * round->stride + (gsize) x * 4)[3] * strength * (255 - pixel[3])
                / 255);
  pixel[0] = (guint8) (pixel[0] + dark * 0.20);
  pixel[1] = (guint8) (pixel[1] + dark * 0.10);
  pixel[2] = (guint8) (pixel[2] + dark * 0.14);
  pixel[3] = (guint8) MIN (pixel[3] + dark, 255);
}

static CsSketchBox
grow (const CsSketchBox *box, const CsSketchPixels *pixels, int by)
{
  int x0 = MAX (box->x - by, 0), y0 = MAX (box->y - by, 0);

  return (CsSketchBox){ x0, y0, MIN (box->x + box->width + by, pixels->width) - x0,
                        MIN (box->y + box->height + by, pixels->height) - y0 };
}

/* The look of a model made of clay: round edges in soft studio light, each layer throwing a shadow on the
 * next. */
void
cs_sketch_style_clay (const CsSketchLook *self,
                      const CsSketchPixels *pixels,
                      const CsSketchBox *box,
                      CsSketchKind kind)
{
  double radius = self->unit * (kind == CS_SKETCH_KIND_SUBJECT ? 0.019 : 0.012), k = radius * 1.15;
  double shadow = kind == CS_SKETCH_KIND_SUBJECT ? 0.50 : kind == CS_SKETCH_KIND_SCENERY ? 0.34 : 0.14;
  CsSketchBox all = grow (box, pixels, (int) (radius * 3));
  CsSketchPixels round, fine;
  int down = (int) (radius * 0.9), aside, e = MAX (1, (int) (self->unit * 0.0016));

  if (kind == CS_SKETCH_KIND_SKY || kind == CS_SKETCH_KIND_WATER)
    return;
  if (kind == CS_SKETCH_KIND_SCENERY)
    cs_sketch_pixels_blur (pixels, &all, self->unit * 0.0012);
  round = copy_box (pixels, &all);
  fine = copy_box (pixels, &all);
  cs_sketch_pixels_blur (&round, NULL, radius);
  cs_sketch_pixels_blur (&fine, NULL, self->unit * 0.0034);
  aside = (int) (radius * 0.7 * -self->light_x);
  for (int y = 0; y < all.height; y++)
    {
      guint8 *row = pixels->data + (gsize) (all.y + y) * pixels->stride + (gsize) all.x * 4;

      for (int x = 0; x < all.width; x++, row += 4)
        {
          if (row[3] > 0)
            light_pixel (
                self, row,
                (get_height (&round, &fine, x + e, y) - get_height (&round, &fine, x - e, y)) * k / (2 * e),
                (get_height (&round, &fine, x, y + e) - get_height (&round, &fine, x, y - e)) * k / (2 * e));
          if (row[3] < 255)
            shadow_pixel (row, &round, x - aside, y - down, shadow);
        }
    }
  g_free (round.data);
  g_free (fine.data);
}
