/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be done in the gallery: with all that is chosen, or else with the creation that has the focus; what is possible when
 * is in one function. Main thread.
 */
#include "config.h"
#include "ui/gallery/cs-gallery-page-private.h"

#include "ui/gallery/cs-creation-content.h"
#include "ui/gallery/cs-open-with.h"
#include "ui/gallery/cs-saver.h"
#include "ui/gallery/cs-trash.h"
#include "ui/widgets/cs-say.h"

CsLibrary *
_cs_gallery_page_get_library (CsGalleryPage *self)
{
  return cs_engine_get_library (cs_studio_get_engine (self->studio));
}

/* Whom it concerns */

/* Returns: (transfer full) (nullable): ids; NULL when there are none, or when @action has to wait until they are known. */
GStrv
_cs_gallery_page_dup_ids (CsGalleryPage *self, const char *action)
{
  const CsLibrarySum *sum = cs_selection_bar_get_sum (self->bar);
  CsCreation *focused = cs_creation_grid_get_focused (self->grid);
  const char *ids[] = { focused != NULL ? cs_creation_get_id (focused) : NULL, NULL };

  if (cs_selection_get_n_selected (self->selection) == 0)
    return focused != NULL && !cs_selection_is_selecting (self->selection) ? g_strdupv ((char **) ids) : NULL;
  if (sum != NULL)
    return g_strdupv (sum->ids);
  g_free (self->waiting);
  self->waiting = g_strdup (action);
  return NULL;
}

static void
leave_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cs_selection_set_selecting (CS_GALLERY_PAGE (widget)->selection, FALSE);
}

/* Escape: out of choosing, then out of the trash, then to everything. */
static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);

  if (self->selection != NULL && cs_selection_is_selecting (self->selection))
    cs_selection_set_selecting (self->selection, FALSE);
  else if (cs_filter_is_trashed (self->filter))
    g_object_set (self->filter, "trashed", FALSE, NULL);
  else
    cs_filter_clear (self->filter);
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cs_filter_clear (CS_GALLERY_PAGE (widget)->filter);
}

/* Favourites: all of them, unless all of them are. */

static void
favourite_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsGalleryPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!cs_library_favourite_all_finish (CS_LIBRARY (source), result, &error))
    cs_say (GTK_WIDGET (self), error->message);
  else if (cs_selection_get_n_selected (self->selection) > 0)
    g_object_notify (G_OBJECT (self->selection), "n-selected");
}

static gboolean
are_favourites (CsGalleryPage *self)
{
  const CsLibrarySum *sum = cs_selection_bar_get_sum (self->bar);
  CsCreation *focused = cs_creation_grid_get_focused (self->grid);

  if (cs_selection_get_n_selected (self->selection) > 0)
    return sum != NULL && sum->n_favourites == g_strv_length (sum->ids);
  return focused != NULL && cs_creation_get_facts (focused)->favourite;
}

static void
favourite_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);
  g_auto (GStrv) ids = _cs_gallery_page_dup_ids (self, name);

  if (ids != NULL)
    cs_library_favourite_all_async (_cs_gallery_page_get_library (self), (const char *const *) ids, !are_favourites (self), NULL, favourite_cb,
                                    g_object_ref (self));
}

/* The trash */

static void
trash_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);
  g_auto (GStrv) ids = _cs_gallery_page_dup_ids (self, name);

  if (ids == NULL)
    return;
  cs_trash_creations (widget, self->studio, (const char *const *) ids);
  g_strfreev (self->undo);
  self->undo = g_steal_pointer (&ids);
  cs_selection_set_selecting (self->selection, FALSE);
  _cs_gallery_page_update_actions (self);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);

  if (self->undo == NULL)
    return;
  cs_restore_creations (widget, self->studio, (const char *const *) self->undo);
  g_clear_pointer (&self->undo, g_strfreev);
  _cs_gallery_page_update_actions (self);
}

static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);
  g_auto (GStrv) ids = _cs_gallery_page_dup_ids (self, name);

  if (ids == NULL)
    return;
  cs_restore_creations (widget, self->studio, (const char *const *) ids);
  cs_selection_set_selecting (self->selection, FALSE);
}

static void
empty_trash_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);

  cs_empty_trash (widget, self->studio, g_list_model_get_n_items (G_LIST_MODEL (self->model)));
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);
  g_auto (GStrv) ids = cs_filter_is_trashed (self->filter) ? _cs_gallery_page_dup_ids (self, name) : NULL;

  if (ids == NULL)
    return;
  cs_delete_creations (widget, self->studio, (const char *const *) ids);
  cs_selection_set_selecting (self->selection, FALSE);
}

/* Out of the library */

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);
  CsCreation *focused = cs_creation_grid_get_focused (self->grid);

  if (focused != NULL)
    g_signal_emit_by_name (self, "open-creation", focused, self->model);
}

static void
open_with_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);
  CsCreation *focused = cs_creation_grid_get_focused (self->grid);

  if (focused != NULL)
    cs_open_with (widget, self->studio, focused);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);
  CsCreation *focused = cs_creation_grid_get_focused (self->grid);
  g_autoptr (GArray) rows = cs_selection_dup_rows (self->selection);
  g_autoptr (GdkContentProvider) content = NULL;

  if (rows->len > 0)
    content = cs_creation_content_new_for_rows (self->studio, rows);
  else if (focused != NULL)
    content = cs_creation_content_new (self->studio, focused);
  if (content != NULL && gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content))
    cs_say (widget, _ ("Copied"));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsGalleryPage *self = CS_GALLERY_PAGE (widget);
  g_auto (GStrv) ids = _cs_gallery_page_dup_ids (self, name);

  if (ids != NULL)
    cs_save_creations (widget, self->studio, (const char *const *) ids);
}

void
_cs_gallery_page_install_actions (GtkWidgetClass *widget_class)
{
  static const struct { const char *name; GtkWidgetActionActivateFunc func; } actions[] = {
    { "gallery.leave", leave_action },           { "gallery.back", back_action },       { "gallery.clear", clear_action },
    { "gallery.favourite", favourite_action },   { "gallery.trash", trash_action },     { "gallery.undo", undo_action },
    { "gallery.restore", restore_action },       { "gallery.delete", delete_action },   { "gallery.empty-trash", empty_trash_action },
    { "gallery.open", open_action },             { "gallery.open-with", open_with_action },
    { "gallery.copy", copy_action },             { "gallery.save", save_action },
  };

  gtk_widget_class_install_property_action (widget_class, "gallery.select", "selecting");
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "gallery.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "gallery.undo", NULL);
}

/* While one chooses, what is done is done with what is chosen; in the trash one only takes things out of it. */
void
_cs_gallery_page_update_actions (CsGalleryPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_open = self->studio != NULL;
  gboolean is_trashed = cs_filter_is_trashed (self->filter);
  gboolean is_selecting = is_open && cs_selection_is_selecting (self->selection);
  gboolean has_targets = is_open && (!is_selecting || cs_selection_get_n_selected (self->selection) > 0);
  gboolean is_filled = is_open && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;

  gtk_widget_action_set_enabled (widget, "gallery.select", is_filled);
  gtk_widget_action_set_enabled (widget, "gallery.leave", is_selecting);
  gtk_widget_action_set_enabled (widget, "gallery.back", is_selecting || is_trashed || !cs_filter_is_clear (self->filter));
  gtk_widget_action_set_enabled (widget, "gallery.favourite", has_targets && !is_trashed);
  gtk_widget_action_set_enabled (widget, "gallery.trash", has_targets && !is_trashed);
  gtk_widget_action_set_enabled (widget, "gallery.restore", has_targets && is_trashed);
  gtk_widget_action_set_enabled (widget, "gallery.delete", has_targets && is_trashed);
  gtk_widget_action_set_enabled (widget, "gallery.open", is_filled && !is_selecting);
  gtk_widget_action_set_enabled (widget, "gallery.open-with", is_filled && !is_selecting && !is_trashed);
  gtk_widget_action_set_enabled (widget, "gallery.empty-trash", is_filled && is_trashed);
  gtk_widget_action_set_enabled (widget, "gallery.undo", self->undo != NULL);
  gtk_widget_action_set_enabled (widget, "gallery.copy", has_targets && !is_trashed);
  gtk_widget_action_set_enabled (widget, "gallery.save", has_targets && !is_trashed);
  _cs_gallery_page_update_collections (self, has_targets && !is_trashed);
}
