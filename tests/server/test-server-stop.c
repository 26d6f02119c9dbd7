/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beginning to listen, and stopping in order. */
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

static CsApiServer *
start (ServerFixture *fixture, const CsApiOptions *options, GError **error)
{
  g_autoptr (CsApiServer) server = cs_api_server_new (fixture->engine, options);

  return cs_api_server_start (server, error) ? g_steal_pointer (&server) : NULL;
}

static void
stop (CsApiServer *server)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_api_server_stop_async (server, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_true (cs_api_server_stop_finish (server, result, NULL));
  g_clear_object (&result);
  g_assert_finalize_object (server);
}

/* Listening */

static void
test_both_loopbacks (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (ServerSocket) socket = server_socket_new_to ("::1", fixture->port);
  g_autoptr (ServerAnswer) answer = NULL;

  g_assert_true (g_str_has_prefix (fixture->address, "http://127.0.0.1:"));
  server_socket_send (socket, GET ("health"));
  answer = server_socket_read (socket);
  server_assert_json (answer, 200);
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    const char *token;
    const char *prefix; /* NULL: refused */
  } rows[] = {
    { "127.0.0.1", NULL, "http://127.0.0.1:" }, { "::1", NULL, "http://[::1]:" },  { "127.0.0.5", NULL, "http://127.0.0.5:" },
    { "0.0.0.0", "word", "http://0.0.0.0:" },   { "::", "word", "http://[::]:" },  { "0.0.0.0", NULL, NULL },
    { "::", NULL, NULL },                       { "0.0.0.0", "", NULL },           { "localhost", NULL, NULL },
    { "example.com", "word", NULL },            { "", NULL, NULL },                { "203.0.113.77", "word", NULL },
    { "127.0.0.1:80", NULL, NULL },             { "[::1]", NULL, NULL },
  };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      CsApiOptions options = { .address = rows[i].address, .token = rows[i].token };
      g_autoptr (GError) error = NULL;
      CsApiServer *server = start (fixture, &options, &error);

      g_test_message ("%s: %s", rows[i].address, error != NULL ? error->message : "");
      if (rows[i].prefix == NULL)
        {
          g_assert_error (error, CS_ERROR, CS_ERROR_USAGE);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (cs_api_server_get_address (server), rows[i].prefix));
      stop (server);
    }
}

static void
test_origins (void)
{
  static const char *const bad[] = { "", "*", "null", "localhost:3000", "http://localhost:3000/", "http://localhost:3000/a",
                                     "http://user@localhost", "http://", "http://a b", "HTTP://localhost" };
  static const char *const good[] = { "http://localhost:3000", "https://example.com", "http://[::1]:3000" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      CsApiOptions options = { .allow_origin = bad[i] };
      g_autoptr (GError) error = NULL;

      g_assert_null (start (fixture, &options, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_USAGE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      CsApiOptions options = { .allow_origin = good[i] };

      stop (start (fixture, &options, NULL));
    }
}

/* On either of the two. */
static void
test_busy (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  CsApiOptions options = { .port = fixture->port };
  CsApiOptions six = { .address = "::1" };
  g_autofree char *number = g_strdup_printf ("%u", fixture->port);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) second = NULL;
  g_autoptr (GUri) uri = NULL;
  CsApiServer *server;

  g_assert_null (start (fixture, &options, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, number));
  g_assert_nonnull (strstr (error->message, "--port"));
  server = start (fixture, &six, NULL);
  uri = g_uri_parse (cs_api_server_get_address (server), G_URI_FLAGS_NONE, NULL);
  options.port = g_uri_get_port (uri);
  g_assert_null (start (fixture, &options, &second));
  g_assert_error (second, CS_ERROR, CS_ERROR_BUSY);
  stop (server);
  server = start (fixture, &options, NULL); /* and then it is free */
  g_assert_nonnull (server);
  stop (server);
}

/* Stopping */

static void
test_idle (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) silent = server_socket_new (fixture);
  g_autoptr (ServerSocket) begun = server_socket_new (fixture);
  g_autoptr (ServerSocket) resting = server_socket_new (fixture);
  g_autoptr (ServerAnswer) answer = NULL;
  guint16 port = fixture->port;
  g_autoptr (GSocket) late = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) where = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GError) error = NULL;

  server_socket_send (begun, "GET /api");
  server_socket_send (resting, GET ("items/1"));
  answer = server_socket_read (resting);
  server_assert_json (answer, 200);
  server_stop (fixture);
  server_socket_wait_close (silent);
  server_socket_wait_close (begun);
  server_socket_wait_close (resting);
  g_assert_false (g_socket_connect (late, where, NULL, &error));
}

/* Those who wait are answered, streams end, and what goes out goes out whole. */
static void
test_in_flight (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) waiting = server_socket_new (fixture);
  g_autoptr (ServerSocket) reading = server_socket_new (fixture);
  g_autoptr (ServerSocket) big = server_socket_new (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ServerAnswer) waited = NULL;
  g_autoptr (ServerAnswer) stream = NULL;
  g_autoptr (ServerAnswer) whole = NULL;

  server_socket_send (waiting, GET ("wait"));
  server_wait_held (1);
  server_socket_send (reading, GET ("stream"));
  server_wait_held (2);
  server_socket_send (big, GET ("big"));
  while (!server_socket_has (big, 1))
    g_main_context_iteration (NULL, FALSE);
  cs_api_server_stop_async (fixture->server, NULL, cs_test_keep_result, &result);
  waited = server_socket_read (waiting);
  stream = server_socket_read (reading);
  whole = server_socket_read (big);
  server_assert_json (waited, 200);
  g_assert_cmpstr (server_answer_header (waited, "Connection"), ==, "close");
  g_assert_cmpstr (stream->text, ==, "data");
  g_assert_cmpuint (g_bytes_get_size (whole->body), ==, SERVER_BIG);
  server_forget ();
  cs_test_wait_result (&result);
  g_assert_true (cs_api_server_stop_finish (fixture->server, result, NULL));
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
  g_clear_pointer (&fixture->address, g_free);
}

/* Whose headers are here has asked; the rest may come while the server stops. */
static void
test_half (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ServerAnswer) before = NULL;
  g_autoptr (ServerAnswer) answer = NULL;

  server_socket_send (socket, "POST /api/studio/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                              "Content-Length: 7\r\n\r\n{\"a\"");
  before = server_get (fixture, "items/1");
  cs_api_server_stop_async (fixture->server, NULL, cs_test_keep_result, &result);
  g_main_context_iteration (NULL, FALSE);
  server_socket_send (socket, ":1}");
  answer = server_socket_read (socket);
  server_assert_json (answer, 200);
  cs_test_wait_result (&result);
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
  g_clear_pointer (&fixture->address, g_free);
}

/* A handler that does not care, and a reader who does not read, hold nobody for ever. */
static void
test_bounded (void)
{
  ServerSetup setup = { .routes = server_routes, .limits = { .stop = 50 } };
  g_autoptr (ServerFixture) fixture = server_open_setup (&setup);
  g_autoptr (ServerSocket) waiting = server_socket_new (fixture);
  g_autoptr (ServerSocket) deaf = server_socket_new (fixture);
  g_autoptr (GAsyncResult) result = NULL;

  server_socket_send (deaf, GET ("big"));
  server_socket_send (waiting, GET ("never"));
  server_wait_held (1);
  cs_api_server_stop_async (fixture->server, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_true (cs_api_server_stop_finish (fixture->server, result, NULL));
  server_socket_wait_close (waiting);
  g_assert_true (cs_api_call_is_gone (server_held->pdata[0]));
  cs_api_call_reply_none (server_held->pdata[0], 204); /* to nobody */
  server_forget ();
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
  g_clear_pointer (&fixture->address, g_free);
}

/* Let go of without a word, and stopped without a start. */
static void
test_abrupt (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  CsApiOptions options = { 0 };
  g_autoptr (ServerAnswer) answer = NULL;

  server_socket_send (socket, GET ("items/1") "GET /");
  answer = server_socket_read (socket);
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
  g_clear_pointer (&fixture->address, g_free);
  server_socket_wait_close (socket);
  stop (cs_api_server_new (fixture->engine, &options));
}

static void
test_restart (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (ServerAnswer) answer = server_get (fixture, "health");

      server_assert_json (answer, 200);
      server_restart (fixture, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/start/both-loopbacks", test_both_loopbacks);
  g_test_add_func ("/server/start/addresses", test_addresses);
  g_test_add_func ("/server/start/origins", test_origins);
  g_test_add_func ("/server/start/busy", test_busy);
  g_test_add_func ("/server/stop/idle", test_idle);
  g_test_add_func ("/server/stop/in-flight", test_in_flight);
  g_test_add_func ("/server/stop/half", test_half);
  g_test_add_func ("/server/stop/bounded", test_bounded);
  g_test_add_func ("/server/stop/abrupt", test_abrupt);
  g_test_add_func ("/server/stop/restart", test_restart);
  return g_test_run ();
}
