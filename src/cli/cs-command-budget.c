/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli budget: the caps on what may be spent, and what is spent of them. */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-table.h"

#define NO_CAP "none"

static const CsOption set_options[] = {
  { "job", 0, N_ ("USD"), N_ ("The most for one creation") },
  { "day", 0, N_ ("USD"), N_ ("The most in a day, from midnight") },
  { "month", 0, N_ ("USD"), N_ ("The most in a month, from its first day") },
  { "api", 0, N_ ("USD"), N_ ("The most in a day for what programs ask for over HTTP (5)") },
  { NULL },
};

static const CsOption *const set_tables[] = { set_options, NULL };

static CsWallet *
open_wallet (CsCli *cli, GError **error)
{
  return cs_cli_open (cli, error) ? cs_engine_get_wallet (cs_cli_get_engine (cli)) : NULL;
}

static CsBudget *
get_budget (CsCli *cli, GError **error)
{
  CsWallet *wallet = open_wallet (cli, error);
  g_autoptr (GAsyncResult) result = NULL;

  if (wallet == NULL)
    return NULL;
  cs_wallet_get_budget_async (wallet, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  return cs_wallet_get_budget_finish (wallet, cs_cli_await (&result), error);
}

static char *
describe_cap (CsMoney cap)
{
  g_autofree char *amount = cap >= 0 ? cs_money_to_amount (cap) : NULL;

  if (amount == NULL)
    return g_strdup (_ ("no cap"));
  /* translators: an amount of money */
  return g_strdup_printf (_ ("at most %s"), amount);
}

/* @spent: below 0: there is no such sum */
static void
add_row (CsTable *table, const char *name, CsMoney cap, CsMoney spent)
{
  g_autofree char *limit = describe_cap (cap);
  g_autofree char *amount = spent >= 0 ? cs_money_to_amount (spent) : NULL;
  /* translators: an amount of money */
  g_autofree char *words = amount != NULL ? g_strdup_printf (_ ("%s spent"), amount) : g_strdup ("");

  cs_table_add (table, name, limit, words, NULL);
}

static void
show (CsCli *cli, const CsBudget *budget)
{
  g_autoptr (CsTable) table = cs_table_new ("lll");

  cs_output_set_document (cs_cli_get_output (cli), cs_budget_to_json (budget));
  add_row (table, _ ("One creation"), budget->job_cap, -1);
  add_row (table, _ ("Today"), budget->day_cap, budget->day_spent);
  add_row (table, _ ("This month"), budget->month_cap, budget->month_spent);
  cs_table_print (table, cs_cli_get_output (cli));
}

static gboolean
run_show (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autofree CsBudget *budget = get_budget (cli, error);

  if (budget == NULL)
    return FALSE;
  show (cli, budget);
  return TRUE;
}

/* @cap: (inout): untouched when nothing was said of it */
static gboolean
get_cap (CsArguments *arguments, const char *name, CsMoney *cap, GError **error)
{
  if (g_strcmp0 (cs_arguments_get (arguments, name), NO_CAP) != 0)
    return cs_arguments_get_money (arguments, name, cap, error);
  *cap = -1;
  return TRUE;
}

static gboolean
get_caps (CsArguments *arguments, CsBudget *budget, GError **error)
{
  return get_cap (arguments, "job", &budget->job_cap, error) && get_cap (arguments, "day", &budget->day_cap, error)
         && get_cap (arguments, "month", &budget->month_cap, error);
}

static gboolean
says_a_cap (CsArguments *arguments)
{
  for (const CsOption *option = set_options; option->name != NULL; option++)
    if (cs_arguments_has (arguments, option->name))
      return TRUE;
  return FALSE;
}

static gboolean
run_set (CsCli *cli, CsArguments *arguments, GError **error)
{
  CsBudget unread = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree CsBudget *budget = NULL;
  g_autofree CsBudget *now = NULL;
  CsWallet *wallet;

  if (!says_a_cap (arguments))
    {
      cs_set_error (error, CS_ERROR_USAGE, _ ("Say which cap: --job, --day, --month or --api, with an amount or “none”."));
      return FALSE;
    }
  if (!get_caps (arguments, &unread, error)) /* a wrong value opens no studio */
    return FALSE;
  budget = get_budget (cli, error);
  if (budget == NULL || !get_caps (arguments, budget, error))
    return FALSE;
  wallet = cs_engine_get_wallet (cs_cli_get_engine (cli));
  cs_wallet_set_budget_async (wallet, budget, NULL, cs_cli_keep_result, &result);
  now = cs_wallet_set_budget_finish (wallet, cs_cli_await (&result), error);
  if (now == NULL)
    return FALSE;
  show (cli, now);
  return TRUE;
}

static const CsCommand show_command = {
  .name = "show",
  .summary = N_ ("Show the caps, and what is spent of them"),
  .run = run_show,
};

static const CsCommand set_command = {
  .name = "set",
  .summary = N_ ("Set caps; those that are not named stay"),
  .details = N_ ("The word “none” takes a cap away. What would go over a cap is not sent, and the exit code of its\n"
                 "command is 4; --over-budget goes over once."),
  .options = set_tables,
  .run = run_set,
};

static const CsCommand *const sub_commands[] = { &show_command, &set_command, NULL };

const CsCommand cs_command_budget = {
  .name = "budget",
  .summary = N_ ("See and set the caps on what may be spent"),
  .commands = sub_commands,
};
