/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers to what libsoup refuses by itself, without a body and in part with statuses that blame us. Main thread. */
#include "config.h"
#include "server/cs-api-refusal.h"

#include "server/cs-api-error.h"
#include "server/cs-api-language.h"

#include <string.h>

/* A request that cannot be read is the caller's fault, whatever cannot be read in it. */
static const struct
{
  guint libsoup;
  guint status;
  const char *phrase;
  const char *code;
  const char *words;
} refusals[] = {
  { CS_API_HEADERS_TOO_LARGE, 431, "Request Header Fields Too Large", "too_large",
    N_ ("The headers are larger than 64 KiB. Send less.") },
  { 417, 417, "Expectation Failed", "expectation_failed", N_ ("This server knows no other “Expect” than “100-continue”.") },
  { 501, 400, "Bad Request", "malformed", N_ ("This server knows no other “Transfer-Encoding” than “chunked”.") },
  { 505, 400, "Bad Request", "malformed", N_ ("This server speaks HTTP/1.1.") },
  { 400, 400, "Bad Request", "malformed", N_ ("The request cannot be read: its first line or its headers are no HTTP.") },
};

GBytes *
cs_api_refusal_new (SoupServerMessage *message, guint status)
{
  SoupMessageHeaders *asked = message != NULL ? soup_server_message_get_request_headers (message) : NULL;
  const char *accepted = asked != NULL ? soup_message_headers_get_list (asked, "Accept-Language") : NULL;
  CsLanguage language = cs_api_language_choose (accepted);
  g_auto (CsWordsScope) scope G_GNUC_UNUSED = cs_words_enter (language);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *body = NULL;
  gboolean is_head = message != NULL && g_strcmp0 (soup_server_message_get_method (message), "HEAD") == 0;
  guint i = 0;
  char *text;

  while (i < G_N_ELEMENTS (refusals) - 1 && refusals[i].libsoup != status)
    i++;
  object = cs_api_error_to_json (refusals[i].status, refusals[i].code, _ (refusals[i].words), NULL);
  body = cs_json_object_to_string (object, FALSE);
  text = g_strdup_printf ("HTTP/1.1 %u %s\r\nDate: %s\r\nContent-Language: %s\r\nContent-Type: application/json; charset=utf-8\r\n"
                          "Content-Length: %zu\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
                          "Vary: Accept-Language, Origin\r\nCross-Origin-Resource-Policy: same-origin\r\n"
                          "Connection: close\r\n\r\n%s",
                          refusals[i].status, refusals[i].phrase, date, cs_language_to_string (language),
                          strlen (body), is_head ? "" : body);
  return g_bytes_new_take (text, strlen (text));
}
