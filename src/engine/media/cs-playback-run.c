/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a file for a playback, hearing what GStreamer says of it, and closing it. On its inner thread. */
#include "config.h"
#include "media/cs-playback-thread.h"

/* A file that shows nothing for so long will not show anything later: some damage is not said. */
#define PATIENCE_S 20

static int is_codec_missed; /* atomic: since the registry of GStreamer was last looked through */

static gboolean open_pipeline (CsPlayback *self);
static void close_pipeline (CsPlayback *self);

/* What GStreamer says */

/* The first frame is there. */
static void
opened (CsPlayback *self)
{
  int n_videos = 0, n_sounds = 0;
  gint64 duration = 0;

  _cs_playback_stop_source (&self->patience);
  g_object_get (self->pipeline.playbin, "n-video", &n_videos, "n-audio", &n_sounds, NULL);
  if (n_videos == 0)
    {
      _cs_playback_fail (self, CS_PLAYER_DAMAGED, NULL, NULL);
      return;
    }
  if (!gst_element_query_duration (self->pipeline.playbin, GST_FORMAT_TIME, &duration))
    duration = 0;
  g_mutex_lock (&self->lock);
  self->news.is_open = TRUE;
  self->news.duration = MAX (duration, 0);
  if (self->is_without_sound)
    self->news.sound = CS_PLAYER_SOUND_OFF;
  else if (n_sounds > 0)
    self->news.sound = CS_PLAYER_HEARD;
  _cs_playback_tell (self);
  g_mutex_unlock (&self->lock);
  _cs_playback_apply (self);
}

static void
done_cb (GstBus *bus, GstMessage *message, CsPlayback *self)
{
  if (!self->news.is_open)
    opened (self);
  else if (self->is_seeking)
    _cs_playback_sought (self);
}

static void
set_at_end (CsPlayback *self, gboolean is_at_end)
{
  g_mutex_lock (&self->lock);
  self->news.is_at_end = is_at_end;
  _cs_playback_tell (self);
  g_mutex_unlock (&self->lock);
}

static void
ended_cb (GstBus *bus, GstMessage *message, CsPlayback *self)
{
  gboolean is_looping;

  if (self->is_seeking)
    return;
  g_mutex_lock (&self->lock);
  is_looping = self->wish.is_playing && self->wish.is_looping;
  g_mutex_unlock (&self->lock);
  set_at_end (self, !is_looping);
  if (!is_looping)
    return;
  _cs_playback_seek (self, 0, TRUE, self->speed);
  if (!self->is_seeking)
    set_at_end (self, TRUE);
}

static void
element_cb (GstBus *bus, GstMessage *message, CsPlayback *self)
{
  gboolean is_sound = FALSE;
  const char *package = NULL;
  g_autofree char *codec = _cs_playback_read_missing (message, &is_sound, &package);

  if (codec == NULL)
    return;
  g_atomic_int_set (&is_codec_missed, TRUE);
  if (!is_sound)
    {
      _cs_playback_fail (self, CS_PLAYER_NO_CODEC, codec, package);
      return;
    }
  g_mutex_lock (&self->lock);
  self->news.sound = CS_PLAYER_SOUND_UNKNOWN;
  self->news.codec = g_intern_string (codec);
  self->news.package = package;
  g_mutex_unlock (&self->lock);
}

/* A film without its sound is better than none. */
static gboolean
give_up_sound (CsPlayback *self)
{
  if (self->is_without_sound)
    return FALSE;
  self->is_without_sound = TRUE;
  self->is_seeking = FALSE;
  g_mutex_lock (&self->lock);
  self->news.is_open = FALSE;
  if (self->serial == self->wish.serial)
    self->wish.target = self->frame_time;
  self->wish.is_exact = TRUE;
  self->serial = self->wish.serial + 1;
  self->is_elsewhere = TRUE;
  g_mutex_unlock (&self->lock);
  close_pipeline (self);
  return open_pipeline (self);
}

static void
error_cb (GstBus *bus, GstMessage *message, CsPlayback *self)
{
  GstObject *sound = GST_OBJECT (self->pipeline.sound);

  if (sound != NULL && gst_object_has_as_ancestor (GST_MESSAGE_SRC (message), sound) && give_up_sound (self))
    return;
  _cs_playback_fail (self, CS_PLAYER_DAMAGED, NULL, NULL);
}

static void
latency_cb (GstBus *bus, GstMessage *message, CsPlayback *self)
{
  gst_bin_recalculate_latency (GST_BIN (self->pipeline.playbin));
}

/* The clock was that of the sound, which is over or has moved to other loudspeakers. */
static void
clock_lost_cb (GstBus *bus, GstMessage *message, CsPlayback *self)
{
  gst_element_set_state (self->pipeline.playbin, GST_STATE_PAUSED);
  _cs_playback_apply (self);
}

/* The beginning and the end */

static void
listen (CsPlayback *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline.playbin);

  gst_bus_add_signal_watch (bus);
  g_signal_connect (bus, "message::async-done", G_CALLBACK (done_cb), self);
  g_signal_connect (bus, "message::eos", G_CALLBACK (ended_cb), self);
  g_signal_connect (bus, "message::element", G_CALLBACK (element_cb), self);
  g_signal_connect (bus, "message::error", G_CALLBACK (error_cb), self);
  g_signal_connect (bus, "message::latency", G_CALLBACK (latency_cb), self);
  g_signal_connect (bus, "message::clock-lost", G_CALLBACK (clock_lost_cb), self);
}

static gboolean
lost_patience_cb (gpointer data)
{
  CsPlayback *self = data;

  g_clear_pointer (&self->patience, g_source_unref);
  _cs_playback_fail (self, CS_PLAYER_DAMAGED, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
open_pipeline (CsPlayback *self)
{
  GstAppSinkCallbacks callbacks = { .new_preroll = _cs_playback_preroll_cb, .new_sample = _cs_playback_sample_cb };

  g_mutex_lock (&self->lock);
  g_free (self->size);
  self->size = _cs_playback_make_size (self, &self->wish);
  g_mutex_unlock (&self->lock);
  if (!_cs_playback_pipeline_build (&self->pipeline, self->path, self->size, !self->is_without_sound))
    return FALSE;
  self->speed = 1;
  g_object_set (self->pipeline.frames, "drop", TRUE, "qos", TRUE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (self->pipeline.frames), &callbacks, _cs_playback_ref (self), _cs_playback_unref);
  listen (self);
  _cs_playback_start_source (self, &self->patience, g_timeout_source_new_seconds (PATIENCE_S), lost_patience_cb);
  gst_element_set_state (self->pipeline.playbin, GST_STATE_PAUSED);
  return TRUE;
}

static void
close_pipeline (CsPlayback *self)
{
  g_autoptr (GstBus) bus = self->pipeline.playbin != NULL ? gst_element_get_bus (self->pipeline.playbin) : NULL;

  _cs_playback_stop_source (&self->rest);
  _cs_playback_stop_source (&self->patience);
  if (bus == NULL)
    return;
  gst_bus_remove_signal_watch (bus);
  g_signal_handlers_disconnect_by_data (bus, self);
  _cs_playback_pipeline_clear (&self->pipeline);
}

/* Who was told what to install may have done so since. */
static gboolean
init_gstreamer (void)
{
  if (!gst_init_check (NULL, NULL, NULL))
    return FALSE;
  if (g_atomic_int_compare_and_exchange (&is_codec_missed, TRUE, FALSE))
    gst_update_registry ();
  return TRUE;
}

static void
begin (CsPlayback *self)
{
  CsPlayerTrouble trouble = _cs_playback_check_file (self->path, &self->header);

  g_mutex_lock (&self->lock);
  self->news.width = self->header.width;
  self->news.height = self->header.height;
  self->is_elsewhere = self->wish.serial != self->serial;
  _cs_playback_tell (self);
  g_mutex_unlock (&self->lock);
  if (trouble != CS_PLAYER_FINE)
    _cs_playback_fail (self, trouble, NULL, NULL);
  else if (!init_gstreamer () || !open_pipeline (self))
    _cs_playback_fail (self, CS_PLAYER_NO_CODEC, NULL, "gstreamer1.0-plugins-base");
}

gpointer
_cs_playback_run (gpointer data)
{
  CsPlayback *self = data;

  g_main_context_push_thread_default (self->inner);
  begin (self);
  g_main_loop_run (self->loop);
  close_pipeline (self);
  g_main_context_pop_thread_default (self->inner);
  _cs_playback_unref (self);
  return NULL;
}
