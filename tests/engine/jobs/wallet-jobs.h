/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that a wallet key pays, and what must be true of its ledger whatever happened; for the tests of this folder. */
#pragma once

#include "cs-fake-studio.h"

#include "wallet/cs-wallet.h"

/* Holds that nothing has become of yet. */
#define OPEN_HOLDS                                                                                                  \
  "FROM ledger AS h WHERE h.kind = 'hold' AND NOT EXISTS (SELECT 1 FROM ledger AS e WHERE e.job_id = h.job_id"      \
  " AND e.attempt = h.attempt AND e.round = h.round AND e.kind IN ('capture', 'release'))"

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

/* What is written beside every key is what its moves come to; what has ended holds nothing. */
G_GNUC_UNUSED static void
assert_ledger (CsFakeStudio *studio)
{
  g_assert_cmpint (cs_fake_studio_query (studio,
                     "SELECT count(*) FROM wallet_keys AS k WHERE balance <>"
                     " (SELECT coalesce(sum(CASE kind WHEN 'credit' THEN amount WHEN 'capture' THEN -amount ELSE 0 END), 0)"
                     "  FROM ledger WHERE key_id = k.id) - (SELECT coalesce(sum(amount), 0) " OPEN_HOLDS " AND h.key_id = k.id)"),
                   ==, 0);
  g_assert_cmpint (cs_fake_studio_query (studio, "SELECT count(*) FROM wallet_keys AS k WHERE held <>"
                                                 " (SELECT coalesce(sum(amount), 0) " OPEN_HOLDS " AND h.key_id = k.id)"),
                   ==, 0);
  g_assert_cmpint (cs_fake_studio_query (studio, "SELECT count(*) " OPEN_HOLDS " AND h.job_id IN"
                                                 " (SELECT id FROM jobs WHERE state IN ('done', 'failed', 'cancelled'))"),
                   ==, 0);
  g_assert_cmpint (cs_fake_studio_query (studio, "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM ledger"
                                                 " WHERE kind = 'capture' GROUP BY job_id)"),
                   <=, 1);
}

/* One event for every attempt that made something or may have been billed, with what the key paid for it, and none else. */
G_GNUC_UNUSED static void
assert_usage (CsFakeStudio *studio)
{
  g_assert_cmpint (cs_fake_studio_query (studio,
                     "SELECT count(*) FROM attempts AS a WHERE (ended_at IS NOT NULL AND (status = 'succeeded' OR billed <> 'no'))"
                     " <> EXISTS (SELECT 1 FROM usage_events AS e WHERE e.job_id = a.job_id AND e.attempt = a.number)"),
                   ==, 0);
  g_assert_cmpint (cs_fake_studio_query (studio,
                     "SELECT count(*) FROM usage_events AS e WHERE sale <> coalesce((SELECT sum(amount) FROM ledger AS l"
                     " WHERE l.kind = 'capture' AND l.job_id = e.job_id AND l.attempt = e.attempt), 0)"),
                   ==, 0);
  g_assert_cmpint (cs_fake_studio_query (studio,
                     "SELECT count(*) FROM usage_events AS e WHERE attempt > 0 AND NOT EXISTS (SELECT 1 FROM attempts AS a"
                     " WHERE a.job_id = e.job_id AND a.number = e.attempt AND e.estimated = a.hold"
                     " AND e.cost = CASE a.billed WHEN 'unknown' THEN a.hold ELSE a.cost END)"),
                   ==, 0);
}
