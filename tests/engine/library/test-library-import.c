/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "fixture.h"

#include "media/cs-video-encoder.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

static CsCreation *
import (Fixture *f, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_import_async (f->library, path, cancellable, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_import_finish (f->library, result, error);
}

static char *
make_png (Fixture *f, const char *name, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  char *path = g_build_filename (f->home, name, NULL);

  gdk_pixbuf_fill (pixbuf, 0x3366ccff);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  return path;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Nothing of a failed import is left. */
static void
check_empty (Fixture *f)
{
  g_assert_cmpuint (count_files (cs_paths_get_creations (f->paths)), ==, 0);
  g_assert_cmpuint (count_files (cs_paths_get_thumbnails (f->paths)), ==, 0);
  g_assert_cmpuint (count_files (cs_paths_get_work (f->paths)), ==, 0);
  g_assert_cmpuint (count_found (f, NULL), ==, 0);
}

static void
changed_cb (CsLibrary *library, const char *id, gpointer user_data)
{
  char **where = user_data;

  g_free (*where);
  *where = g_strdup (id);
}

static void
test_png (Fixture *f, gconstpointer data)
{
  g_autofree char *path = make_png (f, "Vacances à Oran.jpeg", 320, 180);
  g_autofree char *told = NULL;
  g_autofree char *master = NULL;
  g_autofree char *thumbnail = NULL;
  g_autofree char *sha256 = cs_file_hash (path, NULL, NULL, NULL);
  g_autofree char *master_sha256 = NULL;
  g_autoptr (CsCreation) creation = NULL;
  g_autoptr (GError) error = NULL;
  const CsCreationFacts *facts;

  g_signal_connect (f->library, "changed", G_CALLBACK (changed_cb), &told);
  creation = import (f, path, NULL, &error);
  g_assert_no_error (error);
  facts = cs_creation_get_facts (creation);
  g_assert_cmpstr (told, ==, facts->id);
  g_assert_cmpint (facts->kind, ==, CS_KIND_IMAGE);
  g_assert_cmpstr (facts->title, ==, "Vacances à Oran");
  g_assert_cmpstr (facts->provider, ==, CS_LIBRARY_IMPORT_PROVIDER);
  g_assert_cmpstr (facts->model, ==, "");
  g_assert_cmpstr (facts->mime_type, ==, "image/png");
  g_assert_true (g_str_has_suffix (facts->file, ".png"));
  g_assert_cmpstr (facts->aspect_ratio, ==, "16:9");
  g_assert_cmpint (facts->width, ==, 320);
  g_assert_cmpint (facts->height, ==, 180);
  g_assert_cmpint (facts->cost, ==, 0);
  g_assert_cmpint (facts->source, ==, CS_SOURCE_DIGITAL_CREATION);
  g_assert_cmpstr (facts->sha256, ==, sha256);
  master = cs_library_dup_file_path (f->library, creation);
  master_sha256 = cs_file_hash (master, NULL, NULL, NULL);
  g_assert_cmpstr (master_sha256, ==, sha256);
  thumbnail = g_build_filename (cs_paths_get_thumbnails (f->paths), facts->thumbnail, NULL);
  g_assert_true (g_file_test (thumbnail, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (count_files (cs_paths_get_work (f->paths)), ==, 0);
  g_assert_cmpuint (count_found (f, "vacances oran"), ==, 1);
  g_signal_handlers_disconnect_by_data (f->library, &told);
}

static void
test_video (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->home, "clip", NULL);
  CsVideoFormat format = { .width = 64, .height = 64, .frame_rate = 24 };
  g_autoptr (CsVideoEncoder) encoder = cs_video_encoder_new (path, &format, NULL, NULL);
  g_autoptr (CsCreation) creation = NULL;
  g_autoptr (GError) error = NULL;
  const CsCreationFacts *facts;

  for (int i = 0; i < 24; i++)
    {
      g_autoptr (GBytes) frame = g_bytes_new_take (g_malloc0 (64 * 64 * 4), 64 * 64 * 4);

      g_assert_true (cs_video_encoder_push_frame (encoder, frame, NULL));
    }
  g_assert_true (cs_video_encoder_finish (encoder, NULL));

  creation = import (f, path, NULL, &error);
  g_assert_no_error (error);
  facts = cs_creation_get_facts (creation);
  g_assert_cmpint (facts->kind, ==, CS_KIND_VIDEO);
  g_assert_cmpstr (facts->title, ==, "clip");
  g_assert_cmpfloat_with_epsilon (facts->duration, 1.0, 0.1);
  g_assert_false (facts->has_sound);
  g_assert_cmpstr (facts->aspect_ratio, ==, "1:1");
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_build_filename (f->home, "notes.png", NULL);
  g_autofree char *none = g_build_filename (f->home, "none.png", NULL);
  g_autofree char *cut = g_build_filename (f->home, "cut.png", NULL);
  g_autofree char *good = make_png (f, "good.png", 200, 100);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_set_contents (text, "no picture", -1, NULL));
  g_assert_null (import (f, text, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_null (import (f, f->home, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_null (import (f, "/dev/zero", NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_null (import (f, none, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (g_file_get_contents (good, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (cut, bytes, 60, NULL));
  g_assert_null (import (f, cut, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_DAMAGED);
  check_empty (f);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autofree char *path = make_png (f, "a.png", 200, 100);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (import (f, path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  check_empty (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/library/import/png", Fixture, NULL, fixture_set_up, test_png, fixture_tear_down);
  g_test_add ("/library/import/video", Fixture, NULL, fixture_set_up, test_video, fixture_tear_down);
  g_test_add ("/library/import/refused", Fixture, NULL, fixture_set_up, test_refused, fixture_tear_down);
  g_test_add ("/library/import/cancelled", Fixture, NULL, fixture_set_up, test_cancelled, fixture_tear_down);
  return g_test_run ();
}
