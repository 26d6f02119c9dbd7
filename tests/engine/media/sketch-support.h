/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-scene.h"

#include <string.h>

/* Small frames for the tests of Sketch: drawn by the real code, with room around them to see who writes too far. */

#define TEST_EDGE 0x5a

typedef struct
{
  int width, height, stride;
  guint8 *pixels;
} TestFrame;

static inline void
test_frame_init (TestFrame *self, int width, int height)
{
  self->width = width;
  self->height = height;
  self->stride = width * 4 + 32;
  self->pixels = g_malloc ((gsize) self->stride * height);
  memset (self->pixels, TEST_EDGE, (gsize) self->stride * height);
}

static inline void
test_frame_clear (TestFrame *self)
{
  g_free (self->pixels);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestFrame, test_frame_clear)

static inline CsSketchSpec
test_spec (const char *prompt, CsStyle style, int width, int height, double duration)
{
  return (CsSketchSpec) { prompt, style, width, height, cs_sketch_seed_for_prompt (prompt), duration, FALSE };
}

static inline void
test_draw (const CsSketchSpec *spec, double seconds, TestFrame *frame)
{
  g_autoptr (CsSketchScene) scene = cs_sketch_scene_new (spec);

  test_frame_init (frame, spec->width, spec->height);
  cs_sketch_scene_draw (scene, seconds, frame->pixels, frame->stride);
}

/* How different two frames are: the mean difference of a channel, 0 to 255. */
static inline double
test_frame_compare (const TestFrame *a, const TestFrame *b)
{
  guint64 sum = 0;

  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  for (int y = 0; y < a->height; y++)
    for (int x = 0; x < a->width * 4; x++)
      sum += (guint64) ABS (a->pixels[(gsize) y * a->stride + x] - b->pixels[(gsize) y * b->stride + x]);
  return sum / (a->width * 4.0 * a->height);
}

/* How many of 64 coarse colours a frame has at least a few pixels of. */
static inline int
test_frame_count_colors (const TestFrame *self)
{
  int counts[512] = { 0 }, n = 0;

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        const guint8 *p = self->pixels + (gsize) y * self->stride + x * 4;

        counts[(p[0] >> 5) << 6 | (p[1] >> 5) << 3 | p[2] >> 5]++;
      }
  for (int i = 0; i < 512; i++)
    n += counts[i] >= 8;
  return n;
}

/* All pixels opaque, nothing written beside the rows. */
static inline void
test_frame_check (const TestFrame *self)
{
  for (int y = 0; y < self->height; y++)
    {
      const guint8 *row = self->pixels + (gsize) y * self->stride;

      for (int x = 0; x < self->width; x++)
        if (row[x * 4 + 3] != 255)
          g_error ("a pixel at %d, %d is not opaque", x, y);
      for (int x = self->width * 4; x < self->stride; x++)
        if (row[x] != TEST_EDGE)
          g_error ("row %d was written beyond its end", y);
    }
}
