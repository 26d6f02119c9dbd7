/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "net/cs-line-reader.h"

#include <string.h>

#define MAX_LENGTH 64

/* A stream, and the messages in it, each with a "|" behind it. */
typedef struct
{
  CsLineStyle style;
  const char *stream;
  const char *messages;
} Case;

static const Case cases[] = {
  { CS_LINES_SSE, "", "" },
  { CS_LINES_SSE, "data: one\n\ndata: two\n\n", "one|two|" },
  { CS_LINES_SSE, "data: one\r\n\r\ndata: two\r\n\r\n", "one|two|" },
  { CS_LINES_SSE, "data: one\r\rdata: two\r\r", "one|two|" },
  { CS_LINES_SSE, "data: one\r\n\ndata: two\n\r\n", "one|two|" },
  { CS_LINES_SSE, "\xef\xbb\xbf" "data: one\n\n", "one|" },
  { CS_LINES_SSE, "data: one\n\n\xef\xbb\xbf" "data: two\n\n", "one|" },
  { CS_LINES_SSE, "data: a\ndata: b\ndata:\ndata: c\n\n", "a\nb\n\nc|" },
  { CS_LINES_SSE, "data:no space\n\ndata:  two spaces\n\n", "no space| two spaces|" },
  { CS_LINES_SSE, "data\n\ndata:\n\n", "||" },
  { CS_LINES_SSE, ": a comment\n\n:\n\ndata: one\n: between\n\n", "one|" },
  { CS_LINES_SSE, "event: job\nid: 7\nretry: 100\ndata: one\nother\n\n", "one|" },
  { CS_LINES_SSE, "event: ping\n\n\n\n\ndata: one\n\n", "one|" },
  { CS_LINES_SSE, "datax: no\ndat: no\nDATA: no\n data: no\n\n", "" },
  { CS_LINES_SSE, "data: é🦊 مرحبا\n\n", "é🦊 مرحبا|" },
  { CS_LINES_SSE, "data: a\xff" "b\xc3\n\n", "a\xef\xbf\xbd" "b\xef\xbf\xbd|" },
  { CS_LINES_SSE, "data: {\"a\": 1}\n\ndata: [DONE]\n\n", "{\"a\": 1}|[DONE]|" },
  { CS_LINES_SSE, "data: one\n\ndata: cut", "one|" },
  { CS_LINES_SSE, "data: one\n\ndata: not closed\n", "one|" },
  { CS_LINES_NDJSON, "", "" },
  { CS_LINES_NDJSON, "{}\n[]\n", "{}|[]|" },
  { CS_LINES_NDJSON, "{}\r\n[]\r\n", "{}|[]|" },
  { CS_LINES_NDJSON, "\n\n{}\n \t\n[]", "{}|[]|" },
  { CS_LINES_NDJSON, "\xef\xbb\xbf{}\n", "{}|" },
  { CS_LINES_NDJSON, "{\"é\": \"🦊\"}\n", "{\"é\": \"🦊\"}|" },
  { CS_LINES_NDJSON, "\xf0\x9f\n", "\xef\xbf\xbd\xef\xbf\xbd|" },
  { CS_LINES_NDJSON, "data: one\n", "data: one|" },
};

static gboolean
gather_cb (const char *message, gsize length, gpointer user_data)
{
  GString *messages = user_data;

  g_assert_cmpuint (length, ==, strlen (message));
  g_assert_true (g_utf8_validate (message, length, NULL));
  g_string_append_printf (messages, "%s|", message);
  return TRUE;
}

/* Feeds @stream in pieces of @size bytes, or of random sizes for 0, each in memory of its own. */
static char *
read_all (CsLineStyle style, const char *stream, gsize stream_length, gsize size)
{
  GString *messages = g_string_new (NULL);
  g_autoptr (CsLineReader) reader = cs_line_reader_new (style, MAX_LENGTH, gather_cb, messages);
  g_autoptr (GError) error = NULL;

  for (gsize at = 0, piece; at < stream_length; at += piece)
    {
      g_autofree char *copy = NULL;

      piece = size > 0 ? size : (gsize) g_test_rand_int_range (1, 12);
      piece = MIN (stream_length - at, piece);
      copy = g_memdup2 (stream + at, piece);
      g_assert_true (cs_line_reader_feed (reader, copy, piece, &error));
      g_assert_no_error (error);
    }
  g_assert_true (cs_line_reader_end (reader, &error));
  g_assert_no_error (error);
  return g_string_free (messages, FALSE);
}

static void
test_messages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize size = 1; size < 40; size++)
      {
        g_autofree char *messages = read_all (cases[i].style, cases[i].stream, strlen (cases[i].stream), size);

        g_assert_cmpstr (messages, ==, cases[i].messages);
      }
}

static void
test_random_pieces (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int run = 0; run < 50; run++)
      {
        g_autofree char *messages = read_all (cases[i].style, cases[i].stream, strlen (cases[i].stream), 0);

        g_assert_cmpstr (messages, ==, cases[i].messages);
      }
}

/* A NUL inside is no text either, and no end. */
static void
test_nul (void)
{
  static const char stream[] = "data: a\0b\n\n";

  for (gsize size = 1; size < sizeof stream; size++)
    {
      g_autofree char *messages = read_all (CS_LINES_SSE, stream, sizeof stream - 1, size);

      g_assert_cmpstr (messages, ==, "a\xef\xbf\xbd" "b|");
    }
}

static gboolean
stop_at_two_cb (const char *message, gsize length, gpointer user_data)
{
  guint *n_messages = user_data;

  (*n_messages)++;
  return *n_messages < 2;
}

static void
test_enough (void)
{
  guint n_messages = 0;
  g_autoptr (CsLineReader) reader = cs_line_reader_new (CS_LINES_NDJSON, MAX_LENGTH, stop_at_two_cb, &n_messages);
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_line_reader_feed (reader, "1\n2\n3\n4\n", 8, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_messages, ==, 2);
  g_assert_false (cs_line_reader_feed (reader, "5\n", 2, &error));
  g_assert_false (cs_line_reader_end (reader, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_messages, ==, 2);
}

/* @n_lines lines of @length bytes, for ever longer events or one long line. */
static gboolean
feed_lines (CsLineStyle style, int n_lines, gsize length, GError **error)
{
  g_autoptr (GString) messages = g_string_new (NULL);
  g_autoptr (CsLineReader) reader = cs_line_reader_new (style, MAX_LENGTH, gather_cb, messages);
  g_autofree char *text = g_strnfill (length, 'x');
  gboolean goes_on = TRUE;

  for (int i = 0; i < n_lines && goes_on; i++)
    goes_on = cs_line_reader_feed (reader, style == CS_LINES_SSE ? "data: " : "", style == CS_LINES_SSE ? 6 : 0, error)
              && cs_line_reader_feed (reader, text, length, error) && cs_line_reader_feed (reader, "\n", 1, error);
  return goes_on && cs_line_reader_feed (reader, "\n", 1, error);
}

static void
test_too_large (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (feed_lines (CS_LINES_NDJSON, 10, MAX_LENGTH, &error));
  g_assert_true (feed_lines (CS_LINES_SSE, 1, MAX_LENGTH, &error));
  g_assert_no_error (error);
  g_assert_false (feed_lines (CS_LINES_NDJSON, 1, MAX_LENGTH + 4, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_false (feed_lines (CS_LINES_SSE, 1, MAX_LENGTH + 1, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_false (feed_lines (CS_LINES_SSE, 10, 20, &error)); /* an event that never ends */
  g_assert_error (error, CS_ERROR, CS_ERROR_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/lines/messages", test_messages);
  g_test_add_func ("/net/lines/random-pieces", test_random_pieces);
  g_test_add_func ("/net/lines/nul", test_nul);
  g_test_add_func ("/net/lines/enough", test_enough);
  g_test_add_func ("/net/lines/too-large", test_too_large);
  return g_test_run ();
}
