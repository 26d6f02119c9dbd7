/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole way: from a brief over the real providers to servers on loopback, and back. */
#include "config.h"
#include "providers/cs-text-look.h"
#include "screenwriter/cs-screenwriter.h"

#include "cs-fake-server.h"
#include "cs-test.h"

#include "core/cs-error.h"
#include "deck/cs-deck.h"
#include "providers/cs-groq-provider.h"
#include "providers/ollama/cs-ollama-provider.h"
#include "providers/cs-provider-context.h"

#include <string.h>

#define CANARY "gsk_canary0d4e8b7a91c2f356"
#define GOOD "Sure:\n```json\n{\"prompt\": \"A red boat on a calm sea.\", \"negative_prompt\": \"\", \"notes\": [\"أضفت ضوءا.\"]}\n```"
#define DIRECT "photorealistic, a boat, high quality, detailed"

typedef struct
{
  CsFakeServer *server;
  CsProviderContext *context;
  CsProviderRegistry *registry;
  CsPriceList *prices;
  CsScreenwriter *screenwriter;
  CsBrief *brief;
  char *folder;
} Fixture;

static void
add_provider (Fixture *self, CsProvider *(*make) (CsProviderContext *context))
{
  g_autoptr (CsProvider) provider = make (self->context);

  cs_provider_registry_add (self->registry, provider);
}

/* @data: whether nobody listens where Ollama should be. */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsKeys) keys = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *models = cs_models_load (&error);

  g_assert_no_error (error);
  self->folder = g_dir_make_tmp ("cs-screenwriter-XXXXXX", &error);
  g_assert_no_error (error);
  self->server = cs_fake_server_new (NULL);
  cs_fake_server_set_environment (self->server);
  if (data != NULL)
    {
      g_autofree char *closed = cs_fake_server_dup_closed_base (self->server, "ollama");

      g_setenv ("OLLAMA_HOST", closed, TRUE);
    }
  g_setenv ("GROQ_API_KEY", CANARY, TRUE);
  keys = cs_keys_new (NULL);
  cs_keys_read_environment (keys);
  self->registry = cs_provider_registry_new_with_models (models);
  self->context = cs_provider_context_new (http, keys, models);
  add_provider (self, cs_ollama_provider_new);
  add_provider (self, cs_groq_provider_new);
  self->prices = cs_price_list_new (&error);
  g_assert_no_error (error);
  self->screenwriter = cs_screenwriter_new (self->registry, self->prices);
  self->brief = cs_brief_new (CS_KIND_VIDEO);
  self->brief->prompt = g_strdup ("a boat");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->screenwriter);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->context, cs_provider_context_unref);
  g_clear_pointer (&self->prices, cs_price_list_unref);
  g_clear_pointer (&self->server, cs_fake_server_free);
  cs_brief_free (self->brief);
  cs_test_remove_tree (self->folder);
  g_free (self->folder);
}

static void
piece_cb (const char *piece, gpointer user_data)
{
  g_string_append (user_data, piece);
}

static CsScreenplay *
write_it (Fixture *self)
{
  const CsModel *target = cs_provider_registry_get_model (self->registry, "piapi/wan-2.6");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GString) pieces = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  CsScreenplay *screenplay;

  g_assert_nonnull (target);
  cs_screenwriter_write_async (self->screenwriter, self->brief, target, CS_TEXT_MAX_COST, piece_cb, pieces, NULL,
                               cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  screenplay = cs_screenwriter_write_finish (self->screenwriter, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < screenplay->tried->len; i++)
    {
      const CsScreenwriterTry *attempt = screenplay->tried->pdata[i];

      g_test_message ("%s %s: %s", attempt->screenwriter, attempt->code, attempt->message);
      g_assert_null (strstr (attempt->message, "canary"));
    }
  if (screenplay->model != NULL)
    g_assert_cmpuint (pieces->len, >, 0);
  return screenplay;
}

static const char *
get_code (const CsScreenplay *screenplay, guint index)
{
  g_assert_cmpuint (index, <, screenplay->tried->len);
  return ((CsScreenwriterTry *) screenplay->tried->pdata[index])->code;
}

static void
test_ollama (Fixture *self, gconstpointer data)
{
  g_autoptr (CsScreenplay) screenplay = NULL;

  cs_fake_server_set_text (self->server, "ollama", GOOD);
  screenplay = write_it (self);
  g_assert_cmpstr (screenplay->prompt, ==, "A red boat on a calm sea.");
  g_assert_cmpstr (screenplay->notes[0], ==, "أضفت ضوءا.");
  g_assert_cmpstr (screenplay->screenwriter, ==, "ollama");
  g_assert_nonnull (screenplay->model);
  g_assert_cmpint (screenplay->cost, ==, 0);
  g_assert_cmpuint (screenplay->tried->len, ==, 0);
  g_assert_cmpuint (cs_fake_server_count (self->server, "groq", NULL), ==, 0);
}

static void
test_groq (Fixture *self, gconstpointer data)
{
  g_autoptr (CsScreenplay) screenplay = NULL;
  CsMoney quote = cs_screenwriter_quote (self->screenwriter, self->brief);

  cs_fake_server_set_text (self->server, "groq", GOOD);
  screenplay = write_it (self);
  g_assert_cmpstr (screenplay->prompt, ==, "A red boat on a calm sea.");
  g_assert_cmpstr (screenplay->screenwriter, ==, "groq");
  g_assert_cmpint (screenplay->cost, >, 0);
  g_assert_cmpint (screenplay->cost, <=, quote);
  g_assert_cmpuint (screenplay->tried->len, ==, 1);
  g_assert_cmpstr (get_code (screenplay, 0), ==, "unavailable");
}

/* What a model of the schema answers is read as it is. */
static void
test_schema (Fixture *self, gconstpointer data)
{
  g_autoptr (CsScreenplay) screenplay = write_it (self);

  g_assert_cmpstr (screenplay->screenwriter, ==, "groq");
  g_assert_true (g_str_has_prefix (screenplay->prompt, "prompt: a lighthouse"));
  g_assert_cmpuint (g_strv_length (screenplay->notes), ==, 3);
}

/* Whatever Groq does, there is a prompt in the end, and every model was asked at most once. */
static void
test_faults (Fixture *self, gconstpointer data)
{
  static const char *const faults[] = { "400", "401",   "403",     "404model", "429:1", "498",  "500",   "503html", "500empty",
                                        "301", "reset", "resetlate", "lost",   "cut",   "empty", "badjson", "nested", "html",
                                        "text", "types", "nooutput", "length" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      guint before = cs_fake_server_count (self->server, "groq", "chat");
      g_autoptr (CsScreenplay) screenplay = NULL;

      g_test_message ("%s", faults[i]);
      cs_fake_server_set_usual (self->server, "groq", "chat", faults[i]);
      screenplay = write_it (self);
      g_assert_nonnull (screenplay->prompt);
      g_assert_cmpint (screenplay->cost, <=, CS_TEXT_MAX_COST);
      if (g_str_equal (screenplay->screenwriter, "direct"))
        {
          g_assert_cmpstr (screenplay->prompt, ==, DIRECT);
          g_assert_cmpuint (screenplay->tried->len, ==, 2);
        }
      g_assert_cmpuint (cs_fake_server_count (self->server, "groq", "chat") - before, <=, 2);
    }
}

static CsSubmission *
write_deck (Fixture *self, const char *model, CsMoney max_cost, CsRequest *request)
{
  CsProvider *provider;
  g_autoptr (GAsyncResult) result = NULL;
  CsSubmission *submission;

  request->kind = CS_KIND_DECK;
  request->model = g_strdup (model);
  request->prompt = g_strdup ("the sea");
  request->original_prompt = g_strdup ("the sea");
  request->language = CS_LANGUAGE_FR;
  request->work_file = g_build_filename (self->folder, "JOB-1.md", NULL);
  provider = cs_provider_registry_get_provider (self->registry, g_str_has_prefix (model, "groq") ? "groq" : "ollama");
  cs_screenwriter_write_deck_async (self->screenwriter, CS_TEXT_PROVIDER (provider), request, max_cost, NULL, NULL, NULL,
                                    cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  submission = cs_screenwriter_write_deck_finish (self->screenwriter, result);
  if (submission->error != NULL)
    {
      g_test_message ("%s", submission->error->message);
      g_assert_null (strstr (submission->error->message, "canary"));
    }
  return submission;
}

static guint
count_slides (const char *path)
{
  g_autofree char *markdown = NULL;
  g_autoptr (GPtrArray) slides = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &markdown, &length, NULL));
  slides = cs_deck_split (markdown, length, NULL);
  return slides->len;
}

/* The fake models write three slides, so five are asked for once more, and filled in the end. */
static void
test_deck (Fixture *self, gconstpointer data)
{
  static const int numbers[] = { 3, 5, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (CsRequest) request = cs_request_new ();
      g_autoptr (CsSubmission) submission = NULL;
      guint before = cs_fake_server_count (self->server, "groq", "chat");

      request->num_slides = numbers[i];
      submission = write_deck (self, "groq/gpt-oss-120b", 5000, request);
      g_assert_no_error (submission->error);
      g_assert_cmpint (submission->end, ==, CS_SUBMIT_ANSWERED);
      g_assert_cmpuint (count_slides (submission->output), ==, numbers[i]);
      g_assert_cmpint (submission->cost, >, 0);
      g_assert_cmpint (submission->cost, <=, 5000);
      g_assert_cmpuint (cs_fake_server_count (self->server, "groq", "chat") - before, ==, numbers[i] == 3 ? 1 : 2);
    }
}

static void
test_deck_faults (Fixture *self, gconstpointer data)
{
  static const char *const faults[] = { "400", "401", "429:1", "500", "resetlate", "lost", "cut", "badjson", "nooutput" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (CsRequest) request = cs_request_new ();
      g_autoptr (CsSubmission) submission = NULL;

      g_test_message ("%s", faults[i]);
      cs_fake_server_set_usual (self->server, "groq", "chat", faults[i]);
      request->num_slides = 3;
      submission = write_deck (self, "groq/gpt-oss-120b", 5000, request);
      g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
      g_assert_nonnull (submission->error);
    }
}

static void
test_deck_not_sent (Fixture *self, gconstpointer data)
{
  g_autoptr (CsRequest) request = cs_request_new ();
  g_autoptr (CsSubmission) submission = NULL;

  request->num_slides = 3;
  submission = write_deck (self, "ollama/qwen", 0, request);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_NOT_SENT);
  g_assert_error (submission->error, CS_ERROR, CS_ERROR_UNAVAILABLE);
}

/* Who would write is known once it was looked for. */
static void
test_writer (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *words = NULL;

  cs_text_look_async (self->registry, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_true (cs_text_look_finish (self->registry, result, NULL));
  g_assert_true (cs_screenwriter_find_writer (self->screenwriter, &words));
  g_assert_cmpstr (words, ==, data == NULL ? "Ollama · qwen2.5:7b" : "Groq · openai/gpt-oss-120b");
}

/* Without anybody: why not the first of them. */
static void
test_no_writer (void)
{
  g_autoptr (CsScreenwriter) direct = cs_screenwriter_new (NULL, NULL);
  g_autofree char *words = NULL;

  g_assert_false (cs_screenwriter_find_writer (direct, &words));
  g_assert_null (words);
}

#define NOBODY GINT_TO_POINTER (1)
#define add(name, data, function) g_test_add ("/screenwriter/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("ollama", NULL, test_ollama);
  add ("groq", NOBODY, test_groq);
  add ("schema", NOBODY, test_schema);
  add ("faults", NOBODY, test_faults);
  add ("deck", NOBODY, test_deck);
  add ("deck-faults", NOBODY, test_deck_faults);
  add ("deck-not-sent", NOBODY, test_deck_not_sent);
  add ("writer/ollama", NULL, test_writer);
  add ("writer/groq", NOBODY, test_writer);
  g_test_add_func ("/screenwriter/writer/nobody", test_no_writer);
  return g_test_run ();
}
