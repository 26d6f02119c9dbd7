/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures and videos that the fake servers make: real ones, through Cairo, GdkPixbuf and the engine's encoder. */
#include "config.h"
#include "cs-fake-media.h"

#include "media/cs-video-encoder.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#define FRAME_RATE 24
#define N_FRAMES 24

/* Noise over a colour: nothing that could be compressed away, so that the file has some length. */
static GdkPixbuf *
paint (const char *words, int width, int height)
{
  GdkPixbuf *picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GRand) chance = g_rand_new_with_seed (g_str_hash (words));
  guint32 colour = g_rand_int (chance);
  guchar *pixels = gdk_pixbuf_get_pixels (picture);
  int stride = gdk_pixbuf_get_rowstride (picture);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < 3 * width; x++)
      pixels[y * stride + x] = (colour >> 8 * (x % 3) & 0xe0) + (g_rand_int (chance) & 0x1f);
  return picture;
}

/** cs_fake_media_picture: @type: image/png or image/jpeg. */
GBytes *
cs_fake_media_picture (const char *words, int width, int height, const char *type)
{
  g_autoptr (GdkPixbuf) picture = paint (words, width, height);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  gdk_pixbuf_save_to_buffer (picture, &data, &length, g_str_equal (type, "image/jpeg") ? "jpeg" : "png", &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static GBytes *
make_frame (int width, int height, guint n)
{
  gsize length = (gsize) width * height * 4;
  guchar *pixels = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    pixels[i] = (guchar) (i % 4 == 3 ? 255 : i / 4 % width * 2 + n * 8);
  return g_bytes_new_take (pixels, length);
}

static GBytes *
make_silence (void)
{
  gsize length = CS_SOUND_RATE * 2 * sizeof (float) * N_FRAMES / FRAME_RATE;

  return g_bytes_new_take (g_malloc0 (length), length);
}

static void
encode (const char *path, int width, int height, gboolean sound, char **type)
{
  g_autoptr (GError) error = NULL;
  CsVideoFormat format = { width, height, FRAME_RATE, sound, NULL };
  g_autoptr (CsVideoEncoder) encoder = cs_video_encoder_new (path, &format, NULL, &error);

  g_assert_no_error (error);
  if (sound)
    {
      g_autoptr (GBytes) silence = make_silence ();

      g_assert_true (cs_video_encoder_push_sound (encoder, silence, NULL));
    }
  for (guint i = 0; i < N_FRAMES; i++)
    {
      g_autoptr (GBytes) frame = make_frame (width, height, i);

      g_assert_true (cs_video_encoder_push_frame (encoder, frame, NULL));
    }
  cs_video_encoder_finish (encoder, &error);
  g_assert_no_error (error);
  *type = g_strdup (cs_video_encoder_get_mime_type (encoder));
}

typedef struct
{
  GBytes *bytes;
  char *type;
} Film;

/* Encodes a film of one shape once, for the whole process. */
static const Film *
get_film (int width, int height, gboolean sound)
{
  static GMutex lock;
  static GHashTable *films;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  gpointer name = GINT_TO_POINTER (width << 16 | height << 1 | (sound ? 1 : 0));
  Film *film;

  if (films == NULL)
    films = g_hash_table_new (NULL, NULL);
  film = g_hash_table_lookup (films, name);
  if (film == NULL)
    {
      g_autofree char *folder = g_dir_make_tmp ("cs-fake-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (folder, "film", NULL);
      char *data;
      gsize length;

      film = g_new0 (Film, 1);
      encode (path, width, height, sound, &film->type);
      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      film->bytes = g_bytes_new_take (data, length);
      g_hash_table_insert (films, name, film);
      g_unlink (path);
      g_rmdir (folder);
    }
  return film;
}

/**
 * cs_fake_media_video:
 * @width, @height: even
 * @type: (out) (transfer none): its media type
 *
 * A second of film. An MP4 ends in a box of no meaning with the words, so that no two are the same.
 */
GBytes *
cs_fake_media_video (const char *words, int width, int height, gboolean sound, const char **type)
{
  const Film *film = get_film (width, height, sound);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, words, -1);
  guint32 box = GUINT32_TO_BE (8 + strlen (hash));
  GByteArray *all = g_byte_array_new ();

  *type = film->type;
  g_byte_array_append (all, g_bytes_get_data (film->bytes, NULL), g_bytes_get_size (film->bytes));
  if (g_str_equal (film->type, "video/mp4"))
    {
      g_byte_array_append (all, (const guint8 *) &box, sizeof box);
      g_byte_array_append (all, (const guint8 *) "free", 4);
      g_byte_array_append (all, (const guint8 *) hash, strlen (hash));
    }
  return g_byte_array_free_to_bytes (all);
}
