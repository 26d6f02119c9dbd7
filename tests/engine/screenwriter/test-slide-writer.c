/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "screenwriter/cs-screenwriter.h"

#include "cs-fake-writer.h"
#include "cs-test.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-text.h"
#include "deck/cs-deck.h"
#include "screenwriter/cs-prompts.h"
#include "screenwriter/cs-text-price.h"

#include <glib/gstdio.h>
#include <string.h>

static const char models[]
    = "{\"models\": ["
      " {\"id\": \"ollama/qwen\", \"provider\": \"ollama\", \"kind\": \"deck\", \"name\": \"Qwen\", \"remote\": \"qwen2.5:7b\"},"
      " {\"id\": \"groq/big\", \"provider\": \"groq\", \"kind\": \"deck\", \"name\": \"Big\", \"remote\": \"big-120b\"},"
      " {\"id\": \"groq/unpriced\", \"provider\": \"groq\", \"kind\": \"deck\", \"name\": \"Unpriced\", \"remote\": \"u\"}"
      "]}";

static const char prices[]
    = "{\"prices\": ["
      " {\"model\": \"ollama/qwen\", \"per\": \"deck\", \"cost_usd\": \"0\"},"
      " {\"model\": \"groq/big\", \"per\": \"slide\", \"cost_usd\": \"0.002\", \"input_usd\": \"0.15\", \"output_usd\": \"0.60\"}"
      "]}";

typedef struct
{
  char *folder;
  CsProviderRegistry *registry;
  CsPriceList *prices;
  CsScreenwriter *screenwriter;
  CsFakeWriter *ollama;
  CsFakeWriter *groq;
  CsRequest *request;
  GCancellable *cancellable;
  GArray *shares; /* (element-type double) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = cs_models_parse (models, strlen (models), &error);

  g_assert_no_error (error);
  self->folder = g_dir_make_tmp ("cs-slide-writer-XXXXXX", &error);
  g_assert_no_error (error);
  self->registry = cs_provider_registry_new_with_models (list);
  self->ollama = cs_fake_writer_new ("ollama");
  self->groq = cs_fake_writer_new ("groq");
  cs_provider_registry_add (self->registry, CS_PROVIDER (self->ollama));
  cs_provider_registry_add (self->registry, CS_PROVIDER (self->groq));
  self->prices = cs_price_list_new_parse (prices, strlen (prices), &error);
  g_assert_no_error (error);
  self->screenwriter = cs_screenwriter_new (self->registry, self->prices);
  self->request = cs_request_new ();
  self->request->kind = CS_KIND_DECK;
  self->request->model = g_strdup ("groq/big");
  self->request->prompt = g_strdup ("the sea");
  self->request->original_prompt = g_strdup ("the sea");
  self->request->num_slides = 4;
  self->request->language = CS_LANGUAGE_EN;
  self->request->work_file = g_build_filename (self->folder, "JOB-1.md", NULL);
  self->cancellable = g_cancellable_new ();
  self->shares = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->screenwriter);
  g_assert_finalize_object (self->registry);
  g_object_unref (self->ollama); /* the thread that wrote may hold them a moment longer */
  g_object_unref (self->groq);
  cs_price_list_unref (self->prices);
  cs_request_unref (self->request);
  g_object_unref (self->cancellable);
  g_array_unref (self->shares);
  cs_test_remove_tree (self->folder);
  g_free (self->folder);
}

static void
progress_cb (double share, gpointer user_data)
{
  Fixture *self = user_data;

  g_array_append_val (self->shares, share);
}

static CsSubmission *
write_deck (Fixture *self, CsFakeWriter *writer, CsMoney max_cost)
{
  g_autoptr (GAsyncResult) result = NULL;
  CsSubmission *submission;

  if (writer == self->ollama)
    {
      g_free (self->request->model);
      self->request->model = g_strdup ("ollama/qwen");
    }
  cs_screenwriter_write_deck_async (self->screenwriter, CS_TEXT_PROVIDER (writer), self->request, max_cost, progress_cb, self,
                                    self->cancellable, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  submission = cs_screenwriter_write_deck_finish (self->screenwriter, result);
  g_assert_nonnull (submission);
  g_assert_cmpint (submission->end, !=, CS_SUBMIT_UNCERTAIN);
  g_assert_cmpint (submission->end, !=, CS_SUBMIT_RATE_LIMITED);
  g_assert_true ((submission->end == CS_SUBMIT_ANSWERED) == (submission->error == NULL));
  g_assert_true ((submission->end == CS_SUBMIT_ANSWERED)
                 == g_file_test (self->request->work_file, G_FILE_TEST_EXISTS));
  return submission;
}

/* An answer with @n_slides slides. */
static char *
make_answer (int n_slides)
{
  g_autoptr (JsonObject) deck = json_object_new ();
  JsonArray *slides = json_array_new ();

  for (int i = 0; i < n_slides; i++)
    {
      JsonObject *slide = json_object_new ();
      JsonArray *lines = json_array_new ();
      g_autofree char *title = g_strdup_printf ("Slide of %d: %d", n_slides, i + 1);

      json_array_add_string_element (lines, "- a point");
      json_array_add_string_element (lines, "- another");
      json_object_set_string_member (slide, "title", title);
      json_object_set_array_member (slide, "lines", lines);
      json_object_set_string_member (slide, "notes", "What is said.");
      json_array_add_object_element (slides, slide);
    }
  json_object_set_string_member (deck, "title", "The Sea");
  json_object_set_array_member (deck, "slides", slides);
  return cs_json_object_to_string (deck, FALSE);
}

static GPtrArray *
read_file (Fixture *self)
{
  g_autofree char *markdown = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *slides;
  gsize length;

  g_file_get_contents (self->request->work_file, &markdown, &length, &error);
  g_assert_no_error (error);
  slides = cs_deck_split (markdown, length, &error);
  g_assert_no_error (error);
  return slides;
}

static void
assert_deck (Fixture *self, CsSubmission *submission, const char *first)
{
  g_autoptr (GPtrArray) slides = NULL;

  g_assert_no_error (submission->error);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_ANSWERED);
  g_assert_cmpstr (submission->output, ==, self->request->work_file);
  slides = read_file (self);
  g_assert_cmpuint (slides->len, ==, self->request->num_slides);
  g_assert_true (g_str_has_prefix (((CsSlide *) slides->pdata[0])->content, first));
  for (guint i = 0; i < slides->len; i++)
    g_assert_nonnull (((CsSlide *) slides->pdata[i])->notes);
}

static void
test_right_number (Fixture *self, gconstpointer data)
{
  g_autofree char *answer = make_answer (4);
  g_autoptr (CsSubmission) submission = NULL;
  const CsChat *chat;

  cs_fake_writer_say (self->groq, answer, 1000, 500);
  submission = write_deck (self, self->groq, 2000);
  assert_deck (self, submission, "# Slide of 4: 1");
  g_assert_cmpint (submission->cost, ==, 150 + 300);
  g_assert_cmpuint (cs_fake_writer_get_n_chats (self->groq), ==, 1);
  chat = cs_fake_writer_get_chat (self->groq, 0);
  g_assert_cmpstr (chat->model, ==, "big-120b");
  g_assert_cmpint (chat->total_timeout, >, 230 * G_USEC_PER_SEC);
  g_assert_cmpint (chat->total_timeout, <=, 240 * G_USEC_PER_SEC);
  g_assert_cmpuint (self->shares->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (g_array_index (self->shares, double, i), ==, MIN (0.95, (i + 1) / 4.0));
}

static void
test_free (Fixture *self, gconstpointer data)
{
  g_autofree char *answer = make_answer (4);
  g_autoptr (CsSubmission) submission = NULL;

  cs_fake_writer_set_found (self->ollama);
  cs_fake_writer_say (self->ollama, answer, 5000, 9000);
  submission = write_deck (self, self->ollama, 0);
  assert_deck (self, submission, "# Slide of 4: 1");
  g_assert_cmpint (submission->cost, ==, 0);
}

/* A wrong number is put right by the model, once. */
static void
test_repaired (Fixture *self, gconstpointer data)
{
  static const int found[] = { 1, 3, 5, 9 };

  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autofree char *wrong = make_answer (found[i]);
      g_autofree char *right = make_answer (4);
      g_autoptr (CsSubmission) submission = NULL;

      cs_fake_writer_say (self->groq, wrong, 1000, 100);
      cs_fake_writer_say (self->groq, right, 1000, 100);
      submission = write_deck (self, self->groq, CS_TEXT_MAX_COST);
      assert_deck (self, submission, "# Slide of 4: 1");
      g_assert_cmpint (submission->cost, ==, 2 * (150 + 60));
      g_assert_cmpuint (cs_fake_writer_get_n_chats (self->groq), ==, 2 * (i + 1));
      g_assert_nonnull (strstr (cs_fake_writer_get_chat (self->groq, 2 * i + 1)->system, "exactly 4 slides"));
      g_unlink (self->request->work_file);
    }
}

/* Wrong twice: the nearer answer is joined, or filled from the outline. */
static void
test_wrong_twice (Fixture *self, gconstpointer data)
{
  static const struct
  {
    int first;
    int second; /* 0: the call fails */
    const char *begins;
  } cases[] = {
    { 5, 9, "# Slide of 5: 1" }, { 9, 5, "# Slide of 5: 1" }, { 1, 3, "# Slide of 3: 1" },
    { 2, 0, "# Slide of 2: 1" }, { 7, 0, "# Slide of 7: 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *first = make_answer (cases[i].first);
      g_autofree char *second = make_answer (cases[i].second);
      g_autoptr (CsSubmission) submission = NULL;

      cs_fake_writer_say (self->ollama, first, -1, -1);
      if (cases[i].second > 0)
        cs_fake_writer_say (self->ollama, second, -1, -1);
      else
        cs_fake_writer_fail (self->ollama, CS_ERROR_UNAVAILABLE, TRUE);
      submission = write_deck (self, self->ollama, 0);
      assert_deck (self, submission, cases[i].begins);
      g_assert_cmpuint (cs_fake_writer_get_n_chats (self->ollama), ==, 2 * (i + 1));
      g_unlink (self->request->work_file);
    }
}

/* An answer that was cut for its length would be cut again: the outline fills it. */
static void
test_cut (Fixture *self, gconstpointer data)
{
  g_autofree char *answer = make_answer (3);
  g_autoptr (CsSubmission) submission = NULL;

  answer[strlen (answer) - 30] = '\0';
  cs_fake_writer_say_cut (self->groq, answer);
  submission = write_deck (self, self->groq, CS_TEXT_MAX_COST);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_ANSWERED);
  g_assert_cmpuint (cs_fake_writer_get_n_chats (self->groq), ==, 1);
  g_assert_cmpint (submission->cost, >, 0);
}

/* No failure is in doubt: either nothing was sent, or the next model writes it. */
static void
test_failures (Fixture *self, gconstpointer data)
{
  static const struct
  {
    CsError code;
    gboolean was_sent;
    CsSubmitEnd end;
  } cases[] = {
    { CS_ERROR_OFFLINE, FALSE, CS_SUBMIT_NOT_SENT },      { CS_ERROR_NO_KEY, FALSE, CS_SUBMIT_NOT_SENT },
    { CS_ERROR_OFFLINE, TRUE, CS_SUBMIT_REFUSED },        { CS_ERROR_RATE_LIMITED, TRUE, CS_SUBMIT_REFUSED },
    { CS_ERROR_PROVIDER_REFUSED, TRUE, CS_SUBMIT_REFUSED }, { CS_ERROR_UNAVAILABLE, TRUE, CS_SUBMIT_REFUSED },
    { CS_ERROR_BAD_RESPONSE, TRUE, CS_SUBMIT_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsSubmission) submission = NULL;

      cs_fake_writer_fail (self->groq, cases[i].code, cases[i].was_sent);
      submission = write_deck (self, self->groq, CS_TEXT_MAX_COST);
      g_assert_cmpint (submission->end, ==, cases[i].end);
      g_assert_error (submission->error, CS_ERROR, (int) cases[i].code);
    }
}

static void
test_unusable (Fixture *self, gconstpointer data)
{
  static const char *const answers[] = { "", "I'm sorry, I can't.", "{\"slides\": []}", "{\"slides\": 7}", "[[[[" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (CsSubmission) submission = NULL;

      cs_fake_writer_say (self->groq, answers[i], 100, 100);
      submission = write_deck (self, self->groq, CS_TEXT_MAX_COST);
      g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
      g_assert_error (submission->error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
      g_assert_cmpuint (cs_fake_writer_get_n_chats (self->groq), ==, i + 1);
    }
}

static void
test_not_begun (Fixture *self, gconstpointer data)
{
  g_autoptr (CsSubmission) no_key = NULL;
  g_autoptr (CsSubmission) not_there = NULL;
  g_autoptr (CsSubmission) unknown = NULL;
  g_autoptr (CsSubmission) unpriced = NULL;

  cs_fake_writer_set_available (self->groq, FALSE);
  no_key = write_deck (self, self->groq, CS_TEXT_MAX_COST);
  g_assert_cmpint (no_key->end, ==, CS_SUBMIT_NOT_SENT);
  g_assert_error (no_key->error, CS_ERROR, CS_ERROR_NO_KEY);
  cs_set_string (&self->request->model, "groq/unpriced");
  unpriced = write_deck (self, self->groq, CS_TEXT_MAX_COST);
  g_assert_error (unpriced->error, CS_ERROR, CS_ERROR_UNAVAILABLE);
  cs_set_string (&self->request->model, "groq/other");
  unknown = write_deck (self, self->groq, CS_TEXT_MAX_COST);
  g_assert_error (unknown->error, CS_ERROR, CS_ERROR_UNAVAILABLE);
  cs_fake_writer_set_available (self->ollama, FALSE);
  not_there = write_deck (self, self->ollama, 0);
  g_assert_error (not_there->error, CS_ERROR, CS_ERROR_UNAVAILABLE);
  g_assert_cmpuint (cs_fake_writer_get_n_chats (self->groq) + cs_fake_writer_get_n_chats (self->ollama), ==, 0);
}

/* Promise 2: an answer is never allowed to be longer than what was agreed pays for, whatever the provider counts. */
static void
test_2_budget (Fixture *self, gconstpointer data)
{
  static const CsMoney budgets[] = { 500, 600, 1000, 2000, 5000, CS_TEXT_MAX_COST, CS_MONEY_UNIT };

  for (guint i = 0; i < G_N_ELEMENTS (budgets); i++)
    {
      g_autofree char *answer = make_answer (3);
      g_autoptr (CsSubmission) submission = NULL;
      guint n_chats = cs_fake_writer_get_n_chats (self->groq);
      CsMoney most = 0;

      cs_fake_writer_say (self->groq, answer, G_MAXINT64, G_MAXINT64);
      submission = write_deck (self, self->groq, budgets[i]);
      assert_deck (self, submission, "# Slide of 3: 1");
      g_assert_cmpint (submission->cost, <=, MIN (budgets[i], CS_TEXT_MAX_COST));
      g_assert_true (cs_price_list_quote_text (self->prices, "groq/big", 0,
                                               2 * cs_fake_writer_get_chat (self->groq, n_chats)->max_tokens, &most));
      g_assert_cmpint (most, <=, MIN (budgets[i], CS_TEXT_MAX_COST));
      g_unlink (self->request->work_file);
    }
}

static void
test_2_too_little (Fixture *self, gconstpointer data)
{
  g_autoptr (CsSubmission) submission = write_deck (self, self->groq, 200);

  g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
  g_assert_error (submission->error, CS_ERROR, CS_ERROR_OVER_MAX_COST);
  g_assert_cmpuint (cs_fake_writer_get_n_chats (self->groq), ==, 0);
}

/* The prices that this program ships with pay for 200 tokens a slide, the longest deck and the shortest. */
static void
test_2_shipped_prices (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPriceList) shipped = cs_price_list_new (&error);
  g_autoptr (GPtrArray) all = cs_models_load (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    for (int n_slides = 1; n_slides <= 30; n_slides += 29)
      {
        const CsModel *model = all->pdata[i];
        g_autoptr (CsChat) chat = NULL;
        CsMoney quote;

        if (model->kind != CS_KIND_DECK || model->retired || g_str_has_prefix (model->id, "sketch/"))
          continue;
        g_assert_true (cs_price_list_quote (shipped, model->id, 0, n_slides, &quote));
        self->request->num_slides = n_slides;
        chat = cs_prompts_new_deck (self->request);
        g_assert_cmpint (cs_text_price_fit (shipped, model, chat, MIN (quote, CS_TEXT_MAX_COST)), >=, 200 * n_slides);
      }
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (CsSubmission) submission = NULL;

  cs_fake_writer_be_silent (self->groq);
  g_timeout_add (20, cancel_cb, self->cancellable);
  submission = write_deck (self, self->groq, CS_TEXT_MAX_COST);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
  g_assert_error (submission->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_folder (Fixture *self, gconstpointer data)
{
  g_autofree char *answer = make_answer (4);
  g_autoptr (CsSubmission) submission = NULL;

  g_free (self->request->work_file);
  self->request->work_file = g_build_filename (self->folder, "gone", "JOB-1.md", NULL);
  cs_fake_writer_say (self->groq, answer, 100, 100);
  submission = write_deck (self, self->groq, CS_TEXT_MAX_COST);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
  g_assert_error (submission->error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

static void
test_languages (Fixture *self, gconstpointer data)
{
  static const char *const names[CS_N_LANGUAGES] = { "French", "Arabic", "English" };

  for (int language = 0; language < CS_N_LANGUAGES; language++)
    {
      g_autofree char *answer = make_answer (4);
      g_autoptr (CsSubmission) submission = NULL;

      self->request->language = language;
      cs_fake_writer_say (self->ollama, answer, -1, -1);
      submission = write_deck (self, self->ollama, 0);
      assert_deck (self, submission, "# Slide of 4: 1");
      g_assert_nonnull (strstr (cs_fake_writer_get_chat (self->ollama, language)->system, names[language]));
      g_unlink (self->request->work_file);
    }
}

#define add(name, function) g_test_add ("/slide-writer/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("right-number", test_right_number);
  add ("free", test_free);
  add ("repaired", test_repaired);
  add ("wrong-twice", test_wrong_twice);
  add ("cut", test_cut);
  add ("failures", test_failures);
  add ("unusable", test_unusable);
  add ("not-begun", test_not_begun);
  add ("2-budget", test_2_budget);
  add ("2-too-little", test_2_too_little);
  add ("2-shipped-prices", test_2_shipped_prices);
  add ("cancelled", test_cancelled);
  add ("no-folder", test_no_folder);
  add ("languages", test_languages);
  return g_test_run ();
}
