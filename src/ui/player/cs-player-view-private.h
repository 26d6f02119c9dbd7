/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/player/cs-player-view.h"

#include "ui/player/cs-video-paintable.h"

G_BEGIN_DECLS

/* For tests: what plays, what is shown, and the window that covers the screen. */
CsPlayer         *_cs_player_view_get_player    (CsPlayerView *self);
CsVideoPaintable *_cs_player_view_get_paintable (CsPlayerView *self);
GtkWindow        *_cs_player_view_get_window    (CsPlayerView *self); /* (nullable) */

G_END_DECLS
