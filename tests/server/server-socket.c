/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-socket.h"

#include <string.h>

struct _ServerSocket
{
  GSocket *socket;
  GByteArray *got;
  gboolean is_closed; /* the server sends no more */
};

ServerSocket *
server_socket_new_to (const char *address, guint16 port)
{
  ServerSocket *self = g_new0 (ServerSocket, 1);
  g_autoptr (GSocketAddress) where = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GError) error = NULL;

  self->got = g_byte_array_new ();
  self->socket
      = g_socket_new (g_socket_address_get_family (where), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_connect (self->socket, where, NULL, &error); /* the kernel answers, not the server */
  g_assert_no_error (error);
  g_socket_set_blocking (self->socket, FALSE);
  return self;
}

ServerSocket *
server_socket_new (ServerFixture *fixture)
{
  return server_socket_new_to ("127.0.0.1", fixture->port);
}

void
server_socket_free (ServerSocket *self)
{
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_byte_array_unref (self->got);
  g_free (self);
}

guint16
server_socket_get_port (ServerSocket *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

/* What has come by now. */
static void
receive (ServerSocket *self)
{
  char buffer[65536];
  gssize n;
  g_autoptr (GError) error = NULL;

  while (!self->is_closed && (n = g_socket_receive (self->socket, buffer, sizeof buffer, NULL, &error)) != -1)
    if (n == 0)
      self->is_closed = TRUE;
    else
      g_byte_array_append (self->got, (guint8 *) buffer, n);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    self->is_closed = TRUE;
}

typedef struct
{
  ServerSocket *self;
  const char *data;
  gsize left;
  gboolean is_broken;
} Sending;

static gboolean
sent_cb (gpointer user_data)
{
  Sending *sending = user_data;
  g_autoptr (GError) error = NULL;
  gssize n;

  receive (sending->self);
  n = g_socket_send (sending->self->socket, sending->data, sending->left, NULL, &error);
  if (n == -1)
    return sending->is_broken = !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  sending->data += n;
  sending->left -= n;
  return sending->left == 0;
}

gboolean
server_socket_send_data (ServerSocket *self, const void *data, gsize length)
{
  Sending sending = { self, data, length, FALSE };

  cs_test_wait (sent_cb, &sending);
  return !sending.is_broken;
}

gboolean
server_socket_send (ServerSocket *self, const char *text)
{
  return server_socket_send_data (self, text, strlen (text));
}

void
server_socket_end (ServerSocket *self)
{
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
}

/* Reading */

typedef struct
{
  ServerSocket *self;
  gboolean has_body;
  guint status;
  SoupMessageHeaders *headers; /* (nullable) */
  GByteArray *body;
  gsize used; /* bytes of what has come, when the answer is whole */
} Reading;

/* @at: behind the headers. Returns: whether all chunks are here. */
static gboolean
read_chunks (Reading *reading, gsize at)
{
  GByteArray *got = reading->self->got;

  g_byte_array_set_size (reading->body, 0);
  while (got->data != NULL && at < got->len)
    {
      const char *line = (const char *) got->data + at;
      const char *end = memmem (line, got->len - at, "\r\n", 2);
      gsize size = end != NULL ? strtoul (line, NULL, 16) : 0;

      if (end == NULL || (gsize) (end - (const char *) got->data) + 2 + size + 2 > got->len)
        return FALSE;
      at = end - (const char *) got->data + 2;
      g_byte_array_append (reading->body, got->data + at, size);
      at += size + 2;
      reading->used = at;
      if (size == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_body (Reading *reading, gsize at)
{
  GByteArray *got = reading->self->got;
  SoupEncoding encoding = soup_message_headers_get_encoding (reading->headers);
  gsize length = got->len - at;

  if (!reading->has_body || reading->status == 204 || reading->status == 304 || reading->status < 200)
    length = 0;
  else if (encoding == SOUP_ENCODING_CHUNKED)
    return read_chunks (reading, at);
  else if (encoding == SOUP_ENCODING_CONTENT_LENGTH)
    length = soup_message_headers_get_content_length (reading->headers);
  else if (!reading->self->is_closed)
    return FALSE;
  if (got->len - at < length)
    return FALSE;
  g_byte_array_set_size (reading->body, 0);
  g_byte_array_append (reading->body, got->data + at, length);
  reading->used = at + length;
  return TRUE;
}

/* Whether a whole answer is here, or no more comes. */
static gboolean
is_whole_cb (gpointer user_data)
{
  Reading *reading = user_data;
  GByteArray *got = reading->self->got;
  const char *end;
  g_autofree char *phrase = NULL;

  receive (reading->self);
  end = got->len > 0 ? memmem (got->data, got->len, "\r\n\r\n", 4) : NULL;
  if (end != NULL && reading->headers == NULL)
    {
      reading->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
      g_assert_true (soup_headers_parse_response ((const char *) got->data, end + 2 - (const char *) got->data, reading->headers,
                                                  NULL, &reading->status, &phrase));
    }
  if (end != NULL && read_body (reading, end + 4 - (const char *) got->data))
    return TRUE;
  if (!reading->self->is_closed)
    return FALSE;
  reading->status = 0;
  return TRUE;
}

/** server_socket_read_to: @method: that the answer is to. */
ServerAnswer *
server_socket_read_to (ServerSocket *self, const char *method)
{
  Reading reading = { self, strcmp (method, "HEAD") != 0, 0, NULL, g_byte_array_new (), 0 };
  g_autoptr (GBytes) body = NULL;
  ServerAnswer *answer;

  cs_test_wait (is_whole_cb, &reading);
  if (reading.used > 0)
    g_byte_array_remove_range (self->got, 0, reading.used);
  body = g_byte_array_free_to_bytes (reading.body);
  answer = server_answer_new (reading.status, reading.headers, body);
  g_clear_pointer (&reading.headers, soup_message_headers_unref);
  return answer;
}

ServerAnswer *
server_socket_read (ServerSocket *self)
{
  return server_socket_read_to (self, "GET");
}

/* It takes no more than one piece from the wire, so that the rest stays there. */
gboolean
server_socket_has (ServerSocket *self, gsize n_bytes)
{
  char buffer[1024];
  gssize n = g_socket_receive (self->socket, buffer, sizeof buffer, NULL, NULL);

  if (n > 0)
    g_byte_array_append (self->got, (guint8 *) buffer, n);
  return self->got->len >= n_bytes;
}

gboolean
server_socket_is_closed (ServerSocket *self)
{
  receive (self);
  return self->is_closed;
}

static gboolean
is_closed_cb (gpointer user_data)
{
  return server_socket_is_closed (user_data);
}

void
server_socket_wait_close (ServerSocket *self)
{
  cs_test_wait (is_closed_cb, self);
}

ServerAnswer *
server_say (ServerFixture *fixture, const char *text)
{
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);

  server_socket_send (socket, text);
  return server_socket_read_to (socket, g_str_has_prefix (text, "HEAD ") ? "HEAD" : "GET");
}
