/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A strict scanner for RFC 8259 that builds nothing. It stands before json-glib, which overflows its stack on
 * deep nesting, wraps large integers and takes text that is not JSON. No recursion, no allocation. Any
 * thread.
 */
#include "config.h"
#include "core/cs-json.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

#include <math.h>
#include <string.h>

#define MAX_NUMBER_LENGTH 1100 /* more than the longest exact decimal of a double */

/* What may stand at the place where the scanner is. */
typedef enum
{
  EXPECT_VALUE,
  EXPECT_ELEMENT_OR_END,
  EXPECT_MEMBER_OR_END,
  EXPECT_MEMBER,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING,
} Expect;

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  guint depth;
  guint n_containers;
  guint64 objects; /* bit n: level n is an object, not an array */
  Expect expect;
  GError **error;
} Scan;

G_STATIC_ASSERT (CS_JSON_MAX_DEPTH <= 64);

static gboolean
fail (Scan *scan)
{
  cs_set_error (scan->error, CS_ERROR_MALFORMED, _ ("This is not valid JSON: look at byte %zu."),
                (gsize) (scan->at - scan->start));
  return FALSE;
}

static gboolean
fail_number (Scan *scan)
{
  cs_set_error (scan->error, CS_ERROR_MALFORMED,
                _ ("The JSON holds a number that is out of range: look at byte %zu."),
                (gsize) (scan->at - scan->start));
  return FALSE;
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end
         && (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' || *scan->at == '\t'))
    scan->at++;
}

static gboolean
skip_literal (Scan *scan, const char *literal)
{
  gsize length = strlen (literal);

  if ((gsize) (scan->end - scan->at) < length || memcmp (scan->at, literal, length) != 0)
    return fail (scan);
  scan->at += length;
  return TRUE;
}

/* Four hexadecimal digits; -1 when they are not there. */
static int
read_hex (const char *at, const char *end)
{
  int value = 0;

  if (end - at < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      value = value << 4 | digit;
    }
  return value;
}

/* The scanner is behind `\u`. No U+0000 (C strings end there), no half of a surrogate pair. */
static gboolean
skip_unicode_escape (Scan *scan)
{
  int value = read_hex (scan->at, scan->end);
  int low;

  if (value <= 0 || (value >= 0xdc00 && value <= 0xdfff))
    return fail (scan);
  scan->at += 4;
  if (value < 0xd800 || value > 0xdbff)
    return TRUE;

  if (scan->end - scan->at < 6 || scan->at[0] != '\\' || scan->at[1] != 'u')
    return fail (scan);
  low = read_hex (scan->at + 2, scan->end);
  if (low < 0xdc00 || low > 0xdfff)
    return fail (scan);
  scan->at += 6;
  return TRUE;
}

static gboolean
skip_string (Scan *scan)
{
  scan->at++;
  while (scan->at < scan->end)
    {
      guchar c = *scan->at;

      if (c < 0x20)
        return fail (scan);
      scan->at++;
      if (c == '"')
        return TRUE;
      if (c != '\\')
        continue;
      if (scan->at == scan->end || strchr ("\"\\/bfnrtu", *scan->at) == NULL)
        return fail (scan);
      if (*scan->at++ == 'u' && !skip_unicode_escape (scan))
        return FALSE;
    }
  return fail (scan);
}

static gboolean
skip_digits (Scan *scan)
{
  const char *first = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return scan->at > first;
}

static gboolean
is_at (Scan *scan, const char *characters)
{
  return scan->at < scan->end && *scan->at != '\0' && strchr (characters, *scan->at) != NULL;
}

static gboolean
check_range (Scan *scan, const char *first, gboolean is_integer)
{
  char text[MAX_NUMBER_LENGTH + 1];
  gsize length = scan->at - first;

  if (length > MAX_NUMBER_LENGTH)
    return fail_number (scan);
  memcpy (text, first, length);
  text[length] = '\0';
  if (is_integer ? g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, NULL, NULL)
                 : isfinite (g_ascii_strtod (text, NULL)))
    return TRUE;
  return fail_number (scan);
}

static gboolean
skip_number (Scan *scan)
{
  const char *first = scan->at;
  gboolean is_integer = TRUE;

  if (*scan->at == '-')
    scan->at++;
  if (is_at (scan, "0"))
    scan->at++;
  else if (!skip_digits (scan))
    return fail (scan);
  if (is_at (scan, "."))
    {
      is_integer = FALSE;
      scan->at++;
      if (!skip_digits (scan))
        return fail (scan);
    }
  if (is_at (scan, "eE"))
    {
      is_integer = FALSE;
      scan->at++;
      if (is_at (scan, "+-"))
        scan->at++;
      if (!skip_digits (scan))
        return fail (scan);
    }
  return check_range (scan, first, is_integer);
}

static gboolean
open_container (Scan *scan, gboolean is_object)
{
  if (scan->depth == CS_JSON_MAX_DEPTH)
    {
      cs_set_error (scan->error, CS_ERROR_MALFORMED, _ ("The JSON is nested deeper than %d levels."),
                    CS_JSON_MAX_DEPTH);
      return FALSE;
    }
  if (scan->n_containers++ == CS_JSON_MAX_CONTAINERS)
    {
      cs_set_error (scan->error, CS_ERROR_TOO_LARGE, _ ("The JSON holds more than %d lists and objects."),
                    CS_JSON_MAX_CONTAINERS);
      return FALSE;
    }
  scan->objects &= ~(G_GUINT64_CONSTANT (1) << scan->depth);
  scan->objects |= (guint64) is_object << scan->depth;
  scan->depth++;
  scan->at++;
  scan->expect = is_object ? EXPECT_MEMBER_OR_END : EXPECT_ELEMENT_OR_END;
  return TRUE;
}

static gboolean
in_object (Scan *scan)
{
  return scan->objects >> (scan->depth - 1) & 1;
}

static gboolean
close_container (Scan *scan)
{
  scan->depth--;
  scan->at++;
  scan->expect = scan->depth > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
  return TRUE;
}

static gboolean
scan_value (Scan *scan)
{
  char c = *scan->at;
  gboolean good;

  if (c == '{' || c == '[')
    return open_container (scan, c == '{');
  if (c == '"')
    good = skip_string (scan);
  else if (c == '-' || g_ascii_isdigit (c))
    good = skip_number (scan);
  else if (c == 't')
    good = skip_literal (scan, "true");
  else if (c == 'f')
    good = skip_literal (scan, "false");
  else
    good = skip_literal (scan, "null");
  scan->expect = scan->depth > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
  return good;
}

static gboolean
scan_member_name (Scan *scan)
{
  if (*scan->at != '"')
    return fail (scan);
  if (!skip_string (scan))
    return FALSE;
  skip_space (scan);
  if (!is_at (scan, ":"))
    return fail (scan);
  scan->at++;
  scan->expect = EXPECT_VALUE;
  return TRUE;
}

static gboolean
scan_comma (Scan *scan)
{
  if (*scan->at != ',')
    return fail (scan);
  scan->at++;
  scan->expect = in_object (scan) ? EXPECT_MEMBER : EXPECT_VALUE;
  return TRUE;
}

/* One step; the scanner stands on a character that is not white space. */
static gboolean
scan_step (Scan *scan)
{
  switch (scan->expect)
    {
    case EXPECT_VALUE:
      return scan_value (scan);
    case EXPECT_ELEMENT_OR_END:
      return *scan->at == ']' ? close_container (scan) : scan_value (scan);
    case EXPECT_MEMBER_OR_END:
      return *scan->at == '}' ? close_container (scan) : scan_member_name (scan);
    case EXPECT_MEMBER:
      return scan_member_name (scan);
    case EXPECT_COMMA_OR_END:
      return *scan->at == (in_object (scan) ? '}' : ']') ? close_container (scan) : scan_comma (scan);
    case EXPECT_NOTHING:
    default:
      return fail (scan);
    }
}

/**
 * cs_json_scan:
 * @data: text from outside, need not end with a NUL
 * @length: bytes of @data
 * @max_length: the most bytes that are taken
 *
 * Checks that @data is one JSON text that json-glib reads safely, exactly and soon: valid UTF-8, nested at most
 * %CS_JSON_MAX_DEPTH deep, of at most %CS_JSON_MAX_CONTAINERS objects and arrays, whole numbers that fit 64 bits,
 * other numbers that are finite, no U+0000, no lone surrogate.
 *
 * Errors: CS_ERROR_TOO_LARGE, CS_ERROR_MALFORMED.
 */
gboolean
cs_json_scan (const char *data, gsize length, gsize max_length, GError **error)
{
  Scan scan = { .start = data, .at = data, .end = data + length, .expect = EXPECT_VALUE, .error = error };

  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  if (length > max_length)
    {
      cs_set_error (error, CS_ERROR_TOO_LARGE, _ ("The JSON is too large: %zu bytes, at most %zu are taken."),
                    length, max_length);
      return FALSE;
    }
  if (length > 0 && !g_utf8_validate_len (data, length, &scan.at))
    {
      cs_set_error (error, CS_ERROR_MALFORMED, _ ("The JSON is not valid UTF-8 text: look at byte %zu."),
                    (gsize) (scan.at - data));
      return FALSE;
    }

  scan.at = data;
  for (skip_space (&scan); scan.at < scan.end; skip_space (&scan))
    if (!scan_step (&scan))
      return FALSE;
  return scan.expect == EXPECT_NOTHING || fail (&scan);
}
