/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A video on the whole screen; its controls go away while nothing is done with them. Esc leaves it. */
#define CS_TYPE_PLAYER_WINDOW (cs_player_window_get_type ())
G_DECLARE_FINAL_TYPE (CsPlayerWindow, cs_player_window, CS, PLAYER_WINDOW, GtkWindow)

GtkWindow *cs_player_window_new               (GtkWindow *parent, CsPlayer *player, GActionGroup *actions);
gboolean   cs_player_window_are_controls_seen (CsPlayerWindow *self);

G_END_DECLS
