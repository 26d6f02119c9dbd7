/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/deck/cs-deck-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is said to the slide of the cursor; written here or in the Markdown behind `Note:`, it is the same. */
#define CS_TYPE_DECK_NOTES (cs_deck_notes_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckNotes, cs_deck_notes, CS, DECK_NOTES, AdwBin)

void cs_deck_notes_set_document (CsDeckNotes *self, CsDeckDocument *document); /* once */

G_END_DECLS
