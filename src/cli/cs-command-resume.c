/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli jobs wait and jobs resume: going on with what was begun. */
#include "config.h"
#include "cli/cs-jobs.h"

#include "cli/cs-make.h"

static const CsOption *const tables[] = { cs_patience_options, NULL };

static gboolean
run_wait (CsCli *cli, CsArguments *arguments, GError **error)
{
  CsPatience patience = { 0 };
  g_autoptr (CsJob) job = NULL;

  if (!cs_make_get_patience (arguments, &patience, error))
    return FALSE;
  job = cs_jobs_find (cli, cs_arguments_get_word (arguments, 0), error);
  return job != NULL && cs_jobs_follow (cli, job, &patience, NULL, error);
}

static GPtrArray *
take_over (CsCli *cli, GError **error)
{
  CsJobQueue *queue = cs_engine_get_queue (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;

  cs_job_queue_resume_async (queue, NULL, NULL, cs_cli_keep_result, &result);
  return cs_job_queue_resume_finish (queue, cs_cli_await (&result), error);
}

/* The first job that did not end well: failed ones before those that wait for something. */
static GError *
find_failure (GPtrArray *all)
{
  const GError *found = NULL;

  for (guint i = 0; i < all->len; i++)
    {
      const CsWatched *watched = all->pdata[i];
      CsJobState state = cs_job_get_facts (watched->job)->state;

      if (watched->error == NULL || state == CS_JOB_CANCELLED)
        continue;
      if (state == CS_JOB_FAILED)
        return g_error_new_literal (CS_ERROR, CS_ERROR_FAILED, watched->error->message);
      if (found == NULL)
        found = watched->error;
    }
  return found != NULL ? g_error_copy (found) : NULL;
}

/* Round after round, since jobs become free while we are at work: until a round finds none. */
static gboolean
resume_all (CsCli *cli, const CsPatience *patience, GPtrArray *all, GError **error)
{
  for (;;)
    {
      g_autoptr (GPtrArray) jobs = take_over (cli, error);
      g_autoptr (GPtrArray) round = NULL;

      if (jobs == NULL)
        return FALSE;
      if (jobs->len == 0)
        return TRUE;
      cs_output_say (
          cs_cli_get_output (cli),
          g_dngettext (GETTEXT_PACKAGE, "Going on with %u job.", "Going on with %u jobs.", jobs->len),
          jobs->len);
      round = cs_job_watch (cli, jobs, patience, NULL);
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&round));
      if (cs_cli_is_interrupted (cli))
        return TRUE;
    }
}

static gboolean
run_resume (CsCli *cli, CsArguments *arguments, GError **error)
{
  CsPatience patience = { .looks_once = TRUE };
  g_autoptr (GPtrArray) all = cs_job_watch_new_list ();
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  GError *failure;

  if (!cs_make_get_patience (arguments, &patience, error) || !cs_cli_open (cli, error)
      || !resume_all (cli, &patience, all, error))
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (jobs, ((CsWatched *) all->pdata[i])->job);
  cs_jobs_show_list (cli, jobs, _ ("There is nothing to go on with."));
  failure = find_failure (all);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

const CsCommand cs_command_jobs_wait = {
  .name = "wait",
  .words = N_ ("ID"),
  .summary = N_ ("Wait until a job has ended, and go on with it where nobody does"),
  .options = tables,
  .min_words = 1,
  .max_words = 1,
  .missing = N_ ("Say which job: “jobs list” shows their ids."),
  .run = run_wait,
};

const CsCommand cs_command_jobs_resume = {
  .name = "resume",
  .summary = N_ ("Go on with everything that was begun and that nobody works on"),
  .details = N_ ("Waits until all have ended, or wait for something that only you can give. The exit code is "
                 "1 when one failed."),
  .options = tables,
  .run = run_resume,
};
