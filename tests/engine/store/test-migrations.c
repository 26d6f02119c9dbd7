/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "tests/support/cs-test.h"
#include "store/cs-migrations.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_PROCESSES 6

typedef struct
{
  CsTestHome *home;
  char *path;
  char *backups;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = cs_test_home_new ();
  fixture->path = cs_test_home_build (fixture->home, "studio.db");
  fixture->backups = cs_test_home_build (fixture->home, "backups");
  g_assert_cmpint (g_mkdir (fixture->backups, 0700), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cs_test_home_free (fixture->home);
  g_free (fixture->path);
  g_free (fixture->backups);
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

static int
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  int n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* The whole schema as text, in an order that does not depend on how it came about. */
static char *
describe_schema (CsDatabase *database)
{
  g_autoptr (CsStatement) statement
      = cs_statement_new (database, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name", NULL);
  GString *text = g_string_new (NULL);

  while (cs_statement_step (statement, NULL))
    g_string_append_printf (text, "%s %s: %s\n", cs_statement_get_text (statement, 0),
                            cs_statement_get_text (statement, 1), cs_statement_get_text (statement, 2));
  return g_string_free (text, FALSE);
}

/* The library is linked whole, so its resource is there without a call. */
static void
test_resource (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sql
      = g_resources_lookup_data ("/dz/iafactory/CreativeStudio/sql/0001-studio.sql", 0, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (sql), >, 1000);
  g_assert_cmpint (cs_migrations_get_latest (), >=, 1);
}

static void
test_fresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDatabase) database = cs_database_open (fixture->path, &error);
  static const char *const tables[]
      = { "jobs",     "attempts",  "creations",    "collections", "collection_items",
          "settings", "durations", "creations_fts" };

  g_assert_true (cs_migrations_run (database, fixture->backups, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_integer (database, "PRAGMA user_version"), ==, cs_migrations_get_latest ());
  g_assert_cmpint (get_integer (database, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (get_integer (database, "PRAGMA busy_timeout"), ==, 5000);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);

      g_assert_cmpint (get_integer (database, sql), ==, 0);
    }
  /* there was nothing to copy */
  g_assert_cmpint (count_files (fixture->backups), ==, 0);
  g_assert_true (cs_migrations_run (database, fixture->backups, &error));
  g_assert_cmpint (count_files (fixture->backups), ==, 0);
}

/* From every version that ever was: the same schema in the end, a copy before each step, no row lost. */
static void
test_every_version (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fresh_path = cs_test_home_build (fixture->home, "fresh.db");
  g_autoptr (CsDatabase) fresh = cs_database_open (fresh_path, NULL);
  g_autofree char *expected = NULL;
  int latest = cs_migrations_get_latest ();

  g_assert_true (cs_migrations_run (fresh, NULL, NULL));
  expected = describe_schema (fresh);
  for (int version = 1; version <= latest; version++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%d", fixture->path, version);
      g_autofree char *backups = g_strdup_printf ("%s.%d", fixture->backups, version);
      g_autoptr (CsDatabase) database = cs_database_open (path, NULL);
      g_autofree char *schema = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (g_mkdir (backups, 0700), ==, 0);
      g_assert_true (cs_migrations_run_to (database, version, NULL, &error));
      g_assert_cmpint (get_integer (database, "PRAGMA user_version"), ==, version);
      g_assert_true (cs_database_exec (database, "INSERT INTO settings VALUES ('a', 'b')", &error));
      g_assert_true (cs_migrations_run (database, backups, &error));
      g_assert_no_error (error);
      schema = describe_schema (database);
      g_assert_cmpstr (schema, ==, expected);
      g_assert_cmpint (get_integer (database, "SELECT count(*) FROM settings"), ==, 1);
      g_assert_cmpint (count_files (backups), ==, MIN (latest - version, 5));
    }
}

/* What a job of the first version has of the columns of the second: nothing was spent on words. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) database = cs_database_open (fixture->path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_migrations_run_to (database, 1, NULL, &error));
  g_assert_true (cs_database_exec (database,
                                   "INSERT INTO jobs (id, kind, state, brief, created_at, updated_at)"
                                   " VALUES ('j', 'image', 'done', '{}', 1, 1)",
                                   &error));
  g_assert_true (cs_migrations_run_to (database, 2, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_integer (database, "SELECT text_starts + text_cost + text_hold FROM jobs WHERE id = 'j'"), ==, 0);
  g_assert_cmpint (get_integer (database, "SELECT text_at IS NULL FROM jobs WHERE id = 'j'"), ==, 1);
}

/* What was made before usage was written down is in it all the same: once, and only what may have been paid for. */
static void
test_usage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) database = cs_database_open (fixture->path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_migrations_run_to (database, 2, NULL, &error));
  cs_database_exec (database,
                    "INSERT INTO jobs (id, kind, state, brief, user_id, text_cost, text_hold, text_at, created_at, updated_at)"
                    " VALUES ('a', 'video', 'done', '{}', 'ana', 5, 2, 77, 0, 0), ('b', 'image', 'writing', '{}', '', 0, 9, 1, 0, 0);"
                    "INSERT INTO attempts (job_id, number, provider, model, request, status, billed, hold, cost, created_at, ended_at)"
                    " VALUES ('a', 1, 'p', 'm', '{}', 'refused', 'no', 10, 0, 0, 5), ('a', 2, 'p', 'm', '{}', 'uncertain', 'unknown', 20, 0, 0, 6),"
                    " ('a', 3, 'p', 'm', '{}', 'succeeded', 'yes', 40, 30, 0, 7), ('a', 4, 'p', 'm', '{}', 'succeeded', 'no', 0, 0, 0, 8),"
                    " ('b', 1, 'p', 'm', '{}', 'accepted', 'no', 50, 0, 0, NULL)",
                    &error);
  g_assert_no_error (error);
  g_assert_true (cs_migrations_run (database, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_integer (database, "SELECT count(*) FROM usage_events"), ==, 4);
  g_assert_cmpint (get_integer (database, "SELECT sum(cost) FROM usage_events WHERE user_id = 'ana'"), ==, 20 + 30 + 0 + 7);
  g_assert_cmpint (get_integer (database, "SELECT sum(estimated) FROM usage_events WHERE attempt > 0"), ==, 60);
  g_assert_cmpint (get_integer (database, "SELECT sum(is_unknown) FROM usage_events"), ==, 2);
  g_assert_cmpint (get_integer (database, "SELECT count(*) FROM usage_events WHERE attempt = 0 AND kind = 'text' AND at = 77"), ==, 1);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) database = cs_database_open (fixture->path, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", cs_migrations_get_latest () + 1);

  g_assert_true (cs_migrations_run (database, fixture->backups, NULL));
  g_assert_true (cs_database_exec (database, sql, NULL));
  g_assert_false (cs_migrations_run (database, fixture->backups, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NEWER);
  g_assert_cmpint (get_integer (database, "PRAGMA user_version"), ==, cs_migrations_get_latest () + 1);
}

/* What a process that starts with others does; an exit code says what went wrong. */
static int
start_and_write (Fixture *fixture, int start)
{
  g_autoptr (CsDatabase) database = NULL;
  char go;

  if (read (start, &go, 1) != 0)
    return 2;
  database = cs_database_open (fixture->path, NULL);
  if (database == NULL)
    return 3;
  if (!cs_migrations_run (database, fixture->backups, NULL))
    return 4;
  if (!cs_database_exec (database, "INSERT INTO durations VALUES ('p', 'm', 1, 1)", NULL))
    return 5;
  return get_integer (database, "PRAGMA user_version") == cs_migrations_get_latest () ? 0 : 6;
}

/* Several processes open a new database at once: one makes it, the others wait, all can use it. */
static void
test_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsDatabase) database = NULL;
  pid_t children[N_PROCESSES];
  int start[2];

  g_assert_cmpint (pipe (start), ==, 0);
  for (int i = 0; i < N_PROCESSES; i++)
    {
      children[i] = fork ();
      g_assert_cmpint (children[i], >=, 0);
      if (children[i] == 0)
        {
          close (start[1]);
          _exit (start_and_write (fixture, start[0]));
        }
    }
  close (start[0]);
  close (start[1]); /* go */
  for (int i = 0; i < N_PROCESSES; i++)
    {
      int status = -1;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    }
  database = cs_database_open (fixture->path, NULL);
  g_assert_cmpint (get_integer (database, "SELECT count(*) FROM durations"), ==, N_PROCESSES);
  g_assert_true (cs_database_check (database, NULL));
  g_assert_cmpint (count_files (fixture->backups), ==, 0);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/migrations/resource", test_resource);
  ADD ("/migrations/fresh", test_fresh);
  ADD ("/migrations/every-version", test_every_version);
  ADD ("/migrations/words", test_words);
  ADD ("/migrations/usage", test_usage);
  ADD ("/migrations/newer", test_newer);
  ADD ("/migrations/at-once", test_at_once);
  return g_test_run ();
}
