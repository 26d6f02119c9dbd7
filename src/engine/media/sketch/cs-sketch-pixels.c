/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-pixels.h"

#include "media/sketch/cs-sketch-random.h"

#include <string.h>

/* One box blur along a row, from `from` to `to`. */
static void
blur_row (const guint8 *from, guint8 *to, int n, int radius)
{
  guint32 sum[4] = { 0 }, scale = (guint32) (65536.0 / (2 * radius + 1) + 0.5);

  for (int i = -radius; i <= radius; i++)
    for (int c = 0; c < 4; c++)
      sum[c] += from[CLAMP (i, 0, n - 1) * 4 + c];
  for (int i = 0; i < n; i++)
    {
      const guint8 *in = from + MIN (i + radius + 1, n - 1) * 4, *out = from + MAX (i - radius, 0) * 4;

      for (int c = 0; c < 4; c++)
        {
          to[i * 4 + c] = (guint8) MIN ((sum[c] * scale + 32768) >> 16, 255);
          sum[c] += in[c];
          sum[c] -= out[c];
        }
    }
}

static void
add_row (guint32 *sums, const guint8 *row, int n)
{
  for (int i = 0; i < n; i++)
    sums[i] += row[i];
}

static void
step_rows (guint32 *sums, guint8 *to, const guint8 *in, const guint8 *out, int n, guint32 scale)
{
  for (int i = 0; i < n; i++)
    {
      to[i] = (guint8) MIN ((sums[i] * scale + 32768) >> 16, 255);
      sums[i] += in[i];
      sums[i] -= out[i];
    }
}

/* The same down the columns, all columns at once: `copy` holds the rows before. */
static void
blur_columns (guint8 *data, int stride, int n_bytes, int height, int radius, guint8 *copy, guint32 *sums)
{
  guint32 scale = (guint32) (65536.0 / (2 * radius + 1) + 0.5);

  for (int y = 0; y < height; y++)
    memcpy (copy + (gsize) y * n_bytes, data + (gsize) y * stride, n_bytes);
  memset (sums, 0, n_bytes * sizeof *sums);
  for (int y = -radius; y <= radius; y++)
    add_row (sums, copy + (gsize) CLAMP (y, 0, height - 1) * n_bytes, n_bytes);
  for (int y = 0; y < height; y++)
    step_rows (sums, data + (gsize) y * stride, copy + (gsize) MIN (y + radius + 1, height - 1) * n_bytes,
               copy + (gsize) MAX (y - radius, 0) * n_bytes, n_bytes, scale);
}

/**
 * cs_sketch_pixels_blur:
 * @box: (nullable): the part to blur
 * @radius: in pixels, about twice the standard deviation
 *
 * Blurs softly (three boxes, near to a bell curve).
 */
void
cs_sketch_pixels_blur (const CsSketchPixels *self, const CsSketchBox *box, double radius)
{
  CsSketchBox all = { 0, 0, self->width, self->height };
  int r = (int) (radius * 0.56 + 0.5), n_bytes;
  g_autofree guint8 *copy = NULL;
  g_autofree guint32 *sums = NULL;
  guint8 *start;

  if (box == NULL)
    box = &all;
  if (r < 1 || box->width < 2 || box->height < 2)
    return;
  n_bytes = box->width * 4;
  copy = g_malloc ((gsize) n_bytes * box->height);
  sums = g_new (guint32, n_bytes);
  start = self->data + (gsize) box->y * self->stride + box->x * 4;
  for (int pass = 0; pass < 3; pass++)
    {
      for (int y = 0; y < box->height; y++)
        {
          memcpy (copy, start + (gsize) y * self->stride, n_bytes);
          blur_row (copy, start + (gsize) y * self->stride, box->width, r);
        }
      blur_columns (start, self->stride, n_bytes, box->height, r, copy, sums);
    }
}

/* The smallest box around all pixels that are not empty. */
CsSketchBox
cs_sketch_pixels_get_used (const CsSketchPixels *self)
{
  int x0 = self->width, x1 = -1, y0 = self->height, y1 = -1;

  for (int y = 0; y < self->height; y++)
    {
      const guint32 *row = cs_sketch_pixels_row (self, y);
      int left = 0, right = self->width - 1;

      while (left <= right && row[left] == 0)
        left++;
      if (left > right)
        continue;
      while (row[right] == 0)
        right--;
      x0 = MIN (x0, left);
      x1 = MAX (x1, right);
      y0 = MIN (y0, y);
      y1 = y;
    }
  if (y1 < 0)
    return (CsSketchBox){ 0 };
  return (CsSketchBox){ x0, y0, x1 - x0 + 1, y1 - y0 + 1 };
}

static inline guint8
add_light (guint8 value, double light, double noise)
{
  return (guint8) MIN (value + (int) (light * 255 + noise), 255);
}

/**
 * cs_sketch_pixels_add_glow:
 * @x: in pixels, as all lengths here
 *
 * Adds soft light around a point, without alpha, and with a fine noise against bands.
 */
void
cs_sketch_pixels_add_glow (const CsSketchPixels *self,
                           double x,
                           double y,
                           double radius_x,
                           double radius_y,
                           CsSketchColor color,
                           double strength)
{
  int x0 = MAX ((int) (x - radius_x), 0), x1 = MIN ((int) (x + radius_x) + 1, self->width);
  int y0 = MAX ((int) (y - radius_y), 0), y1 = MIN ((int) (y + radius_y) + 1, self->height);

  for (int j = y0; j < y1; j++)
    {
      guint8 *row = self->data + (gsize) j * self->stride;
      double dy = (j + 0.5 - y) / radius_y;

      for (int i = x0; i < x1; i++)
        {
          double dx = (i + 0.5 - x) / radius_x, d = dx * dx + dy * dy, f, noise;

          if (d >= 1)
            continue;
          f = (1 - d) * (1 - d) * strength / (1 + 7 * d);
          noise = cs_sketch_hash_double ((guint32) i, (guint32) j);
          row[i * 4] = add_light (row[i * 4], color.b * f, noise);
          row[i * 4 + 1] = add_light (row[i * 4 + 1], color.g * f, noise);
          row[i * 4 + 2] = add_light (row[i * 4 + 2], color.r * f, noise);
        }
    }
}
