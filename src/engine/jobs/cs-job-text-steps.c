/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps of a job that are words: the screenwriter's prompt, and decks by language models. Words are exempt from
 * exactly-once: what was lost is written again. But a beginning that may be billed is counted, and its money set aside,
 * before it is made, so that no crash makes them many.
 */
#include "config.h"
#include "jobs/cs-job-runner-private.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-words.h"
#include "jobs/cs-job-chain.h"
#include "providers/cs-text-look.h"
#include "screenwriter/cs-direct-prompt.h"

#define FIRST_INTERVAL (200 * G_TIME_SPAN_MILLISECOND)
#define MAX_FIRST 500 /* how often the first one of a set is asked for its words before they are written anew */
#define MAX_LIMITED 3 /* how often a model that has no time is asked again */
#define LONGEST_LIMIT (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/* Writing */

/* Takes @screenplay (transfer full), and writes down what it cost instead of what was set aside. */
static void
take_screenplay (CsJobRunner *self, CsScreenplay *screenplay)
{
  CsJobFacts *facts = self->next;

  g_clear_pointer (&facts->screenplay, cs_screenplay_free);
  facts->screenplay = screenplay;
  facts->text_cost += screenplay->cost;
  facts->text_hold -= MIN (self->text_hold, facts->text_hold);
  if (self->text_hold > 0 && screenplay->cost == 0)
    facts->text_starts--; /* nobody who is paid wrote anything */
  self->text_hold = 0;
  cs_job_facts_add_up (facts);
  cs_job_runner_commit (self, CS_JOB_QUOTED, NULL);
}

static void
write_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsScreenplay) screenplay = cs_screenwriter_write_finish (CS_SCREENWRITER (source), result, &error);

  if (self->is_stopped)
    return;
  if (screenplay != NULL)
    {
      take_screenplay (self, g_steal_pointer (&screenplay));
      return;
    }
  self->text_hold = 0; /* may have been billed: it stays set aside */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cs_job_runner_rest (self, 0); /* the wish to cancel is read next */
  else
    cs_job_runner_trouble (self, error);
}

/* What the words may cost: no more than their estimate, than is left for words, and than the first model leaves of what
 * the user agreed to. What the holder of a wallet key agreed to is for the rest: words are not his to pay. */
static CsMoney
get_text_hold (CsJobRunner *self, GPtrArray *chain)
{
  const CsJobFacts *facts = self->next;
  CsMoney room = cs_job_facts_get_text_room (facts);
  CsMoney price;

  if (!facts->brief->screenwriter || self->is_frugal || chain == NULL || !cs_job_facts_may_start_text (facts)
      || cs_job_chain_find_first (chain, self->context->prices, facts->brief, &price) < 0)
    return 0;
  if (facts->brief->max_cost >= 0 && facts->brief->wallet_key == NULL)
    room = MIN (room, facts->brief->max_cost - price - facts->text_hold);
  return CLAMP (cs_screenwriter_quote (self->context->screenwriter, facts->brief), 0, MAX (room, 0));
}

/* In one transaction with the question whether the budget has room. */
static void
set_aside (CsJobRunner *self, CsMoney hold)
{
  self->text_hold = hold;
  self->next->text_starts++;
  self->next->text_hold += hold;
  self->next->text_at = cs_clock_now ();
  cs_job_runner_commit (self, CS_JOB_WRITING, NULL);
}

/* Sketch draws from the user's own words: nobody is asked, and paid, for others. */
static gboolean
is_drawn_here (CsJobRunner *self, const CsModel *model)
{
  CsProvider *provider = model != NULL ? cs_provider_registry_get_provider (self->context->registry, model->provider) : NULL;

  return provider != NULL && cs_provider_is_local (provider);
}

static void
write_words (CsJobRunner *self)
{
  g_autoptr (GPtrArray) chain = cs_job_chain_new (self->context->registry, self->context->prices, self->next->brief, NULL);
  const CsModel *model = chain != NULL ? chain->pdata[0] : NULL;
  CsMoney hold = self->text_hold == 0 && !is_drawn_here (self, model) ? get_text_hold (self, chain) : 0;

  if (self->text_hold == 0 && is_drawn_here (self, model))
    take_screenplay (self, cs_direct_prompt_write (self->next->brief));
  else if (hold > 0)
    set_aside (self, hold);
  else
    {
      cs_job_runner_inside (self);
      self->can_stop = TRUE;
      cs_screenwriter_write_async (self->context->screenwriter, self->next->brief, model, self->text_hold, NULL, NULL,
                                   self->cancellable, write_cb, g_object_ref (self));
    }
}

/* A set of pictures */

static gpointer
find_first_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_job_store_find_first (database, data, error);
}

/* The first one of the set has the word, as long as it is on its way to have it. */
static gboolean
is_worth_waiting (CsJobRunner *self, const CsJobFacts *first)
{
  return first != NULL && (first->state == CS_JOB_QUEUED || first->state == CS_JOB_WRITING) && self->n_first++ < MAX_FIRST
         && !g_str_equal (first->id, self->next->id);
}

static void
find_first_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJobFacts) first = cs_store_run_finish (CS_STORE (source), result, &error);
  CsScreenplay *screenplay;

  if (self->is_stopped)
    return;
  if (first != NULL && first->screenplay != NULL)
    {
      screenplay = cs_screenplay_copy (first->screenplay);
      screenplay->cost = 0; /* paid once, by the first */
      take_screenplay (self, screenplay);
    }
  else if (is_worth_waiting (self, first))
    cs_job_runner_rest (self, FIRST_INTERVAL);
  else
    write_words (self); /* also when it could not be read: words are no reason to stand still */
}

/* Decks */

static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;

  cs_text_look_finish (CS_PROVIDER_REGISTRY (source), result, &error);
  if (self->is_stopped)
    return;
  if (error != NULL)
    cs_job_runner_rest (self, 0); /* the wish to cancel is read next */
  else
    take_screenplay (self, cs_direct_prompt_write (self->next->brief));
}

/** cs_job_step_write: WRITING: the screenwriter, which cannot fail. The topic of a deck is kept: its writers are looked for. */
void
cs_job_step_write (CsJobRunner *self)
{
  const CsJobFacts *facts = self->next;

  if (facts->kind == CS_KIND_DECK)
    {
      cs_job_runner_inside (self);
      self->can_stop = TRUE;
      cs_text_look_async (self->context->registry, self->cancellable, look_cb, g_object_ref (self));
    }
  else if (facts->brief->variation > 0 && facts->batch != NULL && facts->brief->screenwriter && self->text_hold == 0)
    cs_store_run_async (self->context->store, CS_STORE_READ, find_first_func, g_strdup (facts->batch), g_free,
                        (GDestroyNotify) cs_job_facts_free, NULL, find_first_cb, g_object_ref (self));
  else
    write_words (self);
}

/* Decks by language models */

/* It was begun, and nobody knows how it ended. */
static void
text_may_be_billed (CsJobRunner *self, CsAttempt *attempt, const GError *error)
{
  cs_attempt_end (attempt, CS_ATTEMPT_FAILED, attempt->hold > 0 ? CS_BILLED_UNKNOWN : CS_BILLED_NO, error);
}

/* The user's wish. Nothing goes on at the provider's, since nobody reads it; what was written until then may be billed. */
static void
text_cancelled (CsJobRunner *self, CsAttempt *attempt)
{
  cs_attempt_end (attempt, CS_ATTEMPT_CANCELLED, attempt->hold > 0 ? CS_BILLED_UNKNOWN : CS_BILLED_NO, NULL);
  cs_job_facts_set_error (self->next, NULL);
  cs_job_runner_commit (self, CS_JOB_CANCELLED, attempt);
}

/* Refused before anything was written, or paid for something that is no deck. */
static void
text_refused (CsJobRunner *self, CsAttempt *attempt, const CsSubmission *submission)
{
  if (submission->cost <= 0)
    {
      cs_job_step_refused (self, attempt, submission->error);
      return;
    }
  cs_attempt_end (attempt, CS_ATTEMPT_FAILED, CS_BILLED_YES, submission->error);
  attempt->cost = MIN (submission->cost, attempt->hold);
  cs_job_step_next_model (self, attempt, submission->error);
}

/* A beginning that certainly costs nothing is none. */
static void
forget_start (CsJobRunner *self, const CsAttempt *attempt)
{
  if (attempt->hold > 0)
    self->next->text_starts--;
}

/* A short "later" is worth more than an outline; a long one is not. */
static gboolean
is_worth_later (CsJobRunner *self, const CsSubmission *submission)
{
  return self->next->chain[self->next->chain_position + 1] == NULL
         || (submission->retry_after <= LONGEST_LIMIT && self->n_limited++ < MAX_LIMITED);
}

static gboolean
is_limited (const CsSubmission *submission)
{
  return submission->end == CS_SUBMIT_RATE_LIMITED
         || (submission->end == CS_SUBMIT_REFUSED && submission->cost <= 0
             && g_error_matches (submission->error, CS_ERROR, CS_ERROR_RATE_LIMITED));
}

static void
text_not_taken (CsJobRunner *self, CsAttempt *attempt, const CsSubmission *submission)
{
  forget_start (self, attempt);
  if (submission->end == CS_SUBMIT_NOT_SENT)
    cs_job_step_not_sent (self, attempt, submission->error);
  else if (is_worth_later (self, submission))
    cs_job_step_rate_limited (self, attempt, submission->error, submission->retry_after);
  else
    cs_job_step_refused (self, attempt, submission->error); /* somebody else has time */
}

static void
text_ended (CsJobRunner *self, CsSubmission *submission)
{
  CsAttempt *attempt = cs_job_runner_dup_attempt (self);

  if (submission->error != NULL && g_error_matches (submission->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text_cancelled (self, attempt);
  else if (submission->end == CS_SUBMIT_ANSWERED && submission->output != NULL)
    cs_job_step_succeeded (self, attempt, submission->output, submission->cost);
  else if (submission->end == CS_SUBMIT_NOT_SENT || is_limited (submission))
    text_not_taken (self, attempt, submission);
  else if (submission->end == CS_SUBMIT_REFUSED)
    {
      if (submission->cost <= 0)
        forget_start (self, attempt);
      text_refused (self, attempt, submission);
    }
  else
    {
      text_may_be_billed (self, attempt, submission->error);
      cs_job_step_next_model (self, attempt, submission->error);
    }
}

static void
write_deck_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (CsSubmission) submission = cs_screenwriter_write_deck_finish (CS_SCREENWRITER (source), result);

  cs_job_runner_inside (self);
  if (!self->is_stopped)
    text_ended (self, submission);
}

/** cs_job_step_send_text: SUBMITTING a deck: announced; a language model writes it, and may be stopped at any time. */
void
cs_job_step_send_text (CsJobRunner *self)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (self->next);
  CsMoney most = MIN (attempt->hold, cs_job_facts_get_text_room (self->next));

  self->is_owing = FALSE; /* words are not waited for when the program is closed */
  self->can_stop = TRUE;
  cs_screenwriter_write_deck_async (self->context->screenwriter, CS_TEXT_PROVIDER (cs_job_runner_get_provider (self)),
                                    attempt->request, most, cs_job_step_progress, self, self->cancellable, write_deck_cb,
                                    g_object_ref (self));
}

/**
 * cs_job_step_text_lost:
 * @error: why
 *
 * Begun by a process that ended before the answer: written again. What may have been billed is a closed attempt, and the
 * next one is quoted and held anew.
 */
void
cs_job_step_text_lost (CsJobRunner *self, const GError *error)
{
  CsAttempt *attempt;

  if (!self->next->cancel_requested && cs_job_facts_get_attempt (self->next)->hold == 0)
    {
      cs_job_step_send_text (self);
      return;
    }
  attempt = cs_job_runner_dup_attempt (self);
  if (self->next->cancel_requested)
    {
      text_cancelled (self, attempt);
      return;
    }
  text_may_be_billed (self, attempt, error);
  attempt->status = CS_ATTEMPT_UNCERTAIN;
  cs_job_facts_set_error (self->next, NULL);
  cs_job_runner_commit (self, CS_JOB_QUOTED, attempt);
}
