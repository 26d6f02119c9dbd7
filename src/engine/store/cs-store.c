/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store: one named thread owns the only connection to the database and does the work of everybody, in order. The
 * object lives on the main context it was opened in; every answer is handed out on the context that asked. Queued work
 * keeps the object alive; when it is dropped the thread closes the connection and ends by itself.
 */
#include "config.h"
#include "store/cs-store.h"

#include "core/cs-error.h"
#include "core/cs-task.h"
#include "store/cs-backups.h"
#include "store/cs-migrations.h"

#include <glib/gi18n-lib.h>
#include <stdatomic.h>

#define BUSY_PATIENCE_US (10 * G_USEC_PER_SEC)
#define BUSY_PAUSE_US 20000

/* What the thread and the object share; counted, because either may be the last to go. */
typedef struct
{
  GAsyncQueue *queue; /* (element-type Work) */
  CsPaths *paths;
  GMainContext *context; /* where "changed" is emitted */
  GWeakRef store;
  _Atomic guint interval_ms; /* of the watch; 0: off */
  _Atomic gboolean changed_queued;
  _Atomic (GThread *) thread;

  /* worker thread only */
  CsDatabase *database;
  gint64 data_version;
  gint64 next_look; /* monotonic time; 0: not watching */
  gboolean daily_backup; /* to be looked after; only when there was a database before */
} Worker;

struct _CsStore
{
  GObject parent_instance;

  Worker *worker;
  GThread *thread;
  gboolean closed; /* under the lock of the queue */
};

G_DEFINE_FINAL_TYPE (CsStore, cs_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef enum
{
  WORK_OPEN,
  WORK_RUN,
  WORK_WAKE, /* look at the interval again */
  WORK_CLOSE,
  WORK_STOP, /* as close, with nobody waiting */
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
worker_clear (Worker *self)
{
  g_assert (self->database == NULL);
  g_async_queue_unref (self->queue);
  g_weak_ref_clear (&self->store);
  g_main_context_unref (self->context);
  cs_paths_unref (self->paths);
}

static void
worker_unref (Worker *self)
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

/* On the context of whoever asked: there everything of his is let go, too. The work hangs on its task, so that data
 * which is its own answer lives as long as the callback may look at it. */
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
emit_changed_cb (gpointer user_data)
{
  Worker *self = user_data;
  g_autoptr (CsStore) store = g_weak_ref_get (&self->store);

  atomic_store (&self->changed_queued, FALSE);
  if (store != NULL)
    g_signal_emit (store, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
queue_changed (Worker *self)
{
  g_autoptr (GSource) source = NULL;

  if (atomic_exchange (&self->changed_queued, TRUE))
    return;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[cs-store] changed");
  g_source_set_callback (source, emit_changed_cb, g_atomic_rc_box_acquire (self), (GDestroyNotify) worker_unref);
  g_source_attach (source, self->context);
}

/* Looks whether another connection has written since the last look. */
static void
look_for_changes (Worker *self)
{
  gint64 version;

  if (!cs_database_get_integer (self->database, "PRAGMA data_version", &version, NULL))
    return;
  if (version != self->data_version)
    queue_changed (self);
  self->data_version = version;
}

/* Once, as soon as nobody waits, at the latest before closing. That the disk may be full is no reason to stop. */
static void
make_daily_backup (Worker *self)
{
  if (!self->daily_backup)
    return;
  self->daily_backup = FALSE;
  cs_backups_make_daily (self->database, cs_paths_get_backups (self->paths), NULL);
}

/* The next piece of work, looking for changes while there is none. */
static Work *
take_work (Worker *self)
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

static gboolean
prepare_database (CsDatabase *database, CsPaths *paths, gint64 *old_version, GError **error)
{
  if (!cs_database_get_integer (database, "PRAGMA user_version", old_version, error))
    return FALSE;
  if (*old_version <= cs_migrations_get_latest () && !cs_database_check (database, error))
    return FALSE;
  return cs_migrations_run (database, cs_paths_get_backups (paths), error);
}

static void
do_open (Worker *self, Work *work)
{
  g_autoptr (CsDatabase) database = NULL;
  gint64 old_version;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (work->task), &work->error))
    return;
  database = cs_database_open (cs_paths_get_database (self->paths), &work->error);
  if (database == NULL || !prepare_database (database, self->paths, &old_version, &work->error)
      || !cs_database_get_integer (database, "PRAGMA data_version", &self->data_version, &work->error))
    return;
  self->database = g_steal_pointer (&database);
  self->daily_backup = old_version > 0;
  work->result = g_object_ref (g_task_get_task_data (work->task));
  work->result_free = g_object_unref;
}

/* Begins a transaction; when another process writes, asks again for about ten seconds. */
static gboolean
begin (Worker *self, Work *work)
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
do_run (Worker *self, Work *work)
{
  GCancellable *cancellable = g_task_get_cancellable (work->task);

  if (self->database == NULL)
    {
      cs_set_error (&work->error, CS_ERROR_CONFLICT, _ ("The database is closed."));
      return;
    }
  if (work->mode == CS_STORE_READ && !cs_database_exec (self->database, "PRAGMA query_only = ON", &work->error))
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
do_work (Worker *self, Work *work)
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
    case WORK_STOP:
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
  Worker *self = data;

  atomic_store (&self->thread, g_thread_self ());
  while (do_work (self, take_work (self)))
    if (g_async_queue_length (self->queue) <= 0)
      make_daily_backup (self);
  worker_unref (self);
  return NULL;
}

static void
cs_store_finalize (GObject *object)
{
  CsStore *self = CS_STORE (object);

  if (!self->closed)
    g_async_queue_push (self->worker->queue, work_new (WORK_STOP, NULL));
  /* Not joined: closing writes to the disk, and this may be the main thread. */
  g_clear_pointer (&self->thread, g_thread_unref);
  g_clear_pointer (&self->worker, worker_unref);
  G_OBJECT_CLASS (cs_store_parent_class)->finalize (object);
}

static void
cs_store_class_init (CsStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_store_finalize;

  /**
   * CsStore::changed:
   *
   * Another process, or another store on the same file, has written. Emitted on the context the store was opened in.
   */
  signals[CHANGED]
    = g_signal_new ("changed", CS_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_store_init (CsStore *self)
{
}

static CsStore *
cs_store_new (CsPaths *paths)
{
  CsStore *self = g_object_new (CS_TYPE_STORE, NULL);

  self->worker = g_atomic_rc_box_new0 (Worker);
  self->worker->queue = g_async_queue_new_full ((GDestroyNotify) work_free);
  self->worker->paths = cs_paths_ref (paths);
  self->worker->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->worker->store, self);
  self->thread = g_thread_new ("cs-store", worker_thread, g_atomic_rc_box_acquire (self->worker));
  return self;
}

/**
 * cs_store_open_async:
 * @paths: where the database is
 *
 * Opens the database of @paths on a thread of its own, checks it and brings it to the newest version. The errors of
 * cs_store_open_finish() are CS_ERROR_CORRUPT, CS_ERROR_NEWER, CS_ERROR_BUSY, CS_ERROR_NOT_WRITABLE,
 * CS_ERROR_DISK_FULL, CS_ERROR_FAILED and G_IO_ERROR_CANCELLED.
 */
void
cs_store_open_async (CsPaths *paths, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  CsStore *self;

  g_return_if_fail (paths != NULL);

  g_task_set_source_tag (task, cs_store_open_async);
  g_task_set_check_cancellable (task, FALSE);
  self = cs_store_new (paths);
  g_task_set_task_data (task, self, g_object_unref);
  g_async_queue_push (self->worker->queue, work_new (WORK_OPEN, task));
}

/**
 * cs_store_open_finish:
 *
 * Returns: (transfer full): the store.
 */
CsStore *
cs_store_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_store_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Puts work at the end of the queue; FALSE after close. */
static gboolean
push (CsStore *self, Work *work)
{
  gboolean closed;

  g_async_queue_lock (self->worker->queue);
  closed = self->closed;
  if (!closed)
    g_async_queue_push_unlocked (self->worker->queue, work);
  if (work->type == WORK_CLOSE)
    self->closed = TRUE;
  g_async_queue_unlock (self->worker->queue);
  return !closed;
}

/**
 * cs_store_run_async:
 * @mode: whether @func only reads
 * @func: the work, on the worker thread, inside a transaction
 * @data: (transfer full): for @func
 * @data_free: (nullable): frees @data, on the caller's context after the callback
 * @result_free: (nullable): frees a result that nobody takes, on the caller's context
 *
 * Queues work; everything queued runs in order. Work that is cancelled before it begins is not done; once a
 * transaction is committed its result is handed out, cancelled or not. A write waits about ten seconds for other
 * processes, then fails with CS_ERROR_BUSY. Any thread may call.
 */
void
cs_store_run_async (CsStore *self, CsStoreMode mode, CsStoreFunc func, gpointer data, GDestroyNotify data_free,
                    GDestroyNotify result_free, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (CS_IS_STORE (self));
  g_return_if_fail (func != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_store_run_async);
  g_task_set_check_cancellable (task, FALSE);
  work = work_new (WORK_RUN, task);
  work->mode = mode;
  work->func = func;
  work->data = data;
  work->data_free = data_free;
  work->result_free = result_free;
  if (push (self, work))
    return;
  cs_set_error (&work->error, CS_ERROR_CONFLICT, _ ("The database is closed."));
  answer (work);
}

/**
 * cs_store_run_finish:
 *
 * Returns: (transfer full) (nullable): what the function returned; NULL without an error is an answer, too.
 */
gpointer
cs_store_run_finish (CsStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_store_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cs_store_close_async:
 *
 * Closes the database when everything queued before is done. Later work fails with CS_ERROR_CONFLICT. Closing is not
 * cancelled.
 */
void
cs_store_close_async (CsStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (CS_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_store_close_async);
  g_task_set_check_cancellable (task, FALSE);
  work = work_new (WORK_CLOSE, task);
  if (!push (self, work))
    answer (work);
}

/** cs_store_close_finish: closing twice is no error. */
CS_DEFINE_FINISH_BOOLEAN (CsStore, cs_store_close_async, cs_store_close_finish)

/**
 * cs_store_is_worker:
 *
 * Returns: whether this is the thread that owns the database.
 */
gboolean
cs_store_is_worker (CsStore *self)
{
  g_return_val_if_fail (CS_IS_STORE (self), FALSE);

  return atomic_load (&self->worker->thread) == g_thread_self ();
}

/**
 * cs_store_watch:
 * @interval_ms: how often to look whether others have written; 0 stops
 *
 * Emits #CsStore::changed after another process has written, at most once an interval.
 */
void
cs_store_watch (CsStore *self, guint interval_ms)
{
  Work *work;

  g_return_if_fail (CS_IS_STORE (self));

  atomic_store (&self->worker->interval_ms, interval_ms);
  work = work_new (WORK_WAKE, NULL);
  if (!push (self, work))
    work_free (work);
}
