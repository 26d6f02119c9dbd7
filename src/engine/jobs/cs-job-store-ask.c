/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the steps of a job ask of the other jobs' rows. Worker thread only. */
#include "config.h"
#include "jobs/cs-job-store.h"

#include "core/cs-error.h"
#include "jobs/cs-job-row.h"

#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
#define MAX_BOUND "10000"
#define MAX_LEARNED "20"

/**
 * cs_job_store_list_bound:
 * @attempt: row of the attempt that asks
 * @sent_at: when it was sent
 *
 * Returns: (transfer full): the ids at @provider that belong to other attempts of about that time: what was found under
 * one of them is somebody else's.
 */
GStrv
cs_job_store_list_bound (CsDatabase *database, const char *provider, gint64 attempt, gint64 sent_at, GError **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "SELECT remote_id FROM attempts WHERE provider = :provider AND remote_id IS NOT NULL AND id <> :attempt"
      " AND sent_at >= :since ORDER BY abs(sent_at - :sent), id LIMIT " MAX_BOUND,
      error);

  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, "provider", provider);
  cs_statement_bind_int (statement, "attempt", attempt);
  cs_statement_bind_int (statement, "since", sent_at - DAY);
  cs_statement_bind_int (statement, "sent", sent_at);
  while (cs_statement_step (statement, &failure))
    g_strv_builder_add (ids, cs_statement_get_text (statement, 0));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_strv_builder_end (ids);
}

/** cs_job_store_find_first: Returns: (transfer full) (nullable): the first job of @batch; NULL without an error: gone. */
CsJobFacts *
cs_job_store_find_first (CsDatabase *database, const char *batch, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *id = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "SELECT id FROM jobs WHERE batch = :batch ORDER BY rowid LIMIT 1", error);

  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, "batch", batch);
  if (cs_statement_step (statement, &failure))
    id = cs_statement_dup_text (statement, 0);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return id != NULL ? cs_job_store_load (database, id, error) : NULL;
}

/**
 * cs_job_store_get_typical:
 *
 * Returns: seconds that @model usually takes: the one in the middle of its last twenty; 0 when it was never seen, below 0
 * with an error.
 */
double
cs_job_store_get_typical (CsDatabase *database, const char *model, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "WITH last AS (SELECT seconds FROM durations WHERE model = :model ORDER BY ended_at DESC, rowid DESC LIMIT " MAX_LEARNED ")"
      " SELECT seconds FROM last ORDER BY seconds LIMIT 1 OFFSET (SELECT count(*) / 2 FROM last)",
      error);

  if (statement == NULL)
    return -1;
  cs_statement_bind_text (statement, "model", model);
  if (cs_statement_step (statement, &failure))
    return cs_statement_get_double (statement, 0);
  if (failure == NULL)
    return 0;
  g_propagate_error (error, g_steal_pointer (&failure));
  return -1;
}

/** cs_job_store_count_rendering: Returns: how many jobs of all processes are with @provider; below 0 with an error. */
int
cs_job_store_count_rendering (CsDatabase *database, const char *provider, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "SELECT count(*) FROM jobs WHERE " CS_JOB_ACTIVE " AND state = 'rendering' AND provider = :provider"
                " AND owner IS NOT NULL",
      error);

  if (statement == NULL)
    return -1;
  cs_statement_bind_text (statement, "provider", provider);
  return cs_statement_step (statement, error) ? (int) cs_statement_get_int (statement, 0) : -1;
}

/** cs_job_store_needs_image: @name: of a file that is called by its hash. Returns: whether a job that goes on begins from it. */
gboolean
cs_job_store_needs_image (CsDatabase *database, const char *name, GError **error)
{
  g_autoptr (CsStatement) statement
      = cs_statement_new (database, "SELECT 1 FROM jobs WHERE " CS_JOB_ACTIVE " AND instr (brief, :name) > 0", error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "name", name);
  return cs_statement_step (statement, error);
}
