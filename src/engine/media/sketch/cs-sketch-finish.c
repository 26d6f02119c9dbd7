/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-finish.h"

#include "media/sketch/cs-sketch-blend.h"
#include "media/sketch/cs-sketch-random.h"

#define GRAIN_SIZE 65536

struct _CsSketchFinish
{
  int width, height;
  int bars; /* rows of each black bar */
  guint32 seed;
  gboolean is_plain; /* nothing to do but the bars */
  guint8 *shade;     /* one for each pixel */
  guint8 *grain;     /* GRAIN_SIZE and one row more */
};

/* How strong each style's finish is. */
static const struct
{
  double corners, grain, canvas;
} strengths[CS_N_STYLES] = {
  [CS_STYLE_PHOTOREALISTIC] = { 0.22, 2.0, 0.0 },
  [CS_STYLE_CINEMATIC] = { 0.46, 2.4, 0.0 },
  [CS_STYLE_ANIME] = { 0.0, 0.0, 0.0 },
  [CS_STYLE_3D_RENDER] = { 0.10, 0.0, 0.0 },
  [CS_STYLE_ARTISTIC] = { 0.16, 0.0, 0.075 },
};

/* The weave of a painter's canvas, 0 to 1. */
static double
get_weave (int x, int y, double unit)
{
  double k = 2 * G_PI / MAX (unit * 0.0062, 2.2), a = sin (x * k), b = sin (y * k);

  return 0.5 + 0.25 * (((int) floor (x * k / G_PI) + (int) floor (y * k / G_PI)) & 1 ? a * a : -b * b)
         + (cs_sketch_hash_double ((guint32) x, (guint32) y) - 0.5) * 0.3;
}

static void
make_shade (CsSketchFinish *self, CsStyle style)
{
  double unit = MIN (self->width, self->height);

  self->shade = g_malloc ((gsize) self->width * self->height);
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        double dx = (x + 0.5) / self->width * 2 - 1, dy = (y + 0.5) / self->height * 2 - 1;
        double dark = cs_sketch_step (0.35, 1.9, dx * dx + dy * dy) * strengths[style].corners;
        double noise = cs_sketch_hash_double ((guint32) x, (guint32) (y + 7777)) - 0.5;

        if (strengths[style].canvas > 0)
          dark += get_weave (x, y, unit) * strengths[style].canvas;
        self->shade[(gsize) y * self->width + x]
            = (guint8) cs_sketch_clamp (255 * (1 - dark) + noise, 0, 255);
      }
}

static void
make_grain (CsSketchFinish *self, double strength)
{
  CsSketchRandom random;

  self->grain = g_malloc (GRAIN_SIZE + self->width);
  cs_sketch_random_init (&random, self->seed, 3);
  for (int i = 0; i < GRAIN_SIZE + self->width; i++)
    {
      double sum = cs_sketch_random_double (&random) + cs_sketch_random_double (&random) - 1;

      self->grain[i] = (guint8) (128 + lrint (sum * 1.6 * strength));
    }
}

CsSketchFinish *
cs_sketch_finish_new (CsStyle style, int width, int height, guint64 seed)
{
  CsSketchFinish *self = g_new0 (CsSketchFinish, 1);

  self->width = width;
  self->height = height;
  self->seed = (guint32) (seed ^ (seed >> 32));
  if (style == CS_STYLE_CINEMATIC)
    self->bars = width > height ? MAX ((int) (height - width / 2.2) / 2, height / 24) : height / 22;
  self->is_plain
      = strengths[style].corners <= 0 && strengths[style].grain <= 0 && strengths[style].canvas <= 0;
  make_shade (self, style);
  make_grain (self, strengths[style].grain);
  return self;
}

void
cs_sketch_finish_free (CsSketchFinish *self)
{
  if (self == NULL)
    return;
  g_free (self->shade);
  g_free (self->grain);
  g_free (self);
}

/* The height of each black bar, in pixels: nothing needs to be drawn there. */
int
cs_sketch_finish_get_bars (const CsSketchFinish *self)
{
  return self->bars;
}

static void
make_opaque (guint32 *row, int n)
{
  for (int x = 0; x < n; x++)
    row[x] |= 0xff000000u;
}

void
cs_sketch_finish_draw (const CsSketchFinish *self, CsSketchFrame *frame)
{
  guint32 moment = (guint32) (frame->seconds * 24 + 0.5);

  for (int y = 0; y < self->height; y++)
    {
      guint32 *row = cs_sketch_pixels_row (&frame->pixels, y);
      const guint8 *grain
          = self->grain + (cs_sketch_hash (self->seed + (guint32) y, moment) & (GRAIN_SIZE - 1));

      if (y < self->bars || y >= self->height - self->bars)
        {
          for (int x = 0; x < self->width; x++)
            row[x] = 0xff000000u;
          continue;
        }
      if (self->is_plain)
        make_opaque (row, self->width);
      else
        cs_sketch_blend_finish (row, self->shade + (gsize) y * self->width, grain, self->width);
    }
}
