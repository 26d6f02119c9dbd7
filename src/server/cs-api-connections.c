/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All connections: their number, their time, and room for the next. Main thread. */
#include "config.h"
#include "server/cs-api-connections.h"

#include "server/cs-api-connection.h"

#define MAX_TICK 2000            /* milliseconds between two looks at the clock */
#define STALL_TO_MAKE_ROOM G_TIME_SPAN_SECOND

struct _CsApiConnections
{
  SoupServer *soup; /* (owned) */
  const CsApiLimits *limits; /* (unowned) the server's */
  GQueue all;
  GQueue idle;      /* those that can be closed to make room, idle longest first */
  guint n_open;     /* of all, those that are not being closed */
  guint tick;       /* the timer; 0: nobody is connected */
  gboolean is_draining;
  void (*gone) (gpointer user_data);
  gpointer user_data;
};

static void
started_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  CsApiConnection *connection = cs_api_connection_of (message);

  if (connection != NULL)
    cs_api_connection_wake (connection, message);
}

static void
finished_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  CsApiConnections *self = user_data;
  CsApiConnection *connection = cs_api_connection_of (message);

  if (connection == NULL || connection->words != NULL)
    return;
  cs_api_connection_rest (connection, message);
  if (self->is_draining)
    cs_api_connection_close_soon (connection);
}

/** cs_api_connections_new: @limits: outlives it. Returns: (transfer full): the keeper of the connections of @soup. */
CsApiConnections *
cs_api_connections_new (SoupServer *soup, const CsApiLimits *limits)
{
  CsApiConnections *self = g_new0 (CsApiConnections, 1);

  self->soup = g_object_ref (soup);
  self->limits = limits;
  g_signal_connect (soup, "request-started", G_CALLBACK (started_cb), self);
  g_signal_connect (soup, "request-finished", G_CALLBACK (finished_cb), self);
  g_signal_connect (soup, "request-aborted", G_CALLBACK (finished_cb), self); /* so libsoup calls a whole answer of 500 too */
  return self;
}

/** cs_api_connections_free: Closes all that are left. */
void
cs_api_connections_free (CsApiConnections *self)
{
  g_signal_handlers_disconnect_by_data (self->soup, self);
  self->gone = NULL;
  soup_server_disconnect (self->soup);
  while (!g_queue_is_empty (&self->all))
    cs_api_connection_close (self->all.head->data); /* these are ours alone */
  g_clear_handle_id (&self->tick, g_source_remove);
  g_object_unref (self->soup);
  g_free (self);
}

/* Room */

static void
set_idle (CsApiConnections *self, CsApiConnection *connection, gboolean is_idle, gboolean is_new)
{
  if (connection->is_idle && (!is_idle || is_new))
    g_queue_unlink (&self->idle, &connection->idle_link);
  if (is_idle && (!connection->is_idle || is_new))
    g_queue_push_tail_link (&self->idle, &connection->idle_link);
  connection->is_idle = is_idle;
}

/* It takes no room any more. */
static void
forget (CsApiConnections *self, CsApiConnection *connection)
{
  if (connection->is_open)
    self->n_open--;
  connection->is_open = FALSE;
}

/* A connection is at another stage, or begins to close. */
static void
moved_cb (CsApiConnection *connection, gpointer user_data)
{
  CsApiConnections *self = user_data;

  if (connection->is_closing)
    forget (self, connection);
  set_idle (self, connection, connection->stage != CS_API_ANSWERING && !connection->is_closing,
            connection->stage == CS_API_WAITING);
}

static void
gone_cb (CsApiConnection *connection, gpointer user_data)
{
  CsApiConnections *self = user_data;

  forget (self, connection);
  set_idle (self, connection, FALSE, FALSE);
  g_queue_unlink (&self->all, &connection->link);
  if (g_queue_is_empty (&self->all))
    g_clear_handle_id (&self->tick, g_source_remove);
  if (self->gone != NULL)
    self->gone (self->user_data);
}

/* Of those that are being answered, the one that takes least of its answer. */
static CsApiConnection *
find_stalled (CsApiConnections *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 longest = STALL_TO_MAKE_ROOM;
  CsApiConnection *found = NULL;

  for (GList *item = self->all.head; item != NULL; item = item->next)
    {
      CsApiConnection *connection = item->data;
      gint64 stall = connection->stage == CS_API_ANSWERING ? cs_api_connection_get_stall (connection, now) : 0;

      if (!connection->is_closing && stall > longest)
        {
          longest = stall;
          found = connection;
        }
    }
  return found;
}

/** cs_api_connections_make_room: Returns: FALSE when all are being answered, and take their answers. */
gboolean
cs_api_connections_make_room (CsApiConnections *self)
{
  CsApiConnection *victim = !g_queue_is_empty (&self->idle) ? self->idle.head->data : find_stalled (self);

  if (victim == NULL)
    return FALSE;
  cs_api_connection_close (victim);
  return TRUE;
}

/* Time */

static gboolean
is_over (CsApiConnections *self, CsApiConnection *connection, gint64 now)
{
  guint limit = 0;
  gint64 passed = now - connection->since;

  switch (connection->stage)
    {
    case CS_API_WAITING:
      limit = connection->last != NULL ? self->limits->idle : self->limits->headers;
      break;
    case CS_API_HEADERS:
      limit = self->limits->headers;
      break;
    case CS_API_BODY:
      limit = self->limits->body;
      break;
    case CS_API_FAREWELL:
      limit = self->limits->farewell;
      break;
    case CS_API_ANSWERING:
    default:
      limit = self->limits->stall;
      passed = cs_api_connection_get_stall (connection, now);
      break;
    }
  return passed > (gint64) limit * G_TIME_SPAN_MILLISECOND;
}

static gboolean
tick_cb (gpointer user_data)
{
  CsApiConnections *self = user_data;
  gint64 now = g_get_monotonic_time ();
  GList *next;

  for (GList *item = self->all.head; item != NULL; item = next)
    {
      CsApiConnection *connection = item->data;

      next = item->next;
      if (!connection->is_closing && is_over (self, connection, now))
        cs_api_connection_close (connection);
    }
  return G_SOURCE_CONTINUE;
}

/* One coarse timer for all, and none when nobody is connected: it may be late by half of the shortest limit. */
static void
start_tick (CsApiConnections *self)
{
  const CsApiLimits *limits = self->limits;
  guint shortest = MIN (MIN (MIN (limits->headers, limits->idle), MIN (limits->body, limits->stall)), limits->farewell);
  guint period = CLAMP (shortest / 2, 1, MAX_TICK);

  if (self->tick == 0)
    self->tick = g_timeout_add (period, tick_cb, self);
}

/** cs_api_connections_take: @socket: just accepted. Returns: FALSE when there was no room, and it is closed. */
gboolean
cs_api_connections_take (CsApiConnections *self, GSocket *socket)
{
  CsApiConnection *connection;

  if (self->n_open >= self->limits->max_connections && !cs_api_connections_make_room (self))
    {
      g_socket_close (socket, NULL);
      return FALSE;
    }
  connection = cs_api_connection_new (socket, moved_cb, gone_cb, self);
  connection->is_open = TRUE;
  self->n_open++;
  g_queue_push_tail_link (&self->all, &connection->link);
  set_idle (self, connection, TRUE, TRUE);
  start_tick (self);
  cs_api_connection_serve (connection, self->soup);
  return TRUE;
}

/** cs_api_connections_drain: From here on each is closed as soon as it is answered; now, those that have not asked. */
void
cs_api_connections_drain (CsApiConnections *self)
{
  GList *next;

  self->is_draining = TRUE;
  for (GList *item = self->idle.head; item != NULL; item = next)
    {
      CsApiConnection *connection = item->data;

      next = item->next;
      if (connection->stage == CS_API_WAITING || connection->stage == CS_API_HEADERS)
        cs_api_connection_close (connection);
    }
}

guint
cs_api_connections_count (CsApiConnections *self)
{
  return g_queue_get_length (&self->all);
}

void
cs_api_connections_set_gone (CsApiConnections *self, void (*gone) (gpointer user_data), gpointer user_data)
{
  self->gone = gone;
  self->user_data = user_data;
}

void
cs_api_connections_set_stage (SoupServerMessage *message, CsApiStage stage)
{
  CsApiConnection *connection = cs_api_connection_of (message);

  if (connection != NULL)
    cs_api_connection_enter (connection, stage);
}

/** cs_api_connections_farewell: Sends the answer that @message has now, and closes: no more of the request is looked at. */
void
cs_api_connections_farewell (SoupServerMessage *message)
{
  CsApiConnection *connection = cs_api_connection_of (message);

  if (connection != NULL)
    cs_api_connection_farewell (connection, message);
}
