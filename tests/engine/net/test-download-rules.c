/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "net/cs-download-rules.h"

#include <string.h>

static void
test_range (void)
{
  static const struct
  {
    const char *text;
    goffset start;
    goffset end;
    goffset length;
  } good[] = {
    { "bytes 0-9/10", 0, 9, 10 }, { "Bytes 5-9/10", 5, 9, 10 }, { "bytes 5-9/*", 5, 9, -1 }, { "bytes */10", -1, -1, 10 },
    { "bytes 0-0/1", 0, 0, 1 },   { "bytes 4294967296-4294967296/4294967297", 4294967296, 4294967296, 4294967297 },
  };
  static const char *const bad[] = { NULL,           "",             "bytes",        "bytes ",        "bytes 0-9",
                                     "bytes /10",    "bytes -/10",   "bytes 0-/10",  "bytes -9/10",   "bytes 9-5/10",
                                     "bytes 0-10/10", "bytes */*",   "items 0-9/10", "bytes a-b/c",   "bytes 0-9/10, 1",
                                     "bytes 0 - 9/10", "bytes 0-9/-1", "bytes 0-9/99999999999999999999", "bytes=0-9/10" };
  goffset start;
  goffset end;
  goffset length;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (cs_download_parse_range (good[i].text, &start, &end, &length));
      g_assert_cmpint (start, ==, good[i].start);
      g_assert_cmpint (end, ==, good[i].end);
      g_assert_cmpint (length, ==, good[i].length);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (cs_download_parse_range (bad[i], &start, &end, &length));
}

static void
assert_validator (const char *etag, const char *last_modified, const char *date, const char *expected)
{
  g_autofree char *validator = cs_download_dup_validator (etag, last_modified, date);

  g_assert_cmpstr (validator, ==, expected);
}

static void
test_validator (void)
{
  static const char *const early = "Sun, 06 Nov 1994 08:49:37 GMT";
  static const char *const late = "Sun, 06 Nov 1994 08:50:37 GMT";

  assert_validator ("\"abc\"", early, late, "\"abc\"");
  assert_validator ("\"\"", NULL, NULL, "\"\"");
  assert_validator ("W/\"abc\"", NULL, NULL, NULL);
  assert_validator ("W/\"abc\"", early, late, NULL); /* it says itself that it may differ */
  assert_validator ("abc", NULL, NULL, NULL);
  assert_validator ("\"", NULL, NULL, NULL);
  assert_validator (NULL, early, late, early);
  assert_validator (NULL, early, early, NULL); /* it may have changed twice in that second */
  assert_validator (NULL, late, early, NULL);
  assert_validator (NULL, early, NULL, NULL);
  assert_validator (NULL, "yesterday", late, NULL);
  assert_validator (NULL, NULL, NULL, NULL);
}

static void
test_look (void)
{
  static const char words[] = "Sorry, this link has expired. Ask for another one, s'il vous plaît.";

  g_assert_cmpint (cs_download_look ("", 0, FALSE), ==, CS_LOOK_UNCLEAR);
  g_assert_cmpint (cs_download_look ("<", 1, FALSE), ==, CS_LOOK_TEXT);
  g_assert_cmpint (cs_download_look ("\xef\xbb\xbf\r\n <html>", 12, FALSE), ==, CS_LOOK_TEXT);
  g_assert_cmpint (cs_download_look ("{\"detail\"", 9, FALSE), ==, CS_LOOK_TEXT);
  g_assert_cmpint (cs_download_look (" [", 2, FALSE), ==, CS_LOOK_TEXT);
  g_assert_cmpint (cs_download_look (words, 20, FALSE), ==, CS_LOOK_UNCLEAR);
  g_assert_cmpint (cs_download_look (words, 20, TRUE), ==, CS_LOOK_TEXT);
  g_assert_cmpint (cs_download_look (words, CS_LOOK_BYTES, FALSE), ==, CS_LOOK_TEXT);
  g_assert_cmpint (cs_download_look ("\x89PNG\r\n\x1a\n", 8, FALSE), ==, CS_LOOK_BINARY);
  g_assert_cmpint (cs_download_look ("\xff\xd8\xff\xe0", 4, FALSE), ==, CS_LOOK_BINARY);
  g_assert_cmpint (cs_download_look ("\0\0\0\x20" "ftypisom", 12, FALSE), ==, CS_LOOK_BINARY);
  g_assert_cmpint (cs_download_look ("RIFF\x10\0\0\0WEBP", 12, FALSE), ==, CS_LOOK_BINARY);
  g_assert_cmpint (cs_download_look ("\x1a\x45\xdf\xa3", 4, FALSE), ==, CS_LOOK_BINARY);
  g_assert_cmpint (cs_download_look ("\0", 1, TRUE), ==, CS_LOOK_BINARY);
}

/* A character that is cut off is no sign of a picture. */
static void
test_look_at_cut_text (void)
{
  static const char text[] = "éàü مرحبا 🦊 renard";

  for (gsize length = 2; length < sizeof text; length++)
    g_assert_cmpint (cs_download_look (text, length, FALSE), ==, CS_LOOK_UNCLEAR);
}

static void
test_note (void)
{
  g_autoptr (CsDownloadNote) note = cs_download_note_new ("https://example.com/a?signature=secret", "boot-1");
  g_autofree char *text = NULL;
  g_autoptr (CsDownloadNote) read = NULL;

  note->validator = g_strdup ("\"v\\1\"");
  note->length = G_GINT64_CONSTANT (5000000000);
  text = cs_download_note_to_text (note);
  g_assert_null (strstr (text, "secret"));
  g_assert_null (strstr (text, "example"));
  read = cs_download_note_from_text (text, strlen (text));
  g_assert_cmpstr (read->address_hash, ==, note->address_hash);
  g_assert_cmpstr (read->validator, ==, "\"v\\1\"");
  g_assert_cmpstr (read->boot, ==, "boot-1");
  g_assert_cmpint (read->length, ==, note->length);
  g_assert_null (cs_download_note_from_text ("{", 1));
  g_assert_null (cs_download_note_from_text ("[]", 2));
  g_assert_null (cs_download_note_from_text ("", 0));
}

static void
test_offset (void)
{
  g_autoptr (CsDownloadNote) now = cs_download_note_new ("https://example.com/a", "boot-1");
  g_autoptr (CsDownloadNote) note = cs_download_note_new ("https://example.com/a", "boot-1");
  g_autoptr (CsDownloadNote) other = cs_download_note_new ("https://example.com/b", "boot-1");
  g_autoptr (CsDownloadNote) earlier = cs_download_note_new ("https://example.com/a", "boot-0");
  g_autoptr (CsDownloadNote) unknown = cs_download_note_new ("https://example.com/a", NULL);
  g_autoptr (CsDownloadNote) empty = cs_download_note_from_text ("{}", 2);

  g_assert_cmpint (cs_download_note_get_offset (note, now, 5), ==, 0); /* nothing proves that it is the same */
  note->validator = g_strdup ("\"v\"");
  other->validator = g_strdup ("\"v\"");
  earlier->validator = g_strdup ("\"v\"");
  unknown->validator = g_strdup ("\"v\"");
  g_assert_cmpint (cs_download_note_get_offset (note, now, 5), ==, 5);
  g_assert_cmpint (cs_download_note_get_offset (note, now, 0), ==, 0);
  note->length = 5;
  g_assert_cmpint (cs_download_note_get_offset (note, now, 5), ==, 5);
  g_assert_cmpint (cs_download_note_get_offset (note, now, 6), ==, 0);
  g_assert_cmpint (cs_download_note_get_offset (NULL, now, 5), ==, 0);
  g_assert_cmpint (cs_download_note_get_offset (other, now, 5), ==, 0);
  g_assert_cmpint (cs_download_note_get_offset (earlier, now, 5), ==, 0);
  g_assert_cmpint (cs_download_note_get_offset (unknown, unknown, 5), ==, 0);
  g_assert_cmpint (cs_download_note_get_offset (empty, now, 5), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/download-rules/range", test_range);
  g_test_add_func ("/net/download-rules/validator", test_validator);
  g_test_add_func ("/net/download-rules/look", test_look);
  g_test_add_func ("/net/download-rules/look-at-cut-text", test_look_at_cut_text);
  g_test_add_func ("/net/download-rules/note", test_note);
  g_test_add_func ("/net/download-rules/offset", test_offset);
  return g_test_run ();
}
