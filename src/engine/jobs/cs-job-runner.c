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

/* Nothing waits longer by itself: a clock that is set back puts no job to sleep for years. */
#define LONGEST_WAIT (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

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

void
cs_job_runner_call_probe (CsJobRunner *self, CsJobMoment moment)
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
  g_clear_pointer (&self->commit, cs_job_commit_free);
  g_clear_pointer (&self->creation, cs_creation_facts_free);
  g_clear_pointer (&self->info, cs_media_info_free);
  g_clear_error (&self->conflict);
  g_clear_pointer (&self->context, cs_job_context_unref);

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
   * The job waits, has ended, has been lost to another process, or owes nothing any more: the queue looks at it again.
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
 * @job: a job that this process owns in the database
 *
 * Returns: (transfer full): a driver that has not begun; what the job waits for is tried once anew.
 */
CsJobRunner *
cs_job_runner_new (CsJobContext *context, CsJob *job)
{
  CsJobRunner *self = g_object_new (CS_TYPE_JOB_RUNNER, NULL);

  self->context = cs_job_context_ref (context);
  self->job = g_object_ref (job);
  self->is_poked = TRUE;
  cs_job_runner_set_due (self, cs_job_get_facts (job)->not_before);
  return self;
}

CsJob *
cs_job_runner_get_job (CsJobRunner *self)
{
  return self->job;
}

/** cs_job_runner_is_stopped: Returns: TRUE when this process will begin nothing more for the job. */
gboolean
cs_job_runner_is_stopped (CsJobRunner *self)
{
  return self->is_stopped;
}

/** cs_job_runner_is_owing: Returns: TRUE while a request is announced or has left whose end is not in the database yet. */
gboolean
cs_job_runner_is_owing (CsJobRunner *self)
{
  return self->is_owing;
}

/** cs_job_runner_has_left: Returns: TRUE when what is owed must be written, whatever it takes. */
gboolean
cs_job_runner_has_left (CsJobRunner *self)
{
  return self->is_owing && !self->is_unsent;
}

void
cs_job_runner_emit_moved (CsJobRunner *self)
{
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

/** cs_job_runner_is_announced: Returns: TRUE when `sent_at` is written and this process knows that nothing has left. */
gboolean
cs_job_runner_is_announced (CsJobRunner *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);

  return self->is_unsent && facts->state == CS_JOB_SUBMITTING && cs_job_facts_get_attempt (facts)->sent_at != 0;
}

/* A request that was announced and will not be sent any more is taken back, or the next process would have to take it
 * for sent. */
static void
settle (CsJobRunner *self)
{
  if (self->is_busy || !cs_job_runner_is_announced (self))
    return;
  self->is_busy = TRUE;
  g_clear_pointer (&self->next, cs_job_facts_free);
  self->next = cs_job_facts_copy (cs_job_get_facts (self->job));
  cs_job_step_take_back (self);
}

static void
stop (CsJobRunner *self)
{
  if (self->is_stopped)
    return;
  self->is_stopped = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (!cs_job_runner_has_left (self))
    cs_job_runner_drop_commit (self);
  settle (self);
  cs_job_runner_emit_moved (self);
}

/**
 * cs_job_runner_stop:
 *
 * Lets go at once; what is under way is abandoned as by a power cut, and can be resumed. Only the end of a request that
 * has left is still waited for, and written; and one that was announced is taken back.
 */
void
cs_job_runner_stop (CsJobRunner *self)
{
  g_autoptr (CsJobRunner) alive = g_object_ref (self);

  stop (self);
}

/* When to act */

/** cs_job_runner_set_due: @at: microseconds since the epoch; in the past: at once. */
void
cs_job_runner_set_due (CsJobRunner *self, gint64 at)
{
  self->due_at = at;
  self->due_monotonic = g_get_monotonic_time () + CLAMP (at - cs_clock_now (), 0, LONGEST_WAIT);
}

/* Waits that may be over when somebody looks: the network is back, a key is set, the disk was cleared. */
static gboolean
is_worth_a_try (const CsJobFacts *facts)
{
  return facts->waiting == CS_WAITING_OFFLINE || facts->waiting == CS_WAITING_DISK_FULL || facts->waiting == CS_WAITING_NO_KEY
         || facts->waiting == CS_WAITING_BUDGET || facts->waiting == CS_WAITING_CONSENT;
}

/* A wish to cancel that can be acted on now does not wait for the job's time. */
static gboolean
is_cancel_due (CsJobRunner *self, const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  if (!facts->cancel_requested)
    return FALSE;
  if (facts->state == CS_JOB_SUBMITTING)
    return attempt->sent_at == 0;
  if (facts->state == CS_JOB_RENDERING)
    return self->cancel_tried != attempt->number;
  return cs_job_state_is_unsent (facts->state);
}

static gboolean
is_due (CsJobRunner *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  gboolean is_time = cs_clock_now () >= self->due_at || g_get_monotonic_time () >= self->due_monotonic;

  if (self->wants_reload)
    return is_time;
  if (is_cancel_due (self, facts) || (self->is_poked && is_worth_a_try (facts)))
    return TRUE;
  return is_time && !cs_job_facts_waits_for_somebody (facts);
}

/**
 * cs_job_runner_get_wake_time:
 *
 * Returns: when to call cs_job_runner_wake(), microseconds since the epoch, in the past when it is time; 0: nothing
 * happens by itself.
 */
gint64
cs_job_runner_get_wake_time (CsJobRunner *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);

  if (self->is_busy || self->is_stopped)
    return 0;
  if (cs_job_state_is_final (facts->state) || is_due (self))
    return 1;
  if (!self->wants_reload && cs_job_facts_waits_for_somebody (facts))
    return 0;
  return MIN (self->due_at, cs_clock_now () + self->due_monotonic - g_get_monotonic_time ());
}

/* Actions */

static void
start_rendering (CsJobRunner *self)
{
  if (self->next->cancel_requested && self->cancel_told != cs_job_facts_get_attempt (self->next)->number)
    cs_job_step_cancel (self);
  else
    cs_job_step_render (self);
}

static void
start_step (CsJobRunner *self)
{
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
      start_rendering (self);
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

static void
start_action (CsJobRunner *self)
{
  self->is_busy = TRUE;
  self->is_poked = FALSE;
  self->can_stop = FALSE;
  g_clear_pointer (&self->next, cs_job_facts_free);
  self->next = cs_job_facts_copy (cs_job_get_facts (self->job));
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  cs_job_runner_call_probe (self, CS_JOB_MOMENT_BEFORE);

  if (self->next->cancel_requested && cs_job_state_is_unsent (self->next->state))
    cs_job_step_cancel_unsent (self);
  else
    start_step (self);
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

  if (self->is_busy || self->is_stopped)
    return;
  if (cs_job_state_is_final (cs_job_get_facts (self->job)->state))
    stop (self);
  else if (!is_due (self))
    cs_job_runner_emit_moved (self);
  else if (self->wants_reload)
    cs_job_runner_reload (self);
  else
    start_action (self);
}

/** cs_job_runner_poke: What the job waits for may have come: a key, a higher cap, the network. Due for one try. */
void
cs_job_runner_poke (CsJobRunner *self)
{
  self->is_poked = TRUE;
  if (!self->is_busy && !self->is_stopped)
    cs_job_runner_emit_moved (self);
}

/* The next action starts from the main loop, so that a long chain of steps does not grow the stack. */
static gboolean
wake_again (gpointer user_data)
{
  cs_job_runner_wake (user_data);
  return G_SOURCE_REMOVE;
}

/** cs_job_runner_action_over: The action is over and written: on to the next one. */
void
cs_job_runner_action_over (CsJobRunner *self)
{
  self->is_busy = FALSE;
  if (self->is_stopped)
    settle (self);
  else if (self->wants_reload)
    cs_job_runner_reload (self);
  else
    g_idle_add_full (G_PRIORITY_DEFAULT, wake_again, g_object_ref (self), g_object_unref);
}

/* Reading anew */

static gpointer
load_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_job_store_load (database, data, error);
}

/* Takes the facts as they are stored. */
static void
take_facts (CsJobRunner *self, CsJobFacts *facts)
{
  const CsJobFacts *old = cs_job_get_facts (self->job);
  gboolean is_another_wait = old->state != facts->state || old->not_before != facts->not_before;

  cs_job_set_facts (self->job, facts);
  if (is_another_wait)
    cs_job_runner_set_due (self, facts->not_before);
}

static void
reload_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) conflict = g_steal_pointer (&self->conflict);
  g_autoptr (CsJobFacts) facts = cs_store_run_finish (CS_STORE (source), result, &error);
  gboolean is_explained;

  self->is_busy = FALSE;
  if (self->is_stopped)
    {
      settle (self);
      return;
    }
  if (facts == NULL && g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
    {
      stop (self);
      return;
    }
  if (facts == NULL)
    {
      cs_job_runner_trouble (self, error);
      return;
    }
  if (g_strcmp0 (facts->owner, self->context->owner) != 0)
    {
      cs_job_set_facts (self->job, g_steal_pointer (&facts));
      stop (self);
      return;
    }
  is_explained = conflict == NULL || facts->state != cs_job_get_facts (self->job)->state;
  take_facts (self, g_steal_pointer (&facts));
  if (!is_explained)
    cs_job_runner_trouble (self, conflict);
  else
    cs_job_runner_action_over (self); /* somebody may have asked to read it once more meanwhile */
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
 * cs_job_runner_conflicted:
 * @error: why the commit was refused
 *
 * The job is not as this process thought. When reading it does not show why, the commit can never be written as it is:
 * that is trouble, and must not become a circle that turns as fast as it can.
 */
void
cs_job_runner_conflicted (CsJobRunner *self, const GError *error)
{
  g_clear_error (&self->conflict);
  self->conflict = g_error_copy (error);
  self->is_busy = FALSE;
  cs_job_runner_reload (self);
}

/* Drawn on this computer, or words, or what comes before the request: none of that has to be waited for. */
static gboolean
can_stop_now (CsJobRunner *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  CsProvider *provider = cs_provider_registry_get_provider (self->context->registry, facts->provider);

  return self->can_stop || (facts->state == CS_JOB_RENDERING && provider != NULL && cs_provider_is_local (provider));
}

/**
 * cs_job_runner_request_cancel:
 *
 * The wish to cancel is in the database. Work on this computer ends now, and so do words; anything else when its
 * provider says so.
 */
void
cs_job_runner_request_cancel (CsJobRunner *self)
{
  if (self->is_stopped)
    return;
  if (self->is_busy && can_stop_now (self))
    g_cancellable_cancel (self->cancellable);
  cs_job_runner_reload (self);
}

/* For the steps */

/** cs_job_runner_inside: Marks the middle of an action, for tests. */
void
cs_job_runner_inside (CsJobRunner *self)
{
  cs_job_runner_call_probe (self, CS_JOB_MOMENT_INSIDE);
}

CsProvider *
cs_job_runner_get_provider (CsJobRunner *self)
{
  return cs_provider_registry_get_provider (self->context->registry, self->next->provider);
}

/** cs_job_runner_is_text: Returns: TRUE when a language model writes the job's deck. */
gboolean
cs_job_runner_is_text (CsJobRunner *self)
{
  CsProvider *provider = cs_job_runner_get_provider (self);

  return self->next->kind == CS_KIND_DECK && provider != NULL && CS_IS_TEXT_PROVIDER (provider);
}

/** cs_job_runner_dup_attempt: Returns: (transfer full): a copy of the newest attempt, to be changed and committed. */
CsAttempt *
cs_job_runner_dup_attempt (CsJobRunner *self)
{
  return cs_attempt_copy (cs_job_facts_get_attempt (self->next));
}
