/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls that are right, and cannot be done: no key, no budget, a price over what was agreed, and what providers say. */
#include "config.h"

#include "server-scene.h"

#include <string.h>

#define PLAIN "'user_prompt': 'A boat', 'user_id': 'u', 'screenwriter': false"

static void
assert_nothing (ServerScene *scene)
{
  g_assert_cmpint (server_scene_query (scene, "SELECT count(*) FROM jobs"), ==, 0);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, NULL, "create"), ==, 0);
}

/* The guide's own trouble: which key, and what to do, in its words. */
static void
test_no_key (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (ServerAnswer) english = server_scene_make (scene, "generate-image", "{" PLAIN ", 'provider': 'replicate'}");
  g_autoptr (ServerAnswer) french = server_post (scene->server, "generate-video", "{" PLAIN ", 'provider': 'replicate'}");
  g_autoptr (ServerAnswer) by_model = server_scene_make (scene, "generate-video", "{" PLAIN ", 'model': 'minimax-video-01'}");
  g_autoptr (ServerAnswer) deck = server_scene_make (scene, "generate-presentation", "{'user_prompt': 'Tides', 'user_id': 'u', 'provider': 'groq'}");

  server_assert_error (english, 503, "no_key", NULL);
  g_assert_true (g_str_has_prefix (server_answer_string (english, "detail"), "REPLICATE_API_TOKEN is not set. "));
  g_assert_nonnull (strstr (server_answer_string (english, "detail"), "keys set REPLICATE_API_TOKEN"));
  server_assert_error (french, 503, "no_key", NULL);
  g_assert_true (g_str_has_prefix (server_answer_string (french, "detail"), "REPLICATE_API_TOKEN non configuré"));
  server_assert_error (by_model, 503, "no_key", NULL);
  g_assert_true (g_str_has_prefix (server_answer_string (by_model, "detail"), "REPLICATE_API_TOKEN"));
  server_assert_error (deck, 503, "no_key", NULL);
  g_assert_true (g_str_has_prefix (server_answer_string (deck, "detail"), "GROQ_API_KEY"));
  assert_nothing (scene);
}

/* Sound that only somebody without a key makes; and a program on this computer that does not run needs no key. */
static void
test_not_usable (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("r");
  g_autoptr (ServerAnswer) sound = server_scene_make (scene, "generate-video", "{" PLAIN ", 'sound': true}");
  g_autoptr (ServerAnswer) ollama = server_scene_make (scene, "generate-presentation", "{'user_prompt': 'Tides', 'user_id': 'u', 'provider': 'ollama'}");

  server_assert_error (sound, 503, "no_key", NULL);
  g_assert_nonnull (strstr (server_answer_string (sound, "detail"), "PIAPI_KEY"));
  server_assert_error (ollama, 503, "unavailable", NULL);
  assert_nothing (scene);
}

static void
test_max_cost (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (ServerAnswer) below = server_scene_make (scene, "generate-video", "{" PLAIN ", 'max_cost_usd': 0.279999}");
  g_autoptr (ServerAnswer) equal = NULL;

  server_assert_error (below, 422, "over_max_cost", "max_cost_usd");
  g_assert_nonnull (strstr (server_answer_string (below, "detail"), "$0.28"));
  assert_nothing (scene);
  equal = server_scene_make (scene, "generate-video", "{" PLAIN ", 'max_cost_usd': 0.28}");
  server_assert_json (equal, 200);
}

/* The first refuses, the next is dearer than what was agreed: that is told, and nothing is left that could be sent later. */
static void
test_consent (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (ServerAnswer) answer = NULL;

  cs_fake_server_set_usual (scene->fake, "piapi", "create", "422");
  answer = server_scene_make (scene, "generate-video", "{" PLAIN ", 'max_cost_usd': 0.3}");
  server_assert_error (answer, 422, "over_max_cost", "max_cost_usd");
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "piapi", "create"), ==, 1);
  g_assert_cmpint (server_scene_query (scene, "SELECT count(*) FROM jobs WHERE state <> 'cancelled'"), ==, 0);
}

/* A key that goes away between the question and the job. */
static void
test_lost_key (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("rg");
  CsKeys *keys = cs_engine_get_keys (scene->server->engine);
  g_autoptr (ServerAnswer) answer = NULL;
  GAsyncResult **call;

  cs_fake_server_set_usual (scene->fake, "groq", "chat", "ok@300");
  call = server_scene_start (scene, "generate-image", "{'user_prompt': 'A boat', 'user_id': 'u', 'provider': 'replicate'}", NULL, NULL);
  server_scene_wait_asked (scene, "groq", "chat");
  cs_keys_read_environment (keys); /* takes what is there now: nothing */
  answer = server_scene_end (scene, call);
  server_assert_error (answer, 503, "no_key", NULL);
  g_assert_true (g_str_has_prefix (server_answer_string (answer, "detail"), "REPLICATE_API_TOKEN"));
  g_assert_cmpuint (cs_fake_server_count (scene->fake, NULL, "create"), ==, 0);
}

/* What programs ask for over HTTP has a cap of its own: five dollars a day. */
static void
test_over_budget (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  const char *body = "{" PLAIN ", 'model': 'wan-2.6', 'duration': 10, 'request_id': 'last'}";
  g_autoptr (ServerAnswer) over = NULL;
  g_autoptr (ServerAnswer) again = NULL;
  g_autoptr (ServerAnswer) good = NULL;

  for (guint i = 0; i < 6; i++) /* 4.80 */
    {
      g_autoptr (ServerAnswer) answer = server_scene_make (scene, "generate-video", "{" PLAIN ", 'model': 'wan-2.6', 'duration': 10}");

      server_assert_json (answer, 200);
    }
  over = server_scene_make (scene, "generate-video", body);
  server_assert_error (over, 503, "over_budget", NULL);
  again = server_scene_make (scene, "generate-video", body);
  server_assert_error (again, 503, "over_budget", NULL);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "piapi", "create"), ==, 6);
  g_assert_cmpint (server_scene_query (scene, "SELECT count(*) FROM jobs WHERE waiting = 'budget'"), ==, 0);

  /* Once there is room the same request is made. */
  server_scene_exec (scene, "UPDATE attempts SET hold = 0, cost = 0");
  server_scene_exec (scene, "UPDATE jobs SET cost = 0");
  server_scene_exec (scene, "DELETE FROM usage_events");
  good = server_scene_make (scene, "generate-video", body);
  server_assert_json (good, 200);
}

/* Many at once for the same request: one job, and all of them are told no. */
static void
test_over_budget_together (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  GAsyncResult **calls[8];
  CsBudget caps = { CS_BUDGET_KEEP, CS_BUDGET_KEEP, CS_BUDGET_KEEP, 0 };
  g_autoptr (GAsyncResult) result = NULL;

  cs_wallet_set_budget_async (cs_engine_get_wallet (scene->server->engine), &caps, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_free (cs_wallet_set_budget_finish (cs_engine_get_wallet (scene->server->engine), result, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i] = server_scene_start (scene, "generate-video", "{" PLAIN ", 'request_id': 'r'}", NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (ServerAnswer) answer = server_scene_end (scene, calls[i]);

      server_assert_error (answer, 503, "over_budget", NULL);
    }
  g_assert_cmpuint (cs_fake_server_count (scene->fake, NULL, "create"), ==, 0);
  g_assert_cmpint (server_scene_query (scene, "SELECT count(*) FROM jobs WHERE state <> 'cancelled'"), ==, 0);
}

/* What the provider says no to. */
static void
test_refused (void)
{
  static const char *const words[] = { "400", "402", "403", "404", "422" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (ServerScene) scene = server_scene_open ("r");
      g_autoptr (ServerAnswer) english = NULL;
      g_autoptr (ServerAnswer) french = NULL;

      cs_fake_server_set_usual (scene->fake, "replicate", "create", words[i]);
      english = server_scene_make (scene, "generate-image", "{" PLAIN "}");
      french = server_post (scene->server, "generate-image", "{" PLAIN "}");
      g_test_message ("%s: %s", words[i], english->text);
      server_assert_error (english, 502, "provider_refused", NULL);
      server_assert_error (french, 502, "provider_refused", NULL);
      g_assert_null (strstr (english->text, "canary"));
    }
}

/* A key that is no good is as good as none. */
static void
test_bad_key (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("r");
  g_autoptr (ServerAnswer) english = NULL;
  g_autoptr (ServerAnswer) french = NULL;

  cs_fake_server_set_usual (scene->fake, "replicate", "create", "401");
  english = server_scene_make (scene, "generate-image", "{" PLAIN "}");
  french = server_post (scene->server, "generate-image", "{" PLAIN "}");
  server_assert_error (english, 503, "no_key", NULL);
  server_assert_error (french, 503, "no_key", NULL);
  g_assert_nonnull (strstr (server_answer_string (english, "detail"), "REPLICATE_API_TOKEN"));
  g_assert_nonnull (strstr (server_answer_string (french, "detail"), "REPLICATE_API_TOKEN"));
  g_assert_null (strstr (english->text, "canary"));
}

/* Nobody knows: that is told, and it is not sent again. */
static void
test_uncertain (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) status = NULL;
  g_autofree char *path = NULL;

  cs_fake_server_set_usual (scene->fake, "piapi", "create", "lost");
  answer = server_scene_make (scene, "generate-video", "{" PLAIN "}");
  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "status"), ==, "processing");
  g_assert_nonnull (strstr (server_answer_string (answer, "message"), "billed"));
  path = g_strdup_printf ("video-status/%s", server_answer_string (answer, "prediction_id"));
  status = server_scene_read (scene, path);
  g_assert_cmpstr (server_answer_string (status, "status"), ==, "processing");
  g_assert_true (cs_json_get_boolean (status->object, "uncertain", FALSE));
  g_assert_nonnull (strstr (server_answer_string (status, "message"), "billed"));
  server_scene_exec (scene, "UPDATE jobs SET uncertain_since = uncertain_since - 90000000000");
  g_clear_pointer (&status, server_answer_free);
  server_scene_reopen (scene);
  status = server_scene_read (scene, path);
  g_assert_cmpstr (server_answer_string (status, "status"), ==, "failed");
  g_assert_cmpstr (cs_json_get_string (cs_json_get_object (status->object, "error"), "code", ""), ==, "uncertain");
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "piapi", "create"), ==, 1);
}

/* Lost, found, and taken for its own in the same call. */
static void
test_adopted (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("r");
  g_autoptr (ServerAnswer) answer = NULL;

  cs_fake_server_set_usual (scene->fake, "replicate", "create", "lost");
  answer = server_scene_make (scene, "generate-image", "{" PLAIN "}");
  server_assert_json (answer, 200);
  g_assert_nonnull (strstr (server_answer_string (answer, "message"), "launched"));
  g_assert_true (json_object_has_member (answer->object, "provider_poll_url"));
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "replicate", "create"), ==, 1);
}

/* Taken, and failed before anybody could answer: the call was accepted all the same, and its status says the rest. */
static void
test_failed_later (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("r");
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) failed = NULL;
  JsonObject *error;

  cs_fake_server_set_usual (scene->fake, "replicate", "create", "failed:yes");
  answer = server_scene_make (scene, "generate-image", "{" PLAIN "}");
  server_assert_json (answer, 200);
  failed = server_scene_wait (scene, "image-status", server_answer_string (answer, "prediction_id"));
  g_assert_cmpstr (server_answer_string (failed, "status"), ==, "failed");
  error = cs_json_get_object (failed->object, "error");
  g_assert_cmpstr (cs_json_get_string (error, "code", ""), !=, "");
  g_assert_cmpstr (cs_json_get_string (error, "message", ""), ==, server_answer_string (failed, "message"));
  g_assert_false (json_object_has_member (failed->object, "image_url"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/create-trouble/no-key", test_no_key);
  g_test_add_func ("/server/create-trouble/not-usable", test_not_usable);
  g_test_add_func ("/promise-2/server/create-trouble/max-cost", test_max_cost);
  g_test_add_func ("/promise-2/server/create-trouble/consent", test_consent);
  g_test_add_func ("/server/create-trouble/lost-key", test_lost_key);
  g_test_add_func ("/promise-2/server/create-trouble/over-budget", test_over_budget);
  g_test_add_func ("/promise-2/server/create-trouble/over-budget-together", test_over_budget_together);
  g_test_add_func ("/server/create-trouble/refused", test_refused);
  g_test_add_func ("/server/create-trouble/bad-key", test_bad_key);
  g_test_add_func ("/promise-3/server/create-trouble/uncertain", test_uncertain);
  g_test_add_func ("/promise-3/server/create-trouble/adopted", test_adopted);
  g_test_add_func ("/server/create-trouble/failed-later", test_failed_later);
  return g_test_run ();
}
