/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies where the user wants them. Main thread; the library writes them on others. */
#include "config.h"
#include "ui/gallery/cs-saver.h"

#include "ui/gallery/cs-export.h"
#include "ui/widgets/cs-say.h"

/* One saving, from the question to the words about it. */
typedef struct
{
  GtkWidget *from;
  CsStudio *studio;
  CsCreation *creation; /* (nullable) when it is one */
  GStrv ids;            /* (nullable) when they are many */
  CsExportMode mode;
  GFile *place;         /* (nullable) until it is chosen */
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->from);
  g_object_unref (saving->studio);
  g_clear_object (&saving->creation);
  g_clear_object (&saving->place);
  g_strfreev (saving->ids);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static Saving *
saving_new (GtkWidget *from, CsStudio *studio)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->from = g_object_ref (from);
  saving->studio = g_object_ref (studio);
  saving->mode = cs_export_get_mode (studio);
  return saving;
}

static CsLibrary *
get_library (Saving *saving)
{
  return cs_engine_get_library (cs_studio_get_engine (saving->studio));
}

static void
say_saved (Saving *saving, GFile *folder, GFile *file)
{
  g_autofree char *name = folder != NULL ? g_file_get_basename (folder) : g_strdup ("");
  g_autofree char *shown = g_filename_display_name (name);
  /* translators: the name of a folder */
  g_autofree char *words = g_strdup_printf (_ ("Saved to %s"), shown);

  cs_say_with_action (saving->from, words, _ ("Show"), "win.show-file", g_variant_new_take_string (g_file_get_path (file)));
}

/* One */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = g_file_get_parent (saving->place);

  if (cs_library_export_finish (CS_LIBRARY (source), result, &error))
    say_saved (saving, folder, saving->place);
  else
    cs_say (saving->from, error->message);
}

/* That a file may be replaced was asked by the dialog. */
static void
save_one (Saving *saving)
{
  g_autofree char *path = g_file_get_path (saving->place);

  if (path == NULL)
    {
      cs_say (saving->from, _ ("Copies can be saved on this computer only. Choose another folder."));
      saving_free (saving);
      return;
    }
  cs_library_export_async (get_library (saving), cs_creation_get_id (saving->creation), path, TRUE, saving->mode, NULL, exported_cb, saving);
}

/* Many */

static char *
describe_exported (const CsExported *exported, const char *folder)
{
  if (exported->n_failed == 0)
    /* translators: 1: how many, 2: the name of a folder */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$u copy saved to %2$s", "%1$u copies saved to %2$s", exported->files->len),
                            exported->files->len, folder);
  if (exported->files->len == 0)
    return g_strdup (exported->error->message);
  /* translators: 1 and 2: how many, 3: a sentence that says why */
  return g_strdup_printf (_ ("%1$u copies saved, %2$u not: %3$s"), exported->files->len, exported->n_failed, exported->error->message);
}

static void
exported_all_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsExported) exported = cs_export_finish (result, &error);
  g_autofree char *name = g_file_get_basename (saving->place);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *words = exported != NULL ? describe_exported (exported, shown) : g_strdup (error->message);

  if (exported == NULL || exported->files->len == 0)
    cs_say (saving->from, words);
  else
    cs_say_with_action (saving->from, words, _ ("Show"), "win.show-file",
                        g_variant_new_take_string (g_file_get_path (exported->files->pdata[0])));
}

static void
save_all (Saving *saving)
{
  g_autofree char *folder = g_file_get_path (saving->place);

  if (folder == NULL)
    {
      cs_say (saving->from, _ ("Copies can be saved on this computer only. Choose another folder."));
      saving_free (saving);
      return;
    }
  cs_export_async (saving->studio, (const char *const *) saving->ids, folder, saving->mode, NULL, exported_all_cb, saving);
}

/* Where to */

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Saving *saving = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    saving->place = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  if (saving->place == NULL)
    saving_free (saving);
  else if (saving->creation != NULL)
    save_one (saving);
  else
    save_all (saving);
}

static GUserDirectory
get_usual_folder (CsKind kind)
{
  switch (kind)
    {
    case CS_KIND_VIDEO:
      return G_USER_DIRECTORY_VIDEOS;
    case CS_KIND_IMAGE:
      return G_USER_DIRECTORY_PICTURES;
    case CS_KIND_DECK:
    default:
      return G_USER_DIRECTORY_DOCUMENTS;
    }
}

static void
set_folder (GtkFileChooser *chooser, CsKind kind)
{
  const char *path = g_get_user_special_dir (get_usual_folder (kind));
  g_autoptr (GFile) folder = path != NULL ? g_file_new_for_path (path) : NULL;

  if (folder != NULL)
    gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

static GtkFileChooserNative *
make_dialog (Saving *saving, const char *title, GtkFileChooserAction action)
{
  GtkRoot *root = gtk_widget_get_root (saving->from);
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action, _ ("_Save"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), saving);
  return dialog;
}

/** cs_save_creation: @mode: how much the copy says about itself. */
void
cs_save_creation (GtkWidget *from, CsStudio *studio, CsCreation *creation, CsExportMode mode)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  Saving *saving = saving_new (from, studio);
  GtkFileChooserNative *dialog = make_dialog (saving, _ ("Save a Copy"), GTK_FILE_CHOOSER_ACTION_SAVE);
  g_autofree char *name = cs_export_make_file_name (facts);

  saving->creation = g_object_ref (creation);
  saving->mode = mode;
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  set_folder (GTK_FILE_CHOOSER (dialog), facts->kind);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);

  if (creation != NULL)
    cs_save_creation (saving->from, saving->studio, creation, saving->mode);
  else
    cs_say (saving->from, error->message);
}

/** cs_save_creations: @ids: (array zero-terminated=1): one is asked a name for, many a folder. */
void
cs_save_creations (GtkWidget *from, CsStudio *studio, const char *const *ids)
{
  Saving *saving = saving_new (from, studio);
  GtkFileChooserNative *dialog;

  if (g_strv_length ((char **) ids) == 1)
    {
      cs_library_get_async (get_library (saving), ids[0], NULL, get_cb, saving);
      return;
    }
  saving->ids = g_strdupv ((char **) ids);
  dialog = make_dialog (saving, _ ("Save Copies"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
  set_folder (GTK_FILE_CHOOSER (dialog), CS_KIND_IMAGE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* Without the prompt */

static void
strip_response_cb (Saving *saving, const char *response)
{
  if (g_str_equal (response, "strip"))
    cs_save_creation (saving->from, saving->studio, saving->creation, CS_EXPORT_LABEL_ONLY);
}

/** cs_save_stripped: Asks first: the copy will not say which words it was made from. */
void
cs_save_stripped (GtkWidget *from, CsStudio *studio, CsCreation *creation)
{
  GtkRoot *root = gtk_widget_get_root (from);
  Saving *saving = saving_new (from, studio);
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Save without the prompt?"),
                                _ ("The copy will not say which words it was made from. It will still say how it was made: that label "
                                   "stays, so that nobody is misled."));

  saving->creation = g_object_ref (creation);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "strip", _ ("_Strip and Save…"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "strip");
  g_signal_connect_data (dialog, "response", G_CALLBACK (strip_response_cb), saving, (GClosureNotify) (void (*) (void)) saving_free,
                         G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
