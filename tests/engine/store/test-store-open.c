/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "tests/support/cs-test.h"
#include "store/cs-migrations.h"
#include "store/cs-store.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct
{
  CsTestHome *home;
  CsPaths *paths;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = cs_test_home_new ();
  fixture->paths = cs_paths_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cs_paths_unref (fixture->paths);
  cs_test_home_free (fixture->home);
}

static CsStore *
open_store (Fixture *fixture, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_store_open_async (fixture->paths, cancellable, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_store_open_finish (result, error);
}

static void
close_store (CsStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_store_close_async (store, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_true (cs_store_close_finish (store, result, NULL));
  g_object_unref (store);
}

static void
assert_opens (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CsStore *store = open_store (fixture, NULL, &error);

  g_assert_no_error (error);
  close_store (store);
}

static void
assert_fails (Fixture *fixture, CsError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_store (fixture, NULL, &error));
  g_assert_error (error, CS_ERROR, (int) code);
}

static int
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  int n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Closed, the database is one private file, and opens again. */
static void
test_open (Fixture *fixture, gconstpointer data)
{
  const char *path = cs_paths_get_database (fixture->paths);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  struct stat info;

  assert_opens (fixture);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  assert_opens (fixture);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) database = NULL;
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", cs_migrations_get_latest () + 7);

  assert_opens (fixture);
  database = cs_database_open (cs_paths_get_database (fixture->paths), NULL);
  g_assert_true (cs_database_exec (database, sql, NULL));
  assert_fails (fixture, CS_ERROR_NEWER);
}

static void
overwrite_middle (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  memset (bytes + length / 2, 0xff, 8192);
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  const char *path = cs_paths_get_database (fixture->paths);
  g_autoptr (CsDatabase) database = NULL;

  assert_opens (fixture);
  database = cs_database_open (path, NULL);
  g_assert_true (
      cs_database_exec (database,
                        "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5000)"
                        " INSERT INTO settings SELECT 'name ' || x, 'value ' || x FROM n",
                        NULL));
  g_clear_pointer (&database, cs_database_close);
  overwrite_middle (path);
  assert_fails (fixture, CS_ERROR_CORRUPT);

  g_assert_true (
      g_file_set_contents (path, "this is no database, it is a text that somebody put there", -1, NULL));
  assert_fails (fixture, CS_ERROR_CORRUPT);
}

static void
test_nowhere (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_mkdir (cs_paths_get_database (fixture->paths), 0700), ==, 0);
  assert_fails (fixture, CS_ERROR_NOT_WRITABLE);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (open_store (fixture, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (cs_paths_get_database (fixture->paths), G_FILE_TEST_EXISTS));
}

/* Nobody takes the store. */
static void
test_not_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_store_open_async (fixture->paths, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_clear_object (&result);
  assert_opens (fixture);
}

/* A copy a day, of a database that was there before. */
static void
test_daily_backup (Fixture *fixture, gconstpointer data)
{
  const char *backups = cs_paths_get_backups (fixture->paths);

  assert_opens (fixture);
  g_assert_cmpint (count_files (backups), ==, 0);
  assert_opens (fixture);
  g_assert_cmpint (count_files (backups), ==, 1);
  assert_opens (fixture);
  g_assert_cmpint (count_files (backups), ==, 1);
  for (int day = 2; day < 9; day++)
    {
      cs_clock_turn (G_TIME_SPAN_DAY + G_TIME_SPAN_MINUTE);
      assert_opens (fixture);
      g_assert_cmpint (count_files (backups), ==, MIN (day, 5));
    }
}

/* A large database is checked once a day, so that it opens at once the rest of the day. */
static void
test_large (Fixture *fixture, gconstpointer data)
{
  const char *path = cs_paths_get_database (fixture->paths);
  g_autoptr (CsDatabase) database = NULL;

  assert_opens (fixture);
  database = cs_database_open (path, NULL);
  g_assert_true (
      cs_database_exec (database,
                        "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20000)"
                        " INSERT INTO settings SELECT 'name ' || x, hex (randomblob (450)) FROM n",
                        NULL));
  g_clear_pointer (&database, cs_database_close);
  assert_opens (fixture);
  overwrite_middle (path);
  assert_opens (fixture);
  cs_clock_turn (25 * G_TIME_SPAN_HOUR);
  assert_fails (fixture, CS_ERROR_CORRUPT);
}

/* That there is no room for the copy does not stop the store. */
static void
test_no_backup (Fixture *fixture, gconstpointer data)
{
  assert_opens (fixture);
  g_assert_cmpint (g_rmdir (cs_paths_get_backups (fixture->paths)), ==, 0);
  assert_opens (fixture);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/open", test_open);
  ADD ("/store/open/newer", test_newer);
  ADD ("/store/open/damaged", test_damaged);
  ADD ("/store/open/nowhere", test_nowhere);
  ADD ("/store/open/cancelled", test_cancelled);
  ADD ("/store/open/not-taken", test_not_taken);
  ADD ("/store/open/daily-backup", test_daily_backup);
  ADD ("/store/open/large", test_large);
  ADD ("/store/open/no-backup", test_no_backup);
  return g_test_run ();
}
