/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A creation as the gallery shows it: its picture with what it is and how long, and below it title, maker, time and price.
 * Property: creation. */
#define CS_TYPE_CREATION_CARD (cs_creation_card_get_type ())
G_DECLARE_FINAL_TYPE (CsCreationCard, cs_creation_card, CS, CREATION_CARD, AdwBin)

GtkWidget  *cs_creation_card_new          (void);
void        cs_creation_card_set_creation (CsCreationCard *self, CsCreation *creation, CsStudio *studio); /* both (nullable) */
void        cs_creation_card_set_playing  (CsCreationCard *self, gboolean playing); /* a film, through in its place */
CsCreation *cs_creation_card_get_creation (CsCreationCard *self);

G_END_DECLS
