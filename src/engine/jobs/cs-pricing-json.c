/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What things cost now, and by whom, as the JSON of the contract: for the command line and the server. Main thread. */
#include "config.h"
#include "jobs/cs-pricing-json.h"

#include "core/cs-json.h"
#include "core/cs-words.h"
#include "jobs/cs-job-chain.h"
#include "providers/cs-text-provider.h"

#define ONE 1 /* second, slide */
#define HUGGINGFACE "huggingface"

/* Drawn by this program, without AI: what there is when nobody else can be used. */
static gboolean
is_sketched (CsProviderRegistry *registry, const CsModel *model)
{
  CsProvider *provider = cs_provider_registry_get_provider (registry, model->provider);

  return provider != NULL && cs_provider_is_local (provider) && !CS_IS_TEXT_PROVIDER (provider);
}

/* "5s", "5-7s": of the lengths that can be asked for, those that the model makes. */
static char *
describe_length (const CsModel *model)
{
  int shortest = cs_model_nearest_duration (model, CS_DURATION_MIN);
  int longest = cs_model_nearest_duration (model, CS_DURATION_MAX);

  return shortest == longest ? g_strdup_printf ("%ds", shortest) : g_strdup_printf ("%d-%ds", shortest, longest);
}

static char *
describe (CsProviderRegistry *registry, const CsModel *model)
{
  g_autofree char *length = NULL;

  if (is_sketched (registry, model))
    return g_strdup (model->kind == CS_KIND_DECK ? _ ("Reveal.js presentation: an outline, without AI")
                                                 : _ ("A preview without AI, drawn on this computer"));
  if (model->kind == CS_KIND_DECK)
    return g_strdup (_ ("Reveal.js presentation"));
  if (model->kind == CS_KIND_IMAGE)
    return g_strdup (_ ("High quality image"));
  length = describe_length (model);
  /* translators: 1: seconds, as "5s" or "5-7s"; 2: a model */
  return g_strdup_printf (_ ("Video %1$s %2$s"), length, model->short_name);
}

static char *
describe_provider (CsProviderRegistry *registry, const CsModel *model, CsMoney cost)
{
  const char *name = cs_provider_get_name (cs_provider_registry_get_provider (registry, model->provider));

  if (is_sketched (registry, model))
    return g_strdup (name);
  if (cost > 0)
    return g_strdup_printf ("%s (%s)", name, model->short_name);
  /* translators: 1: a provider, 2: a model; it costs nothing */
  return g_strdup_printf (_ ("%1$s (%2$s - FREE)"), name, model->short_name);
}

/* What is made of @kind when nobody chooses: the first of its chain that can be used now, for what is asked for most. */
static JsonObject *
kind_to_json (CsProviderRegistry *registry, CsPriceList *prices, CsKind kind)
{
  g_autoptr (CsBrief) brief = cs_brief_new (kind);
  g_autoptr (GPtrArray) chain = cs_job_chain_new (registry, prices, brief, NULL);
  const CsModel *model = chain != NULL ? chain->pdata[0] : NULL;
  JsonObject *object = json_object_new ();
  g_autofree char *description = model != NULL ? describe (registry, model) : NULL;
  g_autofree char *provider = NULL;
  CsMoney cost = 0;
  CsMoney sale = 0;

  if (model != NULL)
    {
      cs_job_chain_quote (prices, model, brief, &cost);
      cs_job_chain_quote_sale (prices, model, brief, &sale);
      provider = describe_provider (registry, model, cost);
    }
  cs_json_set_money (object, "cost_usd", cost);
  cs_json_set_string (object, "description", description != NULL ? description : "");
  cs_json_set_string (object, "provider", provider != NULL ? provider : "");
  json_object_set_boolean_member (object, "available", model != NULL && !is_sketched (registry, model));
  cs_json_set_money (object, "sale_usd", sale);
  if (model != NULL)
    cs_json_set_string (object, "model", model->id);
  return object;
}

/* The price of one unit, whatever is counted. */
static JsonObject *
model_to_json (CsProviderRegistry *registry, CsPriceList *prices, const CsModel *model)
{
  JsonObject *object = json_object_new ();
  g_autofree char *why_not = NULL;
  gboolean is_usable = cs_provider_registry_is_usable (registry, model, &why_not);
  CsMoney cost = 0;
  CsMoney sale = 0;

  cs_price_list_quote (prices, model->id, ONE, ONE, &cost);
  cs_price_list_quote_sale (prices, model->id, ONE, ONE, &sale);
  cs_json_set_string (object, "id", model->id);
  cs_json_set_string (object, "provider", model->provider);
  cs_json_set_string (object, "name", model->name);
  cs_json_set_string (object, "kind", cs_kind_to_string (model->kind));
  cs_json_set_string (object, "unit", cs_price_list_get_unit (prices, model->id));
  cs_json_set_money (object, "cost_usd", cost);
  cs_json_set_money (object, "sale_usd", sale);
  json_object_set_boolean_member (object, "available", is_usable);
  if (!is_usable)
    cs_json_set_string (object, "why_not", why_not != NULL ? why_not : "");
  return object;
}

/* Whether a model of @provider can be used, which takes its key. */
static gboolean
has_provider (CsProviderRegistry *registry, const char *provider)
{
  GPtrArray *models = cs_provider_registry_get_models (registry);

  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];

      if (g_str_equal (model->provider, provider) && cs_provider_registry_is_usable (registry, model, NULL))
        return TRUE;
    }
  return FALSE;
}

static JsonArray *
models_to_json (CsProviderRegistry *registry, CsPriceList *prices)
{
  GPtrArray *models = cs_provider_registry_get_models (registry);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];

      /* What has no price is not offered, nor is a model of nobody. */
      if (!model->retired && cs_price_list_get_unit (prices, model->id) != NULL
          && cs_provider_registry_get_provider (registry, model->provider) != NULL)
        json_array_add_object_element (array, model_to_json (registry, prices, model));
    }
  return array;
}

/**
 * cs_pricing_to_json:
 *
 * Who of the language models on this computer can be used is known only after a cs_text_look_async().
 *
 * Returns: (transfer full): what each kind of creation costs now, and every model; its words are in the language of the scope.
 */
JsonObject *
cs_pricing_to_json (CsProviderRegistry *registry, CsPriceList *prices)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (object, "video", kind_to_json (registry, prices, CS_KIND_VIDEO));
  json_object_set_object_member (object, "image", kind_to_json (registry, prices, CS_KIND_IMAGE));
  json_object_set_object_member (object, "presentation", kind_to_json (registry, prices, CS_KIND_DECK));
  cs_json_set_string (object, "currency", "USD");
  json_object_set_boolean_member (object, "hf_configured", has_provider (registry, HUGGINGFACE));
  json_object_set_array_member (object, "models", models_to_json (registry, prices));
  return object;
}
