/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "screen-program.h"

#include <signal.h>
#include <sys/prctl.h>

#define PROGRAM G_TEST_BUILDDIR_PROGRAM

static const char *const key_names[] = { "PIAPI_KEY", "REPLICATE_API_TOKEN", "HF_API_TOKEN", "GROQ_API_KEY" };

/** screen_program_set_variable: Heard by the next start. */
void
screen_program_set_variable (ScreenProgram *self, const char *name, const char *value)
{
  self->environment = g_environ_setenv (self->environment, name, value, TRUE);
}

/* Settings are in a file, so that they outlive a process; all folders of the user are inside the home. The language models
 * are away, so that a prompt is sent as it was typed. */
static void
set_environment (ScreenProgram *self)
{
  static const char *const folders[] = { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME" };
  g_autofree char *closed = cs_fake_server_dup_closed_base (self->server, "ollama");

  cs_fake_server_set_environment (self->server);
  self->environment = g_get_environ ();
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = cs_test_home_build (self->home, folders[i]);

      screen_program_set_variable (self, folders[i], folder);
    }
  for (guint i = 0; i < G_N_ELEMENTS (key_names); i++)
    self->environment = g_environ_unsetenv (self->environment, key_names[i]);
  screen_program_set_variable (self, "OLLAMA_HOST", closed);
  screen_program_set_variable (self, "GTK_A11Y", "atspi");
  screen_program_set_variable (self, "GSETTINGS_BACKEND", "keyfile");
}

ScreenProgram *
screen_program_new (void)
{
  ScreenProgram *self = g_new0 (ScreenProgram, 1);

  self->home = cs_test_home_new ();
  self->server = cs_fake_server_new (NULL);
  set_environment (self);
  return self;
}

static void
die_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
screen_program_start (ScreenProgram *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;

  g_assert_null (self->process);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent_cb, NULL, NULL);
  g_subprocess_launcher_set_environ (launcher, self->environment);
  self->process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("CS_TEST_PROGRAM"), NULL);
  g_assert_no_error (error);
}

int
screen_program_get_pid (ScreenProgram *self)
{
  return atoi (g_subprocess_get_identifier (self->process));
}

gboolean
screen_program_has_ended (ScreenProgram *self)
{
  return g_subprocess_get_identifier (self->process) == NULL;
}

/** screen_program_kill: Nothing of it is left to say goodbye. */
void
screen_program_kill (ScreenProgram *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

static gboolean
has_ended_cb (gpointer program)
{
  return screen_program_has_ended (program);
}

void
screen_program_wait_end (ScreenProgram *self)
{
  g_assert_true (cs_test_wait (has_ended_cb, self));
  g_assert_true (g_subprocess_get_successful (self->process));
  g_clear_object (&self->process);
}

void
screen_program_free (ScreenProgram *self)
{
  if (self->process != NULL)
    screen_program_kill (self);
  g_strfreev (self->environment);
  cs_fake_server_free (self->server);
  cs_test_home_free (self->home);
  g_free (self);
}
