/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "deck/cs-slide-part.h"
#include "deck/cs-slide.h"

#include <string.h>

static const CsSlidePart *
get (GPtrArray *parts, guint i)
{
  g_assert_cmpuint (parts->len, >, i);
  return parts->pdata[i];
}

static void
test_parts (void)
{
  g_autoptr (GPtrArray) parts = cs_slide_read ("## Why *here*\n\n- one\n  1. deep\n  2. deeper\n- two\n\n> said\n\nplain\n\n"
                                               "| a | b |\n|---|---|\n| 1 | 2 |\n\n```c\nint x;\n```\n\n![Dunes](creation:7f3a)\n");

  g_assert_cmpint (get (parts, 0)->kind, ==, CS_PART_TITLE);
  g_assert_cmpstr (get (parts, 0)->text, ==, "Why here");
  g_assert_cmpint (get (parts, 0)->level, ==, 2);
  g_assert_cmpint (get (parts, 1)->kind, ==, CS_PART_POINT);
  g_assert_cmpint (get (parts, 1)->level, ==, 1);
  g_assert_cmpint (get (parts, 1)->number, ==, 0);
  g_assert_cmpint (get (parts, 3)->level, ==, 2);
  g_assert_cmpint (get (parts, 3)->number, ==, 2);
  g_assert_cmpstr (get (parts, 4)->text, ==, "two");
  g_assert_cmpint (get (parts, 5)->kind, ==, CS_PART_QUOTE);
  g_assert_cmpint (get (parts, 6)->kind, ==, CS_PART_TEXT);
  g_assert_true (get (parts, 7)->head);
  g_assert_cmpstr (get (parts, 8)->cells[1], ==, "2");
  g_assert_cmpstr (get (parts, 9)->text, ==, "int x;\n");
  g_assert_cmpint (get (parts, 10)->kind, ==, CS_PART_PICTURE);
  g_assert_cmpstr (get (parts, 10)->text, ==, "Dunes");
  g_assert_cmpstr (get (parts, 10)->address, ==, "creation:7f3a");
  g_assert_cmpuint (parts->len, ==, 11);
}

/* What would take forever to read comes out as it was written; what has many parts is cut. */
static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GPtrArray) parts = NULL;

  for (int i = 0; i < 60000; i++)
    g_string_append (deep, "[a](");
  for (int i = 0; i < 5000; i++)
    g_string_append (many, "- point\n");
  parts = cs_slide_read (deep->str);
  g_assert_cmpuint (parts->len, ==, 1);
  g_ptr_array_unref (parts);
  parts = cs_slide_read (many->str);
  g_assert_cmpuint (parts->len, <=, 200);
}

static const CsSlideSpan *
get_span (GArray *spans, guint i)
{
  g_assert_cmpuint (spans->len, >, i);
  return &g_array_index (spans, CsSlideSpan, i);
}

static char *
cut (const char *text, gsize first, gsize end)
{
  return g_strndup (text + first, end - first);
}

static void
test_scan (void)
{
  const char *text = "# A\n\nNote: say\nthis\n\n---\n\n---\n\n## B\n\n--\n\n```\n\n---\n\n```\n";
  g_autoptr (GArray) spans = cs_deck_scan (text, strlen (text));
  g_autofree char *words = NULL;
  g_autofree char *last = NULL;

  g_assert_cmpuint (spans->len, ==, 4);
  words = cut (text, get_span (spans, 0)->words, get_span (spans, 0)->end);
  g_assert_cmpstr (words, ==, " say\nthis\n\n");
  g_assert_cmpint (text[get_span (spans, 0)->notes], ==, 'N');
  g_assert_false (get_span (spans, 0)->empty);
  g_assert_true (get_span (spans, 1)->empty);
  g_assert_cmpuint (get_span (spans, 2)->notes, ==, get_span (spans, 2)->end);
  g_assert_true (get_span (spans, 3)->below);
  last = cut (text, get_span (spans, 3)->first, get_span (spans, 3)->end);
  g_assert_cmpstr (last, ==, "\n```\n\n---\n\n```\n");
}

/* The same slides as are exported, but for the empty ones. */
static void
test_scan_agrees (void)
{
  static const char *const texts[] = { "", "---", "a\n\n---\n\n", "\n\n---\n\nb\n\n--\n\nNote: x\n", "Note: only\n\n---\n\nNotes :\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GArray) spans = cs_deck_scan (texts[i], strlen (texts[i]));
      g_autoptr (GPtrArray) slides = cs_deck_split (texts[i], strlen (texts[i]), NULL);
      guint n = 0;

      for (guint j = 0; j < spans->len; j++)
        n += !get_span (spans, j)->empty;
      g_assert_cmpuint (n, ==, slides->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slide-part/parts", test_parts);
  g_test_add_func ("/slide-part/hostile", test_hostile);
  g_test_add_func ("/slide-part/scan", test_scan);
  g_test_add_func ("/slide-part/scan-agrees", test_scan_agrees);
  return g_test_run ();
}
