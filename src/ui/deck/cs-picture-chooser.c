/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures to put on a slide. They are read from the library whenever this is opened. Main thread. */
#include "config.h"
#include "ui/deck/cs-picture-chooser.h"

#include "ui/widgets/cs-say.h"
#include "ui/widgets/cs-thumbnail.h"

#define MAX_PICTURES 12

struct _CsPictureChooser
{
  GtkPopover parent_instance;

  /* Template widgets */
  GtkFlowBox *pictures;
  GtkLabel *empty;

  /* Owned */
  CsStudio *studio;              /* (nullable) */
  GtkFileChooserNative *chooser; /* (nullable) while it is open */
  GCancellable *cancellable;     /* (nullable) of the newest look */
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (CsPictureChooser, cs_picture_chooser, GTK_TYPE_POPOVER)

static CsLibrary *
get_library (CsPictureChooser *self)
{
  return cs_engine_get_library (cs_studio_get_engine (self->studio));
}

/* The alt text must not end the brackets it stands in. */
static void
choose (CsPictureChooser *self, CsCreation *creation)
{
  g_autofree char *alt = g_strdup (cs_creation_get_facts (creation)->title);
  g_autofree char *markdown = g_strdup_printf ("![%s](creation:%s)", g_strdelimit (alt, "[]()\\\n", ' '), cs_creation_get_id (creation));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, chosen_signal, 0, markdown);
}

static void
activated_cb (CsPictureChooser *self, GtkFlowBoxChild *child)
{
  choose (self, g_object_get_data (G_OBJECT (child), "creation"));
}

static void
add_picture (CsPictureChooser *self, CsCreation *creation)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *picture = cs_thumbnail_new ();
  g_autofree char *path = NULL;

  if (facts->thumbnail != NULL)
    path = g_build_filename (cs_paths_get_thumbnails (cs_engine_get_paths (cs_studio_get_engine (self->studio))), facts->thumbnail, NULL);
  else
    path = cs_library_dup_file_path (get_library (self), creation);
  cs_thumbnail_set_path (CS_THUMBNAIL (picture), path);
  gtk_widget_set_size_request (picture, 96, 60);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), picture);
  gtk_widget_set_tooltip_text (child, facts->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, facts->title, -1);
  g_object_set_data_full (G_OBJECT (child), "creation", g_object_ref (creation), g_object_unref);
  gtk_flow_box_append (self->pictures, child);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPictureChooser) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLibraryPage) page = cs_library_list_finish (CS_LIBRARY (source), result, &error);
  GtkFlowBoxChild *child;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->pictures == NULL)
    return;
  while ((child = gtk_flow_box_get_child_at_index (self->pictures, 0)) != NULL)
    gtk_flow_box_remove (self->pictures, GTK_WIDGET (child));
  for (guint i = 0; page != NULL && i < page->creations->len; i++)
    add_picture (self, page->creations->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->empty), page == NULL || page->creations->len == 0);
}

static void
cs_picture_chooser_map (GtkWidget *widget)
{
  CsPictureChooser *self = CS_PICTURE_CHOOSER (widget);
  CsLibraryQuery query = { .has_kind = TRUE, .kind = CS_KIND_IMAGE, .limit = MAX_PICTURES };

  GTK_WIDGET_CLASS (cs_picture_chooser_parent_class)->map (widget);
  if (self->studio == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cs_library_list_async (get_library (self), &query, self->cancellable, list_cb, g_object_ref (self));
}

/* From a file */

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPictureChooser) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_import_finish (CS_LIBRARY (source), result, &error);

  if (creation == NULL)
    cs_say (GTK_WIDGET (self), error->message);
  else if (cs_creation_get_facts (creation)->kind != CS_KIND_IMAGE)
    cs_say (GTK_WIDGET (self), _ ("A slide shows pictures, no videos. The video is in the gallery now."));
  else
    choose (self, creation);
}

/** cs_picture_chooser_take_file: Copies the picture at @path into the library, and chooses it. */
void
cs_picture_chooser_take_file (CsPictureChooser *self, const char *path)
{
  if (self->studio != NULL)
    cs_library_import_async (get_library (self), path, NULL, imported_cb, g_object_ref (self));
}

static void
response_cb (CsPictureChooser *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    cs_picture_chooser_take_file (self, path);
}

static void
file_cb (CsPictureChooser *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/webp");
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Choose a Picture"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
cs_picture_chooser_dispose (GObject *object)
{
  CsPictureChooser *self = CS_PICTURE_CHOOSER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_picture_chooser_parent_class)->dispose (object);
}

static void
cs_picture_chooser_class_init (CsPictureChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_picture_chooser_dispose;
  widget_class->map = cs_picture_chooser_map;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-picture-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPictureChooser, pictures);
  gtk_widget_class_bind_template_child (widget_class, CsPictureChooser, empty);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, file_cb);
}

static void
cs_picture_chooser_init (CsPictureChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_picture_chooser_set_studio (CsPictureChooser *self, CsStudio *studio)
{
  g_set_object (&self->studio, studio);
}
