/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The step of a job in doubt: looks at the provider's for what the submission may have started, and adopts it. */
#include "config.h"
#include "jobs/cs-job-runner-private.h"

#include "core/cs-error.h"
#include "core/cs-text.h"

#define SECOND (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)

/* How long to wait before each look for an uncertain submission: 0, 10, 60 and 300 s after it ended in doubt. */
static const gint64 look_delays[CS_JOB_LOOKS] = { 0, 10 * SECOND, 50 * SECOND, 240 * SECOND };

/* Nothing was found this time: once more later; after the last time it waits for a person. */
static void
found_nothing (CsJobRunner *self)
{
  int next = ++self->next->look_count;

  cs_job_runner_wait (self, CS_JOB_UNCERTAIN, CS_WAITING_NONE, next < CS_JOB_LOOKS ? look_delays[next] : 0, NULL);
}

/**
 * cs_job_step_taken:
 *
 * The id that the provider gave belongs to another attempt, so it says nothing about this one.
 */
void
cs_job_step_taken (CsJobRunner *self, const GError *error)
{
  if (self->next->state == CS_JOB_SUBMITTING)
    cs_job_step_doubt (self, cs_job_runner_dup_attempt (self), error);
  else
    found_nothing (self);
}

static void
find_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *remote_id = cs_provider_find_finish (CS_PROVIDER (source), result, &error);
  CsAttempt *attempt;

  if (self->is_stopped)
    return;
  if (error != NULL)
    {
      /* It could not look, so this was no look. Why the job is in doubt stays written with it. */
      cs_job_runner_wait (self, CS_JOB_UNCERTAIN, CS_WAITING_OFFLINE, 60 * SECOND, NULL);
      return;
    }
  if (remote_id == NULL)
    {
      found_nothing (self);
      return;
    }
  attempt = cs_job_runner_dup_attempt (self);
  attempt->status = CS_ATTEMPT_ACCEPTED;
  attempt->billed = CS_BILLED_NO;
  cs_set_string (&attempt->remote_id, remote_id);
  self->next->uncertain_since = 0;
  cs_job_facts_set_error (self->next, NULL);
  cs_job_runner_commit (self, CS_JOB_RENDERING, attempt);
}

/* Whose id is known already; read anew for every look. */
typedef struct
{
  char *provider;
  gint64 attempt;
  gint64 sent_at;
} Question;

static void
question_free (Question *question)
{
  g_free (question->provider);
  g_free (question);
}

static gpointer
list_bound_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;

  return cs_job_store_list_bound (database, question->provider, question->attempt, question->sent_at, error);
}

static void
list_bound_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) bound = cs_store_run_finish (CS_STORE (source), result, &error);
  const CsAttempt *attempt;

  if (self->is_stopped)
    return;
  if (bound == NULL)
    {
      cs_job_runner_trouble (self, error);
      return;
    }
  attempt = cs_job_facts_get_attempt (self->next);
  cs_provider_find_async (cs_job_runner_get_provider (self), attempt->request, attempt->sent_at, (const char *const *) bound,
                          self->cancellable, find_cb, g_object_ref (self));
}

/** cs_job_step_look: UNCERTAIN: looks at the provider's for what the submission may have started. */
void
cs_job_step_look (CsJobRunner *self)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  Question *question;

  cs_job_runner_inside (self);
  if (cs_job_runner_get_provider (self) == NULL)
    {
      found_nothing (self);
      return;
    }
  question = g_new0 (Question, 1);
  question->provider = g_strdup (attempt->provider);
  question->attempt = attempt->id;
  question->sent_at = attempt->sent_at;
  cs_store_run_async (self->context->store, CS_STORE_READ, list_bound_func, question, (GDestroyNotify) question_free,
                      (GDestroyNotify) g_strfreev, NULL, list_bound_cb, g_object_ref (self));
}
