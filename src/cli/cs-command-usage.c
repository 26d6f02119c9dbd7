/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli usage: what was used, by whom, and what it cost. */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-table.h"
#include "cli/cs-time-option.h"

static const CsOption options[] = {
  { "user-id", 0, N_ ("USER"), N_ ("Only what was made for this user") },
  { "from", 0, N_ ("DATE"), N_ ("From this day on, or from a moment as 2026-11-29T08:00:00Z") },
  { "to", 0, N_ ("DATE"), N_ ("To the end of this day, or up to a moment") },
  { "csv", 0, NULL, N_ ("Answer with a table for a spreadsheet") },
  { NULL },
};

static const CsOption *const tables[] = { options, NULL };

static void
print_events (CsCli *cli, const CsUsage *usage)
{
  g_autoptr (CsTable) table = cs_table_new ("lllrlrl");

  for (guint i = 0; i < usage->events->len; i++)
    {
      const CsUsageEvent *event = usage->events->pdata[i];
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (event->at / G_USEC_PER_SEC);
      g_autofree char *when = g_date_time_format (at, "%Y-%m-%d %H:%M");
      g_autofree char *units = g_strdup_printf ("%" G_GINT64_FORMAT, event->units);
      g_autofree char *cost = cs_money_to_amount (event->cost);
      g_autofree char *who = g_strdup_printf ("%s%s%s%s", event->user_id, event->key != NULL ? " " : "",
                                              event->key != NULL ? event->key : "",
                                              event->is_unknown ? _ (" (may have been billed)") : "");

      cs_table_add (table, when, event->kind, event->model, units, event->unit, cost, who, NULL);
    }
  cs_table_print (table, cs_cli_get_output (cli));
}

static char *
describe_seconds (const CsUsageModel *model)
{
  if (model->median_s < 0)
    return g_strdup ("");
  /* translators: how long half of the runs took at most, in seconds */
  return g_strdup_printf (_ ("%.0f s"), model->median_s);
}

static void
print_models (CsCli *cli, const CsUsage *usage)
{
  g_autoptr (CsTable) table = cs_table_new ("lllrr");

  for (guint i = 0; i < usage->models->len; i++)
    {
      const CsUsageModel *model = usage->models->pdata[i];
      g_autofree char *runs = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%u run", "%u runs", (gulong) model->runs), (guint) model->runs);
      g_autofree char *failed
          = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u failed", "%u failed", (gulong) model->failed),
                             (guint) model->failed);
      g_autofree char *seconds = describe_seconds (model);
      g_autofree char *cost = cs_money_to_amount (model->cost);

      cs_table_add (table, model->model, runs, failed, seconds, cost, NULL);
    }
  cs_table_print (table, cs_cli_get_output (cli));
}

static void
show (CsCli *cli, const CsUsage *usage)
{
  CsOutput *output = cs_cli_get_output (cli);
  g_autofree char *cost = cs_money_to_amount (usage->cost);
  g_autofree char *estimated = cs_money_to_amount (usage->estimated);

  cs_output_set_document (output, cs_usage_to_json (usage));
  if (cs_output_is_json (output))
    return;
  if (usage->events->len == 0 && usage->models->len == 0)
    {
      cs_output_say (output, _ ("Nothing was used in that time."));
      return;
    }
  print_events (cli, usage);
  cs_output_print (output, "%s", "");
  print_models (cli, usage);
  cs_output_print (output, "%s", "");
  /* translators: two amounts of money */
  cs_output_print (output, _ ("Cost: %1$s. It was estimated at %2$s."), cost, estimated);
}

static CsUsage *
load (CsCli *cli, const CsUsageQuery *query, GError **error)
{
  CsWallet *wallet;
  g_autoptr (GAsyncResult) result = NULL;

  if (!cs_cli_open (cli, error))
    return NULL;
  wallet = cs_engine_get_wallet (cs_cli_get_engine (cli));
  cs_wallet_usage_async (wallet, query, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  return cs_wallet_usage_finish (wallet, cs_cli_await (&result), error);
}

static gboolean
run (CsCli *cli, CsArguments *arguments, GError **error)
{
  CsUsageQuery query = { .user_id = cs_arguments_get (arguments, "user-id") };
  gboolean as_csv = cs_arguments_has (arguments, "csv");
  g_autoptr (CsUsage) usage = NULL;
  g_autofree char *csv = NULL;

  if (as_csv && cs_output_is_json (cs_cli_get_output (cli)))
    {
      cs_set_error (error, CS_ERROR_USAGE, _ ("--csv and --json exclude each other."));
      return FALSE;
    }
  if (!cs_arguments_get_period (arguments, &query.from, &query.to, error))
    return FALSE;
  usage = load (cli, &query, error);
  if (usage == NULL)
    return FALSE;
  if (!as_csv)
    {
      show (cli, usage);
      return TRUE;
    }
  csv = cs_usage_to_csv (usage);
  cs_output_show_text (cs_cli_get_output (cli), csv);
  return TRUE;
}

const CsCommand cs_command_usage = {
  .name = "usage",
  .summary = N_ ("Show what was used, by which model, and what it cost"),
  .details = N_ ("Days are those of this computer’s place. With --csv a text that a spreadsheet would take for a formula\n"
                 "begins with an apostrophe."),
  .options = tables,
  .run = run,
};
