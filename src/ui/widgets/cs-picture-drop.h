/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Files, or a picture that is in none, were dropped: the other one is NULL. @files: (element-type GFile) */
typedef void (*CsPictureDropFunc) (GSList *files, GdkTexture *texture, gpointer user_data);

/* Lets pictures be dropped on @widget; as long as one is held above it, it has the style class "drop-here". */
void cs_picture_drop_attach (GtkWidget *widget, CsPictureDropFunc func, gpointer user_data); /* user_data outlives @widget */

G_END_DECLS
