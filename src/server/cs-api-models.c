/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who would make a brief, and why nobody can: told with the field that is to be changed, or the key that is to be set. Main thread. */
#include "config.h"
#include "server/cs-api-models.h"

#include "server/cs-api-words.h"

/* Which of the names is to be changed. */
static const char *
find_field (CsProviderRegistry *registry, const CsBrief *brief)
{
  g_autoptr (GPtrArray) chain = NULL;

  if (brief->provider != NULL && cs_provider_registry_get_provider (registry, brief->provider) == NULL)
    return "provider";
  chain = cs_provider_registry_get_chain (registry, brief->kind, brief->provider, brief->model, NULL);
  if (chain != NULL)
    return "sound"; /* they are right, and what is asked of them is not */
  return brief->model != NULL ? "model" : "provider";
}

/* What was asked for by name needs a key; or it is a program on this computer that does not run. @error: (transfer full) */
static GError *
explain_no_key (CsEngine *engine, const CsBrief *brief, GError *error)
{
  CsKeys *keys = cs_engine_get_keys (engine);
  const CsModel *model = NULL;
  g_autofree char *words = NULL;

  if (brief->provider != NULL || brief->model != NULL)
    model = cs_provider_registry_find_model (cs_engine_get_registry (engine), brief->kind, brief->provider, brief->model);
  if (model == NULL)
    return error;
  for (int name = 0; name < CS_N_KEYS; name++)
    if (g_str_equal (cs_key_name_get_provider (name), model->provider))
      {
        if (cs_keys_get (keys, name, NULL) != NULL)
          return error;
        words = cs_api_words_no_key (keys, name);
        g_error_free (error);
        return g_error_new_literal (CS_ERROR, CS_ERROR_NO_KEY, words);
      }
  error->code = CS_ERROR_UNAVAILABLE;
  return error;
}

static GError *
make_over_max_cost (CsPriceList *prices, const CsBrief *brief, const CsModel *model)
{
  CsMoney cost = 0;
  g_autofree char *price = NULL;
  g_autofree char *limit = cs_money_to_amount (brief->max_cost);

  cs_job_chain_quote_payer (prices, model, brief, &cost);
  price = cs_money_to_display (cost);
  return g_error_new (CS_ERROR, CS_ERROR_OVER_MAX_COST,
                      /* translators: 1: a model, 2 and 3: amounts of money */
                      _ ("%1$s would cost %2$s, which is over the %3$s that was agreed. Nothing was sent."), model->name, price,
                      limit);
}

/**
 * cs_api_models_choose:
 * @field: (out) (transfer none) (nullable): with an error: the field that is to be changed
 *
 * Returns: (transfer none): the model that @brief is tried with first. Errors: %CS_ERROR_INVALID_VALUE for a name,
 * %CS_ERROR_NO_KEY, %CS_ERROR_UNAVAILABLE, and %CS_ERROR_OVER_MAX_COST when all of them are dearer than what was agreed.
 */
const CsModel *
cs_api_models_choose (CsEngine *engine, const CsBrief *brief, const char **field, GError **error)
{
  CsProviderRegistry *registry = cs_engine_get_registry (engine);
  CsPriceList *prices = cs_engine_get_prices (engine);
  GError *failure = NULL;
  g_autoptr (GPtrArray) chain = cs_job_chain_new (registry, prices, brief, &failure);
  CsMoney cost;
  int first;

  *field = NULL;
  if (chain == NULL)
    {
      if (g_error_matches (failure, CS_ERROR, CS_ERROR_INVALID_VALUE))
        *field = find_field (registry, brief);
      else if (g_error_matches (failure, CS_ERROR, CS_ERROR_NO_KEY))
        failure = explain_no_key (engine, brief, failure);
      g_propagate_error (error, failure);
      return NULL;
    }
  first = cs_job_chain_find_first (chain, prices, brief, &cost);
  if (first >= 0)
    return chain->pdata[first];
  *field = "max_cost_usd";
  g_propagate_error (error, make_over_max_cost (prices, brief, chain->pdata[0]));
  return NULL;
}

const CsModel *
cs_api_models_guess (CsEngine *engine, const CsJobFacts *facts)
{
  CsProviderRegistry *registry = cs_engine_get_registry (engine);
  g_autoptr (GPtrArray) chain = NULL;

  if (facts->model != NULL)
    return cs_provider_registry_get_model (registry, facts->model);
  chain = cs_job_chain_new (registry, cs_engine_get_prices (engine), facts->brief, NULL);
  return chain != NULL ? chain->pdata[0] : NULL;
}
