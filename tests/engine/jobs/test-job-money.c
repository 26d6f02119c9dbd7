/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must be before anything that costs money is sent: a price, an agreement, room under the caps, a key, a turn. */
#include "config.h"
#include "jobs-fixture.h"

#include "wallet/cs-budget.h"

static CsJob *
add_capped (Fixture *fixture, const char *model, CsMoney max_cost)
{
  CsBrief *brief = cs_fake_brief ("a boat", model);

  brief->max_cost = max_cost;
  return cs_fake_studio_add (fixture->studio, brief);
}

static void
poke (Fixture *fixture)
{
  g_autoptr (GPtrArray) jobs = cs_fake_studio_resume (fixture->studio, NULL);

  g_assert_cmpint (jobs->len, ==, 0); /* ours already */
}

/* Agreed to nothing else, the dearest model of the chain is the most it may cost. */
static void
test_agreement (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", NULL));

  assert_done (fixture, job);
  g_assert_cmpint (cs_job_get_facts (job)->max_cost, ==, CS_FAKE_PRICE_TWO);
  g_assert_cmpint (cs_job_get_facts (job)->estimated_cost, ==, CS_FAKE_PRICE_ONE);
  g_assert_cmpint (cs_job_get_facts (job)->consent_at, >, 0);
}

static void
test_consent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = add_capped (fixture, "two/image", CS_FAKE_PRICE_TWO - 1);

  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_QUOTED);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "over_max_cost");
  g_assert_cmpint (cs_job_get_facts (job)->estimated_cost, ==, CS_FAKE_PRICE_TWO);
  turn_clock (fixture, SECONDS (86400));
  poke (fixture);
  cs_fake_settle (100);
  reopen (fixture);
  g_object_unref (job);
  {
    g_autoptr (GPtrArray) jobs = cs_fake_studio_resume (fixture->studio, NULL);

    g_assert_cmpint (jobs->len, ==, 1);
    job = g_object_ref (jobs->pdata[0]);
  }
  cs_fake_settle (100);
  g_assert_cmpint (cs_job_get_facts (job)->waiting, ==, CS_WAITING_CONSENT); /* a restart spends what was agreed, not more */
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 0);
}

/* A dearer model is passed over when a later one fits; none that fits: somebody is asked. */
static void
test_cheaper_fallback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_script (fixture->studio->one, "submit", "refuse");
  job = add_capped (fixture, NULL, CS_FAKE_PRICE_ONE);
  assert_done (fixture, job);
  g_assert_cmpstr (cs_job_get_facts (job)->model, ==, "three/image");
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_THREE);
}

static void
test_dearer_fallback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_set_available (fixture->studio->three, FALSE);
  cs_fake_provider_script (fixture->studio->one, "submit", "refuse");
  job = add_capped (fixture, NULL, CS_FAKE_PRICE_ONE);
  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  g_assert_cmpint (cs_job_get_facts (job)->estimated_cost, ==, CS_FAKE_PRICE_TWO);
  g_assert_cmpint (count (fixture, "two", "submit"), ==, 0);
}

/* A network that is away is no reason to pay more: it waits, and goes on with the one that was agreed to. */
static void
test_dearer_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_set_available (fixture->studio->three, FALSE);
  cs_fake_provider_script (fixture->studio->one, "submit", "notsent");
  job = add_capped (fixture, NULL, CS_FAKE_PRICE_ONE);
  cs_fake_wait_waiting (job, CS_WAITING_OFFLINE);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_QUOTED);
  poke (fixture);
  assert_done (fixture, job);
  g_assert_cmpstr (cs_job_get_facts (job)->model, ==, "one/image");
  g_assert_cmpuint (count (fixture, "two", "submit"), ==, 0);
}

static void
test_no_price (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_studio_close (fixture->studio);
  fixture->studio = cs_fake_studio_open_priced (fixture->folder, "{\"prices\": []}");
  job = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", NULL));
  cs_fake_wait_state (job, CS_JOB_FAILED);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "unavailable");
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 0);
}

/* The caps */

static void
set_cap (Fixture *fixture, const char *name, CsMoney cap)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO settings VALUES ('budget.%s', '%" G_GINT64_FORMAT "')"
                                          " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                          name, cap);

  cs_fake_studio_exec (fixture->studio, sql);
}

static void
test_over_budget (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) first = NULL;
  g_autoptr (CsJob) second = NULL;

  set_cap (fixture, "day", CS_FAKE_PRICE_ONE + 1);
  first = add_one (fixture);
  assert_done (fixture, first);
  second = add_one (fixture);
  cs_fake_wait_waiting (second, CS_WAITING_BUDGET);
  g_assert_cmpint (cs_job_get_facts (second)->state, ==, CS_JOB_QUOTED);
  g_assert_cmpstr (cs_job_get_facts (second)->error_code, ==, "over_budget");
  g_assert_cmpint (cs_job_get_facts (second)->estimated_cost, ==, CS_FAKE_PRICE_ONE);
  poke (fixture);
  cs_fake_settle (100);
  g_assert_cmpint (cs_job_get_facts (second)->waiting, ==, CS_WAITING_BUDGET);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 1);

  set_cap (fixture, "day", 2 * CS_FAKE_PRICE_ONE);
  poke (fixture);
  assert_done (fixture, second);
}

/* Several at once: the caps hold for all of them together. */
static void
test_over_budget_together (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  cs_fake_provider_script (fixture->studio->one, "submit", "accept@50,accept@50,accept@50,accept@50");
  set_cap (fixture, "month", 3 * CS_FAKE_PRICE_ONE);
  for (int i = 0; i < 6; i++)
    g_ptr_array_add (jobs, add_one (fixture));
  while (cs_job_queue_get_n_running (fixture->studio->queue) > 3)
    cs_fake_settle (10);
  cs_fake_settle (100);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 3);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT count(*) FROM jobs WHERE waiting = 'budget'"), ==, 3);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT sum(cost) FROM jobs"), ==, 3 * CS_FAKE_PRICE_ONE);
}

static void
test_over_budget_this_once (Fixture *fixture, gconstpointer data)
{
  CsBrief *brief = cs_fake_brief ("a boat", "one/image");
  g_autoptr (CsJob) job = NULL;

  set_cap (fixture, "job", 1);
  brief->over_budget = TRUE;
  job = cs_fake_studio_add (fixture->studio, brief);
  assert_done (fixture, job);
}

/* What may have been billed counts, also after "Give up", and one creation has one cap. */
static void
test_uncertain_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  set_cap (fixture, "job", CS_FAKE_PRICE_ONE);
  cs_fake_provider_script (fixture->studio->one, "submit", "lost");
  job = add_one (fixture);
  cs_fake_wait_state (job, CS_JOB_UNCERTAIN);
  cs_fake_studio_decide (fixture->studio, cs_job_get_id (job), CS_DECISION_RESEND, &error);
  g_assert_no_error (error);
  cs_fake_wait_waiting (job, CS_WAITING_BUDGET);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 1);
}

/* Keys */

static void
set_all_available (Fixture *fixture, gboolean are_available)
{
  cs_fake_provider_set_available (fixture->studio->one, are_available);
  cs_fake_provider_set_available (fixture->studio->two, are_available);
  cs_fake_provider_set_available (fixture->studio->three, are_available);
}

static void
test_no_key (Fixture *fixture, gconstpointer data)
{
  CsBrief *brief = cs_fake_brief ("a boat", NULL);
  g_autoptr (CsJob) job = NULL;

  brief->provider = g_strdup ("one");
  set_all_available (fixture, FALSE);
  job = cs_fake_studio_add (fixture->studio, brief);
  cs_fake_wait_waiting (job, CS_WAITING_NO_KEY);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_QUOTED);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "no_key");
  poke (fixture);
  cs_fake_settle (50);
  g_assert_cmpint (cs_job_get_facts (job)->waiting, ==, CS_WAITING_NO_KEY);
  set_all_available (fixture, TRUE);
  poke (fixture);
  assert_done (fixture, job);
}

/* The key went away after the chain was decided: the next one that has one; never Sketch after a failure. */
static void
test_key_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_script (fixture->studio->one, "submit", "refuse@100");
  job = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", NULL));
  cs_fake_wait_state (job, CS_JOB_SUBMITTING);
  cs_fake_provider_set_available (fixture->studio->two, FALSE);
  assert_done (fixture, job);
  g_assert_cmpstr (cs_job_get_facts (job)->provider, ==, "three");
}

static void
test_last_key_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_script (fixture->studio->one, "submit", "refuse@100");
  job = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", NULL));
  cs_fake_wait_state (job, CS_JOB_SUBMITTING);
  set_all_available (fixture, FALSE);
  cs_fake_wait_waiting (job, CS_WAITING_NO_KEY);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 0);
}

/* Turns */

static guint
count_waiting (Fixture *fixture)
{
  return (guint) cs_fake_studio_query (fixture->studio, "SELECT count(*) FROM jobs WHERE waiting = 'turn'");
}

static void
check_turns (Fixture *fixture, const char *model)
{
  g_autoptr (CsJob) first = NULL;
  g_autoptr (CsJob) second = NULL;

  cs_fake_provider_script (fixture->studio->one, "poll", "silent");
  first = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", model));
  cs_fake_wait_state (first, CS_JOB_RENDERING);
  second = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a ship", model));
  cs_fake_wait_waiting (second, CS_WAITING_TURN);
  turn_clock (fixture, SECONDS (2));
  cs_fake_settle (50);
  turn_clock (fixture, SECONDS (2));
  cs_fake_settle (50);
  g_assert_cmpint (count_waiting (fixture), ==, 1);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 1);
  g_assert_null (cs_job_get_facts (second)->error_message);
  cs_fake_provider_speak (fixture->studio->one);
  cs_fake_wait_idle (fixture->studio);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 2);
}

static void
test_turn (Fixture *fixture, gconstpointer data)
{
  cs_fake_provider_set_max_running (fixture->studio->one, 1);
  check_turns (fixture, "one/image");
}

/* Without a seed a submission in doubt could not be told from another one: one at a time. */
static void
test_turn_without_seed (Fixture *fixture, gconstpointer data)
{
  check_turns (fixture, "one/blind");
}

/* Where nobody can look for it anyway, nothing has to be told apart. */
static void
test_no_turn_without_looks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) first = NULL;
  g_autoptr (CsJob) second = NULL;

  cs_fake_provider_set_can_find (fixture->studio->one, FALSE);
  cs_fake_provider_script (fixture->studio->one, "poll", "silent,silent");
  first = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", "one/blind"));
  cs_fake_wait_state (first, CS_JOB_RENDERING);
  second = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a ship", "one/blind"));
  cs_fake_wait_state (second, CS_JOB_RENDERING);
  while (count (fixture, "one", "poll") < 2)
    cs_fake_settle (2);
  cs_fake_provider_speak (fixture->studio->one);
  cs_fake_wait_idle (fixture->studio);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/promise-2/agreement", test_agreement);
  add ("/promise-2/consent", test_consent);
  add ("/promise-2/cheaper-fallback", test_cheaper_fallback);
  add ("/promise-2/dearer-fallback", test_dearer_fallback);
  add ("/promise-2/dearer-offline", test_dearer_offline);
  add ("/promise-2/no-price", test_no_price);
  add ("/promise-2/over-budget", test_over_budget);
  add ("/promise-2/over-budget-together", test_over_budget_together);
  add ("/promise-2/over-budget-this-once", test_over_budget_this_once);
  add ("/promise-2/uncertain-counts", test_uncertain_counts);
  add ("/job-money/no-key", test_no_key);
  add ("/job-money/key-gone", test_key_gone);
  add ("/job-money/last-key-gone", test_last_key_gone);
  add ("/job-money/turn", test_turn);
  add ("/job-money/turn-without-seed", test_turn_without_seed);
  add ("/job-money/no-turn-without-looks", test_no_turn_without_looks);
  return g_test_run ();
}
