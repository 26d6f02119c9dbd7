/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Film strip and buttons under a video. It needs the actions of the player around it: see cs-player-actions.h. */
#define CS_TYPE_PLAYER_CONTROLS (cs_player_controls_get_type ())
G_DECLARE_FINAL_TYPE (CsPlayerControls, cs_player_controls, CS, PLAYER_CONTROLS, AdwBin)

GtkWidget *cs_player_controls_new        (void);
void       cs_player_controls_set_player (CsPlayerControls *self, CsPlayer *player);
gboolean   cs_player_controls_is_in_use  (CsPlayerControls *self); /* one of its menus is open */

G_END_DECLS
