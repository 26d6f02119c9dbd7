/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `serve` as a process: how it begins, whom it lets in, and what it refuses to begin with. */
#include "config.h"

#include "serve-support.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

static void
assert_health (Serve *serve, const char *address)
{
  g_autoptr (ServerSocket) socket = server_socket_new_to (address, serve->fixture.port);
  g_autoptr (ServerAnswer) answer = NULL;

  server_socket_send (socket, "GET /api/studio/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  answer = server_socket_read (socket);
  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "status"), ==, "ok");
}

static gboolean
has_ipv6_loopback (void)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("::1", 0);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  return socket != NULL && g_socket_bind (socket, address, FALSE, NULL);
}

/* Its beginning */

static void
test_listening (gconstpointer option)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (Serve) serve = serve_start (home, option, NULL);
  g_autofree char *wanted = g_strdup_printf ("{\"listening\":\"http://127.0.0.1:%u\"}", serve->fixture.port);
  g_autofree char *rest = NULL;
  g_autofree char *words = NULL;

  g_assert_cmpstr (serve->line, ==, wanted);
  assert_health (serve, "127.0.0.1");
  if (has_ipv6_loopback ())
    assert_health (serve, "::1");
  g_assert_cmpint (serve_end (serve, SIGTERM), ==, 0);
  rest = serve_read_rest (serve);
  g_assert_cmpstr (rest, ==, "");
  words = serve_read_words (serve);
  g_assert_nonnull (strstr (words, serve->fixture.address));
  g_assert_nonnull (strstr (words, "programs on this computer"));
  g_assert_nonnull (strstr (words, "$5.00 a day"));
}

static void
test_unread (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (Serve) serve = serve_start_unread (home);

  assert_health (serve, "127.0.0.1");
  g_assert_cmpint (serve_end (serve, SIGTERM), ==, 0);
}

/* Without a standard output it still serves. */
static void
test_no_output (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CsTestRun) run = NULL;

  run = cli_run_in_shell ("\"$@\" >&- & pid=$!; i=0"
                          "; until [ -e \"$CREATIVE_STUDIO_HOME/studio.db\" ] || [ $i = 1000 ]; do sleep 0.02; i=$((i + 1)); done"
                          "; kill $pid; wait $pid",
                          "serve", "--port=0", NULL);
  g_assert_cmpint (run->exit_status, ==, 0);
}

/* Started with nohup it outlives its terminal. */
static void
test_nohup (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CsTestRun) run = NULL;

  run = cli_run_in_shell ("trap '' HUP; \"$@\" > \"$CREATIVE_STUDIO_HOME/line\" 2>/dev/null & pid=$!; i=0"
                          "; until [ -s \"$CREATIVE_STUDIO_HOME/line\" ] || [ $i = 1000 ]; do sleep 0.02; i=$((i + 1)); done"
                          "; kill -HUP $pid; kill -HUP $pid; kill -TERM $pid; wait $pid",
                          "serve", "--port=0", NULL);
  g_assert_cmpint (run->exit_status, ==, 0);
}

static void
test_listen (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (Serve) serve = serve_start (home, "--listen", "127.0.0.2", NULL);

  g_assert_true (g_str_has_prefix (serve->fixture.address, "http://127.0.0.2:"));
  assert_health (serve, "127.0.0.2");
  g_assert_true (serve_refuses (serve)); /* 127.0.0.1 */
  g_assert_cmpint (serve_end (serve, SIGTERM), ==, 0);
}

static void
test_origin (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (Serve) serve = serve_start (home, "--allow-origin", "http://localhost:3000", NULL);
  g_autoptr (ServerAnswer) ours = server_ask (&serve->fixture, "GET", "health", NULL, "Origin", "http://localhost:3000", NULL);
  g_autoptr (ServerAnswer) other = server_ask (&serve->fixture, "GET", "health", NULL, "Origin", "http://localhost:3001", NULL);
  g_autoptr (ServerAnswer) none = server_ask (&serve->fixture, "GET", "health", NULL, "Origin", "null", NULL);

  server_assert_json (ours, 200);
  g_assert_cmpstr (server_answer_header (ours, "Access-Control-Allow-Origin"), ==, "http://localhost:3000");
  server_assert_error (other, 403, "forbidden_origin", NULL);
  server_assert_error (none, 403, "forbidden_origin", NULL);
}

/* Its token */

#define TOKEN "abcdefghijklmn-0"

static char *
write_token (CsTestHome *home, const char *text, gssize length, int mode)
{
  char *path = cs_test_home_build (home, "a token");
  g_autoptr (GError) error = NULL;

  g_unlink (path);
  g_file_set_contents_full (path, text, length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return path;
}

static void
assert_token (CsTestHome *home, const char *text, int mode, const char *token)
{
  g_autofree char *path = write_token (home, text, -1, mode);
  g_autofree char *header = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (Serve) serve = serve_start (home, "--token-file", path, NULL);
  g_autoptr (ServerAnswer) without = server_get (&serve->fixture, "health");
  g_autoptr (ServerAnswer) with = server_ask (&serve->fixture, "GET", "health", NULL, "Authorization", header, NULL);
  g_autofree char *words = NULL;

  server_assert_error (without, 401, "unauthorized", NULL);
  server_assert_json (with, 200);
  g_assert_cmpint (serve_end (serve, SIGTERM), ==, 0);
  words = serve_read_words (serve);
  g_assert_null (strstr (words, token));
}

static void
test_token (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *longest = g_strnfill (4096, '~');
  g_autofree char *longest_line = g_strconcat (longest, "\n", NULL);

  assert_token (home, TOKEN, 0600, TOKEN);
  assert_token (home, TOKEN "\n", 0400, TOKEN);
  assert_token (home, TOKEN "\r\n", 0600, TOKEN);
  assert_token (home, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\n", 0600, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
  assert_token (home, longest_line, 0600, longest);
}

/* On an address that others reach, by whatever name they call it. */
static void
test_token_elsewhere (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *path = write_token (home, TOKEN "\n", -1, 0600);
  g_autoptr (Serve) serve = serve_start (home, "--listen", "0.0.0.0", "--token-file", path, NULL);
  g_autoptr (ServerSocket) socket = server_socket_new_to ("127.0.0.3", serve->fixture.port);
  g_autoptr (ServerAnswer) without = NULL;
  g_autoptr (ServerAnswer) with = NULL;
  g_autofree char *words = serve_read_words (serve);

  server_socket_send (socket, "GET /api/studio/health HTTP/1.1\r\nHost: studio.example\r\n\r\n");
  without = server_socket_read (socket);
  server_assert_error (without, 401, "unauthorized", NULL);
  server_socket_send (socket, "GET /api/studio/health HTTP/1.1\r\nHost: studio.example\r\nAuthorization: Bearer " TOKEN "\r\n\r\n");
  with = server_socket_read (socket);
  server_assert_json (with, 200);
  g_assert_nonnull (strstr (words, "Other computers can reach it"));
}

/* What it refuses to begin with: exit code 2, a sentence, and nothing done. */

static void
assert_refused (CliAnswer *answer, const char *code, const char *part)
{
  cli_assert_code (answer, 2, code);
  if (strstr (answer->run->err, part) == NULL)
    g_error ("No “%s” in: %s", part, answer->run->err);
}

typedef struct
{
  const char *option;
  const char *value;
  const char *code;
  const char *part;
} Refusal;

static const Refusal refusals[] = {
  { "--port", "-1", "invalid_value", "--port" },
  { "--port", "65536", "invalid_value", "--port" },
  { "--port", "http", "invalid_value", "--port" },
  { "--port", "", "invalid_value", "--port" },
  { "--port", "80 80", "invalid_value", "--port" },
  { "--port", "0x50", "invalid_value", "--port" },
  { "--listen", "localhost", "usage", "numeric" },
  { "--listen", "", "usage", "numeric" },
  { "--listen", "127.0.0.1:80", "usage", "numeric" },
  { "--listen", "[::1]", "usage", "numeric" },
  { "--listen", "0.0.0.0", "usage", "--token-file" },
  { "--listen", "::", "usage", "--token-file" },
  { "--listen", "192.0.2.1", "usage", "--token-file" },
  { "--listen", "::ffff:192.0.2.1", "usage", "--token-file" },
  { "--allow-origin", "*", "usage", "origin" },
  { "--allow-origin", "null", "usage", "origin" },
  { "--allow-origin", "", "usage", "origin" },
  { "--allow-origin", "localhost:3000", "usage", "origin" },
  { "--allow-origin", "http://", "usage", "origin" },
  { "--allow-origin", "file://", "usage", "origin" },
  { "--allow-origin", "http://localhost:3000/", "usage", "origin" },
  { "--allow-origin", "http://localhost:3000/page", "usage", "origin" },
  { "--allow-origin", "http://localhost:3000?a", "usage", "origin" },
  { "--allow-origin", "http://ann@localhost:3000", "usage", "origin" },
  { "--allow-origin", "http://localhost:3000, http://localhost:4000", "usage", "origin" },
  { "--allow-origin", "http://localhost:99999", "usage", "origin" },
  { "--allow-origin", "http://localhost:80", "usage", "origin" },
  { "--allow-origin", "https://studio.example:443", "usage", "origin" },
  { "--allow-origin", "http://Studio.example", "usage", "origin" },
};

static void
test_refusals (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *argument = g_strdup_printf ("%s=%s", refusals[i].option, refusals[i].value);
      g_autoptr (CliAnswer) answer = cli_ask (NULL, "serve", argument, NULL);

      g_test_message ("%s", argument);
      assert_refused (answer, refusals[i].code, refusals[i].part);
    }
  g_assert_cmpuint (cli_count_files (home->path), ==, 0);
}

static void
refuse_token (CsTestHome *home, const char *text, gssize length, int mode, const char *part)
{
  g_autofree char *path = write_token (home, text, length, mode);
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "serve", "--port=0", "--token-file", path, NULL);
  g_autofree char *shown = g_strndup (text, 12);

  assert_refused (answer, "invalid_value", part);
  if (strlen (shown) == 12)
    g_assert_null (strstr (answer->run->err, shown));
}

static void
test_token_refusals (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *none = cs_test_home_build (home, "none");
  g_autofree char *too_long = g_strnfill (4097, 'x');
  g_autoptr (CliAnswer) missing = cli_ask (NULL, "serve", "--token-file", none, NULL);
  g_autoptr (CliAnswer) folder = cli_ask (NULL, "serve", "--token-file", home->path, NULL);

  assert_refused (missing, "invalid_value", "none");
  assert_refused (folder, "invalid_value", "is not a file");
  refuse_token (home, TOKEN, -1, 0644, "chmod 600");
  refuse_token (home, TOKEN, -1, 0640, "chmod 600");
  refuse_token (home, TOKEN, -1, 0604, "chmod 600");
  refuse_token (home, TOKEN, -1, 0620, "chmod 600");
  refuse_token (home, "", -1, 0600, "one line");
  refuse_token (home, "\n", -1, 0600, "one line");
  refuse_token (home, "abcdefghijklmno", -1, 0600, "one line");
  refuse_token (home, "abcdefghijklmno\n\n", -1, 0600, "one line");
  refuse_token (home, TOKEN "\n" TOKEN, -1, 0600, "one line");
  refuse_token (home, TOKEN "\n\n", -1, 0600, "one line");
  refuse_token (home, TOKEN " ", -1, 0600, "one line");
  refuse_token (home, " " TOKEN, -1, 0600, "one line");
  refuse_token (home, "abcdefghijklmn é0", -1, 0600, "one line");
  refuse_token (home, TOKEN "\0x", sizeof (TOKEN) + 1, 0600, "one line");
  refuse_token (home, too_long, -1, 0600, "one line");
}

static void
test_busy (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (Serve) serve = serve_start (home, NULL);
  g_autofree char *argument = g_strdup_printf ("--port=%u", serve->fixture.port);
  g_autofree char *port = g_strdup_printf ("%u", serve->fixture.port);
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "serve", argument, NULL);
  g_autoptr (CsTestRun) plain = cli_run (NULL, "serve", argument, NULL);

  assert_refused (answer, "invalid_value", "--port");
  g_assert_nonnull (strstr (answer->run->err, port));
  g_assert_cmpint (plain->exit_status, ==, 2);
  g_assert_cmpstr (plain->out, ==, "");
  assert_health (serve, "127.0.0.1");
}

/* An address that this computer does not have. */
static void
test_not_ours (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *path = write_token (home, TOKEN, -1, 0600);
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "serve", "--port=0", "--listen=192.0.2.1", "--token-file", path, NULL);

  assert_refused (answer, "usage", "192.0.2.1");
}

/* Its end */

static void
test_signal (gconstpointer number)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (Serve) serve = serve_start (home, NULL);
  g_autoptr (ServerSocket) idle = server_socket_new (&serve->fixture);

  assert_health (serve, "127.0.0.1");
  g_assert_cmpint (serve_end (serve, GPOINTER_TO_INT (number)), ==, 0);
  server_socket_wait_close (idle);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/serve/listening", NULL, test_listening);
  g_test_add_data_func ("/serve/listening-json", "--json", test_listening);
  g_test_add_func ("/serve/unread", test_unread);
  g_test_add_func ("/serve/no-output", test_no_output);
  g_test_add_func ("/serve/nohup", test_nohup);
  g_test_add_func ("/serve/listen", test_listen);
  g_test_add_func ("/serve/origin", test_origin);
  g_test_add_func ("/serve/token", test_token);
  g_test_add_func ("/serve/token-elsewhere", test_token_elsewhere);
  g_test_add_func ("/serve/refusals", test_refusals);
  g_test_add_func ("/serve/token-refusals", test_token_refusals);
  g_test_add_func ("/serve/busy", test_busy);
  g_test_add_func ("/serve/not-ours", test_not_ours);
  g_test_add_data_func ("/serve/sigterm", GINT_TO_POINTER (SIGTERM), test_signal);
  g_test_add_data_func ("/serve/sigint", GINT_TO_POINTER (SIGINT), test_signal);
  g_test_add_data_func ("/serve/sighup", GINT_TO_POINTER (SIGHUP), test_signal);
  return g_test_run ();
}
