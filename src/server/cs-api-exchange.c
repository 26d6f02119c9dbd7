/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One request on its way: headers, the gate, the body as it comes, its handler; and an answer in our form to what libsoup
 * refuses before anybody else sees it. Main thread.
 */
#include "config.h"
#include "server/cs-api-exchange.h"

#include "server/cs-api-body-text.h"
#include "server/cs-api-connections.h"
#include "server/cs-api-error.h"
#include "server/cs-api-language.h"
#include "server/cs-api-router.h"
#include "server/cs-api-server-private.h"

#include <string.h>

static GQuark cs_api_exchange_quark (void);
G_DEFINE_QUARK (cs-api-exchange, cs_api_exchange)

/* Of every message whose headers could be read; the message keeps it. */
typedef struct
{
  CsApiCall *call;         /* (nullable) until its handler has it */
  const CsApiRoute *route; /* (nullable): it is answered */
  gsize n_body;            /* bytes of the body that have come */
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  g_clear_pointer (&exchange->call, cs_api_call_unref);
  g_free (exchange);
}

static Exchange *
get_exchange (SoupServerMessage *message)
{
  return g_object_get_qdata (G_OBJECT (message), cs_api_exchange_quark ());
}

/* What libsoup refuses: a request that it cannot read has no handler, and would be answered without a word. The length of
 * what is said is not known before the headers are written, so the end of the connection ends it. */

static const struct
{
  guint status;
  const char *code;
  const char *words;
} refusals[] = {
  { SOUP_STATUS_EXPECTATION_FAILED, "expectation_failed", N_ ("This server knows no other “Expect” than “100-continue”.") },
  { SOUP_STATUS_NOT_IMPLEMENTED, "not_implemented", N_ ("This server knows no other “Transfer-Encoding” than “chunked”.") },
  { SOUP_STATUS_HTTP_VERSION_NOT_SUPPORTED, "version_not_supported", N_ ("This server speaks HTTP/1.1.") },
  { SOUP_STATUS_BAD_REQUEST, "malformed", N_ ("The request cannot be read: its first line or its headers are no HTTP.") },
};

static const char *const early_headers[][2] = {
  { "Content-Type", "application/json; charset=utf-8" },
  { "X-Content-Type-Options", "nosniff" },
  { "Cache-Control", "no-store" },
  { "Connection", "close" },
};

static GBytes *
describe_refusal (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  CsLanguage language = cs_api_language_choose (soup_message_headers_get_list (headers, "Accept-Language"));
  g_auto (CsWordsScope) scope G_GNUC_UNUSED = cs_words_enter (language);
  guint status = soup_server_message_get_status (message);
  guint i = 0;
  g_autoptr (JsonObject) object = NULL;
  char *text;

  while (i < G_N_ELEMENTS (refusals) - 1 && refusals[i].status != status)
    i++;
  object = cs_api_error_to_json (status, refusals[i].code, _ (refusals[i].words), NULL);
  text = cs_json_object_to_string (object, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static void
wrote_headers_cb (SoupServerMessage *message, gpointer user_data)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GBytes) words = NULL;

  if (get_exchange (message) != NULL)
    return;
  words = describe_refusal (message);
  soup_message_body_append_bytes (body, words);
  soup_message_body_complete (body);
}

static void
started_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_set_encoding (headers, SOUP_ENCODING_EOF);
  for (guint i = 0; i < G_N_ELEMENTS (early_headers); i++)
    soup_message_headers_append (headers, early_headers[i][0], early_headers[i][1]);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_headers_cb), NULL);
}

/* The request can be read: from here on the answer is ours. */
static void
undo_started (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  for (guint i = 0; i < G_N_ELEMENTS (early_headers); i++)
    soup_message_headers_remove (headers, early_headers[i][0]);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CONTENT_LENGTH);
}

/* The body as it comes */

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  Exchange *exchange = user_data;
  gboolean was_good = exchange->n_body <= CS_API_MAX_BODY;

  exchange->n_body += g_bytes_get_size (chunk);
  if (!was_good || exchange->n_body <= CS_API_MAX_BODY)
    return;
  cs_api_body_text_refuse_size (exchange->call);
  cs_api_connections_farewell (message);
}

static void
got_headers_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  CsApiServer *server = user_data;
  Exchange *exchange = g_new0 (Exchange, 1);
  gboolean has_body;

  undo_started (message);
  cs_api_connections_set_stage (message, CS_API_BODY);
  exchange->call = cs_api_call_new (server, message);
  g_object_set_qdata_full (G_OBJECT (message), cs_api_exchange_quark (), exchange, exchange_free);
  has_body = cs_api_body_text_is_announced (exchange->call);
  if (cs_api_gate_admit (_cs_api_server_get_gate (server), exchange->call))
    exchange->route = cs_api_router_find (exchange->call);
  if (exchange->route == NULL && has_body)
    cs_api_connections_farewell (message);
  else if (has_body)
    g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), exchange);
}

/* All of the request is here, also of one that is answered already. */
static void
read_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  cs_api_connections_set_stage (message, CS_API_ANSWERING);
}

static void
got_body_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Exchange *exchange = get_exchange (message);
  g_autoptr (CsApiCall) call = g_steal_pointer (&exchange->call);

  cs_api_router_dispatch (call, exchange->route);
}

/** cs_api_exchange_set_up: @server: outlives @soup. */
void
cs_api_exchange_set_up (CsApiServer *server, SoupServer *soup)
{
  static const char *const paths[] = { NULL, "*" }; /* all of them, and "OPTIONS *", which is none */

  g_signal_connect (soup, "request-started", G_CALLBACK (started_cb), NULL);
  g_signal_connect (soup, "request-read", G_CALLBACK (read_cb), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      soup_server_add_early_handler (soup, paths[i], got_headers_cb, server, NULL);
      soup_server_add_handler (soup, paths[i], got_body_cb, server, NULL);
    }
}
