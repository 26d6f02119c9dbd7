/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a call ends: every end is a value, and says whether anything left. */
#include "config.h"
#include "core/cs-error.h"
#include "tests/support/test-disk.h"

#include "net-support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void
test_good (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server
      = cs_raw_server_new (net_answer_all, OK_HEAD
                           "Content-Type: Application/JSON; charset=utf-8\r\nContent-Length: 7\r\nX-Request-Id: abc\r\n"
                           "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: 3\r\nLocation: /there\r\n\r\n{\"a\":1}");
  g_autofree char *address = cs_raw_server_dup_address (server, "/v1/x?y=z");
  CsHttpCall *call = cs_http_call_new ("GET", address);
  g_autoptr (CsHttpAnswer) answer = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *request = NULL;

  cs_http_call_add_header (call, "X-Api-Key", "k1");
  cs_http_call_set_bearer (call, "k2");
  answer = net_call (http, call, NULL);
  g_assert_no_error (answer->error);
  g_assert_true (answer->was_sent && answer->is_complete && cs_http_answer_is_good (answer));
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpuint (answer->length, ==, 7);
  g_assert_cmpstr (answer->content_type, ==, "application/json");
  g_assert_cmpstr (answer->location, ==, "/there");
  g_assert_cmpstr (answer->request_id, ==, "abc");
  g_assert_cmpint (answer->date, ==, G_GINT64_CONSTANT (784111777) * G_USEC_PER_SEC);
  g_assert_cmpint (answer->retry_after, ==, 3 * G_USEC_PER_SEC);
  object = cs_http_answer_dup_object (answer, NULL);
  g_assert_cmpint (json_object_get_int_member (object, "a"), ==, 1);

  request = cs_raw_server_dup_request (server, 0);
  g_assert_true (g_str_has_prefix (request, "GET /v1/x?y=z HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nX-Api-Key: k1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nAuthorization: Bearer k2\r\n"));
  g_assert_nonnull (strstr (request, "\r\nUser-Agent: CreativeStudio/" CS_VERSION "\r\n"));
  g_assert_null (strstr (request, "Accept-Encoding"));
  g_assert_null (strstr (request, "Cookie"));
}

static void
test_post (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (net_answer_all, OK_HEAD "Content-Length: 0\r\n\r\n");
  g_autofree char *address = cs_raw_server_dup_address (server, "/");
  CsHttpCall *call = cs_http_call_new ("POST", address);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (CsHttpAnswer) answer = NULL;
  g_autofree char *request = NULL;

  json_object_set_string_member (body, "prompt", "renard é");
  cs_http_call_set_json (call, body);
  answer = net_call (http, call, NULL);
  g_assert_true (cs_http_answer_is_good (answer));
  net_assert_body (answer, "");
  g_assert_null (cs_http_answer_dup_object (answer, NULL));
  request = cs_raw_server_dup_request (server, 0);
  g_assert_nonnull (strstr (request, "\r\nContent-Type: application/json\r\n"));
  g_assert_true (g_str_has_suffix (request, "\r\n\r\n{\"prompt\":\"renard é\"}"));
}

static void
send_and_reset (CsRawConnection *connection, gpointer user_data)
{
  g_autofree char *request = cs_raw_read (connection);

  cs_raw_write (connection, user_data);
  if (((char *) user_data)[0] != '\0')
    cs_raw_wait (connection, 50); /* else the reset may overtake the bytes */
  cs_raw_reset (connection);
}

static void
test_reset (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) early = cs_raw_server_new (send_and_reset, (gpointer) "");
  g_autoptr (CsRawServer) late = cs_raw_server_new (send_and_reset, (gpointer) OK_HEAD "Content-Length: 9\r\n\r\nabc");
  g_autoptr (CsHttpAnswer) answer = net_get (http, early, "/");

  g_assert_true (answer->was_sent && !answer->is_complete);
  g_assert_cmpuint (answer->status, ==, 0);
  g_assert_error (answer->error, CS_ERROR, CS_ERROR_OFFLINE);

  g_clear_pointer (&answer, cs_http_answer_free);
  answer = net_get (http, late, "/");
  g_assert_true (answer->was_sent && !answer->is_complete);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_error (answer->error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
  net_assert_body (answer, "abc");
}

static void
assert_not_sent (CsHttp *http, CsHttpCall *call, int code)
{
  g_autoptr (CsHttpAnswer) answer = net_call (http, call, NULL);

  g_assert_false (answer->was_sent || answer->is_complete);
  g_assert_cmpuint (answer->status, ==, 0);
  g_assert_error (answer->error, CS_ERROR, code);
}

static char *
dup_free_address (void)
{
  g_autoptr (CsRawServer) server = cs_raw_server_new (net_answer_all, (gpointer) "");

  return cs_raw_server_dup_address (server, "/");
}

static void
test_not_sent (void)
{
  static const char *const addresses[] = { "", "nonsense", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http:///x",
                                           "https://exa mple/", "http://[::1" };
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autofree char *nobody = dup_free_address ();
  CsHttpCall *call;

  assert_not_sent (http, cs_http_call_new ("GET", nobody), CS_ERROR_OFFLINE);
  assert_not_sent (http, cs_http_call_new ("GET", "http://no-such-host.invalid/"), CS_ERROR_OFFLINE);
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    assert_not_sent (http, cs_http_call_new ("GET", addresses[i]), CS_ERROR_INVALID_VALUE);

  call = cs_http_call_new ("GET", nobody);
  cs_http_call_set_bearer (call, "key\r\nX-Evil: 1");
  assert_not_sent (http, call, CS_ERROR_INVALID_VALUE);
}

static void
check_tls (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cs-http-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "both.pem", NULL);
  const char *const argv[] = { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                               "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", file,
                               "-out", file, NULL };
  g_autoptr (CsTestRun) made = cs_test_run (argv, NULL, 30);
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = NULL;
  g_autoptr (CsRawServer) plain = cs_raw_server_new (net_answer_all, (gpointer) OK_HEAD "Content-Length: 0\r\n\r\n");
  g_autofree char *address = NULL;
  g_autofree char *plain_address = cs_raw_server_dup_address (plain, "/");
  g_autofree char *wrong = g_strconcat ("https", plain_address + strlen ("http"), NULL);
  CsHttpCall *call;

  g_assert_cmpint (made->exit_status, ==, 0);
  server = cs_raw_server_new_tls (file, net_answer_all, (gpointer) OK_HEAD "Content-Length: 0\r\n\r\n");
  address = cs_raw_server_dup_address (server, "/");
  call = cs_http_call_new ("POST", address);
  call->is_paid = TRUE;
  assert_not_sent (http, call, CS_ERROR_UNAVAILABLE);
  g_assert_cmpuint (cs_raw_server_count_requests (server), ==, 0);
  call = cs_http_call_new ("GET", wrong); /* TLS to a server that has none */
  call->connect_timeout = 2 * G_USEC_PER_SEC;
  {
    g_autoptr (CsHttpAnswer) answer = net_call (http, call, NULL);

    g_assert_false (answer->was_sent);
    g_assert_nonnull (answer->error);
  }
  cs_test_remove_tree (folder);
}

static void
test_tls (void)
{
  if (!test_disk_in_plain_subprocess ())
    return;
  check_tls ();
#ifdef CS_SANITIZED
  _exit (0); /* the search for leaks stumbles over the threads of the TLS library */
#endif
}

/* Time */

typedef struct
{
  const char *before; /* what the server sends before it falls silent */
  gint64 connect;
  gint64 answer;
  gint64 first;
  gint64 idle;
  gint64 total;
  guint status;
} Patience;

static void
send_and_wait (CsRawConnection *connection, gpointer user_data)
{
  g_autofree char *request = cs_raw_read (connection);

  cs_raw_write (connection, user_data);
  cs_raw_wait_for_close (connection);
}

#define LONG (60 * G_USEC_PER_SEC)
#define SHORT (G_USEC_PER_SEC / 10)

static void
test_patience (void)
{
  static const Patience patiences[] = {
    { "", LONG, SHORT, LONG, LONG, 0, 0 },
    { "", LONG, LONG, LONG, LONG, SHORT, 0 },
    { "HTTP/1.1 200", LONG, SHORT, LONG, LONG, 0, 0 },
    { OK_HEAD "Content-Length: 9\r\n\r\n", LONG, LONG, SHORT, LONG, 0, 200 },
    { OK_HEAD "Content-Length: 9\r\n\r\n", LONG, LONG, 0, SHORT, 0, 200 },
    { OK_HEAD "Content-Length: 9\r\n\r\nabc", LONG, LONG, LONG, SHORT, 0, 200 },
    { OK_HEAD "Content-Length: 9\r\n\r\nabc", LONG, LONG, LONG, LONG, SHORT, 200 },
    { "HTTP/1.1 503 X\r\nContent-Length: 9\r\n\r\nabc", LONG, LONG, LONG, SHORT, 0, 503 },
  };
  g_autoptr (CsHttp) http = cs_http_new ();

  for (guint i = 0; i < G_N_ELEMENTS (patiences); i++)
    {
      const Patience *patience = &patiences[i];
      g_autoptr (CsRawServer) server = cs_raw_server_new (send_and_wait, (gpointer) patience->before);
      g_autofree char *address = cs_raw_server_dup_address (server, "/");
      CsHttpCall *call = cs_http_call_new ("GET", address);
      g_autoptr (CsHttpAnswer) answer = NULL;

      call->connect_timeout = patience->connect;
      call->answer_timeout = patience->answer;
      call->first_timeout = patience->first;
      call->idle_timeout = patience->idle;
      call->total_timeout = patience->total;
      answer = net_call (http, call, NULL);
      g_assert_error (answer->error, CS_ERROR, CS_ERROR_OFFLINE);
      g_assert_true (answer->was_sent && !answer->is_complete);
      g_assert_cmpuint (answer->status, ==, patience->status);
    }
}

/* A listener whose row is full answers nobody. */
static void
test_patience_of_connecting (void)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autofree char *address = NULL;
  CsHttpCall *call;

  g_socket_set_listen_backlog (socket, 0);
  g_assert_true (g_socket_bind (socket, any, FALSE, NULL) && g_socket_listen (socket, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  for (int i = 0; i < 8; i++)
    {
      GSocket *other = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (other, FALSE);
      g_socket_connect (other, bound, NULL, NULL);
      g_ptr_array_add (others, other);
    }
  address = g_strdup_printf ("http://127.0.0.1:%d/", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  call = cs_http_call_new ("POST", address);
  call->connect_timeout = SHORT * 2;
  assert_not_sent (http, call, CS_ERROR_OFFLINE);
}

/* A body that comes slowly is not cut while it comes. */
static void
drip (CsRawConnection *connection, gpointer user_data)
{
  g_autofree char *request = cs_raw_read (connection);

  cs_raw_write (connection, OK_HEAD "Content-Length: 10\r\n\r\n");
  for (int i = 0; i < 10; i++)
    {
      cs_raw_wait (connection, 40);
      cs_raw_write (connection, "x");
    }
}

static void
test_drip (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (drip, NULL);
  g_autofree char *address = cs_raw_server_dup_address (server, "/");
  CsHttpCall *call = cs_http_call_new ("GET", address);
  g_autoptr (CsHttpAnswer) answer = NULL;

  call->idle_timeout = 300 * 1000;
  answer = net_call (http, call, NULL);
  g_assert_no_error (answer->error);
  net_assert_body (answer, "xxxxxxxxxx");
}

/* Cancelling */

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
assert_cancelled (const CsHttpAnswer *answer, gboolean was_sent)
{
  g_assert_error (answer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (answer->was_sent, ==, was_sent);
  g_assert_false (answer->is_complete);
}

static void
test_cancel (void)
{
  static const char *const befores[] = { "", OK_HEAD "Content-Length: 9\r\n\r\n", OK_HEAD "Content-Length: 9\r\n\r\nabc" };
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (GCancellable) early = g_cancellable_new ();
  g_autoptr (CsHttpAnswer) answer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (befores); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (CsRawServer) server = cs_raw_server_new (send_and_wait, (gpointer) befores[i]);
      g_autofree char *address = cs_raw_server_dup_address (server, "/");
      g_autoptr (CsHttpAnswer) late = NULL;

      g_timeout_add (100, cancel_cb, cancellable);
      late = net_call (http, cs_http_call_new ("GET", address), cancellable);
      assert_cancelled (late, TRUE);
      g_assert_cmpuint (cs_http_get_n_in_flight (http), ==, 0);
    }
  g_cancellable_cancel (early);
  answer = net_call (http, cs_http_call_new ("GET", "http://127.0.0.1:1/"), early);
  assert_cancelled (answer, FALSE);
}

/* Sizes */

static void
assert_too_large (CsHttp *http, const char *text, gsize max_length, guint status)
{
  g_autoptr (CsRawServer) server = cs_raw_server_new (send_and_wait, (gpointer) text);
  g_autofree char *address = cs_raw_server_dup_address (server, "/");
  CsHttpCall *call = cs_http_call_new ("GET", address);
  g_autoptr (CsHttpAnswer) answer = NULL;

  call->max_length = max_length;
  answer = net_call (http, call, NULL);
  g_assert_error (answer->error, CS_ERROR, CS_ERROR_TOO_LARGE);
  g_assert_true (answer->was_sent && !answer->is_complete);
  g_assert_cmpuint (answer->status, ==, status);
}

static void
test_too_large (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();

  assert_too_large (http, OK_HEAD "Content-Length: 11\r\n\r\n", 10, 200); /* refused before a byte of it came */
  assert_too_large (http, OK_HEAD "Content-Length: 99999999999999999\r\n\r\n", 10, 200);
  assert_too_large (http, OK_HEAD "\r\n12345678901", 10, 200);
  assert_too_large (http, OK_HEAD "Transfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n", 10, 200);
  assert_too_large (http, "HTTP/1.1 500 X\r\nContent-Length: 5000000\r\n\r\n", G_MAXSIZE, 500);
}

/* A head without end must not fill the memory. */
static void
endless_head (CsRawConnection *connection, gpointer user_data)
{
  g_autofree char *request = cs_raw_read (connection);
  g_autofree char *line = g_strnfill (65536, 'x');

  cs_raw_write (connection, OK_HEAD);
  while (cs_raw_write (connection, "X: ") && cs_raw_write (connection, line) && cs_raw_write (connection, "\r\n"))
    ;
}

static void
test_endless_head (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (endless_head, NULL);
  g_autoptr (CsHttpAnswer) answer = net_get (http, server, "/");

  g_assert_true (answer->was_sent && !answer->is_complete);
  g_assert_nonnull (answer->error);
}

/* Of a refusal the beginning is enough, but it counts as whole. */
static void
test_long_refusal (void)
{
  g_autofree char *body = g_strnfill (200000, 'x');
  g_autofree char *text = g_strconcat ("HTTP/1.1 422 X\r\nContent-Length: 200000\r\n\r\n", body, NULL);
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (net_answer_all, text);
  g_autoptr (CsHttpAnswer) answer = net_get (http, server, "/");

  g_assert_no_error (answer->error);
  g_assert_true (answer->is_complete);
  g_assert_cmpuint (answer->length, ==, 200000);
  g_assert_cmpuint (g_bytes_get_size (answer->body), ==, 65536);
}

/* Where the body goes */

static gboolean
gather_cb (const char *data, gsize length, gpointer user_data)
{
  g_string_append_len (user_data, data, length);
  return TRUE;
}

static gboolean
refuse_cb (const char *data, gsize length, gpointer user_data)
{
  return FALSE;
}

static CsHttpAnswer *
call_with_data (CsHttp *http, const char *text, CsHttpDataFunc func, gpointer user_data)
{
  g_autoptr (CsRawServer) server = cs_raw_server_new (net_answer_all, (gpointer) text);
  g_autofree char *address = cs_raw_server_dup_address (server, "/");
  CsHttpCall *call = cs_http_call_new ("GET", address);

  call->on_data = func;
  call->on_data_data = user_data;
  return net_call (http, call, NULL);
}

static void
test_on_data (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CsHttpAnswer) good = call_with_data (http, OK_HEAD "Content-Length: 3\r\n\r\nabc", gather_cb, text);
  g_autoptr (CsHttpAnswer) refused = call_with_data (http, "HTTP/1.1 400 X\r\nContent-Length: 3\r\n\r\ndef", gather_cb, text);
  g_autoptr (CsHttpAnswer) ended = call_with_data (http, OK_HEAD "Content-Length: 3\r\n\r\nabc", refuse_cb, NULL);

  g_assert_true (cs_http_answer_is_good (good));
  g_assert_cmpstr (text->str, ==, "abc");
  g_assert_null (good->body);
  g_assert_true (refused->is_complete);
  net_assert_body (refused, "def");
  g_assert_false (ended->is_complete);
  g_assert_error (ended->error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
}

static CsHttpAnswer *
call_with_path (CsHttp *http, const char *text, const char *path)
{
  g_autoptr (CsRawServer) server = cs_raw_server_new (net_answer_once, (gpointer) text);
  g_autofree char *address = cs_raw_server_dup_address (server, "/");
  CsHttpCall *call = cs_http_call_new ("GET", address);

  call->path = g_strdup (path);
  return net_call (http, call, NULL);
}

static void
test_path (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cs-http-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "body", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "missing", "body", NULL);
  g_autofree char *big = g_strnfill (3000000, 'x');
  g_autofree char *text = g_strconcat (OK_HEAD "Content-Length: 3000000\r\n\r\n", big, NULL);
  g_autofree char *content = NULL;
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsHttpAnswer) answer = call_with_path (http, text, path);
  gsize length;
  GStatBuf info;

  g_assert_no_error (answer->error);
  g_assert_true (cs_http_answer_is_good (answer));
  g_assert_null (answer->body);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpmem (content, length, big, 3000000);

  g_clear_pointer (&answer, cs_http_answer_free);
  answer = call_with_path (http, OK_HEAD "Content-Length: 1\r\n\r\na", path); /* is there already */
  g_assert_nonnull (answer->error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 3000000);
  g_assert_cmpint (g_unlink (path), ==, 0);

  g_clear_pointer (&answer, cs_http_answer_free);
  answer = call_with_path (http, OK_HEAD "Content-Length: 9\r\n\r\ncut", path); /* nothing stays */
  g_assert_error (answer->error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  g_clear_pointer (&answer, cs_http_answer_free);
  answer = call_with_path (http, "HTTP/1.1 404 X\r\nContent-Length: 3\r\n\r\nabc", path);
  net_assert_body (answer, "abc");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  g_clear_pointer (&answer, cs_http_answer_free);
  answer = call_with_path (http, OK_HEAD "Content-Length: 0\r\n\r\n", path);
  g_assert_true (cs_http_answer_is_good (answer));
  g_assert_cmpint (g_unlink (path), ==, 0);

  g_clear_pointer (&answer, cs_http_answer_free);
  answer = call_with_path (http, OK_HEAD "Content-Length: 1\r\n\r\na", nowhere);
  g_assert_nonnull (answer->error);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_head (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (net_answer_all, (gpointer) OK_HEAD "Content-Length: 1000\r\n\r\n");
  g_autofree char *address = cs_raw_server_dup_address (server, "/");
  g_autoptr (CsHttpAnswer) answer = net_call (http, cs_http_call_new ("HEAD", address), NULL);

  g_assert_no_error (answer->error);
  g_assert_true (cs_http_answer_is_good (answer));
}

static void
test_retry_after_in_body (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (
      net_answer_all, (gpointer) "HTTP/1.1 429 X\r\nContent-Length: 20\r\n\r\n{\"retry_after\": 2.5}");
  g_autoptr (CsHttpAnswer) answer = net_get (http, server, "/");

  g_assert_cmpuint (answer->status, ==, 429);
  g_assert_cmpint (answer->retry_after, ==, 2500000);
}

/* A "no" to what costs is a 503 whose header says when, and not one whose body does. */
static void
test_no_retry_after_in_body (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (
      net_answer_all, (gpointer) "HTTP/1.1 503 X\r\nContent-Length: 20\r\n\r\n{\"retry_after\": 2.5}");
  g_autoptr (CsHttpAnswer) answer = net_get (http, server, "/");

  g_assert_cmpuint (answer->status, ==, 503);
  g_assert_true (answer->is_complete);
  g_assert_cmpint (answer->retry_after, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/http/good", test_good);
  g_test_add_func ("/net/http/post", test_post);
  g_test_add_func ("/net/http/reset", test_reset);
  g_test_add_func ("/net/http/not-sent", test_not_sent);
  g_test_add_func ("/net/http/tls", test_tls);
  g_test_add_func ("/net/http/patience", test_patience);
  g_test_add_func ("/net/http/patience-of-connecting", test_patience_of_connecting);
  g_test_add_func ("/net/http/drip", test_drip);
  g_test_add_func ("/net/http/cancel", test_cancel);
  g_test_add_func ("/net/http/too-large", test_too_large);
  g_test_add_func ("/net/http/endless-head", test_endless_head);
  g_test_add_func ("/net/http/long-refusal", test_long_refusal);
  g_test_add_func ("/net/http/on-data", test_on_data);
  g_test_add_func ("/net/http/path", test_path);
  g_test_add_func ("/net/http/head", test_head);
  g_test_add_func ("/net/http/retry-after-in-body", test_retry_after_in_body);
  g_test_add_func ("/promise-3/http/no-retry-after-in-body", test_no_retry_after_in_body);
  return g_test_run ();
}
