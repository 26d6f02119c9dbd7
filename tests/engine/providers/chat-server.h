/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server on loopback that says word for word what a test tells it, in the pieces and with the pauses it tells. In the
 * main loop of the test; one answer a connection. */
#pragma once

#include "cs-test.h"

#include "core/cs-json.h"

#include <string.h>

/* What comes behind the last piece. */
typedef enum
{
  CHAT_END_WHOLE,  /* the end of the body */
  CHAT_END_CUT,    /* the end of the connection */
  CHAT_END_SILENT, /* nothing, until the client leaves */
} ChatEnd;

typedef struct
{
  GPtrArray *pieces; /* (element-type utf8): the head first */
  ChatEnd end;
  guint pause;       /* milliseconds before each piece but the first */
} ChatScript;

typedef struct
{
  GSocketService *service;
  guint port;
  GQueue scripts;      /* (element-type ChatScript) one used up by each request; none left: silence */
  GPtrArray *requests; /* (element-type utf8) as they came */
  guint n_open;        /* connections whose client has not left */
  guint n_left;        /* clients that left before the end */
} ChatServer;

/* One connection. */
typedef struct
{
  ChatServer *server;
  GSocketConnection *connection;
  GString *request;
  ChatScript *script;
  char buffer[4096];
  guint next;
  gboolean is_asked;
  gboolean is_over;
  guint n_pending;
  guint pause_id;
} ChatTalk;

static void
chat_script_free (ChatScript *script)
{
  g_ptr_array_unref (script->pieces);
  g_free (script);
}

static void
chat_talk_unpend (ChatTalk *talk)
{
  if (--talk->n_pending > 0)
    return;
  g_clear_handle_id (&talk->pause_id, g_source_remove);
  talk->server->n_open--;
  g_io_stream_close (G_IO_STREAM (talk->connection), NULL, NULL);
  g_object_unref (talk->connection);
  g_string_free (talk->request, TRUE);
  g_clear_pointer (&talk->script, chat_script_free);
  g_free (talk);
}

static void chat_talk_write (ChatTalk *talk);

static gboolean
chat_pause_cb (gpointer user_data)
{
  ChatTalk *talk = user_data;

  talk->pause_id = 0;
  chat_talk_write (talk);
  return G_SOURCE_REMOVE;
}

static void
chat_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ChatTalk *talk = user_data;
  gboolean is_written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  if (is_written && talk->next < talk->script->pieces->len)
    talk->pause_id = g_timeout_add (talk->script->pause, chat_pause_cb, talk);
  else if (is_written && talk->script->end != CHAT_END_SILENT)
    {
      talk->is_over = TRUE;
      g_socket_shutdown (g_socket_connection_get_socket (talk->connection), FALSE, TRUE, NULL);
    }
  chat_talk_unpend (talk);
}

static void
chat_talk_write (ChatTalk *talk)
{
  const char *piece = talk->script->pieces->pdata[talk->next++];

  talk->n_pending++;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (talk->connection)), piece, strlen (piece),
                                   G_PRIORITY_DEFAULT, NULL, chat_written_cb, talk);
}

static gboolean
chat_request_is_whole (const GString *request)
{
  const char *body = strstr (request->str, "\r\n\r\n");
  const char *length = strstr (request->str, "Content-Length: ");

  if (body == NULL)
    return FALSE;
  return length == NULL || length > body || strlen (body + 4) >= strtoul (length + strlen ("Content-Length: "), NULL, 10);
}

static void
chat_talk_answer (ChatTalk *talk)
{
  talk->is_asked = TRUE;
  g_ptr_array_add (talk->server->requests, g_strdup (talk->request->str));
  talk->script = g_queue_pop_head (&talk->server->scripts);
  if (talk->script != NULL)
    chat_talk_write (talk);
}

static void
chat_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ChatTalk *talk = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (length <= 0)
    {
      if (talk->is_asked && !talk->is_over)
        talk->server->n_left++;
      chat_talk_unpend (talk);
      return;
    }
  g_string_append_len (talk->request, talk->buffer, length);
  if (!talk->is_asked && chat_request_is_whole (talk->request))
    chat_talk_answer (talk);
  g_input_stream_read_async (G_INPUT_STREAM (source), talk->buffer, sizeof talk->buffer, G_PRIORITY_DEFAULT, NULL,
                             chat_read_cb, talk);
}

static gboolean
chat_incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  ChatServer *self = user_data;
  ChatTalk *talk = g_new0 (ChatTalk, 1);

  self->n_open++;
  talk->server = self;
  talk->connection = g_object_ref (connection);
  talk->request = g_string_new (NULL);
  talk->n_pending = 1;
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), talk->buffer, sizeof talk->buffer,
                             G_PRIORITY_DEFAULT, NULL, chat_read_cb, talk);
  return TRUE;
}

static ChatServer *
chat_server_new (void)
{
  ChatServer *self = g_new0 (ChatServer, 1);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) effective = NULL;

  self->service = g_socket_service_new ();
  self->requests = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->scripts);
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &effective, NULL));
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect (self->service, "incoming", G_CALLBACK (chat_incoming_cb), self);
  return self;
}

/* From now on nobody is there. */
static void
chat_server_close (ChatServer *self)
{
  if (self->port == 0)
    return;
  self->port = 0;
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}

static gboolean
chat_server_is_quiet (gpointer user_data)
{
  return ((ChatServer *) user_data)->n_open == 0;
}

/* Every client has to have left: that is what a cancelled call and a dropped session do. */
static void
chat_server_free (ChatServer *self)
{
  chat_server_close (self);
  g_assert_true (cs_test_wait (chat_server_is_quiet, self));
  g_object_unref (self->service);
  g_queue_clear_full (&self->scripts, (GDestroyNotify) chat_script_free);
  g_ptr_array_unref (self->requests);
  g_free (self);
}

/* An answer in pieces, as chunks. */
static void
chat_server_add (ChatServer *self, guint status, const char *type, ChatEnd end, guint pause, const char *const *pieces)
{
  ChatScript *script = g_new0 (ChatScript, 1);

  script->pieces = g_ptr_array_new_with_free_func (g_free);
  script->end = end;
  script->pause = pause;
  g_ptr_array_add (script->pieces,
                   g_strdup_printf ("HTTP/1.1 %u Word\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n"
                                    "Connection: close\r\n\r\n",
                                    status, type));
  for (guint i = 0; pieces != NULL && pieces[i] != NULL; i++)
    g_ptr_array_add (script->pieces, g_strdup_printf ("%zx\r\n%s\r\n", strlen (pieces[i]), pieces[i]));
  if (end == CHAT_END_WHOLE)
    g_ptr_array_add (script->pieces, g_strdup ("0\r\n\r\n"));
  g_queue_push_tail (&self->scripts, script);
}

static inline void
chat_server_add_json (ChatServer *self, guint status, const char *body)
{
  const char *const pieces[] = { body, NULL };

  chat_server_add (self, status, "application/json", CHAT_END_WHOLE, 0, *body != '\0' ? pieces : NULL);
}

/* The head of the nth request. */
static inline const char *
chat_server_get_request (ChatServer *self, guint n)
{
  g_assert_cmpuint (self->requests->len, >, n);
  return self->requests->pdata[n];
}

/* The JSON of the nth request. */
static inline JsonObject *
chat_server_dup_body (ChatServer *self, guint n)
{
  const char *body = strstr (chat_server_get_request (self, n), "\r\n\r\n");
  g_autoptr (GError) error = NULL;
  JsonObject *object = cs_json_parse_object (body + 4, strlen (body + 4), 4 * 1024 * 1024, &error);

  g_assert_no_error (error);
  return object;
}
