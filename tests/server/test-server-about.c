/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server says about itself, and how it says what it does not have. */
#include "config.h"

#include "server-socket.h"

static void
test_health (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (ServerAnswer) answer = server_get (fixture, "health");

  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "status"), ==, "ok");
  g_assert_cmpstr (server_answer_string (answer, "version"), ==, CS_VERSION);
  g_assert_cmpstr (server_answer_string (answer, "api_version"), ==, "1.0.0");
}

static void
test_publish (void)
{
  static const char *const paths[] = { "publish-to-youtube", "publish-to-tiktok", "publish-to-instagram" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (ServerAnswer) with = server_post (fixture, paths[i], "{'creation_id': 'x'}");
      g_autoptr (ServerAnswer) without = server_post (fixture, paths[i], NULL);

      server_assert_error (with, 501, "not_implemented", NULL);
      server_assert_error (without, 501, "not_implemented", NULL);
    }
}

static void
test_unknown (void)
{
  static const char *const paths[] = { "/", "/api", "/api/studio", "/api/studio/", "nothing", "health/", "health/x", "HEALTH", "he%61lth%2f", "/favicon.ico" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (ServerAnswer) answer = server_get (fixture, paths[i]);

      server_assert_error (answer, 404, "not_found", NULL);
    }
}

static void
test_methods (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (ServerAnswer) post = server_post (fixture, "health", "{}");
  g_autoptr (ServerAnswer) patch = server_ask (fixture, "PATCH", "publish-to-youtube", NULL, NULL);
  g_autoptr (ServerAnswer) options = server_ask (fixture, "OPTIONS", "health", NULL, NULL);
  g_autoptr (ServerAnswer) head = server_ask (fixture, "HEAD", "health", NULL, NULL);

  server_assert_error (post, 405, "method_not_allowed", NULL);
  g_assert_cmpstr (server_answer_header (post, "Allow"), ==, "GET, HEAD, OPTIONS");
  server_assert_error (patch, 405, "method_not_allowed", NULL);
  g_assert_cmpstr (server_answer_header (patch, "Allow"), ==, "POST, OPTIONS");
  g_assert_cmpuint (options->status, ==, 204);
  g_assert_cmpstr (server_answer_header (options, "Allow"), ==, "GET, HEAD, OPTIONS");
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (head->body), ==, 0);
  g_assert_cmpstr (server_answer_header (head, "Content-Length"), !=, "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/about/health", test_health);
  g_test_add_func ("/server/about/publish", test_publish);
  g_test_add_func ("/server/about/unknown", test_unknown);
  g_test_add_func ("/server/about/methods", test_methods);
  return g_test_run ();
}
