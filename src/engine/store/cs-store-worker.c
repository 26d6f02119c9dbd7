/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The thread behind a store: it owns the only connection and does what is queued, in order. The store and the
 * thread each hold a reference, because either may be the last to go; the thread never holds one of the
 * store.
 */
#include "config.h"
#include "store/cs-store-worker.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "store/cs-upkeep.h"

#include <stdatomic.h>

#define BUSY_PATIENCE_US (10 * G_USEC_PER_SEC)
#define BUSY_PAUSE_US 20000

struct _CsStoreWorker
{
  GAsyncQueue *queue; /* (element-type Work) */
  gboolean closed;    /* under the lock of the queue: nothing is queued any more */
  CsPaths *paths;
  GMainContext *context; /* where the owner is told */
  GWeakRef owner;
  CsStoreWorkerNotify changed;
  _Atomic guint interval_ms; /* of the watch; 0: off */
  _Atomic gboolean changed_queued;
  _Atomic (GThread *) thread;

  /* worker thread only */
  CsDatabase *database;
  gint64 data_version;
  gint64 next_look;      /* monotonic time; 0: not watching */
  gboolean daily_backup; /* to be looked after; only when there was a database before */
};

typedef enum
{
  WORK_OPEN,
  WORK_RUN,
  WORK_WAKE, /* look at the interval again */
  WORK_CLOSE,
} WorkType;

typedef struct
{
  WorkType type;
  GTask *task; /* (nullable) */
  CsStoreMode mode;
  CsStoreFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;

  /* the answer */
  gpointer result;
  GError *error;
} Work;

static void
worker_clear (CsStoreWorker *self)
{
  g_assert (self->database == NULL);
  g_async_queue_unref (self->queue);
  g_weak_ref_clear (&self->owner);
  g_main_context_unref (self->context);
  cs_paths_unref (self->paths);
}

void
cs_store_worker_unref (CsStoreWorker *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) worker_clear);
}

static Work *
work_new (WorkType type, GTask *task)
{
  Work *work = g_new0 (Work, 1);

  work->type = type;
  work->task = task;
  return work;
}

static void
work_free (Work *work)
{
  if (work->data_free != NULL && work->data != NULL)
    work->data_free (work->data);
  if (work->result_free != NULL && work->result != NULL)
    work->result_free (work->result);
  g_clear_error (&work->error);
  g_clear_object (&work->task);
  g_free (work);
}

/* On the context of whoever asked: there everything of his is let go, too. The work hangs on its task, so
 * that data which is its own answer lives as long as the callback may look at it. */
static gboolean
answer_cb (gpointer user_data)
{
  Work *work = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&work->task);

  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  if (work->error != NULL)
    g_task_return_error (task, g_steal_pointer (&work->error));
  else if (work->type == WORK_CLOSE)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_pointer (task, g_steal_pointer (&work->result), work->result_free);
  return G_SOURCE_REMOVE;
}

static void
answer (Work *work)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (work->task));
  g_source_set_static_name (source, "[cs-store] answer");
  g_source_set_callback (source, answer_cb, work, NULL);
  g_source_attach (source, g_task_get_context (work->task));
}

static gboolean
tell_owner_cb (gpointer user_data)
{
  CsStoreWorker *self = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  atomic_store (&self->changed_queued, FALSE);
  if (owner != NULL)
    self->changed (owner);
  return G_SOURCE_REMOVE;
}

static void
queue_changed (CsStoreWorker *self)
{
  g_autoptr (GSource) source = NULL;

  if (atomic_exchange (&self->changed_queued, TRUE))
    return;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[cs-store] changed");
  g_source_set_callback (source, tell_owner_cb, g_atomic_rc_box_acquire (self),
                         (GDestroyNotify) cs_store_worker_unref);
  g_source_attach (source, self->context);
}

/* Looks whether another connection has written since the last look. */
static void
look_for_changes (CsStoreWorker *self)
{
  gint64 version;

  if (!cs_database_get_integer (self->database, "PRAGMA data_version", &version, NULL))
    return;
  if (version != self->data_version)
    queue_changed (self);
  self->data_version = version;
}

/* Once, as soon as nobody waits, at the latest before closing. That the disk may be full is no reason to
 * stop. */
static void
make_daily_backup (CsStoreWorker *self)
{
  if (!self->daily_backup)
    return;
  self->daily_backup = FALSE;
  cs_upkeep_daily (self->database, self->paths);
}

/* The next piece of work, looking for changes while there is none. */
static Work *
take_work (CsStoreWorker *self)
{
  for (;;)
    {
      guint interval_ms = atomic_load (&self->interval_ms);
      gint64 now = g_get_monotonic_time ();
      Work *work;

      if (self->database == NULL || interval_ms == 0)
        {
          self->next_look = 0;
          return g_async_queue_pop (self->queue);
        }
      if (self->next_look == 0)
        self->next_look = now + interval_ms * G_GINT64_CONSTANT (1000);
      if (now >= self->next_look)
        {
          look_for_changes (self);
          self->next_look = now + interval_ms * G_GINT64_CONSTANT (1000);
        }
      work = g_async_queue_timeout_pop (self->queue, self->next_look - now);
      if (work != NULL)
        return work;
    }
}

static void
do_open (CsStoreWorker *self, Work *work)
{
  g_autoptr (CsDatabase) database = NULL;
  gboolean was_there;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (work->task), &work->error))
    return;
  database = cs_database_open (cs_paths_get_database (self->paths), &work->error);
  if (database == NULL || !cs_upkeep_prepare (database, self->paths, &was_there, &work->error)
      || !cs_database_get_integer (database, "PRAGMA data_version", &self->data_version, &work->error))
    return;
  self->database = g_steal_pointer (&database);
  self->daily_backup = was_there;
  work->result = g_steal_pointer (&work->data);
}

/* Begins a transaction; when another process writes, asks again for about ten seconds. */
static gboolean
begin (CsStoreWorker *self, Work *work)
{
  GCancellable *cancellable = g_task_get_cancellable (work->task);
  gint64 end = g_get_monotonic_time () + BUSY_PATIENCE_US;

  for (;;)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, &work->error))
        return FALSE;
      if (cs_database_begin (self->database, work->mode == CS_STORE_WRITE, &work->error))
        return TRUE;
      if (!g_error_matches (work->error, CS_ERROR, CS_ERROR_BUSY) || g_get_monotonic_time () >= end)
        return FALSE;
      g_clear_error (&work->error);
      g_usleep (BUSY_PAUSE_US);
    }
}

static void
do_run (CsStoreWorker *self, Work *work)
{
  GCancellable *cancellable = g_task_get_cancellable (work->task);

  if (self->database == NULL)
    {
      cs_set_error (&work->error, CS_ERROR_CONFLICT, _ ("The database is closed."));
      return;
    }
  if (work->mode == CS_STORE_READ
      && !cs_database_exec (self->database, "PRAGMA query_only = ON", &work->error))
    return;
  if (begin (self, work))
    {
      work->result = work->func (self->database, work->data, cancellable, &work->error);
      if (work->error == NULL && work->mode == CS_STORE_WRITE)
        cs_database_commit (self->database, &work->error);
      cs_database_rollback (self->database);
    }
  if (work->mode == CS_STORE_READ)
    cs_database_exec (self->database, "PRAGMA query_only = OFF", work->error == NULL ? &work->error : NULL);
}

/* Does one piece of work; FALSE when it was the last. */
static gboolean
do_work (CsStoreWorker *self, Work *work)
{
  gboolean last = FALSE;

  switch (work->type)
    {
    case WORK_OPEN:
      do_open (self, work);
      last = self->database == NULL;
      break;
    case WORK_RUN:
      do_run (self, work);
      break;
    case WORK_CLOSE:
      make_daily_backup (self);
      g_clear_pointer (&self->database, cs_database_close);
      last = TRUE;
      break;
    case WORK_WAKE:
    default:
      break;
    }
  if (work->task != NULL)
    answer (work);
  else
    work_free (work);
  return !last;
}

static gpointer
worker_thread (gpointer data)
{
  CsStoreWorker *self = data;

  atomic_store (&self->thread, g_thread_self ());
  while (do_work (self, take_work (self)))
    if (g_async_queue_length (self->queue) <= 0)
      make_daily_backup (self);
  cs_store_worker_unref (self);
  return NULL;
}

/* Puts work at the end of the queue; after close it is answered with an error, or dropped when nobody waits.
 */
static void
push (CsStoreWorker *self, Work *work)
{
  gboolean closed;

  g_async_queue_lock (self->queue);
  closed = self->closed;
  if (work->type == WORK_CLOSE)
    self->closed = TRUE;
  if (!closed)
    g_async_queue_push_unlocked (self->queue, work);
  g_async_queue_unlock (self->queue);
  if (!closed)
    return;

  if (work->task == NULL)
    {
      work_free (work);
      return;
    }
  if (work->type != WORK_CLOSE)
    cs_set_error (&work->error, CS_ERROR_CONFLICT, _ ("The database is closed."));
  answer (work);
}

/**
 * cs_store_worker_new:
 * @owner: held weakly
 * @changed: called on this thread's default context when another connection has written
 *
 * Returns: (transfer full): a worker with its thread running. It ends with cs_store_worker_close().
 */
CsStoreWorker *
cs_store_worker_new (CsPaths *paths, GObject *owner, CsStoreWorkerNotify changed)
{
  CsStoreWorker *self = g_atomic_rc_box_new0 (CsStoreWorker);

  self->queue = g_async_queue_new_full ((GDestroyNotify) work_free);
  self->paths = cs_paths_ref (paths);
  self->context = g_main_context_ref_thread_default ();
  self->changed = changed;
  g_weak_ref_init (&self->owner, owner);
  /* Not joined at the end: closing writes to the disk, and the last reference may go on the main thread. */
  g_thread_unref (g_thread_new ("cs-store", worker_thread, g_atomic_rc_box_acquire (self)));
  return self;
}

/**
 * cs_store_worker_open:
 * @task: (transfer full): answered with @result
 * @result: (transfer full): the store
 */
void
cs_store_worker_open (CsStoreWorker *self, GTask *task, GObject *result)
{
  Work *work = work_new (WORK_OPEN, task);

  work->data = result;
  work->data_free = g_object_unref;
  work->result_free = g_object_unref;
  push (self, work);
}

/**
 * cs_store_worker_run:
 * @task: (transfer full): answered with what @func returns
 */
void
cs_store_worker_run (CsStoreWorker *self,
                     GTask *task,
                     CsStoreMode mode,
                     CsStoreFunc func,
                     gpointer data,
                     GDestroyNotify data_free,
                     GDestroyNotify result_free)
{
  Work *work = work_new (WORK_RUN, task);

  work->mode = mode;
  work->func = func;
  work->data = data;
  work->data_free = data_free;
  work->result_free = result_free;
  push (self, work);
}

/**
 * cs_store_worker_close:
 * @task: (transfer full) (nullable): answered with TRUE
 *
 * Ends the thread when everything queued before is done.
 */
void
cs_store_worker_close (CsStoreWorker *self, GTask *task)
{
  push (self, work_new (WORK_CLOSE, task));
}

void
cs_store_worker_watch (CsStoreWorker *self, guint interval_ms)
{
  atomic_store (&self->interval_ms, interval_ms);
  push (self, work_new (WORK_WAKE, NULL));
}

/** cs_store_worker_is_me: whether this is the worker's thread. */
gboolean
cs_store_worker_is_me (CsStoreWorker *self)
{
  return atomic_load (&self->thread) == g_thread_self ();
}
