/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that cost: what they cost counts, what may be billed counts, and no crash makes them many. */
#include "config.h"
#include "jobs-fixture.h"

#define SCREENPLAY "{\"prompt\": \"A small boat at sea, evening light.\", \"negative_prompt\": \"\", \"notes\": [\"Light.\"]}"
#define DECK "# One\n\n- a\n\n---\n\n# Two\n\n- b\n\n---\n\n# Three\n\n- c\n"

static void
let_write (Fixture *fixture)
{
  cs_fake_writer_set_available (fixture->studio->writer, TRUE);
}

static CsBrief *
make_deck (const char *model)
{
  CsBrief *brief = cs_brief_new (CS_KIND_DECK);

  brief->prompt = g_strdup ("The tides of the sea");
  brief->num_slides = 3;
  brief->model = g_strdup (model);
  return brief;
}

static gint64
ask (Fixture *fixture, const char *column)
{
  g_autofree char *sql = g_strdup_printf ("SELECT sum(%s) FROM jobs", column);

  return cs_fake_studio_query (fixture->studio, sql);
}

static void
set_cap (Fixture *fixture, CsMoney cap)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO settings VALUES ('budget.day', '%" G_GINT64_FORMAT "')", cap);

  cs_fake_studio_exec (fixture->studio, sql);
}

static void
wait_for_chats (Fixture *fixture, guint n)
{
  gint64 end = g_get_monotonic_time () + SECONDS (CS_TEST_PATIENCE);

  while (cs_fake_writer_get_n_chats (fixture->studio->writer) < n && g_get_monotonic_time () < end)
    cs_fake_settle (2);
  g_assert_cmpint (cs_fake_writer_get_n_chats (fixture->studio->writer), ==, n);
}

/* Prompts */

/* 1,000 tokens read and 1,000 written: 150 + 600 micro-USD. */
static void
test_counted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  const CsJobFacts *facts;

  let_write (fixture);
  cs_fake_writer_say (fixture->studio->writer, SCREENPLAY, 1000, 1000);
  job = add_one (fixture);
  assert_done (fixture, job);
  facts = cs_job_get_facts (job);
  g_assert_cmpstr (facts->screenplay->screenwriter, ==, "writer");
  g_assert_cmpint (facts->text_cost, ==, 750);
  g_assert_cmpint (facts->text_hold, ==, 0);
  g_assert_cmpint (facts->text_starts, ==, 1);
  g_assert_cmpint (facts->cost, ==, CS_FAKE_PRICE_ONE + 750);
  g_assert_cmpint (facts->max_cost, ==, CS_FAKE_PRICE_ONE + 750);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT cost FROM creations"), ==, CS_FAKE_PRICE_ONE + 750);
}

/* Before it is asked it is in the database, with the money. */
static void
test_set_aside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;
  CsMoney hold;

  let_write (fixture);
  cs_fake_writer_be_silent (fixture->studio->writer);
  job = add_one (fixture);
  wait_for_chats (fixture, 1);
  hold = ask (fixture, "text_hold");
  g_assert_cmpint (hold, >, 750);
  g_assert_cmpint (hold, <=, CS_TEXT_MAX_COST);
  g_assert_cmpint (ask (fixture, "text_starts"), ==, 1);

  /* cancelled at once; what was written until then may be billed, and counts */
  g_assert_true (cs_fake_studio_cancel (fixture->studio, cs_job_get_id (job), &error));
  cs_fake_wait_state (job, CS_JOB_CANCELLED);
  cs_fake_wait_idle (fixture->studio);
  g_assert_cmpint (ask (fixture, "text_hold"), ==, hold);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 0);
}

/* Asked, or nobody was left to ask. */
static gboolean
was_asked_cb (gpointer user_data)
{
  CsFakeStudio *studio = user_data;

  return cs_fake_writer_get_n_chats (studio->writer) > 0 || cs_job_queue_get_n_running (studio->queue) == 0;
}

/* A process that dies again and again in the middle of it: three beginnings, and then the user's own words. */
static void
test_three_starts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = NULL;
  CsMoney hold = 0;
  guint n_starts = 0;

  let_write (fixture);
  cs_fake_writer_be_silent (fixture->studio->writer);
  g_object_unref (add_one (fixture));
  for (int i = 0; i < 6; i++)
    {
      g_assert_true (cs_test_wait (was_asked_cb, fixture->studio));
      n_starts += cs_fake_writer_get_n_chats (fixture->studio->writer);
      hold = ask (fixture, "text_hold");
      g_assert_cmpint (hold, <=, CS_TEXT_MAX_COST);
      cs_fake_studio_abandon (fixture->studio);
      fixture->studio = cs_fake_studio_open (fixture->folder);
      let_write (fixture);
      cs_fake_writer_be_silent (fixture->studio->writer);
      g_clear_pointer (&jobs, g_ptr_array_unref);
      jobs = cs_fake_studio_resume (fixture->studio, NULL);
      if (jobs->len == 0)
        break;
    }
  cs_fake_wait_idle (fixture->studio);
  g_assert_cmpint (n_starts, >=, 2);
  g_assert_cmpint (n_starts, <=, CS_TEXT_MAX_CALLS);
  g_assert_cmpint (ask (fixture, "text_starts"), ==, n_starts);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT count(*) FROM jobs WHERE state = 'done'"
                                                          " AND json_extract(screenplay, '$.screenwriter') = 'direct'"), ==, 1);
}

/* A complete "no" costs nothing, and is no beginning. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  let_write (fixture);
  cs_fake_writer_fail (fixture->studio->writer, CS_ERROR_RATE_LIMITED, TRUE);
  job = add_one (fixture);
  assert_done (fixture, job);
  g_assert_cmpstr (cs_job_get_facts (job)->screenplay->screenwriter, ==, "direct");
  g_assert_cmpint (cs_job_get_facts (job)->text_starts, ==, 0);
  g_assert_cmpint (cs_job_get_facts (job)->text_hold, ==, 0);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_ONE);
}

/* No room under a cap: nobody who is paid is asked, and the picture is made from the user's own words. */
static void
test_no_budget (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  set_cap (fixture, 100);
  let_write (fixture);
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_BUDGET);
  g_assert_cmpstr (cs_job_get_facts (job)->screenplay->screenwriter, ==, "direct");
  g_assert_cmpint (cs_fake_writer_get_n_chats (fixture->studio->writer), ==, 0);
  g_assert_cmpint (cs_job_get_facts (job)->text_starts, ==, 0);
}

/* What words cost counts against the caps like everything else. */
static void
test_budget_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) first = NULL;
  g_autoptr (CsJob) second = NULL;

  set_cap (fixture, 2 * CS_FAKE_PRICE_ONE + 700);
  let_write (fixture);
  cs_fake_writer_say (fixture->studio->writer, SCREENPLAY, 1000, 1000);
  first = add_one (fixture);
  assert_done (fixture, first);
  cs_fake_writer_set_available (fixture->studio->writer, FALSE);
  second = add_one (fixture);
  cs_fake_wait_waiting (second, CS_WAITING_BUDGET); /* 50 micro-USD short */
}

/* The user's limit is for both together: the picture's price comes first. */
static void
test_max_cost (Fixture *fixture, gconstpointer data)
{
  CsBrief *tight = cs_fake_brief ("a boat", "one/image");
  CsBrief *wide = cs_fake_brief ("a boat", "one/image");
  g_autoptr (CsJob) first = NULL;
  g_autoptr (CsJob) second = NULL;

  let_write (fixture);
  tight->max_cost = CS_FAKE_PRICE_ONE;
  first = cs_fake_studio_add (fixture->studio, tight);
  assert_done (fixture, first);
  g_assert_cmpint (cs_fake_writer_get_n_chats (fixture->studio->writer), ==, 0);
  wide->max_cost = CS_FAKE_PRICE_ONE + CS_TEXT_MAX_COST;
  cs_fake_writer_say (fixture->studio->writer, SCREENPLAY, 1000, 1000);
  second = cs_fake_studio_add (fixture->studio, wide);
  assert_done (fixture, second);
  g_assert_cmpint (cs_job_get_facts (second)->cost, ==, CS_FAKE_PRICE_ONE + 750);
  g_assert_cmpint (cs_job_get_facts (second)->max_cost, ==, CS_FAKE_PRICE_ONE + CS_TEXT_MAX_COST);
}

/* Four pictures of one idea: it is rewritten once. */
static void
test_set (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;

  let_write (fixture);
  cs_fake_writer_say (fixture->studio->writer, SCREENPLAY, 1000, 1000);
  for (int i = 0; i < 4; i++)
    {
      CsBrief *brief = cs_fake_brief ("a boat", "one/image");

      brief->variation = i;
      g_ptr_array_add (briefs, brief);
    }
  jobs = cs_fake_studio_try_add (fixture->studio, briefs, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < jobs->len; i++)
    {
      cs_fake_wait_state (jobs->pdata[i], CS_JOB_DONE);
      g_assert_cmpstr (cs_job_get_facts (jobs->pdata[i])->screenplay->screenwriter, ==, "writer");
    }
  g_assert_cmpint (cs_fake_writer_get_n_chats (fixture->studio->writer), ==, 1);
  g_assert_cmpint (ask (fixture, "cost"), ==, 4 * CS_FAKE_PRICE_ONE + 750);
}

/* Decks */

static void
test_deck (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  const CsJobFacts *facts;

  let_write (fixture);
  cs_fake_writer_say (fixture->studio->writer, DECK, 1000, 1000);
  job = cs_fake_studio_add (fixture->studio, make_deck (NULL));
  assert_done (fixture, job);
  facts = cs_job_get_facts (job);
  g_assert_cmpstr (facts->model, ==, "writer/words");
  g_assert_cmpint (facts->cost, ==, 750);
  g_assert_cmpint (facts->text_starts, ==, 1);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_YES);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT num_slides FROM creations"), ==, 3);
}

/* Nobody is there: the deck is written by this program; nobody who is not there has an attempt. */
static void
test_deck_at_home (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = cs_fake_studio_add (fixture->studio, make_deck (NULL));

  assert_done (fixture, job);
  g_assert_cmpstr (cs_job_get_facts (job)->model, ==, "home/deck");
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 1);
  g_assert_cmpint (cs_fake_writer_get_n_looks (fixture->studio->writer), ==, 1);
}

/* It writes nonsense: paid, said, and the outline of this program in the end. */
static void
test_deck_nonsense (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  let_write (fixture);
  cs_fake_writer_say (fixture->studio->writer, "", 1000, 0);
  job = cs_fake_studio_add (fixture->studio, make_deck (NULL));
  assert_done (fixture, job);
  g_assert_cmpstr (cs_job_get_facts (job)->model, ==, "home/deck");
  g_assert_cmpint (get_attempt (job, 1)->status, ==, CS_ATTEMPT_FAILED);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_YES);
  g_assert_cmpint (get_attempt (job, 1)->cost, ==, 150);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, 150);
}

/* Killed in the middle of it: written again, and never in doubt; what may be billed is kept in mind. */
static void
test_deck_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = NULL;
  CsJob *job;

  let_write (fixture);
  cs_fake_writer_be_silent (fixture->studio->writer);
  g_object_unref (cs_fake_studio_add (fixture->studio, make_deck ("words")));
  wait_for_chats (fixture, 1);
  g_assert_cmpint (ask (fixture, "text_starts"), ==, 1);
  cs_fake_studio_abandon (fixture->studio);
  fixture->studio = cs_fake_studio_open (fixture->folder);
  let_write (fixture);
  cs_fake_writer_say (fixture->studio->writer, DECK, 1000, 1000);
  jobs = cs_fake_studio_resume (fixture->studio, NULL);
  job = jobs->pdata[0];
  assert_done (fixture, job);
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 2);
  g_assert_cmpint (get_attempt (job, 1)->status, ==, CS_ATTEMPT_UNCERTAIN);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_UNKNOWN);
  g_assert_cmpint (get_attempt (job, 1)->ended_at, >, 0);
  g_assert_cmpint (cs_job_get_facts (job)->text_starts, ==, 2);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, 750);
}

/* Dying again and again comes to an end, too. */
static void
test_deck_three_starts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = NULL;
  guint n_chats = 0;

  let_write (fixture);
  cs_fake_writer_be_silent (fixture->studio->writer);
  g_object_unref (cs_fake_studio_add (fixture->studio, make_deck (NULL)));
  for (int i = 0; i < 6; i++)
    {
      cs_fake_settle (150);
      n_chats += cs_fake_writer_get_n_chats (fixture->studio->writer);
      cs_fake_studio_abandon (fixture->studio);
      fixture->studio = cs_fake_studio_open (fixture->folder);
      let_write (fixture);
      cs_fake_writer_be_silent (fixture->studio->writer);
      g_clear_pointer (&jobs, g_ptr_array_unref);
      jobs = cs_fake_studio_resume (fixture->studio, NULL);
      if (jobs->len == 0)
        break;
    }
  cs_fake_wait_idle (fixture->studio);
  g_assert_cmpint (n_chats, >=, 2);
  g_assert_cmpint (n_chats, <=, CS_TEXT_MAX_CALLS);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT count(*) FROM jobs WHERE state = 'done'"
                                                          " AND model = 'home/deck'"), ==, 1);
}

/* Cancelled while it is written: at once. */
static void
test_deck_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  let_write (fixture);
  cs_fake_writer_be_silent (fixture->studio->writer);
  job = cs_fake_studio_add (fixture->studio, make_deck (NULL));
  wait_for_chats (fixture, 1);
  g_assert_true (cs_fake_studio_cancel (fixture->studio, cs_job_get_id (job), &error));
  cs_fake_wait_state (job, CS_JOB_CANCELLED);
  g_assert_cmpint (get_attempt (job, 1)->status, ==, CS_ATTEMPT_CANCELLED);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/promise-2/text/counted", test_counted);
  add ("/promise-2/text/set-aside", test_set_aside);
  add ("/promise-3/text/three-starts", test_three_starts);
  add ("/promise-2/text/refused", test_refused);
  add ("/promise-2/text/no-budget", test_no_budget);
  add ("/promise-2/text/budget-counts", test_budget_counts);
  add ("/promise-2/text/max-cost", test_max_cost);
  add ("/job-text/set", test_set);
  add ("/job-text/deck", test_deck);
  add ("/promise-1/text/deck-at-home", test_deck_at_home);
  add ("/job-text/deck-nonsense", test_deck_nonsense);
  add ("/promise-3/text/deck-again", test_deck_again);
  add ("/promise-3/text/deck-three-starts", test_deck_three_starts);
  add ("/job-text/deck-cancel", test_deck_cancel);
  return g_test_run ();
}
