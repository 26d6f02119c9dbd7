/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture to begin from. What was chosen stays until the next one is known to be a picture. Main thread. */
#include "config.h"
#include "ui/composer/cs-reference-row.h"

#include "ui/composer/cs-reference-check.h"
#include "ui/widgets/cs-gallery-popover.h"
#include "ui/widgets/cs-picture-drop.h"
#include "ui/widgets/cs-thumbnail.h"

struct _CsReferenceRow
{
  AdwActionRow parent_instance;

  /* Template widgets */
  GtkStack *prefix;
  CsThumbnail *picture;
  GtkButton *clear_button;
  CsGalleryPopover *gallery;

  /* Owned */
  CsStudio *studio;                /* (nullable) */
  GtkFileChooserNative *chooser;   /* (nullable) while it is open */
  GCancellable *cancellable;       /* (nullable) of the picture that is looked at */
  char *path;                      /* (nullable) */
  char *trouble;                   /* (nullable) why what was brought last is not taken */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CsReferenceRow, cs_reference_row, ADW_TYPE_ACTION_ROW)

static void
show (CsReferenceRow *self)
{
  g_autofree char *name = self->path != NULL ? g_filename_display_basename (self->path) : NULL;
  const char *words = self->path != NULL ? _ ("First frame") : _ ("Drop, paste or choose a picture");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name != NULL ? name : _ ("Reference image"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), self->cancellable != NULL ? _ ("Looking at it…") : words);
  cs_thumbnail_set_path (self->picture, self->path);
  gtk_stack_set_visible_child_name (self->prefix, self->path != NULL ? "picture" : "none");
  gtk_widget_set_visible (GTK_WIDGET (self->clear_button), self->path != NULL);
}

static void
changed (CsReferenceRow *self)
{
  show (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
stop_looking (CsReferenceRow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
start_looking (CsReferenceRow *self)
{
  stop_looking (self);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->trouble, g_free);
  changed (self);
}

/* @path: (nullable) (transfer full): a picture; NULL with @error: what was brought is none, and what was there stays. */
static void
looked (CsReferenceRow *self, char *path, const GError *error)
{
  g_clear_object (&self->cancellable);
  if (path != NULL)
    {
      g_free (self->path);
      self->path = path;
    }
  else
    cs_set_string (&self->trouble, error->message);
  changed (self);
}

static void
clear_cb (CsReferenceRow *self)
{
  cs_reference_row_set_path (self, NULL);
}

/* Files */

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsReferenceRow) self = user_data;
  g_autoptr (GError) error = NULL;
  char *path = cs_reference_check_finish (G_FILE (source), result, &error);

  if (g_task_get_cancellable (G_TASK (result)) == self->cancellable)
    looked (self, path, error);
  else
    g_free (path);
}

static void
take_file (CsReferenceRow *self, GFile *file)
{
  start_looking (self);
  cs_reference_check_async (file, self->cancellable, check_cb, g_object_ref (self));
}

/** cs_reference_row_take_files: @files: (element-type GFile): what somebody dropped or pasted; one picture is enough. */
void
cs_reference_row_take_files (CsReferenceRow *self, GSList *files)
{
  if (files == NULL)
    return;
  if (files->next == NULL)
    {
      take_file (self, files->data);
      return;
    }
  cs_set_string (&self->trouble, _ ("One picture is enough to begin from. Bring only that one."));
  changed (self);
}

static void
gallery_cb (CsReferenceRow *self, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  take_file (self, file);
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

/* Pictures that are in no file */

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsReferenceRow) self = user_data;
  g_autoptr (GError) error = NULL;
  char *path = cs_reference_keep_finish (CS_ENGINE (source), result, &error);

  if (g_task_get_cancellable (G_TASK (result)) == self->cancellable)
    looked (self, path, error);
  else
    g_free (path);
}

/** cs_reference_row_set_texture: @texture: a picture that is in no file: it is written down, and taken. */
void
cs_reference_row_set_texture (CsReferenceRow *self, GdkTexture *texture)
{
  if (self->studio == NULL)
    return;
  start_looking (self);
  cs_reference_keep_async (cs_studio_get_engine (self->studio), texture, self->cancellable, keep_cb, g_object_ref (self));
}

static void
drop_cb (GSList *files, GdkTexture *texture, gpointer user_data)
{
  if (texture != NULL)
    cs_reference_row_set_texture (user_data, texture);
  else
    cs_reference_row_take_files (user_data, files);
}

static void
cs_reference_row_dispose (GObject *object)
{
  CsReferenceRow *self = CS_REFERENCE_ROW (object);

  stop_looking (self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->studio);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->trouble, g_free);

  G_OBJECT_CLASS (cs_reference_row_parent_class)->dispose (object);
}

static void
cs_reference_row_class_init (CsReferenceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_THUMBNAIL);
  g_type_ensure (CS_TYPE_GALLERY_POPOVER);
  G_OBJECT_CLASS (klass)->dispose = cs_reference_row_dispose;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-reference-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsReferenceRow, prefix);
  gtk_widget_class_bind_template_child (widget_class, CsReferenceRow, picture);
  gtk_widget_class_bind_template_child (widget_class, CsReferenceRow, clear_button);
  gtk_widget_class_bind_template_child (widget_class, CsReferenceRow, gallery);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, gallery_cb);
}

static void
cs_reference_row_init (CsReferenceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE); /* a file may be called anything */
  cs_picture_drop_attach (GTK_WIDGET (self), drop_cb, self);
}

void
cs_reference_row_set_studio (CsReferenceRow *self, CsStudio *studio)
{
  g_set_object (&self->studio, studio);
  cs_gallery_popover_set_studio (self->gallery, studio);
}

/** cs_reference_row_get_path: Returns: (transfer none) (nullable): the picture; NULL for none. */
const char *
cs_reference_row_get_path (CsReferenceRow *self)
{
  return self->path;
}

/** cs_reference_row_get_trouble: Returns: (transfer none) (nullable): why what was brought last was not taken, in a sentence. */
const char *
cs_reference_row_get_trouble (CsReferenceRow *self)
{
  return self->trouble;
}

/** cs_reference_row_set_path: @path: (nullable): the picture, taken as it is and looked at afterwards; NULL for none. */
void
cs_reference_row_set_path (CsReferenceRow *self, const char *path)
{
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  cs_set_string (&self->path, path);
  if (file != NULL)
    take_file (self, file);
  else
    {
      stop_looking (self);
      g_clear_pointer (&self->trouble, g_free);
      changed (self);
    }
}
