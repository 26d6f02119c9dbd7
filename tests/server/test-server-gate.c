/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may call: by host, by origin, by token. */
#include "config.h"

#include "server-socket.h"

#include <string.h>

#define ORIGIN "http://localhost:3000"

static const CsApiOptions with_origin = { .allow_origin = ORIGIN };
static const CsApiOptions with_token = { .token = "a-token-of-33-bytes-in-all-it-is!" };

/* @lines: with \r\n behind each. */
static ServerAnswer *
say_with (ServerFixture *fixture, const char *request, const char *lines)
{
  g_autofree char *text = g_strdup_printf ("%s\r\n%s\r\n", request, lines);

  return server_say (fixture, text);
}

static ServerAnswer *
get_with_host (ServerFixture *fixture, const char *host)
{
  g_autofree char *line = g_strdup_printf ("Host: %s\r\n", host);

  return say_with (fixture, "GET /api/studio/health HTTP/1.1", line);
}

static void
test_own_hosts (void)
{
  static const char *const hosts[]
      = { "localhost", "LocalHost", "localhost:8180", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:65535", "localhost:99" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autoptr (ServerAnswer) answer = get_with_host (fixture, hosts[i]);

      server_assert_json (answer, 200);
    }
}

/* A name of somebody else that leads here (DNS rebinding). */
static void
test_foreign_hosts (void)
{
  static const char *const hosts[]
      = { "example.com",        "example.com:8180", "localhost.example.com",   "127.0.0.1.example.com", "127.0.0.2", "[::2]",
          "localhost.",         "0.0.0.0",          "127.1",                   "2130706433",            "[::ffff:127.0.0.1]",
          "localhost:8180.com", "xlocalhost",       "user@localhost",          "127.0.0.1%00.com",      "[::1" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autoptr (ServerAnswer) answer = get_with_host (fixture, hosts[i]);

      if (answer->status != 400)
        server_assert_error (answer, 403, "forbidden_host", NULL);
      else
        server_assert_refusal (answer, 400, "malformed");
    }
}

static void
test_host_shape (void)
{
  static const char *const lines[] = { "", "Host: localhost\r\nHost: localhost\r\n", "Host: localhost\r\nHost: example.com\r\n",
                                       "Host: localhost, localhost\r\n", "Host: \r\n", "Host: localhost:x\r\n",
                                       "Host: localhost:655350\r\n", "Host: local/host\r\n", "Host: a b\r\n" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (ServerAnswer) answer = say_with (fixture, "GET /api/studio/health HTTP/1.1", lines[i]);

      g_test_message ("%s: %u", lines[i], answer->status);
      server_assert_refusal (answer, 400, "malformed");
    }
}

/* The target may name a host as well. */
static void
test_absolute_targets (void)
{
  static const struct
  {
    const char *target;
    const char *host;
    guint status;
  } rows[] = {
    { "http://localhost:8180/api/studio/health", "localhost", 200 },
    { "http://127.0.0.1/api/studio/health", "localhost", 200 },
    { "http://[::1]/api/studio/health", "localhost", 200 },
    { "http://example.com/api/studio/health", "localhost", 403 },
    { "http://localhost/api/studio/health", "example.com", 403 },
    { "http://localhost@example.com/api/studio/health", "localhost", 403 },
    { "http://user:word@localhost/api/studio/health", "localhost", 403 },
    { "https://localhost/api/studio/health", "localhost", 400 },
    { "ftp://localhost/api/studio/health", "localhost", 400 },
    { "localhost", "localhost", 400 },
    { "http:///api/studio/health", "localhost", 400 },
  };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = g_strdup_printf ("GET %s HTTP/1.1", rows[i].target);
      g_autofree char *host = g_strdup_printf ("Host: %s\r\n", rows[i].host);
      g_autoptr (ServerAnswer) answer = say_with (fixture, line, host);

      g_test_message ("%s: %u", rows[i].target, answer->status);
      g_assert_cmpuint (answer->status, ==, rows[i].status);
      g_assert_nonnull (answer->object);
    }
}

/* Origins */

static ServerAnswer *
get_from (ServerFixture *fixture, const char *lines)
{
  g_autofree char *all = g_strdup_printf ("Host: localhost\r\n%s", lines);

  return say_with (fixture, "GET /api/studio/health HTTP/1.1", all);
}

static void
test_no_origin_is_allowed (void)
{
  static const char *const lines[]
      = { "Origin: http://example.com\r\n", "Origin: null\r\n", "Origin: http://localhost:8180\r\n", "Origin: \r\n",
          "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: cross-site\r\nReferer: " ORIGIN "/\r\n" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (ServerAnswer) answer = get_from (fixture, lines[i]);

      server_assert_error (answer, 403, "forbidden_origin", NULL);
      g_assert_null (server_answer_header (answer, "Access-Control-Allow-Origin"));
      g_assert_cmpstr (server_answer_header (answer, "Cross-Origin-Resource-Policy"), ==, "same-origin");
    }
}

static void
test_sites (void)
{
  static const char *const good[] = { "", "Sec-Fetch-Site: none\r\n", "Sec-Fetch-Site: same-origin\r\n",
                                      "Sec-Fetch-Site: same-site\r\n" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (ServerAnswer) answer = get_from (fixture, good[i]);

      server_assert_json (answer, 200);
    }
}

static void
test_allowed_origin (void)
{
  static const char *const others[]
      = { "Origin: http://localhost:3001\r\n", "Origin: https://localhost:3000\r\n", "Origin: http://localhost:3000/\r\n",
          "Origin: http://localhost:30000\r\n", "Origin: HTTP://LOCALHOST:3000\r\n", "Origin: null\r\n",
          "Origin: " ORIGIN "\r\nOrigin: null\r\n", "Sec-Fetch-Site: cross-site\r\nReferer: http://localhost:30000/\r\n",
          "Sec-Fetch-Site: cross-site\r\nReferer: http://localhost:3000.example.com/\r\n" };
  g_autoptr (ServerFixture) fixture = server_open (&with_origin);
  g_autoptr (ServerAnswer) good = get_from (fixture, "Origin: " ORIGIN "\r\nSec-Fetch-Site: cross-site\r\n");
  g_autoptr (ServerAnswer) nothing = say_with (fixture, "GET /none HTTP/1.1", "Host: localhost\r\nOrigin: " ORIGIN "\r\n");

  server_assert_json (good, 200);
  g_assert_cmpstr (server_answer_header (good, "Access-Control-Allow-Origin"), ==, ORIGIN);
  g_assert_cmpstr (server_answer_header (good, "Cross-Origin-Resource-Policy"), ==, "cross-origin");
  g_assert_nonnull (strstr (server_answer_header (good, "Access-Control-Expose-Headers"), "ETag"));
  g_assert_nonnull (strstr (server_answer_header (good, "Vary"), "Origin"));
  g_assert_null (server_answer_header (good, "Access-Control-Allow-Credentials"));
  server_assert_error (nothing, 404, "not_found", NULL); /* which the page can read as well */
  g_assert_cmpstr (server_answer_header (nothing, "Access-Control-Allow-Origin"), ==, ORIGIN);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (ServerAnswer) answer = get_from (fixture, others[i]);

      server_assert_error (answer, 403, "forbidden_origin", NULL);
      g_assert_null (server_answer_header (answer, "Access-Control-Allow-Origin"));
    }
}

/* A <video> of the allowed page names no origin. */
static void
test_elements (void)
{
  static const char video[] = "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nReferer: " ORIGIN;
  g_autofree char *page = g_strconcat (video, "/a/page?x\r\n", NULL);
  g_autofree char *bare = g_strconcat (video, "\r\n", NULL);
  g_autoptr (ServerFixture) fixture = server_open (&with_origin);
  g_autoptr (ServerAnswer) get = say_with (fixture, "GET /api/studio/health HTTP/1.1", page);
  g_autoptr (ServerAnswer) head = say_with (fixture, "HEAD /api/studio/health HTTP/1.1", bare);
  g_autoptr (ServerAnswer) post = say_with (fixture, "POST /api/studio/publish-to-tiktok HTTP/1.1", page);

  g_assert_cmpuint (get->status, ==, 200);
  g_assert_cmpstr (server_answer_header (get, "Cross-Origin-Resource-Policy"), ==, "cross-origin");
  g_assert_cmpuint (head->status, ==, 200);
  server_assert_error (post, 403, "forbidden_origin", NULL);
}

static void
test_preflight (void)
{
  static const char asks[] = "Host: localhost\r\nOrigin: " ORIGIN "\r\nAccess-Control-Request-Method: POST\r\n"
                             "Access-Control-Request-Headers: content-type\r\n";
  static const char *const headers[] = { "content-type", "idempotency-key", "x-studio-key", "authorization", "accept-language",
                                         "last-event-id", "range" };
  g_autofree char *private = g_strconcat (asks, "Access-Control-Request-Private-Network: true\r\n", NULL);
  g_autoptr (ServerFixture) fixture = server_open (&with_origin);
  g_autoptr (ServerAnswer) plain = say_with (fixture, "OPTIONS /api/studio/generate-video HTTP/1.1", asks);
  g_autoptr (ServerAnswer) network = say_with (fixture, "OPTIONS /api/studio/generate-video HTTP/1.1", private);
  g_autoptr (ServerAnswer) other = say_with (fixture, "OPTIONS /api/studio/generate-video HTTP/1.1",
                                             "Host: localhost\r\nOrigin: null\r\nAccess-Control-Request-Method: POST\r\n");
  g_autofree char *allowed = g_ascii_strdown (server_answer_header (plain, "Access-Control-Allow-Headers"), -1);

  g_assert_cmpuint (plain->status, ==, 204);
  g_assert_cmpuint (g_bytes_get_size (plain->body), ==, 0);
  g_assert_cmpstr (server_answer_header (plain, "Access-Control-Allow-Origin"), ==, ORIGIN);
  g_assert_nonnull (strstr (server_answer_header (plain, "Access-Control-Allow-Methods"), "DELETE"));
  g_assert_nonnull (server_answer_header (plain, "Access-Control-Max-Age"));
  g_assert_null (server_answer_header (plain, "Access-Control-Allow-Private-Network"));
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    g_assert_nonnull (strstr (allowed, headers[i]));
  g_assert_cmpuint (network->status, ==, 204);
  g_assert_cmpstr (server_answer_header (network, "Access-Control-Allow-Private-Network"), ==, "true");
  server_assert_error (other, 403, "forbidden_origin", NULL);
}

/* Tokens */

static void
test_token (void)
{
  static const char *const bad[]
      = { "", "a", "Bearer", "Bearer ", "Bearer a-token-of-33-bytes-in-all-it-is", "Bearer a-token-of-33-bytes-in-all-it-is!!",
          "Bearer A-token-of-33-bytes-in-all-it-is!", "Basic a-token-of-33-bytes-in-all-it-is!",
          "a-token-of-33-bytes-in-all-it-is!", "Bearer a-token-of-33-bytes-in-all-it-is!a-token-of-33-bytes-in-all-it-is!" };
  g_autoptr (ServerFixture) fixture = server_open (&with_token);
  g_autoptr (ServerAnswer) none = server_get (fixture, "health");
  g_autofree char *good = g_strconcat ("Bearer ", with_token.token, NULL);
  g_autofree char *lower = g_strconcat ("bearer ", with_token.token, NULL);
  g_autoptr (ServerAnswer) known = server_ask (fixture, "GET", "health", NULL, "Authorization", good, NULL);
  g_autoptr (ServerAnswer) also = server_ask (fixture, "GET", "health", NULL, "Authorization", lower, NULL);
  g_autoptr (ServerAnswer) hidden = server_get (fixture, "nothing");

  server_assert_error (none, 401, "unauthorized", NULL);
  g_assert_true (g_str_has_prefix (server_answer_header (none, "WWW-Authenticate"), "Bearer"));
  server_assert_json (known, 200);
  server_assert_json (also, 200);
  server_assert_error (hidden, 401, "unauthorized", NULL); /* not even what there is */
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (ServerAnswer) answer = server_ask (fixture, "GET", "health", NULL, "Authorization", bad[i], NULL);

      server_assert_error (answer, 401, "unauthorized", NULL);
      g_assert_null (strstr (answer->text, "a-token"));
    }
}

/* A preflight has no token, and needs none. */
static void
test_token_and_origin (void)
{
  static const CsApiOptions both = { .token = "word", .allow_origin = ORIGIN };
  g_autoptr (ServerFixture) fixture = server_open (&both);
  g_autoptr (ServerAnswer) asks = say_with (fixture, "OPTIONS /api/studio/pricing HTTP/1.1",
                                            "Host: localhost\r\nOrigin: " ORIGIN "\r\nAccess-Control-Request-Method: GET\r\n");
  g_autoptr (ServerAnswer) stranger = get_from (fixture, "Origin: " ORIGIN "\r\n");
  g_autoptr (ServerAnswer) friend = get_from (fixture, "Origin: " ORIGIN "\r\nAuthorization: Bearer word\r\n");

  g_assert_cmpuint (asks->status, ==, 204);
  server_assert_error (stranger, 401, "unauthorized", NULL);
  g_assert_cmpstr (server_answer_header (stranger, "Access-Control-Allow-Origin"), ==, ORIGIN);
  server_assert_json (friend, 200);
}

/* On an address that others reach, they may call it as they like, but must know the token. */
static void
test_foreign_address (void)
{
  static const CsApiOptions everywhere = { .address = "0.0.0.0", .token = "word" };
  g_autoptr (ServerFixture) fixture = server_open (&everywhere);
  g_autoptr (ServerAnswer) named
      = say_with (fixture, "GET /api/studio/health HTTP/1.1", "Host: studio.example.com\r\nAuthorization: Bearer word\r\n");
  g_autoptr (ServerAnswer) stranger = get_with_host (fixture, "localhost");
  g_autoptr (ServerAnswer) page = say_with (fixture, "GET /api/studio/health HTTP/1.1",
                                            "Host: studio.example.com\r\nAuthorization: Bearer word\r\nOrigin: http://x\r\n");

  server_assert_json (named, 200);
  server_assert_error (stranger, 401, "unauthorized", NULL);
  server_assert_error (page, 403, "forbidden_origin", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/gate/own-hosts", test_own_hosts);
  g_test_add_func ("/server/gate/foreign-hosts", test_foreign_hosts);
  g_test_add_func ("/server/gate/host-shape", test_host_shape);
  g_test_add_func ("/server/gate/absolute-targets", test_absolute_targets);
  g_test_add_func ("/server/gate/no-origin-is-allowed", test_no_origin_is_allowed);
  g_test_add_func ("/server/gate/sites", test_sites);
  g_test_add_func ("/server/gate/allowed-origin", test_allowed_origin);
  g_test_add_func ("/server/gate/elements", test_elements);
  g_test_add_func ("/server/gate/preflight", test_preflight);
  g_test_add_func ("/server/gate/token", test_token);
  g_test_add_func ("/server/gate/token-and-origin", test_token_and_origin);
  g_test_add_func ("/server/gate/foreign-address", test_foreign_address);
  return g_test_run ();
}
