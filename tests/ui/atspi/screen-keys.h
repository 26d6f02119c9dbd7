/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A keyboard: the keys of the X server are pressed, and go to whatever has the focus there. A small window manager gives
 * the focus to new windows, as on a desk.
 */
void screen_keys_init  (void); /* starts the window manager; it ends with the test */
void screen_keys_press (const char *keys); /* as xdotool names them, a word each: "ctrl+Return", "Tab Tab space" */
void screen_keys_type  (const char *text);

G_END_DECLS
