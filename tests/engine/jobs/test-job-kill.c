/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Killed at every moment of every step, and several processes at once: a job is sent once, its result is there once, and
 * nothing is left over. The processes are real, and so is SIGKILL.
 */
#include "config.h"
#include "kill-child.h"

#ifdef CS_SANITIZED
#define STRIDE 3 /* of the walk */
#else
#define STRIDE 1
#endif

/* Every moment, one after the other, until a process lives to its end. */
static void
walk (const char *model, const char *find, const char *submit)
{
  gboolean was_killed = TRUE;

  for (guint k = 1; was_killed; k += STRIDE)
    {
      g_autofree char *folder = make_folder ();
      Order killed = { folder, model, k, find, submit };
      Order whole = { folder, model, 0, find, submit };
      g_autofree char *last = NULL;

      was_killed = wait_for_child (start_child (&killed));
      last = get_last_moment (folder);
      g_test_message ("moment %u: %s", k, last);
      g_assert_false (wait_for_child (start_child (&whole)));
      check_folder (folder, 1, g_str_equal (find, "real"));
      cs_test_remove_tree (folder);
      g_assert_cmpint (k, <, 100);
    }
}

static void
test_every_moment (void)
{
  walk ("one/image", "real", "accept");
}

/* The answer is the result, and the provider cannot be asked what it took. */
static void
test_every_moment_answered (void)
{
  walk ("one/image", "none", "answer");
}

static void
test_every_moment_deck (void)
{
  walk ("home/deck", "none", "accept");
}

/* Several processes at once */

/* Once somebody else drives a job, who drove it before never does again. */
static void
check_drivers (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "moments", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GHashTable) drivers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      const char *driver = g_hash_table_lookup (drivers, words[1]);
      g_autofree char *pair = g_strdup_printf ("%s %s", words[0], words[1]);

      g_assert_false (g_hash_table_contains (gone, pair));
      if (driver != NULL && !g_str_equal (driver, words[0]))
        g_hash_table_add (gone, g_strdup_printf ("%s %s", driver, words[1]));
      g_hash_table_replace (drivers, g_strdup (words[1]), g_strdup (words[0]));
    }
}

static void
test_several_processes (void)
{
  for (guint round = 0; round < 3; round++)
    {
      g_autofree char *folder = make_folder ();
      Order order = { folder, "-", 0, "real", "accept@5" };
      pid_t pids[3];

      add_jobs (folder);
      for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
        pids[i] = start_child (&order);
      sleep_randomly (300);
      kill (pids[0], SIGKILL);
      wait_for_child (pids[0]);
      pids[0] = start_child (&order);
      for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
        g_assert_false (wait_for_child (pids[i]));
      g_assert_false (wait_for_child (start_child (&order)));
      check_folder (folder, N_JOBS, TRUE);
      check_drivers (folder);
      cs_test_remove_tree (folder);
    }
}

int
main (int argc, char **argv)
{
  if (argc > 6 && g_str_equal (argv[1], CHILD_WORD))
    return child_main (argv + 2);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/promise-3/every-moment", test_every_moment);
  g_test_add_func ("/promise-3/every-moment-answered", test_every_moment_answered);
  g_test_add_func ("/promise-4/every-moment-deck", test_every_moment_deck);
  g_test_add_func ("/promise-3/several-processes", test_several_processes);
  return g_test_run ();
}
