/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/deck/cs-deck-saving.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Where a presentation is written: as Markdown, or as its outline. */
#define CS_TYPE_DECK_PANE (cs_deck_pane_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckPane, cs_deck_pane, CS, DECK_PANE, AdwBin)

void cs_deck_pane_set_document (CsDeckPane *self, CsDeckDocument *document, CsDeckSaving *saving); /* once */
void cs_deck_pane_set_studio   (CsDeckPane *self, CsStudio *studio);
void cs_deck_pane_focus        (CsDeckPane *self);

G_END_DECLS
