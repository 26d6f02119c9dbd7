/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help, version, and lines that say nothing we know. */
#include "config.h"

#include "cli-support.h"

#include <string.h>

static const char *const lines[][2] = {
  { "video", NULL },          { "image", NULL },       { "deck", NULL },         { "deck", "export" },
  { "write", NULL },          { "demo", NULL },        { "jobs", NULL },         { "jobs", "list" },
  { "jobs", "show" },         { "jobs", "wait" },      { "jobs", "cancel" },     { "jobs", "resume" },
  { "jobs", "check" },        { "jobs", "resend" },    { "jobs", "giveup" },     { "library", NULL },
  { "library", "list" },      { "library", "search" }, { "library", "show" },    { "library", "export" },
  { "library", "favourite" }, { "library", "trash" },  { "library", "restore" }, { "library", "check" },
  { "library", "rename" },    { "keys", NULL },        { "keys", "list" },       { "keys", "set" },
  { "keys", "check" },        { "keys", "clear" },     { "keys", "import" },   { "usage", NULL },
  { "budget", NULL },         { "budget", "show" },    { "budget", "set" },    { "wallet", NULL },
  { "wallet", "create" },     { "wallet", "credit" },  { "wallet", "balance" }, { "wallet", "ledger" },
  { "wallet", "list" },       { "pricing", NULL },
};

/* Asking for help opens no studio: nothing is made on the disk. */
static void
test_help_everywhere (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *second = lines[i][1] != NULL ? lines[i][1] : "--help";
      g_autoptr (CsTestRun) run
          = cli_run (NULL, lines[i][0], second, lines[i][1] != NULL ? "--help" : NULL, NULL);

      g_assert_cmpint (run->exit_status, ==, 0);
      g_assert_nonnull (strstr (run->out, lines[i][0]));
      g_assert_nonnull (strstr (run->out, "--json"));
      g_assert_cmpstr (run->err, ==, "");
    }
  g_assert_cmpuint (cli_count_files (home->path), ==, 0);
}

static void
test_program_help (void)
{
  static const char *const known[] = { "video",   "image",   "deck",  "write",  "demo",   "jobs",
                                       "library", "pricing", "usage", "budget", "wallet", "keys" };
  g_autoptr (CsTestRun) run = cli_run (NULL, "--help", NULL);

  g_assert_cmpint (run->exit_status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_nonnull (strstr (run->out, known[i]));
}

/*
 * Every option of the contract is in the help of its command, and every value in the help is one that is
 * understood.
 */
static void
test_options_are_known (void)
{
  static const char *const options[]
      = { "--style",           "--aspect-ratio", "--duration", "--provider",    "--model",
          "--sound",           "--no-sound",     "--image",    "--negative",    "--seed",
          "--no-screenwriter", "--user-id",      "--max-cost", "--over-budget", "--request-id",
          "--patience",        "--detach",       "-o",         "--force" };
  static const char *const styles[] = { "photorealistic", "cinematic", "anime", "3d-render", "artistic" };
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CsTestRun) run = cli_run (NULL, "video", "--help", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    g_assert_nonnull (strstr (run->out, options[i]));
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      g_autoptr (CliAnswer) answer = cli_ask (NULL, "write", "a cat", "--style", styles[i], NULL);

      g_assert_nonnull (strstr (run->out, styles[i]));
      cli_assert_code (answer, 0, NULL);
    }
}

static void
test_version (void)
{
  g_autoptr (CsTestRun) run = cli_run (NULL, "--version", NULL);

  g_assert_cmpint (run->exit_status, ==, 0);
  g_assert_cmpstr (run->out, ==, "creative-studio-cli " CS_VERSION "\n");
}

static void
assert_refused (CsTestRun *run, const char *words)
{
  g_assert_cmpint (run->exit_status, ==, 2);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_nonnull (strstr (run->err, words));
  g_assert_nonnull (strstr (run->err, "--help"));
  /* One sentence, on one line. */
  g_assert_true (strchr (run->err, '\n') == run->err + run->err_length - 1);
}

static void
test_unknown (void)
{
  g_autoptr (CsTestRun) nothing = cli_run (NULL, NULL);
  g_autoptr (CsTestRun) command = cli_run (NULL, "vidoe", "x", NULL);
  g_autoptr (CsTestRun) group = cli_run (NULL, "jobs", NULL);
  g_autoptr (CsTestRun) part = cli_run (NULL, "library", "burn", NULL);
  g_autoptr (CsTestRun) option = cli_run (NULL, "video", "x", "--colour", NULL);
  g_autoptr (CsTestRun) letter = cli_run (NULL, "video", "x", "-q", NULL);
  g_autoptr (CsTestRun) prompt = cli_run (NULL, "video", NULL);
  g_autoptr (CsTestRun) quotes = cli_run (NULL, "video", "a", "cat", NULL);
  g_autoptr (CsTestRun) value = cli_run (NULL, "video", "x", "--style", NULL);
  g_autoptr (CsTestRun) flag = cli_run (NULL, "video", "x", "--force=yes", NULL);
  g_autoptr (CsTestRun) id = cli_run (NULL, "jobs", "show", NULL);

  assert_refused (nothing, "video, image, deck, write, demo, jobs, library");
  assert_refused (command, "“vidoe”");
  assert_refused (command, "video, image");
  assert_refused (group, "resume");
  assert_refused (part, "“burn”");
  assert_refused (option, "“--colour”");
  assert_refused (letter, "“-q”");
  assert_refused (prompt, "quotes");
  assert_refused (quotes, "“cat”");
  assert_refused (value, "--style");
  assert_refused (flag, "--force");
  assert_refused (id, "jobs list");
}

/* A mistake is answered as JSON too, wherever --json stands. */
static void
test_unknown_json (void)
{
  g_autoptr (CliAnswer) none = cli_answer_new (cli_run (NULL, "--json", NULL));
  g_autoptr (CliAnswer) command = cli_ask (NULL, "vidoe", "x", NULL);
  g_autoptr (CliAnswer) option = cli_answer_new (cli_run (NULL, "video", "--colour", "x", "--json", NULL));
  g_autoptr (CsTestRun) word = cli_run (NULL, "write", "--", "--json", NULL);

  cli_assert_code (none, 2, "usage");
  cli_assert_code (command, 2, "usage");
  cli_assert_code (option, 2, "usage");
  /* Behind "--" it is a word like any other. */
  g_assert_nonnull (strstr (word->out, "--json"));
}

/* Words are in the language of the user, also where the machine has no locale of that name. */
static void
test_languages (void)
{
  const char *say = "LC_ALL= LANG= LANGUAGE=$3 exec \"$1\" \"$2\"";
  const char *locale = "LANGUAGE= LC_ALL=$3 exec \"$1\" \"$2\"";
  g_autoptr (CsTestRun) english = cli_run_in_shell (say, "video", "en", NULL);
  g_autoptr (CsTestRun) french = cli_run_in_shell (say, "video", "fr", NULL);
  g_autoptr (CsTestRun) arabic = cli_run_in_shell (say, "video", "ar", NULL);
  g_autoptr (CsTestRun) english_first = cli_run_in_shell (say, "video", "en:fr", NULL);
  g_autoptr (CsTestRun) french_first = cli_run_in_shell (say, "video", "fr:en", NULL);
  g_autoptr (CsTestRun) missing = cli_run_in_shell (locale, "video", "fr_FR.UTF-8", NULL);
  g_autoptr (CsTestRun) plain = cli_run_in_shell (locale, "video", "C", NULL);

  g_assert_cmpint (french->exit_status, ==, 2);
  g_assert_cmpstr (plain->err, ==, english->err);
  g_assert_cmpstr (english_first->err, ==, english->err);
  g_assert_cmpstr (french_first->err, ==, french->err);
  g_assert_cmpstr (missing->err, ==, french->err);
  g_assert_nonnull (strstr (french->err, "Indiquez ce qu’il faut montrer, entre guillemets."));
  g_assert_nonnull (strstr (arabic->err, "حدّد ما تريد إظهاره، بين علامتي اقتباس."));
}

/* Help, an answer with a number (French has two forms of it, Arabic six) and a mistake. */
static void
test_languages_of_answers (void)
{
  const char *show = "LC_ALL=C.UTF-8 LANGUAGE=$3 exec \"$1\" \"$2\" --help";
  const char *check = "LC_ALL=C.UTF-8 LANGUAGE=$4 exec \"$1\" \"$2\" \"$3\"";
  const char *ask = "LC_ALL=C.UTF-8 LANGUAGE=$3 exec \"$1\" \"$2\"";
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CsTestRun) french_help = cli_run_in_shell (show, "video", "fr", NULL);
  g_autoptr (CsTestRun) arabic_help = cli_run_in_shell (show, "video", "ar", NULL);
  g_autoptr (CsTestRun) french_count = cli_run_in_shell (check, "library", "check", "fr", NULL);
  g_autoptr (CsTestRun) arabic_count = cli_run_in_shell (check, "library", "check", "ar", NULL);
  g_autoptr (CsTestRun) french_error = cli_run_in_shell (ask, "vidoe", "fr", NULL);
  g_autoptr (CsTestRun) arabic_error = cli_run_in_shell (ask, "vidoe", "ar", NULL);

  g_assert_nonnull (strstr (french_help->out, "Créer une vidéo à partir d’une idée"));
  g_assert_nonnull (strstr (arabic_help->out, "إنشاء فيديو من فكرة"));
  g_assert_nonnull (strstr (french_count->out, "0 création vérifiée."));
  g_assert_nonnull (strstr (arabic_count->out, "لم يُفحص أي إبداع."));
  g_assert_nonnull (strstr (french_error->err, "La commande «\u202fvidoe\u202f» n’existe pas."));
  g_assert_nonnull (strstr (arabic_error->err, "لا يوجد أمر «\u2068vidoe\u2069»."));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/help/everywhere", test_help_everywhere);
  g_test_add_func ("/cli/help/program", test_program_help);
  g_test_add_func ("/cli/help/options-are-known", test_options_are_known);
  g_test_add_func ("/cli/help/version", test_version);
  g_test_add_func ("/cli/help/unknown", test_unknown);
  g_test_add_func ("/cli/help/unknown-json", test_unknown_json);
  g_test_add_func ("/cli/help/languages", test_languages);
  g_test_add_func ("/cli/help/languages-of-answers", test_languages_of_answers);
  return g_test_run ();
}
