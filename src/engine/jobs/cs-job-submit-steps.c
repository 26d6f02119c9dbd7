/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a job from the request to an answer: submit, and look for what may have been taken. */
#include "config.h"
#include "jobs/cs-job-runner-private.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-text.h"

#include <glib/gi18n-lib.h>

#define SECOND (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)
#define RATE_DELAY (10 * SECOND) /* when a provider says "later" but not when */

/* How long to wait before each look for an uncertain submission: 0, 10, 60 and 300 s after it ended in doubt. */
static const gint64 look_delays[CS_JOB_LOOKS] = { 0, 10 * SECOND, 50 * SECOND, 240 * SECOND };

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

/* Submitting */

/* A model that said no, or failed, is not asked again. */
static gboolean
has_failed (const CsJobFacts *facts, const char *model)
{
  for (guint i = 0; i < facts->attempts->len; i++)
    {
      const CsAttempt *attempt = facts->attempts->pdata[i];

      if ((attempt->status == CS_ATTEMPT_REFUSED || attempt->status == CS_ATTEMPT_FAILED) && g_str_equal (attempt->model, model))
        return TRUE;
    }
  return FALSE;
}

/* Nobody of the chain can be reached: later, and from the beginning, since it is not for lack of a network that
 * somebody pays a dearer model. */
static void
wait_for_network (CsJobRunner *self, CsAttempt *attempt, const GError *error)
{
  int position = 0;

  while (position < self->next->chain_position && has_failed (self->next, self->next->chain[position]))
    position++;
  self->next->chain_position = position;
  cs_job_facts_set_error (self->next, error);
  cs_job_runner_wait (self, CS_JOB_QUOTED, CS_WAITING_OFFLINE, cs_job_runner_get_delay (self), attempt);
}

static void
submission_not_sent (CsJobRunner *self, CsAttempt *attempt, const GError *error)
{
  cs_attempt_end (attempt, CS_ATTEMPT_NOT_SENT, CS_BILLED_NO, error);
  if (self->next->chain[self->next->chain_position + 1] != NULL)
    cs_job_step_next_model (self, attempt, error);
  else
    wait_for_network (self, attempt, error);
}

static void
submission_rate_limited (CsJobRunner *self, CsAttempt *attempt, CsSubmission *submission)
{
  attempt->sent_at = 0; /* a complete "no": the next one is the first again */
  cs_job_facts_set_error (self->next, submission->error);
  cs_job_runner_wait (self, CS_JOB_SUBMITTING, CS_WAITING_RATE_LIMITED,
                      submission->retry_after > 0 ? submission->retry_after : RATE_DELAY, attempt);
}

/* An acceptance without the id, or an answer without the file, is as good as none. */
static CsSubmitEnd
check_end (const CsSubmission *submission)
{
  if ((submission->end == CS_SUBMIT_ACCEPTED && (submission->remote_id == NULL || *submission->remote_id == '\0'))
      || (submission->end == CS_SUBMIT_ANSWERED && (submission->output == NULL || *submission->output == '\0')))
    return CS_SUBMIT_UNCERTAIN;
  return submission->end;
}

static void
submission_ended (CsJobRunner *self, CsSubmission *submission)
{
  CsAttempt *attempt = cs_job_runner_dup_attempt (self);

  switch (check_end (submission))
    {
    case CS_SUBMIT_ACCEPTED:
      attempt->status = CS_ATTEMPT_ACCEPTED;
      cs_set_string (&attempt->remote_id, submission->remote_id);
      self->n_silent = 0;
      cs_job_facts_set_error (self->next, NULL);
      cs_job_runner_commit (self, CS_JOB_RENDERING, attempt);
      break;
    case CS_SUBMIT_ANSWERED:
      cs_job_step_succeeded (self, attempt, submission->output, submission->cost);
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
  self->is_unsent = FALSE;
  self->is_owing = TRUE; /* also where it is sent once more */
  /* No cancellable: a request that was sent is never taken back by us. */
  cs_provider_submit_async (cs_job_runner_get_provider (self), cs_job_facts_get_attempt (self->next)->request, NULL,
                            submit_cb, g_object_ref (self));
}

static void
resumed_in_doubt (CsJobRunner *self)
{
  CsAttempt *attempt = cs_job_runner_dup_attempt (self);
  CsProvider *provider = cs_job_runner_get_provider (self);
  g_autoptr (GError) error = g_error_new (CS_ERROR, CS_ERROR_UNCERTAIN,
                                          _ ("The program ended while it was sending. %s may be making it, and may bill it."),
                                          provider != NULL ? cs_provider_get_name (provider) : attempt->provider);

  become_uncertain (self, attempt, error);
}

/* Certainly not sent, and not to be. */
static void
submission_withdrawn (CsJobRunner *self)
{
  CsAttempt *attempt = cs_job_runner_dup_attempt (self);

  self->is_unsent = FALSE;
  attempt->sent_at = 0;
  cs_attempt_end (attempt, CS_ATTEMPT_CANCELLED, CS_BILLED_NO, NULL);
  cs_job_facts_set_error (self->next, NULL);
  cs_job_runner_commit (self, CS_JOB_CANCELLED, attempt);
}

static void
provider_is_gone (CsJobRunner *self)
{
  CsAttempt *attempt = cs_job_runner_dup_attempt (self);
  g_autoptr (GError) error = g_error_new (CS_ERROR, CS_ERROR_UNAVAILABLE, _ ("Its provider is not part of this program any more."));

  cs_attempt_end (attempt, CS_ATTEMPT_NOT_SENT, CS_BILLED_NO, error);
  cs_job_step_next_model (self, attempt, error);
}

/* Last moment to ask: `sent_at` is written, which also asks once more whether the job is still ours. */
static void
announce_sending (CsJobRunner *self)
{
  CsAttempt *attempt = cs_job_runner_dup_attempt (self);

  attempt->sent_at = cs_clock_now ();
  self->is_unsent = TRUE;
  self->is_owing = TRUE;
  cs_job_runner_commit (self, CS_JOB_SUBMITTING, attempt);
}

/** cs_job_step_take_back: The request was announced, and will not be sent by this process. */
void
cs_job_step_take_back (CsJobRunner *self)
{
  CsAttempt *attempt = cs_job_runner_dup_attempt (self);

  attempt->sent_at = 0;
  self->is_unsent = FALSE;
  cs_job_runner_commit (self, CS_JOB_SUBMITTING, attempt);
}

/**
 * cs_job_step_submit:
 *
 * SUBMITTING, in two commits: first `sent_at` is written, then the request leaves. Found again with `sent_at` set but
 * without an answer, it is in doubt, unless sending twice harms nobody.
 */
void
cs_job_step_submit (CsJobRunner *self)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  CsProvider *provider = cs_job_runner_get_provider (self);
  gboolean is_unsent = attempt->sent_at == 0 || self->is_unsent;
  gboolean is_harmless = is_unsent || (provider != NULL && cs_provider_is_repeatable (provider));

  if (is_harmless && self->next->cancel_requested)
    submission_withdrawn (self);
  else if (!is_harmless)
    resumed_in_doubt (self);
  else if (provider == NULL)
    provider_is_gone (self);
  else if (attempt->sent_at == 0)
    announce_sending (self);
  else
    send_now (self);
}

/* Looking */

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
    become_uncertain (self, cs_job_runner_dup_attempt (self), error);
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

/** cs_job_step_look: UNCERTAIN: looks at the provider's for what the submission may have started. */
void
cs_job_step_look (CsJobRunner *self)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  CsProvider *provider = cs_job_runner_get_provider (self);

  cs_job_runner_inside (self);
  if (provider == NULL)
    found_nothing (self);
  else
    cs_provider_find_async (provider, attempt->request, attempt->sent_at, NULL, self->cancellable, find_cb, g_object_ref (self));
}
