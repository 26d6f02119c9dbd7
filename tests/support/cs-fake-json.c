/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the fake servers write and read JSON. Any thread. */
#include "config.h"
#include "cs-fake-json.h"

#include "core/cs-json.h"

static void
append_node (GString *out, JsonNode *node)
{
  g_autofree char *text = node != NULL ? cs_json_to_string (node, FALSE) : g_strdup ("null");

  g_string_append (out, text);
}

static void
append_string (GString *out, const char *text)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  append_node (out, text != NULL ? node : NULL);
}

static void
append_double (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, "%.6f", number));
}

/** cs_fake_json: Returns: (transfer full): the pattern with its places filled. */
char *
cs_fake_json (const char *pattern, ...)
{
  GString *out = g_string_new (NULL);
  va_list list;

  va_start (list, pattern);
  for (const char *p = pattern; *p != '\0'; p++)
    {
      if (*p != '%')
        {
          g_string_append_c (out, *p == '\'' ? '"' : *p);
          continue;
        }
      switch (*++p)
        {
        case 's':
          append_string (out, va_arg (list, const char *));
          break;
        case 'd':
          g_string_append_printf (out, "%d", va_arg (list, int));
          break;
        case 'l':
          g_string_append_printf (out, "%" G_GINT64_FORMAT, va_arg (list, gint64));
          break;
        case 'g':
          append_double (out, va_arg (list, double));
          break;
        case 'b':
          g_string_append (out, va_arg (list, gboolean) ? "true" : "false");
          break;
        case 'j':
          append_node (out, va_arg (list, JsonNode *));
          break;
        case 'r':
          g_string_append (out, va_arg (list, const char *));
          break;
        default:
          g_assert_not_reached ();
        }
    }
  va_end (list);
  return g_string_free (out, FALSE);
}

char *
cs_fake_json_time (gint64 time_us)
{
  gint64 at = time_us != 0 ? time_us : g_get_real_time ();
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autofree char *seconds = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", seconds, (int) (at % G_USEC_PER_SEC / 1000));
}
