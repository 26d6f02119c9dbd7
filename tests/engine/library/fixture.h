/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library over a real store in a folder of its own, and verbs that wait; for the tests of this folder. */
#pragma once

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-id.h"
#include "core/cs-text.h"
#include "library/cs-creation-store.h"
#include "library/cs-library.h"

#include <glib/gstdio.h>
#include <string.h>

#define PATIENCE_US (60 * G_USEC_PER_SEC)

typedef struct
{
  char *home;
  CsPaths *paths;
  CsStore *store;
  CsLibrary *library;
  GAsyncResult *result; /* of the call that is waited for */
} Fixture;

G_GNUC_UNUSED static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **where = user_data;

  g_assert_null (*where);
  *where = g_object_ref (result);
}

/* Turns the main loop until the call has its result; the test owns it. */
G_GNUC_UNUSED static GAsyncResult *
wait_for_result (GAsyncResult **where)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (*where == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (200);
    }
  return g_steal_pointer (where);
}

/* Turns the main loop until there is nothing to do for a while. */
G_GNUC_UNUSED static void
settle (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
}

G_GNUC_UNUSED static CsStore *
open_store (CsPaths *paths)
{
  GAsyncResult *where = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsStore *store;

  cs_store_open_async (paths, NULL, take_result_cb, &where);
  result = wait_for_result (&where);
  store = cs_store_open_finish (result, &error);
  g_assert_no_error (error);
  return store;
}

G_GNUC_UNUSED static void
close_store (CsStore *store)
{
  GAsyncResult *where = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_store_close_async (store, NULL, take_result_cb, &where);
  result = wait_for_result (&where);
  g_assert_true (cs_store_close_finish (store, result, &error));
  g_assert_no_error (error);
}

G_GNUC_UNUSED static gpointer
run_store (CsStore *store, CsStoreMode mode, CsStoreFunc func, gpointer data)
{
  GAsyncResult *where = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value;

  cs_store_run_async (store, mode, func, data, NULL, NULL, NULL, take_result_cb, &where);
  result = wait_for_result (&where);
  value = cs_store_run_finish (store, result, &error);
  g_assert_no_error (error);
  return value;
}

G_GNUC_UNUSED static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_chmod (path, 0700);
      dir = g_dir_open (path, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
    }
  g_remove (path);
}

G_GNUC_UNUSED static void
fixture_set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->home = g_dir_make_tmp ("cs-library-XXXXXX", &error);
  g_assert_no_error (error);
  f->paths = cs_paths_new_for_home (f->home, &error);
  g_assert_no_error (error);
  f->store = open_store (f->paths);
  f->library = cs_library_new (f->store, f->paths);
}

G_GNUC_UNUSED static void
fixture_tear_down (Fixture *f, gconstpointer data)
{
  close_store (f->store);
  g_assert_finalize_object (f->library);
  g_assert_finalize_object (f->store);
  cs_paths_unref (f->paths);
  remove_tree (f->home);
  g_free (f->home);
}

/* The facts of an image that was made @n seconds after a fixed time. */
G_GNUC_UNUSED static CsCreationFacts *
make_facts (const char *title, const char *prompt, gint64 n)
{
  CsCreationFacts *facts = cs_creation_facts_new ();

  facts->id = cs_id_new ();
  facts->job_id = g_strdup (facts->id);
  facts->kind = CS_KIND_IMAGE;
  facts->title = g_strdup (title);
  facts->prompt = g_strdup (prompt);
  facts->original_prompt = g_strdup (prompt);
  facts->notes = g_strdup ("");
  facts->provider = g_strdup ("replicate");
  facts->model = g_strdup ("flux-schnell");
  facts->style = g_strdup ("cinematic");
  facts->aspect_ratio = g_strdup ("16:9");
  facts->width = 1280;
  facts->height = 720;
  facts->file = g_strconcat (facts->id, ".png", NULL);
  facts->mime_type = g_strdup ("image/png");
  facts->sha256 = g_strdup ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  facts->cost = 3000;
  facts->source = CS_SOURCE_TRAINED_ALGORITHMIC_MEDIA;
  facts->created_at = G_GINT64_CONSTANT (1790000000000000) + n * G_USEC_PER_SEC;
  return facts;
}

G_GNUC_UNUSED static gpointer
insert_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  cs_creation_store_insert (database, data, error);
  return NULL;
}

/* Writes the row and an empty master; takes @facts. Returns: (transfer full): the id. */
G_GNUC_UNUSED static char *
add (Fixture *f, CsCreationFacts *facts)
{
  g_autoptr (CsCreationFacts) owned = facts;
  g_autofree char *path = g_build_filename (cs_paths_get_creations (f->paths), facts->file, NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  run_store (f->store, CS_STORE_WRITE, insert_func, facts);
  return g_strdup (facts->id);
}

G_GNUC_UNUSED static CsLibraryPage *
list (Fixture *f, const CsLibraryQuery *query, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_list_async (f->library, query, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_list_finish (f->library, result, error);
}

G_GNUC_UNUSED static CsCreation *
get (Fixture *f, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_get_async (f->library, id, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_get_finish (f->library, result, error);
}

G_GNUC_UNUSED static CsCreation *
set_favourite (Fixture *f, const char *id, gboolean favourite, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_favourite_async (f->library, id, favourite, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_favourite_finish (f->library, result, error);
}

G_GNUC_UNUSED static CsCreation *
set_trashed (Fixture *f, const char *id, gboolean trashed, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_trash_async (f->library, id, trashed, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_trash_finish (f->library, result, error);
}

G_GNUC_UNUSED static CsCreation *
set_texts (Fixture *f, const char *id, const char *title, const char *notes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_rename_async (f->library, id, title, notes, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_rename_finish (f->library, result, error);
}

/* The number of creations that @text finds. */
G_GNUC_UNUSED static guint
count_found (Fixture *f, const char *text)
{
  CsLibraryQuery query = { .text = text, .limit = 500 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLibraryPage) page = list (f, &query, &error);

  g_assert_no_error (error);
  return page->creations->len;
}

/* Words of three languages for many rows, some of them in every second row. */
G_GNUC_UNUSED static char *
make_prompt (guint i)
{
  static const char *const often[]
      = { "sunset", "cinematic", "mer", "الغروب", "quality", "de", "montagne", "detailed" };
  GString *text = g_string_new (NULL);
  guint32 state = i * 2654435761u + 1;

  for (int n = 0; n < 14; n++)
    {
      state = state * 1664525u + 1013904223u;
      if (state >> 31)
        g_string_append_printf (text, "%s ", often[(state >> 16) % G_N_ELEMENTS (often)]);
      else
        g_string_append_printf (text, "%c%c%c%x ", 'a' + (state >> 4) % 26, 'a' + (state >> 9) % 26,
                                'a' + (state >> 14) % 26, (state >> 20) % 64);
    }
  return g_string_free (text, FALSE);
}

/* Sanitizers make every allocation slow: there, fewer rows are different from each other. */
#if defined(__SANITIZE_ADDRESS__)
#define SLOW 10
#define N_DIFFERENT 250
#else
#define SLOW 1
#define N_DIFFERENT 5000
#endif

static gboolean
insert_different (CsDatabase *database, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *prompt = make_prompt (i);
      g_autofree char *title = g_strndup (prompt, 3 + i % 20);
      g_autofree char *valid = g_utf8_make_valid (title, -1);
      g_autoptr (CsCreationFacts) facts = make_facts (valid, prompt, i);

      facts->kind = i % 3;
      facts->missing = TRUE;
      facts->duration = i % 11;
      facts->cost = (i * 7919) % 500000;
      if (!cs_creation_store_insert (database, facts, error))
        return FALSE;
    }
  return TRUE;
}

/* Copies the first rows again and again, each copy that much later and under other names. */
static gboolean
insert_copies (CsDatabase *database, guint n, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "WITH RECURSIVE k (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM k WHERE v < %1$u) "
      "INSERT INTO creations (id, kind, title, prompt, original_prompt, notes, provider, model, style, "
      "aspect_ratio, duration, "
      "width, height, num_slides, file, mime_type, sha256, size, cost, source, missing, search_text, "
      "created_at) "
      "SELECT printf ('%%026d', v * %2$u + rowid), kind, title, prompt, original_prompt, notes, provider, "
      "model, style, "
      "aspect_ratio, duration, width, height, num_slides, printf ('%%026d.png', v * %2$u + rowid), "
      "mime_type, sha256, size, "
      "cost, source, missing, search_text, created_at + v * %2$u * 1000000 FROM k CROSS JOIN creations "
      "WHERE v * %2$u + rowid <= %3$u",
      (n - 1) / N_DIFFERENT, (guint) N_DIFFERENT, n);

  return cs_database_exec (database, sql, error);
}

G_GNUC_UNUSED static gpointer
insert_many_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  guint n = GPOINTER_TO_UINT (data);

  if (insert_different (database, MIN (n, N_DIFFERENT), error) && n > N_DIFFERENT)
    insert_copies (database, n, error);
  return NULL;
}

/* @n rows without files in one transaction, each a second after the one before; into an empty library. */
G_GNUC_UNUSED static void
add_many (Fixture *f, guint n)
{
  run_store (f->store, CS_STORE_WRITE, insert_many_func, GUINT_TO_POINTER (n));
}
