/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What was spent, on what, within which caps; wallet keys and their ledger. */
#define CS_TYPE_WALLET_WINDOW (cs_wallet_window_get_type ())
G_DECLARE_FINAL_TYPE (CsWalletWindow, cs_wallet_window, CS, WALLET_WINDOW, AdwWindow)

GtkWindow *cs_wallet_window_new    (CsStudio *studio, GtkWindow *parent);
void       cs_wallet_window_export (CsWalletWindow *self, GFile *file); /* all that was used: JSON where its name ends so, else CSV */

G_END_DECLS
