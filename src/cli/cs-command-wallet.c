/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli wallet: the keys that an operator sells, their credit and where it went. */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-table.h"
#include "cli/cs-wallet-input.h"

static const CsOption create_options[] = {
  { "credit", 0, N_ ("USD"), N_ ("Put this on it at once") },
  { "label", 0, N_ ("TEXT"), N_ ("What you call it, for example who has it") },
  { NULL },
};

static const CsOption *const create_tables[] = { create_options, NULL };

/* To the engine a key that it does not know is one without credit; whoever keeps the keys has mistyped it. */
static gboolean
translate_unknown (GError **error)
{
  if (error == NULL || !g_error_matches (*error, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT))
    return FALSE;
  g_clear_error (error);
  cs_set_error (error, CS_ERROR_NOT_FOUND,
                _ ("There is no such wallet key here. “wallet list” shows which there are, by their last characters."));
  return FALSE;
}

static void
add_key_row (CsTable *table, const CsWalletKey *key)
{
  g_autofree char *balance = cs_money_to_amount (key->balance);
  g_autofree char *held = cs_money_to_amount (key->held);
  g_autofree char *held_words = NULL;

  /* translators: an amount of money that is set aside for what is being made */
  held_words = key->held > 0 ? g_strdup_printf (_ ("%s on hold"), held) : g_strdup ("");
  cs_table_add (table, key->name, balance, held_words, key->label, NULL);
}

static void
print_key (CsCli *cli, const CsWalletKey *key)
{
  g_autoptr (CsTable) table = cs_table_new ("lrrl");

  add_key_row (table, key);
  cs_table_print (table, cs_cli_get_output (cli));
}

/* @key: (transfer full) (nullable): NULL when there is an error already */
static gboolean
show_key (CsCli *cli, CsWalletKey *key, GError **error)
{
  g_autoptr (CsWalletKey) owned = key;

  if (key == NULL)
    return translate_unknown (error);
  cs_output_set_document (cs_cli_get_output (cli), cs_wallet_key_to_json (key));
  print_key (cli, key);
  return TRUE;
}

/* The key is the whole answer, so that a script can keep it; what else there is to say stands beside it. */
static void
show_new_key (CsCli *cli, const CsWalletKey *key, const char *code)
{
  CsOutput *output = cs_cli_get_output (cli);
  JsonObject *document = cs_wallet_key_to_json (key);
  g_autofree char *balance = cs_money_to_amount (key->balance);

  cs_json_set_string (document, "key", code);
  cs_json_set_string (document, "name", key->name);
  cs_json_set_string (document, "message", _ ("This key is shown only this once: keep it now."));
  cs_output_set_document (output, document);
  cs_output_print (output, "%s", code);
  cs_output_say (output, "%s", _ ("This key is shown only this once: keep it now."));
  /* translators: an amount of money */
  cs_output_say (output, _ ("Its credit: %s"), balance);
}

static gboolean
run_create (CsCli *cli, CsArguments *arguments, GError **error)
{
  const char *credit_text = cs_arguments_get (arguments, "credit");
  const char *label = cs_arguments_get (arguments, "label");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsWalletKey) key = NULL;
  char *code = NULL;
  CsMoney credit = 0;
  CsWallet *wallet;

  if ((credit_text != NULL && !cs_wallet_input_read_credit (credit_text, TRUE, &credit, error)) || !cs_cli_open (cli, error))
    return FALSE;
  wallet = cs_engine_get_wallet (cs_cli_get_engine (cli));
  /* Not cancelled: a key that is made is shown, or nobody will ever know it. */
  cs_wallet_create_async (wallet, label, credit, NULL, cs_cli_keep_result, &result);
  key = cs_wallet_create_finish (wallet, cs_cli_await (&result), &code, error);
  if (key == NULL)
    return FALSE;
  show_new_key (cli, key, code);
  cs_secret_free (code);
  return TRUE;
}

static gboolean
run_credit (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  CsWallet *wallet;
  CsMoney credit;
  char *code;

  if (!cs_wallet_input_read_credit (cs_arguments_get_word (arguments, 1), FALSE, &credit, error))
    return FALSE;
  code = cs_wallet_input_read_key (cli, arguments, error);
  if (code == NULL || !cs_cli_open (cli, error))
    {
      cs_secret_free (code);
      return FALSE;
    }
  wallet = cs_engine_get_wallet (cs_cli_get_engine (cli));
  cs_wallet_credit_async (wallet, code, credit, NULL, cs_cli_keep_result, &result);
  cs_secret_free (code);
  return show_key (cli, cs_wallet_credit_finish (wallet, cs_cli_await (&result), error), error);
}

static gboolean
run_balance (CsCli *cli, CsArguments *arguments, GError **error)
{
  char *code = cs_wallet_input_read_key (cli, arguments, error);
  g_autoptr (GAsyncResult) result = NULL;
  CsWallet *wallet;

  if (code == NULL || !cs_cli_open (cli, error))
    {
      cs_secret_free (code);
      return FALSE;
    }
  wallet = cs_engine_get_wallet (cs_cli_get_engine (cli));
  cs_wallet_find_async (wallet, code, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  cs_secret_free (code);
  return show_key (cli, cs_wallet_find_finish (wallet, cs_cli_await (&result), error), error);
}

static void
print_entries (CsCli *cli, GPtrArray *entries)
{
  g_autoptr (CsTable) table = cs_table_new ("llrl");

  for (guint i = 0; i < entries->len; i++)
    {
      const CsLedgerEntry *entry = entries->pdata[i];
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (entry->at / G_USEC_PER_SEC);
      g_autofree char *when = g_date_time_format (at, "%Y-%m-%d %H:%M");
      g_autofree char *amount = cs_money_to_amount (entry->amount);

      cs_table_add (table, when, cs_ledger_kind_to_string (entry->kind), amount,
                    entry->creation_id != NULL ? entry->creation_id : "", NULL);
    }
  cs_table_print (table, cs_cli_get_output (cli));
}

static gboolean
run_ledger (CsCli *cli, CsArguments *arguments, GError **error)
{
  char *code = cs_wallet_input_read_key (cli, arguments, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsWalletStatement) statement = NULL;
  CsWallet *wallet;

  if (code == NULL || !cs_cli_open (cli, error))
    {
      cs_secret_free (code);
      return FALSE;
    }
  wallet = cs_engine_get_wallet (cs_cli_get_engine (cli));
  cs_wallet_statement_async (wallet, code, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  cs_secret_free (code);
  statement = cs_wallet_statement_finish (wallet, cs_cli_await (&result), error);
  if (statement == NULL)
    return translate_unknown (error);
  cs_output_set_document (cs_cli_get_output (cli), cs_wallet_statement_to_json (statement));
  print_entries (cli, statement->entries);
  print_key (cli, statement->key);
  return TRUE;
}

static void
show_list (CsCli *cli, GPtrArray *keys)
{
  g_autoptr (CsTable) table = cs_table_new ("lrrl");
  JsonObject *document = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < keys->len; i++)
    {
      json_array_add_object_element (array, cs_wallet_key_to_json (keys->pdata[i]));
      add_key_row (table, keys->pdata[i]);
    }
  json_object_set_array_member (document, "keys", array);
  cs_output_set_document (cs_cli_get_output (cli), document);
  cs_table_print (table, cs_cli_get_output (cli));
  if (keys->len == 0)
    cs_output_say (cs_cli_get_output (cli), _ ("There are no wallet keys. Make one with: creative-studio-cli wallet create"));
}

static gboolean
run_list (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  CsWallet *wallet;

  if (!cs_cli_open (cli, error))
    return FALSE;
  wallet = cs_engine_get_wallet (cs_cli_get_engine (cli));
  cs_wallet_list_async (wallet, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  keys = cs_wallet_list_finish (wallet, cs_cli_await (&result), error);
  if (keys == NULL)
    return FALSE;
  show_list (cli, keys);
  return TRUE;
}

/* Of the three commands that take a key. */
#define KEY_DETAILS                                                                                               \
  N_ ("Others on this computer can see a key that stands on the command line: with “-” it is read from the\n"      \
      "standard input; at a terminal it is asked for and not shown.")
#define MISSING_KEY N_ ("Say which key, or “-” to give it on the standard input.")

static const CsCommand create = {
  .name = "create",
  .summary = N_ ("Make a key; it is shown this once and never again"),
  .options = create_tables,
  .run = run_create,
};

static const CsCommand credit = {
  .name = "credit",
  .words = N_ ("KEY USD"),
  .summary = N_ ("Put credit on a key"),
  .details = KEY_DETAILS,
  .min_words = 2,
  .max_words = 2,
  .missing = N_ ("Say which key, or “-” to give it on the standard input, and how many US dollars."),
  .run = run_credit,
};

static const CsCommand balance = {
  .name = "balance",
  .words = N_ ("KEY"),
  .summary = N_ ("Show what a key can spend, and what is on hold"),
  .details = KEY_DETAILS,
  .min_words = 1,
  .max_words = 1,
  .missing = MISSING_KEY,
  .run = run_balance,
};

static const CsCommand ledger = {
  .name = "ledger",
  .words = N_ ("KEY"),
  .summary = N_ ("Show every move of a key’s money, oldest first"),
  .details = KEY_DETAILS,
  .min_words = 1,
  .max_words = 1,
  .missing = MISSING_KEY,
  .run = run_ledger,
};

static const CsCommand list = {
  .name = "list",
  .summary = N_ ("List the keys, newest first; none is shown whole"),
  .run = run_list,
};

static const CsCommand *const sub_commands[] = { &create, &credit, &balance, &ledger, &list, NULL };

const CsCommand cs_command_wallet = {
  .name = "wallet",
  .summary = N_ ("Prepaid keys for others: make, credit and read them"),
  .commands = sub_commands,
};
