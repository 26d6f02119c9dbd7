/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "tests/support/cs-test.h"
#include "store/cs-database.h"

typedef struct
{
  CsTestHome *home;
  CsDatabase *database;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->home = cs_test_home_new ();
  path = cs_test_home_build (fixture->home, "test.db");
  fixture->database = cs_database_open (path, NULL);
  g_assert_true (cs_database_exec (fixture->database, "CREATE TABLE t (s TEXT, i INTEGER, d REAL)", NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cs_database_close (fixture->database);
  cs_test_home_free (fixture->home);
}

static void
insert (CsDatabase *database, const char *text, gint64 integer, double real)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStatement) statement
      = cs_statement_new (database, "INSERT INTO t (s, i, d) VALUES (:s, :i, :d)", &error);

  g_assert_no_error (error);
  cs_statement_bind_text (statement, "s", text);
  cs_statement_bind_int (statement, ":i", integer);
  cs_statement_bind_double (statement, "d", real);
  g_assert_true (cs_statement_run (statement, &error));
  g_assert_no_error (error);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = NULL;

  insert (fixture->database, "ثعلب'; DROP TABLE t; --", G_MININT64, 0.1);
  insert (fixture->database, NULL, G_MAXINT64, -1e300);
  statement = cs_statement_new (fixture->database, "SELECT s, i, d FROM t ORDER BY rowid", &error);
  g_assert_true (cs_statement_step (statement, &error));
  g_assert_cmpstr (cs_statement_get_text (statement, 0), ==, "ثعلب'; DROP TABLE t; --");
  g_assert_cmpint (cs_statement_get_int (statement, 1), ==, G_MININT64);
  g_assert_cmpfloat (cs_statement_get_double (statement, 2), ==, 0.1);
  g_assert_false (cs_statement_is_null (statement, 0));
  copy = cs_statement_dup_text (statement, 0);
  g_assert_true (cs_statement_step (statement, &error));
  g_assert_cmpstr (copy, ==, "ثعلب'; DROP TABLE t; --");
  g_assert_null (cs_statement_get_text (statement, 0));
  g_assert_null (cs_statement_dup_text (statement, 0));
  g_assert_true (cs_statement_is_null (statement, 0));
  g_assert_cmpint (cs_statement_get_int (statement, 1), ==, G_MAXINT64);
  g_assert_cmpfloat (cs_statement_get_double (statement, 2), ==, -1e300);
  g_assert_false (cs_statement_step (statement, &error));
  g_assert_no_error (error);
}

/* What was bound once is not bound for the next run. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsStatement) statement
      = cs_statement_new (fixture->database, "INSERT INTO t (s, i) VALUES (:s, :i)", NULL);
  gint64 n = 0;

  cs_statement_bind_text (statement, "s", "one");
  cs_statement_bind_int (statement, "i", 1);
  g_assert_true (cs_statement_run (statement, NULL));
  cs_statement_bind_int (statement, "i", 2);
  g_assert_true (cs_statement_run (statement, NULL));
  cs_statement_bind_null (statement, "i");
  g_assert_true (cs_statement_run (statement, NULL));
  g_assert_true (
      cs_database_get_integer (fixture->database, "SELECT count(*) FROM t WHERE s IS NULL", &n, NULL));
  g_assert_cmpint (n, ==, 2);
  g_assert_cmpint (cs_database_get_changes (fixture->database), ==, 1);
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStatement) statement = NULL;

  g_assert_null (cs_statement_new (fixture->database, "SELEC", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (cs_statement_new (fixture->database, "SELECT \"no such column\" FROM t", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_true (cs_database_exec (fixture->database, "CREATE UNIQUE INDEX u ON t (i)", NULL));
  insert (fixture->database, "a", 1, 0);
  statement = cs_statement_new (fixture->database, "INSERT INTO t (i) VALUES (:i)", NULL);
  cs_statement_bind_int (statement, "i", 1);
  g_assert_false (cs_statement_run (statement, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  /* the statement goes on working after a failure */
  cs_statement_bind_int (statement, "i", 2);
  g_assert_true (cs_statement_run (statement, NULL));
}

static void
test_unknown_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsStatement) statement = cs_statement_new (fixture->database, "SELECT :a", NULL);

  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*index > 0*");
  cs_statement_bind_int (statement, "b", 1);
  g_test_assert_expected_messages ();
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/statement/values", test_values);
  ADD ("/statement/again", test_again);
  ADD ("/statement/errors", test_errors);
  ADD ("/statement/unknown-name", test_unknown_name);
  return g_test_run ();
}
