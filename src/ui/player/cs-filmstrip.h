/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The whole film at a glance, with where it stands: a slider that is dragged along it. Time runs from left to right. */
#define CS_TYPE_FILMSTRIP (cs_filmstrip_get_type ())
G_DECLARE_FINAL_TYPE (CsFilmstrip, cs_filmstrip, CS, FILMSTRIP, GtkWidget)

GtkWidget *cs_filmstrip_new        (void);
void       cs_filmstrip_set_player (CsFilmstrip *self, CsPlayer *player); /* (nullable) */

G_END_DECLS
