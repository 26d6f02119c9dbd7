/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was made, as the commands of library show and change it. */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"

#include <glib/gstdio.h>
#include <string.h>

/* A deck is made in a moment. */
static char *
make_one (const char *kind, const char *prompt)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, kind, prompt, NULL);

  cli_assert_code (answer, 0, NULL);
  return cli_dup_text (answer, "id");
}

static void
test_list (void)
{
  static const char *const strings[] = { "id",    "kind",  "title",        "prompt", "provider",
                                         "model", "style", "aspect_ratio", "file",   "created_at" };
  static const char *const flags[] = { "missing", "favourite", "trashed" };
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *id = make_one ("image", "a lake");
  g_autoptr (CliAnswer) deck = cli_ask (NULL, "deck", "cats", NULL);
  g_autoptr (CliAnswer) list = cli_ask (NULL, "library", "list", NULL);
  g_autoptr (CliAnswer) images = cli_ask (NULL, "library", "list", "--kind", "image", NULL);
  g_autoptr (CliAnswer) first = cli_ask (NULL, "library", "list", "--limit", "1", NULL);
  g_autofree char *cursor = cli_dup_text (first, "next");
  g_autoptr (CliAnswer) second = cli_ask (NULL, "library", "list", "--limit", "1", "--cursor", cursor, NULL);
  JsonObject *creation;

  g_assert_cmpuint (cli_get_length (list, "creations"), ==, 2);
  g_assert_cmpuint (cli_get_length (images, "creations"), ==, 1);
  creation = cli_get_element (images, "creations", 0);
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_assert_nonnull (cs_json_get_string (creation, strings[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    g_assert_false (cs_json_get_boolean (creation, flags[i], TRUE));
  g_assert_cmpint (cs_json_get_int (creation, "width", 0), >, 0);
  g_assert_cmpint (cs_json_get_money (creation, "cost_usd", -1), ==, 0);
  g_assert_cmpstr (cs_json_get_string (creation, "id", ""), ==, id);
  g_assert_cmpstr (cs_json_get_string (cli_get_element (second, "creations", 0), "id", ""), ==, id);
  g_assert_false (json_object_has_member (second->document, "next"));
  cli_assert_code (deck, 0, NULL);
}

static void
test_search (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *id = make_one ("deck", "Un phare dans la tempête");
  g_autoptr (CliAnswer) found = cli_ask (NULL, "library", "search", "phare", "TEMPETE", NULL);
  g_autoptr (CliAnswer) none = cli_ask (NULL, "library", "search", "giraffe", NULL);
  g_autoptr (CliAnswer) odd = cli_ask (NULL, "library", "search", "\"*(:^", NULL);
  g_autoptr (CsTestRun) nothing = cli_run (NULL, "library", "search", NULL);

  g_assert_cmpuint (cli_get_length (found, "creations"), ==, 1);
  g_assert_cmpstr (cs_json_get_string (cli_get_element (found, "creations", 0), "id", ""), ==, id);
  g_assert_cmpuint (cli_get_length (none, "creations"), ==, 0);
  cli_assert_code (odd, 0, NULL);
  g_assert_cmpint (nothing->exit_status, ==, 2);
}

static void
test_show_and_rename (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *id = make_one ("deck", "a lake");
  g_autoptr (CliAnswer) renamed
      = cli_ask (NULL, "library", "rename", id, "Lac d'Annecy", "--notes", "for the poster", NULL);
  g_autoptr (CliAnswer) shown = cli_ask (NULL, "library", "show", id, NULL);
  g_autoptr (CliAnswer) nobody = cli_ask (NULL, "library", "show", "nobody", NULL);
  g_autoptr (CsTestRun) text = cli_run (NULL, "library", "show", id, NULL);

  cli_assert_code (renamed, 0, NULL);
  g_assert_cmpstr (cs_json_get_string (shown->document, "title", ""), ==, "Lac d'Annecy");
  g_assert_cmpstr (cs_json_get_string (shown->document, "notes", ""), ==, "for the poster");
  cli_assert_code (nobody, 2, "not_found");
  g_assert_nonnull (strstr (text->out, "Lac d'Annecy"));
}

static void
test_favourite_and_trash (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *id = make_one ("deck", "a lake");
  g_autoptr (CliAnswer) liked = cli_ask (NULL, "library", "favourite", id, NULL);
  g_autoptr (CliAnswer) likes = cli_ask (NULL, "library", "list", "--favourites", NULL);
  g_autoptr (CliAnswer) unliked = cli_ask (NULL, "library", "favourite", id, "--off", NULL);
  g_autoptr (CliAnswer) trashed = cli_ask (NULL, "library", "trash", id, NULL);
  g_autoptr (CliAnswer) list = cli_ask (NULL, "library", "list", NULL);
  g_autoptr (CliAnswer) trash = cli_ask (NULL, "library", "list", "--trash", NULL);
  g_autoptr (CliAnswer) restored = cli_ask (NULL, "library", "restore", id, NULL);

  g_assert_true (cs_json_get_boolean (liked->document, "favourite", FALSE));
  g_assert_cmpuint (cli_get_length (likes, "creations"), ==, 1);
  g_assert_false (cs_json_get_boolean (unliked->document, "favourite", TRUE));
  g_assert_true (cs_json_get_boolean (trashed->document, "trashed", FALSE));
  g_assert_cmpuint (cli_get_length (list, "creations"), ==, 0);
  g_assert_cmpuint (cli_get_length (trash, "creations"), ==, 1);
  g_assert_false (cs_json_get_boolean (restored->document, "trashed", TRUE));
}

/* Promise 6 is the engine's; here: the copy is there, whole, where it was asked for. */
static void
test_export (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *id = make_one ("image", "a lake");
  g_autofree char *folder = g_dir_make_tmp ("cs-cli-XXXXXX", NULL);
  g_autofree char *target = g_build_filename (folder, "copy.png", NULL);
  g_autofree char *film = g_build_filename (folder, "copy.mp4", NULL);
  g_autofree char *jpeg = g_build_filename (folder, "copy.jpg", NULL);
  g_autoptr (CliAnswer) exported = cli_ask (NULL, "library", "export", id, "-o", target, NULL);
  g_autoptr (CliAnswer) again = cli_ask (NULL, "library", "export", id, "--output", target, NULL);
  g_autoptr (CliAnswer) forced
      = cli_ask (NULL, "library", "export", id, "-o", target, "--force", "--no-prompt", NULL);
  g_autoptr (CliAnswer) wrong = cli_ask (NULL, "library", "export", id, "-o", film, NULL);
  g_autoptr (CliAnswer) other = cli_ask (NULL, "library", "export", id, "-o", jpeg, NULL);
  g_autoptr (CsTestRun) nowhere = cli_run (NULL, "library", "export", id, NULL);
  g_autofree char *output = cli_dup_text (exported, "output");

  cli_assert_code (exported, 0, NULL);
  g_assert_cmpstr (output, ==, target);
  cli_assert_code (again, 2, "exists");
  cli_assert_code (forced, 0, NULL);
  cli_assert_code (wrong, 2, "invalid_value");
  /* The user's own name is kept, and its mistake is told. */
  cli_assert_code (other, 0, NULL);
  g_assert_nonnull (strstr (other->run->err, ".png"));
  g_assert_cmpint (nowhere->exit_status, ==, 2);
  g_assert_cmpuint (cli_count_files (folder), ==, 2);
  cs_test_remove_tree (folder);
}

static void
test_check (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) gone = cli_ask (NULL, "deck", "a lake", NULL);
  g_autoptr (CliAnswer) changed = cli_ask (NULL, "deck", "a hill", NULL);
  g_autoptr (CliAnswer) good = cli_ask (NULL, "library", "check", NULL);
  g_autofree char *gone_file = cli_dup_text (gone, "file");
  g_autofree char *changed_file = cli_dup_text (changed, "file");
  g_autofree char *orphan = cs_test_home_build (home, "creations/what is this.txt");
  g_autoptr (CliAnswer) bad = NULL;
  g_autoptr (CliAnswer) export = NULL;
  g_autofree char *id = cli_dup_text (gone, "id");

  cli_assert_code (good, 0, NULL);
  g_assert_cmpint (cs_json_get_int (good->document, "checked", 0), ==, 2);
  g_assert_cmpuint (cli_get_length (good, "missing"), ==, 0);
  g_assert_cmpint (g_unlink (gone_file), ==, 0);
  g_assert_true (g_file_set_contents (changed_file, "another", -1, NULL));
  g_assert_true (g_file_set_contents (orphan, "?", -1, NULL));
  bad = cli_ask (NULL, "library", "check", NULL);
  cli_assert_code (bad, 1, "damaged");
  g_assert_cmpuint (cli_get_length (bad, "missing"), ==, 1);
  g_assert_cmpuint (cli_get_length (bad, "changed"), ==, 1);
  g_assert_cmpuint (cli_get_length (bad, "orphans"), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (cs_json_get_array (bad->document, "missing"), 0), ==, id);
  export = cli_ask (NULL, "library", "export", id, "-o", "never.html", NULL);
  cli_assert_code (export, 2, "not_found");
}

static void
test_bad_values (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) kind = cli_ask (NULL, "library", "list", "--kind", "song", NULL);
  g_autoptr (CliAnswer) limit = cli_ask (NULL, "library", "list", "--limit", "501", NULL);
  g_autoptr (CliAnswer) cursor = cli_ask (NULL, "library", "list", "--cursor", "nonsense", NULL);
  g_autoptr (CliAnswer) trash = cli_ask (NULL, "library", "trash", "nobody", NULL);

  cli_assert_code (kind, 2, "invalid_value");
  cli_assert_code (limit, 2, "invalid_value");
  cli_assert_code (cursor, 2, "invalid_value");
  cli_assert_code (trash, 2, "not_found");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/library/list", test_list);
  g_test_add_func ("/cli/library/search", test_search);
  g_test_add_func ("/cli/library/show-and-rename", test_show_and_rename);
  g_test_add_func ("/cli/library/favourite-and-trash", test_favourite_and_trash);
  g_test_add_func ("/cli/library/export", test_export);
  g_test_add_func ("/cli/library/check", test_check);
  g_test_add_func ("/cli/library/bad-values", test_bad_values);
  return g_test_run ();
}
