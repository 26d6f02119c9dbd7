/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "screen-keys.h"

#include "cs-test.h"

#include <signal.h>
#include <sys/prctl.h>

#define TYPING_DELAY "12" /* milliseconds between keys: the X server forgets keys that come all at once */

static void
die_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* Windows that were there before it would never get the focus. */
static gboolean
is_managed_cb (gpointer user_data)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "xdotool",
                              "get_num_desktops", NULL);
  g_assert_no_error (error);
  return g_subprocess_wait_check (process, NULL, NULL);
}

void
screen_keys_init (void)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) manager = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent_cb, NULL, NULL);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  manager = g_subprocess_launcher_spawn (launcher, &error, "openbox", "--sm-disable", NULL);
  g_assert_no_error (error);
  cs_test_wait (is_managed_cb, NULL);
}

static void
run (const char *const *argv)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

void
screen_keys_press (const char *keys)
{
  g_auto (GStrv) words = g_strsplit (keys, " ", -1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, (gpointer) "xdotool");
  g_ptr_array_add (argv, (gpointer) "key");
  g_ptr_array_add (argv, (gpointer) "--delay");
  g_ptr_array_add (argv, (gpointer) TYPING_DELAY);
  for (char **word = words; *word != NULL; word++)
    g_ptr_array_add (argv, *word);
  g_ptr_array_add (argv, NULL);
  run ((const char *const *) argv->pdata);
}

void
screen_keys_type (const char *text)
{
  const char *const argv[] = { "xdotool", "type", "--delay", TYPING_DELAY, "--", text, NULL };

  run (argv);
}
