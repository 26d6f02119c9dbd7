/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Killed at any moment while a wallet key pays: whatever was begun, each creation is debited once, what came to nothing is
 * given back, and the ledger is balanced to the micro-dollar. CS_TEST_KILLS=200 kills that often.
 */
#include "config.h"
#include "kill-child.h"
#include "wallet-jobs.h"

#ifdef CS_SANITIZED
#define KILLS 15
#else
#define KILLS 40
#endif
#define N_PAID 9
#define CREDIT 95000       /* less than all of them cost */
#define MAX_A_FOLDER 12    /* kills */
#define MOMENTS 60         /* about as many as a process has for all its jobs */

/* What happened in all folders together. */
typedef struct
{
  guint n_kills, n_folders;
  gint64 n_done, n_failed, n_in_doubt, n_captures, n_releases;
} Figures;

/* How "one" is while this goes on. */
static const char *const submit_words[] = {
  "accept@10",
  "refuse,accept@5",
  "lost@5,refuse",
  "refuse@10,refuse,accept@20,uncertain",
  "accept@2,refuse@5,lost",
  "answer@5,refuse",
};

/* Nothing is sent before the processes that are killed are there: until then there is no room under a cap. */
static void
sell_jobs (const char *folder)
{
  static const char *const models[] = { "one/image", NULL, "home/image", "one/image", NULL, "home/deck" };
  CsFakeStudio *studio = cs_fake_studio_open (folder);
  g_autofree char *code = make_key (studio, CREDIT);

  cs_fake_studio_exec (studio, "INSERT INTO settings VALUES ('budget.job', '0')");
  for (guint i = 0; i < N_PAID; i++)
    g_object_unref (cs_fake_studio_add (studio, make_paid_brief (code, models[i % G_N_ELEMENTS (models)])));
  g_object_unref (cs_fake_studio_add (studio, cs_fake_brief ("a ship", "one/image"))); /* nobody's but the operator's */
  cs_fake_studio_exec (studio, "DELETE FROM settings");
  cs_fake_studio_close (studio);
}

/* By the clock, or between two steps. Returns: FALSE when it came to its end before. */
static gboolean
kill_once (const char *folder)
{
  const char *submit = submit_words[g_test_rand_int_range (0, G_N_ELEMENTS (submit_words))];
  gboolean is_at_moment = g_test_rand_bit ();
  Order order = { folder, "-", is_at_moment ? (guint) g_test_rand_int_range (1, MOMENTS) : 0, "real", submit };
  pid_t pid = start_child (&order);

  if (!is_at_moment)
    {
      sleep_randomly (150);
      kill (pid, SIGKILL);
    }
  return wait_for_child (pid);
}

/* Every request that was taken is of an attempt that was sent once; what was debited was made. */
static void
check_debits (CsFakeStudio *studio)
{
  g_auto (GStrv) ids = list_ids (studio);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (CsJobFacts) facts = cs_fake_studio_load (studio, ids[i]);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM ledger WHERE kind = 'capture' AND job_id = '%s'", ids[i]);

      for (guint k = 0; g_strcmp0 (facts->provider, "home") != 0 && k < facts->attempts->len; k++)
        g_assert_cmpint (count_accepted (studio, ids[i], k + 1), <=, 1);
      g_assert_cmpint (cs_fake_studio_query (studio, sql), ==, facts->key_id != 0 && facts->state == CS_JOB_DONE);
    }
}

/* What is still in doubt is closed by a person, and then nothing is held any more. */
static void
give_up_all (CsFakeStudio *studio)
{
  g_auto (GStrv) ids = list_ids (studio);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (CsJobFacts) facts = cs_fake_studio_load (studio, ids[i]);

      if (facts->state == CS_JOB_UNCERTAIN)
        g_assert_true (cs_fake_studio_decide (studio, ids[i], CS_DECISION_GIVE_UP, NULL));
    }
  g_assert_cmpint (cs_fake_studio_query (studio, "SELECT sum(held) FROM wallet_keys"), ==, 0);
}

static void
add_figures (CsFakeStudio *studio, Figures *figures)
{
  figures->n_folders++;
  figures->n_done += cs_fake_studio_query (studio, "SELECT count(*) FROM jobs WHERE state = 'done'");
  figures->n_failed += cs_fake_studio_query (studio, "SELECT count(*) FROM jobs WHERE state = 'failed'");
  figures->n_in_doubt += cs_fake_studio_query (studio, "SELECT count(*) FROM jobs WHERE state = 'uncertain'");
  figures->n_captures += cs_fake_studio_query (studio, "SELECT count(*) FROM ledger WHERE kind = 'capture'");
  figures->n_releases += cs_fake_studio_query (studio, "SELECT count(*) FROM ledger WHERE kind = 'release'");
}

static void
check_wallet (const char *folder, Figures *figures)
{
  CsFakeStudio *studio = cs_fake_studio_open (folder);
  g_autoptr (CsWallet) wallet = cs_wallet_new (studio->store); /* proves it: a balance to correct is a warning, which ends this */

  g_assert_cmpint (cs_fake_studio_query (studio, "SELECT count(*) FROM jobs"), ==, N_PAID + 1);
  g_assert_cmpint (cs_fake_studio_query (studio, "SELECT count(*) FROM settings WHERE name = 'ledger.fault'"), ==, 0);
  add_figures (studio, figures);
  check_debits (studio);
  assert_ledger (studio);
  assert_usage (studio);
  give_up_all (studio);
  assert_ledger (studio);
  assert_usage (studio);
  cs_fake_studio_close (studio);
}

static void
test_kills (void)
{
  const char *wish = g_getenv ("CS_TEST_KILLS");
  guint n_wanted = wish != NULL ? (guint) atoi (wish) : KILLS;
  Figures figures = { 0 };

  while (figures.n_kills < n_wanted)
    {
      g_autofree char *folder = make_folder ();
      Order order = { folder, "-", 0, "real", "accept,refuse" };

      sell_jobs (folder);
      for (guint i = 0; i < MAX_A_FOLDER && kill_once (folder); i++)
        figures.n_kills++;
      g_assert_false (wait_for_child (start_child (&order)));
      check_wallet (folder, &figures);
      cs_test_remove_tree (folder);
    }
  g_test_message ("%u kills in %u folders: %d done, %d failed, %d in doubt; %d captures, %d releases", figures.n_kills,
                  figures.n_folders, (int) figures.n_done, (int) figures.n_failed, (int) figures.n_in_doubt,
                  (int) figures.n_captures, (int) figures.n_releases);
}

int
main (int argc, char **argv)
{
  if (argc > 6 && g_str_equal (argv[1], CHILD_WORD))
    return child_main (argv + 2);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/promise-3/wallet-kills/never-pays-twice", test_kills);
  return g_test_run ();
}
