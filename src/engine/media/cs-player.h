/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/cs-player-frame.h"

G_BEGIN_DECLS

#define CS_PLAYER_MIN_SPEED 0.25
#define CS_PLAYER_MAX_SPEED 2.0

typedef enum
{
  CS_PLAYER_EMPTY,
  CS_PLAYER_OPENING,
  CS_PLAYER_PAUSED,
  CS_PLAYER_PLAYING,
  CS_PLAYER_FAILED, /* see the trouble */
} CsPlayerState;

typedef enum
{
  CS_PLAYER_FINE,
  CS_PLAYER_NO_CODEC,   /* the codec and the package say what is missing; the file is safe */
  CS_PLAYER_DAMAGED,    /* or no video at all */
  CS_PLAYER_GONE,       /* there is no such file */
  CS_PLAYER_UNREADABLE, /* the system does not let us read it */
} CsPlayerTrouble;

typedef enum
{
  CS_PLAYER_SILENT,        /* the video has no sound, or is not open yet */
  CS_PLAYER_HEARD,
  CS_PLAYER_SOUND_UNKNOWN, /* it has, in a codec that is missing */
  CS_PLAYER_SOUND_OFF,     /* it has, but the sound of this computer does not work */
} CsPlayerSound;

/* What is known about what is played; owned by the player, and valid until the main loop runs again. */
typedef struct
{
  CsPlayerState state;
  CsPlayerTrouble trouble;
  const char *codec;   /* (nullable) the name of what is missing, for people */
  const char *package; /* (nullable) of the system, which brings it */
  CsPlayerSound sound;
  int width, height;   /* pixels, as the video was made; 0: not known */
  double duration;     /* seconds; 0: not known */
  double position;     /* seconds */
  double speed;        /* 1: as it was made */
  double volume;       /* 0 to 1, as ears count */
  gboolean is_muted;
  gboolean is_looping;
} CsPlayerFacts;

/*
 * Plays a video file without a screen: it hands out frames, and the sound goes to the loudspeakers. All of GStreamer is on
 * other threads, so that no call waits. Main thread.
 * Signals: "changed" (the facts, other than the position); "frame" (there is a new frame, or the position is another).
 */
#define CS_TYPE_PLAYER (cs_player_get_type ())
G_DECLARE_FINAL_TYPE (CsPlayer, cs_player, CS, PLAYER, GObject)

CsPlayer            *cs_player_new         (void);
const CsPlayerFacts *cs_player_get_facts   (CsPlayer *self);
CsPlayerFrame       *cs_player_get_frame   (CsPlayer *self);
const char          *cs_player_get_path    (CsPlayer *self);

void                 cs_player_open        (CsPlayer *self, const char *path);
void                 cs_player_rest        (CsPlayer *self);
void                 cs_player_wake        (CsPlayer *self);

void                 cs_player_play        (CsPlayer *self);
void                 cs_player_pause       (CsPlayer *self);
void                 cs_player_seek        (CsPlayer *self, double position);
void                 cs_player_drag        (CsPlayer *self, double position);
void                 cs_player_drop        (CsPlayer *self);
void                 cs_player_step        (CsPlayer *self, int frames);
void                 cs_player_set_speed   (CsPlayer *self, double speed);
void                 cs_player_set_looping (CsPlayer *self, gboolean is_looping);
void                 cs_player_set_volume  (CsPlayer *self, double volume);
void                 cs_player_set_muted   (CsPlayer *self, gboolean is_muted);
void                 cs_player_set_room    (CsPlayer *self, int width, int height);

G_END_DECLS
