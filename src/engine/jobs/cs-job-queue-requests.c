/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For those who answer other programs: the job of a request that was made before, and the end of one that is told no. */
#include "config.h"
#include "jobs/cs-job-queue-private.h"

#include "core/cs-task.h"
#include "jobs/cs-job-store.h"

/** cs_job_queue_is_driving: Returns: whether this process drives the job @id, so that its object is told all that happens. */
gboolean
cs_job_queue_is_driving (CsJobQueue *self, const char *id)
{
  return cs_job_queue_find_runner (self, id) != NULL;
}

/* The same request */

typedef struct
{
  CsJobContext *context;
  CsJobFacts *facts;
} Request;

static void
request_free (Request *request)
{
  cs_job_context_unref (request->context);
  cs_job_facts_free (request->facts);
  g_free (request);
}

static gpointer
repeat_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  return cs_job_queue_find_repeat (database, request->context, request->facts, error);
}

static void
repeat_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (CsJobFacts) facts = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GPtrArray) jobs = NULL;
  GError *error = NULL;

  facts = cs_store_run_finish (CS_STORE (source), result, &error);
  if (facts == NULL)
    {
      if (error != NULL)
        g_task_return_error (task, error);
      else
        g_task_return_pointer (task, NULL, NULL);
      return;
    }
  g_ptr_array_add (all, facts);
  jobs = cs_job_queue_start_all (g_task_get_source_object (task), all);
  g_task_return_pointer (task, g_object_ref (jobs->pdata[0]), g_object_unref);
}

/** cs_job_queue_repeat_async: @brief: a checked brief. Looks for the job that was queued for it before, and queues none. */
void
cs_job_queue_repeat_async (CsJobQueue *self, const CsBrief *brief, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, cs_job_queue_repeat_async);
  g_task_set_check_cancellable (task, FALSE);
  request->context = cs_job_context_ref (self->context);
  request->facts = cs_job_facts_new (brief);
  request->facts->request_hash = cs_brief_hash (brief);
  cs_store_run_async (self->context->store, CS_STORE_WRITE, repeat_func, request, (GDestroyNotify) request_free,
                      (GDestroyNotify) cs_job_facts_free, cancellable, repeat_cb, task);
}

/**
 * cs_job_queue_repeat_finish:
 *
 * Returns: (transfer full) (nullable): the job; NULL without an error when the request is new. Errors: %CS_ERROR_CONFLICT when
 * its id was used for something else.
 */
CS_DEFINE_FINISH_POINTER (CsJob, CsJobQueue, cs_job_queue_repeat_async, cs_job_queue_repeat_finish)

/* A request that is told no */

static gpointer
withdraw_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_job_store_withdraw (database, data, error) ? cs_job_store_load (database, data, error) : NULL;
}

static void
withdraw_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsJobQueue *self = g_task_get_source_object (task);
  GError *error = NULL;
  CsJobFacts *facts = cs_store_run_finish (CS_STORE (source), result, &error);
  g_autoptr (CsJob) job = NULL;
  CsJobRunner *runner;

  if (facts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  job = cs_job_new (facts);
  runner = cs_job_queue_find_runner (self, facts->id);
  if (runner != NULL)
    cs_job_runner_reload (runner);
  cs_job_queue_tell (self, job);
  g_task_return_boolean (task, TRUE);
}

/**
 * cs_job_queue_withdraw_async:
 *
 * Ends a job that waits for something that only a person can give, because whoever asked for it is told so: it spends nothing
 * some other day, and the same request may be made again.
 */
void
cs_job_queue_withdraw_async (CsJobQueue *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_job_queue_withdraw_async);
  g_task_set_check_cancellable (task, FALSE);
  cs_store_run_async (self->context->store, CS_STORE_WRITE, withdraw_func, g_strdup (id), g_free,
                      (GDestroyNotify) cs_job_facts_free, cancellable, withdraw_cb, task);
}

/** cs_job_queue_withdraw_finish: Returns: FALSE with %CS_ERROR_CONFLICT when it goes on, or was ended by somebody else. */
CS_DEFINE_FINISH_BOOLEAN (CsJobQueue, cs_job_queue_withdraw_async, cs_job_queue_withdraw_finish)
