/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "media/sketch/cs-sketch-blend.h"
#include "media/sketch/cs-sketch-random.h"

#define N 67

/* Each row function against the same sum done the slow way, on lengths with every remainder. */

static void
fill (guint32 *row, int n, guint64 seed)
{
  CsSketchRandom random;

  cs_sketch_random_init (&random, seed, 0);
  for (int i = 0; i < n; i++)
    {
      guint32 alpha = i % 5 == 0   ? 255
                      : i % 5 == 1 ? 0
                                   : cs_sketch_random_next (&random) & 255,
              p = alpha << 24;

      for (int c = 0; c < 24; c += 8)
        p |= (i % 7 == 0 ? cs_sketch_random_next (&random) & 255
                         : alpha * (cs_sketch_random_next (&random) & 255) / 255)
             << c;
      row[i] = p;
    }
}

static int
channel (guint32 pixel, int c)
{
  return (pixel >> (c * 8)) & 255;
}

static void
test_between (void)
{
  guint32 a[N], b[N], to[N + 1];

  fill (a, N, 1);
  fill (b, N, 2);
  for (int n = 0; n <= N; n++)
    for (int part = 0; part < 256; part += 51)
      {
        to[n] = 0x12345678;
        cs_sketch_blend_between (to, a, b, n, part);
        for (int i = 0; i < n; i++)
          for (int c = 0; c < 4; c++)
            g_assert_cmpint (channel (to[i], c), ==,
                             (channel (a[i], c) * (256 - part) + channel (b[i], c) * part) >> 8);
        g_assert_cmphex (to[n], ==, 0x12345678);
      }
}

static void
test_stretch (void)
{
  guint32 from[N], to[N + 1];
  const gint32 step = 53247;

  fill (from, N, 3);
  for (int n = 0; n < 60; n++)
    {
      to[n] = 0x12345678;
      cs_sketch_blend_stretch (to, from, n, 777, step);
      for (int i = 0; i < n; i++)
        {
          gint32 at = 777 + i * step;
          int part = (at >> 8) & 255;

          for (int c = 0; c < 4; c++)
            g_assert_cmpint (
                channel (to[i], c), ==,
                (channel (from[at >> 16], c) * (256 - part) + channel (from[(at >> 16) + 1], c) * part) >> 8);
        }
      g_assert_cmphex (to[n], ==, 0x12345678);
    }
}

static void
test_over (void)
{
  guint32 from[N], below[N], to[N + 1];

  fill (from, N, 4);
  fill (below, N, 5);
  for (int opacity = 0; opacity <= 256; opacity += 64)
    for (int n = 0; n <= N; n++)
      {
        for (int i = 0; i < n; i++)
          to[i] = below[i] | 0xff000000u;
        to[n] = 0x12345678;
        cs_sketch_blend_over (to, from, n, opacity);
        for (int i = 0; i < n; i++)
          {
            int alpha = (channel (from[i], 3) * opacity) >> 8, rest = 256 - (alpha + (alpha >> 7));

            g_assert_cmpint (channel (to[i], 3), ==, 255);
            for (int c = 0; c < 3; c++)
              g_assert_cmpint (channel (to[i], c), ==,
                               MIN (((channel (from[i], c) * opacity) >> 8) + ((channel (below[i], c) * rest + 127) >> 8), 255));
            /* What is opaque stays so under any share of anything: a caption is laid on a finished frame. */
            g_assert_cmpint (channel (to[i], 3), ==, 255);
          }
        g_assert_cmphex (to[n], ==, 0x12345678);
      }
}

static void
test_finish (void)
{
  guint32 below[N], to[N + 1];
  guint8 shade[N], grain[N];

  fill (below, N, 6);
  for (int i = 0; i < N; i++)
    {
      shade[i] = (guint8) (255 - i * 3);
      grain[i] = (guint8) (128 + (i % 31) - 15);
    }
  for (int n = 0; n <= N; n++)
    {
      for (int i = 0; i < n; i++)
        to[i] = below[i];
      to[n] = 0x12345678;
      cs_sketch_blend_finish (to, shade, grain, n);
      for (int i = 0; i < n; i++)
        {
          g_assert_cmpint (channel (to[i], 3), ==, 255);
          for (int c = 0; c < 3; c++)
            g_assert_cmpint (
                channel (to[i], c), ==,
                CLAMP (((channel (below[i], c) * (shade[i] + (shade[i] >> 7))) >> 8) + grain[i] - 128, 0,
                       255));
        }
      g_assert_cmphex (to[n], ==, 0x12345678);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch-blend/between", test_between);
  g_test_add_func ("/sketch-blend/stretch", test_stretch);
  g_test_add_func ("/sketch-blend/over", test_over);
  g_test_add_func ("/sketch-blend/finish", test_finish);
  return g_test_run ();
}
