/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The book of all money, the newest first, of all keys or of one. */
#define CS_TYPE_LEDGER_VIEW (cs_ledger_view_get_type ())
G_DECLARE_FINAL_TYPE (CsLedgerView, cs_ledger_view, CS, LEDGER_VIEW, AdwBin)

void cs_ledger_view_set_studio (CsLedgerView *self, CsStudio *studio);
void cs_ledger_view_set_keys   (CsLedgerView *self, GPtrArray *keys); /* (element-type CsWalletKey): the choices */
void cs_ledger_view_reload     (CsLedgerView *self);

G_END_DECLS
