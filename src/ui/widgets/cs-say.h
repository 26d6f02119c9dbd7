/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * How a page reaches the window it is in without knowing it: by actions. Others that every page may activate:
 * win.page (s: video, image, presentation, gallery), win.show-creation (s: id), win.use-image ((ss): kind, path),
 * win.show-job and win.edit-job (s: id), win.add-key (s: name of a key), win.wallet, win.preferences, win.jobs.
 */
void cs_say             (GtkWidget *widget, const char *words); /* a toast; plain text */
void cs_say_with_action (GtkWidget *widget, const char *words, const char *button, const char *action, GVariant *target);

G_END_DECLS
