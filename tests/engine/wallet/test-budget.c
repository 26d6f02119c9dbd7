/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fence: what counts as spent, since when, and what fits under the caps. */
#include "config.h"
#include "wallet/cs-budget.h"

#include "cs-test.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "store/cs-migrations.h"

#define DAY (G_GINT64_CONSTANT (86400) * 1000000)

typedef struct
{
  char *folder;
  CsDatabase *database;
  int n;
} Fixture;

static void
exec (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  cs_database_exec (fixture->database, sql, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("cs-test-budget-XXXXXX", &error);
  path = g_build_filename (fixture->folder, "studio.db", NULL);
  fixture->database = cs_database_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (cs_migrations_run (fixture->database, fixture->folder, &error));
  exec (fixture, "INSERT INTO jobs (id, kind, state, brief, created_at, updated_at) VALUES ('a', 'image', 'done', '{}', 0, 0),"
                 " ('b', 'image', 'done', '{}', 0, 0)");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cs_database_close (fixture->database);
  cs_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

/* An attempt of the job; @ended_at 0: open. */
static void
add_attempt (Fixture *fixture, const char *job, const char *billed, CsMoney hold, CsMoney cost, gint64 created_at, gint64 ended_at)
{
  g_autofree char *end = ended_at != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, ended_at) : g_strdup ("NULL");
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO attempts (job_id, number, provider, model, request, status, billed, hold, cost, created_at, ended_at)"
      " VALUES ('%s', %d, 'p', 'm', '{}', 'accepted', '%s', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %s)",
      job, ++fixture->n, billed, hold, cost, created_at, end);

  exec (fixture, sql);
}

static void
test_no_caps (Fixture *fixture, gconstpointer data)
{
  CsBudget budget;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_budget_load (fixture->database, &budget, &error));
  g_assert_cmpint (budget.job_cap, <, 0);
  g_assert_cmpint (budget.day_cap, <, 0);
  g_assert_cmpint (budget.month_cap, <, 0);
  g_assert_cmpint (budget.month_spent, ==, 0);
  g_assert_true (cs_budget_check (fixture->database, "a", G_GINT64_CONSTANT (1000000000000), FALSE, &error));
  g_assert_no_error (error);
}

/* Paid: what it cost. Open, or nobody knows: what was held. Unbilled: nothing. */
static void
test_spent (Fixture *fixture, gconstpointer data)
{
  gint64 now = cs_clock_now ();
  CsBudget budget;

  add_attempt (fixture, "a", "yes", 100, 7, now, now);
  add_attempt (fixture, "a", "no", 1000, 0, now, now);
  add_attempt (fixture, "a", "no", 20, 0, now, 0);
  add_attempt (fixture, "b", "unknown", 300, 0, now, 0);
  add_attempt (fixture, "b", "unknown", 4000, 0, now, now);
  g_assert_true (cs_budget_load (fixture->database, &budget, NULL));
  g_assert_cmpint (budget.day_spent, ==, 7 + 20 + 300 + 4000);
  g_assert_cmpint (budget.month_spent, ==, budget.day_spent);
}

/* Since local midnight, and since the first of the month. */
static void
test_since (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (cs_clock_now () / 1000000);
  g_autoptr (GDateTime) month = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), 1, 0, 0, 0);
  gint64 first = g_date_time_to_unix (month) * 1000000;
  CsBudget budget;

  add_attempt (fixture, "a", "yes", 1, 1, first - 1, 1);
  add_attempt (fixture, "a", "yes", 20, 20, first, 1);
  add_attempt (fixture, "a", "yes", 300, 300, cs_clock_now (), 1);
  g_assert_true (cs_budget_load (fixture->database, &budget, NULL));
  g_assert_cmpint (budget.month_spent, ==, 320);
  g_assert_cmpint (budget.day_spent, >=, 300);

  cs_clock_turn (DAY);
  g_assert_true (cs_budget_load (fixture->database, &budget, NULL));
  g_assert_cmpint (budget.day_spent, ==, 0);
  cs_clock_turn (-DAY);
}

static void
check_over (Fixture *fixture, const char *job, CsMoney amount)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_budget_check (fixture->database, job, amount, FALSE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_OVER_BUDGET);
}

static void
check_under (Fixture *fixture, const char *job, CsMoney amount)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_budget_check (fixture->database, job, amount, FALSE, &error));
  g_assert_no_error (error);
}

/* To the very cap, and not a micro-dollar over it. */
static void
test_caps (Fixture *fixture, gconstpointer data)
{
  gint64 now = cs_clock_now ();

  add_attempt (fixture, "a", "yes", 60, 60, now, now);
  cs_budget_set (fixture->database, "day", 100, NULL);
  check_under (fixture, "b", 40);
  check_over (fixture, "b", 41);
  cs_budget_set (fixture->database, "month", 90, NULL);
  check_under (fixture, "b", 30);
  check_over (fixture, "b", 31);
  cs_budget_set (fixture->database, "job", 20, NULL);
  check_under (fixture, "b", 20);
  check_over (fixture, "b", 21);
  check_over (fixture, "a", 1); /* its earlier attempt counts */
  check_under (fixture, "a", 0); /* what is free always fits */
  cs_budget_set (fixture->database, "job", 0, NULL);
  check_over (fixture, "b", 1);
}

static void
test_set (Fixture *fixture, gconstpointer data)
{
  CsBudget budget;

  g_assert_true (cs_budget_set (fixture->database, "day", 5, NULL));
  g_assert_true (cs_budget_set (fixture->database, "day", 6, NULL));
  g_assert_true (cs_budget_load (fixture->database, &budget, NULL));
  g_assert_cmpint (budget.day_cap, ==, 6);
  g_assert_true (cs_budget_set (fixture->database, "day", -1, NULL));
  g_assert_true (cs_budget_load (fixture->database, &budget, NULL));
  g_assert_cmpint (budget.day_cap, <, 0);
}

/* Jobs that came over HTTP and that no wallet key pays have a cap besides: five dollars a day, if no other was set. */
static void
test_api (Fixture *fixture, gconstpointer data)
{
  gint64 now = cs_clock_now ();
  CsBudget budget;

  exec (fixture, "INSERT INTO wallet_keys (hash, ending, created_at) VALUES ('x', 'ABCD', 0);"
                 "INSERT INTO jobs (id, kind, state, brief, door, key_id, text_cost, text_at, created_at, updated_at)"
                 " VALUES ('http', 'image', 'done', '{}', 'api', NULL, 5, 9223372036854775807, 0, 0),"
                 " ('paid', 'image', 'done', '{}', 'api', 1, 7, 9223372036854775807, 0, 0)");
  add_attempt (fixture, "a", "yes", 4000000, 4000000, now, now);
  add_attempt (fixture, "paid", "yes", 4000000, 4000000, now, now);
  add_attempt (fixture, "http", "yes", 10, 10, now, now);
  add_attempt (fixture, "http", "unknown", 20, 0, now, now);
  add_attempt (fixture, "http", "yes", 100, 100, now - 2 * DAY, now);
  g_assert_true (cs_budget_load (fixture->database, &budget, NULL));
  g_assert_cmpint (budget.api_spent, ==, 42);
  g_assert_cmpint (budget.api_cap, ==, CS_BUDGET_API_CAP);
  check_under (fixture, "http", CS_BUDGET_API_CAP - 42);
  check_over (fixture, "http", CS_BUDGET_API_CAP - 41);
  check_under (fixture, "paid", 10 * CS_BUDGET_API_CAP);
  check_under (fixture, "a", 10 * CS_BUDGET_API_CAP);
  /* Words are the user's to pay, whoever pays the rest. */
  g_assert_true (cs_budget_check (fixture->database, "paid", CS_BUDGET_API_CAP - 42, TRUE, NULL));
  g_assert_false (cs_budget_check (fixture->database, "paid", CS_BUDGET_API_CAP - 41, TRUE, NULL));
  cs_budget_set (fixture->database, "api", 43, NULL);
  check_under (fixture, "http", 1);
  check_over (fixture, "http", 2);
  cs_budget_set (fixture->database, "day", 1, NULL); /* the others hold for it, too */
  check_over (fixture, "http", 1);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/budget/no-caps", test_no_caps);
  add ("/budget/spent", test_spent);
  add ("/budget/since", test_since);
  add ("/promise-2/budget/caps", test_caps);
  add ("/promise-2/budget/api", test_api);
  add ("/budget/set", test_set);
  return g_test_run ();
}
