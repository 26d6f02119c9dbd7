/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves the library, with files made here. */
#include "config.h"
#include "fixture.h"

#include "media/cs-provenance.h"
#include "media/cs-video-encoder.h"
#include "tests/support/test-disk.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define PROMPT "a lighthouse at sunset, waves"

typedef struct
{
  Fixture base;
  char *out; /* a folder outside of the library */
} Outside;

static void
set_up (Outside *o, gconstpointer data)
{
  fixture_set_up (&o->base, data);
  o->out = g_dir_make_tmp ("cs-export-XXXXXX", NULL);
}

static void
tear_down (Outside *o, gconstpointer data)
{
  remove_tree (o->out);
  g_free (o->out);
  fixture_tear_down (&o->base, data);
}

static gboolean
export_to (Fixture *f, const char *id, const char *path, gboolean replace, CsExportMode mode, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_export_async (f->library, id, path, replace, mode, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_export_finish (f->library, result, error);
}

static char *
master_path (Fixture *f, const CsCreationFacts *facts)
{
  return g_build_filename (cs_paths_get_creations (f->paths), facts->file, NULL);
}

/* Noise, so that its file is about as large as its pixels. */
static GdkPixbuf *
make_picture (void)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 200, 120);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  guint32 state = 1;

  for (int i = 0; i < gdk_pixbuf_get_rowstride (pixbuf) * 119; i++)
    {
      state = state * 1664525u + 1013904223u;
      pixels[i] = state >> 24;
    }
  return pixbuf;
}

/* Takes @facts; its master is whatever stands at its path. */
static char *
insert (Fixture *f, CsCreationFacts *facts)
{
  g_autoptr (CsCreationFacts) owned = facts;

  run_store (f->store, CS_STORE_WRITE, insert_func, facts);
  return g_strdup (facts->id);
}

static char *
add_png (Fixture *f)
{
  CsCreationFacts *facts = make_facts ("Phare", PROMPT, 1);
  g_autofree char *path = master_path (f, facts);
  g_autoptr (GdkPixbuf) pixbuf = make_picture ();

  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  return insert (f, facts);
}

static char *
add_mp4 (Fixture *f)
{
  CsCreationFacts *facts = make_facts ("Vagues", PROMPT, 2);
  g_autofree char *path = NULL;
  CsVideoFormat format = { .width = 64, .height = 64, .frame_rate = 24 };
  g_autoptr (CsVideoEncoder) encoder = NULL;
  g_autoptr (GError) error = NULL;

  facts->kind = CS_KIND_VIDEO;
  path = master_path (f, facts);
  encoder = cs_video_encoder_new (path, &format, NULL, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 12; i++)
    {
      g_autoptr (GBytes) frame = g_bytes_new_take (g_malloc0 (64 * 64 * 4), 64 * 64 * 4);

      g_assert_true (cs_video_encoder_push_frame (encoder, frame, &error));
    }
  g_assert_true (cs_video_encoder_finish (encoder, &error));
  g_assert_no_error (error);
  cs_set_string (&facts->mime_type, cs_video_encoder_get_mime_type (encoder));
  return insert (f, facts);
}

static char *
add_deck (Fixture *f)
{
  CsCreationFacts *facts = make_facts ("Deck", PROMPT, 3);
  g_autofree char *path = NULL;
  g_autofree char *markdown = g_build_filename (cs_paths_get_creations (f->paths), "deck.md", NULL);

  facts->kind = CS_KIND_DECK;
  cs_set_string (&facts->file, "deck.html");
  cs_set_string (&facts->mime_type, "text/html");
  facts->markdown_file = g_strdup ("deck.md");
  path = master_path (f, facts);
  g_assert_true (g_file_set_contents (path, "<html>stamp</html>", -1, NULL));
  g_assert_true (g_file_set_contents (markdown, "# Deck", -1, NULL));
  return insert (f, facts);
}

static GBytes *
read_bytes (const char *path)
{
  char *data;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  return g_bytes_new_take (data, length);
}

static gboolean
has_text (const char *path, const char *text)
{
  g_autoptr (GBytes) bytes = read_bytes (path);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return memmem (data, length, text, strlen (text)) != NULL;
}

/* The one file in the folder of exports is @name; with NULL it is empty. */
static void
check_folder (Outside *o, const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (o->out, 0, NULL);

  g_assert_cmpstr (g_dir_read_name (dir), ==, name);
  if (name != NULL)
    g_assert_null (g_dir_read_name (dir));
}

static void
check_source (const char *path, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *source = cs_provenance_read_source (path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (source, ==, expected);
}

static void
check_same_pixels (const char *a, const char *b)
{
  g_autoptr (GdkPixbuf) x = gdk_pixbuf_new_from_file (a, NULL);
  g_autoptr (GdkPixbuf) y = gdk_pixbuf_new_from_file (b, NULL);

  g_assert_cmpmem (gdk_pixbuf_read_pixels (x), gdk_pixbuf_get_byte_length (x), gdk_pixbuf_read_pixels (y),
                   gdk_pixbuf_get_byte_length (y));
}

static void
test_png (Outside *o, gconstpointer data)
{
  Fixture *f = &o->base;
  g_autofree char *id = add_png (f);
  g_autoptr (CsCreation) creation = get (f, id, NULL);
  g_autofree char *master = cs_library_dup_file_path (f->library, creation);
  g_autofree char *full = g_build_filename (o->out, "full.png", NULL);
  g_autofree char *label = g_build_filename (o->out, "label.png", NULL);
  g_autoptr (GBytes) before = read_bytes (master);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (export_to (f, id, full, FALSE, CS_EXPORT_STAMPED, &error));
  g_assert_no_error (error);
  check_source (full, "trainedAlgorithmicMedia");
  g_assert_true (has_text (full, "lighthouse"));
  g_assert_true (has_text (full, "flux-schnell"));
  check_same_pixels (full, master);

  g_assert_true (export_to (f, id, label, FALSE, CS_EXPORT_LABEL_ONLY, &error));
  check_source (label, "trainedAlgorithmicMedia");
  g_assert_true (has_text (label, "flux-schnell"));
  g_assert_false (has_text (label, "lighthouse"));
  g_assert_false (has_text (label, "Phare"));

  after = read_bytes (master);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_mp4 (Outside *o, gconstpointer data)
{
  Fixture *f = &o->base;
  g_autofree char *id = add_mp4 (f);
  g_autoptr (CsCreation) creation = get (f, id, NULL);
  g_autofree char *path = g_build_filename (o->out, "v.mp4", NULL);
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (cs_creation_get_facts (creation)->mime_type, "video/mp4"))
    {
      g_test_skip ("no H.264 encoder here");
      return;
    }
  g_assert_true (export_to (f, id, path, FALSE, CS_EXPORT_STAMPED, &error));
  g_assert_no_error (error);
  check_source (path, "trainedAlgorithmicMedia");
  g_assert_true (has_text (path, "lighthouse"));
  check_folder (o, "v.mp4");
}

static void
test_deck (Outside *o, gconstpointer data)
{
  Fixture *f = &o->base;
  g_autofree char *id = add_deck (f);
  g_autofree char *html = g_build_filename (o->out, "d.html", NULL);
  g_autofree char *markdown = g_build_filename (o->out, "d.MD", NULL);
  g_autoptr (GBytes) html_bytes = NULL;
  g_autoptr (GBytes) markdown_bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (export_to (f, id, html, FALSE, CS_EXPORT_STAMPED, &error));
  g_assert_true (export_to (f, id, markdown, FALSE, CS_EXPORT_STAMPED, &error));
  g_assert_no_error (error);
  html_bytes = read_bytes (html);
  markdown_bytes = read_bytes (markdown);
  g_assert_cmpmem (g_bytes_get_data (html_bytes, NULL), g_bytes_get_size (html_bytes), "<html>stamp</html>",
                   18);
  g_assert_cmpmem (g_bytes_get_data (markdown_bytes, NULL), g_bytes_get_size (markdown_bytes), "# Deck", 6);
}

/* Each fails in its own way, and none leaves anything behind. */
static void
test_refused (Outside *o, gconstpointer data)
{
  Fixture *f = &o->base;
  g_autofree char *id = add_png (f);
  g_autofree char *deck = add_deck (f);
  g_autofree char *no_folder = g_build_filename (o->out, "none", "a.png", NULL);
  g_autofree char *slash = g_strconcat (o->out, "/", NULL);
  g_autofree char *inside
      = g_build_filename (cs_paths_get_creations (f->paths), "..", "creations", "a.png", NULL);
  g_autofree char *thumbnail = g_build_filename (cs_paths_get_thumbnails (f->paths), "a.png", NULL);
  g_autofree char *outside = g_build_filename (o->out, "a.png", NULL);
  const struct
  {
    const char *path;
    CsError code;
  } cases[] = {
    { no_folder, CS_ERROR_NOT_WRITABLE },
    { slash, CS_ERROR_NOT_WRITABLE },
    { o->out, CS_ERROR_NOT_WRITABLE },
    { "", CS_ERROR_INVALID_VALUE },
    { inside, CS_ERROR_INVALID_VALUE },
    { thumbnail, CS_ERROR_INVALID_VALUE },
    { cs_paths_get_database (f->paths), CS_ERROR_INVALID_VALUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) deck_error = NULL;

      g_assert_false (export_to (f, id, cases[i].path, TRUE, CS_EXPORT_STAMPED, &error));
      g_assert_error (error, CS_ERROR, (int) cases[i].code);
      g_assert_false (export_to (f, deck, cases[i].path, TRUE, CS_EXPORT_STAMPED, &deck_error));
      g_assert_error (deck_error, CS_ERROR, (int) cases[i].code);
    }
  g_autoptr (GError) error = NULL;
  g_assert_false (export_to (f, "none", outside, TRUE, CS_EXPORT_STAMPED, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  check_folder (o, NULL);
}

static void
test_replace (Outside *o, gconstpointer data)
{
  Fixture *f = &o->base;
  g_autofree char *id = add_png (f);
  g_autofree char *path = g_build_filename (o->out, "a.png", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "precious", -1, NULL));
  g_assert_false (export_to (f, id, path, FALSE, CS_EXPORT_STAMPED, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (has_text (path, "precious"));
  g_assert_true (export_to (f, id, path, TRUE, CS_EXPORT_STAMPED, &error));
  g_assert_no_error (error);
  g_assert_false (has_text (path, "precious"));
  check_source (path, "trainedAlgorithmicMedia");
  check_folder (o, "a.png");
}

/* The folder is a disk of its own that is too small or may not be written to: an error that says so, no file.
 */
static void
test_disk (gconstpointer data)
{
  CsError code = GPOINTER_TO_INT (data);
  Outside o = { .out = NULL };
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  if (!test_disk_in_subprocess ())
    return;
  o.out = g_dir_make_tmp ("cs-export-XXXXXX", NULL);
  g_assert_true (test_disk_mount (o.out, 32));
  if (code == CS_ERROR_NOT_WRITABLE)
    g_assert_true (test_disk_make_read_only (o.out));
  fixture_set_up (&o.base, NULL);
  path = g_build_filename (o.out, "a.png", NULL);
  id = add_png (&o.base);

  g_assert_false (export_to (&o.base, id, path, FALSE, CS_EXPORT_STAMPED, &error));
  g_assert_error (error, CS_ERROR, (int) code);
  check_folder (&o, NULL);
  g_assert_cmpint (umount2 (o.out, MNT_DETACH), ==, 0);
  tear_down (&o, NULL);
}

/* A master that is gone: an error, no file, and the creation is marked. */
static void
test_missing (Outside *o, gconstpointer data)
{
  Fixture *f = &o->base;
  g_autofree char *id = add_png (f);
  g_autoptr (CsCreation) creation = get (f, id, NULL);
  g_autoptr (CsCreation) after = NULL;
  g_autofree char *master = cs_library_dup_file_path (f->library, creation);
  g_autofree char *path = g_build_filename (o->out, "a.png", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_unlink (master), ==, 0);
  g_assert_false (export_to (f, id, path, FALSE, CS_EXPORT_STAMPED, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  check_folder (o, NULL);
  after = get (f, id, NULL);
  g_assert_true (cs_creation_get_facts (after)->missing);
}

static void
test_import_as_it_is (Outside *o, gconstpointer data)
{
  Fixture *f = &o->base;
  CsCreationFacts *facts = make_facts ("Mine", "", 1);
  g_autofree char *master = master_path (f, facts);
  g_autofree char *path = g_build_filename (o->out, "a.png", NULL);
  g_autofree char *id = NULL;
  g_autoptr (GdkPixbuf) pixbuf = make_picture ();
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (gdk_pixbuf_save (pixbuf, master, "png", NULL, NULL));
  cs_set_string (&facts->provider, CS_LIBRARY_IMPORT_PROVIDER);
  id = insert (f, facts);
  g_assert_true (export_to (f, id, path, FALSE, CS_EXPORT_STAMPED, &error));
  a = read_bytes (master);
  b = read_bytes (path);
  g_assert_true (g_bytes_equal (a, b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/library/export/png", Outside, NULL, set_up, test_png, tear_down);
  g_test_add ("/library/export/mp4", Outside, NULL, set_up, test_mp4, tear_down);
  g_test_add ("/library/export/deck", Outside, NULL, set_up, test_deck, tear_down);
  g_test_add ("/library/export/refused", Outside, NULL, set_up, test_refused, tear_down);
  g_test_add ("/library/export/replace", Outside, NULL, set_up, test_replace, tear_down);
  g_test_add_data_func ("/library/export/read-only", GINT_TO_POINTER (CS_ERROR_NOT_WRITABLE), test_disk);
  g_test_add_data_func ("/library/export/disk-full", GINT_TO_POINTER (CS_ERROR_DISK_FULL), test_disk);
  g_test_add ("/library/export/missing", Outside, NULL, set_up, test_missing, tear_down);
  g_test_add ("/library/export/import-as-it-is", Outside, NULL, set_up, test_import_as_it_is, tear_down);
  return g_test_run ();
}
