/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a job while a provider makes it: ask what became of it, show how far it is, stop it. */
#include "config.h"
#include "jobs/cs-job-runner-private.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "jobs/cs-job-estimate.h"

#define PROGRESS_WRITE_INTERVAL (1 * G_USEC_PER_SEC)
#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define GUESS_STEP 0.05 /* how much further a guess is before it is written */

/* What an attempt cost, when the provider does not say: what was quoted. */
static void
capture (CsAttempt *attempt, CsMoney cost)
{
  attempt->cost = cost >= 0 ? MIN (cost, attempt->hold) : attempt->hold;
}

/**
 * cs_job_step_succeeded:
 * @attempt: (transfer full): the attempt
 *
 * The provider's final word: there is a result, and it is paid for unless it was made here.
 */
void
cs_job_step_succeeded (CsJobRunner *self, CsAttempt *attempt, const char *output, CsMoney cost)
{
  CsProvider *provider = cs_job_runner_get_provider (self);
  gboolean is_free = provider != NULL && (cs_provider_is_local (provider) || cs_provider_is_repeatable (provider));

  cs_attempt_end (attempt, CS_ATTEMPT_SUCCEEDED, is_free ? CS_BILLED_NO : CS_BILLED_YES, NULL);
  if (!is_free)
    capture (attempt, cost);
  cs_set_string (&attempt->output, output);
  self->n_silent = 0;
  self->next->progress = 1;
  self->seconds = attempt->sent_at > 0 ? (double) (cs_clock_now () - attempt->sent_at) / G_USEC_PER_SEC : 0;
  cs_job_facts_set_error (self->next, NULL);
  cs_job_runner_commit (self, CS_JOB_DOWNLOADING, attempt);
}

/* Progress */

typedef struct
{
  char *id;
  char *owner;
  double progress;
} ProgressWrite;

static void
progress_write_free (ProgressWrite *write)
{
  g_free (write->id);
  g_free (write->owner);
  g_free (write);
}

static gpointer
write_progress_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  ProgressWrite *write = data;
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "UPDATE jobs SET progress = :progress, updated_at = :now WHERE id = :id AND owner = :owner AND state IN ('submitting', 'rendering')",
      error);

  if (statement == NULL)
    return NULL;
  cs_statement_bind_double (statement, "progress", write->progress);
  cs_statement_bind_int (statement, "now", cs_clock_now ());
  cs_statement_bind_text (statement, "id", write->id);
  cs_statement_bind_text (statement, "owner", write->owner);
  cs_statement_run (statement, error);
  return NULL;
}

static void
write_progress_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  cs_store_run_finish (CS_STORE (source), result, &error);
  if (error != NULL) /* the next one will do; a progress that is not seen is no loss */
    g_debug ("Progress was not written: %s", error->message);
}

/** cs_job_step_progress: A CsProviderProgressFunc: seen at once in this process; others read it from the database. */
void
cs_job_step_progress (double share, gpointer user_data)
{
  CsJobRunner *self = user_data;
  ProgressWrite *write;

  if (self->is_stopped || self->next == NULL)
    return;
  self->next->progress = share;
  cs_job_set_progress (self->job, share);
  if (cs_clock_now () - self->progress_written_at < PROGRESS_WRITE_INTERVAL)
    return;
  self->progress_written_at = cs_clock_now ();
  write = g_new0 (ProgressWrite, 1);
  write->id = g_strdup (self->next->id);
  write->owner = g_strdup (self->context->owner);
  write->progress = share;
  cs_store_run_async (self->context->store, CS_STORE_WRITE, write_progress_func, write,
                      (GDestroyNotify) progress_write_free, NULL, NULL, write_progress_cb, NULL);
}

/* The provider's word */

/* The shortest time between two questions about one job with which all jobs together stay within the provider's limit. */
static gint64
get_shortest_delay (CsJobRunner *self, CsProvider *provider)
{
  int limit = cs_provider_get_polls_per_minute (provider);

  return limit > 0 ? cs_job_crowd_count (self->context->crowd, cs_provider_get_id (provider)) * MINUTE / limit : 0;
}

/* A job that takes long is asked less often: after half an hour once a minute, after a day once an hour. */
static gint64
get_poll_delay (CsJobRunner *self, const CsPrediction *prediction)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  CsProvider *provider = cs_job_runner_get_provider (self);
  gint64 wished = prediction->retry_after > 0 ? prediction->retry_after : cs_provider_get_poll_interval (provider);
  gint64 delay = MAX (wished, get_shortest_delay (self, provider));
  gint64 age = cs_clock_now () - attempt->sent_at;

  if (age > 24 * HOUR)
    return MAX (delay, HOUR);
  return age > HOUR / 2 ? MAX (delay, MINUTE) : delay;
}

/* Our own guess, where the provider does not say how far it is: it never goes back, and never gets to the end. */
static double
guess_progress (CsJobRunner *self)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  double guess = cs_job_estimate_progress (cs_clock_now () - attempt->sent_at, self->typical);

  return MAX (guess, self->next->progress);
}

/* Whether the database is to hear of it: a provider's word at once, a guess in steps that are seen. */
static gboolean
is_new_progress (CsJobRunner *self, const CsPrediction *prediction)
{
  double written = self->progress_written;

  return prediction->progress >= 0 ? self->next->progress != written : self->next->progress >= written + GUESS_STEP;
}

static void
prediction_running (CsJobRunner *self, const CsPrediction *prediction)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  gint64 delay = get_poll_delay (self, prediction);

  self->n_silent = 0;
  self->next->progress = prediction->progress >= 0 ? MIN (prediction->progress, 1) : guess_progress (self);
  if (facts->waiting == CS_WAITING_POLL && facts->error_message == NULL && !is_new_progress (self, prediction))
    {
      if (facts->progress != self->next->progress)
        cs_job_set_progress (self->job, self->next->progress);
      cs_job_runner_rest (self, delay); /* nothing is new, so nothing is written */
      return;
    }
  self->progress_written = self->next->progress;
  cs_job_facts_set_error (self->next, NULL);
  cs_job_runner_wait (self, CS_JOB_RENDERING, CS_WAITING_POLL, delay, NULL);
}

/* No word this time. However long that lasts, a job that may be paid for does not fail on our own clock. */
static void
prediction_unreachable (CsJobRunner *self, const CsPrediction *prediction)
{
  gint64 delay = cs_job_runner_get_delay (self);

  cs_job_runner_wait_after (self, CS_JOB_RENDERING, prediction->error,
                            prediction->retry_after > 0 ? prediction->retry_after : delay);
}

/* The end of an attempt without a file. What its provider had called finished before is paid for, whatever it says of it
 * now: it was asked again for the sake of the link alone. */
static void
end_attempt (CsAttempt *attempt, CsAttemptStatus status, const CsPrediction *prediction, const GError *error)
{
  gboolean was_paid = attempt->billed == CS_BILLED_YES;

  cs_attempt_end (attempt, status, was_paid ? CS_BILLED_YES : prediction->billed, error);
  if (!was_paid && prediction->billed == CS_BILLED_YES)
    capture (attempt, prediction->cost);
}

static void
prediction_cancelled (CsJobRunner *self, const CsPrediction *prediction)
{
  CsAttempt *attempt = cs_job_runner_dup_attempt (self);

  end_attempt (attempt, CS_ATTEMPT_CANCELLED, prediction, prediction->error);
  cs_job_facts_set_error (self->next, NULL);
  cs_job_runner_commit (self, CS_JOB_CANCELLED, attempt);
}

static void
prediction_failed (CsJobRunner *self, const CsPrediction *prediction)
{
  CsAttempt *attempt = cs_job_runner_dup_attempt (self);
  g_autoptr (GError) error = NULL;

  if (prediction->error != NULL)
    error = g_error_copy (prediction->error);
  else
    error = g_error_new (CS_ERROR, CS_ERROR_FAILED, _ ("%s failed without saying why."), attempt->provider);
  end_attempt (attempt, CS_ATTEMPT_FAILED, prediction, error);
  if (attempt->billed == CS_BILLED_NO)
    cs_job_step_next_model (self, attempt, error);
  else
    cs_job_runner_fail (self, error, attempt);
}

static void
prediction_ended (CsJobRunner *self, const CsPrediction *prediction)
{
  switch (prediction->status)
    {
    case CS_PREDICTION_RUNNING:
      prediction_running (self, prediction);
      break;
    case CS_PREDICTION_UNREACHABLE:
      prediction_unreachable (self, prediction);
      break;
    case CS_PREDICTION_SUCCEEDED:
      cs_job_step_succeeded (self, cs_job_runner_dup_attempt (self), prediction->output, prediction->cost);
      break;
    case CS_PREDICTION_CANCELLED:
      prediction_cancelled (self, prediction);
      break;
    case CS_PREDICTION_FAILED:
    default:
      prediction_failed (self, prediction);
      break;
    }
}

static void
poll_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (CsPrediction) prediction = cs_provider_poll_finish (CS_PROVIDER (source), result);

  if (!self->is_stopped)
    prediction_ended (self, prediction);
}

/* How long it usually takes */

static gpointer
get_typical_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  double seconds = cs_job_store_get_typical (database, data, error);

  return seconds >= 0 ? g_memdup2 (&seconds, sizeof seconds) : NULL;
}

/* Learned on this computer, else what is published; without either nothing is guessed. */
static void
get_typical_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree double *seconds = cs_store_run_finish (CS_STORE (source), result, &error);

  if (seconds != NULL && *seconds > 0)
    self->typical = *seconds;
  else if (error != NULL)
    g_debug ("How long it takes was not read: %s", error->message);
  cs_job_set_typical (self->job, self->typical);
}

/* Once an attempt, beside the first question: a guess may come one question later. */
static void
look_up_typical (CsJobRunner *self)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  const CsModel *model = cs_provider_registry_get_model (self->context->registry, attempt->model);

  if (self->typical_of == attempt->number)
    return;
  self->typical_of = attempt->number;
  self->typical = model != NULL ? model->typical_seconds : 0;
  self->progress_written = self->next->progress;
  cs_store_run_async (self->context->store, CS_STORE_READ, get_typical_func, g_strdup (attempt->model), g_free, g_free, NULL,
                      get_typical_cb, g_object_ref (self));
}

/** cs_job_step_render: RENDERING: asks once what became of it; a provider of this computer draws meanwhile. */
void
cs_job_step_render (CsJobRunner *self)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  CsProvider *provider = cs_job_runner_get_provider (self);

  if (provider == NULL)
    {
      g_autoptr (GError) error = g_error_new (CS_ERROR, CS_ERROR_UNAVAILABLE, _ ("Its provider is not part of this program any more."));

      cs_job_runner_wait_after (self, CS_JOB_RENDERING, error, HOUR);
      return;
    }
  if (!cs_provider_is_local (provider))
    look_up_typical (self);
  cs_job_runner_inside (self);
  cs_provider_poll_async (provider, attempt->request, attempt->remote_id, cs_job_step_progress, self, self->cancellable, poll_cb,
                          g_object_ref (self));
}

static void
cancel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (CsPrediction) prediction = cs_provider_cancel_finish (CS_PROVIDER (source), result);

  if (self->is_stopped)
    return;
  /* Told once; from here on the polls say what became of it. */
  if (prediction->status != CS_PREDICTION_UNREACHABLE)
    self->cancel_told = cs_job_facts_get_attempt (self->next)->number;
  prediction_ended (self, prediction);
}

/** cs_job_step_cancel: RENDERING with the wish to cancel: the provider is asked, and has the word. */
void
cs_job_step_cancel (CsJobRunner *self)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  CsProvider *provider = cs_job_runner_get_provider (self);

  self->cancel_tried = attempt->number;
  if (provider == NULL)
    {
      cs_job_step_render (self);
      return;
    }
  cs_job_runner_inside (self);
  cs_provider_cancel_async (provider, attempt->request, attempt->remote_id, self->cancellable, cancel_cb, g_object_ref (self));
}
