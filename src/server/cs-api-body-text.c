/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of a request before it is an object: its headers, its size, its text. Main thread. */
#include "config.h"
#include "server/cs-api-body-text.h"

#include "server/cs-api-duplicates.h"

#include <string.h>

#define JSON "application/json"

static gboolean
refuse (CsApiCall *call, guint status, const char *code, const char *words)
{
  CS_API_CALL_WORDS (call);

  cs_api_call_fail_status (call, status, code, _ (words), NULL);
  return FALSE;
}

/** cs_api_body_text_is_announced: Returns: whether the headers say that a body follows, or may follow. */
gboolean
cs_api_body_text_is_announced (CsApiCall *call)
{
  const char *length = cs_api_call_get_header (call, "Content-Length");

  return (length != NULL && strcmp (length, "0") != 0) || cs_api_call_get_header (call, "Transfer-Encoding") != NULL;
}

/** cs_api_body_text_refuse_size: Answers that the body is too large. */
void
cs_api_body_text_refuse_size (CsApiCall *call)
{
  refuse (call, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "too_large", N_ ("The body is larger than 1 MiB. Send less."));
}

/* Only as many digits as a length can have; not two lengths, and not one beside another way to find the end. Whoever reads
 * these differently from us would see another request behind the first. */
static gboolean
check_length (CsApiCall *call)
{
  const char *length = cs_api_call_get_header (call, "Content-Length");

  if (length == NULL)
    return TRUE;
  if (cs_api_call_get_header (call, "Transfer-Encoding") != NULL)
    return refuse (call, SOUP_STATUS_BAD_REQUEST, "malformed",
                   N_ ("The headers say twice how long the body is: take “Content-Length” or “Transfer-Encoding”."));
  if (*length == '\0' || length[strspn (length, "0123456789")] != '\0' || strlen (length) > 18)
    return refuse (call, SOUP_STATUS_BAD_REQUEST, "malformed",
                   N_ ("The header “Content-Length” must be one whole number of bytes."));
  if (g_ascii_strtoll (length, NULL, 10) > CS_API_MAX_BODY)
    {
      cs_api_body_text_refuse_size (call);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_json_type (CsApiCall *call)
{
  g_autoptr (GHashTable) parameters = NULL;
  const char *type = soup_message_headers_get_content_type (
      soup_server_message_get_request_headers (cs_api_call_get_message (call)), &parameters);
  const char *charset = parameters != NULL ? g_hash_table_lookup (parameters, "charset") : NULL;

  return type != NULL && g_ascii_strcasecmp (type, JSON) == 0
         && (charset == NULL || g_ascii_strcasecmp (charset, "utf-8") == 0 || g_ascii_strcasecmp (charset, "utf8") == 0);
}

/** cs_api_body_text_admit: Returns: whether the body that is announced can be one of ours, by its headers. */
gboolean
cs_api_body_text_admit (CsApiCall *call, gboolean is_json)
{
  if (!check_length (call))
    return FALSE;
  if (is_json && cs_api_body_text_is_announced (call) && !is_json_type (call))
    return refuse (call, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type",
                   N_ ("Send JSON, with the header “Content-Type: application/json”, as UTF-8."));
  return TRUE;
}

/** cs_api_body_text_read: Gives the call its body. */
gboolean
cs_api_body_text_read (CsApiCall *call)
{
  CS_API_CALL_WORDS (call);
  SoupMessageBody *body = soup_server_message_get_request_body (cs_api_call_get_message (call));
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autoptr (GError) error = NULL;
  const char *text;
  gsize length;
  JsonObject *object = NULL;

  soup_message_body_truncate (body); /* it is read once, and the message stays as long as the call */
  text = g_bytes_get_data (bytes, &length);
  if (length == 0)
    return refuse (call, SOUP_STATUS_BAD_REQUEST, "malformed", N_ ("The body is empty. Send one JSON object."));
  /* The look before the leap takes milliseconds, whatever comes. */
  if (cs_json_scan (text, length, CS_API_MAX_BODY, &error) && cs_api_duplicates_check (text, length, &error))
    object = cs_json_parse_object (text, length, CS_API_MAX_BODY, &error);
  if (object == NULL)
    {
      cs_api_call_refuse (call, error);
      return FALSE;
    }
  cs_api_call_set_body (call, object);
  return TRUE;
}
