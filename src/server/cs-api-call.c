/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request: what was asked, by whom, in which language. Its answer is in cs-api-reply.c. Main thread. */
#include "config.h"
#include "server/cs-api-call-private.h"

#include "server/cs-api-language.h"
#include "server/cs-api-server-private.h"

#define USUAL_PORT 80 /* which addresses leave out */

/** cs_api_call_new: Returns: (transfer full): the call whose headers have come; @message keeps it until its handler begins. */
CsApiCall *
cs_api_call_new (CsApiServer *server, SoupServerMessage *message)
{
  CsApiCall *self = g_new0 (CsApiCall, 1);

  self->n_refs = 1;
  self->server = g_object_ref (server);
  self->message = message;
  self->language = cs_api_language_choose (cs_api_call_get_header (self, "Accept-Language"));
  return self;
}

CsApiCall *
cs_api_call_ref (CsApiCall *self)
{
  self->n_refs++;
  return self;
}

static void
call_free (CsApiCall *self)
{
  _cs_api_call_end (self);
  if (self->is_begun)
    {
      g_signal_handlers_disconnect_by_data (self->message, self);
      g_object_unref (self->message);
    }
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->body, json_object_unref);
  g_object_unref (self->server);
  g_free (self->id);
  g_free (self->base);
  g_free (self);
}

void
cs_api_call_unref (CsApiCall *self)
{
  /* Nobody is left who could answer: the caller must not wait for ever. */
  if (self->n_refs == 1 && self->is_paused && !self->is_answered)
    cs_api_call_fail (self, NULL);
  if (--self->n_refs == 0)
    call_free (self);
}

/* While a handler works on it */

void
_cs_api_call_begin (CsApiCall *self)
{
  g_object_ref (self->message);
  self->is_begun = TRUE;
  self->is_pending = TRUE;
  _cs_api_server_count (self->server, 1);
}

void
_cs_api_call_end (CsApiCall *self)
{
  if (self->is_pending)
    _cs_api_server_count (self->server, -1);
  self->is_pending = FALSE;
}

static void
disconnected_cb (CsApiCall *self)
{
  self->is_gone = TRUE;
}

/** _cs_api_call_watch: From here on the call outlives its handler, so it must know when the caller is gone. */
void
_cs_api_call_watch (CsApiCall *self)
{
  if (self->is_watched)
    return;
  g_signal_connect_swapped (self->message, "disconnected", G_CALLBACK (disconnected_cb), self);
  g_signal_connect_swapped (self->message, "finished", G_CALLBACK (disconnected_cb), self);
  self->is_watched = TRUE;
}

/** _cs_api_call_pause: The handler answers later. */
void
_cs_api_call_pause (CsApiCall *self)
{
  _cs_api_call_watch (self);
  self->is_paused = TRUE;
  soup_server_message_pause (self->message);
}

CsEngine *
cs_api_call_get_engine (CsApiCall *self)
{
  return cs_api_server_get_engine (self->server);
}

CsApiServer *
cs_api_call_get_server (CsApiCall *self)
{
  return self->server;
}

SoupServerMessage *
cs_api_call_get_message (CsApiCall *self)
{
  return self->message;
}

const char *
cs_api_call_get_id (CsApiCall *self)
{
  return self->id;
}

void
cs_api_call_set_id (CsApiCall *self, const char *id)
{
  g_free (self->id);
  self->id = g_strdup (id);
}

/** cs_api_call_get_query: Returns: (transfer none) (nullable): the value of @name behind the question mark. */
const char *
cs_api_call_get_query (CsApiCall *self, const char *name)
{
  const char *text = g_uri_get_query (soup_server_message_get_uri (self->message));

  if (text == NULL)
    return NULL;
  if (self->query == NULL)
    self->query = soup_form_decode (text);
  return g_hash_table_lookup (self->query, name);
}

/** cs_api_call_get_header: Returns: (transfer none) (nullable): the value of the header; of several, all of them. */
const char *
cs_api_call_get_header (CsApiCall *self, const char *name)
{
  return soup_message_headers_get_list (soup_server_message_get_request_headers (self->message), name);
}

JsonObject *
cs_api_call_get_body (CsApiCall *self)
{
  return self->body;
}

void
cs_api_call_set_body (CsApiCall *self, JsonObject *body)
{
  g_clear_pointer (&self->body, json_object_unref);
  self->body = body;
}

CsLanguage
cs_api_call_get_language (CsApiCall *self)
{
  return self->language;
}

/** cs_api_call_get_base: Returns: (transfer none): what stands before the slash of our addresses, for this caller. */
const char *
cs_api_call_get_base (CsApiCall *self)
{
  GUri *uri = soup_server_message_get_uri (self->message);
  int port = g_uri_get_port (uri);
  g_autofree char *origin = NULL;

  if (self->base != NULL)
    return self->base;
  origin = g_uri_join (G_URI_FLAGS_NONE, "http", NULL, g_uri_get_host (uri), port != USUAL_PORT ? port : -1, "", NULL, NULL);
  self->base = g_strconcat (origin, CS_API_PREFIX, NULL);
  return self->base;
}

/** cs_api_call_is_gone: Returns: whether the caller hung up, as far as is known: a wait may end without an answer. */
gboolean
cs_api_call_is_gone (CsApiCall *self)
{
  return self->is_gone;
}

gboolean
cs_api_call_is_answered (CsApiCall *self)
{
  return self->is_answered;
}
