/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The jobs: all, each by itself, and the user's word on one. Main thread. */
#include "config.h"
#include "server/cs-api-handlers.h"

#include "server/cs-api-find.h"
#include "server/cs-api-json.h"
#include "server/cs-api-query.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT 1000

/* All of them */

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsApiCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = cs_job_queue_list_finish (CS_JOB_QUEUE (source), result, &error);
  JsonObject *answer;
  JsonArray *jobs;

  if (all == NULL)
    {
      cs_api_call_fail (call, error);
      return;
    }
  answer = json_object_new ();
  jobs = json_array_sized_new (all->len);
  for (guint i = 0; i < all->len; i++)
    json_array_add_object_element (jobs, cs_api_job_to_entry (call, all->pdata[i]));
  json_object_set_array_member (answer, "jobs", jobs);
  cs_api_call_reply_json (call, SOUP_STATUS_OK, answer);
}

static void
list_for_key (CsApiCall *call, const CsWalletKey *key)
{
  g_auto (CsApiQuery) query = { call };
  gboolean active_only = cs_api_query_get_boolean (&query, "active");
  int limit = (int) cs_api_query_get_int (&query, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT);

  if (cs_api_query_check (&query))
    cs_job_queue_list_for_key_async (cs_engine_get_queue (cs_api_call_get_engine (call)), key != NULL ? key->id : 0, active_only,
                                     limit, NULL, list_cb, cs_api_call_ref (call));
}

/** cs_api_list_jobs: GET jobs: what is being made and was made, newest first. */
void
cs_api_list_jobs (CsApiCall *call)
{
  cs_api_find_key (call, list_for_key);
}

/* One of them */

typedef struct
{
  CsApiCall *call;
  CsJob *job;
} Showing;

static void
creation_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Showing *showing = user_data;
  g_autoptr (CsApiCall) call = showing->call;
  g_autoptr (CsJob) job = showing->job;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);

  if (creation == NULL && !g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND)) /* it was deleted since */
    cs_api_call_fail (call, error);
  else
    cs_api_call_reply_json (call, SOUP_STATUS_OK, cs_api_job_to_json (call, job, creation));
}

/* With its creation, once there is one. */
static void
show_job (CsApiCall *call, CsJob *job)
{
  Showing *showing;

  if (cs_job_get_facts (job)->state != CS_JOB_DONE)
    {
      cs_api_call_reply_json (call, SOUP_STATUS_OK, cs_api_job_to_json (call, job, NULL));
      return;
    }
  showing = g_new0 (Showing, 1);
  showing->call = cs_api_call_ref (call);
  showing->job = g_object_ref (job);
  cs_library_get_async (cs_engine_get_library (cs_api_call_get_engine (call)), cs_job_get_id (job), NULL, creation_cb, showing);
}

/** cs_api_get_job: GET jobs/{id}: by our id, or by the one that the provider gave. */
void
cs_api_get_job (CsApiCall *call)
{
  cs_api_find_job (call, show_job);
}

/* The user's word */

static void
cancel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsApiCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_cancel_finish (CS_JOB_QUEUE (source), result, &error);

  if (job == NULL)
    cs_api_call_fail (call, error);
  else
    show_job (call, job);
}

static void
cancel (CsApiCall *call, CsJob *job)
{
  cs_job_queue_cancel_async (cs_engine_get_queue (cs_api_call_get_engine (call)), cs_job_get_id (job), NULL, cancel_cb,
                             cs_api_call_ref (call));
}

/** cs_api_cancel_job: POST jobs/{id}/cancel: at once while nothing was sent, else on the provider's word. */
void
cs_api_cancel_job (CsApiCall *call)
{
  cs_api_find_job (call, cancel);
}

static void
decide_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsApiCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_decide_finish (CS_JOB_QUEUE (source), result, &error);

  if (job == NULL)
    cs_api_call_fail (call, error);
  else
    show_job (call, job);
}

static void
decide (CsApiCall *call, CsJob *job, CsDecision decision)
{
  cs_job_queue_decide_async (cs_engine_get_queue (cs_api_call_get_engine (call)), cs_job_get_id (job), decision, NULL, decide_cb,
                             cs_api_call_ref (call));
}

static void
check (CsApiCall *call, CsJob *job)
{
  decide (call, job, CS_DECISION_CHECK);
}

/** cs_api_check_job: POST jobs/{id}/check: looks for an uncertain job at its provider again. */
void
cs_api_check_job (CsApiCall *call)
{
  cs_api_find_job (call, check);
}

static gboolean
is_paid (const CsJobFacts *facts)
{
  for (guint i = 0; i < facts->attempts->len; i++)
    if (((const CsAttempt *) facts->attempts->pdata[i])->billed == CS_BILLED_YES)
      return TRUE;
  return facts->state == CS_JOB_DONE;
}

static void
resend (CsApiCall *call, CsJob *job)
{
  if (is_paid (cs_job_get_facts (job)))
    cs_api_call_fail_status (call, SOUP_STATUS_CONFLICT, "already_paid",
                             _ ("This was paid already: it is not sent a second time. Ask for a new one."), NULL);
  else
    decide (call, job, CS_DECISION_RESEND);
}

/** cs_api_resend_job: POST jobs/{id}/resend: a new attempt of an uncertain job, which may be paid a second time. */
void
cs_api_resend_job (CsApiCall *call)
{
  cs_api_find_job (call, resend);
}

static void
give_up (CsApiCall *call, CsJob *job)
{
  decide (call, job, CS_DECISION_GIVE_UP);
}

/** cs_api_give_up_job: POST jobs/{id}/giveup: stops looking for an uncertain job. */
void
cs_api_give_up_job (CsApiCall *call)
{
  cs_api_find_job (call, give_up);
}
