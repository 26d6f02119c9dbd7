/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every word of a provider about what it makes, and every way in which the result does or does not come here. */
#include "config.h"
#include "jobs-fixture.h"

static void
script (Fixture *fixture, const char *operation, const char *words)
{
  cs_fake_provider_script (fixture->studio->one, operation, words);
}

static CsJob *
add_any (Fixture *fixture)
{
  return cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", NULL));
}

/* The provider's word */

static void
test_failed_unbilled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "poll", "run:0.5,fail:no");
  job = add_any (fixture);
  assert_done (fixture, job);
  g_assert_cmpint (get_attempt (job, 1)->status, ==, CS_ATTEMPT_FAILED);
  g_assert_cmpint (get_attempt (job, 1)->cost, ==, 0);
  g_assert_cmpstr (get_attempt (job, 2)->provider, ==, "two");
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_TWO);
}

static void
check_failed (Fixture *fixture, const char *word, CsBilled billed, CsMoney cost)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "poll", word);
  job = add_any (fixture);
  cs_fake_wait_state (job, CS_JOB_FAILED);
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 1); /* paid, or maybe: never a second model */
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, billed);
  g_assert_cmpint (get_attempt (job, 1)->cost, ==, cost);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, cost);
  g_assert_nonnull (cs_job_get_facts (job)->error_message);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "failed");
}

static void
test_failed_billed (Fixture *fixture, gconstpointer data)
{
  check_failed (fixture, "fail:yes", CS_BILLED_YES, CS_FAKE_PRICE_ONE);
}

static void
test_failed_unknown (Fixture *fixture, gconstpointer data)
{
  check_failed (fixture, "fail:unknown", CS_BILLED_UNKNOWN, 0);
}

static void
test_failed_mute (Fixture *fixture, gconstpointer data)
{
  check_failed (fixture, "mute", CS_BILLED_UNKNOWN, 0);
}

static void
test_cancelled_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "poll", "run,cancelled:yes");
  job = add_any (fixture);
  cs_fake_wait_state (job, CS_JOB_CANCELLED);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_YES);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_ONE);
}

/* A provider that asks for more than was agreed gets what was agreed. */
static void
test_dear (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "poll", "dear");
  job = add_one (fixture);
  assert_done (fixture, job);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_ONE);
}

/* No word for days: asked again, more and more rarely, and never given up. */
static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "poll", "run,gone,gone,gone");
  job = add_one (fixture);
  for (int i = 0; i < 3; i++)
    {
      wait_asleep (job, CS_WAITING_OFFLINE);
      g_assert_cmpint (count (fixture, "one", "poll"), ==, i + 2);
      g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_RENDERING);
      g_assert_cmpint (cs_job_get_facts (job)->not_before - cs_clock_now (), <=, SECONDS (60));
      turn_clock (fixture, SECONDS (86400));
    }
  assert_done (fixture, job);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
}

/* A job that takes long is asked less often: once a minute after half an hour, once an hour after a day. */
static void
test_slows_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  guint polls;

  script (fixture, "poll", "run,run,run,run,run,run,run,run,run,run,run,run,run,run,run,run,run,run,run,run,run,run,run,run,run");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (2));
  job = add_one (fixture);
  while (count (fixture, "one", "poll") < 1)
    cs_fake_settle (5);
  turn_clock (fixture, SECONDS (1801));
  while (count (fixture, "one", "poll") < 2)
    cs_fake_settle (5);
  cs_fake_settle (20);
  turn_clock (fixture, SECONDS (58));
  cs_fake_settle (50);
  g_assert_cmpint (count (fixture, "one", "poll"), ==, 2);
  turn_clock (fixture, SECONDS (3));
  while (count (fixture, "one", "poll") < 3)
    cs_fake_settle (5);
  cs_fake_settle (20);
  turn_clock (fixture, SECONDS (86400));
  while (count (fixture, "one", "poll") < 4)
    cs_fake_settle (5);
  cs_fake_settle (20);
  polls = count (fixture, "one", "poll");
  turn_clock (fixture, SECONDS (3500));
  cs_fake_settle (50);
  g_assert_cmpint (count (fixture, "one", "poll"), ==, polls);
  turn_clock (fixture, SECONDS (101));
  while (count (fixture, "one", "poll") < polls + 1)
    cs_fake_settle (5);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_RENDERING);
}

/* A poll that brings nothing new writes nothing. */
static void
test_quiet_polls (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autofree char *sql = NULL;
  gint64 written;

  script (fixture, "poll", "run:0.5,run:0.5,run:0.5,run:0.5,run:0.5,run:0.5@200");
  job = add_one (fixture);
  sql = g_strdup_printf ("SELECT updated_at FROM jobs WHERE id = '%s'", cs_job_get_id (job));
  while (count (fixture, "one", "poll") < 2)
    cs_fake_settle (5);
  written = cs_fake_studio_query (fixture->studio, sql);
  while (count (fixture, "one", "poll") < 6)
    cs_fake_settle (5);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, sql), ==, written);
  g_assert_cmpfloat (cs_job_get_facts (job)->progress, ==, 0.5);
  assert_done (fixture, job);
}

/* The result */

static void
test_expired (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "fetch", "expired");
  job = add_one (fixture);
  assert_done (fixture, job);
  g_assert_cmpint (count (fixture, "one", "poll"), ==, 2); /* asked again for a fresh link */
  assert_files (fixture, 1, 1);
}

/* Tries slowly, turning the clock whenever it waits, until the job has ended. */
static void
wait_for_failure (Fixture *fixture, CsJob *job)
{
  gint64 end = g_get_monotonic_time () + SECONDS (CS_TEST_PATIENCE);

  while (!cs_job_state_is_final (cs_job_get_facts (job)->state) && g_get_monotonic_time () < end)
    {
      cs_fake_settle (20);
      turn_clock (fixture, SECONDS (31));
    }
  cs_fake_wait_state (job, CS_JOB_FAILED);
  cs_fake_wait_idle (fixture->studio);
  assert_files (fixture, 0, 0);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_YES); /* that does not undo what was paid */
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_ONE);
}

static void
test_expired_for_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "fetch", "expired,expired,expired,expired,expired,expired,expired");
  job = add_one (fixture);
  wait_for_failure (fixture, job);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "not_found");
  g_assert_cmpint (count (fixture, "one", "fetch"), ==, 6);
}

/* What was paid for stays paid for, whatever is said when its link is asked for once more; and nobody else is paid too. */
static void
check_stays_paid (Fixture *fixture, const char *word, CsJobState state)
{
  g_autoptr (CsJob) job = NULL;
  g_autofree char *words = g_strconcat ("ok,", word, NULL);

  script (fixture, "fetch", "expired");
  script (fixture, "poll", words);
  job = add_any (fixture);
  cs_fake_wait_state (job, state);
  cs_fake_wait_idle (fixture->studio);
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 1);
  g_assert_cmpint (get_attempt (job, 1)->billed, ==, CS_BILLED_YES);
  g_assert_cmpint (get_attempt (job, 1)->cost, ==, CS_FAKE_PRICE_ONE);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_ONE);
}

static void
test_stays_paid (Fixture *fixture, gconstpointer data)
{
  check_stays_paid (fixture, "fail:no", CS_JOB_FAILED);
  check_stays_paid (fixture, "fail:unknown", CS_JOB_FAILED);
  check_stays_paid (fixture, "cancelled:no", CS_JOB_CANCELLED);
}

/* An answer that was the link to the result has no id to ask about: the link is tried again. */
static void
test_answered_link (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "submit", "link");
  script (fixture, "fetch", "expired");
  job = add_one (fixture);
  assert_done (fixture, job);
  g_assert_cmpint (count (fixture, "one", "poll"), ==, 0);
  g_assert_cmpint (count (fixture, "one", "fetch"), ==, 2);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
}

/* An answer that was the result itself, and is gone: paid and lost, and said so. */
static void
test_answered_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "submit", "answer");
  script (fixture, "fetch", "expired");
  job = add_any (fixture);
  wait_for_failure (fixture, job);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "not_found");
  g_assert_cmpint (cs_job_get_facts (job)->attempts->len, ==, 1);
  g_assert_cmpint (count (fixture, "one", "poll"), ==, 0);
}

/* What cannot be fetched again is not thrown away because it could not be read once: the fault may be ours. */
static void
test_answered_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "submit", "answer");
  script (fixture, "fetch", "damaged,damaged");
  job = add_one (fixture);
  while (count (fixture, "one", "fetch") < 2)
    cs_fake_settle (5);
  wait_asleep (job, CS_WAITING_NONE);
  g_assert_true (g_file_test (get_attempt (job, 1)->request->work_file, G_FILE_TEST_IS_REGULAR));
  turn_clock (fixture, SECONDS (2));
  assert_done (fixture, job);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "fetch", "damaged");
  job = add_one (fixture);
  assert_done (fixture, job);
  g_assert_cmpint (count (fixture, "one", "fetch"), ==, 2);
  assert_files (fixture, 1, 1);
}

static void
test_damaged_for_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "fetch", "damaged,damaged,damaged,damaged");
  job = add_one (fixture);
  wait_for_failure (fixture, job);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "damaged");
  g_assert_cmpint (count (fixture, "one", "fetch"), ==, 3);
}

static void
test_wrong_type (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "fetch", "wrong");
  job = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", "one/video"));
  cs_fake_wait_state (job, CS_JOB_FAILED);
  cs_fake_wait_idle (fixture->studio);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "bad_response");
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, 5 * 56000);
  assert_files (fixture, 0, 0);
}

static void
check_fetched_later (Fixture *fixture, const char *word, CsWaiting waiting)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "fetch", word);
  job = add_one (fixture);
  cs_fake_wait_waiting (job, waiting);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_DOWNLOADING);
  g_assert_nonnull (cs_job_get_facts (job)->error_message);
  turn_clock (fixture, SECONDS (11));
  assert_done (fixture, job);
  g_assert_cmpint (count (fixture, "one", "submit"), ==, 1);
  assert_files (fixture, 1, 1);
}

static void
test_fetch_offline (Fixture *fixture, gconstpointer data)
{
  check_fetched_later (fixture, "offline", CS_WAITING_OFFLINE);
}

static void
test_fetch_disk_full (Fixture *fixture, gconstpointer data)
{
  check_fetched_later (fixture, "full", CS_WAITING_DISK_FULL);
}

static void
test_fetch_nonsense (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (fixture, "fetch", "nonsense");
  job = add_one (fixture);
  cs_fake_wait_state (job, CS_JOB_FAILED);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "bad_response");
}

/* Killed when the file was here and looked at; and then the helper fails: the file is kept until it works again. */
static void
test_helper_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *usual = g_strdup (g_getenv ("CREATIVE_STUDIO_MEDIA_HELPER_DIR"));
  g_autofree char *helper = g_build_filename (fixture->folder, "creative-studio-media-helper", NULL);
  g_autoptr (GPtrArray) jobs = NULL;
  CsJob *job = add_one (fixture);

  cs_fake_wait_state (job, CS_JOB_FINISHING);
  g_object_unref (job);
  cs_fake_studio_abandon (fixture->studio);
  g_assert_true (g_file_set_contents_full (helper, "#!/usr/bin/sh\necho '{\"ready\":true}'\n", -1,
                                           G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_setenv ("CREATIVE_STUDIO_MEDIA_HELPER_DIR", fixture->folder, TRUE);
  fixture->studio = cs_fake_studio_open (fixture->folder);
  jobs = cs_fake_studio_resume (fixture->studio, NULL);
  g_assert_cmpint (jobs->len, ==, 1);
  job = jobs->pdata[0];
  wait_asleep (job, CS_WAITING_OFFLINE);
  g_assert_cmpint (cs_job_get_facts (job)->state, ==, CS_JOB_FINISHING);
  g_assert_cmpstr (cs_job_get_facts (job)->error_code, ==, "damaged");

  g_setenv ("CREATIVE_STUDIO_MEDIA_HELPER_DIR", usual, TRUE);
  turn_clock (fixture, SECONDS (11));
  assert_done (fixture, job);
  g_assert_cmpint (count (fixture, "one", "fetch"), ==, 1);
}

/* What is made here and gone is made again. */
static void
test_local_file_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_script (fixture->studio->home, "fetch", "expired");
  job = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", "home/image"));
  assert_done (fixture, job);
  g_assert_cmpint (count (fixture, "home", "poll"), ==, 2);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, 0);
}

static void
test_deck (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = cs_fake_studio_add (fixture->studio, cs_fake_brief ("Boats", "home/deck"));

  assert_done (fixture, job);
  assert_files (fixture, 2, 0); /* HTML and Markdown */
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT num_slides FROM creations"), ==, 2);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT file LIKE '%.html' AND markdown_file LIKE '%.md' FROM creations"),
                   ==, 1);
}

/* The row says what the file is, to the byte. */
static void
test_creation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = add_one (fixture);
  const CsAttempt *attempt;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (GDir) dir = NULL;
  gsize length;

  assert_done (fixture, job);
  attempt = get_attempt (job, 1);
  dir = g_dir_open (cs_paths_get_creations (fixture->studio->paths), 0, NULL);
  name = g_strdup (g_dir_read_name (dir));
  path = g_build_filename (cs_paths_get_creations (fixture->studio->paths), name, NULL);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, length);
  g_assert_cmpstr (attempt->sha256, ==, hash);
  g_assert_cmpint (attempt->size, ==, length);
  g_assert_cmpstr (attempt->mime_type, ==, "image/png");
  g_assert_true (g_str_has_prefix (name, cs_job_get_id (job)));
  g_assert_true (g_str_has_suffix (name, " a boat.png"));
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT width = 48 AND height = 32 AND cost = 20000 FROM creations"), ==, 1);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT count(*) FROM durations WHERE model = 'one/image'"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/job-render/failed-unbilled", test_failed_unbilled);
  add ("/job-render/failed-billed", test_failed_billed);
  add ("/job-render/failed-unknown", test_failed_unknown);
  add ("/job-render/failed-mute", test_failed_mute);
  add ("/job-render/cancelled-there", test_cancelled_there);
  add ("/job-render/dear", test_dear);
  add ("/promise-4/unreachable", test_unreachable);
  add ("/job-render/slows-down", test_slows_down);
  add ("/job-render/quiet-polls", test_quiet_polls);
  add ("/promise-4/expired", test_expired);
  add ("/job-render/expired-for-good", test_expired_for_good);
  add ("/promise-3/stays-paid", test_stays_paid);
  add ("/promise-4/answered-link", test_answered_link);
  add ("/promise-4/answered-gone", test_answered_gone);
  add ("/promise-4/answered-damaged", test_answered_damaged);
  add ("/promise-4/damaged", test_damaged);
  add ("/job-render/damaged-for-good", test_damaged_for_good);
  add ("/job-render/wrong-type", test_wrong_type);
  add ("/promise-4/fetch-offline", test_fetch_offline);
  add ("/promise-4/fetch-disk-full", test_fetch_disk_full);
  add ("/job-render/fetch-nonsense", test_fetch_nonsense);
  add ("/promise-4/helper-fails", test_helper_fails);
  add ("/job-render/local-file-gone", test_local_file_gone);
  add ("/job-render/deck", test_deck);
  add ("/promise-4/creation", test_creation);
  return g_test_run ();
}
