/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/deck/cs-deck-document.h"

G_BEGIN_DECLS

/* What the buttons do with the text; each is one step of undo. Main thread. */
void cs_deck_edits_wrap      (CsDeckDocument *document, const char *mark); /* the selection, or takes the marks away */
void cs_deck_edits_list      (CsDeckDocument *document);                   /* the selected lines as points, or no more */
void cs_deck_edits_insert    (CsDeckDocument *document, const char *paragraph); /* behind the line of the cursor */
void cs_deck_edits_add       (CsDeckDocument *document, guint after);
void cs_deck_edits_remove    (CsDeckDocument *document, guint position);
void cs_deck_edits_move      (CsDeckDocument *document, guint from, guint to);
void cs_deck_edits_set_notes (CsDeckDocument *document, guint position, const char *notes);

G_END_DECLS
