/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves of money: what each does to a key, what a repeat does (nothing), and what is not written at all. */
#include "config.h"
#include "wallet-fixture.h"

static gboolean
hold (Fixture *fixture, const char *job, int attempt, CsMoney amount)
{
  g_autoptr (GError) error = NULL;

  if (cs_ledger_hold (fixture->database, fixture->key, job, attempt, amount, &error))
    return TRUE;
  g_assert_error (error, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT);
  return FALSE;
}

static void
capture (Fixture *fixture, const char *job, int attempt, CsMoney amount)
{
  g_autoptr (GError) error = NULL;

  cs_ledger_capture (fixture->database, job, attempt, amount, &error);
  g_assert_no_error (error);
}

static void
release (Fixture *fixture, const char *job, int attempt)
{
  g_autoptr (GError) error = NULL;

  cs_ledger_release (fixture->database, job, attempt, &error);
  g_assert_no_error (error);
}

static void
test_moves (Fixture *fixture, gconstpointer data)
{
  assert_sums (fixture, 0, 0);
  credit (fixture, 1000);
  assert_sums (fixture, 1000, 0);
  g_assert_true (hold (fixture, "a", 1, 300));
  assert_sums (fixture, 700, 300);
  g_assert_true (hold (fixture, "b", 1, 700));
  assert_sums (fixture, 0, 1000);
  capture (fixture, "a", 1, 300); /* all of it: nothing is let go */
  assert_sums (fixture, 0, 700);
  capture (fixture, "b", 1, 450);
  assert_sums (fixture, 250, 0);
  g_assert_cmpint (count_moves (fixture, "release"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT amount FROM ledger WHERE kind = 'release'"), ==, 250);
  g_assert_true (hold (fixture, "c", 1, 250));
  release (fixture, "c", 1);
  assert_sums (fixture, 250, 0);
}

/* What is free leaves its trace too. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_assert_true (hold (fixture, "a", 1, 0));
  capture (fixture, "a", 1, 0);
  g_assert_cmpint (count_moves (fixture, "hold"), ==, 1);
  g_assert_cmpint (count_moves (fixture, "capture"), ==, 1);
  g_assert_cmpint (count_moves (fixture, "release"), ==, 0);
  credit (fixture, 10);
  g_assert_true (hold (fixture, "b", 1, 10));
  capture (fixture, "b", 1, 0); /* held, and it cost nothing after all */
  g_assert_cmpint (count_moves (fixture, "release"), ==, 1);
  assert_sums (fixture, 10, 0);
}

static void
test_repeats (Fixture *fixture, gconstpointer data)
{
  credit (fixture, 1000);
  for (int i = 0; i < 3; i++)
    g_assert_true (hold (fixture, "a", 1, 300));
  assert_sums (fixture, 700, 300);
  for (int i = 0; i < 3; i++)
    capture (fixture, "a", 1, 200);
  assert_sums (fixture, 800, 0);
  release (fixture, "a", 1);
  g_assert_true (hold (fixture, "a", 1, 300)); /* paid: not held again */
  assert_sums (fixture, 800, 0);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM ledger WHERE job_id = 'a'"), ==, 3);

  g_assert_true (hold (fixture, "b", 1, 100));
  for (int i = 0; i < 3; i++)
    release (fixture, "b", 1);
  capture (fixture, "b", 1, 100); /* let go: too late */
  assert_sums (fixture, 800, 0);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM ledger WHERE job_id = 'b'"), ==, 2);
}

/* An attempt that never left is held again under its own number. */
static void
test_rounds (Fixture *fixture, gconstpointer data)
{
  credit (fixture, 100);
  for (int i = 0; i < 4; i++)
    {
      g_assert_true (hold (fixture, "a", 1, 100 - i));
      assert_sums (fixture, i, 100 - i);
      release (fixture, "a", 1);
      assert_sums (fixture, 100, 0);
    }
  g_assert_true (hold (fixture, "a", 1, 60));
  capture (fixture, "a", 1, 60);
  assert_sums (fixture, 40, 0);
  g_assert_cmpint (query (fixture, "SELECT max(round) FROM ledger"), ==, 4);
}

static void
test_too_little (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (hold (fixture, "a", 1, 1));
  credit (fixture, 100);
  g_assert_false (hold (fixture, "a", 1, 101));
  g_assert_true (hold (fixture, "a", 1, 60));
  g_assert_false (hold (fixture, "b", 1, 41)); /* what is held cannot be held twice */
  g_assert_true (hold (fixture, "b", 1, 40));
  assert_sums (fixture, 0, 100);
  g_assert_false (cs_ledger_hold (fixture->database, fixture->key + 1, "c", 1, 0, &error)); /* no such key, at any price */
  g_assert_error (error, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT);
  g_assert_true (cs_ledger_can_hold (fixture->database, fixture->key, 0, NULL));
  g_assert_false (cs_ledger_can_hold (fixture->database, fixture->key, 1, NULL));
}

static void
check_credit (Fixture *fixture, CsMoney amount)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_ledger_credit (fixture->database, fixture->key, amount, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
}

static void
test_credits (Fixture *fixture, gconstpointer data)
{
  check_credit (fixture, 0);
  check_credit (fixture, -1);
  check_credit (fixture, G_MININT64);
  check_credit (fixture, G_MAXINT64);
  check_credit (fixture, CS_WALLET_MAX_CREDIT + 1);
  credit (fixture, CS_WALLET_MAX_CREDIT - 5);
  check_credit (fixture, 6);
  credit (fixture, 5);
  check_credit (fixture, 1);
  g_assert_true (hold (fixture, "a", 1, CS_WALLET_MAX_CREDIT)); /* what is held is still on the key */
  check_credit (fixture, 1);
  assert_sums (fixture, 0, CS_WALLET_MAX_CREDIT);
  capture (fixture, "a", 1, CS_WALLET_MAX_CREDIT);
  credit (fixture, 1);
  assert_sums (fixture, 1, 0);
}

static void
check_refused (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_database_exec (fixture->database, sql, &error));
  g_assert_nonnull (error);
}

/* The database itself forbids what no program of ours does. */
static void
test_only_added (Fixture *fixture, gconstpointer data)
{
  credit (fixture, 100);
  g_assert_true (hold (fixture, "a", 1, 50));
  capture (fixture, "a", 1, 50);
  check_refused (fixture, "UPDATE ledger SET amount = 1");
  check_refused (fixture, "DELETE FROM ledger");
  check_refused (fixture, "DELETE FROM wallet_keys");
  check_refused (fixture, "UPDATE wallet_keys SET balance = -1");
  check_refused (fixture, "INSERT INTO ledger (key_id, kind, amount, at) VALUES (1, 'credit', -1, 0)");
  check_refused (fixture, "INSERT INTO ledger (key_id, kind, amount, at) VALUES (1, 'gift', 1, 0)");
  check_refused (fixture, "INSERT INTO ledger (key_id, kind, amount, at) VALUES (99, 'credit', 1, 0)");
  check_refused (fixture, "INSERT INTO ledger (key_id, kind, amount, job_id, attempt, round, at) VALUES (1, 'capture', 1, 'a', 1, 1, 0)");
  check_refused (fixture, "INSERT INTO ledger (key_id, kind, amount, job_id, attempt, round, at) VALUES (1, 'hold', 1, 'a', 1, 0, 0)");
  check_refused (fixture, "INSERT INTO ledger (key_id, kind, amount, job_id, attempt, at) VALUES (1, 'hold', 1, 'b', 1, 0)");
  check_refused (fixture, "INSERT INTO ledger (key_id, kind, amount, at) VALUES (1, 'hold', 1, 0)");
  assert_sums (fixture, 50, 0);
}

/* An end without a beginning, or over it, is a mistake of somebody, and nothing is written. */
static void
test_capture_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  credit (fixture, 100);
  g_assert_false (cs_ledger_capture (fixture->database, "a", 1, 0, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (hold (fixture, "a", 1, 50));
  g_assert_false (cs_ledger_capture (fixture->database, "a", 1, 51, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CORRUPT);
  release (fixture, "b", 1); /* nothing held, nothing to let go */
  assert_sums (fixture, 50, 50);
}

static void
check_entry (GPtrArray *entries, guint i, CsLedgerKind kind, CsMoney amount, const char *job)
{
  const CsLedgerEntry *entry = entries->pdata[i];

  g_assert_cmpint (entry->kind, ==, kind);
  g_assert_cmpint (entry->amount, ==, amount);
  g_assert_cmpstr (entry->creation_id, ==, job);
  g_assert_cmpint (entry->at, >, 0);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) others = NULL;
  gint64 other = cs_wallet_key_insert (fixture->database, "another", "", NULL);

  credit (fixture, 100);
  g_assert_true (hold (fixture, "a", 1, 60));
  capture (fixture, "a", 1, 40);
  entries = cs_ledger_list (fixture->database, fixture->key, NULL);
  g_assert_cmpint (entries->len, ==, 4);
  check_entry (entries, 0, CS_LEDGER_CREDIT, 100, NULL);
  check_entry (entries, 1, CS_LEDGER_HOLD, 60, "a");
  check_entry (entries, 2, CS_LEDGER_CAPTURE, 40, "a");
  check_entry (entries, 3, CS_LEDGER_RELEASE, 20, "a");
  others = cs_ledger_list (fixture->database, other, NULL);
  g_assert_cmpint (others->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/ledger/moves", test_moves);
  add ("/ledger/nothing", test_nothing);
  add ("/promise-3/ledger/never-pays-twice", test_repeats);
  add ("/promise-3/ledger/rounds", test_rounds);
  add ("/promise-2/ledger/too-little", test_too_little);
  add ("/ledger/credits", test_credits);
  add ("/promise-3/ledger/only-added", test_only_added);
  add ("/ledger/capture-refused", test_capture_refused);
  add ("/ledger/list", test_list);
  return g_test_run ();
}
