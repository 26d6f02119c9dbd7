/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every word of a script does what the table in cs-fake-server.c says, over real HTTP. */
#include "config.h"

#include "cs-test.h"
#include "fake-client.h"

#include <string.h>

#define CREATE "/api/v1/task"
#define BOAT \
  "{'model':'Wan','task_type':'wan26-txt2video','input':{'prompt':'a boat','duration':5,'resolution':'720P','seed':7}}"

/* How an answer can look. */
typedef enum
{
  WHOLE,
  BROKEN,  /* nothing came, and it broke at once */
  PARTIAL, /* headers, and less than they said */
  TIMEOUT,
} End;

static const struct
{
  const char *word;
  End end;
  guint status;
  guint accepted;
} words[] = {
  { "ok", WHOLE, 200, 1 },
  { "400", WHOLE, 400, 0 },
  { "400task", WHOLE, 400, 0 },
  { "401", WHOLE, 401, 0 },
  { "402", WHOLE, 402, 0 },
  { "403", WHOLE, 403, 0 },
  { "404", WHOLE, 404, 0 },
  { "408", WHOLE, 408, 0 },
  { "409", WHOLE, 409, 0 },
  { "410", WHOLE, 410, 0 },
  { "413", WHOLE, 413, 0 },
  { "422", WHOLE, 422, 0 },
  { "425", WHOLE, 425, 0 },
  { "429", WHOLE, 429, 0 },
  { "429:2", WHOLE, 429, 0 },
  { "499", WHOLE, 499, 0 },
  { "500", WHOLE, 500, 0 },
  { "500empty", WHOLE, 500, 0 },
  { "502", WHOLE, 502, 0 },
  { "503", WHOLE, 503, 0 },
  { "503html", WHOLE, 503, 0 },
  { "503:1", WHOLE, 503, 0 },
  { "302", WHOLE, 302, 0 },
  { "307", WHOLE, 307, 0 },
  { "reset", BROKEN, 0, 0 },
  { "resetlate", BROKEN, 0, 0 },
  { "mute", TIMEOUT, 0, 0 },
  { "lost", BROKEN, 0, 1 },
  { "silent", TIMEOUT, 0, 1 },
  { "cut", PARTIAL, 200, 1 },
  { "stall", PARTIAL, 200, 1 },
  { "wronglength", PARTIAL, 200, 1 },
  { "empty", WHOLE, 200, 1 },
  { "badjson", WHOLE, 200, 1 },
  { "nested", WHOLE, 200, 1 },
  { "html", WHOLE, 200, 1 },
  { "text", WHOLE, 200, 1 },
  { "types", WHOLE, 200, 1 },
  { "types:top", WHOLE, 200, 1 },
  { "noid", WHOLE, 200, 1 },
  { "badid", WHOLE, 200, 1 },
  { "truncated", WHOLE, 200, 1 },
  { "drip:1", WHOLE, 200, 1 },
  { "loop", WHOLE, 307, 1 },
  { "elsewhere", WHOLE, 307, 1 },
  { "status:WEIRD", WHOLE, 200, 1 },
  { "polls:3", WHOLE, 200, 1 },
  { "ok@50", WHOLE, 200, 1 },
  { "lost@50", BROKEN, 0, 1 },
  { "silent@50", TIMEOUT, 0, 1 },
  { "cut@50", PARTIAL, 200, 1 },
};

static void
check_end (FakeAnswer *answer, End end, const char *word)
{
  g_test_message ("%s: status %u, %s", word, answer->status,
                  answer->error != NULL ? answer->error->message : "no error");
  switch (end)
    {
    case WHOLE:
      g_assert_no_error (answer->error);
      break;
    case BROKEN:
      g_assert_nonnull (answer->error);
      g_assert_cmpuint (g_bytes_get_size (answer->body), ==, 0);
      g_assert_false (g_error_matches (answer->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
      break;
    case PARTIAL:
      g_assert_nonnull (answer->error);
      g_assert_cmpuint (g_bytes_get_size (answer->body), <, soup_message_headers_get_content_length (answer->headers));
      break;
    case TIMEOUT:
      g_assert_error (answer->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (CsFakeServer) server = cs_fake_server_new (NULL);
      g_autoptr (FakeAnswer) answer = NULL;

      cs_fake_server_script (server, "piapi", "create", words[i].word);
      answer = fake_ask (server, "piapi", "POST", CREATE, BOAT);
      check_end (answer, words[i].end, words[i].word);
      g_assert_cmpuint (answer->status, ==, words[i].status);
      g_assert_cmpuint (cs_fake_server_count (server, "piapi", "create"), ==, 1);
      g_assert_cmpuint (cs_fake_server_count_accepted (server, NULL), ==, words[i].accepted);
    }
}

static FakeAnswer *
create (CsFakeServer *server, const char *word)
{
  cs_fake_server_script (server, "piapi", "create", word);
  return fake_ask (server, "piapi", "POST", CREATE, BOAT);
}

static const char *
get_header (FakeAnswer *answer, const char *name)
{
  return soup_message_headers_get_one (answer->headers, name);
}

static void
test_refusals (void)
{
  g_autoptr (CsFakeServer) server = cs_fake_server_new (NULL);
  g_autoptr (FakeAnswer) task = create (server, "400task");
  g_autoptr (FakeAnswer) later = create (server, "429:2");
  g_autoptr (FakeAnswer) limit = create (server, "429");
  g_autoptr (FakeAnswer) page = create (server, "503html:1");
  g_autoptr (FakeAnswer) redirect = create (server, "307");

  g_assert_cmpstr (fake_answer_get (task, "message"), ==, "invalid task type");
  g_assert_cmpint (fake_answer_get_int (task, "code"), ==, 400);
  g_assert_cmpstr (get_header (later, "Retry-After"), ==, "2");
  g_assert_null (get_header (limit, "Retry-After"));
  g_assert_cmpstr (get_header (page, "Retry-After"), ==, "1");
  g_assert_cmpstr (get_header (page, "Content-Type"), ==, "text/html");
  g_assert_true (g_str_has_prefix (get_header (redirect, "Location"), "http://localhost:"));
  g_assert_nonnull (get_header (task, "Date"));
}

static void
test_spoilt (void)
{
  g_autoptr (CsFakeServer) server = cs_fake_server_new (NULL);
  g_autoptr (FakeAnswer) empty = create (server, "empty");
  g_autoptr (FakeAnswer) half = create (server, "badjson");
  g_autoptr (FakeAnswer) nested = create (server, "nested");
  g_autoptr (FakeAnswer) types = create (server, "types");
  g_autoptr (FakeAnswer) top = create (server, "types:top");
  g_autoptr (FakeAnswer) noid = create (server, "noid");
  g_autoptr (FakeAnswer) badid = create (server, "badid");
  g_autoptr (FakeAnswer) status = create (server, "status:CoMpLeTeD");

  g_assert_cmpuint (g_bytes_get_size (empty->body), ==, 0);
  g_assert_true (half->text[0] == '{' && half->object == NULL);
  g_assert_cmpuint (strspn (nested->text, "["), ==, 200000);
  g_assert_cmpint (fake_answer_get_int (types, "data.task_id"), ==, 7);
  g_assert_cmpstr (fake_answer_get (types, "code"), ==, "wrong");
  g_assert_cmpstr (fake_answer_get (top, "data"), ==, "wrong");
  g_assert_nonnull (fake_answer_get (noid, "data.status"));
  g_assert_null (fake_answer_get (noid, "data.task_id"));
  g_assert_cmpstr (fake_answer_get (badid, "data.task_id"), ==, "../../x");
  g_assert_cmpstr (fake_answer_get (status, "data.status"), ==, "CoMpLeTeD");
}

static void
test_huge (void)
{
  g_autoptr (CsFakeServer) server = cs_fake_server_new (NULL);
  g_autoptr (FakeAnswer) answer = NULL;

  fake_patience = 20;
  answer = create (server, "huge");
  fake_patience = 1;
  g_assert_no_error (answer->error);
  g_assert_cmpuint (g_bytes_get_size (answer->body), ==, 200 * 1024 * 1024);
}

/* Words are used up, the usual one is not. */
static void
test_script (void)
{
  static const guint statuses[] = { 500, 502, 429, 429 };
  g_autoptr (CsFakeServer) server = cs_fake_server_new (NULL);

  cs_fake_server_script (server, "piapi", "account", "500  502");
  cs_fake_server_set_usual (server, "piapi", "account", "429");
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (FakeAnswer) answer = fake_ask (server, "piapi", "GET", "/account/info", NULL);
      g_autoptr (FakeAnswer) other = fake_ask (server, "replicate", "GET", "/v1/account", NULL);

      g_assert_cmpuint (answer->status, ==, statuses[i]);
      g_assert_cmpuint (other->status, ==, 200);
    }
}

static void
test_requests (void)
{
  g_autoptr (CsFakeServer) server = cs_fake_server_new (NULL);
  g_autoptr (FakeAnswer) answer = create (server, "ok");
  g_autoptr (FakeAnswer) lost = fake_ask (server, "piapi", "GET", "/nowhere?a=b", NULL);
  g_autoptr (JsonObject) request = cs_fake_server_dup_request (server, "piapi", "create", 0);
  g_autoptr (JsonObject) unknown = cs_fake_server_dup_request (server, NULL, "unknown", 0);
  JsonObject *headers = json_object_get_object_member (request, "headers");

  g_assert_cmpstr (json_object_get_string_member (request, "method"), ==, "POST");
  g_assert_cmpstr (json_object_get_string_member (request, "path"), ==, CREATE);
  g_assert_cmpstr (json_object_get_string_member (headers, "x-api-key"), ==, "good-key");
  g_assert_nonnull (strstr (json_object_get_string_member (request, "body"), "\"a boat\""));
  g_assert_null (cs_fake_server_dup_request (server, "piapi", "create", 1));
  g_assert_cmpuint (lost->status, ==, 404);
  g_assert_cmpstr (json_object_get_string_member (unknown, "query"), ==, "a=b");
  g_assert_cmpuint (cs_fake_server_count (server, NULL, NULL), ==, 2);
  g_assert_cmpuint (cs_fake_server_count (server, "replicate", NULL), ==, 0);
}

static void
test_journal (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *path = cs_test_home_build (home, "journal");
  g_autofree char *text = NULL;
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "a boat", -1);
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) first = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CsFakeServer) server = cs_fake_server_new (path);
      g_autoptr (FakeAnswer) taken = create (server, "lost");
      g_autoptr (FakeAnswer) refused = create (server, "reset");
      g_autoptr (FakeAnswer) answer = fake_ask (server, "piapi", "GET", "/account/info", NULL);
    }
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 7);
  first = g_strsplit (lines[0], " ", -1);
  g_assert_cmpuint (g_strv_length (first), ==, 6);
  g_assert_cmpstr (first[2], ==, "accepted");
  g_assert_cmpstr (first[4], ==, "7");
  g_assert_true (strlen (first[5]) == 16 && g_str_has_prefix (hash, first[5]));
  g_assert_cmpstr (lines[4], ==, "piapi create refused - - -");
  g_assert_cmpstr (lines[5], ==, "piapi account answered - - -");
}

static void
test_closed (void)
{
  g_autoptr (CsFakeServer) server = cs_fake_server_new (NULL);
  g_autofree char *base = cs_fake_server_dup_closed_base (server, "piapi");
  g_autoptr (FakeAnswer) answer = fake_fetch (base, NULL, NULL);

  g_assert_error (answer->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static FakeAnswer *
fetch_trusting (const char *address, const char *certificate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (certificate, &error);
  g_autoptr (SoupSession) session
      = soup_session_new_with_options ("timeout", 5, "proxy-resolver", NULL, "tls-database", database, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  FakeAnswer *answer = g_new0 (FakeAnswer, 1);

  g_assert_no_error (error);
  answer->body = soup_session_send_and_read (session, message, NULL, &answer->error);
  answer->status = soup_message_get_status (message);
  return answer;
}

static void
test_tls (void)
{
  g_autoptr (CsFakeServer) server = cs_fake_server_new_tls (NULL);
  g_autofree char *base = cs_fake_server_dup_base (server, "ollama");
  g_autofree char *address = g_strconcat (base, "/api/version", NULL);
  g_autofree char *certificate = cs_fake_server_dup_certificate (server);
  g_autoptr (FakeAnswer) stranger = fake_fetch (address, NULL, NULL);
  g_autoptr (FakeAnswer) friend = fetch_trusting (address, certificate);

  g_assert_true (g_str_has_prefix (base, "https://"));
  g_assert_error (stranger->error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_assert_cmpuint (friend->status, ==, 200);
  g_assert_cmpuint (cs_fake_server_count (server, NULL, NULL), ==, 1);
}

static void
test_environment (void)
{
  g_autoptr (CsFakeServer) server = cs_fake_server_new (NULL);
  g_autofree char *base = cs_fake_server_dup_base (server, "piapi");

  cs_fake_server_set_environment (server);
  g_assert_cmpstr (g_getenv ("PIAPI_BASE_URL"), ==, base);
  g_assert_true (g_str_has_suffix (g_getenv ("OLLAMA_HOST"), "/ollama"));
  g_assert_true (g_str_has_suffix (g_getenv ("HF_HUB_URL"), "/hub"));
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *count = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_assert_no_error (error);
  (*count)++;
}

static gboolean
is_done_cb (gpointer user_data)
{
  guint *count = user_data;

  return *count == 200;
}

static void
test_many (void)
{
  g_autoptr (CsFakeServer) server = cs_fake_server_new (NULL);
  g_autofree char *base = cs_fake_server_dup_base (server, "ollama");
  g_autofree char *address = g_strconcat (base, "/api/version", NULL);
  g_autoptr (SoupSession) session
      = soup_session_new_with_options ("max-conns", 50, "max-conns-per-host", 50, "proxy-resolver", NULL, NULL);
  guint count = 0;

  cs_fake_server_set_usual (server, "ollama", "version", "ok@5");
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new ("GET", address);

      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, count_cb, &count);
    }
  g_assert_true (cs_test_wait (is_done_cb, &count));
  g_assert_cmpuint (cs_fake_server_count (server, "ollama", "version"), ==, 200);
}

/* A client that leaves while its answer waits: the server goes on. */
static void
test_impatience (void)
{
  g_autoptr (CsFakeServer) server = cs_fake_server_new (NULL);
  g_autoptr (FakeAnswer) left = create (server, "ok@1500");
  g_autoptr (FakeAnswer) held = create (server, "lost@1200");
  g_autoptr (FakeAnswer) next = create (server, "ok");

  g_assert_error (left->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_error (held->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpuint (next->status, ==, 200);
  g_assert_cmpuint (cs_fake_server_count_accepted (server, "piapi"), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fake_patience = 1;
  g_test_add_func ("/fake-server/words", test_words);
  g_test_add_func ("/fake-server/refusals", test_refusals);
  g_test_add_func ("/fake-server/spoilt", test_spoilt);
  g_test_add_func ("/fake-server/huge", test_huge);
  g_test_add_func ("/fake-server/script", test_script);
  g_test_add_func ("/fake-server/requests", test_requests);
  g_test_add_func ("/fake-server/journal", test_journal);
  g_test_add_func ("/fake-server/closed", test_closed);
  g_test_add_func ("/fake-server/tls", test_tls);
  g_test_add_func ("/fake-server/environment", test_environment);
  g_test_add_func ("/fake-server/many", test_many);
  g_test_add_func ("/fake-server/impatience", test_impatience);
  return g_test_run ();
}
