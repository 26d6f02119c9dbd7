/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How something stands, by every id that it has, on the right route, and for whom. */
#include "config.h"

#include "server-scene.h"

#include <string.h>

#define PLAIN "'user_prompt': 'A boat', 'user_id': 'u', 'screenwriter': false"

static char *
make (ServerScene *scene, const char *path, const char *body)
{
  g_autoptr (ServerAnswer) answer = server_scene_make (scene, path, body);

  server_assert_json (answer, 200);
  return g_strdup (server_answer_string (answer, "prediction_id"));
}

static ServerAnswer *
ask (ServerScene *scene, const char *format, const char *id)
{
  g_autoptr (GString) path = g_string_new (format);

  g_string_replace (path, "ID", id, 0);
  return server_scene_read (scene, path->str);
}

static char *
get_remote_id (ServerScene *scene, const char *id)
{
  g_autoptr (CsJob) job = server_scene_get_job (scene, id);

  return g_strdup (cs_job_facts_get_attempt (cs_job_get_facts (job))->remote_id);
}

static void
test_under_way (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autofree char *id = NULL;
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) french = NULL;
  g_autofree char *path = NULL;

  cs_fake_server_set_usual (scene->fake, "piapi", "create", "polls:100000");
  id = make (scene, "generate-video", "{" PLAIN "}");
  answer = ask (scene, "video-status/ID?provider=piapi", id);
  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "prediction_id"), ==, id);
  g_assert_cmpstr (server_answer_string (answer, "status"), ==, "processing");
  g_assert_cmpstr (server_answer_string (answer, "state"), ==, "rendering");
  g_assert_cmpstr (server_answer_string (answer, "provider"), ==, "piapi");
  g_assert_cmpstr (server_answer_string (answer, "engine"), ==, "Wan 2.2 14B (PiAPI)");
  g_assert_cmpstr (server_answer_string (answer, "message"), ==, "Generation under way...");
  g_assert_true (json_object_has_member (answer->object, "progress"));
  g_assert_false (json_object_has_member (answer->object, "video_url"));
  g_assert_false (json_object_has_member (answer->object, "error"));
  path = g_strdup_printf ("video-status/%s", id);
  french = server_get (scene->server, path);
  g_assert_cmpstr (server_answer_string (french, "message"), ==, "Génération en cours...");
}

static void
test_done (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autofree char *id = make (scene, "generate-video", "{" PLAIN "}");
  g_autoptr (ServerAnswer) done = server_scene_wait (scene, "video-status", id);
  g_autofree char *path = g_strdup_printf ("video-status/%s", id);
  g_autoptr (ServerAnswer) french = server_get (scene->server, path);
  g_autoptr (ServerAnswer) with_source = NULL;

  g_assert_cmpstr (server_answer_string (french, "message"), ==, "Vidéo générée avec succès!");
  server_scene_exec (scene, "UPDATE attempts SET output = 'https://cdn.example/video.mp4'");
  with_source = ask (scene, "video-status/ID", id);
  g_assert_cmpstr (server_answer_string (with_source, "source_url"), ==, "https://cdn.example/video.mp4");
  g_assert_true (g_str_has_prefix (server_answer_string (with_source, "video_url"), scene->server->address));
}

/* The provider's id leads to the same, and `provider` is a hint and nothing else. */
static void
test_ids (void)
{
  static const char *const hints[] = { "", "?provider=piapi", "?provider=replicate", "?provider=nobody", "?provider=", "?other=1" };
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autofree char *id = make (scene, "generate-video", "{" PLAIN "}");
  g_autofree char *remote_id = get_remote_id (scene, id);

  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      g_autofree char *path = g_strconcat ("video-status/ID", hints[i], NULL);
      g_autoptr (ServerAnswer) ours = ask (scene, path, id);
      g_autoptr (ServerAnswer) theirs = ask (scene, path, remote_id);

      server_assert_json (ours, 200);
      server_assert_json (theirs, 200);
      g_assert_cmpstr (server_answer_string (theirs, "prediction_id"), ==, id);
    }
}

static void
test_unknown (void)
{
  static const char *const ids[] = { "01HZZZZZZZZZZZZZZZZZZZZZZZ", "nothing", "%27%20OR%201=1", "..", "%2e%2e%2fstudio.db", "%00" };
  g_autoptr (ServerScene) scene = server_scene_open ("");

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (ServerAnswer) video = ask (scene, "video-status/ID", ids[i]);
      g_autoptr (ServerAnswer) image = ask (scene, "image-status/ID", ids[i]);

      g_assert_cmpuint (video->status, ==, 404);
      server_assert_error (image, 404, "not_found", NULL);
    }
}

/* Each on its own route; the other one says which. */
static void
test_routes (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autofree char *video = make (scene, "generate-video", "{" PLAIN "}");
  g_autofree char *image = make (scene, "generate-image", "{" PLAIN "}");
  g_autoptr (ServerAnswer) deck = server_scene_make (scene, "generate-presentation", "{'user_prompt': 'Tides', 'user_id': 'u', 'num_slides': 1}");
  g_autoptr (ServerAnswer) one = ask (scene, "image-status/ID", video);
  g_autoptr (ServerAnswer) two = ask (scene, "video-status/ID", image);
  g_autoptr (ServerAnswer) three = ask (scene, "video-status/ID", server_answer_string (deck, "creation_id"));

  server_assert_error (one, 404, "not_found", NULL);
  g_assert_nonnull (strstr (server_answer_string (one, "detail"), "video-status"));
  server_assert_error (two, 404, "not_found", NULL);
  g_assert_nonnull (strstr (server_answer_string (two, "detail"), "image-status"));
  server_assert_error (three, 404, "not_found", NULL);
  g_assert_nonnull (strstr (server_answer_string (three, "detail"), "jobs/"));
}

static void
test_cancelled (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("r");
  g_autofree char *id = NULL;
  CsJobQueue *queue = cs_engine_get_queue (scene->server->engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsJob) job = NULL;
  g_autoptr (ServerAnswer) answer = NULL;

  cs_fake_server_set_usual (scene->fake, "replicate", "create", "polls:100000");
  id = make (scene, "generate-image", "{" PLAIN "}");
  cs_job_queue_cancel_async (queue, id, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  job = cs_job_queue_cancel_finish (queue, result, NULL);
  answer = server_scene_wait (scene, "image-status", id);
  g_assert_cmpstr (server_answer_string (answer, "status"), ==, "canceled");
  g_assert_cmpstr (server_answer_string (answer, "state"), ==, "cancelled");
  g_assert_cmpstr (cs_json_get_string (cs_json_get_object (answer->object, "error"), "code", ""), ==, "cancelled");
}

/* Nothing that it says is of this computer: no path, no key. */
static void
test_quiet (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autofree char *id = make (scene, "generate-video", "{" PLAIN "}");
  g_autoptr (ServerAnswer) done = server_scene_wait (scene, "video-status", id);

  g_assert_null (strstr (done->text, scene->server->home->path));
  g_assert_null (strstr (done->text, "canary"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/status/under-way", test_under_way);
  g_test_add_func ("/server/status/done", test_done);
  g_test_add_func ("/server/status/ids", test_ids);
  g_test_add_func ("/server/status/unknown", test_unknown);
  g_test_add_func ("/server/status/routes", test_routes);
  g_test_add_func ("/server/status/cancelled", test_cancelled);
  g_test_add_func ("/promise-5/server/status/quiet", test_quiet);
  return g_test_run ();
}
