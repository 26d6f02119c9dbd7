/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same request again: the same answer and one job, however often, at once or later, and after a restart. */
#include "config.h"

#include "server-scene.h"

#include <string.h>

#define PLAIN "'user_prompt': 'A boat', 'user_id': 'u', 'screenwriter': false"
#define ASKED "{" PLAIN ", 'request_id': 'r-1'}"

static gint64
count_jobs (ServerScene *scene)
{
  return server_scene_query (scene, "SELECT count(*) FROM jobs");
}

static void
test_same (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (ServerAnswer) first = server_scene_make (scene, "generate-video", ASKED);
  g_autoptr (ServerAnswer) second = server_scene_make (scene, "generate-video", ASKED);
  g_autoptr (ServerAnswer) done = server_scene_wait (scene, "video-status", server_answer_string (first, "prediction_id"));
  g_autoptr (ServerAnswer) third = server_scene_make (scene, "generate-video", ASKED);

  server_assert_json (first, 200);
  g_assert_cmpstr (first->text, ==, second->text);
  g_assert_cmpstr (first->text, ==, third->text);
  g_assert_cmpstr (server_answer_string (done, "status"), ==, "succeeded");
  g_assert_cmpint (count_jobs (scene), ==, 1);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "piapi", "create"), ==, 1);
}

/* In the header as in the body; what is left out is what is usual. */
static void
test_header (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (ServerAnswer) first = server_ask (scene->server, "POST", "generate-video", "{" PLAIN "}", "Idempotency-Key", "r-1", NULL);
  g_autoptr (ServerAnswer) second = server_post (scene->server, "generate-video", "{" PLAIN ", 'duration': 5, 'style': 'photorealistic', 'request_id': 'r-1'}");

  server_assert_json (first, 200);
  g_assert_cmpstr (first->text, ==, second->text);
  g_assert_cmpint (count_jobs (scene), ==, 1);
}

static void
test_conflict (void)
{
  static const char *const others[] = { "{'user_prompt': 'A ship', 'user_id': 'u', 'screenwriter': false, 'request_id': 'r-1'}",
                                        "{" PLAIN ", 'request_id': 'r-1', 'seed': 4}", "{" PLAIN ", 'request_id': 'r-1', 'max_cost_usd': 1}",
                                        "{" PLAIN ", 'request_id': 'r-1', 'duration': 6}" };
  g_autoptr (ServerScene) scene = server_scene_open ("pr");
  g_autoptr (ServerAnswer) first = server_scene_make (scene, "generate-video", ASKED);
  g_autoptr (ServerAnswer) image = server_scene_make (scene, "generate-image", ASKED);
  g_autoptr (ServerAnswer) deck = server_scene_make (scene, "generate-presentation", ASKED);

  server_assert_json (first, 200);
  server_assert_error (image, 409, "conflict", NULL);
  server_assert_error (deck, 409, "conflict", NULL);
  g_assert_nonnull (strstr (server_answer_string (image, "detail"), "r-1"));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (ServerAnswer) other = server_scene_make (scene, "generate-video", others[i]);

      server_assert_error (other, 409, "conflict", NULL);
    }
  g_assert_cmpint (count_jobs (scene), ==, 1);
}

/* Twenty at once: one job, one request to the provider, twenty times the same answer. */
static void
test_together (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  GAsyncResult **calls[20];
  g_autofree char *text = NULL;

  cs_fake_server_set_usual (scene->fake, "piapi", "create", "ok@100");
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i] = server_scene_start (scene, "generate-video", "{" PLAIN "}", "Idempotency-Key", "r-1");
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (ServerAnswer) answer = server_scene_end (scene, calls[i]);

      server_assert_json (answer, 200);
      if (text == NULL)
        text = g_strdup (answer->text);
      g_assert_cmpstr (answer->text, ==, text);
    }
  g_assert_cmpint (count_jobs (scene), ==, 1);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "piapi", "create"), ==, 1);
}

/* What was refused is refused again, and not sent again. */
static void
test_refused (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("r");
  g_autoptr (ServerAnswer) first = NULL;
  g_autoptr (ServerAnswer) second = NULL;

  cs_fake_server_script (scene->fake, "replicate", "create", "422");
  first = server_scene_make (scene, "generate-image", ASKED);
  second = server_scene_make (scene, "generate-image", ASKED);
  server_assert_error (first, 502, "provider_refused", NULL);
  g_assert_cmpuint (second->status, ==, 502);
  g_assert_cmpstr (first->text, ==, second->text);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "replicate", "create"), ==, 1);
}

/* Taken, then failed, then taken by another one: what was said first is said again. */
static void
test_fallback_later (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("pr");
  g_autoptr (ServerAnswer) first = NULL;
  g_autoptr (ServerAnswer) done = NULL;
  g_autoptr (ServerAnswer) second = NULL;

  cs_fake_server_script (scene->fake, "piapi", "create", "failed:no");
  first = server_scene_make (scene, "generate-video", ASKED);
  server_assert_json (first, 200);
  g_assert_cmpstr (server_answer_string (first, "engine"), ==, "Wan 2.2 14B (PiAPI)");
  done = server_scene_wait (scene, "video-status", server_answer_string (first, "prediction_id"));
  g_assert_cmpstr (server_answer_string (done, "status"), ==, "succeeded");
  g_assert_cmpstr (server_answer_string (done, "engine"), !=, "Wan 2.2 14B (PiAPI)");
  second = server_scene_make (scene, "generate-video", ASKED);
  g_assert_cmpstr (first->text, ==, second->text);
}

/* After a restart, and though the key is gone with which it was made. */
static void
test_restart (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("r");
  const char *body = "{" PLAIN ", 'provider': 'replicate', 'request_id': 'r-1'}";
  g_autoptr (ServerAnswer) first = server_scene_make (scene, "generate-image", body);
  g_autoptr (ServerAnswer) done = server_scene_wait (scene, "image-status", server_answer_string (first, "prediction_id"));
  g_autoptr (ServerAnswer) again = NULL;
  g_autoptr (ServerAnswer) other = NULL;
  g_autoptr (ServerAnswer) new_one = NULL;

  server_assert_json (first, 200);
  server_scene_reopen (scene);
  again = server_scene_make (scene, "generate-image", body);
  server_assert_json (again, 200);
  g_assert_cmpstr (server_answer_string (again, "prediction_id"), ==, server_answer_string (first, "prediction_id"));
  g_assert_cmpstr (server_answer_string (again, "message"), ==, server_answer_string (first, "message"));
  other = server_scene_make (scene, "generate-image", "{" PLAIN ", 'provider': 'replicate', 'request_id': 'r-1', 'seed': 1}");
  server_assert_error (other, 409, "conflict", NULL);
  new_one = server_scene_make (scene, "generate-image", "{" PLAIN ", 'provider': 'replicate', 'request_id': 'r-2'}");
  server_assert_error (new_one, 503, "no_key", NULL);
  g_assert_cmpint (count_jobs (scene), ==, 1);
}

/* Users do not get in each other's way; without an id every request is one of its own. */
static void
test_apart (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autoptr (ServerAnswer) one = server_scene_make (scene, "generate-image", ASKED);
  g_autoptr (ServerAnswer) two = server_scene_make (scene, "generate-image", "{'user_prompt': 'A boat', 'user_id': 'v', 'screenwriter': false, 'request_id': 'r-1'}");
  g_autoptr (ServerAnswer) three = server_scene_make (scene, "generate-image", "{" PLAIN "}");
  g_autoptr (ServerAnswer) four = server_scene_make (scene, "generate-image", "{" PLAIN "}");

  server_assert_json (one, 200);
  server_assert_json (two, 200);
  server_assert_json (three, 200);
  server_assert_json (four, 200);
  g_assert_cmpint (count_jobs (scene), ==, 4);
}

static CsEngine *
open_another_engine (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPaths) paths = cs_paths_new (&error);
  g_autoptr (GAsyncResult) result = NULL;
  CsEngine *engine;

  cs_engine_open_async (paths, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  engine = cs_engine_open_finish (result, &error);
  g_assert_no_error (error);
  return engine;
}

static void
close_engine (CsEngine *engine)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_engine_close_async (engine, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cs_engine_close_finish (engine, result, &error);
  g_assert_no_error (error);
}

static GPtrArray *
add_job (CsEngine *engine)
{
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_VIDEO);
  g_autoptr (GPtrArray) briefs = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;

  brief->prompt = g_strdup ("A boat");
  brief->user_id = g_strdup ("u");
  brief->request_id = g_strdup ("r-1");
  brief->screenwriter = FALSE;
  brief->from_api = TRUE;
  g_ptr_array_add (briefs, brief);
  cs_job_queue_add_async (cs_engine_get_queue (engine), briefs, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_job_queue_add_finish (cs_engine_get_queue (engine), result, NULL);
}

/* Another program drives its job: what happens there is seen, and it is not made twice. */
static void
test_elsewhere (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (CsEngine) other = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (ServerAnswer) answer = NULL;

  cs_fake_server_set_usual (scene->fake, "piapi", "create", "ok@500");
  g_setenv ("PIAPI_KEY", "canary0123456789abcdef", TRUE);
  other = open_another_engine ();
  jobs = add_job (other);
  server_scene_wait_asked (scene, "piapi", "create");
  answer = server_scene_make (scene, "generate-video", ASKED);
  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "prediction_id"), ==, cs_job_get_id (jobs->pdata[0]));
  g_assert_nonnull (strstr (server_answer_string (answer, "message"), "launched"));
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "piapi", "create"), ==, 1);
  close_engine (other);
}

/* What somebody has cancelled is told so. */
static void
test_cancelled (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) again = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (CsJob) cancelled = NULL;
  CsJobQueue *queue = cs_engine_get_queue (scene->server->engine);
  GAsyncResult **call;

  cs_fake_server_set_usual (scene->fake, "piapi", "create", "429:1000");
  call = server_scene_start (scene, "generate-video", ASKED, NULL, NULL);
  server_scene_wait_asked (scene, "piapi", "create");
  cs_job_queue_list_async (queue, TRUE, 1, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  jobs = cs_job_queue_list_finish (queue, result, NULL);
  g_clear_object (&result);
  cs_job_queue_cancel_async (queue, cs_job_get_id (jobs->pdata[0]), NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cancelled = cs_job_queue_cancel_finish (queue, result, NULL);
  answer = server_scene_end (scene, call);
  server_assert_error (answer, 409, "cancelled", NULL);
  again = server_scene_make (scene, "generate-video", ASKED);
  g_assert_cmpstr (again->text, ==, answer->text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/promise-3/server/repeat/same", test_same);
  g_test_add_func ("/promise-3/server/repeat/header", test_header);
  g_test_add_func ("/server/repeat/conflict", test_conflict);
  g_test_add_func ("/promise-3/server/repeat/together", test_together);
  g_test_add_func ("/promise-3/server/repeat/refused", test_refused);
  g_test_add_func ("/server/repeat/fallback-later", test_fallback_later);
  g_test_add_func ("/promise-3/server/repeat/restart", test_restart);
  g_test_add_func ("/server/repeat/apart", test_apart);
  g_test_add_func ("/promise-3/server/repeat/elsewhere", test_elsewhere);
  g_test_add_func ("/server/repeat/cancelled", test_cancelled);
  return g_test_run ();
}
