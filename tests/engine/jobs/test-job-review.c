/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing leaves this computer before the user has read it, where he wants that; and what waits for his money is sent with it. */
#include "config.h"
#include "jobs-fixture.h"

#include "jobs/cs-job-request.h"

/* A job whose words are to be read first. */
static CsJob *
add_reviewed (Fixture *fixture, const char *model, CsMoney max_cost)
{
  CsBrief *brief = cs_fake_brief ("a boat", model);

  brief->review = TRUE;
  brief->max_cost = max_cost;
  return cs_fake_studio_add (fixture->studio, brief);
}

static gboolean
agree (Fixture *fixture, const char *id, CsMoney price, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsJob) job = NULL;

  cs_job_queue_agree_async (fixture->studio->queue, id, price, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  job = cs_job_queue_agree_finish (fixture->studio->queue, result, error);
  return job != NULL;
}

typedef struct
{
  CsJob *job;
  const char *model;
} Quote;

static gboolean
is_quoted_cb (gpointer user_data)
{
  const Quote *quote = user_data;
  const CsJobFacts *facts = cs_job_get_facts (quote->job);

  return facts->waiting == CS_WAITING_CONSENT && g_strcmp0 (facts->model, quote->model) == 0;
}

/* Until it is asked whether @model may have it. */
static void
wait_quoted (CsJob *job, const char *model)
{
  Quote quote = { job, model };

  g_assert_true (cs_test_wait (is_quoted_cb, &quote));
}

static void
assert_agrees (Fixture *fixture, CsJob *job, CsMoney price)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (agree (fixture, cs_job_get_id (job), price, &error));
  g_assert_no_error (error);
}

static void
assert_nothing_sent (Fixture *fixture)
{
  cs_fake_settle (60);
  g_assert_cmpuint (count (fixture, NULL, "submit"), ==, 0);
  g_assert_cmpuint (count (fixture, NULL, "prepare"), ==, 0);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT count(*) FROM attempts"), ==, 0);
}

/* Neither time nor a poke is a consent. */
static void
test_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = add_reviewed (fixture, "one/image", CS_FAKE_PRICE_ONE);

  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_QUOTED);
  g_assert_null (cs_job_get_facts (job)->error_message);
  g_assert_cmpint (cs_job_get_facts (job)->estimated_cost, ==, CS_FAKE_PRICE_ONE);
  turn_clock (fixture, SECONDS (86400));
  cs_job_queue_poke (fixture->studio->queue);
  assert_nothing_sent (fixture);
  assert_agrees (fixture, job, CS_FAKE_PRICE_ONE);
  assert_done (fixture, job);
  g_assert_cmpuint (count (fixture, "one", "submit"), ==, 1);
}

/* Another process asks again, and sends what was agreed to. */
static void
test_survives (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = add_reviewed (fixture, "one/image", CS_FAKE_PRICE_ONE);
  g_autoptr (GPtrArray) jobs = NULL;

  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  reopen (fixture);
  jobs = cs_fake_studio_resume (fixture->studio, NULL);
  g_assert_cmpuint (jobs->len, ==, 1);
  cs_fake_wait_waiting (jobs->pdata[0], CS_WAITING_CONSENT);
  g_assert_true (cs_job_get_facts (jobs->pdata[0])->brief->review);
  assert_nothing_sent (fixture);
  assert_agrees (fixture, jobs->pdata[0], CS_FAKE_PRICE_ONE);
  assert_done (fixture, jobs->pdata[0]);
}

/* Refused: nothing was held, nothing is left. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = add_reviewed (fixture, "one/image", CS_FAKE_PRICE_ONE);
  g_autoptr (GError) error = NULL;

  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  g_assert_true (cs_fake_studio_cancel (fixture->studio, cs_job_get_id (job), &error));
  cs_fake_wait_state (job, CS_JOB_CANCELLED);
  assert_nothing_sent (fixture);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT count(*) FROM ledger"), ==, 0);
  g_assert_false (agree (fixture, cs_job_get_id (job), CS_FAKE_PRICE_ONE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
}

/* What was read was for one provider: the next one is asked about anew. */
static void
test_next_provider (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_script (fixture->studio->one, "submit", "refuse");
  job = add_reviewed (fixture, NULL, CS_FAKE_PRICE_TWO);
  wait_quoted (job, "one/image");
  assert_agrees (fixture, job, CS_FAKE_PRICE_ONE);
  wait_quoted (job, "two/image");
  cs_fake_settle (60);
  g_assert_cmpuint (count (fixture, "two", "submit"), ==, 0);
  assert_agrees (fixture, job, CS_FAKE_PRICE_TWO);
  assert_done (fixture, job);
  g_assert_cmpuint (count (fixture, "two", "submit"), ==, 1);
}

/* The key went between the consent and the sending. */
static void
test_provider_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = add_reviewed (fixture, NULL, CS_FAKE_PRICE_TWO);

  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  cs_fake_provider_set_available (fixture->studio->one, FALSE);
  assert_agrees (fixture, job, CS_FAKE_PRICE_ONE);
  wait_quoted (job, "two/image");
  assert_nothing_sent (fixture);
}

/* What is drawn on this computer is sent to nobody. */
static void
test_local (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = add_reviewed (fixture, "home/image", 0);

  assert_done (fixture, job);
}

/* The request that was read is the one that is sent, its seed too; another job has another one. */
static void
test_same_request (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = add_reviewed (fixture, "one/image", CS_FAKE_PRICE_ONE);
  CsFakeStudio *studio = fixture->studio;
  CsJobContext context = { .registry = studio->registry, .paths = studio->paths };
  const CsModel *model = cs_provider_registry_get_model (studio->registry, "one/image");
  g_autoptr (CsRequest) read = NULL;
  g_autoptr (CsRequest) again = NULL;
  g_autofree char *read_json = NULL;
  g_autofree char *sent_json = NULL;

  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  read = cs_job_request_new (&context, cs_job_get_facts (job), model, cs_job_request_get_number (cs_job_get_facts (job)));
  again = cs_job_request_new (&context, cs_job_get_facts (job), model, 2);
  assert_agrees (fixture, job, CS_FAKE_PRICE_ONE);
  assert_done (fixture, job);
  read_json = cs_request_to_json (read);
  sent_json = cs_request_to_json (get_attempt (job, 1)->request);
  g_assert_cmpstr (read_json, ==, sent_json);
  g_assert_cmpint (read->seed, !=, again->seed);
}

/* Dearer than what was agreed: the user's word raises it, but not by less than it costs. */
static void
test_dearer (Fixture *fixture, gconstpointer data)
{
  CsBrief *brief = cs_fake_brief ("a boat", "two/image");
  g_autoptr (CsJob) job = NULL;

  brief->max_cost = CS_FAKE_PRICE_ONE;
  job = cs_fake_studio_add (fixture->studio, brief);
  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  assert_agrees (fixture, job, CS_FAKE_PRICE_TWO - 1);
  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  assert_nothing_sent (fixture);
  assert_agrees (fixture, job, CS_FAKE_PRICE_TWO);
  assert_done (fixture, job);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_TWO);
}

/* To pay more is one thing, what is sent for it another. */
static void
test_dearer_unread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = add_reviewed (fixture, "two/image", CS_FAKE_PRICE_ONE);

  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  g_assert_nonnull (cs_job_get_facts (job)->error_message);
  assert_agrees (fixture, job, CS_FAKE_PRICE_TWO);
  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  assert_nothing_sent (fixture);
  g_assert_null (cs_job_get_facts (job)->error_message);
  assert_agrees (fixture, job, CS_FAKE_PRICE_TWO);
  assert_done (fixture, job);
}

/* Only what waits for a consent can be agreed to. */
static void
test_not_waiting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = add_one (fixture);
  g_autoptr (GError) error = NULL;

  assert_done (fixture, job);
  g_assert_false (agree (fixture, cs_job_get_id (job), CS_FAKE_PRICE_ONE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/job-review/promise-2-waits", test_waits);
  ADD ("/job-review/survives", test_survives);
  ADD ("/job-review/cancel", test_cancel);
  ADD ("/job-review/next-provider", test_next_provider);
  ADD ("/job-review/provider-gone", test_provider_gone);
  ADD ("/job-review/local", test_local);
  ADD ("/job-review/same-request", test_same_request);
  ADD ("/job-review/dearer", test_dearer);
  ADD ("/job-review/dearer-unread", test_dearer_unread);
  ADD ("/job-review/not-waiting", test_not_waiting);
  return g_test_run ();
}
