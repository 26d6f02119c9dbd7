/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last answer on a connection whose request is refused before all of it has come: it is sent at once, and what still
 * comes is read and thrown away for a while, since a connection that is closed with bytes unread loses its answer on the
 * way (RFC 9112, 9.6). Main thread.
 */
#include "config.h"
#include "server/cs-api-connection.h"

#include <string.h>

#define MAX_THROWN_AWAY (32 * 1024 * 1024) /* bytes */
#define READS_AT_ONCE 16

/* Returns: (transfer full): the answer of @message as it goes over the wire. */
static GBytes *
write_answer (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) body = soup_message_body_get_chunk (soup_server_message_get_response_body (message), 0);
  gsize length = body != NULL ? g_bytes_get_size (body) : 0;
  GString *text = g_string_new (NULL);
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  g_string_append_printf (text, "HTTP/1.1 %u %s\r\n", soup_server_message_get_status (message),
                          soup_server_message_get_reason_phrase (message));
  soup_message_headers_replace (headers, "Connection", "close");
  soup_message_headers_set_content_length (headers, length);
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_string_append_printf (text, "%s: %s\r\n", name, value);
  g_string_append (text, "\r\n");
  if (length > 0 && strcmp (soup_server_message_get_method (message), "HEAD") != 0)
    g_string_append_len (text, g_bytes_get_data (body, NULL), length);
  return g_string_free_to_bytes (text);
}

static void
watch (CsApiConnection *self, GIOCondition condition, GSocketSourceFunc func)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  self->source = g_socket_create_source (self->socket, condition, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (func), self, NULL);
  g_source_attach (self->source, NULL);
}

static gboolean
throw_away_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  CsApiConnection *self = user_data;
  char buffer[65536];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < READS_AT_ONCE; i++)
    {
      gssize n = g_socket_receive (socket, buffer, sizeof buffer, NULL, &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return G_SOURCE_CONTINUE;
      self->n_read += MAX (n, 0);
      if (n <= 0 || self->n_read > MAX_THROWN_AWAY)
        {
          cs_api_connection_close (self);
          return G_SOURCE_REMOVE;
        }
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
say_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  CsApiConnection *self = user_data;
  g_autoptr (GBytes) words = g_steal_pointer (&self->words);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (words, &length);
  gssize n = g_socket_send (socket, data, length, NULL, &error);

  if (n == -1 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      cs_api_connection_close (self);
      return G_SOURCE_REMOVE;
    }
  if (n < (gssize) length)
    {
      self->words = g_bytes_new_from_bytes (words, MAX (n, 0), length - MAX (n, 0));
      return G_SOURCE_CONTINUE;
    }
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
  watch (self, G_IO_IN, throw_away_cb);
  return G_SOURCE_REMOVE;
}

/** cs_api_connection_farewell: Takes the connection from libsoup, sends the answer that @message has, and closes. */
void
cs_api_connection_farewell (CsApiConnection *self, SoupServerMessage *message)
{
  self->words = write_answer (message);
  self->stolen = soup_server_message_steal_connection (message);
  cs_api_connection_say (self);
}

/** cs_api_connection_say: The same of a connection that is ours alone already. */
void
cs_api_connection_say (CsApiConnection *self)
{
  cs_api_connection_enter (self, CS_API_FAREWELL);
  watch (self, G_IO_OUT, say_cb);
}
