/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fake studio in a folder of its own; for the tests of this folder. */
#pragma once

#include "cs-fake-studio.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECONDS(n) ((n) *G_GINT64_CONSTANT (1000000))

typedef struct
{
  char *folder;
  CsFakeStudio *studio;
} Fixture;

G_GNUC_UNUSED static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("cs-test-jobs-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->studio = cs_fake_studio_open (fixture->folder);
}

G_GNUC_UNUSED static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->studio != NULL)
    cs_fake_studio_close (fixture->studio);
  cs_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

/* As if the process had ended in an orderly way and another one were there. */
G_GNUC_UNUSED static void
reopen (Fixture *fixture)
{
  cs_fake_studio_close (fixture->studio);
  fixture->studio = cs_fake_studio_open (fixture->folder);
}

/* A job for one/image, on its way. */
G_GNUC_UNUSED static CsJob *
add_one (Fixture *fixture)
{
  return cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", "one/image"));
}

G_GNUC_UNUSED static const CsAttempt *
get_attempt (CsJob *job, guint number)
{
  const CsJobFacts *facts = cs_job_get_facts (job);

  g_assert_cmpint (facts->attempts->len, >=, number);
  return facts->attempts->pdata[number - 1];
}

G_GNUC_UNUSED static guint
count (Fixture *fixture, const char *provider, const char *operation)
{
  return cs_fake_journal_count (fixture->studio->journal, provider, operation, NULL);
}

G_GNUC_UNUSED static void
turn_clock (Fixture *fixture, gint64 microseconds)
{
  cs_clock_turn (microseconds);
  cs_job_queue_wake (fixture->studio->queue);
}

typedef struct
{
  CsJob *job;
  CsWaiting waiting;
} Sleep;

G_GNUC_UNUSED static gboolean
is_asleep_cb (gpointer user_data)
{
  Sleep *sleep = user_data;
  const CsJobFacts *facts = cs_job_get_facts (sleep->job);

  return facts->waiting == sleep->waiting && facts->not_before > cs_clock_now () + SECONDS (1) / 4;
}

/* Until the job waits for a time that has not come. */
G_GNUC_UNUSED static void
wait_asleep (CsJob *job, CsWaiting waiting)
{
  Sleep sleep = { job, waiting };

  cs_test_wait (is_asleep_cb, &sleep);
}

/* Done, with one creation and nothing left over. */
G_GNUC_UNUSED static void
assert_done (Fixture *fixture, CsJob *job)
{
  CsFakeStudio *studio = fixture->studio;
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM creations WHERE id = '%s'", cs_job_get_id (job));

  cs_fake_wait_state (job, CS_JOB_DONE);
  cs_fake_wait_idle (studio);
  g_assert_null (cs_job_get_facts (job)->error_message);
  g_assert_cmpint (cs_fake_studio_query (studio, sql), ==, 1);
  g_assert_cmpint (cs_fake_count_files (cs_paths_get_work (studio->paths)), ==, 0);
}

G_GNUC_UNUSED static void
assert_files (Fixture *fixture, guint creations, guint thumbnails)
{
  CsFakeStudio *studio = fixture->studio;

  g_assert_cmpint (cs_fake_count_files (cs_paths_get_creations (studio->paths)), ==, creations);
  g_assert_cmpint (cs_fake_count_files (cs_paths_get_thumbnails (studio->paths)), ==, thumbnails);
  g_assert_cmpint (cs_fake_count_files (cs_paths_get_work (studio->paths)), ==, 0);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
