/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/gallery/cs-selection.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The bar below the grid while creations are chosen: how many, what they come to, and what can be done with all of them, by the
 * actions gallery.* of the page. Properties: sum-words; trashed: they are in the trash.
 */
#define CS_TYPE_SELECTION_BAR (cs_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (CsSelectionBar, cs_selection_bar, CS, SELECTION_BAR, AdwBin)

void                cs_selection_bar_set_selection (CsSelectionBar *self, CsSelection *selection, CsStudio *studio);
const CsLibrarySum *cs_selection_bar_get_sum       (CsSelectionBar *self); /* (nullable): of what is chosen now; NULL: not known yet */

G_END_DECLS
