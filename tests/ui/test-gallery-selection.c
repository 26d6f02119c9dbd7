/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing creations, by every key and hand, and what is done with many at once. */
#include "config.h"

#include "ui-gallery.h"
#include "ui-keys.h"

#include "ui/gallery/cs-creation-content.h"
#include "ui/gallery/cs-selection.h"

#include <glib/gstdio.h>

/* A gallery, and what is waited for. */
typedef struct
{
  UiGallery *gallery;
  const char *wanted;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->gallery = ui_gallery_open (30, 30);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  ui_gallery_close (self->gallery);
}

static guint
count (Fixture *self)
{
  return cs_selection_get_n_selected (CS_SELECTION (self->gallery->list));
}

static gboolean
is_selecting (Fixture *self)
{
  return cs_selection_is_selecting (CS_SELECTION (self->gallery->list));
}

static gboolean
has_words_cb (gpointer user_data)
{
  Fixture *self = user_data;
  g_autofree char *words = NULL;

  g_object_get (ui_gallery_get (self->gallery, "bar"), "sum-words", &words, NULL);
  return g_str_has_prefix (words, self->wanted);
}

static void
wait_words (Fixture *self, const char *words)
{
  self->wanted = words;
  ui_wait (has_words_cb, self);
}

static void
test_keys (Fixture *self, gconstpointer data)
{
  ui_gallery_focus (self->gallery, 0);
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_x, 0));
  g_assert_true (is_selecting (self));
  g_assert_cmpuint (count (self), ==, 0);
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_space, 0));
  g_assert_cmpuint (count (self), ==, 1);
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_Right, GDK_SHIFT_MASK));
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_Right, GDK_SHIFT_MASK));
  g_assert_cmpuint (count (self), ==, 3);
  wait_words (self, "2 videos, 1 image");
  /* An arrow alone goes on, and what is chosen stays. */
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_Right, 0));
  g_assert_cmpuint (count (self), ==, 3);
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_a, GDK_CONTROL_MASK));
  g_assert_cmpuint (count (self), ==, 30);
  wait_words (self, "15 videos, 10 images, 5 presentations");
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_Escape, 0));
  g_assert_cmpuint (count (self), ==, 0);
  g_assert_false (is_selecting (self));
}

/* Ctrl+click adds one, a click while choosing too, a long press begins. */
static void
test_hands (Fixture *self, gconstpointer data)
{
  GtkWidget *grid = ui_gallery_get (self->gallery, "grid");
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (self->gallery->view);
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (ui_gallery_get_tile (self->gallery, 2)), self->gallery->view, &place));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_LONG_PRESS (controller))
        g_signal_emit_by_name (controller, "pressed", place.origin.x + 20.0, place.origin.y + 20.0);
    }
  g_assert_true (is_selecting (self));
  g_assert_true (gtk_selection_model_is_selected (self->gallery->list, 2));
  g_assert_true (gtk_widget_has_css_class (self->gallery->view, "selecting"));
  g_assert_true (gtk_widget_activate_action (grid, "gallery.leave", NULL));
  g_assert_false (gtk_widget_has_css_class (self->gallery->view, "selecting"));
}

/* What is chosen follows what it was chosen for, and goes with it. */
static void
test_follow (Fixture *self, gconstpointer data)
{
  g_autofree char *first = ui_gallery_dup_id (self->gallery, 0);
  g_autofree char *sql = g_strdup_printf ("UPDATE creations SET trashed_at = 1 WHERE id = '%s'", first);

  g_assert_true (gtk_selection_model_select_item (self->gallery->list, 0, FALSE));
  g_assert_true (gtk_selection_model_select_item (self->gallery->list, 4, FALSE));
  ui_library_change (self->gallery->ui, sql);
  ui_gallery_wait_count (self->gallery, 29);
  g_assert_cmpuint (count (self), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (self->gallery->list, 3));
  g_assert_true (is_selecting (self));
  /* Another list is another matter. */
  ui_gallery_search (self->gallery, "casbah");
  g_assert_false (is_selecting (self));
}

static gboolean
are_favourites_cb (gpointer user_data)
{
  Fixture *self = user_data;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (CsLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (self->gallery->list), i);
      CsCreation *creation = cs_library_item_get_creation (item);

      if (creation == NULL || cs_creation_get_facts (creation)->favourite != (self->wanted != NULL))
        return FALSE;
    }
  return TRUE;
}

/* One of three is a favourite: first all are, then none. */
static void
test_favourites (Fixture *self, gconstpointer data)
{
  gtk_selection_model_select_range (self->gallery->list, 0, 3, FALSE);
  wait_words (self, "2 videos, 1 image");
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.favourite", NULL));
  ui_wait (are_favourites_cb, self);
  wait_words (self, "2 videos, 1 image");
  self->wanted = NULL;
  /* What is chosen is added up anew first. */
  ui_settle (self->gallery->ui);
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.favourite", NULL));
  ui_wait (are_favourites_cb, self);
  g_assert_cmpuint (count (self), ==, 3);
}

/* For other programs */

static GPtrArray *
read_files (GdkContentProvider *content)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) uris = NULL;

  gdk_content_provider_write_mime_type_async (content, "text/uri-list", stream, 0, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  g_assert_true (gdk_content_provider_write_mime_type_finish (content, result, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  text = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  uris = g_uri_list_extract_uris (text);
  for (guint i = 0; uris[i] != NULL; i++)
    g_ptr_array_add (paths, g_filename_from_uri (uris[i], NULL, NULL));
  return paths;
}

/* One is a file and a picture; several are files. They are copies, and say what they are. */
static void
test_copy (Fixture *self, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (self->gallery->page);
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) two = NULL;
  GdkContentFormats *formats;
  CsProvenanceNote *note;

  ui_gallery_focus (self->gallery, 5);
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_c, GDK_CONTROL_MASK));
  g_assert_cmpstr (ui_find_asked (self->gallery->ui, "say:"), ==, "say: Copied");
  formats = gdk_clipboard_get_formats (clipboard);
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/uri-list"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/png"));
  one = read_files (gdk_clipboard_get_content (clipboard));
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_true (g_str_has_suffix (one->pdata[0], ".png"));
  note = cs_provenance_read (one->pdata[0], NULL);
  g_assert_nonnull (note);
  g_assert_cmpstr (note->source, ==, "digitalCreation");
  cs_provenance_note_free (note);

  gtk_selection_model_select_item (self->gallery->list, 1, FALSE);
  gtk_selection_model_select_item (self->gallery->list, 5, FALSE);
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.copy", NULL));
  g_assert_false (gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), "image/png"));
  two = read_files (gdk_clipboard_get_content (clipboard));
  g_assert_cmpuint (two->len, ==, 2);
  for (guint i = 0; i < two->len; i++)
    g_assert_true (g_file_test (two->pdata[i], G_FILE_TEST_IS_REGULAR));
  gdk_clipboard_set_content (clipboard, NULL); /* it holds the studio */
}

/* The menu of a tile: of the one that it was asked for. */
static void
test_menu (Fixture *self, gconstpointer data)
{
  g_autofree char *id = ui_gallery_dup_id (self->gallery, 3);
  g_autofree char *told = g_strdup_printf ("say: 1 creation moved to the trash | Undo");
  GtkWidget *menu;

  ui_gallery_focus (self->gallery, 3);
  g_assert_true (ui_gallery_press (self->gallery, GDK_KEY_F10, GDK_SHIFT_MASK));
  menu = ui_find (ui_gallery_get (self->gallery, "grid"), GTK_TYPE_POPOVER_MENU, NULL);
  g_assert_true (gtk_widget_get_mapped (menu));
  ui_settle (self->gallery->ui);
  ui_shoot (self->gallery->ui, "gallery-menu");
  gtk_popover_popdown (GTK_POPOVER (menu));
  g_assert_true (gtk_widget_activate_action (self->gallery->page, "gallery.trash", NULL));
  ui_gallery_wait_count (self->gallery, 29);
  ui_wait_asked (self->gallery->ui, told);
  for (guint i = 0; i < 29; i++)
    {
      g_autofree char *other = ui_gallery_dup_id (self->gallery, i);

      g_assert_cmpstr (other, !=, id);
    }
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/gallery-selection/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("keys", test_keys);
  ADD ("hands", test_hands);
  ADD ("follow", test_follow);
  ADD ("favourites", test_favourites);
  ADD ("copy", test_copy);
  ADD ("menu", test_menu);
#undef ADD

  return g_test_run ();
}
