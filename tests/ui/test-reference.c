/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture to begin from: whatever is dropped, pasted or chosen is taken, or a sentence beside it says why not. */
#include "config.h"

#include "composer-page.h"
#include "ui-library.h"

#include "ui/composer/cs-note-row.h"
#include "ui/composer/cs-reference-row.h"
#include "ui/stage/cs-stage.h"
#include "ui/widgets/cs-gallery-popover.h"
#include "ui/widgets/cs-thumbnail.h"

#include <string.h>

#define WIDTH 1180
#define HEIGHT 734

/* A page with a folder of files. */
typedef struct
{
  UiFixture *fixture;
  CsCreatePage *page;
  CsReferenceRow *row;
  CsNoteRow *note;
} Scene;

static Scene *
scene_open (void)
{
  Scene *self = g_new0 (Scene, 1);

  self->fixture = ui_open ();
  self->page = page_show (self->fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  self->row = CS_REFERENCE_ROW (page_find (self->page, CS_TYPE_REFERENCE_ROW, "reference"));
  self->note = CS_NOTE_ROW (page_find (self->page, CS_TYPE_NOTE_ROW, "reference_note"));
  return self;
}

static void
scene_close (Scene *self)
{
  ui_close (self->fixture);
  g_free (self);
}

static char *
write_file (Scene *self, const char *name, gconstpointer data, gsize length)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (self->fixture->home->path, name, NULL);

  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
  return path;
}

static GdkTexture *
make_texture (int width, int height)
{
  gsize stride = (gsize) width * 4;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (stride * (gsize) height), stride * (gsize) height);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, stride);
}

static char *
write_png (Scene *self, const char *name)
{
  g_autoptr (GdkTexture) texture = make_texture (96, 64);
  g_autoptr (GBytes) bytes = gdk_texture_save_to_png_bytes (texture);
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  return write_file (self, name, data, length);
}

/* A head that promises 200 million pixels. */
static char *
write_huge (Scene *self)
{
  static const guint8 head[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0x4e, 0x20,
                                 0, 0, 0x27, 0x10, 8, 6, 0, 0, 0, 0xee, 0x1a, 0x3b, 0x5b, 0, 0, 0, 0, 'I', 'D', 'A', 'T' };

  return write_file (self, "huge.png", head, sizeof head);
}

/* Drops @paths on @widget, as another program's files. */
static void
drop (GtkWidget *widget, const char *const *paths)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  g_auto (GValue) value = G_VALUE_INIT;
  GSList *files = NULL;
  gboolean is_taken = FALSE;

  for (guint i = 0; paths[i] != NULL; i++)
    files = g_slist_append (files, g_file_new_for_path (paths[i]));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, files);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 5.0, 5.0, &is_taken);
    }
  g_assert_true (is_taken);
}

static void
drop_one (Scene *self, const char *path)
{
  const char *const paths[] = { path, NULL };

  drop (GTK_WIDGET (self->row), paths);
}

static gboolean
has_path_cb (gpointer user_data)
{
  const gpointer *wanted = user_data;

  return g_strcmp0 (cs_reference_row_get_path (wanted[0]), wanted[1]) == 0;
}

static void
wait_path (Scene *self, const char *path)
{
  gconstpointer wanted[] = { self->row, path };

  ui_wait (has_path_cb, wanted);
}

static gboolean
has_note_cb (gpointer user_data)
{
  const gpointer *wanted = user_data;

  return strstr (cs_note_row_get_words (wanted[0]), wanted[1]) != NULL;
}

static void
wait_note (Scene *self, const char *words)
{
  gconstpointer wanted[] = { self->note, words };

  g_test_message ("Waiting for “%s”", words);
  ui_wait (has_note_cb, wanted);
}

static gboolean
is_loaded_cb (gpointer picture)
{
  return cs_thumbnail_is_loaded (picture);
}

static void
test_drop (void)
{
  Scene *scene = scene_open ();
  g_autofree char *first = write_png (scene, "first.png");
  g_autofree char *second = write_png (scene, "second.png");
  const char *const paths[] = { second, NULL };
  g_autoptr (CsBrief) brief = NULL;

  drop_one (scene, first);
  wait_path (scene, first);
  ui_wait (is_loaded_cb, page_find (scene->page, CS_TYPE_THUMBNAIL, "picture"));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (scene->row)), ==, "first.png");
  ui_shoot (scene->fixture, "composer-reference");
  drop (page_find (scene->page, CS_TYPE_STAGE, NULL), paths); /* on the stage: the same */
  wait_path (scene, second);
  brief = cs_composer_dup_brief (page_composer (scene->page));
  g_assert_cmpstr (brief->image, ==, second);
  ui_click (page_find (scene->page, GTK_TYPE_BUTTON, "clear_button"));
  wait_path (scene, NULL);
  scene_close (scene);
}

/* What is no picture is said to be none, and what was chosen before stays. */
static void
test_bad_files (void)
{
  Scene *scene = scene_open ();
  g_autofree char *good = write_png (scene, "good.png");
  g_autofree char *text = write_file (scene, "letter.png", "Dear reader", 11);
  g_autofree char *huge = write_huge (scene);
  g_autofree char *missing = g_build_filename (scene->fixture->home->path, "missing.png", NULL);
  const char *const several[] = { good, text, NULL };

  drop_one (scene, good);
  wait_path (scene, good);
  drop_one (scene, scene->fixture->home->path);
  wait_note (scene, "This is a folder. Choose one picture in it.");
  ui_shoot (scene->fixture, "composer-folder");
  drop_one (scene, text);
  wait_note (scene, "“letter.png” is damaged, or is no picture");
  drop_one (scene, huge);
  wait_note (scene, "“huge.png” has too many pixels");
  drop_one (scene, missing);
  wait_note (scene, "missing.png");
  drop (GTK_WIDGET (scene->row), several);
  wait_note (scene, "One picture is enough to begin from.");
  g_assert_cmpstr (cs_reference_row_get_path (scene->row), ==, good);
  drop_one (scene, good);
  wait_path (scene, good);
  scene_close (scene);
}

/* Ctrl+V in the prompt: a picture, and a file. */
static void
test_paste (void)
{
  Scene *scene = scene_open ();
  GtkWidget *view = page_find (scene->page, GTK_TYPE_TEXT_VIEW, "view");
  GdkClipboard *clipboard = gtk_widget_get_clipboard (view);
  g_autofree char *path = write_png (scene, "pasted.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GdkTexture) texture = make_texture (32, 32);
  g_autofree char *folder = g_build_filename (cs_paths_get_state (cs_engine_get_paths (scene->fixture->engine)), "images", NULL);
  GSList *files = g_slist_prepend (NULL, file);

  gdk_clipboard_set (clipboard, GDK_TYPE_FILE_LIST, files);
  g_signal_emit_by_name (view, "paste-clipboard");
  wait_path (scene, path);
  g_slist_free (files);
  cs_reference_row_set_path (scene->row, NULL);
  gdk_clipboard_set_texture (clipboard, texture);
  g_signal_emit_by_name (view, "paste-clipboard");
  ui_wait (is_loaded_cb, page_find (scene->page, CS_TYPE_THUMBNAIL, "picture"));
  g_assert_true (g_str_has_prefix (cs_reference_row_get_path (scene->row), folder));
  g_assert_cmpint (gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view))), ==, 0);
  scene_close (scene);
}

static gboolean
has_pictures_cb (gpointer pictures)
{
  return gtk_flow_box_get_child_at_index (pictures, 0) != NULL;
}

static void
test_gallery (void)
{
  Scene *scene = g_new0 (Scene, 1);
  GtkFlowBox *pictures;
  GtkWidget *button;

  scene->fixture = ui_open ();
  ui_library_fill (scene->fixture, 6, 6);
  scene->page = page_show (scene->fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  scene->row = CS_REFERENCE_ROW (page_find (scene->page, CS_TYPE_REFERENCE_ROW, "reference"));
  button = page_find (scene->page, GTK_TYPE_MENU_BUTTON, "gallery_button");
  pictures = GTK_FLOW_BOX (page_find (scene->page, GTK_TYPE_FLOW_BOX, "pictures"));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  ui_wait (has_pictures_cb, pictures);
  ui_check_names (button);
  g_signal_emit_by_name (pictures, "child-activated", gtk_flow_box_get_child_at_index (pictures, 0));
  ui_wait (is_loaded_cb, page_find (scene->page, CS_TYPE_THUMBNAIL, "picture"));
  g_assert_nonnull (cs_reference_row_get_path (scene->row));
  scene_close (scene);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/reference/drop", test_drop);
  g_test_add_func ("/reference/bad-files", test_bad_files);
  g_test_add_func ("/reference/paste", test_paste);
  g_test_add_func ("/reference/gallery", test_gallery);
  return g_test_run ();
}
