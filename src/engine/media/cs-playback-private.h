/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/cs-media-header.h"
#include "media/cs-player.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* What the player wants. Newer wishes replace older ones: a slow computer skips what nobody waits for any more. */
typedef struct
{
  gboolean is_playing;
  gboolean is_looping;
  gboolean is_muted;
  double speed;
  double volume;
  gint64 target;     /* nanoseconds: where to go */
  guint serial;      /* of the target: it is gone to when the number is a new one */
  gboolean is_exact; /* or the nearest frame before it that is quick to reach */
  int room_width;    /* pixels that the frames have to fit into; 0: as they come */
  int room_height;
} CsPlaybackWish;

/* What became of it. */
typedef struct
{
  gboolean is_open;
  gboolean is_at_end;
  CsPlayerTrouble trouble;
  CsPlayerSound sound;
  const char *codec;    /* (nullable) interned */
  const char *package;  /* (nullable) */
  int width, height;    /* pixels, as shown; 0: not known yet */
  gint64 duration;      /* nanoseconds; 0: not known */
  gint64 frame_length;  /* nanoseconds; 0: not known */
  guint serial;         /* of the newest target that was reached */
} CsPlaybackNews;

/* Called on the thread that began it: there is something to read. */
typedef void (*CsPlaybackFunc) (gpointer user_data);

/* One file being played, from its opening to its end, on a thread of its own. */
typedef struct _CsPlayback CsPlayback;

CsPlayback    *_cs_playback_begin    (const char *path, const CsPlaybackWish *wish, CsPlaybackFunc func, gpointer user_data);
void           _cs_playback_wish     (CsPlayback *self, const CsPlaybackWish *wish);
CsPlayerFrame *_cs_playback_read     (CsPlayback *self, CsPlaybackNews *news);
void           _cs_playback_end      (CsPlayback *self);

/* What plays it: playbin, with our sinks. */
typedef struct
{
  GstElement *playbin;
  GstElement *frames; /* an appsink that gives BGRA */
  GstElement *size;   /* a capsfilter before it */
  GstElement *sound;  /* (nullable) */
} CsPlaybackPipeline;

CsPlayerTrouble _cs_playback_check_file     (const char *path, CsMediaHeader *header);
gboolean        _cs_playback_pipeline_build (CsPlaybackPipeline *self, const char *path, const char *size, gboolean with_sound);
void            _cs_playback_pipeline_set_size (CsPlaybackPipeline *self, const char *size);
void            _cs_playback_pipeline_clear (CsPlaybackPipeline *self);
char           *_cs_playback_read_missing   (GstMessage *message, gboolean *is_sound, const char **package);

CsPlayerFrame  *_cs_player_frame_new        (GstSample *sample, gint64 *frame_length);
CsPlayerFrame  *_cs_player_frame_copy       (CsPlayerFrame *frame);

G_END_DECLS
