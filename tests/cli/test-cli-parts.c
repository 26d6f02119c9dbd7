/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the command line that need no process: reading a line, drawing the bar, the end of waiting. */
#include "config.h"

#include "cli/cs-arguments.h"
#include "cli/cs-job-verdict.h"
#include "cli/cs-progress-bar.h"

static const CsOption options[] = {
  { "name", 'n', "TEXT", "" },
  { "number", 0, "NUMBER", "" },
  { "money", 0, "USD", "" },
  { "flag", 'f', NULL, "" },
  { NULL },
};

static const CsOption *const tables[] = { options, NULL };

static void
test_parse (void)
{
  const char *argv[] = { "one", "--name=a=b", "-f", "--number", "-3", "-", "--", "--flag", "-n", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsArguments) arguments = cs_arguments_parse (tables, argv, &error);
  gint64 number = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (cs_arguments_get (arguments, "name"), ==, "a=b");
  g_assert_true (cs_arguments_has (arguments, "flag"));
  g_assert_false (cs_arguments_has (arguments, "money"));
  g_assert_true (cs_arguments_get_int (arguments, "number", -5, 5, &number, &error));
  g_assert_cmpint (number, ==, -3);
  g_assert_cmpuint (cs_arguments_get_n_words (arguments), ==, 4);
  g_assert_cmpstr (cs_arguments_get_word (arguments, 1), ==, "-");
  g_assert_cmpstr (cs_arguments_get_word (arguments, 3), ==, "-n");
  g_assert_null (cs_arguments_get_word (arguments, 4));
}

/* A number below 0 is for whoever reads it to refuse. */
static void
test_negative (void)
{
  const char *argv[] = { "-5", "-.5", "-0.28", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsArguments) arguments = cs_arguments_parse (tables, argv, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (cs_arguments_get_n_words (arguments), ==, 3);
  g_assert_cmpstr (cs_arguments_get_word (arguments, 0), ==, "-5");
}

static void
test_last_counts (void)
{
  const char *argv[] = { "-none", "--name", "two", "-nthree", NULL };
  g_autoptr (CsArguments) arguments = cs_arguments_parse (tables, argv, NULL);

  g_assert_cmpstr (cs_arguments_get (arguments, "name"), ==, "three");
}

static void
assert_refused (const char *first, const char *second)
{
  const char *argv[] = { first, second, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (cs_arguments_parse (tables, argv, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_USAGE);
}

static void
test_refused (void)
{
  assert_refused ("--nam", "x");
  assert_refused ("--names", "x");
  assert_refused ("-x", NULL);
  assert_refused ("--name", NULL);
  assert_refused ("--flag=1", NULL);
  assert_refused ("-fx", NULL);
  assert_refused ("--=", NULL);
}

static void
test_money (void)
{
  const char *good[] = { "--money", "0.28", NULL };
  const char *bad[] = { "--money", "-0.01", NULL };
  g_autoptr (CsArguments) arguments = cs_arguments_parse (tables, good, NULL);
  g_autoptr (CsArguments) negative = cs_arguments_parse (tables, bad, NULL);
  g_autoptr (GError) error = NULL;
  CsMoney money = -1;

  g_assert_true (cs_arguments_get_money (arguments, "money", &money, NULL));
  g_assert_cmpint (money, ==, 280000);
  g_assert_false (cs_arguments_get_money (negative, "money", &money, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_assert_cmpint (money, ==, 280000);
}

static void
test_bar (void)
{
  g_autofree char *none = cs_progress_bar_draw (-1, "Waiting…", 80);
  g_autofree char *half = cs_progress_bar_draw (0.5, "Rendering…", 80);
  g_autofree char *full = cs_progress_bar_draw (7, "Saving…", 80);
  g_autofree char *narrow = cs_progress_bar_draw (0.5, "Rendering…", 20);
  g_autofree char *tiny = cs_progress_bar_draw (0.5, "Rendering…", 0);

  g_assert_cmpstr (none, ==, "[------------------------]   0 %  Waiting…");
  g_assert_cmpstr (half, ==, "[############------------]  50 %  Rendering…");
  g_assert_cmpstr (full, ==, "[########################] 100 %  Saving…");
  g_assert_cmpint (g_utf8_strlen (narrow, -1), <=, 19);
  g_assert_cmpint (g_utf8_strlen (tiny, -1), ==, 1);
}

static CsJob *
new_sending_job (gint64 sent_at)
{
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_IMAGE);
  CsRequest *request = cs_request_new ();
  CsJobFacts *facts;
  CsAttempt *attempt;

  brief->prompt = g_strdup ("a boat");
  facts = cs_job_facts_new (brief);
  facts->state = CS_JOB_SUBMITTING;
  attempt = cs_attempt_new (1, "piapi", "piapi/flux", request);
  cs_request_unref (request);
  attempt->sent_at = sent_at;
  g_ptr_array_add (facts->attempts, attempt);
  return cs_job_new (facts);
}

static gboolean
judge_trouble (gint64 sent_at, gint64 patience)
{
  CsPatience wish = { .patience = patience };
  g_autoptr (CsJob) job = new_sending_job (sent_at);
  g_autoptr (GError) trouble = g_error_new_literal (CS_ERROR, CS_ERROR_BUSY, "Busy.");
  g_autoptr (GError) told = NULL;
  CsWatched watched = { .job = job, .is_live = TRUE, .is_known = TRUE };
  gboolean is_over;

  cs_job_set_trouble (job, trouble);
  is_over = cs_job_verdict (&watched, &wish);
  told = watched.error;
  if (is_over)
    g_assert_error (told, CS_ERROR, CS_ERROR_BUSY);
  else
    g_assert_no_error (told);
  return is_over;
}

/* An answer that could not be written yet is known to this process alone: the first trouble does not end it. */
static void
test_unwritten_answer (void)
{
  g_assert_false (judge_trouble (1, 60 * G_USEC_PER_SEC));
  g_assert_true (judge_trouble (1, 0));
  g_assert_true (judge_trouble (0, 60 * G_USEC_PER_SEC)); /* nothing has left */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/arguments/parse", test_parse);
  g_test_add_func ("/cli/arguments/parse-negative", test_negative);
  g_test_add_func ("/cli/arguments/last-counts", test_last_counts);
  g_test_add_func ("/cli/arguments/refused", test_refused);
  g_test_add_func ("/cli/arguments/money", test_money);
  g_test_add_func ("/cli/progress-bar/draw", test_bar);
  g_test_add_func ("/promise-4/cli/unwritten-answer", test_unwritten_answer);
  return g_test_run ();
}
