/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers that a well-behaved server cannot give: half of them, too long ones, very slow ones, none at all. The
 * connection is taken away from libsoup, and a thread writes to it as it likes, until the fake server ends.
 */
#include "config.h"
#include "cs-fake-server-private.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

typedef struct
{
  GIOStream *stream;
  GSocket *socket;
  GCancellable *cancellable;
  char *head;
  CsFakeRaw raw;
} Work;

/* On Linux this lets go of a connected socket by a reset, and leaves the descriptor to its owner. */
static void
reset_socket (GSocket *socket)
{
  struct sockaddr nobody = { .sa_family = AF_UNSPEC };

  g_assert_cmpint (connect (g_socket_get_fd (socket), &nobody, sizeof nobody), ==, 0);
}

/** cs_fake_fault_reset: libsoup sees a broken connection, as the client does. */
void
cs_fake_fault_reset (CsFakeCall *call)
{
  reset_socket (soup_server_message_get_socket (call->message));
}

static char *
format_head (CsFakeCall *call, const CsFakeRaw *raw)
{
  GString *head = g_string_new (NULL);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  g_string_append_printf (head, "HTTP/1.1 %u %s\r\n", call->status, soup_status_get_phrase (call->status));
  soup_message_headers_iter_init (&iter, soup_server_message_get_response_headers (call->message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (g_ascii_strcasecmp (name, "Content-Length") != 0 && g_ascii_strcasecmp (name, "Transfer-Encoding") != 0)
      g_string_append_printf (head, "%s: %s\r\n", name, value);
  g_string_append_printf (head, "Content-Type: %s\r\n", call->type);
  if (call->in_lines)
    g_string_append (head, "Transfer-Encoding: chunked\r\n\r\n");
  else
    g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", raw->claimed);
  return g_string_free (head, FALSE);
}

static gboolean
write_bytes (Work *self, const void *data, gsize length)
{
  GOutputStream *out = g_io_stream_get_output_stream (self->stream);

  return g_output_stream_write_all (out, data, length, NULL, self->cancellable, NULL);
}

static gboolean
write_slowly (Work *self, const char *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!write_bytes (self, data + i, 1))
        return FALSE;
      g_usleep (self->raw.pause * 1000);
    }
  return TRUE;
}

static gboolean
write_body (Work *self)
{
  gsize length;
  const char *data = g_bytes_get_data (self->raw.body, &length);

  if (self->raw.pause > 0)
    return write_slowly (self, data, length);
  for (guint64 i = 0; i < self->raw.repeats; i++)
    if (!write_bytes (self, data, length))
      return FALSE;
  return TRUE;
}

/* Reads what comes, and is done when nothing can come any more. */
static void
hold (Work *self)
{
  GInputStream *in = g_io_stream_get_input_stream (self->stream);
  char buffer[256];

  while (g_input_stream_read (in, buffer, sizeof buffer, self->cancellable, NULL) > 0)
    continue;
}

static gpointer
write_thread (gpointer user_data)
{
  Work *self = user_data;
  gboolean good = self->raw.is_bare || write_bytes (self, self->head, strlen (self->head));

  if (good && self->raw.body != NULL)
    good = write_body (self);
  if (good && self->raw.end == CS_FAKE_END_HOLD)
    hold (self);
  if (good && self->raw.end == CS_FAKE_END_RESET)
    reset_socket (self->socket);
  g_io_stream_close (self->stream, NULL, NULL);
  g_object_unref (self->stream);
  g_object_unref (self->socket);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->raw.body, g_bytes_unref);
  g_free (self->head);
  g_free (self);
  return NULL;
}

/** cs_fake_raw_send: The call is over for libsoup. */
void
cs_fake_raw_send (CsFakeCall *call, CsFakeRaw raw)
{
  CsFakeServer *server = call->server;
  Work *work = g_new0 (Work, 1);

  work->raw = raw;
  work->head = raw.is_bare ? NULL : format_head (call, &raw);
  work->cancellable = g_object_ref (server->cancellable);
  work->socket = g_object_ref (soup_server_message_get_socket (call->message));
  call->is_over = TRUE;
  work->stream = soup_server_message_steal_connection (call->message);
  g_ptr_array_add (server->threads, g_thread_new ("fake-answer", write_thread, work));
}
