/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "screen-keyring.h"

#include <signal.h>
#include <sys/prctl.h>

#define SECRETS_NAME "org.freedesktop.secrets"

static void
die_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer place)
{
  *(gboolean *) place = TRUE;
}

static gboolean
is_true_cb (gpointer place)
{
  return *(gboolean *) place;
}

static void
spawn (ScreenProgram *program)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *folder = cs_test_home_build (program->home, "keyring");
  g_autoptr (GSubprocess) keyring = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent_cb, NULL, NULL);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", folder, TRUE);
  /* Its own warnings are not ours. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  keyring = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground", "--components=secrets",
                                         "--unlock", NULL);
  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (keyring), "password\n", 9, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (g_subprocess_get_stdin_pipe (keyring), NULL, NULL);
}

gboolean
screen_keyring_open (ScreenProgram *program)
{
  g_autofree char *found = g_find_program_in_path ("gnome-keyring-daemon");
  gboolean is_there = FALSE;
  guint watch;

  if (found == NULL)
    return FALSE;
  watch = g_bus_watch_name (G_BUS_TYPE_SESSION, SECRETS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb, NULL, &is_there, NULL);
  spawn (program);
  cs_test_wait (is_true_cb, &is_there);
  g_bus_unwatch_name (watch);
  screen_program_set_variable (program, "CREATIVE_STUDIO_KEYRING", "auto");
  return TRUE;
}
