/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-clock.h"
#include "core/cs-id.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_THREADS 8
#define N_IDS 5000

static void
test_form (void)
{
  gint64 before = cs_clock_now ();
  g_autofree char *id = cs_id_new ();

  g_assert_cmpuint (strlen (id), ==, CS_ID_LENGTH);
  g_assert_true (cs_id_is_valid (id));
  g_assert_cmpint (cs_id_get_time (id), >=, before / 1000 * 1000);
  g_assert_cmpint (cs_id_get_time (id), <=, cs_clock_now ());
}

static void
test_valid (void)
{
  g_assert_true (cs_id_is_valid ("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
  g_assert_cmpint (cs_id_get_time ("01ARZ3NDEKTSV4RRFFQ69G5FAV"), ==, G_GINT64_CONSTANT (1469922850259000));
  g_assert_true (cs_id_is_valid ("7ZZZZZZZZZZZZZZZZZZZZZZZZZ"));
  g_assert_false (cs_id_is_valid ("8ZZZZZZZZZZZZZZZZZZZZZZZZZ"));
  g_assert_false (cs_id_is_valid ("01arz3ndektsv4rrffq69g5fav"));
  g_assert_false (cs_id_is_valid ("01ARZ3NDEKTSV4RRFFQ69G5FA"));
  g_assert_false (cs_id_is_valid ("01ARZ3NDEKTSV4RRFFQ69G5FAVV"));
  g_assert_false (cs_id_is_valid ("01ARZ3NDEKTSV4RRFFQ69G5FAU"));
  g_assert_false (cs_id_is_valid ("../../../../../etc/passwd"));
  g_assert_false (cs_id_is_valid (""));
  g_assert_false (cs_id_is_valid (NULL));
  g_assert_cmpint (cs_id_get_time ("nonsense"), ==, -1);
}

static gpointer
make_ids (gpointer data)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < N_IDS; i++)
    g_ptr_array_add (ids, cs_id_new ());
  return ids;
}

/* Sorted within a thread, unique over all. */
static void
test_threads (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GThread *threads[N_THREADS];

  for (int i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("ids", make_ids, NULL);
  for (int i = 0; i < N_THREADS; i++)
    {
      g_autoptr (GPtrArray) ids = g_thread_join (threads[i]);

      for (guint j = 0; j < ids->len; j++)
        {
          if (j > 0)
            g_assert_cmpstr (g_ptr_array_index (ids, j - 1), <, g_ptr_array_index (ids, j));
          g_assert_true (g_hash_table_add (seen, g_strdup (g_ptr_array_index (ids, j))));
        }
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, N_THREADS * N_IDS);
}

/* A clock that is set back does not break the order. */
static void
test_clock_back (void)
{
  g_autofree char *first = cs_id_new ();
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  cs_clock_turn (-G_TIME_SPAN_HOUR);
  second = cs_id_new ();
  cs_clock_turn (2 * G_TIME_SPAN_HOUR);
  third = cs_id_new ();
  cs_clock_turn (-G_TIME_SPAN_HOUR);
  g_assert_cmpstr (first, <, second);
  g_assert_cmpstr (second, <, third);
  g_assert_cmpint (cs_id_get_time (third) - cs_id_get_time (first), >=, G_TIME_SPAN_HOUR);
}

/* After fork() both sides are in the same millisecond with the same state. */
static void
test_fork (void)
{
  g_autofree char *warm = cs_id_new ();
  g_autofree char *own = NULL;
  char theirs[CS_ID_LENGTH + 1] = "";
  int pipes[2];
  pid_t child;
  int status;

  g_assert_cmpint (pipe (pipes), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      char *id = cs_id_new ();

      _exit (write (pipes[1], id, CS_ID_LENGTH) == CS_ID_LENGTH ? 0 : 1);
    }
  own = cs_id_new ();
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpint (read (pipes[0], theirs, CS_ID_LENGTH), ==, CS_ID_LENGTH);
  close (pipes[0]);
  close (pipes[1]);
  g_assert_cmpstr (own, !=, theirs);
  g_assert_cmpint (strncmp (own + 10, theirs + 10, 14), !=, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id/form", test_form);
  g_test_add_func ("/id/valid", test_valid);
  g_test_add_func ("/id/threads", test_threads);
  g_test_add_func ("/id/clock-back", test_clock_back);
  g_test_add_func ("/id/fork", test_fork);
  return g_test_run ();
}
