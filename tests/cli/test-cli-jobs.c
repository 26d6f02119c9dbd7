/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that outlive a command: interrupted, detached, killed, taken over, cancelled. */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"

#include <signal.h>
#include <string.h>

/* Some seconds of work: long enough to be interrupted. */
#define LONG_VIDEO "--duration", "5", "--no-sound"

/* A long video that was begun; returns once it is being drawn. */
static GSubprocess *
start_video (CsTestHome *home, const char *prompt, const char *option)
{
  g_autofree char *errors = cs_test_home_build (home, "words");
  GSubprocess *process = cli_start (errors, "video", prompt, LONG_VIDEO, option, NULL);

  cli_wait_words (errors, "Rendering");
  return process;
}

static JsonObject *
get_only_job (CliAnswer *list)
{
  g_assert_cmpuint (cli_get_length (list, "jobs"), ==, 1);
  return cli_get_element (list, "jobs", 0);
}

static char *
dup_only_id (void)
{
  g_autoptr (CliAnswer) list = cli_ask (NULL, "jobs", "list", NULL);

  return g_strdup (cs_json_get_string (get_only_job (list), "id", NULL));
}

static void
assert_one_creation (guint count)
{
  g_autoptr (CliAnswer) list = cli_ask (NULL, "library", "list", NULL);

  g_assert_cmpuint (cli_get_length (list, "creations"), ==, count);
}

/* Promise 4: the first Ctrl-C keeps the job and says how to go on; going on makes one file, not two. */
static void
test_interrupt_and_resume (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *errors = cs_test_home_build (home, "words");
  g_autoptr (GSubprocess) process = start_video (home, "a long film", NULL);
  int status = cli_end (process, SIGINT);
  g_autofree char *id = dup_only_id ();
  g_autoptr (CliAnswer) before = cli_ask (NULL, "jobs", "show", id, NULL);
  g_autoptr (CliAnswer) resumed = cli_ask (NULL, "jobs", "resume", NULL);
  g_autoptr (CliAnswer) again = cli_ask (NULL, "jobs", "resume", NULL);
  g_autofree char *words = NULL;

  g_assert_cmpint (status, ==, 130);
  g_assert_true (g_file_get_contents (errors, &words, NULL, NULL));
  g_assert_nonnull (strstr (words, id));
  g_assert_nonnull (strstr (words, "jobs wait"));
  g_assert_cmpstr (cs_json_get_string (before->document, "status", ""), ==, "processing");
  g_assert_cmpstr (cs_json_get_string (before->document, "state", ""), ==, "rendering");
  cli_assert_code (resumed, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (get_only_job (resumed), "id", ""), ==, id);
  g_assert_cmpstr (cs_json_get_string (get_only_job (resumed), "status", ""), ==, "succeeded");
  cli_assert_code (again, 0, NULL);
  g_assert_cmpuint (cli_get_length (again, "jobs"), ==, 0);
  assert_one_creation (1);
}

static void
test_interrupt_json (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (GSubprocess) process = start_video (home, "a long film", "--json");
  g_autoptr (GBytes) out = NULL;
  g_autoptr (JsonObject) document = NULL;
  gsize length;
  const char *text;

  g_assert_cmpint (cli_end (process, SIGTERM), ==, 143);
  out = g_input_stream_read_bytes (g_subprocess_get_stdout_pipe (process), 1 << 16, NULL, NULL);
  text = g_bytes_get_data (out, &length);
  document = cs_json_parse_object (text, length, 1 << 16, NULL);
  g_assert_nonnull (document);
  g_assert_nonnull (cs_json_get_string (document, "id", NULL));
  g_assert_cmpstr (cs_json_get_string (cs_json_get_object (document, "error"), "code", ""), ==,
                   "interrupted");
}

/* The second Ctrl-C does not wait for anything; the job is kept all the same. */
static void
test_interrupt_twice (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (GSubprocess) process = start_video (home, "a long film", NULL);
  g_autoptr (CliAnswer) list = NULL;

  g_subprocess_send_signal (process, SIGINT);
  g_assert_cmpint (cli_end (process, SIGINT), ==, 130);
  list = cli_ask (NULL, "jobs", "list", "--active", NULL);
  g_assert_cmpstr (cs_json_get_string (get_only_job (list), "state", ""), ==, "rendering");
}

static void
test_detach_and_wait (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) detached = cli_ask (NULL, "video", "a long film", LONG_VIDEO, "--detach", NULL);
  g_autofree char *id = cli_dup_text (detached, "id");
  g_autoptr (CliAnswer) waited = cli_ask (NULL, "jobs", "wait", id, NULL);
  g_autoptr (CliAnswer) again = cli_ask (NULL, "jobs", "wait", id, NULL);
  g_autofree char *file = cli_dup_text (waited, "file");

  cli_assert_code (detached, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (detached->document, "status", ""), ==, "processing");
  g_assert_nonnull (strstr (cs_json_get_string (detached->document, "message", ""), "expire"));
  cli_assert_code (waited, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (waited->document, "status", ""), ==, "succeeded");
  g_assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));
  cli_assert_code (again, 0, NULL);
  assert_one_creation (1);
}

/* Promise 3: two that resume at once share the jobs and make each once. */
static void
test_two_resume (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *one = cs_test_home_build (home, "one");
  g_autofree char *two = cs_test_home_build (home, "two");
  g_autoptr (GSubprocess) first = NULL;
  g_autoptr (GSubprocess) second = NULL;

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *prompt = g_strdup_printf ("picture %d", i);
      g_autoptr (CliAnswer) detached = cli_ask (NULL, "image", prompt, "--detach", NULL);

      cli_assert_code (detached, 0, NULL);
    }
  first = cli_start (one, "jobs", "resume", NULL);
  second = cli_start (two, "jobs", "resume", NULL);
  g_assert_cmpint (cli_end (first, 0), ==, 0);
  g_assert_cmpint (cli_end (second, 0), ==, 0);
  assert_one_creation (3);
}

/* Whoever waits goes on with it when its driver dies. */
static void
test_killed_driver (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *errors = cs_test_home_build (home, "waiter");
  g_autoptr (GSubprocess) driver = start_video (home, "a long film", NULL);
  g_autofree char *id = dup_only_id ();
  g_autoptr (GSubprocess) waiter = cli_start (errors, "jobs", "wait", id, NULL);

  g_assert_cmpint (cli_end (driver, SIGKILL), ==, -1);
  g_assert_cmpint (cli_end (waiter, 0), ==, 0);
  assert_one_creation (1);
}

/* What another process drives is cancelled there; both say so. */
static void
test_cancel_elsewhere (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (GSubprocess) driver = start_video (home, "a long film", NULL);
  g_autofree char *id = dup_only_id ();
  g_autoptr (CliAnswer) cancelled = cli_ask (NULL, "jobs", "cancel", id, NULL);
  g_autoptr (CliAnswer) waited = cli_ask (NULL, "jobs", "wait", id, NULL);
  g_autoptr (CliAnswer) twice = cli_ask (NULL, "jobs", "cancel", id, NULL);

  cli_assert_code (cancelled, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (cancelled->document, "status", ""), ==, "canceled");
  g_assert_cmpint (cli_end (driver, 0), ==, 8);
  cli_assert_code (waited, 8, "cancelled");
  cli_assert_code (twice, 2, "conflict");
  assert_one_creation (0);
}

static void
test_cancel_detached (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *work = cs_test_home_build (home, "state/work");
  g_autoptr (CliAnswer) detached = cli_ask (NULL, "video", "a long film", LONG_VIDEO, "--detach", NULL);
  g_autofree char *id = cli_dup_text (detached, "id");
  g_autoptr (CliAnswer) cancelled = cli_ask (NULL, "jobs", "cancel", id, NULL);
  g_autoptr (CliAnswer) resumed = cli_ask (NULL, "jobs", "resume", NULL);

  cli_assert_code (cancelled, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (cancelled->document, "status", ""), ==, "canceled");
  g_assert_cmpuint (cli_get_length (resumed, "jobs"), ==, 0);
  /* Nothing half made is left once the next process has tidied up. */
  g_assert_cmpuint (cli_count_files (work), ==, 0);
  assert_one_creation (0);
}

static void
test_list (void)
{
  static const char *const strings[]
      = { "id", "kind", "status", "state", "provider", "created_at", "updated_at" };
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) none = cli_ask (NULL, "jobs", "list", NULL);
  g_autoptr (CliAnswer) deck = cli_ask (NULL, "deck", "a lake", NULL);
  g_autoptr (CliAnswer) detached = cli_ask (NULL, "video", "a long film", LONG_VIDEO, "--detach", NULL);
  g_autoptr (CliAnswer) list = cli_ask (NULL, "jobs", "list", NULL);
  g_autoptr (CliAnswer) active = cli_ask (NULL, "jobs", "list", "--active", NULL);
  g_autoptr (CliAnswer) one = cli_ask (NULL, "jobs", "list", "--limit", "1", NULL);
  g_autoptr (CliAnswer) bad = cli_ask (NULL, "jobs", "list", "--limit", "0", NULL);
  g_autoptr (CsTestRun) text = cli_run (NULL, "jobs", "list", NULL);
  JsonObject *job;

  g_assert_cmpuint (cli_get_length (none, "jobs"), ==, 0);
  g_assert_cmpuint (cli_get_length (list, "jobs"), ==, 2);
  job = cli_get_element (list, "jobs", 1);
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_assert_nonnull (cs_json_get_string (job, strings[i], NULL));
  g_assert_cmpstr (cs_json_get_string (job, "status", ""), ==, "succeeded");
  g_assert_true (json_object_has_member (job, "progress"));
  g_assert_nonnull (cs_json_get_array (job, "attempts"));
  g_assert_cmpuint (cli_get_length (active, "jobs"), ==, 1);
  g_assert_cmpuint (cli_get_length (one, "jobs"), ==, 1);
  cli_assert_code (bad, 2, "invalid_value");
  g_assert_nonnull (strstr (text->out, "a lake"));
  cli_assert_code (deck, 0, NULL);
  cli_assert_code (detached, 0, NULL);
}

/* Ids that nobody has, and words on jobs that are in no doubt. */
static void
test_wrong_words (void)
{
  static const char *const verbs[] = { "show", "wait", "cancel", "check", "resend", "giveup" };
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) deck = cli_ask (NULL, "deck", "a lake", NULL);
  g_autofree char *id = cli_dup_text (deck, "id");

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (CliAnswer) answer = cli_ask (NULL, "jobs", verbs[i], "01M82VG77G08R07F2SQZGCK1VX", NULL);

      cli_assert_code (answer, 2, "not_found");
    }
  for (guint i = 3; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (CliAnswer) answer = cli_ask (NULL, "jobs", verbs[i], id, NULL);

      cli_assert_code (answer, 2, "conflict");
    }
}

/* A second process that asks for the same waits for the first one's. */
static void
test_same_request_while_running (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *errors = cs_test_home_build (home, "words");
  g_autoptr (GSubprocess) first
      = cli_start (errors, "video", "a film", LONG_VIDEO, "--request-id", "r", NULL);
  g_autoptr (CliAnswer) second = NULL;

  cli_wait_words (errors, "Rendering");
  second = cli_ask (NULL, "video", "a film", LONG_VIDEO, "--request-id", "r", NULL);
  cli_assert_code (second, 0, NULL);
  g_assert_cmpint (cli_end (first, 0), ==, 0);
  assert_one_creation (1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/jobs/4/interrupt-and-resume", test_interrupt_and_resume);
  g_test_add_func ("/cli/jobs/interrupt-json", test_interrupt_json);
  g_test_add_func ("/cli/jobs/interrupt-twice", test_interrupt_twice);
  g_test_add_func ("/cli/jobs/detach-and-wait", test_detach_and_wait);
  g_test_add_func ("/cli/jobs/3/two-resume", test_two_resume);
  g_test_add_func ("/cli/jobs/4/killed-driver", test_killed_driver);
  g_test_add_func ("/cli/jobs/cancel-elsewhere", test_cancel_elsewhere);
  g_test_add_func ("/cli/jobs/cancel-detached", test_cancel_detached);
  g_test_add_func ("/cli/jobs/list", test_list);
  g_test_add_func ("/cli/jobs/wrong-words", test_wrong_words);
  g_test_add_func ("/cli/jobs/3/same-request-while-running", test_same_request_while_running);
  return g_test_run ();
}
