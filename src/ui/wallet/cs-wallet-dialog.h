/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for credit of a wallet key, and for whom a new one is. Signal "entered" (const char *label, gint64 micro-USD). */
#define CS_TYPE_WALLET_DIALOG (cs_wallet_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CsWalletDialog, cs_wallet_dialog, CS, WALLET_DIALOG, AdwMessageDialog)

GtkWindow *cs_wallet_dialog_new     (GtkWindow *parent, gint64 key_id); /* key_id: 0: a new key */
gint64     cs_wallet_dialog_get_key (CsWalletDialog *self);

G_END_DECLS
