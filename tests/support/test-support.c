/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-test.h"

static void
test_home (void)
{
  g_autofree char *path = NULL;
  g_autofree char *before = g_strdup (g_getenv ("CREATIVE_STUDIO_HOME"));

  {
    g_autoptr (CsTestHome) home = cs_test_home_new ();
    g_autofree char *folder = cs_test_home_build (home, "closed");
    g_autofree char *file = g_build_filename (folder, "file", NULL);

    path = g_strdup (home->path);
    g_assert_cmpstr (g_getenv ("CREATIVE_STUDIO_HOME"), ==, path);
    g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  }
  g_assert_cmpstr (g_getenv ("CREATIVE_STUDIO_HOME"), ==, before);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static gboolean
count_to_five_cb (gpointer user_data)
{
  int *count = user_data;

  return ++*count >= 5;
}

static gboolean
never_cb (gpointer user_data)
{
  return FALSE;
}

static void
test_wait (void)
{
  int count = 0;

  g_assert_true (cs_test_wait (count_to_five_cb, &count));
  g_assert_cmpint (count, ==, 5);
  g_assert_false (cs_test_wait_seconds (never_cb, NULL, 1));
}

static void
test_wait_result (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_get_tmp_dir ());
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  g_file_query_info_async (file, "standard::type", 0, G_PRIORITY_DEFAULT, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  info = g_file_query_info_finish (file, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_file_info_get_file_type (info), ==, G_FILE_TYPE_DIRECTORY);
}

static void
test_run (void)
{
  const char *speak[] = { "sh", "-c", "cat; echo words >&2; exit 3", NULL };
  g_autoptr (CsTestRun) run = cs_test_run (speak, "given", 10);

  g_assert_cmpint (run->exit_status, ==, 3);
  g_assert_false (run->timed_out);
  g_assert_cmpstr (run->out, ==, "given");
  g_assert_cmpstr (run->err, ==, "words\n");
}

static void
test_run_deaf (void)
{
  const char *deaf[] = { "true", NULL };
  g_autofree char *input = g_strnfill (1 << 20, 'x');
  g_autoptr (CsTestRun) run = cs_test_run (deaf, input, 10);

  g_assert_cmpint (run->exit_status, ==, 0);
}

static void
test_run_too_long (void)
{
  const char *slow[] = { "sleep", "60", NULL };
  g_autoptr (CsTestRun) run = cs_test_run (slow, NULL, 1);

  g_assert_true (run->timed_out);
  g_assert_cmpint (run->exit_status, ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/support/home", test_home);
  g_test_add_func ("/support/wait", test_wait);
  g_test_add_func ("/support/wait-result", test_wait_result);
  g_test_add_func ("/support/run", test_run);
  g_test_add_func ("/support/run-deaf", test_run_deaf);
  g_test_add_func ("/support/run-too-long", test_run_too_long);
  return g_test_run ();
}
