/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a runner writes its steps. A step that cannot be written (disk full, database locked) is kept and written later
 * as it is: what a provider said once is not asked again, and never forgotten while this process lives.
 */
#include "config.h"
#include "jobs/cs-job-runner-private.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "jobs/cs-job-files.h"

#define FIRST_RETRY 1000    /* milliseconds */
#define LONGEST_RETRY 30000 /* milliseconds */
#define TROUBLE_DELAY (5 * G_USEC_PER_SEC)
#define TURN_DELAY (1 * G_USEC_PER_SEC)
#define FIRST_DELAY (G_GINT64_CONSTANT (2) * G_USEC_PER_SEC)
#define LONGEST_DELAY (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define SHORTEST_WAIT (10 * G_TIME_SPAN_MILLISECOND)
#define LONGEST_WAIT (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static void push_commit (CsJobRunner *self);

/** cs_job_runner_drop_commit: The step is not written after all; the database has the word. */
void
cs_job_runner_drop_commit (CsJobRunner *self)
{
  if (self->retry == 0)
    return; /* on its way: the callback lets go of it */
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_pointer (&self->commit, cs_job_commit_free);
  self->is_busy = FALSE;
  self->is_owing = FALSE;
}

/* Over a cap, or not our turn: nothing was held, and the job says what it waits for. A wallet key that cannot pay is no
 * reason to wait. */
static void
hold_refused (CsJobRunner *self, CsJobCommit *commit, const GError *error)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  gboolean is_turn = g_error_matches (error, CS_ERROR, CS_ERROR_RATE_LIMITED);
  CsWaiting waiting = is_turn ? CS_WAITING_TURN : CS_WAITING_BUDGET;

  if (facts->state == CS_JOB_WRITING)
    {
      self->is_frugal = TRUE; /* no room for paid words: somebody who writes for nothing, or the user's own */
      cs_job_runner_rest (self, 0);
      return;
    }
  if (g_error_matches (error, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT))
    {
      self->next = cs_job_facts_copy (facts);
      cs_job_step_no_credit (self, commit->attempt->sale, error);
      return;
    }
  if (is_turn && facts->state == CS_JOB_QUOTED && facts->waiting == waiting)
    {
      cs_job_runner_rest (self, TURN_DELAY); /* as it is written already */
      return;
    }
  /* With its price, when it was just quoted; without the attempt that was not to be. */
  self->next = facts->state == CS_JOB_QUOTED ? g_steal_pointer (&commit->facts) : cs_job_facts_copy (facts);
  cs_job_facts_set_error (self->next, is_turn ? NULL : error);
  cs_job_runner_wait (self, CS_JOB_QUOTED, waiting, is_turn ? TURN_DELAY : 0, NULL);
}

static gboolean
retry_cb (gpointer user_data)
{
  CsJobRunner *self = user_data;

  self->retry = 0;
  push_commit (self);
  return G_SOURCE_REMOVE;
}

static void
write_later (CsJobRunner *self, const GError *error)
{
  guint delay = MIN (FIRST_RETRY << MIN (self->n_failures, 5), LONGEST_RETRY);

  self->n_failures++;
  self->retry = g_timeout_add_full (G_PRIORITY_DEFAULT, delay, retry_cb, g_object_ref (self), g_object_unref);
  cs_job_set_trouble (self->job, error);
}

static void
commit_done (CsJobRunner *self, CsJobCommit *commit)
{
  self->n_failures = 0;
  cs_job_runner_set_due (self, commit->facts->not_before);
  cs_job_set_facts (self->job, g_steal_pointer (&commit->facts));
  self->is_owing = cs_job_runner_is_announced (self);
  cs_job_runner_call_probe (self, CS_JOB_MOMENT_AFTER);
  cs_job_runner_action_over (self);
}

/* Not written, and never to be: what then? */
static void
commit_refused (CsJobRunner *self, CsJobCommit *commit, const GError *error)
{
  gboolean is_over = self->is_stopped && !cs_job_runner_has_left (self);

  self->n_failures = 0;
  self->text_hold = 0; /* whatever was to be set aside is not */
  if (g_error_matches (error, CS_ERROR, CS_ERROR_EXISTS) && !is_over)
    {
      self->next = cs_job_facts_copy (cs_job_get_facts (self->job));
      cs_job_step_taken (self, error);
      return;
    }
  self->is_owing = FALSE;
  if (is_over || g_error_matches (error, CS_ERROR, CS_ERROR_CONFLICT) || g_error_matches (error, CS_ERROR, CS_ERROR_EXISTS))
    cs_job_runner_conflicted (self, error);
  else
    hold_refused (self, commit, error);
}

static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, CS_ERROR, CS_ERROR_CONFLICT) || g_error_matches (error, CS_ERROR, CS_ERROR_EXISTS)
         || g_error_matches (error, CS_ERROR, CS_ERROR_OVER_BUDGET)
         || g_error_matches (error, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT)
         || g_error_matches (error, CS_ERROR, CS_ERROR_RATE_LIMITED);
}

static void
commit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJobCommit) commit = NULL;
  gboolean was_owing = self->is_owing;

  cs_store_run_finish (CS_STORE (source), result, &error);
  if (error != NULL && !is_refusal (error) && (cs_job_runner_has_left (self) || !self->is_stopped))
    {
      write_later (self, error);
      return;
    }
  commit = g_steal_pointer (&self->commit);
  if (error == NULL)
    commit_done (self, commit);
  else
    commit_refused (self, commit, error);
  if (self->is_stopped && was_owing && !self->is_owing)
    cs_job_runner_emit_moved (self);
}

/* The newest attempt of the facts is the one being written: a copy of it goes back into them. */
static void
put_attempt (CsJobFacts *facts, CsAttempt *attempt)
{
  if (attempt->number <= (int) facts->attempts->len)
    g_ptr_array_remove_index (facts->attempts, attempt->number - 1);
  g_ptr_array_insert (facts->attempts, attempt->number - 1, cs_attempt_copy (attempt));
}

/* Hands what was written back to the facts: a new attempt knows its row from now on. Nobody comes back for the files
 * of a job that has ended; should this transaction fail all the same, they are made or fetched again. */
static gpointer
commit_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  CsJobCommit *commit = data;

  if (!cs_job_store_commit (database, commit, error))
    return NULL;
  if (commit->attempt != NULL)
    cs_job_facts_get_attempt (commit->facts)->id = commit->attempt->id;
  if (cs_job_state_is_final (commit->facts->state))
    cs_job_files_clear (commit->work_folder, commit->facts->id);
  return NULL;
}

static void
push_commit (CsJobRunner *self)
{
  cs_store_run_async (self->context->store, CS_STORE_WRITE, commit_func, self->commit, NULL, NULL, NULL, commit_cb,
                      g_object_ref (self));
}

/* Only where a submission in doubt is looked for does it matter whether two of them can be told apart. */
static void
add_limits (CsJobRunner *self, CsJobCommit *commit)
{
  CsProvider *provider = cs_provider_registry_get_provider (self->context->registry, commit->facts->provider);
  const CsModel *model = cs_provider_registry_get_model (self->context->registry, commit->facts->model);

  if (provider == NULL)
    return;
  commit->max_running = cs_provider_get_max_running (provider);
  commit->is_alone = model != NULL && !model->takes_seed && cs_provider_can_find (provider)
                     && !cs_provider_is_repeatable (provider);
}

/* Writes self->next in state @to, with the attempt (transfer full) and the creation, as one transaction. */
static void
write_step (CsJobRunner *self, CsJobState to, CsAttempt *attempt)
{
  CsJobCommit *commit = g_new0 (CsJobCommit, 1);

  g_assert (self->commit == NULL);

  commit->from = cs_job_get_facts (self->job)->state;
  commit->facts = g_steal_pointer (&self->next);
  commit->facts->state = to;
  if (attempt != NULL)
    put_attempt (commit->facts, attempt);
  cs_job_facts_add_up (commit->facts);
  commit->attempt = attempt;
  commit->creation = g_steal_pointer (&self->creation);
  commit->seconds = self->seconds;
  commit->text_hold = commit->from == CS_JOB_WRITING && to == CS_JOB_WRITING ? self->text_hold : 0;
  commit->owner = g_strdup (self->context->owner);
  commit->owners_folder = g_strdup (cs_paths_get_owners (self->context->paths));
  commit->work_folder = g_strdup (cs_paths_get_work (self->context->paths));
  add_limits (self, commit);
  self->seconds = 0;
  self->commit = commit;
  push_commit (self);
}

/**
 * cs_job_runner_commit:
 * @attempt: (transfer full) (nullable): the attempt as it shall be
 *
 * Ends the action: the job goes on from @to at once.
 */
void
cs_job_runner_commit (CsJobRunner *self, CsJobState to, CsAttempt *attempt)
{
  self->next->waiting = CS_WAITING_NONE;
  self->next->not_before = 0;
  write_step (self, to, attempt);
}

/**
 * cs_job_runner_wait:
 * @delay: microseconds, at most an hour; 0: until somebody does something
 * @attempt: (transfer full) (nullable): the attempt as it shall be
 *
 * Ends the action with a pause that is written down, so that it survives this process.
 */
void
cs_job_runner_wait (CsJobRunner *self, CsJobState state, CsWaiting waiting, gint64 delay, CsAttempt *attempt)
{
  self->next->waiting = waiting;
  self->next->not_before = cs_clock_now () + CLAMP (delay, SHORTEST_WAIT, LONGEST_WAIT);
  write_step (self, state, attempt);
}

static CsWaiting
waiting_for_error (const GError *error)
{
  if (g_error_matches (error, CS_ERROR, CS_ERROR_DISK_FULL))
    return CS_WAITING_DISK_FULL;
  if (g_error_matches (error, CS_ERROR, CS_ERROR_RATE_LIMITED))
    return CS_WAITING_RATE_LIMITED;
  if (g_error_matches (error, CS_ERROR, CS_ERROR_NO_KEY))
    return CS_WAITING_NO_KEY;
  return CS_WAITING_OFFLINE;
}

/**
 * cs_job_runner_get_delay:
 *
 * Returns: microseconds until the next try after something could not be reached: two seconds, then twice as long every
 * time, up to a minute.
 */
gint64
cs_job_runner_get_delay (CsJobRunner *self)
{
  gint64 delay = FIRST_DELAY << MIN (self->n_silent, 5);

  self->n_silent++;
  return MIN (delay, LONGEST_DELAY);
}

/**
 * cs_job_runner_wait_after:
 * @error: (nullable): what went wrong, which says what is waited for
 * @delay: as for cs_job_runner_wait()
 */
void
cs_job_runner_wait_after (CsJobRunner *self, CsJobState state, const GError *error, gint64 delay)
{
  cs_job_facts_set_error (self->next, error);
  cs_job_runner_wait (self, state, waiting_for_error (error), delay, NULL);
}

/** cs_job_runner_fail: @attempt: (transfer full) (nullable): the attempt as it shall be. Ends the job. */
void
cs_job_runner_fail (CsJobRunner *self, const GError *error, CsAttempt *attempt)
{
  cs_job_facts_set_error (self->next, error);
  cs_job_runner_commit (self, CS_JOB_FAILED, attempt);
}

/**
 * cs_job_runner_rest:
 * @delay: microseconds
 *
 * Ends the action without writing anything, because nothing is new: only this process sleeps.
 */
void
cs_job_runner_rest (CsJobRunner *self, gint64 delay)
{
  g_clear_pointer (&self->next, cs_job_facts_free);
  cs_job_runner_set_due (self, cs_clock_now () + CLAMP (delay, SHORTEST_WAIT, LONGEST_WAIT));
  cs_job_runner_action_over (self);
}

/**
 * cs_job_runner_trouble:
 *
 * This process cannot read the job or do its work. The job stands as it is in the database; the front end is told, and a
 * little later it is read anew and the same step is taken again.
 */
void
cs_job_runner_trouble (CsJobRunner *self, const GError *error)
{
  self->is_busy = FALSE;
  if (self->is_stopped)
    return;
  self->wants_reload = TRUE;
  cs_job_runner_set_due (self, cs_clock_now () + TROUBLE_DELAY);
  cs_job_set_trouble (self->job, error);
  cs_job_runner_emit_moved (self);
}
