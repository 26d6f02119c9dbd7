/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store in a home of its own, and work for it, for the tests of this room. */
#pragma once

#include "core/cs-error.h"
#include "store/cs-store.h"
#include "tests/support/cs-test.h"

typedef struct
{
  CsTestHome *home;
  CsPaths *paths;
  CsStore *store;
} Fixture;

static inline CsStore *
open_store (CsPaths *paths)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsStore *store;

  cs_store_open_async (paths, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  store = cs_store_open_finish (result, &error);
  g_assert_no_error (error);
  return store;
}

static inline void
close_store (CsStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_store_close_async (store, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_true (cs_store_close_finish (store, result, NULL));
}

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = cs_test_home_new ();
  fixture->paths = cs_paths_new (NULL);
  fixture->store = open_store (fixture->paths);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_store (fixture->store);
  g_assert_finalize_object (fixture->store);
  cs_paths_unref (fixture->paths);
  cs_test_home_free (fixture->home);
}

/* What a test gives to its work. */
typedef struct
{
  const char *sql;
  CsStore *store;
  GCancellable *cancellable;
  GString *log;
  char name;
  gboolean fail;
} Task;

/* Runs the SQL, says so in the log, and answers the number of durations. */
static inline gpointer
task_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Task *task = data;
  gint64 n = 0;

  if (task->store != NULL)
    g_assert_true (cs_store_is_worker (task->store));
  if (task->log != NULL)
    g_string_append_c (task->log, task->name);
  if (task->cancellable != NULL)
    g_cancellable_cancel (task->cancellable);
  if (task->sql != NULL && !cs_database_exec (database, task->sql, error))
    return NULL;
  if (task->fail)
    {
      cs_set_error (error, CS_ERROR_OVER_BUDGET, "no");
      return g_strdup ("not to be seen");
    }
  if (!cs_database_get_integer (database, "SELECT count(*) FROM durations", &n, error))
    return NULL;
  return g_strdup_printf ("%d", (int) n);
}

/* Runs one task to its end; its answer, or NULL with the error. */
static inline char *
run (CsStore *store, CsStoreMode mode, Task *task, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_store_run_async (store, mode, task_func, task, NULL, g_free, cancellable, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_store_run_finish (store, result, error);
}

#define INSERT "INSERT INTO durations VALUES ('p', 'm', 1, 1)"

static inline int
count (CsStore *store)
{
  g_autoptr (GError) error = NULL;
  Task task = { 0 };
  g_autofree char *answer = run (store, CS_STORE_READ, &task, NULL, &error);

  g_assert_no_error (error);
  return atoi (answer);
}

static inline void
insert (CsStore *store)
{
  g_autoptr (GError) error = NULL;
  Task task = { .sql = INSERT };
  g_autofree char *answer = run (store, CS_STORE_WRITE, &task, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (answer);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
