/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/*
 * What a player shows: the newest frame, and a poster until there is one. It has a shape, but no size of its own: a window
 * does not grow because a video is large. The player is told how large it is drawn, so that the frames come as they are
 * needed. Property: scale (pixels of the screen for one of GTK's).
 */
#define CS_TYPE_VIDEO_PAINTABLE (cs_video_paintable_get_type ())
G_DECLARE_FINAL_TYPE (CsVideoPaintable, cs_video_paintable, CS, VIDEO_PAINTABLE, GObject)

CsVideoPaintable *cs_video_paintable_new          (CsPlayer *player);
void              cs_video_paintable_set_poster   (CsVideoPaintable *self, GdkTexture *poster); /* (nullable) */
GdkTexture       *cs_video_paintable_get_texture  (CsVideoPaintable *self);                     /* (nullable) */
void              cs_video_paintable_claim        (CsVideoPaintable *self);

GdkTexture       *cs_video_paintable_make_texture (CsPlayerFrame *frame);

G_END_DECLS
