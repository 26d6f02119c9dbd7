/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a presentation: begin, write again, present, export. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-page-private.h"

#include "ui/deck/cs-deck-copy.h"
#include "ui/widgets/cs-say.h"

#define TITLE_CHARACTERS 100

/* One copy on its way. */
typedef struct
{
  CsDeckPage *page;
  char *path;
} Copying;

static void
copying_free (Copying *copying)
{
  g_object_unref (copying->page);
  g_free (copying->path);
  g_free (copying);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copying, copying_free)

static void
copy (CsDeckPage *self, CsDeckCopyFormat format, const char *path, GAsyncReadyCallback callback)
{
  Copying *copying = g_new0 (Copying, 1);

  copying->page = g_object_ref (self);
  copying->path = g_strdup (path);
  cs_deck_copy_async (self->studio, self->document, cs_deck_saving_get_creation (self->saving), format, path, callback, copying);
}

/* Presenting */

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDeckPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    cs_say (GTK_WIDGET (self), _ ("This computer has no browser to present with. Export the HTML file and open it elsewhere."));
}

static void
presentable_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copying) copying = user_data;
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  if (!cs_deck_copy_finish (result, &error))
    {
      cs_say (GTK_WIDGET (copying->page), error->message);
      return;
    }
  uri = g_filename_to_uri (copying->path, NULL, NULL);
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (copying->page)));
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, shown_cb, g_object_ref (copying->page));
}

static void
present_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDeckPage *self = CS_DECK_PAGE (widget);
  CsCreation *creation = cs_deck_saving_get_creation (self->saving);
  g_autofree char *file = g_strdup_printf ("%s.html", creation != NULL ? cs_creation_get_id (creation) : "new");
  g_autofree char *path
      = g_build_filename (cs_paths_get_state (cs_engine_get_paths (cs_studio_get_engine (self->studio))), "present", file, NULL);

  copy (self, CS_DECK_COPY_HTML, path, presentable_cb);
}

/* Exporting */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copying) copying = user_data;
  g_autoptr (GError) error = NULL;

  if (cs_deck_copy_finish (result, &error))
    cs_say_with_action (GTK_WIDGET (copying->page), _ ("Exported"), _ ("_Show"), "win.show-file", g_variant_new_string (copying->path));
  else
    cs_say (GTK_WIDGET (copying->page), error->message);
}

/* That a file may be replaced was asked by the dialog. */
static void
export_to_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *format, *path;

  g_variant_get (parameter, "(&s&s)", &format, &path);
  copy (CS_DECK_PAGE (widget), g_str_equal (format, "md") ? CS_DECK_COPY_MARKDOWN : CS_DECK_COPY_HTML, path, exported_cb);
}

static void
export_response_cb (CsDeckPage *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "deck.export-to", "(ss)", g_object_get_data (G_OBJECT (chooser), "format"), path);
  else if (file != NULL)
    cs_say (GTK_WIDGET (self), _ ("Copies can be saved on this computer only. Choose another folder."));
}

static void
show_chooser (CsDeckPage *self, const char *title, GtkFileChooserAction action, GCallback callback)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", callback, self, G_CONNECT_SWAPPED);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDeckPage *self = CS_DECK_PAGE (widget);
  const char *format = g_variant_get_string (parameter, NULL);
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr (GFile) folder = documents != NULL ? g_file_new_for_path (documents) : NULL;
  g_autofree char *title = cs_text_ellipsize (gtk_label_get_text (self->topic_title), TITLE_CHARACTERS);
  g_autofree char *file = cs_text_make_file_name (title, format);

  show_chooser (self, _ ("Export the Presentation"), GTK_FILE_CHOOSER_ACTION_SAVE, G_CALLBACK (export_response_cb));
  g_object_set_data_full (G_OBJECT (self->chooser), "format", g_strdup (format), g_free);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), file);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Beginning with a text */

static void
open_response_cb (CsDeckPage *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  if (file != NULL)
    _cs_deck_page_take_file (self, file);
}

static void
open_file (CsDeckPage *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Markdown and plain text"));
  gtk_file_filter_add_suffix (filter, "md");
  gtk_file_filter_add_suffix (filter, "markdown");
  gtk_file_filter_add_suffix (filter, "txt");
  show_chooser (self, _ ("Start from Markdown"), GTK_FILE_CHOOSER_ACTION_OPEN, G_CALLBACK (open_response_cb));
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDeckPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (text != NULL && *text != '\0')
    _cs_deck_page_begin (self, text);
  else
    cs_say (GTK_WIDGET (self), _ ("There is no text to paste. Copy some Markdown first."));
}

static void
begin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDeckPage *self = CS_DECK_PAGE (widget);
  const char *how = g_variant_get_string (parameter, NULL);
  g_autofree char *text = NULL;

  if (self->studio == NULL)
    return;
  if (g_str_equal (how, "open"))
    open_file (self);
  else if (g_str_equal (how, "paste"))
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, pasted_cb, g_object_ref (self));
  else
    {
      text = g_strdup_printf ("# %s\n\n---\n\n## %s\n\n- \n", _ ("My presentation"), _ ("New slide"));
      _cs_deck_page_begin (self, text);
    }
}

static void
write_again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDeckPage *self = CS_DECK_PAGE (widget);
  g_autoptr (CsBrief) brief = cs_deck_composer_dup_brief (self->composer);

  if (*brief->prompt == '\0') /* the user's own text: what it shall be about has to be said first */
    cs_deck_page_focus_prompt (self);
  cs_deck_composer_generate (self->composer);
}

void
_cs_deck_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "deck.present", NULL, present_action);
  gtk_widget_class_install_action (widget_class, "deck.export", "s", export_action);
  gtk_widget_class_install_action (widget_class, "deck.export-to", "(ss)", export_to_action);
  gtk_widget_class_install_action (widget_class, "deck.begin", "s", begin_action);
  gtk_widget_class_install_action (widget_class, "deck.write-again", NULL, write_again_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "deck.present", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "deck.export", "s", "html");
}

/* What has no slide is not shown to anybody. */
void
_cs_deck_page_update_actions (CsDeckPage *self)
{
  static const char *const names[] = { "deck.present", "deck.export", "deck.export-to" };
  gboolean has_slide = FALSE;

  for (guint i = 0; self->is_open && !has_slide && i < g_list_model_get_n_items (cs_deck_document_get_slides (self->document)); i++)
    has_slide = !cs_deck_slide_is_empty (cs_deck_document_get_slide (self->document, i));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], has_slide && self->studio != NULL);
}
