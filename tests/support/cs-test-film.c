/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cs-test-film.h"

#include "media/cs-video-encoder.h"

#include <string.h>

#define WIDTH 320
#define HEIGHT 180
#define N_BITS 8

/* Its number in bright and dark stripes, from the left: whatever the codec and the scaling do, it can be read. */
static GBytes *
draw (int number)
{
  guint8 *pixels = g_malloc (WIDTH * HEIGHT * 4);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        int bit = x * N_BITS / WIDTH;

        memset (pixels + (y * WIDTH + x) * 4, (number >> bit & 1) != 0 ? 230 : 20, 4);
      }
  return g_bytes_new_take (pixels, WIDTH * HEIGHT * 4);
}

static GBytes *
make_silence (int n_frames)
{
  gsize size = (gsize) n_frames * CS_SOUND_RATE / CS_TEST_FILM_RATE * 2 * sizeof (float);

  return g_bytes_new_take (g_malloc0 (size), size);
}

/**
 * cs_test_film_new:
 * @name: with its extension
 * @n_frames: CS_TEST_FILM_RATE of them a second, 320x180; after 255 they are numbered from 0 again
 *
 * Returns: (transfer full): the path.
 */
char *
cs_test_film_new (const char *folder, const char *name, int n_frames, gboolean has_sound)
{
  CsVideoFormat format = { .width = WIDTH, .height = HEIGHT, .frame_rate = CS_TEST_FILM_RATE, .has_sound = has_sound };
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsVideoEncoder) encoder = cs_video_encoder_new (path, &format, NULL, &error);

  g_assert_no_error (error);
  if (has_sound)
    {
      g_autoptr (GBytes) silence = make_silence (n_frames);

      cs_video_encoder_push_sound (encoder, silence, &error);
      g_assert_no_error (error);
    }
  for (int i = 0; i < n_frames; i++)
    {
      g_autoptr (GBytes) frame = draw (i);

      cs_video_encoder_push_frame (encoder, frame, &error);
      g_assert_no_error (error);
    }
  cs_video_encoder_finish (encoder, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

/** cs_test_film_read: @pixels: four bytes each. Returns: which frame it is. */
int
cs_test_film_read (const guint8 *pixels, gsize stride, int width, int height)
{
  int number = 0;

  for (int bit = 0; bit < N_BITS; bit++)
    {
      const guint8 *p = pixels + (gsize) (height / 2) * stride + (gsize) ((2 * bit + 1) * width / (2 * N_BITS)) * 4;

      number |= (p[1] > 128 ? 1 : 0) << bit;
    }
  return number;
}
