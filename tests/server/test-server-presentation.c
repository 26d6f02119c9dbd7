/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decks over HTTP: the caller waits for the deck, and nobody waits with him. */
#include "config.h"

#include "server-scene.h"

#include "server/cs-api-making.h"

#include <string.h>

#define GUIDE "{'user_prompt': 'Les agents BMAD et leur utilisation', 'user_id': 'test_user', 'num_slides': 7, 'theme': 'dark'}"

/* Exactly so many slides, from 0, and the Markdown is theirs. */
static void
assert_slides (ServerAnswer *answer, guint n)
{
  JsonArray *slides = cs_json_get_array (answer->object, "slides");
  const char *markdown = server_answer_string (answer, "markdown_content");

  g_assert_cmpint (cs_json_get_int (answer->object, "num_slides", 0), ==, n);
  g_assert_cmpuint (json_array_get_length (slides), ==, n);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *slide = json_array_get_object_element (slides, i);
      g_autofree char *content = g_strstrip (g_strdup (cs_json_get_string (slide, "content", "")));

      g_assert_cmpint (cs_json_get_int (slide, "index", -1), ==, i);
      g_assert_cmpstr (content, !=, "");
      g_assert_nonnull (strstr (markdown, content));
    }
}

static void
test_guide (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("g");
  g_autoptr (ServerAnswer) answer = server_post (scene->server, "generate-presentation", GUIDE);
  g_autofree char *address = NULL;

  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "status"), ==, "success");
  g_assert_cmpstr (server_answer_string (answer, "theme"), ==, "dark");
  assert_slides (answer, 7);
  g_assert_cmpint (cs_json_get_money (answer->object, "cost_usd", -1), >, 0);
  g_assert_cmpstr (server_answer_string (answer, "message"), ==, "Présentation générée avec succès");
  g_assert_true (cs_id_is_valid (server_answer_string (answer, "creation_id")));
  address = g_strdup_printf ("%s/api/studio/creations/%s/file", scene->server->address, server_answer_string (answer, "creation_id"));
  g_assert_cmpstr (server_answer_string (answer, "html_url"), ==, address);
  g_assert_cmpstr (server_answer_string (answer, "provider"), ==, "groq");
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "groq", "chat"), >=, 1);
}

static void
test_defaults (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autoptr (ServerAnswer) answer = server_scene_make (scene, "generate-presentation", "{'user_prompt': 'The tides of the sea', 'user_id': 'u', 'style': 'anime'}");
  g_autoptr (CsJob) job = NULL;

  server_assert_json (answer, 200);
  assert_slides (answer, 5);
  g_assert_cmpstr (server_answer_string (answer, "theme"), ==, "dark");
  g_assert_cmpint (cs_json_get_money (answer->object, "cost_usd", -1), ==, 0);
  g_assert_cmpstr (server_answer_string (answer, "provider"), ==, "sketch");
  g_assert_cmpuint (json_array_get_length (cs_json_get_array (answer->object, "ignored_fields")), ==, 1);
  job = server_scene_get_job (scene, server_answer_string (answer, "creation_id"));
  g_assert_false (cs_job_get_facts (job)->brief->has_language);
  g_assert_true (cs_job_get_facts (job)->brief->from_api);
}

static void
test_fields (void)
{
  static const char *const themes[] = { "dark", "light", "solarized" };
  static const int numbers[] = { 1, 30, 2 };
  static const char *const languages[] = { "fr", "ar", "en" };
  g_autoptr (ServerScene) scene = server_scene_open ("");

  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      g_autofree char *body = g_strdup_printf ("{'user_prompt': 'Tides', 'user_id': 'u', 'num_slides': %d, 'theme': '%s', 'language': '%s'}", numbers[i], themes[i], languages[i]);
      g_autoptr (ServerAnswer) answer = server_scene_make (scene, "generate-presentation", body);
      g_autoptr (CsJob) job = NULL;

      server_assert_json (answer, 200);
      assert_slides (answer, numbers[i]);
      g_assert_cmpstr (server_answer_string (answer, "theme"), ==, themes[i]);
      job = server_scene_get_job (scene, server_answer_string (answer, "creation_id"));
      g_assert_cmpstr (cs_language_to_string (cs_job_get_facts (job)->brief->language), ==, languages[i]);
    }
}

/* Ollama is looked for before anybody is chosen. */
static void
test_ollama (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("og");
  g_autoptr (ServerAnswer) answer = server_scene_make (scene, "generate-presentation", "{'user_prompt': 'Tides', 'user_id': 'u', 'num_slides': 3}");

  server_assert_json (answer, 200);
  assert_slides (answer, 3);
  g_assert_cmpstr (server_answer_string (answer, "provider"), ==, "ollama");
  g_assert_cmpint (cs_json_get_money (answer->object, "cost_usd", -1), ==, 0);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "groq", "chat"), ==, 0);
}

/* Nobody writes: the outline of this program, which is better than none. */
static void
test_alone (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("g");
  g_autoptr (ServerAnswer) answer = NULL;

  cs_fake_server_set_usual (scene->fake, "groq", "chat", "500");
  answer = server_scene_make (scene, "generate-presentation", "{'user_prompt': 'Tides', 'user_id': 'u', 'num_slides': 4}");
  server_assert_json (answer, 200);
  assert_slides (answer, 4);
  g_assert_cmpstr (server_answer_string (answer, "provider"), ==, "sketch");
}

static void
test_repeat (void)
{
  const char *body = "{'user_prompt': 'Tides', 'user_id': 'u', 'num_slides': 3, 'request_id': 'r'}";
  g_autoptr (ServerScene) scene = server_scene_open ("g");
  g_autoptr (ServerAnswer) first = server_scene_make (scene, "generate-presentation", body);
  g_autoptr (ServerAnswer) second = server_scene_make (scene, "generate-presentation", body);
  guint n_chats = cs_fake_server_count (scene->fake, "groq", "chat");
  g_autoptr (ServerAnswer) third = NULL;

  server_assert_json (first, 200);
  g_assert_cmpstr (first->text, ==, second->text);
  server_scene_reopen (scene);
  third = server_scene_make (scene, "generate-presentation", body);
  server_assert_json (third, 200);
  g_assert_cmpstr (server_answer_string (third, "creation_id"), ==, server_answer_string (first, "creation_id"));
  g_assert_cmpstr (server_answer_string (third, "markdown_content"), ==, server_answer_string (first, "markdown_content"));
  g_assert_cmpuint (cs_fake_server_count (scene->fake, "groq", "chat"), ==, n_chats);
}

/* It takes longer than anybody waits: it goes on, and whoever asks again gets it. */
static void
test_patience (void)
{
  const char *body = "{'user_prompt': 'Tides', 'user_id': 'u', 'num_slides': 3, 'request_id': 'r'}";
  g_autoptr (ServerScene) scene = server_scene_open ("g");
  g_autoptr (ServerAnswer) late = NULL;
  g_autoptr (ServerAnswer) again = NULL;

  cs_fake_server_set_usual (scene->fake, "groq", "chat", "ok@700");
  cs_api_making_set_patience (45, 0.1);
  late = server_scene_make (scene, "generate-presentation", body);
  cs_api_making_set_patience (45, 300);
  server_assert_error (late, 503, "unavailable", NULL);
  g_assert_nonnull (strstr (server_answer_string (late, "detail"), "jobs/01"));
  again = server_scene_make (scene, "generate-presentation", body);
  server_assert_json (again, 200);
  g_assert_nonnull (strstr (server_answer_string (late, "detail"), server_answer_string (again, "creation_id")));
  g_assert_cmpint (server_scene_query (scene, "SELECT count(*) FROM jobs"), ==, 1);
}

static gboolean
are_all_asked_cb (gpointer user_data)
{
  ServerScene *scene = user_data;

  return server_scene_query (scene, "SELECT count(*) FROM jobs") == 50 && cs_fake_server_count (scene->fake, "groq", "chat") > 0;
}

/* Fifty that take long, and prices all the while. */
static void
test_many (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("g");
  GAsyncResult **calls[50];
  guint n_open = G_N_ELEMENTS (calls);

  cs_fake_server_set_usual (scene->fake, "groq", "chat", "ok@3000");
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *body = g_strdup_printf ("{'user_prompt': 'Tides %u', 'user_id': 'u', 'num_slides': 2, 'max_cost_usd': 1}", i);

      calls[i] = server_scene_start (scene, "generate-presentation", body, NULL, NULL);
    }
  cs_test_wait (are_all_asked_cb, scene);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (ServerAnswer) prices = server_scene_read (scene, "pricing");

      server_assert_json (prices, 200);
    }
  /* Whoever asked for prices did not wait for the decks. */
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    n_open -= *calls[i] != NULL;
  g_assert_cmpuint (n_open, >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (ServerAnswer) answer = server_scene_end (scene, calls[i]);

      server_assert_json (answer, 200);
      assert_slides (answer, 2);
    }
}

/* The caller is gone, the server stops, and another one goes on: the deck is written. */
static void
test_stop (void)
{
  const char *body = "{'user_prompt': 'Tides', 'user_id': 'u', 'num_slides': 3, 'request_id': 'r'}";
  g_autoptr (ServerScene) scene = server_scene_open ("g");
  g_autoptr (ServerAnswer) again = NULL;
  GAsyncResult **call;

  cs_fake_server_script (scene->fake, "groq", "chat", "ok@400");
  call = server_scene_start (scene, "generate-presentation", body, NULL, NULL);
  server_scene_wait_asked (scene, "groq", "chat");
  server_scene_drop (scene, call);
  g_setenv ("GROQ_API_KEY", "canary0123456789abcdef", TRUE);
  server_scene_reopen (scene);
  again = server_scene_make (scene, "generate-presentation", body);
  server_assert_json (again, 200);
  assert_slides (again, 3);
  g_assert_cmpint (server_scene_query (scene, "SELECT count(*) FROM jobs"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/presentation/guide", test_guide);
  g_test_add_func ("/server/presentation/defaults", test_defaults);
  g_test_add_func ("/server/presentation/fields", test_fields);
  g_test_add_func ("/server/presentation/ollama", test_ollama);
  g_test_add_func ("/server/presentation/alone", test_alone);
  g_test_add_func ("/promise-3/server/presentation/repeat", test_repeat);
  g_test_add_func ("/server/presentation/patience", test_patience);
  g_test_add_func ("/promise-7/server/presentation/many", test_many);
  g_test_add_func ("/promise-4/server/presentation/stop", test_stop);
  return g_test_run ();
}
