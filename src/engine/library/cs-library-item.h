/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cs-creation.h"

G_BEGIN_DECLS

#define CS_TYPE_LIBRARY_ITEM (cs_library_item_get_type ())
G_DECLARE_FINAL_TYPE (CsLibraryItem, cs_library_item, CS, LIBRARY_ITEM, GObject)

CsLibraryItem *cs_library_item_new          (gint64 row);
gint64         cs_library_item_get_row      (CsLibraryItem *self);
CsCreation    *cs_library_item_get_creation (CsLibraryItem *self);
void           cs_library_item_set_creation (CsLibraryItem *self, CsCreation *creation);

G_END_DECLS
