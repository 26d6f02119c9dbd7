/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "media/cs-sketch-sound.h"
#include "media/cs-video-encoder.h"

#include <math.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

/* What the ear would say of some samples. */
typedef struct
{
  double peak;
  double loudness; /* dBFS, root mean square */
  double middle;   /* dBFS, without the fades */
  double spread;   /* how much left and right differ, of the whole */
} Heard;

static double
decibel (double power)
{
  return 10 * log10 (power + 1e-12);
}

static Heard
hear (GBytes *bytes)
{
  gsize size;
  const float *samples = g_bytes_get_data (bytes, &size);
  gsize n = size / sizeof (float) / 2;
  Heard heard = { 0 };
  double sum = 0, middle = 0, side = 0;

  for (gsize i = 0; i < n; i++)
    {
      double left = samples[2 * i];
      double right = samples[2 * i + 1];
      double power = (left * left + right * right) / 2;

      g_assert_true (isfinite (left) && isfinite (right));
      heard.peak = MAX (heard.peak, MAX (fabs (left), fabs (right)));
      sum += power;
      side += (left - right) * (left - right) / 4;
      if (i > n / 4 && i < 3 * n / 4)
        middle += power;
    }
  heard.loudness = decibel (sum / n);
  heard.middle = decibel (middle / (n / 2));
  heard.spread = side / sum;
  return heard;
}

static const struct
{
  const char *name;
  size_t offset;
} sources[] = {
  { "sea", offsetof (CsSketchMood, sea) },           { "wind", offsetof (CsSketchMood, wind) },
  { "rain", offsetof (CsSketchMood, rain) },         { "thunder", offsetof (CsSketchMood, thunder) },
  { "city", offsetof (CsSketchMood, city) },         { "birds", offsetof (CsSketchMood, birds) },
  { "crickets", offsetof (CsSketchMood, crickets) }, { "fire", offsetof (CsSketchMood, fire) },
  { "machine", offsetof (CsSketchMood, machine) },   { "space", offsetof (CsSketchMood, space) },
};

static GBytes *
render_one (gsize source, double brightness, guint64 seed)
{
  CsSketchMood mood = { .brightness = brightness, .energy = 0.5, .seed = seed };

  memcpy ((char *) &mood + sources[source].offset, &(double){ 0.8 }, sizeof (double));
  return cs_sketch_sound_render (&mood, 6);
}

static void
test_length (void)
{
  CsSketchMood mood = { .sea = 0.5, .seed = 1 };
  g_autoptr (GBytes) five = cs_sketch_sound_render (&mood, 5);
  g_autoptr (GBytes) none = cs_sketch_sound_render (&mood, 0);

  g_assert_cmpuint (g_bytes_get_size (five), ==, 5 * CS_SOUND_RATE * 2 * sizeof (float));
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
}

/* Every source alone is neither too loud nor silent, in stereo, and fades at both ends. */
static void
test_level (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (GBytes) bytes = render_one (i, 0.7, 11);
      const float *samples = g_bytes_get_data (bytes, NULL);
      gsize n = g_bytes_get_size (bytes) / sizeof (float);
      Heard heard = hear (bytes);

      g_test_message ("%s: peak %.2f, %.1f dBFS, middle %.1f, spread %.2f", sources[i].name, heard.peak, heard.loudness,
                      heard.middle, heard.spread);
      g_assert_cmpfloat (heard.peak, <=, 0.7085);
      g_assert_cmpfloat (heard.peak, >, 0.2);
      g_assert_cmpfloat (heard.loudness, >, -24);
      g_assert_cmpfloat (heard.loudness, <, -16);
      g_assert_cmpfloat (heard.spread, >, 0.005);
      for (gsize j = 0; j < 64; j++)
        {
          g_assert_cmpfloat (fabs (samples[j]), <, 0.01);
          g_assert_cmpfloat (fabs (samples[n - 1 - j]), <, 0.01);
        }
    }
}

static void
test_same (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (GBytes) first = render_one (i, 0.7, 11);
      g_autoptr (GBytes) second = render_one (i, 0.7, 11);
      g_autoptr (GBytes) other_seed = render_one (i, 0.7, 12);
      g_autoptr (GBytes) darker = render_one (i, 0.2, 11);

      g_assert_true (g_bytes_equal (first, second));
      g_assert_false (g_bytes_equal (first, other_seed));
      g_assert_false (g_bytes_equal (first, darker));
    }
}

/* Each source is heard: it is not the music alone, and no two sound alike. */
static void
test_sources_differ (void)
{
  CsSketchMood silent = { .brightness = 0.7, .energy = 0.5, .seed = 11 };
  g_autoptr (GBytes) music = cs_sketch_sound_render (&silent, 6);

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (GBytes) first = render_one (i, 0.7, 11);
      g_autoptr (GBytes) second = render_one ((i + 1) % G_N_ELEMENTS (sources), 0.7, 11);

      g_assert_false (g_bytes_equal (first, music));
      g_assert_false (g_bytes_equal (first, second));
    }
}

/* No mood at all still has its chords. */
static void
test_music_only (void)
{
  CsSketchMood mood = { .seed = 3 };
  g_autoptr (GBytes) bytes = cs_sketch_sound_render (&mood, 5);
  Heard heard = hear (bytes);

  g_assert_cmpfloat (heard.loudness, >, -24);
}

/* A lively scene of ten seconds: generous here, for slow machines and sanitizers. */
static void
test_fast (void)
{
  CsSketchMood mood = { .sea = 0.8, .wind = 0.5, .rain = 0.6, .birds = 0.7, .brightness = 0.8, .energy = 0.9, .seed = 5 };
  clock_t before = clock ();
  g_autoptr (GBytes) bytes = cs_sketch_sound_render (&mood, 10);
  double seconds = (double) (clock () - before) / CLOCKS_PER_SEC;

  g_test_message ("%.3f s of processor time", seconds);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 0);
  g_assert_cmpfloat (seconds, <, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/media/sketch-sound/length", test_length);
  g_test_add_func ("/media/sketch-sound/level", test_level);
  g_test_add_func ("/media/sketch-sound/same", test_same);
  g_test_add_func ("/media/sketch-sound/sources-differ", test_sources_differ);
  g_test_add_func ("/media/sketch-sound/music-only", test_music_only);
  g_test_add_func ("/media/sketch-sound/fast", test_fast);
  return g_test_run ();
}
