/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wallet, usage and budget as others read them: every member, money to the micro-dollar, and cells that nothing runs. */
#include "config.h"
#include "wallet/cs-wallet-json.h"

#include "core/cs-json.h"

#include <string.h>

static CsUsageEvent *
add_event (CsUsage *usage, const char *user_id, const char *model, CsMoney estimated, CsMoney cost)
{
  CsUsageEvent *event = cs_usage_event_new ();

  event->id = usage->events->len + 1;
  event->at = G_GINT64_CONSTANT (1764400000123456);
  event->creation_id = g_strdup ("01J00000000000000000000000");
  event->attempt = 1;
  event->user_id = g_strdup (user_id);
  event->kind = g_strdup ("video");
  event->provider = g_strdup ("piapi");
  event->model = g_strdup (model);
  event->units = 5;
  event->unit = g_strdup ("second");
  event->estimated = estimated;
  event->cost = cost;
  usage->estimated += estimated;
  usage->cost += cost;
  g_ptr_array_add (usage->events, event);
  return event;
}

static void
model_free (gpointer data)
{
  CsUsageModel *model = data;

  g_free (model->provider);
  g_free (model->model);
  g_free (model);
}

static void
add_model (CsUsage *usage, const char *name, gint64 runs, double median_s)
{
  CsUsageModel *model = g_new0 (CsUsageModel, 1);

  model->provider = g_strdup ("piapi");
  model->model = g_strdup (name);
  model->runs = runs;
  model->median_s = model->p90_s = median_s;
  g_ptr_array_add (usage->models, model);
}

static CsUsage *
make_usage (void)
{
  CsUsage *usage = g_new0 (CsUsage, 1);

  usage->events = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_usage_event_free);
  usage->models = g_ptr_array_new_with_free_func (model_free);
  return usage;
}

static void
assert_json (JsonObject *object, const char *expected)
{
  g_autoptr (JsonObject) owned = object;
  g_autofree char *text = cs_json_object_to_string (object, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_key (void)
{
  CsWalletKey key = { 7, "KEY-…-A1B2", "Amina", 1500001, 250000, G_GINT64_CONSTANT (1764400000123456) };

  assert_json (cs_wallet_key_to_json (&key), "{\"key\":\"KEY-…-A1B2\",\"label\":\"Amina\",\"balance_usd\":1.500001,"
                                             "\"held_usd\":0.25,\"currency\":\"USD\",\"created_at\":\"2025-11-29T07:06:40.123Z\"}");
}

static void
test_statement (void)
{
  CsWalletKey key = { 7, "KEY-…-A1B2", "", 1, 0, 0 };
  CsLedgerEntry credit = { 1, CS_LEDGER_CREDIT, 2, NULL, 0 };
  CsLedgerEntry capture = { 2, CS_LEDGER_CAPTURE, 1, "ID", 0 };
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  CsWalletStatement statement = { &key, entries };

  g_ptr_array_add (entries, &credit);
  g_ptr_array_add (entries, &capture);
  assert_json (cs_wallet_statement_to_json (&statement),
               "{\"entries\":[{\"id\":1,\"at\":\"1970-01-01T00:00:00.000Z\",\"kind\":\"credit\",\"amount_usd\":0.000002},"
               "{\"id\":2,\"at\":\"1970-01-01T00:00:00.000Z\",\"kind\":\"capture\",\"amount_usd\":0.000001,\"creation_id\":\"ID\"}],"
               "\"key\":\"KEY-…-A1B2\",\"label\":\"\",\"balance_usd\":0.000001,\"held_usd\":0,\"currency\":\"USD\"}");
}

static void
test_budget (void)
{
  CsBudget budget = { .job_cap = -1, .day_cap = 0, .month_cap = 20500000, .api_cap = 5000000, .day_spent = 1, .month_spent = 2, .api_spent = 3 };

  assert_json (cs_budget_to_json (&budget),
               "{\"job_usd\":null,\"day_usd\":0,\"month_usd\":20.5,\"api_day_usd\":5,\"day_spent_usd\":0.000001,"
               "\"month_spent_usd\":0.000002,\"api_day_spent_usd\":0.000003,\"currency\":\"USD\"}");
}

/* Where nobody knows whether it was billed there is no drift; a model without a success has no times. */
static void
test_usage (void)
{
  g_autoptr (CsUsage) usage = make_usage ();
  g_autoptr (JsonObject) object = NULL;
  JsonObject *totals, *first, *second;
  CsUsageEvent *event;

  add_event (usage, "amina", "wan", 100, 140);
  add_event (usage, "amina", "flux", 100, 90);
  add_event (usage, "amina", "wan", 500, 900)->is_unknown = TRUE;
  event = usage->events->pdata[1];
  event->key = g_strdup ("KEY-…-A1B2");
  event->sale = 200;
  add_model (usage, "wan", 3, -1);
  add_model (usage, "flux", 1, 2.5);
  object = cs_usage_to_json (usage);
  totals = cs_json_get_object (object, "totals");
  first = json_array_get_object_element (cs_json_get_array (object, "by_model"), 0);
  second = json_array_get_object_element (cs_json_get_array (object, "by_model"), 1);
  g_assert_cmpint (cs_json_get_int (totals, "runs", 0), ==, 4);
  g_assert_cmpint (cs_json_get_money (totals, "cost_usd", 0), ==, 1130);
  g_assert_cmpint (cs_json_get_money (totals, "drift_usd", 0), ==, 30);
  g_assert_cmpint (cs_json_get_money (first, "drift_usd", 0), ==, 40);
  g_assert_true (json_object_get_null_member (first, "median_s"));
  g_assert_true (json_object_get_null_member (first, "p90_s"));
  g_assert_cmpint (cs_json_get_money (second, "drift_usd", 0), ==, -10);
  g_assert_cmpfloat (cs_json_get_double (second, "median_s", 0), ==, 2.5);
  first = json_array_get_object_element (cs_json_get_array (object, "events"), 0);
  second = json_array_get_object_element (cs_json_get_array (object, "events"), 1);
  g_assert_false (json_object_has_member (first, "key"));
  g_assert_cmpstr (cs_json_get_string (second, "key", ""), ==, "KEY-…-A1B2");
  g_assert_cmpint (cs_json_get_money (second, "sale_usd", 0), ==, 200);
  second = json_array_get_object_element (cs_json_get_array (object, "events"), 2);
  g_assert_cmpstr (cs_json_get_string (second, "billed", ""), ==, "unknown");
}

/* Every row has as many cells as the header, whatever stands in them. */
static void
test_csv (void)
{
  static const struct
  {
    const char *user_id, *cell;
  } users[] = {
    { "", "" },
    { "amina", "amina" },
    { "=1+1", "'=1+1" },
    { "+1", "'+1" },
    { "-1", "'-1" },
    { "@x", "'@x" },
    { "\tx", "'\tx" },
    { "\rx", "\"'\rx\"" },
    { "a=b", "a=b" },
    { "a,b", "\"a,b\"" },
    { "a\nb", "\"a\nb\"" },
    { "say \"a\"", "\"say \"\"a\"\"\"" },
    { "=\"a\",b", "\"'=\"\"a\"\",b\"" },
    { "أمينة", "أمينة" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (CsUsage) usage = make_usage ();
      g_autofree char *csv = NULL;
      g_autofree char *row = NULL;

      add_event (usage, users[i].user_id, "wan", 280000, 1);
      csv = cs_usage_to_csv (usage);
      row = g_strdup_printf ("\r\n1,2025-11-29T07:06:40.123Z,%s,,video,piapi,wan,5,second,0.28,0.000001,0,yes,"
                             "01J00000000000000000000000\r\n",
                             users[i].cell);
      g_assert_true (g_str_has_prefix (csv, "id,at,user_id,"));
      g_assert_cmpstr (strstr (csv, "\r\n"), ==, row);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wallet-json/key", test_key);
  g_test_add_func ("/wallet-json/statement", test_statement);
  g_test_add_func ("/wallet-json/budget", test_budget);
  g_test_add_func ("/wallet-json/usage", test_usage);
  g_test_add_func ("/wallet-json/csv", test_csv);
  return g_test_run ();
}
