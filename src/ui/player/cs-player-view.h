/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A video with everything to watch it: picture, film strip, play, single frames, speed, loop, volume, full screen; and words
 * where this computer cannot play it. It plays only while it is seen.
 */
#define CS_TYPE_PLAYER_VIEW (cs_player_view_get_type ())
G_DECLARE_FINAL_TYPE (CsPlayerView, cs_player_view, CS, PLAYER_VIEW, AdwBin)

GtkWidget *cs_player_view_new       (void);
void       cs_player_view_set_file  (CsPlayerView *self, const char *path, const char *poster); /* both (nullable) */
void       cs_player_view_toggle    (CsPlayerView *self); /* play or pause */

G_END_DECLS
