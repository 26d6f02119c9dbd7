/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 3. It never pays twice: what is sent once leaves once, whatever the server does; what may be repeated is repeated as
 * often as was said; and no more is sent at once than was agreed.
 */
#include "config.h"
#include "core/cs-error.h"

#include "net-support.h"

#include <string.h>

#define EMPTY "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

/* One of many: on a machine that has much to do the last of them wait long for their connection. */
static CsHttpCall *
new_patient (const char *address)
{
  CsHttpCall *call = cs_http_call_new ("GET", address);

  call->connect_timeout = call->answer_timeout = call->idle_timeout = CS_TEST_PATIENCE * 4 * G_USEC_PER_SEC;
  return call;
}

static CsHttpCall *
new_paid (CsRawServer *server)
{
  g_autofree char *address = cs_raw_server_dup_address (server, "/pay");
  CsHttpCall *call = cs_http_call_new ("POST", address);
  g_autoptr (JsonObject) body = json_object_new ();

  cs_http_call_set_json (call, body);
  call->is_paid = TRUE;
  call->tries = 5; /* must not help */
  return call;
}

static guint
count (CsRawServer *server, const char *method)
{
  guint n = 0;

  for (guint i = 0; i < cs_raw_server_count_requests (server); i++)
    {
      g_autofree char *request = cs_raw_server_dup_request (server, i);

      n += g_str_has_prefix (request, method);
    }
  return n;
}

/* Reads the request, and then... */
static void
close_it (CsRawConnection *connection, gpointer user_data)
{
  g_autofree char *request = cs_raw_read (connection);
}

static void
reset_it (CsRawConnection *connection, gpointer user_data)
{
  g_autofree char *request = cs_raw_read (connection);

  cs_raw_reset (connection);
}

static void
close_in_head (CsRawConnection *connection, gpointer user_data)
{
  g_autofree char *request = cs_raw_read (connection);

  cs_raw_write (connection, "HTTP/1.1 2");
}

/* The first request of a connection is answered, and the connection kept; the next one finds it closed. */
static void
answer_then_close (CsRawConnection *connection, gpointer user_data)
{
  g_autofree char *first = cs_raw_read (connection);
  g_autofree char *second = NULL;

  cs_raw_write (connection, EMPTY);
  second = cs_raw_read (connection);
}

static void
answer_then_reset (CsRawConnection *connection, gpointer user_data)
{
  g_autofree char *first = cs_raw_read (connection);
  g_autofree char *second = NULL;

  cs_raw_write (connection, EMPTY);
  second = cs_raw_read (connection);
  cs_raw_reset (connection);
}

static void
send_503 (CsRawConnection *connection, gpointer user_data)
{
  net_answer_all (connection, "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
}

static void
send_429 (CsRawConnection *connection, gpointer user_data)
{
  net_answer_all (connection, "HTTP/1.1 429 X\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n");
}

static void
send_307 (CsRawConnection *connection, gpointer user_data)
{
  net_answer_all (connection, "HTTP/1.1 307 X\r\nLocation: /pay\r\nContent-Length: 0\r\n\r\n");
}

static void
send_401 (CsRawConnection *connection, gpointer user_data)
{
  net_answer_all (connection, "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
}

static void
send_408 (CsRawConnection *connection, gpointer user_data)
{
  net_answer_once (connection, "HTTP/1.1 408 X\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

static void
send_417 (CsRawConnection *connection, gpointer user_data)
{
  net_answer_all (connection, "HTTP/1.1 417 X\r\nContent-Length: 0\r\n\r\n");
}

static const CsRawFunc ends[] = { close_it,  reset_it,  close_in_head, answer_then_close, answer_then_reset,
                                  send_503,  send_429,  send_307,      send_401,          send_408,
                                  send_417 };

/* Waits as long as another request might need to come, and no longer. */
static gboolean
never_cb (gpointer user_data)
{
  return FALSE;
}

static void
settle (void)
{
  g_assert_false (cs_test_wait_seconds (never_cb, NULL, 1));
}

static void
test_once (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (CsHttp) http = cs_http_new ();
      g_autoptr (CsRawServer) server = cs_raw_server_new (ends[i], NULL);
      g_autoptr (CsHttpAnswer) answer = net_call (http, new_paid (server), NULL);

      g_assert_true (answer->was_sent);
      g_assert_cmpuint (count (server, "POST"), ==, 1);
    }
}

/* As above, but there is a connection in the pool already, which the second call may not use. */
static void
test_once_on_a_kept_connection (void)
{
  static const CsRawFunc keepers[] = { answer_then_close, answer_then_reset };

  for (guint i = 0; i < G_N_ELEMENTS (keepers); i++)
    {
      g_autoptr (CsHttp) http = cs_http_new ();
      g_autoptr (CsRawServer) server = cs_raw_server_new (keepers[i], NULL);
      g_autoptr (CsHttpAnswer) first = net_get (http, server, "/");
      g_autoptr (CsHttpAnswer) second = net_call (http, new_paid (server), NULL);

      g_assert_true (cs_http_answer_is_good (first));
      g_assert_true (cs_http_answer_is_good (second));
      g_assert_cmpuint (count (server, "POST"), ==, 1);
      g_assert_cmpuint (cs_raw_server_count_connections (server), ==, 2);
    }
}

/* What the library does with a POST that nobody said costs money: it uses no kept connection, and sends it once, too. */
static void
test_library_repeats_no_post (void)
{
  static const CsRawFunc keepers[] = { answer_then_close, answer_then_reset };
  static const CsRawFunc closers[] = { close_it, reset_it, close_in_head };

  for (guint i = 0; i < G_N_ELEMENTS (keepers); i++)
    {
      g_autoptr (CsHttp) http = cs_http_new ();
      g_autoptr (CsRawServer) server = cs_raw_server_new (keepers[i], NULL);
      g_autofree char *address = cs_raw_server_dup_address (server, "/");
      g_autoptr (CsHttpAnswer) first = net_get (http, server, "/");
      g_autoptr (CsHttpAnswer) second = net_call (http, cs_http_call_new ("POST", address), NULL);

      g_assert_true (cs_http_answer_is_good (first) && cs_http_answer_is_good (second));
      g_assert_cmpuint (cs_raw_server_count_connections (server), ==, 2);
      g_assert_cmpuint (count (server, "POST"), ==, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (closers); i++)
    {
      g_autoptr (CsHttp) http = cs_http_new ();
      g_autoptr (CsRawServer) server = cs_raw_server_new (closers[i], NULL);
      g_autofree char *address = cs_raw_server_dup_address (server, "/");
      g_autoptr (CsHttpAnswer) answer = net_call (http, cs_http_call_new ("POST", address), NULL);

      g_assert_true (answer->was_sent && !answer->is_complete);
      g_assert_cmpuint (count (server, "POST"), ==, 1);
    }
}

/* It does repeat a GET whose kept connection was closed; that is what the marks above would look like. */
static void
test_library_repeats_a_get (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (answer_then_close, NULL);
  g_autoptr (CsHttpAnswer) first = net_get (http, server, "/");
  g_autoptr (CsHttpAnswer) second = net_get (http, server, "/");

  g_assert_true (cs_http_answer_is_good (first) && cs_http_answer_is_good (second));
  g_assert_cmpuint (count (server, "GET"), ==, 3);
}

/* All at once, each on its own connection, all of which die. */
static void
test_many_once (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (close_it, NULL);
  CsHttpAnswer *answers[150] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    cs_http_call_async (http, new_paid (server), NULL, net_keep_answer_cb, &answers[i]);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_assert_true (cs_test_wait (net_has_answer_cb, &answers[i]));
      g_assert_true (answers[i]->was_sent);
      cs_http_answer_free (answers[i]);
    }
  settle ();
  g_assert_cmpuint (count (server, "POST"), ==, G_N_ELEMENTS (answers));
}

/* What may be repeated */

static void
fail_twice (CsRawConnection *connection, gpointer user_data)
{
  gint *n_requests = user_data;
  char *request;

  while ((request = cs_raw_read (connection)) != NULL)
    {
      int n = g_atomic_int_add (n_requests, 1);

      g_free (request);
      if (n == 0)
        cs_raw_write (connection, "HTTP/1.1 502 X\r\nContent-Length: 0\r\n\r\n");
      else if (n == 1)
        return;
      else
        cs_raw_write (connection, EMPTY);
    }
}

static CsHttpAnswer *
call_with_tries (CsHttp *http, CsRawServer *server, int tries, gint64 total_timeout)
{
  g_autofree char *address = cs_raw_server_dup_address (server, "/");
  CsHttpCall *call = cs_http_call_new ("GET", address);

  call->tries = tries;
  call->total_timeout = total_timeout;
  return net_call (http, call, NULL);
}

static void
test_again (void)
{
  gint n_requests = 0;
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (fail_twice, &n_requests);
  g_autoptr (CsHttpAnswer) answer = call_with_tries (http, server, 3, 0);

  g_assert_true (cs_http_answer_is_good (answer));
  g_assert_cmpint (n_requests, ==, 3);
}

static void
test_again_not_for_ever (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (send_503, NULL);
  g_autoptr (CsHttpAnswer) answer = call_with_tries (http, server, 2, 0);
  g_autoptr (CsHttpAnswer) hurried = NULL;

  g_assert_true (answer->is_complete);
  g_assert_cmpuint (answer->status, ==, 503);
  g_assert_cmpuint (cs_raw_server_count_requests (server), ==, 2);
  hurried = call_with_tries (http, server, 10, G_USEC_PER_SEC / 4); /* no time for a pause */
  g_assert_cmpuint (hurried->status, ==, 503);
  g_assert_cmpuint (cs_raw_server_count_requests (server), ==, 3);
}

/* Who has to wait long is told so at once. */
static void
send_429_long (CsRawConnection *connection, gpointer user_data)
{
  net_answer_all (connection, "HTTP/1.1 429 X\r\nRetry-After: 11\r\nContent-Length: 0\r\n\r\n");
}

static void
test_long_pause (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (send_429_long, NULL);
  g_autoptr (CsHttpAnswer) answer = call_with_tries (http, server, 3, 0);

  g_assert_cmpuint (answer->status, ==, 429);
  g_assert_cmpint (answer->retry_after, ==, 11 * G_USEC_PER_SEC);
  g_assert_cmpuint (cs_raw_server_count_requests (server), ==, 1);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel_in_a_pause (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (send_503, NULL);
  g_autofree char *address = cs_raw_server_dup_address (server, "/");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CsHttpCall *call = cs_http_call_new ("GET", address);
  g_autoptr (CsHttpAnswer) answer = NULL;

  call->tries = 5;
  g_timeout_add (150, cancel_cb, cancellable);
  answer = net_call (http, call, cancellable);
  g_assert_error (answer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (cs_raw_server_count_requests (server), ==, 1);
}

/* The queue */

typedef struct
{
  gint n_now;
  gint n_most;
} Crowd;

static void
count_crowd (CsRawConnection *connection, gpointer user_data)
{
  Crowd *crowd = user_data;
  char *request;

  while ((request = cs_raw_read (connection)) != NULL)
    {
      int now = g_atomic_int_add (&crowd->n_now, 1) + 1;
      int most = g_atomic_int_get (&crowd->n_most);

      while (now > most && !g_atomic_int_compare_and_exchange (&crowd->n_most, most, now))
        most = g_atomic_int_get (&crowd->n_most);
      g_free (request);
      cs_raw_wait (connection, 20);
      g_atomic_int_add (&crowd->n_now, -1);
      cs_raw_write (connection, EMPTY);
    }
}

static void
test_queue (void)
{
  Crowd crowds[3] = { 0 };
  g_autoptr (CsHttp) http = cs_http_new ();
  CsRawServer *servers[3];
  CsHttpAnswer *answers[450] = { NULL };
  guint n_most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    servers[i] = cs_raw_server_new (count_crowd, &crowds[i]);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *address = cs_raw_server_dup_address (servers[i % 3], "/");

      cs_http_call_async (http, new_patient (address), NULL, net_keep_answer_cb, &answers[i]);
      g_assert_cmpuint (cs_http_get_n_in_flight (http), <=, CS_HTTP_MAX_IN_FLIGHT);
    }
  n_most = cs_http_get_n_in_flight (http);
  g_assert_cmpuint (n_most, ==, CS_HTTP_MAX_IN_FLIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_assert_true (cs_test_wait (net_has_answer_cb, &answers[i]));
      g_assert_no_error (answers[i]->error);
      g_assert_true (cs_http_answer_is_good (answers[i]));
      cs_http_answer_free (answers[i]);
    }
  g_assert_cmpuint (cs_http_get_n_in_flight (http), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_assert_cmpint (crowds[i].n_most, <=, 100);
      g_assert_cmpuint (cs_raw_server_count_requests (servers[i]), ==, 150);
      cs_raw_server_free (servers[i]);
    }
}

/* A server that does not answer holds up nobody but its own. */
static void
wait_for_close (CsRawConnection *connection, gpointer user_data)
{
  cs_raw_wait_for_close (connection);
}

static void
test_slow_host (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) slow = cs_raw_server_new (wait_for_close, NULL);
  g_autoptr (CsRawServer) fast = cs_raw_server_new (net_answer_all, (gpointer) EMPTY);
  g_autofree char *address = cs_raw_server_dup_address (slow, "/");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CsHttpAnswer *slow_answers[250] = { NULL };
  g_autoptr (CsHttpAnswer) answer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (slow_answers); i++)
    cs_http_call_async (http, cs_http_call_new ("GET", address), cancellable, net_keep_answer_cb, &slow_answers[i]);
  g_assert_cmpuint (cs_http_get_n_in_flight (http), ==, 100);
  answer = net_get (http, fast, "/");
  g_assert_true (cs_http_answer_is_good (answer));
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (slow_answers); i++)
    {
      g_assert_true (cs_test_wait (net_has_answer_cb, &slow_answers[i]));
      g_assert_error (slow_answers[i]->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_true (i < 100 || !slow_answers[i]->was_sent); /* what waited in our queue never left */
      cs_http_answer_free (slow_answers[i]);
    }
  g_assert_cmpuint (cs_http_get_n_in_flight (http), ==, 0);
}

static void
test_urgent (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (count_crowd, &(Crowd){ 0 });
  g_autofree char *usual = cs_raw_server_dup_address (server, "/usual");
  g_autofree char *urgent = cs_raw_server_dup_address (server, "/urgent");
  CsHttpAnswer *answers[301] = { NULL };
  CsHttpCall *call = cs_http_call_new ("GET", urgent);
  guint place = 0;

  call->is_urgent = TRUE;
  for (guint i = 0; i < 300; i++)
    cs_http_call_async (http, new_patient (usual), NULL, net_keep_answer_cb, &answers[i]);
  cs_http_call_async (http, call, NULL, net_keep_answer_cb, &answers[300]);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_assert_true (cs_test_wait (net_has_answer_cb, &answers[i]));
      cs_http_answer_free (answers[i]);
    }
  for (guint i = 0; i < cs_raw_server_count_requests (server); i++)
    {
      g_autofree char *request = cs_raw_server_dup_request (server, i);

      if (g_str_has_prefix (request, "GET /urgent"))
        place = i;
    }
  g_assert_cmpuint (cs_raw_server_count_requests (server), ==, 301);
  g_assert_cmpuint (place, <=, 150); /* after the 100 that had left already, and no more than scheduling explains */
}

/* The log says what went where, and nothing that nobody must read. */
static void
test_log (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (CsHttp) http = NULL;
      g_autoptr (CsRawServer) server
          = cs_raw_server_new (net_answer_all, (gpointer) "HTTP/1.1 200 OK\r\nX-Request-Id: rq-1\r\nContent-Length: 12\r\n\r\nanswer-body!");
      g_autofree char *address = cs_raw_server_dup_address (server, "/some/path-canary-header?signature=query-secret");
      g_autoptr (JsonObject) body = json_object_new ();
      g_autoptr (CsHttpAnswer) answer = NULL;
      CsHttpCall *call = cs_http_call_new ("POST", address);

      g_setenv ("CREATIVE_STUDIO_DEBUG", "sql,http", TRUE);
      http = cs_http_new ();
      json_object_set_string_member (body, "prompt", "request-body");
      cs_http_call_set_json (call, body);
      cs_http_call_set_bearer (call, "canary-bearer");
      cs_http_call_add_header (call, "x-api-key", "canary-header");
      answer = net_call (http, call, NULL);
      g_assert_true (cs_http_answer_is_good (answer));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*http 1: POST 127.0.0.1:*/some/path-*, 25 bytes*http 1: POST 127.0.0.1:*/some/path-* -> 200, 12 bytes, * ms, id rq-1*");
  g_test_trap_assert_stderr_unmatched ("*canary*");
  g_test_trap_assert_stderr_unmatched ("*query-secret*");
  g_test_trap_assert_stderr_unmatched ("*-body*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/promise-3/net/once", test_once);
  g_test_add_func ("/promise-3/net/once-on-a-kept-connection", test_once_on_a_kept_connection);
  g_test_add_func ("/promise-3/net/library-repeats-no-post", test_library_repeats_no_post);
  g_test_add_func ("/promise-3/net/library-repeats-a-get", test_library_repeats_a_get);
  g_test_add_func ("/promise-3/net/many-once", test_many_once);
  g_test_add_func ("/net/http/again", test_again);
  g_test_add_func ("/net/http/again-not-for-ever", test_again_not_for_ever);
  g_test_add_func ("/net/http/long-pause", test_long_pause);
  g_test_add_func ("/net/http/cancel-in-a-pause", test_cancel_in_a_pause);
  g_test_add_func ("/net/http/queue", test_queue);
  g_test_add_func ("/net/http/slow-host", test_slow_host);
  g_test_add_func ("/net/http/urgent", test_urgent);
  g_test_add_func ("/promise-5/net/log", test_log);
  return g_test_run ();
}
