/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The place of a creation in the grid. A grid has hundreds of them where one sees twenty: a tile costs nothing until it comes
 * near to what is seen; only then it has a card, which it takes from those that are free, and gives back. Properties: item (a
 * CsLibraryItem), position, selected.
 */
#define CS_TYPE_CREATION_TILE (cs_creation_tile_get_type ())
G_DECLARE_FINAL_TYPE (CsCreationTile, cs_creation_tile, CS, CREATION_TILE, GtkWidget)

void        cs_creation_tile_set_near     (CsCreationTile *self, CsStudio *studio, GPtrArray *cards);
void        cs_creation_tile_set_far      (CsCreationTile *self);
void        cs_creation_tile_set_playing  (CsCreationTile *self, gboolean playing); /* while it is near */
CsCreation *cs_creation_tile_get_creation (CsCreationTile *self); /* (nullable) (transfer none) until it is read */
guint       cs_creation_tile_get_position (CsCreationTile *self);

G_END_DECLS
