/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Jobs that providers have brought to every state there is, as they stand in the database: the exit code of
 * each.
 */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"
#include "jobs/cs-owner.h"

#include <sqlite3.h>
#include <string.h>

/* A deck that was accepted and that nobody drives. */
static char *
make_free_job (void)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "deck", "cats", "--detach", NULL);
  char *id = cli_dup_text (answer, "id");

  cli_assert_code (answer, 0, NULL);
  return id;
}

/* @driver: (nullable): who has the only job now; @change: what became of it meanwhile */
static void
change_job (CsTestHome *home, CsOwner *driver, const char *change)
{
  g_autofree char *path = cs_test_home_build (home, "studio.db");
  g_autofree char *sql = g_strdup_printf ("DELETE FROM creations; UPDATE jobs SET owner = nullif('%s', ''),"
                                          " updated_at = updated_at + 1, %s",
                                          driver != NULL ? cs_owner_get_name (driver) : "", change);
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  if (sqlite3_exec (database, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  sqlite3_close (database);
}

/* This test as a process that drives jobs, and does nothing for them. */
static CsOwner *
make_driver (CsTestHome *home)
{
  g_autofree char *folder = cs_test_home_build (home, "state/owners");
  g_autoptr (GError) error = NULL;
  CsOwner *driver = cs_owner_new (folder, &error);

  g_assert_no_error (error);
  return driver;
}

static void
test_every_code (void)
{
  static const struct
  {
    const char *change;
    int exit_status;
    const char *code;
  } rows[] = {
    { "state = 'failed', error_code = 'provider_refused', error_message = 'No.'", 5, "provider_refused" },
    { "state = 'failed', error_code = 'damaged', error_message = 'Broken.'", 1, "damaged" },
    { "state = 'failed', error_code = 'insufficient_credit', error_message = 'Empty.'", 4,
      "insufficient_credit" },
    { "state = 'failed', error_code = 'uncertain', error_message = 'Nobody knows.'", 7, "uncertain" },
    { "state = 'failed', error_code = 'no such word', error_message = 'Strange.'", 1, "failed" },
    { "state = 'cancelled', error_code = NULL, error_message = NULL", 8, "cancelled" },
    { "state = 'quoted', waiting = 'no_key', error_code = 'no_key', error_message = 'Set a key.'", 3,
      "no_key" },
    { "state = 'quoted', waiting = 'budget', error_code = 'over_budget', error_message = 'Over.'", 4,
      "over_budget" },
    { "state = 'quoted', waiting = 'consent', error_code = 'over_max_cost', error_message = 'Dear.'", 4,
      "over_max_cost" },
  };
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *id = make_free_job ();
  g_autoptr (CsOwner) driver = make_driver (home);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CliAnswer) answer = NULL;
      g_autoptr (CliAnswer) shown = NULL;

      change_job (home, driver, rows[i].change);
      answer = cli_ask (NULL, "jobs", "wait", id, NULL);
      shown = cli_ask (NULL, "jobs", "show", id, NULL);
      cli_assert_code (answer, rows[i].exit_status, rows[i].code);
      g_assert_cmpstr (cs_json_get_string (answer->document, "id", ""), ==, id);
      g_assert_cmpint (shown->run->exit_status, ==, 0);
    }
}

#define OFFLINE                                                                                              \
  "state = 'quoted', waiting = 'offline', error_code = 'offline', error_message = 'No connection.',"         \
  " not_before = (strftime('%s', 'now') + 600) * 1000000"

/* No connection within --patience: the job is kept, says so, and is tried again by the next who comes. */
static void
test_offline (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *id = make_free_job ();
  g_autoptr (CsOwner) driver = make_driver (home);
  g_autoptr (CliAnswer) waited = NULL;
  g_autoptr (CliAnswer) shown = NULL;
  g_autoptr (CliAnswer) resumed = NULL;

  change_job (home, driver, OFFLINE);
  waited = cli_ask (NULL, "jobs", "wait", id, "--patience", "1", NULL);
  shown = cli_ask (NULL, "jobs", "show", id, NULL);
  cli_assert_code (waited, 6, "offline");
  g_assert_nonnull (strstr (waited->run->err, id));
  g_assert_cmpstr (cs_json_get_string (shown->document, "status", ""), ==, "processing");
  g_assert_cmpstr (cs_json_get_string (shown->document, "waiting", ""), ==, "offline");
  change_job (home, NULL, OFFLINE);
  resumed = cli_ask (NULL, "jobs", "resume", NULL);
  cli_assert_code (resumed, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (cli_get_element (resumed, "jobs", 0), "status", ""), ==, "succeeded");
}

/* Dearer than agreed: nothing is sent. What was asked for by a command that ends here is not left behind. */
static void
test_consent (void)
{
  const char *dear = "state = 'quoted', max_cost = -5, waiting = NULL, not_before = 0";
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) first = cli_ask (NULL, "deck", "cats", "--request-id", "r", "--detach", NULL);
  g_autofree char *id = cli_dup_text (first, "id");
  g_autoptr (CliAnswer) waited = NULL;
  g_autoptr (CliAnswer) kept = NULL;
  g_autoptr (CliAnswer) again = NULL;
  g_autoptr (CliAnswer) shown = NULL;

  change_job (home, NULL, dear);
  waited = cli_ask (NULL, "jobs", "wait", id, NULL);
  kept = cli_ask (NULL, "jobs", "show", id, NULL);
  cli_assert_code (waited, 4, "over_max_cost");
  g_assert_cmpstr (cs_json_get_string (kept->document, "status", ""), ==, "processing");
  g_assert_cmpstr (cs_json_get_string (kept->document, "waiting", ""), ==, "consent");
  again = cli_ask (NULL, "deck", "cats", "--request-id", "r", NULL);
  shown = cli_ask (NULL, "jobs", "show", id, NULL);
  cli_assert_code (again, 4, "over_max_cost");
  g_assert_cmpstr (cs_json_get_string (again->document, "id", ""), ==, id);
  g_assert_cmpstr (cs_json_get_string (shown->document, "status", ""), ==, "canceled");
}

#define IN_DOUBT                                                                                             \
  "state = 'uncertain', look_count = 0, not_before = 0, waiting = NULL, error_code = 'uncertain', "          \
  "error_message = 'Cut off.',"                                                                              \
  " uncertain_since = strftime('%s', 'now') * 1000000"

/* A job in doubt is never sent again by itself: it waits for a word, and each word does what it says. */
static void
test_uncertain (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *id = make_free_job ();
  g_autoptr (CliAnswer) waited = NULL;
  g_autoptr (CliAnswer) checked = NULL;
  g_autoptr (CliAnswer) resumed = NULL;
  g_autoptr (CliAnswer) resent = NULL;
  g_autoptr (CliAnswer) given_up = NULL;

  change_job (home, NULL, IN_DOUBT);
  waited = cli_ask (NULL, "jobs", "wait", id, "--patience", "1", NULL);
  cli_assert_code (waited, 7, "uncertain");
  g_assert_true (cs_json_get_boolean (waited->document, "uncertain", FALSE));
  g_assert_cmpstr (cs_json_get_string (waited->document, "status", ""), ==, "processing");
  resumed = cli_ask (NULL, "jobs", "resume", NULL);
  cli_assert_code (resumed, 7, "uncertain");
  checked = cli_ask (NULL, "jobs", "check", id, NULL);
  cli_assert_code (checked, 7, "uncertain");
  g_assert_nonnull (strstr (checked->run->err, "resend"));
  resent = cli_ask (NULL, "jobs", "resend", id, NULL);
  cli_assert_code (resent, 0, NULL);
  g_assert_cmpuint (cli_get_length (resent, "attempts"), ==, 2);
  change_job (home, NULL, IN_DOUBT);
  given_up = cli_ask (NULL, "jobs", "giveup", id, NULL);
  g_assert_cmpint (given_up->run->exit_status, ==, 0);
  g_assert_cmpstr (cs_json_get_string (given_up->document, "status", ""), ==, "failed");
}

/* One that failed on the way makes `jobs resume` fail, whatever became of the others. */
static void
test_resume_fails (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *id = make_free_job ();
  g_autoptr (CliAnswer) resumed = NULL;

  change_job (home, NULL,
              "state = 'quoted', chain = '[]', provider = NULL, model = NULL,"
              " brief = json_set(brief, '$.provider', 'nobody'), waiting = NULL, not_before = 0");
  resumed = cli_ask (NULL, "jobs", "resume", NULL);
  cli_assert_code (resumed, 1, "failed");
  g_assert_cmpstr (cs_json_get_string (cli_get_element (resumed, "jobs", 0), "id", ""), ==, id);
  g_assert_cmpstr (cs_json_get_string (cli_get_element (resumed, "jobs", 0), "status", ""), ==, "failed");
}

/* A full disk of yesterday is not one of today. */
static void
test_old_trouble (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *id = make_free_job ();
  g_autoptr (CliAnswer) waited = NULL;

  change_job (home, NULL,
              "state = 'rendering', waiting = 'disk_full', error_code = 'disk_full', error_message = "
              "'Full.', not_before = 0");
  waited = cli_ask (NULL, "jobs", "wait", id, NULL);
  cli_assert_code (waited, 0, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/states/every-code", test_every_code);
  g_test_add_func ("/cli/states/offline", test_offline);
  g_test_add_func ("/cli/states/2/consent", test_consent);
  g_test_add_func ("/cli/states/3/uncertain", test_uncertain);
  g_test_add_func ("/cli/states/resume-fails", test_resume_fails);
  g_test_add_func ("/cli/states/old-trouble", test_old_trouble);
  return g_test_run ();
}
