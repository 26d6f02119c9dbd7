/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that says what it was told to say. */
#include "config.h"
#include "cs-canned-server.h"

#include "cs-raw-server.h"

#include <string.h>

struct _CsCannedServer
{
  CsRawServer *server;
  GAsyncQueue *answers; /* (element-type GBytes) (owned) */
};

/* In the thread of a connection. */
static void
serve (CsRawConnection *connection, gpointer user_data)
{
  CsCannedServer *self = user_data;
  g_autofree char *request = cs_raw_read (connection);
  g_autoptr (GBytes) answer = request != NULL ? g_async_queue_try_pop (self->answers) : NULL;

  if (answer != NULL)
    cs_raw_write_data (connection, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

/** cs_canned_server_new: Returns: (transfer full): a server that listens. */
CsCannedServer *
cs_canned_server_new (void)
{
  CsCannedServer *self = g_new0 (CsCannedServer, 1);

  self->answers = g_async_queue_new_full ((GDestroyNotify) g_bytes_unref);
  self->server = cs_raw_server_new (serve, self);
  return self;
}

void
cs_canned_server_free (CsCannedServer *self)
{
  cs_raw_server_free (self->server);
  g_async_queue_unref (self->answers);
  g_free (self);
}

char *
cs_canned_server_dup_base (CsCannedServer *self)
{
  return cs_raw_server_dup_address (self->server, "");
}

/**
 * cs_canned_server_add:
 * @status: as "200 OK"
 * @headers: (nullable): lines as "X: y\r\n", in place of the type of JSON
 * @body: (nullable): its bytes
 * @length: -1: up to its NUL
 *
 * The next answer.
 */
void
cs_canned_server_add (CsCannedServer *self, const char *status, const char *headers, const void *body, gssize length)
{
  gsize size = length >= 0 ? (gsize) length : body != NULL ? strlen (body) : 0;
  g_autoptr (GString) answer = g_string_new (NULL);

  g_string_append_printf (answer, "HTTP/1.1 %s\r\nConnection: close\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", status,
                          headers != NULL ? headers : "Content-Type: application/json\r\n", size);
  if (size > 0)
    g_string_append_len (answer, body, size);
  cs_canned_server_add_raw (self, answer->str, answer->len);
}

void
cs_canned_server_add_raw (CsCannedServer *self, const void *bytes, gssize length)
{
  g_async_queue_push (self->answers, g_bytes_new (bytes, length >= 0 ? (gsize) length : strlen (bytes)));
}

guint
cs_canned_server_count (CsCannedServer *self)
{
  return cs_raw_server_count_requests (self->server);
}

char *
cs_canned_server_dup_request (CsCannedServer *self, guint n)
{
  return n < cs_canned_server_count (self) ? cs_raw_server_dup_request (self->server, n) : NULL;
}
