/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "screenwriter/cs-word-diff.h"

#include <string.h>

/* The runs as one text: -removed- +added+, and what was kept without marks. */
static char *
write_runs (GPtrArray *runs)
{
  static const char *const marks[] = { "", "-", "+" };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const CsDiffRun *run = runs->pdata[i];

      g_string_append_printf (out, "%s%s%s", marks[run->op], run->text, marks[run->op]);
    }
  return g_string_free (out, FALSE);
}

/* All runs but those of @but, put together. */
static char *
join (GPtrArray *runs, CsDiffOp but)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    if (((CsDiffRun *) runs->pdata[i])->op != but)
      g_string_append (out, ((CsDiffRun *) runs->pdata[i])->text);
  return g_string_free (out, FALSE);
}

static char *
without_space (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

static void
assert_promises (const char *before, const char *after, GPtrArray *runs)
{
  g_autofree char *joined = join (runs, CS_DIFF_REMOVED);
  g_autofree char *old = join (runs, CS_DIFF_ADDED);
  g_autofree char *old_letters = without_space (old);
  g_autofree char *before_letters = without_space (before);

  g_assert_cmpstr (joined, ==, after);
  g_assert_cmpstr (old_letters, ==, before_letters);
  for (guint i = 1; i < runs->len; i++)
    g_assert_cmpint (((CsDiffRun *) runs->pdata[i])->op, !=, ((CsDiffRun *) runs->pdata[i - 1])->op);
}

static void
test_runs (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    const char *runs;
  } cases[] = {
    { "", "", "" },
    { "", "a boat", "+a boat+" },
    { "a boat", "", "-a boat-" },
    { "a boat", "a boat", "a boat" },
    { "a boat", "a red boat", "a+ red+ boat" },
    { "a red boat", "a boat", "a- red- boat" },
    { "a cat", "a cat, asleep", "a cat+, asleep+" },
    { "a  boat\n", "a boat", "a boat-\n-" },
    { "old words", "new text", "-old words-+new text+" },
    { "le café de l’île", "le café bleu de l’île", "le café+ bleu+ de l’île" },
    { "l'eau", "l'air", "-l'eau-+l'air+" },
    { "قارب في البحر", "قارب أحمر في البحر", "قارب+ أحمر+ في البحر" },
    { "كَتَبَ", "كتب", "-كَتَبَ-+كتب+" },
    { "👩‍🚀 walks", "👩‍🚀 runs", "👩‍🚀- walks-+ runs+" },
    { "👍🏽", "👍🏿", "-👍🏽-+👍🏿+" },
    { "🇩🇿 flag", "🇫🇷 flag", "-🇩🇿-+🇫🇷+ flag" },
    { "(a)", "(b)", "(-a-+b+)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) runs = cs_word_diff (cases[i].before, cases[i].after);
      g_autofree char *written = write_runs (runs);

      g_assert_cmpstr (written, ==, cases[i].runs);
      assert_promises (cases[i].before, cases[i].after, runs);
    }
}

/* Whatever the two texts are, nothing of them is lost. */
static void
test_random (void)
{
  static const char *const words[] = { "a", "boat", " ", "\n", "été", "بحر", "👩‍🚀", ",", "’", "\u0301", "🇩🇿", "\u00a0", "7" };

  for (int round = 0; round < 300; round++)
    {
      g_autoptr (GString) before = g_string_new (NULL);
      g_autoptr (GString) after = g_string_new (NULL);
      g_autoptr (GPtrArray) runs = NULL;

      for (int i = g_test_rand_int_range (0, 40); i > 0; i--)
        g_string_append (before, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
      for (int i = g_test_rand_int_range (0, 40); i > 0; i--)
        g_string_append (after, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
      runs = cs_word_diff (before->str, after->str);
      assert_promises (before->str, after->str, runs);
    }
}

static char *
repeat (const char *word, int times)
{
  GString *out = g_string_new (NULL);

  for (int i = 0; i < times; i++)
    g_string_append (out, word);
  return g_string_free (out, FALSE);
}

/* The longest texts that are compared are compared in a moment; longer ones are not compared. */
static void
test_long (void)
{
  g_autofree char *before = repeat ("one two ", CS_WORD_DIFF_MAX / 2 - 1);
  g_autofree char *after = repeat ("two one ", CS_WORD_DIFF_MAX / 2 - 1);
  g_autofree char *longer = repeat ("word ", CS_WORD_DIFF_MAX + 1);
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GPtrArray) whole = NULL;
  gint64 start = g_get_monotonic_time ();

  runs = cs_word_diff (before, after);
  g_test_message ("%d words in %" G_GINT64_FORMAT " us", CS_WORD_DIFF_MAX, g_get_monotonic_time () - start);
  g_assert_cmpuint (runs->len, <=, 5);
  assert_promises (before, after, runs);
  whole = cs_word_diff (longer, "word");
  g_assert_cmpuint (whole->len, ==, 2);
  assert_promises (longer, "word", whole);
}

static void
test_json (void)
{
  g_autoptr (GPtrArray) runs = cs_word_diff ("a boat", "a ship");
  g_autoptr (JsonArray) array = cs_word_diff_to_json (runs);
  static const char *const ops[] = { "kept", "removed", "added" };
  static const char *const texts[] = { "a", " boat", " ship" };

  g_assert_cmpuint (json_array_get_length (array), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      g_assert_cmpstr (json_object_get_string_member (object, "op"), ==, ops[i]);
      g_assert_cmpstr (json_object_get_string_member (object, "text"), ==, texts[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/word-diff/runs", test_runs);
  g_test_add_func ("/word-diff/random", test_random);
  g_test_add_func ("/word-diff/long", test_long);
  g_test_add_func ("/word-diff/json", test_json);
  return g_test_run ();
}
