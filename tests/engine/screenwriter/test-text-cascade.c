/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "screenwriter/cs-screenwriter.h"

#include "cs-fake-writer.h"
#include "cs-test.h"

#include "core/cs-error.h"
#include "core/cs-text.h"

#include <string.h>

#define GOOD "{\"prompt\": \"A red boat drifts on a calm sea.\", \"negative_prompt\": \"blur\", \"notes\": [\"Why not.\"]}"
#define DIRECT "photorealistic, a boat, high quality, detailed"

static const char models[]
    = "{\"models\": ["
      " {\"id\": \"any/film\", \"provider\": \"any\", \"kind\": \"video\", \"name\": \"Film\", \"quality_words\": \"grand motion\"},"
      " {\"id\": \"old/gone\", \"provider\": \"old\", \"kind\": \"deck\", \"name\": \"Gone\", \"remote\": \"gone\"},"
      " {\"id\": \"ollama/qwen\", \"provider\": \"ollama\", \"kind\": \"deck\", \"name\": \"Qwen\", \"remote\": \"qwen2.5:7b\"},"
      " {\"id\": \"groq/retired\", \"provider\": \"groq\", \"kind\": \"deck\", \"name\": \"Retired\", \"remote\": \"r\","
      "  \"retired\": true},"
      " {\"id\": \"groq/big\", \"provider\": \"groq\", \"kind\": \"deck\", \"name\": \"Big\", \"remote\": \"big-120b\"},"
      " {\"id\": \"groq/asked\", \"provider\": \"groq\", \"kind\": \"deck\", \"name\": \"Asked\", \"remote\": \"a\","
      "  \"opt_in\": true},"
      " {\"id\": \"more/one\", \"provider\": \"more\", \"kind\": \"deck\", \"name\": \"One\", \"remote\": \"1\"},"
      " {\"id\": \"more/two\", \"provider\": \"more\", \"kind\": \"deck\", \"name\": \"Two\", \"remote\": \"2\"},"
      " {\"id\": \"more/three\", \"provider\": \"more\", \"kind\": \"deck\", \"name\": \"Three\", \"remote\": \"3\"},"
      " {\"id\": \"more/unpriced\", \"provider\": \"more\", \"kind\": \"deck\", \"name\": \"Unpriced\", \"remote\": \"4\"}"
      "]}";

static const char prices[]
    = "{\"prices\": ["
      " {\"model\": \"ollama/qwen\", \"per\": \"deck\", \"cost_usd\": \"0\"},"
      " {\"model\": \"groq/big\", \"per\": \"slide\", \"cost_usd\": \"0.001\", \"input_usd\": \"0.15\", \"output_usd\": \"0.60\"},"
      " {\"model\": \"more/one\", \"per\": \"slide\", \"cost_usd\": \"0.001\", \"input_usd\": \"0.15\", \"output_usd\": \"0.60\"},"
      " {\"model\": \"more/two\", \"per\": \"slide\", \"cost_usd\": \"0.001\", \"input_usd\": \"0.15\", \"output_usd\": \"0.60\"},"
      " {\"model\": \"more/three\", \"per\": \"slide\", \"cost_usd\": \"0.001\", \"input_usd\": \"0.15\", \"output_usd\": \"0.60\"}"
      "]}";

/* A screenwriter over fake providers; the third is there only when a test adds it. */
typedef struct
{
  CsProviderRegistry *registry;
  CsPriceList *prices;
  CsScreenwriter *screenwriter;
  CsFakeWriter *ollama;
  CsFakeWriter *groq;
  CsFakeWriter *more;
  CsBrief *brief;
  GCancellable *cancellable;
  GString *pieces;
} Fixture;

static CsFakeWriter *
add_writer (Fixture *self, const char *id)
{
  CsFakeWriter *writer = cs_fake_writer_new (id);

  cs_provider_registry_add (self->registry, CS_PROVIDER (writer));
  return writer;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = cs_models_parse (models, strlen (models), &error);

  g_assert_no_error (error);
  self->registry = cs_provider_registry_new_with_models (list);
  self->ollama = add_writer (self, "ollama");
  self->groq = add_writer (self, "groq");
  self->prices = cs_price_list_new_parse (prices, strlen (prices), &error);
  g_assert_no_error (error);
  self->screenwriter = cs_screenwriter_new (self->registry, self->prices);
  self->brief = cs_brief_new (CS_KIND_VIDEO);
  self->brief->prompt = g_strdup ("a boat");
  self->cancellable = g_cancellable_new ();
  self->pieces = g_string_new (NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->screenwriter);
  g_assert_finalize_object (self->registry);
  g_clear_pointer (&self->prices, cs_price_list_unref);
  g_assert_finalize_object (self->ollama);
  g_assert_finalize_object (self->groq);
  if (self->more != NULL)
    g_assert_finalize_object (self->more);
  cs_brief_free (self->brief);
  g_object_unref (self->cancellable);
  g_string_free (self->pieces, TRUE);
}

static void
piece_cb (const char *piece, gpointer user_data)
{
  Fixture *self = user_data;

  g_string_append (self->pieces, piece);
}

static CsScreenplay *
try_write (Fixture *self, const char *target, CsMoney max_cost, GError **error)
{
  const CsModel *model = target != NULL ? cs_provider_registry_get_model (self->registry, target) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  cs_screenwriter_write_async (self->screenwriter, self->brief, model, max_cost, piece_cb, self, self->cancellable,
                               cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_screenwriter_write_finish (self->screenwriter, result, error);
}

static CsScreenplay *
write_it (Fixture *self, CsMoney max_cost)
{
  g_autoptr (GError) error = NULL;
  CsScreenplay *screenplay = try_write (self, NULL, max_cost, &error);

  g_assert_no_error (error);
  g_assert_nonnull (screenplay->prompt);
  return screenplay;
}

static void
assert_tried (const CsScreenplay *screenplay, const char *expected)
{
  g_autoptr (GString) tried = g_string_new (NULL);

  for (guint i = 0; i < screenplay->tried->len; i++)
    {
      const CsScreenwriterTry *attempt = screenplay->tried->pdata[i];

      g_string_append_printf (tried, "%s%s:%s", i > 0 ? " " : "", attempt->screenwriter, attempt->code);
      g_assert_cmpstr (attempt->message, !=, "");
    }
  g_assert_cmpstr (tried->str, ==, expected);
}

/* The first model that is there writes it; nobody else is asked, and nothing is paid. */
static void
test_first (Fixture *self, gconstpointer data)
{
  g_autoptr (CsScreenplay) screenplay = NULL;
  const CsChat *chat;

  cs_fake_writer_say (self->ollama, GOOD, 100, 50);
  screenplay = write_it (self, CS_TEXT_MAX_COST);
  g_assert_cmpstr (screenplay->prompt, ==, "A red boat drifts on a calm sea.");
  g_assert_cmpstr (screenplay->negative_prompt, ==, "blur");
  g_assert_cmpstr (screenplay->notes[0], ==, "Why not.");
  g_assert_cmpstr (screenplay->screenwriter, ==, "ollama");
  g_assert_cmpstr (screenplay->model, ==, "ollama-said");
  g_assert_cmpint (screenplay->cost, ==, 0);
  assert_tried (screenplay, "");
  g_assert_cmpstr (self->pieces->str, ==, GOOD);
  g_assert_cmpuint (cs_fake_writer_get_n_looks (self->ollama), ==, 1);
  g_assert_cmpuint (cs_fake_writer_get_n_chats (self->groq), ==, 0);
  chat = cs_fake_writer_get_chat (self->ollama, 0);
  g_assert_cmpstr (chat->model, ==, "qwen2.5:7b");
  g_assert_cmpint (chat->connect_timeout, ==, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (chat->first_timeout, ==, 60 * G_USEC_PER_SEC);
  g_assert_cmpint (chat->idle_timeout, ==, 15 * G_USEC_PER_SEC);
  g_assert_cmpint (chat->total_timeout, ==, 90 * G_USEC_PER_SEC);
}

/* Ollama shows itself only when it is looked for. */
static void
test_found (Fixture *self, gconstpointer data)
{
  g_autoptr (CsScreenplay) screenplay = NULL;

  cs_fake_writer_set_found (self->ollama);
  cs_fake_writer_say (self->ollama, GOOD, -1, -1);
  screenplay = write_it (self, 0);
  g_assert_cmpstr (screenplay->screenwriter, ==, "ollama");
}

/* Everything that can go wrong with one model leads to the next, and is told. */
static void
test_next (Fixture *self, gconstpointer data)
{
  static const struct
  {
    CsError code;
    gboolean was_sent;
  } failures[] = {
    { CS_ERROR_OFFLINE, FALSE },         { CS_ERROR_NO_KEY, TRUE },      { CS_ERROR_PROVIDER_REFUSED, TRUE },
    { CS_ERROR_RATE_LIMITED, TRUE },     { CS_ERROR_UNAVAILABLE, TRUE }, { CS_ERROR_BAD_RESPONSE, TRUE },
    { CS_ERROR_TOO_LARGE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (CsScreenplay) screenplay = NULL;
      g_autofree char *tried = g_strdup_printf ("ollama:%s", cs_error_code_get_slug (failures[i].code));

      cs_fake_writer_fail (self->ollama, failures[i].code, failures[i].was_sent);
      cs_fake_writer_say (self->groq, GOOD, 1000, 1000);
      screenplay = write_it (self, CS_TEXT_MAX_COST);
      g_assert_cmpstr (screenplay->screenwriter, ==, "groq");
      g_assert_cmpint (screenplay->cost, ==, 150 + 600);
      assert_tried (screenplay, tried);
    }
}

/* So does an answer that cannot be used. */
static void
test_unusable (Fixture *self, gconstpointer data)
{
  g_autoptr (CsScreenplay) screenplay = NULL;

  cs_fake_writer_say (self->ollama, "A red boat.", -1, -1);
  cs_fake_writer_say (self->groq, "I'm sorry, I can't help with that.", 1000, 10);
  screenplay = write_it (self, CS_TEXT_MAX_COST);
  g_assert_cmpstr (screenplay->screenwriter, ==, "direct");
  g_assert_cmpstr (screenplay->prompt, ==, DIRECT);
  g_assert_null (screenplay->model);
  assert_tried (screenplay, "ollama:bad_response groq:provider_refused");
  g_assert_cmpint (screenplay->cost, ==, 150 + 6);
}

static void
test_unavailable (Fixture *self, gconstpointer data)
{
  g_autoptr (CsScreenplay) screenplay = NULL;

  cs_fake_writer_set_available (self->ollama, FALSE);
  cs_fake_writer_set_available (self->groq, FALSE);
  screenplay = write_it (self, CS_TEXT_MAX_COST);
  g_assert_cmpstr (screenplay->prompt, ==, DIRECT);
  assert_tried (screenplay, "ollama:unavailable groq:no_key");
  g_assert_cmpstr (((CsScreenwriterTry *) screenplay->tried->pdata[0])->message, ==, "ollama is not there.");
  g_assert_cmpuint (cs_fake_writer_get_n_chats (self->ollama) + cs_fake_writer_get_n_chats (self->groq), ==, 0);
}

/* Promise 2: what may cost more than was agreed is not asked. */
static void
test_2_over_max_cost (Fixture *self, gconstpointer data)
{
  CsMoney quote = cs_screenwriter_quote (self->screenwriter, self->brief);
  g_autoptr (CsScreenplay) refused = NULL;
  g_autoptr (CsScreenplay) written = NULL;

  g_assert_cmpint (quote, >, 0);
  g_assert_cmpint (quote, <=, CS_TEXT_MAX_COST);
  cs_fake_writer_set_available (self->ollama, FALSE);
  cs_fake_writer_say (self->groq, GOOD, 1000, 300);
  refused = write_it (self, 100);
  g_assert_cmpstr (refused->prompt, ==, DIRECT);
  assert_tried (refused, "ollama:unavailable groq:over_max_cost");
  g_assert_cmpuint (cs_fake_writer_get_n_chats (self->groq), ==, 0);
  written = write_it (self, quote);
  g_assert_cmpstr (written->screenwriter, ==, "groq");
  g_assert_cmpint (written->cost, <=, quote);
}

/* The quote holds for every model that the prompt may be for. */
static void
test_2_quote_of_target (Fixture *self, gconstpointer data)
{
  CsMoney quote = cs_screenwriter_quote (self->screenwriter, self->brief);
  g_autoptr (CsScreenplay) screenplay = NULL;
  g_autoptr (GError) error = NULL;

  cs_fake_writer_set_available (self->ollama, FALSE);
  cs_fake_writer_say (self->groq, GOOD, -1, -1);
  screenplay = try_write (self, "any/film", quote, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (screenplay->screenwriter, ==, "groq");
  g_assert_nonnull (strstr (cs_fake_writer_get_chat (self->groq, 0)->system, "grand motion"));
}

static void
test_2_quote (Fixture *self, gconstpointer data)
{
  CsMoney quote = cs_screenwriter_quote (self->screenwriter, self->brief);

  self->brief->screenwriter = FALSE;
  g_assert_cmpint (cs_screenwriter_quote (self->screenwriter, self->brief), ==, 0);
  self->brief->screenwriter = TRUE;
  self->brief->kind = CS_KIND_DECK;
  g_assert_cmpint (cs_screenwriter_quote (self->screenwriter, self->brief), ==, 0);
  self->brief->kind = CS_KIND_VIDEO;
  cs_fake_writer_set_available (self->groq, FALSE);
  g_assert_cmpint (cs_screenwriter_quote (self->screenwriter, self->brief), ==, 0);
  cs_fake_writer_set_available (self->groq, TRUE);
  self->more = add_writer (self, "more");
  g_assert_cmpint (cs_screenwriter_quote (self->screenwriter, self->brief), ==, 3 * quote);
  g_free (self->brief->prompt);
  self->brief->prompt = g_strnfill (CS_PROMPT_MAX_CHARACTERS, 'a');
  g_assert_cmpint (cs_screenwriter_quote (self->screenwriter, self->brief), >, 3 * quote);
  g_assert_cmpint (cs_screenwriter_quote (self->screenwriter, self->brief), <=, CS_TEXT_MAX_COST);
}

/* Never more than three paid calls and a cent for one job, whatever was agreed. */
static void
test_most_calls (Fixture *self, gconstpointer data)
{
  g_autoptr (CsScreenplay) screenplay = NULL;

  self->more = add_writer (self, "more");
  screenplay = write_it (self, 100 * CS_MONEY_UNIT);
  g_assert_cmpstr (screenplay->prompt, ==, DIRECT);
  assert_tried (screenplay, "ollama:bad_response groq:bad_response more:bad_response more:bad_response more:over_max_cost "
                            "more:unavailable");
  g_assert_cmpuint (cs_fake_writer_get_n_chats (self->groq) + cs_fake_writer_get_n_chats (self->more), ==,
                    CS_TEXT_MAX_CALLS);
}

/* A call that ended in doubt is reckoned with all that it may have cost. */
static void
test_doubt (Fixture *self, gconstpointer data)
{
  CsMoney quote = cs_screenwriter_quote (self->screenwriter, self->brief);
  g_autoptr (CsScreenplay) doubt = NULL;
  g_autoptr (CsScreenplay) refused = NULL;
  g_autoptr (CsScreenplay) liar = NULL;

  cs_fake_writer_fail (self->groq, CS_ERROR_UNAVAILABLE, TRUE);
  doubt = write_it (self, CS_TEXT_MAX_COST);
  g_assert_cmpint (doubt->cost, >, quote / 2);
  g_assert_cmpint (doubt->cost, <=, quote);
  cs_fake_writer_fail (self->groq, CS_ERROR_RATE_LIMITED, TRUE);
  refused = write_it (self, CS_TEXT_MAX_COST);
  g_assert_cmpint (refused->cost, ==, 0);
  cs_fake_writer_say (self->groq, GOOD, G_MAXINT64, G_MAXINT64);
  liar = write_it (self, CS_TEXT_MAX_COST);
  g_assert_cmpstr (liar->screenwriter, ==, "groq");
  g_assert_cmpint (liar->cost, <=, quote);
}

/* No call at all without the screenwriter, and none for a deck, which is written when it is made. */
static void
test_off (Fixture *self, gconstpointer data)
{
  g_autoptr (CsScreenplay) plain = NULL;
  g_autoptr (CsScreenplay) deck = NULL;

  self->brief->screenwriter = FALSE;
  plain = write_it (self, CS_TEXT_MAX_COST);
  g_assert_cmpstr (plain->prompt, ==, "a boat");
  self->brief->screenwriter = TRUE;
  self->brief->kind = CS_KIND_DECK;
  deck = write_it (self, CS_TEXT_MAX_COST);
  g_assert_cmpstr (deck->prompt, ==, "a boat");
  assert_tried (deck, "");
  g_assert_cmpuint (cs_fake_writer_get_n_looks (self->ollama) + cs_fake_writer_get_n_looks (self->groq), ==, 0);
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
  g_autoptr (CsScreenplay) during = NULL;
  g_autoptr (CsScreenplay) before = NULL;
  g_autoptr (GError) error = NULL;

  cs_fake_writer_be_silent (self->ollama);
  g_timeout_add (20, cancel_cb, self->cancellable);
  during = try_write (self, NULL, CS_TEXT_MAX_COST, &error);
  g_assert_null (during);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  before = try_write (self, NULL, CS_TEXT_MAX_COST, &error);
  g_assert_null (before);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (cs_fake_writer_get_n_chats (self->ollama), ==, 1);
  g_assert_cmpuint (cs_fake_writer_get_n_chats (self->groq), ==, 0);
}

/* The name that a server gives its model is text from outside. */
static void
test_name_of_model (Fixture *self, gconstpointer data)
{
  g_autoptr (CsScreenplay) screenplay = NULL;
  g_autofree char *json = NULL;

  cs_fake_writer_fail (self->ollama, CS_ERROR_OFFLINE, FALSE);
  cs_fake_writer_say_cut (self->groq, GOOD);
  screenplay = write_it (self, CS_TEXT_MAX_COST);
  g_assert_cmpstr (screenplay->model, ==, "big-120b");
  json = cs_screenplay_to_json (screenplay);
  g_assert_nonnull (strstr (json, "\"offline\""));
}

#define add(name, function) g_test_add ("/text-cascade/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("first", test_first);
  add ("found", test_found);
  add ("next", test_next);
  add ("unusable", test_unusable);
  add ("unavailable", test_unavailable);
  add ("2-over-max-cost", test_2_over_max_cost);
  add ("2-quote-of-target", test_2_quote_of_target);
  add ("2-quote", test_2_quote);
  add ("most-calls", test_most_calls);
  add ("doubt", test_doubt);
  add ("off", test_off);
  add ("cancelled", test_cancelled);
  add ("name-of-model", test_name_of_model);
  return g_test_run ();
}
