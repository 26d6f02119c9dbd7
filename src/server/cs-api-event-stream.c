/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Server-sent events to one listener, as the HTML standard writes them (section 9.2). Main thread. */
#include "config.h"
#include "server/cs-api-event-stream.h"

#include "server/cs-api-connection.h"

#include <string.h>
#include <sys/socket.h>

#define ENOUGH (64 * 1024) /* bytes that wait: he is told more when he has read these */
#define GREETING "retry: 2000\n\n" /* milliseconds until a browser comes back */
#define PING ": ping\n\n"

struct _CsApiEventStream
{
  CsApiCall *call;
  gint64 key_id;  /* only what this wallet key pays; 0: all */
  gint64 mark;    /* all changes up to this number are told; below 0: none yet */
  gsize n_waiting; /* bytes that the caller has not taken */
  gboolean is_full;
  gboolean is_over;
  GSource *watch; /* (nullable) of the connection */
  CsApiEventStreamFunc drained;
  CsApiEventStreamFunc gone;
  gpointer user_data;
};

CsApiEventStream *
cs_api_event_stream_new (CsApiCall *call, gint64 key_id, gint64 mark)
{
  CsApiEventStream *self = g_new0 (CsApiEventStream, 1);

  self->call = cs_api_call_ref (call);
  self->key_id = key_id;
  self->mark = mark;
  return self;
}

static void
stop_watching (CsApiEventStream *self)
{
  if (self->watch != NULL)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
}

void
cs_api_event_stream_free (CsApiEventStream *self)
{
  stop_watching (self);
  g_signal_handlers_disconnect_by_data (cs_api_call_get_message (self->call), self);
  cs_api_call_unref (self->call);
  g_free (self);
}

static void
send_text (CsApiEventStream *self, const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  if (self->is_over || !cs_api_call_write (self->call, bytes))
    return;
  self->n_waiting += length;
  self->is_full = self->n_waiting >= ENOUGH;
}

static void
ping (CsApiEventStream *self)
{
  send_text (self, PING, strlen (PING));
}

static void
wrote_cb (SoupServerMessage *message, guint n_bytes, gpointer user_data)
{
  CsApiEventStream *self = user_data;

  self->n_waiting -= MIN (self->n_waiting, n_bytes);
  if (!self->is_full || self->n_waiting > 0)
    return;
  self->is_full = FALSE;
  self->drained (self, self->user_data);
}

static void
gone_cb (CsApiEventStream *self)
{
  self->gone (self, self->user_data);
}

/* The connection: libsoup looks at it only when there is something to send, which may be long after the listener has gone. */

static void watch (CsApiEventStream *self, GIOCondition condition);

/* The end of what he sends may be the end of him, or not: what is sent to nobody comes back as an error, and is seen then. */
static gboolean
peer_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  CsApiEventStream *self = user_data;
  gboolean is_broken = (condition & (G_IO_HUP | G_IO_ERR)) != 0;
  char byte;

  stop_watching (self);
  if (is_broken || recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
    ping (self);
  if (!is_broken)
    watch (self, 0);
  return G_SOURCE_REMOVE;
}

/* @condition: besides that it breaks. */
static void
watch (CsApiEventStream *self, GIOCondition condition)
{
  CsApiConnection *connection = cs_api_connection_of (cs_api_call_get_message (self->call));

  if (connection == NULL)
    return;
  self->watch = g_socket_create_source (connection->socket, condition, NULL);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (peer_cb), self, NULL);
  g_source_attach (self->watch, NULL);
}

/**
 * cs_api_event_stream_begin:
 * @drained: called when it is ready again
 * @gone: called once, when nobody listens any more: frees it
 */
void
cs_api_event_stream_begin (CsApiEventStream *self, CsApiEventStreamFunc drained, CsApiEventStreamFunc gone, gpointer user_data)
{
  SoupServerMessage *message = cs_api_call_get_message (self->call);

  self->drained = drained;
  self->gone = gone;
  self->user_data = user_data;
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_cb), self);
  g_signal_connect_swapped (message, "finished", G_CALLBACK (gone_cb), self);
  g_signal_connect_swapped (message, "disconnected", G_CALLBACK (gone_cb), self);
  cs_api_call_reply_stream (self->call);
  send_text (self, GREETING, strlen (GREETING));
  watch (self, G_IO_IN);
}

gint64
cs_api_event_stream_get_mark (CsApiEventStream *self)
{
  return self->mark;
}

gboolean
cs_api_event_stream_is_ready (CsApiEventStream *self)
{
  return !self->is_full && !self->is_over;
}

static void
add_event (GString *text, const CsChange *change)
{
  g_autoptr (JsonObject) data = cs_change_to_json (change);
  g_autofree char *json = cs_json_object_to_string (data, FALSE);

  g_string_append_printf (text, "id: %" G_GINT64_FORMAT "\nevent: %s\ndata: %s\n\n", change->number,
                          change->is_creation ? "creation" : "job", json);
}

/* Whoever begins now knows where he stands, should he have to come back before anything happens. */
static void
take_place (CsApiEventStream *self, gint64 last, GString *text)
{
  self->mark = last;
  g_string_append_printf (text, "id: %" G_GINT64_FORMAT "\n\n", last);
}

/** cs_api_event_stream_tell: Sends those of @changes that are new to it and may be seen by it. */
void
cs_api_event_stream_tell (CsApiEventStream *self, const CsChanges *changes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->mark < 0)
    take_place (self, changes->last, text);
  else if (self->mark > changes->last)
    self->mark = 0; /* a number of another database: better all than nothing */
  for (guint i = 0; i < changes->all->len; i++)
    {
      const CsChange *change = changes->all->pdata[i];

      if (change->number <= self->mark)
        continue;
      self->mark = change->number;
      if (self->key_id == 0 || self->key_id == change->key_id)
        add_event (text, change);
    }
  if (text->len > 0)
    send_text (self, text->str, text->len);
}

/** cs_api_event_stream_ping: Says nothing, so that whatever is in between keeps the connection. */
void
cs_api_event_stream_ping (CsApiEventStream *self)
{
  if (self->n_waiting == 0)
    ping (self);
}

/** cs_api_event_stream_end: No more is told; @gone is called when the caller has it all. */
void
cs_api_event_stream_end (CsApiEventStream *self)
{
  stop_watching (self);
  self->is_over = TRUE;
  cs_api_call_over (self->call);
}
