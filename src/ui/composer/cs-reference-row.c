/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture to begin from. Whether it is one is looked at by the engine when the job is made; here only its name and its
 * size are. Main thread; files are written on others. */
#include "config.h"
#include "ui/composer/cs-reference-row.h"

#include "ui/widgets/cs-say.h"
#include "ui/widgets/cs-thumbnail.h"

#define MAX_SIDE 16384 /* pixels of a picture from the clipboard */

struct _CsReferenceRow
{
  AdwActionRow parent_instance;

  /* Template widgets */
  GtkStack *prefix;
  CsThumbnail *picture;
  GtkButton *clear_button;

  /* Owned */
  CsStudio *studio;                /* (nullable) */
  GtkFileChooserNative *chooser;   /* (nullable) while it is open */
  char *path;                      /* (nullable) */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CsReferenceRow, cs_reference_row, ADW_TYPE_ACTION_ROW)

static void
clear_cb (CsReferenceRow *self)
{
  cs_reference_row_set_path (self, NULL);
}

/* Choosing a file */

static void
take_file (CsReferenceRow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    cs_say (GTK_WIDGET (self), _ ("This file is not on this computer. Copy it here first."));
  else if (g_file_test (path, G_FILE_TEST_IS_DIR))
    cs_say (GTK_WIDGET (self), _ ("This is a folder. Choose a picture in it."));
  else
    cs_reference_row_set_path (self, path);
}

static void
response_cb (CsReferenceRow *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL)
    take_file (self, file);
}

static void
open_cb (CsReferenceRow *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Choose a Picture"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* A picture that is in no file yet */

/* What a thread needs to write the picture down. */
typedef struct
{
  GdkTexture *texture;
  char *folder;
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->texture);
  g_free (writing->folder);
  g_free (writing);
}

/* The same picture twice is one file: its name is the hash of its bytes. */
static void
write_func (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Writing *writing = data;
  g_autoptr (GBytes) bytes = gdk_texture_save_to_png_bytes (writing->texture);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *name = g_strconcat (hash, ".png", NULL);
  char *path = g_build_filename (writing->folder, name, NULL);
  GError *error = NULL;

  if (g_mkdir_with_parents (writing->folder, 0700) == 0
      && g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    {
      g_task_return_pointer (task, path, g_free);
      return;
    }
  g_free (path);
  if (error == NULL)
    cs_set_error (&error, CS_ERROR_NOT_WRITABLE, _ ("The picture could not be kept. Look whether the disk is full."));
  g_task_return_error (task, error);
}

static void
write_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsReferenceRow *self = CS_REFERENCE_ROW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_task_propagate_pointer (G_TASK (result), &error);

  if (path != NULL)
    cs_reference_row_set_path (self, path);
  else
    cs_say (GTK_WIDGET (self), error->message);
}

/** cs_reference_row_set_texture: Writes @texture into a file of the studio, and takes that. */
void
cs_reference_row_set_texture (CsReferenceRow *self, GdkTexture *texture)
{
  g_autoptr (GTask) task = NULL;
  Writing *writing;

  if (self->studio == NULL)
    return;
  if (gdk_texture_get_width (texture) > MAX_SIDE || gdk_texture_get_height (texture) > MAX_SIDE)
    {
      cs_say (GTK_WIDGET (self), _ ("This picture is too large. Make it smaller and try again."));
      return;
    }
  writing = g_new0 (Writing, 1);
  writing->texture = g_object_ref (texture);
  writing->folder = g_build_filename (cs_paths_get_state (cs_engine_get_paths (cs_studio_get_engine (self->studio))), "images", NULL);
  task = g_task_new (self, NULL, write_cb, NULL);
  g_task_set_task_data (task, writing, (GDestroyNotify) writing_free);
  g_task_run_in_thread (task, write_func);
}

/* Dropping */

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  CsReferenceRow *self = user_data;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GSList *files = g_value_get_boxed (value);

      if (files != NULL)
        take_file (self, files->data);
      return files != NULL;
    }
  if (!G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    return FALSE;
  cs_reference_row_set_texture (self, g_value_get_object (value));
  return TRUE;
}

static void
cs_reference_row_dispose (GObject *object)
{
  CsReferenceRow *self = CS_REFERENCE_ROW (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->studio);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (cs_reference_row_parent_class)->dispose (object);
}

static void
cs_reference_row_class_init (CsReferenceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_THUMBNAIL);
  G_OBJECT_CLASS (klass)->dispose = cs_reference_row_dispose;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-reference-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsReferenceRow, prefix);
  gtk_widget_class_bind_template_child (widget_class, CsReferenceRow, picture);
  gtk_widget_class_bind_template_child (widget_class, CsReferenceRow, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
cs_reference_row_init (CsReferenceRow *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE); /* a file may be called anything */
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
cs_reference_row_set_studio (CsReferenceRow *self, CsStudio *studio)
{
  g_set_object (&self->studio, studio);
}

/** cs_reference_row_get_path: Returns: (transfer none) (nullable): the picture; NULL for none. */
const char *
cs_reference_row_get_path (CsReferenceRow *self)
{
  return self->path;
}

/** cs_reference_row_set_path: @path: (nullable): the picture; NULL for none. */
void
cs_reference_row_set_path (CsReferenceRow *self, const char *path)
{
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;
  g_autofree char *copy = g_strdup (path);

  g_free (self->path);
  self->path = g_steal_pointer (&copy);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name != NULL ? name : _ ("Reference image"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), path != NULL ? _ ("First frame")
                                                                   : _ ("Drop, paste or choose a picture"));
  cs_thumbnail_set_path (self->picture, path);
  gtk_stack_set_visible_child_name (self->prefix, path != NULL ? "picture" : "none");
  gtk_widget_set_visible (GTK_WIDGET (self->clear_button), path != NULL);
  g_signal_emit (self, changed_signal, 0);
}
