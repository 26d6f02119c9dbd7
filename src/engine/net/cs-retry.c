/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one policy of retries: what is worth asking again, and when. Pure; any thread. */
#include "config.h"
#include "net/cs-retry.h"

#include "core/cs-error.h"
#include "core/cs-text.h"

#include <libsoup/soup.h>
#include <string.h>

#define FIRST_DELAY (G_USEC_PER_SEC / 2)
#define MAX_DELAY (60 * G_USEC_PER_SEC)
#define MAX_SAID (24 * G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC) /* what a server may ask for */

/**
 * cs_retry_is_worth_it:
 *
 * Returns: whether the same call may end otherwise a little later: too many requests, trouble on the other side, or no
 * connection. Not when the server refused, lied or is not who it says it is.
 */
gboolean
cs_retry_is_worth_it (const CsHttpAnswer *answer)
{
  g_return_val_if_fail (answer != NULL, FALSE);

  if (answer->error != NULL)
    return g_error_matches (answer->error, CS_ERROR, CS_ERROR_OFFLINE)
           || (g_error_matches (answer->error, CS_ERROR, CS_ERROR_BAD_RESPONSE) && !answer->is_complete);
  return answer->status == 408 || answer->status == 425 || answer->status == 429
         || (answer->status >= 500 && answer->status != 501 && answer->status != 505);
}

/**
 * cs_retry_get_delay:
 * @tries_so_far: how often it was tried, from 1
 * @random: any number: so that many callers do not come back in the same moment
 *
 * Returns: microseconds to wait: half a second, doubled with each try, at most a minute, give or take a quarter; never
 * less than the server asked for.
 */
gint64
cs_retry_get_delay (const CsHttpAnswer *answer, int tries_so_far, guint32 random)
{
  gint64 delay;

  g_return_val_if_fail (answer != NULL, FIRST_DELAY);

  delay = MIN (FIRST_DELAY << CLAMP (tries_so_far - 1, 0, 10), MAX_DELAY);
  if (answer->retry_after > delay)
    return answer->retry_after + (gint64) (random % (G_USEC_PER_SEC / 4));
  delay = delay * 3 / 4 + (gint64) (delay / 2 * (random / (G_MAXUINT32 + 1.0)));
  return MAX (delay, answer->retry_after);
}

/**
 * cs_retry_parse_after:
 * @header: (nullable): the value of Retry-After
 * @now: the server's clock, microseconds since the epoch
 *
 * Returns: microseconds to wait, at most a day; 0 when it says nothing. "Now" is 1, so that it can be told from nothing.
 */
gint64
cs_retry_parse_after (const char *header, gint64 now)
{
  g_autofree char *text = g_strstrip (g_strdup (header != NULL ? header : ""));
  g_autoptr (GDateTime) date = NULL;
  gint64 seconds;

  if (cs_text_parse_int (text, 0, MAX_SAID / G_USEC_PER_SEC, &seconds))
    return MAX (seconds * G_USEC_PER_SEC, 1);
  if (text[0] != '\0' && strspn (text, "0123456789") == strlen (text))
    return MAX_SAID;
  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return 0;
  return CLAMP (g_date_time_to_unix (date) * G_USEC_PER_SEC - now, 1, MAX_SAID);
}

/* One number and its unit; moves @text behind them. */
static gboolean
parse_part (const char **text, double *microseconds)
{
  static const struct
  {
    const char *name;
    double microseconds;
  } units[] = { { "ms", 1e3 }, { "us", 1 }, { "µs", 1 }, { "ns", 1e-3 }, { "h", 3600e6 }, { "m", 60e6 }, { "s", 1e6 } };
  char *end;
  double number;

  if (!g_ascii_isdigit ((*text)[0]) && (*text)[0] != '.')
    return FALSE;
  number = g_ascii_strtod (*text, &end);
  if (end == *text || number < 0 || number > 1e9)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_prefix (end, units[i].name))
      {
        *microseconds += number * units[i].microseconds;
        *text = end + strlen (units[i].name);
        return TRUE;
      }
  return FALSE;
}

/**
 * cs_retry_parse_duration:
 * @text: (nullable): as "2m59.56s", "7.66s", "340ms"
 *
 * Returns: microseconds, at most a day; -1 when it is no duration.
 */
gint64
cs_retry_parse_duration (const char *text)
{
  double microseconds = 0;

  if (text == NULL || text[0] == '\0')
    return -1;
  while (text[0] != '\0')
    if (!parse_part (&text, &microseconds))
      return -1;
  return (gint64) MIN (microseconds, (double) MAX_SAID);
}
