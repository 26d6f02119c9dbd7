/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One run of the program: reads the line, opens the engine when the command needs it, turns the main loop
 * while anything is under way, closes cleanly, and ends with the exit code of the contract. Main thread;
 * there is one.
 */
#include "config.h"
#include "cli/cs-cli.h"

#include "cli/cs-command.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define EXIT_INTERRUPTED 130

struct _CsCli
{
  CsOutput *output;
  CsEngine *engine;          /* (nullable) until a command opens it */
  GCancellable *cancellable; /* cancelled by the first signal */
  int signal;                /* 0: none came */
  gboolean is_listening;
  gboolean stays;
};

CsOutput *
cs_cli_get_output (CsCli *self)
{
  return self->output;
}

/**
 * cs_cli_get_cancellable: Returns: (transfer none): for everything that may be given up when the user
 * interrupts.
 */
GCancellable *
cs_cli_get_cancellable (CsCli *self)
{
  return self->cancellable;
}

gboolean
cs_cli_is_interrupted (CsCli *self)
{
  return self->signal != 0;
}

/** cs_cli_stay: Turns the main loop until a signal comes, which is how this is meant to end. */
void
cs_cli_stay (CsCli *self)
{
  self->stays = TRUE;
  while (self->signal == 0)
    g_main_context_iteration (NULL, TRUE);
}

/** cs_cli_get_engine: Returns: (transfer none): the engine, after cs_cli_open(). */
CsEngine *
cs_cli_get_engine (CsCli *self)
{
  return self->engine;
}

/** cs_cli_keep_result: A GAsyncReadyCallback; @slot: where the result is kept for cs_cli_await(). */
void
cs_cli_keep_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  GAsyncResult **place = slot;

  *place = g_object_ref (result);
}

/** cs_cli_await: Turns the main loop until the result is there. Returns: (transfer none): the result. */
GAsyncResult *
cs_cli_await (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

/* The first signal lets go of everything in order; the second does not wait for that. */
static gboolean
interrupt (CsCli *self, int number)
{
  if (self->signal != 0)
    _exit (self->stays ? EXIT_INTERRUPTED : 128 + number);
  self->signal = number;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_CONTINUE;
}

static gboolean
sigint_cb (gpointer user_data)
{
  return interrupt (user_data, SIGINT);
}

static gboolean
sigterm_cb (gpointer user_data)
{
  return interrupt (user_data, SIGTERM);
}

static gboolean
sighup_cb (gpointer user_data)
{
  return interrupt (user_data, SIGHUP);
}

/* Whoever started us with nohup means it. */
static gboolean
is_ignored (int number)
{
  struct sigaction action;

  return sigaction (number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/*
 * From here on something may be under way that an interruption must let go of; a line that is refused never
 * gets here.
 */
static void
listen_to_signals (CsCli *self)
{
  if (self->is_listening)
    return;
  self->is_listening = TRUE;
  signal (SIGPIPE, SIG_IGN); /* a reader that goes away must not end what is being made, */
  signal (SIGXFSZ, SIG_IGN); /* and a limit of file sizes is an error like a full disk */
  g_unix_signal_add (SIGINT, sigint_cb, self);
  g_unix_signal_add (SIGTERM, sigterm_cb, self);
  if (!is_ignored (SIGHUP))
    g_unix_signal_add (SIGHUP, sighup_cb, self); /* the terminal is gone; a request that has left is not */
}

/** cs_cli_open: Opens the studio of this user, once. Errors: those of the paths and the store. */
gboolean
cs_cli_open (CsCli *self, GError **error)
{
  g_autoptr (CsPaths) paths = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (self->engine != NULL)
    return TRUE;
  listen_to_signals (self);
  paths = cs_paths_new (error);
  if (paths == NULL)
    return FALSE;
  cs_engine_open_async (paths, NULL, self->cancellable, cs_cli_keep_result, &result);
  self->engine = cs_engine_open_finish (cs_cli_await (&result), error);
  return self->engine != NULL;
}

/* Lets go of the jobs. What fails here harms nobody: the kernel frees them when the process ends. */
static void
close_engine (CsCli *self)
{
  g_autoptr (CsEngine) engine = g_steal_pointer (&self->engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (engine == NULL)
    return;
  cs_engine_close_async (engine, NULL, cs_cli_keep_result, &result);
  if (!cs_engine_close_finish (engine, cs_cli_await (&result), &error))
    g_debug ("The engine was not closed: %s", error->message);
}

/* A piece of blocking work and what belongs to it; lives as long as its thread needs it. */
typedef struct
{
  CsCliWork work;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
} Chore;

static void
chore_free (gpointer data)
{
  Chore *chore = data;

  if (chore->data_free != NULL)
    chore->data_free (chore->data);
  g_free (chore);
}

static void
chore_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Chore *chore = task_data;
  GError *error = NULL;
  gpointer answer = chore->work (chore->data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, chore->result_free);
}

/**
 * cs_cli_do:
 * @work: blocks
 * @data: (transfer full): for @work
 *
 * Does @work on another thread. An interruption gives up waiting for it.
 *
 * Returns: (transfer full): what @work returned; NULL with its error, or when interrupted.
 */
gpointer
cs_cli_do (CsCli *self,
           CsCliWork work,
           gpointer data,
           GDestroyNotify data_free,
           GDestroyNotify result_free,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, cs_cli_keep_result, &result);
  Chore *chore = g_new0 (Chore, 1);

  listen_to_signals (self);
  chore->work = work;
  chore->data = data;
  chore->data_free = data_free;
  chore->result_free = result_free;
  g_task_set_source_tag (task, cs_cli_do);
  g_task_set_task_data (task, chore, chore_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, chore_thread);
  return g_task_propagate_pointer (G_TASK (cs_cli_await (&result)), error);
}

typedef struct
{
  char *path;
  gboolean replace;
} Target;

static void
target_free (gpointer data)
{
  Target *target = data;

  g_free (target->path);
  g_free (target);
}

static gpointer
check_target_work (gpointer data, GCancellable *cancellable, GError **error)
{
  Target *target = data;

  return cs_file_check_target (target->path, target->replace, error) ? target : NULL;
}

/**
 * cs_cli_check_target: Whether a file can be written to @path, asked before anything is made. Errors: as the
 * engine's.
 */
gboolean
cs_cli_check_target (CsCli *self, const char *path, gboolean replace, GError **error)
{
  Target *target = g_new0 (Target, 1);

  target->path = g_strdup (path);
  target->replace = replace;
  return cs_cli_do (self, check_target_work, target, target_free, NULL, error) != NULL;
}

static CsCli *
cs_cli_new (gboolean json)
{
  CsCli *self = g_new0 (CsCli, 1);

  self->output = cs_output_new (json);
  self->cancellable = g_cancellable_new ();
  return self;
}

static void
cs_cli_free (CsCli *self)
{
  cs_output_free (self->output);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* Whether the answer shall be JSON must be known before anything can go wrong. */
static gboolean
wants_json (char **argv)
{
  for (char **argument = argv + 1; argv[0] != NULL && *argument != NULL; argument++)
    {
      if (g_str_equal (*argument, "--"))
        return FALSE;
      if (g_str_equal (*argument, "--json"))
        return TRUE;
    }
  return FALSE;
}

static int
fail (CsCli *self, const GError *error)
{
  gboolean is_plain = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (self->signal == 0)
    {
      cs_output_fail (self->output, cs_error_get_slug (error), error->message);
      return cs_error_get_exit_code (error);
    }
  cs_output_fail (self->output, CS_CLI_INTERRUPTED, is_plain ? _ ("Interrupted.") : error->message);
  return 128 + self->signal;
}

static int
run (char **argv)
{
  CsCli *self = cs_cli_new (wants_json (argv));
  g_autoptr (GError) error = NULL;
  int code = 0;

  if (!cs_command_run_line (self, (const char *const *) (argv[0] != NULL ? argv + 1 : argv), &error))
    code = fail (self, error);
  close_engine (self);
  if (!cs_output_finish (self->output))
    {
      cs_output_say (self->output, _ ("creative-studio-cli: the answer could not be written: %s."),
                     g_strerror (errno));
      code = code != 0 ? code : 1;
    }
  cs_cli_free (self);
  return code;
}

/*
 * A program that is started without one of its three streams would give its number to the next file it opens,
 * and print its words into a film. The stand-ins refuse to be read and to take an answer; words may go
 * nowhere.
 */
static void
occupy_streams (void)
{
  static const int modes[] = { O_WRONLY, O_RDONLY, O_WRONLY };

  for (int fd = 0; fd <= 2; fd++)
    if (fcntl (fd, F_GETFD) < 0 && open ("/dev/null", modes[fd]) != fd)
      _exit (1);
}

/** cs_cli_main: Returns: the exit code of the process. */
int
cs_cli_main (char **argv)
{
  occupy_streams ();
  return run (argv);
}
