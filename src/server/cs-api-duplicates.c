/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at a text that cs_json_scan() has found good: for members that one object names twice, and for more values than any
 * call has, which would cost json-glib a second. No recursion. Any thread. */
#include "config.h"
#include "server/cs-api-duplicates.h"

#include <string.h>

#define MAX_VALUES 10000
#define MAX_SHOWN 60 /* characters of a name in the message */

typedef struct
{
  const char *at;
  const char *end;
  guint depth;
  guint n_values;
  GHashTable *names[CS_JSON_MAX_DEPTH]; /* (element-type utf8) of the objects that are open; NULL: a list, or no member yet */
  gboolean is_object[CS_JSON_MAX_DEPTH];
  gboolean is_name; /* the next string is the name of a member */
} Search;

static void
append_escape (GString *name, const char **at)
{
  static const char plain[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
  gunichar value = 0;

  if (**at != 'u')
    {
      g_string_append_c (name, strchr (plain, *(*at)++)[1]);
      return;
    }
  for (int i = 0; i < 4; i++)
    value = value << 4 | g_ascii_xdigit_value (*++*at);
  ++*at;
  if (value >= 0xd800 && value < 0xdc00) /* the scan has seen its other half */
    {
      gunichar low = 0;

      for (int i = 0; i < 4; i++)
        low = low << 4 | g_ascii_xdigit_value ((*at)[2 + i]);
      *at += 6;
      value = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
    }
  g_string_append_unichar (name, value);
}

/* Reads the string at the search, and stands behind it. Returns: (transfer full): what it means. */
static char *
read_name (Search *search)
{
  GString *name = g_string_new (NULL);

  search->at++;
  while (*search->at != '"')
    {
      if (*search->at != '\\')
        g_string_append_c (name, *search->at++);
      else
        {
          search->at++;
          append_escape (name, &search->at);
        }
    }
  search->at++;
  return g_string_free (name, FALSE);
}

static void
skip_string (Search *search)
{
  search->at++;
  while (*search->at != '"')
    search->at += *search->at == '\\' ? 2 : 1;
  search->at++;
}

/* Returns: FALSE when the object has a member of this name already. */
static gboolean
take_name (Search *search, GError **error)
{
  GHashTable **names = &search->names[search->depth - 1];
  char *name = read_name (search);
  g_autofree char *shown = NULL;

  search->is_name = FALSE;
  if (*names == NULL)
    *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  shown = g_hash_table_contains (*names, name) ? cs_text_ellipsize (name, MAX_SHOWN) : NULL;
  g_hash_table_add (*names, name);
  if (shown == NULL)
    return TRUE;
  cs_set_error (error, CS_ERROR_MALFORMED, _ ("The JSON names “%s” twice in one object. Leave one of them out."), shown);
  return FALSE;
}

static void
open_container (Search *search, gboolean is_object)
{
  search->is_object[search->depth++] = is_object;
  search->is_name = is_object;
}

static void
close_container (Search *search)
{
  search->depth--;
  g_clear_pointer (&search->names[search->depth], g_hash_table_unref);
}

/* Each value but the first of all stands behind a bracket or a comma. */
static gboolean
count_value (Search *search, GError **error)
{
  if (++search->n_values <= MAX_VALUES)
    return TRUE;
  cs_set_error (error, CS_ERROR_TOO_LARGE, _ ("The JSON holds more than %d values. Send less."), MAX_VALUES);
  return FALSE;
}

static gboolean
step (Search *search, GError **error)
{
  char c = *search->at;

  if ((c == '{' || c == '[' || c == ',') && !count_value (search, error))
    return FALSE;
  if (c == '"' && search->is_name)
    return take_name (search, error);
  if (c == '"')
    {
      skip_string (search);
      return TRUE;
    }
  if (c == '{' || c == '[')
    open_container (search, c == '{');
  else if (c == '}' || c == ']')
    close_container (search);
  else if (c == ',')
    search->is_name = search->is_object[search->depth - 1];
  search->at++;
  return TRUE;
}

/**
 * cs_api_duplicates_check:
 * @json: one value, which cs_json_scan() has found good
 *
 * Errors: CS_ERROR_MALFORMED: an object names a member twice, however the name is written; CS_ERROR_TOO_LARGE: there are more
 * values than any call has.
 */
gboolean
cs_api_duplicates_check (const char *json, gsize length, GError **error)
{
  Search search = { .at = json, .end = json + length };
  gboolean good = TRUE;

  while (good && search.at < search.end)
    good = step (&search, error);
  while (search.depth > 0)
    close_container (&search);
  return good;
}
