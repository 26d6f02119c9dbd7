/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "huggingface-fixture.h"

static void
test_check (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *status;
    const char *body;
    const char *code;
    const char *account;
  } cases[] = {
    { "200 OK", "{\"name\": \"ann\", \"auth\": {\"accessToken\": {\"role\": \"read\"}}}", "ok", "ann" },
    { "200 OK", "{\"name\": \"ann\"}", "ok", "ann" },
    { "200 OK", "{\"name\": \"ann\", \"auth\": {\"accessToken\": {\"role\": \"fineGrained\"}}}", "ok", "ann" },
    { "200 OK",
      "{\"name\": \"ann\", \"auth\": {\"accessToken\": {\"role\": \"fineGrained\", \"fineGrained\": {\"global\":"
      " [\"discussion.write\", 7], \"scoped\": [7, {\"permissions\": [\"inference.serverless.write\"]}]}}}}",
      "ok", "ann" },
    { "200 OK",
      "{\"name\": \"ann\", \"auth\": {\"accessToken\": {\"role\": \"fineGrained\", \"fineGrained\": {\"global\":"
      " [\"inference.serverless.write\"]}}}}",
      "ok", "ann" },
    { "200 OK",
      "{\"name\": \"ann\", \"auth\": {\"accessToken\": {\"role\": \"fineGrained\", \"fineGrained\": {\"global\": [],"
      " \"scoped\": [{\"permissions\": [\"repo.content.read\"]}]}}}}",
      "no_permission", "ann" },
    { "200 OK", "{}", "bad_response", NULL },
    { "200 OK", "7", "bad_response", NULL },
    { "401 Unauthorized", "{\"error\": \"Invalid credentials in Authorization header\"}", "unauthorized", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsKeyCheck) found = NULL;

      g_test_message ("%s %s", cases[i].status, cases[i].body);
      cs_canned_server_add (fixture->server, cases[i].status, NULL, cases[i].body, -1);
      found = check (fixture);
      g_assert_cmpstr (found->code, ==, cases[i].code);
      g_assert_cmpstr (found->account, ==, cases[i].account);
      g_assert_cmpint (found->balance, ==, -1);
      g_assert_null (strstr (found->message, KEY));
      check_request (fixture, i, "GET /api/whoami-v2 HTTP/1.1");
    }
}

/* Without a key nothing leaves, but for the question that everybody may ask. */
static void
test_no_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_VIDEO, WAN_ROUTE);
  g_autoptr (CsSubmission) submission = submit (fixture, request);
  g_autoptr (CsPrediction) prediction = poll (fixture, request, "abc");
  g_autoptr (CsKeyCheck) found = check (fixture);
  g_autofree char *why_not = NULL;

  g_assert_false (cs_provider_is_available (fixture->provider, request->model, &why_not));
  g_assert_nonnull (why_not);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
  g_assert_error (submission->error, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_UNREACHABLE);
  g_assert_error (prediction->error, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_cmpint (prediction->retry_after, >=, G_USEC_PER_SEC);
  g_assert_cmpstr (found->code, ==, "no_key");
  g_assert_cmpint (cs_canned_server_count (fixture->server), ==, 0);
}

/* Language models */

static CsChatAnswer *
chat (Fixture *fixture)
{
  g_autoptr (CsChat) question = cs_chat_new ();
  g_autoptr (GAsyncResult) result = NULL;

  question->model = g_strdup ("openai/gpt-oss-120b");
  question->user = g_strdup ("Say something.");
  cs_text_provider_chat_async (CS_TEXT_PROVIDER (fixture->provider), question, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_text_provider_chat_finish (CS_TEXT_PROVIDER (fixture->provider), result);
}

static void
test_chat (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autoptr (CsChatAnswer) refused = NULL;
  g_autofree char *sent = NULL;

  cs_canned_server_add (fixture->server, "200 OK", "Content-Type: text/event-stream\r\n",
                        "data: {\"choices\": [{\"delta\": {\"content\": \"A boat\"}}]}\n\n"
                        "data: {\"choices\": [{\"delta\": {\"content\": \" at dawn\"}, \"finish_reason\": \"stop\"}]}\n\n"
                        "data: [DONE]\n\n",
                        -1);
  answer = chat (fixture);
  g_assert_no_error (answer->error);
  g_assert_cmpstr (answer->text, ==, "A boat at dawn");
  check_request (fixture, 0, "POST /v1/chat/completions HTTP/1.1");
  sent = cs_canned_server_dup_request (fixture->server, 0);
  g_assert_nonnull (strstr (sent, "\"model\":\"openai/gpt-oss-120b\""));

  cs_canned_server_add (fixture->server, "402 Payment Required", NULL, "{\"error\": \"You have depleted your credits\"}", -1);
  refused = chat (fixture);
  g_assert_error (refused->error, CS_ERROR, CS_ERROR_PROVIDER_REFUSED);
}

static void
test_chat_no_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsChatAnswer) answer = chat (fixture);

  g_assert_error (answer->error, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_cmpint (cs_canned_server_count (fixture->server), ==, 0);
}

/* An address that is nonsense is told, and nothing is sent anywhere. */
static void
test_bad_base (void)
{
  Fixture fixture = { 0 };
  g_autoptr (CsRequest) request = NULL;
  g_autoptr (GPtrArray) models = cs_models_load (NULL);
  g_autoptr (CsProviderContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsKeyCheck) found = NULL;
  g_autofree char *why_not = NULL;

  set_up_with_key (&fixture, KEY);
  context = cs_provider_context_new (fixture.http, fixture.keys, models);
  g_setenv ("HF_BASE_URL", "http://example.com", TRUE);
  g_setenv ("HF_HUB_URL", "nonsense", TRUE);
  g_clear_object (&fixture.provider);
  fixture.provider = cs_huggingface_provider_new (context);
  request = new_request (&fixture, CS_KIND_IMAGE, NULL);
  g_assert_false (cs_provider_is_available (fixture.provider, request->model, &why_not));
  g_assert_nonnull (strstr (why_not, "HF_BASE_URL"));
  g_assert_null (prepare (&fixture, request, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNAVAILABLE);
  found = check (&fixture);
  g_assert_cmpstr (found->code, !=, "ok");
  g_assert_nonnull (strstr (found->message, "HF_HUB_URL"));
  tear_down (&fixture, NULL);
}

#define ADD(name, function) g_test_add ("/huggingface-account/" name, Fixture, NULL, set_up, function, tear_down)
#define ADD_WITHOUT_KEY(name, function) \
  g_test_add ("/huggingface-account/" name, Fixture, NULL, set_up_without_key, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("check", test_check);
  ADD ("chat", test_chat);
  ADD_WITHOUT_KEY ("no-key", test_no_key);
  ADD_WITHOUT_KEY ("chat-no-key", test_chat_no_key);
  g_test_add_func ("/huggingface-account/bad-base", test_bad_base);
  return g_test_run ();
}
