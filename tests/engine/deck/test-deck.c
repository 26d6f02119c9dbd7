/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole file that an export gives. */
#include "config.h"
#include "core/cs-error.h"
#include "deck/cs-deck.h"

#include "deck-lint.h"

#define LIMIT 250000 /* bytes without pictures */

static CsDeckExport *
export_with (const char *markdown, CsDeckOptions options)
{
  g_autoptr (GError) error = NULL;
  CsDeckExport *deck = cs_deck_export (markdown, strlen (markdown), &options, NULL, &error);

  g_assert_no_error (error);
  lint_deck (deck->html);
  return deck;
}

static CsDeckExport *
export (const char *markdown)
{
  return export_with (markdown, (CsDeckOptions) { .language = CS_LANGUAGE_EN });
}

static void
assert_has (CsDeckExport *deck, const char *part)
{
  if (strstr (deck->html, part) == NULL)
    g_error ("the deck lacks: %s", part);
}

static void
assert_lacks (CsDeckExport *deck, const char *part)
{
  if (strstr (deck->html, part) != NULL)
    g_error ("the deck holds: %s", part);
}

/* Between the nth <script> and its end. */
static char *
dup_script (CsDeckExport *deck, int n)
{
  const char *at = deck->html;

  for (int i = 0; i <= n; i++)
    {
      at = strstr (at, "<script>");
      if (at == NULL)
        return NULL;
      at += strlen ("<script>");
    }
  return g_strndup (at, strstr (at, "</script>") - at);
}

/* Every script of the file, and no other, is allowed to run; nothing may be loaded. */
static void
check_policy (CsDeckExport *deck, int n_scripts)
{
  const char *policy = strstr (deck->html, "Content-Security-Policy");
  g_autofree char *line = g_strndup (policy, strchr (policy, '\n') - policy);
  g_autofree char *none = dup_script (deck, n_scripts);
  g_auto (GStrv) words = NULL;

  g_assert_null (none);
  for (int i = 0; i < n_scripts; i++)
    {
      g_autofree char *script = dup_script (deck, i);
      g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
      guint8 digest[32];
      gsize length = sizeof digest;
      g_autofree char *base64 = NULL, *word = NULL;

      g_checksum_update (checksum, (const guchar *) script, -1);
      g_checksum_get_digest (checksum, digest, &length);
      base64 = g_base64_encode (digest, length);
      word = g_strdup_printf ("'sha256-%s'", base64);
      g_assert_nonnull (strstr (line, word));
      g_assert_null (strstr (script, "<!--"));
      g_assert_null (strstr (script, "<script"));
    }
  words = g_strsplit (line, "sha256-", -1);
  g_assert_cmpint (g_strv_length (words) - 1, ==, n_scripts);
  g_assert_nonnull (strstr (line, "default-src 'none'"));
  g_assert_null (strstr (line, "script-src 'unsafe"));
  g_assert_null (strstr (line, "http:"));
}

static void
test_policy (void)
{
  g_autoptr (CsDeckExport) plain = export ("# A");
  g_autoptr (CsDeckExport) noted = export ("# A\n\nNote: n");

  check_policy (plain, 2);
  check_policy (noted, 3);
}

/* The window for notes comes with notes only. */
static void
test_notes (void)
{
  g_autoptr (CsDeckExport) plain = export ("# A");
  g_autoptr (CsDeckExport) noted = export ("# A\n\nNote: say **it** ![p](creation:X)");

  assert_lacks (plain, "window.StudioNotes =");
  assert_lacks (plain, "<aside");
  assert_has (noted, "window.StudioNotes =");
  assert_has (noted, "<aside class=\"notes\" aria-label=\"Speaker notes\"><p>say <strong>it</strong> p</p></aside></section>");
  g_assert_cmpuint (noted->missing->len, ==, 0);
}

static void
test_head (void)
{
  CsDeckOptions options = { .title = (char *) "</title><script>alert(1)</script> & \"x\"", .language = CS_LANGUAGE_AR,
                            .theme = CS_THEME_SOLARIZED, .stamp = (char *) "<meta name=\"prompt\" content=\"sun\">" };
  g_autoptr (CsDeckExport) deck = export_with ("# شمس", options);

  assert_has (deck, "<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">");
  assert_has (deck, "<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;</title>");
  assert_has (deck, "<meta name=\"prompt\" content=\"sun\">\n");
  assert_has (deck, "<meta name=\"generator\" content=\"Creative Studio ");
  assert_has (deck, "#fdf6e3");
  assert_lacks (deck, "#0d1020");
}

static void
test_title (void)
{
  g_autoptr (CsDeckExport) heading = export ("words\n\n---\n\n## The *sun* & `us`");
  g_autoptr (CsDeckExport) none = export_with ("words", (CsDeckOptions) { .language = CS_LANGUAGE_FR });
  g_autoptr (CsDeckExport) empty = export_with ("# A", (CsDeckOptions) { .title = (char *) "" });

  assert_has (heading, "<title>The sun &amp; us</title>");
  assert_has (none, "<title>Présentation</title>");
  assert_has (empty, "<title>A</title>");
}

static void
test_get_title (void)
{
  const char *markdown = "\n\n---\n\nfirst words\n\n---\n\n### Late *heading*";
  g_autoptr (GPtrArray) slides = cs_deck_split (markdown, strlen (markdown), NULL);
  g_autoptr (GPtrArray) none = cs_deck_split ("```\nx\n```", 9, NULL);
  g_autofree char *title = cs_deck_get_title (slides);

  g_assert_cmpstr (title, ==, "first words");
  g_assert_null (cs_deck_get_title (none));
}

static void
test_slides (void)
{
  g_autoptr (CsDeckExport) deck = export ("# A\n\n---\n\n## B\n\n--\n\n## C\n\n--\n\nd\n\n---\n\n## B");

  g_assert_cmpint (deck->n_slides, ==, 5);
  assert_has (deck, "<section aria-label=\"1. A\"><div class=\"s title\"><h1>A</h1></div></section>\n"
                    "<section>\n"
                    "<section aria-label=\"2. B\"><div class=\"s part\"><h2>B</h2></div></section>\n"
                    "<section aria-label=\"3. C\"><div class=\"s part\"><h2>C</h2></div></section>\n"
                    "<section aria-label=\"4\"><div class=\"s\"><p>d</p></div></section>\n"
                    "</section>\n"
                    "<section aria-label=\"5. B\"><div class=\"s part\"><h2>B</h2></div></section>\n");
}

static void
test_label_is_text (void)
{
  g_autoptr (CsDeckExport) deck = export ("# \"><b>x</b>");

  assert_has (deck, "aria-label=\"1. &quot;&gt;x\"");
}

static void
test_layouts (void)
{
  g_autoptr (CsDeckExport) deck
      = export ("# A\n\nb\n\n---\n\n> q\n\n---\n\n## P\n\n- a\n\n![p](creation:X)\n\n---\n\n## T\n\n- a\n- b");
  g_autoptr (GString) full = g_string_new ("x\n\n---\n\n## Full\n\n");
  g_autoptr (CsDeckExport) dense = NULL;

  assert_has (deck, "class=\"s title\"");
  assert_has (deck, "class=\"s quote\"");
  assert_has (deck, "class=\"s side\"");
  assert_has (deck, "<div class=\"s\"><h2>T</h2>");

  for (int i = 0; i < 14; i++)
    g_string_append (full, "- one point among many that stand on this slide together\n");
  dense = export (full->str);
  g_assert_true (g_regex_match_simple ("class=\"s d[2-4]\"><h2>Full", dense->html, 0, 0));
}

static void
test_missing (void)
{
  g_autoptr (CsDeckExport) deck = export ("![a](creation:X) ![b](https://evil.example/p.png)\n\n![c](creation:X)\n\n"
                                          "![d](file:///etc/passwd) ![](data:text/html,x)");

  g_assert_cmpuint (deck->missing->len, ==, 4);
  g_assert_cmpstr (deck->missing->pdata[0], ==, "creation:X");
  g_assert_cmpstr (deck->missing->pdata[1], ==, "https://evil.example/p.png");
  g_assert_cmpstr (deck->missing->pdata[2], ==, "file:///etc/passwd");
  g_assert_cmpstr (deck->missing->pdata[3], ==, "data:text/html,x");
  assert_lacks (deck, "https://evil.example");
}

static char *
make_deck (int n_slides)
{
  GString *text = g_string_new (NULL);

  for (int i = 1; i <= n_slides; i++)
    g_string_append_printf (text, "%s## Slide number %d\n\n- First point of this slide\n- Second point, a **longer** one\n"
                                  "- Third point with `code`\n\nNote: Remember to say %d.\n",
                            i > 1 ? "\n---\n\n" : "", i, i);
  return g_string_free (text, FALSE);
}

static void
test_size (void)
{
  g_autofree char *five = make_deck (5);
  g_autofree char *many = make_deck (200);
  g_autoptr (CsDeckExport) small = export (five);
  g_autoptr (CsDeckExport) large = export (many);

  g_assert_cmpint (small->n_slides, ==, 5);
  g_assert_cmpint (large->n_slides, ==, 200);
  g_assert_cmpuint (small->length, <, LIMIT);
  g_assert_cmpuint (large->length, <, LIMIT);
}

/* Nothing points anywhere but the banner of Reveal.js, and no style asks for a font. */
static void
test_offline (void)
{
  g_autoptr (CsDeckExport) deck = export ("# A\n\nNote: n");

  assert_lacks (deck, "@import");
  assert_lacks (deck, "@font-face");
  assert_lacks (deck, "<link");
  assert_lacks (deck, "src=\"http");
  assert_lacks (deck, "url(http");
  assert_has (deck, "Permission is hereby granted, free of charge");
}

static void
assert_refused (const char *markdown, gsize length, int code)
{
  CsDeckOptions options = { .language = CS_LANGUAGE_EN };
  g_autoptr (GError) error = NULL;

  g_assert_null (cs_deck_export (markdown, length, &options, NULL, &error));
  g_assert_error (error, CS_ERROR, code);
}

static void
test_refused (void)
{
  g_autofree char *large = g_strnfill (10 * 1024 * 1024, 'a');

  assert_refused ("", 0, CS_ERROR_INVALID_VALUE);
  assert_refused (" \n---\n", 6, CS_ERROR_INVALID_VALUE);
  assert_refused ("\xff", 1, CS_ERROR_MALFORMED);
  assert_refused (large, strlen (large), CS_ERROR_TOO_LARGE);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  CsDeckOptions options = { .language = CS_LANGUAGE_EN };

  g_cancellable_cancel (cancellable);
  g_assert_null (cs_deck_export ("# A", 3, &options, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

/* The options are the caller's again as soon as the call returns. */
static void
test_async (void)
{
  g_autoptr (GBytes) markdown = g_bytes_new_static ("# A", 3);
  g_autofree char *title = g_strdup ("Mine");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsDeckExport) deck = NULL;
  g_autoptr (GError) error = NULL;
  CsDeckOptions options = { .title = title, .language = CS_LANGUAGE_FR };

  cs_deck_export_async (markdown, &options, NULL, exported_cb, &result);
  memset (title, '?', 4);
  memset (&options, 0, sizeof options);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  deck = cs_deck_export_finish (result, &error);
  g_assert_no_error (error);
  assert_has (deck, "<title>Mine</title>");
  assert_has (deck, "lang=\"fr\"");
}

static void
test_async_error (void)
{
  g_autoptr (GBytes) markdown = g_bytes_new_static ("\xff", 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsDeckOptions options = { .language = CS_LANGUAGE_FR };

  cs_deck_export_async (markdown, &options, NULL, exported_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (cs_deck_export_finish (result, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_MALFORMED);
}

/* The same text gives the same bytes: an export can be compared and cached. */
static void
test_repeatable (void)
{
  g_autoptr (CsDeckExport) one = export ("# A\n\n---\n\n## B\n\n- c\n\nNote: d");
  g_autoptr (CsDeckExport) two = export ("# A\n\n---\n\n## B\n\n- c\n\nNote: d");

  g_assert_cmpstr (one->html, ==, two->html);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deck/policy", test_policy);
  g_test_add_func ("/deck/notes", test_notes);
  g_test_add_func ("/deck/head", test_head);
  g_test_add_func ("/deck/title", test_title);
  g_test_add_func ("/deck/get-title", test_get_title);
  g_test_add_func ("/deck/slides", test_slides);
  g_test_add_func ("/deck/label-is-text", test_label_is_text);
  g_test_add_func ("/deck/layouts", test_layouts);
  g_test_add_func ("/deck/missing", test_missing);
  g_test_add_func ("/deck/size", test_size);
  g_test_add_func ("/deck/offline", test_offline);
  g_test_add_func ("/deck/refused", test_refused);
  g_test_add_func ("/deck/cancelled", test_cancelled);
  g_test_add_func ("/deck/async", test_async);
  g_test_add_func ("/deck/async-error", test_async_error);
  g_test_add_func ("/deck/repeatable", test_repeatable);
  return g_test_run ();
}
