/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request and how it ended: plain values. Headers may hold keys, so their memory is overwritten. Any thread. */
#include "config.h"
#include "net/cs-http-call.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-redact.h"
#include "core/cs-words.h"

#include <string.h>

#define CONNECT_TIMEOUT (20 * G_USEC_PER_SEC)
#define ANSWER_TIMEOUT (60 * G_USEC_PER_SEC)
#define IDLE_TIMEOUT (30 * G_USEC_PER_SEC)

/**
 * cs_http_call_new:
 * @method: "GET", "POST"...
 * @address: the whole address
 *
 * Returns: (transfer full): a call of one try, with 20 s to connect, 60 s to answer, 30 s between two pieces.
 */
CsHttpCall *
cs_http_call_new (const char *method, const char *address)
{
  CsHttpCall *self = g_new0 (CsHttpCall, 1);

  g_return_val_if_fail (method != NULL && address != NULL, NULL);

  self->method = g_strdup (method);
  self->address = g_strdup (address);
  self->headers = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_secret_free);
  self->tries = 1;
  self->max_length = CS_HTTP_MAX_ANSWER;
  self->connect_timeout = CONNECT_TIMEOUT;
  self->answer_timeout = ANSWER_TIMEOUT;
  self->idle_timeout = IDLE_TIMEOUT;
  return self;
}

/* Whoever hands a key over to be sent has it taken out of every text from then on. */
static void
hide (const char *name, const char *value)
{
  if (g_ascii_strcasecmp (name, "x-api-key") == 0)
    cs_redact_add_secret (value);
  else if (g_ascii_strcasecmp (name, "Authorization") == 0 && strchr (value, ' ') != NULL)
    cs_redact_add_secret (strchr (value, ' ') + 1);
}

/** cs_http_call_add_header: Adds a header; one of that name that is there already stays. */
void
cs_http_call_add_header (CsHttpCall *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL && name != NULL && value != NULL);

  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
  hide (name, value);
}

/**
 * cs_http_call_set_bearer:
 * @key: (nullable): the key; NULL: none is sent
 */
void
cs_http_call_set_bearer (CsHttpCall *self, const char *key)
{
  g_return_if_fail (self != NULL);

  if (key == NULL)
    return;
  g_ptr_array_add (self->headers, g_strdup ("Authorization"));
  g_ptr_array_add (self->headers, g_strconcat ("Bearer ", key, NULL));
  cs_redact_add_secret (key);
}

/** cs_http_call_set_json: Makes @body what is sent. */
void
cs_http_call_set_json (CsHttpCall *self, JsonObject *body)
{
  char *text;

  g_return_if_fail (self != NULL && body != NULL);

  text = cs_json_object_to_string (body, FALSE);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new_take (text, strlen (text));
  g_free (self->content_type);
  self->content_type = g_strdup ("application/json");
}

void
cs_http_call_free (CsHttpCall *self)
{
  if (self == NULL)
    return;
  g_free (self->method);
  g_free (self->address);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self->path);
  g_free (self);
}

CsHttpAnswer *
cs_http_answer_new (void)
{
  return g_new0 (CsHttpAnswer, 1);
}

void
cs_http_answer_free (CsHttpAnswer *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self->location);
  g_free (self->request_id);
  g_clear_error (&self->error);
  g_free (self);
}

/** cs_http_answer_is_good: Returns: whether all of a 2xx answer arrived. */
gboolean
cs_http_answer_is_good (const CsHttpAnswer *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_complete && self->status >= 200 && self->status < 300;
}

/**
 * cs_http_answer_dup_object:
 *
 * Returns: (transfer full) (nullable): the JSON object of the body, whatever the status. Errors: CS_ERROR_BAD_RESPONSE
 * when there is none, or something else; that of the answer when it is not complete.
 */
JsonObject *
cs_http_answer_dup_object (const CsHttpAnswer *self, GError **error)
{
  JsonObject *object = NULL;
  gsize length = 0;
  const char *data;

  g_return_val_if_fail (self != NULL, NULL);

  if (!self->is_complete && self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return NULL;
    }
  data = self->body != NULL ? g_bytes_get_data (self->body, &length) : NULL;
  if (self->is_complete && data != NULL)
    object = cs_json_parse_object (data, length, CS_HTTP_MAX_ANSWER, NULL);
  if (object == NULL)
    cs_set_error (error, CS_ERROR_BAD_RESPONSE, _ ("The answer cannot be read: it is not the JSON that was expected."));
  return object;
}
