/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "tests/engine/store/store-fixture.h"

static GMutex gate;

static void
changed_cb (CsStore *store, gpointer user_data)
{
  int *n = user_data;

  g_assert_false (cs_store_is_worker (store));
  (*n)++;
}

static gboolean
is_positive (gpointer user_data)
{
  return *(int *) user_data > 0;
}

static gboolean
never (gpointer user_data)
{
  return FALSE;
}

/* Each hears of the other's writing, not of its own. */
static void
test_watch (Fixture *fixture, gconstpointer data)
{
  CsStore *second = open_store (fixture->paths);
  int n_first = 0;
  int n_second = 0;

  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), &n_first);
  g_signal_connect (second, "changed", G_CALLBACK (changed_cb), &n_second);
  cs_store_watch (fixture->store, 10);
  cs_store_watch (second, 10);
  insert (fixture->store);
  g_assert_true (cs_test_wait (is_positive, &n_second));
  g_assert_cmpint (n_first, ==, 0);
  n_second = 0;
  insert (second);
  g_assert_true (cs_test_wait (is_positive, &n_first));
  g_assert_cmpint (n_second, ==, 0);

  cs_store_watch (fixture->store, 0);
  n_first = 0;
  insert (second);
  cs_test_wait_seconds (never, NULL, 1);
  g_assert_cmpint (n_first, ==, 0);
  /* what happened while nobody watched is told when somebody watches again */
  cs_store_watch (fixture->store, 10);
  g_assert_true (cs_test_wait (is_positive, &n_first));
  close_store (second);
  g_assert_finalize_object (second);
}

static void
quit_cb (CsStore *store, gpointer user_data)
{
  g_main_loop_quit (user_data);
}

/* Opened and used on a thread with a context of its own, the store answers and tells there. */
static gpointer
other_context_thread (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsStore) store = NULL;

  g_main_context_push_thread_default (context);
  cs_store_open_async (fixture->paths, NULL, cs_test_keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  store = cs_store_open_finish (result, NULL);
  g_assert_nonnull (store);
  g_signal_connect (store, "changed", G_CALLBACK (quit_cb), loop);
  cs_store_watch (store, 10);
  g_mutex_unlock (&gate);
  g_main_loop_run (loop);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
test_other_context (Fixture *fixture, gconstpointer data)
{
  GThread *thread;

  g_mutex_lock (&gate);
  thread = g_thread_new ("other", other_context_thread, fixture);
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  insert (fixture->store);
  g_thread_join (thread);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/watch/other", test_watch);
  ADD ("/store/watch/context", test_other_context);
  return g_test_run ();
}
