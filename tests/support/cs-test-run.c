/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-test.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* A running program and its time limit; lives on the stack of cs_test_run(). */
typedef struct
{
  GSubprocess *process;
  CsTestRun *run;
  gboolean done;
} Watch;

static gboolean
time_over_cb (gpointer user_data)
{
  Watch *watch = user_data;

  watch->run->timed_out = TRUE;
  g_subprocess_force_exit (watch->process);
  return G_SOURCE_REMOVE;
}

static void
take_text (GBytes *bytes, char **text, gsize *length)
{
  const char *data = g_bytes_get_data (bytes, length);

  *text = g_malloc (*length + 1);
  if (*length > 0)
    memcpy (*text, data, *length);
  (*text)[*length] = '\0';
}

static void
communicate_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_finish (watch->process, result, &out, &err, &error);
  g_assert_no_error (error);
  take_text (out, &watch->run->out, &watch->run->out_length);
  take_text (err, &watch->run->err, &watch->run->err_length);
  watch->done = TRUE;
}

/* A nameless file that holds @input; a pipe would make the test die when the program does not read it. */
static int
open_input (const char *input)
{
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("cs-test-input-XXXXXX", &name, &error);
  gsize length = input != NULL ? strlen (input) : 0;

  g_assert_no_error (error);
  g_unlink (name);
  g_assert_cmpint (write (fd, input, length), ==, length);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  return fd;
}

/**
 * cs_test_run:
 * @argv: (array zero-terminated=1): program and arguments
 * @input: (nullable): what it reads on stdin; NULL is an empty stdin
 * @seconds: after this long it is killed
 *
 * Runs a program to its end while the main loop turns, so that a server in this process can answer it.
 *
 * Returns: (transfer full): how it ended
 */
CsTestRun *
cs_test_run (const char *const *argv, const char *input, guint seconds)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { NULL, g_new0 (CsTestRun, 1), FALSE };
  guint limit;

  g_subprocess_launcher_take_stdin_fd (launcher, open_input (input));
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  watch.process = process;
  limit = g_timeout_add_seconds (seconds, time_over_cb, &watch);
  g_subprocess_communicate_async (process, NULL, NULL, communicate_cb, &watch);
  while (!watch.done)
    g_main_context_iteration (NULL, TRUE);
  if (!watch.run->timed_out)
    g_source_remove (limit);
  watch.run->exit_status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
  return watch.run;
}

/**
 * cs_test_run_free:
 */
void
cs_test_run_free (CsTestRun *self)
{
  g_free (self->out);
  g_free (self->err);
  g_free (self);
}
