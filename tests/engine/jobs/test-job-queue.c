/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many jobs and processes: request ids, taking over, clocks, a database that does not take what it should, the end. */
#include "config.h"
#include "jobs-fixture.h"

static GPtrArray *
make_briefs (const char *prompt, const char *request_id, guint n)
{
  GPtrArray *briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);

  for (guint i = 0; i < n; i++)
    {
      CsBrief *brief = cs_fake_brief (prompt, "home/image");

      brief->request_id = g_strdup (request_id);
      brief->variation = (int) i;
      g_ptr_array_add (briefs, brief);
    }
  return briefs;
}

static GPtrArray *
ask (Fixture *fixture, const char *prompt, const char *request_id, guint n, GError **error)
{
  g_autoptr (GPtrArray) briefs = make_briefs (prompt, request_id, n);

  return cs_fake_studio_try_add (fixture->studio, briefs, error);
}

static const char *
get_id (GPtrArray *jobs, guint i)
{
  return cs_job_get_id (jobs->pdata[i]);
}

static void
test_request_id (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) first = ask (fixture, "a boat", "r1", 1, &error);
  g_autoptr (GPtrArray) again = ask (fixture, "a boat", "r1", 1, &error);
  g_autoptr (GPtrArray) other = ask (fixture, "a ship", "r1", 1, &error);
  g_autoptr (GPtrArray) later = NULL;

  g_assert_null (other);
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpstr (get_id (first, 0), ==, get_id (again, 0));
  assert_done (fixture, first->pdata[0]);
  later = ask (fixture, "a boat", "r1", 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_id (first, 0), ==, get_id (later, 0));
  g_assert_cmpint (cs_job_get_facts (later->pdata[0])->state, ==, CS_JOB_DONE);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT count(*) FROM jobs"), ==, 1);
}

/* The same id of another user is another request. */
static void
test_request_id_of_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) first = ask (fixture, "a boat", "r1", 1, &error);
  g_autoptr (GPtrArray) briefs = make_briefs ("a ship", "r1", 1);
  g_autoptr (GPtrArray) second = NULL;

  ((CsBrief *) briefs->pdata[0])->user_id = g_strdup ("somebody");
  second = cs_fake_studio_try_add (fixture->studio, briefs, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_id (first, 0), !=, get_id (second, 0));
}

static void
test_batch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) first = ask (fixture, "a boat", "r1", 3, &error);
  g_autoptr (GPtrArray) again = ask (fixture, "a boat", "r1", 3, &error);
  g_autoptr (GPtrArray) fewer = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (get_id (first, i), ==, get_id (again, i));
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT count(DISTINCT batch) FROM jobs"), ==, 1);
  fewer = ask (fixture, "a boat", "r1", 2, &error);
  g_assert_null (fewer);
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  cs_fake_wait_idle (fixture->studio);
  assert_files (fixture, 3, 3);
}

/* Whoever asks again after a crash wants the job to go on. */
static void
test_request_revives (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) again = NULL;

  cs_fake_provider_script (fixture->studio->home, "poll", "run");
  cs_fake_provider_set_interval (fixture->studio->home, SECONDS (3000));
  first = ask (fixture, "a boat", "r1", 1, &error);
  cs_fake_wait_waiting (first->pdata[0], CS_WAITING_POLL);
  reopen (fixture);
  again = ask (fixture, "a boat", "r1", 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_id (first, 0), ==, get_id (again, 0));
  turn_clock (fixture, SECONDS (601));
  assert_done (fixture, again->pdata[0]);
}

/* Taking over */

static void
test_resume (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GPtrArray) none = NULL;

  cs_fake_provider_script (fixture->studio->one, "poll", "run:0.5");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (3000));
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_POLL);
  reopen (fixture);
  jobs = cs_fake_studio_resume (fixture->studio, NULL);
  g_assert_cmpint (jobs->len, ==, 1);
  turn_clock (fixture, SECONDS (601)); /* a wait is shortened to ten minutes */
  assert_done (fixture, jobs->pdata[0]);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
  none = cs_fake_studio_resume (fixture->studio, NULL);
  g_assert_cmpint (none->len, ==, 0);
}

/* Two studios, one of which is alive: its jobs are its own. */
static void
test_not_taken_from_the_living (Fixture *fixture, gconstpointer data)
{
  CsFakeStudio *other = cs_fake_studio_open (fixture->folder);
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  cs_fake_provider_script (fixture->studio->one, "poll", "run:0.5@100");
  job = add_one (fixture);
  cs_fake_wait_state (job, CS_JOB_RENDERING);
  jobs = cs_fake_studio_resume (other, NULL);
  g_assert_cmpint (jobs->len, ==, 0);
  assert_done (fixture, job);
  cs_fake_studio_close (other);
}

/* A row that nobody of us wrote stops neither the others nor the list. */
static void
test_damaged_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) bad = NULL;
  g_autoptr (CsJob) good = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;

  cs_fake_provider_script (fixture->studio->one, "poll", "run,run");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (3000));
  bad = add_one (fixture);
  good = add_one (fixture);
  cs_fake_wait_waiting (bad, CS_WAITING_POLL);
  cs_fake_wait_waiting (good, CS_WAITING_POLL);
  reopen (fixture);
  sql = g_strdup_printf ("UPDATE attempts SET remote_id = NULL WHERE job_id = '%s'", cs_job_get_id (bad));
  cs_fake_studio_exec (fixture->studio, sql);
  jobs = cs_fake_studio_resume (fixture->studio, NULL);
  g_assert_cmpint (jobs->len, ==, 1);
  g_assert_cmpstr (get_id (jobs, 0), ==, cs_job_get_id (good));
  turn_clock (fixture, SECONDS (601));
  assert_done (fixture, jobs->pdata[0]);
  cs_job_queue_list_async (fixture->studio->queue, FALSE, 10, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  list = cs_job_queue_list_finish (fixture->studio->queue, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (list->len, ==, 1);
}

/* A file left behind for every job that has ended, and only those. */
static void
test_sweep (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) ended = add_one (fixture);
  g_autoptr (CsJob) open = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  const char *folder = cs_paths_get_work (fixture->studio->paths);
  g_autofree char *of_ended = g_strdup_printf ("%s/%s-1.part.draft", folder, cs_job_get_id (ended));
  g_autofree char *of_open = NULL;
  g_autofree char *of_nobody = g_strdup_printf ("%s/01ARZ3NDEKTSV4RRFFQ69G5FAV-1.part", folder);
  g_autofree char *draft = g_strdup_printf ("%s/.creative-studio-AAAAAA", folder);

  assert_done (fixture, ended);
  cs_fake_provider_script (fixture->studio->one, "poll", "run");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (3000));
  open = add_one (fixture);
  cs_fake_wait_waiting (open, CS_WAITING_POLL);
  of_open = g_strdup_printf ("%s/%s-1.part", folder, cs_job_get_id (open));
  g_file_set_contents (of_ended, "x", 1, NULL);
  g_file_set_contents (of_open, "x", 1, NULL);
  g_file_set_contents (of_nobody, "x", 1, NULL);
  g_file_set_contents (draft, "x", 1, NULL);
  reopen (fixture);
  jobs = cs_fake_studio_resume (fixture->studio, NULL);
  g_assert_false (g_file_test (of_ended, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (of_nobody, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (draft, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (of_open, G_FILE_TEST_EXISTS));
}

/* Clocks */

/* The clock is set back by a year: whoever waits for two seconds waits for two seconds. */
static void
test_clock_set_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_script (fixture->studio->one, "poll", "run:0.1,run:0.2,run:0.3,run:0.4");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (1) / 2);
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_POLL);
  cs_clock_turn (-SECONDS (31536000));
  cs_job_queue_wake (fixture->studio->queue);
  cs_fake_wait_state (job, CS_JOB_DONE);
  cs_clock_turn (SECONDS (31536000));
}

static void
test_far_away_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  cs_fake_provider_script (fixture->studio->one, "poll", "run");
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_POLL);
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (3000));
  reopen (fixture);
  cs_fake_studio_exec (fixture->studio, "UPDATE jobs SET not_before = 9000000000000000 WHERE state = 'rendering'");
  jobs = cs_fake_studio_resume (fixture->studio, NULL);
  if (jobs->len == 0)
    return; /* done before it was closed */
  g_assert_cmpint (cs_job_get_facts (jobs->pdata[0])->not_before, <=, cs_clock_now () + SECONDS (600));
  turn_clock (fixture, SECONDS (601));
  assert_done (fixture, jobs->pdata[0]);
}

/* A database that does not take what it should */

static gboolean
has_trouble_cb (gpointer job)
{
  return cs_job_get_trouble (job) != NULL;
}

/* The disk is full at the very moment when the provider has accepted: its word is kept until there is room. */
static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autofree char *limit = NULL;
  g_autoptr (CsJobFacts) stored = NULL;

  cs_fake_studio_exec (fixture->studio, "CREATE TABLE filler (data BLOB);"
                                        "CREATE TRIGGER full BEFORE UPDATE ON jobs WHEN new.state = 'rendering' BEGIN"
                                        " INSERT INTO filler VALUES (zeroblob(1000000)); END;");
  limit = g_strdup_printf ("PRAGMA max_page_count = %d", (int) cs_fake_studio_query (fixture->studio, "PRAGMA page_count") + 40);
  cs_fake_studio_exec (fixture->studio, limit);
  job = add_one (fixture);
  cs_test_wait (has_trouble_cb, job);
  g_assert_error (cs_job_get_trouble (job), CS_ERROR, CS_ERROR_DISK_FULL);
  stored = cs_fake_studio_load (fixture->studio, cs_job_get_id (job));
  g_assert_cmpint (stored->state, ==, CS_JOB_SUBMITTING);
  cs_fake_settle (200);
  cs_fake_studio_exec (fixture->studio, "PRAGMA max_page_count = 1000000; DROP TRIGGER full");
  assert_done (fixture, job);
  g_assert_null (cs_job_get_trouble (job));
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 1);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
}

/* The same while the program is being closed: closing waits for the disk a little. */
static void
test_disk_full_at_close (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsJobFacts) stored = NULL;

  cs_fake_studio_exec (fixture->studio, "CREATE TABLE filler (data BLOB);"
                                        "CREATE TRIGGER full BEFORE UPDATE ON jobs WHEN new.state = 'rendering' BEGIN"
                                        " INSERT INTO filler VALUES (zeroblob(1000000)); END;"
                                        "PRAGMA max_page_count = 200");
  job = add_one (fixture);
  cs_test_wait (has_trouble_cb, job);
  cs_job_queue_close_async (fixture->studio->queue, NULL, cs_test_keep_result, &result);
  cs_fake_settle (100);
  g_assert_null (result);
  cs_fake_studio_exec (fixture->studio, "PRAGMA max_page_count = 1000000; DROP TRIGGER full");
  cs_test_wait_result (&result);
  stored = cs_fake_studio_load (fixture->studio, cs_job_get_id (job));
  g_assert_cmpint (stored->state, ==, CS_JOB_RENDERING);
  g_assert_null (stored->owner);
  g_assert_nonnull (((CsAttempt *) stored->attempts->pdata[0])->remote_id);
  cs_fake_studio_abandon (g_steal_pointer (&fixture->studio));
}

static void
count_cb (CsJob *job, gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* A step that can never be written is told, and tried at leisure. */
static void
test_never_written (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  guint changes = 0;

  cs_fake_studio_exec (fixture->studio, "CREATE TRIGGER never BEFORE UPDATE ON jobs WHEN new.state = 'holding' BEGIN"
                                        " SELECT raise (ABORT, 'never'); END");
  job = add_one (fixture);
  g_signal_connect (job, "changed", G_CALLBACK (count_cb), &changes);
  cs_test_wait (has_trouble_cb, job);
  changes = 0;
  cs_fake_settle (500);
  g_assert_cmpint (changes, <=, 1);
  for (int i = 0; i < 20; i++)
    cs_job_queue_wake (fixture->studio->queue);
  g_assert_cmpint (changes, <=, 1);
  cs_fake_studio_exec (fixture->studio, "DROP TRIGGER never");
  turn_clock (fixture, SECONDS (6));
  g_signal_handlers_disconnect_by_data (job, &changes);
  assert_done (fixture, job);
}

/* Its row is gone: nobody drives what is not there. */
static void
test_row_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_script (fixture->studio->one, "poll", "run,run,run");
  job = add_one (fixture);
  cs_fake_wait_waiting (job, CS_WAITING_POLL);
  cs_fake_studio_exec (fixture->studio, "PRAGMA defer_foreign_keys = ON; DELETE FROM attempts; DELETE FROM jobs");
  cs_fake_wait_idle (fixture->studio);
}

/* The end */

static gboolean
is_sent_cb (gpointer user_data)
{
  return count (user_data, "one", "submit") > 0;
}

static gboolean
speak_later_cb (gpointer provider)
{
  cs_fake_provider_speak (provider);
  return G_SOURCE_REMOVE;
}

/* Closed while a request is on its way: its answer is waited for and written. */
static void
test_close_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  cs_fake_provider_script (fixture->studio->one, "submit", "silent");
  job = add_one (fixture);
  cs_test_wait (is_sent_cb, fixture);
  g_timeout_add (300, speak_later_cb, fixture->studio->one);
  reopen (fixture);
  jobs = cs_fake_studio_resume (fixture->studio, NULL);
  g_assert_cmpint (jobs->len, ==, 1);
  g_assert_cmpint (cs_job_get_facts (jobs->pdata[0])->state, ==, CS_JOB_RENDERING);
  assert_done (fixture, jobs->pdata[0]);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
  g_assert_cmpint (count (fixture, "one", "find"), ==, 0);
}

typedef struct
{
  Fixture *fixture;
  GAsyncResult *result;
  gboolean is_closing;
} Closing;

static void
close_when_announced_cb (const CsJobFacts *facts, CsJobMoment moment, gpointer user_data)
{
  Closing *closing = user_data;
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  if (closing->is_closing || facts->state != CS_JOB_SUBMITTING || attempt->sent_at == 0)
    return;
  closing->is_closing = TRUE;
  cs_job_queue_close_async (closing->fixture->studio->queue, NULL, cs_test_keep_result, &closing->result);
}

/* Closed between the announcement and the request: it is taken back, and nobody has to doubt. */
static void
test_close_before_sending (Fixture *fixture, gconstpointer data)
{
  Closing closing = { fixture, NULL, FALSE };
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  cs_job_runner_set_probe (close_when_announced_cb, &closing);
  job = add_one (fixture);
  cs_test_wait_result (&closing.result);
  cs_job_runner_set_probe (NULL, NULL);
  g_clear_object (&closing.result);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 0);
  cs_fake_studio_abandon (fixture->studio);
  fixture->studio = cs_fake_studio_open (fixture->folder);
  jobs = cs_fake_studio_resume (fixture->studio, NULL);
  g_assert_cmpint (jobs->len, ==, 1);
  g_assert_cmpint (get_attempt (jobs->pdata[0], 1)->sent_at, ==, 0);
  assert_done (fixture, jobs->pdata[0]);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
  g_assert_cmpint (count (fixture, "one", "find"), ==, 0);
}

/* Dropped without a word while a request is on its way: the answer is written all the same, and until then nobody else
 * takes the job for abandoned. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  CsFakeStudio *other = cs_fake_studio_open (fixture->folder);
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GPtrArray) nothing = NULL;

  cs_fake_provider_script (fixture->studio->one, "submit", "silent");
  job = add_one (fixture);
  cs_test_wait (is_sent_cb, fixture);
  g_clear_object (&fixture->studio->queue);
  nothing = cs_fake_studio_resume (other, NULL);
  g_assert_cmpint (nothing->len, ==, 0);
  cs_fake_studio_abandon (g_steal_pointer (&fixture->studio));
  fixture->studio = other;
  jobs = cs_fake_studio_resume (other, NULL);
  g_assert_cmpint (jobs->len, ==, 1);
  assert_done (fixture, jobs->pdata[0]);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
}

/* Dropped in the middle of anything at all: nothing is called that is not there any more. */
static void
test_drop_anywhere (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      CsFakeStudio *studio = fixture->studio;
      g_autoptr (CsJob) first = NULL;
      g_autoptr (CsJob) second = NULL;

      cs_fake_provider_script (studio->one, "poll", "run:0.2,run:0.4,ok@3");
      first = add_one (fixture);
      second = cs_fake_studio_add (studio, cs_fake_brief ("Boats", "home/deck"));
      for (guint k = 0; k < i * 20; k++)
        if (!g_main_context_iteration (NULL, FALSE))
          g_usleep (300);
      cs_fake_studio_abandon (studio);
      fixture->studio = cs_fake_studio_open (fixture->folder);
    }
  {
    g_autoptr (GPtrArray) jobs = cs_fake_studio_resume (fixture->studio, NULL);

    cs_fake_wait_idle (fixture->studio);
  }
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT count(*) FROM jobs WHERE state <> 'done'"), ==, 0);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 20);
  assert_files (fixture, 20 + 2 * 20, 20);
}

/* Many at once, and every one exactly once. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);

  for (int i = 0; i < 40; i++)
    g_ptr_array_add (briefs, cs_fake_brief ("Boats", "home/deck"));
  jobs = cs_fake_studio_try_add (fixture->studio, briefs, &error);
  g_assert_no_error (error);
  cs_fake_wait_idle (fixture->studio);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT count(*) FROM jobs WHERE state = 'done'"), ==, 40);
  g_assert_cmpint (count (fixture, "home", "submit"), ==, 40);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/job-queue/request-id", test_request_id);
  add ("/job-queue/request-id-of-others", test_request_id_of_others);
  add ("/job-queue/batch", test_batch);
  add ("/promise-4/request-revives", test_request_revives);
  add ("/promise-4/resume", test_resume);
  add ("/promise-3/not-taken-from-the-living", test_not_taken_from_the_living);
  add ("/promise-4/damaged-row", test_damaged_row);
  add ("/job-queue/sweep", test_sweep);
  add ("/job-queue/clock-set-back", test_clock_set_back);
  add ("/job-queue/far-away-time", test_far_away_time);
  add ("/promise-3/disk-full", test_disk_full);
  add ("/promise-3/disk-full-at-close", test_disk_full_at_close);
  add ("/job-queue/never-written", test_never_written);
  add ("/job-queue/row-gone", test_row_gone);
  add ("/promise-3/close-waits", test_close_waits);
  add ("/promise-3/close-before-sending", test_close_before_sending);
  add ("/promise-3/drop", test_drop);
  add ("/promise-4/drop-anywhere", test_drop_anywhere);
  add ("/job-queue/many", test_many);
  return g_test_run ();
}
