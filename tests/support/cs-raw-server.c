/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-raw-server.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct _CsRawServer
{
  GSocketListener *listener;
  guint16 port;
  GThread *thread;
  GCancellable *stop;
  GTlsCertificate *certificate; /* (nullable) */
  CsRawFunc func;
  gpointer user_data;

  GMutex mutex; /* for what follows */
  GPtrArray *requests;
  GPtrArray *threads;
  guint n_connections;
};

static GIOStream *
wrap_tls (CsRawServer *self, GIOStream *stream)
{
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (stream, self->certificate, NULL);

  if (tls == NULL || !g_tls_connection_handshake (G_TLS_CONNECTION (tls), self->stop, NULL))
    return NULL;
  return g_steal_pointer (&tls);
}

static gpointer
connection_thread (gpointer data)
{
  CsRawConnection *connection = data;
  CsRawServer *self = connection->server;
  g_autoptr (GIOStream) plain = g_steal_pointer (&connection->stream);

  connection->fd = g_socket_get_fd (g_socket_connection_get_socket (G_SOCKET_CONNECTION (plain)));
  connection->stream = self->certificate != NULL ? wrap_tls (self, plain) : g_object_ref (plain);
  if (connection->stream != NULL)
    {
      connection->input = g_buffered_input_stream_new (g_io_stream_get_input_stream (connection->stream));
      self->func (connection, self->user_data);
    }
  g_clear_object (&connection->input);
  g_clear_object (&connection->stream);
  g_free (connection);
  return NULL;
}

static gpointer
accept_thread (gpointer data)
{
  CsRawServer *self = data;
  GSocketConnection *stream;

  while ((stream = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL)
    {
      g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
      CsRawConnection *connection = g_new0 (CsRawConnection, 1);

      connection->server = self;
      connection->number = self->n_connections++;
      connection->stream = G_IO_STREAM (stream);
      g_ptr_array_add (self->threads, g_thread_new ("raw-connection", connection_thread, connection));
    }
  return NULL;
}

static CsRawServer *
new_server (GTlsCertificate *certificate, CsRawFunc func, gpointer user_data)
{
  CsRawServer *self = g_new0 (CsRawServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->certificate = certificate;
  self->func = func;
  self->user_data = user_data;
  self->stop = g_cancellable_new ();
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->threads = g_ptr_array_new ();
  self->listener = g_socket_listener_new ();
  g_socket_listener_set_backlog (self->listener, 256);
  g_socket_listener_add_address (self->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("raw-server", accept_thread, self);
  return self;
}

CsRawServer *
cs_raw_server_new (CsRawFunc func, gpointer user_data)
{
  return new_server (NULL, func, user_data);
}

/** cs_raw_server_new_tls: @certificate: a file with a certificate and its key. */
CsRawServer *
cs_raw_server_new_tls (const char *certificate, CsRawFunc func, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GTlsCertificate *loaded = g_tls_certificate_new_from_file (certificate, &error);

  g_assert_no_error (error);
  return new_server (loaded, func, user_data);
}

void
cs_raw_server_free (CsRawServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->requests);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_clear_object (&self->certificate);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/** cs_raw_server_dup_address: Returns: (transfer full): @path ("/a") on this server. */
char *
cs_raw_server_dup_address (CsRawServer *self, const char *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%d%s", self->certificate != NULL ? "https" : "http", self->port, path);
}

guint
cs_raw_server_count_connections (CsRawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->n_connections;
}

guint
cs_raw_server_count_requests (CsRawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->requests->len;
}

char *
cs_raw_server_dup_request (CsRawServer *self, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return n < self->requests->len ? g_strdup (g_ptr_array_index (self->requests, n)) : NULL;
}

static gboolean
read_byte (CsRawConnection *connection, GString *text)
{
  char byte;

  if (g_input_stream_read (connection->input, &byte, 1, connection->server->stop, NULL) != 1)
    return FALSE;
  g_string_append_c (text, byte);
  return TRUE;
}

static gsize
find_length (const char *head)
{
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char *at = strstr (lower, "\ncontent-length:");

  return at != NULL ? strtoul (at + strlen ("\ncontent-length:"), NULL, 10) : 0;
}

char *
cs_raw_read (CsRawConnection *connection)
{
  CsRawServer *self = connection->server;
  GString *text = g_string_new (NULL);
  gsize length;

  while (!g_str_has_suffix (text->str, "\r\n\r\n"))
    if (!read_byte (connection, text))
      return g_string_free (text, TRUE);
  for (length = find_length (text->str); length > 0 && read_byte (connection, text); length--)
    ;
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, g_strdup (text->str));
  g_mutex_unlock (&self->mutex);
  return g_string_free (text, FALSE);
}

gboolean
cs_raw_write_data (CsRawConnection *connection, const void *data, gsize length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (connection->stream), data, length, NULL,
                                    connection->server->stop, NULL);
}

gboolean
cs_raw_write (CsRawConnection *connection, const char *text)
{
  return cs_raw_write_data (connection, text, strlen (text));
}

void
cs_raw_reset (CsRawConnection *connection)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (connection->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_io_stream_close (connection->stream, NULL, NULL);
}

void
cs_raw_wait (CsRawConnection *connection, guint milliseconds)
{
  GPollFD fd = { .events = G_IO_IN };

  g_cancellable_make_pollfd (connection->server->stop, &fd);
  g_poll (&fd, 1, milliseconds);
  g_cancellable_release_fd (connection->server->stop);
}

void
cs_raw_wait_for_close (CsRawConnection *connection)
{
  char bytes[4096];

  while (g_input_stream_read (connection->input, bytes, sizeof bytes, connection->server->stop, NULL) > 0)
    ;
}
