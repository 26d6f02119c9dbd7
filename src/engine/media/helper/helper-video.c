/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Takes one frame out of a video with named elements of GStreamer. Nothing is looked for: the few plugins that the
 * format needs are loaded from their files, so neither the registry nor any other demuxer or decoder comes into play.
 */
#include "config.h"
#include "media/helper/helper.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE (8 * GST_SECOND)
#define STEP (20 * GST_MSECOND)

/* One way to decode a codec. */
typedef struct
{
  const char *codec;
  const char *plugins[3];
  const char *elements;
} Decoder;

/* The small decoders first: loading libav takes longer than decoding a frame. */
static const Decoder decoders[] = {
  { "h264", { "videoparsersbad", "openh264" }, "h264parse ! openh264dec" },
  { "h264", { "libav" }, "avdec_h264 max-threads=2" },
  { "h265", { "videoparsersbad", "de265" }, "h265parse ! libde265dec max-threads=2" },
  { "h265", { "videoparsersbad", "libav" }, "h265parse ! avdec_h265 max-threads=2" },
  { "vp8", { "vpx" }, "vp8dec threads=2" },
  { "vp8", { "libav" }, "avdec_vp8 max-threads=2" },
  { "vp9", { "vpx" }, "vp9dec threads=2" },
  { "vp9", { "libav" }, "avdec_vp9 max-threads=2" },
  { "av1", { "videoparsersbad", "dav1d" }, "av1parse ! dav1ddec n-threads=2" },
  { "av1", { "videoparsersbad", "aom" }, "av1parse ! av1dec" },
  { "mpeg4", { "libav" }, "avdec_mpeg4 max-threads=2" },
  { "prores", { "libav" }, "avdec_prores max-threads=2" },
  { "mjpeg", { "jpeg" }, "jpegdec" },
};

static char **plugin_folders;

/* Before gst_init(): no registry, no search; only where plugins would have been looked for is kept. */
static void
init_gstreamer (void)
{
  g_autoptr (GPtrArray) folders = NULL;
  static const char *const variables[] = { "GST_PLUGIN_PATH_1_0", "GST_PLUGIN_PATH", "GST_PLUGIN_SYSTEM_PATH_1_0",
                                           "GST_PLUGIN_SYSTEM_PATH" };

  if (plugin_folders != NULL)
    return;
  folders = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_getenv (variables[i]) != NULL ? g_getenv (variables[i]) : "", ":", -1);

      for (gsize j = 0; parts[j] != NULL; j++)
        if (g_path_is_absolute (parts[j]))
          g_ptr_array_add (folders, g_strdup (parts[j]));
      g_unsetenv (variables[i]);
    }
  g_ptr_array_add (folders, g_strdup (GST_PLUGIN_FOLDER));
  g_ptr_array_add (folders, NULL);
  plugin_folders = (char **) g_ptr_array_free (g_steal_pointer (&folders), FALSE);

  g_setenv ("GST_REGISTRY_DISABLE", "yes", TRUE);
  g_setenv ("GST_PLUGIN_SYSTEM_PATH_1_0", "", TRUE);
  gst_init (NULL, NULL);
}

static gboolean
load_plugin (const char *name)
{
  for (char **folder = plugin_folders; *folder != NULL; folder++)
    {
      g_autofree char *file = g_strdup_printf ("libgst%s.so", name);
      g_autofree char *path = g_build_filename (*folder, file, NULL);
      GstPlugin *plugin = access (path, R_OK) == 0 ? gst_plugin_load_file (path, NULL) : NULL;

      if (plugin != NULL)
        {
          gst_object_unref (plugin);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
load_plugins (const char *const *names, gsize n)
{
  for (gsize i = 0; i < n && names[i] != NULL; i++)
    if (!load_plugin (names[i]))
      return FALSE;
  return TRUE;
}

/* Owned by the caller; NULL when an element or one of its properties is not there. */
static GstElement *
launch (const char *text)
{
  GstElement *pipeline = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);

  return pipeline != NULL ? g_object_ref_sink (pipeline) : NULL;
}

/* The frame that waits in the sink, or NULL after an error, at the end, or when it takes too long. */
static GstSample *
pull (GstElement *pipeline, GstElement *sink)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  for (GstClockTime waited = 0; waited < PATIENCE; waited += STEP)
    {
      GstSample *sample = gst_app_sink_try_pull_preroll (GST_APP_SINK (sink), STEP);
      g_autoptr (GstMessage) message = NULL;

      if (sample != NULL)
        return sample;
      message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
      if (message != NULL || gst_app_sink_is_eos (GST_APP_SINK (sink)))
        return NULL;
    }
  return NULL;
}

/* The size at which a frame is shown, before it is turned, fitted into a thumbnail. */
static void
fit_frame (const CsMediaHeader *header, int *width, int *height)
{
  gboolean upright = header->turn % 180 == 0;

  helper_fit (upright ? header->width : header->height, upright ? header->height : header->width, width, height);
}

static GdkPixbuf *
convert (GstSample *sample, const CsMediaHeader *header, GstVideoFormat format)
{
  GstVideoInfo in, out;
  GstVideoFrame from, to;
  GstVideoConverter *converter;
  GdkPixbuf *pixbuf;
  GstBuffer *buffer;
  int width, height;

  if (!gst_video_info_from_caps (&in, gst_sample_get_caps (sample))
      || !gst_video_frame_map (&from, &in, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  fit_frame (header, &width, &height);
  gst_video_info_set_format (&out, format, width, height);
  out.fps_n = in.fps_n;
  out.fps_d = in.fps_d;
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&out), NULL);
  gst_video_frame_map (&to, &out, buffer, GST_MAP_WRITE);
  converter = gst_video_converter_new (&in, &out, NULL);
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, format == GST_VIDEO_FORMAT_RGBA, 8, width, height);

  if (converter != NULL)
    {
      gst_video_converter_frame (converter, &from, &to);
      for (int y = 0; y < height; y++)
        memcpy (gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf),
                (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&to, 0) + (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&to, 0),
                (gsize) width * gdk_pixbuf_get_n_channels (pixbuf));
      gst_video_converter_free (converter);
    }
  else
    g_clear_object (&pixbuf);

  gst_video_frame_unmap (&to);
  gst_video_frame_unmap (&from);
  gst_buffer_unref (buffer);
  return pixbuf;
}

/* Mean brightness, 0 to 255, of every eighth pixel. */
static double
brightness (GdkPixbuf *pixbuf)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  int channels = gdk_pixbuf_get_n_channels (pixbuf);
  double sum = 0;
  guint n = 0;

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y += 4)
    for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x += 2, n++)
      {
        const guint8 *p = pixels + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf) + (gsize) x * channels;

        sum += 0.21 * p[0] + 0.72 * p[1] + 0.07 * p[2];
      }
  return n > 0 ? sum / n : 0;
}

static GdkPixbuf *
seek_and_pull (GstElement *pipeline, GstElement *sink, const CsMediaHeader *header, double second, GstSeekFlags how)
{
  g_autoptr (GstSample) sample = NULL;

  if (!gst_element_seek_simple (pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | how, second * GST_SECOND))
    return NULL;
  sample = pull (pipeline, sink);
  return sample != NULL ? convert (sample, header, GST_VIDEO_FORMAT_RGB) : NULL;
}

/* The key frame before a fifth of the film, which often is @first; when that is nearly black, the brightest of some
 * exact places. */
static GdkPixbuf *
choose_frame (GstElement *pipeline, GstElement *sink, GstSample *first, CsMediaHeader *header)
{
  static const double places[] = { 0.2, 0.3, 0.5 };
  g_autoptr (GdkPixbuf) best = NULL;
  gint64 duration = 0;

  if (header->duration == 0 && gst_element_query_duration (pipeline, GST_FORMAT_TIME, &duration) && duration > 0)
    header->duration = (double) duration / GST_SECOND;

  if (header->second_key <= header->duration * places[0])
    best = seek_and_pull (pipeline, sink, header, header->duration * places[0],
                          GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_BEFORE);
  if (best == NULL)
    best = convert (first, header, GST_VIDEO_FORMAT_RGB);
  for (gsize i = 0; i < G_N_ELEMENTS (places) && best != NULL && brightness (best) < 12; i++)
    {
      g_autoptr (GdkPixbuf) other = seek_and_pull (pipeline, sink, header, header->duration * places[i],
                                                   GST_SEEK_FLAG_ACCURATE);

      if (other != NULL && brightness (other) > brightness (best))
        g_set_object (&best, other);
    }
  return g_steal_pointer (&best);
}

/* Caps that a demuxer did not know, in this order of trust: what the frame itself says. */
static void
learn_rate (GstSample *sample, CsMediaHeader *header)
{
  GstVideoInfo info;

  if (header->frame_rate == 0 && gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) && info.fps_n > 0)
    header->frame_rate = (double) info.fps_n / info.fps_d;
}

static GdkPixbuf *
decode (const CsMediaFile *file, CsMediaHeader *header, const Decoder *decoder)
{
  gboolean webm = g_str_equal (header->mime_type, "video/webm");
  g_autofree char *text = g_strdup_printf ("filesrc location=/proc/self/fd/%d ! %s ! %s ! appsink name=sink sync=false"
                                           " max-buffers=1 qos=false", file->fd, webm ? "matroskademux" : "qtdemux",
                                           decoder->elements);
  g_autoptr (GstElement) pipeline = launch (text);
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstSample) first = NULL;
  GdkPixbuf *pixbuf = NULL;

  if (pipeline == NULL)
    return NULL;
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  first = pull (pipeline, sink);
  if (first != NULL)
    {
      learn_rate (first, header);
      pixbuf = choose_frame (pipeline, sink, first, header);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return pixbuf;
}

static GdkPixbuf *
turn (GdkPixbuf *pixbuf, int degrees)
{
  static const GdkPixbufRotation turns[] = { GDK_PIXBUF_ROTATE_NONE, GDK_PIXBUF_ROTATE_CLOCKWISE,
                                             GDK_PIXBUF_ROTATE_UPSIDEDOWN, GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE };

  return gdk_pixbuf_rotate_simple (pixbuf, turns[degrees / 90 % 4]);
}

/**
 * helper_load_video:
 * @header: (inout): what only a decoder knows is filled in
 * @pixbuf: (out): a frame, small enough for a thumbnail
 */
HelperOutcome
helper_load_video (const CsMediaFile *file, CsMediaHeader *header, GdkPixbuf **pixbuf)
{
  const char *base[] = { "coreelements", "app", g_str_equal (header->mime_type, "video/webm") ? "matroska" : "isomp4" };
  gboolean tried = FALSE;

  init_gstreamer ();
  if (!load_plugins (base, G_N_ELEMENTS (base)))
    return HELPER_NO_DECODER;

  for (gsize i = 0; i < G_N_ELEMENTS (decoders); i++)
    {
      g_autoptr (GdkPixbuf) frame = NULL;

      if (g_strcmp0 (decoders[i].codec, header->video_codec) != 0
          || !load_plugins (decoders[i].plugins, G_N_ELEMENTS (decoders[i].plugins)))
        continue;
      tried = TRUE;
      frame = decode (file, header, &decoders[i]);
      if (frame != NULL)
        {
          *pixbuf = turn (frame, header->turn);
          return HELPER_DECODED;
        }
    }
  return tried ? HELPER_BROKEN : HELPER_NO_DECODER;
}

/**
 * helper_load_webp:
 * @pixbuf: (out): the picture, small enough for a thumbnail
 *
 * For systems without a loader of WebP for GdkPixbuf.
 */
HelperOutcome
helper_load_webp (const CsMediaFile *file, const CsMediaHeader *header, GdkPixbuf **pixbuf)
{
  static const char *const plugins[] = { "app", "webp" };
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstSample) sample = NULL;

  init_gstreamer ();
  if (!load_plugins (plugins, G_N_ELEMENTS (plugins)) || file->size > 256 * 1024 * 1024)
    return HELPER_NO_DECODER;
  bytes = g_malloc (file->size);
  if (!cs_media_file_read (file, 0, bytes, file->size))
    return HELPER_BROKEN;
  pipeline = launch ("appsrc name=source caps=image/webp,framerate=0/1 ! webpdec ! appsink name=sink sync=false");
  if (pipeline == NULL)
    return HELPER_NO_DECODER;

  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_element_set_state (pipeline, GST_STATE_PAUSED);
  gst_app_src_push_buffer (GST_APP_SRC (source), gst_buffer_new_wrapped (g_steal_pointer (&bytes), file->size));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  sample = pull (pipeline, sink);
  if (sample != NULL)
    *pixbuf = convert (sample, header, GST_VIDEO_FORMAT_RGBA);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return *pixbuf != NULL ? HELPER_DECODED : HELPER_BROKEN;
}
