/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chat that OpenAI began: what is written, and how everything that comes back is read. */
#include "config.h"
#include "providers/chat/cs-openai-wire.h"

#include "core/cs-json.h"
#include "core/cs-redact.h"
#include "net/cs-line-reader.h"

#include <string.h>

#define CANARY "gsk_canary5f2d9c81e7b4a603"

static gboolean
has_schema (const char *model)
{
  return g_str_has_prefix (model, "openai/");
}

static const char *const gone_words[] = { "decommissioned", "does not exist", NULL };
static const CsWireVendor vendor = { "Groq", CS_KEY_GROQ, "https://console.groq.com", NULL, gone_words };
static const CsOpenaiDialect groq = { &vendor, "max_completion_tokens", TRUE, FALSE, 8000, has_schema };
static const CsOpenaiDialect plain = { &vendor, "max_tokens", FALSE, TRUE, 0, NULL };

/* Written */

static CsChat *
make_chat (const char *model, gboolean with_schema)
{
  CsChat *chat = cs_chat_new ();

  chat->model = g_strdup (model);
  chat->system = g_strdup ("You write.");
  chat->user = g_strdup ("قارب \"at\" dawn\n");
  chat->max_tokens = 1000;
  chat->temperature = 0.25;
  if (with_schema)
    chat->schema = cs_json_parse_object ("{\"type\":\"object\",\"title\":\"a title\"}", 35, 1000, NULL);
  g_assert_true (!with_schema || chat->schema != NULL);
  return chat;
}

static const char *
get_message (JsonObject *body, guint n, const char *role)
{
  JsonArray *messages = cs_json_get_array (body, "messages");
  JsonObject *message;

  g_assert_cmpuint (json_array_get_length (messages), >, n);
  message = json_array_get_object_element (messages, n);
  g_assert_cmpstr (cs_json_get_string (message, "role", NULL), ==, role);
  return cs_json_get_string (message, "content", NULL);
}

static void
test_body_schema (void)
{
  g_autoptr (CsChat) chat = make_chat ("openai/gpt-oss-120b", TRUE);
  g_autoptr (JsonObject) body = NULL;
  JsonObject *schema;

  g_assert_cmpint (cs_openai_choose_format (&groq, chat), ==, CS_OPENAI_SCHEMA);
  g_assert_cmpint (cs_openai_choose_format (&plain, chat), ==, CS_OPENAI_OBJECT);
  body = cs_openai_build_body (&groq, chat, CS_OPENAI_SCHEMA);
  g_assert_cmpstr (cs_json_get_string (body, "model", NULL), ==, "openai/gpt-oss-120b");
  g_assert_cmpstr (get_message (body, 0, "system"), ==, "You write.");
  g_assert_cmpstr (get_message (body, 1, "user"), ==, chat->user);
  g_assert_cmpint (cs_json_get_int (body, "max_completion_tokens", 0), ==, 2000);
  g_assert_cmpfloat (cs_json_get_double (body, "temperature", 0), ==, 0.25);
  g_assert_cmpstr (cs_json_get_string (body, "reasoning_effort", NULL), ==, "low");
  g_assert_false (cs_json_get_boolean (body, "include_reasoning", TRUE));
  g_assert_false (cs_json_get_boolean (body, "stream", TRUE));
  schema = cs_json_get_object (cs_json_get_object (body, "response_format"), "json_schema");
  g_assert_true (cs_json_get_boolean (schema, "strict", FALSE));
  g_assert_cmpstr (cs_json_get_string (schema, "name", NULL), ==, "answer");
  g_assert_cmpstr (cs_json_get_string (cs_json_get_object (schema, "schema"), "title", NULL), ==, "a title");
}

/* Without the schema in the request, its words are in the prompt; and the word JSON, which servers look for. */
static void
test_body_object (void)
{
  g_autoptr (CsChat) chat = make_chat ("qwen/qwen3.6-27b", TRUE);
  g_autoptr (JsonObject) body = cs_openai_build_body (&groq, chat, CS_OPENAI_OBJECT);
  g_autoptr (JsonObject) text = cs_openai_build_body (&plain, chat, CS_OPENAI_TEXT);
  const char *told = get_message (body, 0, "system");

  g_assert_true (g_str_has_prefix (told, "You write."));
  g_assert_nonnull (strstr (told, "JSON"));
  g_assert_nonnull (strstr (told, "\"a title\""));
  g_assert_cmpstr (cs_json_get_string (cs_json_get_object (body, "response_format"), "type", NULL), ==, "json_object");
  g_assert_cmpstr (cs_json_get_string (body, "reasoning_effort", NULL), ==, "none");
  g_assert_false (json_object_has_member (body, "include_reasoning"));
  g_assert_false (cs_json_get_boolean (body, "stream", TRUE));

  g_assert_false (json_object_has_member (text, "response_format"));
  g_assert_false (json_object_has_member (text, "reasoning_effort"));
  g_assert_nonnull (strstr (get_message (text, 0, "system"), "JSON"));
  g_assert_cmpint (cs_json_get_int (text, "max_tokens", 0), ==, 2000);
  g_assert_true (cs_json_get_boolean (text, "stream", FALSE));
}

static void
test_body_text (void)
{
  g_autoptr (CsChat) chat = make_chat ("openai/gpt-oss-20b", FALSE);
  g_autoptr (JsonObject) body = NULL;

  g_clear_pointer (&chat->system, g_free);
  g_assert_cmpint (cs_openai_choose_format (&groq, chat), ==, CS_OPENAI_TEXT);
  body = cs_openai_build_body (&groq, chat, CS_OPENAI_TEXT);
  g_assert_cmpstr (get_message (body, 0, "user"), ==, chat->user);
  g_assert_false (json_object_has_member (body, "response_format"));
  g_assert_true (cs_json_get_boolean (body, "stream", FALSE));
}

/* Room to think, but not over what a server takes at once; and never less than what was asked for. */
static void
test_body_tokens (void)
{
  static const struct
  {
    int wanted;
    gsize prompt;
    int tokens;
  } cases[] = { { 1000, 30, 2000 }, { 3800, 30, 7600 }, { 4096, 30, 7790 }, { 4096, 6000, 5800 }, { 4096, 60000, 4096 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsChat) chat = make_chat ("openai/gpt-oss-120b", FALSE);
      g_autoptr (JsonObject) body = NULL;

      g_free (chat->user);
      chat->user = g_strnfill (cases[i].prompt, 'x');
      g_free (g_steal_pointer (&chat->system));
      chat->max_tokens = cases[i].wanted;
      body = cs_openai_build_body (&groq, chat, CS_OPENAI_TEXT);
      g_assert_cmpint (cs_json_get_int (body, "max_completion_tokens", 0), ==, cases[i].tokens);
    }
}

/* Read: streams */

static const char stream[]
    = ": hello\n\n"
      "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"openai/gpt-oss-120b\",\"choices\":[{\"index\":0,"
      "\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}],\"x_groq\":{\"id\":\"req_1\"}}\n\n"
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"hmm\"},\"finish_reason\":null}]}\r\n\r\n"
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"},\"finish_reason\":null}]}\n\n"
      "data: {\"choices\":[]}\n\n"
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo قارب 🚤\"},\"finish_reason\":null}]}\n\n"
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"x_groq\":{\"id\":\"req_1\",\"usage\":"
      "{\"prompt_tokens\":9,\"completion_tokens\":30,\"total_tokens\":39}}}\n\n"
      "data: [DONE]\n\n";

static void
keep_piece (const char *piece, gpointer user_data)
{
  g_string_append (user_data, piece);
}

static gboolean
message_cb (const char *message, gsize length, gpointer user_data)
{
  return cs_openai_read_event (user_data, message, length);
}

/* @text in two pieces, as a network cuts it. */
static CsChatAnswer *
read_stream (const char *text, gsize cut, GString *shown)
{
  g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Groq", "asked", shown != NULL ? keep_piece : NULL, shown);
  g_autoptr (CsLineReader) lines = cs_line_reader_new (CS_LINES_SSE, 1024 * 1024, message_cb, reader);
  gsize length = strlen (text);

  if (cs_line_reader_feed (lines, text, cut, NULL) && cs_line_reader_feed (lines, text + cut, length - cut, NULL))
    cs_line_reader_end (lines, NULL);
  return cs_chat_reader_end (reader);
}

static void
test_stream (void)
{
  for (gsize cut = 0; cut < sizeof stream; cut++)
    {
      g_autoptr (GString) shown = g_string_new (NULL);
      g_autoptr (CsChatAnswer) answer = read_stream (stream, cut, shown);

      g_assert_no_error (answer->error);
      g_assert_cmpstr (answer->text, ==, "Hello قارب 🚤");
      g_assert_cmpstr (shown->str, ==, answer->text);
      g_assert_cmpstr (answer->model, ==, "openai/gpt-oss-120b");
      g_assert_cmpint (answer->input_tokens, ==, 9);
      g_assert_cmpint (answer->output_tokens, ==, 30);
      g_assert_false (answer->is_cut);
    }
}

/* The connection may end anywhere. What was written until then is kept, and is no whole answer before it says so. */
static void
test_stream_broken (void)
{
  const char *end = strstr (stream, "\"finish_reason\":\"stop\"");

  for (gsize length = 0; length < sizeof stream; length++)
    {
      g_autofree char *part = g_strndup (stream, length);
      g_autoptr (CsChatAnswer) answer = read_stream (part, length / 2, NULL);

      if (stream + length < end)
        g_assert_error (answer->error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
      if (answer->text != NULL)
        g_assert_true (g_str_has_prefix ("Hello قارب 🚤", answer->text));
    }
}

#define EVENT(text) "data: " text "\n\n"
#define PIECE(text) EVENT ("{\"choices\":[{\"delta\":{\"content\":\"" text "\"}}]}")

static void
test_stream_hostile (void)
{
  static const struct
  {
    const char *stream;
    int code; /* -1: none */
    const char *text;
    const char *words; /* in the error */
  } cases[] = {
    { PIECE ("a") EVENT ("[DONE]"), -1, "a", NULL },
    { PIECE ("a") EVENT (" [DONE] ") PIECE ("b"), -1, "a", NULL },
    { PIECE ("a") EVENT ("{\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}"), -1, "a", NULL },
    { EVENT ("[DONE]"), CS_ERROR_BAD_RESPONSE, NULL, NULL },
    { EVENT ("{\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}"), CS_ERROR_BAD_RESPONSE, NULL, NULL },
    { PIECE ("a") EVENT ("{\"error\":{\"message\":\"over capacity\",\"code\":\"x\"}}") PIECE ("b"), CS_ERROR_BAD_RESPONSE, "a",
      "over capacity" },
    { PIECE ("a") EVENT ("{\"x_groq\":{\"error\":\"over capacity\"}}"), CS_ERROR_BAD_RESPONSE, "a", "over capacity" },
    { PIECE ("a") EVENT ("{\"x_groq\":{\"error\":{\"message\":\"no\"}}}"), CS_ERROR_BAD_RESPONSE, "a", "no" },
    { PIECE ("a") EVENT ("{\"error\":\"over capacity\"}"), CS_ERROR_BAD_RESPONSE, "a", "over capacity" },
    { PIECE ("a") EVENT ("{\"error\":[1,2]}"), CS_ERROR_BAD_RESPONSE, "a", "without saying why" },
    { EVENT ("{\"error\":null,\"x_groq\":{\"error\":null}}") PIECE ("a") EVENT ("[DONE]"), -1, "a", NULL },
    { EVENT ("{\"error\":{\"code\":\"json_validate_failed\",\"message\":\"no\",\"failed_generation\":\"{a\"}}"), -1, "{a", NULL },
    { EVENT ("{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"content_filter\"}]}"),
      CS_ERROR_PROVIDER_REFUSED, "a", NULL },
    { PIECE ("a") EVENT ("{"), CS_ERROR_BAD_RESPONSE, "a", NULL },
    { PIECE ("a") EVENT ("[]"), CS_ERROR_BAD_RESPONSE, "a", NULL },
    { PIECE ("a") EVENT ("null"), CS_ERROR_BAD_RESPONSE, "a", NULL },
    { PIECE ("a") EVENT ("<html>"), CS_ERROR_BAD_RESPONSE, "a", NULL },
    { PIECE ("a\\u0000b"), CS_ERROR_BAD_RESPONSE, NULL, NULL },
    { PIECE ("\\ud800"), CS_ERROR_BAD_RESPONSE, NULL, NULL },
    { EVENT ("{\"choices\":{}}") EVENT ("{\"choices\":[1,null,{}]}") EVENT ("{\"choices\":[{\"delta\":[]}]}")
          EVENT ("{\"choices\":[{\"delta\":{\"content\":[\"a\"]}}]}") EVENT ("{\"choices\":[{\"delta\":{\"content\":null}}]}")
              EVENT ("{\"choices\":[{\"delta\":{\"content\":7},\"finish_reason\":7}]}") EVENT ("{\"model\":7,\"usage\":[],"
                                                                                              "\"x_groq\":7}") PIECE ("a")
                  EVENT ("[DONE]"),
      -1, "a", NULL },
    { "", CS_ERROR_BAD_RESPONSE, NULL, NULL },
    { "<html><body>Bad gateway</body></html>", CS_ERROR_BAD_RESPONSE, NULL, NULL },
    { "event: ping\nid: 1\nretry: 3\n\n", CS_ERROR_BAD_RESPONSE, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsChatAnswer) answer = read_stream (cases[i].stream, strlen (cases[i].stream) / 2, NULL);

      g_test_message ("%s", cases[i].stream);
      g_assert_cmpstr (answer->text, ==, cases[i].text);
      if (cases[i].code < 0)
        g_assert_no_error (answer->error);
      else
        g_assert_error (answer->error, CS_ERROR, cases[i].code);
      if (cases[i].words != NULL)
        g_assert_nonnull (strstr (answer->error->message, cases[i].words));
    }
}

static void
test_deep (void)
{
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autofree char *event = g_strconcat ("{\"choices\":", deep, NULL);
  g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Groq", "m", NULL, NULL);
  g_autoptr (CsChatReader) whole = cs_chat_reader_new ("Groq", "m", NULL, NULL);

  g_assert_false (cs_openai_read_event (reader, event, strlen (event)));
  g_assert_true (cs_chat_reader_has_error (reader));
  g_assert_false (cs_openai_read_answer (whole, event, strlen (event)));
  g_assert_true (cs_chat_reader_has_error (whole));
}

/* Read: answers in one piece */

static void
test_answers (void)
{
  static const struct
  {
    const char *body;
    int code; /* -1: none */
    const char *text;
    gboolean is_cut;
  } cases[] = {
    { "{\"choices\":[{\"message\":{\"content\":\"{}\",\"reasoning\":\"hm\"},\"finish_reason\":\"stop\"}]}", -1, "{}", FALSE },
    { "{\"choices\":[{\"message\":{\"content\":\"{\"},\"finish_reason\":\"length\"}]}", -1, "{", TRUE },
    { "{\"choices\":[{\"message\":{\"content\":\"<think>a</think>{}\"}}]}", -1, "{}", FALSE },
    { "{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":\"length\"}]}", CS_ERROR_BAD_RESPONSE, NULL, TRUE },
    { "{\"choices\":[{\"message\":{\"content\":null}}]}", CS_ERROR_BAD_RESPONSE, NULL, FALSE },
    { "{\"choices\":[{\"message\":{\"content\":{}}}]}", CS_ERROR_BAD_RESPONSE, NULL, FALSE },
    { "{\"choices\":[{\"message\":\"a\"}]}", CS_ERROR_BAD_RESPONSE, NULL, FALSE },
    { "{\"choices\":[]}", CS_ERROR_BAD_RESPONSE, NULL, FALSE },
    { "{\"choices\":[\"a\"]}", CS_ERROR_BAD_RESPONSE, NULL, FALSE },
    { "{\"choices\":\"a\"}", CS_ERROR_BAD_RESPONSE, NULL, FALSE },
    { "{}", CS_ERROR_BAD_RESPONSE, NULL, FALSE },
    { "[]", CS_ERROR_BAD_RESPONSE, NULL, FALSE },
    { "", CS_ERROR_BAD_RESPONSE, NULL, FALSE },
    { "{\"choices\":[{\"message\":{\"content\":\"cu", CS_ERROR_BAD_RESPONSE, NULL, FALSE },
    { "<html>", CS_ERROR_BAD_RESPONSE, NULL, FALSE },
    { "{\"error\":{\"message\":\"no\"}}", CS_ERROR_BAD_RESPONSE, NULL, FALSE },
    { "{\"choices\":[{\"message\":{},\"finish_reason\":\"content_filter\"}]}", CS_ERROR_PROVIDER_REFUSED, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Groq", "asked", NULL, NULL);
      g_autoptr (CsChatAnswer) answer = NULL;

      cs_openai_read_answer (reader, cases[i].body, strlen (cases[i].body));
      answer = cs_chat_reader_end (reader);
      g_test_message ("%s", cases[i].body);
      g_assert_cmpstr (answer->text, ==, cases[i].text);
      g_assert_cmpint (answer->is_cut, ==, cases[i].is_cut);
      g_assert_cmpstr (answer->model, ==, "asked");
      if (cases[i].code < 0)
        g_assert_no_error (answer->error);
      else
        g_assert_error (answer->error, CS_ERROR, cases[i].code);
    }
}

/* Refused */

static CsHttpAnswer *
make_refusal (guint status, const char *body)
{
  CsHttpAnswer *answer = cs_http_answer_new ();

  answer->status = status;
  answer->is_complete = TRUE;
  answer->was_sent = TRUE;
  answer->body = g_bytes_new (body, strlen (body));
  return answer;
}

#define COMPLAINT(message, code) "{\"error\":{\"message\":\"" message "\",\"type\":\"t\",\"code\":\"" code "\"}}"

static void
test_refusals (void)
{
  static const struct
  {
    guint status;
    const char *body;
    CsError code;
    const char *words;
    gint64 wait; /* milliseconds */
  } cases[] = {
    { 401, COMPLAINT ("Invalid API Key", "invalid_api_key"), CS_ERROR_NO_KEY, "GROQ_API_KEY", 0 },
    { 400, COMPLAINT ("The model `old` has been decommissioned and is no longer supported.", "model_decommissioned"),
      CS_ERROR_PROVIDER_REFUSED, "choose another", 0 },
    { 404, COMPLAINT ("The model `x` does not exist or you do not have access to it.", "model_not_found"),
      CS_ERROR_PROVIDER_REFUSED, "`x`", 0 },
    { 400, COMPLAINT ("bad", "x"), CS_ERROR_PROVIDER_REFUSED, "bad", 0 },
    { 403, COMPLAINT ("Access denied. Please check your network settings.", "x"), CS_ERROR_PROVIDER_REFUSED, "network", 0 },
    { 413, COMPLAINT ("Request too large for model on tokens per minute (TPM): Limit 8000", "rate_limit_exceeded"),
      CS_ERROR_TOO_LARGE, "Shorten", 0 },
    { 400, COMPLAINT ("Please reduce the length", "context_length_exceeded"), CS_ERROR_TOO_LARGE, "Shorten", 0 },
    { 429, COMPLAINT ("Limit 8000, Used 7900. Please try again in 3.75s. Need more?", "rate_limit_exceeded"),
      CS_ERROR_RATE_LIMITED, NULL, 3750 },
    { 429, COMPLAINT ("Please try again in 2m59.56s.", "rate_limit_exceeded"), CS_ERROR_RATE_LIMITED, NULL, 179560 },
    { 429, COMPLAINT ("Please try again in 340ms", "rate_limit_exceeded"), CS_ERROR_RATE_LIMITED, NULL, 340 },
    { 429, COMPLAINT ("Please try again in a moment", "x"), CS_ERROR_RATE_LIMITED, NULL, 0 },
    { 429, COMPLAINT ("Please try again in ", "x"), CS_ERROR_RATE_LIMITED, NULL, 0 },
    { 429, "<html>", CS_ERROR_RATE_LIMITED, NULL, 0 },
    { 498, COMPLAINT ("no room", "capacity_exceeded"), CS_ERROR_UNAVAILABLE, "no room", 0 },
    { 500, COMPLAINT ("oops", "x"), CS_ERROR_UNAVAILABLE, "oops", 0 },
    { 502, "<html>Bad gateway</html>", CS_ERROR_UNAVAILABLE, "502", 0 },
    { 503, "", CS_ERROR_UNAVAILABLE, "503", 0 },
    { 301, "", CS_ERROR_BAD_RESPONSE, "301", 0 },
    { 422, "{\"error\":\"a mere sentence\"}", CS_ERROR_PROVIDER_REFUSED, "a mere sentence", 0 },
    { 400, "{\"error\":{\"message\":{\"a\":[]},\"code\":7}}", CS_ERROR_PROVIDER_REFUSED, "400", 0 },
    { 400, "[[[[", CS_ERROR_PROVIDER_REFUSED, "400", 0 },
    { 400, COMPLAINT ("Your key " CANARY " is odd", "x"), CS_ERROR_PROVIDER_REFUSED, "is odd", 0 },
    { 400, "{\"error\":{\"code\":\"json_validate_failed\",\"message\":\"Failed to generate JSON.\",\"failed_generation\":\"\"}}",
      CS_ERROR_PROVIDER_REFUSED, "Failed to generate JSON", 0 },
  };

  cs_redact_add_secret (CANARY);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsHttpAnswer) refusal = make_refusal (cases[i].status, cases[i].body);
      g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Groq", "old", NULL, NULL);
      g_autoptr (CsChatAnswer) answer = NULL;

      cs_openai_read_refusal (reader, &groq, refusal);
      answer = cs_chat_reader_end (reader);
      g_test_message ("%u %s: %s", cases[i].status, cases[i].body, answer->error->message);
      g_assert_error (answer->error, CS_ERROR, (int) cases[i].code);
      g_assert_null (answer->text);
      g_assert_null (strstr (answer->error->message, CANARY));
      g_assert_cmpint (answer->retry_after, ==, cases[i].wait * 1000);
      if (cases[i].words != NULL)
        g_assert_nonnull (strstr (answer->error->message, cases[i].words));
    }
}

/* The header outranks the sentence. */
static void
test_refusal_header (void)
{
  g_autoptr (CsHttpAnswer) refusal = make_refusal (429, COMPLAINT ("Please try again in 3.75s.", "rate_limit_exceeded"));
  g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Groq", "m", NULL, NULL);
  g_autoptr (CsChatAnswer) answer = NULL;

  refusal->retry_after = 7 * G_USEC_PER_SEC;
  cs_openai_read_refusal (reader, &groq, refusal);
  answer = cs_chat_reader_end (reader);
  g_assert_cmpint (answer->retry_after, ==, 7 * G_USEC_PER_SEC);
}

static void
test_failed_generation (void)
{
  g_autoptr (CsHttpAnswer) refusal = make_refusal (
      400, "{\"error\":{\"message\":\"max completion tokens reached before generating a valid document\","
           "\"code\":\"json_validate_failed\",\"failed_generation\":\"{\\\"prompt\\\": \\\"a bo\"}}");
  g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Groq", "m", NULL, NULL);
  g_autoptr (CsChatAnswer) answer = NULL;

  g_assert_false (cs_openai_is_about_format (refusal));
  cs_openai_read_refusal (reader, &groq, refusal);
  answer = cs_chat_reader_end (reader);
  g_assert_no_error (answer->error);
  g_assert_cmpstr (answer->text, ==, "{\"prompt\": \"a bo");
  g_assert_true (answer->is_cut);
}

static void
test_about_format (void)
{
  static const struct
  {
    guint status;
    const char *body;
    gboolean is_about;
  } cases[] = {
    { 400, COMPLAINT ("This model does not support response format `json_schema`. See our docs", "x"), TRUE },
    { 400, COMPLAINT ("'messages' must contain the word 'json' to use response_format of type 'json_object'", "x"), TRUE },
    { 422, "{\"error\":\"response_format is not supported\"}", TRUE },
    { 422, "{\"message\":\"JSON mode is not supported for this model\"}", TRUE },
    { 400, COMPLAINT ("The model `x` has been decommissioned", "model_decommissioned"), FALSE },
    { 400, COMPLAINT ("Failed to generate JSON matching json_schema", "json_validate_failed"), FALSE },
    { 401, COMPLAINT ("response_format", "x"), FALSE },
    { 500, COMPLAINT ("response_format", "x"), FALSE },
    { 400, "response_format", FALSE },
    { 400, "", FALSE },
    { 400, "{\"error\":7}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsHttpAnswer) refusal = make_refusal (cases[i].status, cases[i].body);

      g_test_message ("%s", cases[i].body);
      g_assert_cmpint (cs_openai_is_about_format (refusal), ==, cases[i].is_about);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-wire/body/schema", test_body_schema);
  g_test_add_func ("/openai-wire/body/object", test_body_object);
  g_test_add_func ("/openai-wire/body/text", test_body_text);
  g_test_add_func ("/openai-wire/body/tokens", test_body_tokens);
  g_test_add_func ("/openai-wire/stream/cut-anywhere", test_stream);
  g_test_add_func ("/openai-wire/stream/broken-anywhere", test_stream_broken);
  g_test_add_func ("/openai-wire/stream/hostile", test_stream_hostile);
  g_test_add_func ("/openai-wire/deep", test_deep);
  g_test_add_func ("/openai-wire/answers", test_answers);
  g_test_add_func ("/openai-wire/refusals", test_refusals);
  g_test_add_func ("/openai-wire/refusal-header", test_refusal_header);
  g_test_add_func ("/openai-wire/failed-generation", test_failed_generation);
  g_test_add_func ("/openai-wire/about-format", test_about_format);
  return g_test_run ();
}
