/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs and their attempts in the database: written new and read back; worker thread only. */
#include "config.h"
#include "jobs/cs-job-store.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "jobs/cs-job-row.h"
#include "wallet/cs-ledger.h"
#include "wallet/cs-wallet-key.h"

/* The hash of the brief is that of a key that there is; its holder is told the same of one that is not known as of one
 * that is empty. */
static gboolean
find_key (CsDatabase *database, CsJobFacts *facts, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsWalletKey) key = NULL;

  if (facts->brief->wallet_key == NULL)
    return TRUE;
  key = cs_ledger_check (database, &failure) ? cs_wallet_key_find (database, facts->brief->wallet_key, &failure) : NULL;
  if (key != NULL)
    {
      facts->key_id = key->id;
      return TRUE;
    }
  if (g_error_matches (failure, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT))
    cs_ledger_set_insufficient (error);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * cs_job_store_insert:
 * @facts: a new job; its owner is stored too, so that it is born with a driver; the key that pays is put in
 *
 * Returns: FALSE with %CS_ERROR_INSUFFICIENT_CREDIT when its wallet key is not known, with %CS_ERROR_CORRUPT when the
 * ledger does not add up.
 */
gboolean
cs_job_store_insert (CsDatabase *database, CsJobFacts *facts, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "INSERT INTO jobs (id, key_id, door, kind, state, brief, screenplay, chain, chain_position, provider, model, owner, not_before, waiting,"
      " max_cost, consent_at, estimated_cost, cost, progress, uncertain_since, look_count, error_code, error_message,"
      " user_id, request_id, request_hash, batch, title, created_at, updated_at, text_starts, text_cost, text_hold, text_at)"
      " VALUES (:id, :key_id, :door, :kind, :state, :brief, :screenplay, :chain, :chain_position, :provider, :model, :owner, :not_before,"
      " :waiting, :max_cost, :consent_at, :estimated_cost, :cost, :progress, :uncertain_since, :look_count, :error_code,"
      " :error_message, :user_id, :request_id, :request_hash, :batch, :title, :created_at, :updated_at, :text_starts,"
      " :text_cost, :text_hold, :text_at)",
      error);

  if (statement == NULL || !find_key (database, facts, error))
    return FALSE;
  cs_job_row_bind (statement, facts);
  if (facts->key_id != 0)
    cs_statement_bind_int (statement, "key_id", facts->key_id);
  cs_statement_bind_text (statement, "door", facts->brief->from_api ? "api" : "");
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

/* The job of the row that @statement stands on. */
static CsJobFacts *
read_row (CsDatabase *database, CsStatement *statement, GError **error)
{
  g_autoptr (CsJobFacts) facts = cs_job_row_read (statement, error);

  if (facts == NULL || !load_attempts (database, facts, error))
    return NULL;
  if (!cs_job_facts_is_sound (facts))
    {
      cs_set_error (error, CS_ERROR_CORRUPT, _ ("The job “%s” in the database cannot be read."), facts->id);
      return NULL;
    }
  return g_steal_pointer (&facts);
}

/* Steps once: the job of the row, or NULL without an error when there is none. */
static CsJobFacts *
read_one (CsDatabase *database, CsStatement *statement, GError **error)
{
  return cs_statement_step (statement, error) ? read_row (database, statement, error) : NULL;
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

/* The id of the job that a provider calls @remote_id: "" when there is none. */
static char *
find_by_remote_id (CsDatabase *database, const char *remote_id, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "SELECT job_id FROM attempts WHERE remote_id = :id ORDER BY id DESC LIMIT 1", error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, "id", remote_id);
  if (cs_statement_step (statement, &failure))
    return cs_statement_dup_text (statement, 0);
  if (failure == NULL)
    return g_strdup ("");
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/**
 * cs_job_store_find:
 *
 * Like cs_job_store_load(), by our id or by the id that a provider gave. Ours comes first: a provider may call its
 * things as it likes, also like a job of ours.
 */
CsJobFacts *
cs_job_store_find (CsDatabase *database, const char *id_or_remote_id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *id = NULL;
  CsJobFacts *facts = cs_job_store_load (database, id_or_remote_id, &failure);

  if (facts != NULL)
    return facts;
  if (g_error_matches (failure, CS_ERROR, CS_ERROR_NOT_FOUND))
    {
      id = find_by_remote_id (database, id_or_remote_id, error);
      if (id == NULL)
        return NULL;
      if (*id != '\0')
        return cs_job_store_load (database, id, error);
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
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

/** cs_job_store_is_unreadable: Returns: TRUE when @error is about one row, and says nothing about the others. */
gboolean
cs_job_store_is_unreadable (const GError *error)
{
  return g_error_matches (error, CS_ERROR, CS_ERROR_CORRUPT) || g_error_matches (error, CS_ERROR, CS_ERROR_MALFORMED)
         || g_error_matches (error, CS_ERROR, CS_ERROR_TOO_LARGE);
}

/* One row that cannot be read does not hide the others; asked for by its id it says what is wrong with it. */
static GPtrArray *
read_all (CsDatabase *database, CsStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_job_facts_free);
  g_autoptr (GError) failure = NULL;

  while (cs_statement_step (statement, &failure))
    {
      CsJobFacts *facts = read_row (database, statement, &failure);

      if (facts != NULL)
        g_ptr_array_add (jobs, facts);
      else if (cs_job_store_is_unreadable (failure))
        g_clear_error (&failure);
      else
        break;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&jobs);
}

/**
 * cs_job_store_list:
 * @key_id: only what this wallet key pays; 0: all
 *
 * Returns: (transfer full) (element-type CsJobFacts): the newest @limit jobs, newest first.
 */
GPtrArray *
cs_job_store_list (CsDatabase *database, gint64 key_id, gboolean active_only, int limit, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT " CS_JOB_COLUMNS " FROM jobs WHERE %s AND %s"
                                          " ORDER BY created_at DESC, id DESC LIMIT :limit",
                                          active_only ? CS_JOB_ACTIVE : "TRUE", key_id != 0 ? "key_id = :key" : "TRUE");
  g_autoptr (CsStatement) statement = cs_statement_new (database, sql, error);

  if (statement == NULL)
    return NULL;
  if (key_id != 0)
    cs_statement_bind_int (statement, "key", key_id);
  cs_statement_bind_int (statement, "limit", limit);
  return read_all (database, statement, error);
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
 * Returns: (transfer full) (element-type CsJobMark): of every job that @owner drives and that has not ended, when it was
 * last written and whether its end was asked for.
 */
GPtrArray *
cs_job_store_list_marks (CsDatabase *database, const char *owner, GError **error)
{
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func ((GDestroyNotify) job_mark_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "SELECT id, updated_at, cancel_requested FROM jobs WHERE " CS_JOB_ACTIVE " AND owner = :owner", error);

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

/** cs_job_store_is_active: Returns: TRUE when there is such a job and it has not ended. */
gboolean
cs_job_store_is_active (CsDatabase *database, const char *id, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (database, "SELECT 1 FROM jobs WHERE id = :id AND " CS_JOB_ACTIVE, error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "id", id);
  return cs_statement_step (statement, error);
}
