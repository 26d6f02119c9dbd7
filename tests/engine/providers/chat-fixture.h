/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A provider of language models before a server that says what the test tells it. */
#pragma once

#include "chat-server.h"

#include "core/cs-error.h"
#include "providers/cs-provider-context.h"
#include "providers/cs-text-provider.h"

#define CANARY "gsk_canary5f2d9c81e7b4a603"
#define SHORT (150 * 1000) /* microseconds */

typedef struct
{
  ChatServer *server;
  CsProviderContext *context;
  CsProvider *provider;
  GString *shown;            /* the pieces, each in brackets */
  GCancellable *cancellable; /* (nullable) cancelled by the first piece */
} ChatFixture;

/* The environment stands already. */
static void
chat_fixture_set_up (ChatFixture *fixture, CsProvider *(*make) (CsProviderContext *context))
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsKeys) keys = cs_keys_new (NULL);
  g_autoptr (GPtrArray) models = NULL;
  g_autoptr (GError) error = NULL;

  models = cs_models_load (&error);
  g_assert_no_error (error);
  cs_keys_read_environment (keys);
  fixture->context = cs_provider_context_new (http, keys, models);
  fixture->provider = make (fixture->context);
  fixture->shown = g_string_new (NULL);
}

static void
chat_fixture_tear_down (ChatFixture *fixture)
{
  g_clear_object (&fixture->provider);
  g_clear_pointer (&fixture->context, cs_provider_context_unref);
  g_clear_pointer (&fixture->server, chat_server_free);
  g_string_free (fixture->shown, TRUE);
  g_clear_object (&fixture->cancellable);
}

static void
chat_piece_cb (const char *piece, gpointer user_data)
{
  ChatFixture *fixture = user_data;

  g_string_append_printf (fixture->shown, "[%s]", piece);
  if (fixture->cancellable != NULL)
    g_cancellable_cancel (fixture->cancellable);
}

static CsChat *
chat_fixture_new_chat (const char *model, const char *schema)
{
  CsChat *chat = cs_chat_new ();

  chat->model = g_strdup (model);
  chat->system = g_strdup ("You write.");
  chat->user = g_strdup ("قارب at dawn");
  if (schema != NULL)
    chat->schema = cs_json_parse_object (schema, strlen (schema), 100000, NULL);
  return chat;
}

static CsChatAnswer *
chat_fixture_ask (ChatFixture *fixture, CsChat *chat)
{
  g_autoptr (GAsyncResult) result = NULL;
  CsChatAnswer *answer;

  cs_text_provider_chat_async (CS_TEXT_PROVIDER (fixture->provider), chat, chat_piece_cb, fixture, fixture->cancellable,
                               cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  answer = cs_text_provider_chat_finish (CS_TEXT_PROVIDER (fixture->provider), result);
  g_assert_nonnull (answer);
  g_assert_true (answer->text != NULL || answer->error != NULL);
  if (answer->error != NULL)
    {
      g_test_message ("%s", answer->error->message);
      g_assert_null (strstr (answer->error->message, CANARY));
      g_assert_true (answer->error->domain == CS_ERROR || g_error_matches (answer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
    }
  return answer;
}

static CsKeyCheck *
chat_fixture_check (ChatFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  CsKeyCheck *check;

  cs_provider_check_async (fixture->provider, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  check = cs_provider_check_finish (fixture->provider, result);
  g_test_message ("%s: %s", check->code, check->message);
  g_assert_null (strstr (check->message, CANARY));
  return check;
}

/* What is no chat is refused, without a word to anybody. */
static void
chat_fixture_assert_no_media (ChatFixture *fixture)
{
  g_autoptr (CsRequest) request = cs_request_new ();
  g_autoptr (GAsyncResult) submitted = NULL;
  g_autoptr (GAsyncResult) polled = NULL;
  g_autoptr (CsSubmission) submission = NULL;
  g_autoptr (CsPrediction) prediction = NULL;

  request->kind = CS_KIND_DECK;
  cs_provider_submit_async (fixture->provider, request, NULL, cs_test_keep_result, &submitted);
  cs_test_wait_result (&submitted);
  submission = cs_provider_submit_finish (fixture->provider, submitted);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
  g_assert_error (submission->error, CS_ERROR, CS_ERROR_PROVIDER_REFUSED);
  cs_provider_poll_async (fixture->provider, request, "id", NULL, NULL, NULL, cs_test_keep_result, &polled);
  cs_test_wait_result (&polled);
  prediction = cs_provider_poll_finish (fixture->provider, polled);
  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_FAILED);
  g_assert_cmpint (prediction->billed, ==, CS_BILLED_NO);
  g_assert_cmpuint (fixture->server->requests->len, ==, 0);
}
