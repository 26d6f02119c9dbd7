/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people see of a video being played: its state, its position, its newest frame. The work is CsPlayback's. Main thread. */
#include "config.h"
#include "media/cs-playback-private.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000000)

/* For videos that do not say how long a frame lasts. */
#define FRAME_LENGTH (SECOND / 30)

struct _CsPlayer
{
  GObject parent_instance;

  /* Input */
  char *path;               /* (nullable) */

  /* State */
  CsPlayback *playback;     /* (nullable) while it rests */
  CsPlaybackWish wish;
  CsPlaybackNews news;
  gboolean is_dragging;
  gboolean plays_after;     /* the drag */

  /* Output */
  CsPlayerFacts facts;
  CsPlayerFrame *frame;     /* (nullable) */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FRAME,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsPlayer, cs_player, G_TYPE_OBJECT)

static gboolean
is_open (CsPlayer *self)
{
  return self->facts.state == CS_PLAYER_PAUSED || self->facts.state == CS_PLAYER_PLAYING;
}

static gboolean
is_seeking (CsPlayer *self)
{
  return self->wish.serial != self->news.serial || self->is_dragging;
}

static void
wish (CsPlayer *self)
{
  if (self->playback != NULL)
    _cs_playback_wish (self->playback, &self->wish);
}

static void
let_go (CsPlayer *self)
{
  g_clear_pointer (&self->playback, _cs_playback_end);
  g_clear_pointer (&self->frame, cs_player_frame_unref);
  self->news = (CsPlaybackNews) { 0 };
  self->is_dragging = FALSE;
  self->wish.is_playing = FALSE;
}

static void
set_position (CsPlayer *self, gint64 position)
{
  self->facts.position = (double) position / SECOND;
}

/* What is read of the news */

static void
fail (CsPlayer *self)
{
  self->facts.state = CS_PLAYER_FAILED;
  self->facts.trouble = self->news.trouble;
  self->facts.codec = self->news.codec;
  self->facts.package = self->news.package;
  let_go (self);
}

static void
follow_state (CsPlayer *self)
{
  if (self->news.is_at_end && self->wish.is_playing && !is_seeking (self))
    {
      self->wish.is_playing = FALSE;
      wish (self);
    }
  self->facts.state = self->news.is_open ? CS_PLAYER_PAUSED : CS_PLAYER_OPENING;
  if (self->news.is_open && (self->wish.is_playing || (self->is_dragging && self->plays_after)))
    self->facts.state = CS_PLAYER_PLAYING;
  self->facts.sound = self->news.sound;
  self->facts.codec = self->news.codec;
  self->facts.package = self->news.package;
  self->facts.duration = (double) self->news.duration / SECOND;
  self->facts.width = self->news.width;
  self->facts.height = self->news.height;
}

static void
follow_position (CsPlayer *self)
{
  if (is_seeking (self))
    return;
  if (self->news.is_at_end)
    set_position (self, self->news.duration);
  else if (self->frame != NULL)
    set_position (self, self->frame->time);
}

static void
told_cb (gpointer user_data)
{
  g_autoptr (CsPlayer) self = g_object_ref (user_data);
  CsPlayerFacts before = self->facts;
  CsPlayerFrame *frame = _cs_playback_read (self->playback, &self->news);

  if (frame != NULL)
    {
      g_clear_pointer (&self->frame, cs_player_frame_unref);
      self->frame = frame;
    }
  if (self->news.trouble != CS_PLAYER_FINE)
    fail (self);
  else
    {
      follow_state (self);
      follow_position (self);
    }
  if (frame != NULL || self->facts.position != before.position)
    g_signal_emit (self, signals[SIGNAL_FRAME], 0);
  before.position = self->facts.position;
  if (memcmp (&before, &self->facts, sizeof before) != 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
cs_player_finalize (GObject *object)
{
  CsPlayer *self = CS_PLAYER (object);

  let_go (self);
  g_free (self->path);

  G_OBJECT_CLASS (cs_player_parent_class)->finalize (object);
}

static void
cs_player_class_init (CsPlayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_player_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_FRAME] = g_signal_new ("frame", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
cs_player_init (CsPlayer *self)
{
  self->wish.speed = self->facts.speed = 1;
  self->wish.volume = self->facts.volume = 1;
}

/** cs_player_new: Returns: (transfer full): a player without a video. */
CsPlayer *
cs_player_new (void)
{
  return g_object_new (CS_TYPE_PLAYER, NULL);
}

/** cs_player_get_facts: Returns: (transfer none): see CsPlayerFacts. */
const CsPlayerFacts *
cs_player_get_facts (CsPlayer *self)
{
  return &self->facts;
}

/** cs_player_get_frame: Returns: (transfer none) (nullable): what is to be shown now; NULL until there is something. */
CsPlayerFrame *
cs_player_get_frame (CsPlayer *self)
{
  return self->frame;
}

/** cs_player_get_path: Returns: (transfer none) (nullable): the file. */
const char *
cs_player_get_path (CsPlayer *self)
{
  return self->path;
}

/* Opening, resting */

static void
tell_all (CsPlayer *self)
{
  g_signal_emit (self, signals[SIGNAL_FRAME], 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
start (CsPlayer *self)
{
  self->facts.state = CS_PLAYER_OPENING;
  self->facts.trouble = CS_PLAYER_FINE;
  self->wish.target = (gint64) (self->facts.position * SECOND);
  self->wish.serial = self->wish.target > 0 ? 1 : 0;
  self->wish.is_exact = TRUE;
  self->playback = _cs_playback_begin (self->path, &self->wish, told_cb, self);
}

/**
 * cs_player_open:
 * @path: (nullable): a video file; NULL for none
 *
 * Whatever was played before is let go of. The new video stands at its beginning, and does not play yet.
 */
void
cs_player_open (CsPlayer *self, const char *path)
{
  g_autofree char *copy = g_strdup (path);

  let_go (self);
  g_free (self->path);
  self->path = g_steal_pointer (&copy);
  self->facts = (CsPlayerFacts) { .speed = self->wish.speed, .volume = self->wish.volume, .is_muted = self->wish.is_muted,
                                  .is_looping = self->wish.is_looping };
  if (self->path != NULL)
    start (self);
  tell_all (self);
}

/** cs_player_rest: Stops and lets go of file, frame and memory; the position is kept for cs_player_wake(). */
void
cs_player_rest (CsPlayer *self)
{
  if (self->playback == NULL)
    return;
  let_go (self);
  self->facts.state = CS_PLAYER_EMPTY;
  tell_all (self);
}

/** cs_player_wake: Opens the file again where it stood; it does not play yet. Does nothing while it is open. */
void
cs_player_wake (CsPlayer *self)
{
  if (self->playback != NULL || self->path == NULL)
    return;
  start (self);
  tell_all (self);
}

/* Playing */

static void
go_to (CsPlayer *self, gint64 target, gboolean is_exact)
{
  gint64 length = self->news.frame_length > 0 ? self->news.frame_length : FRAME_LENGTH;
  gint64 last = MAX (0, self->news.duration - length / 2);

  self->wish.target = CLAMP (target, 0, last);
  self->wish.is_exact = is_exact;
  self->wish.serial++;
  set_position (self, self->wish.target);
}

static void
set_playing (CsPlayer *self, gboolean is_playing)
{
  self->wish.is_playing = is_playing;
  self->facts.state = is_playing ? CS_PLAYER_PLAYING : CS_PLAYER_PAUSED;
}

/** cs_player_play: From the position; from the beginning when the end was reached. */
void
cs_player_play (CsPlayer *self)
{
  if (!is_open (self) || self->is_dragging)
    return;
  if (self->news.is_at_end && !is_seeking (self))
    go_to (self, 0, TRUE);
  set_playing (self, TRUE);
  wish (self);
  tell_all (self);
}

void
cs_player_pause (CsPlayer *self)
{
  if (!is_open (self) || self->is_dragging)
    return;
  set_playing (self, FALSE);
  wish (self);
  tell_all (self);
}

/** cs_player_seek: @position: seconds; the very frame of it is shown. What plays goes on playing from there. */
void
cs_player_seek (CsPlayer *self, double position)
{
  if (!is_open (self))
    return;
  go_to (self, (gint64) (position * SECOND), TRUE);
  wish (self);
  g_signal_emit (self, signals[SIGNAL_FRAME], 0);
}

/**
 * cs_player_drag:
 * @position: seconds
 *
 * A hand moves along the film: shows what can be shown at once, and the very frame when the hand rests. It does not play
 * until cs_player_drop().
 */
void
cs_player_drag (CsPlayer *self, double position)
{
  if (!is_open (self))
    return;
  if (!self->is_dragging)
    {
      self->plays_after = self->wish.is_playing;
      self->is_dragging = TRUE;
      self->wish.is_playing = FALSE;
    }
  go_to (self, (gint64) (position * SECOND), FALSE);
  wish (self);
  g_signal_emit (self, signals[SIGNAL_FRAME], 0);
}

/** cs_player_drop: The hand lets go: the very frame is shown, and what played before plays on. */
void
cs_player_drop (CsPlayer *self)
{
  if (!self->is_dragging)
    return;
  self->is_dragging = FALSE;
  go_to (self, self->wish.target, TRUE);
  set_playing (self, self->plays_after);
  wish (self);
  tell_all (self);
}

/**
 * cs_player_step:
 * @frames: forward, or backward when negative
 *
 * What plays is paused first. Aims at the middle of the frame, so that no rounding of times shows its neighbour.
 */
void
cs_player_step (CsPlayer *self, int frames)
{
  gint64 length = self->news.frame_length > 0 ? self->news.frame_length : FRAME_LENGTH;
  gint64 from, n;

  if (!is_open (self) || self->is_dragging || self->frame == NULL)
    return;
  from = is_seeking (self) ? self->wish.target : self->frame->time;
  n = (from + length / 50) / length;
  set_playing (self, FALSE);
  go_to (self, (n + frames) * length + length / 2, TRUE);
  wish (self);
  tell_all (self);
}

/** cs_player_set_speed: @speed: CS_PLAYER_MIN_SPEED to CS_PLAYER_MAX_SPEED; voices keep their pitch. */
void
cs_player_set_speed (CsPlayer *self, double speed)
{
  self->wish.speed = self->facts.speed = CLAMP (speed, CS_PLAYER_MIN_SPEED, CS_PLAYER_MAX_SPEED);
  wish (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/** cs_player_set_looping: At the end it begins again. */
void
cs_player_set_looping (CsPlayer *self, gboolean is_looping)
{
  self->wish.is_looping = self->facts.is_looping = is_looping;
  wish (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/** cs_player_set_volume: @volume: 0 to 1, as ears count. */
void
cs_player_set_volume (CsPlayer *self, double volume)
{
  self->wish.volume = self->facts.volume = CLAMP (volume, 0, 1);
  wish (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
cs_player_set_muted (CsPlayer *self, gboolean is_muted)
{
  self->wish.is_muted = self->facts.is_muted = is_muted;
  wish (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * cs_player_set_room:
 * @width: pixels of the screen; 0: as the video comes
 *
 * Frames are made to fit into it, since drawing them smaller than they are takes longer than all the rest. A film that does
 * not play shows its frame anew, so this is for when the size has come to rest.
 */
void
cs_player_set_room (CsPlayer *self, int width, int height)
{
  if (self->wish.room_width == width && self->wish.room_height == height)
    return;
  self->wish.room_width = width;
  self->wish.room_height = height;
  wish (self);
}
