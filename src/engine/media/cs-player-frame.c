/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame that the decoder made, shown without a copy: its memory stays mapped as long as somebody holds the frame. */
#include "config.h"
#include "media/cs-playback-private.h"

#include <gst/video/video.h>

static void
frame_clear (gpointer data)
{
  CsPlayerFrame *self = data;

  g_clear_pointer (&self->pixels, g_bytes_unref);
}

CsPlayerFrame *
cs_player_frame_ref (CsPlayerFrame *self)
{
  return g_atomic_rc_box_acquire (self);
}

/** cs_player_frame_unref: @self: (nullable) */
void
cs_player_frame_unref (CsPlayerFrame *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, frame_clear);
}

static void
mapped_free (gpointer data)
{
  GstVideoFrame *mapped = data;

  gst_video_frame_unmap (mapped);
  g_free (mapped);
}

static gint64
get_time (GstSample *sample)
{
  GstClockTime time = GST_BUFFER_PTS (gst_sample_get_buffer (sample));

  if (GST_CLOCK_TIME_IS_VALID (time))
    time = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME, time);
  return GST_CLOCK_TIME_IS_VALID (time) ? (gint64) time : 0;
}

/**
 * _cs_player_frame_new:
 * @sample: in BGRA
 * @frame_length: (out): nanoseconds; 0 when the video does not say
 *
 * Returns: (transfer full) (nullable): NULL when the memory cannot be read.
 */
CsPlayerFrame *
_cs_player_frame_new (GstSample *sample, gint64 *frame_length)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstCaps *caps = gst_sample_get_caps (sample);
  GstVideoFrame *mapped;
  CsPlayerFrame *self;
  GstVideoInfo info;

  if (buffer == NULL || caps == NULL || !gst_video_info_from_caps (&info, caps))
    return NULL;
  mapped = g_new0 (GstVideoFrame, 1);
  if (!gst_video_frame_map (mapped, &info, buffer, GST_MAP_READ))
    {
      g_free (mapped);
      return NULL;
    }
  *frame_length = info.fps_n > 0 ? (gint64) gst_util_uint64_scale_int (GST_SECOND, info.fps_d, info.fps_n) : 0;
  self = g_atomic_rc_box_new0 (CsPlayerFrame);
  self->width = info.width;
  self->height = info.height;
  self->stride = GST_VIDEO_FRAME_PLANE_STRIDE (mapped, 0);
  self->time = get_time (sample);
  self->pixels = g_bytes_new_with_free_func (GST_VIDEO_FRAME_PLANE_DATA (mapped, 0), self->stride * info.height, mapped_free,
                                             mapped);
  return self;
}

/** _cs_player_frame_copy: Returns: (transfer full): the same in memory of its own, for what is kept for long. */
CsPlayerFrame *
_cs_player_frame_copy (CsPlayerFrame *frame)
{
  CsPlayerFrame *self = g_atomic_rc_box_dup (sizeof *frame, frame);
  gsize size;
  gconstpointer data = g_bytes_get_data (frame->pixels, &size);

  self->pixels = g_bytes_new (data, size);
  return self;
}
