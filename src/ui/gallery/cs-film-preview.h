/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A film in a few pictures, one after the other, while the pointer rests on its tile. Not where animations are unwanted. */
#define CS_TYPE_FILM_PREVIEW (cs_film_preview_get_type ())
G_DECLARE_FINAL_TYPE (CsFilmPreview, cs_film_preview, CS, FILM_PREVIEW, GtkWidget)

GtkWidget *cs_film_preview_new        (void);
void       cs_film_preview_play       (CsFilmPreview *self, const char *path); /* path: (nullable): NULL stops */
guint      cs_film_preview_get_number (CsFilmPreview *self); /* of the picture that is shown, from 1; 0: none */

G_END_DECLS
