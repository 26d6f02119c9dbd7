/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands of jobs share. Main thread. */
#include "config.h"
#include "cli/cs-jobs.h"

const CsOption cs_patience_options[] = {
  { "patience", 0, N_ ("SECONDS"), N_ ("How long to wait for a connection (30)") },
  { NULL },
};

/**
 * cs_jobs_find: @id: ours, or the one that a provider gave. Returns: (transfer full): the job. Opens the
 * engine.
 */
CsJob *
cs_jobs_find (CsCli *cli, const char *id, GError **error)
{
  CsJobQueue *queue;
  g_autoptr (GAsyncResult) result = NULL;

  if (!cs_cli_open (cli, error))
    return NULL;
  queue = cs_engine_get_queue (cs_cli_get_engine (cli));
  cs_job_queue_get_async (queue, id, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  return cs_job_queue_get_finish (queue, cs_cli_await (&result), error);
}

/**
 * cs_jobs_follow:
 * @judge: (nullable): else every job that did not end as it was waited for is an error
 *
 * Waits for one job, drives it where nobody else does, and shows what came of it.
 */
gboolean
cs_jobs_follow (CsCli *cli, CsJob *job, const CsPatience *patience, CsJobsJudge judge, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsResult) result = NULL;
  CsWatched *watched;

  g_ptr_array_add (jobs, job);
  all = cs_job_watch (cli, jobs, patience, NULL);
  watched = all->pdata[0];
  if (judge != NULL)
    failure = judge (watched);
  else if (watched->error != NULL)
    failure = g_error_copy (watched->error);
  result = cs_result_new (cli, watched->job, failure, error);
  if (result == NULL)
    return FALSE;
  cs_output_set_document (cs_cli_get_output (cli), cs_result_to_json (result, cli));
  cs_result_print (result, cli);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
print_job (CsCli *cli, const CsJobFacts *facts)
{
  const char *waiting = cs_job_state_is_final (facts->state) ? "" : cs_waiting_to_string (facts->waiting);
  g_autofree char *state = *waiting != '\0'
                               ? g_strdup_printf ("%s (%s)", cs_job_state_to_string (facts->state), waiting)
                               : g_strdup (cs_job_state_to_string (facts->state));

  cs_output_print (cs_cli_get_output (cli), "%s  %-5s  %-12s  %s", facts->id, cs_kind_to_string (facts->kind),
                   state, facts->title);
}

/** cs_jobs_show_list: @jobs: (element-type CsJob): the answer; @nothing: what to say when there are none. */
void
cs_jobs_show_list (CsCli *cli, GPtrArray *jobs, const char *nothing)
{
  JsonObject *document = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < jobs->len; i++)
    {
      json_array_add_object_element (array, cs_job_to_json (jobs->pdata[i]));
      print_job (cli, cs_job_get_facts (jobs->pdata[i]));
    }
  if (jobs->len == 0)
    cs_output_say (cs_cli_get_output (cli), "%s", nothing);
  json_object_set_array_member (document, "jobs", array);
  cs_output_set_document (cs_cli_get_output (cli), document);
}
