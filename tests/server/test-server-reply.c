/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers at once, later, little by little, never; and callers who do not wait for them. */
#include "config.h"

#include "server-routes.h"
#include "server-socket.h"

#include <string.h>

#define GET(path) "GET /api/studio/" path " HTTP/1.1\r\nHost: localhost\r\n\r\n"

static ServerFixture *
open_routes (void)
{
  ServerSetup setup = { .routes = server_routes };

  return server_open_setup (&setup);
}

static void
test_later (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) first = server_socket_new (fixture);
  g_autoptr (ServerSocket) second = server_socket_new (fixture);
  g_autoptr (ServerAnswer) meanwhile = NULL;
  g_autoptr (ServerAnswer) one = NULL;
  g_autoptr (ServerAnswer) two = NULL;

  server_socket_send (first, GET ("wait"));
  server_socket_send (second, GET ("wait"));
  server_wait_held (2);
  meanwhile = server_get (fixture, "items/1");
  server_assert_json (meanwhile, 200);
  server_release ();
  one = server_socket_read (first);
  two = server_socket_read (second);
  server_assert_json (one, 200);
  server_assert_json (two, 200);
  server_forget ();
}

/* What is asked behind a call that waits comes in its turn. */
static void
test_in_turn (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  g_autoptr (ServerAnswer) waited = NULL;
  g_autoptr (ServerAnswer) next = NULL;

  server_socket_send (socket, GET ("wait") GET ("items/7"));
  server_wait_held (1);
  server_release ();
  waited = server_socket_read (socket);
  next = server_socket_read (socket);
  g_assert_cmpstr (waited->text, ==, "{}");
  g_assert_cmpstr (server_answer_string (next, "id"), ==, "7");
  server_forget ();
}

static gboolean
nobody_is_connected_cb (gpointer user_data)
{
  ServerFixture *fixture = user_data;

  return cs_api_connections_count (_cs_api_server_get_connections (fixture->server)) == 0;
}

static void
test_gone (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  ServerSocket *waiting = server_socket_new (fixture);
  ServerSocket *reading = server_socket_new (fixture);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("more", 4);
  g_autoptr (ServerAnswer) after = NULL;

  server_socket_send (waiting, GET ("wait"));
  server_wait_held (1);
  server_socket_send (reading, GET ("stream"));
  server_wait_held (2);
  server_socket_free (waiting);
  server_socket_free (reading);
  while (cs_api_call_write (server_held->pdata[1], bytes))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (cs_api_call_is_gone (server_held->pdata[1]));
  server_release (); /* to nobody */
  server_forget ();
  cs_test_wait (nobody_is_connected_cb, fixture);
  after = server_get (fixture, "items/1");
  server_assert_json (after, 200);
}

/* The caller must not wait for ever. */
static void
test_lost (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerAnswer) answer = server_get (fixture, "lost");
  g_autoptr (ServerAnswer) after = server_get (fixture, "items/1");

  server_assert_error (answer, 500, "failed", NULL);
  server_assert_json (after, 200);
}

static void
test_stream (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  g_autoptr (GBytes) bytes = g_bytes_new_static (" and more", 9);
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) next = NULL;

  server_socket_send (socket, GET ("stream"));
  server_wait_held (1);
  for (guint i = 0; i < 3; i++)
    g_assert_true (cs_api_call_write (server_held->pdata[0], bytes));
  server_release ();
  answer = server_socket_read (socket);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer->text, ==, "data and more and more and more");
  g_assert_cmpstr (server_answer_header (answer, "Content-Type"), ==, "text/event-stream");
  g_assert_cmpstr (server_answer_header (answer, "Cache-Control"), ==, "no-store");
  server_forget ();
  server_socket_send (socket, GET ("items/1"));
  next = server_socket_read (socket);
  server_assert_json (next, 200);
}

/* HTTP/1.0 knows no chunks. */
static void
test_old_stream (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  g_autoptr (ServerAnswer) answer = NULL;

  server_socket_send (socket, "GET /api/studio/stream HTTP/1.0\r\n\r\n");
  server_wait_held (1);
  server_release ();
  answer = server_socket_read (socket);
  g_assert_cmpstr (answer->text, ==, "data");
  g_assert_null (server_answer_header (answer, "Transfer-Encoding"));
  server_forget ();
}

/* Bytes are what they are: libsoup cuts nothing out of them by itself. */
static void
test_big (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerAnswer) whole = server_get (fixture, "big");
  g_autoptr (ServerAnswer) range = server_ask (fixture, "GET", "big", NULL, "Range", "bytes=0-3", NULL);
  g_autoptr (ServerAnswer) head = server_ask (fixture, "HEAD", "big", NULL, NULL);
  g_autofree char *length = g_strdup_printf ("%d", SERVER_BIG);

  g_assert_cmpuint (whole->status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (whole->body), ==, SERVER_BIG);
  g_assert_cmpuint (range->status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (range->body), ==, SERVER_BIG);
  g_assert_cmpuint (g_bytes_get_size (head->body), ==, 0);
  g_assert_cmpstr (server_answer_header (head, "Content-Length"), ==, length);
}

static void
test_base (void)
{
  static const struct
  {
    const char *request;
    const char *base;
  } rows[] = {
    { "GET /api/studio/items/1 HTTP/1.1\r\nHost: localhost:8180\r\n\r\n", "http://localhost:8180/api/studio" },
    { "GET /api/studio/items/1 HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n", "http://127.0.0.1:9/api/studio" },
    { "GET /api/studio/items/1 HTTP/1.1\r\nHost: [::1]:8180\r\n\r\n", "http://[::1]:8180/api/studio" },
    { "GET /api/studio/items/1 HTTP/1.1\r\nHost: localhost\r\n\r\n", "http://localhost/api/studio" },
    { "GET http://127.0.0.1:5/api/studio/items/1 HTTP/1.1\r\nHost: localhost\r\n\r\n", "http://127.0.0.1:5/api/studio" },
  };
  g_autoptr (ServerFixture) fixture = open_routes ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ServerAnswer) answer = server_say (fixture, rows[i].request);

      server_assert_json (answer, 200);
      g_assert_cmpstr (server_answer_string (answer, "base"), ==, rows[i].base);
    }
}

static void
test_query (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerAnswer) plain = server_get (fixture, "items/1?x=y&q=a%20b+c");
  g_autoptr (ServerAnswer) empty = server_get (fixture, "items/1?q=");
  g_autoptr (ServerAnswer) none = server_get (fixture, "items/1?");

  g_assert_cmpstr (server_answer_string (plain, "q"), ==, "a b c");
  g_assert_cmpstr (cs_json_get_string (empty->object, "q", NULL), ==, "");
  g_assert_cmpstr (cs_json_get_string (none->object, "q", NULL), ==, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/reply/later", test_later);
  g_test_add_func ("/server/reply/in-turn", test_in_turn);
  g_test_add_func ("/server/reply/gone", test_gone);
  g_test_add_func ("/server/reply/lost", test_lost);
  g_test_add_func ("/server/reply/stream", test_stream);
  g_test_add_func ("/server/reply/old-stream", test_old_stream);
  g_test_add_func ("/server/reply/big", test_big);
  g_test_add_func ("/server/reply/base", test_base);
  g_test_add_func ("/server/reply/query", test_query);
  return g_test_run ();
}
