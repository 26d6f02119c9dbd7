/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTTP server: listens, hands each request through the gate to its handler, and stops in order. Main thread. */
#include "config.h"
#include "server/cs-api-server.h"

#include "server/cs-api-body-text.h"
#include "server/cs-api-router.h"
#include "server/cs-api-server-private.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_PENDING 500 /* calls that handlers work on at once */

struct _CsApiServer
{
  GObject parent_instance;

  CsEngine *engine;
  CsApiOptions options;
  CsApiGate *gate;
  SoupServer *soup;       /* (nullable) until it is started */
  GCancellable *stopping;
  char *address;          /* (nullable) until it is started */
  guint n_pending;
};

G_DEFINE_FINAL_TYPE (CsApiServer, cs_api_server, G_TYPE_OBJECT)
static GQuark cs_api_exchange_quark (void);
G_DEFINE_QUARK (cs-api-exchange, cs_api_exchange)

/* A call between its headers and its body; the message keeps it. */
typedef struct
{
  CsApiCall *call;
  const CsApiRoute *route; /* (nullable): it is answered */
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  cs_api_call_unref (exchange->call);
  g_free (exchange);
}

static void
cs_api_server_finalize (GObject *object)
{
  CsApiServer *self = CS_API_SERVER (object);

  g_clear_object (&self->soup);
  g_clear_object (&self->stopping);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->gate, cs_api_gate_free);
  g_free ((char *) self->options.address);
  g_free ((char *) self->options.token);
  g_free ((char *) self->options.allow_origin);
  g_free (self->address);

  G_OBJECT_CLASS (cs_api_server_parent_class)->finalize (object);
}

static void
cs_api_server_class_init (CsApiServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_api_server_finalize;
}

static void
cs_api_server_init (CsApiServer *self)
{
  self->stopping = g_cancellable_new ();
}

/** cs_api_server_new: @options: copied. Returns: (transfer full): a server that does not listen yet. */
CsApiServer *
cs_api_server_new (CsEngine *engine, const CsApiOptions *options)
{
  CsApiServer *self = g_object_new (CS_TYPE_API_SERVER, NULL);

  self->engine = g_object_ref (engine);
  self->options.port = options->port;
  self->options.address = g_strdup (options->address);
  self->options.token = g_strdup (options->token);
  self->options.allow_origin = g_strdup (options->allow_origin);
  self->gate = cs_api_gate_new (&self->options);
  return self;
}

CsEngine *
cs_api_server_get_engine (CsApiServer *self)
{
  return self->engine;
}

GCancellable *
cs_api_server_get_stopping (CsApiServer *self)
{
  return self->stopping;
}

const char *
cs_api_server_get_address (CsApiServer *self)
{
  return self->address;
}

CsApiGate *
_cs_api_server_get_gate (CsApiServer *self)
{
  return self->gate;
}

void
_cs_api_server_count (CsApiServer *self, int change)
{
  self->n_pending += change;
}

gboolean
_cs_api_server_has_room (CsApiServer *self)
{
  return self->n_pending < MAX_PENDING;
}

/* Of a request */

static void
got_headers_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  CsApiServer *self = user_data;
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->call = cs_api_call_new (self, message);
  g_object_set_qdata_full (G_OBJECT (message), cs_api_exchange_quark (), exchange, exchange_free);
  if (cs_api_gate_admit (self->gate, exchange->call))
    exchange->route = cs_api_router_find (exchange->call);
}

static void
got_body_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Exchange *exchange = g_object_steal_qdata (G_OBJECT (message), cs_api_exchange_quark ());

  if (exchange->route != NULL)
    cs_api_router_dispatch (exchange->call, exchange->route);
  exchange_free (exchange);
}

/* Of the server */

static gboolean
listen_somewhere (CsApiServer *self, GError **error)
{
  g_autoptr (GSocketAddress) address = NULL;

  if (self->options.address == NULL)
    return soup_server_listen_local (self->soup, self->options.port, 0, error);
  address = g_inet_socket_address_new_from_string (self->options.address, self->options.port);
  return soup_server_listen (self->soup, address, 0, error);
}

/**
 * cs_api_server_start:
 *
 * Listens. Errors: CS_ERROR_USAGE: the options cannot be served with; CS_ERROR_BUSY: another program has the port.
 */
gboolean
cs_api_server_start (CsApiServer *self, GError **error)
{
  g_autoptr (GError) own_error = NULL;
  GSList *uris;

  g_return_val_if_fail (self->soup == NULL, FALSE);

  if (!cs_api_gate_check (&self->options, error))
    return FALSE;
  self->soup = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  soup_server_add_early_handler (self->soup, NULL, got_headers_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, got_body_cb, self, NULL);
  if (!listen_somewhere (self, &own_error))
    {
      cs_set_error (error, CS_ERROR_BUSY, _ ("Port %u is taken by another program. Choose another one with --port."),
                    self->options.port);
      g_clear_object (&self->soup);
      return FALSE;
    }
  uris = soup_server_get_uris (self->soup);
  self->address = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

/** cs_api_server_stop_async: Takes no more calls, lets those end that are being answered, and closes. */
void
cs_api_server_stop_async (CsApiServer *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_api_server_stop_async);
  g_cancellable_cancel (self->stopping);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_task_return_boolean (task, TRUE);
}

CS_DEFINE_FINISH_BOOLEAN (CsApiServer, cs_api_server_stop_async, cs_api_server_stop_finish)
