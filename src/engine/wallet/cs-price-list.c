/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dated list prices of resources/prices.json: micro-USD per so many units, rounded up once a job. */
#include "config.h"
#include "wallet/cs-price-list.h"

#include "core/cs-error.h"
#include "core/cs-json.h"

#include <gio/gio.h>

#define PRICES_RESOURCE "/dz/iafactory/CreativeStudio/prices.json"
#define MAX_PRICES_LENGTH (1024 * 1024)

typedef struct
{
  CsMoney cost;   /* micro-USD for `units` of `unit`: what the provider takes */
  CsMoney sale;   /* likewise: what a wallet key is debited */
  gint64 units;
  CsUnit unit;
  CsMoney input;  /* micro-USD for a million tokens that are read, and that are written: language models */
  CsMoney output;
  char *per;      /* the unit's word in the file: video, image, deck, second, slide */
} Price;

struct _CsPriceList
{
  gatomicrefcount ref_count;
  GHashTable *prices; /* model id -> Price */
};

static void
price_free (Price *price)
{
  g_free (price->per);
  g_free (price);
}

CsPriceList *
cs_price_list_ref (CsPriceList *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cs_price_list_unref (CsPriceList *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->prices);
  g_free (self);
}

static CsUnit
unit_from_word (const char *per)
{
  if (g_str_equal (per, "second"))
    return CS_UNIT_SECOND;
  return g_str_equal (per, "slide") ? CS_UNIT_SLIDE : CS_UNIT_CREATION;
}

/* An amount that may be left out; FALSE for one that is none. */
static gboolean
parse_amount (JsonObject *row, const char *name, CsMoney fallback, CsMoney *amount)
{
  *amount = fallback;
  return !json_object_has_member (row, name)
         || (cs_money_parse (cs_json_get_string (row, name, ""), amount, NULL) && *amount >= 0);
}

static Price *
parse_price (JsonObject *row)
{
  CsMoney input, output;
  const char *per = cs_json_get_string (row, "per", "");
  gint64 units = cs_json_get_int (row, "units", 1);
  CsMoney cost, sale;
  Price *price;

  if (units < 1 || units > G_MAXINT || *per == '\0' || cs_json_get_string (row, "model", NULL) == NULL
      || !cs_money_parse (cs_json_get_string (row, "cost_usd", ""), &cost, NULL) || cost < 0
      || !parse_amount (row, "sale_usd", cost, &sale) || !parse_amount (row, "input_usd", 0, &input)
      || !parse_amount (row, "output_usd", 0, &output))
    return NULL;
  price = g_new0 (Price, 1);
  price->cost = cost;
  price->sale = sale;
  price->units = units;
  price->unit = unit_from_word (per);
  price->input = input;
  price->output = output;
  price->per = g_strdup (per);
  return price;
}

/**
 * cs_price_list_new_parse:
 * @json: the text of a prices file
 *
 * Returns: (transfer full): the prices, or NULL with %CS_ERROR_MALFORMED.
 */
CsPriceList *
cs_price_list_new_parse (const char *json, gsize length, GError **error)
{
  g_autoptr (JsonObject) root = cs_json_parse_object (json, length, MAX_PRICES_LENGTH, error);
  g_autoptr (CsPriceList) self = NULL;
  JsonArray *rows;

  if (root == NULL)
    return NULL;
  self = g_new0 (CsPriceList, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->prices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) price_free);
  rows = cs_json_get_array (root, "prices");
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonNode *node = json_array_get_element (rows, i);
      JsonObject *row = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      Price *price = row != NULL ? parse_price (row) : NULL;

      if (price == NULL)
        {
          cs_set_error (error, CS_ERROR_MALFORMED, "prices.json: row %u is not a price", i + 1);
          return NULL;
        }
      g_hash_table_replace (self->prices, g_strdup (cs_json_get_string (row, "model", "")), price);
    }
  return g_steal_pointer (&self);
}

/** cs_price_list_new: Returns: (transfer full): the prices this program ships with. */
CsPriceList *
cs_price_list_new (GError **error)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (PRICES_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  gsize length;
  const char *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  return cs_price_list_new_parse (data, length, error);
}

/* @rate: micro-USD for price->units of what @price is counted in. */
static gboolean
quote (const Price *price, CsMoney rate, int seconds, int slides, CsMoney *amount)
{
  gint64 count = price->unit == CS_UNIT_SECOND ? seconds : price->unit == CS_UNIT_SLIDE ? slides : 1;
  gint64 total;

  if (count <= 0 || __builtin_mul_overflow (rate, count, &total) || __builtin_add_overflow (total, price->units - 1, &total))
    return FALSE;
  *amount = total / price->units;
  return TRUE;
}

/**
 * cs_price_list_quote:
 * @seconds: length of a video; ignored where the price is not per second
 * @slides: of a deck; ignored where the price is not per slide
 * @cost: (out): micro-USD, rounded up
 *
 * Returns: FALSE when the list has no price for @model, or for nothing of it: nothing may be sent then.
 */
gboolean
cs_price_list_quote (CsPriceList *self, const char *model, int seconds, int slides, CsMoney *cost)
{
  const Price *price = g_hash_table_lookup (self->prices, model);

  return price != NULL && quote (price, price->cost, seconds, slides, cost);
}

/**
 * cs_price_list_quote_sale:
 * @sale: (out): micro-USD that a wallet key is debited, rounded up; what it costs, unless the list has another price
 *
 * Returns: as cs_price_list_quote().
 */
gboolean
cs_price_list_quote_sale (CsPriceList *self, const char *model, int seconds, int slides, CsMoney *sale)
{
  const Price *price = g_hash_table_lookup (self->prices, model);

  return price != NULL && quote (price, price->sale, seconds, slides, sale);
}

/**
 * cs_price_list_quote_text:
 * @cost: (out): micro-USD, rounded up
 *
 * Returns: FALSE when the list has no price for @model, or the numbers are out of range.
 */
gboolean
cs_price_list_quote_text (CsPriceList *self, const char *model, gint64 input_tokens, gint64 output_tokens, CsMoney *cost)
{
  const gint64 million = 1000000;
  Price *price = g_hash_table_lookup (self->prices, model);
  gint64 input, output, total;

  if (price == NULL || input_tokens < 0 || output_tokens < 0 || __builtin_mul_overflow (price->input, input_tokens, &input)
      || __builtin_mul_overflow (price->output, output_tokens, &output) || __builtin_add_overflow (input, output, &total)
      || __builtin_add_overflow (total, million - 1, &total))
    return FALSE;
  *cost = total / million;
  return TRUE;
}

/** cs_price_list_get_unit: Returns: (transfer none) (nullable): "video", "image", "deck", "second" or "slide". */
const char *
cs_price_list_get_unit (CsPriceList *self, const char *model)
{
  Price *price = g_hash_table_lookup (self->prices, model);

  return price != NULL ? price->per : NULL;
}
