/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs the media helper on one open file: in a sandbox of bubblewrap where that works, else by itself (it limits
 * itself either way). It gets two open files and nothing else of ours: no folder, no network, no environment with keys.
 *
 * The helper lives as long as its standard input is open at our end, so it ends with us and when we want it to. Nothing
 * else would do: bubblewrap that is killed while it starts (by us, or by its own --die-with-parent) leaves a child that
 * waits for it for ever.
 */
#include "config.h"
#include "media/cs-media-helper.h"

#include "core/cs-error.h"
#include "core/cs-paths.h"
#include "core/cs-words.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define HELPER "creative-studio-media-helper"
#define MAX_SECONDS 10
#define SECONDS_TO_DIE 2
#define MAX_OUTPUT (64 * 1024)
#define READY "{\"ready\":true}\n"

/* Whether bubblewrap works here: found out by using it, once a process. */
enum
{
  SANDBOX_UNKNOWN,
  SANDBOX_BROKEN,
};

static int sandbox_state = SANDBOX_UNKNOWN;

/* What the helper may know of our surroundings: where plugins are, and how tests want memory to be watched. */
static char **
make_environment (void)
{
  static const char *const names[] = {
    "PATH", "LD_LIBRARY_PATH", "GDK_PIXBUF_MODULE_FILE", "GST_PLUGIN_PATH", "GST_PLUGIN_PATH_1_0",
    "GST_PLUGIN_SYSTEM_PATH", "GST_PLUGIN_SYSTEM_PATH_1_0", "G_DEBUG", "G_SLICE", "ASAN_OPTIONS", "LSAN_OPTIONS",
    "UBSAN_OPTIONS",
  };
  char **environment = g_new0 (char *, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_getenv (names[i]) != NULL)
      environment = g_environ_setenv (environment, names[i], g_getenv (names[i]), TRUE);
  return g_environ_setenv (environment, "LC_ALL", "C", TRUE);
}

static void
add (GPtrArray *argv, ...) G_GNUC_NULL_TERMINATED;

static void
add (GPtrArray *argv, ...)
{
  const char *word;
  va_list words;

  va_start (words, argv);
  while ((word = va_arg (words, const char *)) != NULL)
    g_ptr_array_add (argv, g_strdup (word));
  va_end (words);
}

/* The folders of the system's libraries, as they are here: links into /usr, or folders of their own. */
static void
add_system (GPtrArray *argv)
{
  static const char *const folders[] = { "/lib", "/lib64", "/lib32" };

  add (argv, "--ro-bind", "/usr", "/usr", "--ro-bind-try", "/nix", "/nix", "--ro-bind-try", "/etc/ld.so.cache",
       "/etc/ld.so.cache", "--ro-bind-try", "/etc/alternatives", "/etc/alternatives", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *target = g_file_read_link (folders[i], NULL);

      if (target != NULL)
        add (argv, "--symlink", target, folders[i], NULL);
      else
        add (argv, "--ro-bind-try", folders[i], folders[i], NULL);
    }
}

static GPtrArray *
make_command (const char *sandbox, const char *helper, gboolean has_thumbnail)
{
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  if (sandbox != NULL)
    {
      add (argv, sandbox, "--unshare-all", "--new-session", NULL);
      add_system (argv);
      add (argv, "--proc", "/proc", "--dev", "/dev", "--ro-bind", helper, "/helper", "--chdir", "/", "/helper", NULL);
    }
  else
    add (argv, helper, NULL);
  add (argv, "3", has_thumbnail ? "4" : NULL, NULL);
  g_ptr_array_add (argv, NULL);
  return argv;
}

static GSubprocess *
spawn (const char *sandbox, const char *helper, int input_fd, int thumbnail_fd)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GPtrArray) argv = make_command (sandbox, helper, thumbnail_fd >= 0);
  g_auto (GStrv) environment = make_environment ();

  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_take_fd (launcher, fcntl (input_fd, F_DUPFD_CLOEXEC, 10), 3);
  if (thumbnail_fd >= 0)
    g_subprocess_launcher_take_fd (launcher, fcntl (thumbnail_fd, F_DUPFD_CLOEXEC, 10), 4);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, NULL);
}

/* Waits until @fd can be read; FALSE when it is over: cancelled, or @deadline has come. */
static gboolean
wait_for_bytes (int fd, GCancellable *cancellable, gint64 deadline)
{
  struct pollfd fds[2] = { { .fd = fd, .events = POLLIN }, { .fd = g_cancellable_get_fd (cancellable), .events = POLLIN } };
  gint64 left;
  int n = -1;

  while (n < 0 && (left = deadline - g_get_monotonic_time ()) > 0)
    {
      n = poll (fds, fds[1].fd >= 0 ? 2 : 1, left / 1000 + 1);
      if (n < 0 && errno != EINTR)
        break;
    }
  if (fds[1].fd >= 0)
    g_cancellable_release_fd (cancellable);
  return n > 0 && fds[0].revents != 0 && !g_cancellable_is_cancelled (cancellable);
}

/* Adds what the helper says to @text, or throws it away without one. Returns: TRUE when it closed its output, FALSE
 * when it was cancelled, its time is up, or it says too much. */
static gboolean
read_output (GSubprocess *process, GString *text, GCancellable *cancellable, int seconds)
{
  int fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (g_subprocess_get_stdout_pipe (process)));
  gint64 deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  gsize length = 0;
  char bytes[4096];

  while (length < MAX_OUTPUT && wait_for_bytes (fd, cancellable, deadline))
    {
      ssize_t n = read (fd, bytes, sizeof bytes);

      if (n < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
      if (n <= 0)
        return TRUE;
      length += n;
      if (text != NULL)
        g_string_append_len (text, bytes, n);
    }
  return FALSE;
}

/* Lets go of the helper. One that does not obey is killed; in the sandbox its own limits end it. */
static void
end (GSubprocess *process, gboolean has_ended, gboolean in_sandbox)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  has_ended = has_ended || read_output (process, NULL, NULL, SECONDS_TO_DIE);
  if (!has_ended && in_sandbox)
    return;
  if (!has_ended)
    g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
}

/* (transfer full): what the helper said after it was ready; NULL when it did not get that far, or was cancelled. */
static char *
run_once (const char *sandbox, const char *helper, int input_fd, int thumbnail_fd, GCancellable *cancellable)
{
  g_autoptr (GSubprocess) process = spawn (sandbox, helper, input_fd, thumbnail_fd);
  g_autoptr (GString) text = g_string_new (NULL);

  if (process == NULL)
    return NULL;
  end (process, read_output (process, text, cancellable, MAX_SECONDS), sandbox != NULL);
  if (g_cancellable_is_cancelled (cancellable) || !g_str_has_prefix (text->str, READY))
    return NULL;
  return g_strdup (text->str + strlen (READY));
}

/**
 * cs_media_helper_run:
 * @input_fd: the file to look at, open for reading; borrowed
 * @thumbnail_fd: where a PNG is written, or -1; borrowed
 *
 * Returns: (transfer full): what the helper said, up to 64 KiB and empty when it died; NULL with CS_ERROR_UNAVAILABLE
 * when there is no helper, or G_IO_ERROR_CANCELLED.
 */
char *
cs_media_helper_run (int input_fd, int thumbnail_fd, GCancellable *cancellable, GError **error)
{
  g_autofree char *helper = cs_paths_find_helper (HELPER);
  g_autofree char *sandbox = NULL;
  char *text = NULL;

  if (helper == NULL)
    {
      cs_set_error (error, CS_ERROR_UNAVAILABLE,
                    _ ("Files cannot be checked: the program %s is missing. Install Creative Studio again."), HELPER);
      return NULL;
    }

  if (g_atomic_int_get (&sandbox_state) != SANDBOX_BROKEN)
    sandbox = g_find_program_in_path ("bwrap");
  if (sandbox != NULL)
    text = run_once (sandbox, helper, input_fd, thumbnail_fd, cancellable);
  if (text == NULL && !g_cancellable_is_cancelled (cancellable))
    {
      g_atomic_int_set (&sandbox_state, SANDBOX_BROKEN);
      text = run_once (NULL, helper, input_fd, thumbnail_fd, cancellable);
    }

  if (text == NULL && !g_cancellable_set_error_if_cancelled (cancellable, error))
    cs_set_error (error, CS_ERROR_UNAVAILABLE,
                  _ ("Files cannot be checked: the program %s does not start. Install Creative Studio again."), HELPER);
  return text;
}
