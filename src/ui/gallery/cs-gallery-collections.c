/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collections in the gallery: what goes into one, what comes out, and the one that is looked at. Main thread. */
#include "config.h"
#include "ui/gallery/cs-gallery-page-private.h"

#include "ui/widgets/cs-say.h"

static gint64
get_collection (CsGalleryPage *self)
{
  CsLibraryQuery query;

  cs_filter_get_query (self->filter, &query);
  return query.collection;
}

static void
renamed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsGalleryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCollection) collection = cs_library_rename_collection_finish (CS_LIBRARY (source), result, &error);

  if (collection == NULL)
    cs_say (GTK_WIDGET (self), error->message);
}

static void
rename_cb (CsGalleryPage *self, const char *name)
{
  cs_library_rename_collection_async (_cs_gallery_page_get_library (self), get_collection (self), name, NULL, renamed_cb, g_object_ref (self));
}

static void
rename_collection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);
  g_autofree char *old = cs_filter_bar_dup_collection_name (self->filters);

  if (old != NULL)
    cs_rename_popover_ask (self->rename, old);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsGalleryPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (cs_library_delete_collection_finish (CS_LIBRARY (source), result, &error))
    cs_say (GTK_WIDGET (self), _ ("The collection is gone. Its creations are still in the gallery."));
  else
    cs_say (GTK_WIDGET (self), error->message);
}

static void
delete_collection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);

  cs_library_delete_collection_async (_cs_gallery_page_get_library (self), get_collection (self), NULL, deleted_cb, g_object_ref (self));
}

static void
uncollected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsGalleryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCollection) collection = cs_library_collect_finish (CS_LIBRARY (source), result, &error);

  if (collection == NULL)
    cs_say (GTK_WIDGET (self), error->message);
}

static void
uncollect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);
  g_auto (GStrv) ids = _cs_gallery_page_dup_ids (self, name);

  if (ids == NULL)
    return;
  cs_library_collect_async (_cs_gallery_page_get_library (self), get_collection (self), (const char *const *) ids, FALSE, NULL, uncollected_cb,
                            g_object_ref (self));
  cs_selection_set_selecting (self->selection, FALSE);
}

/* While one chooses, the bar below has the same; this is for the menu of a tile. */
static void
collect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);
  g_auto (GStrv) ids = _cs_gallery_page_dup_ids (self, name);

  if (ids == NULL)
    return;
  cs_collection_popover_set_creations (self->collections, self->studio, (const char *const *) ids);
  gtk_popover_popup (GTK_POPOVER (self->collections));
}

void
_cs_gallery_page_install_collections (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "gallery.rename-collection", NULL, rename_collection_action);
  gtk_widget_class_install_action (widget_class, "gallery.delete-collection", NULL, delete_collection_action);
  gtk_widget_class_install_action (widget_class, "gallery.collect", NULL, collect_action);
  gtk_widget_class_install_action (widget_class, "gallery.uncollect", NULL, uncollect_action);
  gtk_widget_class_bind_template_callback (widget_class, rename_cb);
}

/* @has_targets: there is something that could go into a collection, or come out. */
void
_cs_gallery_page_update_collections (CsGalleryPage *self, gboolean has_targets)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_collection = self->studio != NULL && get_collection (self) != 0;

  gtk_widget_action_set_enabled (widget, "gallery.rename-collection", has_collection);
  gtk_widget_action_set_enabled (widget, "gallery.delete-collection", has_collection);
  gtk_widget_action_set_enabled (widget, "gallery.collect", has_targets);
  gtk_widget_action_set_enabled (widget, "gallery.uncollect", has_targets && has_collection);
}
