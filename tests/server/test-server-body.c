/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of a request: what it must be, how large, and what is read from it. */
#include "config.h"

#include "server-routes.h"
#include "server-socket.h"

#include "server/cs-api-body.h"
#include "server/cs-api-duplicates.h"

#include <string.h>

#define MIB (1024 * 1024)
#define POST "POST /api/studio/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

static ServerFixture *
open_routes (void)
{
  ServerSetup setup = { .routes = server_routes };

  return server_open_setup (&setup);
}

static ServerAnswer *
post_bytes (ServerFixture *fixture, const char *type, const char *data, gsize length)
{
  SoupMessage *message = server_message (fixture, "POST", "echo", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);

  soup_message_set_request_body_from_bytes (message, type, bytes);
  return server_send (fixture, message);
}

static void
test_types (void)
{
  static const char *const good[] = { "application/json", "Application/JSON", "application/json; charset=utf-8",
                                      "application/json;charset=UTF-8", "application/json ; x=y; charset=\"utf-8\"" };
  static const char *const bad[] = { "text/plain", "application/x-www-form-urlencoded", "application/json-patch+json",
                                     "application/json; charset=latin1", "application/jsonp", "json/application", "*/*" };
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerAnswer) none = server_say (fixture, "POST /api/studio/echo HTTP/1.1\r\nHost: localhost\r\n"
                                                       "Content-Length: 2\r\n\r\n{}");

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (ServerAnswer) answer = post_bytes (fixture, good[i], "{}", 2);

      server_assert_json (answer, 200);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (ServerAnswer) answer = post_bytes (fixture, bad[i], "{}", 2);

      server_assert_error (answer, 415, "unsupported_media_type", NULL);
    }
  server_assert_error (none, 415, "unsupported_media_type", NULL);
}

static char *
nest (guint depth)
{
  GString *text = g_string_new ("{\"a\":");

  for (guint i = 1; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 1; i < depth; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_no_json (void)
{
  static const char *const bad[] = {
    "{", "{'a':1}", "[]", "[{}]", "1", "\"a\"", "null", "{}{}", "{} x", "{\"a\":1,}", "{\"a\":01}", "{\"a\":NaN}",
    "{\"a\":\"\xff\"}", "{\"\xc3\x28\":1}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\u0000\"}", "\xef\xbb\xbf{}", "{\"a\":\"\t\"}",
    "{\"a\":123456789012345678901234567890}", "{\"a\":1e999}", "// {}\n{}", "{\"a\":1 \"b\":2}",
  };
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autofree char *deepest = nest (CS_JSON_MAX_DEPTH);
  g_autofree char *deeper = nest (CS_JSON_MAX_DEPTH + 1);
  g_autoptr (ServerAnswer) deep = post_bytes (fixture, "application/json", deepest, strlen (deepest));
  g_autoptr (ServerAnswer) too_deep = post_bytes (fixture, "application/json", deeper, strlen (deeper));
  g_autoptr (ServerAnswer) empty = server_post (fixture, "echo", NULL);
  g_autoptr (ServerAnswer) nothing = post_bytes (fixture, "application/json", "", 0);
  g_autoptr (ServerAnswer) blank = post_bytes (fixture, "application/json", " \r\n ", 4);
  g_autoptr (ServerAnswer) nul = post_bytes (fixture, "application/json", "{}\0", 3);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (ServerAnswer) answer = post_bytes (fixture, "application/json", bad[i], strlen (bad[i]));

      g_test_message ("%s: %s", bad[i], answer->text);
      server_assert_error (answer, 400, "malformed", NULL);
    }
  g_assert_cmpuint (deep->status, ==, 200);
  server_assert_error (too_deep, 400, "malformed", NULL);
  server_assert_error (empty, 400, "malformed", NULL);
  server_assert_error (nothing, 400, "malformed", NULL);
  server_assert_error (blank, 400, "malformed", NULL);
  server_assert_error (nul, 400, "malformed", NULL);
}

static void
test_duplicates (void)
{
  static const char *const bad[] = {
    "{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":1,\"\\u0061\":2}", "{\"x\":{\"a\":1,\"a\":2}}",
    "{\"x\":[1,{\"b\":0},{\"a\":1,\"a\":2}]}", "{\"\":1,\"\":2}", "{\"\\n\":1,\"\\u000a\":2}",
    "{\"\xf0\x9f\x8e\xac\":1,\"\\ud83c\\udfac\":2}", "{\"a\\\"\":1,\"a\\u0022\":2}", "{ \"a\" : {} , \"a\" : [] }",
  };
  static const char *const good[] = {
    "{\"a\":\"a\",\"b\":\"a\"}", "{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}", "{\"x\":[{\"a\":1},{\"a\":1},\"a\",\"a\"]}", "{}",
    "{\"a\":1,\"A\":2}", "{\"a\":[\"x\",\"y\",{\"k\":\"\\\"k\"}],\"k\":\"\\\\\"}", "{\"x\":[],\"y\":[[],[]],\"z\":{}}",
    "{\"\\ud83c\\udfac\":1,\"\\ud83c\\udfad\":2}",
  };
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerAnswer) answer = server_ask (fixture, "POST", "echo", bad[0], "Accept-Language", "en", NULL);

  server_assert_error (answer, 400, "malformed", NULL);
  g_assert_nonnull (strstr (server_answer_string (answer, "detail"), "“a”"));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (cs_json_scan (bad[i], strlen (bad[i]), MIB, NULL));
      g_assert_false (cs_api_duplicates_check (bad[i], strlen (bad[i]), &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_MALFORMED);
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (cs_api_duplicates_check (good[i], strlen (good[i]), NULL));
}

/* Size */

static char *
repeat (const char *start, const char *piece, guint n, const char *end)
{
  GString *text = g_string_new (start);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", piece);
  g_string_append (text, end);
  return g_string_free (text, FALSE);
}

/* Small in bytes, and large to read. */
static void
test_values (void)
{
  static const char *const pieces[] = { "1", "{}", "[[]]", "\",\"" };
  g_autoptr (ServerFixture) fixture = open_routes ();

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autofree char *few = repeat ("{\"a\":[", pieces[i], 3000, "]}");
      g_autofree char *many = repeat ("{\"a\":[", pieces[i], 20000, "]}");
      g_autoptr (ServerAnswer) good = post_bytes (fixture, "application/json", few, strlen (few));
      g_autoptr (ServerAnswer) bad = post_bytes (fixture, "application/json", many, strlen (many));

      g_assert_cmpuint (good->status, ==, 200);
      server_assert_error (bad, 413, "too_large", NULL);
    }
}

static char *
make_object (gsize length)
{
  char *text = g_strnfill (length, 'x');

  memcpy (text, "{\"a\":\"", 6);
  memcpy (text + length - 2, "\"}", 2);
  return text;
}

static void
test_size (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autofree char *largest = make_object (MIB);
  g_autofree char *larger = make_object (MIB + 1);
  g_autofree char *huge = make_object (8 * MIB);
  g_autoptr (ServerAnswer) good = post_bytes (fixture, "application/json", largest, MIB);
  g_autoptr (ServerAnswer) bad = post_bytes (fixture, "application/json", larger, MIB + 1);
  g_autoptr (ServerAnswer) worse = post_bytes (fixture, "application/json", huge, 8 * MIB); /* still gets its answer */
  g_autoptr (ServerAnswer) announced = server_say (fixture, POST "Content-Length: 1048577\r\n\r\n");

  server_assert_json (good, 200);
  server_assert_error (bad, 413, "too_large", NULL);
  server_assert_error (worse, 413, "too_large", NULL);
  server_assert_error (announced, 413, "too_large", NULL);
}

/* No end is announced: it is counted as it comes, and answered before it has ended. */
static void
test_endless (void)
{
  static const char *const paths[] = { "echo", "plain" };
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autofree char *piece = g_strnfill (0x10000, 'x');

  for (guint p = 0; p < G_N_ELEMENTS (paths); p++)
    {
      g_autoptr (ServerSocket) socket = server_socket_new (fixture);
      g_autofree char *head = g_strdup_printf ("POST /api/studio/%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                               "Transfer-Encoding: chunked\r\n\r\n", paths[p]);
      g_autoptr (ServerAnswer) answer = NULL;

      server_socket_send (socket, head);
      for (guint i = 0; i < 17; i++)
        {
          server_socket_send (socket, "10000\r\n");
          server_socket_send_data (socket, piece, 0x10000);
          server_socket_send (socket, "\r\n");
        }
      answer = server_socket_read (socket);
      server_assert_error (answer, 413, "too_large", NULL);
      g_assert_cmpstr (server_answer_header (answer, "Connection"), ==, "close");
    }
}

/* What takes no body does not mind one, but reads no more of it than of others. */
static void
test_unwanted (void)
{
  g_autoptr (ServerFixture) fixture = open_routes ();
  g_autoptr (ServerAnswer) without = server_post (fixture, "plain", NULL);
  g_autoptr (ServerAnswer) with = server_post (fixture, "plain", "{'a': 1}");
  g_autoptr (ServerAnswer) other = server_say (fixture, "POST /api/studio/plain HTTP/1.1\r\nHost: localhost\r\n"
                                                        "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\nxx");
  g_autoptr (ServerAnswer) get = server_say (fixture, "GET /api/studio/items/1 HTTP/1.1\r\nHost: localhost\r\n"
                                                      "Content-Length: 2\r\n\r\nxx");

  g_assert_cmpuint (without->status, ==, 204);
  g_assert_cmpuint (with->status, ==, 204);
  g_assert_cmpuint (other->status, ==, 204);
  server_assert_json (get, 200);
}

/* Fields */

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = cs_json_parse_object (text, strlen (text), MIB, &error);

  g_assert_no_error (error);
  return object;
}

static void
test_fields (void)
{
  g_autoptr (JsonObject) object
      = parse ("{\"s\":\"text\",\"n\":5,\"f\":5.0,\"b\":false,\"m\":0.5,\"t\":\"0.25\",\"z\":null,\"x\":1,\"y\":[]}");
  g_auto (CsApiBody) body = CS_API_BODY_INIT (object);
  g_auto (GStrv) unknown = NULL;

  g_assert_cmpstr (cs_api_body_need_string (&body, "s"), ==, "text");
  g_assert_cmpstr (cs_api_body_get_string (&body, "s", NULL), ==, "text");
  g_assert_cmpstr (cs_api_body_get_string (&body, "none", "other"), ==, "other");
  g_assert_cmpstr (cs_api_body_get_string (&body, "z", NULL), ==, NULL);
  g_assert_cmpint (cs_api_body_get_int (&body, "n", 1, 5, 9), ==, 5);
  g_assert_cmpint (cs_api_body_get_int (&body, "f", 5, 10, 9), ==, 5);
  g_assert_cmpint (cs_api_body_get_int (&body, "z", 1, 5, 9), ==, 9);
  g_assert_false (cs_api_body_get_boolean (&body, "b", TRUE));
  g_assert_true (cs_api_body_get_boolean (&body, "none", TRUE));
  g_assert_cmpint (cs_api_body_get_money (&body, "m", -1), ==, 500000);
  g_assert_cmpint (cs_api_body_get_money (&body, "t", -1), ==, 250000);
  g_assert_cmpint (cs_api_body_get_money (&body, "none", -1), ==, -1);
  cs_api_body_ignore (&body, "x");
  g_assert_true (cs_api_body_is_good (&body));
  unknown = cs_api_body_list_unknown (&body);
  g_assert_cmpstr (unknown[0], ==, "y");
  g_assert_null (unknown[1]);
}

static void
need_string (CsApiBody *body)
{
  g_assert_cmpstr (cs_api_body_need_string (body, "a"), ==, "");
}

static void
get_string (CsApiBody *body)
{
  g_assert_cmpstr (cs_api_body_get_string (body, "a", "other"), ==, "other");
}

static void
get_int (CsApiBody *body)
{
  g_assert_cmpint (cs_api_body_get_int (body, "a", 5, 10, 7), ==, 7);
}

static void
get_boolean (CsApiBody *body)
{
  g_assert_true (cs_api_body_get_boolean (body, "a", TRUE));
}

static void
get_money (CsApiBody *body)
{
  g_assert_cmpint (cs_api_body_get_money (body, "a", 7), ==, 7);
}

static void
test_bad_fields (void)
{
  static const struct
  {
    void (*read) (CsApiBody *body);
    const char *text;
    CsError code;
  } rows[] = {
    { need_string, "{}", CS_ERROR_MISSING_FIELD },
    { need_string, "{\"a\":null}", CS_ERROR_MISSING_FIELD },
    { need_string, "{\"a\":\" \\n\"}", CS_ERROR_INVALID_VALUE },
    { need_string, "{\"a\":1}", CS_ERROR_INVALID_VALUE },
    { need_string, "{\"a\":[\"x\"]}", CS_ERROR_INVALID_VALUE },
    { get_string, "{\"a\":{}}", CS_ERROR_INVALID_VALUE },
    { get_int, "{\"a\":4}", CS_ERROR_INVALID_VALUE },
    { get_int, "{\"a\":11}", CS_ERROR_INVALID_VALUE },
    { get_int, "{\"a\":5.5}", CS_ERROR_INVALID_VALUE },
    { get_int, "{\"a\":\"5\"}", CS_ERROR_INVALID_VALUE },
    { get_int, "{\"a\":true}", CS_ERROR_INVALID_VALUE },
    { get_int, "{\"a\":-9223372036854775808}", CS_ERROR_INVALID_VALUE },
    { get_int, "{\"a\":9223372036854775807}", CS_ERROR_INVALID_VALUE },
    { get_int, "{\"a\":1e300}", CS_ERROR_INVALID_VALUE },
    { get_boolean, "{\"a\":1}", CS_ERROR_INVALID_VALUE },
    { get_boolean, "{\"a\":\"true\"}", CS_ERROR_INVALID_VALUE },
    { get_money, "{\"a\":-0.01}", CS_ERROR_INVALID_VALUE },
    { get_money, "{\"a\":\"much\"}", CS_ERROR_INVALID_VALUE },
    { get_money, "{\"a\":1e12}", CS_ERROR_INVALID_VALUE },
    { get_money, "{\"a\":false}", CS_ERROR_INVALID_VALUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonObject) object = parse (rows[i].text);
      g_auto (CsApiBody) body = CS_API_BODY_INIT (object);

      rows[i].read (&body);
      g_test_message ("%s", rows[i].text);
      g_assert_error (body.error, CS_ERROR, (int) rows[i].code);
      g_assert_cmpstr (body.field, ==, "a");
      g_assert_nonnull (strstr (body.error->message, "“a”"));
      cs_api_body_need_string (&body, "b");
      g_assert_cmpstr (body.field, ==, "a"); /* the first stays */
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/body/types", test_types);
  g_test_add_func ("/server/body/no-json", test_no_json);
  g_test_add_func ("/server/body/duplicates", test_duplicates);
  g_test_add_func ("/server/body/values", test_values);
  g_test_add_func ("/server/body/size", test_size);
  g_test_add_func ("/server/body/endless", test_endless);
  g_test_add_func ("/server/body/unwanted", test_unwanted);
  g_test_add_func ("/server/body/fields", test_fields);
  g_test_add_func ("/server/body/bad-fields", test_bad_fields);
  return g_test_run ();
}
