/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "tests/engine/store/store-fixture.h"

static void
test_run (Fixture *fixture, gconstpointer data)
{
  Task task = { .sql = INSERT, .store = fixture->store };
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = run (fixture->store, CS_STORE_WRITE, &task, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "1");
  g_assert_false (cs_store_is_worker (fixture->store));
  g_assert_cmpint (count (fixture->store), ==, 1);
}

static gpointer
nothing_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

static void
test_null_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_store_run_async (fixture->store, CS_STORE_READ, nothing_func, NULL, NULL, NULL, NULL,
                      cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_null (cs_store_run_finish (fixture->store, result, &error));
  g_assert_no_error (error);
}

/* What fails leaves nothing behind: neither rows nor its answer. */
static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  Task fails = { .sql = INSERT, .fail = TRUE };
  Task breaks = { .sql = INSERT "; INSERT INTO attempts (job_id) VALUES ('none')" };
  g_autoptr (GError) error = NULL;

  g_assert_null (run (fixture->store, CS_STORE_WRITE, &fails, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_OVER_BUDGET);
  g_clear_error (&error);
  g_assert_null (run (fixture->store, CS_STORE_WRITE, &breaks, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  g_assert_cmpint (count (fixture->store), ==, 0);
  insert (fixture->store);
  g_assert_cmpint (count (fixture->store), ==, 1);
}

static void
test_read_does_not_write (Fixture *fixture, gconstpointer data)
{
  Task task = { .sql = INSERT };
  g_autoptr (GError) error = NULL;

  g_assert_null (run (fixture->store, CS_STORE_READ, &task, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
  g_assert_cmpint (count (fixture->store), ==, 0);
  insert (fixture->store);
}

typedef struct
{
  GString *log;     /* what ran */
  GString *answers; /* what came back */
  int n_left;
} Order;

typedef struct
{
  Order *order;
  Task task;
} OrderedTask;

static gpointer
ordered_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  OrderedTask *self = data;

  return task_func (database, &self->task, cancellable, error);
}

static void
ordered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OrderedTask *self = user_data;
  g_autofree char *answer = cs_store_run_finish (CS_STORE (source), result, NULL);

  g_assert_nonnull (answer);
  g_string_append_c (self->order->answers, self->task.name);
  self->order->n_left--;
}

static gboolean
order_is_done (gpointer user_data)
{
  Order *order = user_data;

  return order->n_left == 0;
}

/* Reads and writes, however mixed, run and answer in the order they were asked for. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  Order order = { g_string_new (NULL), g_string_new (NULL), 26 };

  for (int i = 0; i < 26; i++)
    {
      OrderedTask *self = g_new0 (OrderedTask, 1);

      self->order = &order;
      self->task = (Task){ .log = order.log, .name = 'a' + i, .sql = i % 3 == 0 ? INSERT : NULL };
      cs_store_run_async (fixture->store, i % 3 == 0 ? CS_STORE_WRITE : CS_STORE_READ, ordered_func, self,
                          g_free, g_free, NULL, ordered_cb, self);
    }
  g_assert_true (cs_test_wait (order_is_done, &order));
  g_assert_cmpstr (order.log->str, ==, "abcdefghijklmnopqrstuvwxyz");
  g_assert_cmpstr (order.answers->str, ==, "abcdefghijklmnopqrstuvwxyz");
  g_string_free (order.log, TRUE);
  g_string_free (order.answers, TRUE);
}

/* Cancelled before it began: it is not done. Cancelled after its commit: it was done, and says so. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) late = g_cancellable_new ();
  Task task = { .sql = INSERT };
  Task late_task = { .sql = INSERT, .cancellable = late };
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (run (fixture->store, CS_STORE_WRITE, &task, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (fixture->store), ==, 0);
  g_clear_error (&error);

  answer = run (fixture->store, CS_STORE_WRITE, &late_task, late, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "1");
  g_assert_cmpint (count (fixture->store), ==, 1);
}

static GMutex gate;

static gpointer
wait_at_gate_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  return NULL;
}

/* Work that waits behind other work can be called off. */
static void
test_cancel_queued (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  Task task = { .sql = INSERT };

  g_mutex_lock (&gate);
  cs_store_run_async (fixture->store, CS_STORE_READ, wait_at_gate_func, NULL, NULL, NULL, NULL,
                      cs_test_keep_result, &first);
  cs_store_run_async (fixture->store, CS_STORE_WRITE, task_func, &task, NULL, g_free, cancellable,
                      cs_test_keep_result, &second);
  g_cancellable_cancel (cancellable);
  g_mutex_unlock (&gate);
  cs_test_wait_result (&second);
  g_assert_nonnull (first);
  g_assert_null (cs_store_run_finish (fixture->store, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (fixture->store), ==, 0);
}

typedef struct
{
  GThread *thread;
  int n_data;
  int n_results;
} Freed;

static Freed freed;

static void
free_data_cb (gpointer data)
{
  g_assert_true (g_thread_self () == freed.thread);
  freed.n_data++;
}

static void
free_result_cb (gpointer result)
{
  g_assert_true (g_thread_self () == freed.thread);
  freed.n_results++;
}

static gpointer
pointer_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return data;
}

static void
ignore_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *called = user_data;

  *called = TRUE;
}

static gboolean
all_is_freed (gpointer user_data)
{
  return freed.n_data == 2 && freed.n_results == 2;
}

/* Nobody takes the answers: they are freed, and so is what the work was given, on this thread. */
static void
test_freed (Fixture *fixture, gconstpointer data)
{
  gboolean called = FALSE;

  freed = (Freed){ .thread = g_thread_self () };
  cs_store_run_async (fixture->store, CS_STORE_READ, pointer_func, fixture, free_data_cb, free_result_cb,
                      NULL, ignore_cb, &called);
  cs_store_run_async (fixture->store, CS_STORE_READ, pointer_func, fixture, free_data_cb, free_result_cb,
                      NULL, NULL, NULL);
  g_assert_true (cs_test_wait (all_is_freed, NULL));
  g_assert_true (called);
}

/* Another process writes for longer than SQLite waits by itself at the first try: the work waits on. */
static gpointer
hold_thread (gpointer data)
{
  CsPaths *paths = data;
  g_autoptr (CsDatabase) database = cs_database_open (cs_paths_get_database (paths), NULL);

  g_assert_true (cs_database_begin (database, TRUE, NULL));
  g_mutex_unlock (&gate);
  g_usleep (5500 * 1000);
  g_assert_true (cs_database_exec (database, INSERT, NULL));
  g_assert_true (cs_database_commit (database, NULL));
  return NULL;
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  GThread *thread;

  g_mutex_lock (&gate);
  thread = g_thread_new ("hold", hold_thread, fixture->paths);
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  insert (fixture->store);
  g_thread_join (thread);
  g_assert_cmpint (count (fixture->store), ==, 2);
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  Task task = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) queued = NULL;
  g_autofree char *answer = NULL;

  /* what was asked for before closing is done */
  task.sql = INSERT;
  cs_store_run_async (fixture->store, CS_STORE_WRITE, task_func, &task, NULL, g_free, NULL,
                      cs_test_keep_result, &queued);
  close_store (fixture->store);
  g_assert_nonnull (queued);
  answer = cs_store_run_finish (fixture->store, queued, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "1");

  g_assert_null (run (fixture->store, CS_STORE_READ, &task, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  cs_store_watch (fixture->store, 10);
  close_store (fixture->store);
}

typedef struct
{
  gboolean done;
  gboolean gone;
} Dropped;

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Dropped *dropped = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = cs_store_run_finish (CS_STORE (source), result, &error);

  g_assert_no_error (error);
  dropped->done = TRUE;
}

static void
gone_cb (gpointer user_data, GObject *where_the_object_was)
{
  Dropped *dropped = user_data;

  dropped->gone = TRUE;
}

static gboolean
is_gone (gpointer user_data)
{
  Dropped *dropped = user_data;

  return dropped->gone;
}

/* Dropped with work in the queue: the work is done, then the store goes. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  CsStore *second = open_store (fixture->paths);
  Dropped dropped = { 0 };
  Task task = { .sql = INSERT };

  cs_store_watch (second, 5);
  g_object_weak_ref (G_OBJECT (second), gone_cb, &dropped);
  g_mutex_lock (&gate);
  cs_store_run_async (second, CS_STORE_READ, wait_at_gate_func, NULL, NULL, NULL, NULL, NULL, NULL);
  cs_store_run_async (second, CS_STORE_WRITE, task_func, &task, NULL, g_free, NULL, dropped_cb, &dropped);
  g_object_unref (second);
  g_mutex_unlock (&gate);
  g_assert_true (cs_test_wait (is_gone, &dropped));
  g_assert_true (dropped.done);
  g_assert_cmpint (count (fixture->store), ==, 1);
}

static gpointer
many_thread (gpointer data)
{
  CsStore *store = data;

  for (int i = 0; i < 100; i++)
    {
      g_autofree Task *task = g_new0 (Task, 1);

      task->sql = INSERT;
      cs_store_run_async (store, CS_STORE_WRITE, task_func, g_steal_pointer (&task), g_free, g_free, NULL,
                          NULL, NULL);
    }
  return NULL;
}

/* Work asked for from several threads at once. */
static void
test_threads (Fixture *fixture, gconstpointer data)
{
  GThread *threads[4];

  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("many", many_thread, fixture->store);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (count (fixture->store), ==, 400);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/run", test_run);
  ADD ("/store/null-answer", test_null_answer);
  ADD ("/store/rollback", test_rollback);
  ADD ("/store/read-does-not-write", test_read_does_not_write);
  ADD ("/store/order", test_order);
  ADD ("/store/cancel", test_cancel);
  ADD ("/store/cancel-queued", test_cancel_queued);
  ADD ("/store/freed", test_freed);
  ADD ("/store/busy", test_busy);
  ADD ("/store/closed", test_closed);
  ADD ("/store/drop", test_drop);
  ADD ("/store/threads", test_threads);
  return g_test_run ();
}
