/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/cs-store.h"
#include "wallet/cs-budget.h"
#include "wallet/cs-ledger.h"
#include "wallet/cs-move.h"
#include "wallet/cs-spending.h"
#include "wallet/cs-usage.h"
#include "wallet/cs-wallet-key.h"

G_BEGIN_DECLS

/*
 * The money of this studio as the front ends see it: wallet keys and their ledger, what was used, and the budget. Main
 * thread; every call is one transaction on the worker. Owned by the engine.
 */
#define CS_TYPE_WALLET (cs_wallet_get_type ())
G_DECLARE_FINAL_TYPE (CsWallet, cs_wallet, CS, WALLET, GObject)

/* A key with its moves. */
typedef struct
{
  CsWalletKey *key;
  GPtrArray *entries; /* (element-type CsLedgerEntry), oldest first */
} CsWalletStatement;

CsWallet          *cs_wallet_new              (CsStore *store);
void               cs_wallet_create_async     (CsWallet *self, const char *label, CsMoney credit, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
CsWalletKey       *cs_wallet_create_finish    (CsWallet *self, GAsyncResult *result, char **code, GError **error);
void               cs_wallet_credit_async     (CsWallet *self, const char *code, CsMoney amount, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
CsWalletKey       *cs_wallet_credit_finish    (CsWallet *self, GAsyncResult *result, GError **error);
void               cs_wallet_top_up_async     (CsWallet *self, gint64 key_id, CsMoney amount, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
gboolean           cs_wallet_top_up_finish    (CsWallet *self, GAsyncResult *result, GError **error);
void               cs_wallet_find_async       (CsWallet *self, const char *code, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
void               cs_wallet_find_hash_async  (CsWallet *self, const char *hash, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data); /* ends as the other */
CsWalletKey       *cs_wallet_find_finish      (CsWallet *self, GAsyncResult *result, GError **error);
void               cs_wallet_list_async       (CsWallet *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                               gpointer user_data);
GPtrArray         *cs_wallet_list_finish      (CsWallet *self, GAsyncResult *result, GError **error);
void               cs_wallet_statement_async  (CsWallet *self, const char *code, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
CsWalletStatement *cs_wallet_statement_finish (CsWallet *self, GAsyncResult *result, GError **error);
void               cs_wallet_usage_async      (CsWallet *self, const CsUsageQuery *query, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
CsUsage           *cs_wallet_usage_finish     (CsWallet *self, GAsyncResult *result, GError **error);
void               cs_wallet_moves_async      (CsWallet *self, gint64 key_id, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
GPtrArray         *cs_wallet_moves_finish     (CsWallet *self, GAsyncResult *result, GError **error);
void               cs_wallet_spending_async   (CsWallet *self, const CsSpendingQuery *query, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
CsSpending        *cs_wallet_spending_finish  (CsWallet *self, GAsyncResult *result, GError **error);
void               cs_wallet_get_budget_async (CsWallet *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                               gpointer user_data);
CsBudget          *cs_wallet_get_budget_finish (CsWallet *self, GAsyncResult *result, GError **error);
void               cs_wallet_set_budget_async (CsWallet *self, const CsBudget *caps, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
CsBudget          *cs_wallet_set_budget_finish (CsWallet *self, GAsyncResult *result, GError **error);
void               cs_wallet_statement_free   (CsWalletStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWalletStatement, cs_wallet_statement_free)

G_END_DECLS
