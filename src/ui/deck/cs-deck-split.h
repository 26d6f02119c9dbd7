/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Two sides with a handle between them; where there is no room for both, one of them. Properties: start, end, folded. */
#define CS_TYPE_DECK_SPLIT (cs_deck_split_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckSplit, cs_deck_split, CS, DECK_SPLIT, GtkWidget)

gboolean cs_deck_split_get_folded (CsDeckSplit *self);
void     cs_deck_split_show_end   (CsDeckSplit *self, gboolean end); /* which one is seen while it is folded */

G_END_DECLS
