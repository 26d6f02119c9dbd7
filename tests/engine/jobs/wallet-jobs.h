/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that a wallet key pays, and what must be true of its ledger whatever happened; for the tests of this folder. */
#pragma once

#include "cs-fake-studio.h"
#include "cs-ledger-sql.h"

#include "wallet/cs-wallet.h"

/* (transfer full): a new key with @credit on it. */
G_GNUC_UNUSED static char *
make_key (CsFakeStudio *studio, CsMoney credit)
{
  g_autoptr (CsWallet) wallet = cs_wallet_new (studio->store);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsWalletKey) key = NULL;
  char *code = NULL;

  cs_wallet_create_async (wallet, "a shop", credit, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  key = cs_wallet_create_finish (wallet, result, &code, &error);
  g_assert_no_error (error);
  return code;
}

/* (transfer full): as cs_fake_brief(), paid by the key. */
G_GNUC_UNUSED static CsBrief *
make_paid_brief (const char *code, const char *model)
{
  CsBrief *brief = cs_fake_brief ("a boat", model);

  brief->wallet_key = cs_wallet_key_hash (code);
  return brief;
}

G_GNUC_UNUSED static void
assert_ledger (CsFakeStudio *studio)
{
  g_assert_cmpint (cs_fake_studio_query (studio, CS_SQL_WRONG_BALANCES), ==, 0);
  g_assert_cmpint (cs_fake_studio_query (studio, CS_SQL_WRONG_HELD), ==, 0);
  g_assert_cmpint (cs_fake_studio_query (studio, CS_SQL_HELD_BY_ENDED), ==, 0);
  g_assert_cmpint (cs_fake_studio_query (studio, CS_SQL_MOST_CAPTURES), <=, 1);
}

G_GNUC_UNUSED static void
assert_usage (CsFakeStudio *studio)
{
  g_assert_cmpint (cs_fake_studio_query (studio, CS_SQL_WRONG_EVENTS), ==, 0);
  g_assert_cmpint (cs_fake_studio_query (studio, CS_SQL_WRONG_SALES), ==, 0);
  g_assert_cmpint (cs_fake_studio_query (studio, CS_SQL_WRONG_COSTS), ==, 0);
}
