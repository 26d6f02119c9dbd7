/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Takes a stream of events (SSE) or of JSON lines apart, however it is cut. Lines are gathered as bytes, and only whole
 * messages are looked at as text, so that a character may lie across two pieces. Bounded: no line and no message is
 * longer than was agreed.
 */
#include "config.h"
#include "net/cs-line-reader.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

#include <string.h>

#define BOM "\xef\xbb\xbf"

struct _CsLineReader
{
  CsLineStyle style;
  gsize max_length;
  CsLineFunc func;
  gpointer user_data;

  GString *line;       /* what there is of the line that is being read */
  GString *data;       /* of an event: its lines of data so far, each with its line feed */
  gboolean has_data;
  gboolean was_return; /* the last byte was a carriage return: a line feed now belongs to it */
  gboolean is_begun;   /* the first line is over: no byte order mark any more */
  gboolean is_over;    /* the reader of the messages has heard enough, or there was an error */
};

/**
 * cs_line_reader_new:
 * @max_length: the most bytes that a message may have
 * @func: gets each message
 */
CsLineReader *
cs_line_reader_new (CsLineStyle style, gsize max_length, CsLineFunc func, gpointer user_data)
{
  CsLineReader *self;

  g_return_val_if_fail (func != NULL && max_length > 0 && max_length < G_MAXSSIZE, NULL);

  self = g_new0 (CsLineReader, 1);
  self->style = style;
  self->max_length = max_length;
  self->func = func;
  self->user_data = user_data;
  self->line = g_string_new (NULL);
  self->data = g_string_new (NULL);
  return self;
}

void
cs_line_reader_free (CsLineReader *self)
{
  if (self == NULL)
    return;
  g_string_free (self->line, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self);
}

static gboolean
set_too_large (CsLineReader *self, GError **error)
{
  self->is_over = TRUE;
  cs_set_error (error, CS_ERROR_TOO_LARGE, _ ("A part of the answer is too large."));
  return FALSE;
}

/* Hands a message out as text. */
static gboolean
emit (CsLineReader *self, const char *message, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (message, length);

  if (!self->func (valid, strlen (valid), self->user_data))
    self->is_over = TRUE;
  return !self->is_over;
}

static gboolean
is_blank (const GString *line)
{
  for (gsize i = 0; i < line->len; i++)
    if (!g_ascii_isspace (line->str[i]))
      return FALSE;
  return TRUE;
}

/* The empty line: the event is whole. One without data is nothing. */
static gboolean
end_event (CsLineReader *self)
{
  gboolean goes_on = TRUE;

  if (self->has_data)
    goes_on = emit (self, self->data->str, self->data->len - 1);
  g_string_truncate (self->data, 0);
  self->has_data = FALSE;
  return goes_on;
}

/* "data: text" or "data:text" or "data"; all other fields, and comments, are passed over. */
static gboolean
take_field (CsLineReader *self, GError **error)
{
  const char *value = self->line->str + strlen ("data");
  gsize length = self->line->len - MIN (self->line->len, strlen ("data"));

  if (!g_str_has_prefix (self->line->str, "data") || (length > 0 && value[0] != ':'))
    return TRUE;
  if (length > 0)
    value++, length--;
  if (length > 0 && value[0] == ' ')
    value++, length--;
  if (self->data->len + length > self->max_length)
    return set_too_large (self, error);
  g_string_append_len (self->data, value, length);
  g_string_append_c (self->data, '\n');
  self->has_data = TRUE;
  return TRUE;
}

static gboolean
end_line (CsLineReader *self, GError **error)
{
  gboolean goes_on = TRUE;

  if (!self->is_begun && g_str_has_prefix (self->line->str, BOM))
    g_string_erase (self->line, 0, strlen (BOM));
  self->is_begun = TRUE;
  if (self->style == CS_LINES_NDJSON)
    goes_on = is_blank (self->line) || emit (self, self->line->str, self->line->len);
  else if (self->line->len == 0)
    goes_on = end_event (self);
  else
    goes_on = take_field (self, error);
  g_string_truncate (self->line, 0);
  return goes_on;
}

/* How many bytes belong to this line. */
static gsize
find_end (const char *data, gsize length)
{
  gsize i = 0;

  while (i < length && data[i] != '\n' && data[i] != '\r')
    i++;
  return i;
}

/* The field name, a byte order mark and such come on top of the message. */
static gboolean
append (CsLineReader *self, const char *data, gsize length, GError **error)
{
  gsize room = self->max_length + (self->style == CS_LINES_SSE ? strlen (BOM "data: ") : strlen (BOM));

  if (self->line->len + length > room)
    return set_too_large (self, error);
  g_string_append_len (self->line, data, length);
  return TRUE;
}

/**
 * cs_line_reader_feed:
 * @data: the next piece, of any size
 *
 * Returns: FALSE when no more is wanted: the reader of the messages said so (no error is set), or there is an error,
 * which is CS_ERROR_TOO_LARGE.
 */
gboolean
cs_line_reader_feed (CsLineReader *self, const char *data, gsize length, GError **error)
{
  g_return_val_if_fail (self != NULL && (data != NULL || length == 0), FALSE);

  while (length > 0 && !self->is_over)
    {
      gsize end;

      if (self->was_return && data[0] == '\n')
        data++, length--;
      self->was_return = FALSE;
      end = find_end (data, length);
      if (!append (self, data, end, error))
        return FALSE;
      if (end == length)
        break;
      self->was_return = data[end] == '\r';
      if (!end_line (self, error))
        return FALSE;
      data += end + 1;
      length -= end + 1;
    }
  return !self->is_over;
}

/**
 * cs_line_reader_end:
 *
 * The stream is over. A last line without its end is a message of NDJSON; what has come of an event is none, for the
 * rest of it may be missing.
 *
 * Returns: as cs_line_reader_feed().
 */
gboolean
cs_line_reader_end (CsLineReader *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->is_over && self->style == CS_LINES_NDJSON && self->line->len > 0)
    end_line (self, error);
  return !self->is_over;
}
