/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between our values and the library's message: what is sent, and what the head of the answer says. Main thread. */
#include "config.h"
#include "net/cs-http-private.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-words.h"
#include "net/cs-address.h"
#include "net/cs-retry.h"

static gboolean
is_clean (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if ((guchar) *at < 0x20 || *at == 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
add_headers (SoupMessage *message, const CsHttpCall *call)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  for (guint i = 0; i + 1 < call->headers->len; i += 2)
    {
      if (!is_clean (g_ptr_array_index (call->headers, i)) || !is_clean (g_ptr_array_index (call->headers, i + 1)))
        return FALSE;
      soup_message_headers_append (headers, g_ptr_array_index (call->headers, i), g_ptr_array_index (call->headers, i + 1));
    }
  return TRUE;
}

/**
 * _cs_http_message_new:
 * @needs_connection: whether it must have a connection of its own; what is paid has one in any case
 *
 * Returns: (transfer full) (nullable): what is sent. Errors: CS_ERROR_INVALID_VALUE, without what is wrong in it.
 */
SoupMessage *
_cs_http_message_new (const CsHttpCall *call, gboolean needs_connection, GError **error)
{
  g_autoptr (SoupMessage) message = NULL;
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT;

  if (cs_address_is_valid (call->address))
    message = soup_message_new (call->method, call->address);
  if (message == NULL)
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE,
                    _ ("This is not the address of a server. One looks like https://example.com."));
      return NULL;
    }
  if (!add_headers (message, call))
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("The key holds characters that no key has. Copy it again."));
      return NULL;
    }
  if (call->body != NULL)
    soup_message_set_request_body_from_bytes (message, call->content_type, call->body);
  if (call->is_paid || needs_connection)
    flags |= SOUP_MESSAGE_NEW_CONNECTION;
  soup_message_set_flags (message, flags);
  soup_message_set_priority (message, call->is_urgent ? SOUP_MESSAGE_PRIORITY_HIGH : SOUP_MESSAGE_PRIORITY_NORMAL);
  return g_steal_pointer (&message);
}

static char *
dup_request_id (SoupMessageHeaders *headers)
{
  static const char *const names[] = { "x-request-id", "request-id", "cf-ray", "x-amzn-requestid" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *id = soup_message_headers_get_one (headers, names[i]);

      if (id != NULL)
        return g_strndup (id, 64);
    }
  return NULL;
}

/** _cs_http_answer_take_head: Fills in what the head of the answer says. */
void
_cs_http_answer_take_head (CsHttpAnswer *answer, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  const char *date = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) time = date != NULL ? soup_date_time_new_from_http_string (date) : NULL;

  answer->status = soup_message_get_status (message);
  answer->content_type = type != NULL ? g_ascii_strdown (type, -1) : NULL;
  answer->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  answer->request_id = dup_request_id (headers);
  answer->date = time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
  answer->retry_after = cs_retry_parse_after (soup_message_headers_get_one (headers, "Retry-After"),
                                              answer->date != 0 ? answer->date : cs_clock_now ());
}

/** _cs_http_answer_take_retry_after: Fills in what the body of a 429 says about how long to wait: Replicate says it there.
 * Not of a 503: that is a "no" to what costs only where the server says so in its header, and anybody writes a body. */
void
_cs_http_answer_take_retry_after (CsHttpAnswer *answer)
{
  g_autoptr (JsonObject) object = NULL;
  double seconds;

  if (answer->retry_after != 0 || !answer->is_complete || answer->status != 429)
    return;
  object = cs_http_answer_dup_object (answer, NULL);
  seconds = cs_json_get_double (object, "retry_after", 0);
  if (seconds > 0)
    answer->retry_after = (gint64) (MIN (seconds, 86400) * G_USEC_PER_SEC);
}
