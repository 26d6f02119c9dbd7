/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For those who answer other programs: the job of a request that was made before, one that is told no, and kept pictures. */
#include "config.h"
#include "jobs-fixture.h"
#include "jobs/cs-job-image.h"

#include "cs-fake-media.h"

#include <utime.h>

static CsBrief *
make_brief (const char *prompt)
{
  CsBrief *brief = cs_fake_brief (prompt, "home/image");

  brief->request_id = g_strdup ("r1");
  return brief;
}

static CsJob *
repeat (Fixture *fixture, const char *prompt, GError **error)
{
  g_autoptr (CsBrief) brief = make_brief (prompt);
  g_autoptr (GAsyncResult) result = NULL;

  cs_job_queue_repeat_async (fixture->studio->queue, brief, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_job_queue_repeat_finish (fixture->studio->queue, result, error);
}

static gboolean
withdraw (Fixture *fixture, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_job_queue_withdraw_async (fixture->studio->queue, id, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_job_queue_withdraw_finish (fixture->studio->queue, result, error);
}

/* Looks, and queues nothing. */
static void
test_repeat (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) none = repeat (fixture, "a boat", &error);
  g_autoptr (CsJob) job = NULL;
  g_autoptr (CsJob) found = NULL;
  g_autoptr (CsJob) other = NULL;

  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT count(*) FROM jobs"), ==, 0);
  job = cs_fake_studio_add (fixture->studio, make_brief ("a boat"));
  found = repeat (fixture, "a boat", &error);
  g_assert_no_error (error);
  g_assert_true (found == job); /* we drive it */
  g_assert_true (cs_job_queue_is_driving (fixture->studio->queue, cs_job_get_id (job)));
  other = repeat (fixture, "a ship", &error);
  g_assert_null (other);
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  assert_done (fixture, job);
  g_assert_false (cs_job_queue_is_driving (fixture->studio->queue, cs_job_get_id (job)));
}

/* A job that its driver has left behind is taken over. */
static void
test_repeat_revives (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = NULL;
  g_autoptr (CsJob) found = NULL;

  cs_fake_provider_script (fixture->studio->home, "poll", "run");
  cs_fake_provider_set_interval (fixture->studio->home, SECONDS (3000));
  job = cs_fake_studio_add (fixture->studio, make_brief ("a boat"));
  cs_fake_wait_state (job, CS_JOB_RENDERING);
  reopen (fixture);
  found = repeat (fixture, "a boat", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cs_job_get_id (found), ==, cs_job_get_id (job));
  assert_done (fixture, found);
}

static CsJob *
add_waiting (Fixture *fixture)
{
  CsBrief *brief = cs_fake_brief ("a boat", "one/image");
  CsJob *job;

  brief->request_id = g_strdup ("r2");
  brief->max_cost = CS_FAKE_PRICE_ONE - 1;
  job = cs_fake_studio_add (fixture->studio, brief);
  cs_fake_wait_waiting (job, CS_WAITING_CONSENT);
  return job;
}

/* Ended, unsent, and the same may be asked again. */
static void
test_withdraw (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = add_waiting (fixture);
  g_autoptr (CsJob) again = NULL;

  g_assert_true (withdraw (fixture, cs_job_get_id (job), &error));
  g_assert_no_error (error);
  cs_fake_wait_state (job, CS_JOB_CANCELLED);
  g_assert_false (withdraw (fixture, cs_job_get_id (job), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  again = add_waiting (fixture);
  g_assert_cmpstr (cs_job_get_id (again), !=, cs_job_get_id (job));
  g_assert_cmpuint (count (fixture, NULL, "submit"), ==, 0);
}

/* What does not stand still is left alone. */
static void
test_withdraw_too_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_script (fixture->studio->one, "poll", "run");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (3000));
  job = add_one (fixture);
  cs_fake_wait_state (job, CS_JOB_RENDERING);
  g_assert_false (withdraw (fixture, cs_job_get_id (job), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  g_assert_false (cs_job_get_facts (job)->cancel_requested);
  g_clear_error (&error);
  g_assert_false (withdraw (fixture, "01HZZZZZZZZZZZZZZZZZZZZZZZ", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

/* Pictures */

static char *
keep (Fixture *fixture, GBytes *bytes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_job_image_keep_async (fixture->studio->store, fixture->studio->paths, bytes, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_job_image_keep_finish (result, error);
}

static void
make_old (const char *path)
{
  struct utimbuf times = { 1000000000, 1000000000 };

  g_assert_cmpint (utime (path, &times), ==, 0);
}

/* What nobody needs goes when the next one comes, or at the next start; what is new stays, since its job may be on its way. */
static void
test_sweep (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) one = cs_fake_media_picture ("one", 32, 32, "image/png");
  g_autoptr (GBytes) two = cs_fake_media_picture ("two", 32, 32, "image/jpeg");
  g_autofree char *old = keep (fixture, one, &error);
  g_autofree char *new = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (old, ".png"));
  make_old (old);
  again = keep (fixture, one, &error); /* the same is new again */
  g_assert_cmpstr (again, ==, old);
  g_assert_true (g_file_test (old, G_FILE_TEST_EXISTS));
  make_old (old);
  new = keep (fixture, two, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (new, ".jpg"));
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new, G_FILE_TEST_EXISTS));
}

static void
test_no_picture (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "x", "GIF89a", "<svg/>", "\x89PNG\r\n\x1a\n", "RIFFxxxxWEBP" };
  g_autofree char *folder = g_build_filename (cs_paths_get_state (fixture->studio->paths), "images", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;
      g_autofree char *path = keep (fixture, bytes, &error);

      g_assert_null (path);
      g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
    }
  g_assert_cmpuint (cs_fake_count_files (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/promise-3/job-requests/repeat", test_repeat);
  add ("/promise-4/job-requests/repeat-revives", test_repeat_revives);
  add ("/job-requests/withdraw", test_withdraw);
  add ("/job-requests/withdraw-too-late", test_withdraw_too_late);
  add ("/job-requests/sweep", test_sweep);
  add ("/job-requests/no-picture", test_no_picture);
  return g_test_run ();
}
