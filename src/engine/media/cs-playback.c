/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One file being played. The thread that began it leaves wishes and is told of news; a thread of its own does what is wished
 * and waits for GStreamer; the threads of GStreamer leave frames. What they share lies under one lock, and of wishes and
 * frames only the newest counts. It lives until the last of these threads has let go.
 */
#include "config.h"
#include "media/cs-playback-thread.h"

CsPlayback *
_cs_playback_ref (CsPlayback *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
_cs_playback_unref (gpointer data)
{
  CsPlayback *self = data;

  if (!g_atomic_ref_count_dec (&self->count))
    return;
  cs_player_frame_unref (self->frame);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->inner);
  g_main_context_unref (self->outer);
  g_mutex_clear (&self->lock);
  g_free (self->size);
  g_free (self->path);
  g_free (self);
}

/* Telling the outer thread */

static gboolean
tell_cb (gpointer data)
{
  CsPlayback *self = data;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->telling, g_source_unref);
  g_mutex_unlock (&self->lock);
  if (self->func != NULL)
    self->func (self->user_data);
  return G_SOURCE_REMOVE;
}

/* With the lock held. Ahead of drawing, so that a frame is not late by one. */
void
_cs_playback_tell (CsPlayback *self)
{
  if (self->is_ended || self->telling != NULL)
    return;
  self->telling = g_idle_source_new ();
  g_source_set_priority (self->telling, G_PRIORITY_HIGH_IDLE);
  g_source_set_callback (self->telling, tell_cb, _cs_playback_ref (self), _cs_playback_unref);
  g_source_attach (self->telling, self->outer);
}

void
_cs_playback_fail (CsPlayback *self, CsPlayerTrouble trouble, const char *codec, const char *package)
{
  g_mutex_lock (&self->lock);
  if (self->news.trouble == CS_PLAYER_FINE)
    {
      self->news.trouble = trouble;
      self->news.codec = g_intern_string (codec);
      self->news.package = package;
      _cs_playback_tell (self);
    }
  g_mutex_unlock (&self->lock);
}

/* On the threads of GStreamer */

static void
keep_frame (CsPlayback *self, GstSample *sample)
{
  gint64 length = 0;
  CsPlayerFrame *frame = sample != NULL ? _cs_player_frame_new (sample, &length) : NULL;

  if (sample != NULL)
    gst_sample_unref (sample);
  if (frame == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->news.frame_length = length;
  if (!self->is_ended && !self->is_elsewhere)
    {
      CsPlayerFrame *older = self->frame;

      self->frame_time = frame->time;
      self->has_frame = TRUE;
      self->frame = g_steal_pointer (&frame);
      frame = older;
      _cs_playback_tell (self);
    }
  g_mutex_unlock (&self->lock);
  cs_player_frame_unref (frame);
}

GstFlowReturn
_cs_playback_preroll_cb (GstAppSink *sink, gpointer user_data)
{
  keep_frame (user_data, gst_app_sink_try_pull_preroll (sink, 0));
  return GST_FLOW_OK;
}

GstFlowReturn
_cs_playback_sample_cb (GstAppSink *sink, gpointer user_data)
{
  keep_frame (user_data, gst_app_sink_try_pull_sample (sink, 0));
  return GST_FLOW_OK;
}

/* Waking the inner thread */

static gboolean
woken_cb (gpointer data)
{
  CsPlayback *self = data;

  g_mutex_lock (&self->lock);
  self->is_waking = FALSE;
  g_mutex_unlock (&self->lock);
  _cs_playback_apply (self);
  return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
wake (CsPlayback *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->is_waking)
    return;
  self->is_waking = TRUE;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, woken_cb, _cs_playback_ref (self), _cs_playback_unref);
  g_source_attach (source, self->inner);
}

/* For its owner */

/**
 * _cs_playback_begin:
 * @func: told of news and frames, on the main context of this thread
 *
 * Returns: (transfer full): to be given to _cs_playback_end().
 */
CsPlayback *
_cs_playback_begin (const char *path, const CsPlaybackWish *wish, CsPlaybackFunc func, gpointer user_data)
{
  CsPlayback *self = g_new0 (CsPlayback, 1);

  g_atomic_ref_count_init (&self->count);
  g_mutex_init (&self->lock);
  self->path = g_strdup (path);
  self->func = func;
  self->user_data = user_data;
  self->outer = g_main_context_ref_thread_default ();
  self->inner = g_main_context_new ();
  self->loop = g_main_loop_new (self->inner, FALSE);
  self->wish = *wish;
  g_thread_unref (g_thread_new ("playback", _cs_playback_run, _cs_playback_ref (self)));
  return self;
}

/** _cs_playback_wish: Returns at once. */
void
_cs_playback_wish (CsPlayback *self, const CsPlaybackWish *wish)
{
  g_mutex_lock (&self->lock);
  self->wish = *wish;
  wake (self);
  g_mutex_unlock (&self->lock);
}

/** _cs_playback_read: Returns: (transfer full) (nullable): the newest frame, when it was not read yet. */
CsPlayerFrame *
_cs_playback_read (CsPlayback *self, CsPlaybackNews *news)
{
  CsPlayerFrame *frame;

  g_mutex_lock (&self->lock);
  *news = self->news;
  frame = g_steal_pointer (&self->frame);
  g_mutex_unlock (&self->lock);
  return frame;
}

/** _cs_playback_end: Returns at once; the function is not called any more, and the file is let go of in the background. */
void
_cs_playback_end (CsPlayback *self)
{
  GSource *telling;

  self->func = NULL;
  g_mutex_lock (&self->lock);
  self->is_ended = TRUE;
  telling = g_steal_pointer (&self->telling);
  g_clear_pointer (&self->frame, cs_player_frame_unref);
  wake (self);
  g_mutex_unlock (&self->lock);
  if (telling != NULL)
    {
      g_source_destroy (telling);
      g_source_unref (telling);
    }
  _cs_playback_unref (self);
}
