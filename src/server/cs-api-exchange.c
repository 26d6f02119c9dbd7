/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request on its way: headers, the gate, the body as it comes, its handler. Main thread. */
#include "config.h"
#include "server/cs-api-exchange.h"

#include "server/cs-api-body-text.h"
#include "server/cs-api-connections.h"
#include "server/cs-api-router.h"
#include "server/cs-api-server-private.h"

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

/* All of the request is here, also of one that is answered already; but not of one that libsoup refuses. */
static void
read_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  if (get_exchange (message) != NULL)
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

  g_signal_connect (soup, "request-read", G_CALLBACK (read_cb), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      soup_server_add_early_handler (soup, paths[i], got_headers_cb, server, NULL);
      soup_server_add_handler (soup, paths[i], got_body_cb, server, NULL);
    }
}
