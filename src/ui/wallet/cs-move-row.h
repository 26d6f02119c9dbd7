/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/wallet/cs-move-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One line of the book: what it was for, when and how it went, and how much. */
#define CS_TYPE_MOVE_ROW (cs_move_row_get_type ())
G_DECLARE_FINAL_TYPE (CsMoveRow, cs_move_row, CS, MOVE_ROW, GtkBox)

GtkWidget *cs_move_row_new  (CsStudio *studio);
void       cs_move_row_show (CsMoveRow *self, const CsMove *move);
char      *cs_move_row_describe (CsStudio *studio, const CsMove *move); /* (transfer full): all of it in one line, to be read aloud */

G_END_DECLS
