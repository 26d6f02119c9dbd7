/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real program, killed at any moment while it pays for pictures over slow and broken connections: nothing is taken
 * twice, and everything that was taken becomes a creation or is said to be in doubt; a wallet key that pays for some is
 * debited once for each that was made. CS_TEST_KILLS=500 kills that often; else as often as half a minute allows.
 */
#include "config.h"

#include "cli-support.h"
#include "cs-fake-server.h"
#include "cs-ledger-sql.h"

#include "store/cs-database.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define SECONDS 25
#define LONGEST 700 /* milliseconds until a kill */
#define MAX_ROUNDS 12

typedef struct
{
  CsTestHome *home;
  CsFakeServer *server;
  char *journal;
  char *errors;
  char *key;      /* a wallet key, which pays for every other picture */
  guint n_jobs;
  guint n_killed;
} Fixture;

/* How the servers are while this goes on: slow, and sometimes gone after they took it. */
static const char *const words[] = { "ok", "ok@50", "ok@200", "ok@400", "lost", "lost@100", "cut", "silent", "empty", "badjson" };
static const char *const poll_words[] = { "ok", "ok@50", "500", "reset", "polls:3" };

static char *
make_key (void)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "wallet", "create", "--credit", "10", NULL);

  cli_assert_code (answer, 0, NULL);
  return cli_dup_text (answer, "key");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ollama = NULL;

  fixture->home = cs_test_home_new ();
  fixture->journal = cs_test_home_build (fixture->home, "journal");
  fixture->errors = cs_test_home_build (fixture->home, "errors");
  fixture->server = cs_fake_server_new (fixture->journal);
  cs_fake_server_set_environment (fixture->server);
  ollama = cs_fake_server_dup_closed_base (fixture->server, "ollama");
  g_setenv ("OLLAMA_HOST", ollama, TRUE);
  g_setenv ("CREATIVE_STUDIO_POLL_MS", "20", TRUE);
  g_setenv ("PIAPI_KEY", "canary0123456789", TRUE);
  g_setenv ("REPLICATE_API_TOKEN", "canary0123456789", TRUE);
  fixture->key = make_key ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unsetenv ("CREATIVE_STUDIO_KEY_CODE");
  cs_fake_server_free (fixture->server);
  g_free (fixture->journal);
  g_free (fixture->errors);
  g_free (fixture->key);
  cs_test_home_free (fixture->home);
}

static const char *
choose (const char *const *list, guint n)
{
  return list[g_test_rand_int_range (0, (gint32) n)];
}

static GSubprocess *
start (Fixture *fixture)
{
  g_autofree char *prompt = NULL;
  gboolean is_replicate = g_test_rand_bit ();

  if (fixture->n_jobs > 0 && g_test_rand_int_range (0, 10) < 4)
    return cli_start (fixture->errors, "jobs", "resume", NULL);
  if (fixture->n_jobs % 2 == 0)
    g_setenv ("CREATIVE_STUDIO_KEY_CODE", fixture->key, TRUE);
  else
    g_unsetenv ("CREATIVE_STUDIO_KEY_CODE");
  prompt = g_strdup_printf ("A boat, number %u", fixture->n_jobs++);
  cs_fake_server_script (fixture->server, is_replicate ? "replicate" : "piapi", "create", choose (words, G_N_ELEMENTS (words)));
  cs_fake_server_script (fixture->server, is_replicate ? "replicate" : "piapi", "get", choose (poll_words, G_N_ELEMENTS (poll_words)));
  return cli_start (fixture->errors, "image", prompt, "--no-screenwriter", "--model",
                    is_replicate ? "replicate/flux-schnell" : "piapi/flux-schnell", NULL);
}

static void
kill_once (Fixture *fixture)
{
  g_autoptr (GSubprocess) process = start (fixture);

  g_usleep ((gulong) g_test_rand_int_range (0, LONGEST) * 1000);
  fixture->n_killed += cli_end (process, SIGKILL) == -1;
}

static gint64
query (const char *sql)
{
  g_autofree char *path = g_build_filename (g_getenv ("CREATIVE_STUDIO_HOME"), "studio.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDatabase) database = cs_database_open (path, &error);
  gint64 value = -1;

  g_assert_no_error (error);
  cs_database_get_integer (database, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

#define OPEN "SELECT count(*) FROM jobs WHERE state NOT IN ('done', 'failed', 'cancelled')" \
             " AND NOT (state = 'uncertain' AND look_count > 0)"

/* Nobody kills any more: all that was left behind comes to its end. */
static void
finish (Fixture *fixture)
{
  for (int i = 0; i < MAX_ROUNDS && query (OPEN) > 0; i++)
    {
      g_autoptr (GSubprocess) process = cli_start (fixture->errors, "jobs", "resume", "--patience", "1", NULL);

      cli_end (process, 0);
    }
  g_assert_cmpint (query (OPEN), ==, 0);
}

/* How often the servers took work for @prompt, as the journal has it. */
static guint
count_taken (char **lines, const char *prompt, const char *vendor)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, prompt, -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], " ", -1);

      if (g_strv_length (parts) >= 6 && g_str_equal (parts[2], "accepted") && strncmp (parts[5], hash, 16) == 0
          && (vendor == NULL || g_str_equal (parts[0], vendor)))
        n++;
    }
  return n;
}

static void
check_job (char **lines, CsStatement *row)
{
  const char *prompt = cs_statement_get_text (row, 0);
  const char *state = cs_statement_get_text (row, 1);
  guint n = count_taken (lines, prompt, NULL);

  if (n > 1 || (n == 1 && !g_str_equal (state, "done") && !g_str_equal (state, "uncertain"))
      || (n == 0 && g_str_equal (state, "done")))
    g_error ("“%s” is %s, and was taken %u times", prompt, state, n);
  if (count_taken (lines, prompt, "replicate") == 1 && !g_str_equal (state, "done"))
    g_error ("“%s” is %s, and Replicate has it", prompt, state);
}

static void
check_all (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (g_getenv ("CREATIVE_STUDIO_HOME"), "studio.db", NULL);
  g_autoptr (CsDatabase) database = cs_database_open (path, NULL);
  g_autoptr (CsStatement) statement = cs_statement_new (database, "SELECT json_extract(brief, '$.prompt'), state FROM jobs", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (fixture->journal, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  while (cs_statement_step (statement, NULL))
    check_job (lines, statement);
}

/* Whoever got something paid for it once; nobody else paid. */
static void
check_wallet (void)
{
  g_assert_cmpint (query (CS_SQL_WRONG_BALANCES), ==, 0);
  g_assert_cmpint (query (CS_SQL_WRONG_HELD), ==, 0);
  g_assert_cmpint (query (CS_SQL_HELD_BY_ENDED), ==, 0);
  g_assert_cmpint (query (CS_SQL_MOST_CAPTURES), <=, 1);
  g_assert_cmpint (query (CS_SQL_WRONG_EVENTS), ==, 0);
  g_assert_cmpint (query (CS_SQL_WRONG_SALES), ==, 0);
  g_assert_cmpint (query (CS_SQL_WRONG_COSTS), ==, 0);
  g_assert_cmpint (query ("SELECT count(*) FROM jobs AS j WHERE (state = 'done' AND key_id IS NOT NULL)"
                          " <> EXISTS (SELECT 1 FROM ledger AS l WHERE l.job_id = j.id AND l.kind = 'capture')"), ==, 0);
  g_test_message ("a wallet key paid %d micro-dollars for %d pictures, and %d are held",
                  (int) query ("SELECT coalesce(sum(amount), 0) FROM ledger WHERE kind = 'capture'"),
                  (int) query ("SELECT count(*) FROM ledger WHERE kind = 'capture'"), (int) query ("SELECT sum(held) FROM wallet_keys"));
}

static void
test_kill (Fixture *fixture, gconstpointer data)
{
  const char *wish = g_getenv ("CS_TEST_KILLS");
  guint n_wanted = wish != NULL ? (guint) atoi (wish) : G_MAXUINT;
  gint64 end = wish != NULL ? G_MAXINT64 : g_get_monotonic_time () + SECONDS * G_USEC_PER_SEC;

  while (fixture->n_killed < n_wanted && g_get_monotonic_time () < end)
    kill_once (fixture);
  finish (fixture);
  check_all (fixture);
  check_wallet ();
  g_test_message ("%u kills, %u commands for pictures, %u taken; %d done, %d in doubt", fixture->n_killed, fixture->n_jobs,
                  cs_fake_server_count_accepted (fixture->server, NULL),
                  (int) query ("SELECT count(*) FROM jobs WHERE state = 'done'"),
                  (int) query ("SELECT count(*) FROM jobs WHERE state = 'uncertain'"));
  g_assert_cmpint (query ("SELECT count(*) FROM jobs WHERE state = 'done'"), ==, query ("SELECT count(*) FROM creations"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/promise-3/wire/kill", Fixture, NULL, set_up, test_kill, tear_down);
  return g_test_run ();
}
