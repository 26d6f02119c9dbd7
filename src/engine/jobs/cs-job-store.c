/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs and their attempts in the database; worker thread only, inside the transaction of the caller. */
#include "config.h"
#include "jobs/cs-job-store.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "jobs/cs-job-row.h"
#include "jobs/cs-owner.h"
#include "library/cs-creation-store.h"
#include "wallet/cs-budget.h"

#include <glib/gi18n-lib.h>

#define ACTIVE "state NOT IN ('done', 'failed', 'cancelled')"

/* A clock that was set back must not put a job to sleep for years. */
#define LONGEST_WAIT (G_GINT64_CONSTANT (10) * 60 * G_USEC_PER_SEC)

void
cs_job_commit_free (CsJobCommit *commit)
{
  cs_job_facts_free (commit->facts);
  cs_attempt_free (commit->attempt);
  cs_creation_facts_free (commit->creation);
  g_free (commit->owner);
  g_free (commit->owners_folder);
  g_free (commit);
}

/**
 * cs_job_store_insert:
 * @facts: a new job; its owner is stored too, so that it is born with a driver
 */
gboolean
cs_job_store_insert (CsDatabase *database, CsJobFacts *facts, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "INSERT INTO jobs (id, kind, state, brief, screenplay, chain, chain_position, provider, model, owner, not_before, waiting,"
      " max_cost, consent_at, estimated_cost, cost, progress, uncertain_since, look_count, error_code, error_message,"
      " user_id, request_id, request_hash, batch, title, created_at, updated_at)"
      " VALUES (:id, :kind, :state, :brief, :screenplay, :chain, :chain_position, :provider, :model, :owner, :not_before,"
      " :waiting, :max_cost, :consent_at, :estimated_cost, :cost, :progress, :uncertain_since, :look_count, :error_code,"
      " :error_message, :user_id, :request_id, :request_hash, :batch, :title, :created_at, :updated_at)",
      error);

  if (statement == NULL)
    return FALSE;
  cs_job_row_bind (statement, facts);
  cs_statement_bind_text (statement, "owner", facts->owner);
  cs_statement_bind_text (statement, "user_id", facts->brief->user_id != NULL ? facts->brief->user_id : "");
  cs_statement_bind_text (statement, "request_id", facts->brief->request_id);
  return cs_statement_run (statement, error);
}

static gboolean
load_attempts (CsDatabase *database, CsJobFacts *facts, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "SELECT " CS_ATTEMPT_COLUMNS " FROM attempts WHERE job_id = :id ORDER BY number", error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "id", facts->id);
  while (cs_statement_step (statement, &failure))
    {
      CsAttempt *attempt = cs_attempt_row_read (statement, error);

      if (attempt == NULL)
        return FALSE;
      g_ptr_array_add (facts->attempts, attempt);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

/* Steps once: the job of the row, or NULL without an error when there is none. */
static CsJobFacts *
read_one (CsDatabase *database, CsStatement *statement, GError **error)
{
  g_autoptr (CsJobFacts) facts = NULL;

  if (!cs_statement_step (statement, error))
    return NULL;
  facts = cs_job_row_read (statement, error);
  if (facts == NULL || !load_attempts (database, facts, error))
    return NULL;
  return g_steal_pointer (&facts);
}

/** cs_job_store_load: Returns: (transfer full): the job; NULL with %CS_ERROR_NOT_FOUND when there is none. */
CsJobFacts *
cs_job_store_load (CsDatabase *database, const char *id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (database, "SELECT " CS_JOB_COLUMNS " FROM jobs WHERE id = :id", error);
  CsJobFacts *facts;

  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, "id", id);
  facts = read_one (database, statement, &failure);
  if (facts == NULL && failure == NULL)
    cs_set_error (error, CS_ERROR_NOT_FOUND, _ ("There is no job “%s”."), id);
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return facts;
}

/** cs_job_store_find: Like cs_job_store_load(), by our id or by the id that a provider gave. */
CsJobFacts *
cs_job_store_find (CsDatabase *database, const char *id_or_remote_id, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "SELECT job_id FROM attempts WHERE remote_id = :id ORDER BY id DESC LIMIT 1", error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, "id", id_or_remote_id);
  if (cs_statement_step (statement, &failure))
    return cs_job_store_load (database, cs_statement_get_text (statement, 0), error);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return cs_job_store_load (database, id_or_remote_id, error);
}

/** cs_job_store_find_request: Returns: (transfer full) (nullable): the job of an earlier request with this id. */
CsJobFacts *
cs_job_store_find_request (CsDatabase *database, const char *user_id, const char *request_id, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "SELECT " CS_JOB_COLUMNS " FROM jobs WHERE user_id = :user AND request_id = :request", error);

  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, "user", user_id != NULL ? user_id : "");
  cs_statement_bind_text (statement, "request", request_id);
  return read_one (database, statement, error);
}

static GPtrArray *
read_all (CsDatabase *database, CsStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_job_facts_free);
  g_autoptr (GError) failure = NULL;
  CsJobFacts *facts;

  while ((facts = read_one (database, statement, &failure)) != NULL)
    g_ptr_array_add (jobs, facts);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&jobs);
}

/** cs_job_store_list: Returns: (transfer full) (element-type CsJobFacts): the newest @limit jobs, newest first. */
GPtrArray *
cs_job_store_list (CsDatabase *database, gboolean active_only, int limit, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      active_only ? "SELECT " CS_JOB_COLUMNS " FROM jobs WHERE " ACTIVE " ORDER BY created_at DESC, id DESC LIMIT :limit"
                  : "SELECT " CS_JOB_COLUMNS " FROM jobs ORDER BY created_at DESC, id DESC LIMIT :limit",
      error);

  if (statement == NULL)
    return NULL;
  cs_statement_bind_int (statement, "limit", limit);
  return read_all (database, statement, error);
}

/* Asks the kernel once per name, however many jobs the owner has. */
static gboolean
is_owner_alive (GHashTable *known, const char *folder, const char *name)
{
  gpointer answer;

  if (!g_hash_table_lookup_extended (known, name, NULL, &answer))
    {
      answer = GINT_TO_POINTER (cs_owner_is_alive (folder, name));
      g_hash_table_insert (known, g_strdup (name), answer);
    }
  return GPOINTER_TO_INT (answer);
}

static gboolean
take_over (CsDatabase *database, const char *owner, const char *id, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "UPDATE jobs SET owner = :owner, not_before = min(not_before, :latest) WHERE id = :id", error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "owner", owner);
  cs_statement_bind_int (statement, "latest", cs_clock_now () + LONGEST_WAIT);
  cs_statement_bind_text (statement, "id", id);
  return cs_statement_run (statement, error);
}

/* The ids of jobs that nobody drives, what expires first. */
static GStrv
list_free (CsDatabase *database, const char *owner, const char *folder, const char *id, int limit, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "SELECT id, owner FROM jobs WHERE " ACTIVE " AND owner IS NOT :owner AND (:id IS NULL OR id = :id)"
      " ORDER BY state IN ('downloading', 'finishing') DESC, state = 'rendering' DESC, created_at, id",
      error);

  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, "owner", owner);
  cs_statement_bind_text (statement, "id", id);
  while (limit > 0 && cs_statement_step (statement, &failure))
    if (cs_statement_is_null (statement, 1) || !is_owner_alive (known, folder, cs_statement_get_text (statement, 1)))
      {
        g_strv_builder_add (ids, cs_statement_get_text (statement, 0));
        limit--;
      }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_strv_builder_end (ids);
}

/**
 * cs_job_store_claim:
 * @id: (nullable): only this job
 *
 * Makes @owner the driver of jobs that nobody drives, or whose driver is dead. One writing transaction: two processes
 * never get the same job.
 *
 * Returns: (transfer full) (element-type CsJobFacts): the jobs taken over, at most @limit.
 */
GPtrArray *
cs_job_store_claim (CsDatabase *database, const char *owner, const char *owners_folder, const char *id, int limit,
                    GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_job_facts_free);
  g_auto (GStrv) ids = list_free (database, owner, owners_folder, id, limit, error);

  if (ids == NULL)
    return NULL;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      CsJobFacts *facts;

      if (!take_over (database, owner, ids[i], error))
        return NULL;
      facts = cs_job_store_load (database, ids[i], error);
      if (facts == NULL)
        return NULL;
      g_ptr_array_add (jobs, facts);
    }
  return g_steal_pointer (&jobs);
}

static gboolean
update_job (CsDatabase *database, CsJobCommit *commit, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "UPDATE jobs SET kind = :kind, state = :state, brief = :brief, screenplay = :screenplay, chain = :chain,"
      " chain_position = :chain_position, provider = :provider, model = :model, not_before = :not_before,"
      " waiting = :waiting, max_cost = :max_cost, consent_at = :consent_at, estimated_cost = :estimated_cost,"
      " cost = :cost, progress = :progress, uncertain_since = :uncertain_since, look_count = :look_count,"
      " error_code = :error_code, error_message = :error_message, request_hash = :request_hash, batch = :batch,"
      " title = :title, created_at = :created_at, updated_at = :updated_at"
      " WHERE id = :id AND owner = :owner AND state = :from RETURNING cancel_requested",
      error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  commit->facts->updated_at = cs_clock_now ();
  cs_job_row_bind (statement, commit->facts);
  cs_statement_bind_text (statement, "owner", commit->owner);
  cs_statement_bind_text (statement, "from", cs_job_state_to_string (commit->from));
  if (!cs_statement_step (statement, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        cs_set_error (error, CS_ERROR_CONFLICT, _ ("Another process took this job over."));
      return FALSE;
    }
  commit->facts->cancel_requested = cs_statement_get_int (statement, 0) != 0;
  return TRUE;
}

static gboolean
write_attempt (CsDatabase *database, const char *job_id, CsAttempt *attempt, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      attempt->id == 0
          ? "INSERT INTO attempts (job_id, number, provider, model, seed, request, work_file, status, remote_id, billed, hold,"
            " cost, output, sha256, size, mime_type, error_code, error_message, created_at, sent_at, ended_at)"
            " VALUES (:job_id, :number, :provider, :model, :seed, :request, :work_file, :status, :remote_id, :billed,"
            " :hold, :cost, :output, :sha256, :size, :mime_type, :error_code, :error_message, :created_at, :sent_at, :ended_at)"
            " RETURNING id"
          : "UPDATE attempts SET number = :number, provider = :provider, model = :model, seed = :seed, request = :request,"
            " work_file = :work_file, status = :status, remote_id = :remote_id, billed = :billed, hold = :hold, cost = :cost,"
            " output = :output, sha256 = :sha256, size = :size, mime_type = :mime_type, error_code = :error_code,"
            " error_message = :error_message, created_at = :created_at, sent_at = :sent_at, ended_at = :ended_at"
            " WHERE id = :id AND job_id = :job_id RETURNING id",
      error);

  if (statement == NULL)
    return FALSE;
  cs_attempt_row_bind (statement, attempt);
  cs_statement_bind_text (statement, "job_id", job_id);
  if (attempt->id != 0)
    cs_statement_bind_int (statement, "id", attempt->id);
  if (!cs_statement_step (statement, error))
    return FALSE;
  attempt->id = cs_statement_get_int (statement, 0);
  return TRUE;
}

/* How many jobs of living processes are with the provider now. */
static int
count_running (CsDatabase *database, CsJobCommit *commit, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "SELECT owner, count(*) FROM jobs WHERE state IN ('submitting', 'rendering') AND provider = :provider AND id <> :id"
      " AND owner IS NOT NULL GROUP BY owner",
      error);
  int count = 0;

  if (statement == NULL)
    return -1;
  cs_statement_bind_text (statement, "provider", commit->facts->provider);
  cs_statement_bind_text (statement, "id", commit->facts->id);
  while (cs_statement_step (statement, &failure))
    if (is_owner_alive (known, commit->owners_folder, cs_statement_get_text (statement, 0)))
      count += (int) cs_statement_get_int (statement, 1);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return -1;
    }
  return count;
}

/* Leaving HOLDING for SUBMITTING is the moment at which money is put aside: everything that may forbid it is asked here. */
static gboolean
check_hold (CsDatabase *database, CsJobCommit *commit, GError **error)
{
  if (commit->from != CS_JOB_HOLDING || commit->facts->state != CS_JOB_SUBMITTING)
    return TRUE;
  if (commit->max_running > 0)
    {
      int running = count_running (database, commit, error);

      if (running < 0)
        return FALSE;
      if (running >= commit->max_running)
        {
          cs_set_error (error, CS_ERROR_RATE_LIMITED, _ ("Waiting for its turn: %d before it."), running);
          return FALSE;
        }
    }
  return commit->facts->brief->over_budget || cs_budget_check (database, commit->attempt->hold, error);
}

static gboolean
learn_duration (CsDatabase *database, CsJobCommit *commit, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;

  if (commit->seconds <= 0)
    return TRUE;
  statement = cs_statement_new (
      database, "INSERT INTO durations (provider, model, seconds, ended_at) VALUES (:provider, :model, :seconds, :now)", error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "provider", commit->facts->provider);
  cs_statement_bind_text (statement, "model", commit->facts->model);
  cs_statement_bind_double (statement, "seconds", commit->seconds);
  cs_statement_bind_int (statement, "now", cs_clock_now ());
  return cs_statement_run (statement, error);
}

/**
 * cs_job_store_commit:
 *
 * One step of a job: the job, its attempt, its creation and what was learned, all or nothing.
 *
 * Returns: FALSE with %CS_ERROR_CONFLICT when the job is not ours or not in that state any more, %CS_ERROR_OVER_BUDGET or
 * %CS_ERROR_RATE_LIMITED when nothing may be held now, or an error of the database.
 */
gboolean
cs_job_store_commit (CsDatabase *database, CsJobCommit *commit, GError **error)
{
  if (!cs_job_state_can_move (commit->from, commit->facts->state))
    {
      cs_set_error (error, CS_ERROR_FAILED, "A job cannot go from %s to %s.", cs_job_state_to_string (commit->from),
                    cs_job_state_to_string (commit->facts->state));
      return FALSE;
    }
  return check_hold (database, commit, error)
         && update_job (database, commit, error)
         && (commit->attempt == NULL || write_attempt (database, commit->facts->id, commit->attempt, error))
         && (commit->creation == NULL || cs_creation_store_insert (database, commit->creation, error))
         && learn_duration (database, commit, error);
}

/**
 * cs_job_store_cancel:
 *
 * A job that was not sent is cancelled here and now, whoever drives it; for any other the wish is written down for its
 * driver.
 *
 * Returns: FALSE with %CS_ERROR_NOT_FOUND, or %CS_ERROR_CONFLICT when the job has ended already.
 */
gboolean
cs_job_store_cancel (CsDatabase *database, const char *id, GError **error)
{
  g_autoptr (CsJobFacts) facts = cs_job_store_load (database, id, error);
  g_autoptr (CsStatement) statement = NULL;

  if (facts == NULL)
    return FALSE;
  if (cs_job_state_is_final (facts->state))
    {
      cs_set_error (error, CS_ERROR_CONFLICT, _ ("This job has ended already: it is %s."), cs_job_state_to_string (facts->state));
      return FALSE;
    }
  statement = cs_statement_new (
      database,
      cs_job_state_is_unsent (facts->state)
          ? "UPDATE jobs SET state = 'cancelled', waiting = NULL, cancel_requested = 1, updated_at = :now WHERE id = :id"
          : "UPDATE jobs SET cancel_requested = 1, updated_at = :now WHERE id = :id",
      error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, "now", cs_clock_now ());
  cs_statement_bind_text (statement, "id", id);
  return cs_statement_run (statement, error);
}

/** cs_job_store_release: Lets go of all jobs of @owner, so that another process may drive them. */
gboolean
cs_job_store_release (CsDatabase *database, const char *owner, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (database, "UPDATE jobs SET owner = NULL WHERE owner = :owner", error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "owner", owner);
  return cs_statement_run (statement, error);
}

static void
job_mark_free (CsJobMark *mark)
{
  g_free (mark->id);
  g_free (mark);
}

/**
 * cs_job_store_list_marks:
 *
 * Returns: (transfer full) (element-type CsJobMark): of every job that @owner drives, or that was ended over its head,
 * when it was last written and whether its end was asked for.
 */
GPtrArray *
cs_job_store_list_marks (CsDatabase *database, const char *owner, GError **error)
{
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func ((GDestroyNotify) job_mark_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "SELECT id, updated_at, cancel_requested FROM jobs WHERE owner = :owner AND state <> 'done'", error);

  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, "owner", owner);
  while (cs_statement_step (statement, &failure))
    {
      CsJobMark *mark = g_new0 (CsJobMark, 1);

      mark->id = cs_statement_dup_text (statement, 0);
      mark->updated_at = cs_statement_get_int (statement, 1);
      mark->cancel_requested = cs_statement_get_int (statement, 2) != 0;
      g_ptr_array_add (marks, mark);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&marks);
}

/**
 * cs_job_store_decide:
 * @to: QUOTED to send it again, FAILED to give up, UNCERTAIN to look again at once
 *
 * The user's word on an uncertain job, whoever drives it.
 *
 * Returns: FALSE with %CS_ERROR_CONFLICT when the job is not uncertain (any more).
 */
gboolean
cs_job_store_decide (CsDatabase *database, const char *id, CsJobState to, GError **error)
{
  g_autoptr (CsJobFacts) facts = cs_job_store_load (database, id, error);
  g_autoptr (CsStatement) statement = NULL;

  if (facts == NULL)
    return FALSE;
  if (facts->state != CS_JOB_UNCERTAIN)
    {
      cs_set_error (error, CS_ERROR_CONFLICT, _ ("This job is not uncertain: it is %s."), cs_job_state_to_string (facts->state));
      return FALSE;
    }
  statement = cs_statement_new (database,
                                "UPDATE jobs SET state = :state, waiting = NULL, not_before = 0, look_count = 0,"
                                " error_code = CASE :state WHEN 'failed' THEN 'uncertain' END,"
                                " error_message = CASE :state WHEN 'failed' THEN error_message END,"
                                " updated_at = :now WHERE id = :id AND state = 'uncertain'",
                                error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "state", cs_job_state_to_string (to));
  cs_statement_bind_int (statement, "now", cs_clock_now ());
  cs_statement_bind_text (statement, "id", id);
  return cs_statement_run (statement, error);
}

/** cs_job_store_is_active: Returns: TRUE when there is such a job and it has not ended. */
gboolean
cs_job_store_is_active (CsDatabase *database, const char *id, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (database, "SELECT 1 FROM jobs WHERE id = :id AND " ACTIVE, error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "id", id);
  return cs_statement_step (statement, error);
}
