/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of media share: clips made by our own encoder, and what a decoder sees in them. */
#pragma once

#include "media/cs-video-encoder.h"

#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>

/* What came out of a decoder. */
typedef struct
{
  guint n_buffers;
  guint64 n_bytes;
  char *hash;          /* SHA-256 of all bytes */
  double loudest;      /* of 32-bit float sound */
  GstClockTime start;  /* in stream time */
  GstClockTime end;
} Decoded;

static inline void
decoded_clear (Decoded *self)
{
  g_clear_pointer (&self->hash, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decoded, decoded_clear)

/* A slow gradient with a bright square that moves: easy to encode, different in every frame. */
static inline GBytes *
test_frame (int width, int height, int number)
{
  guint8 *pixels = g_malloc ((gsize) width * height * 4);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8 *p = pixels + ((gsize) y * width + x) * 4;
        gboolean inside = x / 16 == number % (width / 16) && y / 16 == 2;

        p[0] = inside ? 255 : x * 255 / width;
        p[1] = inside ? 255 : y * 255 / height;
        p[2] = inside ? 255 : (number * 2) & 0xff;
        p[3] = 255;
      }
  return g_bytes_new_take (pixels, (gsize) width * height * 4);
}

static inline GBytes *
test_tone (double seconds)
{
  gsize n = seconds * CS_SOUND_RATE;
  float *samples = g_new (float, n * 2);

  for (gsize i = 0; i < n; i++)
    samples[2 * i] = samples[2 * i + 1] = 0.5 * sin (i * 2 * G_PI * 440 / CS_SOUND_RATE);
  return g_bytes_new_take (samples, n * 2 * sizeof (float));
}

/* A clip of @n_frames; g_assert()s that all goes well. Returns (transfer full): its type. */
static inline char *
test_make_clip (const char *path, int width, int height, int n_frames, gboolean sound)
{
  CsVideoFormat format = { .width = width, .height = height, .frame_rate = 24, .has_sound = sound, .comment = "test" };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsVideoEncoder) encoder = cs_video_encoder_new (path, &format, NULL, &error);

  g_assert_no_error (error);
  if (sound)
    {
      g_autoptr (GBytes) tone = test_tone (n_frames / 24.0);

      g_assert_true (cs_video_encoder_push_sound (encoder, tone, &error));
    }
  for (int i = 0; i < n_frames; i++)
    {
      g_autoptr (GBytes) frame = test_frame (width, height, i);

      cs_video_encoder_push_frame (encoder, frame, &error);
      g_assert_no_error (error);
    }
  cs_video_encoder_finish (encoder, &error);
  g_assert_no_error (error);
  return g_strdup (cs_video_encoder_get_mime_type (encoder));
}

/* Writes what a pipeline makes to @path. */
static inline void
test_make_with (const char *path, const char *text)
{
  g_autofree char *description = g_strdup_printf ("%s ! filesink name=file", text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) file = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  gst_init (NULL, NULL);
  pipeline = g_object_ref_sink (gst_parse_launch (description, &error));
  g_assert_no_error (error);
  file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  g_object_set (file, "location", path, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  bus = gst_element_get_bus (pipeline);
  message = gst_bus_timed_pop_filtered (bus, 30 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* Reads @path through @elements, for example "qtdemux ! h264parse ! avdec_h264". */
static inline void
test_decode (const char *path, const char *elements, Decoded *decoded)
{
  g_autofree char *text = g_strdup_printf ("filesrc name=file blocksize=1048576 ! %s ! appsink name=sink sync=false", elements);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) file = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  GstSample *sample;

  gst_init (NULL, NULL);
  pipeline = g_object_ref_sink (gst_parse_launch (text, &error));
  g_assert_no_error (error);
  file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_object_set (file, "location", path, NULL);
  *decoded = (Decoded) { .start = GST_CLOCK_TIME_NONE };

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while ((sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 20 * GST_SECOND)) != NULL)
    {
      GstBuffer *buffer = gst_sample_get_buffer (sample);
      const GstSegment *segment = gst_sample_get_segment (sample);
      GstClockTime start = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
      GstMapInfo map;

      g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
      g_checksum_update (checksum, map.data, map.size);
      decoded->n_buffers++;
      decoded->n_bytes += map.size;
      for (gsize i = 0; strstr (elements, "F32LE") != NULL && i + 4 <= map.size; i += 4)
        {
          float value;

          memcpy (&value, map.data + i, 4);
          decoded->loudest = MAX (decoded->loudest, fabs (value));
        }
      if (decoded->start == GST_CLOCK_TIME_NONE)
        decoded->start = start;
      decoded->end = start + GST_BUFFER_DURATION (buffer);
      gst_buffer_unmap (buffer, &map);
      gst_sample_unref (sample);
    }
  g_assert_true (gst_app_sink_is_eos (GST_APP_SINK (sink)));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  decoded->hash = g_strdup (g_checksum_get_string (checksum));
}

#define TEST_H264 "qtdemux ! h264parse ! avdec_h264"
#define TEST_AAC "qtdemux ! aacparse ! avdec_aac ! audioconvert ! audio/x-raw,format=F32LE,layout=interleaved"

/* A new folder of this test, removed by test_folder_free(). */
static inline char *
test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("cs-media-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static inline void
test_folder_free (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_no_errno (g_remove (path));
    }
  g_assert_no_errno (g_rmdir (folder));
  g_free (folder);
}

/* Bytes of @path. */
static inline GBytes *
test_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static inline void
test_write (const char *path, const void *data, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);
}
