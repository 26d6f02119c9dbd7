/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses the encoders that this computer has and puts the pipeline together; no frame passes through here. */
#include "config.h"
#include "media/cs-video-pipeline.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

#include <gst/tag/tag.h>

/* One encoder that may be there. */
typedef struct
{
  const char *element;
  const char *package;     /* of Debian, what the user is told to install */
  const char *description; /* for gst_parse_launch(); @rate@ bits a second, @gap@ frames between key frames */
  guint sound_delay;       /* measured: samples before the first of ours */
} Encoder;

/* The bit rate of x264enc is only its upper bound: its quality is constant. */
static const Encoder h264_encoders[] = {
  { "x264enc", "gstreamer1.0-plugins-ugly",
    "x264enc speed-preset=veryfast pass=qual quantizer=20 bitrate=24000 vbv-buf-capacity=2000 key-int-max=@gap@"
    " ! video/x-h264,profile=high",
    0 },
  { "openh264enc", "gstreamer1.0-plugins-bad",
    "openh264enc rate-control=bitrate bitrate=@rate@ complexity=medium gop-size=@gap@ ! h264parse", 0 },
};
static const Encoder aac_encoders[] = {
  { "avenc_aac", "gstreamer1.0-libav", "avenc_aac bitrate=160000", 1024 },
  { "voaacenc", "gstreamer1.0-plugins-bad", "voaacenc bitrate=160000", 1600 },
};
static const Encoder vp8_encoder = {
  "vp8enc", "gstreamer1.0-plugins-good",
  "vp8enc deadline=1 cpu-used=5 threads=2 target-bitrate=@rate@ max-quantizer=40 keyframe-max-dist=@gap@", 0
};
static const Encoder opus_encoder = { "opusenc", "gstreamer1.0-plugins-base", "opusenc bitrate=128000", 0 };

static gboolean
has_element (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL;
}

static const Encoder *
find_encoder (const Encoder *encoders, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (has_element (encoders[i].element))
      return &encoders[i];
  return NULL;
}

/* What every pipeline is built from. */
static gboolean
check_base (GError **error)
{
  static const struct
  {
    const char *element;
    const char *package;
  } needed[] = {
    { "filesink", "libgstreamer1.0-0" },
    { "appsrc", "gstreamer1.0-plugins-base" },
    { "videoconvert", "gstreamer1.0-plugins-base" },
    { "audioconvert", "gstreamer1.0-plugins-base" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!has_element (needed[i].element))
      {
        cs_set_error (error, CS_ERROR_UNAVAILABLE,
                      /* translators: the first is a part of GStreamer, the second a package of the system */
                      _ ("No video can be made on this computer: “%s” is missing. Install the package %s."),
                      needed[i].element, needed[i].package);
        return FALSE;
      }
  return TRUE;
}

/* Good pictures need about a quarter of a bit for each pixel. */
static guint
bit_rate (const CsVideoFormat *format)
{
  return (guint64) format->width * format->height * format->frame_rate / 4;
}

static void
set_number (GString *text, const char *word, guint value)
{
  g_autofree char *number = g_strdup_printf ("%u", value);

  g_string_replace (text, word, number, 0);
}

/* One stream from our bytes to the muxer. */
static void
append_stream (GString *text, const char *source, const char *convert, const Encoder *encoder,
               const CsVideoFormat *format)
{
  g_string_append_printf (text, " appsrc name=%s ! %s ! %s", source, convert, encoder->description);
  set_number (text, "@rate@", bit_rate (format));
  set_number (text, "@gap@", 2 * format->frame_rate);
  g_string_append (text, " ! queue max-size-buffers=0 max-size-time=0 max-size-bytes=8388608 ! mux.");
}

static GstElement *
launch (const char *muxer, const Encoder *video, const Encoder *sound, const CsVideoFormat *format, GError **error)
{
  g_autoptr (GString) text = g_string_new (muxer);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GstElement) pipeline = NULL;

  g_string_append (text, " ! filesink name=file");
  append_stream (text, "frames", "videoconvert ! video/x-raw,format=I420,colorimetry=bt709", video, format);
  if (format->has_sound)
    append_stream (text, "sound", "audioconvert", sound, format);

  pipeline = gst_parse_launch_full (text->str, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &local_error);
  if (pipeline == NULL)
    {
      cs_set_error (error, CS_ERROR_UNAVAILABLE, _ ("No video can be made on this computer: %s."), local_error->message);
      return NULL;
    }
  return g_object_ref_sink (g_steal_pointer (&pipeline));
}

/* H.264 and AAC in MP4, where both are there. @missing: (out): the package that would make it possible. */
static gboolean
build_mp4 (CsVideoPipeline *self, const CsVideoFormat *format, const char **missing, GError **error)
{
  const Encoder *video = find_encoder (h264_encoders, G_N_ELEMENTS (h264_encoders));
  const Encoder *sound = find_encoder (aac_encoders, G_N_ELEMENTS (aac_encoders));

  if (video == NULL || (video == &h264_encoders[1] && !has_element ("h264parse")))
    *missing = h264_encoders[0].package;
  else if (format->has_sound && sound == NULL)
    *missing = aac_encoders[0].package;
  else if (!has_element ("mp4mux"))
    *missing = "gstreamer1.0-plugins-good";
  if (*missing != NULL)
    return FALSE;

  self->mime_type = "video/mp4";
  self->sound_delay = format->has_sound ? sound->sound_delay : 0;
  self->pipeline = launch ("mp4mux name=mux faststart=true movie-timescale=48000", video, sound, format, error);
  return self->pipeline != NULL;
}

static gboolean
build_webm (CsVideoPipeline *self, const CsVideoFormat *format, const char *wanted, GError **error)
{
  const char *missing = NULL;

  if (!has_element (vp8_encoder.element) || !has_element ("webmmux"))
    missing = vp8_encoder.package;
  else if (format->has_sound && !has_element (opus_encoder.element))
    missing = opus_encoder.package;
  if (missing != NULL)
    {
      cs_set_error (error, CS_ERROR_UNAVAILABLE,
                    /* translators: both are packages of the system */
                    _ ("No video can be made on this computer: no encoder is installed. Install the package %s, or %s."),
                    wanted, missing);
      return FALSE;
    }

  self->mime_type = "video/webm";
  self->note = g_strdup_printf (
    /* translators: the argument is a package of the system */
    _ ("Written as WebM (VP8 and Opus): MP4 needs the package %s, which is not installed."), wanted);
  self->pipeline = launch ("webmmux name=mux", &vp8_encoder, &opus_encoder, format, error);
  return self->pipeline != NULL;
}

static void
set_source (CsVideoPipeline *self, const CsVideoFormat *format)
{
  g_autoptr (GstCaps) frames = NULL;
  g_autoptr (GstCaps) sound = NULL;

  self->frames = gst_bin_get_by_name (GST_BIN (self->pipeline), "frames");
  frames = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "BGRx", "width", G_TYPE_INT, format->width,
                                "height", G_TYPE_INT, format->height, "framerate", GST_TYPE_FRACTION,
                                format->frame_rate, 1, "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);
  g_object_set (self->frames, "caps", frames, "format", GST_FORMAT_TIME, "max-bytes", (guint64) 0, NULL);
  if (!format->has_sound)
    return;

  self->sound = gst_bin_get_by_name (GST_BIN (self->pipeline), "sound");
  sound = gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, "F32LE", "rate", G_TYPE_INT, CS_SOUND_RATE,
                               "channels", G_TYPE_INT, 2, "layout", G_TYPE_STRING, "interleaved", NULL);
  g_object_set (self->sound, "caps", sound, "format", GST_FORMAT_TIME, "max-bytes", (guint64) 0, NULL);
}

static void
set_output (CsVideoPipeline *self, const char *path, const char *scratch, const char *comment)
{
  g_autoptr (GstElement) file = gst_bin_get_by_name (GST_BIN (self->pipeline), "file");
  g_autoptr (GstElement) mux = gst_bin_get_by_name (GST_BIN (self->pipeline), "mux");

  g_object_set (file, "location", path, NULL);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (mux), "faststart-file") != NULL)
    g_object_set (mux, "faststart-file", scratch, NULL);
  /* The XMP of a file is ours to write, once: see cs-provenance.h. */
  if (GST_IS_TAG_XMP_WRITER (mux))
    gst_tag_xmp_writer_remove_all_schemas (GST_TAG_XMP_WRITER (mux));
  if (comment != NULL)
    gst_tag_setter_add_tags (GST_TAG_SETTER (mux), GST_TAG_MERGE_REPLACE, GST_TAG_COMMENT, comment, NULL);
}

/**
 * cs_video_pipeline_build:
 * @self: (out): filled
 * @path: where the video goes
 * @scratch: a file beside it that the muxer may need while it works
 *
 * Returns: FALSE with CS_ERROR_UNAVAILABLE when an encoder is missing; the message names its package.
 */
gboolean
cs_video_pipeline_build (CsVideoPipeline *self, const char *path, const char *scratch, const CsVideoFormat *format,
                         GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const char *wanted = NULL;

  *self = (CsVideoPipeline) { 0 };
  if (!gst_init_check (NULL, NULL, &local_error))
    {
      cs_set_error (error, CS_ERROR_UNAVAILABLE, _ ("No video can be made on this computer: %s."), local_error->message);
      return FALSE;
    }
  if (!check_base (error))
    return FALSE;

  if (!build_mp4 (self, format, &wanted, error) && (wanted == NULL || !build_webm (self, format, wanted, error)))
    {
      cs_video_pipeline_clear (self);
      return FALSE;
    }

  set_source (self, format);
  set_output (self, path, scratch, format->comment);
  return TRUE;
}

void
cs_video_pipeline_clear (CsVideoPipeline *self)
{
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->sound);
  gst_clear_object (&self->frames);
  gst_clear_object (&self->pipeline);
  g_clear_pointer (&self->note, g_free);
}
