/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A picture that fills the screen; Escape, F and a click leave it. */
#define CS_TYPE_PICTURE_WINDOW (cs_picture_window_get_type ())
G_DECLARE_FINAL_TYPE (CsPictureWindow, cs_picture_window, CS, PICTURE_WINDOW, GtkWindow)

GtkWindow *cs_picture_window_new (GtkWindow *parent, const char *path, const char *title, int width, int height);

G_END_DECLS
