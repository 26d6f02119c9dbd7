/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every end of a request: where the job goes, what it costs, what it says, and how often it was sent. */
#include "config.h"
#include "jobs-fixture.h"

static void
script (Fixture *fixture, const char *words)
{
  cs_fake_provider_script (fixture->studio->one, "submit", words);
}

static CsJob *
add_any (Fixture *fixture)
{
  return cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", NULL));
}

static void
test_accepted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  const CsAttempt *attempt;

  cs_fake_provider_script (fixture->studio->one, "poll", "run:0.25,run:0.5,ok");
  job = add_one (fixture);
  assert_done (fixture, job);
  attempt = get_attempt (job, 1);
  g_assert_cmpint (attempt->status, ==, CS_ATTEMPT_SUCCEEDED);
  g_assert_cmpint (attempt->billed, ==, CS_BILLED_YES);
  g_assert_cmpint (attempt->cost, ==, CS_FAKE_PRICE_ONE);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_ONE);
  g_assert_cmpfloat (cs_job_get_facts (job)->progress, ==, 1);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
  g_assert_cmpint (count (fixture, "one", "poll"), ==, 3);
  assert_files (fixture, 1, 1);
}

static void
test_answered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "answer@30");
  job = add_one (fixture);
  assert_done (fixture, job);
  g_assert_cmpint (get_attempt (job, 1)->cost, ==, CS_FAKE_PRICE_ONE);
  g_assert_null (get_attempt (job, 1)->remote_id);
  g_assert_cmpint (count (fixture, "one", "poll"), ==, 0);
  assert_files (fixture, 1, 1);
}

/* However long the answer takes: it is waited for, and the request is neither repeated nor taken back. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "accept@400");
  job = add_one (fixture);
  cs_fake_wait_state (job, CS_JOB_SUBMITTING);
  turn_clock (fixture, SECONDS (3600));
  cs_fake_settle (100);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_SUBMITTING);
  assert_done (fixture, job);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
}

static void
test_not_sent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "notsent");
  job = add_any (fixture);
  assert_done (fixture, job);
  g_assert_cmpint (get_attempt (job, 1)->status, ==, CS_ATTEMPT_NOT_SENT);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_NO);
  g_assert_cmpstr (get_attempt (job, 1)->error_code, ==, "offline");
  g_assert_cmpstr (get_attempt (job, 2)->model, ==, "two/image");
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_TWO);
}

/* Without a network nobody is to end up with the dearest model, nor with a thousand attempts. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "notsent,notsent,notsent,notsent");
  cs_fake_provider_script (fixture->studio->two, "submit", "notsent,notsent,notsent,notsent");
  cs_fake_provider_script (fixture->studio->three, "submit", "notsent,notsent,notsent,notsent");
  job = add_any (fixture);
  for (int i = 0; i < 4; i++)
    {
      wait_asleep (job, CS_WAITING_OFFLINE);
      g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_QUOTED);
      g_assert_cmpint (cs_job_get_facts (job)->chain_position, ==, 0);
      g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "offline");
      turn_clock (fixture, SECONDS (61));
    }
  assert_done (fixture, job);
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 3);
  g_assert_cmpstr (cs_job_get_facts (job)->model, ==, "one/image");
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_ONE);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 1);
}

/* A refusal is not asked again, also not when the others cannot be reached. */
static void
test_offline_after_refusal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "refuse");
  cs_fake_provider_script (fixture->studio->two, "submit", "notsent");
  cs_fake_provider_script (fixture->studio->three, "submit", "notsent");
  job = add_any (fixture);
  wait_asleep (job, CS_WAITING_OFFLINE);
  g_assert_cmpint (cs_job_get_facts (job)->chain_position, ==, 1);
  turn_clock (fixture, SECONDS (61));
  assert_done (fixture, job);
  g_assert_cmpstr (cs_job_get_facts (job)->model, ==, "two/image");
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 0);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "refuse");
  cs_fake_provider_script (fixture->studio->two, "submit", "refuse");
  cs_fake_provider_script (fixture->studio->three, "submit", "refuse");
  job = add_any (fixture);
  cs_fake_wait_state (job, CS_JOB_FAILED);
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 3);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, 0);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "provider_refused");
  for (guint i = 1; i <= 3; i++)
    {
      g_assert_cmpint (get_attempt (job, i)->status, ==, CS_ATTEMPT_REFUSED);
      g_assert_cmpint (get_attempt (job, i)->billed, ==, CS_BILLED_NO);
    }
}

static void
test_rate_limited (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  gint64 left;

  script (fixture, "limit,limit:100");
  job = add_one (fixture);
  wait_asleep (job, CS_WAITING_RATE_LIMITED);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_SUBMITTING);
  g_assert_cmpint (get_attempt (job, 1)->sent_at, ==, 0);
  turn_clock (fixture, SECONDS (11));
  wait_asleep (job, CS_WAITING_RATE_LIMITED);
  left = cs_job_get_facts (job)->not_before - cs_clock_now ();
  g_assert_cmpint (left, >, SECONDS (90));
  g_assert_cmpint (left, <=, SECONDS (100));
  turn_clock (fixture, SECONDS (101));
  assert_done (fixture, job);
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 1);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
}

/* A server that says "come back in a year" is asked after an hour. */
static void
test_rate_limited_for_years (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "limit:31536000");
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_RATE_LIMITED);
  g_assert_cmpint (cs_job_get_facts (job)->not_before - cs_clock_now (), <=, SECONDS (3600));
}

static void
wait_for_finds (Fixture *fixture, guint n)
{
  gint64 end = g_get_monotonic_time () + SECONDS (CS_TEST_PATIENCE);

  while (count (fixture, "one", "find") < n && g_get_monotonic_time () < end)
    cs_fake_settle (5);
  cs_fake_settle (40);
  g_assert_cmpint (count (fixture, "one", "find"), ==, n);
}

/* Looks at 0, 10, 60 and 300 seconds, and then only when it is told to. */
static void
test_looks (Fixture *fixture, gconstpointer data)
{
  static const int moments[] = { 0, 10, 60, 300 };
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;
  int now = 0;

  script (fixture, "uncertain");
  job = add_one (fixture);
  cs_fake_wait_state (job, CS_JOB_UNCERTAIN);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_UNKNOWN);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      if (i > 0)
        {
          turn_clock (fixture, SECONDS (moments[i] - now - 2));
          wait_for_finds (fixture, i);
          turn_clock (fixture, SECONDS (2));
          now = moments[i];
        }
      wait_for_finds (fixture, i + 1);
    }
  turn_clock (fixture, SECONDS (86400));
  wait_for_finds (fixture, 4);

  g_assert_true (cs_fake_studio_decide (fixture->studio, cs_job_get_id (job), CS_DECISION_CHECK, &error));
  g_assert_no_error (error);
  wait_for_finds (fixture, 5);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_UNCERTAIN);
}

static void
test_resend (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  script (fixture, "lost");
  job = add_one (fixture);
  cs_fake_wait_state (job, CS_JOB_UNCERTAIN);
  wait_for_finds (fixture, 1);
  g_assert_true (cs_fake_studio_cancel (fixture->studio, cs_job_get_id (job), &error));
  g_assert_true (cs_fake_studio_decide (fixture->studio, cs_job_get_id (job), CS_DECISION_RESEND, &error));
  g_assert_no_error (error);
  assert_done (fixture, job);
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 2);
  g_assert_cmpint (get_attempt (job, 1)->status, ==, CS_ATTEMPT_UNCERTAIN);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_UNKNOWN);
  g_assert_cmpint (get_attempt (job, 1)->ended_at, >, 0);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 2);
  g_assert_false (cs_fake_studio_decide (fixture->studio, cs_job_get_id (job), CS_DECISION_RESEND, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
}

static void
test_give_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  script (fixture, "uncertain");
  job = add_one (fixture);
  cs_fake_wait_state (job, CS_JOB_UNCERTAIN);
  g_assert_true (cs_fake_studio_decide (fixture->studio, cs_job_get_id (job), CS_DECISION_GIVE_UP, &error));
  g_assert_no_error (error);
  cs_fake_wait_state (job, CS_JOB_FAILED);
  cs_fake_wait_idle (fixture->studio);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "uncertain");
  g_assert_nonnull (cs_job_get_facts (job)->error_message);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_UNKNOWN);
}

/* The server took it and its answer was cut: found and adopted, not sent again. */
static void
test_adopted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "lost");
  cs_fake_provider_script (fixture->studio->one, "find", "none,error,real");
  job = add_one (fixture);
  cs_fake_wait_state (job, CS_JOB_UNCERTAIN);
  wait_for_finds (fixture, 1);
  turn_clock (fixture, SECONDS (11));
  wait_asleep (job, CS_WAITING_OFFLINE); /* could not look: that was no look */
  turn_clock (fixture, SECONDS (61));
  assert_done (fixture, job);
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 1);
  g_assert_cmpint (cs_job_get_facts (job)->uncertain_since, ==, 0);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_YES);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
}

static void
test_no_id (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "empty");
  job = add_one (fixture);
  cs_fake_wait_state (job, CS_JOB_UNCERTAIN);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "uncertain");
  g_assert_nonnull (cs_job_get_facts (job)->error_message);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_UNKNOWN);
}

/* Two answers with one id: at most one of them is ours to take. */
static void
test_twin (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) first = NULL;
  g_autoptr (CsJob) second = NULL;

  script (fixture, "twin:same,twin:same");
  cs_fake_provider_script (fixture->studio->one, "find", "twin:same,twin:same,twin:same,twin:same");
  cs_fake_provider_script (fixture->studio->one, "poll", "run:0.1");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (3000));
  first = add_one (fixture);
  cs_fake_wait_state (first, CS_JOB_RENDERING);
  second = add_one (fixture);
  cs_fake_wait_state (second, CS_JOB_UNCERTAIN);
  g_assert_cmpstr (cs_job_get_facts (second)->error_code, ==, "uncertain"); /* the contract's word */
  cs_fake_settle (200);
  g_assert_cmpint (cs_job_get_facts (second)->state, ==, CS_JOB_UNCERTAIN);
  g_assert_cmpint (count (fixture, "one", "find"), ==, 1); /* at 0 s, and not in a circle */
  turn_clock (fixture, SECONDS (3001));
  cs_fake_wait_state (first, CS_JOB_DONE);
}

/* The provider's own id never hides a job of ours. */
static void
test_find_by_remote_id (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) victim = add_one (fixture);
  g_autoptr (CsJob) other = NULL;
  g_autoptr (CsJob) found = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = g_strdup_printf ("twin:%s", cs_job_get_id (victim));

  assert_done (fixture, victim);
  script (fixture, words);
  other = add_one (fixture);
  assert_done (fixture, other);
  cs_job_queue_get_async (fixture->studio->queue, cs_job_get_id (victim), NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  found = cs_job_queue_get_finish (fixture->studio->queue, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cs_job_get_id (found), ==, cs_job_get_id (victim));
  g_clear_object (&found);

  cs_job_queue_get_async (fixture->studio->queue, get_attempt (victim, 1)->remote_id, NULL, cs_test_keep_result, &second);
  cs_test_wait_result (&second);
  found = cs_job_queue_get_finish (fixture->studio->queue, second, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cs_job_get_id (found), ==, cs_job_get_id (victim));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/job-submit/accepted", test_accepted);
  add ("/job-submit/answered", test_answered);
  add ("/promise-3/late-answer", test_late);
  add ("/job-submit/not-sent", test_not_sent);
  add ("/job-submit/offline", test_offline);
  add ("/job-submit/offline-after-refusal", test_offline_after_refusal);
  add ("/job-submit/refused", test_refused);
  add ("/job-submit/rate-limited", test_rate_limited);
  add ("/job-submit/rate-limited-for-years", test_rate_limited_for_years);
  add ("/promise-3/looks", test_looks);
  add ("/promise-3/resend", test_resend);
  add ("/promise-3/give-up", test_give_up);
  add ("/promise-3/adopted", test_adopted);
  add ("/promise-3/no-id", test_no_id);
  add ("/promise-3/twin", test_twin);
  add ("/job-submit/find-by-remote-id", test_find_by_remote_id);
  return g_test_run ();
}
