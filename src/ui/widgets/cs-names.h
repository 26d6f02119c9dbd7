/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Gives every button in @widget that shows no words the name that its tooltip says, for those who have it read aloud. */
void cs_name_controls (GtkWidget *widget);

/* What is in @widget and not seen is not heard either; for a window, once everything is in it. */
void cs_hide_unseen   (GtkWidget *widget);

G_END_DECLS
