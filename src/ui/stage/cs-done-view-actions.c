/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a finished creation: keep a copy, copy, show, use, make again, put away. Main thread. */
#include "config.h"
#include "ui/stage/cs-done-view-private.h"

#include "ui/widgets/cs-say.h"

#define TITLE_BYTES 100

static CsLibrary *
get_library (CsDoneView *self)
{
  return cs_engine_get_library (cs_studio_get_engine (self->studio));
}

/* Saving */

static void
export_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDoneView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (cs_library_export_finish (CS_LIBRARY (source), result, &error))
    cs_say (GTK_WIDGET (self), _ ("Saved"));
  else
    cs_say (GTK_WIDGET (self), error->message);
}

/* The file chooser has asked whether a file may be replaced. */
static void
save_response_cb (CsDoneView *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  CsCreation *creation = _cs_done_view_get_selected (self);
  gboolean with_prompt;

  if (path == NULL || creation == NULL)
    return;
  with_prompt = g_settings_get_boolean (cs_studio_get_settings (self->studio), "prompt-in-copies");
  cs_library_export_async (get_library (self), cs_creation_get_id (creation), path, TRUE,
                           with_prompt ? CS_EXPORT_STAMPED : CS_EXPORT_LABEL_ONLY, NULL, export_cb, g_object_ref (self));
}

static char *
make_name (const CsCreationFacts *facts)
{
  const char *dot = strrchr (facts->file, '.');
  g_autofree char *title = cs_text_ellipsize (facts->title, TITLE_BYTES);

  return cs_text_make_file_name (title, dot != NULL ? dot + 1 : "");
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  CsCreation *creation = _cs_done_view_get_selected (self);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *file = NULL;

  if (creation == NULL)
    return;
  file = make_name (cs_creation_get_facts (creation));
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Save a Copy"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), file);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (save_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Copying and showing */

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  CsCreation *creation = _cs_done_view_get_selected (self);
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GdkContentProvider) content = NULL;
  GdkFileList *files;

  if (creation == NULL)
    return;
  path = cs_library_dup_file_path (get_library (self), creation);
  file = g_file_new_for_path (path);
  files = gdk_file_list_new_from_array (&file, 1);
  content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, files);
  g_boxed_free (GDK_TYPE_FILE_LIST, files);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
  cs_say (widget, _ ("Copied"));
}

static void
copy_prompt_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsCreation *creation = _cs_done_view_get_selected (CS_DONE_VIEW (widget));

  if (creation == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), cs_creation_get_facts (creation)->prompt);
  cs_say (widget, _ ("Copied"));
}

/* The folder with the file marked, as the file manager of this desktop does it. */
static void
folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  CsCreation *creation = _cs_done_view_get_selected (self);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *uri = NULL;

  if (creation == NULL)
    return;
  path = cs_library_dup_file_path (get_library (self), creation);
  folder = g_path_get_dirname (path);
  uri = g_filename_to_uri (folder, NULL, NULL);
  if (uri != NULL)
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsCreation *creation = _cs_done_view_get_selected (CS_DONE_VIEW (widget));

  if (creation != NULL)
    gtk_widget_activate_action (widget, "win.show-creation", "s", cs_creation_get_id (creation));
}

/* Going on from it */

static void
use_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  CsCreation *creation = _cs_done_view_get_selected (self);
  g_autofree char *path = creation != NULL ? cs_library_dup_file_path (get_library (self), creation) : NULL;

  if (path != NULL)
    gtk_widget_activate_action (widget, "win.use-image", "(ss)", "video", path);
}

static void
again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  g_autoptr (CsBrief) brief = self->brief != NULL ? cs_brief_copy (self->brief) : NULL;

  if (brief == NULL)
    return;
  brief->has_seed = TRUE; /* another one, also where the same words give the same picture */
  brief->seed = (gint64) (((guint64) g_random_int () << 20 | g_random_int ()) & CS_SEED_MAX);
  _cs_done_view_emit_again (self, brief);
}

/* Putting away */

static void
trash_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDoneView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_trash_finish (CS_LIBRARY (source), result, &error);

  if (creation == NULL)
    {
      cs_say (GTK_WIDGET (self), error->message);
      return;
    }
  cs_say_with_action (GTK_WIDGET (self), _ ("Moved to the trash"), _ ("Undo"), "win.restore",
                      g_variant_new_strv ((const char *[]){ cs_creation_get_id (creation) }, 1));
  _cs_done_view_emit_gone (self);
}

static void
trash_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  CsCreation *creation = _cs_done_view_get_selected (self);

  if (creation != NULL)
    cs_library_trash_async (get_library (self), cs_creation_get_id (creation), TRUE, NULL, trash_cb, g_object_ref (self));
}

void
_cs_done_view_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "done.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "done.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "done.copy-prompt", NULL, copy_prompt_action);
  gtk_widget_class_install_action (widget_class, "done.folder", NULL, folder_action);
  gtk_widget_class_install_action (widget_class, "done.show", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "done.use", NULL, use_action);
  gtk_widget_class_install_action (widget_class, "done.again", NULL, again_action);
  gtk_widget_class_install_action (widget_class, "done.trash", NULL, trash_action);
}
