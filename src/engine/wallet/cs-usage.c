/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used: one event for every act that may be paid for, and how the models did. Worker thread only. */
#include "config.h"
#include "wallet/cs-usage.h"

#include "core/cs-clock.h"
#include "wallet/cs-wallet-key.h"

#include <string.h>

/* A wallet key that is asked about, and which rows count. */
typedef struct
{
  const CsUsageQuery *query;
  gint64 key_id; /* 0: whoever paid */
} Filter;

CsUsageEvent *
cs_usage_event_new (void)
{
  return g_new0 (CsUsageEvent, 1);
}

void
cs_usage_event_free (CsUsageEvent *self)
{
  if (self == NULL)
    return;
  g_free (self->creation_id);
  g_free (self->user_id);
  g_free (self->key);
  g_free (self->kind);
  g_free (self->provider);
  g_free (self->model);
  g_free (self->unit);
  g_free (self);
}

static void
usage_model_free (CsUsageModel *model)
{
  g_free (model->provider);
  g_free (model->model);
  g_free (model);
}

void
cs_usage_free (CsUsage *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->models);
  g_free (self);
}

/** cs_usage_insert: Writes @event down, with its time when it has none. One of the same job and attempt stays as it is. */
gboolean
cs_usage_insert (CsDatabase *database, const CsUsageEvent *event, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "INSERT INTO usage_events (at, job_id, attempt, user_id, key_id, kind, provider, model, units, unit, estimated, cost,"
      " sale, is_unknown) VALUES (:at, :job, :attempt, :user, :key, :kind, :provider, :model, :units, :unit, :estimated,"
      " :cost, :sale, :is_unknown) ON CONFLICT (job_id, attempt) DO NOTHING",
      error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, "at", event->at != 0 ? event->at : cs_clock_now ());
  cs_statement_bind_text (statement, "job", event->creation_id);
  cs_statement_bind_int (statement, "attempt", event->attempt);
  cs_statement_bind_text (statement, "user", event->user_id != NULL ? event->user_id : "");
  if (event->key_id != 0)
    cs_statement_bind_int (statement, "key", event->key_id);
  cs_statement_bind_text (statement, "kind", event->kind);
  cs_statement_bind_text (statement, "provider", event->provider);
  cs_statement_bind_text (statement, "model", event->model);
  cs_statement_bind_int (statement, "units", event->units);
  cs_statement_bind_text (statement, "unit", event->unit);
  cs_statement_bind_int (statement, "estimated", event->estimated);
  cs_statement_bind_int (statement, "cost", event->cost);
  cs_statement_bind_int (statement, "sale", event->sale);
  cs_statement_bind_int (statement, "is_unknown", event->is_unknown);
  return cs_statement_run (statement, error);
}

/* Reading */

/* @select, of what is asked for: @owner has the user and the key, @at is the time of a row. */
static CsStatement *
filter_select (CsDatabase *database, const Filter *filter, const char *select, const char *owner, const char *at,
               const char *order, GError **error)
{
  const CsUsageQuery *query = filter->query;
  g_autoptr (GString) sql = g_string_new (select);
  CsStatement *statement;

  if (query->user_id != NULL)
    g_string_append_printf (sql, " AND %s.user_id = :user", owner);
  if (filter->key_id != 0)
    g_string_append_printf (sql, " AND %s.key_id = :key", owner);
  if (query->from != 0)
    g_string_append_printf (sql, " AND %s >= :from", at);
  if (query->to != 0)
    g_string_append_printf (sql, " AND %s < :to", at);
  g_string_append (sql, order);
  statement = cs_statement_new (database, sql->str, error);
  if (statement == NULL)
    return NULL;
  if (query->user_id != NULL)
    cs_statement_bind_text (statement, "user", query->user_id);
  if (filter->key_id != 0)
    cs_statement_bind_int (statement, "key", filter->key_id);
  if (query->from != 0)
    cs_statement_bind_int (statement, "from", query->from);
  if (query->to != 0)
    cs_statement_bind_int (statement, "to", query->to);
  return statement;
}

static CsUsageEvent *
read_event (CsStatement *row)
{
  CsUsageEvent *event = cs_usage_event_new ();

  event->id = cs_statement_get_int (row, 0);
  event->at = cs_statement_get_int (row, 1);
  event->creation_id = cs_statement_dup_text (row, 2);
  event->attempt = (int) cs_statement_get_int (row, 3);
  event->user_id = cs_statement_dup_text (row, 4);
  event->key_id = cs_statement_get_int (row, 5);
  event->key = cs_statement_is_null (row, 6) ? NULL : cs_wallet_key_make_name (cs_statement_get_text (row, 6));
  event->kind = cs_statement_dup_text (row, 7);
  event->provider = cs_statement_dup_text (row, 8);
  event->model = cs_statement_dup_text (row, 9);
  event->units = cs_statement_get_int (row, 10);
  event->unit = cs_statement_dup_text (row, 11);
  event->estimated = cs_statement_get_int (row, 12);
  event->cost = cs_statement_get_int (row, 13);
  event->sale = cs_statement_get_int (row, 14);
  event->is_unknown = cs_statement_get_int (row, 15) != 0;
  return event;
}

/* What the holder of a key was told, and paid: what the provider took is between him and the operator. */
static void
show_to_holder (CsUsageEvent *event, CsStatement *row)
{
  event->estimated = cs_statement_get_int (row, 16);
  event->cost = event->sale;
}

static gboolean
load_events (CsDatabase *database, const Filter *filter, CsUsage *usage, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = filter_select (
      database, filter,
      "SELECT e.id, e.at, e.job_id, e.attempt, e.user_id, e.key_id, k.ending, e.kind, e.provider, e.model, e.units, e.unit,"
      " e.estimated, e.cost, e.sale, e.is_unknown, coalesce (a.sale, 0) FROM usage_events AS e"
      " LEFT JOIN wallet_keys AS k ON k.id = e.key_id"
      " LEFT JOIN attempts AS a ON a.job_id = e.job_id AND a.number = e.attempt WHERE 1",
      "e", "e.at", " ORDER BY e.id", error);

  if (statement == NULL)
    return FALSE;
  while (cs_statement_step (statement, &failure))
    {
      CsUsageEvent *event = read_event (statement);

      if (filter->key_id != 0)
        show_to_holder (event, statement);
      usage->estimated += event->estimated;
      usage->cost += event->cost;
      usage->sale += event->sale;
      g_ptr_array_add (usage->events, event);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* How the models did */

/* A model while its runs are being counted. */
typedef struct
{
  CsUsageModel *model; /* borrowed */
  GArray *seconds;     /* of double: how long each took that succeeded */
} Tally;

static void
tally_free (Tally *tally)
{
  g_array_unref (tally->seconds);
  g_free (tally);
}

static Tally *
find_tally (GHashTable *tallies, CsUsage *usage, const char *provider, const char *name)
{
  g_autofree char *id = g_strconcat (provider, "\n", name, NULL);
  Tally *tally = g_hash_table_lookup (tallies, id);

  if (tally != NULL)
    return tally;
  tally = g_new0 (Tally, 1);
  tally->seconds = g_array_new (FALSE, FALSE, sizeof (double));
  tally->model = g_new0 (CsUsageModel, 1);
  tally->model->provider = g_strdup (provider);
  tally->model->model = g_strdup (name);
  g_ptr_array_add (usage->models, tally->model);
  g_hash_table_insert (tallies, g_steal_pointer (&id), tally);
  return tally;
}

/* Words are no attempts: their events are their runs. */
static void
add_event (Tally *tally, const CsUsageEvent *event)
{
  tally->model->estimated += event->estimated;
  tally->model->cost += event->cost;
  if (event->attempt > 0)
    return;
  tally->model->runs++;
  if (event->is_unknown)
    tally->model->failed++;
  else
    tally->model->succeeded++;
}

/* Whoever was cancelled did not fail. */
static void
add_run (Tally *tally, CsStatement *row)
{
  const char *status = cs_statement_get_text (row, 2);
  double seconds = cs_statement_get_double (row, 3);

  tally->model->runs++;
  if (g_str_equal (status, "succeeded"))
    {
      tally->model->succeeded++;
      g_array_append_val (tally->seconds, seconds);
    }
  else if (!g_str_equal (status, "cancelled"))
    tally->model->failed++;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double two = *(const double *) b;

  return one < two ? -1 : one > two;
}

/* The one in the middle, or between the two there; and the one that nine of ten are not over. */
static void
take_measures (Tally *tally)
{
  const double *seconds = (const double *) tally->seconds->data;
  guint n = tally->seconds->len;

  tally->model->median_s = tally->model->p90_s = -1;
  if (n == 0)
    return;
  g_array_sort (tally->seconds, compare_doubles);
  tally->model->median_s = (seconds[(n - 1) / 2] + seconds[n / 2]) / 2;
  tally->model->p90_s = seconds[(n * 9 + 9) / 10 - 1];
}

static int
compare_models (gconstpointer a, gconstpointer b)
{
  const CsUsageModel *one = *(CsUsageModel *const *) a;
  const CsUsageModel *two = *(CsUsageModel *const *) b;
  int order = strcmp (one->provider, two->provider);

  return order != 0 ? order : strcmp (one->model, two->model);
}

/* Attempts that were sent and have ended. */
static gboolean
load_runs (CsDatabase *database, const Filter *filter, GHashTable *tallies, CsUsage *usage, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = filter_select (
      database, filter,
      "SELECT a.provider, a.model, a.status, (a.ended_at - a.sent_at) / 1e6 FROM attempts AS a JOIN jobs AS j ON j.id = a.job_id"
      " WHERE a.ended_at IS NOT NULL AND a.sent_at IS NOT NULL AND a.status <> 'not_sent'",
      "j", "a.ended_at", "", error);

  if (statement == NULL)
    return FALSE;
  while (cs_statement_step (statement, &failure))
    add_run (find_tally (tallies, usage, cs_statement_get_text (statement, 0), cs_statement_get_text (statement, 1)), statement);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
load_models (CsDatabase *database, const Filter *filter, CsUsage *usage, GError **error)
{
  g_autoptr (GHashTable) tallies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tally_free);
  GHashTableIter iter;
  gpointer tally;

  for (guint i = 0; i < usage->events->len; i++)
    {
      const CsUsageEvent *event = usage->events->pdata[i];

      add_event (find_tally (tallies, usage, event->provider, event->model), event);
    }
  if (!load_runs (database, filter, tallies, usage, error))
    return FALSE;
  g_hash_table_iter_init (&iter, tallies);
  while (g_hash_table_iter_next (&iter, NULL, &tally))
    take_measures (tally);
  g_ptr_array_sort (usage->models, compare_models);
  return TRUE;
}

/**
 * cs_usage_load:
 *
 * Returns: (transfer full): what was used; NULL with %CS_ERROR_INSUFFICIENT_CREDIT for a wallet key that is not known.
 */
CsUsage *
cs_usage_load (CsDatabase *database, const CsUsageQuery *query, GError **error)
{
  g_autoptr (CsUsage) usage = g_new0 (CsUsage, 1);
  Filter filter = { query, 0 };

  usage->events = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_usage_event_free);
  usage->models = g_ptr_array_new_with_free_func ((GDestroyNotify) usage_model_free);
  if (query->key_code != NULL)
    {
      g_autofree char *hash = cs_wallet_key_hash (query->key_code);
      g_autoptr (CsWalletKey) key = cs_wallet_key_find (database, hash, error);

      if (key == NULL)
        return NULL;
      filter.key_id = key->id;
    }
  if (!load_events (database, &filter, usage, error) || !load_models (database, &filter, usage, error))
    return NULL;
  return g_steal_pointer (&usage);
}
