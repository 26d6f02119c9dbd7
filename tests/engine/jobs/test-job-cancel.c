/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wish to cancel, in every state: at once where nothing has left, else on the provider's word. */
#include "config.h"
#include "jobs-fixture.h"

static void
cancel (Fixture *fixture, CsJob *job)
{
  g_autoptr (GError) error = NULL;

  cs_fake_studio_cancel (fixture->studio, cs_job_get_id (job), &error);
  g_assert_no_error (error);
}

static void
script (Fixture *fixture, const char *operation, const char *words)
{
  cs_fake_provider_script (fixture->studio->one, operation, words);
}

static void
assert_cancelled (Fixture *fixture, CsJob *job, guint submits)
{
  cs_fake_wait_state (job, CS_JOB_CANCELLED);
  cs_fake_wait_idle (fixture->studio);
  g_assert_null (cs_job_get_facts (job)->error_message);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, 0);
  g_assert_cmpint (count (fixture, NULL, "submit"), ==, submits);
  assert_files (fixture, 0, 0);
}

/* Whatever it was doing in the first moment. */
static void
test_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = add_one (fixture);

  cancel (fixture, job);
  cs_fake_wait_state (job, CS_JOB_CANCELLED);
}

static void
test_waiting_for_consent (Fixture *fixture, gconstpointer data)
{
  CsBrief *brief = cs_fake_brief ("a boat", "one/image");
  g_autoptr (CsJob) job = NULL;

  brief->max_cost = 0;
  job = cs_fake_studio_add (fixture->studio, brief);
  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  cancel (fixture, job);
  assert_cancelled (fixture, job, 0);
}

/* Asked to come back in an hour: it does not take the hour to be cancelled. */
static void
test_rate_limited (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "submit", "limit:3600");
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_RATE_LIMITED);
  cancel (fixture, job);
  assert_cancelled (fixture, job, 0);
  g_assert_cmpint (get_attempt (job, 1)->status, ==, CS_ATTEMPT_CANCELLED);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_NO);
}

/* While the request is on its way nothing is taken back; after the answer the provider is asked, and has the word. */
static void
test_on_its_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "submit", "silent");
  job = add_one (fixture);
  while (count (fixture, "one", "submit") == 0)
    cs_fake_settle (5);
  cancel (fixture, job);
  cs_fake_settle (100);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_SUBMITTING);
  cs_fake_provider_speak (fixture->studio->one);
  assert_cancelled (fixture, job, 1);
  g_assert_cmpint (count (fixture, "one", "cancel"), ==, 1);
  g_assert_cmpint (count (fixture, "one", "poll"), ==, 0);
}

/* Refused, or failed without being billed: the wish ends it there, before the next model. */
static void
test_before_fallback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "submit", "refuse@200");
  job = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", NULL));
  cs_fake_wait_state (job, CS_JOB_SUBMITTING);
  cs_fake_settle (50);
  cancel (fixture, job);
  assert_cancelled (fixture, job, 0);
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 1);
}

static void
test_rendering (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "poll", "run:0.1");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (3000));
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_POLL);
  cancel (fixture, job);
  assert_cancelled (fixture, job, 1);
  g_assert_cmpint (count (fixture, "one", "poll"), ==, 1);
}

/* The provider goes on, and finishes: the result is paid for, and kept. */
static void
test_too_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "poll", "run:0.1,run:0.2,run:0.3,ok");
  script (fixture, "cancel", "run");
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_POLL);
  cancel (fixture, job);
  assert_done (fixture, job);
  g_assert_cmpint (count (fixture, "one", "cancel"), ==, 1);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_ONE);
  assert_files (fixture, 1, 1);
}

/* A provider that could not be reached has not heard it: told again, without a circle. */
static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "poll", "run:0.1");
  script (fixture, "cancel", "gone,gone");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (3000));
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_POLL);
  cancel (fixture, job);
  wait_asleep (job, CS_WAITING_OFFLINE);
  cs_fake_settle (100);
  g_assert_cmpint (count (fixture, "one", "cancel"), ==, 1);
  turn_clock (fixture, SECONDS (11));
  while (count (fixture, "one", "cancel") < 2)
    cs_fake_settle (5);
  wait_asleep (job, CS_WAITING_OFFLINE);
  turn_clock (fixture, SECONDS (61));
  assert_cancelled (fixture, job, 1);
  g_assert_cmpint (count (fixture, "one", "cancel"), ==, 3);
}

static void
test_billed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "poll", "run");
  script (fixture, "cancel", "cancelled:yes");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (3000));
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_POLL);
  cancel (fixture, job);
  cs_fake_wait_state (job, CS_JOB_CANCELLED);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_ONE);
}

/* A result that is here or on its way here is never thrown away. */
static void
test_downloading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "fetch", "offline");
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_OFFLINE);
  cancel (fixture, job);
  cs_fake_settle (50);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_DOWNLOADING);
  turn_clock (fixture, SECONDS (11));
  assert_done (fixture, job);
}

/* In doubt it stays in doubt; adopted later, it is stopped. */
static void
test_uncertain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "submit", "lost");
  script (fixture, "find", "none,real");
  job = add_one (fixture);
  cs_fake_wait_state (job, CS_JOB_UNCERTAIN);
  cancel (fixture, job);
  cs_fake_settle (100);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_UNCERTAIN);
  turn_clock (fixture, SECONDS (11));
  assert_cancelled (fixture, job, 1);
}

static void
test_ended (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = add_one (fixture);
  g_autoptr (GError) error = NULL;

  assert_done (fixture, job);
  g_assert_false (cs_fake_studio_cancel (fixture->studio, cs_job_get_id (job), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (cs_fake_studio_cancel (fixture->studio, "01ARZ3NDEKTSV4RRFFQ69G5FAV", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

/* Work on this computer stops in the middle. */
static void
test_local (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_script (fixture->studio->home, "poll", "stoppable");
  job = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", "home/image"));
  cs_fake_wait_state (job, CS_JOB_RENDERING);
  cs_fake_settle (50);
  cancel (fixture, job);
  assert_cancelled (fixture, job, 1);
  g_assert_cmpint (count (fixture, "home", "cancel"), ==, 0);
}

/* The wish comes between the end of the drawing and its download: what follows is not cancelled with it. */
static void
test_local_too_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_script (fixture->studio->home, "fetch", "ok@300");
  job = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", "home/image"));
  cs_fake_wait_state (job, CS_JOB_DOWNLOADING);
  cancel (fixture, job);
  assert_done (fixture, job);
}

/* Another process says it, while ours waits for an hour. */
static void
test_from_another_process (Fixture *fixture, gconstpointer data)
{
  CsFakeStudio *other = cs_fake_studio_open (fixture->folder);
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  script (fixture, "poll", "run:0.1");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (3000));
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_POLL);
  cs_fake_studio_cancel (other, cs_job_get_id (job), &error);
  g_assert_no_error (error);
  assert_cancelled (fixture, job, 1);
  cs_fake_studio_close (other);
}

/* It ends the job over our head where nothing was sent. */
static void
test_unsent_from_another_process (Fixture *fixture, gconstpointer data)
{
  CsFakeStudio *other = cs_fake_studio_open (fixture->folder);
  CsBrief *brief = cs_fake_brief ("a boat", "one/image");
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  brief->max_cost = 0;
  job = cs_fake_studio_add (fixture->studio, brief);
  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  cs_fake_studio_cancel (other, cs_job_get_id (job), &error);
  g_assert_no_error (error);
  assert_cancelled (fixture, job, 0);
  cs_fake_studio_close (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/job-cancel/at-once", test_at_once);
  add ("/job-cancel/waiting-for-consent", test_waiting_for_consent);
  add ("/job-cancel/rate-limited", test_rate_limited);
  add ("/promise-3/cancel-on-its-way", test_on_its_way);
  add ("/job-cancel/before-fallback", test_before_fallback);
  add ("/job-cancel/rendering", test_rendering);
  add ("/promise-4/cancel-too-late", test_too_late);
  add ("/job-cancel/unreachable", test_unreachable);
  add ("/job-cancel/billed", test_billed);
  add ("/promise-4/cancel-downloading", test_downloading);
  add ("/job-cancel/uncertain", test_uncertain);
  add ("/job-cancel/ended", test_ended);
  add ("/job-cancel/local", test_local);
  add ("/promise-4/cancel-local-too-late", test_local_too_late);
  add ("/job-cancel/from-another-process", test_from_another_process);
  add ("/job-cancel/unsent-from-another-process", test_unsent_from_another_process);
  return g_test_run ();
}
