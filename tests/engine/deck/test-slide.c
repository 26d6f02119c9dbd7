/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "deck/cs-slide.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *markdown;
  const char *slides; /* content, `+` under the one before, `(notes)`, joined by `|` */
} Case;

static const Case cases[] = {
  { "one", "# A", "# A" },
  { "two", "# A\n\n---\n\n# B\n", "# A|# B" },
  { "below", "A\n\n--\n\nB\n\n--\n\nC\n\n---\n\nD", "A|+B|+C|D" },
  { "crlf", "A\r\n\r\n---\r\n\r\nB\r\n\r\nNote: x\r\ny\r\n", "A|B( x\ny)" },
  { "start-and-end", "---\n\nA\n\n---\n\nB\n\n---\n", "A|B" },
  { "end-without-newline", "A\n\n---", "A" },
  { "blanks-are-blank", "A\n \t\n---\n  \nB", "A|B" },
  { "unseen-blanks-after", "A\n\n---  \n\nB", "A|B" },
  { "indented-is-none", "A\n\n ---\n\nB", "A\n\n ---\n\nB" },
  { "four-are-none", "A\n\n----\n\nB", "A\n\n----\n\nB" },
  { "one-is-none", "A\n\n-\n\nB", "A\n\n-\n\nB" },
  { "stars-are-none", "A\n\n***\n\nB", "A\n\n***\n\nB" },
  { "no-blank-before", "A\n---\n\nB", "A\n---\n\nB" },
  { "no-blank-after", "A\n\n---\nB", "A\n\n---\nB" },
  { "setext", "Heading\n---\nText", "Heading\n---\nText" },
  { "front-matter-is-text", "---\ntitle: A\n---\n\nB", "---\ntitle: A\n---\n\nB" },
  { "in-fence", "```\n\n---\n\n```\n\n---\n\nB", "```\n\n---\n\n```|B" },
  { "in-tildes", "~~~\n\n---\n\n```\n\n---\n\n~~~\n\n---\n\nB", "~~~\n\n---\n\n```\n\n---\n\n~~~|B" },
  { "longer-fence", "````\n```\n\n---\n\n````\n\n---\n\nB", "````\n```\n\n---\n\n````|B" },
  { "fence-with-words", "```yaml\n\n---\n\n```\n\n---\n\nB", "```yaml\n\n---\n\n```|B" },
  { "closing-has-no-words", "```\n``` x\n\n---\n\n```\n\n---\n\nB", "```\n``` x\n\n---\n\n```|B" },
  { "not-a-fence", "```a`b\n\n---\n\nB", "```a`b|B" },
  { "indented-fence", "   ```\n\n---\n\n   ```\n\n---\n\nB", "   ```\n\n---\n\n   ```|B" },
  { "too-indented-fence", "x\n\n    ```\n\n---\n\nB", "x\n\n    ```|B" },
  { "notes", "# A\n\nNote: say it\n\nand more", "# A( say it\n\nand more)" },
  { "notes-plural", "# A\nNotes:\n- x", "# A(- x)" },
  { "notes-french", "# A\n\nNotes :\nx", "# A(x)" },
  { "notes-end-at-slide", "A\n\nNote: n\n\n---\n\nB", "A( n)|B" },
  { "notes-in-fence", "```\nNote: code\n```", "```\nNote: code\n```" },
  { "notes-indented", "A\n Note: text", "A\n Note: text" },
  { "notes-inside-a-word", "Noted: text\nNotebook", "Noted: text\nNotebook" },
  { "notes-once", "A\n\nNote: x\nNote: y", "A( x\nNote: y)" },
  { "notes-empty", "A\n\nNote:\n", "A" },
  { "notes-only", "Note: alone", "( alone)" },
  { "fence-in-notes", "A\n\nNote: x\n```\n\n---\n\n```\n\n---\n\nB", "A( x\n```\n\n---\n\n```)|B" },
  { "fence-opens-notes", "A\n\nNote: ```c\nx\n\n---\n\n```\n\n---\n\nB", "A( ```c\nx\n\n---\n\n```)|B" },
  { "empty-slides-are-none", "A\n\n---\n\n---\n\n\n---\n\nB", "A|B" },
  { "below-nothing", "--\n\nA", "A" },
  { "below-an-empty-slide", "A\n\n---\n\n--\n\nB", "A|B" },
  { "below-after-empty-below", "A\n\n--\n\n--\n\nB", "A|+B" },
  { "nothing", "", "" },
  { "blanks", " \n\t\n\n", "" },
  { "byte-order-mark", "\xef\xbb\xbf# A", "# A" },
  { "keeps-indentation", "\n\n    code\n", "    code" },
};

static char *
describe (GPtrArray *slides)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < slides->len; i++)
    {
      const CsSlide *slide = slides->pdata[i];

      g_string_append_printf (out, "%s%s%s", i > 0 ? "|" : "", slide->below ? "+" : "", slide->content);
      if (slide->notes != NULL)
        g_string_append_printf (out, "(%s)", slide->notes);
    }
  return g_string_free (out, FALSE);
}

static void
test_split (gconstpointer data)
{
  const Case *given = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slides = cs_deck_split (given->markdown, strlen (given->markdown), &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = describe (slides);
  g_assert_cmpstr (found, ==, given->slides);
}

static void
assert_refused (const char *markdown, gsize length, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cs_deck_split (markdown, length, &error));
  g_assert_error (error, CS_ERROR, code);
}

static void
test_too_large (void)
{
  gsize length = 10 * 1024 * 1024;
  g_autofree char *text = g_malloc (length);

  memset (text, 'a', length);
  assert_refused (text, length, CS_ERROR_TOO_LARGE);
  assert_refused (text, CS_DECK_MAX_MARKDOWN + 1, CS_ERROR_TOO_LARGE);
  assert_refused (text, CS_SLIDE_MAX_LENGTH + 1, CS_ERROR_TOO_LARGE);
}

static void
test_many_slides (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) slides = NULL;

  for (int i = 0; i < CS_DECK_MAX_SLIDES; i++)
    g_string_append (text, "a\n\n---\n\n");
  slides = cs_deck_split (text->str, text->len, NULL);
  g_assert_cmpuint (slides->len, ==, CS_DECK_MAX_SLIDES);
  g_string_append (text, "a");
  assert_refused (text->str, text->len, CS_ERROR_TOO_LARGE);
}

/* Four megabytes of separators: no slide, and no time lost. */
static void
test_only_separators (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) slides = NULL;
  gint64 start = g_get_monotonic_time ();

  while (text->len + 5 <= CS_DECK_MAX_MARKDOWN)
    g_string_append (text, "---\n\n");
  slides = cs_deck_split (text->str, text->len, NULL);
  g_assert_cmpuint (slides->len, ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

static void
test_malformed (void)
{
  assert_refused ("caf\xe9", 4, CS_ERROR_MALFORMED);
  assert_refused ("a\0b", 3, CS_ERROR_MALFORMED);
  assert_refused ("\xc0\xaf", 2, CS_ERROR_MALFORMED);
  assert_refused ("\xed\xa0\x80", 3, CS_ERROR_MALFORMED);
}

/* The text need not end with a NUL. */
static void
test_length (void)
{
  g_autoptr (GPtrArray) slides = cs_deck_split ("ab\n\n---\n\ncd", 2, NULL);
  const CsSlide *slide = slides->pdata[0];

  g_assert_cmpuint (slides->len, ==, 1);
  g_assert_cmpstr (slide->content, ==, "ab");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/slide/split/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_split);
    }
  g_test_add_func ("/slide/too-large", test_too_large);
  g_test_add_func ("/slide/many-slides", test_many_slides);
  g_test_add_func ("/slide/only-separators", test_only_separators);
  g_test_add_func ("/slide/malformed", test_malformed);
  g_test_add_func ("/slide/length", test_length);
  return g_test_run ();
}
