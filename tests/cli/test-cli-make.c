/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is made without any key: files that are there, and the documents that tell of them. */
#include "config.h"

#include "cli-support.h"

#include "core/cs-id.h"
#include "core/cs-json.h"
#include "core/cs-text.h"

#include <string.h>

/* The members that the contract promises of every creation. */
static void
assert_creation (JsonObject *creation, const char *kind, const char *prompt)
{
  static const char *const strings[]
      = { "id",     "creation_id",     "kind",         "status", "state",  "provider", "model", "engine",
          "prompt", "original_prompt", "screenwriter", "file",   "sha256", "message" };
  static const char *const money[] = { "estimated_cost_usd", "cost_usd", "max_cost_usd" };
  JsonArray *attempts = cs_json_get_array (creation, "attempts");
  JsonObject *attempt;

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    if (cs_json_get_string (creation, strings[i], NULL) == NULL)
      g_error ("There is no “%s”", strings[i]);
  for (guint i = 0; i < G_N_ELEMENTS (money); i++)
    g_assert_cmpint (cs_json_get_money (creation, money[i], -1), ==, 0);
  g_assert_true (cs_id_is_valid (cs_json_get_string (creation, "id", "")));
  g_assert_cmpstr (cs_json_get_string (creation, "creation_id", ""), ==,
                   cs_json_get_string (creation, "id", NULL));
  g_assert_cmpstr (cs_json_get_string (creation, "kind", ""), ==, kind);
  g_assert_cmpstr (cs_json_get_string (creation, "status", ""), ==, "succeeded");
  g_assert_cmpstr (cs_json_get_string (creation, "state", ""), ==, "done");
  g_assert_cmpstr (cs_json_get_string (creation, "provider", ""), ==, "sketch");
  g_assert_cmpstr (cs_json_get_string (creation, "original_prompt", ""), ==, prompt);
  g_assert_cmpuint (json_array_get_length (attempts), ==, 1);
  attempt = json_array_get_object_element (attempts, 0);
  g_assert_cmpstr (cs_json_get_string (attempt, "provider", ""), ==, "sketch");
  g_assert_nonnull (cs_json_get_string (attempt, "model", NULL));
  g_assert_nonnull (cs_json_get_string (attempt, "status", NULL));
  g_assert_nonnull (cs_json_get_string (attempt, "billed", NULL));
  g_assert_cmpint (cs_json_get_money (attempt, "cost_usd", -1), ==, 0);
  cli_assert_hash (cs_json_get_string (creation, "file", NULL),
                   cs_json_get_string (creation, "sha256", NULL));
}

static void
assert_begins_with (const char *path, const char *bytes, gsize length, gsize offset)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_assert_cmpuint (size, >, offset + length);
  g_assert_cmpmem (data + offset, length, bytes, length);
}

/* Promise 1. */
static void
test_video_without_key (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "video", "un phare dans la tempête", "--style", "cinematic",
                                          "--aspect-ratio", "1:1", "--duration", "6", "--no-sound", NULL);
  g_autofree char *file = NULL;

  cli_assert_code (answer, 0, NULL);
  assert_creation (answer->document, "video", "un phare dans la tempête");
  file = cli_dup_text (answer, "file");
  g_assert_true (g_str_has_prefix (file, home->path));
  if (g_str_has_suffix (file, ".mp4"))
    assert_begins_with (file, "ftyp", 4, 4);
  g_assert_nonnull (strstr (answer->run->err, "without AI"));
}

static void
test_image_output (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *folder = g_dir_make_tmp ("cs-cli-XXXXXX", NULL);
  g_autofree char *target = g_build_filename (folder, "بحيرة.png", NULL);
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "image", "كثبان الصحراء عند الغروب", "-o", target, NULL);
  g_autoptr (CliAnswer) again = cli_ask (NULL, "image", "a lake", "-o", target, NULL);
  g_autoptr (CliAnswer) forced = cli_ask (NULL, "image", "a lake", "-o", target, "--force", NULL);
  g_autofree char *output = cli_dup_text (answer, "output");

  cli_assert_code (answer, 0, NULL);
  assert_creation (answer->document, "image", "كثبان الصحراء عند الغروب");
  g_assert_cmpstr (output, ==, target);
  cli_assert_code (again, 2, "exists");
  cli_assert_code (forced, 0, NULL);
  assert_begins_with (target, "\x89PNG", 4, 0);
  g_assert_cmpuint (cli_count_files (folder), ==, 1);
  cs_test_remove_tree (folder);
}

static void
test_image_set (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *folder = g_dir_make_tmp ("cs-cli-XXXXXX", NULL);
  g_autofree char *target = g_build_filename (folder, "lake.png", NULL);
  g_autofree char *first = g_build_filename (folder, "lake-1.png", NULL);
  g_autofree char *second = g_build_filename (folder, "lake-2.png", NULL);
  g_autoptr (CliAnswer) answer
      = cli_ask (NULL, "image", "a lake", "--count", "2", "--request-id", "set", "-o", target, NULL);

  cli_assert_code (answer, 0, NULL);
  g_assert_cmpuint (cli_get_length (answer, "creations"), ==, 2);
  for (guint i = 0; i < 2; i++)
    assert_creation (cli_get_element (answer, "creations", i), "image", "a lake");
  assert_begins_with (first, "\x89PNG", 4, 0);
  assert_begins_with (second, "\x89PNG", 4, 0);
  g_assert_cmpuint (cli_count_files (folder), ==, 2);
  g_assert_cmpstr (cs_json_get_string (cli_get_element (answer, "creations", 0), "sha256", ""), !=,
                   cs_json_get_string (cli_get_element (answer, "creations", 1), "sha256", ""));
  cs_test_remove_tree (folder);
}

static void
test_deck (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *folder = g_dir_make_tmp ("cs-cli-XXXXXX", NULL);
  g_autofree char *target = g_build_filename (folder, "deck.html", NULL);
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "deck", "Les énergies renouvelables", "--slides", "7",
                                          "--theme", "light", "--language", "fr", "-o", target, NULL);
  g_autofree char *markdown = cli_dup_text (answer, "markdown_file");
  g_autofree char *file = cli_dup_text (answer, "file");
  g_autofree char *html = NULL;

  cli_assert_code (answer, 0, NULL);
  assert_creation (answer->document, "deck", "Les énergies renouvelables");
  g_assert_cmpint (cs_json_get_int (answer->document, "num_slides", 0), ==, 7);
  g_assert_cmpstr (cs_json_get_string (answer->document, "theme", ""), ==, "light");
  g_assert_true (g_str_has_suffix (file, ".html"));
  g_assert_true (g_file_test (markdown, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_get_contents (target, &html, NULL, NULL));
  g_assert_nonnull (strstr (html, "renouvelables"));
  cs_test_remove_tree (folder);
}

static void
test_demo (void)
{
  static const char *const kinds[] = { "video", "image", "deck" };
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *folder = g_dir_make_tmp ("cs-cli-XXXXXX", NULL);
  g_autofree char *demo = g_build_filename (folder, "demo", NULL);
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "demo", "--dir", demo, NULL);

  cli_assert_code (answer, 0, NULL);
  g_assert_cmpuint (cli_get_length (answer, "creations"), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *creation = cli_get_element (answer, "creations", i);

      assert_creation (creation, kinds[i], cs_json_get_string (creation, "original_prompt", ""));
      g_assert_true (g_file_test (cs_json_get_string (creation, "output", ""), G_FILE_TEST_IS_REGULAR));
    }
  g_assert_cmpuint (cli_count_files (demo), ==, 3);
  cs_test_remove_tree (folder);
}

/* A demo replaces nothing, and its words say where things are. */
static void
test_demo_beside (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *folder = g_dir_make_tmp ("cs-cli-XXXXXX", NULL);
  g_autofree char *mine = g_build_filename (folder, "Why the night sky is dark.html", NULL);
  g_autofree char *beside = g_build_filename (folder, "Why the night sky is dark-2.html", NULL);
  g_autofree char *content = NULL;
  g_autoptr (CsTestRun) run = NULL;

  g_assert_true (g_file_set_contents (mine, "mine", -1, NULL));
  run = cli_run (NULL, "demo", "--dir", folder, NULL);
  g_assert_cmpint (run->exit_status, ==, 0);
  g_assert_nonnull (strstr (run->out, beside));
  g_assert_true (g_file_get_contents (mine, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");
  g_assert_cmpuint (cli_count_files (folder), ==, 4);
  cs_test_remove_tree (folder);
}

static void
test_write (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) answer
      = cli_ask (NULL, "write", "a cat", "--kind", "image", "--style", "anime", NULL);
  g_autoptr (CsTestRun) plain = cli_run (NULL, "write", "a cat", "--style", "anime", NULL);
  g_autofree char *prompt = cli_dup_text (answer, "prompt");
  g_autofree char *line = g_strconcat (prompt, "\n", NULL);

  cli_assert_code (answer, 0, NULL);
  g_assert_nonnull (strstr (prompt, "a cat"));
  g_assert_cmpstr (cs_json_get_string (answer->document, "original_prompt", ""), ==, "a cat");
  g_assert_cmpstr (cs_json_get_string (answer->document, "screenwriter", ""), ==, "direct");
  g_assert_true (json_object_has_member (answer->document, "negative_prompt"));
  g_assert_true (json_object_has_member (answer->document, "model"));
  g_assert_cmpint (cs_json_get_money (answer->document, "cost_usd", -1), ==, 0);
  g_assert_nonnull (cs_json_get_array (answer->document, "notes"));
  g_assert_nonnull (cs_json_get_array (answer->document, "tried"));
  g_assert_cmpuint (cli_get_length (answer, "diff"), ==, 3);
  g_assert_cmpstr (cs_json_get_string (cli_get_element (answer, "diff", 1), "op", ""), ==, "kept");
  g_assert_cmpstr (cs_json_get_string (cli_get_element (answer, "diff", 1), "text", ""), ==, " a cat");
  g_assert_cmpstr (plain->out, ==, line);
  g_assert_nonnull (strstr (plain->err, "No language model"));
}

/* Promise 3: the same request is made once. */
static void
test_request_id (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) first = cli_ask (NULL, "deck", "a lake", "--request-id", "r1", NULL);
  g_autoptr (CliAnswer) again = cli_ask (NULL, "deck", "a lake", "--request-id", "r1", NULL);
  g_autoptr (CliAnswer) other_user
      = cli_ask (NULL, "deck", "a lake", "--request-id", "r1", "--user-id", "u2", NULL);
  g_autoptr (CliAnswer) other = cli_ask (NULL, "deck", "another lake", "--request-id", "r1", NULL);
  g_autoptr (CliAnswer) jobs = cli_ask (NULL, "jobs", "list", NULL);
  g_autofree char *id = cli_dup_text (first, "id");
  g_autofree char *same = cli_dup_text (again, "id");
  g_autofree char *theirs = cli_dup_text (other_user, "id");

  cli_assert_code (again, 0, NULL);
  assert_creation (again->document, "deck", "a lake");
  g_assert_cmpstr (same, ==, id);
  g_assert_cmpstr (theirs, !=, id);
  cli_assert_code (other, 2, "conflict");
  g_assert_cmpuint (cli_get_length (jobs, "jobs"), ==, 2);
}

/* Another seed is another picture. */
static void
test_seed (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) one = cli_ask (NULL, "image", "a lake", NULL);
  g_autoptr (CliAnswer) other = cli_ask (NULL, "image", "a lake", "--seed", "42", NULL);
  g_autofree char *a = cli_dup_text (one, "sha256");
  g_autofree char *b = cli_dup_text (other, "sha256");

  g_assert_cmpstr (a, !=, b);
  g_assert_cmpint (cs_json_get_int (other->document, "seed", 0), ==, 42);
}

/* Without --json: a line with the path, on stdout alone. */
static void
test_text (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CsTestRun) run = cli_run (NULL, "image", "a lake", NULL);
  char *path = strchr (run->out, '/');

  g_assert_cmpint (run->exit_status, ==, 0);
  g_assert_nonnull (path);
  g_strchomp (path);
  g_assert_null (strchr (path, '\n'));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_nonnull (strstr (run->err, "without AI"));
  /* No bar where there is no terminal. */
  g_assert_null (strchr (run->err, '\033'));
}

static void
test_reference_from_library (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) first = cli_ask (NULL, "image", "a lake", NULL);
  g_autofree char *id = cli_dup_text (first, "id");
  g_autofree char *file = cli_dup_text (first, "file");
  g_autoptr (CliAnswer) by_id = cli_ask (NULL, "image", "the lake at night", "--image", id, NULL);
  g_autoptr (CliAnswer) by_file = cli_ask (NULL, "image", "the lake at dawn", "--image", file, NULL);

  cli_assert_code (by_id, 0, NULL);
  cli_assert_code (by_file, 0, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/make/1/video-without-key", test_video_without_key);
  g_test_add_func ("/cli/make/image-output", test_image_output);
  g_test_add_func ("/cli/make/image-set", test_image_set);
  g_test_add_func ("/cli/make/deck", test_deck);
  g_test_add_func ("/cli/make/demo", test_demo);
  g_test_add_func ("/cli/make/demo-beside", test_demo_beside);
  g_test_add_func ("/cli/make/write", test_write);
  g_test_add_func ("/cli/make/3/request-id", test_request_id);
  g_test_add_func ("/cli/make/seed", test_seed);
  g_test_add_func ("/cli/make/text", test_text);
  g_test_add_func ("/cli/make/reference-from-library", test_reference_from_library);
  return g_test_run ();
}
