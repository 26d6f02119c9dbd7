/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The proof of the ledger: what is beside the keys is corrected, and what cannot be stops everything. */
#include "config.h"
#include "wallet-fixture.h"

#define LEDGER(key, kind, amount, round) \
  "INSERT INTO ledger (key_id, kind, amount, job_id, attempt, round, at) VALUES (" key ", '" kind "', " amount ", 'x', 1, " round ", 1)"

static void
begin (Fixture *fixture)
{
  credit (fixture, 1000);
  g_assert_true (cs_ledger_hold (fixture->database, fixture->key, "a", 1, 300, NULL));
  g_assert_true (cs_ledger_hold (fixture->database, fixture->key, "b", 1, 200, NULL));
  g_assert_true (cs_ledger_capture (fixture->database, "a", 1, 250, NULL));
  assert_sums (fixture, 550, 200);
}

/* How often it was said that a key was corrected, and which one. */
static guint n_said;

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (level == G_LOG_LEVEL_WARNING && g_str_equal (fields[i].key, "MESSAGE")
        && g_pattern_match_simple ("*KEY-…--XYZ*corrected*", fields[i].value))
      {
        n_said++;
        return G_LOG_WRITER_HANDLED;
      }
  return g_log_writer_default (level, fields, n_fields, user_data);
}

/* The ledger has the word, and it is said. */
static void
test_tampered (Fixture *fixture, gconstpointer data)
{
  static const char *const lies[] = {
    "UPDATE wallet_keys SET balance = balance + 1",
    "UPDATE wallet_keys SET held = 0",
    "UPDATE wallet_keys SET balance = 999999999, held = 77",
  };

  begin (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      exec (fixture, lies[i]);
      g_assert_true (cs_ledger_prove (fixture->database, NULL));
      g_assert_cmpint (n_said, ==, i + 1);
      assert_sums (fixture, 550, 200);
    }
}

/* A proof that finds nothing writes nothing: the file is as it was. */
static void
test_untouched (Fixture *fixture, gconstpointer data)
{
  gint64 changes;

  begin (fixture);
  changes = query (fixture, "SELECT total_changes()");
  g_assert_true (cs_ledger_prove (fixture->database, NULL));
  g_assert_cmpint (query (fixture, "SELECT total_changes()"), ==, changes);
}

/* Everything that moves money is refused, in words, until a proof goes well again. */
static void
assert_closed (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_ledger_prove (fixture->database, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (cs_ledger_check (fixture->database, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (cs_ledger_credit (fixture->database, fixture->key, 1, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (cs_ledger_hold (fixture->database, fixture->key, "c", 1, 1, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CORRUPT);
}

static void
check_impossible (Fixture *fixture, const char *sql)
{
  g_test_message ("%s", sql);
  exec (fixture, "SAVEPOINT lie");
  exec (fixture, sql);
  assert_closed (fixture);
  exec (fixture, "ROLLBACK TO lie");
  g_assert_true (cs_ledger_prove (fixture->database, NULL));
  g_assert_true (cs_ledger_check (fixture->database, NULL));
}

static void
test_impossible (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  g_assert_cmpint (cs_wallet_key_insert (fixture->database, "another", "", NULL), ==, 2);
  check_impossible (fixture, LEDGER ("1", "capture", "1", "0"));  /* without a hold */
  check_impossible (fixture, LEDGER ("1", "release", "0", "0"));
  check_impossible (fixture, LEDGER ("1", "hold", "10", "0") ";" LEDGER ("1", "capture", "11", "0"));
  check_impossible (fixture, LEDGER ("1", "hold", "10", "0") ";" LEDGER ("1", "capture", "9", "0"));
  check_impossible (fixture, LEDGER ("1", "hold", "10", "0") ";" LEDGER ("1", "release", "11", "0"));
  check_impossible (fixture, LEDGER ("1", "hold", "10", "0") ";" LEDGER ("2", "release", "10", "0"));
  check_impossible (fixture, LEDGER ("1", "hold", "10", "0") ";" LEDGER ("1", "release", "10", "1"));
  check_impossible (fixture, LEDGER ("2", "hold", "1", "0"));     /* more than there ever was */
  check_impossible (fixture, LEDGER ("1", "hold", "551", "0"));
  check_impossible (fixture, "DROP TRIGGER ledger_no_delete; DELETE FROM ledger WHERE kind = 'credit'");
  check_impossible (fixture, "DROP TRIGGER ledger_no_update; UPDATE ledger SET amount = amount + 1 WHERE kind = 'capture'");
  check_impossible (fixture, "DROP TRIGGER ledger_no_delete; DELETE FROM ledger WHERE kind = 'hold' AND job_id = 'a'");
  assert_sums (fixture, 550, 200);
}

/* One that cannot be and one that is only wrong: nothing is written of either. */
static void
test_both (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  g_assert_cmpint (cs_wallet_key_insert (fixture->database, "another", "", NULL), ==, 2);
  exec (fixture, "UPDATE wallet_keys SET balance = 7 WHERE id = 1; " LEDGER ("2", "hold", "1", "0"));
  n_said = 0;
  assert_closed (fixture);
  g_assert_cmpint (n_said, ==, 0);
  g_assert_cmpint (query (fixture, "SELECT balance FROM wallet_keys WHERE id = 1"), ==, 7);
}

/* What was under way comes to its end all the same: the provider's word is written down once. */
static void
test_ends_go_on (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  exec (fixture, LEDGER ("1", "capture", "1", "0"));
  g_assert_false (cs_ledger_prove (fixture->database, NULL));
  g_assert_true (cs_ledger_capture (fixture->database, "b", 1, 200, NULL));
  g_assert_cmpint (query (fixture, "SELECT held FROM wallet_keys"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  add ("/promise-3/ledger-proof/tampered", test_tampered);
  add ("/ledger-proof/untouched", test_untouched);
  add ("/promise-3/ledger-proof/impossible", test_impossible);
  add ("/ledger-proof/both", test_both);
  add ("/promise-4/ledger-proof/ends-go-on", test_ends_go_on);
  return g_test_run ();
}
