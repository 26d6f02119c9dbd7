/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who drives a job, and how its driver writes each step: as one transaction that asks first whether the job is still
 * his, and whether money may be put aside. Worker thread only.
 */
#include "config.h"
#include "jobs/cs-job-store.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "jobs/cs-job-row.h"
#include "jobs/cs-job-store-money.h"
#include "jobs/cs-owner.h"
#include "library/cs-creation-store.h"
#include "wallet/cs-budget.h"

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
  g_free (commit->work_folder);
  g_free (commit);
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

/* Makes @owner the driver, in the database and in @facts. */
static gboolean
take_over (CsDatabase *database, const char *owner, CsJobFacts *facts, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "UPDATE jobs SET owner = :owner, not_before = :not_before WHERE id = :id", error);

  if (statement == NULL)
    return FALSE;
  cs_set_string (&facts->owner, owner);
  facts->not_before = MIN (facts->not_before, cs_clock_now () + LONGEST_WAIT);
  cs_statement_bind_text (statement, "owner", facts->owner);
  cs_statement_bind_int (statement, "not_before", facts->not_before);
  cs_statement_bind_text (statement, "id", facts->id);
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
      "SELECT id, owner FROM jobs WHERE " CS_JOB_ACTIVE " AND owner IS NOT :owner AND (:id IS NULL OR id = :id)"
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
 * never get the same job. A job that cannot be read is left as it is.
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
      g_autoptr (GError) failure = NULL;
      g_autoptr (CsJobFacts) facts = cs_job_store_load (database, ids[i], &failure);

      if (facts == NULL && cs_job_store_is_unreadable (failure))
        continue;
      if (facts == NULL || !take_over (database, owner, facts, &failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      g_ptr_array_add (jobs, g_steal_pointer (&facts));
    }
  return g_steal_pointer (&jobs);
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
      " title = :title, created_at = :created_at, updated_at = :updated_at, text_starts = :text_starts,"
      " text_cost = :text_cost, text_hold = :text_hold, text_at = :text_at"
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

/* The provider gave this id to another attempt before: one of the two answers is not about us. */
static gboolean
check_remote_id (CsDatabase *database, const CsAttempt *attempt, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = NULL;

  if (attempt->remote_id == NULL)
    return TRUE;
  statement = cs_statement_new (database, "SELECT 1 FROM attempts WHERE provider = :provider AND remote_id = :remote AND id <> :id",
                                error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "provider", attempt->provider);
  cs_statement_bind_text (statement, "remote", attempt->remote_id);
  cs_statement_bind_int (statement, "id", attempt->id);
  if (cs_statement_step (statement, &failure))
    cs_set_error (&failure, CS_ERROR_EXISTS, _ ("%s answered with something that belongs to another creation."), attempt->provider);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
write_attempt (CsDatabase *database, const char *job_id, CsAttempt *attempt, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = NULL;

  if (!check_remote_id (database, attempt, error))
    return FALSE;
  statement = cs_statement_new (
      database,
      attempt->id == 0
          ? "INSERT INTO attempts (job_id, number, provider, model, seed, request, work_file, status, remote_id, billed, hold,"
            " cost, sale, unit, output, sha256, size, mime_type, error_code, error_message, created_at, sent_at, ended_at)"
            " VALUES (:job_id, :number, :provider, :model, :seed, :request, :work_file, :status, :remote_id, :billed,"
            " :hold, :cost, :sale, :unit, :output, :sha256, :size, :mime_type, :error_code, :error_message, :created_at,"
            " :sent_at, :ended_at)"
            " RETURNING id"
          : "UPDATE attempts SET number = :number, provider = :provider, model = :model, seed = :seed, request = :request,"
            " work_file = :work_file, status = :status, remote_id = :remote_id, billed = :billed, hold = :hold, cost = :cost,"
            " sale = :sale, unit = :unit, output = :output, sha256 = :sha256, size = :size, mime_type = :mime_type, error_code = :error_code,"
            " error_message = :error_message, created_at = :created_at, sent_at = :sent_at, ended_at = :ended_at"
            " WHERE id = :id AND job_id = :job_id RETURNING id",
      error);

  if (statement == NULL)
    return FALSE;
  cs_attempt_row_bind (statement, attempt);
  cs_statement_bind_text (statement, "job_id", job_id);
  if (attempt->id != 0)
    cs_statement_bind_int (statement, "id", attempt->id);
  if (cs_statement_step (statement, &failure))
    {
      attempt->id = cs_statement_get_int (statement, 0);
      return TRUE;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    cs_set_error (error, CS_ERROR_CORRUPT, _ ("An attempt of the job “%s” is gone from the database."), job_id);
  return FALSE;
}

/* How many other jobs of living processes are with the provider, or with its model, now. */
static int
count_running (CsDatabase *database, CsJobCommit *commit, gboolean of_model, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "SELECT owner, count(*) FROM jobs WHERE " CS_JOB_ACTIVE " AND state IN ('submitting', 'rendering') AND provider = :provider"
      " AND (:model IS NULL OR model = :model) AND id <> :id AND owner IS NOT NULL GROUP BY owner",
      error);
  int count = 0;

  if (statement == NULL)
    return -1;
  cs_statement_bind_text (statement, "provider", commit->facts->provider);
  cs_statement_bind_text (statement, "model", of_model ? commit->facts->model : NULL);
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

static gboolean
check_turn (CsDatabase *database, CsJobCommit *commit, gboolean of_model, int limit, GError **error)
{
  int running = limit > 0 ? count_running (database, commit, of_model, error) : 0;

  if (running < 0)
    return FALSE;
  if (limit == 0 || running < limit)
    return TRUE;
  cs_set_error (error, CS_ERROR_RATE_LIMITED, _ ("Waiting for its turn: %d before it."), running);
  return FALSE;
}

static gboolean
check_budget (CsDatabase *database, CsJobCommit *commit, CsMoney amount, gboolean is_words, GError **error)
{
  return commit->facts->brief->over_budget || cs_budget_check (database, commit->facts->id, amount, is_words, error);
}

/*
 * Leaving HOLDING for SUBMITTING is the moment at which money is put aside: everything that may forbid it is asked
 * there. It is asked on the way to HOLDING too, so that a job whose time has not come costs no writing. Words that are
 * paid are put aside before they are asked for, which is asked of the budget alone.
 */
static gboolean
check_hold (CsDatabase *database, CsJobCommit *commit, GError **error)
{
  if (commit->text_hold > 0)
    return check_budget (database, commit, commit->text_hold, TRUE, error);
  if (!(commit->from == CS_JOB_QUOTED && commit->facts->state == CS_JOB_HOLDING)
      && !(commit->from == CS_JOB_HOLDING && commit->facts->state == CS_JOB_SUBMITTING))
    return TRUE;
  return check_turn (database, commit, FALSE, commit->max_running, error)
         && check_turn (database, commit, TRUE, commit->is_alone ? 1 : 0, error)
         && check_budget (database, commit, commit->facts->estimated_cost, FALSE, error);
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

static gboolean
write_step (CsDatabase *database, CsJobCommit *commit, GError **error)
{
  return check_hold (database, commit, error)
         && cs_job_store_move_words (database, commit, error)
         && update_job (database, commit, error)
         && (commit->attempt == NULL || write_attempt (database, commit->facts->id, commit->attempt, error))
         && cs_job_store_move_money (database, commit, error)
         && (commit->creation == NULL || cs_creation_store_insert (database, commit->creation, error))
         && learn_duration (database, commit, error);
}

/**
 * cs_job_store_commit:
 *
 * One step of a job: the job, its attempt, its money, its creation and what was learned, all or nothing. A commit that failed may
 * be tried again as it is.
 *
 * Returns: FALSE with %CS_ERROR_CONFLICT when the job is not ours or not in that state any more, %CS_ERROR_OVER_BUDGET or
 * %CS_ERROR_RATE_LIMITED when nothing may be held now, %CS_ERROR_INSUFFICIENT_CREDIT when its wallet key cannot pay,
 * %CS_ERROR_EXISTS when the provider's id belongs to another attempt, or an error of the database.
 */
gboolean
cs_job_store_commit (CsDatabase *database, CsJobCommit *commit, GError **error)
{
  gint64 id = commit->attempt != NULL ? commit->attempt->id : 0;

  if (!cs_job_state_can_move (commit->from, commit->facts->state))
    {
      cs_set_error (error, CS_ERROR_FAILED, "A job cannot go from %s to %s.", cs_job_state_to_string (commit->from),
                    cs_job_state_to_string (commit->facts->state));
      return FALSE;
    }
  if (write_step (database, commit, error))
    return TRUE;
  if (commit->attempt != NULL)
    commit->attempt->id = id; /* whatever was inserted is taken back */
  return FALSE;
}
