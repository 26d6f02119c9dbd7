/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may have a job paid by a wallet key, and who is told that he cannot: before anything is written, or sent. */
#include "config.h"
#include "jobs-fixture.h"
#include "wallet-jobs.h"

#define N_PARALLEL 20
#define SCREENPLAY "{\"prompt\": \"A small boat at sea, evening light.\", \"negative_prompt\": \"\", \"notes\": [\"Light.\"]}"
#define DECK "# One\n\n- a\n\n---\n\n# Two\n\n- b\n\n---\n\n# Three\n\n- c\n"

static gint64
query (Fixture *fixture, const char *sql)
{
  return cs_fake_studio_query (fixture->studio, sql);
}

static void
close_all (Fixture *fixture, gconstpointer data)
{
  assert_ledger (fixture->studio);
  assert_usage (fixture->studio);
  tear_down (fixture, data);
}

/* @n briefs like @brief (transfer full) as one order. */
static void
check_refused (Fixture *fixture, CsBrief *brief, guint n, CsError code)
{
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  g_autoptr (GError) error = NULL;
  gint64 n_jobs = query (fixture, "SELECT count(*) FROM jobs");

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (briefs, cs_brief_copy (brief));
  cs_brief_free (brief);
  g_assert_null (cs_fake_studio_try_add (fixture->studio, briefs, &error));
  g_assert_error (error, CS_ERROR, (int) code);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM jobs"), ==, n_jobs);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM ledger WHERE kind <> 'credit'"), ==, 0);
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_object_unref (cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", "home/image")));
  check_refused (fixture, make_paid_brief ("KEY-ABC-123-XYZ", "one/image"), 1, CS_ERROR_INSUFFICIENT_CREDIT);
  check_refused (fixture, make_paid_brief ("KEY-ABC-123-XYZ", "home/image"), 1, CS_ERROR_INSUFFICIENT_CREDIT); /* at any price */
  check_refused (fixture, make_paid_brief ("", "home/image"), 1, CS_ERROR_INSUFFICIENT_CREDIT);
  cs_fake_wait_idle (fixture->studio);
}

static void
test_too_little (Fixture *fixture, gconstpointer data)
{
  g_autofree char *empty = make_key (fixture->studio, 0);
  g_autofree char *code = make_key (fixture->studio, 3 * CS_FAKE_PRICE_ONE - 1);
  g_autoptr (CsJob) job = NULL;

  check_refused (fixture, make_paid_brief (empty, "one/image"), 1, CS_ERROR_INSUFFICIENT_CREDIT);
  check_refused (fixture, make_paid_brief (code, "two/image"), 2, CS_ERROR_INSUFFICIENT_CREDIT);
  check_refused (fixture, make_paid_brief (code, "one/image"), 3, CS_ERROR_INSUFFICIENT_CREDIT); /* all of a set, or none */
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 0);
  job = cs_fake_studio_add (fixture->studio, make_paid_brief (empty, "home/image")); /* what is free needs no credit */
  assert_done (fixture, job);
}

/* What is drawn on this computer does not stand in for what somebody cannot pay. */
static void
test_not_at_home (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_key (fixture->studio, CS_FAKE_SALE_THREE - 1);

  check_refused (fixture, make_paid_brief (code, NULL), 1, CS_ERROR_INSUFFICIENT_CREDIT);
}

/* The first of the chain is too dear, another one is not: no credit is no reason to fail. */
static void
test_cheaper (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_key (fixture->studio, CS_FAKE_SALE_THREE);
  g_autoptr (CsJob) job = cs_fake_studio_add (fixture->studio, make_paid_brief (code, NULL));

  assert_done (fixture, job);
  g_assert_cmpstr (cs_job_get_facts (job)->model, ==, "three/image");
  g_assert_cmpint (query (fixture, "SELECT balance FROM wallet_keys"), ==, 0);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM ledger WHERE kind = 'hold'"), ==, 1);
}

/* What its holder agreed to is what he is debited, and not what the provider takes. */
static void
test_agreed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_key (fixture->studio, 10 * CS_FAKE_SALE_THREE);
  CsBrief *brief = make_paid_brief (code, "three/image");
  CsBrief *less = cs_brief_copy (brief);
  g_autoptr (CsJob) done = NULL;
  g_autoptr (CsJob) waiting = NULL;

  brief->max_cost = CS_FAKE_SALE_THREE;
  done = cs_fake_studio_add (fixture->studio, brief);
  assert_done (fixture, done);
  less->max_cost = CS_FAKE_SALE_THREE - 1;
  waiting = cs_fake_studio_add (fixture->studio, less);
  cs_fake_wait_waiting (waiting, CS_WAITING_CONSENT);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT balance FROM wallet_keys"), ==, 9 * CS_FAKE_SALE_THREE);
}

/* The last credit */

typedef struct
{
  GAsyncResult *results[N_PARALLEL];
} Crowd;

static gboolean
is_answered_cb (gpointer user_data)
{
  Crowd *crowd = user_data;

  for (guint i = 0; i < N_PARALLEL; i++)
    if (crowd->results[i] == NULL)
      return FALSE;
  return TRUE;
}

/* All of them ask at the same moment, half of them in each studio. */
static void
ask_together (CsFakeStudio *const studios[2], const char *code, Crowd *crowd)
{
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);

  g_ptr_array_add (briefs, make_paid_brief (code, "one/image"));
  for (guint i = 0; i < N_PARALLEL; i++)
    cs_job_queue_add_async (studios[i % 2]->queue, briefs, NULL, cs_test_keep_result, &crowd->results[i]);
  cs_test_wait (is_answered_cb, crowd);
}

/* Returns: how many were taken. The others were told why not. */
static guint
take_answers (CsFakeStudio *const studios[2], Crowd *crowd)
{
  guint n = 0;

  for (guint i = 0; i < N_PARALLEL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) jobs = cs_job_queue_add_finish (studios[i % 2]->queue, crowd->results[i], &error);

      if (jobs == NULL)
        g_assert_error (error, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT);
      n += jobs != NULL;
      g_object_unref (crowd->results[i]);
    }
  return n;
}

/* One credit is left, and twenty want it, on two connections: exactly one is sent. */
static void
test_last_credit (Fixture *fixture, gconstpointer data)
{
  CsFakeStudio *studios[2] = { fixture->studio, cs_fake_studio_open (fixture->folder) };
  g_autofree char *code = make_key (fixture->studio, CS_FAKE_PRICE_ONE);
  Crowd crowd = { 0 };
  guint n_taken;

  ask_together (studios, code, &crowd);
  n_taken = take_answers (studios, &crowd);
  cs_fake_wait_idle (studios[0]);
  cs_fake_wait_idle (studios[1]);
  g_test_message ("%u of %u were taken in", n_taken, N_PARALLEL);
  g_assert_cmpint (n_taken, >=, 1);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM jobs WHERE state = 'done'"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM jobs WHERE state = 'failed' AND error_code = 'insufficient_credit'"), ==,
                   n_taken - 1);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM ledger WHERE kind = 'hold'"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT balance FROM wallet_keys"), ==, 0);
  cs_fake_studio_close (studios[1]);
}

/* Asked again with the same id: the same job, though the key is empty by now. */
static void
test_repeat (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_key (fixture->studio, CS_FAKE_PRICE_ONE);
  CsBrief *brief = make_paid_brief (code, "one/image");
  g_autoptr (CsBrief) again = NULL;
  g_autoptr (CsJob) first = NULL;
  g_autoptr (CsJob) second = NULL;

  brief->request_id = g_strdup ("once");
  again = cs_brief_copy (brief);
  first = cs_fake_studio_add (fixture->studio, brief);
  assert_done (fixture, first);
  second = cs_fake_studio_add (fixture->studio, g_steal_pointer (&again));
  g_assert_cmpstr (cs_job_get_id (first), ==, cs_job_get_id (second));
  cs_fake_wait_idle (fixture->studio);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM ledger WHERE kind = 'capture'"), ==, 1);
}

/* A ledger that cannot be: whoever pays with a key is told, all others go on. */
static void
test_no_ledger (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_key (fixture->studio, CS_FAKE_PRICE_ONE);
  g_autoptr (CsJob) waiting = NULL;
  g_autoptr (CsJob) job = NULL;

  cs_fake_studio_exec (fixture->studio, "INSERT INTO settings VALUES ('budget.job', '0')");
  waiting = cs_fake_studio_add (fixture->studio, make_paid_brief (code, "one/image"));
  cs_fake_wait_waiting (waiting, CS_WAITING_BUDGET);
  cs_fake_studio_exec (fixture->studio, "INSERT INTO settings VALUES ('ledger.fault', '1'); DELETE FROM settings WHERE name = 'budget.job'");
  check_refused (fixture, make_paid_brief (code, "one/image"), 1, CS_ERROR_CORRUPT);
  g_ptr_array_unref (cs_fake_studio_resume (fixture->studio, NULL));
  cs_fake_wait_state (waiting, CS_JOB_FAILED);
  g_assert_cmpstr (cs_job_get_facts (waiting)->error_code, ==, "insufficient_credit");
  g_assert_nonnull (strstr (cs_job_get_facts (waiting)->error_message, "ledger"));
  job = add_one (fixture);
  assert_done (fixture, job);
}

/* Words */

/* They are part of the price: the operator pays them, and they are an event of their own. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_key (fixture->studio, CS_FAKE_PRICE_ONE);
  g_autoptr (CsJob) job = NULL;

  cs_fake_writer_set_available (fixture->studio->writer, TRUE);
  cs_fake_writer_say (fixture->studio->writer, SCREENPLAY, 1000, 1000);
  job = cs_fake_studio_add (fixture->studio, make_paid_brief (code, "one/image"));
  assert_done (fixture, job);
  g_assert_cmpint (query (fixture, "SELECT balance FROM wallet_keys"), ==, 0);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM usage_events"), ==, 2);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM usage_events WHERE attempt = 0 AND kind = 'text' AND cost = 750"
                                   " AND estimated > 750 AND sale = 0 AND is_unknown = 0 AND provider = 'writer'"), ==, 1);
}

static gboolean
is_asked_cb (gpointer user_data)
{
  return cs_fake_writer_get_n_chats (user_data) > 0;
}

/* Cancelled in the middle of them: nobody knows what that cost. */
static void
test_words_unknown (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_key (fixture->studio, CS_FAKE_PRICE_ONE);
  g_autoptr (CsJob) job = NULL;

  cs_fake_writer_set_available (fixture->studio->writer, TRUE);
  cs_fake_writer_be_silent (fixture->studio->writer);
  job = cs_fake_studio_add (fixture->studio, make_paid_brief (code, "one/image"));
  cs_test_wait (is_asked_cb, fixture->studio->writer);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM usage_events"), ==, 0);
  g_assert_true (cs_fake_studio_cancel (fixture->studio, cs_job_get_id (job), NULL));
  cs_fake_wait_state (job, CS_JOB_CANCELLED);
  cs_fake_wait_idle (fixture->studio);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM usage_events"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM usage_events AS e JOIN jobs AS j ON j.id = e.job_id"
                                   " WHERE e.kind = 'text' AND e.is_unknown = 1 AND e.cost = j.text_hold"), ==, 1);
}

static CsBrief *
make_paid_deck (const char *code)
{
  CsBrief *brief = make_paid_brief (code, NULL);

  brief->kind = CS_KIND_DECK;
  brief->num_slides = 3;
  return brief;
}

/* Quoted by the slide, and paid as it was counted: the rest is let go, and the drift is in the event. */
static void
test_deck (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_key (fixture->studio, 2400);
  g_autoptr (CsJob) job = NULL;

  cs_fake_writer_set_available (fixture->studio->writer, TRUE);
  cs_fake_writer_say (fixture->studio->writer, DECK, 1000, 1000);
  job = cs_fake_studio_add (fixture->studio, make_paid_deck (code));
  cs_fake_wait_state (job, CS_JOB_DONE);
  g_assert_cmpint (query (fixture, "SELECT balance FROM wallet_keys"), ==, 2400 - 750);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM usage_events WHERE kind = 'deck' AND unit = 'slide' AND units = 3"
                                   " AND estimated = 2400 AND cost = 750 AND sale = 750"), ==, 1);
  cs_fake_wait_idle (fixture->studio);
}

/* An outline is for nothing, but not for who has none: a key that cannot pay the writer is told. */
static void
test_deck_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_key (fixture->studio, 2399);

  cs_fake_writer_set_available (fixture->studio->writer, TRUE);
  check_refused (fixture, make_paid_deck (code), 1, CS_ERROR_INSUFFICIENT_CREDIT);
}

/* Two were taken in, and there is credit for one: the other one fails, and is not made for nothing. */
static void
test_deck_last_credit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_key (fixture->studio, 2400);
  g_autoptr (CsJob) first = NULL;
  g_autoptr (CsJob) second = NULL;

  cs_fake_writer_set_available (fixture->studio->writer, TRUE);
  cs_fake_writer_say (fixture->studio->writer, DECK, -1, -1);
  cs_fake_studio_exec (fixture->studio, "INSERT INTO settings VALUES ('budget.job', '0')");
  first = cs_fake_studio_add (fixture->studio, make_paid_deck (code));
  second = cs_fake_studio_add (fixture->studio, make_paid_deck (code));
  cs_fake_wait_waiting (first, CS_WAITING_BUDGET);
  cs_fake_wait_waiting (second, CS_WAITING_BUDGET);
  cs_fake_studio_exec (fixture->studio, "DELETE FROM settings");
  g_ptr_array_unref (cs_fake_studio_resume (fixture->studio, NULL));
  cs_fake_wait_idle (fixture->studio);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM jobs WHERE state = 'done' AND provider = 'writer'"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM jobs WHERE state = 'failed' AND error_code = 'insufficient_credit'"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM ledger WHERE kind = 'hold'"), ==, 1);
}

/* The door */

static CsBrief *
make_api_brief (const char *code)
{
  CsBrief *brief = code != NULL ? make_paid_brief (code, "one/image") : cs_fake_brief ("a boat", "one/image");

  brief->from_api = TRUE;
  return brief;
}

/* What programs ask for has a cap of its own, unless a key pays. */
static void
test_api_cap (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_key (fixture->studio, CS_FAKE_PRICE_ONE);
  g_autoptr (CsJob) first = NULL;
  g_autoptr (CsJob) second = NULL;
  g_autoptr (CsJob) mine = NULL;
  g_autoptr (CsJob) paid = NULL;

  cs_fake_studio_exec (fixture->studio, "INSERT INTO settings VALUES ('budget.api', '39999')");
  first = cs_fake_studio_add (fixture->studio, make_api_brief (NULL));
  assert_done (fixture, first);
  mine = add_one (fixture);
  assert_done (fixture, mine);
  paid = cs_fake_studio_add (fixture->studio, make_api_brief (code));
  assert_done (fixture, paid);
  second = cs_fake_studio_add (fixture->studio, make_api_brief (NULL));
  cs_fake_wait_waiting (second, CS_WAITING_BUDGET);
  g_assert_cmpstr (cs_job_get_facts (second)->error_code, ==, "over_budget");
  g_assert_nonnull (strstr (cs_job_get_facts (second)->error_message, "HTTP"));
  cs_fake_studio_exec (fixture->studio, "UPDATE settings SET value = '40000'");
  g_ptr_array_unref (cs_fake_studio_resume (fixture->studio, NULL));
  assert_done (fixture, second);
}

#define add_closed(path, func) g_test_add (path, Fixture, NULL, set_up, func, close_all)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_closed ("/promise-2/wallet/unknown", test_unknown);
  add_closed ("/promise-2/wallet/too-little", test_too_little);
  add_closed ("/promise-2/wallet/not-at-home", test_not_at_home);
  add_closed ("/promise-2/wallet/cheaper", test_cheaper);
  add_closed ("/promise-2/wallet/agreed", test_agreed);
  add_closed ("/promise-3/wallet/last-credit-never-pays-twice", test_last_credit);
  add_closed ("/promise-3/wallet/repeat", test_repeat);
  add_closed ("/promise-3/wallet/no-ledger", test_no_ledger);
  add_closed ("/job-wallet/words", test_words);
  add_closed ("/job-wallet/words-unknown", test_words_unknown);
  add_closed ("/job-wallet/deck-drift", test_deck);
  add_closed ("/promise-2/wallet/deck-refused", test_deck_refused);
  add_closed ("/promise-2/wallet/deck-last-credit", test_deck_last_credit);
  add_closed ("/promise-2/wallet/api-cap", test_api_cap);
  return g_test_run ();
}
