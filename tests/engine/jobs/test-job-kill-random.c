/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Killed at any time at all, again and again, with several jobs on their way. */
#include "config.h"
#include "kill-child.h"

#ifdef CS_SANITIZED
#define RANDOM_KILLS 40
#else
#define RANDOM_KILLS 200
#endif
#define RANDOM_SECONDS 30

static void
test_random_kills (void)
{
  gint64 end = g_get_monotonic_time () + RANDOM_SECONDS * G_GINT64_CONSTANT (1000000);
  guint kills = 0;

  while (kills < RANDOM_KILLS && g_get_monotonic_time () < end)
    {
      g_autofree char *folder = make_folder ();
      Order order = { folder, "-", 0, "real", "accept@10" };
      gboolean was_killed = TRUE;

      add_jobs (folder);
      for (guint i = 0; i < 12 && was_killed; i++, kills++)
        {
          pid_t pid = start_child (&order);

          sleep_randomly (i < 6 ? 120 : 300);
          kill (pid, SIGKILL);
          was_killed = wait_for_child (pid);
        }
      g_assert_false (wait_for_child (start_child (&order)));
      check_folder (folder, N_JOBS, TRUE);
      cs_test_remove_tree (folder);
    }
  g_test_message ("%u kills", kills);
  g_assert_cmpint (kills, >=, 10);
}

/* The real Sketch, killed while it draws: it draws again. */
static void
test_sketch (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *folder = make_folder ();
      Order order = { folder, "sketch/image", 0, "none", NULL };
      pid_t pid;

      for (guint k = 0; k < 2; k++)
        {
          pid = start_child (&order);
          sleep_randomly (600);
          kill (pid, SIGKILL);
          wait_for_child (pid);
        }
      g_assert_false (wait_for_child (start_child (&order)));
      check_folder (folder, 1, FALSE);
      cs_test_remove_tree (folder);
    }
}

int
main (int argc, char **argv)
{
  if (argc > 6 && g_str_equal (argv[1], CHILD_WORD))
    return child_main (argv + 2);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/promise-3/random-kills", test_random_kills);
  g_test_add_func ("/promise-4/sketch-killed", test_sketch);
  return g_test_run ();
}
