/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/gallery/cs-selection.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The grid of the gallery: pictures of many thousand creations, to go through by mouse, finger and keys, to choose among, and
 * to drag out as files. A film plays through under the pointer. Signal "open" (CsCreation *creation). What keys and the menu do
 * to creations are actions of the page: gallery.*.
 */
#define CS_TYPE_CREATION_GRID (cs_creation_grid_get_type ())
G_DECLARE_FINAL_TYPE (CsCreationGrid, cs_creation_grid, CS, CREATION_GRID, AdwBin)

void        cs_creation_grid_set_selection  (CsCreationGrid *self, CsSelection *selection, CsStudio *studio);
CsCreation *cs_creation_grid_get_focused    (CsCreationGrid *self); /* (nullable) (transfer none) */
void        cs_creation_grid_scroll_to_top  (CsCreationGrid *self);

G_END_DECLS
