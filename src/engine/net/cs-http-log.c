/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What went over the wire, on stderr, when CREATIVE_STUDIO_DEBUG names "http": one line a request and one an answer.
 * Never a body, never the value of a header that is not the number of a request, never a query; and all of it redacted.
 */
#include "config.h"
#include "net/cs-http-private.h"

#include "core/cs-redact.h"
#include "core/cs-text.h"

#define MAX_LINE 400 /* characters */

static void
append_place (GString *line, const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    g_string_append (line, "?");
  else if (g_uri_get_port (uri) > 0)
    g_string_append_printf (line, "%s:%d%s", g_uri_get_host (uri), g_uri_get_port (uri), g_uri_get_path (uri));
  else
    g_string_append_printf (line, "%s%s", g_uri_get_host (uri), g_uri_get_path (uri));
}

static void
append_answer (GString *line, const CsHttpAnswer *answer, gint64 microseconds)
{
  if (answer->status != 0)
    g_string_append_printf (line, " -> %u", answer->status);
  else
    g_string_append (line, answer->was_sent ? " -> no answer" : " -> not sent");
  g_string_append_printf (line, ", %" G_GSIZE_FORMAT " bytes, %" G_GINT64_FORMAT " ms", answer->length, microseconds / 1000);
  if (answer->request_id != NULL)
    g_string_append_printf (line, ", id %s", answer->request_id);
  if (answer->error != NULL)
    g_string_append_printf (line, ", %s", answer->error->message);
}

/** _cs_http_log_is_on: Returns: whether somebody asked for it. */
gboolean
_cs_http_log_is_on (void)
{
  const char *wish = g_getenv ("CREATIVE_STUDIO_DEBUG");
  g_auto (GStrv) words = g_strsplit_set (wish != NULL ? wish : "", ", :;", -1);

  return g_strv_contains ((const char *const *) words, "http") || g_strv_contains ((const char *const *) words, "all");
}

/**
 * _cs_http_log:
 * @number: which call it is, so that a request and its answer are found together
 * @answer: (nullable): how it ended; NULL: it begins
 * @microseconds: how long it took
 */
void
_cs_http_log (guint number, const CsHttpCall *call, const CsHttpAnswer *answer, gint64 microseconds)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *clean = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *cut = NULL;

  g_string_append_printf (line, "http %u: %s ", number, call->method);
  append_place (line, call->address);
  if (answer != NULL)
    append_answer (line, answer, microseconds);
  else if (call->body != NULL)
    g_string_append_printf (line, ", %" G_GSIZE_FORMAT " bytes", g_bytes_get_size (call->body));
  clean = cs_redact_text (line->str);
  valid = g_utf8_make_valid (clean, -1);
  cut = cs_text_ellipsize (g_strdelimit (valid, "\r\n\033", ' '), MAX_LINE);
  g_printerr ("%s\n", cut);
}
