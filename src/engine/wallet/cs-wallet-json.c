/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wallet keys, ledger, usage and budget as the JSON of the contract. Main thread, on plain values. */
#include "config.h"
#include "wallet/cs-wallet-json.h"

#include "core/cs-json.h"

static void
add_key (JsonObject *object, const CsWalletKey *key)
{
  cs_json_set_string (object, "key", key->name);
  cs_json_set_string (object, "label", key->label);
  cs_json_set_money (object, "balance_usd", key->balance);
  cs_json_set_money (object, "held_usd", key->held);
  cs_json_set_string (object, "currency", "USD");
}

/** cs_wallet_key_to_json: Returns: (transfer full): a key as it may be shown. */
JsonObject *
cs_wallet_key_to_json (const CsWalletKey *key)
{
  JsonObject *object = json_object_new ();

  add_key (object, key);
  cs_json_set_time (object, "created_at", key->created_at);
  return object;
}

static JsonObject *
entry_to_json (const CsLedgerEntry *entry)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", entry->id);
  cs_json_set_time (object, "at", entry->at);
  cs_json_set_string (object, "kind", cs_ledger_kind_to_string (entry->kind));
  cs_json_set_money (object, "amount_usd", entry->amount);
  if (entry->creation_id != NULL)
    cs_json_set_string (object, "creation_id", entry->creation_id);
  return object;
}

/** cs_wallet_statement_to_json: Returns: (transfer full): a key and its moves, oldest first. */
JsonObject *
cs_wallet_statement_to_json (const CsWalletStatement *statement)
{
  JsonObject *object = json_object_new ();
  JsonArray *entries = json_array_sized_new (statement->entries->len);

  for (guint i = 0; i < statement->entries->len; i++)
    json_array_add_object_element (entries, entry_to_json (statement->entries->pdata[i]));
  json_object_set_array_member (object, "entries", entries);
  add_key (object, statement->key);
  return object;
}

static JsonObject *
event_to_json (const CsUsageEvent *event)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", event->id);
  cs_json_set_time (object, "at", event->at);
  cs_json_set_string (object, "user_id", event->user_id);
  if (event->key != NULL)
    cs_json_set_string (object, "key", event->key);
  cs_json_set_string (object, "kind", event->kind);
  cs_json_set_string (object, "provider", event->provider);
  cs_json_set_string (object, "model", event->model);
  json_object_set_int_member (object, "units", event->units);
  cs_json_set_string (object, "unit", event->unit);
  cs_json_set_money (object, "estimated_cost_usd", event->estimated);
  cs_json_set_money (object, "cost_usd", event->cost);
  if (event->key != NULL)
    cs_json_set_money (object, "sale_usd", event->sale);
  cs_json_set_string (object, "billed", event->is_unknown ? "unknown" : "yes");
  cs_json_set_string (object, "creation_id", event->creation_id);
  return object;
}

/* How far what was taken is from what was quoted, where both are known. @model: (nullable): of this one only. */
static CsMoney
get_drift (const CsUsage *usage, const CsUsageModel *model)
{
  CsMoney drift = 0;

  for (guint i = 0; i < usage->events->len; i++)
    {
      const CsUsageEvent *event = usage->events->pdata[i];

      if (!event->is_unknown
          && (model == NULL || (g_str_equal (event->model, model->model) && g_str_equal (event->provider, model->provider))))
        drift += event->cost - event->estimated;
    }
  return drift;
}

/* A model that has never succeeded has no times. */
static void
add_seconds (JsonObject *object, const char *name, double seconds)
{
  if (seconds < 0)
    json_object_set_null_member (object, name);
  else
    json_object_set_double_member (object, name, seconds);
}

static JsonObject *
model_to_json (const CsUsage *usage, const CsUsageModel *model)
{
  JsonObject *object = json_object_new ();

  cs_json_set_string (object, "provider", model->provider);
  cs_json_set_string (object, "model", model->model);
  json_object_set_int_member (object, "runs", model->runs);
  json_object_set_int_member (object, "succeeded", model->succeeded);
  json_object_set_int_member (object, "failed", model->failed);
  add_seconds (object, "median_s", model->median_s);
  add_seconds (object, "p90_s", model->p90_s);
  cs_json_set_money (object, "cost_usd", model->cost);
  cs_json_set_money (object, "estimated_cost_usd", model->estimated);
  cs_json_set_money (object, "drift_usd", get_drift (usage, model));
  return object;
}

static JsonObject *
totals_to_json (const CsUsage *usage)
{
  JsonObject *object = json_object_new ();
  gint64 runs = 0;

  for (guint i = 0; i < usage->models->len; i++)
    runs += ((const CsUsageModel *) usage->models->pdata[i])->runs;
  json_object_set_int_member (object, "runs", runs);
  cs_json_set_money (object, "estimated_cost_usd", usage->estimated);
  cs_json_set_money (object, "cost_usd", usage->cost);
  cs_json_set_money (object, "drift_usd", get_drift (usage, NULL));
  cs_json_set_money (object, "sale_usd", usage->sale);
  cs_json_set_string (object, "currency", "USD");
  return object;
}

/** cs_usage_to_json: Returns: (transfer full): events, oldest first, their sums, and how each model did. */
JsonObject *
cs_usage_to_json (const CsUsage *usage)
{
  JsonObject *object = json_object_new ();
  JsonArray *events = json_array_sized_new (usage->events->len);
  JsonArray *models = json_array_sized_new (usage->models->len);

  for (guint i = 0; i < usage->events->len; i++)
    json_array_add_object_element (events, event_to_json (usage->events->pdata[i]));
  for (guint i = 0; i < usage->models->len; i++)
    json_array_add_object_element (models, model_to_json (usage, usage->models->pdata[i]));
  json_object_set_array_member (object, "events", events);
  json_object_set_object_member (object, "totals", totals_to_json (usage));
  json_object_set_array_member (object, "by_model", models);
  return object;
}

/* No cap is null, and not some number that looks like one. */
static void
add_cap (JsonObject *object, const char *name, CsMoney cap)
{
  if (cap < 0)
    json_object_set_null_member (object, name);
  else
    cs_json_set_money (object, name, cap);
}

/** cs_budget_to_json: Returns: (transfer full): the caps and what is spent of them. */
JsonObject *
cs_budget_to_json (const CsBudget *budget)
{
  JsonObject *object = json_object_new ();

  add_cap (object, "job_usd", budget->job_cap);
  add_cap (object, "day_usd", budget->day_cap);
  add_cap (object, "month_usd", budget->month_cap);
  add_cap (object, "api_day_usd", budget->api_cap);
  cs_json_set_money (object, "day_spent_usd", budget->day_spent);
  cs_json_set_money (object, "month_spent_usd", budget->month_spent);
  cs_json_set_money (object, "api_day_spent_usd", budget->api_spent);
  cs_json_set_string (object, "currency", "USD");
  return object;
}
