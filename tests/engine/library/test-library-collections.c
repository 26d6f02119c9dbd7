/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "fixture.h"

static CsCollection *
create (Fixture *f, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_create_collection_async (f->library, name, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_create_collection_finish (f->library, result, error);
}

static CsCollection *
rename_it (Fixture *f, gint64 id, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_rename_collection_async (f->library, id, name, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_rename_collection_finish (f->library, result, error);
}

static gboolean
delete_it (Fixture *f, gint64 id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_delete_collection_async (f->library, id, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_delete_collection_finish (f->library, result, error);
}

static CsCollection *
collect (Fixture *f, gint64 id, const char *const *ids, gboolean collected, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_collect_async (f->library, id, ids, collected, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_collect_finish (f->library, result, error);
}

static GPtrArray *
list_all (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *collections;

  cs_library_collections_async (f->library, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  collections = cs_library_collections_finish (f->library, result, &error);
  g_assert_no_error (error);
  return collections;
}

static void
count_cb (CsLibrary *library, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_names (Fixture *f, gconstpointer data)
{
  g_autoptr (CsCollection) trip = create (f, "Voyage", NULL);
  g_autoptr (CsCollection) art = create (f, "  art ", NULL);
  g_autoptr (CsCollection) renamed = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *long_name = g_strnfill (101, 'x');
  g_autoptr (GError) error = NULL;
  guint count = 0;

  g_assert_cmpstr (trip->name, ==, "Voyage");
  g_assert_cmpuint (trip->n_creations, ==, 0);
  g_assert_cmpint (trip->created_at, >, 0);
  g_assert_null (create (f, "Voyage", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (create (f, "", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_MISSING_FIELD);
  g_clear_error (&error);
  g_assert_null (create (f, long_name, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_clear_error (&error);

  g_signal_connect (f->library, "collections-changed", G_CALLBACK (count_cb), &count);
  renamed = rename_it (f, trip->id, "Alger", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (renamed->name, ==, "Alger");
  g_assert_cmpuint (count, ==, 1);
  g_assert_null (rename_it (f, art->id, "Alger", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (rename_it (f, 999, "Oran", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_signal_handlers_disconnect_by_data (f->library, &count);

  all = list_all (f);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((CsCollection *) g_ptr_array_index (all, 0))->name, ==, "Alger");
}

static guint
count_in (Fixture *f, gint64 collection)
{
  CsLibraryQuery query = { .collection = collection };
  g_autoptr (CsLibraryPage) page = list (f, &query, NULL);

  return page->creations->len;
}

static void
test_members (Fixture *f, gconstpointer data)
{
  g_autofree char *a = add (f, make_facts ("a", "a", 1));
  g_autofree char *b = add (f, make_facts ("b", "b", 2));
  g_autofree char *c = add (f, make_facts ("c", "c", 3));
  const char *both[] = { a, b, NULL };
  const char *one[] = { a, NULL };
  const char *wrong[] = { c, "none", NULL };
  g_autoptr (CsCollection) collection = create (f, "x", NULL);
  g_autoptr (CsCollection) filled = NULL;
  g_autoptr (CsCollection) again = NULL;
  g_autoptr (CsCollection) taken = NULL;
  g_autoptr (CsCreation) trashed = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  filled = collect (f, collection->id, both, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (filled->n_creations, ==, 2);
  again = collect (f, collection->id, both, TRUE, &error);
  g_assert_cmpuint (again->n_creations, ==, 2);
  g_assert_cmpuint (count_in (f, collection->id), ==, 2);

  g_assert_null (collect (f, collection->id, wrong, TRUE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpuint (count_in (f, collection->id), ==, 2);
  g_assert_null (collect (f, 999, one, TRUE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  taken = collect (f, collection->id, one, FALSE, &error);
  g_assert_cmpuint (taken->n_creations, ==, 1);
  trashed = set_trashed (f, b, TRUE, NULL);
  all = list_all (f);
  g_assert_cmpuint (((CsCollection *) g_ptr_array_index (all, 0))->n_creations, ==, 0);
}

static void
test_delete (Fixture *f, gconstpointer data)
{
  g_autofree char *a = add (f, make_facts ("a", "a", 1));
  const char *one[] = { a, NULL };
  g_autoptr (CsCollection) collection = create (f, "x", NULL);
  g_autoptr (CsCollection) filled = collect (f, collection->id, one, TRUE, NULL);
  g_autoptr (CsCreation) creation = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (delete_it (f, collection->id, &error));
  g_assert_no_error (error);
  all = list_all (f);
  g_assert_cmpuint (all->len, ==, 0);
  creation = get (f, a, &error);
  g_assert_no_error (error);
  g_assert_false (delete_it (f, collection->id, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/library/collections/names", Fixture, NULL, fixture_set_up, test_names, fixture_tear_down);
  g_test_add ("/library/collections/members", Fixture, NULL, fixture_set_up, test_members, fixture_tear_down);
  g_test_add ("/library/collections/delete", Fixture, NULL, fixture_set_up, test_delete, fixture_tear_down);
  return g_test_run ();
}
