/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files behind the gallery: gone, moved, back again, without end; and films that play under the pointer. */
#include "config.h"

#include "cs-test-film.h"
#include "ui-gallery.h"

#include "ui/gallery/cs-film-preview.h"
#include "ui/widgets/cs-picture-cache.h"

#include <glib/gstdio.h>

/* What is waited for. */
typedef struct
{
  UiGallery *gallery;
  guint position;
  gboolean missing;
} Missing;

static gboolean
is_missing_cb (gpointer user_data)
{
  Missing *wanted = user_data;
  GtkWidget *tile = GTK_WIDGET (ui_gallery_get_tile (wanted->gallery, wanted->position));
  GtkWidget *sign = ui_find (tile, GTK_TYPE_BOX, "tile-missing");

  return sign != NULL && gtk_widget_get_mapped (sign) == wanted->missing;
}

static char *
dup_file (UiGallery *gallery, guint position)
{
  CsCreation *creation = cs_creation_tile_get_creation (ui_gallery_get_tile (gallery, position));

  return cs_library_dup_file_path (ui_get_library (gallery->ui), creation);
}

/* Another program takes a file away, and puts it back. */
static void
test_missing (void)
{
  UiGallery *gallery = ui_gallery_open (12, 12);
  g_autofree char *path = dup_file (gallery, 1);
  g_autofree char *elsewhere = g_build_filename (gallery->ui->home->path, "elsewhere.png", NULL);
  Missing wanted = { gallery, 1, TRUE };

  g_assert_cmpint (g_rename (path, elsewhere), ==, 0);
  ui_wait (is_missing_cb, &wanted);
  ui_settle (gallery->ui);
  ui_shoot (gallery->ui, "gallery-missing");
  wanted.position = 0;
  wanted.missing = FALSE;
  g_assert_true (is_missing_cb (&wanted));
  wanted.position = 1;
  g_assert_cmpint (g_rename (elsewhere, path), ==, 0);
  ui_wait (is_missing_cb, &wanted);
  ui_gallery_close (gallery);
}

static gboolean
are_all_missing_cb (gpointer user_data)
{
  Missing wanted = { user_data, 0, TRUE };

  for (; wanted.position < 12; wanted.position++)
    if (!is_missing_cb (&wanted))
      return FALSE;
  return TRUE;
}

/* The folder is not there, as when its disk is not: everything that is known is. */
static void
test_folder (void)
{
  UiGallery *gallery = ui_gallery_open (12, 0);
  const char *folder = cs_paths_get_creations (cs_engine_get_paths (gallery->ui->engine));
  g_autofree char *elsewhere = g_strconcat (folder, "-away", NULL);

  ui_gallery_get_tile (gallery, 11);
  g_assert_cmpint (g_rename (folder, elsewhere), ==, 0);
  cs_library_notify (ui_get_library (gallery->ui), NULL);
  ui_wait (are_all_missing_cb, gallery);
  g_assert_cmpuint (ui_gallery_count (gallery), ==, 12);
  ui_gallery_close (gallery);
}

/* A picture of 200 megapixels that is one in its head only: whoever believed it would need a gigabyte. */
static char *
write_huge (UiFixture *ui, const char *name)
{
  static const guint8 head[] = { 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0x4e, 0x20, 0, 0, 0x27, 0x10,
                                 8, 2, 0, 0, 0, 0x76, 0x46, 0xdf, 0xf5,
                                 0, 0, 0, 64, 'I', 'D', 'A', 'T', 0x78, 0x9c, 0, 0, 0, 0 };
  char *path = g_build_filename (ui->home->path, name, NULL);

  g_assert_true (g_file_set_contents (path, (const char *) head, sizeof head, NULL));
  return path;
}

static GError *
load (const char *path)
{
  CsPictureWish wish = { path, FALSE, 100, 100, FALSE };
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  cs_picture_cache_load_async (&wish, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  g_assert_null (cs_picture_cache_load_finish (result, &error));
  g_assert_nonnull (error);
  return error;
}

static void
test_pictures (void)
{
  UiFixture *ui = ui_open ();
  g_autofree char *text = g_build_filename (ui->home->path, "text.png", NULL);
  g_autofree char *nothing = g_build_filename (ui->home->path, "nothing.png", NULL);
  g_autofree char *huge = write_huge (ui, "huge.png");
  g_autoptr (GError) of_text = NULL;
  g_autoptr (GError) of_nothing = NULL;
  g_autoptr (GError) of_huge = NULL;
  g_autoptr (GError) of_folder = NULL;

  g_assert_true (g_file_set_contents (text, "No picture at all.", -1, NULL));
  g_assert_true (g_file_set_contents (nothing, "", 0, NULL));
  of_text = load (text);
  of_nothing = load (nothing);
  of_folder = load (ui->home->path);
  of_huge = load (huge);
  g_assert_false (g_error_matches (of_text, CS_ERROR, CS_ERROR_TOO_LARGE));
  g_assert_error (of_huge, CS_ERROR, CS_ERROR_TOO_LARGE);
  ui_close (ui);
}

/* Under the pointer */

static gboolean
is_playing_cb (gpointer user_data)
{
  GtkWidget *preview = ui_find (user_data, CS_TYPE_FILM_PREVIEW, NULL);

  return preview != NULL && cs_film_preview_get_number (CS_FILM_PREVIEW (preview)) > 1;
}

static void
make_film (UiGallery *gallery)
{
  const char *folder = cs_paths_get_creations (cs_engine_get_paths (gallery->ui->engine));

  g_free (cs_test_film_new (folder, "film.mp4", 48, FALSE));
  ui_library_change (gallery->ui, "UPDATE creations SET file = 'film.mp4', title = 'film' WHERE kind = 'video'");
}

static gboolean
is_film_cb (gpointer user_data)
{
  CsCreation *creation = cs_creation_tile_get_creation (ui_gallery_get_tile (user_data, 0));

  return g_str_equal (cs_creation_get_facts (creation)->title, "film");
}

static void
test_hover (void)
{
  UiGallery *gallery = ui_gallery_open (12, 0);
  GtkWidget *tile;

  make_film (gallery);
  ui_wait (is_film_cb, gallery);
  tile = GTK_WIDGET (ui_gallery_get_tile (gallery, 0));
  /* Who wants no animations gets none. */
  cs_creation_tile_set_playing (CS_CREATION_TILE (tile), TRUE);
  g_assert_cmpuint (cs_film_preview_get_number (CS_FILM_PREVIEW (ui_find (tile, CS_TYPE_FILM_PREVIEW, NULL))), ==, 0);
  cs_creation_tile_set_playing (CS_CREATION_TILE (tile), FALSE);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  cs_creation_tile_set_playing (CS_CREATION_TILE (tile), TRUE);
  ui_wait (is_playing_cb, tile);
  ui_shoot (gallery->ui, "gallery-hover");
  cs_creation_tile_set_playing (CS_CREATION_TILE (tile), FALSE);
  g_assert_false (is_playing_cb (tile));
  /* A picture has nothing to play. */
  cs_creation_tile_set_playing (ui_gallery_get_tile (gallery, 1), TRUE);
  g_assert_null (ui_find (GTK_WIDGET (ui_gallery_get_tile (gallery, 1)), CS_TYPE_FILM_PREVIEW, NULL));
  /* Scrolled away while it plays: closing looks at what is left. */
  cs_creation_tile_set_playing (CS_CREATION_TILE (tile), TRUE);
  ui_wait (is_playing_cb, tile);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  ui_gallery_close (gallery);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/gallery-files/missing", test_missing);
  g_test_add_func ("/gallery-files/folder", test_folder);
  g_test_add_func ("/gallery-files/pictures", test_pictures);
  g_test_add_func ("/gallery-files/hover", test_hover);
  return g_test_run ();
}
