/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection: what it is at, and the ways to end it that libsoup notices. Main thread. */
#include "config.h"
#include "server/cs-api-connection.h"

#include "server/cs-api-refusal.h"
#include "server/cs-api-stream.h"

#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#define MAX_HEADERS (64 * 1024) /* bytes, and what was read with the last of them */
#define STATUS_AT strlen ("HTTP/1.1 ")

static GQuark cs_api_connection_quark (void);
G_DEFINE_QUARK (cs-api-connection, cs_api_connection)

/** cs_api_connection_new: @moved, @gone: told of what becomes of it. Returns: it; free when its stream is closed. */
CsApiConnection *
cs_api_connection_new (GSocket *socket, CsApiConnectionFunc moved, CsApiConnectionFunc gone, gpointer user_data)
{
  CsApiConnection *self = g_new0 (CsApiConnection, 1);

  g_socket_set_blocking (socket, FALSE);
  g_socket_set_keepalive (socket, TRUE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  self->socket = g_object_ref (socket);
  self->moved = moved;
  self->gone = gone;
  self->user_data = user_data;
  self->since = g_get_monotonic_time ();
  self->link.data = self;
  self->idle_link.data = self;
  return self;
}

static void
connection_free (CsApiConnection *self)
{
  if (self->remote != NULL)
    g_object_set_qdata (G_OBJECT (self->remote), cs_api_connection_quark (), NULL);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_pointer (&self->words, g_bytes_unref);
  g_clear_object (&self->last);
  g_clear_object (&self->remote);
  g_clear_object (&self->stolen);
  g_clear_object (&self->base);
  g_object_unref (self->socket);
  g_free (self);
}

/** cs_api_connection_of: Returns: (transfer none) (nullable): the connection that @message came on, while it is there. */
CsApiConnection *
cs_api_connection_of (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return remote != NULL ? g_object_get_qdata (G_OBJECT (remote), cs_api_connection_quark ()) : NULL;
}

void
cs_api_connection_enter (CsApiConnection *self, CsApiStage stage)
{
  /* The time for the headers of the first request counts from the connection. */
  if (stage != CS_API_HEADERS || self->last != NULL)
    self->since = g_get_monotonic_time ();
  if (stage != CS_API_HEADERS)
    self->n_headers = 0;
  self->stage = stage;
  self->progressed_at = self->since;
  self->moved (self, self->user_data);
}

/** cs_api_connection_rest: A request has ended, and the next one may come. */
void
cs_api_connection_rest (CsApiConnection *self, SoupServerMessage *ended)
{
  soup_message_body_truncate (soup_server_message_get_request_body (ended));
  soup_message_body_truncate (soup_server_message_get_response_body (ended));
  g_set_object (&self->last, ended);
  self->message = NULL;
  cs_api_connection_enter (self, CS_API_WAITING);
}

/** cs_api_connection_wake: The next request has begun; the first of them before anything of it has come. */
void
cs_api_connection_wake (CsApiConnection *self, SoupServerMessage *begun)
{
  self->message = begun;
  if (self->stage == CS_API_WAITING && self->last != NULL)
    cs_api_connection_enter (self, CS_API_HEADERS);
  g_clear_object (&self->last);
}

/* Ends */

/* Until the next request has begun, for libsoup, with its first whole line: it would see the end, and forget the connection
 * without closing it. So it must be taken away. */
static gboolean
is_resting (CsApiConnection *self)
{
  return self->last != NULL;
}

/** cs_api_connection_close: Frees @self, now or as soon as libsoup has noticed. */
void
cs_api_connection_close (CsApiConnection *self)
{
  g_autoptr (GIOStream) stream = NULL;

  if (!self->is_closing)
    {
      self->is_closing = TRUE;
      self->moved (self, self->user_data);
    }
  if (self->stolen != NULL)
    stream = g_steal_pointer (&self->stolen);
  else if (is_resting (self))
    stream = soup_server_message_steal_connection (self->last);
  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
  else if (self->is_left)
    {
      g_io_stream_close (self->base, NULL, NULL);
      self->gone (self, self->user_data);
      connection_free (self);
    }
  else
    g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

static gboolean
close_cb (gpointer user_data)
{
  CsApiConnection *self = user_data;

  g_clear_pointer (&self->source, g_source_unref);
  cs_api_connection_close (self);
  return G_SOURCE_REMOVE;
}

/** cs_api_connection_close_soon: The same, once libsoup is not in the middle of something with it. */
void
cs_api_connection_close_soon (CsApiConnection *self)
{
  if (self->source != NULL)
    return;
  /* Also of one that was closed while its last answer ended: libsoup begins to read again, and would see no end of it. */
  if (!self->is_closing)
    {
      self->is_closing = TRUE;
      self->moved (self, self->user_data);
    }
  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_HIGH);
  g_source_set_callback (self->source, close_cb, self, NULL);
  g_source_attach (self->source, NULL);
}

static gssize
fail (GError **error, GIOErrorEnum code)
{
  g_clear_error (error);
  g_set_error_literal (error, G_IO_ERROR, code, "The connection has ended.");
  return -1;
}

/* libsoup has a limit too, and breaks the connection without a word. */
static gssize
count_headers (CsApiConnection *self, gssize n, GError **error)
{
  self->n_headers += n;
  if (self->n_headers <= MAX_HEADERS)
    return n;
  if (is_resting (self))
    {
      cs_api_connection_close_soon (self);
      return fail (error, G_IO_ERROR_WOULD_BLOCK);
    }
  self->words = cs_api_refusal_new (self->message, CS_API_HEADERS_TOO_LARGE);
  return fail (error, G_IO_ERROR_CLOSED);
}

/* What a read gave, before libsoup gets it. */
static gssize
read_cb (gpointer user_data, gssize n, GError **error)
{
  CsApiConnection *self = user_data;

  if (is_resting (self) && (n <= 0 || self->is_closing))
    {
      cs_api_connection_close_soon (self);
      return fail (error, G_IO_ERROR_WOULD_BLOCK);
    }
  if (self->is_closing)
    return fail (error, G_IO_ERROR_CLOSED);
  if (n > 0 && self->stage == CS_API_WAITING)
    cs_api_connection_enter (self, CS_API_HEADERS);
  if (n == 0 && self->stage == CS_API_HEADERS) /* half of a request is none */
    return fail (error, G_IO_ERROR_PARTIAL_INPUT);
  if (n > 0 && self->stage == CS_API_HEADERS)
    return count_headers (self, n, error);
  return n;
}

/* libsoup answers something that it has handed to nobody: it is to be said in our way, once libsoup has let go. */
static gboolean
write_cb (gpointer user_data, const char *data, gsize length, GError **error)
{
  CsApiConnection *self = user_data;

  if (self->stage != CS_API_WAITING && self->stage != CS_API_HEADERS)
    return TRUE;
  if (self->words == NULL && length > STATUS_AT)
    self->words = cs_api_refusal_new (self->message, strtoul (data + STATUS_AT, NULL, 10));
  fail (error, G_IO_ERROR_CLOSED);
  return FALSE;
}

static gboolean
closed_cb (gpointer user_data)
{
  CsApiConnection *self = user_data;

  if (self->words != NULL && self->stolen == NULL && !self->is_closing)
    {
      self->is_left = TRUE;
      cs_api_connection_say (self);
      return FALSE;
    }
  self->gone (self, self->user_data);
  connection_free (self);
  return TRUE;
}

static const CsApiStreamWatch stream_watch = { read_cb, write_cb, closed_cb };

/** cs_api_connection_serve: Hands the connection to @soup, which begins to read. */
void
cs_api_connection_serve (CsApiConnection *self, SoupServer *soup)
{
  GIOStream *base = G_IO_STREAM (g_socket_connection_factory_create_connection (self->socket));
  g_autoptr (GIOStream) stream = cs_api_stream_new (base, &stream_watch, self);
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (self->socket, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (self->socket, NULL);

  self->base = base;
  if (local == NULL || remote == NULL)
    return; /* it is gone already */
  g_set_object (&self->remote, remote);
  g_object_set_qdata (G_OBJECT (remote), cs_api_connection_quark (), self);
  soup_server_accept_iostream (soup, stream, local, remote, NULL);
}

/* The reader of an answer */

/** cs_api_connection_get_stall: Returns: for how long the peer has taken nothing of what lies ready for it; 0: nothing does. */
gint64
cs_api_connection_get_stall (CsApiConnection *self, gint64 now)
{
  struct tcp_info info = { 0 };
  socklen_t length = sizeof info;
  int waiting = 0;
  int fd = g_socket_get_fd (self->socket);

  if (ioctl (fd, SIOCOUTQ, &waiting) != 0 || waiting == 0
      || getsockopt (fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0 || info.tcpi_bytes_acked != self->acknowledged)
    {
      self->acknowledged = info.tcpi_bytes_acked;
      self->progressed_at = now;
    }
  return now - self->progressed_at;
}
