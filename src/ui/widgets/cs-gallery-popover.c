/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of the gallery to choose from. They are read from the library whenever this is opened. Main thread. */
#include "config.h"
#include "ui/widgets/cs-gallery-popover.h"

#include "ui/widgets/cs-creation-words.h"
#include "ui/widgets/cs-thumbnail.h"

#define MAX_PICTURES 12
#define WIDTH 96
#define HEIGHT 60

struct _CsGalleryPopover
{
  GtkPopover parent_instance;

  /* Template widgets */
  GtkFlowBox *pictures;
  GtkLabel *empty;

  /* Owned */
  CsStudio *studio;          /* (nullable) */
  GCancellable *cancellable; /* (nullable) of the newest look */
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (CsGalleryPopover, cs_gallery_popover, GTK_TYPE_POPOVER)

static CsLibrary *
get_library (CsGalleryPopover *self)
{
  return cs_engine_get_library (cs_studio_get_engine (self->studio));
}

static void
activated_cb (CsGalleryPopover *self, GtkFlowBoxChild *child)
{
  g_autofree char *path = cs_library_dup_file_path (get_library (self), g_object_get_data (G_OBJECT (child), "creation"));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, chosen_signal, 0, path);
}

static void
add_picture (CsGalleryPopover *self, CsCreation *creation)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  CsPaths *paths = cs_engine_get_paths (cs_studio_get_engine (self->studio));
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *picture = cs_thumbnail_new ();
  g_autofree char *words = cs_creation_make_description (facts);
  g_autofree char *path = NULL;

  if (facts->thumbnail != NULL)
    path = g_build_filename (cs_paths_get_thumbnails (paths), facts->thumbnail, NULL);
  cs_thumbnail_set_path (CS_THUMBNAIL (picture), path);
  gtk_widget_set_size_request (picture, WIDTH, HEIGHT);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), picture);
  gtk_widget_set_tooltip_text (child, facts->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (child), "creation", g_object_ref (creation), g_object_unref);
  gtk_flow_box_append (self->pictures, child);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsGalleryPopover) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLibraryPage) page = cs_library_list_finish (CS_LIBRARY (source), result, &error);
  GtkFlowBoxChild *child;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->studio == NULL)
    return;
  while ((child = gtk_flow_box_get_child_at_index (self->pictures, 0)) != NULL)
    gtk_flow_box_remove (self->pictures, GTK_WIDGET (child));
  for (guint i = 0; page != NULL && i < page->creations->len; i++)
    add_picture (self, page->creations->pdata[i]);
  gtk_label_set_text (self->empty, error != NULL ? error->message : _ ("There are no pictures in the gallery yet."));
  gtk_widget_set_visible (GTK_WIDGET (self->empty), page == NULL || page->creations->len == 0);
  child = gtk_flow_box_get_child_at_index (self->pictures, 0);
  if (child != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (child));
}

static void
cs_gallery_popover_map (GtkWidget *widget)
{
  CsGalleryPopover *self = CS_GALLERY_POPOVER (widget);
  CsLibraryQuery query = { .has_kind = TRUE, .kind = CS_KIND_IMAGE, .limit = MAX_PICTURES };

  GTK_WIDGET_CLASS (cs_gallery_popover_parent_class)->map (widget);
  if (self->studio == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cs_library_list_async (get_library (self), &query, self->cancellable, list_cb, g_object_ref (self));
}

static void
cs_gallery_popover_dispose (GObject *object)
{
  CsGalleryPopover *self = CS_GALLERY_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_gallery_popover_parent_class)->dispose (object);
}

static void
cs_gallery_popover_class_init (CsGalleryPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_gallery_popover_dispose;
  widget_class->map = cs_gallery_popover_map;
  chosen_signal
      = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-gallery-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CsGalleryPopover, pictures);
  gtk_widget_class_bind_template_child (widget_class, CsGalleryPopover, empty);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
cs_gallery_popover_init (CsGalleryPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_gallery_popover_set_studio (CsGalleryPopover *self, CsStudio *studio)
{
  g_set_object (&self->studio, studio);
}
