/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What something would cost now, and what stands in its way. Pure but for the engine's lists of models and prices. Main
 * thread. */
#include "config.h"
#include "ui/composer/cs-quote.h"

static gboolean
is_drawn_here (CsStudio *studio, const CsModel *model)
{
  CsProvider *provider
      = cs_provider_registry_get_provider (cs_engine_get_registry (cs_studio_get_engine (studio)), model->provider);

  return provider != NULL && cs_provider_is_local (provider);
}

/* What the words may take; a deck is words: they are its price. Whoever pays with a wallet key does not pay for words. */
static CsMoney
get_words (CsStudio *studio, const CsBrief *brief, const CsModel *model)
{
  if (brief->kind == CS_KIND_DECK || !brief->screenwriter || brief->wallet_key != NULL || is_drawn_here (studio, model))
    return 0;
  return MIN (cs_screenwriter_quote (cs_engine_get_screenwriter (cs_studio_get_engine (studio)), brief), CS_TEXT_MAX_COST);
}

static void
check_cap (CsQuote *self, CsCap which, const char *name, CsMoney cap, CsMoney spent, CsMoney amount)
{
  g_autofree char *cap_text = NULL;
  g_autofree char *spent_text = NULL;

  if (self->error != NULL || cap < 0 || amount == 0 || spent + amount <= cap)
    return;
  cap_text = cs_money_to_amount (cap);
  spent_text = cs_money_to_amount (spent);
  self->state = CS_QUOTE_OVER_BUDGET;
  self->cap = which;
  self->after = spent + amount;
  if (spent == 0)
    /* translators: 1: "Today’s cap" or the like, 2: an amount of money */
    self->error = g_error_new (CS_ERROR, CS_ERROR_OVER_BUDGET, _ ("%1$s is %2$s."), name, cap_text);
  else
    /* translators: 1: "Today’s cap" or the like, 2 and 3: amounts of money */
    self->error = g_error_new (CS_ERROR, CS_ERROR_OVER_BUDGET, _ ("%1$s is %2$s, and %3$s is spent or on hold."), name, cap_text,
                               spent_text);
}

static void
check_budget (CsQuote *self, const CsBudget *budget)
{
  if (budget == NULL)
    return;
  check_cap (self, CS_CAP_JOB, _ ("The cap for one creation"), budget->job_cap, 0, self->cost + self->words);
  check_cap (self, CS_CAP_DAY, _ ("Today’s cap"), budget->day_cap, budget->day_spent, self->total);
  check_cap (self, CS_CAP_MONTH, _ ("This month’s cap"), budget->month_cap, budget->month_spent, self->total);
}

/** cs_quote_new: @count: how many of it. Returns: (transfer full): what it would cost now. */
CsQuote *
cs_quote_new (CsStudio *studio, const CsBrief *brief, guint count, const CsBudget *budget)
{
  CsEngine *engine = cs_studio_get_engine (studio);
  CsPriceList *prices = cs_engine_get_prices (engine);
  CsQuote *self = g_new0 (CsQuote, 1);
  g_autoptr (GPtrArray) chain = cs_job_chain_new (cs_engine_get_registry (engine), prices, brief, &self->error);

  self->credit = -1;
  if (chain == NULL)
    {
      self->state = CS_QUOTE_UNUSABLE;
      return self;
    }
  self->model = chain->pdata[0];
  cs_job_chain_quote_payer (prices, self->model, brief, &self->cost);
  self->words = get_words (studio, brief, self->model);
  self->total = self->cost * count + self->words;
  self->notes = cs_job_chain_list_notes (cs_engine_get_registry (engine), prices, brief, self->model);
  check_budget (self, budget);
  return self;
}

static void
check_credit (CsQuote *self, CsMoney balance)
{
  g_autofree char *left = cs_money_to_amount (balance);

  if (self->total <= balance)
    return;
  self->state = CS_QUOTE_NO_CREDIT;
  if (balance <= 0)
    self->error = g_error_new_literal (CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT, _ ("Your key has no credit left"));
  else
    /* translators: an amount of money */
    self->error = g_error_new (CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT, _ ("Your key has only %s of credit left"), left);
}

/**
 * cs_quote_consider:
 * @key: (nullable): the wallet key that pays, as it stands
 * @is_offline: whether nobody out there can be reached
 *
 * What is not known from the prices alone: whether there is the credit, and the network.
 */
void
cs_quote_consider (CsQuote *self, CsStudio *studio, const CsWalletKey *key, gboolean is_offline)
{
  if (self->state != CS_QUOTE_GOOD)
    return;
  if (key != NULL && self->total > 0)
    {
      self->credit = key->balance;
      check_credit (self, key->balance);
    }
  if (self->state == CS_QUOTE_GOOD && is_offline && !is_drawn_here (studio, self->model))
    self->state = CS_QUOTE_QUEUED;
}

void
cs_quote_free (CsQuote *self)
{
  g_strfreev (self->notes);
  g_clear_error (&self->error);
  g_free (self);
}

/** cs_quote_can_make: Returns: whether one may agree to it: now, or for later. */
gboolean
cs_quote_can_make (const CsQuote *self)
{
  return self->state == CS_QUOTE_GOOD || self->state == CS_QUOTE_QUEUED;
}
