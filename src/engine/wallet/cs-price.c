/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a prices file, whole or laid over the one that this program ships with. Any thread. */
#include "config.h"
#include "wallet/cs-price.h"

#include "core/cs-json.h"

static const struct
{
  const char *word;
  CsUnit unit;
} units[] = {
  { "video", CS_UNIT_CREATION }, { "image", CS_UNIT_CREATION }, { "deck", CS_UNIT_CREATION },
  { "second", CS_UNIT_SECOND },  { "slide", CS_UNIT_SLIDE },
};

void
cs_price_free (CsPrice *self)
{
  g_free (self->per);
  g_free (self);
}

/* These three leave alone what the row does not say; FALSE for what is no such value. */

static gboolean
read_amount (JsonObject *row, const char *name, CsMoney *amount)
{
  CsMoney read;

  if (!json_object_has_member (row, name))
    return TRUE;
  if (!cs_money_parse (cs_json_get_string (row, name, ""), &read, NULL) || read < 0)
    return FALSE;
  *amount = read;
  return TRUE;
}

static gboolean
read_units (JsonObject *row, gint64 *count)
{
  if (json_object_has_member (row, "units"))
    *count = cs_json_get_int (row, "units", 0);
  return *count >= 1 && *count <= G_MAXINT;
}

static gboolean
read_unit (JsonObject *row, CsPrice *price)
{
  const char *word = json_object_has_member (row, "per") ? cs_json_get_string (row, "per", "") : price->per;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_strcmp0 (word, units[i].word) == 0)
      {
        g_free (price->per);
        price->per = g_strdup (units[i].word);
        price->unit = units[i].unit;
        return TRUE;
      }
  return FALSE;
}

static CsPrice *
copy_or_new (const CsPrice *listed)
{
  CsPrice *price = g_new0 (CsPrice, 1);

  if (listed != NULL)
    {
      *price = *listed;
      price->per = g_strdup (listed->per);
      return price;
    }
  price->cost = price->sale = -1;
  price->units = 1;
  return price;
}

/* A row without any amount was meant to say one. */
static gboolean
says_something (JsonObject *row)
{
  static const char *const names[] = { "cost_usd", "sale_usd", "input_usd", "output_usd" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (row, names[i]))
      return TRUE;
  return FALSE;
}

/* Who has a language model for nothing has its tokens for nothing too, unless he says otherwise. */
static void
settle_free (JsonObject *row, const CsPrice *listed, CsPrice *price)
{
  price->is_free_credit = price->cost == 0 && listed != NULL && (listed->cost != 0 || listed->is_free_credit);
  if (!price->is_free_credit)
    return;
  if (!json_object_has_member (row, "input_usd"))
    price->input = 0;
  if (!json_object_has_member (row, "output_usd"))
    price->output = 0;
}

/**
 * cs_price_parse:
 * @listed: (nullable): the row of the same model that @row is laid over: what @row does not say stays
 *
 * Returns: (transfer full) (nullable): the price; NULL when @row is none.
 */
CsPrice *
cs_price_parse (JsonObject *row, const CsPrice *listed)
{
  CsPrice *price = copy_or_new (listed);

  if (says_something (row) && read_amount (row, "cost_usd", &price->cost) && read_amount (row, "sale_usd", &price->sale)
      && read_amount (row, "input_usd", &price->input) && read_amount (row, "output_usd", &price->output)
      && read_units (row, &price->units) && read_unit (row, price) && price->cost >= 0)
    {
      settle_free (row, listed, price);
      return price;
    }
  cs_price_free (price);
  return NULL;
}
