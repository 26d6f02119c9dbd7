/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The models a brief is tried with: the first that makes what was asked comes first, and what is not is said. */
#include "config.h"
#include "jobs/cs-job-chain.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

#include <stdlib.h>

#define CLOSE_ENOUGH 1 /* seconds */

/** cs_job_chain_quote: @cost: (out): micro-USD of @brief by @model. Returns: FALSE when no price is known. */
gboolean
cs_job_chain_quote (CsPriceList *prices, const CsModel *model, const CsBrief *brief, CsMoney *cost)
{
  return cs_price_list_quote (prices, model->id, cs_model_nearest_duration (model, brief->duration), brief->num_slides, cost);
}

/** cs_job_chain_quote_sale: @sale: (out): micro-USD that a wallet key is debited. Returns: as cs_job_chain_quote(). */
gboolean
cs_job_chain_quote_sale (CsPriceList *prices, const CsModel *model, const CsBrief *brief, CsMoney *sale)
{
  return cs_price_list_quote_sale (prices, model->id, cs_model_nearest_duration (model, brief->duration), brief->num_slides,
                                   sale);
}

/**
 * cs_job_chain_quote_payer:
 * @price: (out): micro-USD that @model costs whoever pays: what a wallet key is debited, or what the provider takes
 *
 * Returns: as cs_job_chain_quote().
 */
gboolean
cs_job_chain_quote_payer (CsPriceList *prices, const CsModel *model, const CsBrief *brief, CsMoney *price)
{
  return brief->wallet_key != NULL ? cs_job_chain_quote_sale (prices, model, brief, price)
                                   : cs_job_chain_quote (prices, model, brief, price);
}

/* How far @model is from the brief; 0: makes what was asked. What is seen at once weighs most. */
static int
get_distance (const CsModel *model, const CsBrief *brief)
{
  int distance = 0;

  if (brief->kind == CS_KIND_DECK)
    return 0;
  if (brief->image != NULL && !model->takes_image)
    distance += 400;
  if (!cs_model_has_aspect (model, brief->aspect))
    distance += 200;
  if (brief->kind == CS_KIND_VIDEO)
    {
      int seconds = abs (cs_model_nearest_duration (model, brief->duration) - brief->duration);

      if (brief->sound == CS_WISH_NO && model->sound == CS_SOUND_ALWAYS)
        distance += 100;
      if (seconds > CLOSE_ENOUGH)
        distance += seconds;
    }
  return distance;
}

/* The nearest one to the front; the others keep their order behind it. */
static void
put_first (GPtrArray *chain, const CsBrief *brief)
{
  guint best = 0;
  CsModel *model;

  for (guint i = 1; i < chain->len; i++)
    if (get_distance (chain->pdata[i], brief) < get_distance (chain->pdata[best], brief))
      best = i;
  model = g_ptr_array_steal_index (chain, best);
  g_ptr_array_insert (chain, 0, model);
}

static gboolean
wants_sound (const CsBrief *brief)
{
  return brief->kind == CS_KIND_VIDEO && brief->sound == CS_WISH_YES;
}

/* Somebody who would make sound, if he could be used: what it takes is said. */
static void
set_no_sound (CsProviderRegistry *registry, const CsBrief *brief, GError **error)
{
  GPtrArray *models = cs_provider_registry_get_models (registry);

  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];
      g_autofree char *why_not = NULL;

      if (model->kind != brief->kind || model->sound == CS_SOUND_NEVER || model->retired
          || brief->provider != NULL || brief->model != NULL
          || cs_provider_registry_get_provider (registry, model->provider) == NULL
          || cs_provider_registry_is_usable (registry, model, &why_not))
        continue;
      /* translators: 1: a model, 2: a sentence that says which key it needs */
      cs_set_error (error, CS_ERROR_NO_KEY, _ ("None of the models that can be used makes sound. %1$s does: %2$s"), model->name,
                    why_not != NULL ? why_not : "");
      return;
    }
  cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("What was chosen makes no sound. Choose another model, or do without sound."));
}

static GPtrArray *
keep_suitable (GPtrArray *all, CsPriceList *prices, const CsBrief *brief, gboolean *has_price)
{
  GPtrArray *chain = g_ptr_array_new ();

  *has_price = FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      CsModel *model = all->pdata[i];
      CsMoney cost;

      if (!cs_job_chain_quote (prices, model, brief, &cost))
        continue;
      *has_price = TRUE;
      if (!wants_sound (brief) || model->sound != CS_SOUND_NEVER)
        g_ptr_array_add (chain, model);
    }
  return chain;
}

/**
 * cs_job_chain_new:
 * @brief: a checked brief
 *
 * Returns: (transfer container) (element-type CsModel): at least one model, each with a price: first the one that makes
 * what was asked, or comes nearest to it, then the others in their order. With sound asked for only models that have it.
 * Else NULL with the errors of cs_provider_registry_get_chain(), or %CS_ERROR_UNAVAILABLE when there is no price.
 */
GPtrArray *
cs_job_chain_new (CsProviderRegistry *registry, CsPriceList *prices, const CsBrief *brief, GError **error)
{
  g_autoptr (GPtrArray) all = cs_provider_registry_get_chain (registry, brief->kind, brief->provider, brief->model, error);
  g_autoptr (GPtrArray) chain = NULL;
  gboolean has_price;

  if (all == NULL)
    return NULL;
  chain = keep_suitable (all, prices, brief, &has_price);
  if (chain->len > 0)
    {
      put_first (chain, brief);
      return g_steal_pointer (&chain);
    }
  if (has_price)
    set_no_sound (registry, brief, error);
  else
    cs_set_error (error, CS_ERROR_UNAVAILABLE, _ ("No price is known for what was asked, so nothing was sent."));
  return NULL;
}

/* Whoever pays agreed to what he pays. */
static gboolean
is_agreed (CsPriceList *prices, const CsModel *model, const CsBrief *brief)
{
  CsMoney price;

  return brief->max_cost < 0
         || (cs_job_chain_quote_payer (prices, model, brief, &price) && price <= brief->max_cost);
}

/** cs_job_chain_get_dearest: Returns: micro-USD: the most that a model of @chain takes within what the brief agrees to. */
CsMoney
cs_job_chain_get_dearest (GPtrArray *chain, CsPriceList *prices, const CsBrief *brief)
{
  CsMoney dearest = 0;

  for (guint i = 0; i < chain->len; i++)
    {
      CsMoney cost;

      if (cs_job_chain_quote (prices, chain->pdata[i], brief, &cost) && is_agreed (prices, chain->pdata[i], brief))
        dearest = MAX (dearest, cost);
    }
  return dearest;
}

/** cs_job_chain_find_first: @cost: (out): its price. Returns: the place of the first model that is agreed to; -1: none. */
int
cs_job_chain_find_first (GPtrArray *chain, CsPriceList *prices, const CsBrief *brief, CsMoney *cost)
{
  for (guint i = 0; i < chain->len; i++)
    if (cs_job_chain_quote (prices, chain->pdata[i], brief, cost) && is_agreed (prices, chain->pdata[i], brief))
      return (int) i;
  return -1;
}

/* Notes */

static gboolean
makes_as_asked (const CsModel *model, const CsBrief *brief)
{
  return model->kind == brief->kind && !model->retired && get_distance (model, brief) == 0
         && cs_model_nearest_duration (model, brief->duration) == brief->duration
         && (!wants_sound (brief) || model->sound != CS_SOUND_NEVER);
}

/**
 * cs_job_chain_find_right_one:
 * @cost: (out): micro-USD of @brief by it
 *
 * Returns: (transfer none) (nullable): somebody paid who makes @brief in every way as it was asked: one who can be used now
 * comes before those who need a key first.
 */
const CsModel *
cs_job_chain_find_right_one (CsProviderRegistry *registry, CsPriceList *prices, const CsBrief *brief, CsMoney *cost)
{
  GPtrArray *models = cs_provider_registry_get_models (registry);
  const CsModel *found = NULL;

  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];
      gboolean is_usable = cs_provider_registry_is_usable (registry, model, NULL);
      CsMoney price;

      if ((found != NULL && !is_usable) || !makes_as_asked (model, brief) || !cs_provider_registry_is_automatic (registry, model)
          || !cs_job_chain_quote (prices, model, brief, &price) || price == 0)
        continue;
      found = model;
      *cost = price;
      if (is_usable)
        break;
    }
  return found;
}

/* Somebody, also without a key yet, who makes it as it was asked. */
static void
add_right_one (GStrvBuilder *notes, CsProviderRegistry *registry, CsPriceList *prices, const CsBrief *brief)
{
  CsMoney cost;
  const CsModel *model = cs_job_chain_find_right_one (registry, prices, brief, &cost);
  g_autofree char *price = model != NULL ? cs_money_to_display (cost) : NULL;
  g_autofree char *note = NULL;

  if (model == NULL)
    return;
  /* translators: 1: a model, 2: an amount of money */
  note = g_strdup_printf (_ ("%1$s makes it as asked, for %2$s."), model->name, price);
  g_strv_builder_add (notes, note);
}

static gboolean
add_length (GStrvBuilder *notes, const CsBrief *brief, const CsModel *model)
{
  int seconds = cs_model_nearest_duration (model, brief->duration);
  g_autofree char *note = NULL;

  if (brief->kind != CS_KIND_VIDEO || seconds == brief->duration)
    return FALSE;
  /* translators: 1: a model, 2 and 3: seconds */
  note = g_strdup_printf (_ ("%1$s makes %2$d s, not %3$d s."), model->name, seconds, brief->duration);
  g_strv_builder_add (notes, note);
  return TRUE;
}

static gboolean
add_ratio (GStrvBuilder *notes, const CsBrief *brief, const CsModel *model)
{
  CsAspect aspect = cs_model_nearest_aspect (model, brief->aspect);
  g_autofree char *note = NULL;

  if (aspect == brief->aspect)
    return FALSE;
  /* translators: 1: a model, 2 and 3: ratios of width to height, 16:9 */
  note = g_strdup_printf (_ ("%1$s makes %2$s, not %3$s."), model->name, cs_aspect_to_string (aspect),
                          cs_aspect_to_string (brief->aspect));
  g_strv_builder_add (notes, note);
  return TRUE;
}

static gboolean
add_missing (GStrvBuilder *notes, const char *format, const CsModel *model)
{
  g_autofree char *note = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  note = g_strdup_printf (format, model->name);
#pragma GCC diagnostic pop
  g_strv_builder_add (notes, note);
  return TRUE;
}

/**
 * cs_job_chain_list_notes:
 * @model: by whom @brief is made
 *
 * Returns: (transfer full): a sentence for everything that @model changes of what was asked, and one about who would not.
 */
GStrv
cs_job_chain_list_notes (CsProviderRegistry *registry, CsPriceList *prices, const CsBrief *brief, const CsModel *model)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  gboolean is_changed = FALSE;

  if (brief->kind == CS_KIND_DECK)
    return g_strv_builder_end (notes);
  is_changed |= add_length (notes, brief, model);
  is_changed |= add_ratio (notes, brief, model);
  if (brief->image != NULL && !model->takes_image)
    is_changed |= add_missing (notes, _ ("%s does not look at a picture to begin from."), model);
  if (wants_sound (brief) && model->sound == CS_SOUND_NEVER)
    is_changed |= add_missing (notes, _ ("%s makes no sound."), model);
  if (is_changed)
    add_right_one (notes, registry, prices, brief);
  return g_strv_builder_end (notes);
}
