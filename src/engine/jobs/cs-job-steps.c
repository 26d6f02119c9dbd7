/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a job before anything is sent: quote, hold, and on to the next model after a refusal. */
#include "config.h"
#include "jobs/cs-job-runner-private.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "jobs/cs-job-chain.h"
#include "jobs/cs-job-request.h"

/** cs_job_step_cancel_unsent: Nothing has left this computer: the wish to cancel is fulfilled here and now. */
void
cs_job_step_cancel_unsent (CsJobRunner *self)
{
  cs_job_facts_set_error (self->next, NULL);
  cs_job_runner_commit (self, CS_JOB_CANCELLED, NULL);
}

/* The price of @model, for what was asked and what its words cost. */
static gboolean
quote_model (CsJobRunner *self, const CsModel *model, CsMoney *cost)
{
  return cs_job_chain_quote (self->context->prices, model, self->next->brief, cost);
}

/* What a wallet key was debited for the attempts that have ended. */
static CsMoney
get_debited (const CsJobFacts *facts)
{
  CsMoney debited = 0;

  for (guint i = 0; i < facts->attempts->len; i++)
    {
      const CsAttempt *attempt = facts->attempts->pdata[i];

      debited += attempt->ended_at != 0 ? cs_attempt_get_debit (attempt) : 0;
    }
  return debited;
}

/* Whether @cost more, of @model, is within what was agreed: what was spent counts, but not what nobody knows to be billed.
 * The holder of a wallet key agreed to what he is debited. */
static gboolean
is_agreed (CsJobRunner *self, const CsModel *model, CsMoney cost)
{
  const CsJobFacts *facts = self->next;
  CsMoney sale;

  if (facts->key_id == 0 || facts->brief->max_cost < 0)
    return facts->cost + facts->text_hold + cost <= facts->max_cost;
  return cs_job_chain_quote_sale (self->context->prices, model, facts->brief, &sale)
         && get_debited (facts) + sale <= facts->max_cost;
}

/* The chain is decided once, and with it the most that this job may ever cost: the dearest model, and the words. */
static gboolean
decide_chain (CsJobRunner *self, GError **error)
{
  CsJobFacts *facts = self->next;
  g_autoptr (GPtrArray) models = cs_job_chain_new (self->context->registry, self->context->prices, facts->brief, error);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  if (models == NULL)
    return FALSE;
  for (guint i = 0; i < models->len; i++)
    g_strv_builder_add (ids, ((CsModel *) models->pdata[i])->id);
  g_strfreev (facts->chain);
  facts->chain = g_strv_builder_end (ids);
  if (facts->brief->max_cost < 0)
    facts->max_cost = cs_job_chain_get_dearest (models, self->context->prices, facts->brief) + facts->cost + facts->text_hold;
  facts->consent_at = cs_clock_now ();
  return TRUE;
}

static void
chain_failed (CsJobRunner *self, const GError *error)
{
  if (!g_error_matches (error, CS_ERROR, CS_ERROR_NO_KEY))
    {
      cs_job_runner_fail (self, error, NULL);
      return;
    }
  cs_job_runner_wait_after (self, CS_JOB_QUOTED, error, 0);
}

static void
wait_for_consent (CsJobRunner *self, const CsModel *model, CsMoney cost)
{
  CsMoney asked = cost;
  g_autofree char *price = NULL;
  g_autofree char *limit = cs_money_to_amount (self->next->max_cost);
  g_autoptr (GError) error = NULL;

  cs_job_chain_quote_payer (self->context->prices, model, self->next->brief, &asked);
  price = cs_money_to_display (asked);
  error = g_error_new (CS_ERROR, CS_ERROR_OVER_MAX_COST,
                       /* translators: 1: a model, 2 and 3: amounts of money */
                       _ ("%1$s would cost %2$s, which is over the %3$s that was agreed. Nothing was sent."), model->name, price,
                       limit);
  cs_job_facts_set_error (self->next, error);
  cs_job_runner_wait (self, CS_JOB_QUOTED, CS_WAITING_CONSENT, 0, NULL);
}

/* Whether the chain goes on after the model at our place. */
static gboolean
has_next_model (const CsJobFacts *facts)
{
  return facts->chain_position + 1 < (int) g_strv_length (facts->chain);
}

/* The model at our place of the chain cannot be used now: the next one, or wait until it can. */
static void
not_usable (CsJobRunner *self, const char *why_not)
{
  g_autoptr (GError) error = g_error_new_literal (CS_ERROR, CS_ERROR_NO_KEY, why_not);

  if (has_next_model (self->next))
    cs_job_step_next_model (self, NULL, error);
  else
    cs_job_runner_wait_after (self, CS_JOB_QUOTED, error, 0);
}

/* Whether @model debits less than @sale. What is drawn on this computer is nobody's choice for lack of credit. */
static gboolean
is_cheaper (CsJobRunner *self, const CsModel *model, CsMoney sale)
{
  CsProvider *provider = cs_provider_registry_get_provider (self->context->registry, model->provider);
  CsMoney debit;

  return provider != NULL && !cs_provider_is_local (provider)
         && cs_job_chain_quote_sale (self->context->prices, model, self->next->brief, &debit) && debit < sale;
}

/* Whether @model can be used for what was agreed, and debits less than @sale; below 0: any. */
static gboolean
is_affordable (CsJobRunner *self, const CsModel *model, CsMoney sale)
{
  CsMoney cost;

  return model != NULL && cs_provider_registry_is_usable (self->context->registry, model, NULL)
         && quote_model (self, model, &cost) && is_agreed (self, model, cost) && (sale < 0 || is_cheaper (self, model, sale));
}

/* The next place of the chain whose model is_affordable(); -1 when there is none. */
static int
find_affordable (CsJobRunner *self, CsMoney sale)
{
  const CsJobFacts *facts = self->next;

  for (int i = facts->chain_position + 1; facts->chain[i] != NULL; i++)
    if (is_affordable (self, cs_provider_registry_get_model (self->context->registry, facts->chain[i]), sale))
      return i;
  return -1;
}

/* Dearer than what was agreed: a cheaper model of the chain is taken by itself, else somebody is asked. */
static void
too_dear (CsJobRunner *self, const CsModel *model, CsMoney cost)
{
  int affordable = find_affordable (self, -1);

  if (affordable < 0)
    {
      wait_for_consent (self, model, cost);
      return;
    }
  self->next->chain_position = affordable;
  cs_job_runner_commit (self, CS_JOB_QUOTED, NULL);
}

/**
 * cs_job_step_no_credit:
 * @sale: micro-USD that the wallet key could not pay
 * @error: in words
 *
 * HOLDING, and nothing was held: a provider of the chain that debits less is taken by itself, else that is the end.
 */
void
cs_job_step_no_credit (CsJobRunner *self, CsMoney sale, const GError *error)
{
  int affordable = find_affordable (self, sale);

  if (affordable < 0)
    {
      cs_job_runner_fail (self, error, NULL);
      return;
    }
  self->next->chain_position = affordable;
  cs_job_runner_commit (self, CS_JOB_QUOTED, NULL);
}

/* Nothing leaves this computer before the user has read it, where he wants that; what he read was for one model. */
static gboolean
is_unread (CsJobRunner *self, const CsModel *model)
{
  CsProvider *provider = cs_provider_registry_get_provider (self->context->registry, model->provider);

  return self->next->brief->review && self->next->consent_at == 0 && self->next->kind != CS_KIND_DECK && provider != NULL
         && !cs_provider_is_local (provider);
}

/* Whoever was asked last could not be reached, and all that are left cost more than was agreed. */
static gboolean
is_left_offline (CsJobRunner *self, const CsModel *model, CsMoney cost)
{
  const CsAttempt *last = cs_job_facts_get_attempt (self->next);

  return last != NULL && last->status == CS_ATTEMPT_NOT_SENT && !is_agreed (self, model, cost) && find_affordable (self, -1) < 0;
}

static void
take_quote (CsJobRunner *self, const CsModel *model, CsMoney cost)
{
  if (is_left_offline (self, model, cost))
    {
      g_autoptr (GError) error = g_error_new_literal (CS_ERROR, CS_ERROR_OFFLINE, cs_job_facts_get_attempt (self->next)->error_message);

      cs_job_step_wait_for_network (self, NULL, error);
      return;
    }
  if (self->next->brief->review && g_strcmp0 (self->next->model, model->id) != 0)
    self->next->consent_at = 0;
  cs_set_string (&self->next->provider, model->provider);
  cs_set_string (&self->next->model, model->id);
  self->next->estimated_cost = cost;
  if (!is_agreed (self, model, cost))
    {
      too_dear (self, model, cost);
      return;
    }
  cs_job_facts_set_error (self->next, NULL);
  if (is_unread (self, model))
    cs_job_runner_wait (self, CS_JOB_QUOTED, CS_WAITING_CONSENT, 0, NULL);
  else
    cs_job_runner_commit (self, CS_JOB_HOLDING, NULL);
}

/* Paid words were begun as often, or cost as much, as those of one job may. */
static gboolean
is_written_out (CsJobRunner *self, const CsModel *model, CsMoney cost)
{
  CsProvider *provider = cs_provider_registry_get_provider (self->context->registry, model->provider);

  return model->kind == CS_KIND_DECK && cost > 0 && CS_IS_TEXT_PROVIDER (provider) && !cs_job_facts_may_start_text (self->next);
}

/** cs_job_step_quote: QUOTED: the model at our place of the chain, and its price against what was agreed. */
void
cs_job_step_quote (CsJobRunner *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *why_not = NULL;
  const CsModel *model;
  CsMoney cost;

  cs_job_runner_inside (self);
  if (self->next->chain[0] == NULL && !decide_chain (self, &error))
    {
      chain_failed (self, error);
      return;
    }
  model = cs_provider_registry_get_model (self->context->registry, self->next->chain[self->next->chain_position]);
  if (model == NULL || model->retired || !quote_model (self, model, &cost))
    {
      error = g_error_new (CS_ERROR, CS_ERROR_UNAVAILABLE, _ ("The model of this job is not offered any more."));
      cs_job_step_next_model (self, NULL, error);
    }
  else if (!cs_provider_registry_is_usable (self->context->registry, model, &why_not))
    not_usable (self, why_not != NULL ? why_not : model->name);
  else if (is_written_out (self, model, cost))
    {
      error = g_error_new (CS_ERROR, CS_ERROR_UNAVAILABLE,
                           _ ("%s was begun several times without an end. Nothing more is spent on it."), model->name);
      cs_job_step_next_model (self, NULL, error);
    }
  else
    take_quote (self, model, cost);
}

/**
 * cs_job_step_next_model:
 * @attempt: (transfer full) (nullable): the attempt that came to nothing, surely unbilled
 * @error: why
 *
 * On to the next model of the chain, or the end.
 */
void
cs_job_step_next_model (CsJobRunner *self, CsAttempt *attempt, const GError *error)
{
  if (!has_next_model (self->next))
    {
      cs_job_runner_fail (self, error, attempt);
      return;
    }
  cs_job_facts_set_error (self->next, error);
  self->next->chain_position++;
  cs_job_runner_commit (self, CS_JOB_QUOTED, attempt);
}

static CsAttempt *
make_attempt (CsJobRunner *self, const CsModel *model)
{
  const CsAttempt *last = cs_job_facts_get_attempt (self->next);
  int number = cs_job_request_get_number (self->next);
  g_autoptr (CsRequest) request = cs_job_request_new (self->context, self->next, model, number);
  CsAttempt *attempt = cs_attempt_new (number, model->provider, model->id, request);

  if (last != NULL && last->number == number)
    attempt->id = last->id;
  attempt->hold = self->next->estimated_cost;
  attempt->unit = g_strdup (cs_price_list_get_unit (self->context->prices, model->id));
  if (self->next->key_id != 0 && !cs_job_chain_quote_sale (self->context->prices, model, self->next->brief, &attempt->sale))
    attempt->sale = attempt->hold; /* a list that has the one price has the other */
  return attempt;
}

/** cs_job_step_hold: HOLDING: the attempt and its hold are written before anything is sent. */
void
cs_job_step_hold (CsJobRunner *self)
{
  const CsModel *model = cs_provider_registry_get_model (self->context->registry, self->next->model);

  cs_job_runner_inside (self);
  if (model == NULL)
    {
      cs_job_runner_commit (self, CS_JOB_QUOTED, NULL);
      return;
    }
  self->next->progress = 0;
  self->n_returns = 0;
  self->is_unsent = FALSE;
  cs_job_runner_commit (self, CS_JOB_SUBMITTING, make_attempt (self, model));
}
