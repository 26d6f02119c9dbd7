/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a job from the request to an answer: prepare, announce, send. */
#include "config.h"
#include "jobs/cs-job-runner-private.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-text.h"
#include "core/cs-words.h"

#define SECOND (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)
#define RATE_DELAY (10 * SECOND) /* when a provider says "later" but not when */
#define PREPARED_FOR (12 * 3600 * SECOND) /* what was uploaded is kept for a day by those who say so */

/* Whatever led to it, the word for programs is always the same. */
static GError *
make_doubt (const GError *error)
{
  return g_error_new_literal (CS_ERROR, CS_ERROR_UNCERTAIN,
                              error != NULL ? error->message
                                            : _ ("It may have been billed: nobody knows yet whether the provider took it."));
}

/**
 * cs_job_step_doubt:
 * @attempt: (transfer full): may have been taken, and may be billed: from here on it is looked for
 * @error: (nullable): what happened
 */
void
cs_job_step_doubt (CsJobRunner *self, CsAttempt *attempt, const GError *error)
{
  g_autoptr (GError) doubt = make_doubt (error);

  attempt->status = CS_ATTEMPT_UNCERTAIN;
  attempt->billed = CS_BILLED_UNKNOWN;
  self->next->uncertain_since = cs_clock_now ();
  self->next->look_count = 0;
  cs_job_facts_set_error (self->next, doubt);
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

/**
 * cs_job_step_wait_for_network:
 * @attempt: (transfer full) (nullable): that was not sent
 *
 * Nobody of the chain can be reached: later, and from the beginning, since it is not for lack of a network that somebody pays
 * a dearer model.
 */
void
cs_job_step_wait_for_network (CsJobRunner *self, CsAttempt *attempt, const GError *error)
{
  int position = 0;

  while (position < self->next->chain_position && has_failed (self->next, self->next->chain[position]))
    position++;
  self->next->chain_position = position;
  cs_job_facts_set_error (self->next, error);
  cs_job_runner_wait (self, CS_JOB_QUOTED, CS_WAITING_OFFLINE, cs_job_runner_get_delay (self), attempt);
}

/** cs_job_step_not_sent: @attempt: (transfer full): has not left this computer: the next model, or later. */
void
cs_job_step_not_sent (CsJobRunner *self, CsAttempt *attempt, const GError *error)
{
  cs_attempt_end (attempt, CS_ATTEMPT_NOT_SENT, CS_BILLED_NO, error);
  if (self->next->chain[self->next->chain_position + 1] != NULL)
    cs_job_step_next_model (self, attempt, error);
  else
    cs_job_step_wait_for_network (self, attempt, error);
}

/**
 * cs_job_step_rate_limited:
 * @attempt: (transfer full): was not taken now: the same request later
 * @retry_after: microseconds; 0: not said
 */
void
cs_job_step_rate_limited (CsJobRunner *self, CsAttempt *attempt, const GError *error, gint64 retry_after)
{
  attempt->sent_at = 0; /* a complete "no": the next one is the first again */
  cs_job_facts_set_error (self->next, error);
  cs_job_runner_wait (self, CS_JOB_SUBMITTING, CS_WAITING_RATE_LIMITED, retry_after > 0 ? retry_after : RATE_DELAY, attempt);
}

/** cs_job_step_refused: @attempt: (transfer full): a complete "no": the next model of the chain. */
void
cs_job_step_refused (CsJobRunner *self, CsAttempt *attempt, const GError *error)
{
  cs_attempt_end (attempt, CS_ATTEMPT_REFUSED, CS_BILLED_NO, error);
  cs_job_step_next_model (self, attempt, error);
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
      cs_job_step_not_sent (self, attempt, submission->error);
      break;
    case CS_SUBMIT_REFUSED:
      cs_job_step_refused (self, attempt, submission->error);
      break;
    case CS_SUBMIT_RATE_LIMITED:
      cs_job_step_rate_limited (self, attempt, submission->error, submission->retry_after);
      break;
    case CS_SUBMIT_UNCERTAIN:
    default:
      cs_job_step_doubt (self, attempt, submission->error);
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
  if (cs_job_runner_is_text (self))
    {
      cs_job_step_send_text (self);
      return;
    }
  self->is_owing = TRUE; /* also where it is sent once more */
  /* No cancellable: a request that was sent is never taken back by us. */
  cs_provider_submit_async (cs_job_runner_get_provider (self), cs_job_facts_get_attempt (self->next)->request, NULL,
                            submit_cb, g_object_ref (self));
}

/* Words are written again; anything else has to be looked for. */
static void
resumed_in_doubt (CsJobRunner *self)
{
  CsProvider *provider = cs_job_runner_get_provider (self);
  g_autoptr (GError) error = g_error_new (CS_ERROR, CS_ERROR_UNCERTAIN,
                                          _ ("The program ended while it was sending. %s may be making it, and may bill it."),
                                          provider != NULL ? cs_provider_get_name (provider)
                                                           : cs_job_facts_get_attempt (self->next)->provider);

  if (cs_job_runner_is_text (self))
    cs_job_step_text_lost (self, error);
  else
    cs_job_step_doubt (self, cs_job_runner_dup_attempt (self), error);
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

/* Last moment to ask: `sent_at` is written, which also asks once more whether the job is still ours. What was prepared
 * is written with it, and so is that a paid language model is begun. */
static void
announce_sending (CsJobRunner *self, CsAttempt *attempt)
{
  attempt->sent_at = cs_clock_now ();
  if (cs_job_runner_is_text (self) && attempt->hold > 0)
    self->next->text_starts++;
  self->is_unsent = TRUE;
  self->is_owing = TRUE;
  cs_job_runner_commit (self, CS_JOB_SUBMITTING, attempt);
}

/* Nothing has left that could be paid for, so no end of this is in doubt. */
static void
prepare_failed (CsJobRunner *self, const GError *error)
{
  CsAttempt *attempt;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      cs_job_runner_rest (self, 0); /* the wish to cancel is read next */
      return;
    }
  attempt = cs_job_runner_dup_attempt (self);
  if (g_error_matches (error, CS_ERROR, CS_ERROR_OFFLINE) || g_error_matches (error, CS_ERROR, CS_ERROR_UNAVAILABLE))
    cs_job_step_not_sent (self, attempt, error);
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_RATE_LIMITED))
    cs_job_step_rate_limited (self, attempt, error, 0);
  else
    cs_job_step_refused (self, attempt, error);
}

static void
prepare_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRequest) request = cs_provider_prepare_finish (CS_PROVIDER (source), result, &error);
  CsAttempt *attempt;

  cs_job_runner_inside (self);
  if (self->is_stopped)
    return;
  if (request == NULL)
    {
      prepare_failed (self, error);
      return;
    }
  attempt = cs_job_runner_dup_attempt (self);
  cs_request_unref (attempt->request);
  attempt->request = g_steal_pointer (&request);
  announce_sending (self, attempt);
}

/* What was uploaded for an earlier try is still there, unless that was long ago. */
static gboolean
is_prepared (const CsAttempt *attempt)
{
  return (attempt->request->image_address != NULL || attempt->request->route != NULL)
         && cs_clock_now () - attempt->created_at < PREPARED_FOR;
}

static void
prepare (CsJobRunner *self, CsProvider *provider)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);

  if (is_prepared (attempt) || cs_job_runner_is_text (self))
    {
      announce_sending (self, cs_job_runner_dup_attempt (self));
      return;
    }
  self->can_stop = TRUE;
  cs_provider_prepare_async (provider, attempt->request, self->cancellable, prepare_cb, g_object_ref (self));
}

/** cs_job_step_take_back: The request was announced, and will not be sent by this process. */
void
cs_job_step_take_back (CsJobRunner *self)
{
  CsAttempt *attempt = cs_job_runner_dup_attempt (self);

  attempt->sent_at = 0;
  if (cs_job_runner_is_text (self) && attempt->hold > 0)
    self->next->text_starts--;
  self->is_unsent = FALSE;
  cs_job_runner_commit (self, CS_JOB_SUBMITTING, attempt);
}

/**
 * cs_job_step_submit:
 *
 * SUBMITTING, in two commits: everything that is free is done first, then `sent_at` is written, then the request leaves.
 * Found again with `sent_at` set but without an answer, it is in doubt, unless sending twice harms nobody.
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
    prepare (self, provider);
  else
    send_now (self);
}
