/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another way to get what a job asked for. Pure but for the engine's lists of models and prices. Main thread. */
#include "config.h"
#include "ui/jobs/cs-job-offer.h"

#include "ui/jobs/cs-job-trouble.h"
#include "ui/widgets/cs-creation-words.h"

/* What failed by itself, or was given up, may be asked for again as it was. */
static gboolean
is_worth_repeating (CsTrouble trouble)
{
  return trouble != CS_TROUBLE_REFUSED && trouble != CS_TROUBLE_NO_KEY && trouble != CS_TROUBLE_BUDGET;
}

static gboolean
was_asked (const CsJobFacts *facts, const CsModel *model)
{
  for (guint i = 0; i < facts->attempts->len; i++)
    if (g_str_equal (((CsAttempt *) facts->attempts->pdata[i])->model, model->id))
      return TRUE;
  return FALSE;
}

/* Who can be used now and was not asked; what is drawn on this computer is no answer to a failure. */
static const CsModel *
find_other (CsStudio *studio, const CsJobFacts *facts)
{
  CsEngine *engine = cs_studio_get_engine (studio);
  CsProviderRegistry *registry = cs_engine_get_registry (engine);
  g_autoptr (CsBrief) brief = cs_brief_copy (facts->brief);
  g_autoptr (GPtrArray) chain = NULL;

  g_clear_pointer (&brief->provider, g_free);
  g_clear_pointer (&brief->model, g_free);
  chain = cs_job_chain_new (registry, cs_engine_get_prices (engine), brief, NULL);
  for (guint i = 0; chain != NULL && i < chain->len; i++)
    {
      const CsModel *model = chain->pdata[i];
      CsProvider *provider = cs_provider_registry_get_provider (registry, model->provider);

      if (provider != NULL && !cs_provider_is_local (provider) && cs_provider_registry_is_usable (registry, model, NULL)
          && !was_asked (facts, model))
        return model;
    }
  return NULL;
}

static const CsModel *
find_same (CsStudio *studio, const CsJobFacts *facts)
{
  CsEngine *engine = cs_studio_get_engine (studio);
  g_autoptr (GPtrArray) chain
      = cs_job_chain_new (cs_engine_get_registry (engine), cs_engine_get_prices (engine), facts->brief, NULL);

  return chain != NULL ? chain->pdata[0] : NULL;
}

/* What @brief costs at most with @model, its words too. */
static CsMoney
quote (CsStudio *studio, const CsBrief *brief, const CsModel *model)
{
  CsEngine *engine = cs_studio_get_engine (studio);
  CsMoney words = brief->screenwriter && brief->kind != CS_KIND_DECK
                      ? MIN (cs_screenwriter_quote (cs_engine_get_screenwriter (engine), brief), CS_TEXT_MAX_COST)
                      : 0;
  CsMoney cost = 0;

  cs_job_chain_quote (cs_engine_get_prices (engine), model, brief, &cost);
  return cost + words;
}

static CsJobOffer *
make_offer (CsStudio *studio, const CsModel *model, CsBrief *brief, CsMoney price, gboolean is_same)
{
  CsJobOffer *self = g_new0 (CsJobOffer, 1);
  g_autofree char *provider = cs_provider_make_name (studio, model->provider);
  g_autofree char *shown = cs_money_to_display (price);

  self->brief = brief;
  self->price = price;
  if (is_same)
    /* translators: on a button; an amount of money */
    self->label = g_strdup_printf (_ ("Try Again · %s"), shown);
  else
    /* translators: on a button; 1: a provider, 2: an amount of money */
    self->label = g_strdup_printf (_ ("Retry with %1$s · %2$s"), provider, shown);
  return self;
}

static CsJobOffer *
make_offer_of_failed (CsStudio *studio, const CsJobFacts *facts, CsTrouble trouble)
{
  const CsModel *other = find_other (studio, facts);
  const CsModel *model = other != NULL && trouble == CS_TROUBLE_REFUSED ? other : NULL;
  CsBrief *brief;

  if (model == NULL && is_worth_repeating (trouble))
    model = find_same (studio, facts);
  if (model == NULL)
    return NULL;
  brief = cs_brief_copy (facts->brief);
  g_clear_pointer (&brief->request_id, g_free);
  if (model == other)
    {
      g_clear_pointer (&brief->provider, g_free);
      cs_set_string (&brief->model, model->id);
    }
  brief->max_cost = quote (studio, brief, model);
  return make_offer (studio, model, brief, brief->max_cost, model != other);
}

/** cs_job_offer_new: Returns: (transfer full) (nullable): another way to get what @job asked for, with its price. */
CsJobOffer *
cs_job_offer_new (CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  const CsModel *model = facts->model != NULL
                             ? cs_provider_registry_get_model (cs_engine_get_registry (cs_studio_get_engine (studio)), facts->model)
                             : NULL;

  if (facts->state == CS_JOB_FAILED)
    return make_offer_of_failed (studio, facts, cs_trouble_find (job));
  if (facts->waiting == CS_WAITING_CONSENT && facts->error_message != NULL && model != NULL)
    return make_offer (studio, model, NULL, facts->estimated_cost, FALSE);
  return NULL;
}

void
cs_job_offer_free (CsJobOffer *self)
{
  g_clear_pointer (&self->brief, cs_brief_free);
  g_free (self->label);
  g_free (self);
}
