/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-style.h"

/* The brightness and the body of a sheet, one byte each, over a box; lives during one call. */
typedef struct
{
  guint8 *luma;
  guint8 *alpha;
  int width, height;
} Planes;

static void
planes_init (Planes *self, const CsSketchPixels *pixels, const CsSketchBox *box)
{
  gsize n = (gsize) box->width * box->height;

  self->width = box->width;
  self->height = box->height;
  self->luma = g_malloc (n);
  self->alpha = g_malloc (n);
  for (int y = 0; y < box->height; y++)
    {
      const guint8 *row = pixels->data + (gsize) (box->y + y) * pixels->stride + (gsize) box->x * 4;

      for (int x = 0; x < box->width; x++, row += 4)
        {
          int alpha = row[3], luma = (row[0] * 29 + row[1] * 150 + row[2] * 77) >> 8;

          self->luma[(gsize) y * box->width + x] = (guint8) (alpha > 0 ? MIN (luma * 255 / alpha, 255) : 0);
          self->alpha[(gsize) y * box->width + x] = (guint8) alpha;
        }
    }
}

static void
planes_clear (Planes *self)
{
  g_free (self->luma);
  g_free (self->alpha);
}

static inline int
get (const guint8 *plane, const Planes *self, int x, int y)
{
  return plane[(gsize) CLAMP (y, 0, self->height - 1) * self->width + CLAMP (x, 0, self->width - 1)];
}

/* How much of a line runs through a point: 0 to 1. At the sheet's edge there is none. */
static double
get_line (const Planes *self, int x, int y, int r, double threshold)
{
  int here = get (self->luma, self, x, y), most = 0, least = 255;
  static const int ways[8][2]
      = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 }, { 1, 1 }, { -1, -1 }, { 1, -1 }, { -1, 1 } };

  for (int i = 0; i < 8; i++)
    {
      int nx = x + ways[i][0] * r, ny = y + ways[i][1] * r;

      least = MIN (least, get (self->alpha, self, nx, ny));
      if (get (self->alpha, self, nx, ny) > 128)
        most = MAX (most, get (self->luma, self, nx, ny) - here);
    }
  return MAX (cs_sketch_step (200, 90, least), cs_sketch_step (threshold, threshold + 34, most) * 0.85);
}

/* Few clear tones with a thin soft seam instead of a slide from dark to bright. */
static void
make_tones (guint8 tones[256], int n)
{
  for (int i = 0; i < 256; i++)
    {
      double v = i / 255.0 * n, whole = floor (v);

      tones[i] = (guint8) cs_sketch_clamp (
          255 * (whole + 0.15 + cs_sketch_step (0.40, 0.60, v - whole) * 0.85) / (n + 0.15), 0, 255);
    }
}

static void
flatten_pixel (guint8 *pixel, int luma, const guint8 tones[256])
{
  int to, change;

  if (pixel[3] == 0)
    return;
  to = (luma + tones[luma] * 3) / 4;
  change = (to - luma) * pixel[3] / 255;
  for (int c = 0; c < 3; c++)
    pixel[c] = (guint8) CLAMP (pixel[c] + change, 0, pixel[3]);
}

static void
ink_pixel (guint8 *pixel, double line)
{
  static const int ink[3] = { 58, 26, 30 };

  for (int c = 0; c < 3; c++)
    {
      double dark = pixel[c] * 0.22 + ink[c] * pixel[3] / 255.0 * 0.6;

      pixel[c] = (guint8) cs_sketch_clamp (pixel[c] + (dark - pixel[c]) * line, 0, 255);
    }
}

/* The look of drawn cartoons: flat tones, and ink around shapes. */
void
cs_sketch_style_ink (const CsSketchLook *self,
                     const CsSketchPixels *pixels,
                     const CsSketchBox *box,
                     CsSketchKind kind)
{
  gboolean has_lines = kind == CS_SKETCH_KIND_SCENERY || kind == CS_SKETCH_KIND_SUBJECT;
  int r = MAX (1, (int) (self->unit * (kind == CS_SKETCH_KIND_SUBJECT ? 0.0021 : 0.0014) + 0.5));
  double strength = kind == CS_SKETCH_KIND_SUBJECT ? 0.95 : 0.6,
         threshold = kind == CS_SKETCH_KIND_SUBJECT ? 22 : 34;
  guint8 tones[256];
  Planes planes;

  if (kind == CS_SKETCH_KIND_SKY)
    return;
  make_tones (tones, kind == CS_SKETCH_KIND_CLOUDS ? 4 : 7);
  planes_init (&planes, pixels, box);
  for (int y = 0; y < box->height; y++)
    {
      guint8 *row = pixels->data + (gsize) (box->y + y) * pixels->stride + (gsize) box->x * 4;

      for (int x = 0; x < box->width; x++, row += 4)
        {
          double line = has_lines && row[3] > 60 ? get_line (&planes, x, y, r, threshold) * strength : 0;

          flatten_pixel (row, get (planes.luma, &planes, x, y), tones);
          if (line > 0)
            ink_pixel (row, line);
        }
    }
  planes_clear (&planes);
}
