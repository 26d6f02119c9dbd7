/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dated list prices of resources/prices.json, and those that the user puts over them: micro-USD per so many units,
 * rounded up once a job.
 */
#include "config.h"
#include "wallet/cs-price.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-json.h"
#include "core/cs-words.h"

#include <gio/gio.h>

#define PRICES_RESOURCE "/dz/iafactory/CreativeStudio/prices.json"
#define MAX_PRICES_LENGTH (1024 * 1024)

struct _CsPriceList
{
  gatomicrefcount ref_count;
  GHashTable *prices; /* model id -> CsPrice */
  char *trouble;      /* (nullable) why the user's own prices do not hold */
};

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
  g_free (self->trouble);
  g_free (self);
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cs_price_free);
}

static const CsPrice *
look_up (GHashTable *prices, const char *model)
{
  return prices != NULL && model != NULL ? g_hash_table_lookup (prices, model) : NULL;
}

/* @listed: (nullable): the prices that those of @json are laid over. Returns: (transfer full): those of @json alone. */
static GHashTable *
parse_rows (const char *json, gsize length, GHashTable *listed, GError **error)
{
  g_autoptr (JsonObject) root = cs_json_parse_object (json, length, MAX_PRICES_LENGTH, error);
  g_autoptr (GHashTable) prices = NULL;
  JsonArray *rows = cs_json_get_array (root, "prices");

  if (root == NULL)
    return NULL;
  if (rows == NULL)
    {
      cs_set_error (error, CS_ERROR_MALFORMED, _ ("There is no list called “prices” in it."));
      return NULL;
    }
  prices = new_table ();
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonNode *node = json_array_get_element (rows, i);
      JsonObject *row = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *model = cs_json_get_string (row, "model", NULL);
      const CsPrice *before = look_up (prices, model); /* two rows of one model say more than one */
      CsPrice *price = model != NULL ? cs_price_parse (row, before != NULL ? before : look_up (listed, model)) : NULL;

      if (price == NULL)
        {
          cs_set_error (error, CS_ERROR_MALFORMED,
                        /* translators: %u is a number; the rest is how a line of the file looks like */
                        _ ("Row %u is not a price, such as {\"model\": \"piapi/wan-2.2\", \"cost_usd\": \"0.28\"}."), i + 1);
          return NULL;
        }
      g_hash_table_replace (prices, g_strdup (model), price);
    }
  return g_steal_pointer (&prices);
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
  GHashTable *prices = parse_rows (json, length, NULL, error);
  CsPriceList *self;

  if (prices == NULL)
    return NULL;
  self = g_new0 (CsPriceList, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->prices = prices;
  return self;
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

/* All of them or none: half of a price list is no price list. */
static gboolean
lay_over (CsPriceList *self, const char *path, GError **error)
{
  g_autoptr (GHashTable) own = NULL;
  g_autofree char *json = NULL;
  GHashTableIter iter;
  gpointer model, price;
  gsize length;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)) /* a pipe would have us wait for its other end */
    {
      cs_set_error (error, CS_ERROR_MALFORMED, _ ("It is not a file."));
      return FALSE;
    }
  json = cs_file_read (path, MAX_PRICES_LENGTH, &length, error);
  own = json != NULL ? parse_rows (json, length, self->prices, error) : NULL;
  if (own == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &model, &price))
    {
      g_hash_table_iter_steal (&iter);
      g_hash_table_replace (self->prices, model, price);
    }
  return TRUE;
}

/**
 * cs_price_list_new_with_own:
 * @path: the user's own prices, a file of the same shape; need not be there. Blocks while it is read: at most 1 MiB.
 *
 * A row of it may say less than a whole one: what it leaves out is that of this program. A file that cannot be used is
 * left aside whole, and cs_price_list_get_trouble() says why.
 *
 * Returns: (transfer full): as cs_price_list_new().
 */
CsPriceList *
cs_price_list_new_with_own (const char *path, GError **error)
{
  CsPriceList *self = cs_price_list_new (error);
  g_autoptr (GError) bad = NULL;

  if (self != NULL && g_file_test (path, G_FILE_TEST_EXISTS) && !lay_over (self, path, &bad))
    /* translators: a sentence that says what is wrong with the file */
    self->trouble = g_strdup_printf (_ ("Your own prices do not hold, because prices.json cannot be used: %s"), bad->message);
  return self;
}

/** cs_price_list_get_trouble: Returns: (transfer none) (nullable): why the user's own prices do not hold, in a sentence. */
const char *
cs_price_list_get_trouble (CsPriceList *self)
{
  return self->trouble;
}

/* @amount: micro-USD for the units of @price. FALSE for nothing of it, or too much. */
static gboolean
multiply (const CsPrice *price, CsMoney amount, int seconds, int slides, CsMoney *sum)
{
  gint64 count = price->unit == CS_UNIT_SECOND ? seconds : price->unit == CS_UNIT_SLIDE ? slides : 1;
  gint64 total;

  if (count <= 0 || __builtin_mul_overflow (amount, count, &total) || __builtin_add_overflow (total, price->units - 1, &total))
    return FALSE;
  *sum = total / price->units;
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
  const CsPrice *price = look_up (self->prices, model);

  return price != NULL && multiply (price, price->cost, seconds, slides, cost);
}

/**
 * cs_price_list_quote_sale:
 * @sale: (out): micro-USD, rounded up: what a wallet key is debited; where there is no such price, what the provider takes
 *
 * Returns: as cs_price_list_quote().
 */
gboolean
cs_price_list_quote_sale (CsPriceList *self, const char *model, int seconds, int slides, CsMoney *sale)
{
  const CsPrice *price = look_up (self->prices, model);

  return price != NULL && multiply (price, price->sale >= 0 ? price->sale : price->cost, seconds, slides, sale);
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
  const CsPrice *price = look_up (self->prices, model);
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
  const CsPrice *price = look_up (self->prices, model);

  return price != NULL ? price->per : NULL;
}

/** cs_price_list_is_free_credit: Whether the user says that @model costs nothing, though others pay for it. */
gboolean
cs_price_list_is_free_credit (CsPriceList *self, const char *model)
{
  const CsPrice *price = look_up (self->prices, model);

  return price != NULL && price->is_free_credit;
}
