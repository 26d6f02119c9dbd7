/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-program.h"

#include <signal.h>
#include <sys/prctl.h>

#define PROGRAM G_TEST_BUILDDIR_PROGRAM

static const char *const key_names[] = { "PIAPI_KEY", "REPLICATE_API_TOKEN", "HF_API_TOKEN", "GROQ_API_KEY" };

/** ui_program_set_variable: Heard by the next start. */
void
ui_program_set_variable (UiProgram *self, const char *name, const char *value)
{
  self->environment = g_environ_setenv (self->environment, name, value, TRUE);
}

/* Settings are in a file, so that they outlive a process; all folders of the user are inside the home. The language models
 * are away, so that a prompt is sent as it was typed. */
static void
set_environment (UiProgram *self)
{
  static const char *const folders[] = { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME" };
  g_autofree char *closed = cs_fake_server_dup_closed_base (self->server, "ollama");

  cs_fake_server_set_environment (self->server);
  self->environment = g_get_environ ();
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = cs_test_home_build (self->home, folders[i]);

      ui_program_set_variable (self, folders[i], folder);
    }
  for (guint i = 0; i < G_N_ELEMENTS (key_names); i++)
    self->environment = g_environ_unsetenv (self->environment, key_names[i]);
  ui_program_set_variable (self, "OLLAMA_HOST", closed);
  ui_program_set_variable (self, "GTK_A11Y", "atspi");
  ui_program_set_variable (self, "GSETTINGS_BACKEND", "keyfile");
}

UiProgram *
ui_program_new (void)
{
  UiProgram *self = g_new0 (UiProgram, 1);

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
ui_program_start (UiProgram *self)
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
ui_program_get_pid (UiProgram *self)
{
  return atoi (g_subprocess_get_identifier (self->process));
}

gboolean
ui_program_has_ended (UiProgram *self)
{
  return g_subprocess_get_identifier (self->process) == NULL;
}

/** ui_program_kill: Nothing of it is left to say goodbye. */
void
ui_program_kill (UiProgram *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

static gboolean
has_ended_cb (gpointer program)
{
  return ui_program_has_ended (program);
}

void
ui_program_wait_end (UiProgram *self)
{
  g_assert_true (cs_test_wait (has_ended_cb, self));
  g_assert_true (g_subprocess_get_successful (self->process));
  g_clear_object (&self->process);
}

void
ui_program_free (UiProgram *self)
{
  if (self->process != NULL)
    ui_program_kill (self);
  g_strfreev (self->environment);
  cs_fake_server_free (self->server);
  cs_test_home_free (self->home);
  g_free (self);
}
