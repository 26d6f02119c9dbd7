/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "wallet/cs-price-list.h"

#include "core/cs-error.h"
#include "providers/cs-model.h"

#include <string.h>

static CsPriceList *
parse (const char *rows, GError **error)
{
  g_autofree char *json = g_strdup_printf ("{\"prices\": [%s]}", rows);

  return cs_price_list_new_parse (json, strlen (json), error);
}

static void
check (CsPriceList *list, const char *model, int seconds, CsMoney expected)
{
  CsMoney cost = -1;

  g_assert_true (cs_price_list_quote (list, model, seconds, 5, &cost));
  g_assert_cmpint (cost, ==, expected);
}

/* Micro-dollars, rounded up once a job and never down. */
static void
test_rounding (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPriceList) list = parse ("{\"model\": \"one\", \"per\": \"image\", \"cost_usd\": \"0.003\"},"
                                        "{\"model\": \"thousand\", \"per\": \"image\", \"units\": 1000, \"cost_usd\": \"0.000001\"},"
                                        "{\"model\": \"three\", \"per\": \"image\", \"units\": 3, \"cost_usd\": \"0.01\"},"
                                        "{\"model\": \"free\", \"per\": \"image\", \"cost_usd\": \"0\"}",
                                        &error);

  g_assert_no_error (error);
  check (list, "one", 0, 3000);
  check (list, "thousand", 0, 1);
  check (list, "three", 0, 3334);
  check (list, "free", 0, 0);
}

static void
test_seconds (void)
{
  g_autoptr (CsPriceList) list = parse ("{\"model\": \"s\", \"per\": \"second\", \"cost_usd\": \"0.056\"},"
                                        "{\"model\": \"seven\", \"per\": \"second\", \"units\": 7, \"cost_usd\": \"0.1\"}",
                                        NULL);
  CsMoney cost;

  check (list, "s", 5, 280000);
  check (list, "s", 10, 560000);
  check (list, "seven", 5, 71429);
  check (list, "seven", 7, 100000);
  /* no seconds have no price, rather than none to pay */
  g_assert_false (cs_price_list_quote (list, "s", 0, 5, &cost));
  g_assert_false (cs_price_list_quote (list, "s", -5, 5, &cost));
  g_assert_cmpstr (cs_price_list_get_unit (list, "s"), ==, "second");
}

static void
check_sale (CsPriceList *list, const char *model, int seconds, CsMoney expected)
{
  CsMoney sale = -1;

  g_assert_true (cs_price_list_quote_sale (list, model, seconds, 5, &sale));
  g_assert_cmpint (sale, ==, expected);
}

/* What it costs, unless the operator has a price of his own: also nothing, or less than it costs. */
static void
test_sale (void)
{
  g_autoptr (CsPriceList) list = parse ("{\"model\": \"same\", \"per\": \"second\", \"cost_usd\": \"0.056\"},"
                                        "{\"model\": \"dear\", \"per\": \"second\", \"units\": 3, \"cost_usd\": \"0.01\", \"sale_usd\": \"0.02\"},"
                                        "{\"model\": \"gift\", \"per\": \"image\", \"cost_usd\": \"0.01\", \"sale_usd\": \"0\"}",
                                        NULL);
  CsMoney sale;

  check_sale (list, "same", 5, 280000);
  check_sale (list, "dear", 5, 33334);
  check (list, "dear", 5, 16667);
  check_sale (list, "gift", 0, 0);
  check (list, "gift", 0, 10000);
  g_assert_false (cs_price_list_quote_sale (list, "nobody", 5, 5, &sale));
  g_assert_false (cs_price_list_quote_sale (list, "dear", 0, 5, &sale));
}

static void
test_unknown (void)
{
  g_autoptr (CsPriceList) list = parse ("", NULL);
  CsMoney cost;

  g_assert_false (cs_price_list_quote (list, "nobody", 5, 5, &cost));
  g_assert_null (cs_price_list_get_unit (list, "nobody"));
}

static void
test_overflow (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPriceList) list = parse ("{\"model\": \"s\", \"per\": \"second\", \"cost_usd\": \"1000000\"}", &error);
  CsMoney cost;

  g_assert_no_error (error);
  check (list, "s", 9000000, G_GINT64_CONSTANT (9000000000000000000));
  g_assert_false (cs_price_list_quote (list, "s", G_MAXINT, 5, &cost));
}

static void
test_refused (void)
{
  static const char *const rows[] = {
    "7",
    "{}",
    "{\"model\": \"m\", \"per\": \"image\"}",
    "{\"model\": \"m\", \"per\": \"image\", \"cost_usd\": 0.28}",
    "{\"model\": \"m\", \"per\": \"image\", \"cost_usd\": \"-1\"}",
    "{\"model\": \"m\", \"per\": \"image\", \"cost_usd\": \"0.0000001\"}",
    "{\"model\": \"m\", \"per\": \"image\", \"cost_usd\": \"free\"}",
    "{\"model\": \"m\", \"per\": \"\", \"cost_usd\": \"1\"}",
    "{\"model\": \"m\", \"per\": \"image\", \"units\": 0, \"cost_usd\": \"1\"}",
    "{\"model\": \"m\", \"per\": \"image\", \"units\": -3, \"cost_usd\": \"1\"}",
    "{\"per\": \"image\", \"cost_usd\": \"1\"}",
    "{\"model\": \"m\", \"per\": \"image\", \"cost_usd\": \"1\", \"sale_usd\": \"-1\"}",
    "{\"model\": \"m\", \"per\": \"image\", \"cost_usd\": \"1\", \"sale_usd\": \"dear\"}",
    "{\"model\": \"m\", \"per\": \"image\", \"cost_usd\": \"1\", \"sale_usd\": 2}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i]);
      g_assert_null (parse (rows[i], &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_MALFORMED);
    }
}

/* Every model that this program offers has a price, or nothing could be sent to it. */
static void
test_built_in (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPriceList) list = cs_price_list_new (&error);
  g_autoptr (GPtrArray) models = cs_models_load (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];
      CsMoney cost;

      if (model->retired)
        continue;
      g_test_message ("%s", model->id);
      g_assert_true (cs_price_list_quote (list, model->id, cs_model_nearest_duration (model, 5), 5, &cost));
      g_assert_cmpint (cost, >=, 0);
      if (g_str_equal (model->provider, "sketch"))
        g_assert_cmpint (cost, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/price-list/rounding", test_rounding);
  g_test_add_func ("/price-list/seconds", test_seconds);
  g_test_add_func ("/price-list/sale", test_sale);
  g_test_add_func ("/price-list/unknown", test_unknown);
  g_test_add_func ("/price-list/overflow", test_overflow);
  g_test_add_func ("/price-list/refused", test_refused);
  g_test_add_func ("/promise-2/price-list/built-in", test_built_in);
  return g_test_run ();
}
