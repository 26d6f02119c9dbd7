/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --from and --to: days as people write them, or moments as programs do. Any thread. */
#include "config.h"
#include "cli/cs-time-option.h"

#include <string.h>

#define DAY_LENGTH 10 /* characters of YYYY-MM-DD */

/* @next: the day after. FALSE when @text is no day of the calendar. */
static gboolean
read_day (const char *text, gboolean next, gint64 *time)
{
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) midnight = NULL;
  gint64 unused;

  if (strlen (text) != DAY_LENGTH || !cs_text_parse_time (text, &unused))
    return FALSE;
  day = g_date_time_new_local ((int) g_ascii_strtoll (text, NULL, 10), (int) g_ascii_strtoll (text + 5, NULL, 10),
                               (int) g_ascii_strtoll (text + 8, NULL, 10), 0, 0, 0);
  midnight = day != NULL && next ? g_date_time_add_days (day, 1) : g_steal_pointer (&day);
  if (midnight == NULL)
    return FALSE;
  *time = g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
  return TRUE;
}

static gboolean
read_time (CsArguments *arguments, const char *name, gboolean is_end, gint64 *time, GError **error)
{
  const char *text = cs_arguments_get (arguments, name);
  g_autofree char *shown = NULL;

  if (text == NULL || read_day (text, is_end, time)
      || (strlen (text) > DAY_LENGTH && cs_text_parse_time (text, time)))
    return TRUE;
  shown = cs_text_ellipsize (text, 40);
  cs_set_error (error, CS_ERROR_INVALID_VALUE,
                /* translators: 1: an option, 2: what was given */
                _ ("--%1$s cannot be “%2$s”: write a day as 2026-11-29, or a moment as 2026-11-29T08:00:00Z."), name,
                shown);
  return FALSE;
}

/**
 * cs_arguments_get_period:
 * @from: (out): microseconds since the epoch; 0: from the first
 * @to: (out): the first moment that is not in it any more; 0: to the last
 *
 * A day is one of this computer's place, from midnight; the day of --to is in it. Errors: %CS_ERROR_INVALID_VALUE.
 */
gboolean
cs_arguments_get_period (CsArguments *arguments, gint64 *from, gint64 *to, GError **error)
{
  gint64 first = G_MININT64;
  gint64 end = G_MAXINT64;
  const char *last = cs_arguments_get (arguments, "to");
  gboolean is_day = last != NULL && strlen (last) == DAY_LENGTH; /* whose end is the beginning of the next one */

  if (!read_time (arguments, "from", FALSE, &first, error) || !read_time (arguments, "to", TRUE, &end, error))
    return FALSE;
  if (first > end || (is_day && first == end))
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("--from is after --to: there is nothing between them. Swap them."));
      return FALSE;
    }
  *from = MAX (first, 0); /* there was no studio before the epoch, and 0 has a meaning of its own */
  *to = end == G_MAXINT64 ? 0 : MAX (end, 1);
  return TRUE;
}
