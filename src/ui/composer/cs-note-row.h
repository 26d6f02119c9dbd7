/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What is to be said about the row above it, with a way out of it, perhaps. Signal "followed": that way was chosen. */
#define CS_TYPE_NOTE_ROW (cs_note_row_get_type ())
G_DECLARE_FINAL_TYPE (CsNoteRow, cs_note_row, CS, NOTE_ROW, GtkListBoxRow)

void        cs_note_row_show      (CsNoteRow *self, const char *words, const char *cure); /* (nullable): nothing to say; no way out */
const char *cs_note_row_get_words (CsNoteRow *self); /* as they are read; "" for none */

G_END_DECLS
