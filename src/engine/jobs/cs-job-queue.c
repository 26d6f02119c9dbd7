/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The jobs that this process drives: one runner for each, one timer for all that wait, an ear for what other processes
 * did, and an orderly end. Main thread; owned by the engine.
 */
#include "config.h"
#include "jobs/cs-job-queue-private.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-task.h"
#include "jobs/cs-job-store.h"

#include <string.h>

#define MAX_WOKEN 16        /* jobs begun in one turn of the main loop: a thousand due ones must not stop a frame */
#define WATCH_INTERVAL 500  /* milliseconds */
#define CLOSE_PATIENCE 20   /* seconds that closing waits for the answer to a request that has left */
#define LONGEST_SLEEP (60 * G_USEC_PER_SEC)

enum
{
  SIGNAL_JOB_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsJobQueue, cs_job_queue, G_TYPE_OBJECT)

static void moved_cb (CsJobRunner *runner, gpointer user_data);
static void left_cb (CsJobRunner *runner, gpointer user_data);

/* Lets go of @runner; when the end of a request is still to be written, hears of that. */
static void
stop_runner (CsJobQueue *self, CsJobRunner *runner)
{
  g_signal_handlers_disconnect_by_data (runner, self);
  g_signal_handlers_disconnect_by_data (cs_job_runner_get_job (runner), self);
  cs_job_runner_stop (runner);
  if (!cs_job_runner_is_owing (runner))
    return;
  g_signal_connect (runner, "moved", G_CALLBACK (left_cb), self);
  g_ptr_array_add (self->leaving, g_object_ref (runner));
}

static void
stop_all (CsJobQueue *self)
{
  g_autoptr (GPtrArray) runners = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer runner;

  self->is_closed = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->others_timer, g_source_remove);
  g_hash_table_iter_init (&iter, self->runners);
  while (g_hash_table_iter_next (&iter, NULL, &runner))
    g_ptr_array_add (runners, g_object_ref (runner));
  for (guint i = 0; i < runners->len; i++)
    stop_runner (self, runners->pdata[i]);
  g_hash_table_remove_all (self->runners);
}

/* Whoever still waits for an answer does so alone: the runner keeps all it needs. */
static void
forget_leaving (CsJobQueue *self)
{
  for (guint i = 0; i < self->leaving->len; i++)
    g_signal_handlers_disconnect_by_data (self->leaving->pdata[i], self);
  g_ptr_array_set_size (self->leaving, 0);
  g_clear_handle_id (&self->closing_timeout, g_source_remove);
}

static void
cs_job_queue_dispose (GObject *object)
{
  CsJobQueue *self = CS_JOB_QUEUE (object);

  stop_all (self);
  forget_leaving (self);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (cs_job_queue_parent_class)->dispose (object);
}

static void
cs_job_queue_finalize (GObject *object)
{
  CsJobQueue *self = CS_JOB_QUEUE (object);

  g_clear_pointer (&self->runners, g_hash_table_unref);
  g_clear_pointer (&self->leaving, g_ptr_array_unref);
  g_clear_object (&self->library);
  g_clear_pointer (&self->context, cs_job_context_unref);

  G_OBJECT_CLASS (cs_job_queue_parent_class)->finalize (object);
}

static void
cs_job_queue_class_init (CsJobQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_job_queue_dispose;
  object_class->finalize = cs_job_queue_finalize;

  signals[SIGNAL_JOB_CHANGED] = g_signal_new ("job-changed", CS_TYPE_JOB_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 1, CS_TYPE_JOB);
}

static void
cs_job_queue_init (CsJobQueue *self)
{
  self->runners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->leaving = g_ptr_array_new_with_free_func (g_object_unref);
}

void
cs_job_queue_tell (CsJobQueue *self, CsJob *job)
{
  g_signal_emit (self, signals[SIGNAL_JOB_CHANGED], 0, job);
}

CsJobRunner *
cs_job_queue_find_runner (CsJobQueue *self, const char *id)
{
  return g_hash_table_lookup (self->runners, id);
}

/* One timer for all that wait */

static gboolean
timer_cb (gpointer user_data)
{
  CsJobQueue *self = user_data;

  self->timer = 0;
  cs_job_queue_wake (self);
  return G_SOURCE_REMOVE;
}

/* Comes at @time at the latest; 0: nobody waits for that. */
static void
arm_timer (CsJobQueue *self, gint64 time)
{
  gint64 delay;

  if (time == 0 || self->is_closed || (self->timer != 0 && self->timer_time <= time))
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  delay = CLAMP (time - cs_clock_now (), 0, LONGEST_SLEEP);
  self->timer = g_timeout_add ((guint) ((delay + 999) / 1000), timer_cb, self);
  self->timer_time = time;
}

/* What expires comes first: results that are ready, then what is being made, then what is not begun. */
static int
get_rank (CsJobRunner *runner)
{
  switch (cs_job_get_facts (cs_job_runner_get_job (runner))->state)
    {
    case CS_JOB_DOWNLOADING:
    case CS_JOB_FINISHING:
      return 0;
    case CS_JOB_RENDERING:
      return 1;
    case CS_JOB_QUEUED:
    case CS_JOB_WRITING:
    case CS_JOB_QUOTED:
    case CS_JOB_HOLDING:
    case CS_JOB_SUBMITTING:
    case CS_JOB_UNCERTAIN:
    case CS_JOB_DONE:
    case CS_JOB_FAILED:
    case CS_JOB_CANCELLED:
    case CS_N_JOB_STATES:
    default:
      return 2;
    }
}

/* The same order as that of taking over. */
static int
compare_runners (gconstpointer a, gconstpointer b)
{
  CsJobRunner *const *one = a;
  CsJobRunner *const *two = b;
  int difference = get_rank (*one) - get_rank (*two);

  return difference != 0 ? difference : strcmp (cs_job_get_id (cs_job_runner_get_job (*one)),
                                                cs_job_get_id (cs_job_runner_get_job (*two)));
}

/**
 * cs_job_queue_wake:
 *
 * Looks at once whether a waiting job's time has come: after the clock was turned.
 */
void
cs_job_queue_wake (CsJobQueue *self)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = cs_clock_now ();
  gint64 next = G_MAXINT64;
  GHashTableIter iter;
  gpointer runner;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_iter_init (&iter, self->runners);
  while (g_hash_table_iter_next (&iter, NULL, &runner))
    {
      gint64 wake_time = cs_job_runner_get_wake_time (runner);

      if (wake_time > 0 && wake_time <= now)
        g_ptr_array_add (due, g_object_ref (runner));
      else if (wake_time > 0)
        next = MIN (next, wake_time);
    }
  g_ptr_array_sort (due, compare_runners);
  if (due->len > MAX_WOKEN)
    next = now;
  if (next < G_MAXINT64)
    arm_timer (self, next);
  for (guint i = 0; i < MIN (due->len, MAX_WOKEN); i++)
    cs_job_runner_wake (due->pdata[i]);
}

/**
 * cs_job_queue_poke:
 *
 * What jobs wait for may have come: a key, a higher cap, the network, space on the disk. Each is tried once, now.
 */
void
cs_job_queue_poke (CsJobQueue *self)
{
  g_autoptr (GPtrArray) runners = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer runner;

  g_hash_table_iter_init (&iter, self->runners);
  while (g_hash_table_iter_next (&iter, NULL, &runner))
    g_ptr_array_add (runners, g_object_ref (runner));
  for (guint i = 0; i < runners->len; i++)
    cs_job_runner_poke (runners->pdata[i]);
}

/* The network: it is asked of nobody whether it is there, and it stops nothing; it only wakes who waits for it. */

static void
network_changed_cb (GNetworkMonitor *monitor, gboolean is_available, gpointer user_data)
{
  CsJobQueue *self = user_data;
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer runner;

  if (!is_available)
    return;
  g_hash_table_iter_init (&iter, self->runners);
  while (g_hash_table_iter_next (&iter, NULL, &runner))
    if (cs_job_get_facts (cs_job_runner_get_job (runner))->waiting == CS_WAITING_OFFLINE)
      g_ptr_array_add (waiting, g_object_ref (runner));
  for (guint i = 0; i < waiting->len; i++)
    cs_job_runner_poke (waiting->pdata[i]);
}

/** cs_job_queue_listen: @monitor: tells from now on that there is a network again; the first one stays. */
void
cs_job_queue_listen (CsJobQueue *self, GNetworkMonitor *monitor)
{
  if (self->monitor != NULL)
    return;
  self->monitor = g_object_ref (monitor);
  g_signal_connect (monitor, "network-changed", G_CALLBACK (network_changed_cb), self);
}

/** cs_job_queue_watch_network: From now on jobs that wait for the network are woken when the system says that it is back. */
void
cs_job_queue_watch_network (CsJobQueue *self)
{
  self->watches_network = TRUE; /* whoever never waits for it needs nobody who watches */
}

/* Runners */

static void
moved_cb (CsJobRunner *runner, gpointer user_data)
{
  CsJobQueue *self = user_data;
  CsJob *job = cs_job_runner_get_job (runner);

  if (self->watches_network && cs_job_get_facts (job)->waiting == CS_WAITING_OFFLINE)
    cs_job_queue_listen (self, g_network_monitor_get_default ());
  arm_timer (self, cs_job_runner_get_wake_time (runner));
  if (!cs_job_runner_is_stopped (runner))
    return;
  if (cs_job_get_facts (job)->state == CS_JOB_DONE)
    cs_library_notify (self->library, cs_job_get_id (job));
  stop_runner (self, runner);
  g_hash_table_remove (self->runners, cs_job_get_id (job));
}

/* Begun from the timer, so that many are not begun in one turn of the main loop. */
static CsJob *
start_runner (CsJobQueue *self, CsJobFacts *facts)
{
  CsJob *job = cs_job_new (facts);
  CsJobRunner *runner = cs_job_runner_new (self->context, job);

  g_signal_connect (runner, "moved", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (job, "changed", G_CALLBACK (cs_job_queue_tell), self);
  g_hash_table_replace (self->runners, g_strdup (facts->id), runner);
  arm_timer (self, cs_job_runner_get_wake_time (runner));
  return job;
}

/* The job of @facts, which were just written or claimed; driven from now on when it is ours. */
static CsJob *
start_job (CsJobQueue *self, const CsJobFacts *facts)
{
  CsJobRunner *runner = cs_job_queue_find_runner (self, facts->id);
  gboolean is_ours = g_strcmp0 (facts->owner, self->context->owner) == 0;

  if (runner != NULL)
    return g_object_ref (cs_job_runner_get_job (runner));
  if (is_ours && !self->is_closed && !cs_job_state_is_final (facts->state))
    return start_runner (self, cs_job_facts_copy (facts));
  return cs_job_new (cs_job_facts_copy (facts));
}

/** cs_job_queue_start_all: Returns: (transfer full) (element-type CsJob): the jobs of @all, driven when they are ours. */
GPtrArray *
cs_job_queue_start_all (CsJobQueue *self, GPtrArray *all)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    {
      g_ptr_array_add (jobs, start_job (self, all->pdata[i]));
      cs_job_queue_tell (self, jobs->pdata[i]);
    }
  return jobs;
}

/* What other processes did */

static void read_marks (CsJobQueue *self);

static gpointer
list_marks_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_job_store_list_marks (database, data, error);
}

/* @mark: (nullable): none when the job was ended, or taken, over our head. */
static void
apply_mark (CsJobRunner *runner, const CsJobMark *mark)
{
  const CsJobFacts *facts = cs_job_get_facts (cs_job_runner_get_job (runner));

  if (mark != NULL && facts->updated_at == mark->updated_at)
    return;
  if (mark != NULL && mark->cancel_requested && !facts->cancel_requested)
    cs_job_runner_request_cancel (runner);
  else
    cs_job_runner_reload (runner);
}

static void
apply_marks (CsJobQueue *self, GPtrArray *marks)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) runners = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer runner;

  for (guint i = 0; i < marks->len; i++)
    g_hash_table_insert (by_id, ((CsJobMark *) marks->pdata[i])->id, marks->pdata[i]);
  g_hash_table_iter_init (&iter, self->runners);
  while (g_hash_table_iter_next (&iter, NULL, &runner))
    g_ptr_array_add (runners, g_object_ref (runner));
  for (guint i = 0; i < runners->len; i++)
    apply_mark (runners->pdata[i], g_hash_table_lookup (by_id, cs_job_get_id (cs_job_runner_get_job (runners->pdata[i]))));
}

static void
list_marks_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobQueue) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) marks = cs_store_run_finish (CS_STORE (source), result, &error);

  self->is_reading_marks = FALSE;
  if (marks == NULL) /* the next change asks again; the commits themselves notice whatever matters */
    g_debug ("The jobs were not looked at: %s", error->message);
  else if (!self->is_closed)
    apply_marks (self, marks);
  if (self->wants_marks)
    read_marks (self);
}

static void
read_marks (CsJobQueue *self)
{
  self->wants_marks = self->is_reading_marks;
  if (self->is_reading_marks || self->is_closed || g_hash_table_size (self->runners) == 0)
    return;
  self->is_reading_marks = TRUE;
  cs_store_run_async (self->context->store, CS_STORE_READ, list_marks_func, g_strdup (self->context->owner), g_free,
                      (GDestroyNotify) g_ptr_array_unref, NULL, list_marks_cb, g_object_ref (self));
}

/**
 * cs_job_queue_new:
 *
 * Returns: (transfer full): a queue with a new owner name and no jobs; NULL when the state folder cannot be used.
 */
CsJobQueue *
cs_job_queue_new (CsStore *store, CsPaths *paths, CsProviderRegistry *registry, CsScreenwriter *screenwriter,
                  CsPriceList *prices, CsLibrary *library, GError **error)
{
  CsOwner *lock = cs_owner_new (cs_paths_get_owners (paths), error);
  CsJobQueue *self;

  if (lock == NULL)
    return NULL;
  self = g_object_new (CS_TYPE_JOB_QUEUE, NULL);
  self->context = cs_job_context_new (store, paths, registry, screenwriter, prices, lock);
  self->library = g_object_ref (library);
  g_signal_connect_object (store, "changed", G_CALLBACK (read_marks), self, G_CONNECT_SWAPPED);
  cs_store_watch (store, WATCH_INTERVAL);
  return self;
}

/** cs_job_queue_get_n_running: Returns: how many jobs this process drives. */
guint
cs_job_queue_get_n_running (CsJobQueue *self)
{
  return g_hash_table_size (self->runners);
}

/* The end */

static gpointer
release_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  cs_job_store_release (database, data, error);
  return NULL;
}

static void
release_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  cs_store_run_finish (CS_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Everything is written that can be: free for the next process. */
static void
release (CsJobQueue *self)
{
  GTask *task = g_steal_pointer (&self->closing);

  forget_leaving (self);
  cs_store_watch (self->context->store, 0);
  cs_store_run_async (self->context->store, CS_STORE_WRITE, release_func, g_strdup (self->context->owner), g_free, NULL,
                      g_task_get_cancellable (task), release_cb, task);
}

/* A runner that was stopped has written the end of its request. */
static void
left_cb (CsJobRunner *runner, gpointer user_data)
{
  CsJobQueue *self = user_data;

  g_signal_handlers_disconnect_by_data (runner, self);
  g_ptr_array_remove (self->leaving, runner);
  if (self->leaving->len == 0 && self->closing != NULL)
    release (self);
}

static gboolean
closing_timeout_cb (gpointer user_data)
{
  CsJobQueue *self = user_data;

  self->closing_timeout = 0;
  release (self);
  return G_SOURCE_REMOVE;
}

/**
 * cs_job_queue_close_async:
 *
 * Stops driving; every job stays as it is written, and free for the next process. Answers to requests that have left are
 * waited for, ten seconds at most: without them nobody would know whether they were taken.
 */
void
cs_job_queue_close_async (CsJobQueue *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->closing == NULL);

  self->closing = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->closing, cs_job_queue_close_async);
  stop_all (self);
  if (self->leaving->len == 0)
    release (self);
  else
    self->closing_timeout = g_timeout_add_seconds (CLOSE_PATIENCE, closing_timeout_cb, self);
}

CS_DEFINE_FINISH_BOOLEAN (CsJobQueue, cs_job_queue_close_async, cs_job_queue_close_finish)
