/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-routes.h"

#include "server/cs-api-connection.h"

GPtrArray *server_held;

static void
hold (CsApiCall *call)
{
  if (server_held == NULL)
    server_held = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_api_call_unref);
  g_ptr_array_add (server_held, cs_api_call_ref (call));
}

static void
answer_echo (CsApiCall *call)
{
  JsonObject *answer = json_object_new ();

  json_object_set_object_member (answer, "got", json_object_ref (cs_api_call_get_body (call)));
  cs_api_call_reply_json (call, 200, answer);
}

static void
answer_plain (CsApiCall *call)
{
  cs_api_call_reply_none (call, 204);
}

static void
answer_item (CsApiCall *call)
{
  JsonObject *answer = json_object_new ();

  cs_json_set_string (answer, "id", cs_api_call_get_id (call));
  cs_json_set_string (answer, "q", cs_api_call_get_query (call, "q"));
  cs_json_set_string (answer, "base", cs_api_call_get_base (call));
  cs_api_call_reply_json (call, 200, answer);
}

static void
release_one (CsApiCall *call)
{
  if (!cs_api_call_is_answered (call))
    cs_api_call_reply_json (call, 200, json_object_new ());
  else
    cs_api_call_over (call);
}

/* The server owns the signal, and the call the server: whoever is answered lets go of it. */
static void
stopping_cb (GCancellable *stopping, gpointer user_data)
{
  g_autoptr (CsApiCall) call = cs_api_call_ref (user_data);

  release_one (call);
  g_signal_handlers_disconnect_by_data (stopping, call);
}

static void
watch_stop (CsApiCall *call)
{
  GCancellable *stopping = cs_api_server_get_stopping (cs_api_call_get_server (call));

  g_signal_connect_data (stopping, "cancelled", G_CALLBACK (stopping_cb), cs_api_call_ref (call),
                         (GClosureNotify) (void (*) (void)) cs_api_call_unref, 0);
}

static void
answer_wait (CsApiCall *call)
{
  hold (call);
  watch_stop (call);
}

static void
answer_never (CsApiCall *call)
{
  hold (call);
}

static void
answer_lost (CsApiCall *call)
{
}

static void
answer_stream (CsApiCall *call)
{
  SoupMessageHeaders *headers = cs_api_call_get_headers (call);
  g_autoptr (GBytes) first = g_bytes_new_static ("data", 4);

  soup_server_message_set_status (cs_api_call_get_message (call), 200, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_replace (headers, "Content-Type", "text/event-stream");
  cs_api_call_reply_stream (call);
  cs_api_call_write (call, first);
  hold (call);
  watch_stop (call);
}

static void
answer_big (CsApiCall *call)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_strnfill (SERVER_BIG, 'x'), SERVER_BIG);

  cs_api_call_reply_bytes (call, 200, "text/plain", bytes);
}

static void
shut_cb (SoupServerMessage *message)
{
  CsApiConnection *connection = cs_api_connection_of (message);

  cs_api_connection_close (connection);
}

/* The connection is closed by us when all of the answer has gone, and libsoup is about to read the next request. */
static void
answer_shut (CsApiCall *call)
{
  g_signal_connect (cs_api_call_get_message (call), "finished", G_CALLBACK (shut_cb), NULL);
  cs_api_call_reply_json (call, 200, json_object_new ());
}

static void
answer_fails (CsApiCall *call)
{
  CsError code = CS_ERROR_FAILED;
  g_autoptr (GError) error = NULL;

  cs_error_code_from_slug (cs_api_call_get_id (call), &code);
  error = g_error_new (CS_ERROR, code, "The engine's words about /home/somebody: “no bears”. And “more”.");
  cs_api_call_fail (call, error);
}

const CsApiRoute server_routes[] = {
  { "POST", "echo", answer_echo, TRUE },
  { "POST", "plain", answer_plain },
  { "GET", "items/{id}", answer_item },
  { "DELETE", "items/{id}", answer_item },
  { "GET", "items/{id}/parts", answer_item },
  { "GET", "wait", answer_wait },
  { "GET", "never", answer_never },
  { "GET", "lost", answer_lost },
  { "GET", "stream", answer_stream },
  { "GET", "big", answer_big },
  { "GET", "shut", answer_shut },
  { "GET", "fails/{id}", answer_fails },
  { NULL },
};

static gboolean
are_held_cb (gpointer user_data)
{
  guint *n = user_data;

  return server_held != NULL && server_held->len >= *n;
}

void
server_wait_held (guint n)
{
  cs_test_wait (are_held_cb, &n);
}

void
server_release (void)
{
  for (guint i = 0; i < server_held->len; i++)
    {
      CsApiCall *call = server_held->pdata[i];
      GCancellable *stopping = cs_api_server_get_stopping (cs_api_call_get_server (call));

      g_signal_handlers_disconnect_by_data (stopping, call);
      release_one (call);
    }
}

void
server_forget (void)
{
  g_clear_pointer (&server_held, g_ptr_array_unref);
}
