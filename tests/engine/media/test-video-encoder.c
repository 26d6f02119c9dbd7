/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "media-support.h"
#include "media/cs-mp4-box.h"
#include "test-disk.h"

#include <locale.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = test_folder_new ();
  self->path = g_build_filename (self->folder, "clip.mp4", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_folder_free (self->folder);
  g_free (self->path);
}

static CsMp4Box
whole_file (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return (CsMp4Box) { .data = data, .length = length };
}

static void
test_streams (Fixture *self, gconstpointer data)
{
  g_autofree char *type = test_make_clip (self->path, 320, 192, 48, TRUE);
  g_auto (Decoded) frames = { 0 };
  g_auto (Decoded) sound = { 0 };

  g_assert_cmpstr (type, ==, "video/mp4");
  test_decode (self->path, TEST_H264, &frames);
  g_assert_cmpuint (frames.n_buffers, ==, 48);
  g_assert_cmpuint (frames.start, ==, 0);
  g_assert_cmpuint (frames.end, >, 2 * GST_SECOND - GST_USECOND);
  g_assert_cmpuint (frames.end, <=, 2 * GST_SECOND);
  g_assert_cmpuint (frames.n_bytes, ==, 48 * 320 * 192 * 3 / 2);

  test_decode (self->path, TEST_AAC, &sound);
  g_assert_cmpfloat (sound.loudest, >, 0.4);
  g_assert_cmpfloat (sound.loudest, <, 0.7);
  g_assert_cmpuint (sound.end, >, 2 * GST_SECOND - 40 * GST_MSECOND);
  g_assert_cmpuint (sound.end, <, 2 * GST_SECOND + 22 * GST_MSECOND);
}

/* Every time that a player shows says two seconds, and the sound begins at its own first sample. */
static void
test_times (Fixture *self, gconstpointer data)
{
  g_autofree char *type = test_make_clip (self->path, 320, 192, 48, TRUE);
  g_autoptr (GBytes) bytes = test_read (self->path);
  CsMp4Box file = whole_file (bytes);
  CsMp4Box movie, header, child;
  int tracks = 0;

  g_assert_true (cs_mp4_box_find (&file, CS_MP4_TYPE ('m', 'o', 'o', 'v'), &movie));
  g_assert_true (cs_mp4_box_find (&movie, CS_MP4_TYPE ('m', 'v', 'h', 'd'), &header));
  g_assert_cmpuint (cs_mp4_box_get_32 (&header, 4), ==, 0);
  g_assert_cmpuint (cs_mp4_box_get_32 (&header, 12), ==, 48000);
  g_assert_cmpuint (cs_mp4_box_get_32 (&header, 16), ==, 96000);

  while (cs_mp4_box_next (&movie.data, &movie.length, &child))
    {
      CsMp4Box edits, list, media, handler;

      if (child.type != CS_MP4_TYPE ('t', 'r', 'a', 'k'))
        continue;
      tracks++;
      g_assert_true (cs_mp4_box_find (&child, CS_MP4_TYPE ('t', 'k', 'h', 'd'), &header));
      g_assert_cmpuint (cs_mp4_box_get_32 (&header, 20), ==, 96000);
      g_assert_true (cs_mp4_box_find (&child, CS_MP4_TYPE ('e', 'd', 't', 's'), &edits));
      g_assert_true (cs_mp4_box_find (&edits, CS_MP4_TYPE ('e', 'l', 's', 't'), &list));
      g_assert_cmpuint (cs_mp4_box_get_32 (&list, 8), ==, 96000);
      g_assert_true (cs_mp4_box_find (&child, CS_MP4_TYPE ('m', 'd', 'i', 'a'), &media));
      g_assert_true (cs_mp4_box_find (&media, CS_MP4_TYPE ('h', 'd', 'l', 'r'), &handler));
      if (cs_mp4_box_get_32 (&handler, 8) == CS_MP4_TYPE ('s', 'o', 'u', 'n'))
        g_assert_cmpuint (cs_mp4_box_get_32 (&list, 12), ==, 1024);
    }
  g_assert_cmpint (tracks, ==, 2);
}

static void
test_faststart (Fixture *self, gconstpointer data)
{
  g_autofree char *type = test_make_clip (self->path, 320, 192, 24, FALSE);
  g_autoptr (GBytes) bytes = test_read (self->path);
  CsMp4Box file = whole_file (bytes);
  CsMp4Box box;

  g_assert_true (cs_mp4_box_next (&file.data, &file.length, &box));
  g_assert_cmpuint (box.type, ==, CS_MP4_TYPE ('f', 't', 'y', 'p'));
  g_assert_true (cs_mp4_box_next (&file.data, &file.length, &box));
  g_assert_cmpuint (box.type, ==, CS_MP4_TYPE ('m', 'o', 'o', 'v'));
  g_assert_true (cs_mp4_box_is_whole (&box));
  g_assert_true (cs_mp4_box_next (&file.data, &file.length, &box));
  g_assert_cmpuint (box.type, ==, CS_MP4_TYPE ('m', 'd', 'a', 't'));
  g_assert_cmpuint (file.length, ==, 0);
}

/* BT.709 is said in the container: nclx, 1, 1, 1, limited range. */
static void
test_colour (Fixture *self, gconstpointer data)
{
  static const guint8 colour[] = { 'c', 'o', 'l', 'r', 'n', 'c', 'l', 'x', 0, 1, 0, 1, 0, 1, 0 };
  g_autofree char *type = test_make_clip (self->path, 320, 192, 24, FALSE);
  g_autoptr (GBytes) bytes = test_read (self->path);
  gsize length;
  const guint8 *content = g_bytes_get_data (bytes, &length);

  g_assert_nonnull (memmem (content, length, colour, sizeof colour));
}

static void
test_same_frames (Fixture *self, gconstpointer data)
{
  g_autofree char *other = g_build_filename (self->folder, "other.mp4", NULL);
  g_autofree char *first_type = test_make_clip (self->path, 320, 192, 48, TRUE);
  g_autofree char *second_type = test_make_clip (other, 320, 192, 48, TRUE);
  g_auto (Decoded) first = { 0 };
  g_auto (Decoded) second = { 0 };

  test_decode (self->path, TEST_H264, &first);
  test_decode (other, TEST_H264, &second);
  g_assert_cmpstr (first.hash, ==, second.hash);
}

static void
assert_empty (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);

  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

/* With the better encoders out of the registry the next ones are taken, and the user is told. */
static void
hide (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  if (factory != NULL)
    gst_registry_remove_feature (gst_registry_get (), GST_PLUGIN_FEATURE (factory));
}

static void
test_second_choice (Fixture *self, gconstpointer data)
{
  g_autofree char *type = NULL;
  g_auto (Decoded) frames = { 0 };
  g_auto (Decoded) sound = { 0 };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  gst_init (NULL, NULL);
  hide ("x264enc");
  hide ("avenc_aac");
  type = test_make_clip (self->path, 320, 192, 48, TRUE);
  g_assert_cmpstr (type, ==, "video/mp4");
  test_decode (self->path, TEST_H264, &frames);
  g_assert_cmpuint (frames.n_buffers, ==, 48);
  test_decode (self->path, TEST_AAC, &sound);
  g_assert_cmpuint (sound.end, >, 2 * GST_SECOND - 40 * GST_MSECOND);
  g_assert_cmpfloat (sound.loudest, >, 0.4);
}

static void
test_webm (Fixture *self, gconstpointer data)
{
  CsVideoFormat format = { .width = 320, .height = 192, .frame_rate = 24, .has_sound = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsVideoEncoder) encoder = NULL;
  g_autofree char *type = NULL;
  g_auto (Decoded) frames = { 0 };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  gst_init (NULL, NULL);
  hide ("x264enc");
  hide ("openh264enc");
  type = test_make_clip (self->path, 320, 192, 48, TRUE);
  g_assert_cmpstr (type, ==, "video/webm");
  test_decode (self->path, "matroskademux ! vp8dec", &frames);
  g_assert_cmpuint (frames.n_buffers, ==, 48);

  encoder = cs_video_encoder_new (self->path, &format, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (cs_video_encoder_get_note (encoder), "gstreamer1.0-plugins-ugly"));
  g_clear_pointer (&encoder, cs_video_encoder_free);

  hide ("vp8enc");
  g_assert_null (cs_video_encoder_new (self->path, &format, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "gstreamer1.0-plugins-good"));
}

static void
test_bad_folder (Fixture *self, gconstpointer data)
{
  CsVideoFormat format = { .width = 320, .height = 192, .frame_rate = 24 };
  g_autofree char *path = g_build_filename (self->folder, "missing", "clip.mp4", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (cs_video_encoder_new (path, &format, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
  g_assert_nonnull (strstr (error->message, "clip.mp4"));
}

static void
test_disk_full (Fixture *self, gconstpointer data)
{
  CsVideoFormat format = { .width = 320, .height = 192, .frame_rate = 24 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsVideoEncoder) encoder = NULL;

  if (symlink ("/dev/full", self->path) != 0 || !g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is no /dev/full");
      return;
    }
  encoder = cs_video_encoder_new (self->path, &format, NULL, &error);
  for (int i = 0; error == NULL && i < 24; i++)
    {
      g_autoptr (GBytes) frame = test_frame (320, 192, i);

      cs_video_encoder_push_frame (encoder, frame, &error);
    }
  if (error == NULL)
    cs_video_encoder_finish (encoder, &error);
  g_assert_error (error, CS_ERROR, CS_ERROR_DISK_FULL);
  g_clear_pointer (&encoder, cs_video_encoder_free);
  g_assert_true (g_file_test ("/dev/full", G_FILE_TEST_EXISTS));
}

/* A disk that fills up while the muxer collects the frames, or when it writes the file: whatever its size, the film is
 * whole or there is nothing. */
static void
test_small_disk (Fixture *self, gconstpointer data)
{
  CsVideoFormat format = { .width = 320, .height = 192, .frame_rate = 24 };
  int n_full = 0;

  if (!test_disk_in_subprocess ())
    return;
  for (int size_kb = 8; size_kb <= 64; size_kb += 8)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CsVideoEncoder) encoder = NULL;
      g_auto (Decoded) frames = { 0 };

      g_assert_true (test_disk_mount (self->folder, size_kb));
      encoder = cs_video_encoder_new (self->path, &format, NULL, &error);
      for (int i = 0; error == NULL && i < 120; i++)
        {
          g_autoptr (GBytes) frame = test_frame (320, 192, i);

          cs_video_encoder_push_frame (encoder, frame, &error);
        }
      if (error == NULL && cs_video_encoder_finish (encoder, &error))
        {
          test_decode (self->path, TEST_H264, &frames);
          g_assert_cmpuint (frames.n_buffers, ==, 120);
          g_unlink (self->path);
        }
      else
        {
          g_assert_error (error, CS_ERROR, CS_ERROR_DISK_FULL);
          n_full++;
        }
      g_clear_pointer (&encoder, cs_video_encoder_free);
      assert_empty (self);
      g_assert_no_errno (umount (self->folder));
    }
  g_assert_cmpint (n_full, >, 0);
  g_assert_cmpint (n_full, <, 8);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

/* Cancelled while a call waits: it returns at once, and no file is left. */
static void
test_cancel (Fixture *self, gconstpointer data)
{
  CsVideoFormat format = { .width = 320, .height = 192, .frame_rate = 24, .has_sound = TRUE };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CsVideoEncoder) encoder = cs_video_encoder_new (self->path, &format, cancellable, &error);
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  gint64 before = g_get_monotonic_time ();

  /* No sound comes, so the muxer waits for it and the frames pile up. */
  for (int i = 0; error == NULL && i < 5000; i++)
    {
      g_autoptr (GBytes) frame = test_frame (320, 192, i);

      cs_video_encoder_push_frame (encoder, frame, &error);
    }
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 20 * G_USEC_PER_SEC);
  g_thread_join (thread);
  g_clear_pointer (&encoder, cs_video_encoder_free);
  assert_empty (self);
}

#define ADD(name, function) g_test_add ("/media/video-encoder/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("streams", test_streams);
  ADD ("times", test_times);
  ADD ("faststart", test_faststart);
  ADD ("colour", test_colour);
  ADD ("same-frames", test_same_frames);
  ADD ("second-choice", test_second_choice);
  ADD ("webm", test_webm);
  ADD ("bad-folder", test_bad_folder);
  ADD ("disk-full", test_disk_full);
  ADD ("small-disk", test_small_disk);
  ADD ("cancel", test_cancel);
  return g_test_run ();
}
