/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GET events: what happens, as it happens. All listeners of a server share one question to the database, asked when
 * something was written here or by another process; without listeners there is neither a question nor a timer. Main thread.
 */
#include "config.h"
#include "server/cs-api-handlers.h"

#include "server/cs-api-event-stream.h"
#include "server/cs-api-find.h"
#include "server/cs-api-query.h"

#include <string.h>

#define PAGE 500                             /* changes that are read at once */
#define PAUSE (50 * G_TIME_SPAN_MILLISECOND) /* between two questions */
#define PING_SECONDS 15
#define NOW (-1)                             /* begin with what comes next */

/* Who listens to one server; there as long as somebody does, whose call keeps the server. */
typedef struct
{
  guint n_refs;         /* the server's, and that of the question that is asked */
  CsApiServer *server;  /* whose this is */
  GPtrArray *streams;   /* (element-type CsApiEventStream) */
  guint ping;
  guint timer;          /* until the next question */
  gint64 asked_at;
  gboolean is_asking;
  gboolean is_stale;    /* something changed since it was asked */
} Hub;

static GQuark cs_api_events_quark (void);
G_DEFINE_QUARK (cs-api-events, cs_api_events)

static void ask (Hub *hub);

static void
hub_unref (Hub *hub)
{
  if (--hub->n_refs > 0)
    return;
  g_ptr_array_unref (hub->streams);
  g_free (hub);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Hub, hub_unref)

/* The question */

/* The lowest number that a listener who is ready to be told more knows; what is not asked for is only where we stand. */
static gint64
find_place (Hub *hub)
{
  gint64 place = G_MAXINT64;

  for (guint i = 0; i < hub->streams->len; i++)
    {
      CsApiEventStream *stream = hub->streams->pdata[i];
      gint64 mark = cs_api_event_stream_get_mark (stream);

      if (cs_api_event_stream_is_ready (stream) && mark >= 0)
        place = MIN (place, mark);
    }
  return place;
}

static void
tell_all (Hub *hub, const CsChanges *changes)
{
  for (guint i = 0; i < hub->streams->len; i++)
    if (cs_api_event_stream_is_ready (hub->streams->pdata[i]))
      cs_api_event_stream_tell (hub->streams->pdata[i], changes);
}

static gboolean
is_behind (Hub *hub, gint64 last)
{
  return hub->streams->len > 0 && find_place (hub) < last;
}

static gboolean
timer_cb (gpointer user_data)
{
  Hub *hub = user_data;

  hub->timer = 0;
  ask (hub);
  return G_SOURCE_REMOVE;
}

/* Something may have changed. */
static void
ask_soon (Hub *hub)
{
  gint64 wait = hub->asked_at + PAUSE - g_get_monotonic_time ();

  if (hub->is_asking)
    hub->is_stale = TRUE;
  else if (wait <= 0)
    ask (hub);
  else if (hub->timer == 0)
    hub->timer = g_timeout_add ((guint) (wait / G_TIME_SPAN_MILLISECOND) + 1, timer_cb, hub);
}

static void
changes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Hub) hub = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsChanges) changes = cs_changes_list_finish (CS_STORE (source), result, &error);

  hub->is_asking = FALSE;
  if (changes == NULL)
    {
      g_debug ("The changes were not read: %s", error->message); /* the next change asks again */
      return;
    }
  tell_all (hub, changes);
  if (is_behind (hub, changes->last)) /* there was more than a page, or somebody begins anew */
    ask (hub);
  else if (hub->is_stale && hub->streams->len > 0)
    ask_soon (hub);
}

static void
ask (Hub *hub)
{
  hub->is_stale = hub->is_asking;
  if (hub->is_asking || hub->streams->len == 0)
    return;
  g_clear_handle_id (&hub->timer, g_source_remove);
  hub->is_asking = TRUE;
  hub->asked_at = g_get_monotonic_time ();
  hub->n_refs++;
  cs_changes_list_async (cs_engine_get_store (cs_api_server_get_engine (hub->server)), find_place (hub), PAGE, NULL, changes_cb,
                         hub);
}

/* The first and the last listener */

static gboolean
ping_cb (gpointer user_data)
{
  Hub *hub = user_data;

  for (guint i = 0; i < hub->streams->len; i++)
    cs_api_event_stream_ping (hub->streams->pdata[i]);
  return G_SOURCE_CONTINUE;
}

static void
stopping_cb (Hub *hub)
{
  for (guint i = 0; i < hub->streams->len; i++)
    cs_api_event_stream_end (hub->streams->pdata[i]);
}

static Hub *
hub_new (CsApiServer *server)
{
  CsEngine *engine = cs_api_server_get_engine (server);
  Hub *hub = g_new0 (Hub, 1);

  hub->n_refs = 1;
  hub->server = server;
  hub->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_api_event_stream_free);
  hub->ping = g_timeout_add_seconds (PING_SECONDS, ping_cb, hub);
  g_signal_connect_swapped (cs_engine_get_store (engine), "changed", G_CALLBACK (ask_soon), hub);
  g_signal_connect_swapped (cs_engine_get_library (engine), "changed", G_CALLBACK (ask_soon), hub);
  g_signal_connect_swapped (cs_engine_get_queue (engine), "job-changed", G_CALLBACK (ask_soon), hub);
  g_signal_connect_swapped (cs_api_server_get_stopping (server), "cancelled", G_CALLBACK (stopping_cb), hub);
  return hub;
}

/* Nobody listens any more. */
static void
hub_close (Hub *hub)
{
  CsEngine *engine = cs_api_server_get_engine (hub->server);

  g_clear_handle_id (&hub->ping, g_source_remove);
  g_clear_handle_id (&hub->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (cs_engine_get_store (engine), hub);
  g_signal_handlers_disconnect_by_data (cs_engine_get_library (engine), hub);
  g_signal_handlers_disconnect_by_data (cs_engine_get_queue (engine), hub);
  g_signal_handlers_disconnect_by_data (cs_api_server_get_stopping (hub->server), hub);
  g_ptr_array_set_size (hub->streams, 0);
  hub_unref (hub);
}

static void
drained_cb (CsApiEventStream *stream, gpointer user_data)
{
  ask_soon (user_data);
}

static void
gone_cb (CsApiEventStream *stream, gpointer user_data)
{
  Hub *hub = user_data;

  g_ptr_array_remove_fast (hub->streams, stream);
  if (hub->streams->len > 0)
    return;
  g_object_set_qdata (G_OBJECT (hub->server), cs_api_events_quark (), NULL);
  hub_close (hub);
}

static Hub *
get_hub (CsApiServer *server)
{
  Hub *hub = g_object_get_qdata (G_OBJECT (server), cs_api_events_quark ());

  if (hub != NULL)
    return hub;
  hub = hub_new (server);
  g_object_set_qdata (G_OBJECT (server), cs_api_events_quark (), hub);
  return hub;
}

/* A listener */

/* What a browser says when it comes back is what it was told; what is no number of ours is as good as nothing. */
static gint64
read_mark (CsApiCall *call, gint64 since)
{
  gint64 mark = since;

  cs_text_parse_int (cs_api_call_get_header (call, "Last-Event-ID"), 0, G_MAXINT64 - 1, &mark);
  return mark;
}

static void
describe (CsApiCall *call)
{
  SoupServerMessage *message = cs_api_call_get_message (call);
  SoupMessageHeaders *headers = cs_api_call_get_headers (call);
  gboolean has_chunks = soup_server_message_get_http_version (message) != SOUP_HTTP_1_0;

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_replace (headers, "Content-Type", "text/event-stream");
  soup_message_headers_replace (headers, "X-Accel-Buffering", "no");
  soup_message_headers_set_encoding (headers, has_chunks ? SOUP_ENCODING_CHUNKED : SOUP_ENCODING_EOF);
}

static void
listen_for_key (CsApiCall *call, const CsWalletKey *key)
{
  g_auto (CsApiQuery) query = { call };
  gint64 since = cs_api_query_get_int (&query, "since", 0, G_MAXINT64 - 1, NOW);
  gboolean is_head = strcmp (soup_server_message_get_method (cs_api_call_get_message (call)), "HEAD") == 0;
  CsApiEventStream *stream;
  Hub *hub;

  if (!cs_api_query_check (&query))
    return;
  describe (call);
  if (is_head || cs_api_call_is_gone (call) || g_cancellable_is_cancelled (cs_api_server_get_stopping (cs_api_call_get_server (call))))
    {
      cs_api_call_reply_none (call, SOUP_STATUS_OK);
      return;
    }
  hub = get_hub (cs_api_call_get_server (call));
  stream = cs_api_event_stream_new (call, key != NULL ? key->id : 0, read_mark (call, since));
  g_ptr_array_add (hub->streams, stream);
  cs_api_event_stream_begin (stream, drained_cb, gone_cb, hub);
  ask (hub);
}

/** cs_api_events: GET events: jobs that move and creations that come, go or are others; to a wallet key only its own. */
void
cs_api_events (CsApiCall *call)
{
  cs_api_find_key (call, listen_for_key);
}
