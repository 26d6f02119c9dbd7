/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times and whole numbers as programs write them, read strictly. Any thread. */
#include "config.h"
#include "core/cs-text.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MIN_TIME (G_GINT64_CONSTANT (-62167219200) * SECOND)     /* year 0 */
#define MAX_TIME (G_GINT64_CONSTANT (253402300800) * SECOND - 1) /* end of year 9999 */

/* Days since 1970-01-01 in the Gregorian calendar; years are counted from March so that leap days come last.
 */
static gint64
days_from_date (int year, int month, int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static void
date_from_days (gint64 days, int *year, int *month, int *day)
{
  gint64 shifted = days + 719468;
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  gint64 day_of_era = shifted - era * 146097;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 shifted_month = (5 * day_of_year + 2) / 153;

  *day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  *year = year_of_era + era * 400 + (*month <= 2);
}

/**
 * cs_text_format_time:
 * @time_us: microseconds since the epoch; outside the years 0 to 9999 the nearest time in them
 *
 * Returns: (transfer full): RFC 3339 in UTC to the millisecond, for example `2026-11-22T10:00:00.123Z`.
 */
char *
cs_text_format_time (gint64 time_us)
{
  gint64 time = CLAMP (time_us, MIN_TIME, MAX_TIME);
  gint64 day_us = 86400 * SECOND;
  gint64 days = time / day_us - (time % day_us < 0);
  gint64 ms = (time - days * day_us) / 1000;
  int year, month, day;

  date_from_days (days, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month, day, (int) (ms / 3600000),
                          (int) (ms / 60000 % 60), (int) (ms / 1000 % 60), (int) (ms % 1000));
}

/* Exactly @count digits, at least @minimum and at most @maximum. */
static gboolean
read_number (const char **at, int count, int minimum, int maximum, int *value)
{
  *value = 0;
  for (int i = 0; i < count; i++, (*at)++)
    {
      if (!g_ascii_isdigit (**at))
        return FALSE;
      *value = *value * 10 + (**at - '0');
    }
  return *value >= minimum && *value <= maximum;
}

static gboolean
read_character (const char **at, const char *characters)
{
  if (**at == '\0' || strchr (characters, **at) == NULL)
    return FALSE;
  (*at)++;
  return TRUE;
}

static gboolean
read_date (const char **at, gint64 *days)
{
  int year, month, day;

  if (!read_number (at, 4, 0, 9999, &year) || !read_character (at, "-") || !read_number (at, 2, 1, 12, &month)
      || !read_character (at, "-") || !read_number (at, 2, 1, 31, &day))
    return FALSE;
  if (day > 28 && day > g_date_get_days_in_month (month, year > 0 ? year : 400))
    return FALSE;
  *days = days_from_date (year, month, day);
  return TRUE;
}

/* `.` and digits, of which six count; nothing is right too. */
static gboolean
read_fraction (const char **at, gint64 *micros)
{
  int digits = 0;

  *micros = 0;
  if (!read_character (at, "."))
    return TRUE;
  for (; g_ascii_isdigit (**at); (*at)++, digits++)
    if (digits < 6)
      *micros = *micros * 10 + (**at - '0');
  for (int i = digits; i < 6; i++)
    *micros *= 10;
  return digits > 0;
}

/* `Z` or `+HH:MM`. */
static gboolean
read_offset (const char **at, gint64 *seconds)
{
  int sign = **at == '-' ? -1 : 1;
  int hours, minutes;

  *seconds = 0;
  if (read_character (at, "Zz"))
    return TRUE;
  if (!read_character (at, "+-") || !read_number (at, 2, 0, 23, &hours) || !read_character (at, ":")
      || !read_number (at, 2, 0, 59, &minutes))
    return FALSE;
  *seconds = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

/**
 * cs_text_parse_time:
 * @text: (nullable): RFC 3339 with an offset, or a date alone, which is its midnight in UTC
 * @time_us: (out): microseconds since the epoch; untouched on failure
 *
 * Returns: FALSE when @text is anything else.
 */
gboolean
cs_text_parse_time (const char *text, gint64 *time_us)
{
  const char *at = text;
  gint64 days, micros, offset;
  int hour, minute, second;

  if (text == NULL || !read_date (&at, &days))
    return FALSE;
  if (*at == '\0')
    {
      *time_us = days * 86400 * SECOND;
      return TRUE;
    }
  if (!read_character (&at, "Tt ") || !read_number (&at, 2, 0, 23, &hour) || !read_character (&at, ":")
      || !read_number (&at, 2, 0, 59, &minute) || !read_character (&at, ":")
      || !read_number (&at, 2, 0, 60, &second) || !read_fraction (&at, &micros) || !read_offset (&at, &offset)
      || *at != '\0')
    return FALSE;
  *time_us = (days * 86400 + hour * 3600 + minute * 60 + second - offset) * SECOND + micros;
  return TRUE;
}

/**
 * cs_text_parse_int:
 * @text: (nullable): decimal digits, with a minus before them or not, and nothing else
 * @value: (out): untouched on failure
 *
 * Returns: FALSE when @text is anything else, or not between @minimum and @maximum.
 */
gboolean
cs_text_parse_int (const char *text, gint64 minimum, gint64 maximum, gint64 *value)
{
  g_return_val_if_fail (minimum <= maximum && value != NULL, FALSE);

  if (text == NULL || (!g_ascii_isdigit (text[0]) && text[0] != '-'))
    return FALSE;
  if (text[0] == '-' && !g_ascii_isdigit (text[1]))
    return FALSE;
  return g_ascii_string_to_signed (text, 10, minimum, maximum, value, NULL);
}
