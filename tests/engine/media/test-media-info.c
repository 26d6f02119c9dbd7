/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "probe-support.h"

#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

/* Nothing but what was asked for is left in the folder. */
static void
assert_files (Fixture *self, guint n)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint found = 0;

  while (g_dir_read_name (dir) != NULL)
    found++;
  g_assert_cmpuint (found, ==, n);
}

static void
assert_error (Fixture *self, CsError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = probe (self, TRUE, &error);

  g_assert_null (info);
  g_assert_error (error, CS_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "file.mp4"));
  g_assert_false (g_file_test (self->thumbnail, G_FILE_TEST_EXISTS));
  assert_files (self, 1);
}

/* With a type, because the types of files are not known in an isolated home. */
static GdkPixbuf *
load_png (const char *path)
{
  g_autoptr (GBytes) bytes = test_read (path);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("png", NULL);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_loader_write_bytes (loader, bytes, &error);
  g_assert_no_error (error);
  gdk_pixbuf_loader_close (loader, &error);
  g_assert_no_error (error);
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

static void
assert_thumbnail (Fixture *self, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = load_png (self->thumbnail);
  struct stat info;

  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, width);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, height);
  g_assert_no_errno (stat (self->thumbnail, &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_types (void)
{
  static const struct
  {
    const char *head;
    const char *type;
  } cases[] = {
    { "\x89PNG\r\n\x1a\n....", "image/png" },
    { "\xff\xd8\xff\xe0........", "image/jpeg" },
    { "RIFF1234WEBPVP8 ", "image/webp" },
    { "1234ftypisom....", "video/mp4" },
    { "1234ftypqt  ....", "video/mp4" },
    { "1234ftypheic....", NULL },
    { "1234ftypavif....", NULL },
    { "\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "video/webm" },
    { "\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", NULL },
    { "#EXTM3U\nhttp://x/", NULL },
    { "GIF89a..........", NULL },
    { "\x89PN", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (cs_media_type_sniff ((const guint8 *) cases[i].head, strlen (cases[i].head)), ==, cases[i].type);
  g_assert_cmpstr (cs_media_type_extension ("image/jpeg"), ==, "jpg");
  g_assert_cmpstr (cs_media_type_extension ("video/webm"), ==, "webm");
  g_assert_null (cs_media_type_extension ("text/html"));
  g_assert_null (cs_media_type_extension (NULL));
}

static void
test_video (Fixture *self, gconstpointer data)
{
  g_autofree char *type = test_make_clip (self->path, 1280, 720, 36, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = probe (self, TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (info->mime_type, ==, "video/mp4");
  g_assert_cmpint (info->width, ==, 1280);
  g_assert_cmpint (info->height, ==, 720);
  g_assert_cmpfloat (info->duration, ==, 1.5);
  g_assert_cmpfloat_with_epsilon (info->frame_rate, 24, 0.01);
  g_assert_true (info->has_sound);
  g_assert_cmpstr (info->video_codec, ==, "h264");
  g_assert_cmpstr (info->audio_codec, ==, "aac");
  assert_thumbnail (self, 640, 360);
  assert_files (self, 2);
}

/* The frame of the thumbnail is really one of the film's, with its colours right. */
static void
test_video_colours (Fixture *self, gconstpointer data)
{
  g_autofree char *type = test_make_clip (self->path, 320, 192, 24, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = probe (self, TRUE, &error);
  g_autoptr (GdkPixbuf) pixbuf = load_png (self->thumbnail);
  const guint8 *p = gdk_pixbuf_read_pixels (pixbuf) + 100 * gdk_pixbuf_get_rowstride (pixbuf) + 160 * 3;

  g_assert_no_error (error);
  g_assert_false (info->has_sound);
  g_assert_null (info->audio_codec);
  g_assert_cmpint (p[0], <, 60);
  g_assert_cmpint (ABS (p[1] - 100 * 255 / 192), <, 16);
  g_assert_cmpint (ABS (p[2] - 127), <, 16);
}

static void
test_webm (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = NULL;

  test_make_with (self->path, "videotestsrc num-buffers=24 ! video/x-raw,width=320,height=192,framerate=24/1"
                              " ! vp8enc deadline=1 ! webmmux");
  info = probe (self, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->mime_type, ==, "video/webm");
  g_assert_cmpstr (info->video_codec, ==, "vp8");
  g_assert_cmpint (info->width, ==, 320);
  g_assert_cmpfloat_with_epsilon (info->duration, 1, 0.01);
  g_assert_cmpfloat_with_epsilon (info->frame_rate, 24, 0.01);
  assert_thumbnail (self, 320, 192);
}

/* A film that fades in from black does not get a black thumbnail. */
static void
test_black_start (Fixture *self, gconstpointer data)
{
  CsVideoFormat format = { .width = 320, .height = 192, .frame_rate = 24 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsVideoEncoder) encoder = cs_video_encoder_new (self->path, &format, NULL, &error);
  g_autoptr (CsMediaInfo) info = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  const guint8 *p;

  for (int i = 0; i < 48; i++)
    {
      guint8 *pixels = g_malloc (320 * 192 * 4);
      g_autoptr (GBytes) frame = NULL;

      memset (pixels, i < 14 ? 0 : 200, 320 * 192 * 4);
      frame = g_bytes_new_take (pixels, 320 * 192 * 4);
      g_assert_true (cs_video_encoder_push_frame (encoder, frame, &error));
    }
  g_assert_true (cs_video_encoder_finish (encoder, &error));

  info = probe (self, TRUE, &error);
  g_assert_no_error (error);
  pixbuf = load_png (self->thumbnail);
  p = gdk_pixbuf_read_pixels (pixbuf);
  g_assert_cmpint (p[0], >, 150);
}

static void
test_pictures (Fixture *self, gconstpointer data)
{
  static const char *const types[] = { "png", "jpeg" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *mime_type = g_strconcat ("image/", types[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CsMediaInfo) info = NULL;

      save_picture (self, 1300, 650, types[i]);
      info = probe (self, TRUE, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (info->mime_type, ==, mime_type);
      g_assert_cmpint (info->width, ==, 1300);
      g_assert_cmpint (info->height, ==, 650);
      g_assert_cmpfloat (info->duration, ==, 0);
      g_assert_null (info->video_codec);
      assert_thumbnail (self, 640, 320);
    }
}

/* Small pictures are not blown up, thin ones keep a pixel. */
static void
test_odd_sizes (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) small = NULL;
  g_autoptr (CsMediaInfo) thin = NULL;

  save_picture (self, 7, 5, "png");
  small = probe (self, TRUE, &error);
  g_assert_no_error (error);
  assert_thumbnail (self, 7, 5);

  save_picture (self, 6400, 2, "png");
  thin = probe (self, TRUE, &error);
  g_assert_no_error (error);
  assert_thumbnail (self, 640, 1);
}

static void
test_webp (Fixture *self, gconstpointer data)
{
  g_autoptr (GstElementFactory) factory = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = NULL;

  gst_init (NULL, NULL);
  factory = gst_element_factory_find ("webpenc");
  if (factory == NULL)
    {
      g_test_skip ("no encoder of WebP");
      return;
    }
  test_make_with (self->path, "videotestsrc num-buffers=1 ! video/x-raw,width=320,height=192 ! webpenc");
  info = probe (self, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->mime_type, ==, "image/webp");
  g_assert_cmpint (info->width, ==, 320);
  assert_thumbnail (self, 320, 192);
}

/* Orientation 6: the camera was held upright, so what is shown is higher than wide. */
static void
test_orientation (Fixture *self, gconstpointer data)
{
  static const guint8 exif[] = {
    0xff, 0xe1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 0x2a, 0, 0, 0, 8,
    0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
  };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = NULL;
  const guint8 *content;
  gsize length;

  save_picture (self, 64, 32, "jpeg");
  plain = test_read (self->path);
  content = g_bytes_get_data (plain, &length);
  g_byte_array_append (bytes, content, 2);
  g_byte_array_append (bytes, exif, sizeof exif);
  g_byte_array_append (bytes, content + 2, length - 2);
  test_write (self->path, bytes->data, bytes->len);

  info = probe (self, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->width, ==, 32);
  g_assert_cmpint (info->height, ==, 64);
  assert_thumbnail (self, 32, 64);
}

static void
test_without_thumbnail (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = NULL;

  save_picture (self, 64, 32, "png");
  info = probe (self, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->width, ==, 64);
  assert_files (self, 1);
}

/* An MP4 with its index in front is whole to most readers when its pictures are cut off; not to us. */
static void
test_truncated (Fixture *self, gconstpointer data)
{
  g_autofree char *type = test_make_clip (self->path, 320, 192, 48, TRUE);
  g_autoptr (GBytes) whole = test_read (self->path);
  gsize length;
  const void *content = g_bytes_get_data (whole, &length);

  test_write (self->path, content, length - 1);
  assert_error (self, CS_ERROR_DAMAGED);
  test_write (self->path, content, length / 2);
  assert_error (self, CS_ERROR_DAMAGED);
}

static void
test_truncated_pictures (Fixture *self, gconstpointer data)
{
  static const char *const types[] = { "png", "jpeg" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GBytes) whole = NULL;
      gsize length;

      save_picture (self, 300, 200, types[i]);
      whole = test_read (self->path);
      length = g_bytes_get_size (whole);
      test_write (self->path, g_bytes_get_data (whole, NULL), length - 16);
      assert_error (self, CS_ERROR_DAMAGED);
      test_write (self->path, g_bytes_get_data (whole, NULL), length / 2);
      assert_error (self, CS_ERROR_DAMAGED);
    }
}

static void
test_not_media (Fixture *self, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "x",
    "This is a text that says it is a film.\n",
    "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "<html><body>Error 404</body></html>",
    "{\"error\":\"expired\"}",
    "\x89PNG\r\n\x1a\n",
    "\0\0\0\x18" "ftypisom",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts) - 1; i++)
    {
      test_write (self->path, texts[i], strlen (texts[i]));
      assert_error (self, CS_ERROR_DAMAGED);
    }
  test_write (self->path, texts[G_N_ELEMENTS (texts) - 1], 12);
  assert_error (self, CS_ERROR_DAMAGED);
}

/* A header that promises 200 megapixels is refused before a decoder sees it. */
static void
test_huge_picture (Fixture *self, gconstpointer data)
{
  guint8 head[33] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x37\x38\0\0\x37\x38\x08\x02\0\0\0";

  test_write (self->path, head, sizeof head);
  assert_error (self, CS_ERROR_TOO_LARGE);

  /* 20,000 by 10: too wide. */
  memcpy (head + 16, "\0\0\x4e\x20\0\0\0\x0a", 8);
  test_write (self->path, head, sizeof head);
  assert_error (self, CS_ERROR_TOO_LARGE);

  /* 100 by 0. */
  memcpy (head + 16, "\0\0\0\x64\0\0\0\0", 8);
  test_write (self->path, head, sizeof head);
  assert_error (self, CS_ERROR_DAMAGED);
}

/* A movie box that says it is four gigabytes long, in a file of that length with nothing in it. */
static void
test_huge_file (Fixture *self, gconstpointer data)
{
  static const guint8 head[] = { 0, 0, 0, 16, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 0, 0,
                                 0xff, 0, 0, 0, 'm', 'o', 'o', 'v' };

  test_write (self->path, head, sizeof head);
  g_assert_no_errno (truncate (self->path, G_GINT64_CONSTANT (0x100000000)));
  assert_error (self, CS_ERROR_DAMAGED);
}

static void
test_missing (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = probe (self, TRUE, &error);

  g_assert_null (info);
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  assert_files (self, 0);
}

static void
test_bad_thumbnail_folder (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = NULL;

  save_picture (self, 64, 32, "png");
  g_free (self->thumbnail);
  self->thumbnail = g_build_filename (self->folder, "missing", "file.png", NULL);
  info = probe (self, TRUE, &error);
  g_assert_null (info);
  g_assert_nonnull (error);
  g_assert_true (error->domain == CS_ERROR);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  save_picture (self, 64, 32, "png");
  g_cancellable_cancel (cancellable);
  cs_media_probe_async (self->path, self->thumbnail, cancellable, ready_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (cs_media_probe_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* Cancelled at any moment of the helper's short life: it is over at once, and nothing is left. */
static void
test_cancelled_on_the_way (Fixture *self, gconstpointer data)
{
  g_free (test_make_clip (self->path, 1280, 720, 12, FALSE));
  for (guint i = 0; i < 24; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (CsMediaInfo) info = NULL;
      gint64 before = g_get_monotonic_time ();

      g_timeout_add (4 * i, cancel_cb, cancellable);
      cs_media_probe_async (self->path, self->thumbnail, cancellable, ready_cb, &result);
      while (result == NULL || !g_cancellable_is_cancelled (cancellable))
        g_main_context_iteration (NULL, TRUE);
      info = cs_media_probe_finish (result, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (g_get_monotonic_time () - before, <, 8 * G_USEC_PER_SEC);
      g_unlink (self->thumbnail);
      assert_files (self, 1);
    }
}

/* Many at once: all are answered. */
static void
test_many (Fixture *self, gconstpointer data)
{
  GAsyncResult *results[12] = { NULL };

  save_picture (self, 64, 32, "png");
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    cs_media_probe_async (self->path, NULL, NULL, ready_cb, &results[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CsMediaInfo) info = NULL;

      while (results[i] == NULL)
        g_main_context_iteration (NULL, TRUE);
      info = cs_media_probe_finish (results[i], &error);
      g_assert_no_error (error);
      g_assert_cmpint (info->width, ==, 64);
      g_object_unref (results[i]);
    }
}

#define ADD(name, function) g_test_add ("/media/info/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/media/info/types", test_types);
  ADD ("video", test_video);
  ADD ("video-colours", test_video_colours);
  ADD ("webm", test_webm);
  ADD ("black-start", test_black_start);
  ADD ("pictures", test_pictures);
  ADD ("odd-sizes", test_odd_sizes);
  ADD ("webp", test_webp);
  ADD ("orientation", test_orientation);
  ADD ("without-thumbnail", test_without_thumbnail);
  ADD ("truncated", test_truncated);
  ADD ("truncated-pictures", test_truncated_pictures);
  ADD ("not-media", test_not_media);
  ADD ("huge-picture", test_huge_picture);
  ADD ("huge-file", test_huge_file);
  ADD ("missing", test_missing);
  ADD ("bad-thumbnail-folder", test_bad_thumbnail_folder);
  ADD ("cancelled", test_cancelled);
  ADD ("cancelled-on-the-way", test_cancelled_on_the_way);
  ADD ("many", test_many);
  return g_test_run ();
}
