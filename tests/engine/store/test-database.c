/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "tests/support/cs-test.h"
#include "store/cs-database.h"
#include "store/cs-migrations.h"
#include "tests/support/test-disk.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define INSERT_CREATION(id, title, prompt)                                                                   \
  "INSERT INTO creations (id, kind, title, prompt, original_prompt, provider, model, file, mime_type, "      \
  "sha256, size,"                                                                                            \
  " source, created_at) VALUES ('" id "', 'image', '" title "', '" prompt                                    \
  "', '', 'sketch', 'sketch', 'f', 'image/png', '0', 1, 'made', 1)"

typedef struct
{
  CsTestHome *home;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = cs_test_home_new ();
  fixture->path = cs_test_home_build (fixture->home, "studio.db");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    umount2 (fixture->home->path, MNT_DETACH);
  cs_test_home_free (fixture->home);
  g_free (fixture->path);
}

static CsDatabase *
open_database (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CsDatabase *database = cs_database_open (fixture->path, &error);

  g_assert_no_error (error);
  return database;
}

static void
exec (CsDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  cs_database_exec (database, sql, &error);
  g_assert_no_error (error);
}

static gint64
get_integer (CsDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  cs_database_get_integer (database, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
assert_open_fails (Fixture *fixture, CsError code, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cs_database_open (fixture->path, &error));
  g_assert_error (error, CS_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, word));
}

static void
assert_private (const char *path, const char *suffix)
{
  g_autofree char *file = g_strconcat (path, suffix, NULL);
  struct stat info;

  g_assert_cmpint (stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_pragmas (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) database = open_database (fixture);
  g_autoptr (CsStatement) mode = cs_statement_new (database, "PRAGMA journal_mode", NULL);

  g_assert_true (cs_statement_step (mode, NULL));
  g_assert_cmpstr (cs_statement_get_text (mode, 0), ==, "wal");
  g_assert_cmpint (get_integer (database, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (get_integer (database, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (get_integer (database, "PRAGMA busy_timeout"), ==, 5000);
  g_assert_cmpint (get_integer (database, "PRAGMA cell_size_check"), ==, 1);
  exec (database, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  assert_private (fixture->path, "");
  assert_private (fixture->path, "-wal");
  assert_private (fixture->path, "-shm");
}

/* A file that others could read is closed to them. */
static void
test_mode (Fixture *fixture, gconstpointer data)
{
  cs_database_close (open_database (fixture));
  g_assert_cmpint (chmod (fixture->path, 0644), ==, 0);
  cs_database_close (open_database (fixture));
  assert_private (fixture->path, "");
}

static void
test_references (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) database = open_database (fixture);
  g_autoptr (GError) error = NULL;

  exec (database, "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES a (id))");
  g_assert_false (cs_database_exec (database, "INSERT INTO b VALUES (7)", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
}

static void
test_transactions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) database = open_database (fixture);
  g_autoptr (GError) error = NULL;

  exec (database, "CREATE TABLE t (a)");
  g_assert_true (cs_database_begin (database, TRUE, NULL));
  exec (database, "INSERT INTO t VALUES (1)");
  cs_database_rollback (database);
  g_assert_cmpint (get_integer (database, "SELECT count(*) FROM t"), ==, 0);
  cs_database_rollback (database);
  g_assert_true (cs_database_begin (database, FALSE, NULL));
  exec (database, "INSERT INTO t VALUES (1), (2)");
  g_assert_true (cs_database_commit (database, NULL));
  g_assert_cmpint (cs_database_get_changes (database), ==, 2);
  g_assert_cmpint (get_integer (database, "SELECT count(*) FROM t"), ==, 2);
  g_assert_false (cs_database_get_integer (database, "SELECT a FROM t WHERE a = 9", &(gint64){ 0 }, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) first = open_database (fixture);
  g_autoptr (CsDatabase) second = open_database (fixture);
  g_autoptr (GError) error = NULL;

  exec (first, "CREATE TABLE t (a)");
  g_assert_true (cs_database_begin (first, TRUE, NULL));
  exec (second, "PRAGMA busy_timeout = 20");
  g_assert_false (cs_database_begin (second, TRUE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_BUSY);
  /* a writer does not hold up readers */
  g_assert_cmpint (get_integer (second, "SELECT count(*) FROM t"), ==, 0);
}

static void
test_nowhere (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  fixture->path = cs_test_home_build (fixture->home, "none/studio.db");
  assert_open_fails (fixture, CS_ERROR_NOT_WRITABLE, "studio.db");
  g_free (fixture->path);
  fixture->path = g_strdup (fixture->home->path);
  assert_open_fails (fixture, CS_ERROR_NOT_WRITABLE, "permissions");
}

static void
test_not_a_database (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (10000, 'x');

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  assert_open_fails (fixture, CS_ERROR_CORRUPT, "state/backups");
}

/* Bytes overwritten in the middle are found by the check, and the message says how to go on. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) database = open_database (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  exec (database, "CREATE TABLE t (a TEXT); CREATE INDEX i ON t (a)");
  exec (database, "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5000)"
                  " INSERT INTO t SELECT 'row number ' || x FROM n");
  g_assert_true (cs_database_check (database, &error));
  g_assert_no_error (error);
  g_clear_pointer (&database, cs_database_close);

  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  memset (bytes + length / 2, 0xa5, 6000);
  g_assert_true (g_file_set_contents (fixture->path, bytes, length, NULL));
  database = open_database (fixture);
  g_assert_false (cs_database_check (database, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "studio.db"));
  g_assert_nonnull (strstr (error->message, "state/backups"));
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  if (!test_disk_in_subprocess ())
    return;
  g_assert_true (test_disk_mount (fixture->home->path, 256));
  database = open_database (fixture);
  exec (database, "CREATE TABLE t (a)");
  g_assert_false (
      cs_database_exec (database,
                        "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 500)"
                        " INSERT INTO t SELECT randomblob (1000) FROM n",
                        &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_DISK_FULL);
  g_assert_nonnull (strstr (error->message, "studio.db"));
  cs_database_rollback (database);
  g_assert_cmpint (get_integer (database, "SELECT count(*) FROM t"), ==, 0);
  g_assert_true (cs_database_check (database, NULL));
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  if (!test_disk_in_subprocess ())
    return;
  g_assert_true (test_disk_mount (fixture->home->path, 256));
  cs_database_close (open_database (fixture));
  g_assert_true (test_disk_make_read_only (fixture->home->path));
  assert_open_fails (fixture, CS_ERROR_NOT_WRITABLE, "studio.db");
}

/* A copy taken in the middle of a transaction holds what was committed before it. */
static void
test_back_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) database = open_database (fixture);
  g_autoptr (CsDatabase) copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = cs_test_home_build (fixture->home, "copy.db");
  g_autofree char *nowhere = cs_test_home_build (fixture->home, "none/copy.db");

  exec (database, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  g_assert_true (cs_database_begin (database, TRUE, NULL));
  exec (database, "INSERT INTO t VALUES (2)");
  g_assert_true (cs_database_back_up (database, path, &error));
  g_assert_no_error (error);
  assert_private (path, "");
  g_assert_true (cs_database_commit (database, NULL));
  copy = cs_database_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_integer (copy, "SELECT count(*) FROM t"), ==, 1);

  g_assert_false (cs_database_back_up (database, nowhere, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) database = open_database (fixture);

  g_assert_true (cs_migrations_run (database, NULL, NULL));
  exec (database, INSERT_CREATION ("a", "Café au lait", "une tasse"));
  exec (database, INSERT_CREATION ("b", "مدينة", "في الليل"));
#define COUNT(words)                                                                                         \
  get_integer (database, "SELECT count(*) FROM creations_fts WHERE creations_fts MATCH '" words "'")
  g_assert_cmpint (COUNT ("cafe"), ==, 1);
  g_assert_cmpint (COUNT ("ta*"), ==, 1);
  g_assert_cmpint (COUNT ("مدينة"), ==, 1);
  exec (database, "UPDATE creations SET title = 'Thé' WHERE id = 'a'");
  g_assert_cmpint (COUNT ("cafe"), ==, 0);
  g_assert_cmpint (COUNT ("the"), ==, 1);
  exec (database, "UPDATE creations SET favourite = 1");
  exec (database, "DELETE FROM creations WHERE id = 'a'");
  g_assert_cmpint (COUNT ("the"), ==, 0);
#undef COUNT
  exec (database, "INSERT INTO creations_fts (creations_fts, rank) VALUES ('integrity-check', 1)");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/database/pragmas", test_pragmas);
  ADD ("/database/mode", test_mode);
  ADD ("/database/references", test_references);
  ADD ("/database/transactions", test_transactions);
  ADD ("/database/busy", test_busy);
  ADD ("/database/nowhere", test_nowhere);
  ADD ("/database/not-a-database", test_not_a_database);
  ADD ("/database/damaged", test_damaged);
  ADD ("/database/full", test_full);
  ADD ("/database/read-only", test_read_only);
  ADD ("/database/back-up", test_back_up);
  ADD ("/database/search", test_search);
  return g_test_run ();
}
