/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store: the database of one studio, for everybody in the process. Its worker thread owns the only
 * connection. The object lives on the main context it was opened in; every answer is handed out on the
 * context that asked. Queued work keeps the object alive; when it is dropped the thread closes the connection
 * and ends by itself.
 */
#include "config.h"
#include "store/cs-store.h"

#include "core/cs-task.h"
#include "store/cs-store-worker.h"

struct _CsStore
{
  GObject parent_instance;

  CsStoreWorker *worker;
};

G_DEFINE_FINAL_TYPE (CsStore, cs_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
cs_store_finalize (GObject *object)
{
  CsStore *self = CS_STORE (object);

  cs_store_worker_close (self->worker, NULL);
  g_clear_pointer (&self->worker, cs_store_worker_unref);
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
   * Another process, or another store on the same file, has written. Emitted on the context the store was
   * opened in.
   */
  signals[CHANGED]
      = g_signal_new ("changed", CS_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_store_init (CsStore *self)
{
}

static void
emit_changed (GObject *object)
{
  g_signal_emit (object, signals[CHANGED], 0);
}

/**
 * cs_store_open_async:
 * @paths: where the database is
 *
 * Opens the database of @paths on a thread of its own, checks it and brings it to the newest version. The
 * errors of cs_store_open_finish() are CS_ERROR_CORRUPT, CS_ERROR_NEWER, CS_ERROR_BUSY,
 * CS_ERROR_NOT_WRITABLE, CS_ERROR_DISK_FULL, CS_ERROR_FAILED and G_IO_ERROR_CANCELLED.
 */
void
cs_store_open_async (CsPaths *paths,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  CsStore *self;
  GTask *task;

  g_return_if_fail (paths != NULL);

  self = g_object_new (CS_TYPE_STORE, NULL);
  self->worker = cs_store_worker_new (paths, G_OBJECT (self), emit_changed);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_store_open_async);
  g_task_set_check_cancellable (task, FALSE);
  cs_store_worker_open (self->worker, task, G_OBJECT (self));
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

/**
 * cs_store_run_async:
 * @mode: whether @func only reads
 * @func: the work, on the worker thread, inside a transaction
 * @data: (transfer full): for @func
 * @data_free: (nullable): frees @data when the answer is let go, after the callback
 * @result_free: (nullable): frees a result that nobody takes, on the caller's context
 *
 * Queues work; everything queued runs in order. Work that is cancelled before it begins is not done; once a
 * transaction is committed its result is handed out, cancelled or not. A write waits about ten seconds for
 * other processes, then fails with CS_ERROR_BUSY. Any thread may call.
 */
void
cs_store_run_async (CsStore *self,
                    CsStoreMode mode,
                    CsStoreFunc func,
                    gpointer data,
                    GDestroyNotify data_free,
                    GDestroyNotify result_free,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CS_IS_STORE (self));
  g_return_if_fail (func != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_store_run_async);
  /* What is committed is told, cancelled or not: the worker looks before it begins. */
  g_task_set_check_cancellable (task, FALSE);
  cs_store_worker_run (self->worker, task, mode, func, data, data_free, result_free);
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
 * Closes the database when everything queued before is done. Later work fails with CS_ERROR_CONFLICT. Closing
 * is not cancelled.
 */
void
cs_store_close_async (CsStore *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CS_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_store_close_async);
  g_task_set_check_cancellable (task, FALSE);
  cs_store_worker_close (self->worker, task);
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

  return cs_store_worker_is_me (self->worker);
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
  g_return_if_fail (CS_IS_STORE (self));

  cs_store_worker_watch (self->worker, interval_ms);
}
