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

static const int ways[8][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 }, { 1, 1 }, { -1, -1 }, { 1, -1 }, { -1, 1 } };

/* How much of a line runs through a point: 0 to 1; @outer pixels wide around shapes, @inner within them. At the
 * sheet's edge there is none. */
static double
get_line (const Planes *self, int x, int y, int outer, int inner, double threshold)
{
  int here = get (self->luma, self, x, y), most = 0, least = 255;

  for (int i = 0; i < 8; i++)
    {
      int nx = x + ways[i][0] * inner, ny = y + ways[i][1] * inner;

      least = MIN (least, get (self->alpha, self, x + ways[i][0] * outer, y + ways[i][1] * outer));
      if (get (self->alpha, self, nx, ny) > 128)
        most = MAX (most, get (self->luma, self, nx, ny) - here);
    }
  return MAX (cs_sketch_step (200, 90, least), cs_sketch_step (threshold, threshold + 34, most) * 0.85);
}

/* Few clear tones with a thin soft seam instead of a slide from dark to bright; the dark ones lie closer together. */
static void
make_tones (guint8 tones[256], int n)
{
  for (int i = 0; i < 256; i++)
    {
      double v = sqrt (i / 255.0) * n, whole = floor (v), tone;

      tone = (whole + 0.20 + cs_sketch_step (0.42, 0.58, v - whole) * 0.80) / (n + 0.20);
      tones[i] = (guint8) cs_sketch_clamp (255 * tone * tone, 0, 255);
    }
}

static void
flatten_pixel (guint8 *pixel, int luma, const guint8 tones[256])
{
  int by;

  if (pixel[3] == 0 || luma == 0)
    return;
  by = MIN ((luma + tones[luma] * 7) * 32 / luma, 512);
  for (int c = 0; c < 3; c++)
    pixel[c] = (guint8) MIN (pixel[c] * by >> 8, pixel[3]);
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

/* Around a subject before a dark place the ink would be lost: a pale line goes outside it. */
static void
add_pale_line (guint8 *pixel, const Planes *planes, int x, int y, int r)
{
  static const int pale[3] = { 255, 226, 206 };
  int most = 0, strength;

  for (int i = 0; i < 8; i++)
    most = MAX (most, get (planes->alpha, planes, x + ways[i][0] * r, y + ways[i][1] * r));
  strength = most > 100 ? MIN ((most - 100) * 2, 220) : 0;
  for (int c = 0; c < 3; c++)
    pixel[c] = (guint8) (pixel[c] + (pale[c] - pixel[c]) * strength / 255);
  pixel[3] = (guint8) (pixel[3] + (255 - pixel[3]) * strength / 255);
}

static int
get_tone_count (CsSketchKind kind)
{
  static const int counts[] = { [CS_SKETCH_KIND_SKY] = 11, [CS_SKETCH_KIND_CLOUDS] = 5, [CS_SKETCH_KIND_SCENERY] = 7,
                                [CS_SKETCH_KIND_WATER] = 8, [CS_SKETCH_KIND_SUBJECT] = 6, [CS_SKETCH_KIND_LIGHT] = 16 };

  return counts[kind];
}

/* The look of drawn cartoons: flat tones, and ink around shapes. */
void
cs_sketch_style_ink (const CsSketchLook *self,
                     const CsSketchPixels *pixels,
                     const CsSketchBox *box,
                     CsSketchKind kind)
{
  gboolean is_subject = kind == CS_SKETCH_KIND_SUBJECT, has_lines = is_subject || kind == CS_SKETCH_KIND_SCENERY;
  int outer = MAX (1, (int) (self->unit * (is_subject ? 0.0046 : 0.0022) + 0.5));
  int inner = MAX (1, (int) (self->unit * (is_subject ? 0.0024 : 0.0014) + 0.5));
  double strength = is_subject ? 1.0 : 0.7, threshold = is_subject ? 22 : 34;
  guint8 tones[256];
  Planes planes;

  make_tones (tones, get_tone_count (kind));
  planes_init (&planes, pixels, box);
  for (int y = 0; y < box->height; y++)
    {
      guint8 *row = pixels->data + (gsize) (box->y + y) * pixels->stride + (gsize) box->x * 4;

      for (int x = 0; x < box->width; x++, row += 4)
        {
          double line = has_lines && row[3] > 60 ? get_line (&planes, x, y, outer, inner, threshold) * strength : 0;

          flatten_pixel (row, get (planes.luma, &planes, x, y), tones);
          if (line > 0)
            ink_pixel (row, line);
          else if (is_subject && self->is_dark && row[3] <= 60)
            add_pale_line (row, &planes, x, y, inner);
        }
    }
  planes_clear (&planes);
}
