/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One frame of a video, ready to be shown; counted, and never written to. Any thread. */
typedef struct
{
  int width, height; /* pixels, which are square */
  gsize stride;      /* bytes from row to row */
  GBytes *pixels;    /* BGRA, all of them opaque */
  gint64 time;       /* nanoseconds from the beginning of the video */
} CsPlayerFrame;

CsPlayerFrame *cs_player_frame_ref   (CsPlayerFrame *self);
void           cs_player_frame_unref (CsPlayerFrame *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPlayerFrame, cs_player_frame_unref)

G_END_DECLS
