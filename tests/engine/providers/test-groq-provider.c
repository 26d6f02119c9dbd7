/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groq on the wire: chats, faults in every phase, patience, cancelling, the check of its key. */
#include "config.h"
#include "providers/cs-groq-provider.h"

#include "chat-fixture.h"

#define MINUTE (60 * G_USEC_PER_SEC)
#define MODEL "openai/gpt-oss-120b"
#define SSE "text/event-stream"
#define PIECE(text) "data: {\"model\":\"openai/gpt-oss-120b-x\",\"choices\":[{\"delta\":{\"content\":\"" text "\"}}]}\n\n"
#define THOUGHT "data: {\"choices\":[{\"delta\":{\"reasoning\":\"hm\"}}]}\n\n"
#define STOP "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"x_groq\":{\"usage\":{\"prompt_tokens\":9," \
             "\"completion_tokens\":30}}}\n\n"
#define DONE "data: [DONE]\n\n"
#define SCHEMA "{\"type\":\"object\",\"properties\":{\"prompt\":{\"type\":\"string\"}},\"required\":[\"prompt\"]," \
               "\"additionalProperties\":false}"
#define WHOLE "{\"choices\":[{\"message\":{\"content\":\"{\\\"prompt\\\":\\\"a boat\\\"}\"},\"finish_reason\":\"stop\"}]," \
              "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6}}"
#define NO_FORMAT "{\"error\":{\"message\":\"This model does not support response format `json_schema`\",\"code\":\"x\"}}"

static void
set_up (ChatFixture *fixture, gconstpointer data)
{
  g_autofree char *base = NULL;

  fixture->server = chat_server_new ();
  base = g_strdup_printf ("http://127.0.0.1:%u/prefix", fixture->server->port);
  g_setenv ("GROQ_BASE_URL", base, TRUE);
  g_setenv ("GROQ_API_KEY", CANARY, TRUE);
  chat_fixture_set_up (fixture, cs_groq_provider_new);
}

static void
tear_down (ChatFixture *fixture, gconstpointer data)
{
  chat_fixture_tear_down (fixture);
  g_unsetenv ("GROQ_BASE_URL");
  g_unsetenv ("GROQ_API_KEY");
}

static void
test_stream (ChatFixture *fixture, gconstpointer data)
{
  static const char *const pieces[] = { ": hello\n\n", THOUGHT PIECE ("Hel"), PIECE ("lo \\u0642") "da", "ta: {\"choices\":[]}\n\n",
                                        STOP, DONE, NULL };
  g_autoptr (CsChat) chat = chat_fixture_new_chat (MODEL, NULL);
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autoptr (JsonObject) body = NULL;

  chat_server_add (fixture->server, 200, SSE, CHAT_END_WHOLE, 1, pieces);
  answer = chat_fixture_ask (fixture, chat);
  g_assert_no_error (answer->error);
  g_assert_cmpstr (answer->text, ==, "Hello ق");
  g_assert_cmpstr (fixture->shown->str, ==, "[Hel][lo ق]");
  g_assert_cmpstr (answer->model, ==, "openai/gpt-oss-120b-x");
  g_assert_cmpint (answer->input_tokens, ==, 9);
  g_assert_cmpint (answer->output_tokens, ==, 30);
  g_assert_true (answer->was_sent);
  g_assert_false (answer->is_cut);

  g_assert_true (g_str_has_prefix (chat_server_get_request (fixture->server, 0),
                                   "POST /prefix/openai/v1/chat/completions HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (chat_server_get_request (fixture->server, 0), "Authorization: Bearer " CANARY "\r\n"));
  body = chat_server_dup_body (fixture->server, 0);
  g_assert_true (cs_json_get_boolean (body, "stream", FALSE));
}

/* An answer that is kept to JSON is not streamed: Groq excludes that. */
static void
test_schema (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (CsChat) chat = chat_fixture_new_chat (MODEL, SCHEMA);
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autoptr (JsonObject) body = NULL;

  chat_server_add_json (fixture->server, 200, WHOLE);
  answer = chat_fixture_ask (fixture, chat);
  g_assert_no_error (answer->error);
  g_assert_cmpstr (answer->text, ==, "{\"prompt\":\"a boat\"}");
  g_assert_cmpstr (fixture->shown->str, ==, "[{\"prompt\":\"a boat\"}]");
  g_assert_cmpint (answer->input_tokens, ==, 5);
  body = chat_server_dup_body (fixture->server, 0);
  g_assert_false (cs_json_get_boolean (body, "stream", TRUE));
  g_assert_cmpstr (cs_json_get_string (cs_json_get_object (body, "response_format"), "type", NULL), ==, "json_schema");
}

static void
test_schema_refused (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (CsChat) chat = chat_fixture_new_chat (MODEL, SCHEMA);
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autoptr (JsonObject) body = NULL;

  chat_server_add_json (fixture->server, 400, NO_FORMAT);
  chat_server_add_json (fixture->server, 200, WHOLE);
  answer = chat_fixture_ask (fixture, chat);
  g_assert_no_error (answer->error);
  g_assert_cmpuint (fixture->server->requests->len, ==, 2);
  body = chat_server_dup_body (fixture->server, 1);
  g_assert_cmpstr (cs_json_get_string (cs_json_get_object (body, "response_format"), "type", NULL), ==, "json_object");
  g_assert_nonnull (strstr (chat_server_get_request (fixture->server, 1), "JSON"));
}

/* Once, and not again; and for no other reason. */
static void
test_schema_refused_twice (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (CsChat) chat = chat_fixture_new_chat (MODEL, SCHEMA);
  g_autoptr (CsChatAnswer) twice = NULL;
  g_autoptr (CsChatAnswer) other = NULL;

  chat_server_add_json (fixture->server, 400, NO_FORMAT);
  chat_server_add_json (fixture->server, 400, NO_FORMAT);
  twice = chat_fixture_ask (fixture, chat);
  g_assert_error (twice->error, CS_ERROR, CS_ERROR_PROVIDER_REFUSED);
  g_assert_cmpuint (fixture->server->requests->len, ==, 2);

  chat_server_add_json (fixture->server, 400, "{\"error\":{\"message\":\"The model has been decommissioned\"}}");
  other = chat_fixture_ask (fixture, chat);
  g_assert_error (other->error, CS_ERROR, CS_ERROR_PROVIDER_REFUSED);
  g_assert_nonnull (strstr (other->error->message, "choose another"));
  g_assert_cmpuint (fixture->server->requests->len, ==, 3);
}

typedef struct
{
  const char *name;
  guint status;
  const char *type;
  ChatEnd end;
  const char *pieces[4];
  int code; /* -1: none */
  const char *text;
} Fault;

static const Fault faults[] = {
  { "cut before a word", 200, SSE, CHAT_END_CUT, { ": hello\n\n" }, CS_ERROR_BAD_RESPONSE, NULL },
  { "cut after a word", 200, SSE, CHAT_END_CUT, { PIECE ("half") }, CS_ERROR_BAD_RESPONSE, "half" },
  { "cut in a line", 200, SSE, CHAT_END_CUT, { PIECE ("half"), "data: {\"choi" }, CS_ERROR_BAD_RESPONSE, "half" },
  { "cut after the end", 200, SSE, CHAT_END_CUT, { PIECE ("all") STOP }, -1, "all" },
  { "ends without an end", 200, SSE, CHAT_END_WHOLE, { PIECE ("half") }, CS_ERROR_BAD_RESPONSE, "half" },
  { "no body", 200, SSE, CHAT_END_WHOLE, { NULL }, CS_ERROR_BAD_RESPONSE, NULL },
  { "a page", 200, "text/html", CHAT_END_WHOLE, { "<html>login</html>" }, CS_ERROR_BAD_RESPONSE, NULL },
  { "error in the middle", 200, SSE, CHAT_END_WHOLE, { PIECE ("half"), "data: {\"error\":{\"message\":\"over capacity " CANARY "\"}}\n\n" },
    CS_ERROR_BAD_RESPONSE, "half" },
  { "silent after the error", 200, SSE, CHAT_END_SILENT, { PIECE ("half"), "data: {\"x_groq\":{\"error\":\"no\"}}\n\n" },
    CS_ERROR_BAD_RESPONSE, "half" },
  { "silent after the end", 200, SSE, CHAT_END_SILENT, { PIECE ("all"), DONE }, -1, "all" },
  { "a document instead of a stream", 200, "application/json", CHAT_END_WHOLE,
    { " \n", "{\"choices\":[{\"message\":{\"con", "tent\":\"all\"}}]}" }, -1, "all" },
  { "half a document", 200, "application/json", CHAT_END_WHOLE, { "{\"choices\":[{\"message\":" }, CS_ERROR_BAD_RESPONSE, NULL },
  { "an error as a document", 200, "application/json", CHAT_END_WHOLE, { "{\"error\":\"no\"}" }, CS_ERROR_BAD_RESPONSE, NULL },
  { "bad key", 401, "application/json", CHAT_END_WHOLE, { "{\"error\":{\"message\":\"Invalid API Key " CANARY "\"}}" },
    CS_ERROR_NO_KEY, NULL },
  { "bad region", 403, "application/json", CHAT_END_WHOLE, { "{\"error\":{\"message\":\"Access denied\"}}" },
    CS_ERROR_PROVIDER_REFUSED, NULL },
  { "unknown model", 404, "application/json", CHAT_END_WHOLE, { "{\"error\":{\"message\":\"The model `x` does not exist\"}}" },
    CS_ERROR_PROVIDER_REFUSED, NULL },
  { "too much", 413, "application/json", CHAT_END_WHOLE, { "{\"error\":{\"message\":\"TPM\"}}" }, CS_ERROR_TOO_LARGE, NULL },
  { "too often", 429, "application/json", CHAT_END_WHOLE, { "{\"error\":{\"message\":\"try again in 3.75s\"}}" },
    CS_ERROR_RATE_LIMITED, NULL },
  { "no capacity", 498, "application/json", CHAT_END_WHOLE, { "{}" }, CS_ERROR_UNAVAILABLE, NULL },
  { "trouble", 500, "text/html", CHAT_END_WHOLE, { "<html>" }, CS_ERROR_UNAVAILABLE, NULL },
  { "trouble, cut", 503, "application/json", CHAT_END_CUT, { "{\"error\":" }, CS_ERROR_UNAVAILABLE, NULL },
  { "elsewhere", 302, "text/html", CHAT_END_WHOLE, { "x" }, CS_ERROR_BAD_RESPONSE, NULL },
};

static void
test_faults (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (CsChat) chat = chat_fixture_new_chat (MODEL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (CsChatAnswer) answer = NULL;

      g_test_message ("%s", faults[i].name);
      chat_server_add (fixture->server, faults[i].status, faults[i].type, faults[i].end, 0, faults[i].pieces);
      answer = chat_fixture_ask (fixture, chat);
      g_assert_cmpstr (answer->text, ==, faults[i].text);
      g_assert_true (answer->was_sent);
      if (faults[i].code < 0)
        g_assert_no_error (answer->error);
      else
        g_assert_error (answer->error, CS_ERROR, faults[i].code);
      if (faults[i].status == 429)
        g_assert_cmpint (answer->retry_after, ==, 3750 * 1000);
      g_assert_cmpuint (fixture->server->requests->len, ==, i + 1);
    }
}

/* A line, and a document, that never end. */
static void
test_huge (ChatFixture *fixture, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (64 * 1024, 'x');
  g_autoptr (CsChat) chat = chat_fixture_new_chat (MODEL, NULL);
  static const char *const beginnings[] = { "data: {\"choices\":\"", "{\"choices\":\"" };

  for (guint n = 0; n < G_N_ELEMENTS (beginnings); n++)
    {
      g_autoptr (GPtrArray) pieces = g_ptr_array_new ();
      g_autoptr (CsChatAnswer) answer = NULL;

      g_ptr_array_add (pieces, (gpointer) beginnings[n]);
      for (guint i = 0; i < 600; i++)
        g_ptr_array_add (pieces, filler);
      g_ptr_array_add (pieces, NULL);
      chat_server_add (fixture->server, 200, SSE, CHAT_END_SILENT, 0, (const char *const *) pieces->pdata);
      answer = chat_fixture_ask (fixture, chat);
      g_assert_true (g_error_matches (answer->error, CS_ERROR, CS_ERROR_BAD_RESPONSE)
                     || g_error_matches (answer->error, CS_ERROR, CS_ERROR_TOO_LARGE));
    }
}

/* Each phase has its own patience, and only words count as a sign of life. */
static void
test_patience (ChatFixture *fixture, gconstpointer data)
{
  static const char *const nothing[] = { NULL };
  static const char *const word[] = { PIECE ("word"), NULL };
  static const char *const beat[] = { ": alive\n\n" THOUGHT, ": alive\n\n" THOUGHT, ": alive\n\n" THOUGHT, ": alive\n\n" THOUGHT,
                                      ": alive\n\n" THOUGHT, ": alive\n\n" THOUGHT, ": alive\n\n" THOUGHT, ": alive\n\n" THOUGHT,
                                      ": alive\n\n" THOUGHT, ": alive\n\n" THOUGHT, ": alive\n\n" THOUGHT, NULL };
  static const char *const words[] = { PIECE ("a"), PIECE ("b"), PIECE ("c"), PIECE ("d"), PIECE ("e"), PIECE ("f"), PIECE ("g"),
                                       PIECE ("h"), PIECE ("i"), PIECE ("j"), PIECE ("k"), PIECE ("l"), PIECE ("m"), NULL };
  static const struct
  {
    const char *const *pieces; /* NULL: not even a head */
    gint64 first, idle, total;
    gboolean has_text;
    CsError code;
  } cases[] = {
    { NULL, SHORT, MINUTE, MINUTE, FALSE, CS_ERROR_UNAVAILABLE },
    { nothing, SHORT, MINUTE, MINUTE, FALSE, CS_ERROR_UNAVAILABLE },
    { beat, 2 * SHORT, MINUTE, MINUTE, FALSE, CS_ERROR_UNAVAILABLE },
    { word, MINUTE, SHORT, MINUTE, TRUE, CS_ERROR_UNAVAILABLE },
    { words, MINUTE, MINUTE, 2 * SHORT, TRUE, CS_ERROR_UNAVAILABLE },
    { NULL, MINUTE, MINUTE, SHORT, FALSE, CS_ERROR_OFFLINE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsChat) chat = chat_fixture_new_chat (MODEL, NULL);
      g_autoptr (CsChatAnswer) answer = NULL;

      chat->first_timeout = cases[i].first;
      chat->idle_timeout = cases[i].idle;
      chat->total_timeout = cases[i].total;
      if (cases[i].pieces != NULL)
        chat_server_add (fixture->server, 200, SSE, CHAT_END_SILENT, 60, cases[i].pieces);
      answer = chat_fixture_ask (fixture, chat);
      g_test_message ("case %u: %s", i, answer->error->message);
      g_assert_error (answer->error, CS_ERROR, (int) cases[i].code);
      g_assert_true (answer->was_sent);
      g_assert_cmpint (answer->text != NULL, ==, cases[i].has_text);
    }
}

/* Slow but steady is no fault: words keep coming within the patience between two of them. */
static void
test_slow (ChatFixture *fixture, gconstpointer data)
{
  static const char *const pieces[] = { PIECE ("a"), PIECE ("b"), PIECE ("c"), PIECE ("d"), PIECE ("e"), PIECE ("f"), STOP, NULL };
  g_autoptr (CsChat) chat = chat_fixture_new_chat (MODEL, NULL);
  g_autoptr (CsChatAnswer) answer = NULL;

  chat->first_timeout = 4 * SHORT;
  chat->idle_timeout = 4 * SHORT;
  chat_server_add (fixture->server, 200, SSE, CHAT_END_WHOLE, SHORT / 1000, pieces);
  answer = chat_fixture_ask (fixture, chat);
  g_assert_no_error (answer->error);
  g_assert_cmpstr (answer->text, ==, "abcdef");
}

static void
test_nobody (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (CsChat) chat = chat_fixture_new_chat (MODEL, NULL);
  g_autoptr (CsChatAnswer) answer = NULL;

  chat_server_close (fixture->server);
  answer = chat_fixture_ask (fixture, chat);
  g_assert_error (answer->error, CS_ERROR, CS_ERROR_OFFLINE);
  g_assert_false (answer->was_sent);
  g_assert_null (answer->text);
}

static gboolean
has_left (gpointer user_data)
{
  return ((ChatServer *) user_data)->n_left == 1;
}

static void
test_cancel (ChatFixture *fixture, gconstpointer data)
{
  static const char *const pieces[] = { PIECE ("half"), NULL };
  g_autoptr (CsChat) chat = chat_fixture_new_chat (MODEL, NULL);
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autoptr (CsChatAnswer) before = NULL;

  chat_server_add (fixture->server, 200, SSE, CHAT_END_SILENT, 0, pieces);
  fixture->cancellable = g_cancellable_new ();
  answer = chat_fixture_ask (fixture, chat);
  g_assert_error (answer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (answer->text, ==, "half");
  g_assert_true (answer->was_sent);
  g_assert_true (cs_test_wait (has_left, fixture->server));

  before = chat_fixture_ask (fixture, chat);
  g_assert_error (before->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (before->was_sent);
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
}

static void
test_no_key (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (CsKeys) keys = cs_keys_new (NULL);
  g_autoptr (CsChat) chat = chat_fixture_new_chat (MODEL, NULL);
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autoptr (CsKeyCheck) check = NULL;
  g_autofree char *why_not = NULL;
  CsProviderContext *context = cs_provider_context_new (fixture->context->http, keys, fixture->context->models);

  g_assert_true (cs_provider_is_available (fixture->provider, "groq/gpt-oss-120b", &why_not));
  g_assert_null (why_not);
  g_clear_object (&fixture->provider);
  cs_provider_context_unref (fixture->context);
  fixture->context = context;
  fixture->provider = cs_groq_provider_new (context);
  g_assert_false (cs_provider_is_available (fixture->provider, "groq/gpt-oss-120b", &why_not));
  g_assert_nonnull (strstr (why_not, "GROQ_API_KEY"));
  answer = chat_fixture_ask (fixture, chat);
  g_assert_error (answer->error, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_false (answer->was_sent);
  check = chat_fixture_check (fixture);
  g_assert_cmpstr (check->code, ==, "no_key");
  g_assert_cmpuint (fixture->server->requests->len, ==, 0);
}

/* An address that is nonsense is said, and no key goes anywhere. */
static void
test_bad_base (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (CsChat) chat = chat_fixture_new_chat (MODEL, NULL);
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autofree char *why_not = NULL;

  g_setenv ("GROQ_BASE_URL", "http://example.com", TRUE);
  g_clear_object (&fixture->provider);
  fixture->provider = cs_groq_provider_new (fixture->context);
  g_assert_false (cs_provider_is_available (fixture->provider, "groq/gpt-oss-120b", &why_not));
  g_assert_nonnull (strstr (why_not, "GROQ_BASE_URL"));
  answer = chat_fixture_ask (fixture, chat);
  g_assert_error (answer->error, CS_ERROR, CS_ERROR_UNAVAILABLE);
}

static void
test_check (ChatFixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *code;
    const char *words; /* (nullable) */
  } cases[] = {
    { 200, "{\"data\":[7,{\"id\":null},{\"id\":\"whisper\"},{\"id\":\"openai/gpt-oss-120b\"}]}", "ok", "is good." },
    { 200, "{\"data\":[{\"id\":\"openai/gpt-oss-20b\"}]}", "ok", "openai/gpt-oss-120b" },
    { 200, "{\"data\":[]}", "ok", "any more" },
    { 200, "{\"data\":{}}", "bad_response", NULL },
    { 200, "[]", "bad_response", NULL },
    { 200, "<html>", "bad_response", NULL },
    { 401, "{\"error\":{\"message\":\"Invalid API Key " CANARY "\"}}", "unauthorized", NULL },
    { 403, "{\"error\":{\"message\":\"Access denied\"}}", "no_permission", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsKeyCheck) check = NULL;

      chat_server_add_json (fixture->server, cases[i].status, cases[i].body);
      check = chat_fixture_check (fixture);
      g_assert_cmpstr (check->code, ==, cases[i].code);
      if (cases[i].words != NULL)
        g_assert_nonnull (strstr (check->message, cases[i].words));
      g_assert_true (g_str_has_prefix (chat_server_get_request (fixture->server, i), "GET /prefix/openai/v1/models HTTP/1.1\r\n"));
    }
}

static void
test_as_provider (ChatFixture *fixture, gconstpointer data)
{
  const CsModel *model = cs_provider_context_get_model (fixture->context, "groq/gpt-oss-120b");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (cs_provider_get_id (fixture->provider), ==, "groq");
  g_assert_cmpstr (cs_provider_get_name (fixture->provider), ==, "Groq");
  g_assert_false (cs_provider_is_local (fixture->provider));
  g_assert_cmpstr (cs_text_provider_get_remote (CS_TEXT_PROVIDER (fixture->provider), model), ==, MODEL);
  cs_text_provider_look_async (CS_TEXT_PROVIDER (fixture->provider), NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_true (cs_text_provider_look_finish (CS_TEXT_PROVIDER (fixture->provider), result, &error));
  chat_fixture_assert_no_media (fixture);
}

#define add(path, func) g_test_add (path, ChatFixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/groq/stream", test_stream);
  add ("/groq/schema", test_schema);
  add ("/groq/schema-refused", test_schema_refused);
  add ("/groq/schema-refused-twice", test_schema_refused_twice);
  add ("/promise-5/groq/faults", test_faults);
  add ("/groq/huge", test_huge);
  add ("/groq/patience", test_patience);
  add ("/groq/slow", test_slow);
  add ("/groq/nobody", test_nobody);
  add ("/groq/cancel", test_cancel);
  add ("/groq/no-key", test_no_key);
  add ("/groq/bad-base", test_bad_base);
  add ("/groq/check", test_check);
  add ("/groq/as-provider", test_as_provider);
  return g_test_run ();
}
