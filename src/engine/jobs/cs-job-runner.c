/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver of one job: next state, one transaction, tell the front ends, start the action of that state. Main thread;
 * owned by the queue. Nothing of the workflow lives here alone: a new runner on the stored facts goes on where this one
 * was when the power failed.
 */
#include "config.h"
#include "jobs/cs-job-runner-private.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "jobs/cs-job-store.h"

#define TROUBLE_DELAY (5 * G_USEC_PER_SEC)

enum
{
  SIGNAL_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsJobRunner, cs_job_runner, G_TYPE_OBJECT)

static CsJobProbe the_probe;
static gpointer the_probe_data;

/** cs_job_runner_set_probe: For tests: @probe is called at every moment of every job; NULL takes it away. */
void
cs_job_runner_set_probe (CsJobProbe probe, gpointer user_data)
{
  the_probe = probe;
  the_probe_data = user_data;
}

static void
call_probe (CsJobRunner *self, CsJobMoment moment)
{
  if (the_probe != NULL)
    the_probe (cs_job_get_facts (self->job), moment, the_probe_data);
}

static void
cs_job_runner_dispose (GObject *object)
{
  CsJobRunner *self = CS_JOB_RUNNER (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (cs_job_runner_parent_class)->dispose (object);
}

static void
cs_job_runner_finalize (GObject *object)
{
  CsJobRunner *self = CS_JOB_RUNNER (object);

  g_clear_object (&self->job);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->next, cs_job_facts_free);
  g_clear_pointer (&self->creation, cs_creation_facts_free);
  g_clear_pointer (&self->info, cs_media_info_free);

  G_OBJECT_CLASS (cs_job_runner_parent_class)->finalize (object);
}

static void
cs_job_runner_class_init (CsJobRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_job_runner_dispose;
  object_class->finalize = cs_job_runner_finalize;

  /**
   * CsJobRunner::moved:
   *
   * The job waits, has ended or has been lost to another process: the queue looks at it again.
   */
  signals[SIGNAL_MOVED] = g_signal_new ("moved", CS_TYPE_JOB_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_job_runner_init (CsJobRunner *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * cs_job_runner_new:
 * @context: (transfer none): outlives the runner
 * @job: a job that this process owns in the database
 */
CsJobRunner *
cs_job_runner_new (CsJobContext *context, CsJob *job)
{
  CsJobRunner *self = g_object_new (CS_TYPE_JOB_RUNNER, NULL);

  self->context = context;
  self->job = g_object_ref (job);
  return self;
}

CsJob *
cs_job_runner_get_job (CsJobRunner *self)
{
  return self->job;
}

/** cs_job_runner_is_stopped: Returns: TRUE when this process will do no more for the job. */
gboolean
cs_job_runner_is_stopped (CsJobRunner *self)
{
  return self->is_stopped;
}

/** cs_job_runner_get_wake_time: Returns: when to call cs_job_runner_wake(), microseconds since the epoch; 0: not by time. */
gint64
cs_job_runner_get_wake_time (CsJobRunner *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);

  if (self->is_busy || self->is_stopped || cs_job_state_is_final (facts->state))
    return 0;
  return facts->not_before;
}

static void
stop (CsJobRunner *self)
{
  if (self->is_stopped)
    return;
  self->is_stopped = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

/** cs_job_runner_stop: Lets go at once; what is under way is abandoned as by a power cut, and can be resumed. */
void
cs_job_runner_stop (CsJobRunner *self)
{
  g_autoptr (CsJobRunner) alive = g_object_ref (self);

  stop (self);
}

/* Whether the job waits for something that only a person or another event can give. */
static gboolean
is_waiting_for_somebody (const CsJobFacts *facts)
{
  return facts->state == CS_JOB_QUOTED
         && (facts->waiting == CS_WAITING_CONSENT || facts->waiting == CS_WAITING_NO_KEY || facts->waiting == CS_WAITING_BUDGET);
}

static void
start_action (CsJobRunner *self)
{
  self->is_busy = TRUE;
  g_clear_pointer (&self->next, cs_job_facts_free);
  self->next = cs_job_facts_copy (cs_job_get_facts (self->job));
  call_probe (self, CS_JOB_MOMENT_BEFORE);

  switch (self->next->state)
    {
    case CS_JOB_QUEUED:
      cs_job_runner_commit (self, CS_JOB_WRITING, NULL);
      break;
    case CS_JOB_WRITING:
      cs_job_step_write (self);
      break;
    case CS_JOB_QUOTED:
      cs_job_step_quote (self);
      break;
    case CS_JOB_HOLDING:
      cs_job_step_hold (self);
      break;
    case CS_JOB_SUBMITTING:
      cs_job_step_submit (self);
      break;
    case CS_JOB_RENDERING:
      if (self->next->cancel_requested && !self->is_cancelling)
        cs_job_step_cancel (self);
      else
        cs_job_step_render (self);
      break;
    case CS_JOB_DOWNLOADING:
      cs_job_step_download (self);
      break;
    case CS_JOB_FINISHING:
      cs_job_step_finish (self);
      break;
    case CS_JOB_UNCERTAIN:
      cs_job_step_look (self);
      break;
    case CS_JOB_DONE:
    case CS_JOB_FAILED:
    case CS_JOB_CANCELLED:
    case CS_N_JOB_STATES:
    default:
      g_assert_not_reached ();
    }
}

/**
 * cs_job_runner_wake:
 *
 * Starts what the job's state asks for, if nothing is under way and its time has come.
 */
void
cs_job_runner_wake (CsJobRunner *self)
{
  g_autoptr (CsJobRunner) alive = g_object_ref (self);
  const CsJobFacts *facts = cs_job_get_facts (self->job);

  if (self->is_busy || self->is_stopped)
    return;
  if (cs_job_state_is_final (facts->state))
    stop (self);
  else if (facts->not_before <= cs_clock_now () && !is_waiting_for_somebody (facts))
    start_action (self);
  else
    g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

/* The action is over: the next one starts from the main loop, so that a long chain of steps does not grow the stack. */
static gboolean
wake_again (gpointer user_data)
{
  cs_job_runner_wake (user_data);
  return G_SOURCE_REMOVE;
}

static void
go_on (CsJobRunner *self)
{
  self->is_busy = FALSE;
  if (self->is_stopped)
    return;
  if (self->wants_reload)
    {
      cs_job_runner_reload (self);
      return;
    }
  g_idle_add_full (G_PRIORITY_DEFAULT, wake_again, g_object_ref (self), g_object_unref);
}

static gpointer
load_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_job_store_load (database, data, error);
}

static void
reload_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  CsJobFacts *facts = cs_store_run_finish (CS_STORE (source), result, &error);

  self->is_busy = FALSE;
  if (self->is_stopped)
    {
      cs_job_facts_free (facts);
      return;
    }
  if (facts == NULL)
    {
      cs_job_runner_trouble (self, error);
      return;
    }
  cs_job_set_facts (self->job, facts);
  if (g_strcmp0 (facts->owner, self->context->owner) != 0)
    stop (self);
  else
    cs_job_runner_wake (self);
}

/** cs_job_runner_reload: Somebody else may have written the job: reads it anew and goes on from there. */
void
cs_job_runner_reload (CsJobRunner *self)
{
  if (self->is_stopped)
    return;
  if (self->is_busy)
    {
      self->wants_reload = TRUE;
      return;
    }
  self->wants_reload = FALSE;
  self->is_busy = TRUE;
  cs_store_run_async (self->context->store, CS_STORE_READ, load_func, g_strdup (cs_job_get_id (self->job)), g_free,
                      (GDestroyNotify) cs_job_facts_free, NULL, reload_cb, g_object_ref (self));
}

/**
 * cs_job_runner_request_cancel:
 *
 * The wish to cancel is in the database. Work on this computer ends now; anything else when its provider says so.
 */
void
cs_job_runner_request_cancel (CsJobRunner *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  CsProvider *provider = cs_provider_registry_get_provider (self->context->registry, facts->provider);

  if (self->is_stopped)
    return;
  if (self->is_busy && facts->state == CS_JOB_RENDERING && provider != NULL && cs_provider_is_local (provider))
    g_cancellable_cancel (self->cancellable);
  cs_job_runner_reload (self);
}

/* The steps' side */

/** cs_job_runner_inside: Marks the middle of an action, for tests. */
void
cs_job_runner_inside (CsJobRunner *self)
{
  call_probe (self, CS_JOB_MOMENT_INSIDE);
}

CsProvider *
cs_job_runner_get_provider (CsJobRunner *self)
{
  return cs_provider_registry_get_provider (self->context->registry, self->next->provider);
}

static gboolean
retry_after_trouble (gpointer user_data)
{
  CsJobRunner *self = user_data;

  if (!self->is_stopped && !self->is_busy)
    cs_job_runner_reload (self);
  return G_SOURCE_REMOVE;
}

/**
 * cs_job_runner_trouble:
 *
 * This process cannot write or read what it must (disk full, database locked). The job stands as it is in the database;
 * the front end is told, and the same step is taken again a little later.
 */
void
cs_job_runner_trouble (CsJobRunner *self, const GError *error)
{
  self->is_busy = FALSE;
  if (self->is_stopped)
    return;
  cs_job_set_trouble (self->job, error);
  g_timeout_add_full (G_PRIORITY_DEFAULT, TROUBLE_DELAY / 1000, retry_after_trouble, g_object_ref (self), g_object_unref);
}

static gpointer
commit_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_job_store_commit (database, data, error) ? data : NULL;
}

/* Over a cap, or not our turn: nothing was held, and the job says what it waits for. */
static void
hold_refused (CsJobRunner *self, const GError *error)
{
  gboolean is_turn = g_error_matches (error, CS_ERROR, CS_ERROR_RATE_LIMITED);

  g_clear_pointer (&self->next, cs_job_facts_free);
  self->next = cs_job_facts_copy (cs_job_get_facts (self->job));
  if (!is_turn)
    cs_job_facts_set_error (self->next, error);
  cs_job_runner_wait (self, CS_JOB_QUOTED, is_turn ? CS_WAITING_TURN : CS_WAITING_BUDGET, is_turn ? G_USEC_PER_SEC : 0, NULL);
}

static void
commit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  CsJobCommit *commit = cs_store_run_finish (CS_STORE (source), result, &error);

  if (commit != NULL)
    {
      cs_job_set_facts (self->job, g_steal_pointer (&commit->facts));
      call_probe (self, CS_JOB_MOMENT_AFTER);
      go_on (self);
    }
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_CONFLICT))
    {
      self->is_busy = FALSE;
      cs_job_runner_reload (self);
    }
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_OVER_BUDGET) || g_error_matches (error, CS_ERROR, CS_ERROR_RATE_LIMITED))
    hold_refused (self, error);
  else
    cs_job_runner_trouble (self, error);
}

/* The newest attempt of the facts is the one being written: a copy of it goes back into them. */
static void
put_attempt (CsJobFacts *facts, CsAttempt *attempt)
{
  if (attempt->number <= (int) facts->attempts->len)
    g_ptr_array_remove_index (facts->attempts, attempt->number - 1);
  g_ptr_array_insert (facts->attempts, attempt->number - 1, cs_attempt_copy (attempt));
  facts->cost = 0;
  for (guint i = 0; i < facts->attempts->len; i++)
    facts->cost += ((CsAttempt *) facts->attempts->pdata[i])->cost;
}

/* Hands what was written back to the facts: a new attempt knows its row from now on. */
static gpointer
commit_and_number_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  CsJobCommit *commit = data;

  if (commit_func (database, data, cancellable, error) == NULL)
    return NULL;
  if (commit->attempt != NULL)
    cs_job_facts_get_attempt (commit->facts)->id = commit->attempt->id;
  return commit;
}

/* Writes self->next in state @to, with the attempt (transfer full) and the creation, as one transaction. */
static void
write_step (CsJobRunner *self, CsJobState to, CsAttempt *attempt)
{
  CsJobCommit *commit = g_new0 (CsJobCommit, 1);
  CsProvider *provider;

  commit->from = cs_job_get_facts (self->job)->state;
  commit->facts = g_steal_pointer (&self->next);
  commit->facts->state = to;
  if (attempt != NULL)
    put_attempt (commit->facts, attempt);
  commit->attempt = attempt;
  commit->creation = g_steal_pointer (&self->creation);
  commit->seconds = self->seconds;
  commit->owner = g_strdup (self->context->owner);
  commit->owners_folder = g_strdup (cs_paths_get_owners (self->context->paths));
  provider = cs_provider_registry_get_provider (self->context->registry, commit->facts->provider);
  commit->max_running = provider != NULL ? cs_provider_get_max_running (provider) : 0;
  self->seconds = 0;

  cs_store_run_async (self->context->store, CS_STORE_WRITE, commit_and_number_func, commit,
                      (GDestroyNotify) cs_job_commit_free, NULL, NULL, commit_cb, g_object_ref (self));
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
 * @delay: microseconds; 0: until something else happens
 * @attempt: (transfer full) (nullable): the attempt as it shall be
 *
 * Ends the action with a pause that is written down, so that it survives this process.
 */
void
cs_job_runner_wait (CsJobRunner *self, CsJobState state, CsWaiting waiting, gint64 delay, CsAttempt *attempt)
{
  self->next->waiting = waiting;
  self->next->not_before = delay > 0 ? cs_clock_now () + delay : 0;
  write_step (self, state, attempt);
}

/** cs_job_runner_fail: @attempt: (transfer full) (nullable): the attempt as it shall be. Ends the job. */
void
cs_job_runner_fail (CsJobRunner *self, const GError *error, CsAttempt *attempt)
{
  cs_job_facts_set_error (self->next, error);
  cs_job_runner_commit (self, CS_JOB_FAILED, attempt);
}
