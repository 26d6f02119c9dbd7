/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli pricing: what every model costs, and whether it can be used now. */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-table.h"

/* Who writes decks on this computer is not known before somebody has looked; without an answer they are not there. */
static gboolean
look_for_writers (CsCli *cli, GError **error)
{
  CsProviderRegistry *registry = cs_engine_get_registry (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;

  cs_text_look_async (registry, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  return cs_text_look_finish (registry, cs_cli_await (&result), error);
}

static char *
describe_unit (const char *unit, const char *price)
{
  static const struct
  {
    const char *unit, *words;
  } all[] = {
    /* translators: a price; for a model that makes videos */
    { "video", N_ ("%s a video") },
    /* translators: a price; for a model that makes pictures */
    { "image", N_ ("%s a picture") },
    /* translators: a price; for a model that writes presentations */
    { "deck", N_ ("%s a presentation") },
    /* translators: a price; for a model that makes videos */
    { "second", N_ ("%s a second") },
    /* translators: a price; for a model that writes presentations */
    { "slide", N_ ("%s a slide") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_strcmp0 (unit, all[i].unit) == 0)
      {
        char *words;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        words = g_strdup_printf (_ (all[i].words), price);
#pragma GCC diagnostic pop
        return words;
      }
  return g_strdup (price);
}

static char *
describe_price (JsonObject *model)
{
  CsMoney cost = cs_json_get_money (model, "cost_usd", 0);
  g_autofree char *amount = cs_money_to_amount (cost);

  if (cs_json_get_boolean (model, "free_credit", FALSE))
    return g_strdup (_ ("free credit"));
  return cost == 0 ? cs_money_to_display (cost) : describe_unit (cs_json_get_string (model, "unit", ""), amount);
}

/* Only where it is another one. */
static char *
describe_sale (JsonObject *model)
{
  CsMoney sale = cs_json_get_money (model, "sale_usd", 0);
  g_autofree char *amount = cs_money_to_amount (sale);

  if (sale == cs_json_get_money (model, "cost_usd", 0))
    return g_strdup ("");
  /* translators: an amount of money that a wallet key pays */
  return g_strdup_printf (_ ("sold at %s"), amount);
}

static void
add_row (CsTable *table, JsonObject *model)
{
  gboolean is_available = cs_json_get_boolean (model, "available", FALSE);
  g_autofree char *price = describe_price (model);
  g_autofree char *sale = describe_sale (model);

  cs_table_add (table, cs_json_get_string (model, "id", ""), cs_json_get_string (model, "kind", ""), price, sale,
                /* translators: a model that can be used now */
                is_available ? _ ("ready") : cs_json_get_string (model, "why_not", ""), NULL);
}

/* What the list itself cannot know of a model, and of the user's own file. */
static void
add_own (CsCli *cli, JsonObject *document)
{
  CsPriceList *prices = cs_engine_get_prices (cs_cli_get_engine (cli));
  const char *trouble = cs_price_list_get_trouble (prices);
  JsonArray *models = cs_json_get_array (document, "models");

  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonObject *model = json_array_get_object_element (models, i);

      if (cs_price_list_is_free_credit (prices, cs_json_get_string (model, "id", NULL)))
        json_object_set_boolean_member (model, "free_credit", TRUE);
    }
  if (trouble == NULL)
    return;
  cs_json_set_string (document, "trouble", trouble);
  cs_output_say (cs_cli_get_output (cli), "%s", trouble);
}

static gboolean
run (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autoptr (CsTable) table = cs_table_new ("lllll");
  JsonObject *document;
  JsonArray *models;
  CsEngine *engine;

  if (!cs_cli_open (cli, error) || !look_for_writers (cli, error))
    return FALSE;
  engine = cs_cli_get_engine (cli);
  document = cs_pricing_to_json (cs_engine_get_registry (engine), cs_engine_get_prices (engine));
  add_own (cli, document);
  models = cs_json_get_array (document, "models");
  for (guint i = 0; i < json_array_get_length (models); i++)
    add_row (table, json_array_get_object_element (models, i));
  cs_table_print (table, cs_cli_get_output (cli));
  cs_output_set_document (cs_cli_get_output (cli), document);
  return TRUE;
}

const CsCommand cs_command_pricing = {
  .name = "pricing",
  .summary = N_ ("Show what every model costs, and whether it can be used now"),
  .details = N_ ("A file prices.json in the folder of the studio puts your own prices over these: rows such as\n"
                 "{\"model\": \"piapi/wan-2.2\", \"cost_usd\": \"0.20\", \"sale_usd\": \"0.45\"} in {\"prices\": [...]}. The\n"
                 "sale price is what a wallet key pays. 0 is free credit. The manual page says more."),
  .run = run,
};
