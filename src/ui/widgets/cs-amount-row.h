/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A row to write an amount of US dollars into, with a point or a comma; empty is none.
 * Signals: "amount" (gint64 micro-USD, below 0: none): one was applied; "invalid" (const char *words): what was is no amount.
 */
#define CS_TYPE_AMOUNT_ROW (cs_amount_row_get_type ())
G_DECLARE_FINAL_TYPE (CsAmountRow, cs_amount_row, CS, AMOUNT_ROW, AdwEntryRow)

GtkWidget *cs_amount_row_new   (const char *title);
void       cs_amount_row_set   (CsAmountRow *self, CsMoney amount); /* below 0: empty */
gboolean   cs_amount_row_parse (CsAmountRow *self, CsMoney *amount, GError **error);

G_END_DECLS
