/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-program.h"

#include "ui-watchdog.h"

void
ui_program_set_keys (void)
{
  g_setenv ("REPLICATE_API_TOKEN", "canary0123456789", TRUE);
  g_setenv ("PIAPI_KEY", "canary0123456789", TRUE);
  g_setenv ("CREATIVE_STUDIO_POLL_MS", "20", TRUE);
}

/* What the test before left behind. */
static void
reset_settings (void)
{
  g_autoptr (GSettings) settings = g_settings_new (CS_APP_ID);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);
}

UiProgram *
ui_program_new (void)
{
  UiProgram *self = g_new0 (UiProgram, 1);
  g_autofree char *ollama = NULL;

  reset_settings ();
  self->home = cs_test_home_new ();
  self->server = cs_fake_server_new (NULL);
  cs_fake_server_set_environment (self->server);
  ollama = cs_fake_server_dup_closed_base (self->server, "ollama");
  g_setenv ("OLLAMA_HOST", ollama, TRUE);
  return self;
}

void
ui_program_begin (UiProgram *self)
{
  g_autoptr (GError) error = NULL;

  if (self->application == NULL)
    {
      self->application = cs_application_new ();
      g_application_register (G_APPLICATION (self->application), NULL, &error);
      g_assert_no_error (error);
    }
  g_application_activate (G_APPLICATION (self->application));
}

static gboolean
is_open_cb (gpointer user_data)
{
  return cs_application_get_studio (user_data) != NULL;
}

static gboolean
is_closed_cb (gpointer user_data)
{
  return cs_application_get_studio (user_data) == NULL;
}

void
ui_program_start (UiProgram *self)
{
  ui_program_begin (self);
  ui_wait (is_open_cb, self->application);
}

void
ui_program_wait_closed (UiProgram *self)
{
  ui_wait (is_closed_cb, self->application);
}

static gboolean
is_gone_cb (gpointer place)
{
  return *(gpointer *) place == NULL;
}

static gboolean
quit_cb (gpointer application)
{
  g_application_quit (application);
  return G_SOURCE_REMOVE;
}

/* Only g_application_run() knows how: it is run for a moment, as a service that nobody asks anything. */
static void
leave_bus (GApplication *application)
{
  char *argv[] = { (char *) "creative-studio", (char *) "--gapplication-service", NULL };

  g_idle_add (quit_cb, application);
  g_application_run (application, 2, argv);
}

void
ui_program_end (UiProgram *self)
{
  gpointer application = self->application;

  g_object_add_weak_pointer (application, &application);
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
  ui_program_wait_closed (self);
  leave_bus (G_APPLICATION (self->application));
  g_object_unref (self->application);
  self->application = NULL;
  ui_wait (is_gone_cb, &application);
}

void
ui_program_free (UiProgram *self)
{
  if (self->application != NULL)
    ui_program_end (self);
  cs_fake_server_free (self->server);
  cs_test_home_free (self->home);
  g_free (self);
}

CsWindow *
ui_program_get_window (UiProgram *self)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self->application)); item != NULL; item = item->next)
    if (CS_IS_WINDOW (item->data))
      return item->data;
  return NULL;
}

guint
ui_program_count (UiProgram *self)
{
  return g_list_length (gtk_application_get_windows (GTK_APPLICATION (self->application)));
}

void
ui_program_close (UiProgram *self)
{
  gpointer window = ui_program_get_window (self);

  g_object_add_weak_pointer (window, &window);
  gtk_window_close (GTK_WINDOW (window));
  ui_wait (is_gone_cb, &window);
}

const char *
ui_program_get_page (UiProgram *self)
{
  GtkWidget *pages = ui_find (GTK_WIDGET (ui_program_get_window (self)), ADW_TYPE_VIEW_STACK, NULL);

  return adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (pages));
}

CsJob *
ui_program_add_job (UiProgram *self, CsKind kind, const char *prompt, const char *model)
{
  CsJobQueue *queue = cs_engine_get_queue (cs_studio_get_engine (cs_application_get_studio (self->application)));
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsBrief *brief = cs_brief_new (kind);

  brief->prompt = g_strdup (prompt);
  brief->model = g_strdup (model);
  brief->screenwriter = FALSE;
  brief->max_cost = CS_MONEY_UNIT;
  g_ptr_array_add (briefs, brief);
  cs_job_queue_add_async (queue, briefs, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  jobs = cs_job_queue_add_finish (queue, result, &error);
  g_assert_no_error (error);
  return g_object_ref (jobs->pdata[0]);
}

/* What is waited for. */
typedef struct
{
  CsJob *job;
  CsJobState state;
} State;

static gboolean
is_in_state_cb (gpointer user_data)
{
  State *state = user_data;

  return cs_job_get_facts (state->job)->state == state->state;
}

void
ui_program_wait_state (CsJob *job, CsJobState state)
{
  State wanted = { job, state };

  ui_wait (is_in_state_cb, &wanted);
}

/* What is waited for: words, seen in any of its windows. */
typedef struct
{
  UiProgram *program;
  const char *words;
} Words;

static gboolean
has_label_cb (gpointer user_data)
{
  Words *words = user_data;
  GtkWidget *label = ui_find (GTK_WIDGET (ui_program_get_window (words->program)), GTK_TYPE_LABEL, words->words);

  return label != NULL && gtk_widget_get_mapped (label);
}

void
ui_program_wait_label (UiProgram *self, const char *words)
{
  Words wanted = { self, words };

  ui_wait (has_label_cb, &wanted);
}
