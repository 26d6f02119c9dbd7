/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/deck/cs-deck-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The Markdown of the presentation, to write in; the slide of the cursor is tinted. */
#define CS_TYPE_DECK_SOURCE (cs_deck_source_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckSource, cs_deck_source, CS, DECK_SOURCE, GtkTextView)

void cs_deck_source_set_document (CsDeckSource *self, CsDeckDocument *document); /* once */
void cs_deck_source_show_cursor  (CsDeckSource *self);

G_END_DECLS
