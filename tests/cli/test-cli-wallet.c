/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys that an operator sells: made once, credited, read; and what is no key and no credit. */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"

#include <string.h>

static void
set_up (CsTestHome **home, gconstpointer data)
{
  *home = cs_test_home_new ();
}

static void
tear_down (CsTestHome **home, gconstpointer data)
{
  cs_test_home_free (*home);
}

/* A new key with this much credit. */
static char *
make_key (const char *credit)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "wallet", "create", "--credit", credit, NULL);

  cli_assert_code (answer, 0, NULL);
  return cli_dup_text (answer, "key");
}

static void
assert_money (CliAnswer *answer, const char *name, CsMoney money)
{
  g_assert_cmpint (cs_json_get_money (answer->document, name, -1), ==, money);
}

/* Shown once: not in any later answer, nor anywhere on the disk. */
static void
test_create (CsTestHome **home, gconstpointer data)
{
  g_autoptr (CliAnswer) created = cli_ask (NULL, "wallet", "create", "--credit", "12.5", "--label", "Amina", NULL);
  g_autofree char *key = cli_dup_text (created, "key");
  g_autoptr (CliAnswer) balance = cli_ask (NULL, "wallet", "balance", key, NULL);
  g_autoptr (CliAnswer) list = cli_ask (NULL, "wallet", "list", NULL);
  JsonObject *row = cli_get_element (list, "keys", 0);

  cli_assert_code (created, 0, NULL);
  assert_money (created, "balance_usd", 12500000);
  g_assert_cmpstr (cs_json_get_string (created->document, "label", ""), ==, "Amina");
  g_assert_cmpstr (cs_json_get_string (created->document, "currency", ""), ==, "USD");
  g_assert_nonnull (strstr (created->run->err, "only this once"));
  assert_money (balance, "balance_usd", 12500000);
  assert_money (balance, "held_usd", 0);
  g_assert_cmpuint (cli_get_length (list, "keys"), ==, 1);
  g_assert_cmpstr (cs_json_get_string (row, "label", ""), ==, "Amina");
  g_assert_true (g_str_has_suffix (cs_json_get_string (row, "key", ""), key + strlen (key) - 4));
  g_assert_null (strstr (balance->run->out, key));
  g_assert_null (strstr (list->run->out, key));
  g_assert_false (cli_folder_has ((*home)->path, key));
}

/* For a script, the key is all of the answer. */
static void
test_words (CsTestHome **home, gconstpointer data)
{
  g_autoptr (CsTestRun) none = cli_run (NULL, "wallet", "list", NULL);
  g_autoptr (CsTestRun) created = cli_run (NULL, "wallet", "create", NULL);
  g_autofree char *key = g_strndup (created->out, created->out_length - 1);
  g_autoptr (CsTestRun) credited = cli_run (key, "wallet", "credit", "-", "2", NULL);
  g_autoptr (CsTestRun) list = cli_run (NULL, "wallet", "list", NULL);

  g_assert_cmpint (none->exit_status, ==, 0);
  g_assert_cmpstr (none->out, ==, "");
  g_assert_nonnull (strstr (none->err, "wallet create"));
  g_assert_cmpint (created->exit_status, ==, 0);
  g_assert_true (g_regex_match_simple ("^KEY(-[0-9A-Z]{5}){5}$", key, 0, 0));
  g_assert_nonnull (strstr (credited->out, "$2.00"));
  g_assert_null (strstr (credited->out, key));
  g_assert_nonnull (strstr (list->out, "$2.00"));
  g_assert_null (strstr (list->out, key));
}

/* However it is typed; also from the standard input, with what an editor puts at the end. */
static void
test_credit (CsTestHome **home, gconstpointer data)
{
  g_autofree char *key = make_key ("0");
  g_autofree char *small = g_ascii_strdown (key, -1);
  g_autofree char *line = g_strdup_printf ("  %s \n", key);
  g_autoptr (CliAnswer) first = cli_ask (NULL, "wallet", "credit", key, "0.000001", NULL);
  g_autoptr (CliAnswer) second = cli_ask (NULL, "wallet", "credit", small, "1", NULL);
  g_autoptr (CliAnswer) third = cli_ask (line, "wallet", "credit", "-", "999998", NULL);
  g_autoptr (CliAnswer) ledger = cli_ask (line, "wallet", "ledger", "-", NULL);
  JsonObject *entry = cli_get_element (ledger, "entries", 0);

  assert_money (first, "balance_usd", 1);
  assert_money (second, "balance_usd", 1000001);
  cli_assert_code (third, 0, NULL);
  assert_money (third, "balance_usd", G_GINT64_CONSTANT (999999000001));
  g_assert_cmpuint (cli_get_length (ledger, "entries"), ==, 3);
  assert_money (ledger, "balance_usd", G_GINT64_CONSTANT (999999000001));
  g_assert_cmpstr (cs_json_get_string (entry, "kind", ""), ==, "credit");
  g_assert_cmpint (cs_json_get_money (entry, "amount_usd", -1), ==, 1);
  g_assert_cmpint (cs_json_get_int (entry, "id", 0), >, 0);
  g_assert_nonnull (cs_json_get_string (entry, "at", NULL));
  g_assert_false (json_object_has_member (entry, "creation_id"));
}

/* No credit, too much of it, and what is no amount: nothing is written. */
static void
test_bad_credit (CsTestHome **home, gconstpointer data)
{
  static const char *const bad[] = { "0",       "-1",  "-0.5",  "0.0000001", "1000000.01", "1000001", "99999999999999999999",
                                     "999999",  "1e3", "1,5",   "$5",        "five",       "",        " 5",
                                     "0x10",    "NaN", "5.",    ".5",        "--5" };
  g_autofree char *key = make_key ("2");
  g_autoptr (CliAnswer) after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (CliAnswer) answer = cli_ask (NULL, "wallet", "credit", key, bad[i], NULL);

      g_test_message ("“%s”", bad[i]);
      cli_assert_code (answer, 2, g_str_equal (bad[i], "--5") ? "usage" : "invalid_value");
      g_assert_null (strstr (answer->run->err, key));
    }
  after = cli_ask (NULL, "wallet", "ledger", key, NULL);
  assert_money (after, "balance_usd", 2000000);
  g_assert_cmpuint (cli_get_length (after, "entries"), ==, 1);
}

static void
test_bad_create (CsTestHome **home, gconstpointer data)
{
  static const char *const bad[] = { "-1", "1000001", "0.0000001", "much" };
  g_autofree char *long_label = g_strnfill (1000, 'x');
  g_autoptr (CliAnswer) label = cli_ask (NULL, "wallet", "create", "--label", long_label, NULL);
  g_autoptr (CliAnswer) control = cli_ask (NULL, "wallet", "create", "--label", "a\x1b[31mb", NULL);
  g_autoptr (CliAnswer) list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (CliAnswer) answer = cli_ask (NULL, "wallet", "create", "--credit", bad[i], NULL);

      cli_assert_code (answer, 2, "invalid_value");
    }
  cli_assert_code (label, 2, "invalid_value");
  cli_assert_code (control, 2, "invalid_value");
  list = cli_ask (NULL, "wallet", "list", NULL);
  g_assert_cmpuint (cli_get_length (list, "keys"), ==, 0);
}

/* Mistyped by whoever keeps the keys: that is not a customer without credit. No key is repeated in words. */
static void
test_unknown (CsTestHome **home, gconstpointer data)
{
  static const char stranger[] = "KEY-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA";
  static const char *const commands[] = { "balance", "ledger" };
  g_autofree char *key = make_key ("1");
  g_autoptr (CliAnswer) credit = cli_ask (NULL, "wallet", "credit", stranger, "1", NULL);
  g_autoptr (CliAnswer) swapped = cli_ask (NULL, "wallet", "credit", "1", stranger, NULL);
  g_autoptr (CliAnswer) empty = cli_ask ("\n", "wallet", "balance", "-", NULL);
  g_autoptr (CliAnswer) nothing = cli_ask (NULL, "wallet", "balance", "", NULL);
  g_autoptr (CliAnswer) no_word = cli_ask (NULL, "wallet", "balance", NULL);
  g_autoptr (CliAnswer) too_many = cli_ask (NULL, "wallet", "balance", key, stranger, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliAnswer) answer = cli_ask (NULL, "wallet", commands[i], stranger, NULL);
      g_autoptr (CliAnswer) short_one = cli_ask (NULL, "wallet", commands[i], key + 4, NULL);

      cli_assert_code (answer, 2, "not_found");
      cli_assert_code (short_one, 2, "not_found");
      g_assert_null (strstr (answer->run->err, stranger));
    }
  cli_assert_code (credit, 2, "not_found");
  cli_assert_code (swapped, 2, "invalid_value");
  g_assert_null (strstr (swapped->run->err, "AAAAA"));
  cli_assert_code (empty, 2, "missing_field");
  cli_assert_code (nothing, 2, "missing_field");
  cli_assert_code (no_word, 2, "usage");
  cli_assert_code (too_many, 2, "usage");
  g_assert_null (strstr (too_many->run->err, "AAAAA"));
}

/* The help says who else sees a key. */
static void
test_help (CsTestHome **home, gconstpointer data)
{
  static const char *const commands[] = { "credit", "balance", "ledger" };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CsTestRun) run = cli_run (NULL, "wallet", commands[i], "--help", NULL);

      g_assert_nonnull (strstr (run->out, "Others on this computer can see"));
    }
}

#define add(path, func) g_test_add (path, CsTestHome *, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/promise-5/wallet/create", test_create);
  add ("/cli/wallet/words", test_words);
  add ("/cli/wallet/credit", test_credit);
  add ("/cli/wallet/bad-credit", test_bad_credit);
  add ("/cli/wallet/bad-create", test_bad_create);
  add ("/promise-5/wallet/unknown", test_unknown);
  add ("/cli/wallet/help", test_help);
  return g_test_run ();
}
