/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Puts creations into a collection: one of those there are, or a new one. */
#define CS_TYPE_COLLECTION_POPOVER (cs_collection_popover_get_type ())
G_DECLARE_FINAL_TYPE (CsCollectionPopover, cs_collection_popover, CS, COLLECTION_POPOVER, GtkPopover)

void cs_collection_popover_set_creations (CsCollectionPopover *self, CsStudio *studio, const char *const *ids); /* ids: (nullable) */

G_END_DECLS
