/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that do not exist yet are laid over the resource: what a later version will do, and one that fails.
 */
#include "config.h"
#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "tests/support/cs-test.h"
#include "store/cs-migrations.h"

#include <glib/gstdio.h>

static char *steps; /* the folder that is laid over */

static int n_real;

static void
set_step (int number, const char *sql)
{
  g_autofree char *name = g_strdup_printf ("%04d-test.sql", number);
  g_autofree char *path = g_build_filename (steps, name, NULL);

  if (sql != NULL)
    g_assert_true (g_file_set_contents (path, sql, -1, NULL));
  else
    g_assert_cmpint (g_unlink (path), ==, 0);
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

static GPtrArray *
list (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  return names;
}

/* A copy before each step, holding the version before it. */
static void
test_backups (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *path = cs_test_home_build (home, "studio.db");
  g_autofree char *backups = cs_test_home_build (home, "backups");
  g_autoptr (CsDatabase) database = cs_database_open (path, NULL);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (backups, 0700), ==, 0);
  set_step (n_real + 1, "CREATE TABLE extra (a); INSERT INTO extra VALUES (1);");
  set_step (n_real + 2, "ALTER TABLE extra ADD COLUMN b; UPDATE extra SET b = a + 1;");
  g_assert_cmpint (cs_migrations_get_latest (), ==, n_real + 2);
  g_assert_true (cs_migrations_run_to (database, n_real, NULL, &error));
  g_assert_true (cs_migrations_run (database, backups, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_integer (database, "PRAGMA user_version"), ==, n_real + 2);
  g_assert_cmpint (get_integer (database, "SELECT b FROM extra"), ==, 2);

  names = list (backups);
  g_assert_cmpuint (names->len, ==, 2);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *copy_path = g_build_filename (backups, g_ptr_array_index (names, i), NULL);
      g_autoptr (CsDatabase) copy = cs_database_open (copy_path, NULL);
      gint64 version = get_integer (copy, "PRAGMA user_version");
      g_autofree char *prefix = g_strdup_printf ("studio-v%d-", (int) version);

      g_assert_true (g_str_has_prefix (g_ptr_array_index (names, i), prefix));
      g_assert_true (cs_migrations_run (copy, NULL, &error));
      g_assert_cmpint (get_integer (copy, "SELECT b FROM extra"), ==, 2);
    }
  set_step (n_real + 2, NULL);
  set_step (n_real + 1, NULL);
}

/* A step that fails leaves the database as the step before it left it. */
static void
assert_fails (const char *sql)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *path = cs_test_home_build (home, "studio.db");
  g_autoptr (CsDatabase) database = cs_database_open (path, NULL);
  g_autoptr (GError) error = NULL;

  set_step (n_real + 1, "CREATE TABLE kept (a)");
  set_step (n_real + 2, sql);
  g_assert_false (cs_migrations_run (database, home->path, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == CS_ERROR);
  g_assert_cmpint (get_integer (database, "PRAGMA user_version"), ==, n_real + 1);
  g_assert_cmpint (
      get_integer (database, "SELECT count(*) FROM sqlite_master WHERE name IN ('kept', 'extra')"), ==, 1);
  g_assert_cmpint (get_integer (database, "PRAGMA foreign_keys"), ==, 1);
  g_assert_true (cs_database_begin (database, TRUE, NULL));
  cs_database_rollback (database);

  /* corrected, it goes through */
  set_step (n_real + 2, "CREATE TABLE extra (a)");
  g_clear_error (&error);
  g_assert_true (cs_migrations_run (database, home->path, &error));
  g_assert_no_error (error);
  set_step (n_real + 2, NULL);
  set_step (n_real + 1, NULL);
}

static void
test_failure (void)
{
  assert_fails ("CREATE TABLE extra (a); INSERT INTO none VALUES (1);");
  assert_fails ("CREATE TABLE extra (a); NONSENSE");
}

/* With the references off a step could leave loose ends: it is not taken. */
static void
test_loose_ends (void)
{
  assert_fails ("CREATE TABLE extra (a REFERENCES jobs (id)); INSERT INTO extra VALUES ('none');");
}

/* The usual way to change a table in SQLite: build another and drop the old one, with rows that refer to it.
 */
static void
test_rebuild (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *path = cs_test_home_build (home, "studio.db");
  g_autoptr (CsDatabase) database = cs_database_open (path, NULL);
  g_autoptr (GError) error = NULL;

  set_step (n_real + 1,
            "CREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER, extra);"
            "INSERT INTO new SELECT id, name, created_at, 'x' FROM collections;"
            "DROP TABLE collections; ALTER TABLE new RENAME TO collections;");
  g_assert_true (cs_migrations_run_to (database, n_real, NULL, &error));
  g_assert_true (
      cs_database_exec (database,
                        "INSERT INTO creations (id, kind, title, prompt, original_prompt, provider, model,"
                        " file, mime_type, sha256, size, source, created_at)"
                        " VALUES ('c', 'image', '', '', '', '', '', '', '', '', 1, '', 1);"
                        "INSERT INTO collections VALUES (7, 'mine', 1);"
                        "INSERT INTO collection_items VALUES (7, 'c', 1)",
                        &error));
  g_assert_true (cs_migrations_run (database, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_integer (database, "SELECT count(*) FROM collection_items"), ==, 1);
  g_assert_cmpint (get_integer (database, "SELECT count(*) FROM collections WHERE extra = 'x'"), ==, 1);
  set_step (n_real + 1, NULL);
}

int
main (int argc, char *argv[])
{
  g_autofree char *overlay = NULL;
  int code;

  /* Read once, at the first look into any resource. */
  steps = g_dir_make_tmp ("cs-steps-XXXXXX", NULL);
  overlay = g_strdup_printf ("/dz/iafactory/CreativeStudio/sql=%s", steps);
  g_setenv ("G_RESOURCE_OVERLAYS", overlay, TRUE);

  g_test_init (&argc, &argv, NULL);
  n_real = cs_migrations_get_latest ();
  g_test_add_func ("/migration-steps/backups", test_backups);
  g_test_add_func ("/migration-steps/failure", test_failure);
  g_test_add_func ("/migration-steps/loose-ends", test_loose_ends);
  g_test_add_func ("/migration-steps/rebuild", test_rebuild);
  code = g_test_run ();
  g_rmdir (steps);
  g_free (steps);
  return code;
}
