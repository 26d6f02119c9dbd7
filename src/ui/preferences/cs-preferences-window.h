/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * What the user can set: general things, keys, models, the budget. Actions for what is in it: preferences.show-page (s: general, keys,
 * models, budget), preferences.show-key (s: name of a key), and win.say.
 */
#define CS_TYPE_PREFERENCES_WINDOW (cs_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (CsPreferencesWindow, cs_preferences_window, CS, PREFERENCES_WINDOW, AdwPreferencesWindow)

GtkWindow *cs_preferences_window_new       (CsStudio *studio, GtkWindow *parent);
void       cs_preferences_window_show_page (CsPreferencesWindow *self, const char *name); /* "general", "keys", "models", "budget" */
void       cs_preferences_window_show_key  (CsPreferencesWindow *self, CsKeyName key); /* at its row, ready to paste */

G_END_DECLS
