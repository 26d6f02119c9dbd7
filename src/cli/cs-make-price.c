/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said before anything is queued: what will not be as it was asked, and what it costs. Main thread. */
#include "config.h"
#include "cli/cs-make-price.h"

static void
said_price_free (gpointer data)
{
  CsSaidPrice *price = data;

  g_free (price->model);
  g_free (price);
}

/** cs_said_prices_new: Returns: (transfer full) (element-type CsSaidPrice): no price was said yet. */
GPtrArray *
cs_said_prices_new (void)
{
  return g_ptr_array_new_with_free_func (said_price_free);
}

/** cs_said_prices_have: @said: (nullable). Returns: TRUE when just this was said. */
gboolean
cs_said_prices_have (GPtrArray *said, const char *model, CsMoney cost)
{
  for (guint i = 0; said != NULL && i < said->len; i++)
    {
      const CsSaidPrice *price = said->pdata[i];

      if (price->cost == cost && g_strcmp0 (price->model, model) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Drawn by this program: free of charge, which is said when it begins. */
static gboolean
is_drawn_here (CsCli *cli, const CsModel *model)
{
  CsProvider *provider
      = cs_provider_registry_get_provider (cs_engine_get_registry (cs_cli_get_engine (cli)), model->provider);

  return provider != NULL && cs_provider_is_local (provider) && !CS_IS_TEXT_PROVIDER (provider);
}

/* What the words may take of it. A deck is words: they are its price. With a wallet key the operator pays them. */
static CsMoney
get_text_cost (CsCli *cli, const CsBrief *brief, CsMoney cost)
{
  CsMoney most;

  if (brief->kind == CS_KIND_DECK || !brief->screenwriter || brief->wallet_key != NULL)
    return 0;
  most = MIN (cs_screenwriter_quote (cs_engine_get_screenwriter (cs_cli_get_engine (cli)), brief), CS_TEXT_MAX_COST);
  return brief->max_cost < 0 ? most : CLAMP (brief->max_cost - cost, 0, most);
}

/* What a wallet key is debited at most: by the dearest model of the chain whose cost is agreed to. */
static CsMoney
get_most_sale (CsCli *cli, const CsBrief *brief, CsMoney most)
{
  CsEngine *engine = cs_cli_get_engine (cli);
  CsPriceList *prices = cs_engine_get_prices (engine);
  g_autoptr (GPtrArray) chain = cs_job_chain_new (cs_engine_get_registry (engine), prices, brief, NULL);
  CsMoney dearest = 0;

  for (guint i = 0; chain != NULL && i < chain->len; i++)
    {
      CsMoney cost, sale;

      if (cs_job_chain_quote (prices, chain->pdata[i], brief, &cost) && cost <= most
          && cs_job_chain_quote_sale (prices, chain->pdata[i], brief, &sale))
        dearest = MAX (dearest, sale);
    }
  return dearest;
}

/* What costs others something is no gift of nature: the user has credit there. */
static char *
describe_price (CsCli *cli, const CsModel *model, CsMoney price)
{
  if (price == 0 && cs_price_list_is_free_credit (cs_engine_get_prices (cs_cli_get_engine (cli)), model->id))
    return g_strdup (_ ("free credit"));
  return cs_money_to_display (price);
}

/**
 * cs_make_say_amounts:
 * @cost: micro-USD that the provider takes
 * @most: the most that is agreed to
 *
 * Says both figures, as whoever pays is asked for them: a wallet key has its own prices.
 */
void
cs_make_say_amounts (CsCli *cli, const CsBrief *brief, const CsModel *model, CsMoney cost, CsMoney most)
{
  CsPriceList *prices = cs_engine_get_prices (cs_cli_get_engine (cli));
  gboolean has_key = brief->wallet_key != NULL;
  CsMoney price = cost;
  g_autofree char *words = NULL;
  g_autofree char *limit = NULL;

  if (has_key)
    cs_job_chain_quote_sale (prices, model, brief, &price);
  words = describe_price (cli, model, price);
  limit = cs_money_to_amount (has_key ? MAX (get_most_sale (cli, brief, most), price) : most);
  /* translators: 1: a model, 2 and 3: amounts of money */
  cs_output_say (cs_cli_get_output (cli), _ ("%1$s: %2$s, at most %3$s."), model->name, words, limit);
}

static void
say_share_of_words (CsCli *cli, CsMoney words)
{
  g_autofree char *share = cs_money_to_display (words);

  if (words > 0)
    /* translators: an amount of money */
    cs_output_say (cs_cli_get_output (cli), _ ("Up to %s of it is for rewriting the prompt."), share);
}

static void
add_said (GPtrArray *said, const CsModel *model, CsMoney cost)
{
  CsSaidPrice *price = g_new0 (CsSaidPrice, 1);

  price->model = g_strdup (model->id);
  price->cost = cost;
  g_ptr_array_add (said, price);
}

static void
say_notes (CsCli *cli, const CsBrief *brief, const CsModel *model)
{
  CsEngine *engine = cs_cli_get_engine (cli);
  g_auto (GStrv) notes
      = cs_job_chain_list_notes (cs_engine_get_registry (engine), cs_engine_get_prices (engine), brief, model);

  for (guint i = 0; notes[i] != NULL; i++)
    /* translators: a sentence about what a model does not do as it was asked */
    cs_output_say (cs_cli_get_output (cli), _ ("Note: %s"), notes[i]);
}

/**
 * cs_make_say_price:
 * @said: (element-type CsSaidPrice): what was said already; what is said now is added
 *
 * Says by whom @brief would be made, what he changes, and both prices: his, and the most that it may cost when others
 * have to stand in.
 *
 * Returns: FALSE when nobody can make it: nothing is to be queued.
 */
gboolean
cs_make_say_price (CsCli *cli, const CsBrief *brief, GPtrArray *said, GError **error)
{
  CsEngine *engine = cs_cli_get_engine (cli);
  CsPriceList *prices = cs_engine_get_prices (engine);
  g_autoptr (GPtrArray) chain = cs_job_chain_new (cs_engine_get_registry (engine), prices, brief, error);
  const CsModel *model;
  CsMoney cost, words;
  int first;

  if (chain == NULL)
    return FALSE;
  first = cs_job_chain_find_first (chain, prices, brief, &cost);
  if (first < 0)
    return TRUE; /* over what was agreed: the job says so, and waits */
  model = chain->pdata[first];
  if (cs_said_prices_have (said, model->id, cost))
    return TRUE;
  say_notes (cli, brief, model);
  if (is_drawn_here (cli, model))
    return TRUE;
  words = get_text_cost (cli, brief, cost);
  cs_make_say_amounts (cli, brief, model, cost, cs_job_chain_get_dearest (chain, prices, brief) + words);
  say_share_of_words (cli, words);
  add_said (said, model, cost);
  return TRUE;
}
