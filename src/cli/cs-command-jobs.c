/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli jobs: what is being made, and a person's word on it. */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-jobs.h"
#include "cli/cs-make.h"

#define USUAL_LIMIT 50
#define MOST_JOBS 100000

static const CsOption list_options[] = {
  { "active", 0, NULL, N_ ("Only those that have not ended") },
  { "all", 0, NULL, N_ ("All there are") },
  { "limit", 0, N_ ("NUMBER"), N_ ("How many, newest first (50; with --json all)") },
  { NULL },
};

static const CsOption *const list_tables[] = { list_options, NULL };
static const CsOption *const patience_tables[] = { cs_patience_options, NULL };

static GPtrArray *
list_jobs (CsCli *cli, gboolean active_only, int limit, GError **error)
{
  CsJobQueue *queue = cs_engine_get_queue (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;

  cs_job_queue_list_async (queue, active_only, limit, cs_cli_get_cancellable (cli), cs_cli_keep_result,
                           &result);
  return cs_job_queue_list_finish (queue, cs_cli_await (&result), error);
}

static gboolean
run_list (CsCli *cli, CsArguments *arguments, GError **error)
{
  /* A program that asks wants them all: the document has no pages. */
  gboolean is_whole = cs_arguments_has (arguments, "all") || cs_output_is_json (cs_cli_get_output (cli));
  gint64 limit = is_whole ? MOST_JOBS : USUAL_LIMIT;
  g_autoptr (GPtrArray) jobs = NULL;

  if (!cs_arguments_get_int (arguments, "limit", 1, MOST_JOBS, &limit, error) || !cs_cli_open (cli, error))
    return FALSE;
  jobs = list_jobs (cli, cs_arguments_has (arguments, "active"), (int) limit, error);
  if (jobs == NULL)
    return FALSE;
  cs_jobs_show_list (cli, jobs, _ ("There are no jobs."));
  return TRUE;
}

static void
print_attempt (CsCli *cli, const CsAttempt *attempt)
{
  g_autofree char *cost = cs_money_to_display (attempt->cost);

  /* translators: 1: a number, 2: a model, 3: a word of the command line, 4: an amount of money */
  cs_output_print (cs_cli_get_output (cli), _ ("Attempt %1$d: %2$s, %3$s, %4$s"), attempt->number,
                   attempt->model, cs_attempt_status_to_string (attempt->status), cost);
}

static gboolean
run_show (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autoptr (CsJob) job = cs_jobs_find (cli, cs_arguments_get_word (arguments, 0), error);
  g_autoptr (CsResult) result = NULL;
  const CsJobFacts *facts;

  if (job == NULL)
    return FALSE;
  result = cs_result_new (cli, job, NULL, error);
  if (result == NULL)
    return FALSE;
  facts = cs_job_get_facts (job);
  cs_output_set_document (cs_cli_get_output (cli), cs_result_to_json (result, cli));
  cs_output_print (cs_cli_get_output (cli), "%s  %s  %s  %s", facts->id, cs_kind_to_string (facts->kind),
                   cs_job_state_to_string (facts->state), facts->title);
  for (guint i = 0; i < facts->attempts->len; i++)
    print_attempt (cli, facts->attempts->pdata[i]);
  if (result->creation != NULL)
    cs_result_print (result, cli);
  else if (facts->error_message != NULL)
    cs_output_print (cs_cli_get_output (cli), "%s", facts->error_message);
  return TRUE;
}

/* A cancelled job has ended as it was wished for; one that was done before is another matter. */
static GError *
judge_cancelled (const CsWatched *watched)
{
  const CsJobFacts *facts = cs_job_get_facts (watched->job);

  if (facts->state == CS_JOB_DONE)
    return g_error_new_literal (CS_ERROR, CS_ERROR_FAILED,
                                _ ("It was finished before it could be cancelled."));
  if (cs_job_state_is_final (facts->state) || watched->error == NULL)
    return NULL;
  return g_error_copy (watched->error);
}

static gboolean
run_cancel (CsCli *cli, CsArguments *arguments, GError **error)
{
  CsPatience patience = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsJob) job = NULL;
  CsJobQueue *queue;

  if (!cs_make_get_patience (arguments, &patience, error) || !cs_cli_open (cli, error))
    return FALSE;
  queue = cs_engine_get_queue (cs_cli_get_engine (cli));
  cs_job_queue_cancel_async (queue, cs_arguments_get_word (arguments, 0), NULL, cs_cli_keep_result, &result);
  job = cs_job_queue_cancel_finish (queue, cs_cli_await (&result), error);
  return job != NULL && cs_jobs_follow (cli, job, &patience, judge_cancelled, error);
}

static CsJob *
decide (CsCli *cli, const char *id, CsDecision decision, GError **error)
{
  CsJobQueue *queue;
  g_autoptr (GAsyncResult) result = NULL;

  if (!cs_cli_open (cli, error))
    return NULL;
  queue = cs_engine_get_queue (cs_cli_get_engine (cli));
  cs_job_queue_decide_async (queue, id, decision, NULL, cs_cli_keep_result, &result);
  return cs_job_queue_decide_finish (queue, cs_cli_await (&result), error);
}

static gboolean
run_check (CsCli *cli, CsArguments *arguments, GError **error)
{
  CsPatience patience = { .until_accepted = TRUE, .looks_once = TRUE };
  g_autoptr (CsJob) job = NULL;

  if (!cs_make_get_patience (arguments, &patience, error))
    return FALSE;
  job = decide (cli, cs_arguments_get_word (arguments, 0), CS_DECISION_CHECK, error);
  return job != NULL && cs_jobs_follow (cli, job, &patience, NULL, error);
}

static gboolean
run_resend (CsCli *cli, CsArguments *arguments, GError **error)
{
  CsPatience patience = { .looks_once = TRUE };
  g_autoptr (CsJob) job = NULL;

  if (!cs_make_get_patience (arguments, &patience, error))
    return FALSE;
  job = decide (cli, cs_arguments_get_word (arguments, 0), CS_DECISION_RESEND, error);
  return job != NULL && cs_jobs_follow (cli, job, &patience, NULL, error);
}

static gboolean
run_giveup (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autoptr (CsJob) job = decide (cli, cs_arguments_get_word (arguments, 0), CS_DECISION_GIVE_UP, error);
  g_autoptr (CsResult) result = job != NULL ? cs_result_new (cli, job, NULL, error) : NULL;

  if (result == NULL)
    return FALSE;
  cs_output_set_document (cs_cli_get_output (cli), cs_result_to_json (result, cli));
  cs_result_print (result, cli);
  return TRUE;
}

#define MISSING_ID N_ ("Say which job: “jobs list” shows their ids.")

static const CsCommand list = {
  .name = "list",
  .summary = N_ ("List the jobs, newest first"),
  .options = list_tables,
  .run = run_list,
};

static const CsCommand show = {
  .name = "show",
  .words = N_ ("ID"),
  .summary = N_ ("Show all that is known of a job"),
  .min_words = 1,
  .max_words = 1,
  .missing = MISSING_ID,
  .run = run_show,
};

static const CsCommand cancel = {
  .name = "cancel",
  .words = N_ ("ID"),
  .summary = N_ ("Cancel a job"),
  .options = patience_tables,
  .details = N_ ("What was not sent ends at once; otherwise its provider has the word."),
  .min_words = 1,
  .max_words = 1,
  .missing = MISSING_ID,
  .run = run_cancel,
};

static const CsCommand check = {
  .name = "check",
  .words = N_ ("ID"),
  .summary = N_ ("Ask the provider about a job in doubt"),
  .options = patience_tables,
  .min_words = 1,
  .max_words = 1,
  .missing = MISSING_ID,
  .run = run_check,
};

static const CsCommand resend = {
  .name = "resend",
  .words = N_ ("ID"),
  .summary = N_ ("Send a job in doubt again: it may be paid twice"),
  .options = patience_tables,
  .min_words = 1,
  .max_words = 1,
  .missing = MISSING_ID,
  .run = run_resend,
};

static const CsCommand giveup = {
  .name = "giveup",
  .words = N_ ("ID"),
  .summary = N_ ("Leave a job in doubt: it counts as failed"),
  .min_words = 1,
  .max_words = 1,
  .missing = MISSING_ID,
  .run = run_giveup,
};

static const CsCommand *const sub_commands[] = {
  &list, &show, &cs_command_jobs_wait, &cancel, &cs_command_jobs_resume, &check, &resend, &giveup, NULL
};

const CsCommand cs_command_jobs = {
  .name = "jobs",
  .summary = N_ ("See, wait for, cancel and resume what is being made"),
  .commands = sub_commands,
};
