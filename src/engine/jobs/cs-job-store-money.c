/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The money of a job, in the transaction of the step that it belongs to: what is held on a wallet key before an attempt is
 * sent, what becomes of it when the attempt ends, and one usage event for every act that may be paid for. Worker thread
 * only.
 */
#include "config.h"
#include "jobs/cs-job-store-money.h"

#include "core/cs-error.h"
#include "wallet/cs-ledger.h"
#include "wallet/cs-usage.h"

/* Words have no number among the attempts: they come before them. */
#define WORDS 0

/* Events */

static CsUsageEvent *
make_event (const CsJobFacts *facts, int attempt, const char *kind, const char *provider, const char *model)
{
  CsUsageEvent *event = cs_usage_event_new ();

  event->creation_id = g_strdup (facts->id);
  event->attempt = attempt;
  event->user_id = g_strdup (facts->brief->user_id != NULL ? facts->brief->user_id : "");
  event->key_id = facts->key_id;
  event->kind = g_strdup (kind);
  event->provider = g_strdup (provider != NULL ? provider : "");
  event->model = g_strdup (model != NULL ? model : "");
  return event;
}

/* How many of what the price is counted in: what was asked of this provider, not of us. */
static void
set_units (CsUsageEvent *event, const CsAttempt *attempt)
{
  event->unit = g_strdup (attempt->unit != NULL ? attempt->unit : event->kind);
  if (g_str_equal (event->unit, "second"))
    event->units = attempt->request->duration;
  else
    event->units = g_str_equal (event->unit, "slide") ? attempt->request->num_slides : 1;
}

/* @sale: what the wallet key was debited. */
static gboolean
note_attempt (CsDatabase *database, const CsJobFacts *facts, const CsAttempt *attempt, CsMoney sale, GError **error)
{
  g_autoptr (CsUsageEvent) event
      = make_event (facts, attempt->number, cs_kind_to_string (facts->kind), attempt->provider, attempt->model);

  set_units (event, attempt);
  event->estimated = attempt->hold;
  event->is_unknown = attempt->billed == CS_BILLED_UNKNOWN;
  event->cost = event->is_unknown ? attempt->hold : attempt->cost;
  event->sale = sale;
  return cs_usage_insert (database, event, error);
}

/**
 * cs_job_store_note_words:
 * @estimated: micro-USD that were set aside for them
 *
 * The usage of the words of @facts, which are not written any more: what they cost, and what a beginning whose end nobody
 * knows may have cost. Who wrote is not known of such a one. The operator pays words, whoever pays the rest: they are part
 * of the price.
 */
gboolean
cs_job_store_note_words (CsDatabase *database, const CsJobFacts *facts, CsMoney estimated, GError **error)
{
  const CsScreenplay *screenplay = facts->text_cost > 0 ? facts->screenplay : NULL;
  g_autoptr (CsUsageEvent) event = NULL;

  if (facts->text_cost + facts->text_hold == 0)
    return TRUE;
  if (screenplay != NULL && g_strcmp0 (screenplay->screenwriter, "direct") == 0)
    screenplay = NULL; /* somebody was paid for what could not be used */
  event = make_event (facts, WORDS, "text", screenplay != NULL ? screenplay->screenwriter : NULL,
                      screenplay != NULL ? screenplay->model : NULL);
  event->unit = g_strdup ("text");
  event->units = 1;
  event->estimated = estimated;
  event->cost = facts->text_cost + facts->text_hold;
  event->is_unknown = facts->text_hold > 0;
  return cs_usage_insert (database, event, error);
}

/* The wallet */

/**
 * cs_job_store_settle:
 * @attempt: one that has ended
 *
 * Spends what was held for it, or lets go of it: also when nobody knows whether it was billed, since nobody will ever
 * know, and a holder pays for what he gets. And writes down what was used. Settling twice changes nothing.
 */
gboolean
cs_job_store_settle (CsDatabase *database, const CsJobFacts *facts, const CsAttempt *attempt, GError **error)
{
  gboolean is_paid = cs_attempt_is_paid (attempt);
  CsMoney debit = facts->key_id != 0 ? cs_attempt_get_debit (attempt) : 0;

  if (facts->key_id != 0
      && !(is_paid ? cs_ledger_capture (database, facts->id, attempt->number, debit, error)
                   : cs_ledger_release (database, facts->id, attempt->number, error)))
    return FALSE;
  return (!is_paid && attempt->billed == CS_BILLED_NO) || note_attempt (database, facts, attempt, debit, error);
}

/* A ledger that does not add up pays for nothing: to the job that is a key that cannot pay. */
static gboolean
hold (CsDatabase *database, const CsJobFacts *facts, const CsAttempt *attempt, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!cs_ledger_check (database, &failure) && g_error_matches (failure, CS_ERROR, CS_ERROR_CORRUPT))
    {
      cs_set_error (error, CS_ERROR_INSUFFICIENT_CREDIT, "%s", failure->message);
      return FALSE;
    }
  return cs_ledger_hold (database, facts->key_id, facts->id, attempt->number, attempt->sale, error);
}

/** cs_job_store_move_money: Holds for an attempt that is about to be sent, or settles one that has ended. */
gboolean
cs_job_store_move_money (CsDatabase *database, const CsJobCommit *commit, GError **error)
{
  const CsAttempt *attempt = commit->attempt;

  if (attempt == NULL)
    return TRUE;
  if (attempt->ended_at != 0)
    return cs_job_store_settle (database, commit->facts, attempt, error);
  return commit->facts->key_id == 0 || commit->from != CS_JOB_HOLDING
         || hold (database, commit->facts, attempt, error);
}

static gboolean
load_text_hold (CsDatabase *database, const char *id, CsMoney *hold, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (database, "SELECT coalesce (sum(text_hold), 0) FROM jobs WHERE id = :id", error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "id", id);
  if (!cs_statement_step (statement, error))
    return FALSE;
  *hold = cs_statement_get_int (statement, 0);
  return TRUE;
}

/**
 * cs_job_store_move_words:
 *
 * Before the step is written: notes the words when they have come to an end, with what the database knows to be set aside
 * for them.
 */
gboolean
cs_job_store_move_words (CsDatabase *database, const CsJobCommit *commit, GError **error)
{
  const CsJobFacts *facts = commit->facts;
  gboolean is_written = commit->from == CS_JOB_WRITING && facts->state != CS_JOB_WRITING;
  CsMoney estimated;

  if (facts->text_cost + facts->text_hold == 0 || !(is_written || cs_job_state_is_final (facts->state)))
    return TRUE;
  return load_text_hold (database, facts->id, &estimated, error) && cs_job_store_note_words (database, facts, estimated, error);
}
