/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wallet/cs-wallet.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The JSON of the contract for wallet, usage and budget, in one place for the command line and the server. */
JsonObject *cs_wallet_key_to_json       (const CsWalletKey *key); /* {key, label, balance_usd, held_usd, currency} */
JsonObject *cs_wallet_statement_to_json (const CsWalletStatement *statement);
JsonObject *cs_usage_to_json            (const CsUsage *usage);
char       *cs_usage_to_csv             (const CsUsage *usage);
JsonObject *cs_budget_to_json           (const CsBudget *budget);

G_END_DECLS
