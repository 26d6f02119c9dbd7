/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's word on a job, whoever drives it: cancel, look again, send again, give up, agree. Worker thread only. */
#include "config.h"
#include "jobs/cs-job-store.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-words.h"
#include "jobs/cs-job-store-money.h"

/**
 * cs_job_store_cancel:
 *
 * A job that was not sent is cancelled here and now, whoever drives it; for any other the wish is written down for its
 * driver.
 *
 * Returns: FALSE with %CS_ERROR_NOT_FOUND, or %CS_ERROR_CONFLICT when the job has ended already.
 */
gboolean
cs_job_store_cancel (CsDatabase *database, const char *id, GError **error)
{
  g_autoptr (CsJobFacts) facts = cs_job_store_load (database, id, error);
  g_autoptr (CsStatement) statement = NULL;

  if (facts == NULL)
    return FALSE;
  if (cs_job_state_is_final (facts->state))
    {
      cs_set_error (error, CS_ERROR_CONFLICT, _ ("This job has ended already: it is %s."), cs_job_state_to_string (facts->state));
      return FALSE;
    }
  statement = cs_statement_new (
      database,
      cs_job_state_is_unsent (facts->state)
          ? "UPDATE jobs SET state = 'cancelled', waiting = NULL, error_code = NULL, error_message = NULL,"
            " cancel_requested = 1, updated_at = :now WHERE id = :id"
          : "UPDATE jobs SET cancel_requested = 1, updated_at = :now WHERE id = :id",
      error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, "now", cs_clock_now ());
  cs_statement_bind_text (statement, "id", id);
  return cs_statement_run (statement, error)
         && (!cs_job_state_is_unsent (facts->state) || cs_job_store_note_words (database, facts, facts->text_hold, error));
}

/* For something that only a person can give. */
static gboolean
is_waiting_for_somebody (const CsJobFacts *facts)
{
  return facts->state == CS_JOB_QUOTED
         && (facts->waiting == CS_WAITING_NO_KEY || facts->waiting == CS_WAITING_BUDGET || facts->waiting == CS_WAITING_CONSENT);
}

/**
 * cs_job_store_withdraw:
 *
 * Ends a job that stands still for lack of a key, of budget or of consent, and lets go of its request id: who asked is told
 * no, and may ask the same again.
 *
 * Returns: FALSE with %CS_ERROR_NOT_FOUND, or %CS_ERROR_CONFLICT when it does not stand still any more.
 */
gboolean
cs_job_store_withdraw (CsDatabase *database, const char *id, GError **error)
{
  g_autoptr (CsJobFacts) facts = cs_job_store_load (database, id, error);
  g_autoptr (CsStatement) statement = NULL;

  if (facts == NULL)
    return FALSE;
  if (!is_waiting_for_somebody (facts))
    {
      cs_set_error (error, CS_ERROR_CONFLICT, _ ("This job does not wait for anybody: it is %s."),
                    cs_job_state_to_string (facts->state));
      return FALSE;
    }
  statement = cs_statement_new (database,
                                "UPDATE jobs SET state = 'cancelled', waiting = NULL, error_code = NULL, error_message = NULL,"
                                " request_id = NULL, cancel_requested = 1, updated_at = :now WHERE id = :id",
                                error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, "now", cs_clock_now ());
  cs_statement_bind_text (statement, "id", id);
  return cs_statement_run (statement, error) && cs_job_store_note_words (database, facts, facts->text_hold, error);
}

/* Of what was closed. */
static gboolean
settle_attempts (CsDatabase *database, const CsJobFacts *facts, GError **error)
{
  for (guint i = 0; i < facts->attempts->len; i++)
    {
      const CsAttempt *attempt = facts->attempts->pdata[i];

      if (attempt->status == CS_ATTEMPT_UNCERTAIN && attempt->ended_at == 0
          && !cs_job_store_settle (database, facts, attempt, error))
        return FALSE;
    }
  return TRUE;
}

/* What was sent in doubt is closed as it is: nobody knows whether it was billed, so its hold goes on counting against the
 * budget; a wallet key gets its own back. @facts: as they were before. */
static gboolean
close_attempts (CsDatabase *database, const CsJobFacts *facts, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "UPDATE attempts SET ended_at = :now WHERE job_id = :id AND status = 'uncertain' AND ended_at IS NULL", error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, "now", cs_clock_now ());
  cs_statement_bind_text (statement, "id", facts->id);
  return cs_statement_run (statement, error) && settle_attempts (database, facts, error);
}

/* Sending again is a new wish: it agrees to be paid for, and an older wish to cancel is over. */
static gboolean
write_decision (CsDatabase *database, const CsJobFacts *facts, CsJobState to, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (database,
                                "UPDATE jobs SET state = :state, waiting = NULL, not_before = 0, look_count = 0,"
                                " error_code = CASE :state WHEN 'failed' THEN 'uncertain' END,"
                                " error_message = CASE :state WHEN 'failed' THEN error_message END,"
                                " cancel_requested = CASE :state WHEN 'quoted' THEN 0 ELSE cancel_requested END,"
                                " consent_at = CASE :state WHEN 'quoted' THEN :now ELSE consent_at END,"
                                " updated_at = :now WHERE id = :id AND state = 'uncertain'",
                                error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "state", cs_job_state_to_string (to));
  cs_statement_bind_int (statement, "now", cs_clock_now ());
  cs_statement_bind_text (statement, "id", facts->id);
  return cs_statement_run (statement, error)
         && (to == CS_JOB_UNCERTAIN || close_attempts (database, facts, error))
         && (to != CS_JOB_FAILED || cs_job_store_note_words (database, facts, facts->text_hold, error));
}

/**
 * cs_job_store_decide:
 * @to: QUOTED to send it again, FAILED to give up, UNCERTAIN to look again at once
 *
 * The user's word on an uncertain job, whoever drives it.
 *
 * Returns: FALSE with %CS_ERROR_CONFLICT when the job is not uncertain (any more).
 */
gboolean
cs_job_store_decide (CsDatabase *database, const char *id, CsJobState to, GError **error)
{
  g_autoptr (CsJobFacts) facts = cs_job_store_load (database, id, error);

  if (facts == NULL)
    return FALSE;
  if (facts->state != CS_JOB_UNCERTAIN)
    {
      cs_set_error (error, CS_ERROR_CONFLICT, _ ("This job is not uncertain: it is %s."), cs_job_state_to_string (facts->state));
      return FALSE;
    }
  return write_decision (database, facts, to, error);
}

/**
 * cs_job_store_agree:
 * @price: micro-USD that the rest may cost
 *
 * The user's consent to what a job waits to be agreed to, whoever drives it. What was agreed before is not made less; and a price
 * that is agreed to is not yet a message that was read.
 *
 * Returns: FALSE with %CS_ERROR_CONFLICT when the job does not wait for consent (any more).
 */
gboolean
cs_job_store_agree (CsDatabase *database, const char *id, CsMoney price, GError **error)
{
  g_autoptr (CsJobFacts) facts = cs_job_store_load (database, id, error);
  g_autoptr (CsStatement) statement = NULL;

  if (facts == NULL)
    return FALSE;
  if (facts->state != CS_JOB_QUOTED || facts->waiting != CS_WAITING_CONSENT)
    {
      cs_set_error (error, CS_ERROR_CONFLICT, _ ("This job does not wait for anybody: it is %s."),
                    cs_job_state_to_string (facts->state));
      return FALSE;
    }
  statement = cs_statement_new (database,
                                "UPDATE jobs SET waiting = NULL, not_before = 0, error_code = NULL, error_message = NULL,"
                                " max_cost = max(max_cost, :most), consent_at = :consent, updated_at = :now"
                                " WHERE id = :id AND state = 'quoted' AND waiting = 'consent'",
                                error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, "most", facts->cost + facts->text_hold + price);
  cs_statement_bind_int (statement, "consent", facts->brief->review && facts->error_code != NULL ? 0 : cs_clock_now ());
  cs_statement_bind_int (statement, "now", cs_clock_now ());
  cs_statement_bind_text (statement, "id", id);
  return cs_statement_run (statement, error);
}
