/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/deck/cs-deck-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One row a slide, to see the whole and to change its order: by dragging, or with Alt and the arrow keys. Signal "activated":
 * somebody wants to write in the slide of the cursor. */
#define CS_TYPE_DECK_OUTLINE (cs_deck_outline_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckOutline, cs_deck_outline, CS, DECK_OUTLINE, AdwBin)

void cs_deck_outline_set_document (CsDeckOutline *self, CsDeckDocument *document); /* once */
void cs_deck_outline_focus        (CsDeckOutline *self);

G_END_DECLS
