/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One request and its answer, once: sent, timed phase by phase, its body read piece by piece into memory, into a file or
 * to a function. Whatever happens, it ends in _cs_http_exchange_finish() with a value. Main thread.
 *
 * While a piece goes to the disk the next one is read already; so there are two buffers, and no more.
 */
#include "config.h"
#include "net/cs-http-private.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "net/cs-address.h"

#include <poll.h>
#include <string.h>

#define MEMORY_PIECE (16 * 1024)
#define FILE_PIECE (256 * 1024)
#define MAX_REFUSAL (64 * 1024) /* bytes of the body of anything but a 2xx answer that are kept */

/* Where the call is; each phase has its own patience. */
typedef enum
{
  PHASE_CONNECT, /* DNS, connect, TLS */
  PHASE_ANSWER,  /* the request goes out, and its answer is waited for */
  PHASE_FIRST,   /* the head is here, the body is not */
  PHASE_IDLE,    /* between two pieces */
  PHASE_DISK,    /* it is our own turn: no hurry */
} Phase;

typedef struct
{
  /* what was asked */
  const CsHttpCall *call;
  CsHttpHooks *hooks; /* (nullable) */
  char *host;
  SoupSession *session;
  GCancellable *outer; /* (nullable) */
  gulong outer_id;

  /* what is going on */
  SoupMessage *message;
  GInputStream *stream;
  GSocket *socket; /* (nullable) of a connection that was made for this */
  GCancellable *inner;
  GSource *timer;
  gint64 phase_deadline; /* monotonic; 0: none */
  gint64 total_deadline;
  GError *reason; /* why we ended it ourselves */
  GByteArray *memory;
  CsBodyFile *file;
  char *buffers[2];
  int current;     /* the buffer that is being filled */
  gsize filled;    /* bytes that wait in it for the disk */
  gboolean is_reading;
  gboolean is_writing;
  gboolean is_at_end;

  /* what came of it */
  CsHttpAnswer *answer;
} Exchange;

static void read_next (GTask *task);

static void
exchange_free (Exchange *exchange)
{
  g_assert (exchange->timer == NULL && exchange->outer_id == 0);

  g_free (exchange->host);
  g_clear_object (&exchange->session);
  g_clear_object (&exchange->outer);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->socket);
  g_clear_object (&exchange->inner);
  g_clear_error (&exchange->reason);
  g_clear_pointer (&exchange->memory, g_byte_array_unref);
  g_clear_pointer (&exchange->file, cs_body_file_unref);
  g_free (exchange->buffers[0]);
  g_free (exchange->buffers[1]);
  g_clear_pointer (&exchange->answer, cs_http_answer_free);
  g_free (exchange);
}

/* Ends it for a reason of our own; what is under way comes back cancelled. Takes over @reason. */
static void
give_up (Exchange *exchange, GError *reason)
{
  if (exchange->reason == NULL)
    exchange->reason = reason;
  else
    g_error_free (reason);
  g_cancellable_cancel (exchange->inner);
}

/* Time */

static gboolean
timer_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs timer_funcs = { .dispatch = timer_dispatch };

static void
set_timer (Exchange *exchange)
{
  gint64 next = exchange->phase_deadline;

  if (exchange->total_deadline != 0 && (next == 0 || exchange->total_deadline < next))
    next = exchange->total_deadline;
  g_source_set_ready_time (exchange->timer, next != 0 ? next : -1);
}

static gboolean
timer_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  g_source_set_ready_time (exchange->timer, -1);
  give_up (exchange, _cs_http_error_timeout (exchange->host));
  return G_SOURCE_CONTINUE;
}

static int the_hurry = 1;

/** cs_http_set_hurry: For tests: every time that a call may take is divided by @divisor from now on. */
void
cs_http_set_hurry (int divisor)
{
  g_return_if_fail (divisor > 0);

  the_hurry = divisor;
}

static gint64
get_deadline (gint64 patience)
{
  return patience > 0 ? g_get_monotonic_time () + patience / the_hurry : 0;
}

static void
enter (Exchange *exchange, Phase phase)
{
  const CsHttpCall *call = exchange->call;
  const gint64 patience[] = {
    [PHASE_CONNECT] = call->connect_timeout,
    [PHASE_ANSWER] = call->answer_timeout,
    [PHASE_FIRST] = call->first_timeout > 0 ? call->first_timeout : call->idle_timeout,
    [PHASE_IDLE] = call->idle_timeout,
    [PHASE_DISK] = 0,
  };

  exchange->phase_deadline = get_deadline (patience[phase]);
  if (exchange->reason == NULL)
    set_timer (exchange);
}

static void
start_timer (Exchange *exchange, gint64 total_timeout)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  exchange->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_static_name (exchange->timer, "cs-http-exchange");
  g_source_set_callback (exchange->timer, timer_cb, exchange, NULL);
  g_source_attach (exchange->timer, context);
  exchange->total_deadline = get_deadline (total_timeout);
  enter (exchange, PHASE_CONNECT);
}

/* The end: every path comes here, once, when nothing is under way any more. */

static void
stop_watching (Exchange *exchange)
{
  if (exchange->outer_id != 0)
    g_cancellable_disconnect (exchange->outer, exchange->outer_id);
  exchange->outer_id = 0;
  if (exchange->timer != NULL)
    {
      g_source_destroy (exchange->timer);
      g_clear_pointer (&exchange->timer, g_source_unref);
    }
  if (exchange->message != NULL)
    g_signal_handlers_disconnect_by_data (exchange->message, exchange);
}

/* Takes over @task and @error (nullable). */
static void
finish (GTask *task, GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  CsHttpAnswer *answer = exchange->answer;

  if (error != NULL)
    answer->error = _cs_http_error_from (error, exchange->host, answer->was_sent, answer->status != 0);
  answer->is_complete = error == NULL && answer->status != 0;
  if (exchange->memory != NULL)
    answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->memory));
  _cs_http_answer_take_retry_after (answer);
  g_task_return_pointer (task, g_steal_pointer (&exchange->answer), (GDestroyNotify) cs_http_answer_free);
  g_object_unref (task);
}

static void
close_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = g_steal_pointer (&exchange->reason);

  if (error != NULL)
    cs_body_file_close_finish (result, NULL); /* there is something worse to tell */
  else
    cs_body_file_close_finish (result, &error);
  finish (task, error);
}

/* Takes over @task and @error (nullable): the end of the body, or what stood in its way. */
static void
end (GTask *task, GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);

  if (exchange->reason == NULL)
    exchange->reason = error;
  else
    g_clear_error (&error);
  if (exchange->is_writing)
    {
      exchange->is_at_end = TRUE; /* write_cb() comes back here */
      return;
    }
  stop_watching (exchange);
  if (exchange->file == NULL)
    finish (task, g_steal_pointer (&exchange->reason));
  else if (exchange->reason == NULL)
    cs_body_file_close_async (exchange->file, CS_BODY_FILE_SYNC, close_cb, task);
  else
    cs_body_file_close_async (exchange->file, cs_body_file_is_part (exchange->file) ? CS_BODY_FILE_KEEP : CS_BODY_FILE_DISCARD,
                              close_cb, task);
}

/* The request */

static void
network_event_cb (SoupMessage *message, GSocketClientEvent event, GIOStream *connection, gpointer user_data)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  Exchange *exchange = user_data;
  g_autoptr (GSocketAddress) address = NULL;

  /* HTTP/2 has its own ways of sending a request once more, and of sharing a connection: what is sent once, and what has
   * a connection of its own, goes the old way. */
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING && (exchange->call->is_paid || exchange->hooks != NULL)
      && G_IS_TLS_CONNECTION (connection))
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);

  if (event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (connection))
    g_set_object (&exchange->socket, g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)));

  if (event != G_SOCKET_CLIENT_CONNECTING || exchange->hooks == NULL || !exchange->hooks->must_be_public)
    return;
  address = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (connection), NULL);
  if (G_IS_PROXY_ADDRESS (address)) /* it is the proxy that looks the name up, and the user who chose the proxy */
    return;
  if (!G_IS_INET_SOCKET_ADDRESS (address)
      || !cs_address_is_public (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    give_up (exchange, g_error_new (CS_ERROR, CS_ERROR_BAD_RESPONSE,
                                    _ ("The provider said that its result is at an address that is not safe to fetch from.")));
}

static void
starting_cb (SoupMessage *message, gpointer user_data)
{
  enter (user_data, PHASE_ANSWER);
}

static void
wrote_headers_cb (SoupMessage *message, gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->answer->was_sent = TRUE;
  enter (exchange, PHASE_ANSWER);
}

static void
wrote_body_data_cb (SoupMessage *message, guint size, gpointer user_data)
{
  enter (user_data, PHASE_ANSWER);
}

static void
wrote_body_cb (SoupMessage *message, gpointer user_data)
{
  enter (user_data, PHASE_ANSWER);
}

/* The library is about to send the request again. It does so only where HTTP allows it; with money it is not allowed. */
static void
restarted_cb (SoupMessage *message, gpointer user_data)
{
  Exchange *exchange = user_data;

  if (exchange->call->is_paid)
    give_up (exchange, _cs_http_error_cut (exchange->host));
}

/* The answer */

static gboolean
is_good_status (guint status)
{
  return status >= 200 && status < 300;
}

/* A body in chunks whose last one is missing ends like a whole one for the library. Where the connection ended with it,
 * and the server had not said that it would, nobody knows. */
static gboolean
ends_in_doubt (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  struct pollfd look = { .events = POLLRDHUP };

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CHUNKED || exchange->socket == NULL
      || soup_message_headers_header_contains (headers, "Connection", "close") || g_socket_is_closed (exchange->socket))
    return FALSE;
  look.fd = g_socket_get_fd (exchange->socket);
  return poll (&look, 1, 0) > 0;
}

/* The length that the head promises must be what came; the library does not see to that in every case. */
static GError *
check_length (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  goffset expected = soup_message_headers_get_content_length (headers);

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH
      || soup_message_get_method (exchange->message) == SOUP_METHOD_HEAD || exchange->answer->status == 204
      || exchange->answer->status == 304 || (goffset) exchange->answer->length == expected)
    return NULL;
  return _cs_http_error_cut (exchange->host);
}

static void
write_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;

  exchange->is_writing = FALSE;
  if (!cs_body_file_append_finish (result, &error))
    give_up (exchange, error);
  if (exchange->is_at_end)
    end (task, NULL);
  else if (exchange->filled > 0 && exchange->reason == NULL)
    read_next (task);
  else if (!exchange->is_reading)
    end (task, NULL);
}

/* Hands the full buffer to the disk, if that is free; the other one can be filled then. FALSE: not yet. */
static gboolean
flush (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  if (exchange->is_writing)
    return FALSE;
  cs_body_file_append_async (exchange->file, exchange->buffers[exchange->current], exchange->filled, write_cb, task);
  exchange->is_writing = TRUE;
  exchange->current = !exchange->current;
  exchange->filled = 0;
  return TRUE;
}

static GError *
take_into_memory (Exchange *exchange, const char *data, gsize length)
{
  gsize room = length;

  if (!is_good_status (exchange->answer->status))
    room = MIN (length, MAX_REFUSAL - exchange->memory->len);
  g_byte_array_append (exchange->memory, (const guint8 *) data, room);
  return NULL;
}

static gsize
get_max_length (Exchange *exchange)
{
  if (is_good_status (exchange->answer->status))
    return exchange->call->max_length;
  return MIN (exchange->call->max_length, CS_HTTP_MAX_ANSWER);
}

/* (transfer full) (nullable): what is wrong with this piece. */
static GError *
take_piece (Exchange *exchange, gsize length)
{
  const char *data = exchange->buffers[exchange->current];
  GError *error = NULL;

  exchange->answer->length += length;
  if (exchange->answer->length > get_max_length (exchange))
    return _cs_http_error_too_large (exchange->host, get_max_length (exchange));
  if (exchange->memory != NULL)
    return take_into_memory (exchange, data, length);
  if (exchange->file == NULL)
    return exchange->call->on_data (data, length, exchange->call->on_data_data)
               ? NULL
               : g_error_new (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("The answer was not read to its end."));
  exchange->filled = length;
  if (exchange->hooks != NULL)
    exchange->hooks->piece (data, length, exchange->hooks->user_data, &error);
  return error;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  exchange->is_reading = FALSE;
  if (length > 0)
    error = take_piece (exchange, length);
  else if (length == 0)
    {
      error = check_length (exchange);
      if (exchange->hooks != NULL)
        exchange->hooks->ends_in_doubt = ends_in_doubt (exchange);
    }
  if (exchange->reason != NULL || error != NULL || length <= 0)
    end (task, error);
  else
    read_next (task);
}

/* Reads on, unless there is a piece for which the disk is not free yet. */
static void
read_next (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  if (exchange->filled > 0 && !flush (task))
    {
      enter (exchange, PHASE_DISK);
      return;
    }
  enter (exchange, exchange->answer->length == 0 ? PHASE_FIRST : PHASE_IDLE);
  exchange->is_reading = TRUE;
  g_input_stream_read_async (exchange->stream, exchange->buffers[exchange->current],
                             exchange->file != NULL ? FILE_PIECE : MEMORY_PIECE, G_PRIORITY_DEFAULT, exchange->inner, read_cb,
                             task);
}

/* Where the body goes. */
static GError *
choose_sink (Exchange *exchange)
{
  const CsHttpCall *call = exchange->call;
  gboolean is_good = is_good_status (exchange->answer->status);
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  GError *error = NULL;

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && soup_message_headers_get_content_length (headers) > (goffset) MIN (get_max_length (exchange), G_MAXSSIZE))
    return _cs_http_error_too_large (exchange->host, get_max_length (exchange));
  if (is_good && exchange->hooks != NULL)
    exchange->file = exchange->hooks->open (exchange->message, exchange->hooks->user_data, &error);
  else if (is_good && call->path != NULL)
    exchange->file = cs_body_file_new (call->path);
  else if (!is_good || call->on_data == NULL)
    exchange->memory = g_byte_array_new ();
  exchange->buffers[0] = g_malloc (exchange->file != NULL ? FILE_PIECE : MEMORY_PIECE);
  if (exchange->file != NULL)
    exchange->buffers[1] = g_malloc (FILE_PIECE);
  return error;
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream != NULL)
    {
      _cs_http_answer_take_head (exchange->answer, exchange->message);
      error = exchange->reason == NULL ? choose_sink (exchange) : NULL;
    }
  if (error != NULL || exchange->reason != NULL)
    end (task, error);
  else
    read_next (task);
}

/* Beginning */

static void
watch (Exchange *exchange)
{
  g_signal_connect (exchange->message, "network-event", G_CALLBACK (network_event_cb), exchange);
  g_signal_connect (exchange->message, "starting", G_CALLBACK (starting_cb), exchange);
  g_signal_connect (exchange->message, "wrote-headers", G_CALLBACK (wrote_headers_cb), exchange);
  g_signal_connect (exchange->message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), exchange);
  g_signal_connect (exchange->message, "wrote-body", G_CALLBACK (wrote_body_cb), exchange);
  g_signal_connect (exchange->message, "restarted", G_CALLBACK (restarted_cb), exchange);
}

static void
outer_cancelled_cb (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

/**
 * _cs_http_exchange_async:
 * @call: the request
 * @hooks: (nullable): what a download wants beyond it
 * @total_timeout: microseconds for all of it; 0: none
 */
void
_cs_http_exchange_async (CsHttp *self,
                         const CsHttpCall *call,
                         CsHttpHooks *hooks,
                         gint64 total_timeout,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, _cs_http_exchange_async);
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);
  exchange->call = call;
  exchange->hooks = hooks;
  exchange->host = cs_address_dup_host (call->address);
  exchange->session = g_object_ref (_cs_http_get_session (self));
  exchange->answer = cs_http_answer_new ();
  exchange->inner = g_cancellable_new ();
  exchange->message = _cs_http_message_new (call, hooks != NULL, &error);
  if (exchange->message == NULL || g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      end (task, error);
      return;
    }
  start_timer (exchange, total_timeout);
  watch (exchange);
  if (cancellable != NULL)
    {
      exchange->outer = g_object_ref (cancellable);
      exchange->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                                  g_object_ref (exchange->inner), g_object_unref);
    }
  soup_session_send_async (exchange->session, exchange->message, G_PRIORITY_DEFAULT, exchange->inner, send_cb, task);
}

/** _cs_http_exchange_finish: Returns: (transfer full): how it ended, never NULL. */
CsHttpAnswer *
_cs_http_exchange_finish (CsHttp *self, GAsyncResult *result)
{
  g_assert (g_task_is_valid (result, self));
  g_assert (g_async_result_is_tagged (result, _cs_http_exchange_async));

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
