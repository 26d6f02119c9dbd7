/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long and how much the server bears. The limits are short here; nothing is measured but that they are there. */
#include "config.h"

#include "server-routes.h"
#include "server-socket.h"

#include <string.h>
#include <sys/resource.h>

#define GET(path) "GET /api/studio/" path " HTTP/1.1\r\nHost: localhost\r\n\r\n"
#define POST "POST /api/studio/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
#define MANY 3000
#define LONG 600000 /* milliseconds: no test waits for that */

static ServerFixture *
open_limited (CsApiLimits limits)
{
  ServerSetup setup = { .routes = server_routes, .limits = limits };

  return server_open_setup (&setup);
}

static guint
count_connections (ServerFixture *fixture)
{
  return cs_api_connections_count (_cs_api_server_get_connections (fixture->server));
}

static gboolean
nobody_is_connected_cb (gpointer user_data)
{
  return count_connections (user_data) == 0;
}

/* Each is closed without an answer, whatever it has sent. */
static void
test_slow (void)
{
  static const char *const starts[] = { "", "G", GET ("items/1") "GET /api", GET ("items/1") "GET /api HTTP/1.1\r\nHost:", POST "Content-Length: 10\r\n\r\n{\"a",
                                        POST "Transfer-Encoding: chunked\r\n\r\n", POST "Transfer-Encoding: chunked\r\n\r\n9\r\n{",
                                        POST "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n" };
  g_autoptr (ServerFixture) fixture = open_limited ((CsApiLimits){ .headers = 60, .body = 60, .idle = 60 });
  ServerSocket *sockets[G_N_ELEMENTS (starts)];

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      sockets[i] = server_socket_new (fixture);
      server_socket_send (sockets[i], starts[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_test_message ("%s", starts[i]);
      server_socket_wait_close (sockets[i]);
      server_socket_free (sockets[i]);
    }
  cs_test_wait (nobody_is_connected_cb, fixture);
}

/* Little by little does not help. */
static void
test_drops (void)
{
  g_autoptr (ServerFixture) fixture = open_limited ((CsApiLimits){ .headers = 100 });
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);

  server_socket_send (socket, "GET /api/studio/items/1 HTTP/1.1\r\nHost: localhost\r\nX: ");
  while (server_socket_send (socket, "x") && !server_socket_is_closed (socket))
    g_main_context_iteration (NULL, FALSE);
  cs_test_wait (nobody_is_connected_cb, fixture);
}

static void
test_idle (void)
{
  g_autoptr (ServerFixture) fixture = open_limited ((CsApiLimits){ .idle = 50, .headers = LONG });
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  g_autoptr (ServerAnswer) answer = NULL;

  server_socket_send (socket, GET ("items/1"));
  answer = server_socket_read (socket);
  server_assert_json (answer, 200);
  server_socket_wait_close (socket);
  cs_test_wait (nobody_is_connected_cb, fixture);
}

/* A reader that takes nothing of its answer; and one that does. */
static void
test_stalled (void)
{
  g_autoptr (ServerFixture) fixture = open_limited ((CsApiLimits){ .stall = 100 });
  g_autoptr (ServerSocket) stalled = server_socket_new (fixture);
  g_autoptr (ServerAnswer) answer = NULL;

  server_socket_send (stalled, GET ("big"));
  answer = server_say (fixture, GET ("big"));
  g_assert_cmpuint (g_bytes_get_size (answer->body), ==, SERVER_BIG);
  cs_test_wait (nobody_is_connected_cb, fixture);
}

/* One that is closed while its answer ends is not read from for ever. */
static void
test_closed_at_the_end (void)
{
  g_autoptr (ServerFixture) fixture = open_limited ((CsApiLimits){ .idle = LONG, .headers = LONG });
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);

  server_socket_send (socket, GET ("shut"));
  server_socket_wait_close (socket);
  cs_test_wait (nobody_is_connected_cb, fixture);
}

static gboolean
time_is_over_cb (gpointer user_data)
{
  return g_get_monotonic_time () >= *(gint64 *) user_data;
}

/* Whoever waits for an answer is not idle, and neither is a stream that has nothing to say. */
static void
test_patient (void)
{
  /* The clock is looked at often from the start; the rest is short only when both are where they shall be. */
  g_autoptr (ServerFixture) fixture = open_limited ((CsApiLimits){ .farewell = 20 });
  g_autoptr (ServerSocket) waiting = server_socket_new (fixture);
  g_autoptr (ServerSocket) reading = server_socket_new (fixture);
  g_autoptr (ServerAnswer) waited = NULL;
  g_autoptr (ServerAnswer) stream = NULL;
  CsApiLimits *limits = _cs_api_server_get_limits (fixture->server);
  gint64 end;

  server_socket_send (waiting, GET ("wait"));
  server_wait_held (1);
  server_socket_send (reading, GET ("stream"));
  server_wait_held (2);
  limits->headers = limits->body = limits->idle = limits->stall = 20;
  end = g_get_monotonic_time () + 20 * 20 * G_TIME_SPAN_MILLISECOND;
  cs_test_wait (time_is_over_cb, &end);
  server_release ();
  waited = server_socket_read (waiting);
  stream = server_socket_read (reading);
  g_assert_cmpuint (waited->status, ==, 200);
  g_assert_cmpstr (stream->text, ==, "data");
  server_forget ();
}

/* Whoever goes on to send what is refused is heard for a while, and not for ever. */
static void
test_farewell (void)
{
  g_autoptr (ServerFixture) fixture = open_limited ((CsApiLimits){ .farewell = 50 });
  g_autoptr (ServerSocket) socket = server_socket_new (fixture);
  g_autoptr (ServerAnswer) answer = NULL;

  server_socket_send (socket, POST "Content-Length: 2000000\r\n\r\n{");
  answer = server_socket_read (socket);
  server_assert_error (answer, 413, "too_large", NULL);
  cs_test_wait (nobody_is_connected_cb, fixture);
}

/* Thousands who say nothing lock nobody out. */
static void
test_many (void)
{
  g_autoptr (ServerFixture) fixture = open_limited ((CsApiLimits){ .headers = LONG, .idle = LONG, .max_connections = 200 });
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func ((GDestroyNotify) server_socket_free);
  guint n_closed = 0;

  for (guint i = 0; i < MANY; i++)
    {
      ServerSocket *socket = server_socket_new (fixture);

      g_ptr_array_add (sockets, socket);
      if (i % 3 == 1)
        server_socket_send (socket, "GET /");
      if (i % 500 == 0)
        {
          g_autoptr (ServerAnswer) answer = server_say (fixture, GET ("items/1"));

          server_assert_json (answer, 200);
        }
      g_main_context_iteration (NULL, FALSE);
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (ServerAnswer) answer = server_say (fixture, GET ("items/1"));

      server_assert_json (answer, 200);
    }
  g_assert_cmpuint (count_connections (fixture), <=, 200 + 64);
  for (guint i = 0; i < MANY; i++)
    n_closed += server_socket_is_closed (sockets->pdata[i]);
  g_assert_cmpuint (n_closed, >=, MANY - 200 - 64);
}

/* The one that has been idle longest makes room, and none that is being answered. */
static void
test_oldest (void)
{
  g_autoptr (ServerFixture) fixture = open_limited ((CsApiLimits){ .headers = LONG, .idle = LONG, .max_connections = 4 });
  g_autoptr (ServerSocket) waiting = server_socket_new (fixture);
  g_autoptr (ServerSocket) old = NULL;
  g_autoptr (ServerSocket) busy = NULL;
  g_autoptr (ServerSocket) fresh = NULL;
  g_autoptr (ServerSocket) other = NULL;
  g_autoptr (ServerAnswer) one = NULL;
  g_autoptr (ServerAnswer) two = NULL;
  g_autoptr (ServerAnswer) three = NULL;
  g_autoptr (ServerAnswer) waited = NULL;

  server_socket_send (waiting, GET ("wait"));
  server_wait_held (1);
  busy = server_socket_new (fixture);
  server_socket_send (busy, GET ("items/1"));
  one = server_socket_read (busy);
  old = server_socket_new (fixture);
  server_socket_send (old, GET ("items/1"));
  two = server_socket_read (old);
  server_socket_send (busy, GET ("items/1")); /* it has spoken later than the other */
  three = server_socket_read (busy);
  fresh = server_socket_new (fixture);
  other = server_socket_new (fixture);
  server_socket_wait_close (old);
  g_assert_false (server_socket_is_closed (busy));
  g_assert_false (server_socket_is_closed (fresh));
  server_release ();
  waited = server_socket_read (waiting);
  server_assert_json (waited, 200);
  server_forget ();
}

/* More calls than handlers can work on. */
static void
test_pending (void)
{
  g_autoptr (ServerFixture) fixture = open_limited ((CsApiLimits){ .max_pending = 2 });
  g_autoptr (ServerSocket) first = server_socket_new (fixture);
  g_autoptr (ServerSocket) second = server_socket_new (fixture);
  g_autoptr (ServerAnswer) refused = NULL;
  g_autoptr (ServerAnswer) after = NULL;
  g_autoptr (ServerAnswer) one = NULL;

  server_socket_send (first, GET ("wait"));
  server_socket_send (second, GET ("wait"));
  server_wait_held (2);
  refused = server_get (fixture, "items/1");
  server_assert_error (refused, 429, "rate_limited", NULL);
  g_assert_nonnull (server_answer_header (refused, "Retry-After"));
  server_release ();
  one = server_socket_read (first);
  server_assert_json (one, 200);
  after = server_get (fixture, "items/1");
  server_assert_json (after, 200);
  server_forget ();
}

static guint
count_open_files (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

/* A caller that leaves between two requests leaves nothing behind. */
static void
test_nothing_is_left (void)
{
  g_autoptr (ServerFixture) fixture = open_limited ((CsApiLimits){ .headers = LONG, .idle = LONG });
  guint before = count_open_files ();

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (ServerSocket) socket = server_socket_new (fixture);
      g_autoptr (ServerAnswer) answer = NULL;

      if (i % 5 == 0) /* and some say nothing at all */
        continue;
      server_socket_send (socket, i % 5 == 1 ? GET ("items/1") "GET /" : GET ("items/1"));
      answer = server_socket_read (socket);
      server_assert_json (answer, 200);
      if (i % 5 == 2)
        server_socket_send (socket, "GET /");
      if (i % 5 == 3)
        server_socket_send (socket, "GET / HTTP/1.1\r\nHost");
      g_main_context_iteration (NULL, FALSE);
    }
  cs_test_wait (nobody_is_connected_cb, fixture);
  g_assert_cmpuint (count_open_files (), <=, before);
}

/* The system gives no more files: those who are idle make room, and it goes on when there are some again. */
static void
test_no_more_files (void)
{
  g_autoptr (ServerFixture) fixture = open_limited ((CsApiLimits){ .headers = LONG, .idle = LONG });
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func ((GDestroyNotify) server_socket_free);
  g_autoptr (ServerSocket) last = NULL;
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) after = NULL;
  struct rlimit usual;
  struct rlimit few;

  for (guint i = 0; i < 40; i++) /* none of these is accepted yet */
    g_ptr_array_add (sockets, server_socket_new (fixture));
  last = server_socket_new (fixture);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &usual), ==, 0);
  few = usual;
  few.rlim_cur = count_open_files () + 10;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &few), ==, 0);
  server_socket_send (last, GET ("items/1"));
  answer = server_socket_read (last);
  server_assert_json (answer, 200);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &usual), ==, 0);
  after = server_say (fixture, GET ("items/1"));
  server_assert_json (after, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/limits/slow", test_slow);
  g_test_add_func ("/server/limits/drops", test_drops);
  g_test_add_func ("/server/limits/idle", test_idle);
  g_test_add_func ("/server/limits/stalled", test_stalled);
  g_test_add_func ("/server/limits/closed-at-the-end", test_closed_at_the_end);
  g_test_add_func ("/server/limits/patient", test_patient);
  g_test_add_func ("/server/limits/farewell", test_farewell);
  g_test_add_func ("/server/limits/many", test_many);
  g_test_add_func ("/server/limits/oldest", test_oldest);
  g_test_add_func ("/server/limits/pending", test_pending);
  g_test_add_func ("/server/limits/nothing-is-left", test_nothing_is_left);
  g_test_add_func ("/server/limits/no-more-files", test_no_more_files);
  return g_test_run ();
}
