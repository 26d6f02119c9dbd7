/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests as bytes, also such as no HTTP library sends. Each is answered in our form, or the connection ends. */
#include "config.h"

#include "server-routes.h"
#include "server-socket.h"

#include <string.h>

#define HOST "Host: localhost\r\n"
#define HEALTH "GET /api/studio/items/1 HTTP/1.1\r\n" HOST "\r\n"
#define POST "POST /api/studio/echo HTTP/1.1\r\n" HOST "Content-Type: application/json\r\n"

static ServerFixture *
open_routes (void)
{
  ServerSetup setup = { .routes = server_routes };

  return server_open_setup (&setup);
}

/* The connection goes on. */
static void
assert_goes_on (ServerSocket *socket)
{
  g_autoptr (ServerAnswer) answer = NULL;

  g_assert_true (server_socket_send (socket, HEALTH));
  answer = server_socket_read (socket);
  server_assert_json (answer, 200);
}

static void
test_pipelined (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);

  server_socket_send (socket, HEALTH POST "Content-Length: 7\r\n\r\n{\"a\":1}" HEALTH "HEAD /api/studio/items/2 HTTP/1.1\r\n" HOST
                                          "\r\n" HEALTH);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (ServerAnswer) answer = server_socket_read_to (socket, i == 3 ? "HEAD" : "GET");

      g_assert_cmpuint (answer->status, ==, 200);
      if (i == 1)
        g_assert_cmpstr (answer->text, ==, "{\"got\":{\"a\":1}}");
    }
  assert_goes_on (socket);
}

static void
test_byte_by_byte (void)
{
  static const char text[] = POST "Content-Length: 9\r\n\r\n{\"a\": 12}";
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  g_autoptr (ServerAnswer) answer = NULL;

  for (const char *at = text; *at != '\0'; at++)
    g_assert_true (server_socket_send_data (socket, at, 1));
  answer = server_socket_read (socket);
  g_assert_cmpstr (answer->text, ==, "{\"got\":{\"a\":12}}");
  assert_goes_on (socket);
}

static void
test_chunked (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  g_autoptr (ServerAnswer) plain = NULL;
  g_autoptr (ServerAnswer) rich = NULL;

  server_socket_send (socket, POST "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n");
  plain = server_socket_read (socket);
  g_assert_cmpstr (plain->text, ==, "{\"got\":{\"a\":1}}");
  server_socket_send (socket, POST "Transfer-Encoding: Chunked\r\n\r\n00007;name=value\r\n{\"a\":2}\r\n0\r\nX: y\r\n\r\n");
  rich = server_socket_read (socket);
  g_assert_cmpstr (rich->text, ==, "{\"got\":{\"a\":2}}");
  assert_goes_on (socket);
}

/* Two ends of one body: whoever sees another one than we do sees another request behind it. */
static void
test_lengths (void)
{
  static const char *const lines[] = {
    "Content-Length: 7\r\nContent-Length: 7\r\n", "Content-Length: 7\r\nContent-Length: 5\r\n", "Content-Length: 7, 7\r\n",
    "Content-Length: 7\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
    "Content-Length: -3\r\n", "Content-Length: -1\r\n", "Content-Length: +7\r\n", "Content-Length: 7x\r\n",
    "Content-Length: 0x7\r\n", "Content-Length: \r\n", "Content-Length: 7 7\r\n",
    "Content-Length: 99999999999999999999999\r\n", "Content-Length: 18446744073709551615\r\n", "Content-Length: 7.0\r\n",
  };
  g_autoptr (ServerFixture) fixture = open_routes ();

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strconcat (POST, lines[i], "\r\n{\"a\":1}", NULL);
      g_autoptr (ServerSocket) socket = server_socket_new (fixture);
      g_autoptr (ServerAnswer) answer = NULL;

      g_test_message ("%s", lines[i]);
      server_socket_send (socket, text);
      answer = server_socket_read (socket);
      server_assert_refusal (answer, 400, "malformed");
      server_socket_end (socket);
      server_socket_wait_close (socket);
    }
}

/* What stands behind a refused body is not looked at: it is no request. */
static void
test_nothing_behind_a_refusal (void)
{
  static const char *const texts[]
      = { POST "Content-Length: 5\r\nContent-Length: 7\r\n\r\n{\"a\":1}" HEALTH,
          "POST /api/studio/nothing HTTP/1.1\r\n" HOST "Content-Length: 200\r\n\r\n" HEALTH HEALTH HEALTH,
          POST "Expect: 100-continue\r\nContent-Length: 2000000\r\n\r\n" HEALTH };
  g_autoptr (ServerFixture) fixture = open_routes ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ServerSocket) socket = server_socket_new (fixture);
      g_autoptr (ServerAnswer) answer = NULL;
      g_autoptr (ServerAnswer) second = NULL;

      server_socket_send (socket, texts[i]);
      answer = server_socket_read (socket);
      g_assert_cmpuint (answer->status, >=, 400);
      g_assert_cmpstr (server_answer_header (answer, "Connection"), ==, "close");
      second = server_socket_read (socket);
      g_assert_cmpuint (second->status, ==, 0);
    }
}

static void
test_bad_chunks (void)
{
  static const char *const bodies[] = { "xyz\r\n{\"a\":1}\r\n0\r\n\r\n", "-5\r\n{\"a\":1}\r\n0\r\n\r\n", "\r\n{}\r\n0\r\n\r\n",
                                        "7{\"a\":1}0\r\n\r\n" };
  g_autoptr (ServerFixture) fixture = open_routes ();

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *text = g_strconcat (POST "Transfer-Encoding: chunked\r\n\r\n", bodies[i], NULL);
      g_autoptr (ServerSocket) socket = server_socket_new (fixture);
      g_autoptr (ServerAnswer) answer = NULL;

      server_socket_send (socket, text);
      server_socket_end (socket);
      answer = server_socket_read (socket);
      g_test_message ("%s: %u", bodies[i], answer->status);
      if (answer->status != 0)
        server_assert_refusal (answer, 400, "malformed");
    }
}

static void
test_expect (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  g_autoptr (ServerAnswer) go_on = NULL;
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) refused = NULL;
  g_autoptr (ServerAnswer) other = server_say (fixture, POST "Accept-Language: en\r\nExpect: other\r\nContent-Length: 2\r\n\r\n{}");

  server_socket_send (socket, POST "Expect: 100-continue\r\nContent-Length: 7\r\n\r\n");
  go_on = server_socket_read (socket);
  g_assert_cmpuint (go_on->status, ==, 100);
  server_socket_send (socket, "{\"a\":1}");
  answer = server_socket_read (socket);
  server_assert_json (answer, 200);
  g_assert_nonnull (server_answer_header (answer, "Date"));
  server_socket_send (socket, "POST /api/studio/none HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 7\r\n\r\n");
  refused = server_socket_read (socket);
  server_assert_error (refused, 404, "not_found", NULL);
  server_assert_refusal (other, 417, "expectation_failed");
  g_assert_nonnull (strstr (server_answer_string (other, "detail"), "100-continue"));
}

static void
test_old (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  g_autoptr (ServerAnswer) named = server_say (fixture, "GET /api/studio/items/1 HTTP/1.0\r\n" HOST "\r\n");
  g_autoptr (ServerAnswer) foreign = server_say (fixture, "GET /api/studio/items/1 HTTP/1.0\r\nHost: example.com\r\n\r\n");
  g_autoptr (ServerAnswer) answer = NULL;
  g_autofree char *base = g_strconcat (fixture->address, "/api/studio", NULL);

  server_socket_send (socket, "GET /api/studio/items/1 HTTP/1.0\r\n\r\n");
  answer = server_socket_read (socket);
  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "base"), ==, base);
  server_socket_wait_close (socket);
  server_assert_json (named, 200);
  server_assert_error (foreign, 403, "forbidden_host", NULL);
}

static void
test_unreadable (void)
{
  static const struct
  {
    const char *text;
    guint status;
    const char *code;
  } rows[] = {
    { "nonsense\r\n\r\n", 400, "malformed" },
    { "GET\r\n\r\n", 400, "malformed" },
    { "GET /api/studio/health\r\n\r\n", 400, "malformed" },
    { "GET /api/studio/health HTTP/9\r\n" HOST "\r\n", 400, "malformed" },
    { "GET /api/studio/items/1 HTTX/1.1\r\n" HOST "\r\n", 400, "malformed" },
    { "GET /api/studio/items/1 HTTP/1.1\r\n\r\n", 400, "malformed" },
    { "GET /api/studio/items/%zz HTTP/1.1\r\n" HOST "\r\n", 400, "malformed" },
    { "GET items HTTP/1.1\r\n" HOST "\r\n", 400, "malformed" },
    { "\x16\x03\x01\x02\x01\x01\xfc\x03\x03\r\n\r\n", 400, "malformed" },
    { "GET /api/studio/items/1 HTTP/2.0\r\n" HOST "\r\n", 400, "malformed" },
    { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "malformed" },
    { "POST /api/studio/echo HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip\r\n\r\n", 400, "malformed" },
    { "CONNECT localhost:80 HTTP/1.1\r\n" HOST "\r\n", 404, "not_found" },
    { "OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 404, "not_found" },
    { "TRACE /api/studio/items/1 HTTP/1.1\r\n" HOST "\r\n", 405, "method_not_allowed" },
    { "get /api/studio/items/1 HTTP/1.1\r\n" HOST "\r\n", 405, "method_not_allowed" },
  };
  g_autoptr (ServerFixture) fixture = open_routes ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ServerAnswer) answer = server_say (fixture, rows[i].text);

      g_test_message ("%s", rows[i].text);
      server_assert_refusal (answer, rows[i].status, rows[i].code);
    }
}

/* The answer arrives although more comes than anybody reads. */
static void
test_unread_body (void)
{
  static const char *const heads[]
      = { POST "Transfer-Encoding: gzip\r\n\r\n", POST "Expect: other\r\nContent-Length: 4000000\r\n\r\n",
          "POST /api/studio/echo HTTP/1.1\r\nContent-Length: 4000000\r\n\r\n",
          "POST /api/studio/echo HTTP/1.1\r\nHost: example.com\r\nContent-Length: 4000000\r\n\r\n", POST "nonsense\r\n",
          "nonsense\r\n\r\n" };
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autofree char *body = g_strnfill (4000000, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (ServerSocket) socket = server_socket_new (fixture);
      g_autoptr (ServerAnswer) answer = NULL;

      server_socket_send (socket, heads[i]);
      server_socket_send_data (socket, body, 4000000);
      answer = server_socket_read (socket);
      g_test_message ("%s: %u", heads[i], answer->status);
      g_assert_cmpuint (answer->status, >=, 400);
      g_assert_cmpuint (answer->status, <, 500);
      server_assert_error (answer, answer->status, server_answer_string (answer, "code"), NULL);
      g_assert_cmpstr (server_answer_header (answer, "Connection"), ==, "close");
      server_socket_end (socket);
      server_socket_wait_close (socket);
    }
}

/* Half of a request is none, even when its sender says that this is all. */
static void
test_half (void)
{
  static const char *const halves[] = { "G", "DELETE /api/studio/items/1 HTTP/1.1\r\n" HOST, POST "Content-Length: 7\r\n\r\n{\"a\"",
                                        POST "Transfer-Encoding: chunked\r\n\r\n7\r\n{\"a\"", "" };
  g_autoptr (ServerFixture) fixture = open_routes ();

  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      g_autoptr (ServerSocket) socket = server_socket_new (fixture);
      g_autoptr (ServerAnswer) answer = NULL;

      server_socket_send (socket, halves[i]);
      server_socket_end (socket);
      answer = server_socket_read (socket);
      g_assert_cmpuint (answer->status, ==, 0);
    }
}

/* Whoever sends no more may still read. */
static void
test_half_open (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  g_autoptr (ServerAnswer) first = NULL;
  g_autoptr (ServerAnswer) second = NULL;

  server_socket_send (socket, HEALTH HEALTH);
  server_socket_end (socket);
  first = server_socket_read (socket);
  second = server_socket_read (socket);
  server_assert_json (first, 200);
  server_assert_json (second, 200);
  server_socket_wait_close (socket);
}

static void
test_headers (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autofree char *long_value = g_strnfill (60000, 'v');
  g_autofree char *longer_value = g_strnfill (200000, 'v');
  g_autofree char *large = g_strdup_printf ("GET /api/studio/items/1 HTTP/1.1\r\n" HOST "X: %s\r\n\r\n", long_value);
  g_autofree char *larger = g_strdup_printf ("GET /api/studio/items/1 HTTP/1.1\r\n" HOST "X: %s\r\n\r\n", longer_value);
  g_autoptr (ServerAnswer) good = server_say (fixture, large);
  g_autoptr (ServerAnswer) folded
      = server_say (fixture, "GET /api/studio/items/1 HTTP/1.1\r\n" HOST "X: a\r\n b\r\nno colon\r\n: empty\r\nY : z\r\n\r\n");
  g_autoptr (ServerAnswer) bytes = server_say (fixture, "GET /api/studio/items/1 HTTP/1.1\r\n" HOST "X: \xff\xfe\r\n\r\n");
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  static const char nul[] = "GET /api/studio/items/1 HTTP/1.1\r\n" HOST "X: \0\r\n\r\n";
  g_autoptr (ServerAnswer) with_nul = NULL;
  g_autoptr (ServerAnswer) too_large = server_say (fixture, larger);
  g_autoptr (ServerSocket) second = server_socket_new (fixture);
  g_autoptr (ServerAnswer) first = NULL;
  g_autoptr (ServerAnswer) none = NULL;

  server_assert_json (good, 200);
  server_assert_json (folded, 200);
  server_assert_json (bytes, 200);
  server_socket_send_data (socket, nul, sizeof nul - 1);
  with_nul = server_socket_read (socket);
  server_assert_refusal (with_nul, 400, "malformed");
  server_assert_error (too_large, 431, "too_large", NULL);
  server_socket_send (second, HEALTH);
  first = server_socket_read (second);
  server_assert_json (first, 200);
  server_socket_send (second, longer_value); /* not even a first line */
  none = server_socket_read (second);
  g_assert_cmpuint (none->status, ==, 0);
}

static void
test_ids (void)
{
  static const struct
  {
    const char *path;
    const char *id; /* NULL: there is nothing */
  } rows[] = {
    { "items/01ABC", "01ABC" }, { "items/a%62c", "abc" },   { "items/%C3%A9", "é" },     { "items/a?q=1", "a" },
    { "items/", NULL },         { "items/a/b", NULL },      { "items/a%2fb", NULL },     { "items/%00", NULL },
    { "items/%0d%0aX:%20y", NULL }, { "items/%ff", NULL },        { "items/..%2f..", NULL },
    { "items/a/parts", "a" },   { "items/a/parts/", NULL }, { "items//parts", NULL },    { "items/a/part", NULL },
  };
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autofree char *too_long = g_strnfill (300, 'a');
  g_autofree char *path = g_strdup_printf ("GET /api/studio/items/%s HTTP/1.1\r\n" HOST "\r\n", too_long);
  g_autoptr (ServerAnswer) long_id = server_say (fixture, path);

  server_assert_error (long_id, 404, "not_found", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("GET /api/studio/%s HTTP/1.1\r\n" HOST "\r\n", rows[i].path);
      g_autoptr (ServerAnswer) answer = server_say (fixture, text);

      g_test_message ("%s: %s", rows[i].path, answer->text);
      if (rows[i].id == NULL)
        {
          server_assert_error (answer, 404, "not_found", NULL);
          continue;
        }
      server_assert_json (answer, 200);
      g_assert_cmpstr (server_answer_string (answer, "id"), ==, rows[i].id);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/raw/pipelined", test_pipelined);
  g_test_add_func ("/server/raw/byte-by-byte", test_byte_by_byte);
  g_test_add_func ("/server/raw/chunked", test_chunked);
  g_test_add_func ("/server/raw/lengths", test_lengths);
  g_test_add_func ("/server/raw/nothing-behind-a-refusal", test_nothing_behind_a_refusal);
  g_test_add_func ("/server/raw/bad-chunks", test_bad_chunks);
  g_test_add_func ("/server/raw/expect", test_expect);
  g_test_add_func ("/server/raw/old", test_old);
  g_test_add_func ("/server/raw/unreadable", test_unreadable);
  g_test_add_func ("/server/raw/unread-body", test_unread_body);
  g_test_add_func ("/server/raw/half", test_half);
  g_test_add_func ("/server/raw/half-open", test_half_open);
  g_test_add_func ("/server/raw/headers", test_headers);
  g_test_add_func ("/server/raw/ids", test_ids);
  return g_test_run ();
}
