/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A picture as large as there is room for it, all of it, with round corners: first its thumbnail, then the file itself. Where
 * the file cannot be decoded here, the thumbnail stays. Property: alternative-text. Signal: "failed" (GError *error). */
#define CS_TYPE_PICTURE_VIEW (cs_picture_view_get_type ())
G_DECLARE_FINAL_TYPE (CsPictureView, cs_picture_view, CS, PICTURE_VIEW, GtkWidget)

GtkWidget *cs_picture_view_new          (void);
void       cs_picture_view_set_file     (CsPictureView *self, const char *path, const char *thumbnail, int width, int height);
gboolean   cs_picture_view_is_loaded    (CsPictureView *self); /* the file itself */

G_END_DECLS
