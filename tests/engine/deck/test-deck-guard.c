/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that is made to keep a parser busy or to fill the memory: every one of these must be a deck within seconds. */
#include "config.h"
#include "deck/cs-deck-guard.h"

#include "deck-lint.h"
#include "deck/cs-deck.h"

/* Most take 20 ms. The address sanitizer makes every allocation a thousand times slower, so it gets smaller bombs. */
#ifdef __SANITIZE_ADDRESS__
#define PATIENCE (30 * G_USEC_PER_SEC)
#define SHRINK 10
#else
#define PATIENCE (8 * G_USEC_PER_SEC)
#define SHRINK 1
#endif

typedef struct
{
  const char *name;
  const char *head;
  const char *repeated;
  int times;
  const char *tail;
} Bomb;

static const Bomb bombs[] = {
  { "brackets", "", "[", 100000, "" },
  { "brackets-closed", "", "[a]", 60000, "" },
  { "brackets-and-parens", "", "[a](", 50000, "" },
  { "images", "", "![", 100000, "" },
  { "empty-images", "", "![]()", 50000, "" },
  { "quotes", "", ">", 100000, " a" },
  { "quotes-with-blanks", "", "> ", 100000, "a" },
  { "lists", "", "- ", 100000, "a" },
  { "ordered-lists", "", "1. ", 80000, "a" },
  { "stars", "", "*", 200000, "a" },
  { "open-stars", "", "*a ", 80000, "" },
  { "open-underscores", "", "_a__", 60000, "" },
  { "emphasis", "", "*a **b ", 30000, "" },
  { "tildes", "", "~~a ", 60000, "" },
  { "ticks", "", "`a``", 60000, "" },
  { "tags", "", "<a ", 80000, "" },
  { "angles", "", "<", 200000, "" },
  { "comments", "", "<!-- ", 50000, "" },
  { "declarations", "", "<!A ", 60000, "" },
  { "cdata", "", "<![CDATA[", 25000, "" },
  { "instructions", "", "<?", 100000, "" },
  { "entities", "", "&amp;", 50000, "" },
  { "ampersands", "", "&", 200000, "" },
  { "backslashes", "", "\\", 200000, "" },
  { "addresses", "", "http://a ", 25000, "" },
  { "www", "", "www.a.", 40000, "" },
  { "mail", "", "a@b", 80000, "" },
  { "colons", "", ":", 200000, "" },
  { "columns", "", "|", 200000, "\n" },
  { "table-of-short-rows", "a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a\n-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-\n", "a\n", 100000, "" },
  { "delimiter-rows", "", "a|b\n-|-\n", 25000, "" },
  { "setext", "", "a\n", 100000, "=" },
  { "headings", "", "# a\n", 50000, "" },
  { "rules", "", "***\n", 50000, "" },
  { "dashes", "", "-", 200000, "" },
  { "footnotes", "", "[^1]", 60000, "" },
  { "references", "[a]: https://x.dz/yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\n\n", "[a] ", 60000, "" },
  { "definitions", "", "[a]: b\n", 30000, "" },
  { "code", "```js\n", "'\\", 100000, "" },
  { "code-comments", "```c\n", "/*", 100000, "" },
  { "code-ticks", "```js\n", "`", 200000, "" },
  { "blanks", "a", " ", 200000, "b" },
  { "tabs", "", "\t>", 100000, "" },
  { "combining", "a", "\xcc\x81", 100000, "" },
};

static char *
make_text (const Bomb *bomb)
{
  GString *text = g_string_new (bomb->head);

  for (int i = 0; i < bomb->times / SHRINK; i++)
    g_string_append (text, bomb->repeated);
  g_string_append (text, bomb->tail);
  return g_string_free (text, FALSE);
}

static void
check_bounded (const char *text, int n_slides)
{
  CsDeckOptions options = { .language = CS_LANGUAGE_EN };
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (CsDeckExport) deck = cs_deck_export (text, strlen (text), &options, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (deck->n_slides, ==, n_slides);
  g_assert_cmpuint (deck->length, <, 20 * strlen (text) + 1024 * 1024);
  lint_deck (deck->html);
  g_assert_cmpint (g_get_monotonic_time () - start, <, PATIENCE);
}

static void
test_bomb (gconstpointer data)
{
  g_autofree char *text = make_text (data);
  g_autofree char *notes = g_strconcat ("a\n\nNote:\n", text, NULL);

  check_bounded (text, 1);
  check_bounded (notes, 1);
}

/* Each slide is harmless, all together are not: the deck has an allowance too. */
static void
test_sum (void)
{
  g_autoptr (GString) text = g_string_new ("a");
  g_autofree char *brackets = g_strnfill (4000, '[');

  for (int i = 0; i < 900; i++)
    g_string_append_printf (text, "\n\n---\n\n%s", brackets);
  check_bounded (text->str, 901);
}

/* Each line one quote deeper than the one before. */
static void
test_stairs (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 1; i < 600; i++)
    {
      g_autofree char *marks = g_strnfill (i, '>');

      g_string_append_printf (text, "%s a\n", marks);
    }
  check_bounded (text->str, 1);
}

static void
test_indented_lists (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 450; i++)
    g_string_append_printf (text, "%*s- a\n", 2 * i, "");
  check_bounded (text->str, 1);
}

/* Nobody's real slides are taken for bombs. */
static void
test_admits (void)
{
  static const char *const fine[] = {
    "# A\n\n- **b** [c](https://d) `e`",
    "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
    "- - -",
    "> > > deep\n> > > quote",
    "1. a\n   - b\n     - c\n       - d",
    "",
  };
  CsDeckGuard guard;

  cs_deck_guard_init (&guard);
  for (int round = 0; round < 2000; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (fine); i++)
      g_assert_true (cs_deck_guard_admit (&guard, fine[i]));
}

/* A book of forty pages on one slide, and a listing of three hundred lines. */
static void
test_admits_long (void)
{
  g_autoptr (GString) book = g_string_new (NULL);
  g_autoptr (GString) listing = g_string_new ("```c\n");
  CsDeckGuard guard;

  for (int i = 0; i < 400; i++)
    g_string_append (book, "A sentence with **words** that count, a [link](https://x.dz) and `code`, said again.\n\n");
  for (int i = 0; i < 300; i++)
    g_string_append (listing, "  result[i] = call (a, \"b\", c[i]) * 2; /* why */\n");
  cs_deck_guard_init (&guard);
  g_assert_true (cs_deck_guard_admit (&guard, book->str));
  g_assert_true (cs_deck_guard_admit (&guard, listing->str));
}

/* What is refused is still on its slide, as it was written. */
static void
test_plain (void)
{
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *text = g_strconcat (brackets, "<b>&", NULL);
  CsDeckOptions options = { .language = CS_LANGUAGE_EN };
  g_autoptr (CsDeckExport) deck = cs_deck_export (text, strlen (text), &options, NULL, NULL);
  g_autofree char *slides = lint_dup_slides (deck->html);

  g_assert_nonnull (strstr (slides, "<p class=\"plain\">[[["));
  g_assert_nonnull (strstr (slides, "[[[&lt;b&gt;&amp;</p>"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      g_autofree char *path = g_strconcat ("/deck-guard/", bombs[i].name, NULL);

      g_test_add_data_func (path, &bombs[i], test_bomb);
    }
  g_test_add_func ("/deck-guard/sum", test_sum);
  g_test_add_func ("/deck-guard/stairs", test_stairs);
  g_test_add_func ("/deck-guard/indented-lists", test_indented_lists);
  g_test_add_func ("/deck-guard/admits", test_admits);
  g_test_add_func ("/deck-guard/admits-long", test_admits_long);
  g_test_add_func ("/deck-guard/plain", test_plain);
  return g_test_run ();
}
