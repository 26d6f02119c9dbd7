/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What can be done with a player: the actions of a group "player", and the keys for them. toggle; step (i: frames);
 * skip (d: seconds); go (d: share of the film); loop and mute (on or off); louder (d); speed (d: 1 is as it was made);
 * faster (i: steps). A place that has a full screen adds "fullscreen".
 */
GActionGroup       *cs_player_actions_new (CsPlayer *player);
GtkEventController *cs_player_keys_new    (void);

G_END_DECLS
