/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The price on the button, and the line below it. Pure but for the engine's lists of models and prices. Main thread. */
#include "config.h"
#include "ui/composer/cs-quote.h"

#include <math.h>

static gboolean
is_drawn_here (CsStudio *studio, const CsModel *model)
{
  CsProvider *provider
      = cs_provider_registry_get_provider (cs_engine_get_registry (cs_studio_get_engine (studio)), model->provider);

  return provider != NULL && cs_provider_is_local (provider);
}

/* What the words may take; a deck is words: they are its price. */
static CsMoney
get_words (CsStudio *studio, const CsBrief *brief, const CsModel *model)
{
  if (brief->kind == CS_KIND_DECK || !brief->screenwriter || is_drawn_here (studio, model))
    return 0;
  return MIN (cs_screenwriter_quote (cs_engine_get_screenwriter (cs_studio_get_engine (studio)), brief), CS_TEXT_MAX_COST);
}

static void
check_cap (CsQuote *self, const char *name, CsMoney cap, CsMoney spent, CsMoney amount)
{
  g_autofree char *cap_text = NULL;
  g_autofree char *spent_text = NULL;

  if (self->error != NULL || cap < 0 || amount == 0 || spent + amount <= cap)
    return;
  cap_text = cs_money_to_amount (cap);
  spent_text = cs_money_to_amount (spent);
  self->state = CS_QUOTE_OVER_BUDGET;
  /* translators: 1: "Today’s cap" or the like, 2 and 3: amounts of money */
  self->error = g_error_new (CS_ERROR, CS_ERROR_OVER_BUDGET, _ ("%1$s is %2$s, and %3$s is spent or on hold."), name, cap_text,
                             spent_text);
}

static void
check_budget (CsQuote *self, const CsBudget *budget)
{
  if (budget == NULL)
    return;
  check_cap (self, _ ("The cap for one creation"), budget->job_cap, 0, self->cost);
  check_cap (self, _ ("Today’s cap"), budget->day_cap, budget->day_spent, self->total);
  check_cap (self, _ ("This month’s cap"), budget->month_cap, budget->month_spent, self->total);
}

/** cs_quote_new: @count: how many of it. Returns: (transfer full): what it would cost now. */
CsQuote *
cs_quote_new (CsStudio *studio, const CsBrief *brief, guint count, const CsBudget *budget)
{
  CsEngine *engine = cs_studio_get_engine (studio);
  CsPriceList *prices = cs_engine_get_prices (engine);
  CsQuote *self = g_new0 (CsQuote, 1);
  g_autoptr (GPtrArray) chain = cs_job_chain_new (cs_engine_get_registry (engine), prices, brief, &self->error);

  if (chain == NULL)
    {
      self->state = CS_QUOTE_UNUSABLE;
      return self;
    }
  self->model = chain->pdata[0];
  cs_job_chain_quote (prices, self->model, brief, &self->cost);
  self->words = get_words (studio, brief, self->model);
  self->total = self->cost * count + self->words;
  self->notes = cs_job_chain_list_notes (cs_engine_get_registry (engine), prices, brief, self->model);
  check_budget (self, budget);
  return self;
}

void
cs_quote_free (CsQuote *self)
{
  g_strfreev (self->notes);
  g_clear_error (&self->error);
  g_free (self);
}

/** cs_quote_make_label: Returns: (transfer full): what stands on the button. */
char *
cs_quote_make_label (const CsQuote *self, CsKind kind, guint count)
{
  g_autofree char *price = cs_money_to_display (self->total);

  if (self->state == CS_QUOTE_UNUSABLE)
    return g_strdup (_ ("Generate"));
  if (self->state == CS_QUOTE_OVER_BUDGET)
    /* translators: on a button that is off; an amount of money */
    return g_strdup_printf (_ ("Over the Cap · %s"), price);
  if (kind == CS_KIND_IMAGE && count > 1)
    /* translators: on a button; 1: how many pictures, 2: an amount of money */
    return g_strdup_printf (_ ("Generate %1$u · %2$s"), count, price);
  /* translators: on a button; an amount of money */
  return g_strdup_printf (_ ("Generate · %s"), price);
}

/* How long it takes, in words. */
static char *
describe_time (const CsModel *model)
{
  double seconds = model->typical_seconds;

  if (seconds < 90)
    /* translators: how long something takes, in seconds */
    return g_strdup_printf (_ ("About %d s"), MAX ((int) seconds, 1));
  /* translators: how long something takes, in minutes: from, to */
  return g_strdup_printf (_ ("About %1$d–%2$d min"), (int) floor (seconds * 0.8 / 60), (int) ceil (seconds * 1.2 / 60));
}

/** cs_quote_make_line: Returns: (transfer full): the line below the button: how long, and what is left. */
char *
cs_quote_make_line (const CsQuote *self, CsStudio *studio, const CsBudget *budget)
{
  g_autofree char *time = NULL;
  g_autofree char *left = NULL;
  g_autofree char *cap = NULL;

  if (self->state != CS_QUOTE_GOOD)
    return g_strdup (self->error->message);
  time = describe_time (self->model);
  if (is_drawn_here (studio, self->model))
    /* translators: after a time, as "About 10 s" */
    return g_strdup_printf (_ ("%s · nothing leaves this computer"), time);
  if (budget == NULL || budget->month_cap < 0)
    return g_steal_pointer (&time);
  left = cs_money_to_amount (MAX (budget->month_cap - budget->month_spent, 0));
  cap = cs_money_to_amount (budget->month_cap);
  /* translators: 1: a time, 2 and 3: amounts of money */
  return g_strdup_printf (_ ("%1$s · %2$s of this month’s %3$s left"), time, left, cap);
}
