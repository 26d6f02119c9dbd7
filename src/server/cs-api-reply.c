/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer to a call: what every answer says about itself, and the ways to give one. Main thread. */
#include "config.h"
#include "server/cs-api-call-private.h"

#include "server/cs-api-error.h"
#include "server/cs-api-gate.h"
#include "server/cs-api-server-private.h"

#include <string.h>

#define JSON_TYPE "application/json; charset=utf-8"

/** cs_api_call_get_headers: Returns: (transfer none): the headers of the answer. */
SoupMessageHeaders *
cs_api_call_get_headers (CsApiCall *self)
{
  return soup_server_message_get_response_headers (self->message);
}

/* What an answer says that nobody has said yet. */
static void
set_default (SoupMessageHeaders *headers, const char *name, const char *value)
{
  if (soup_message_headers_get_one (headers, name) == NULL)
    soup_message_headers_append (headers, name, value);
}

static void
set_date (SoupMessageHeaders *headers)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *text = soup_date_time_to_string (now, SOUP_DATE_HTTP);

  soup_message_headers_append (headers, "Date", text);
}

/* Returns: FALSE when nobody waits for an answer any more. */
static gboolean
begin_answer (CsApiCall *self, guint status)
{
  SoupMessageHeaders *headers = cs_api_call_get_headers (self);

  g_return_val_if_fail (!self->is_answered, FALSE);

  self->is_answered = TRUE;
  _cs_api_call_end (self);
  if (self->is_gone)
    return FALSE;
  soup_server_message_set_status (self->message, status, NULL);
  set_default (headers, "X-Content-Type-Options", "nosniff");
  set_default (headers, "Cache-Control", "no-store");
  set_default (headers, "Vary", "Accept-Language, Origin");
  if (_cs_api_server_is_stopping (self->server))
    soup_message_headers_replace (headers, "Connection", "close");
  if (soup_message_headers_get_one (headers, "Date") == NULL) /* libsoup forgets it behind "100 Continue" */
    set_date (headers);
  cs_api_gate_mark (_cs_api_server_get_gate (self->server), self);
  return TRUE;
}

static void
send_answer (CsApiCall *self)
{
  if (self->is_paused)
    soup_server_message_unpause (self->message);
  self->is_paused = FALSE;
}

/** cs_api_call_reply_bytes: Answers with @bytes as they are, without a copy. */
void
cs_api_call_reply_bytes (CsApiCall *self, guint status, const char *content_type, GBytes *bytes)
{
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);

  if (!begin_answer (self, status))
    return;
  soup_message_headers_replace (cs_api_call_get_headers (self), "Content-Type", content_type);
  soup_message_body_set_accumulate (body, FALSE); /* else libsoup would cut it by the header Range */
  soup_message_body_append_bytes (body, bytes);
  send_answer (self);
}

/** cs_api_call_reply_json_text: @text: one JSON document, in the language of the call. */
void
cs_api_call_reply_json_text (CsApiCall *self, guint status, GBytes *text)
{
  soup_message_headers_replace (cs_api_call_get_headers (self), "Content-Language", cs_language_to_string (self->language));
  cs_api_call_reply_bytes (self, status, JSON_TYPE, text);
}

/** cs_api_call_reply_json: @answer: (transfer full): its words are in the language of the call. */
void
cs_api_call_reply_json (CsApiCall *self, guint status, JsonObject *answer)
{
  g_autoptr (JsonObject) owned = answer;
  char *text = cs_json_object_to_string (answer, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  cs_api_call_reply_json_text (self, status, bytes);
}

/** cs_api_call_reply_none: Answers without a body. */
void
cs_api_call_reply_none (CsApiCall *self, guint status)
{
  if (begin_answer (self, status))
    send_answer (self);
}

/**
 * cs_api_call_reply_stream:
 *
 * Begins an answer whose body comes little by little. The caller has set the status, the headers and the encoding of the
 * message; he hands on bytes with cs_api_call_write(), and ends with cs_api_call_over().
 */
void
cs_api_call_reply_stream (CsApiCall *self)
{
  SoupMessageHeaders *headers = cs_api_call_get_headers (self);

  /* HTTP/1.0 knows no chunks: there the end of the connection is the end. */
  if (soup_server_message_get_http_version (self->message) == SOUP_HTTP_1_0
      && soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED)
    soup_message_headers_set_encoding (headers, SOUP_ENCODING_EOF);
  if (!begin_answer (self, soup_server_message_get_status (self->message)))
    return;
  soup_message_body_set_accumulate (soup_server_message_get_response_body (self->message), FALSE);
  self->is_streaming = TRUE;
  _cs_api_call_watch (self);
  send_answer (self);
}

/** cs_api_call_write: Hands on the next bytes of a stream. Returns: FALSE when nobody reads them. */
gboolean
cs_api_call_write (CsApiCall *self, GBytes *bytes)
{
  g_return_val_if_fail (self->is_streaming, FALSE);

  if (self->is_gone)
    return FALSE;
  soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), bytes);
  soup_server_message_unpause (self->message);
  return TRUE;
}

/** cs_api_call_over: The stream has come to its end. */
void
cs_api_call_over (CsApiCall *self)
{
  g_return_if_fail (self->is_streaming);

  self->is_streaming = FALSE;
  if (self->is_gone)
    return;
  soup_message_body_complete (soup_server_message_get_response_body (self->message));
  soup_server_message_unpause (self->message);
}

/** cs_api_call_fail_status: Answers with an error. @detail: in the language of the call; @field: (nullable): whose it is. */
void
cs_api_call_fail_status (CsApiCall *self, guint status, const char *code, const char *detail, const char *field)
{
  SoupMessageHeaders *headers = cs_api_call_get_headers (self);

  if (status == CS_API_TOO_MANY_REQUESTS)
    set_default (headers, "Retry-After", "1");
  cs_api_call_reply_json (self, status, cs_api_error_to_json (status, code, detail, field));
}

/** cs_api_call_refuse: Answers with an error that was made in the language of the call. */
void
cs_api_call_refuse (CsApiCall *self, const GError *error)
{
  cs_api_call_refuse_field (self, error, NULL);
}

void
cs_api_call_refuse_field (CsApiCall *self, const GError *error, const char *field)
{
  cs_api_call_fail_status (self, cs_api_error_get_status (error), cs_api_error_get_code (error), error->message, field);
}

/** cs_api_call_fail: @error: (nullable): of the engine. Answers with it, in the language of the call. */
void
cs_api_call_fail (CsApiCall *self, const GError *error)
{
  CS_API_CALL_WORDS (self);
  g_autofree char *detail = cs_api_error_describe (error);

  if (error != NULL)
    g_debug ("A call failed: %s", cs_error_get_slug (error));
  cs_api_call_fail_status (self, cs_api_error_get_status (error), cs_api_error_get_code (error), detail, NULL);
}
