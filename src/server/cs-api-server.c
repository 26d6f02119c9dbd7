/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTTP server: listens, keeps what a call needs, and stops in order. Main thread. */
#include "config.h"
#include "server/cs-api-server.h"

#include "server/cs-api-exchange.h"
#include "server/cs-api-listener.h"
#include "server/cs-api-pricing.h"
#include "server/cs-api-server-private.h"

#include <sys/resource.h>
#include <sys/socket.h>

#define MAX_CONNECTIONS 1000
#define WANTED_FILES 8192 /* open ones; connections take half of what there may be */

static const CsApiLimits usual_limits = {
  .max_pending = 500,
  .headers = 15000,
  .idle = 60000,
  .body = 30000,
  .stall = 60000,
  .farewell = 5000,
  .stop = 15000,
};

struct _CsApiServer
{
  GObject parent_instance;

  CsEngine *engine;
  CsApiOptions options;
  CsApiLimits limits;
  CsApiGate *gate;
  const CsApiRoute *routes;
  GCancellable *stopping;
  guint n_pending;

  /* From the start on */
  SoupServer *soup;
  CsApiListener *listener;       /* (nullable) until it stops */
  CsApiConnections *connections;
  char *address;

  /* While it stops */
  GTask *stop;  /* (nullable) */
  guint timer;
};

G_DEFINE_FINAL_TYPE (CsApiServer, cs_api_server, G_TYPE_OBJECT)

static void
take_down (CsApiServer *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->listener, cs_api_listener_free);
  g_clear_pointer (&self->connections, cs_api_connections_free);
  g_clear_object (&self->soup);
}

static void
cs_api_server_finalize (GObject *object)
{
  CsApiServer *self = CS_API_SERVER (object);

  take_down (self);
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
  self->limits = usual_limits;
  self->routes = cs_api_routes;
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

/* For those who answer calls */

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

CsApiLimits *
_cs_api_server_get_limits (CsApiServer *self)
{
  return &self->limits;
}

void
_cs_api_server_set_routes (CsApiServer *self, const CsApiRoute *routes)
{
  self->routes = routes;
}

const CsApiRoute *
_cs_api_server_get_routes (CsApiServer *self)
{
  return self->routes;
}

CsApiConnections *
_cs_api_server_get_connections (CsApiServer *self)
{
  return self->connections;
}

void
_cs_api_server_count (CsApiServer *self, int change)
{
  self->n_pending += change;
}

gboolean
_cs_api_server_has_room (CsApiServer *self)
{
  return self->n_pending < self->limits.max_pending;
}

gboolean
_cs_api_server_is_stopping (CsApiServer *self)
{
  return g_cancellable_is_cancelled (self->stopping);
}

/* Starting */

/* Each connection is an open file, and so is much else: half of what the system allows, after asking it for more. */
static guint
count_connections (void)
{
  struct rlimit files = { 0, 0 };
  rlim_t wanted;

  if (getrlimit (RLIMIT_NOFILE, &files) != 0)
    return MAX_CONNECTIONS / 4;
  wanted = MIN (files.rlim_max, WANTED_FILES);
  if (files.rlim_cur < wanted)
    {
      files.rlim_cur = wanted;
      if (setrlimit (RLIMIT_NOFILE, &files) != 0 && getrlimit (RLIMIT_NOFILE, &files) != 0)
        return MAX_CONNECTIONS / 4;
    }
  return MIN (MAX_CONNECTIONS, files.rlim_cur / 2);
}

/* libsoup keeps connections open between requests only while it listens itself: this is a socket that nobody calls. Its own
 * listening would end for good with the first connection that cannot be accepted. */
static gboolean
listen_to_nobody (SoupServer *soup)
{
  g_autoptr (GSocket) socket = NULL;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return FALSE;
  socket = g_socket_new_from_fd (ends[0], NULL);
  /* The other end lives as long as this one. */
  g_object_set_data_full (G_OBJECT (socket), "other-end", g_socket_new_from_fd (ends[1], NULL), g_object_unref);
  return soup_server_listen_socket (soup, socket, 0, NULL);
}

/**
 * cs_api_server_start:
 *
 * Listens. Errors: CS_ERROR_USAGE: the options cannot be served with; CS_ERROR_BUSY: another program has the port.
 */
gboolean
cs_api_server_start (CsApiServer *self, GError **error)
{
  g_return_val_if_fail (self->soup == NULL && !_cs_api_server_is_stopping (self), FALSE);

  if (!cs_api_gate_check (&self->options, error))
    return FALSE;
  self->listener = cs_api_listener_new (self->options.address, self->options.port, error);
  if (self->listener == NULL)
    return FALSE;
  if (self->limits.max_connections == 0)
    self->limits.max_connections = count_connections ();
  self->soup = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  if (!listen_to_nobody (self->soup))
    {
      take_down (self);
      cs_set_error (error, CS_ERROR_FAILED, _ ("This computer has no more room for connections. End some programs."));
      return FALSE;
    }
  self->connections = cs_api_connections_new (self->soup, &self->limits);
  cs_api_exchange_set_up (self, self->soup);
  self->address = cs_api_listener_dup_address (self->listener);
  cs_api_listener_accept (self->listener, self->connections);
  cs_api_pricing_begin (self);
  return TRUE;
}

/* Stopping */

static gboolean
stopped_cb (gpointer user_data)
{
  CsApiServer *self = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->stop);

  self->timer = 0;
  take_down (self);
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/* A connection has gone; libsoup is still at it. */
static void
gone_cb (gpointer user_data)
{
  CsApiServer *self = user_data;

  if (self->stop == NULL || cs_api_connections_count (self->connections) > 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_idle_add (stopped_cb, self);
}

/**
 * cs_api_server_stop_async:
 *
 * Takes no more calls, tells the handlers that wait to answer now, lets the answers in flight end for a while, and closes.
 * Once.
 */
void
cs_api_server_stop_async (CsApiServer *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_api_server_stop_async);
  g_return_if_fail (self->stop == NULL);

  self->stop = task;
  g_clear_pointer (&self->listener, cs_api_listener_free);
  g_cancellable_cancel (self->stopping);
  if (self->connections == NULL)
    {
      self->timer = g_idle_add (stopped_cb, self);
      return;
    }
  self->timer = g_timeout_add (self->limits.stop, stopped_cb, self);
  cs_api_connections_set_gone (self->connections, gone_cb, self);
  cs_api_connections_drain (self->connections);
  gone_cb (self);
}

CS_DEFINE_FINISH_BOOLEAN (CsApiServer, cs_api_server_stop_async, cs_api_server_stop_finish)
