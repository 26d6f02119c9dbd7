/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/cs-playback-private.h"

#include <gst/app/gstappsink.h>

G_BEGIN_DECLS

/*
 * What the files of a playback share: cs-playback.c is its owner's and the threads' place to meet, cs-playback-run.c opens and
 * listens, cs-playback-seek.c does what is wished.
 */
struct _CsPlayback
{
  gatomicrefcount count;

  /* Input */
  char *path;
  CsPlaybackFunc func; /* (nullable) once it was ended; of the outer thread */
  gpointer user_data;
  GMainContext *outer;
  GMainContext *inner;

  /* Of the inner thread */
  GMainLoop *loop;
  CsMediaHeader header;
  CsPlaybackPipeline pipeline;
  char *size;           /* (nullable) of the frames that were asked for */
  GSource *rest;        /* (nullable) */
  GSource *patience;    /* (nullable) while it is being opened */
  double speed;         /* of the newest seek */
  gint64 target;        /* of the newest seek, nanoseconds */
  guint serial;         /* of the newest seek */
  gboolean is_exact;    /* the newest seek was */
  gboolean is_seeking;  /* until GStreamer says that it is done */
  gboolean is_without_sound;

  /* Shared, under the lock */
  GMutex lock;
  CsPlaybackWish wish;
  CsPlaybackNews news;
  CsPlayerFrame *frame; /* (nullable) not read yet */
  gint64 frame_time;    /* of the newest frame */
  gboolean has_frame;   /* since the newest seek */
  gboolean is_elsewhere; /* it was opened to begin at another frame than the first, which is not shown */
  gboolean is_ended;
  GSource *telling;     /* (nullable) on its way to the outer thread */
  gboolean is_waking;   /* on its way to the inner thread */
};

CsPlayback    *_cs_playback_ref          (CsPlayback *self);
void           _cs_playback_unref        (gpointer self);
void           _cs_playback_tell         (CsPlayback *self); /* with the lock held */
void           _cs_playback_fail         (CsPlayback *self, CsPlayerTrouble trouble, const char *codec, const char *package);
GstFlowReturn  _cs_playback_preroll_cb   (GstAppSink *sink, gpointer self);
GstFlowReturn  _cs_playback_sample_cb    (GstAppSink *sink, gpointer self);

/* On the inner thread */
gpointer       _cs_playback_run          (gpointer self);
void           _cs_playback_apply        (CsPlayback *self);
void           _cs_playback_seek         (CsPlayback *self, gint64 target, gboolean is_exact, double speed);
void           _cs_playback_sought       (CsPlayback *self);
char          *_cs_playback_make_size    (CsPlayback *self, const CsPlaybackWish *wish);
void           _cs_playback_start_source (CsPlayback *self, GSource **slot, GSource *source, GSourceFunc func);
void           _cs_playback_stop_source  (GSource **slot);

G_END_DECLS
