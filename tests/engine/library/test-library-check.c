/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "fixture.h"

static CsLibraryReport *
check (Fixture *f, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_check_async (f->library, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  return cs_library_check_finish (f->library, result, error);
}

static void
write_file (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (cs_paths_get_creations (f->paths), name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gboolean
has (GPtrArray *names, const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

static void
count_cb (CsLibrary *library, const char *id, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_report (Fixture *f, gconstpointer data)
{
  g_autofree char *good = add (f, make_facts ("good", "p", 1));
  g_autofree char *gone = add (f, make_facts ("gone", "p", 2));
  g_autofree char *longer = add (f, make_facts ("longer", "p", 3));
  CsCreationFacts *same_size = make_facts ("same size", "p", 4);
  CsCreationFacts *deck = make_facts ("deck", "p", 5);
  g_autofree char *altered = NULL;
  g_autofree char *gone_file = g_strconcat (gone, ".png", NULL);
  g_autofree char *gone_path = g_build_filename (cs_paths_get_creations (f->paths), gone_file, NULL);
  g_autofree char *longer_file = g_strconcat (longer, ".png", NULL);
  g_autofree char *altered_file = NULL;
  g_autoptr (CsLibraryReport) report = NULL;
  g_autoptr (CsLibraryReport) again = NULL;
  g_autoptr (GError) error = NULL;
  guint count = 0;

  same_size->size = 3;
  altered = add (f, same_size);
  altered_file = g_strconcat (altered, ".png", NULL);
  deck->markdown_file = g_strdup ("known.md");
  g_free (add (f, deck));
  write_file (f, "known.md", "# a");
  write_file (f, longer_file, "x");
  write_file (f, altered_file, "abc");
  write_file (f, "stray.mp4", "x");
  write_file (f, ".hidden", "x");
  g_assert_cmpint (g_unlink (gone_path), ==, 0);

  g_signal_connect (f->library, "changed", G_CALLBACK (count_cb), &count);
  report = check (f, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->checked, ==, 5);
  g_assert_cmpuint (report->n_missing, ==, 1);
  g_assert_cmpuint (report->n_changed, ==, 2);
  g_assert_cmpuint (report->n_orphans, ==, 1);
  g_assert_true (has (report->missing, gone));
  g_assert_true (has (report->changed, longer));
  g_assert_true (has (report->changed, altered));
  g_assert_true (has (report->orphans, "stray.mp4"));
  g_assert_false (has (report->changed, good));
  g_assert_cmpuint (count, ==, 1);

  write_file (f, gone_file, "");
  again = check (f, &error);
  g_assert_cmpuint (again->n_missing, ==, 0);
  g_assert_cmpuint (count, ==, 2);
  g_signal_handlers_disconnect_by_data (f->library, &count);
}

/* More names than a report keeps, more rows than are read at once. */
static void
test_bounds (Fixture *f, gconstpointer data)
{
  g_autoptr (CsLibraryReport) report = NULL;
  g_autoptr (GError) error = NULL;

  add_many (f, CS_LIBRARY_REPORT_MAX + 250);
  report = check (f, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_missing, ==, CS_LIBRARY_REPORT_MAX + 250);
  g_assert_cmpuint (report->missing->len, ==, CS_LIBRARY_REPORT_MAX);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  add_many (f, 20000);
  cs_library_check_async (f->library, cancellable, take_result_cb, &f->result);
  g_timeout_add (20, cancel_cb, cancellable);
  result = wait_for_result (&f->result);
  g_assert_null (cs_library_check_finish (f->library, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What a job puts there while the check runs is no orphan. */
static void
test_newcomer (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsLibraryReport) report = NULL;
  g_autoptr (GError) error = NULL;

  add_many (f, 300);
  cs_library_check_async (f->library, NULL, take_result_cb, &f->result);
  for (int i = 0; i < 20 && f->result == NULL; i++)
    {
      g_autoptr (CsCreationFacts) facts = make_facts ("n", "n", 9000 + i);

      write_file (f, facts->file, "");
      run_store (f->store, CS_STORE_WRITE, insert_func, facts);
    }
  result = wait_for_result (&f->result);
  report = cs_library_check_finish (f->library, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_orphans, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/library/check/report", Fixture, NULL, fixture_set_up, test_report, fixture_tear_down);
  g_test_add ("/library/check/bounds", Fixture, NULL, fixture_set_up, test_bounds, fixture_tear_down);
  g_test_add ("/library/check/cancel", Fixture, NULL, fixture_set_up, test_cancel, fixture_tear_down);
  g_test_add ("/library/check/newcomer", Fixture, NULL, fixture_set_up, test_newcomer, fixture_tear_down);
  return g_test_run ();
}
