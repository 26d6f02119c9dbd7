/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

G_BEGIN_DECLS

/* One line of the book for a list. */
#define CS_TYPE_MOVE_ITEM (cs_move_item_get_type ())
G_DECLARE_FINAL_TYPE (CsMoveItem, cs_move_item, CS, MOVE_ITEM, GObject)

/* The whole book as a list model that makes an item only for a line that is looked at. */
#define CS_TYPE_MOVE_LIST (cs_move_list_get_type ())
G_DECLARE_FINAL_TYPE (CsMoveList, cs_move_list, CS, MOVE_LIST, GObject)

CsMoveList   *cs_move_list_new      (void);
void          cs_move_list_set      (CsMoveList *self, GPtrArray *moves); /* (transfer full) (element-type CsMove) */
const CsMove *cs_move_item_get_move (CsMoveItem *self);

G_END_DECLS
