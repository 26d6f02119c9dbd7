/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program: one process for all its windows, opening the engine once, and closing it when the last window is gone and
 * no job is under way any more. Main thread.
 */
#include "config.h"
#include "ui/cs-application.h"

#include "ui/cs-about.h"
#include "ui/cs-window.h"

struct _CsApplication
{
  AdwApplication parent_instance;

  CsStudio *studio;          /* (nullable) until the engine is open */
  GError *trouble;           /* (nullable) why it could not be opened */
  GCancellable *cancellable; /* ends opening */
  guint is_opening : 1;
  guint is_closing : 1;
  guint is_held : 1;         /* without a window, while jobs are under way */
};

G_DEFINE_FINAL_TYPE (CsApplication, cs_application, ADW_TYPE_APPLICATION)

/* Closing */

static void
close_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!cs_engine_close_finish (CS_ENGINE (source), result, &error))
    g_warning ("The studio was not closed: %s", error->message);
  g_application_release (G_APPLICATION (self));
  g_application_quit (G_APPLICATION (self));
}

/* What was sent and has no answer yet is waited for: nobody is told that he has paid for nothing. */
static void
close_engine (CsApplication *self)
{
  if (self->studio == NULL || self->is_closing)
    return;
  self->is_closing = TRUE;
  g_application_hold (G_APPLICATION (self));
  cs_engine_close_async (cs_studio_get_engine (self->studio), NULL, close_cb, g_object_ref (self));
}

static gboolean
has_jobs (CsApplication *self)
{
  return self->studio != NULL && cs_job_queue_get_n_running (cs_engine_get_queue (cs_studio_get_engine (self->studio))) > 0;
}

/* Jobs go on when the windows are closed; when the last one has ended, so does the program. */
static void
look_whether_over (CsApplication *self)
{
  gboolean is_over = gtk_application_get_windows (GTK_APPLICATION (self)) == NULL && !has_jobs (self);

  if (!is_over || self->is_closing)
    return;
  close_engine (self);
  if (self->is_held)
    g_application_release (G_APPLICATION (self));
  self->is_held = FALSE;
}

static void
cs_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  CsApplication *self = CS_APPLICATION (application);

  if (has_jobs (self) && !self->is_held)
    {
      self->is_held = TRUE;
      g_application_hold (G_APPLICATION (self));
    }
  GTK_APPLICATION_CLASS (cs_application_parent_class)->window_removed (application, window);
  look_whether_over (self);
}

/* Opening */

static void
tell_windows (CsApplication *self)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item != NULL; item = item->next)
    if (CS_IS_WINDOW (item->data))
      cs_window_set_studio (item->data, self->studio, self->trouble);
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsApplication) self = user_data;
  g_autoptr (CsEngine) engine = cs_engine_open_finish (result, &self->trouble);

  self->is_opening = FALSE;
  if (engine != NULL)
    {
      self->studio = cs_studio_new (engine);
      g_signal_connect_object (cs_studio_get_jobs (self->studio), "items-changed", G_CALLBACK (look_whether_over), self,
                               G_CONNECT_SWAPPED);
    }
  tell_windows (self);
  g_application_release (G_APPLICATION (self));
}

/** cs_application_open_studio: Opens the engine; where that failed before, tries again. */
static void
open_studio (CsApplication *self)
{
  g_autoptr (CsPaths) paths = NULL;

  if (self->studio != NULL || self->is_opening)
    return;
  g_clear_error (&self->trouble);
  paths = cs_paths_new (&self->trouble);
  if (paths == NULL)
    {
      tell_windows (self);
      return;
    }
  self->is_opening = TRUE;
  g_application_hold (G_APPLICATION (self));
  cs_engine_open_async (paths, NULL, self->cancellable, open_cb, g_object_ref (self));
}

static void
add_window (CsApplication *self)
{
  CsWindow *window = cs_window_new (self);

  cs_window_set_studio (window, self->studio, self->trouble);
  gtk_window_present (GTK_WINDOW (window));
}

static void
cs_application_activate (GApplication *application)
{
  CsApplication *self = CS_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  open_studio (self);
  if (window != NULL)
    gtk_window_present (window);
  else
    add_window (self);
}

/* Actions */

static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_studio (user_data);
  add_window (user_data);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CsApplication *self = user_data;

  if (self->studio != NULL)
    close_engine (self);
  else
    g_application_quit (G_APPLICATION (self));
}

static void
retry_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_studio (user_data);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cs_about_show (gtk_application_get_active_window (user_data));
}

static const GActionEntry actions[] = {
  { "new-window", new_window_cb },
  { "quit", quit_cb },
  { "retry", retry_cb },
  { "about", about_cb },
};

/* An action and the keys for it. */
typedef struct
{
  const char *action;
  const char *keys[3];
} Accelerator;

static const Accelerator accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "app.new-window", { "<Control><Shift>n" } },
  { "win.preferences", { "<Control>comma" } },
  { "window.close", { "<Control>w" } },
  { "win.page('video')", { "<Alt>1" } },
  { "win.page('image')", { "<Alt>2" } },
  { "win.page('presentation')", { "<Alt>3" } },
  { "win.page('gallery')", { "<Alt>4" } },
  { "win.new", { "<Control>n" } },
  { "win.focus-prompt", { "<Control>l" } },
  { "win.generate", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.jobs", { "<Control>j" } },
  { "win.search", { "<Control>f" } },
  { "win.show-help-overlay", { "<Control>question" } },
};

static void
cs_application_startup (GApplication *application)
{
  CsApplication *self = CS_APPLICATION (application);

  G_APPLICATION_CLASS (cs_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (CS_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action, (const char **) accelerators[i].keys);
}

static int
cs_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("%s %s\n", _ ("Creative Studio"), CS_VERSION);
      return 0;
    }
  if (!g_variant_dict_contains (options, "new-window"))
    return -1;
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  if (!g_application_get_is_remote (application))
    return -1;
  g_action_group_activate_action (G_ACTION_GROUP (application), "new-window", NULL);
  return 0;
}

static const GOptionEntry options[] = {
  { "new-window", 'n', 0, G_OPTION_ARG_NONE, NULL, N_ ("Open another window"), NULL },
  { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Say which version this is"), NULL },
  { NULL },
};

static void
cs_application_finalize (GObject *object)
{
  CsApplication *self = CS_APPLICATION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->studio);
  g_clear_error (&self->trouble);

  G_OBJECT_CLASS (cs_application_parent_class)->finalize (object);
}

static void
cs_application_class_init (CsApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cs_application_finalize;
  application_class->startup = cs_application_startup;
  application_class->activate = cs_application_activate;
  application_class->handle_local_options = cs_application_handle_local_options;
  GTK_APPLICATION_CLASS (klass)->window_removed = cs_application_window_removed;
}

static void
cs_application_init (CsApplication *self)
{
  self->cancellable = g_cancellable_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/** cs_application_new: Returns: (transfer full): the program, not running yet. */
CsApplication *
cs_application_new (void)
{
  return g_object_new (CS_TYPE_APPLICATION, "application-id", CS_APP_ID, "resource-base-path", "/dz/iafactory/CreativeStudio", NULL);
}

/** cs_application_get_studio: Returns: (transfer none) (nullable): the studio; NULL until the engine is open. */
CsStudio *
cs_application_get_studio (CsApplication *self)
{
  return self->studio;
}
