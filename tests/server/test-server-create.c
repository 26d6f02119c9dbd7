/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making videos and pictures over HTTP: the guide's own calls, every field, and what becomes of the job. */
#include "config.h"

#include "server-scene.h"

#include "server/cs-api-making.h"

#include <string.h>

#define GUIDE_VIDEO \
  "{'user_prompt': 'Un chat astronaute flottant dans l’espace', 'user_id': 'test_user', 'duration': 5, 'aspect_ratio': '16:9', 'style': 'photorealistic'}"
#define GUIDE_IMAGE \
  "{'user_prompt': 'Portrait d’une femme en style Van Gogh', 'user_id': 'test_user', 'aspect_ratio': '1:1', 'style': 'artistic'}"
#define PLAIN "{'user_prompt': 'A boat', 'user_id': 'u', 'screenwriter': false}"

static void
assert_address (ServerScene *scene, const char *address, const char *format, const char *id)
{
  g_autofree char *path = g_strdup_printf ("%s/api/studio/%s", scene->server->address, format);
  g_autofree char *whole = g_strdup_printf ("%s%s%s", path, id, g_str_has_prefix (format, "creations") ? "/file" : "");

  g_assert_cmpstr (address, ==, whole);
}

/* The first call of the guide, and its second. */
static void
test_guide_video (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (ServerAnswer) answer = server_post (scene->server, "generate-video", GUIDE_VIDEO);
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autoptr (ServerAnswer) status = NULL;
  g_autoptr (ServerAnswer) done = NULL;

  server_assert_json (answer, 200);
  id = g_strdup (server_answer_string (answer, "prediction_id"));
  g_assert_true (cs_id_is_valid (id));
  g_assert_cmpstr (server_answer_string (answer, "status"), ==, "processing");
  g_assert_cmpstr (server_answer_string (answer, "creation_id"), ==, id);
  g_assert_cmpstr (server_answer_string (answer, "provider"), ==, "piapi");
  g_assert_cmpstr (server_answer_string (answer, "engine"), ==, "Wan 2.2 14B (PiAPI)");
  g_assert_nonnull (strstr (server_answer_string (answer, "prompt"), "chat astronaute"));
  g_assert_cmpint (cs_json_get_money (answer->object, "estimated_cost", -1), ==, 280000);
  g_assert_nonnull (strstr (answer->text, "\"estimated_cost\":0.28"));
  g_assert_cmpstr (server_answer_string (answer, "message"), ==, "Vidéo Wan 2.2 lancée! Génération en cours (~2-3 min)...");

  path = g_strdup_printf ("video-status/%s?provider=piapi", id);
  status = server_get (scene->server, path);
  server_assert_json (status, 200);
  g_assert_cmpstr (server_answer_string (status, "prediction_id"), ==, id);
  done = server_scene_wait (scene, "video-status", id);
  g_assert_cmpstr (server_answer_string (done, "status"), ==, "succeeded");
  g_assert_cmpstr (server_answer_string (done, "state"), ==, "done");
  g_assert_cmpstr (server_answer_string (done, "provider"), ==, "piapi");
  g_assert_cmpstr (server_answer_string (done, "engine"), ==, "Wan 2.2 14B (PiAPI)");
  g_assert_cmpstr (server_answer_string (done, "message"), ==, "Video generated successfully!");
  assert_address (scene, server_answer_string (done, "video_url"), "creations/", id);
  g_assert_false (json_object_has_member (done->object, "error"));
  g_assert_false (json_object_has_member (done->object, "source_url")); /* of this computer, and not https */
}

static void
test_guide_image (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("r");
  g_autoptr (ServerAnswer) answer = server_post (scene->server, "generate-image", GUIDE_IMAGE);
  const char *id = server_answer_string (answer, "prediction_id");
  g_autoptr (ServerAnswer) done = NULL;
  g_autofree char *base = cs_fake_server_dup_base (scene->fake, "replicate");

  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "status"), ==, "processing");
  g_assert_cmpstr (server_answer_string (answer, "creation_id"), ==, id);
  g_assert_cmpstr (server_answer_string (answer, "provider"), ==, "replicate");
  g_assert_cmpstr (server_answer_string (answer, "engine"), ==, "Flux Schnell (Replicate)");
  g_assert_cmpint (cs_json_get_money (answer->object, "estimated_cost", -1), ==, 3000);
  g_assert_nonnull (strstr (server_answer_string (answer, "message"), "Flux Schnell"));
  g_assert_nonnull (strstr (server_answer_string (answer, "message"), "12-18 s"));
  assert_address (scene, server_answer_string (answer, "poll_url"), "image-status/", id);
  g_assert_true (g_str_has_prefix (server_answer_string (answer, "provider_poll_url"), base));
  done = server_scene_wait (scene, "image-status", id);
  g_assert_cmpstr (server_answer_string (done, "status"), ==, "succeeded");
  g_assert_cmpstr (server_answer_string (done, "message"), ==, "Image generated successfully!");
  assert_address (scene, server_answer_string (done, "image_url"), "creations/", id);
  g_assert_false (json_object_has_member (done->object, "video_url"));
}

static const CsBrief *
get_brief (CsJob *job)
{
  return cs_job_get_facts (job)->brief;
}

static CsJob *
get_made (ServerScene *scene, ServerAnswer *answer)
{
  server_assert_json (answer, 200);
  return server_scene_get_job (scene, server_answer_string (answer, "prediction_id"));
}

/* What is not said is what the contract says. */
static void
test_defaults (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("pr");
  g_autoptr (ServerAnswer) video = server_scene_make (scene, "generate-video", "{'user_prompt': 'A boat', 'user_id': 'u'}");
  g_autoptr (ServerAnswer) image = server_scene_make (scene, "generate-image", "{'user_prompt': 'A boat', 'user_id': 'u', 'seed': null, 'key_code': null}");
  g_autoptr (CsJob) video_job = get_made (scene, video);
  g_autoptr (CsJob) image_job = get_made (scene, image);
  const CsBrief *brief = get_brief (video_job);

  g_assert_true (brief->from_api);
  g_assert_cmpstr (brief->prompt, ==, "A boat");
  g_assert_cmpstr (brief->user_id, ==, "u");
  g_assert_cmpint (brief->duration, ==, 5);
  g_assert_cmpint (brief->aspect, ==, CS_ASPECT_16_9);
  g_assert_cmpint (brief->style, ==, CS_STYLE_PHOTOREALISTIC);
  g_assert_cmpint (brief->sound, ==, CS_WISH_UNSAID);
  g_assert_true (brief->screenwriter);
  g_assert_false (brief->has_seed);
  g_assert_false (brief->over_budget);
  g_assert_cmpint (brief->max_cost, ==, -1);
  g_assert_null (brief->wallet_key);
  g_assert_null (brief->request_id);
  g_assert_cmpint (get_brief (image_job)->aspect, ==, CS_ASPECT_1_1);
  g_assert_false (get_brief (image_job)->has_seed);
  g_assert_false (json_object_has_member (video->object, "ignored_fields"));
}

static void
test_fields (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (ServerAnswer) answer = server_scene_make (
      scene, "generate-video",
      "{'user_prompt': ' A boat ', 'user_id': 'u', 'duration': 10, 'aspect_ratio': '9:16', 'style': '3d', 'provider': 'piapi',"
      " 'model': 'wan-2.6', 'sound': true, 'negative_prompt': 'rain', 'seed': 7, 'screenwriter': false, 'max_cost_usd': '0.8',"
      " 'request_id': 'r-1', 'colour': 'red', 'size': 4}");
  g_autoptr (CsJob) job = get_made (scene, answer);
  const CsBrief *brief = get_brief (job);
  JsonArray *ignored = cs_json_get_array (answer->object, "ignored_fields");

  g_assert_cmpstr (brief->prompt, ==, "A boat");
  g_assert_cmpint (brief->duration, ==, 10);
  g_assert_cmpint (brief->aspect, ==, CS_ASPECT_9_16);
  g_assert_cmpint (brief->style, ==, CS_STYLE_3D_RENDER);
  g_assert_cmpint (brief->sound, ==, CS_WISH_YES);
  g_assert_cmpstr (brief->negative_prompt, ==, "rain");
  g_assert_true (brief->has_seed);
  g_assert_cmpint (brief->seed, ==, 7);
  g_assert_false (brief->screenwriter);
  g_assert_cmpint (brief->max_cost, ==, 800000);
  g_assert_cmpstr (brief->request_id, ==, "r-1");
  g_assert_cmpstr (server_answer_string (answer, "engine"), ==, "Wan 2.6 (PiAPI)");
  g_assert_cmpint (cs_json_get_money (answer->object, "estimated_cost", -1), ==, 800000);
  g_assert_cmpuint (json_array_get_length (ignored), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (ignored, 0), ==, "colour");
}

/* What is sent is what is said, and what is not made as asked is said too. */
static void
test_written (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("rg");
  g_autoptr (ServerAnswer) answer = server_scene_make (scene, "generate-video", "{'user_prompt': 'A boat', 'user_id': 'u', 'duration': 10}");
  g_autoptr (JsonObject) request = cs_fake_server_dup_request (scene->fake, "replicate", "create", 0);
  g_autofree char *sent = cs_json_object_to_string (request, FALSE);

  server_assert_json (answer, 200);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "groq", "chat"), >=, 1);
  g_assert_cmpstr (server_answer_string (answer, "prompt"), !=, "A boat");
  g_assert_nonnull (strstr (sent, server_answer_string (answer, "prompt")));
  g_assert_cmpuint (json_array_get_length (cs_json_get_array (answer->object, "notes")), >=, 1);
}

/* Without a key it is drawn here, and never called anything else. */
static void
test_sketch (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autoptr (ServerAnswer) answer = server_scene_make (scene, "generate-image", PLAIN);
  g_autoptr (ServerAnswer) done = NULL;

  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "provider"), ==, "sketch");
  g_assert_nonnull (strstr (server_answer_string (answer, "message"), "without AI"));
  g_assert_cmpint (cs_json_get_money (answer->object, "estimated_cost", -1), ==, 0);
  g_assert_false (json_object_has_member (answer->object, "provider_poll_url"));
  done = server_scene_wait (scene, "image-status", server_answer_string (answer, "prediction_id"));
  g_assert_cmpstr (server_answer_string (done, "status"), ==, "succeeded");
}

/* Refused by the first, taken by the next: one id. */
static void
test_fallback (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("pr");
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) done = NULL;

  cs_fake_server_set_usual (scene->fake, "piapi", "create", "422");
  answer = server_scene_make (scene, "generate-video", PLAIN);
  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "provider"), ==, "replicate");
  g_assert_cmpstr (server_answer_string (answer, "engine"), ==, "MiniMax Video-01 (Replicate)");
  g_assert_nonnull (strstr (server_answer_string (answer, "message"), "MiniMax"));
  g_assert_nonnull (strstr (server_answer_string (answer, "message"), "2-4 min"));
  done = server_scene_wait (scene, "video-status", server_answer_string (answer, "prediction_id"));
  g_assert_cmpstr (server_answer_string (done, "status"), ==, "succeeded");
  g_assert_cmpstr (server_answer_string (done, "prediction_id"), ==, server_answer_string (answer, "prediction_id"));
}

/* The caller is gone before a provider has taken it: the job goes on. */
static void
test_hang_up (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autofree char *id = NULL;
  g_autoptr (ServerAnswer) done = NULL;
  g_autoptr (ServerAnswer) again = NULL;
  GAsyncResult **call;

  cs_fake_server_set_usual (scene->fake, "piapi", "create", "ok@300");
  call = server_scene_start (scene, "generate-video", "{'user_prompt': 'A boat', 'user_id': 'u', 'screenwriter': false, 'request_id': 'x'}", NULL, NULL);
  server_scene_wait_asked (scene, "piapi", "create");
  server_scene_drop (scene, call);
  again = server_scene_make (scene, "generate-video", "{'user_prompt': 'A boat', 'user_id': 'u', 'screenwriter': false, 'request_id': 'x'}");
  server_assert_json (again, 200);
  id = g_strdup (server_answer_string (again, "prediction_id"));
  done = server_scene_wait (scene, "video-status", id);
  g_assert_cmpstr (server_answer_string (done, "status"), ==, "succeeded");
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "piapi", "create"), ==, 1);
}

static void
test_restart (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) done = NULL;

  cs_fake_server_set_usual (scene->fake, "piapi", "create", "polls:5");
  answer = server_scene_make (scene, "generate-video", PLAIN);
  server_assert_json (answer, 200);
  g_setenv ("PIAPI_KEY", "canary0123456789abcdef", TRUE); /* the first has taken it */
  server_scene_reopen (scene);
  done = server_scene_wait (scene, "video-status", server_answer_string (answer, "prediction_id"));
  g_assert_cmpstr (server_answer_string (done, "status"), ==, "succeeded");
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "piapi", "create"), ==, 1);
}

static gboolean
is_rate_limited_cb (gpointer user_data)
{
  return cs_job_get_facts (user_data)->waiting == CS_WAITING_RATE_LIMITED;
}

/* Nobody can be reached for longer than anybody waits: it is kept, and sent later. */
static void
test_patience (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (ServerAnswer) status = NULL;
  g_autoptr (CsJob) job = NULL;
  g_autofree char *path = NULL;

  cs_fake_server_set_usual (scene->fake, "piapi", "create", "429:1000");
  cs_api_making_set_patience (0.3, 300);
  answer = server_scene_make (scene, "generate-video", PLAIN);
  cs_api_making_set_patience (45, 300);
  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "status"), ==, "processing");
  g_assert_cmpstr (server_answer_string (answer, "provider"), ==, "piapi");
  g_assert_null (strstr (server_answer_string (answer, "message"), "launched"));
  job = server_scene_get_job (scene, server_answer_string (answer, "prediction_id"));
  cs_test_wait (is_rate_limited_cb, job);
  path = g_strdup_printf ("video-status/%s", server_answer_string (answer, "prediction_id"));
  status = server_scene_read (scene, path);
  g_assert_cmpstr (server_answer_string (status, "status"), ==, "processing");
  g_assert_cmpstr (server_answer_string (status, "waiting"), ==, "rate_limited");
  g_assert_cmpstr (server_answer_string (status, "message"), ==, "Generation under way...");
}

/* The server stops: it is answered as it stands. */
static void
test_stop (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (GAsyncResult) stopped = NULL;
  g_autoptr (ServerAnswer) answer = NULL;
  GAsyncResult **call;

  cs_fake_server_set_usual (scene->fake, "piapi", "create", "429:1000");
  call = server_scene_start (scene, "generate-video", PLAIN, NULL, NULL);
  server_scene_wait_asked (scene, "piapi", "create");
  cs_api_server_stop_async (scene->server->server, NULL, cs_test_keep_result, &stopped);
  answer = server_scene_end (scene, call);
  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "status"), ==, "processing");
  cs_test_wait_result (&stopped);
  g_clear_object (&stopped);
  g_clear_object (&scene->server->server);
  g_clear_pointer (&scene->server->address, g_free);
}

/* Three languages, whatever that of the process is. */
static void
test_languages (void)
{
  static const char *const languages[] = { "fr", "ar", "en" };
  g_autoptr (ServerScene) scene = server_scene_open ("");

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (ServerAnswer) made = server_ask (scene->server, "POST", "generate-image", PLAIN, "Accept-Language", languages[i], NULL);
      g_autoptr (ServerAnswer) wrong = server_ask (scene->server, "POST", "generate-image", "{'user_id': 'u'}", "Accept-Language", languages[i], NULL);
      g_autofree char *launched = NULL;
      g_autofree char *missing = NULL;
      CsLanguage language = CS_LANGUAGE_EN;

      cs_language_from_string (languages[i], &language);
      launched = g_strdup_printf (server_words (language, "%s launched! A preview without AI is being drawn on this computer..."), "Sketch");
      missing = g_strdup_printf (server_words (language, "“%s” is missing. Add it to the JSON object."), "user_prompt");
      server_assert_json (made, 200);
      g_assert_cmpstr (server_answer_header (made, "Content-Language"), ==, languages[i]);
      g_assert_cmpstr (server_answer_string (made, "message"), ==, launched);
      server_assert_error (wrong, 422, "missing_field", "user_prompt");
      g_assert_cmpstr (server_answer_string (wrong, "detail"), ==, missing);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/create/guide-video", test_guide_video);
  g_test_add_func ("/server/create/guide-image", test_guide_image);
  g_test_add_func ("/server/create/defaults", test_defaults);
  g_test_add_func ("/server/create/fields", test_fields);
  g_test_add_func ("/server/create/written", test_written);
  g_test_add_func ("/server/create/sketch", test_sketch);
  g_test_add_func ("/server/create/fallback", test_fallback);
  g_test_add_func ("/promise-4/server/create/hang-up", test_hang_up);
  g_test_add_func ("/promise-4/server/create/restart", test_restart);
  g_test_add_func ("/server/create/patience", test_patience);
  g_test_add_func ("/server/create/stop", test_stop);
  g_test_add_func ("/server/create/languages", test_languages);
  return g_test_run ();
}
