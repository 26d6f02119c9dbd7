/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "tests/support/cs-test.h"
#include "store/cs-backups.h"

#include <glib/gstdio.h>

typedef struct
{
  CsTestHome *home;
  char *folder;
  CsDatabase *database;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->home = cs_test_home_new ();
  fixture->folder = cs_test_home_build (fixture->home, "backups");
  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  path = cs_test_home_build (fixture->home, "studio.db");
  fixture->database = cs_database_open (path, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cs_database_close (fixture->database);
  cs_test_home_free (fixture->home);
  g_free (fixture->folder);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_strings);
  return names;
}

static guint
count (const char *folder)
{
  g_autoptr (GPtrArray) names = list (folder);

  return names->len;
}

static void
make (Fixture *fixture, gboolean daily)
{
  g_autoptr (GError) error = NULL;

  if (daily)
    cs_backups_make_daily (fixture->database, fixture->folder, &error);
  else
    cs_backups_make (fixture->database, fixture->folder, &error);
  g_assert_no_error (error);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  make (fixture, FALSE);
  make (fixture, TRUE);
  g_assert_cmpuint (count (fixture->folder), ==, 0);
}

/* The newest five stay, whatever their version; other files are not touched. */
static void
test_prune (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (CsDatabase) newest = NULL;
  g_autofree char *other = g_build_filename (fixture->folder, "mine.db", NULL);
  g_autofree char *path = NULL;
  gint64 value = 0;

  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  g_assert_true (cs_database_exec (fixture->database, "CREATE TABLE t (a); INSERT INTO t VALUES (0)", NULL));
  for (int i = 1; i <= 8; i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE t SET a = %d; PRAGMA user_version = %d", i, i * 3);

      g_assert_true (cs_database_exec (fixture->database, sql, NULL));
      make (fixture, FALSE);
      cs_clock_turn (G_TIME_SPAN_HOUR);
    }
  names = list (fixture->folder);
  g_assert_cmpuint (names->len, ==, 6);
  g_assert_cmpstr (g_ptr_array_index (names, 0), ==, "mine.db");
  g_assert_true (g_str_has_prefix (g_ptr_array_index (names, 1), "studio-v12-"));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (names, 5), "studio-v24-"));
  path = g_build_filename (fixture->folder, g_ptr_array_index (names, 5), NULL);
  newest = cs_database_open (path, NULL);
  g_assert_true (cs_database_get_integer (newest, "SELECT a FROM t", &value, NULL));
  g_assert_cmpint (value, ==, 8);
}

static void
test_daily (Fixture *fixture, gconstpointer data)
{
  g_assert_true (cs_database_exec (fixture->database, "CREATE TABLE t (a)", NULL));
  make (fixture, TRUE);
  g_assert_cmpuint (count (fixture->folder), ==, 1);
  cs_clock_turn (23 * G_TIME_SPAN_HOUR);
  make (fixture, TRUE);
  g_assert_cmpuint (count (fixture->folder), ==, 1);
  cs_clock_turn (2 * G_TIME_SPAN_HOUR);
  make (fixture, TRUE);
  g_assert_cmpuint (count (fixture->folder), ==, 2);
  /* a copy from the future says that the clock was wrong, not that there is nothing to do */
  cs_clock_turn (-50 * G_TIME_SPAN_HOUR);
  make (fixture, TRUE);
  g_assert_cmpuint (count (fixture->folder), ==, 3);
}

static void
test_nowhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_database_exec (fixture->database, "CREATE TABLE t (a)", NULL));
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_assert_false (cs_backups_make_daily (fixture->database, fixture->folder, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/backups/empty", test_empty);
  ADD ("/backups/prune", test_prune);
  ADD ("/backups/daily", test_daily);
  ADD ("/backups/nowhere", test_nowhere);
  return g_test_run ();
}
