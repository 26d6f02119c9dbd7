/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/cs-line-reader.h"

#include "cs-fuzz.h"

#define MAX_LENGTH 200

static gboolean
gather_cb (const char *message, gsize length, gpointer user_data)
{
  cs_fuzz_expect (message[length] == '\0' && g_utf8_validate (message, length, NULL));
  g_string_append_printf (user_data, "%" G_GSIZE_FORMAT ":%s;", length, message);
  return TRUE;
}

/* All messages, and how it ended. Pieces of @cut bytes and fewer, each in memory of its own; 0: all in one. */
static char *
read_all (CsLineStyle style, const uint8_t *data, size_t size, guint cut)
{
  GString *messages = g_string_new (NULL);
  g_autoptr (CsLineReader) reader = cs_line_reader_new (style, MAX_LENGTH, gather_cb, messages);
  gboolean goes_on = TRUE;
  guint turn = cut;

  for (size_t at = 0, piece; at < size && goes_on; at += piece)
    {
      g_autofree char *copy = NULL;

      turn = turn * 1103515245 + 12345;
      piece = cut == 0 ? size : MIN (size - at, (turn >> 16) % cut + 1);
      copy = g_memdup2 (data + at, piece);
      goes_on = cs_line_reader_feed (reader, copy, piece, NULL);
    }
  goes_on = goes_on && cs_line_reader_end (reader, NULL);
  g_string_append_c (messages, goes_on ? '.' : '!');
  return g_string_free (messages, FALSE);
}

/* However a stream is cut, its messages are the same. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  CsLineStyle style;
  g_autofree char *whole = NULL;

  if (size < 2)
    return 0;
  style = data[0] % 2 == 0 ? CS_LINES_SSE : CS_LINES_NDJSON;
  whole = read_all (style, data + 2, size - 2, 0);
  for (guint cut = 1; cut < 4; cut++)
    {
      g_autofree char *cut_up = read_all (style, data + 2, size - 2, cut == 3 ? data[1] + 1 : cut);

      cs_fuzz_expect (g_str_equal (cut_up, whole));
    }
  return 0;
}
