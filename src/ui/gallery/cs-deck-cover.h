/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The first slide of a presentation of the library, drawn from its Markdown. */
#define CS_TYPE_DECK_COVER (cs_deck_cover_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckCover, cs_deck_cover, CS, DECK_COVER, AdwBin)

GtkWidget *cs_deck_cover_new          (void);
void       cs_deck_cover_set_creation (CsDeckCover *self, CsCreation *creation, CsStudio *studio); /* both (nullable) */
gboolean   cs_deck_cover_is_drawn     (CsDeckCover *self);
gboolean   cs_deck_cover_is_for       (CsCreation *creation); /* (nullable): whether there is something to draw */

G_END_DECLS
