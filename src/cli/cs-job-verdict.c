/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether waiting for a job is over, and if it did not get there, why and how to go on. Main thread. */
#include "config.h"
#include "cli/cs-job-verdict.h"

/* What the job itself says, else @fallback. */
static GError *
dup_error (CsJob *job, CsError code, const char *fallback)
{
  GError *error = cs_job_dup_error (job);

  return error != NULL ? error : g_error_new_literal (CS_ERROR, code, fallback);
}

/* A job that was begun and failed is no wrong use of the command line, whatever the reason is called elsewhere. */
static GError *
dup_failure (CsJob *job)
{
  static const CsError wrong_uses[] = { CS_ERROR_INVALID_VALUE, CS_ERROR_MISSING_FIELD, CS_ERROR_USAGE,    CS_ERROR_MALFORMED,
                                        CS_ERROR_TOO_LARGE,     CS_ERROR_NOT_FOUND,     CS_ERROR_CONFLICT, CS_ERROR_EXISTS };
  GError *error = dup_error (job, CS_ERROR_FAILED, _ ("It failed."));

  for (guint i = 0; i < G_N_ELEMENTS (wrong_uses); i++)
    if (g_error_matches (error, CS_ERROR, wrong_uses[i]))
      error->code = CS_ERROR_FAILED;
  return error;
}

static gboolean
end_with (CsWatched *watched, GError *error)
{
  watched->error = error;
  return TRUE;
}

/* translators: the sentence that follows tells how to go on with a job; %s is its id */
#define HOW_TO_GO_ON N_ ("The job is kept; go on with: creative-studio-cli jobs wait %s")

static GError *
add_how_to_go_on (GError *error, CsJob *job)
{
  g_autofree char *how = g_strdup_printf (_ (HOW_TO_GO_ON), cs_job_get_id (job));
  g_autofree char *message = g_strdup_printf ("%s %s", error->message, how);

  g_free (error->message);
  error->message = g_steal_pointer (&message);
  return error;
}

/**
 * cs_job_verdict_interrupted: Returns: (transfer full): that the user interrupted, and what became of the
 * job.
 */
GError *
cs_job_verdict_interrupted (CsJob *job)
{
  return add_how_to_go_on (g_error_new_literal (CS_ERROR, CS_ERROR_CANCELLED, _ ("Interrupted.")), job);
}

/* Seconds without a word, counted over retries: only a provider's answer ends them. */
static gboolean
is_out_of_patience (CsWatched *watched, const CsPatience *patience)
{
  gint64 now = g_get_monotonic_time ();

  if (watched->without_since == 0)
    watched->without_since = now;
  return now - watched->without_since >= patience->patience;
}

/* The disk or the folder is at fault, and not the connection. */
static gboolean
is_local_trouble (const GError *error)
{
  return g_error_matches (error, CS_ERROR, CS_ERROR_DISK_FULL)
         || g_error_matches (error, CS_ERROR, CS_ERROR_NOT_WRITABLE)
         || g_error_matches (error, CS_ERROR, CS_ERROR_FAILED);
}

/*
 * A job may carry what it waited for yesterday. Where we drive it, that is tried again, and counts when it is
 * still so.
 */
static gboolean
is_news (CsWatched *watched)
{
  return !watched->is_live || cs_job_get_facts (watched->job)->updated_at != watched->known_at;
}

static gboolean
judge_offline (CsWatched *watched, const CsPatience *patience)
{
  GError *error = dup_error (watched->job, CS_ERROR_OFFLINE, _ ("There is no connection."));

  if (is_local_trouble (error) && is_news (watched))
    return end_with (watched, add_how_to_go_on (error, watched->job));
  if (is_out_of_patience (watched, patience))
    {
      error->code = CS_ERROR_OFFLINE;
      return end_with (watched, add_how_to_go_on (error, watched->job));
    }
  g_error_free (error);
  return FALSE;
}

/* Something that only a person can give. */
static gboolean
judge_need (CsWatched *watched, CsError code, const char *fallback)
{
  return is_news (watched) && end_with (watched, dup_error (watched->job, code, fallback));
}

static gboolean
judge_disk (CsWatched *watched)
{
  return is_news (watched)
         && end_with (watched,
                      add_how_to_go_on (dup_error (watched->job, CS_ERROR_DISK_FULL, _ ("The disk is full.")),
                                        watched->job));
}

static gboolean
judge_waiting (CsWatched *watched, const CsPatience *patience)
{
  const CsJobFacts *facts = cs_job_get_facts (watched->job);

  switch (facts->waiting)
    {
    case CS_WAITING_NO_KEY:
      return judge_need (watched, CS_ERROR_NO_KEY, _ ("There is no key for what was asked."));
    case CS_WAITING_BUDGET:
      return judge_need (watched, CS_ERROR_OVER_BUDGET, _ ("This is over the budget."));
    case CS_WAITING_CONSENT:
      return judge_need (watched, CS_ERROR_OVER_MAX_COST, _ ("Nothing has been sent yet: it waits until it was read in the window."));
    case CS_WAITING_DISK_FULL:
      return judge_disk (watched);
    case CS_WAITING_OFFLINE:
      return judge_offline (watched, patience);
    case CS_WAITING_NONE:
    case CS_WAITING_POLL:
      /* A job with its provider has a connection. */
      if (facts->state == CS_JOB_RENDERING || facts->state == CS_JOB_DOWNLOADING
          || facts->state == CS_JOB_FINISHING)
        watched->without_since = 0;
      return FALSE;
    case CS_WAITING_RATE_LIMITED:
    case CS_WAITING_TURN:
    case CS_N_WAITINGS:
    default:
      return FALSE;
    }
}

/* Nothing is sent again by itself: the person decides, after the provider was asked. */
static gboolean
judge_uncertain (CsWatched *watched, const CsPatience *patience)
{
  const CsJobFacts *facts = cs_job_get_facts (watched->job);
  GError *error;

  if (!(patience->looks_once && facts->look_count > 0) && !is_out_of_patience (watched, patience))
    return FALSE;
  error = g_error_new (
      CS_ERROR, CS_ERROR_UNCERTAIN,
      /* translators: 1: an id */
      _ ("It may have been billed: nobody knows whether the provider took it. Look again: "
         "creative-studio-cli jobs check %1$s; send it again: jobs resend %1$s; leave it: jobs giveup %1$s"),
      facts->id);
  return end_with (watched, error);
}

static gboolean
is_accepted (CsJobState state)
{
  return state == CS_JOB_RENDERING || state == CS_JOB_DOWNLOADING || state == CS_JOB_FINISHING;
}

/* The request has left, and what came of it is not in the database yet. Only this process knows it, so it is not ended by
 * the first trouble with the disk. */
static gboolean
is_still_to_be_written (CsWatched *watched, const CsPatience *patience)
{
  const CsJobFacts *facts = cs_job_get_facts (watched->job);
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  return watched->is_live && facts->state == CS_JOB_SUBMITTING && attempt != NULL && attempt->sent_at != 0
         && !is_out_of_patience (watched, patience);
}

/**
 * cs_job_verdict:
 *
 * Returns: TRUE when waiting for the job is over; its `error` says why it is not done, or not accepted where
 * that was enough.
 */
gboolean
cs_job_verdict (CsWatched *watched, const CsPatience *patience)
{
  const CsJobFacts *facts = cs_job_get_facts (watched->job);
  const GError *trouble = cs_job_get_trouble (watched->job);

  if (facts->state == CS_JOB_DONE)
    return TRUE;
  if (facts->state == CS_JOB_FAILED)
    return end_with (watched, dup_failure (watched->job));
  if (facts->state == CS_JOB_CANCELLED)
    return end_with (watched, g_error_new_literal (CS_ERROR, CS_ERROR_CANCELLED, _ ("Cancelled.")));
  if (patience->until_accepted && is_accepted (facts->state))
    return TRUE;
  if (trouble != NULL && is_still_to_be_written (watched, patience))
    return FALSE;
  if (trouble != NULL)
    return end_with (watched, add_how_to_go_on (g_error_copy (trouble), watched->job));
  if (facts->state == CS_JOB_UNCERTAIN)
    return judge_uncertain (watched, patience);
  return judge_waiting (watched, patience);
}
