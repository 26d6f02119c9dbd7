/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "fixture.h"

static gssize
empty_trash (Fixture *f, gint64 before, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_empty_trash_async (f->library, before, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_empty_trash_finish (f->library, result, error);
}

static char *
make_file (const char *folder, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  return path;
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Only what was thrown away before the time goes, with all its files; the rest stays. */
static void
test_empty (Fixture *f, gconstpointer data)
{
  CsCreationFacts *old = make_facts ("old", "old words", 1);
  CsCreationFacts *young = make_facts ("young", "young words", 2);
  g_autofree char *master = g_build_filename (cs_paths_get_creations (f->paths), old->file, NULL);
  g_autofree char *young_master = g_build_filename (cs_paths_get_creations (f->paths), young->file, NULL);
  g_autofree char *markdown = make_file (cs_paths_get_creations (f->paths), "old.md");
  g_autofree char *thumbnail = make_file (cs_paths_get_thumbnails (f->paths), "old.png");
  g_autofree char *old_id = NULL;
  g_autofree char *young_id = NULL;
  g_autofree char *kept_id = NULL;
  g_autoptr (CsCreation) left = NULL;
  g_autoptr (CsCreation) kept = NULL;
  g_autoptr (GError) error = NULL;

  old->markdown_file = g_strdup ("old.md");
  old->thumbnail = g_strdup ("old.png");
  old->trashed_at = 1000;
  young->trashed_at = 2000;
  old_id = add (f, old);
  young_id = add (f, young);
  kept_id = add (f, make_facts ("kept", "kept words", 3));

  g_assert_cmpint (empty_trash (f, 2000, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_null (get (f, old_id, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_assert_false (exists (master) || exists (markdown) || exists (thumbnail));
  g_assert_true (exists (young_master));
  left = get (f, young_id, NULL);
  kept = get (f, kept_id, NULL);
  g_assert_true (left != NULL && kept != NULL);
  g_assert_cmpuint (count_found (f, "old"), ==, 0);
  g_assert_cmpuint (count_found (f, "kept"), ==, 1);

  g_assert_cmpint (empty_trash (f, G_MAXINT64, NULL), ==, 1);
  g_assert_cmpint (empty_trash (f, G_MAXINT64, NULL), ==, 0);
}

static void
count_cb (CsLibrary *library, const char *id, gpointer user_data)
{
  g_assert_null (id);
  (*(guint *) user_data)++;
}

static gpointer
trash_all_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  cs_database_exec (database, "UPDATE creations SET trashed_at = 5", error);
  return NULL;
}

/* More than one batch, none of whose files is there. */
static void
test_many (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint count = 0;

  add_many (f, 450);
  run_store (f->store, CS_STORE_WRITE, trash_all_func, NULL);
  g_signal_connect (f->library, "changed", G_CALLBACK (count_cb), &count);
  g_assert_cmpint (empty_trash (f, 6, &error), ==, 450);
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, 1);
  g_signal_handlers_disconnect_by_data (f->library, &count);
}

/* A folder in the place of a file cannot be unlinked: an error, but the creation is gone. */
static void
test_stubborn (Fixture *f, gconstpointer data)
{
  CsCreationFacts *facts = make_facts ("a", "a", 1);
  g_autofree char *path = g_build_filename (cs_paths_get_creations (f->paths), facts->file, NULL);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  facts->trashed_at = 1;
  id = add (f, facts);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_cmpint (empty_trash (f, G_MAXINT64, &error), ==, -1);
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (get (f, id, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

static gssize
delete_all (Fixture *f, const char *const *ids, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_delete_all_async (f->library, ids, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_delete_all_finish (f->library, result, error);
}

/* Only those that are asked for, and of them only what is in the trash. */
static void
test_chosen (Fixture *f, gconstpointer data)
{
  CsCreationFacts *facts = make_facts ("one", "one", 1);
  g_autofree char *master = g_build_filename (cs_paths_get_creations (f->paths), facts->file, NULL);
  CsCreationFacts *other = make_facts ("other", "other", 2);
  g_autofree char *one = NULL;
  g_autofree char *other_id = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (CsCreation) left = NULL;
  g_autoptr (CsCreation) still = NULL;
  g_autoptr (GError) error = NULL;

  facts->trashed_at = 1;
  other->trashed_at = 1;
  one = add (f, facts);
  other_id = add (f, other);
  kept = add (f, make_facts ("kept", "kept", 3));
  g_assert_cmpint (delete_all (f, (const char *[]){ one, kept, "nobody", NULL }, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_null (get (f, one, NULL));
  g_assert_false (exists (master));
  left = get (f, other_id, NULL);
  still = get (f, kept, NULL);
  g_assert_true (left != NULL && still != NULL);
  g_assert_cmpint (delete_all (f, (const char *[]){ NULL }, NULL), ==, 0);
}

/* More than one transaction takes. */
static void
test_many_chosen (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 201; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u", i);

      g_ptr_array_add (ids, add (f, make_facts (name, name, i + 1)));
    }
  g_ptr_array_add (ids, NULL);
  run_store (f->store, CS_STORE_WRITE, trash_all_func, NULL);
  g_assert_cmpint (delete_all (f, (const char *const *) ids->pdata, &error), ==, 201);
  g_assert_no_error (error);
  g_assert_cmpint (empty_trash (f, G_MAXINT64, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/library/trash/empty", Fixture, NULL, fixture_set_up, test_empty, fixture_tear_down);
  g_test_add ("/library/trash/many", Fixture, NULL, fixture_set_up, test_many, fixture_tear_down);
  g_test_add ("/library/trash/chosen", Fixture, NULL, fixture_set_up, test_chosen, fixture_tear_down);
  g_test_add ("/library/trash/many-chosen", Fixture, NULL, fixture_set_up, test_many_chosen, fixture_tear_down);
  g_test_add ("/library/trash/stubborn", Fixture, NULL, fixture_set_up, test_stubborn, fixture_tear_down);
  return g_test_run ();
}
