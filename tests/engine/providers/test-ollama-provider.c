/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ollama on the wire: who is there, chats, loading, pulls. */
#include "config.h"
#include "providers/ollama/cs-ollama-provider.h"

#include "chat-fixture.h"

#define NDJSON "application/x-ndjson"
#define WORD(text) "{\"model\":\"qwen3:4b\",\"message\":{\"role\":\"assistant\",\"content\":\"" text "\"},\"done\":false}\n"
#define END "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":26,\"eval_count\":298}\n"
#define TAGS(name) "{\"models\":[{\"name\":\"" name "\",\"size\":2620788260,\"details\":{\"parameter_size\":\"4.0B\"}}]}"

static void
set_up (ChatFixture *fixture, gconstpointer data)
{
  g_autofree char *host = NULL;

  fixture->server = chat_server_new ();
  host = g_strdup_printf ("127.0.0.1:%u", fixture->server->port);
  g_setenv ("OLLAMA_HOST", host, TRUE);
  chat_fixture_set_up (fixture, cs_ollama_provider_new);
}

static void
tear_down (ChatFixture *fixture, gconstpointer data)
{
  chat_fixture_tear_down (fixture);
  g_unsetenv ("OLLAMA_HOST");
}

static void
make_again (ChatFixture *fixture, const char *host)
{
  g_setenv ("OLLAMA_HOST", host, TRUE);
  g_clear_object (&fixture->provider);
  fixture->provider = cs_ollama_provider_new (fixture->context);
}

static void
look (ChatFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_text_provider_look_async (CS_TEXT_PROVIDER (fixture->provider), NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_true (cs_text_provider_look_finish (CS_TEXT_PROVIDER (fixture->provider), result, &error));
  g_assert_no_error (error);
}

/* NULL: it can be used. */
static char *
dup_why_not (ChatFixture *fixture)
{
  char *why_not = NULL;
  gboolean is_available = cs_provider_is_available (fixture->provider, "ollama/qwen", &why_not);

  g_assert_cmpint (is_available, ==, why_not == NULL);
  g_assert_cmpint (is_available, ==, cs_provider_is_available (fixture->provider, "ollama/qwen", NULL));
  return why_not;
}

static const char *
get_remote (ChatFixture *fixture)
{
  return cs_text_provider_get_remote (CS_TEXT_PROVIDER (fixture->provider),
                                      cs_provider_context_get_model (fixture->context, "ollama/qwen"));
}

/* Who is there */

static void
test_look (ChatFixture *fixture, gconstpointer data)
{
  g_autofree char *before = dup_why_not (fixture);
  g_autofree char *after = NULL;

  g_assert_null (before);
  g_assert_cmpstr (get_remote (fixture), ==, "qwen2.5:7b");
  chat_server_add_json (fixture->server, 200, TAGS ("qwen3:4b"));
  look (fixture);
  look (fixture);
  after = dup_why_not (fixture);
  g_assert_null (after);
  g_assert_cmpstr (get_remote (fixture), ==, "qwen3:4b");
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
  g_assert_true (g_str_has_prefix (chat_server_get_request (fixture->server, 0), "GET /api/tags HTTP/1.1\r\n"));
  g_assert_null (strstr (chat_server_get_request (fixture->server, 0), "Authorization"));
}

/* What the row asks for is taken where it is installed, also where something newer is. */
static void
test_look_preferred (ChatFixture *fixture, gconstpointer data)
{
  chat_server_add_json (fixture->server, 200, "{\"models\":[{\"name\":\"qwen3:8b\"},{\"name\":\"qwen2.5:7b\"}]}");
  look (fixture);
  g_assert_cmpstr (get_remote (fixture), ==, "qwen2.5:7b");
}

static void
test_look_in_vain (ChatFixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *words;
  } cases[] = {
    { 200, "{\"models\":[]}", "ollama pull qwen2.5:7b" },
    { 200, TAGS ("llama3.2:3b"), "ollama pull qwen2.5:7b" },
    { 200, "Ollama is running", "cannot be read" },
    { 404, "<html>", "404" },
    { 500, "{\"error\":\"trouble\"}", "trouble" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsKeyCheck) check = NULL;
      g_autofree char *why_not = NULL;

      chat_server_add_json (fixture->server, cases[i].status, cases[i].body);
      check = chat_fixture_check (fixture); /* it forgets what was found before */
      g_assert_cmpstr (check->code, ==, "unavailable");
      why_not = dup_why_not (fixture);
      g_assert_nonnull (strstr (why_not, cases[i].words));
      g_assert_cmpstr (why_not, ==, check->message);
      look (fixture);
      g_assert_cmpuint (fixture->server->requests->len, ==, i + 1);
      g_assert_cmpstr (get_remote (fixture), ==, "qwen2.5:7b");
    }
}

static void
test_look_nobody (ChatFixture *fixture, gconstpointer data)
{
  g_autofree char *why_not = NULL;

  chat_server_close (fixture->server);
  look (fixture);
  why_not = dup_why_not (fixture);
  g_assert_nonnull (strstr (why_not, "not running"));
}

static void
test_look_cancelled (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *why_not = NULL;

  cs_text_provider_look_async (CS_TEXT_PROVIDER (fixture->provider), cancellable, cs_test_keep_result, &result);
  g_cancellable_cancel (cancellable);
  cs_test_wait_result (&result);
  g_assert_false (cs_text_provider_look_finish (CS_TEXT_PROVIDER (fixture->provider), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  why_not = dup_why_not (fixture);
  g_assert_null (why_not);
}

static void
test_nonsense (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (CsChat) chat = chat_fixture_new_chat ("qwen3:4b", NULL);
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autoptr (CsKeyCheck) check = NULL;
  g_autofree char *why_not = NULL;

  make_again (fixture, "ftp://box");
  look (fixture);
  why_not = dup_why_not (fixture);
  g_assert_nonnull (strstr (why_not, "OLLAMA_HOST"));
  answer = chat_fixture_ask (fixture, chat);
  g_assert_error (answer->error, CS_ERROR, CS_ERROR_UNAVAILABLE);
  check = chat_fixture_check (fixture);
  g_assert_cmpstr (check->message, ==, why_not);
  g_assert_null (cs_ollama_provider_get_base (CS_OLLAMA_PROVIDER (fixture->provider)));
  g_assert_cmpuint (fixture->server->requests->len, ==, 0);
}

static void
test_unencrypted (ChatFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *host;
    gboolean is_unencrypted;
  } cases[] = { { "0.0.0.0", FALSE }, { "192.168.1.20", TRUE }, { "box", TRUE }, { "https://box", FALSE }, { "ftp://x", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      make_again (fixture, cases[i].host);
      g_assert_cmpint (cs_ollama_provider_is_unencrypted (CS_OLLAMA_PROVIDER (fixture->provider)), ==, cases[i].is_unencrypted);
    }
}

/* Chat */

static void
test_chat (ChatFixture *fixture, gconstpointer data)
{
  static const char *const pieces[] = { WORD ("<think>\\n</think>Hel"), "{\"message\":{\"content\":\"lo\"", "}}\n\n", END, NULL };
  g_autoptr (CsChat) chat = chat_fixture_new_chat ("qwen3:4b", "{\"type\":\"object\"}");
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autoptr (JsonObject) body = NULL;

  chat_server_add (fixture->server, 200, NDJSON, CHAT_END_WHOLE, 1, pieces);
  answer = chat_fixture_ask (fixture, chat);
  g_assert_no_error (answer->error);
  g_assert_cmpstr (answer->text, ==, "Hello");
  g_assert_cmpstr (fixture->shown->str, ==, "[Hel][lo]");
  g_assert_cmpint (answer->output_tokens, ==, 298);
  g_assert_true (answer->was_sent);
  g_assert_true (g_str_has_prefix (chat_server_get_request (fixture->server, 0), "POST /api/chat HTTP/1.1\r\n"));
  body = chat_server_dup_body (fixture->server, 0);
  g_assert_nonnull (cs_json_get_object (body, "format"));
}

typedef struct
{
  const char *name;
  guint status;
  ChatEnd end;
  const char *pieces[3];
  int code; /* -1: none */
  const char *text;
} Fault;

static const Fault faults[] = {
  { "cut before a word", 200, CHAT_END_CUT, { NULL }, CS_ERROR_BAD_RESPONSE, NULL },
  { "cut after a word", 200, CHAT_END_CUT, { WORD ("half") }, CS_ERROR_BAD_RESPONSE, "half" },
  { "cut in a line", 200, CHAT_END_CUT, { WORD ("half"), "{\"mess" }, CS_ERROR_BAD_RESPONSE, "half" },
  { "ends without an end", 200, CHAT_END_WHOLE, { WORD ("half") }, CS_ERROR_BAD_RESPONSE, "half" },
  { "ends without a line feed", 200, CHAT_END_WHOLE, { WORD ("all"), "{\"done\":true}" }, -1, "all" },
  { "silent after the end", 200, CHAT_END_SILENT, { WORD ("all"), END }, -1, "all" },
  { "no body", 200, CHAT_END_WHOLE, { NULL }, CS_ERROR_BAD_RESPONSE, NULL },
  { "error in the middle", 200, CHAT_END_SILENT, { WORD ("half"), "{\"error\":\"an error was encountered\"}\n" },
    CS_ERROR_UNAVAILABLE, "half" },
  { "a page", 200, CHAT_END_WHOLE, { "<html>" }, CS_ERROR_BAD_RESPONSE, NULL },
  { "no memory", 500, CHAT_END_WHOLE, { "{\"error\":\"model requires more system memory\"}" }, CS_ERROR_UNAVAILABLE, NULL },
  { "busy", 503, CHAT_END_WHOLE, { "{\"error\":\"server busy\"}" }, CS_ERROR_UNAVAILABLE, NULL },
  { "bad option", 400, CHAT_END_WHOLE, { "{\"error\":\"invalid options\"}" }, CS_ERROR_PROVIDER_REFUSED, NULL },
  { "cloud", 401, CHAT_END_WHOLE, { "{\"error\":\"unauthorized\"}" }, CS_ERROR_PROVIDER_REFUSED, NULL },
};

static void
test_faults (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (CsChat) chat = chat_fixture_new_chat ("qwen3:4b", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (CsChatAnswer) answer = NULL;

      g_test_message ("%s", faults[i].name);
      chat_server_add (fixture->server, faults[i].status, NDJSON, faults[i].end, 0, faults[i].pieces);
      answer = chat_fixture_ask (fixture, chat);
      g_assert_cmpstr (answer->text, ==, faults[i].text);
      g_assert_true (answer->was_sent);
      if (faults[i].code < 0)
        g_assert_no_error (answer->error);
      else
        g_assert_error (answer->error, CS_ERROR, faults[i].code);
    }
}

/* What is gone is looked for again. */
static void
test_chat_gone (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (CsChat) chat = chat_fixture_new_chat ("qwen3:4b", NULL);
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autofree char *why_not = NULL;

  chat_server_add_json (fixture->server, 200, TAGS ("qwen3:4b"));
  look (fixture);
  chat_server_add_json (fixture->server, 404, "{\"error\":\"model 'qwen3:4b' not found\"}");
  answer = chat_fixture_ask (fixture, chat);
  g_assert_error (answer->error, CS_ERROR, CS_ERROR_PROVIDER_REFUSED);
  g_assert_nonnull (strstr (answer->error->message, "ollama pull qwen3:4b"));
  chat_server_add_json (fixture->server, 200, "{\"models\":[]}");
  look (fixture);
  g_assert_cmpuint (fixture->server->requests->len, ==, 3);
  why_not = dup_why_not (fixture);
  g_assert_nonnull (why_not);
}

static void
test_chat_nobody (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (CsChat) chat = chat_fixture_new_chat ("qwen3:4b", NULL);
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autofree char *why_not = NULL;

  chat_server_close (fixture->server);
  answer = chat_fixture_ask (fixture, chat);
  g_assert_error (answer->error, CS_ERROR, CS_ERROR_UNAVAILABLE);
  g_assert_false (answer->was_sent);
  why_not = dup_why_not (fixture);
  g_assert_cmpstr (why_not, ==, answer->error->message);
}

static void
test_chat_patience (ChatFixture *fixture, gconstpointer data)
{
  static const char *const thoughts[] = { WORD ("<think>"), WORD ("a"), WORD ("a"), WORD ("a"), WORD ("a"), WORD ("a"), WORD ("a"),
                                          WORD ("a"), WORD ("a"), WORD ("a"), WORD ("a"), WORD ("a"), NULL };
  static const char *const word[] = { WORD ("word"), NULL };
  g_autoptr (CsChat) first = chat_fixture_new_chat ("qwen3:4b", NULL);
  g_autoptr (CsChat) idle = chat_fixture_new_chat ("qwen3:4b", NULL);
  g_autoptr (CsChatAnswer) thinking = NULL;
  g_autoptr (CsChatAnswer) stalled = NULL;

  first->first_timeout = 2 * SHORT;
  chat_server_add (fixture->server, 200, NDJSON, CHAT_END_SILENT, 60, thoughts);
  thinking = chat_fixture_ask (fixture, first);
  g_assert_error (thinking->error, CS_ERROR, CS_ERROR_UNAVAILABLE);
  g_assert_null (thinking->text);

  idle->idle_timeout = SHORT;
  chat_server_add (fixture->server, 200, NDJSON, CHAT_END_SILENT, 0, word);
  stalled = chat_fixture_ask (fixture, idle);
  g_assert_error (stalled->error, CS_ERROR, CS_ERROR_UNAVAILABLE);
  g_assert_cmpstr (stalled->text, ==, "word");
}

static gboolean
has_left (gpointer user_data)
{
  return ((ChatServer *) user_data)->n_left == 1;
}

/* The model stops as the client leaves: it would go on burning the processor. */
static void
test_chat_cancel (ChatFixture *fixture, gconstpointer data)
{
  static const char *const pieces[] = { WORD ("half"), NULL };
  g_autoptr (CsChat) chat = chat_fixture_new_chat ("qwen3:4b", NULL);
  g_autoptr (CsChatAnswer) answer = NULL;

  chat_server_add (fixture->server, 200, NDJSON, CHAT_END_SILENT, 0, pieces);
  fixture->cancellable = g_cancellable_new ();
  answer = chat_fixture_ask (fixture, chat);
  g_assert_error (answer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (answer->text, ==, "half");
  g_assert_true (cs_test_wait (has_left, fixture->server));
}

/* Loading */

static gboolean
preload (ChatFixture *fixture, GError **error)
{
  CsOllamaProvider *ollama = CS_OLLAMA_PROVIDER (fixture->provider);
  g_autoptr (GAsyncResult) result = NULL;

  cs_ollama_provider_preload_async (ollama, cs_provider_context_get_model (fixture->context, "ollama/qwen"), NULL,
                                    cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_ollama_provider_preload_finish (ollama, result, error);
}

static void
test_preload (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;

  chat_server_add_json (fixture->server, 200, TAGS ("qwen3:4b"));
  chat_server_add_json (fixture->server, 200, "{\"model\":\"qwen3:4b\",\"done\":true,\"done_reason\":\"load\"}");
  g_assert_true (preload (fixture, &error));
  g_assert_no_error (error);
  body = chat_server_dup_body (fixture->server, 1);
  g_assert_cmpstr (cs_json_get_string (body, "model", NULL), ==, "qwen3:4b");

  chat_server_add_json (fixture->server, 500, "{\"error\":\"no memory\"}");
  g_assert_false (preload (fixture, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNAVAILABLE);
}

static void
test_preload_nobody (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  chat_server_close (fixture->server);
  g_assert_false (preload (fixture, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNAVAILABLE);
}

/* Pulls */

typedef struct
{
  double last;
  guint n_told;
  GCancellable *cancellable; /* (nullable) cancelled by the first step */
} Progress;

static void
progress_cb (double share, gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpfloat (share, >, progress->last);
  g_assert_cmpfloat (share, <=, 1);
  progress->last = share;
  progress->n_told++;
  if (progress->cancellable != NULL)
    g_cancellable_cancel (progress->cancellable);
}

static gboolean
pull (ChatFixture *fixture, Progress *progress, GError **error)
{
  CsOllamaProvider *ollama = CS_OLLAMA_PROVIDER (fixture->provider);
  g_autoptr (GAsyncResult) result = NULL;

  cs_ollama_provider_pull_async (ollama, "qwen3:4b", progress_cb, progress, progress->cancellable, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_ollama_provider_pull_finish (ollama, result, error);
}

#define MANIFEST "{\"status\":\"pulling manifest\"}\n"
#define LAYER(digest, completed) \
  "{\"status\":\"pulling\",\"digest\":\"" digest "\",\"total\":1000,\"completed\":" completed "}\n"

static void
test_pull (ChatFixture *fixture, gconstpointer data)
{
  static const char *const pieces[]
      = { MANIFEST, LAYER ("a", "100") LAYER ("a", "100"), LAYER ("a", "1000"), LAYER ("b", "10"), LAYER ("b", "1000"),
          "{\"status\":\"verifying sha256 digest\"}\n{\"status\":\"succ", "ess\"}\n", NULL };
  Progress progress = { 0 };
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;

  chat_server_add_json (fixture->server, 200, "{\"models\":[]}");
  look (fixture);
  chat_server_add (fixture->server, 200, NDJSON, CHAT_END_WHOLE, 1, pieces);
  g_assert_true (pull (fixture, &progress, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (progress.last, ==, 1);
  g_assert_cmpuint (progress.n_told, ==, 2); /* a second layer makes the whole larger: never less than before */
  body = chat_server_dup_body (fixture->server, 1);
  g_assert_cmpstr (cs_json_get_string (body, "model", NULL), ==, "qwen3:4b");
  chat_server_add_json (fixture->server, 200, TAGS ("qwen3:4b"));
  look (fixture);
  g_assert_cmpstr (get_remote (fixture), ==, "qwen3:4b");
}

static void
test_pull_faults (ChatFixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    ChatEnd end;
    const char *pieces[3];
    CsError code;
  } cases[] = {
    { 200, CHAT_END_WHOLE, { MANIFEST, "{\"error\":\"pull model manifest: file does not exist\"}\n" }, CS_ERROR_NOT_FOUND },
    { 200, CHAT_END_SILENT, { LAYER ("a", "5"), "{\"error\":\"no space left on device\"}\n" }, CS_ERROR_UNAVAILABLE },
    { 200, CHAT_END_WHOLE, { MANIFEST LAYER ("a", "5") }, CS_ERROR_BAD_RESPONSE },
    { 200, CHAT_END_CUT, { MANIFEST LAYER ("a", "5") }, CS_ERROR_BAD_RESPONSE },
    { 200, CHAT_END_WHOLE, { NULL }, CS_ERROR_BAD_RESPONSE },
    { 200, CHAT_END_WHOLE, { "<html>" }, CS_ERROR_BAD_RESPONSE },
    { 500, CHAT_END_WHOLE, { "{\"error\":\"trouble\"}" }, CS_ERROR_UNAVAILABLE },
    { 404, CHAT_END_WHOLE, { "404 page not found" }, CS_ERROR_PROVIDER_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Progress progress = { 0 };
      g_autoptr (GError) error = NULL;

      chat_server_add (fixture->server, cases[i].status, NDJSON, cases[i].end, 0, cases[i].pieces);
      g_assert_false (pull (fixture, &progress, &error));
      g_test_message ("case %u: %s", i, error->message);
      g_assert_error (error, CS_ERROR, (int) cases[i].code);
    }
}

/* Cancelled, and asked for again: Ollama goes on from where it was, and so does what is shown. */
static void
test_pull_cancel (ChatFixture *fixture, gconstpointer data)
{
  static const char *const begun[] = { MANIFEST LAYER ("a", "400"), NULL };
  static const char *const rest[] = { MANIFEST LAYER ("a", "400"), LAYER ("a", "1000") "{\"status\":\"success\"}\n", NULL };
  Progress progress = { 0, 0, g_cancellable_new () };
  Progress again = { 0 };
  g_autoptr (GError) error = NULL;

  chat_server_add (fixture->server, 200, NDJSON, CHAT_END_SILENT, 0, begun);
  g_assert_false (pull (fixture, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (progress.last, ==, 0.4);
  g_assert_true (cs_test_wait (has_left, fixture->server));
  g_object_unref (progress.cancellable);
  g_clear_error (&error);

  chat_server_add (fixture->server, 200, NDJSON, CHAT_END_WHOLE, 0, rest);
  g_assert_true (pull (fixture, &again, &error));
  g_assert_cmpfloat (again.last, ==, 1);
}

static void
test_as_provider (ChatFixture *fixture, gconstpointer data)
{
  g_autoptr (CsKeyCheck) check = NULL;

  g_assert_cmpstr (cs_provider_get_id (fixture->provider), ==, "ollama");
  g_assert_cmpstr (cs_provider_get_name (fixture->provider), ==, "Ollama");
  g_assert_false (cs_provider_is_local (fixture->provider));
  g_assert_true (cs_provider_is_repeatable (fixture->provider));
  chat_fixture_assert_no_media (fixture);
  chat_server_add_json (fixture->server, 200, TAGS ("qwen3:4b"));
  check = chat_fixture_check (fixture);
  g_assert_cmpstr (check->code, ==, "ok");
  g_assert_nonnull (strstr (check->message, "qwen3:4b"));
}

#define add(path, func) g_test_add (path, ChatFixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/ollama/look", test_look);
  add ("/ollama/look/preferred", test_look_preferred);
  add ("/ollama/look/in-vain", test_look_in_vain);
  add ("/ollama/look/nobody", test_look_nobody);
  add ("/ollama/look/cancelled", test_look_cancelled);
  add ("/ollama/nonsense", test_nonsense);
  add ("/ollama/unencrypted", test_unencrypted);
  add ("/ollama/chat", test_chat);
  add ("/ollama/chat/faults", test_faults);
  add ("/ollama/chat/gone", test_chat_gone);
  add ("/ollama/chat/nobody", test_chat_nobody);
  add ("/ollama/chat/patience", test_chat_patience);
  add ("/ollama/chat/cancel", test_chat_cancel);
  add ("/ollama/preload", test_preload);
  add ("/ollama/preload/nobody", test_preload_nobody);
  add ("/ollama/pull", test_pull);
  add ("/ollama/pull/faults", test_pull_faults);
  add ("/ollama/pull/cancel", test_pull_cancel);
  add ("/ollama/as-provider", test_as_provider);
  return g_test_run ();
}
