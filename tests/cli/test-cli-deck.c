/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deck export: Markdown in, one HTML file out, and all that can be wrong with the Markdown. */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"

#include <string.h>

/* A folder with a Markdown file, which outlives the calls. */
typedef struct
{
  CsTestHome *home;
  char *source;
  char *target;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = cs_test_home_new ();
  fixture->source = cs_test_home_build (fixture->home, "deck.md");
  fixture->target = cs_test_home_build (fixture->home, "deck.html");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cs_test_home_free (fixture->home);
  g_free (fixture->source);
  g_free (fixture->target);
}

static char *
read_target (Fixture *fixture)
{
  char *html = NULL;

  g_assert_true (g_file_get_contents (fixture->target, &html, NULL, NULL));
  return html;
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  const char *markdown = "# Les énergies\n\nUn mot.\n\n---\n\n## Solaire\n\n- un\n- deux\n\n---\n\n## Fin\n";
  g_autoptr (CliAnswer) answer = NULL;
  g_autoptr (CliAnswer) again = NULL;
  g_autofree char *html = NULL;

  g_assert_true (g_file_set_contents (fixture->source, markdown, -1, NULL));
  answer = cli_ask (NULL, "deck", "export", fixture->source, "-o", fixture->target, "--theme", "solarized",
                    NULL);
  cli_assert_code (answer, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (answer->document, "file", ""), ==, fixture->target);
  g_assert_cmpstr (cs_json_get_string (answer->document, "theme", ""), ==, "solarized");
  g_assert_cmpstr (cs_json_get_string (answer->document, "language", ""), ==, "fr");
  g_assert_cmpint (cs_json_get_int (answer->document, "num_slides", 0), ==, 3);
  g_assert_cmpuint (cli_get_length (answer, "missing"), ==, 0);
  html = read_target (fixture);
  g_assert_nonnull (strstr (html, "Solaire"));
  again = cli_ask (NULL, "deck", "export", fixture->source, "-o", fixture->target, NULL);
  cli_assert_code (again, 2, "exists");
}

static void
test_stdin (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = cli_ask ("# مرحبا\n\n---\n\n## واحد\n", "deck", "export", "-", "-o",
                                          fixture->target, "--language", "ar", NULL);
  g_autofree char *html = NULL;

  cli_assert_code (answer, 0, NULL);
  g_assert_cmpint (cs_json_get_int (answer->document, "num_slides", 0), ==, 2);
  html = read_target (fixture);
  g_assert_nonnull (strstr (html, "rtl"));
}

static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) image = cli_ask (NULL, "image", "a lake", NULL);
  g_autofree char *id = cli_dup_text (image, "id");
  g_autofree char *markdown = g_strdup_printf (
      "# Pictures\n\n![there](creation:%s)\n\n---\n\n![gone](creation:01M82VG77G08R07F2SQZGCK1VX)"
      "\n\n---\n\n![far](https://example.org/a.png)\n",
      id);
  g_autoptr (CliAnswer) answer = NULL;
  g_autofree char *html = NULL;

  g_assert_true (g_file_set_contents (fixture->source, markdown, -1, NULL));
  answer = cli_ask (NULL, "deck", "export", fixture->source, "-o", fixture->target, NULL);
  cli_assert_code (answer, 0, NULL);
  g_assert_cmpuint (cli_get_length (answer, "missing"), >=, 1);
  g_assert_nonnull (strstr (answer->run->err, "01M82VG77G08R07F2SQZGCK1VX"));
  html = read_target (fixture);
  g_assert_nonnull (strstr (html, "data:image/png;base64,"));
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *markdown = g_strnfill (10 * 1024 * 1024, 'a');
  g_autoptr (CliAnswer) answer = NULL;
  g_autoptr (CliAnswer) piped = NULL;

  g_assert_true (g_file_set_contents (fixture->source, markdown, -1, NULL));
  answer = cli_ask (NULL, "deck", "export", fixture->source, "-o", fixture->target, NULL);
  piped = cli_ask (markdown, "deck", "export", "-", "-o", fixture->target, NULL);
  cli_assert_code (answer, 2, "too_large");
  cli_assert_code (piped, 2, "too_large");
  g_assert_false (g_file_test (fixture->target, G_FILE_TEST_EXISTS));
}

/* Nothing that a reader of Markdown could be driven mad with takes long, or is in the way. */
static void
test_nested (Fixture *fixture, gconstpointer data)
{
  static const char *const pieces[] = { "[", "(", "![", "> ", "*a ", "`", "<div>", "[a](" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) markdown = g_string_new ("# Deep\n\n");
      gint64 began = g_get_monotonic_time ();
      g_autoptr (CliAnswer) answer = NULL;

      for (int k = 0; k < 30000; k++)
        g_string_append (markdown, pieces[i]);
      g_assert_true (g_file_set_contents (fixture->source, markdown->str, (gssize) markdown->len, NULL));
      answer = cli_ask (NULL, "deck", "export", fixture->source, "-o", fixture->target, "--force", NULL);
      g_test_message ("30,000 of “%s”: exit %d, %" G_GINT64_FORMAT " ms", pieces[i], answer->run->exit_status,
                      (g_get_monotonic_time () - began) / 1000);
      g_assert_true (answer->run->exit_status == 0 || answer->run->exit_status == 2);
      g_assert_cmpint (g_get_monotonic_time () - began, <, 20 * G_USEC_PER_SEC);
    }
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = cs_test_home_build (fixture->home, "missing/deck.html");
  g_autofree char *film = cs_test_home_build (fixture->home, "deck.mp4");
  g_autoptr (CliAnswer) no_file = cli_ask (NULL, "deck", "export", "nothing.md", "-o", fixture->target, NULL);
  g_autoptr (CliAnswer) no_target = cli_ask (NULL, "deck", "export", fixture->source, NULL);
  g_autoptr (CliAnswer) no_folder = cli_ask ("# A\n", "deck", "export", "-", "-o", nowhere, NULL);
  g_autoptr (CliAnswer) wrong = cli_ask ("# A\n", "deck", "export", "-", "-o", film, NULL);
  g_autoptr (CliAnswer) theme
      = cli_ask ("# A\n", "deck", "export", "-", "-o", fixture->target, "--theme", "pink", NULL);
  g_autoptr (CliAnswer) latin = cli_ask ("# caf\xe9\n", "deck", "export", "-", "-o", fixture->target, NULL);
  g_autoptr (CliAnswer) folder
      = cli_ask (NULL, "deck", "export", fixture->home->path, "-o", fixture->target, NULL);

  cli_assert_code (no_file, 2, "not_found");
  cli_assert_code (no_target, 2, "usage");
  cli_assert_code (no_folder, 2, "not_writable");
  cli_assert_code (wrong, 2, "invalid_value");
  cli_assert_code (theme, 2, "invalid_value");
  cli_assert_code (latin, 2, "malformed");
  g_assert_cmpint (folder->run->exit_status, !=, 0);
  g_assert_false (g_file_test (fixture->target, G_FILE_TEST_EXISTS));
}

/* What is hostile in it does not come out again. */
static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = cli_ask (
      "# A\n\n<script>alert(1)</script>\n\n[x](javascript:alert(2))\n\n<img src=x onerror=alert(3)>\n",
      "deck", "export", "-", "-o", fixture->target, NULL);
  g_autofree char *html = NULL;

  cli_assert_code (answer, 0, NULL);
  html = read_target (fixture);
  g_assert_null (strstr (html, "<script>alert(1)"));
  g_assert_null (strstr (html, "href=\"javascript:"));
  g_assert_null (strstr (html, "onerror=alert"));
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/cli/deck/export", test_export);
  ADD ("/cli/deck/stdin", test_stdin);
  ADD ("/cli/deck/pictures", test_pictures);
  ADD ("/cli/deck/too-large", test_too_large);
  ADD ("/cli/deck/nested", test_nested);
  ADD ("/cli/deck/refused", test_refused);
  ADD ("/cli/deck/hostile", test_hostile);
  return g_test_run ();
}
