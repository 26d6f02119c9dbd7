/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes before the request that may cost, and what belongs to others when a lost one is looked for. */
#include "config.h"
#include "jobs-fixture.h"

static void
script (Fixture *fixture, const char *operation, const char *words)
{
  cs_fake_provider_script (fixture->studio->one, operation, words);
}

/* What was prepared is in the database before anything is sent. */
static void
test_stored (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (CsJobFacts) facts = NULL;
  const CsAttempt *attempt;

  script (fixture, "prepare", "address");
  script (fixture, "submit", "silent");
  job = add_one (fixture);
  while (count (fixture, "one", "submit") == 0)
    cs_fake_settle (2);
  facts = cs_fake_studio_load (fixture->studio, cs_job_get_id (job));
  attempt = facts->attempts->pdata[0];
  g_assert_cmpint (attempt->sent_at, >, 0);
  g_assert_true (g_str_has_prefix (attempt->request->image_address, "fake:"));
  cs_fake_provider_speak (fixture->studio->one);
  assert_done (fixture, job);
}

/* After "later" the same request is sent, with what was prepared for it; half a day on it is prepared anew. */
static void
test_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autofree char *address = NULL;

  script (fixture, "prepare", "address,address");
  script (fixture, "submit", "limit:20,limit:20,accept");
  job = add_one (fixture);
  wait_asleep (job, CS_WAITING_RATE_LIMITED);
  address = g_strdup (get_attempt (job, 1)->request->image_address);
  g_assert_nonnull (address);
  turn_clock (fixture, SECONDS (21));
  wait_asleep (job, CS_WAITING_RATE_LIMITED);
  g_assert_cmpstr (get_attempt (job, 1)->request->image_address, ==, address);
  g_assert_cmpint (count (fixture, "one", "prepare"), ==, 1);
  turn_clock (fixture, SECONDS (13 * 3600));
  assert_done (fixture, job);
  g_assert_cmpstr (get_attempt (job, 1)->request->image_address, !=, address);
  g_assert_cmpint (count (fixture, "one", "prepare"), ==, 2);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
}

/* No end of preparing is in doubt: the next model, and nothing to pay. */
static void
check_failure (Fixture *fixture, const char *word, CsAttemptStatus status)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "prepare", word);
  job = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", NULL));
  assert_done (fixture, job);
  g_assert_cmpint (get_attempt (job, 1)->status, ==, status);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_NO);
  g_assert_cmpint (get_attempt (job, 1)->sent_at, ==, 0);
  g_assert_cmpstr (cs_job_get_facts (job)->model, ==, "two/image");
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 0);
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  check_failure (fixture, "offline", CS_ATTEMPT_NOT_SENT);
  check_failure (fixture, "unavailable", CS_ATTEMPT_NOT_SENT);
  check_failure (fixture, "refuse", CS_ATTEMPT_REFUSED);
}

static void
test_rate_limited (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "prepare", "limit,address");
  job = add_one (fixture);
  wait_asleep (job, CS_WAITING_RATE_LIMITED);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_SUBMITTING);
  turn_clock (fixture, SECONDS (11));
  assert_done (fixture, job);
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 1);
}

static void
wait_for_prepare (Fixture *fixture, guint n)
{
  gint64 end = g_get_monotonic_time () + SECONDS (CS_TEST_PATIENCE);

  while (count (fixture, "one", "prepare") < n && g_get_monotonic_time () < end)
    cs_fake_settle (2);
  g_assert_cmpint (count (fixture, "one", "prepare"), ==, n);
}

/* Cancelled in the middle of it: at once, and for nothing. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  script (fixture, "prepare", "stoppable");
  job = add_one (fixture);
  wait_for_prepare (fixture, 1);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_SUBMITTING);
  g_assert_true (cs_fake_studio_cancel (fixture->studio, cs_job_get_id (job), &error));
  cs_fake_wait_state (job, CS_JOB_CANCELLED);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_NO);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, 0);
}

/* A process that ends in the middle of it leaves no doubt: it is simply done again. */
static void
test_abandoned (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  script (fixture, "prepare", "silent");
  job = add_one (fixture);
  wait_for_prepare (fixture, 1);
  cs_fake_studio_abandon (fixture->studio);
  fixture->studio = cs_fake_studio_open (fixture->folder);
  script (fixture, "prepare", "address");
  jobs = cs_fake_studio_resume (fixture->studio, NULL);
  g_assert_cmpint (jobs->len, ==, 1);
  assert_done (fixture, jobs->pdata[0]);
  g_assert_cmpint (count (fixture, "one", "prepare"), ==, 2);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
  g_assert_cmpint (get_attempt (jobs->pdata[0], 1)->status, ==, CS_ATTEMPT_SUCCEEDED);
}

/* Somebody who looks for what was lost leaves alone what belongs to others. */
static void
test_bound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) done = add_one (fixture);
  g_autoptr (CsJob) other = NULL;
  g_autoptr (CsJob) lost = NULL;
  g_autofree char *bound = NULL;

  assert_done (fixture, done);
  other = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", "two/image"));
  assert_done (fixture, other);
  script (fixture, "submit", "lost");
  lost = add_one (fixture);
  cs_fake_wait_state (lost, CS_JOB_UNCERTAIN);
  while (count (fixture, "one", "find") == 0)
    cs_fake_settle (2);
  bound = cs_fake_provider_dup_bound (fixture->studio->one);
  g_assert_cmpstr (bound, ==, get_attempt (done, 1)->remote_id); /* its own provider's alone */
}

/* What is a day older than the lost one is no candidate anyway. */
static void
test_bound_of_a_day (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) done = add_one (fixture);
  g_autoptr (CsJob) lost = NULL;
  g_autofree char *bound = NULL;

  assert_done (fixture, done);
  turn_clock (fixture, SECONDS (2 * 86400));
  script (fixture, "submit", "lost");
  lost = add_one (fixture);
  cs_fake_wait_state (lost, CS_JOB_UNCERTAIN);
  while (count (fixture, "one", "find") == 0)
    cs_fake_settle (2);
  bound = cs_fake_provider_dup_bound (fixture->studio->one);
  g_assert_cmpstr (bound, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/promise-3/prepare/stored", test_stored);
  add ("/promise-3/prepare/once", test_once);
  add ("/job-prepare/failures", test_failures);
  add ("/job-prepare/rate-limited", test_rate_limited);
  add ("/job-prepare/cancel", test_cancel);
  add ("/promise-4/prepare/abandoned", test_abandoned);
  add ("/promise-3/bound", test_bound);
  add ("/promise-3/bound-of-a-day", test_bound_of_a_day);
  return g_test_run ();
}
