/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fault matrix of language models: every fault of the shared server, with Groq and with Ollama. */
#include "config.h"
#include "providers/cs-groq-provider.h"
#include "providers/ollama/cs-ollama-provider.h"

#include "cs-fake-server.h"
#include "cs-test.h"

#include "core/cs-error.h"
#include "core/cs-json.h"

#include <string.h>

#define CANARY "gsk_canary5f2d9c81e7b4a603"
#define TEXT "Hello قارب 🚤, and so on until the end."
#define SHORT (300 * 1000) /* microseconds; the patience where patience is what is tested */
#define NONE (-1)          /* no error: the whole text */
#define ANY (-2)           /* whatever it is, an error */

/* What each of them says to a fault. */
typedef struct
{
  const char *word;
  int groq;
  int ollama;
} Fault;

static const Fault faults[] = {
  { "ok", NONE, NONE },
  { "split", NONE, NONE },
  { "ok@50", NONE, NONE },
  { "400", CS_ERROR_PROVIDER_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { "401", CS_ERROR_NO_KEY, CS_ERROR_PROVIDER_REFUSED },
  { "402", CS_ERROR_PROVIDER_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { "403", CS_ERROR_PROVIDER_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { "404", CS_ERROR_PROVIDER_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { "409", CS_ERROR_PROVIDER_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { "410", CS_ERROR_PROVIDER_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { "413", CS_ERROR_TOO_LARGE, CS_ERROR_PROVIDER_REFUSED },
  { "422", CS_ERROR_PROVIDER_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { "429", CS_ERROR_RATE_LIMITED, CS_ERROR_RATE_LIMITED },
  { "429:2", CS_ERROR_RATE_LIMITED, CS_ERROR_RATE_LIMITED },
  { "498", CS_ERROR_UNAVAILABLE, CS_ERROR_PROVIDER_REFUSED },
  { "500", CS_ERROR_UNAVAILABLE, CS_ERROR_UNAVAILABLE },
  { "502", CS_ERROR_UNAVAILABLE, CS_ERROR_UNAVAILABLE },
  { "503html", CS_ERROR_UNAVAILABLE, CS_ERROR_UNAVAILABLE },
  { "500empty", CS_ERROR_UNAVAILABLE, CS_ERROR_UNAVAILABLE },
  { "302", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "307", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "loop", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "elsewhere", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "reset", CS_ERROR_OFFLINE, ANY },
  { "resetlate", CS_ERROR_OFFLINE, CS_ERROR_OFFLINE },
  { "lost", CS_ERROR_OFFLINE, CS_ERROR_OFFLINE },
  { "cut", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "truncated", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "empty", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "badjson", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "nested", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "huge", ANY, ANY },
  { "html", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "text", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "types", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "types:top", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "nooutput", CS_ERROR_BAD_RESPONSE, CS_ERROR_BAD_RESPONSE },
  { "midstream", CS_ERROR_BAD_RESPONSE, CS_ERROR_UNAVAILABLE },
  { "stall", CS_ERROR_UNAVAILABLE, CS_ERROR_UNAVAILABLE },
  { "silent", CS_ERROR_UNAVAILABLE, CS_ERROR_UNAVAILABLE },
  { "mute", CS_ERROR_UNAVAILABLE, CS_ERROR_UNAVAILABLE },
};

typedef struct
{
  CsFakeServer *server;
  CsProviderContext *context;
  CsProvider *groq;
  CsProvider *ollama;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsKeys) keys = cs_keys_new (NULL);
  g_autoptr (GPtrArray) models = cs_models_load (NULL);

  fixture->server = cs_fake_server_new (NULL);
  cs_fake_server_set_environment (fixture->server);
  cs_fake_server_set_text (fixture->server, "groq", TEXT);
  cs_fake_server_set_text (fixture->server, "ollama", TEXT);
  g_setenv ("GROQ_API_KEY", CANARY, TRUE);
  cs_keys_read_environment (keys);
  fixture->context = cs_provider_context_new (http, keys, models);
  fixture->groq = cs_groq_provider_new (fixture->context);
  fixture->ollama = cs_ollama_provider_new (fixture->context);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->groq);
  g_object_unref (fixture->ollama);
  cs_provider_context_unref (fixture->context);
  cs_fake_server_free (fixture->server);
}

static void
piece_cb (const char *piece, gpointer user_data)
{
  g_string_append (user_data, piece);
}

static CsChatAnswer *
ask (CsProvider *provider, const char *model, gboolean is_short, const char *schema, GString *shown)
{
  g_autoptr (CsChat) chat = cs_chat_new ();
  g_autoptr (GAsyncResult) result = NULL;

  chat->model = g_strdup (model);
  chat->user = g_strdup ("A boat in a storm. Answer in JSON.");
  if (schema != NULL)
    chat->schema = cs_json_parse_object (schema, strlen (schema), 10000, NULL);
  if (is_short)
    {
      chat->first_timeout = SHORT;
      chat->idle_timeout = SHORT;
    }
  cs_text_provider_chat_async (CS_TEXT_PROVIDER (provider), chat, shown != NULL ? piece_cb : NULL, shown, NULL,
                               cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_text_provider_chat_finish (CS_TEXT_PROVIDER (provider), result);
}

/* @code: what is awaited */
static void
check_answer (const CsChatAnswer *answer, const GString *shown, int code)
{
  if (code == NONE)
    {
      g_assert_no_error (answer->error);
      g_assert_cmpstr (answer->text, ==, TEXT);
    }
  else if (code == ANY)
    g_assert_true (answer->error != NULL && answer->error->domain == CS_ERROR);
  else
    g_assert_error (answer->error, CS_ERROR, code);
  if (answer->text != NULL)
    {
      g_assert_true (g_str_has_prefix (TEXT, answer->text));
      g_assert_cmpstr (shown->str, ==, answer->text);
    }
  if (answer->error != NULL)
    g_assert_null (strstr (answer->error->message, CANARY));
}

static gboolean
is_about_patience (const char *word)
{
  return g_str_equal (word, "stall") || g_str_equal (word, "silent") || g_str_equal (word, "mute");
}

static void
try_fault (Fixture *fixture, CsProvider *provider, const char *model, const Fault *fault)
{
  const char *vendor = cs_provider_get_id (provider);
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autoptr (CsChatAnswer) answer = NULL;
  guint before = cs_fake_server_count (fixture->server, vendor, "chat");

  g_test_message ("%s: %s", vendor, fault->word);
  cs_fake_server_script (fixture->server, vendor, "chat", fault->word);
  answer = ask (provider, model, is_about_patience (fault->word), NULL, shown);
  if (answer->error != NULL)
    g_test_message ("  %s", answer->error->message);
  check_answer (answer, shown, provider == fixture->groq ? fault->groq : fault->ollama);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, vendor, "chat"), ==, before + 1);
  if (g_str_equal (fault->word, "429:2"))
    g_assert_cmpint (answer->retry_after, ==, 2 * G_USEC_PER_SEC);
}

/* Asked once each, an answer of the right kind, no key in a word, and none to a foreign host. */
static void
test_matrix (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      try_fault (fixture, fixture->groq, "openai/gpt-oss-120b", &faults[i]);
      try_fault (fixture, fixture->ollama, "qwen3:4b", &faults[i]);
    }
  g_assert_cmpuint (cs_fake_server_count (fixture->server, "elsewhere", NULL), ==, 0);
  g_test_message ("%u faults, 2 providers", (guint) G_N_ELEMENTS (faults));
}

#define SCHEMA "{\"type\":\"object\",\"properties\":{\"prompt\":{\"type\":\"string\"}},\"required\":[\"prompt\"]," \
               "\"additionalProperties\":false}"

/* Structured, as far as each model goes: a schema, an object that the server refuses to stream, a schema in lines. */
static void
test_structured (Fixture *fixture, gconstpointer data)
{
  static const char *const models[] = { "openai/gpt-oss-120b", "qwen/qwen3.6-27b", "qwen3:4b" };

  cs_fake_server_set_text (fixture->server, "groq", NULL);
  cs_fake_server_set_text (fixture->server, "ollama", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      CsProvider *provider = i == 2 ? fixture->ollama : fixture->groq;
      g_autoptr (CsChatAnswer) answer = ask (provider, models[i], FALSE, SCHEMA, NULL);
      g_autoptr (JsonObject) object = NULL;

      g_assert_no_error (answer->error);
      object = cs_json_parse_object (answer->text, strlen (answer->text), 10000, NULL);
      g_assert_nonnull (cs_json_get_string (object, "prompt", NULL));
      g_assert_cmpint (answer->output_tokens, >, 0);
    }
}

static void
test_retired (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsChatAnswer) answer = ask (fixture->groq, "llama-3.3-70b-versatile", FALSE, NULL, NULL);
  g_autoptr (CsChatAnswer) unknown = ask (fixture->ollama, "qwen9:1b", FALSE, NULL, NULL);

  g_assert_error (answer->error, CS_ERROR, CS_ERROR_PROVIDER_REFUSED);
  g_assert_nonnull (strstr (answer->error->message, "llama-3.3-70b-versatile"));
  g_assert_nonnull (strstr (answer->error->message, "choose another"));
  g_assert_error (unknown->error, CS_ERROR, CS_ERROR_PROVIDER_REFUSED);
  g_assert_nonnull (strstr (unknown->error->message, "ollama pull qwen9:1b"));
}

static void
test_length (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsChatAnswer) groq = NULL;
  g_autoptr (CsChatAnswer) ollama = NULL;

  cs_fake_server_script (fixture->server, "groq", "chat", "length");
  cs_fake_server_script (fixture->server, "ollama", "chat", "length");
  groq = ask (fixture->groq, "openai/gpt-oss-120b", FALSE, NULL, NULL);
  ollama = ask (fixture->ollama, "qwen3:4b", FALSE, NULL, NULL);
  g_assert_no_error (groq->error);
  g_assert_no_error (ollama->error);
  g_assert_true (groq->is_cut && ollama->is_cut);
  g_assert_true (g_str_has_prefix (TEXT, groq->text) && g_str_has_prefix (TEXT, ollama->text));
}

static void
keep_share_cb (double share, gpointer user_data)
{
  *(double *) user_data = share;
}

/* Looked for, pulled, looked for again. */
static void
test_pull (Fixture *fixture, gconstpointer data)
{
  CsOllamaProvider *ollama = CS_OLLAMA_PROVIDER (fixture->ollama);
  const CsModel *model = cs_provider_context_get_model (fixture->context, "ollama/qwen");
  g_autoptr (GAsyncResult) looked = NULL;
  g_autoptr (GAsyncResult) pulled = NULL;
  g_autoptr (GAsyncResult) broken = NULL;
  g_autoptr (GError) error = NULL;
  double share = 0;

  cs_text_provider_look_async (CS_TEXT_PROVIDER (ollama), NULL, cs_test_keep_result, &looked);
  cs_test_wait_result (&looked);
  g_assert_true (cs_text_provider_look_finish (CS_TEXT_PROVIDER (ollama), looked, &error));
  g_assert_true (cs_provider_is_available (fixture->ollama, "ollama/qwen", NULL));
  g_assert_cmpstr (cs_text_provider_get_remote (CS_TEXT_PROVIDER (ollama), model), ==, "qwen2.5:7b");

  cs_ollama_provider_pull_async (ollama, "qwen3:8b", keep_share_cb, &share, NULL, cs_test_keep_result, &pulled);
  cs_test_wait_result (&pulled);
  g_assert_true (cs_ollama_provider_pull_finish (ollama, pulled, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (share, ==, 1);

  cs_fake_server_script (fixture->server, "ollama", "pull", "midstream");
  cs_ollama_provider_pull_async (ollama, "qwen3:8b", NULL, NULL, NULL, cs_test_keep_result, &broken);
  cs_test_wait_result (&broken);
  g_assert_false (cs_ollama_provider_pull_finish (ollama, broken, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNAVAILABLE);
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) groq = NULL;
  g_autoptr (GAsyncResult) ollama = NULL;
  g_autoptr (CsKeyCheck) key = NULL;
  g_autoptr (CsKeyCheck) found = NULL;

  cs_provider_check_async (fixture->groq, NULL, cs_test_keep_result, &groq);
  cs_test_wait_result (&groq);
  key = cs_provider_check_finish (fixture->groq, groq);
  g_assert_cmpstr (key->code, ==, "ok");
  cs_provider_check_async (fixture->ollama, NULL, cs_test_keep_result, &ollama);
  cs_test_wait_result (&ollama);
  found = cs_provider_check_finish (fixture->ollama, ollama);
  g_assert_cmpstr (found->code, ==, "ok");
  g_assert_nonnull (strstr (found->message, "qwen2.5:7b"));
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/promise-5/text-faults/matrix", test_matrix);
  add ("/text-faults/structured", test_structured);
  add ("/text-faults/retired", test_retired);
  add ("/text-faults/length", test_length);
  add ("/text-faults/pull", test_pull);
  add ("/text-faults/check", test_check);
  return g_test_run ();
}
