/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the server listens: one address, or 127.0.0.1 and ::1 on the same port. Main thread. */
#include "config.h"
#include "server/cs-api-listener.h"

#include "creative-studio.h"

#include <netinet/in.h>
#include <string.h>

#define BACKLOG 1024         /* connections that the kernel keeps until they are accepted */
#define ACCEPTS_AT_ONCE 64   /* then others have their turn */
#define ROOM_AT_ONCE 8       /* connections that are closed when nothing can be accepted */
#define PAUSE 100            /* milliseconds, when nothing can be accepted */
#define TRIES 20             /* for a free port of 127.0.0.1 that is free on ::1 too */

/* One socket. */
typedef struct
{
  CsApiListener *listener;
  GSocket *socket;
  GSource *source; /* (nullable) */
  guint pause;     /* a timer; 0: it accepts */
} Door;

struct _CsApiListener
{
  GPtrArray *doors; /* (element-type Door) */
  CsApiConnections *connections; /* (unowned) */
};

static void
door_free (gpointer data)
{
  Door *door = data;

  if (door->source != NULL)
    g_source_destroy (door->source);
  g_clear_pointer (&door->source, g_source_unref);
  g_clear_handle_id (&door->pause, g_source_remove);
  g_socket_close (door->socket, NULL);
  g_object_unref (door->socket);
  g_free (door);
}

/* Returns: (nullable): a socket that listens. */
static GSocket *
listen_on (const char *address, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) where = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GSocket) socket
      = g_socket_new (g_socket_address_get_family (where), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return NULL;
  if (g_socket_address_get_family (where) == G_SOCKET_FAMILY_IPV6) /* "::" is all there is, IPv4 too */
    g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, strcmp (address, "::") != 0, NULL);
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, where, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

static guint16
get_port (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return address != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)) : 0;
}

static void
add_door (CsApiListener *self, GSocket *socket)
{
  Door *door = g_new0 (Door, 1);

  door->listener = self;
  door->socket = socket;
  g_ptr_array_add (self->doors, door);
}

/* Returns: whether there was one of @address; @error: why not. */
static gboolean
open_door (CsApiListener *self, const char *address, guint16 port, GError **error)
{
  GSocket *socket = listen_on (address, port, error);

  if (socket != NULL)
    add_door (self, socket);
  return socket != NULL;
}

static gboolean
is_taken (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
}

/* Both loopback addresses, on one port; a computer without ::1 has one door. */
static gboolean
open_both (CsApiListener *self, guint16 port, GError **error)
{
  for (guint i = 0; i < TRIES; i++)
    {
      g_autoptr (GError) second = NULL;
      Door *first;

      g_ptr_array_set_size (self->doors, 0);
      if (!open_door (self, "127.0.0.1", port, error))
        return FALSE;
      first = self->doors->pdata[0];
      if (open_door (self, "::1", get_port (first->socket), &second) || !is_taken (second))
        return TRUE;
      if (port != 0 || i + 1 == TRIES)
        {
          g_propagate_error (error, g_steal_pointer (&second));
          return FALSE;
        }
    }
  return FALSE;
}

/**
 * cs_api_listener_new:
 * @address: (nullable): a numeric address; NULL: both of loopback
 * @port: 0: any that is free
 *
 * Returns: (transfer full) (nullable): sockets that listen and accept nothing yet. Errors: CS_ERROR_BUSY: another program
 * has the port; CS_ERROR_USAGE: this computer cannot listen there.
 */
CsApiListener *
cs_api_listener_new (const char *address, guint16 port, GError **error)
{
  g_autoptr (CsApiListener) self = g_new0 (CsApiListener, 1);
  g_autoptr (GError) own_error = NULL;

  self->doors = g_ptr_array_new_with_free_func (door_free);
  if (address == NULL ? open_both (self, port, &own_error) : open_door (self, address, port, &own_error))
    return g_steal_pointer (&self);
  if (is_taken (own_error))
    cs_set_error (error, CS_ERROR_BUSY,
                  _ ("Port %u is taken by another program. End that one, or choose another port with --port."), port);
  else
    cs_set_error (error, CS_ERROR_USAGE, _ ("This computer cannot listen on “%s”, port %u: %s. Choose others."),
                  address != NULL ? address : "127.0.0.1", port, own_error->message);
  return NULL;
}

void
cs_api_listener_free (CsApiListener *self)
{
  g_ptr_array_unref (self->doors);
  g_free (self);
}

/** cs_api_listener_dup_address: Returns: (transfer full): the first one, as a program calls it. */
char *
cs_api_listener_dup_address (CsApiListener *self)
{
  Door *door = self->doors->pdata[0];
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (door->socket, NULL);
  g_autofree char *name
      = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));

  return g_uri_join (G_URI_FLAGS_NONE, "http", NULL, name, get_port (door->socket), "", NULL, NULL);
}

/* Accepting */

static gboolean accept_cb (GSocket *socket, GIOCondition condition, gpointer user_data);

static void
watch (Door *door)
{
  door->source = g_socket_create_source (door->socket, G_IO_IN, NULL);
  g_source_set_callback (door->source, G_SOURCE_FUNC (accept_cb), door, NULL);
  g_source_attach (door->source, NULL);
}

static gboolean
go_on_cb (gpointer user_data)
{
  Door *door = user_data;

  door->pause = 0;
  watch (door);
  return G_SOURCE_REMOVE;
}

/* Nothing can be accepted, and the socket would go on saying that there is something: it is left alone for a moment. */
static gboolean
pause_door (Door *door)
{
  g_clear_pointer (&door->source, g_source_unref);
  door->pause = g_timeout_add (PAUSE, go_on_cb, door);
  return G_SOURCE_REMOVE;
}

static gboolean
accept_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Door *door = user_data;
  CsApiConnections *connections = door->listener->connections;

  for (guint i = 0; i < ACCEPTS_AT_ONCE; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) accepted = g_socket_accept (socket, NULL, &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return G_SOURCE_CONTINUE;
      if (accepted == NULL) /* the process, or the computer, has no more of what a connection needs */
        {
          for (guint n = 0; n < ROOM_AT_ONCE && cs_api_connections_make_room (connections); n++)
            ;
          return pause_door (door);
        }
      cs_api_connections_take (connections, accepted);
    }
  return G_SOURCE_CONTINUE;
}

void
cs_api_listener_accept (CsApiListener *self, CsApiConnections *connections)
{
  self->connections = connections;
  for (guint i = 0; i < self->doors->len; i++)
    watch (self->doors->pdata[i]);
}
