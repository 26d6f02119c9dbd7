/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "screenwriter/cs-slide-reader.h"

#include "deck/cs-deck.h"
#include "screenwriter/cs-safe-markdown.h"

#include <string.h>

static void
test_lines (void)
{
  static const struct
  {
    const char *text;
    const char *safe;
  } cases[] = {
    { "plain words", "plain words" },
    { "## A heading", "A heading" },
    { "- a point", "a point" },
    { "a <b>bold</b> move", "a &lt;b>bold&lt;/b> move" },
    { "<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>" },
    { "2 < 3", "2 &lt; 3" },
    { "`a < b` and `", "`a < b` and \\`" },
    { "``a ` <b>`` <b>", "``a ` <b>`` &lt;b>" },
    { "\\<b> \\* \\", "\\&lt;b> \\* \\" },
    { "![a cat](https://host/a.png) sleeps", "a cat sleeps" },
    { "![![x](a)](b)", "x](b)" },
    { "![cat][1] and ![cat", "!\\[cat][1] and !\\[cat" },
    { "[a link](https://host/)", "[a link](https://host/)" },
    { "two\nlines\u202e", "two lines" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *safe = cs_safe_markdown_line (cases[i].text, 600);

      g_assert_cmpstr (safe, ==, cases[i].safe);
    }
}

static void
test_blocks (void)
{
  static const struct
  {
    const char *lines; /* between bars ¦ */
    const char *points;
    const char *prose;
  } cases[] = {
    { "- one¦- two", "- one\n- two", "- one\n- two" },
    { "one¦two", "- one\n- two", "one\n\ntwo" },
    { "• one¦* two¦+ three", "- one\n- two\n- three", "- one\n- two\n- three" },
    { "1. one¦2) two", "1. one\n2) two", "1. one\n2) two" },
    { "- one¦  - inner", "- one\n  - inner", "- one\n  - inner" },
    { "- one¦| a | b |¦|---|---|¦| 1 | 2 |", "- one\n\n| a | b |\n|---|---|\n| 1 | 2 |", NULL },
    { "> said¦- one", "> said\n\n- one", NULL },
    { "---¦- one¦-- ¦===¦***", "- one", "- one" },
    { "# Big¦- one", "### Big\n\n- one", NULL },
    { "```python¦print('<b>')¦    x = 1¦---¦```¦- one", "```python\nprint('<b>')\n    x = 1\n---\n```\n\n- one", NULL },
    { "```¦never closed¦---", "```\nnever closed\n---\n```", NULL },
    { "~~~js onclick=\"x\"¦a¦~~~", "```js\na\n```", NULL },
    { "- one\n- two¦", "- one\n- two", NULL },
    { "Note: not yet", "- Note: not yet", "- Note: not yet" },
    { "<img src=x onerror=y>", "- &lt;img src=x onerror=y>", "&lt;img src=x onerror=y>" },
    { "¦ ¦---", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) lines = g_strsplit (cases[i].lines, "¦", -1);
      g_autofree char *points = cs_safe_markdown_block ((const char *const *) lines, FALSE);
      g_autofree char *prose = cs_safe_markdown_block ((const char *const *) lines, TRUE);

      g_assert_cmpstr (points, ==, cases[i].points);
      if (cases[i].prose != NULL)
        g_assert_cmpstr (prose, ==, cases[i].prose);
    }
}

/* What becomes of an answer: titles between slashes. */
static const struct
{
  const char *answer;
  const char *titles;
} answers[] = {
  { "{\"title\": \"Sea\", \"slides\": [{\"title\": \"A\", \"lines\": [\"x\"], \"notes\": \"n\"}, {\"title\": \"B\"}]}", "A/B" },
  { "```json\n{\"slides\": [{\"title\": \"A\", \"bullets\": [\"x\", \"y\"]}]}\n```", "A" },
  { "{\"slides\": [{\"heading\": \"A\", \"content\": \"- x\\n- y\", \"speaker_notes\": [\"n\", \"m\"]}]}", "A" },
  { "{\"title\": \"Sea\", \"slides\": [{\"lines\": [\"x\"]}, {\"lines\": [\"y\"]}]}", "Sea/" },
  { "{\"slides\": [{\"lines\": [\"x\"]}]}", "the topic" },
  { "{\"slides\": [{\"title\": \"A\"}, {\"title\": \"B\"}, {\"title\": \"C\", \"lines\": [\"cut he", "A/B/C" },
  { "{\"slides\": [{\"title\": \"A\"}, {}, 7, null, \"B\", {\"lines\": [\"---\", \"\"]}, {\"title\": \"C\"}]}", "A/C" },
  { "{\"slides\": [{\"title\": \"![](x)\", \"lines\": [\"![](y)\"]}, {\"title\": \"A\"}]}", "A" },
  { "{\"slides\": \"none\"}", "" },
  { "{\"slides\": []}", "" },
  { "# A\n\nx\n\n---\n\n## B\n\n- y\n\nNote: said", "A/B" },
  { "```markdown\n# A\n\n---\n\n## B\n```", "A/B" },
  { "Here you are:\n\n---\n\n# A\n\n---\n\n# B", "the topic/A/B" },
  { "# Only one", "Only one" },
  { "I'm sorry, I cannot.", "" },
  { "Slide #1 is nice.", "" },
  { "", "" },
};

static void
test_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GPtrArray) slides = cs_slide_reader_read (answers[i].answer, "the topic");
      g_autoptr (GString) titles = g_string_new (NULL);

      for (guint j = 0; j < slides->len; j++)
        g_string_append_printf (titles, "%s%s", j > 0 ? "/" : "", ((CsSlideDraft *) slides->pdata[j])->title);
      g_assert_cmpstr (titles->str, ==, answers[i].titles);
    }
}

static void
test_slide (void)
{
  static const char answer[] = "{\"slides\": [{\"title\": \"# The Sea\", \"lines\": [\"What it gives us\"], \"notes\": \"Hello.\\n"
                               "---\\nNote: all.\"}, {\"title\": \"One\", \"lines\": [\"a\", \"b\"], \"notes\": \"\"}]}";
  g_autoptr (GPtrArray) slides = cs_slide_reader_read (answer, "x");
  g_autofree char *markdown = cs_slide_drafts_write (slides, 2, "x", CS_LANGUAGE_EN);

  g_assert_cmpstr (markdown, ==,
                   "# The Sea\n\nWhat it gives us\n\nNote: Hello. --- Note: all.\n\n---\n\n## One\n\n- a\n- b\n");
}

/* Markdown goes through as it is, with its heading as the title. */
static void
test_markdown (void)
{
  static const char markdown[] = "# The Sea\n\nWhat it gives us\n\nNote: Hello.\n\n---\n\n## One\n\n- a\n- b\n\n| x | y |\n|---|---|"
                                 "\n| 1 | 2 |\n";
  g_autoptr (GPtrArray) slides = cs_slide_reader_read (markdown, "x");
  g_autofree char *written = cs_slide_drafts_write (slides, 2, "x", CS_LANGUAGE_EN);

  g_assert_cmpstr (written, ==, markdown);
}

static guint
count_slides (const char *markdown)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slides = cs_deck_split (markdown, strlen (markdown), &error);

  g_assert_no_error (error);
  return slides->len;
}

static GPtrArray *
make_slides (guint n_slides)
{
  GPtrArray *slides = cs_slide_drafts_new ();

  for (guint i = 0; i < n_slides; i++)
    {
      g_autofree char *title = g_strdup_printf ("Title %u", i + 1);

      g_ptr_array_add (slides, cs_slide_draft_new (title, "- a\n- b", "Said."));
    }
  return slides;
}

/* However many there are, there are as many as asked for in the end, and none is without words. */
static void
test_number (void)
{
  for (guint found = 1; found <= 34; found++)
    for (guint wanted = 1; wanted <= 30; wanted++)
      {
        g_autoptr (GPtrArray) slides = make_slides (found);
        g_autofree char *markdown = NULL;

        cs_slide_drafts_join (slides, wanted);
        g_assert_cmpuint (slides->len, ==, MIN (found, wanted));
        markdown = cs_slide_drafts_write (slides, wanted, "the sea", wanted % CS_N_LANGUAGES);
        g_assert_cmpuint (count_slides (markdown), ==, wanted);
        g_assert_true (g_str_has_prefix (markdown, "# Title 1\n"));
      }
}

/* Slides that are too many are not lost: the last one holds them. */
static void
test_join (void)
{
  g_autoptr (GPtrArray) one = make_slides (3);
  g_autoptr (GPtrArray) more = make_slides (5);
  CsSlideDraft *last;

  cs_slide_drafts_join (one, 2);
  last = one->pdata[1];
  g_assert_cmpstr (last->body, ==, "- a\n- b\n\n### Title 3\n\n- a\n- b");
  g_assert_cmpstr (last->notes, ==, "Said. Said.");
  cs_slide_drafts_join (more, 2);
  last = more->pdata[1];
  g_assert_cmpstr (last->body, ==, "- a\n- b\n- Title 3\n- Title 4\n- Title 5");
}

static void
test_count (void)
{
  static const char text[] = "{\"slides\": [{\"title\": \"A\", \"notes\": \"a\"}, {\"title\": \"B\", \"notes\": \"b\"}]}";
  g_autoptr (GString) part = g_string_new (NULL);
  gsize at = 0;
  guint count = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      g_string_append_c (part, *p);
      count += cs_slide_reader_count (part->str, &at);
      g_assert_cmpuint (at, <=, part->len);
    }
  g_assert_cmpuint (count, ==, 2);
}

/* A hostile answer gives a deck that runs and loads nothing, with as many slides as it says. */
static void
test_hostile (void)
{
  static const char *const foreign[]
      = { "<script", "<img", "<iframe", "<svg", "href=\"javascript:", "src=\"http", "<style>", "<base" };
  static const char answer[]
      = "{\"slides\": [{\"title\": \"<script>alert(1)</script>\", \"lines\": [\"<img src=x onerror=alert(1)>\", \"[a](javascript:x)\","
        " \"![p](https://evil/p.png)\", \"` <svg onload=x>\", \"`<iframe>`\", \"\\n\\n---\\n\\n\", \"```\\n<base>\"],"
        " \"notes\": \"<style>x</style>\\n\\n---\\n\\n# More\"}, {\"title\": \"![x](http://evil/x.png)B\", \"lines\": [\"---\", \"b\"]}]}";
  g_autoptr (GPtrArray) slides = cs_slide_reader_read (answer, "x");
  g_autofree char *markdown = cs_slide_drafts_write (slides, 2, "x", CS_LANGUAGE_EN);
  CsDeckOptions options = { .language = CS_LANGUAGE_EN };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDeckExport) made = cs_deck_export (markdown, strlen (markdown), &options, NULL, &error);
  const char *begin;
  const char *end;

  g_assert_no_error (error);
  g_assert_cmpint (made->n_slides, ==, 2);
  g_assert_null (strstr (markdown, "evil"));
  begin = strstr (made->html, "<div class=\"slides\">");
  end = strstr (begin, "\n<script>");
  g_assert_nonnull (end);
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    g_assert_null (g_strstr_len (begin, end - begin, foreign[i]));
  g_assert_nonnull (g_strstr_len (begin, end - begin, "&lt;script&gt;"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slide-reader/lines", test_lines);
  g_test_add_func ("/slide-reader/blocks", test_blocks);
  g_test_add_func ("/slide-reader/answers", test_answers);
  g_test_add_func ("/slide-reader/slide", test_slide);
  g_test_add_func ("/slide-reader/markdown", test_markdown);
  g_test_add_func ("/slide-reader/number", test_number);
  g_test_add_func ("/slide-reader/join", test_join);
  g_test_add_func ("/slide-reader/count", test_count);
  g_test_add_func ("/slide-reader/hostile", test_hostile);
  return g_test_run ();
}
