/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trash: into it, out of it, and for good; and collections. */
#include "config.h"

#include "ui-gallery.h"
#include "ui-keys.h"

#include "ui/gallery/cs-collection-popover.h"
#include "ui/gallery/cs-selection.h"
#include "ui/widgets/cs-rename-popover.h"

/* A gallery, and what is waited for. */
typedef struct
{
  UiGallery *gallery;
  const char *name; /* (nullable) of a collection */
  GtkWidget *chip;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->gallery = ui_gallery_open (12, 12);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  ui_gallery_close (self->gallery);
}

static void
forget_asked (Fixture *self)
{
  g_ptr_array_set_size (self->gallery->ui->asked, 0);
}

static char *
dup_file (Fixture *self, guint position)
{
  CsCreation *creation = cs_creation_tile_get_creation (ui_gallery_get_tile (self->gallery, position));

  return cs_library_dup_file_path (ui_get_library (self->gallery->ui), creation);
}

static void
test_undo (Fixture *self, gconstpointer data)
{
  g_autofree char *id = ui_gallery_dup_id (self->gallery, 1);
  g_autofree char *back = NULL;

  ui_gallery_focus (self->gallery, 1);
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_Delete, 0));
  ui_gallery_wait_count (self->gallery, 11);
  ui_wait_asked (self->gallery->ui, "say: 1 creation moved to the trash | Undo");
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_z, GDK_CONTROL_MASK));
  ui_gallery_wait_count (self->gallery, 12);
  back = ui_gallery_dup_id (self->gallery, 1);
  g_assert_cmpstr (back, ==, id);
  /* Once only. */
  g_assert_false (ui_gallery_press (self->gallery, GDK_KEY_z, GDK_CONTROL_MASK));
  /* Many at once. */
  gtk_selection_model_select_all (self->gallery->list);
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.trash", NULL));
  ui_gallery_wait_count (self->gallery, 0);
  g_assert_cmpstr (ui_gallery_get_state (self->gallery), ==, "empty");
  ui_wait_asked (self->gallery->ui, "say: 12 creations moved to the trash | Undo");
}

static void
open_trash (Fixture *self, guint n)
{
  gtk_selection_model_select_range (self->gallery->list, 0, n, FALSE);
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.trash", NULL));
  ui_gallery_wait_count (self->gallery, 12 - n);
  ui_gallery_filter (self->gallery, "filter.trashed", NULL);
  ui_gallery_wait_count (self->gallery, n);
}

static void
test_restore (Fixture *self, gconstpointer data)
{
  open_trash (self, 3);
  ui_check_names (self->gallery->page);
  ui_shoot (self->gallery->ui, "gallery-trash");
  gtk_selection_model_select_range (self->gallery->list, 0, 2, FALSE);
  ui_settle (self->gallery->ui);
  ui_shoot (self->gallery->ui, "gallery-trash-selection");
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.restore", NULL));
  ui_gallery_wait_count (self->gallery, 1);
  ui_wait_asked (self->gallery->ui, "say: 2 creations restored");
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_Escape, 0));
  ui_gallery_wait_count (self->gallery, 11);
}

static void
answer (const char *response)
{
  GtkWindow *dialog = ui_find_dialog ();

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
}

/* Asked first; then row and file are gone, and the others are there. */
static void
test_delete (Fixture *self, gconstpointer data)
{
  g_autofree char *file = dup_file (self, 0);
  g_autofree char *other = dup_file (self, 1);

  open_trash (self, 2);
  ui_gallery_focus (self->gallery, 0);
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_Delete, 0));
  answer ("cancel");
  ui_settle (self->gallery->ui);
  g_assert_cmpuint (ui_gallery_count (self->gallery), ==, 2);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  ui_gallery_focus (self->gallery, 0);
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_Delete, 0));
  answer ("delete");
  ui_gallery_wait_count (self->gallery, 1);
  ui_wait_asked (self->gallery->ui, "say: 1 creation deleted");
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  g_autofree char *file = dup_file (self, 0);

  open_trash (self, 2);
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.empty-trash", NULL));
  answer ("delete");
  ui_gallery_wait_count (self->gallery, 0);
  g_assert_cmpstr (ui_gallery_get_state (self->gallery), ==, "no-trash");
  ui_wait_asked (self->gallery->ui, "say: 2 creations deleted");
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  ui_click (ui_find (self->gallery->page, GTK_TYPE_BUTTON, "_Back"));
  ui_gallery_wait_count (self->gallery, 10);
}

/* Collections */

static gboolean
has_chip_cb (gpointer user_data)
{
  Fixture *self = user_data;

  if (self->name == NULL)
    return !gtk_widget_get_visible (self->chip);
  return gtk_widget_get_visible (self->chip)
         && g_strcmp0 (gtk_menu_button_get_label (GTK_MENU_BUTTON (self->chip)), self->name) == 0;
}

/* What the chip says; NULL: there is none. */
static void
wait_chip (Fixture *self, const char *name)
{
  self->chip = ui_gallery_get (self->gallery, "collection_chip");
  self->name = name;
  ui_wait (has_chip_cb, self);
}

static void
test_collections (Fixture *self, gconstpointer data)
{
  GtkWidget *popover = ui_gallery_get (self->gallery, "collections");
  g_autofree char *id = NULL;

  g_assert_true (CS_IS_COLLECTION_POPOVER (popover));
  wait_chip (self, NULL);
  gtk_selection_model_select_range (self->gallery->list, 0, 3, FALSE);
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.collect", NULL));
  while (!gtk_widget_get_mapped (popover))
    ui_settle (self->gallery->ui);
  gtk_editable_set_text (GTK_EDITABLE (ui_find (popover, GTK_TYPE_ENTRY, NULL)), "  Summer ");
  ui_settle (self->gallery->ui);
  ui_shoot (self->gallery->ui, "gallery-collect");
  ui_click (ui_find (popover, GTK_TYPE_BUTTON, "button"));
  ui_wait_asked (self->gallery->ui, "say: Added to “Summer”");
  wait_chip (self, "Any collection");
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.leave", NULL));
  id = g_strdup ("1");
  ui_gallery_filter (self->gallery, "filter.collection", id);
  ui_gallery_wait_count (self->gallery, 3);
  wait_chip (self, "Summer");
  /* Another name */
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.rename-collection", NULL));
  g_signal_emit_by_name (ui_find (self->gallery->page, CS_TYPE_RENAME_POPOVER, NULL), "renamed", "Winter");
  wait_chip (self, "Winter");
  /* One comes out, and stays in the gallery. */
  gtk_popover_popdown (GTK_POPOVER (ui_find (self->gallery->page, CS_TYPE_RENAME_POPOVER, NULL)));
  gtk_selection_model_select_item (self->gallery->list, 0, FALSE);
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.uncollect", NULL));
  ui_gallery_wait_count (self->gallery, 2);
  forget_asked (self);
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.delete-collection", NULL));
  wait_chip (self, NULL);
  ui_gallery_wait_count (self->gallery, 12);
  ui_wait_asked (self->gallery->ui, "say: The collection is gone. Its creations are still in the gallery.");
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/gallery-trash/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("undo", test_undo);
  ADD ("restore", test_restore);
  ADD ("delete", test_delete);
  ADD ("empty", test_empty);
  ADD ("collections", test_collections);
#undef ADD

  return g_test_run ();
}
