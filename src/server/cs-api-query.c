/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind the question mark, read strictly: the first value that is wrong is the answer. Main thread. */
#include "config.h"
#include "server/cs-api-query.h"

#include <string.h>

#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
#define LONGEST_TIME 40 /* characters of a time with all that may stand in it */

static void complain (CsApiQuery *self, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
complain (CsApiQuery *self, const char *name, const char *format, ...)
{
  va_list args;

  if (self->error != NULL)
    return;
  va_start (args, format);
  self->error = g_error_new_valist (CS_ERROR, CS_ERROR_INVALID_VALUE, format, args);
  va_end (args);
  self->field = name;
}

/**
 * cs_api_query_get_text:
 * @name: static
 *
 * Returns: (transfer none) (nullable): the value as text that may be looked for; NULL: there is none, or it is an error.
 */
const char *
cs_api_query_get_text (CsApiQuery *self, const char *name, gsize max_characters)
{
  const char *value = cs_api_call_get_query (self->call, name);

  if (value == NULL)
    return NULL;
  if (!g_utf8_validate (value, -1, NULL))
    complain (self, name, _ ("“%s” is not valid UTF-8 text."), name);
  else if ((gsize) g_utf8_strlen (value, -1) > max_characters)
    complain (self, name, _ ("“%s” is too long: at most %d characters."), name, (int) max_characters);
  else
    return value;
  return NULL;
}

/** cs_api_query_get_int: Returns: the whole number; @fallback: there is none, or it is an error. */
gint64
cs_api_query_get_int (CsApiQuery *self, const char *name, gint64 minimum, gint64 maximum, gint64 fallback)
{
  const char *text = cs_api_call_get_query (self->call, name);
  gint64 value = fallback;

  if (text != NULL && !cs_text_parse_int (text, minimum, maximum, &value))
    complain (self, name, _ ("“%s” must be a whole number from %lld to %lld."), name, (long long) minimum, (long long) maximum);
  return value;
}

/** cs_api_query_get_boolean: Returns: whether it is there, and 1 or true. */
gboolean
cs_api_query_get_boolean (CsApiQuery *self, const char *name)
{
  const char *text = cs_api_call_get_query (self->call, name);

  if (text == NULL || strcmp (text, "0") == 0 || strcmp (text, "false") == 0)
    return FALSE;
  if (strcmp (text, "1") != 0 && strcmp (text, "true") != 0)
    complain (self, name, _ ("“%s” must be true or false."), name);
  return TRUE;
}

/**
 * cs_api_query_get_word:
 * @words: the words that it may be, with NULL behind them
 *
 * Returns: which of them it is; @fallback: there is none, or it is an error.
 */
int
cs_api_query_get_word (CsApiQuery *self, const char *name, const char *const *words, int fallback)
{
  const char *text = cs_api_call_get_query (self->call, name);
  g_autofree char *all = NULL;

  if (text == NULL)
    return fallback;
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], text) == 0)
      return i;
  all = g_strjoinv (", ", (GStrv) words);
  complain (self, name, _ ("“%s” must be one of: %s."), name, all);
  return fallback;
}

/**
 * cs_api_query_get_time:
 * @is_end: the time that is asked for is the end of a span: a day is meant with all of its hours
 *
 * Returns: microseconds since the epoch; 0: there is none, or it is an error.
 */
gint64
cs_api_query_get_time (CsApiQuery *self, const char *name, gboolean is_end)
{
  const char *text = cs_api_call_get_query (self->call, name);
  g_autofree char *meant = text != NULL ? g_strndup (text, LONGEST_TIME) : NULL;
  gint64 time = 0;

  if (text == NULL)
    return 0;
  if (strchr (meant, 'T') != NULL)
    g_strdelimit (meant, " ", '+'); /* a plus in an address means a space, which not everybody knows */
  if (strlen (text) >= LONGEST_TIME || !cs_text_parse_time (meant, &time))
    complain (self, name, _ ("“%s” must be a day as 2026-11-29 or a time as 2026-11-29T08:00:00Z."), name);
  else if (is_end && strlen (meant) == strlen ("2026-11-29"))
    time += DAY;
  return time;
}

/** cs_api_query_check: Returns: TRUE when all that was read is good; else it has answered, and names what is not. */
gboolean
cs_api_query_check (CsApiQuery *self)
{
  if (self->error == NULL)
    return TRUE;
  cs_api_call_refuse_field (self->call, self->error, self->field);
  return FALSE;
}

void
cs_api_query_clear (CsApiQuery *self)
{
  g_clear_error (&self->error);
}
