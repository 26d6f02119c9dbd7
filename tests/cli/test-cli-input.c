/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bad input: an exit code, a sentence, and nothing made. */
#include "config.h"

#include "cli-support.h"

#include <glib/gstdio.h>
#include <string.h>

/* What was refused before the studio was opened leaves not even a folder. */
static void
assert_nothing_made (CsTestHome *home)
{
  g_autofree char *creations = cs_test_home_build (home, "creations");
  g_autofree char *work = cs_test_home_build (home, "state/work");

  g_assert_cmpuint (cli_count_files (creations), ==, 0);
  g_assert_cmpuint (cli_count_files (work), ==, 0);
}

static void
assert_no_jobs (void)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "jobs", "list", NULL);

  cli_assert_code (answer, 0, NULL);
  g_assert_cmpuint (cli_get_length (answer, "jobs"), ==, 0);
}

static void
test_values (void)
{
  static const char *const bad[][4] = {
    { "video", "--duration", "abc", "invalid_value" },
    { "video", "--duration", "4", "invalid_value" },
    { "video", "--duration", "11", "invalid_value" },
    { "video", "--duration", "0", "invalid_value" },
    { "video", "--duration", "5.5", "invalid_value" },
    { "video", "--duration", "-5", "invalid_value" },
    { "video", "--duration", "", "invalid_value" },
    { "video", "--duration", "99999999999999999999", "invalid_value" },
    { "video", "--style", "noir", "invalid_value" },
    { "video", "--style", "", "invalid_value" },
    { "video", "--aspect-ratio", "4:3", "invalid_value" },
    { "video", "--aspect-ratio", "16/9", "invalid_value" },
    { "video", "--seed", "-1", "invalid_value" },
    { "video", "--seed", "1e3", "invalid_value" },
    { "video", "--patience", "-1", "invalid_value" },
    { "video", "--max-cost", "free", "invalid_value" },
    { "video", "--max-cost", "-1", "invalid_value" },
    { "video", "--max-cost", "0,5", "invalid_value" },
    { "video", "--provider", "nobody", "invalid_value" },
    { "video", "--model", "sketch/image", "invalid_value" },
    { "video", "--model", "sketch/opera", "invalid_value" },
    { "video", "--image", "nowhere.png", "not_found" },
    { "image", "--count", "0", "invalid_value" },
    { "image", "--count", "5", "invalid_value" },
    { "image", "--count", "two", "invalid_value" },
    { "image", "--aspect-ratio", "2:1", "invalid_value" },
    { "image", "--duration", "5", "usage" },
    { "image", "--request-id", "a\tb", "invalid_value" },
    { "deck", "--slides", "0", "invalid_value" },
    { "deck", "--slides", "31", "invalid_value" },
    { "deck", "--slides", "500", "invalid_value" },
    { "deck", "--theme", "pink", "invalid_value" },
    { "deck", "--language", "de", "invalid_value" },
    { "deck", "--style", "anime", "usage" },
    { "write", "--kind", "deck", "invalid_value" },
    { "write", "--kind", "opera", "invalid_value" },
    { "write", "--style", "noir", "invalid_value" },
    { "write", "--max-cost", "-1", "invalid_value" },
  };
  g_autoptr (CsTestHome) home = cs_test_home_new ();

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (CliAnswer) answer = cli_ask (NULL, bad[i][0], "a cat", bad[i][1], bad[i][2], NULL);

      g_test_message ("%s %s “%s”", bad[i][0], bad[i][1], bad[i][2]);
      cli_assert_code (answer, 2, bad[i][3]);
    }
  assert_nothing_made (home);
  assert_no_jobs ();
}

static void
test_both_sounds (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) sounds = cli_ask (NULL, "video", "a cat", "--sound", "--no-sound", NULL);
  g_autoptr (CliAnswer) detached = cli_ask (NULL, "video", "a cat", "--detach", "-o", "cat.mp4", NULL);

  cli_assert_code (sounds, 2, "usage");
  cli_assert_code (detached, 2, "usage");
  assert_nothing_made (home);
}

static void
test_prompts (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *long_prompt = g_strnfill (20000, 'a');
  g_autoptr (CliAnswer) empty = cli_ask (NULL, "video", "", NULL);
  g_autoptr (CliAnswer) blank = cli_ask (NULL, "image", " \t\n ", NULL);
  g_autoptr (CliAnswer) too_long = cli_ask (NULL, "deck", long_prompt, NULL);
  g_autoptr (CliAnswer) controls = cli_ask (NULL, "video", "a \001\033[31mcat", NULL);
  g_autoptr (CliAnswer) latin = cli_ask (NULL, "video", "caf\xe9", NULL);
  g_autoptr (CliAnswer) latin_option = cli_ask (NULL, "video", "a cat", "--negative", "\xff\xfe", NULL);
  g_autoptr (CliAnswer) latin_command = cli_ask (NULL, "vid\xe9o", "a cat", NULL);

  cli_assert_code (empty, 2, "missing_field");
  cli_assert_code (blank, 2, "missing_field");
  cli_assert_code (too_long, 2, "invalid_value");
  cli_assert_code (controls, 2, "invalid_value");
  cli_assert_code (latin, 2, "malformed");
  cli_assert_code (latin_option, 2, "malformed");
  cli_assert_code (latin_command, 2, "malformed");
  assert_nothing_made (home);
}

static void
test_stdin (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *much = g_strnfill (300 * 1024, 'a');
  g_autoptr (CliAnswer) empty = cli_ask ("", "video", "-", NULL);
  g_autoptr (CliAnswer) latin = cli_ask ("caf\xe9", "video", "-", NULL);
  g_autoptr (CliAnswer) too_large = cli_ask (much, "video", "-", NULL);
  g_autoptr (CliAnswer) good = cli_ask ("a cat\non a mat\n", "write", "-", NULL);
  g_autofree char *prompt = cli_dup_text (good, "original_prompt");
  /* A NUL byte is no text either. */
  g_autoptr (CliAnswer) nul
      = cli_answer_new (cli_run_in_shell ("printf 'a\\0b' | \"$@\"", "write", "-", "--json", NULL));

  cli_assert_code (empty, 2, "missing_field");
  cli_assert_code (latin, 2, "malformed");
  cli_assert_code (too_large, 2, "too_large");
  cli_assert_code (nul, 2, "malformed");
  cli_assert_code (good, 0, NULL);
  g_assert_cmpstr (prompt, ==, "a cat\non a mat");
  assert_nothing_made (home);
}

/* Where the file shall go is looked at before anything is made. */
static void
test_targets (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *folder = g_dir_make_tmp ("cs-cli-XXXXXX", NULL);
  g_autofree char *there = g_build_filename (folder, "there.png", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "missing", "cat.png", NULL);
  g_autofree char *film = g_build_filename (folder, "cat.mp4", NULL);
  g_autofree char *pdf = g_build_filename (folder, "cat.pdf", NULL);
  g_autofree char *numbered = g_build_filename (folder, "two-2.png", NULL);
  g_autofree char *two = g_build_filename (folder, "two.png", NULL);

  g_assert_true (g_file_set_contents (there, "mine", -1, NULL));
  g_assert_true (g_file_set_contents (numbered, "mine", -1, NULL));
  {
    g_autoptr (CliAnswer) missing = cli_ask (NULL, "image", "a cat", "-o", nowhere, NULL);
    g_autoptr (CliAnswer) exists = cli_ask (NULL, "image", "a cat", "-o", there, NULL);
    g_autoptr (CliAnswer) second = cli_ask (NULL, "image", "a cat", "--count", "2", "-o", two, NULL);
    g_autoptr (CliAnswer) empty = cli_ask (NULL, "image", "a cat", "-o", "", NULL);
    g_autoptr (CliAnswer) is_folder = cli_ask (NULL, "image", "a cat", "-o", folder, NULL);
    g_autoptr (CliAnswer) wrong = cli_ask (NULL, "image", "a cat", "-o", film, NULL);
    g_autofree char *own = cs_test_home_build (home, "creations/cat.png");
    g_autoptr (CliAnswer) list = cli_ask (NULL, "jobs", "list", NULL);
    g_autoptr (CliAnswer) inside = cli_ask (NULL, "image", "a cat", "-o", own, NULL);
    g_autoptr (CliAnswer) stream = cli_ask (NULL, "image", "a cat", "-o", "-", NULL);
    g_autoptr (CliAnswer) paper = cli_ask (NULL, "deck", "cats", "-o", pdf, NULL);

    cli_assert_code (missing, 2, "not_writable");
    cli_assert_code (exists, 2, "exists");
    cli_assert_code (second, 2, "exists");
    cli_assert_code (empty, 2, "invalid_value");
    cli_assert_code (is_folder, 2, "not_writable");
    cli_assert_code (wrong, 2, "invalid_value");
    cli_assert_code (paper, 2, "invalid_value");
    cli_assert_code (list, 0, NULL);
    cli_assert_code (inside, 2, "invalid_value");
    cli_assert_code (stream, 2, "invalid_value");
  }
  g_assert_cmpuint (cli_count_files (folder), ==, 2);
  assert_nothing_made (home);
  cs_test_remove_tree (folder);
}

/* root may write into every folder; a file system that is read-only stops even root. */
static CsTestRun *
run_with_read_only (const char *folder, const char *target)
{
  const char *mount
      = "exec unshare -rm sh -c 'mount -t tmpfs -o ro tmpfs \"$ROOM\" || exit 99; exec \"$@\"' sh \"$@\"";

  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  if (g_access (folder, W_OK) != 0)
    return cli_run (NULL, "image", "a cat", "--json", "-o", target, NULL);
  g_setenv ("ROOM", folder, TRUE);
  return cli_run_in_shell (mount, "image", "a cat", "--json", "-o", target, NULL);
}

static void
test_read_only_folder (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *folder = g_dir_make_tmp ("cs-cli-XXXXXX", NULL);
  g_autofree char *target = g_build_filename (folder, "cat.png", NULL);
  g_autoptr (CliAnswer) demo = cli_ask (NULL, "demo", "--dir", "/proc/creative-studio/demo", NULL);
  CsTestRun *run = run_with_read_only (folder, target);

  cli_assert_code (demo, 2, "not_writable");
  if (run->exit_status == 99 || run->out_length == 0)
    {
      g_test_skip ("No file system can be mounted here");
      cs_test_run_free (run);
    }
  else
    {
      g_autoptr (CliAnswer) answer = cli_answer_new (run);

      cli_assert_code (answer, 2, "not_writable");
    }
  assert_nothing_made (home);
  cs_test_remove_tree (folder);
}

/* The picture to begin from must be one. */
static void
test_reference_picture (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *text = cs_test_home_build (home, "words.png");
  g_autoptr (CliAnswer) answer = NULL;
  g_autoptr (CliAnswer) folder = NULL;
  g_autoptr (CliAnswer) id = NULL;

  g_assert_true (g_file_set_contents (text, "not a picture", -1, NULL));
  answer = cli_ask (NULL, "image", "a cat", "--image", text, NULL);
  folder = cli_ask (NULL, "image", "a cat", "--image", home->path, NULL);
  id = cli_ask (NULL, "image", "a cat", "--image", "01M82VG77G08R07F2SQZGCK1VX", NULL);
  cli_assert_code (answer, 2, "invalid_value");
  cli_assert_code (folder, 2, "invalid_value");
  cli_assert_code (id, 2, "not_found");
  assert_no_jobs ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/input/values", test_values);
  g_test_add_func ("/cli/input/both", test_both_sounds);
  g_test_add_func ("/cli/input/prompts", test_prompts);
  g_test_add_func ("/cli/input/stdin", test_stdin);
  g_test_add_func ("/cli/input/targets", test_targets);
  g_test_add_func ("/cli/input/read-only-folder", test_read_only_folder);
  g_test_add_func ("/cli/input/reference-picture", test_reference_picture);
  return g_test_run ();
}
