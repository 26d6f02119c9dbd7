/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Prepaid credit for others: what each key has, more credit, and new keys, which are shown once. Signal "changed": any of it. */
#define CS_TYPE_WALLET_KEYS_WINDOW (cs_wallet_keys_window_get_type ())
G_DECLARE_FINAL_TYPE (CsWalletKeysWindow, cs_wallet_keys_window, CS, WALLET_KEYS_WINDOW, AdwWindow)

GtkWindow *cs_wallet_keys_window_new (CsStudio *studio, GtkWindow *parent);

G_END_DECLS
