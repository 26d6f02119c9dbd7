/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pipeline behind a player or a film strip, and what its messages mean. Never on the main thread. */
#include "config.h"
#include "media/cs-playback-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gst/app/gstappsink.h>
#include <gst/pbutils/pbutils.h>
#include <string.h>
#include <unistd.h>

/* The flags of playbin, which has no header: no subtitles, no pictures made up for music. */
#define FLAG_VIDEO (1 << 0)
#define FLAG_AUDIO (1 << 1)
#define FLAG_SOFT_VOLUME (1 << 4)
#define FLAG_DEINTERLACE (1 << 9)

/* Where a codec is found. */
typedef struct
{
  const char *caps;
  const char *package;
} Package;

static const Package packages[] = {
  { "video/x-vp8", "gstreamer1.0-plugins-good" },
  { "video/x-vp9", "gstreamer1.0-plugins-good" },
  { "video/quicktime", "gstreamer1.0-plugins-good" },
  { "video/x-matroska", "gstreamer1.0-plugins-good" },
  { "video/webm", "gstreamer1.0-plugins-good" },
  { "video/x-av1", "gstreamer1.0-plugins-bad" },
  { "audio/x-opus", "gstreamer1.0-plugins-base" },
  { "audio/x-vorbis", "gstreamer1.0-plugins-base" },
};

/**
 * _cs_playback_check_file:
 * @header: (out): what the file says of itself
 *
 * Reads the headers first: GStreamer would also follow a list of addresses that calls itself a film, and some damage makes
 * it wait for ever.
 */
CsPlayerTrouble
_cs_playback_check_file (const char *path, CsMediaHeader *header)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  CsPlayerTrouble trouble = CS_PLAYER_DAMAGED;
  CsMediaFile file;

  if (fd < 0)
    return errno == ENOENT || errno == ENOTDIR ? CS_PLAYER_GONE : CS_PLAYER_UNREADABLE;
  if (cs_media_file_open (&file, fd) && cs_media_header_read (&file, header) == CS_MEDIA_OK
      && g_str_has_prefix (header->mime_type, "video/"))
    trouble = CS_PLAYER_FINE;
  close (fd);
  return trouble;
}

/* All links are between elements that take each other's caps. */
static GstElement *
make_video_sink (CsPlaybackPipeline *self)
{
  /* A phone held upright says so in the file. Without the element, the video is shown as it lies in there. */
  GstElement *turn = gst_element_factory_make ("videoflip", NULL);
  GstElement *scale = gst_element_factory_make ("videoconvertscale", NULL);
  GstElement *first = turn != NULL ? turn : scale;
  GstElement *bin;
  g_autoptr (GstPad) pad = NULL;

  if (scale == NULL || self->size == NULL || self->frames == NULL)
    {
      gst_clear_object (&turn);
      gst_clear_object (&scale);
      return NULL;
    }
  bin = gst_bin_new (NULL);
  g_object_set (scale, "add-borders", FALSE, NULL);
  gst_bin_add_many (GST_BIN (bin), scale, self->size, self->frames, NULL);
  gst_element_link_many (scale, self->size, self->frames, NULL);
  if (turn != NULL)
    {
      gst_util_set_object_arg (G_OBJECT (turn), "video-direction", "auto");
      gst_bin_add (GST_BIN (bin), turn);
      gst_element_link (turn, scale);
    }
  pad = gst_element_get_static_pad (first, "sink");
  gst_element_add_pad (bin, gst_ghost_pad_new ("sink", pad));
  return bin;
}

static void
add_sound (CsPlaybackPipeline *self)
{
  GstElement *tempo = gst_element_factory_make ("scaletempo", NULL);

  self->sound = gst_element_factory_make ("autoaudiosink", NULL);
  if (self->sound != NULL)
    g_object_set (self->playbin, "audio-sink", gst_object_ref_sink (self->sound), NULL);
  /* Slow and fast voices keep their pitch. */
  if (tempo != NULL)
    g_object_set (self->playbin, "audio-filter", tempo, NULL);
}

static GstElement *
make (const char *name)
{
  GstElement *element = gst_element_factory_make (name, NULL);

  return element != NULL ? gst_object_ref_sink (element) : NULL;
}

/**
 * _cs_playback_pipeline_build:
 * @self: (out): filled
 * @size: see _cs_playback_pipeline_set_size()
 *
 * Returns: FALSE when GStreamer is not whole on this computer.
 */
gboolean
_cs_playback_pipeline_build (CsPlaybackPipeline *self, const char *path, const char *size, gboolean with_sound)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  guint flags = FLAG_VIDEO | FLAG_DEINTERLACE;
  GstElement *sink;

  *self = (CsPlaybackPipeline) { make ("playbin"), make ("appsink"), make ("capsfilter"), NULL };
  sink = make_video_sink (self);
  if (self->playbin == NULL || sink == NULL || uri == NULL)
    {
      gst_clear_object (&sink);
      _cs_playback_pipeline_clear (self);
      return FALSE;
    }
  g_object_set (self->frames, "max-buffers", 2, NULL);
  _cs_playback_pipeline_set_size (self, size);
  if (with_sound)
    {
      flags |= FLAG_AUDIO | FLAG_SOFT_VOLUME;
      add_sound (self);
    }
  g_object_set (self->playbin, "uri", uri, "flags", flags, "video-sink", sink, NULL);
  return TRUE;
}

/** _cs_playback_pipeline_set_size: @size: the caps of the frames, other than their format; from the next frame on. */
void
_cs_playback_pipeline_set_size (CsPlaybackPipeline *self, const char *size)
{
  g_autofree char *text = g_strdup_printf ("video/x-raw,format=BGRA,pixel-aspect-ratio=1/1,%s", size);
  g_autoptr (GstCaps) caps = gst_caps_from_string (text);

  g_object_set (self->size, "caps", caps, NULL);
}

/** _cs_playback_pipeline_clear: May block until all threads of the pipeline have ended. */
void
_cs_playback_pipeline_clear (CsPlaybackPipeline *self)
{
  if (self->playbin != NULL)
    gst_element_set_state (self->playbin, GST_STATE_NULL);
  gst_clear_object (&self->sound);
  gst_clear_object (&self->size);
  gst_clear_object (&self->frames);
  gst_clear_object (&self->playbin);
}

static const char *
find_package (const char *caps)
{
  for (gsize i = 0; i < G_N_ELEMENTS (packages); i++)
    if (g_str_equal (packages[i].caps, caps))
      return packages[i].package;
  return "gstreamer1.0-libav";
}

/**
 * _cs_playback_read_missing:
 * @is_sound: (out): the video can be seen without it
 * @package: (out): which package of the system brings it
 *
 * Returns: (transfer full) (nullable): the name of the codec that @message misses; NULL when it is about something else.
 */
char *
_cs_playback_read_missing (GstMessage *message, gboolean *is_sound, const char **package)
{
  const GstStructure *structure = gst_message_get_structure (message);
  const GValue *value = gst_is_missing_plugin_message (message) ? gst_structure_get_value (structure, "detail") : NULL;
  const GstCaps *caps = value != NULL && GST_VALUE_HOLDS_CAPS (value) ? gst_value_get_caps (value) : NULL;
  const char *media;
  char *name, *end;

  if (caps == NULL || gst_caps_get_size (caps) == 0)
    return NULL;
  media = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  *is_sound = g_str_has_prefix (media, "audio/");
  *package = find_package (media);
  name = gst_pb_utils_get_codec_description (caps);
  /* "H.264 (High Profile)": the profile helps nobody. */
  end = name != NULL ? strstr (name, " (") : NULL;
  if (end != NULL)
    *end = '\0';
  return name != NULL ? name : g_strdup (media);
}
