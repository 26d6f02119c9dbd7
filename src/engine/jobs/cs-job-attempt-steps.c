/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a job while a provider has it: submit, render, cancel, and look for what may have been taken. */
#include "config.h"
#include "jobs/cs-job-runner-private.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-text.h"
#include "jobs/cs-job-store.h"

#include <glib/gi18n-lib.h>

#define RETRY_DELAY (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)
#define PROGRESS_WRITE_INTERVAL (1 * G_USEC_PER_SEC)

/* When an uncertain submission is looked for, after it ended in doubt. */
static const gint64 look_delays[] = { 0, 10 * G_USEC_PER_SEC, 50 * G_USEC_PER_SEC, G_GINT64_CONSTANT (240) * G_USEC_PER_SEC };

/* A copy of the newest attempt, to be changed and handed to the next commit. */
static CsAttempt *
dup_attempt (CsJobRunner *self)
{
  return cs_attempt_copy (cs_job_facts_get_attempt (self->next));
}

/* What an attempt cost, when the provider does not say: what was quoted. */
static void
capture (CsAttempt *attempt, CsMoney cost)
{
  attempt->cost = cost >= 0 ? MIN (cost, attempt->hold) : attempt->hold;
}

static void
become_uncertain (CsJobRunner *self, CsAttempt *attempt, const GError *error)
{
  attempt->status = CS_ATTEMPT_UNCERTAIN;
  attempt->billed = CS_BILLED_UNKNOWN;
  self->next->uncertain_since = cs_clock_now ();
  self->next->look_count = 0;
  cs_job_facts_set_error (self->next, error);
  cs_job_runner_commit (self, CS_JOB_UNCERTAIN, attempt);
}

static void
submission_not_sent (CsJobRunner *self, CsAttempt *attempt, const GError *error)
{
  gboolean has_next = self->next->chain[self->next->chain_position + 1] != NULL;

  cs_attempt_end (attempt, CS_ATTEMPT_NOT_SENT, CS_BILLED_NO, error);
  if (has_next)
    {
      cs_job_step_next_model (self, attempt, error);
      return;
    }
  cs_job_facts_set_error (self->next, error);
  cs_job_runner_wait (self, CS_JOB_QUOTED, CS_WAITING_OFFLINE, RETRY_DELAY, attempt);
}

static void
submission_rate_limited (CsJobRunner *self, CsAttempt *attempt, CsSubmission *submission)
{
  attempt->sent_at = 0; /* a complete "no": the next one is the first again */
  cs_job_facts_set_error (self->next, submission->error);
  cs_job_runner_wait (self, CS_JOB_SUBMITTING, CS_WAITING_RATE_LIMITED,
                      submission->retry_after > 0 ? submission->retry_after : RETRY_DELAY, attempt);
}

static void
submission_ended (CsJobRunner *self, CsSubmission *submission)
{
  CsAttempt *attempt = dup_attempt (self);

  switch (submission->end)
    {
    case CS_SUBMIT_ACCEPTED:
      attempt->status = CS_ATTEMPT_ACCEPTED;
      cs_set_string (&attempt->remote_id, submission->remote_id);
      cs_job_runner_commit (self, CS_JOB_RENDERING, attempt);
      break;
    case CS_SUBMIT_ANSWERED:
      cs_attempt_end (attempt, CS_ATTEMPT_SUCCEEDED, CS_BILLED_YES, NULL);
      cs_set_string (&attempt->output, submission->output);
      capture (attempt, submission->cost);
      cs_job_runner_commit (self, CS_JOB_DOWNLOADING, attempt);
      break;
    case CS_SUBMIT_NOT_SENT:
      submission_not_sent (self, attempt, submission->error);
      break;
    case CS_SUBMIT_REFUSED:
      cs_attempt_end (attempt, CS_ATTEMPT_REFUSED, CS_BILLED_NO, submission->error);
      cs_job_step_next_model (self, attempt, submission->error);
      break;
    case CS_SUBMIT_RATE_LIMITED:
      submission_rate_limited (self, attempt, submission);
      break;
    case CS_SUBMIT_UNCERTAIN:
    default:
      become_uncertain (self, attempt, submission->error);
      break;
    }
}

static void
submit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (CsSubmission) submission = cs_provider_submit_finish (CS_PROVIDER (source), result);

  cs_job_runner_inside (self);
  submission_ended (self, submission);
}

static void
send_now (CsJobRunner *self)
{
  /* No cancellable: a request that was sent is never taken back by us. */
  cs_provider_submit_async (cs_job_runner_get_provider (self), cs_job_facts_get_attempt (self->next)->request, NULL,
                            submit_cb, g_object_ref (self));
}

static void
resumed_in_doubt (CsJobRunner *self)
{
  g_autoptr (GError) error = g_error_new (CS_ERROR, CS_ERROR_UNCERTAIN,
                                          _ ("The program ended while it was sending. %s may be making it, and may bill it."),
                                          cs_provider_get_name (cs_job_runner_get_provider (self)));

  become_uncertain (self, dup_attempt (self), error);
}

/**
 * cs_job_step_submit:
 *
 * SUBMITTING, in two commits: first `sent_at` is written, which also asks once more whether the job is still ours; only
 * then the request leaves. Found again with `sent_at` set but without an answer, it is in doubt, unless sending twice
 * harms nobody.
 */
void
cs_job_step_submit (CsJobRunner *self)
{
  CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  CsProvider *provider = cs_job_runner_get_provider (self);

  if (provider == NULL || attempt == NULL)
    {
      cs_job_runner_commit (self, CS_JOB_QUOTED, NULL);
      return;
    }
  if (attempt->sent_at == 0)
    {
      if (self->next->cancel_requested)
        {
          attempt = dup_attempt (self);
          cs_attempt_end (attempt, CS_ATTEMPT_CANCELLED, CS_BILLED_NO, NULL);
          cs_job_runner_commit (self, CS_JOB_CANCELLED, attempt);
          return;
        }
      attempt = dup_attempt (self);
      attempt->sent_at = cs_clock_now ();
      self->is_fresh_hold = TRUE;
      cs_job_runner_commit (self, CS_JOB_SUBMITTING, attempt);
      return;
    }
  if (self->is_fresh_hold || cs_provider_is_repeatable (provider))
    {
      self->is_fresh_hold = FALSE;
      send_now (self);
      return;
    }
  resumed_in_doubt (self);
}

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
      database, "UPDATE jobs SET progress = :progress, updated_at = :now WHERE id = :id AND owner = :owner AND state = 'rendering'",
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

/* Seen at once in this process; other processes read it from the database, once a second. */
static void
progress_cb (double share, gpointer user_data)
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

static void
prediction_running (CsJobRunner *self, CsPrediction *prediction)
{
  gint64 interval = cs_provider_get_poll_interval (cs_job_runner_get_provider (self));

  if (prediction->progress >= 0)
    self->next->progress = prediction->progress;
  if (prediction->status == CS_PREDICTION_UNREACHABLE)
    {
      cs_job_facts_set_error (self->next, prediction->error);
      cs_job_runner_wait (self, CS_JOB_RENDERING,
                          g_error_matches (prediction->error, CS_ERROR, CS_ERROR_DISK_FULL) ? CS_WAITING_DISK_FULL
                                                                                             : CS_WAITING_OFFLINE,
                          prediction->retry_after > 0 ? prediction->retry_after : RETRY_DELAY, NULL);
      return;
    }
  cs_job_facts_set_error (self->next, NULL);
  cs_job_runner_wait (self, CS_JOB_RENDERING, CS_WAITING_POLL,
                      prediction->retry_after > 0 ? prediction->retry_after : interval, NULL);
}

static void
prediction_ended (CsJobRunner *self, CsPrediction *prediction)
{
  gboolean is_local = cs_provider_is_local (cs_job_runner_get_provider (self));
  CsAttempt *attempt;

  switch (prediction->status)
    {
    case CS_PREDICTION_RUNNING:
    case CS_PREDICTION_UNREACHABLE:
      prediction_running (self, prediction);
      break;
    case CS_PREDICTION_SUCCEEDED:
      attempt = dup_attempt (self);
      cs_attempt_end (attempt, CS_ATTEMPT_SUCCEEDED, is_local ? CS_BILLED_NO : CS_BILLED_YES, NULL);
      if (!is_local)
        capture (attempt, prediction->cost);
      cs_set_string (&attempt->output, prediction->output);
      self->next->progress = 1;
      self->seconds = attempt->sent_at > 0 ? (double) (cs_clock_now () - attempt->sent_at) / G_USEC_PER_SEC : 0;
      cs_job_facts_set_error (self->next, NULL);
      cs_job_runner_commit (self, CS_JOB_DOWNLOADING, attempt);
      break;
    case CS_PREDICTION_CANCELLED:
      attempt = dup_attempt (self);
      cs_attempt_end (attempt, CS_ATTEMPT_CANCELLED, prediction->billed, prediction->error);
      if (prediction->billed == CS_BILLED_YES)
        capture (attempt, prediction->cost);
      cs_job_runner_commit (self, CS_JOB_CANCELLED, attempt);
      break;
    case CS_PREDICTION_FAILED:
    default:
      attempt = dup_attempt (self);
      cs_attempt_end (attempt, CS_ATTEMPT_FAILED, prediction->billed, prediction->error);
      if (prediction->billed == CS_BILLED_YES)
        capture (attempt, prediction->cost);
      if (prediction->billed == CS_BILLED_NO)
        cs_job_step_next_model (self, attempt, prediction->error);
      else
        cs_job_runner_fail (self, prediction->error, attempt);
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

/** cs_job_step_render: RENDERING: asks once what became of it; a provider of this computer draws meanwhile. */
void
cs_job_step_render (CsJobRunner *self)
{
  CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  CsProvider *provider = cs_job_runner_get_provider (self);

  if (provider == NULL)
    {
      g_autoptr (GError) error = g_error_new (CS_ERROR, CS_ERROR_UNAVAILABLE, _ ("Its provider is not part of this program any more."));

      cs_job_facts_set_error (self->next, error);
      cs_job_runner_wait (self, CS_JOB_RENDERING, CS_WAITING_OFFLINE, 360 * RETRY_DELAY, NULL);
      return;
    }
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  cs_job_runner_inside (self);
  cs_provider_poll_async (provider, attempt->request, attempt->remote_id, progress_cb, self, self->cancellable, poll_cb,
                          g_object_ref (self));
}

static void
cancel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (CsPrediction) prediction = cs_provider_cancel_finish (CS_PROVIDER (source), result);

  if (self->is_stopped)
    return;
  self->is_cancelling = TRUE; /* told once; from here on the polls say what became of it */
  prediction_ended (self, prediction);
}

/** cs_job_step_cancel: RENDERING with the wish to cancel: the provider is asked, and has the word. */
void
cs_job_step_cancel (CsJobRunner *self)
{
  CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  CsProvider *provider = cs_job_runner_get_provider (self);

  cs_job_runner_inside (self);
  if (provider == NULL)
    cs_job_step_render (self);
  else
    cs_provider_cancel_async (provider, attempt->request, attempt->remote_id, self->cancellable, cancel_cb, g_object_ref (self));
}

/* Nothing was found this time: once more later, or never again by itself. */
static void
found_nothing (CsJobRunner *self)
{
  guint next = ++self->next->look_count;

  if (next < G_N_ELEMENTS (look_delays))
    cs_job_runner_wait (self, CS_JOB_UNCERTAIN, CS_WAITING_NONE, look_delays[next], NULL);
  else
    cs_job_runner_wait (self, CS_JOB_UNCERTAIN, CS_WAITING_NONE, G_GINT64_CONSTANT (365) * 24 * 3600 * G_USEC_PER_SEC, NULL);
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
  if (remote_id == NULL)
    {
      found_nothing (self);
      return;
    }
  attempt = dup_attempt (self);
  attempt->status = CS_ATTEMPT_ACCEPTED;
  attempt->billed = CS_BILLED_NO;
  cs_set_string (&attempt->remote_id, remote_id);
  cs_job_facts_set_error (self->next, NULL);
  cs_job_runner_commit (self, CS_JOB_RENDERING, attempt);
}

/** cs_job_step_look: UNCERTAIN: looks at the provider's for what the submission may have started. */
void
cs_job_step_look (CsJobRunner *self)
{
  CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  CsProvider *provider = cs_job_runner_get_provider (self);

  cs_job_runner_inside (self);
  if (provider == NULL || self->next->look_count >= (int) G_N_ELEMENTS (look_delays))
    found_nothing (self);
  else
    cs_provider_find_async (provider, attempt->request, attempt->sent_at, self->cancellable, find_cb, g_object_ref (self));
}
