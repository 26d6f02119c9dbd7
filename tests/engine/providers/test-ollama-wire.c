/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said to Ollama, and how its lines, its lists and its pulls are read; without any network. */
#include "config.h"
#include "providers/ollama/cs-ollama-wire.h"

#include "core/cs-json.h"
#include "net/cs-line-reader.h"
#include "providers/ollama/cs-ollama-models.h"
#include "providers/ollama/cs-ollama-pull.h"

#include <string.h>

/* Written */

static CsChat *
make_chat (gsize prompt, int max_tokens)
{
  CsChat *chat = cs_chat_new ();

  chat->model = g_strdup ("qwen2.5:7b");
  chat->user = g_strnfill (prompt, 'x');
  chat->max_tokens = max_tokens;
  return chat;
}

static void
test_body (void)
{
  g_autoptr (CsChat) chat = make_chat (10, 700);
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (JsonObject) preload = cs_ollama_build_preload ("qwen2.5:7b");
  JsonObject *options;

  chat->schema = cs_json_parse_object ("{\"type\":\"object\"}", 17, 100, NULL);
  chat->system = g_strdup ("You write.");
  body = cs_ollama_build_chat (chat);
  options = cs_json_get_object (body, "options");
  g_assert_cmpstr (cs_json_get_string (body, "model", NULL), ==, "qwen2.5:7b");
  g_assert_cmpuint (json_array_get_length (cs_json_get_array (body, "messages")), ==, 2);
  g_assert_true (cs_json_get_boolean (body, "stream", FALSE));
  g_assert_false (cs_json_get_boolean (body, "think", TRUE));
  g_assert_cmpstr (cs_json_get_string (cs_json_get_object (body, "format"), "type", NULL), ==, "object");
  g_assert_cmpstr (cs_json_get_string (body, "keep_alive", NULL), ==, "10m");
  g_assert_cmpint (cs_json_get_int (options, "num_ctx", 0), ==, 8192);
  g_assert_cmpint (cs_json_get_int (options, "num_predict", 0), ==, 700);

  g_assert_cmpuint (json_array_get_length (cs_json_get_array (preload, "messages")), ==, 0);
  g_assert_cmpint (cs_json_get_int (cs_json_get_object (preload, "options"), "num_ctx", 0), ==, 8192);
}

/* Usual prompts share one context, so that the model is not loaded anew; long ones get what they need. */
static void
test_context (void)
{
  static const struct
  {
    gsize prompt;
    int max_tokens;
    gint64 context;
  } cases[] = { { 1, 1, 8192 }, { 10000, 2048, 8192 }, { 10000, 4096, 16384 }, { 30000, 4096, 32768 }, { 900000, 4096, 32768 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsChat) chat = make_chat (cases[i].prompt, cases[i].max_tokens);
      g_autoptr (JsonObject) body = cs_ollama_build_chat (chat);

      g_assert_cmpint (cs_json_get_int (cs_json_get_object (body, "options"), "num_ctx", 0), ==, cases[i].context);
      g_assert_false (json_object_has_member (body, "format"));
    }
}

/* Read: chats */

static const char stream[]
    = "{\"model\":\"qwen3:4b\",\"created_at\":\"2026-11-22T10:00:00Z\",\"message\":{\"role\":\"assistant\",\"content\":\"<thi\"},"
      "\"done\":false}\n"
      "{\"message\":{\"content\":\"nk>\\n\\n</think>\\n\"},\"done\":false}\n"
      "{\"message\":{\"content\":\"\",\"thinking\":\"hmm\"},\"done\":false}\r\n"
      "\n"
      "{\"message\":{\"content\":\"Hello قا\"},\"done\":false}\n"
      "{\"message\":{\"content\":\"رب 🚤\"},\"done\":false}\n"
      "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"total_duration\":5191566416,"
      "\"prompt_eval_count\":26,\"eval_count\":298}\n";

static gboolean
chat_line_cb (const char *message, gsize length, gpointer user_data)
{
  return cs_ollama_read_line (user_data, message, length);
}

static CsChatAnswer *
read_chat (const char *text, gsize cut)
{
  g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Ollama", "asked", NULL, NULL);
  g_autoptr (CsLineReader) lines = cs_line_reader_new (CS_LINES_NDJSON, 1024 * 1024, chat_line_cb, reader);
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
      g_autoptr (CsChatAnswer) answer = read_chat (stream, cut);

      g_assert_no_error (answer->error);
      g_assert_cmpstr (answer->text, ==, "Hello قارب 🚤");
      g_assert_cmpstr (answer->model, ==, "qwen3:4b");
      g_assert_cmpint (answer->input_tokens, ==, 26);
      g_assert_cmpint (answer->output_tokens, ==, 298);
      g_assert_false (answer->is_cut);
    }
}

static void
test_stream_broken (void)
{
  gsize last = strstr (stream, "\"done\":true") - stream;

  for (gsize length = 0; length < last; length++)
    {
      g_autofree char *part = g_strndup (stream, length);
      g_autoptr (CsChatAnswer) answer = read_chat (part, length / 3);

      g_assert_error (answer->error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
      if (answer->text != NULL && strchr (answer->text, '<') == NULL)
        g_assert_true (g_str_has_prefix ("Hello قارب 🚤", answer->text));
    }
}

#define WORD "{\"message\":{\"content\":\"a\"}}\n"
#define END "{\"done\":true,\"done_reason\":\"stop\"}\n"

static void
test_stream_hostile (void)
{
  static const struct
  {
    const char *stream;
    int code; /* -1: none */
    const char *text;
    const char *words; /* in the error */
    gboolean is_cut;
  } cases[] = {
    { WORD END WORD, -1, "a", NULL, FALSE },
    { "{\"message\":{\"content\":\"a\"},\"done\":true}", -1, "a", NULL, FALSE },
    { WORD "{\"done\":true,\"done_reason\":\"length\"}", -1, "a", NULL, TRUE },
    { WORD "{\"done\":true,\"done_reason\":7,\"eval_count\":-4,\"prompt_eval_count\":\"x\"}", -1, "a", NULL, FALSE },
    { "{\"done\":true,\"done_reason\":\"load\"}", CS_ERROR_BAD_RESPONSE, NULL, "without a word", FALSE },
    { WORD "{\"error\":\"model runner has stopped\"}\n" WORD END, CS_ERROR_UNAVAILABLE, "a", "model runner has stopped", FALSE },
    { WORD "{\"error\":{\"message\":\"no\"}}", CS_ERROR_UNAVAILABLE, "a", "no", FALSE },
    { WORD "{\"error\":[]}", CS_ERROR_UNAVAILABLE, "a", NULL, FALSE },
    { "{\"error\":null}\n" WORD END, -1, "a", NULL, FALSE },
    { "{\"message\":7}\n{\"message\":{\"content\":{}}}\n{\"message\":{\"content\":null}}\n{\"done\":\"yes\"}\n{\"model\":[]}\n" WORD END,
      -1, "a", NULL, FALSE },
    { WORD "{\"done\":1}", CS_ERROR_BAD_RESPONSE, "a", NULL, FALSE },
    { WORD "data: x", CS_ERROR_BAD_RESPONSE, "a", NULL, FALSE },
    { WORD "[]", CS_ERROR_BAD_RESPONSE, "a", NULL, FALSE },
    { WORD "{\"message\":{\"content\":\"\\u0000\"}}", CS_ERROR_BAD_RESPONSE, "a", NULL, FALSE },
    { WORD "{\"eval_count\":1e999}", CS_ERROR_BAD_RESPONSE, "a", NULL, FALSE },
    { "<html>", CS_ERROR_BAD_RESPONSE, NULL, NULL, FALSE },
    { "", CS_ERROR_BAD_RESPONSE, NULL, NULL, FALSE },
    { "\n\n\n", CS_ERROR_BAD_RESPONSE, NULL, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsChatAnswer) answer = read_chat (cases[i].stream, strlen (cases[i].stream) / 2);

      g_test_message ("%s", cases[i].stream);
      g_assert_cmpstr (answer->text, ==, cases[i].text);
      g_assert_cmpint (answer->is_cut, ==, cases[i].is_cut);
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
  g_autofree char *line = g_strconcat ("{\"models\":", deep, NULL);
  g_autoptr (CsChatAnswer) answer = read_chat (line, 7);
  g_autoptr (CsOllamaPull) pull = cs_ollama_pull_new ("m");

  g_assert_error (answer->error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
  g_assert_null (cs_ollama_models_parse (line, strlen (line), NULL));
  g_assert_false (cs_ollama_pull_read_line (pull, line, strlen (line)));
  g_assert_false (cs_ollama_pull_end (pull, NULL));
}

static void
test_refusals (void)
{
  static const struct
  {
    guint status;
    const char *body;
    CsError code;
    const char *words;
  } cases[] = {
    { 404, "{\"error\":\"model 'qwen9' not found\"}", CS_ERROR_PROVIDER_REFUSED, "ollama pull qwen9" },
    { 404, "{\"error\":\"model \\\"qwen9\\\" not found, try pulling it first\"}", CS_ERROR_PROVIDER_REFUSED, "ollama pull qwen9" },
    { 404, "<html>nginx</html>", CS_ERROR_PROVIDER_REFUSED, "404" },
    { 400, "{\"error\":\"\\\"qwen9\\\" does not support chat\"}", CS_ERROR_PROVIDER_REFUSED, "does not support chat" },
    { 401, "{\"error\":\"unauthorized\",\"signin_url\":\"https://ollama.com/connect?key=x\"}", CS_ERROR_PROVIDER_REFUSED,
      "ollama signin" },
    { 500, "{\"error\":\"model requires more system memory (9.1 GiB) than is available (3.0 GiB)\"}", CS_ERROR_UNAVAILABLE,
      "more system memory" },
    { 503, "{\"error\":\"server busy, please try again.  maximum pending requests exceeded\"}", CS_ERROR_UNAVAILABLE,
      "server busy" },
    { 429, "{\"error\":\"limit\"}", CS_ERROR_RATE_LIMITED, "limit" },
    { 502, "", CS_ERROR_UNAVAILABLE, "502" },
    { 301, "", CS_ERROR_BAD_RESPONSE, "301" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsHttpAnswer) refusal = cs_http_answer_new ();
      g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Ollama", "qwen9", NULL, NULL);
      g_autoptr (CsChatAnswer) answer = NULL;

      refusal->status = cases[i].status;
      refusal->is_complete = TRUE;
      refusal->body = g_bytes_new_static (cases[i].body, strlen (cases[i].body));
      cs_ollama_read_refusal (reader, refusal);
      answer = cs_chat_reader_end (reader);
      g_test_message ("%s", answer->error->message);
      g_assert_error (answer->error, CS_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (answer->error->message, cases[i].words));
      g_assert_null (strchr (answer->error->message, '?'));
    }
}

/* Read: the list */

static GPtrArray *
parse_models (const char *rows)
{
  g_autofree char *json = g_strdup_printf ("{\"models\":[%s]}", rows);
  g_autoptr (GError) error = NULL;
  GPtrArray *models = cs_ollama_models_parse (json, strlen (json), &error);

  g_assert_no_error (error);
  return models;
}

#define ROW(name, parameters) "{\"name\":\"" name "\",\"size\":1000,\"details\":{\"parameter_size\":\"" parameters "\"}}"

static void
test_choice (void)
{
  static const struct
  {
    const char *rows;
    const char *best;
  } cases[] = {
    { "", NULL },
    { ROW ("llama3.2:3b", "3.2B") "," ROW ("deepseek-r1:7b", "7.6B"), NULL },
    { ROW ("qwen2.5:7b", "7.6B"), "qwen2.5:7b" },
    { ROW ("qwen3:4b", "4.0B") "," ROW ("qwen2.5:7b", "7.6B"), "qwen3:4b" },
    { ROW ("qwen3:4b", "4.0B") "," ROW ("qwen3:8b", "8.2B") "," ROW ("qwen3:14b", "14.8B"), "qwen3:14b" },
    { ROW ("qwen3.5:0.8b", "800M") "," ROW ("qwen2.5:7b", "7.6B"), "qwen2.5:7b" },
    { ROW ("qwen3:32b", "32.8B") "," ROW ("qwen2.5:3b", "3.09B"), "qwen2.5:3b" },
    { ROW ("qwen3:32b", "32.8B") "," ROW ("qwen3:30b", "30.5B") "," ROW ("qwen3:1.7b", "1.7B"), "qwen3:30b" },
    { ROW ("qwen3:0.6b", "751.63M") "," ROW ("qwen3:1.7b", "2.0B"), "qwen3:1.7b" },
    { ROW ("qwen3-coder:8b", "8B") "," ROW ("qwen2:7b", "7.6B"), "qwen2:7b" },
    { ROW ("qwen2.5-coder:7b", "7.6B") "," ROW ("qwen2.5vl:7b", "8.3B"), "qwen2.5vl:7b" },
    { ROW ("qwen3-embedding:4b", "4B") "," ROW ("dengcao/Qwen3-Reranker-4B:Q5", "4B") "," ROW ("qwen-image:7b", "7B"), NULL },
    { ROW ("hf.co/Qwen/Qwen2.5-7B-Instruct-GGUF:Q4_K_M", "7.6B") "," ROW ("qwen:7b", "7B"),
      "hf.co/Qwen/Qwen2.5-7B-Instruct-GGUF:Q4_K_M" },
    { "{\"name\":\"qwen3-coder:480b-cloud\",\"remote_model\":\"qwen3-coder:480b\",\"remote_host\":\"https://ollama.com:443\"}", NULL },
    { "{\"name\":\"qwen3:8b\",\"remote_host\":\"https://ollama.com\"}," ROW ("qwen2:7b", "7B"), "qwen2:7b" },
    { "{\"name\":\"qwen3:8b\",\"size\":5200000000}," ROW ("qwen3:4b", "4B"), "qwen3:8b" },
    { "{\"name\":\"qwen3:8b\"},{\"model\":\"qwen4\"}", "qwen4" },
    { "7,null,[],{},{\"name\":7},{\"name\":\"\"},{\"name\":\"qwen; rm -rf /\"},{\"name\":\"-qwen\"},"
      "{\"name\":\"qwen2\",\"details\":[],\"size\":\"big\"}", "qwen2" },
    { ROW ("qwen99999999999999999999:7b", "7B") "," ROW ("qwen2:7b", "1e400B"), "qwen2:7b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) models = parse_models (cases[i].rows);

      g_test_message ("%s", cases[i].rows);
      g_assert_cmpstr (cs_ollama_models_choose (models), ==, cases[i].best);
    }
}

static void
test_has (void)
{
  g_autoptr (GPtrArray) models
      = parse_models (ROW ("qwen2.5:7b", "7B") "," ROW ("mine:latest", "7B") "," ROW ("host:5000/x/y:latest", "7B")
                      ",{\"name\":\"far:1b\",\"remote_model\":\"far\"}");

  g_assert_true (cs_ollama_models_has (models, "qwen2.5:7b"));
  g_assert_false (cs_ollama_models_has (models, "qwen2.5"));
  g_assert_true (cs_ollama_models_has (models, "mine"));
  g_assert_true (cs_ollama_models_has (models, "host:5000/x/y"));
  g_assert_false (cs_ollama_models_has (models, "far:1b"));
  g_assert_false (cs_ollama_models_has (models, ""));
}

static void
test_bad_lists (void)
{
  static const char *const good[] = { "{\"models\":null}", "{\"models\":[]}", "{\"models\":7}" };
  static const char *const bad[] = { "", "{}", "[]", "{\"models\":[", "Ollama is running", "<html>", "{\"error\":\"x\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GPtrArray) models = cs_ollama_models_parse (good[i], strlen (good[i]), NULL);

      g_assert_cmpuint (models->len, ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (cs_ollama_models_parse (bad[i], strlen (bad[i]), &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
    }
}

/* Read: pulls */

static void
read_pull (CsOllamaPull *pull, const char *line, gboolean goes_on, double share)
{
  g_assert_cmpint (cs_ollama_pull_read_line (pull, line, strlen (line)), ==, goes_on);
  g_assert_cmpfloat_with_epsilon (cs_ollama_pull_get_share (pull), share, 0.0001);
}

static void
test_pull (void)
{
  g_autoptr (CsOllamaPull) pull = cs_ollama_pull_new ("qwen3:4b");
  g_autoptr (GError) error = NULL;

  read_pull (pull, "{\"status\":\"pulling manifest\"}", TRUE, 0);
  read_pull (pull, "{\"status\":\"pulling a\",\"digest\":\"a\",\"total\":800}", TRUE, 0);
  read_pull (pull, "{\"status\":\"pulling a\",\"digest\":\"a\",\"total\":800,\"completed\":400}", TRUE, 0.5);
  read_pull (pull, "{\"status\":\"pulling b\",\"digest\":\"b\",\"total\":200}", TRUE, 0.5);
  read_pull (pull, "{\"status\":\"pulling b\",\"digest\":\"b\",\"total\":200,\"completed\":200}", TRUE, 0.6);
  read_pull (pull, "{\"status\":\"pulling a\",\"digest\":\"a\",\"total\":800,\"completed\":9999}", TRUE, 1);
  read_pull (pull, "{\"status\":\"pulling a\",\"digest\":\"a\",\"total\":800,\"completed\":-5}", TRUE, 1);
  read_pull (pull, "{\"status\":\"verifying sha256 digest\"}", TRUE, 1);
  g_assert_false (cs_ollama_pull_is_finished (pull));
  read_pull (pull, "{\"status\":\"success\"}", FALSE, 1);
  read_pull (pull, "{\"error\":\"late\"}", FALSE, 1);
  g_assert_true (cs_ollama_pull_end (pull, &error));
  g_assert_no_error (error);
}

static void
test_pull_hostile (void)
{
  static const struct
  {
    const char *line;
    CsError code;
  } cases[] = {
    { "{\"error\":\"pull model manifest: file does not exist\"}", CS_ERROR_NOT_FOUND },
    { "{\"error\":\"no space left on device\"}", CS_ERROR_UNAVAILABLE },
    { "{\"error\":{}}", CS_ERROR_UNAVAILABLE },
    { "{\"status\":7}", CS_ERROR_BAD_RESPONSE },
    { "{\"digest\":\"a\",\"total\":0}", CS_ERROR_BAD_RESPONSE },
    { "{\"digest\":\"a\",\"total\":-1}", CS_ERROR_BAD_RESPONSE },
    { "{\"digest\":\"a\",\"total\":9223372036854775807,\"completed\":9223372036854775807}", CS_ERROR_BAD_RESPONSE },
    { "{\"digest\":7,\"total\":\"x\"}", CS_ERROR_BAD_RESPONSE },
    { "{}", CS_ERROR_BAD_RESPONSE },
    { "[]", CS_ERROR_BAD_RESPONSE },
    { "success", CS_ERROR_BAD_RESPONSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsOllamaPull) pull = cs_ollama_pull_new ("qwen3:4b");
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].line);
      cs_ollama_pull_read_line (pull, cases[i].line, strlen (cases[i].line));
      g_assert_cmpfloat (cs_ollama_pull_get_share (pull), ==, 0);
      g_assert_false (cs_ollama_pull_end (pull, &error));
      g_assert_error (error, CS_ERROR, (int) cases[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ollama-wire/body", test_body);
  g_test_add_func ("/ollama-wire/context", test_context);
  g_test_add_func ("/ollama-wire/stream/cut-anywhere", test_stream);
  g_test_add_func ("/ollama-wire/stream/broken-anywhere", test_stream_broken);
  g_test_add_func ("/ollama-wire/stream/hostile", test_stream_hostile);
  g_test_add_func ("/ollama-wire/deep", test_deep);
  g_test_add_func ("/ollama-wire/refusals", test_refusals);
  g_test_add_func ("/ollama-models/choice", test_choice);
  g_test_add_func ("/ollama-models/has", test_has);
  g_test_add_func ("/ollama-models/bad-lists", test_bad_lists);
  g_test_add_func ("/ollama-pull/lines", test_pull);
  g_test_add_func ("/ollama-pull/hostile", test_pull_hostile);
  return g_test_run ();
}
