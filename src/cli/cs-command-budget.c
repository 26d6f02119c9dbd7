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
  add_row (table, _ ("Today, over HTTP"), budget->api_cap, budget->api_spent);
  cs_table_print (table, cs_cli_get_output (cli));
}

static gboolean
run_show (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autofree CsBudget *budget = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  CsWallet *wallet;

  if (!cs_cli_open (cli, error))
    return FALSE;
  wallet = cs_engine_get_wallet (cs_cli_get_engine (cli));
  cs_wallet_get_budget_async (wallet, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  budget = cs_wallet_get_budget_finish (wallet, cs_cli_await (&result), error);
  if (budget == NULL)
    return FALSE;
  show (cli, budget);
  return TRUE;
}

/* @cap: (out): what it shall be; of one that was not named: as it is */
static gboolean
get_cap (CsArguments *arguments, const char *name, CsMoney *cap, GError **error)
{
  *cap = CS_BUDGET_KEEP;
  if (g_strcmp0 (cs_arguments_get (arguments, name), NO_CAP) != 0)
    return cs_arguments_get_money (arguments, name, cap, error);
  *cap = -1;
  return TRUE;
}

static gboolean
get_caps (CsArguments *arguments, CsBudget *caps, GError **error)
{
  if (!get_cap (arguments, "job", &caps->job_cap, error) || !get_cap (arguments, "day", &caps->day_cap, error)
      || !get_cap (arguments, "month", &caps->month_cap, error) || !get_cap (arguments, "api", &caps->api_cap, error))
    return FALSE;
  if (caps->job_cap != CS_BUDGET_KEEP || caps->day_cap != CS_BUDGET_KEEP || caps->month_cap != CS_BUDGET_KEEP
      || caps->api_cap != CS_BUDGET_KEEP)
    return TRUE;
  cs_set_error (error, CS_ERROR_USAGE,
                _ ("Say which cap: --job, --day, --month or --api, with an amount or “none”."));
  return FALSE;
}

static gboolean
run_set (CsCli *cli, CsArguments *arguments, GError **error)
{
  CsBudget caps = { 0 };
  g_autofree CsBudget *budget = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  CsWallet *wallet;

  if (!get_caps (arguments, &caps, error) || !cs_cli_open (cli, error))
    return FALSE;
  wallet = cs_engine_get_wallet (cs_cli_get_engine (cli));
  cs_wallet_set_budget_async (wallet, &caps, NULL, cs_cli_keep_result, &result);
  budget = cs_wallet_set_budget_finish (wallet, cs_cli_await (&result), error);
  if (budget == NULL)
    return FALSE;
  show (cli, budget);
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
  .details = N_ ("The word “none” takes a cap away; for --api, which is never without one, it sets 5 again. What would\n"
                 "go over a cap is not sent, and the exit code of its command is 4; --over-budget goes over once."),
  .options = set_tables,
  .run = run_set,
};

static const CsCommand *const sub_commands[] = { &show_command, &set_command, NULL };

const CsCommand cs_command_budget = {
  .name = "budget",
  .summary = N_ ("See and set the caps on what may be spent"),
  .commands = sub_commands,
};
