/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that says what it was told to say. */
#include "config.h"
#include "cs-canned-server.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_REQUEST (32 * 1024 * 1024)

struct _CsCannedServer
{
  GSocketService *service;
  guint16 port;

  GMutex mutex;
  GQueue answers;      /* (element-type GBytes) (owned) */
  GPtrArray *requests; /* (element-type utf8) */
};

static void
keep_request (CsCannedServer *self, GString *request)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, g_strndup (request->str, request->len));
  g_mutex_unlock (&self->mutex);
}

static GBytes *
take_answer (CsCannedServer *self)
{
  GBytes *answer;

  g_mutex_lock (&self->mutex);
  answer = g_queue_pop_head (&self->answers);
  g_mutex_unlock (&self->mutex);
  return answer;
}

/* How long the request is in all, once its head is here; 0: not yet. */
static gsize
get_request_length (GString *request)
{
  const char *end = strstr (request->str, "\r\n\r\n");
  g_autofree char *head = end != NULL ? g_ascii_strdown (request->str, end - request->str) : NULL;
  const char *field = head != NULL ? strstr (head, "\r\ncontent-length:") : NULL;
  gsize length = field != NULL ? g_ascii_strtoull (field + strlen ("\r\ncontent-length:"), NULL, 10) : 0;

  return end != NULL ? end + 4 - request->str + MIN (length, MAX_REQUEST) : 0;
}

static gboolean
read_request (GInputStream *stream, GString *request)
{
  char chunk[4096];
  gssize got;

  do
    {
      gsize length = get_request_length (request);

      if (length > 0 && request->len >= length)
        return TRUE;
      got = g_input_stream_read (stream, chunk, sizeof chunk, NULL, NULL);
      g_string_append_len (request, chunk, MAX (got, 0));
    }
  while (got > 0 && request->len <= 2 * MAX_REQUEST);
  return FALSE;
}

static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  CsCannedServer *self = user_data;
  g_autoptr (GString) request = g_string_new (NULL);
  g_autoptr (GBytes) answer = NULL;
  const void *bytes;
  gsize length;

  if (!read_request (g_io_stream_get_input_stream (G_IO_STREAM (connection)), request))
    return TRUE;
  keep_request (self, request);
  answer = take_answer (self);
  if (answer == NULL)
    return TRUE;
  bytes = g_bytes_get_data (answer, &length);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes, length, NULL, NULL, NULL);
  return TRUE;
}

/** cs_canned_server_new: Returns: (transfer full): a server that listens. */
CsCannedServer *
cs_canned_server_new (void)
{
  CsCannedServer *self = g_new0 (CsCannedServer, 1);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_queue_init (&self->answers);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->service = g_threaded_socket_service_new (8);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                 &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_service_start (self->service);
  return self;
}

/** cs_canned_server_free: No request may be under way any more. */
void
cs_canned_server_free (CsCannedServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_queue_clear_full (&self->answers, (GDestroyNotify) g_bytes_unref);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

char *
cs_canned_server_dup_base (CsCannedServer *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

/**
 * cs_canned_server_add:
 * @headers: (nullable): more of them; Content-Length and Connection are there already
 * @body: (nullable): its bytes
 * @length: -1: up to its NUL
 *
 * The next answer.
 */
void
cs_canned_server_add (CsCannedServer *self, const char *status, const char *headers, const void *body, gssize length)
{
  gsize size = length >= 0 ? (gsize) length : body != NULL ? strlen (body) : 0;
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 %s\r\nConnection: close\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           status, headers != NULL ? headers : "Content-Type: application/json\r\n", size);
  g_autoptr (GString) answer = g_string_new (head);

  if (size > 0)
    g_string_append_len (answer, body, size);
  cs_canned_server_add_raw (self, answer->str, answer->len);
}

void
cs_canned_server_add_raw (CsCannedServer *self, const void *bytes, gssize length)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->answers, g_bytes_new (bytes, length >= 0 ? (gsize) length : strlen (bytes)));
  g_mutex_unlock (&self->mutex);
}

guint
cs_canned_server_count (CsCannedServer *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->requests->len;
  g_mutex_unlock (&self->mutex);
  return count;
}

char *
cs_canned_server_dup_request (CsCannedServer *self, guint n)
{
  char *request;

  g_mutex_lock (&self->mutex);
  request = n < self->requests->len ? g_strdup (self->requests->pdata[n]) : NULL;
  g_mutex_unlock (&self->mutex);
  return request;
}
