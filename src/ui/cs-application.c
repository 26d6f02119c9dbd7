/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program: one process for all its windows. What it is asked, by the desktop, by a notification, by another start of it or
 * by a key, is done at once or as soon as the studio is open. Main thread.
 */
#include "config.h"
#include "ui/cs-application-private.h"

#include "ui/cs-about.h"
#include "ui/cs-job-list.h"
#include "ui/cs-opener.h"
#include "ui/widgets/cs-say.h"
#include "ui/widgets/cs-show-file.h"

#include <glib-unix.h>

G_DEFINE_FINAL_TYPE (CsApplication, cs_application, ADW_TYPE_APPLICATION)

/* Wishes: what needs the studio */

/* An action that was asked for before there was one. */
typedef struct
{
  char *name;
  GVariant *parameter; /* (nullable) */
} Wish;

static void
wish_free (Wish *wish)
{
  g_free (wish->name);
  g_clear_pointer (&wish->parameter, g_variant_unref);
  g_free (wish);
}

static CsEngine *
get_engine (CsApplication *self)
{
  return cs_studio_get_engine (self->studio);
}

/* One creation in its folder, as the button of a notification wants it: its window is not wanted. */
static void
show_file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);
  g_autofree char *path = creation != NULL ? cs_library_dup_file_path (CS_LIBRARY (source), creation) : NULL;

  if (path != NULL)
    cs_show_file (GTK_WIDGET (window), path);
  else
    cs_say (GTK_WIDGET (window), error->message);
}

static void
show_in_folder (CsApplication *self, const char *id)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  CsWindow *from = CS_IS_WINDOW (window) ? CS_WINDOW (window) : _cs_application_take_window (self);

  cs_library_get_async (cs_engine_get_library (get_engine (self)), id, NULL, show_file_cb, g_object_ref (from));
}

/* What somebody put away, or what is over by now, is not followed any more. */
static void
show_job (CsApplication *self, const char *id)
{
  CsWindow *window = _cs_application_take_window (self);
  CsJob *job = cs_job_list_find (CS_JOB_LIST (cs_studio_get_jobs (self->studio)), id);

  if (job != NULL)
    cs_window_show_job (window, job);
  else
    cs_window_show_jobs (window);
}

static void
grant (CsApplication *self, const char *name, GVariant *parameter)
{
  if (g_str_equal (name, "show-in-folder"))
    show_in_folder (self, g_variant_get_string (parameter, NULL));
  else if (g_str_equal (name, "show-job"))
    show_job (self, g_variant_get_string (parameter, NULL));
  else if (g_str_equal (name, "show-jobs"))
    cs_window_show_jobs (_cs_application_take_window (self));
  else if (g_str_equal (name, "show-gallery"))
    cs_window_show_page (_cs_application_take_window (self), "gallery");
  else if (g_str_equal (name, "show-creation"))
    gtk_widget_activate_action (GTK_WIDGET (_cs_application_take_window (self)), "win.show-creation", "s",
                                g_variant_get_string (parameter, NULL));
}

static void
wish_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CsApplication *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  Wish *wish;

  if (self->studio != NULL && !self->is_closing)
    {
      grant (self, name, parameter);
      return;
    }
  wish = g_new0 (Wish, 1);
  wish->name = g_strdup (name);
  wish->parameter = parameter != NULL ? g_variant_ref (parameter) : NULL;
  g_queue_push_tail (&self->wishes, wish);
  _cs_application_take_window (self);
}

static void
open_files (CsApplication *self)
{
  g_autoptr (GPtrArray) files = g_steal_pointer (&self->files);

  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  if (files->len > 0)
    cs_opener_open (_cs_application_take_window (self), files);
}

/** _cs_application_grant: The studio is open now. */
void
_cs_application_grant (CsApplication *self)
{
  Wish *wish;

  while ((wish = g_queue_pop_head (&self->wishes)) != NULL)
    {
      grant (self, wish->name, wish->parameter);
      wish_free (wish);
    }
  open_files (self);
}

/* What the desktop asks */

static void
cs_application_activate (GApplication *application)
{
  _cs_application_take_window (CS_APPLICATION (application));
}

static void
cs_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  CsApplication *self = CS_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (self->files, g_object_ref (files[i]));
  _cs_application_take_window (self);
  if (self->studio != NULL && !self->is_closing)
    open_files (self);
}

static void
cs_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  GTK_APPLICATION_CLASS (cs_application_parent_class)->window_removed (application, window);
  _cs_application_look_soon (CS_APPLICATION (application));
}

/* Actions */

static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _cs_application_open_studio (user_data);
  _cs_application_add_window (user_data);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _cs_application_quit (user_data);
}

static void
retry_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _cs_application_open_studio (user_data);
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
  { "show-creation", wish_cb, "s" },
  { "show-in-folder", wish_cb, "s" },
  { "show-job", wish_cb, "s" },
  { "show-jobs", wish_cb },
  { "show-gallery", wish_cb },
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
  { "win.back", { "<Alt>Left", "Back" } },
  { "win.new", { "<Control>n" } },
  { "win.focus-prompt", { "<Control>l" } },
  { "win.generate", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.jobs", { "<Control>j" } },
  { "win.search", { "<Control>f" } },
  { "win.show-help-overlay", { "<Control>question" } },
};

/* The session ends, or somebody wants the program to. */
static gboolean
signal_cb (gpointer user_data)
{
  _cs_application_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
cs_application_startup (GApplication *application)
{
  CsApplication *self = CS_APPLICATION (application);

  G_APPLICATION_CLASS (cs_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (CS_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action, (const char **) accelerators[i].keys);
  g_signal_connect (self, "notify::is-busy", G_CALLBACK (_cs_application_look_soon), NULL);
  self->signals[0] = g_unix_signal_add (SIGTERM, signal_cb, self);
  self->signals[1] = g_unix_signal_add (SIGHUP, signal_cb, self);
}

/* Another window is asked for before anything else is: what follows comes up in it. */
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
  if (g_application_get_is_remote (application))
    g_action_group_activate_action (G_ACTION_GROUP (application), "new-window", NULL);
  return -1;
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

  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_clear_handle_id (&self->signals[i], g_source_remove);
  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_handle_id (&self->slow, g_source_remove);
  g_queue_clear_full (&self->wishes, (GDestroyNotify) wish_free);
  g_ptr_array_unref (self->files);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->notifier);
  g_clear_object (&self->inhibitor);
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
  application_class->open = cs_application_open;
  application_class->handle_local_options = cs_application_handle_local_options;
  GTK_APPLICATION_CLASS (klass)->window_removed = cs_application_window_removed;
}

static void
cs_application_init (CsApplication *self)
{
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->wishes);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/** cs_application_new: Returns: (transfer full): the program, not running yet. */
CsApplication *
cs_application_new (void)
{
  return g_object_new (CS_TYPE_APPLICATION, "application-id", CS_APP_ID, "flags", G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/dz/iafactory/CreativeStudio", NULL);
}

/** cs_application_get_studio: Returns: (transfer none) (nullable): the studio; NULL until the engine is open. */
CsStudio *
cs_application_get_studio (CsApplication *self)
{
  return self->studio;
}

/** cs_application_get_inhibitor: Returns: (transfer none) (nullable): as long as there is a studio. */
CsInhibitor *
cs_application_get_inhibitor (CsApplication *self)
{
  return self->inhibitor;
}
