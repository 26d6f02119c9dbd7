/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doing what is wished of a playback. On its inner thread. */
#include "config.h"
#include "media/cs-playback-thread.h"

#include <gst/audio/audio.h>

/* Larger videos are made smaller. */
#define MAX_SIDE 1920

/* After this long without another target, a rough one is gone to exactly. */
#define REST_MS 120

/* The sound may go on where no frame is left: then the last one is looked for by steps of this length. */
#define STEP_BACK (GST_SECOND / 5)

/* Seeking */

void
_cs_playback_stop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
_cs_playback_start_source (CsPlayback *self, GSource **slot, GSource *source, GSourceFunc func)
{
  _cs_playback_stop_source (slot);
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, self->inner);
  *slot = source;
}

void
_cs_playback_seek (CsPlayback *self, gint64 target, gboolean is_exact, double speed)
{
  GstSeekFlags flags = GST_SEEK_FLAG_FLUSH | (is_exact ? GST_SEEK_FLAG_ACCURATE : GST_SEEK_FLAG_KEY_UNIT);

  _cs_playback_stop_source (&self->rest);
  self->target = target;
  self->is_exact = is_exact;
  self->speed = speed;
  g_mutex_lock (&self->lock);
  self->news.is_at_end = FALSE;
  self->has_frame = FALSE;
  self->is_elsewhere = FALSE;
  g_mutex_unlock (&self->lock);
  self->is_seeking = gst_element_seek (self->pipeline.playbin, speed, GST_FORMAT_TIME, flags, GST_SEEK_TYPE_SET, target,
                                       GST_SEEK_TYPE_NONE, -1);
}

/* The frame that is shown already, in another size or at another speed; where it was the last one, it still is. */
static void
show_again (CsPlayback *self, double speed)
{
  gboolean is_at_end;
  gint64 time;

  g_mutex_lock (&self->lock);
  is_at_end = self->news.is_at_end;
  time = self->frame_time;
  g_mutex_unlock (&self->lock);
  _cs_playback_seek (self, time, TRUE, speed);
  g_mutex_lock (&self->lock);
  self->news.is_at_end = is_at_end;
  g_mutex_unlock (&self->lock);
}

static gboolean
rested_cb (gpointer data)
{
  CsPlayback *self = data;

  g_clear_pointer (&self->rest, g_source_unref);
  _cs_playback_seek (self, self->target, TRUE, self->speed);
  return G_SOURCE_REMOVE;
}

void
_cs_playback_sought (CsPlayback *self)
{
  gboolean has_frame;

  self->is_seeking = FALSE;
  g_mutex_lock (&self->lock);
  has_frame = self->has_frame;
  g_mutex_unlock (&self->lock);
  if (!has_frame && self->is_exact && self->target > 0)
    {
      _cs_playback_seek (self, MAX (0, self->target - (gint64) STEP_BACK), TRUE, self->speed);
      if (self->is_seeking)
        return;
    }
  g_mutex_lock (&self->lock);
  self->news.serial = self->serial;
  _cs_playback_tell (self);
  g_mutex_unlock (&self->lock);
  if (!self->is_exact)
    _cs_playback_start_source (self, &self->rest, g_timeout_source_new (REST_MS), rested_cb);
  _cs_playback_apply (self);
}

/* All that is wished */

/* Frames as large as they are shown, and no larger: who draws has the least to do. They are never made larger. */
char *
_cs_playback_make_size (CsPlayback *self, const CsPlaybackWish *wish)
{
  int room_width = wish->room_width > 0 ? MIN (wish->room_width, MAX_SIDE) : MAX_SIDE;
  int room_height = wish->room_height > 0 ? MIN (wish->room_height, MAX_SIDE) : MAX_SIDE;
  double width = self->header.width, height = self->header.height;
  double scale = MIN (1, MIN (room_width / width, room_height / height));

  return g_strdup_printf ("width=(int)%d,height=(int)%d", MAX (1, (int) (width * scale + 0.5)),
                          MAX (1, (int) (height * scale + 0.5)));
}

static gboolean
set_size (CsPlayback *self, const CsPlaybackWish *wish)
{
  g_autofree char *size = _cs_playback_make_size (self, wish);

  if (g_strcmp0 (size, self->size) == 0)
    return FALSE;
  _cs_playback_pipeline_set_size (&self->pipeline, size);
  g_free (self->size);
  self->size = g_steal_pointer (&size);
  return TRUE;
}

static void
set_volume (CsPlayback *self, const CsPlaybackWish *wish)
{
  GstStreamVolume *volume = GST_STREAM_VOLUME (self->pipeline.playbin);

  if (self->is_without_sound)
    return;
  gst_stream_volume_set_mute (volume, wish->is_muted);
  gst_stream_volume_set_volume (volume, GST_STREAM_VOLUME_FORMAT_CUBIC, wish->volume);
}

/* Nothing is asked of a pipeline that is still busy with the last seek: whatever is wished by then is done after it. */
void
_cs_playback_apply (CsPlayback *self)
{
  CsPlaybackWish wish;
  gboolean is_open, is_ended, is_resized;

  g_mutex_lock (&self->lock);
  wish = self->wish;
  is_open = self->news.is_open && self->news.trouble == CS_PLAYER_FINE;
  is_ended = self->is_ended;
  g_mutex_unlock (&self->lock);

  if (is_ended)
    g_main_loop_quit (self->loop);
  if (is_ended || !is_open || self->is_seeking)
    return;
  set_volume (self, &wish);
  is_resized = set_size (self, &wish);
  if (!wish.is_playing)
    gst_element_set_state (self->pipeline.playbin, GST_STATE_PAUSED);
  if (wish.serial != self->serial)
    {
      self->serial = wish.serial;
      _cs_playback_seek (self, wish.target, wish.is_exact, wish.speed);
      if (!self->is_seeking)
        _cs_playback_sought (self);
      return;
    }
  if (wish.speed != self->speed || (is_resized && !wish.is_playing))
    show_again (self, wish.speed);
  if (!self->is_seeking && wish.is_playing)
    gst_element_set_state (self->pipeline.playbin, GST_STATE_PLAYING);
}
