/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of a file as they are asked for; pure. */
#include "config.h"
#include "server/cs-api-range.h"

#include <string.h>

#define UNIT "bytes"

/* Digits; those that no file is long enough for are as good as the largest number. FALSE: there is none. */
static gboolean
read_number (const char **at, gint64 *number)
{
  const char *start = *at;

  *number = 0;
  for (; g_ascii_isdigit (**at); (*at)++)
    *number = *number > (G_MAXINT64 - 9) / 10 ? G_MAXINT64 : *number * 10 + (**at - '0');
  return *at > start;
}

static void
skip_space (const char **at)
{
  while (**at == ' ' || **at == '\t')
    (*at)++;
}

/* One part: "0-99", "100-", "-100". FALSE: it is none of these. */
static gboolean
read_part (const char *at, gint64 size, gint64 *first, gint64 *last)
{
  gboolean has_first;
  gboolean has_last;

  skip_space (&at);
  has_first = read_number (&at, first);
  if (*at++ != '-')
    return FALSE;
  has_last = read_number (&at, last);
  skip_space (&at);
  if (*at != '\0' || (!has_first && !has_last) || (has_first && has_last && *last < *first))
    return FALSE;
  if (!has_first)
    {
      *first = *last > 0 ? MAX (size - *last, 0) : size;
      has_last = FALSE;
    }
  if (!has_last || *last >= size)
    *last = size - 1;
  return TRUE;
}

/**
 * cs_api_range_read:
 * @text: (nullable): the value of the header
 * @size: of the file, in bytes
 */
CsApiRange
cs_api_range_read (const char *text, gint64 size, gint64 *first, gint64 *last)
{
  gint64 from;
  gint64 to;

  *first = 0;
  *last = size - 1;
  if (text == NULL || g_ascii_strncasecmp (text, UNIT, strlen (UNIT)) != 0)
    return CS_API_RANGE_WHOLE;
  text += strlen (UNIT);
  skip_space (&text);
  if (*text != '=' || !read_part (text + 1, size, &from, &to))
    return CS_API_RANGE_WHOLE;
  if (from >= size)
    return CS_API_RANGE_NOWHERE;
  *first = from;
  *last = to;
  return CS_API_RANGE_PART;
}
