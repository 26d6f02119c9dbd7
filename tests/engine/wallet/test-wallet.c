/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wallet as the front ends have it: over the store, from the main thread. */
#include "config.h"

#include "cs-test.h"

#include "core/cs-error.h"
#include "wallet/cs-wallet.h"

#include <string.h>

typedef struct
{
  char *folder;
  CsStore *store;
  CsWallet *wallet;
} Fixture;

static void
open_store (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPaths) paths = cs_paths_new_for_home (fixture->folder, &error);

  g_assert_no_error (error);
  cs_store_open_async (paths, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  fixture->store = cs_store_open_finish (result, &error);
  g_assert_no_error (error);
  fixture->wallet = cs_wallet_new (fixture->store);
}

static void
close_store (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_object (&fixture->wallet);
  cs_store_close_async (fixture->store, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_true (cs_store_close_finish (fixture->store, result, NULL));
  g_clear_object (&fixture->store);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("cs-test-wallet-XXXXXX", &error);
  g_assert_no_error (error);
  open_store (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_store (fixture);
  cs_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static gpointer
exec_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  cs_database_exec (database, data, error);
  return NULL;
}

static void
exec (Fixture *fixture, const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_store_run_async (fixture->store, CS_STORE_WRITE, exec_func, g_strdup (sql), g_free, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cs_store_run_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static CsWalletKey *
create (Fixture *fixture, const char *label, CsMoney credit, char **code, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_wallet_create_async (fixture->wallet, label, credit, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_wallet_create_finish (fixture->wallet, result, code, error);
}

static CsWalletKey *
credit (Fixture *fixture, const char *code, CsMoney amount, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_wallet_credit_async (fixture->wallet, code, amount, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_wallet_credit_finish (fixture->wallet, result, error);
}

static CsWalletKey *
find (Fixture *fixture, const char *code, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_wallet_find_async (fixture->wallet, code, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_wallet_find_finish (fixture->wallet, result, error);
}

static CsWalletKey *
find_hash (Fixture *fixture, const char *hash, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_wallet_find_hash_async (fixture->wallet, hash, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_wallet_find_finish (fixture->wallet, result, error);
}

static GPtrArray *
list (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_wallet_list_async (fixture->wallet, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_wallet_list_finish (fixture->wallet, result, error);
}

static CsWalletStatement *
state (Fixture *fixture, const char *code, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_wallet_statement_async (fixture->wallet, code, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_wallet_statement_finish (fixture->wallet, result, error);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *empty = NULL;
  g_autoptr (CsWalletKey) key = create (fixture, "  a shop ", 250000, &code, &error);
  g_autoptr (CsWalletKey) poor = create (fixture, NULL, 0, &empty, &error);
  g_autoptr (GPtrArray) keys = list (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (key->label, ==, "a shop");
  g_assert_cmpint (key->balance, ==, 250000);
  g_assert_true (g_str_has_suffix (key->name, code + strlen (code) - 4));
  g_assert_cmpstr (poor->label, ==, "");
  g_assert_cmpint (poor->balance, ==, 0);
  g_assert_cmpint (keys->len, ==, 2);
}

static void
check_no_key (Fixture *fixture, const char *label, CsMoney amount)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  char *code = NULL;

  g_assert_null (create (fixture, label, amount, &code, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_assert_null (code);
  keys = list (fixture, NULL);
  g_assert_cmpint (keys->len, ==, 0);
}

/* Nothing is left of a key that could not be credited. */
static void
test_create_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_label = g_strnfill (129, 'x');

  check_no_key (fixture, "a", -1);
  check_no_key (fixture, "a", CS_WALLET_MAX_CREDIT + 1);
  check_no_key (fixture, long_label, 1);
}

static void
test_statement (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *typed = NULL;
  g_autoptr (CsWalletKey) key = create (fixture, NULL, 5, &code, &error);
  g_autoptr (CsWalletKey) credited = NULL;
  g_autoptr (CsWalletKey) found = NULL;
  g_autoptr (CsWalletKey) by_hash = NULL;
  g_autoptr (CsWalletStatement) statement = NULL;
  g_autoptr (GError) missing = NULL;
  g_autofree char *hash = NULL;

  typed = g_ascii_strdown (code, -1);
  credited = credit (fixture, typed, 6, &error);
  g_assert_no_error (error);
  g_assert_cmpint (credited->balance, ==, 11);
  found = find (fixture, code, &error);
  g_assert_cmpint (found->balance, ==, 11);
  hash = cs_wallet_key_hash (code);
  by_hash = find_hash (fixture, hash, &error);
  g_assert_no_error (error);
  g_assert_cmpint (by_hash->id, ==, key->id);
  g_assert_null (find_hash (fixture, "", &missing));
  g_assert_error (missing, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT);
  statement = state (fixture, code, &error);
  g_assert_cmpint (statement->key->id, ==, key->id);
  g_assert_cmpint (statement->entries->len, ==, 2);
  g_assert_cmpint (((CsLedgerEntry *) statement->entries->pdata[1])->amount, ==, 6);
}

/* Everything about money of the keys is refused with @code. */
static void
assert_all_refused (Fixture *fixture, const char *key, CsError code)
{
  GError *errors[3] = { NULL };

  g_assert_null (credit (fixture, key, 1, &errors[0]));
  g_assert_null (find (fixture, key, &errors[1]));
  g_assert_null (state (fixture, key, &errors[2]));
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_assert_error (errors[i], CS_ERROR, (int) code);
      g_clear_error (&errors[i]);
    }
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  assert_all_refused (fixture, "KEY-OF-NOBODY", CS_ERROR_INSUFFICIENT_CREDIT);
  assert_all_refused (fixture, "", CS_ERROR_INSUFFICIENT_CREDIT);
}

/* Warnings that are expected, and how many came. */
static guint n_warnings;

static GLogWriterOutput
count_warnings (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if (level == G_LOG_LEVEL_WARNING)
    {
      n_warnings++;
      return G_LOG_WRITER_HANDLED;
    }
  return g_log_writer_default (level, fields, n_fields, user_data);
}

static void
reopen (Fixture *fixture)
{
  close_store (fixture);
  open_store (fixture);
}

/* Proved when it is opened, before anybody is answered. */
static void
test_proof (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = NULL;
  g_autoptr (CsWalletKey) key = create (fixture, NULL, 1000, &code, NULL);
  g_autoptr (CsWalletKey) proved = NULL;
  g_autoptr (CsWalletKey) well = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *none = NULL;

  n_warnings = 0;
  exec (fixture, "UPDATE wallet_keys SET balance = 77");
  reopen (fixture);
  proved = find (fixture, code, NULL);
  g_assert_cmpint (proved->balance, ==, 1000);
  g_assert_cmpint (n_warnings, ==, 1);

  exec (fixture, "INSERT INTO ledger (key_id, kind, amount, job_id, attempt, round, at) VALUES (1, 'capture', 1, 'x', 1, 0, 1)");
  reopen (fixture);
  assert_all_refused (fixture, code, CS_ERROR_CORRUPT);
  g_assert_null (list (fixture, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (create (fixture, NULL, 0, &none, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CORRUPT);
  g_assert_cmpint (n_warnings, ==, 2);

  /* as after a backup was put back */
  exec (fixture, "DROP TRIGGER ledger_no_delete; DELETE FROM ledger WHERE job_id = 'x'");
  reopen (fixture);
  well = find (fixture, code, &error);
  g_assert_cmpint (well->balance, ==, 1000);
}

/* The budget */

static CsBudget *
set_budget (Fixture *fixture, CsMoney job, CsMoney day, CsMoney month, CsMoney api)
{
  const CsBudget caps = { .job_cap = job, .day_cap = day, .month_cap = month, .api_cap = api };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsBudget *budget;

  cs_wallet_set_budget_async (fixture->wallet, &caps, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  budget = cs_wallet_set_budget_finish (fixture->wallet, result, &error);
  g_assert_no_error (error);
  return budget;
}

static void
check_budget (CsBudget *budget, CsMoney job, CsMoney day, CsMoney month, CsMoney api)
{
  g_assert_cmpint (budget->job_cap, ==, job);
  g_assert_cmpint (budget->day_cap, ==, day);
  g_assert_cmpint (budget->month_cap, ==, month);
  g_assert_cmpint (budget->api_cap, ==, api);
  g_free (budget);
}

static void
test_budget (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_wallet_get_budget_async (fixture->wallet, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  check_budget (cs_wallet_get_budget_finish (fixture->wallet, result, NULL), -1, -1, -1, CS_BUDGET_API_CAP);
  check_budget (set_budget (fixture, 1, CS_BUDGET_KEEP, 3, CS_BUDGET_KEEP), 1, -1, 3, CS_BUDGET_API_CAP);
  check_budget (set_budget (fixture, CS_BUDGET_KEEP, 2, -1, 0), 1, 2, -1, 0);
  check_budget (set_budget (fixture, 0, -1, CS_BUDGET_KEEP, -1), 0, -1, -1, CS_BUDGET_API_CAP);
}

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsUsage) usage = NULL;
  g_autoptr (GError) error = NULL;
  const CsUsageQuery nobody = { .key_code = "KEY-OF-NOBODY" };

  exec (fixture, "INSERT INTO usage_events (at, job_id, attempt, user_id, kind, provider, model, units, unit, estimated, cost, sale)"
                 " VALUES (5, 'a', 1, 'ana', 'image', 'p', 'm', 1, 'image', 9, 8, 0), (6, 'b', 1, 'ben', 'image', 'p', 'm', 1, 'image', 9, 8, 0)");
  cs_wallet_usage_async (fixture->wallet, &(CsUsageQuery){ .user_id = "ana" }, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  usage = cs_wallet_usage_finish (fixture->wallet, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (usage->events->len, ==, 1);
  g_assert_cmpint (usage->cost, ==, 8);

  g_clear_object (&result);
  cs_wallet_usage_async (fixture->wallet, &nobody, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_null (cs_wallet_usage_finish (fixture->wallet, result, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (count_warnings, NULL, NULL);
  add ("/wallet/create", test_create);
  add ("/wallet/create-refused", test_create_refused);
  add ("/wallet/statement", test_statement);
  add ("/promise-2/wallet/unknown", test_unknown);
  add ("/promise-3/wallet/proof", test_proof);
  add ("/wallet/budget", test_budget);
  add ("/wallet/usage", test_usage);
  return g_test_run ();
}
