/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a server writes, down to the byte, a call ends as the table says. */
#include "config.h"
#include "core/cs-error.h"

#include "net-support.h"

/* What the server says, and how that ends. */
typedef struct
{
  const char *name;
  const char *text;
  guint status;
  gboolean is_complete;
  int code; /* of CS_ERROR; -1: none */
  const char *body;
} Wire;

static const Wire wires[] = {
  { "status-404", "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone", 404, TRUE, -1, "gone" },
  { "status-500", "HTTP/1.1 500 X\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", 500, TRUE, -1, "<html>" },
  { "redirect", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 302, TRUE, -1, "" },
  { "unauthorized", "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n", 401, TRUE, -1, "" },
  { "no-content", "HTTP/1.1 204 No Content\r\n\r\n", 204, TRUE, -1, "" },
  { "until-close", OK_HEAD "\r\nabc", 200, TRUE, -1, "abc" },
  { "chunked", OK_HEAD "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 200, TRUE, -1, "abcde" },
  { "packed", OK_HEAD "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b!", 200, TRUE, -1, "\x1f\x8b!" },
  { "informational", "HTTP/1.1 103 X\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", 200, TRUE, -1, "a" },
  { "http-1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na", 200, TRUE, -1, "a" },
  { "cut-length", OK_HEAD "Content-Length: 10\r\n\r\nabc", 200, FALSE, CS_ERROR_BAD_RESPONSE, "abc" },
  { "cut-length-at-once", OK_HEAD "Content-Length: 10\r\n\r\n", 200, FALSE, CS_ERROR_BAD_RESPONSE, "" },
  { "cut-chunk", OK_HEAD "Transfer-Encoding: chunked\r\n\r\n9\r\nabc", 200, FALSE, CS_ERROR_BAD_RESPONSE, "abc" },
  /* The library takes a cut between two chunks for the end. JSON and event streams know their own end; downloads look. */
  { "cut-between-chunks", OK_HEAD "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", 200, TRUE, -1, "abc" },
  { "bad-chunk", OK_HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n", 200, TRUE, -1, "" }, /* read as a length of 0 */
  { "cut-500", "HTTP/1.1 500 X\r\nContent-Length: 10\r\n\r\nabc", 500, FALSE, CS_ERROR_BAD_RESPONSE, "abc" },
  { "nothing", "", 0, FALSE, CS_ERROR_OFFLINE, NULL },
  { "cut-head", "HTTP/1.1 200 OK\r\nContent-Le", 0, FALSE, CS_ERROR_BAD_RESPONSE, NULL },
  { "nonsense", "SSH-2.0-OpenSSH_9.2\r\n\r\n", 0, FALSE, CS_ERROR_BAD_RESPONSE, NULL },
  { "bytes", "\x01\x02\x03\r\n\r\n", 0, FALSE, CS_ERROR_BAD_RESPONSE, NULL },
};

static void
test_wire (gconstpointer data)
{
  const Wire *wire = data;
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsRawServer) server = cs_raw_server_new (net_answer_once, (gpointer) wire->text);
  g_autoptr (CsHttpAnswer) answer = net_get (http, server, "/secret-path?key=secret");

  g_assert_true (answer->was_sent);
  g_assert_cmpuint (answer->status, ==, wire->status);
  g_assert_cmpint (answer->is_complete, ==, wire->is_complete);
  if (wire->code < 0)
    g_assert_no_error (answer->error);
  else
    {
      g_assert_error (answer->error, CS_ERROR, wire->code);
      g_assert_nonnull (strstr (answer->error->message, "127.0.0.1"));
      g_assert_null (strstr (answer->error->message, "secret"));
    }
  if (wire->body != NULL)
    net_assert_body (answer, wire->body);
  g_assert_cmpuint (cs_http_get_n_in_flight (http), ==, 0);
}

static void
add_wires (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wires); i++)
    {
      g_autofree char *name = g_strconcat ("/net/http/wire/", wires[i].name, NULL);

      g_test_add_data_func (name, &wires[i], test_wire);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_wires ();
  return g_test_run ();
}
