/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The process that is killed: this same program, started anew, drives what is in a folder until it is done or dead. */
#pragma once

#include "cs-fake-studio.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILD_WORD "--child"
#define N_JOBS 6

/* What the child does: adds a job of @model unless there is one, drives all there is, and dies at the @kill_at'th moment
 * (0: never). Moments go into the file "moments" of the folder, one line each. */
typedef struct
{
  const char *folder;
  const char *model; /* "-": adds none */
  guint kill_at;
  const char *find;  /* what the provider finds: "real" or "none" */
  const char *submit;
} Order;

typedef struct
{
  const Order *order;
  guint n;
  char *path;
} Child;

static void
write_line (const char *path, const char *line)
{
  int fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0 || write (fd, line, strlen (line)) < 0)
    _exit (3);
  close (fd);
}

static void
moment_cb (const CsJobFacts *facts, CsJobMoment moment, gpointer user_data)
{
  static const char *const names[] = { "before", "inside", "after" };
  Child *child = user_data;
  g_autofree char *line = g_strdup_printf ("%d %s %s %s\n", (int) getpid (), facts->id, names[moment],
                                           cs_job_state_to_string (facts->state));

  write_line (child->path, line);
  if (++child->n == child->order->kill_at)
    kill (getpid (), SIGKILL);
}

static void
repeat (CsFakeProvider *provider, const char *operation, const char *word, guint n)
{
  for (guint i = 0; word != NULL && i < n; i++)
    cs_fake_provider_script (provider, operation, word);
}

/* Nothing runs any more, or what is left waits for a person. */
static gboolean
is_over_cb (gpointer user_data)
{
  CsFakeStudio *studio = user_data;

  return cs_job_queue_get_n_running (studio->queue) == 0
         || cs_fake_studio_query (studio, "SELECT count(*) FROM jobs WHERE state NOT IN ('done', 'failed', 'cancelled')"
                                          " AND NOT (state = 'uncertain' AND look_count > 0)") == 0;
}

static int
child_main (char **words)
{
  Order order = { words[0], words[1], (guint) atoi (words[2]), words[3], words[4] };
  Child child = { &order, 0, g_build_filename (order.folder, "moments", NULL) };
  CsFakeStudio *studio = cs_fake_studio_open (order.folder);
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  cs_job_runner_set_probe (moment_cb, &child);
  repeat (studio->one, "find", order.find, 50);
  repeat (studio->one, "submit", order.submit, 50);
  repeat (studio->one, "poll", "run:0.5", 1);
  if (!g_str_equal (order.model, "-") && cs_fake_studio_query (studio, "SELECT count(*) FROM jobs") == 0)
    g_object_unref (cs_fake_studio_add (studio, cs_fake_brief ("a boat", order.model)));
  else
    g_ptr_array_unref (cs_fake_studio_resume (studio, NULL));
  while (!is_over_cb (studio) && g_get_monotonic_time () < end)
    cs_fake_settle (2);
  cs_job_runner_set_probe (NULL, NULL);
  cs_fake_studio_close (studio);
  g_free (child.path);
  return g_get_monotonic_time () < end ? 0 : 4;
}

static pid_t
start_child (const Order *order)
{
  g_autofree char *kill_at = g_strdup_printf ("%u", order->kill_at);
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      execl ("/proc/self/exe", program_invocation_short_name, CHILD_WORD, order->folder, order->model, kill_at, order->find,
             order->submit != NULL ? order->submit : "accept", NULL);
      _exit (5);
    }
  return pid;
}

/* Returns: TRUE when it was killed, FALSE when it came to its end. */
static gboolean
wait_for_child (pid_t pid)
{
  int status;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  if (WIFSIGNALED (status))
    {
      g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
      return TRUE;
    }
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return FALSE;
}

/* What must be true afterwards */

G_GNUC_UNUSED static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("cs-test-kill-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

/* What the killed process did last, for the message of a test that fails. */
G_GNUC_UNUSED static char *
get_last_moment (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "moments", NULL);
  g_autofree char *text = NULL;
  char *last;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdup ("nothing");
  g_strchomp (text);
  last = strrchr (text, '\n');
  return g_strdup (last != NULL ? last + 1 : text);
}

G_GNUC_UNUSED static guint
count_accepted (CsFakeStudio *studio, const char *id, guint number)
{
  g_autofree char *what = g_strdup_printf ("%s-%u", id, number);

  return cs_fake_journal_count (studio->journal, NULL, "submit", what);
}

G_GNUC_UNUSED static char *
get_text (CsFakeStudio *studio, const char *id)
{
  g_autoptr (CsJobFacts) facts = cs_fake_studio_load (studio, id);

  return g_strdup_printf ("%s %s", id, cs_job_state_to_string (facts->state));
}

/* At most one accepted request an attempt where sending twice may be billed twice; a creation exactly for what is done. */
G_GNUC_UNUSED static void
check_job (CsFakeStudio *studio, const char *id, gboolean finds)
{
  g_autoptr (CsJobFacts) facts = cs_fake_studio_load (studio, id);
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM creations WHERE id = '%s'", id);
  g_autofree char *text = get_text (studio, id);
  gboolean is_done = facts->state == CS_JOB_DONE;

  g_test_message ("%s", text);
  g_assert_true (is_done || facts->state == CS_JOB_UNCERTAIN);
  g_assert_cmpint (cs_fake_studio_query (studio, sql), ==, is_done);
  g_assert_cmpint (facts->attempts->len, ==, 1);
  if (g_strcmp0 (facts->provider, "home") == 0 || g_strcmp0 (facts->provider, "sketch") == 0)
    g_assert_true (is_done);
  else if (is_done)
    g_assert_cmpint (count_accepted (studio, id, 1), ==, 1);
  else
    g_assert_cmpint (count_accepted (studio, id, 1), <=, finds ? 0 : 1);
}

G_GNUC_UNUSED static GStrv
list_ids (CsFakeStudio *studio)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  cs_job_queue_list_async (studio->queue, FALSE, 1000, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  jobs = cs_job_queue_list_finish (studio->queue, result, NULL);
  for (guint i = 0; i < jobs->len; i++)
    g_strv_builder_add (ids, cs_job_get_id (jobs->pdata[i]));
  return g_strv_builder_end (ids);
}

G_GNUC_UNUSED static void
check_folder (const char *folder, guint n_jobs, gboolean finds)
{
  CsFakeStudio *studio = cs_fake_studio_open (folder);
  g_auto (GStrv) ids = list_ids (studio);
  gint64 n_files = cs_fake_studio_query (studio, "SELECT count(file) + count(markdown_file) FROM creations");
  gint64 n_thumbnails = cs_fake_studio_query (studio, "SELECT count(thumbnail) FROM creations");

  g_assert_cmpint (g_strv_length (ids), ==, n_jobs);
  for (guint i = 0; ids[i] != NULL; i++)
    check_job (studio, ids[i], finds);
  g_assert_cmpint (cs_fake_count_files (cs_paths_get_creations (studio->paths)), ==, n_files);
  g_assert_cmpint (cs_fake_count_files (cs_paths_get_thumbnails (studio->paths)), ==, n_thumbnails);
  g_assert_cmpint (cs_fake_count_files (cs_paths_get_work (studio->paths)), <=,
                   cs_fake_studio_query (studio, "SELECT count(*) FROM jobs WHERE state = 'uncertain'"));
  g_assert_cmpint (cs_fake_studio_query (studio, "SELECT count(*) FROM creations WHERE thumbnail IS NULL AND kind = 'image'"), ==, 0);
  cs_fake_studio_close (studio);
}

/* Several jobs of several kinds, which nobody drives yet. */
G_GNUC_UNUSED static void
add_jobs (const char *folder)
{
  static const char *const models[] = { "one/image", "home/image", "home/deck" };
  CsFakeStudio *studio = cs_fake_studio_open (folder);

  for (guint i = 0; i < N_JOBS; i++)
    g_object_unref (cs_fake_studio_add (studio, cs_fake_brief ("a boat", models[i % G_N_ELEMENTS (models)])));
  cs_fake_studio_close (studio);
}

G_GNUC_UNUSED static void
sleep_randomly (guint milliseconds)
{
  g_usleep (g_test_rand_int_range (0, (gint32) milliseconds * 1000));
}
