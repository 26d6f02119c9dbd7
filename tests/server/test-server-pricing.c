/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What things cost now, for each kind and each model, and how soon a change is told. */
#include "config.h"

#include "server-scene.h"

#include <string.h>

static void
assert_kind (ServerAnswer *answer, const char *kind, CsMoney cost, const char *description, const char *provider, gboolean is_available)
{
  JsonObject *object = cs_json_get_object (answer->object, kind);

  g_assert_nonnull (object);
  g_assert_cmpint (cs_json_get_money (object, "cost_usd", -1), ==, cost);
  g_assert_cmpstr (cs_json_get_string (object, "description", NULL), ==, description);
  g_assert_cmpstr (cs_json_get_string (object, "provider", NULL), ==, provider);
  g_assert_true (json_object_has_member (object, "available"));
  g_assert_cmpint (cs_json_get_boolean (object, "available", !is_available), ==, is_available);
}

static JsonObject *
find_model (ServerAnswer *answer, const char *id)
{
  JsonArray *models = cs_json_get_array (answer->object, "models");

  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonObject *model = json_array_get_object_element (models, i);

      if (g_strcmp0 (cs_json_get_string (model, "id", NULL), id) == 0)
        return model;
    }
  return NULL;
}

static void
assert_model (ServerAnswer *answer, const char *id, const char *kind, const char *unit, CsMoney cost, gboolean is_available)
{
  JsonObject *model = find_model (answer, id);
  g_autofree char *provider = g_strndup (id, strcspn (id, "/"));

  g_assert_nonnull (model);
  g_assert_cmpstr (cs_json_get_string (model, "provider", ""), ==, provider);
  g_assert_cmpstr (cs_json_get_string (model, "name", ""), !=, "");
  g_assert_cmpstr (cs_json_get_string (model, "kind", ""), ==, kind);
  g_assert_cmpstr (cs_json_get_string (model, "unit", ""), ==, unit);
  g_assert_cmpint (cs_json_get_money (model, "cost_usd", -1), ==, cost);
  g_assert_cmpint (cs_json_get_money (model, "sale_usd", -1), ==, cost);
  g_assert_cmpint (cs_json_get_boolean (model, "available", !is_available), ==, is_available);
  g_assert_cmpint (json_object_has_member (model, "why_not"), ==, !is_available);
}

static void
test_all_keys (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("prhg");
  g_autoptr (ServerAnswer) answer = server_scene_read (scene, "pricing");

  server_assert_json (answer, 200);
  assert_kind (answer, "video", 280000, "Video 5s Wan 2.2", "PiAPI (Wan 2.2)", TRUE);
  assert_kind (answer, "image", 3000, "High quality image", "Replicate (Flux Schnell)", TRUE);
  assert_kind (answer, "presentation", 2000, "Reveal.js presentation", "Groq (GPT-OSS 120B)", TRUE);
  g_assert_cmpstr (server_answer_string (answer, "currency"), ==, "USD");
  g_assert_true (cs_json_get_boolean (answer->object, "hf_configured", FALSE));
  assert_model (answer, "piapi/wan-2.2", "video", "video", 280000, TRUE);
  assert_model (answer, "piapi/wan-2.6", "video", "second", 80000, TRUE);
  assert_model (answer, "groq/gpt-oss-120b", "deck", "slide", 400, TRUE);
  assert_model (answer, "ollama/qwen", "deck", "deck", 0, FALSE);
  assert_model (answer, "sketch/video", "video", "video", 0, TRUE);
  g_assert_null (find_model (answer, "groq/llama-3.3-70b")); /* retired */
}

/* Nobody but Sketch: that is said, and is not called available. */
static void
test_no_keys (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autoptr (ServerAnswer) answer = server_scene_read (scene, "pricing");

  server_assert_json (answer, 200);
  assert_kind (answer, "video", 0, "A preview without AI, drawn on this computer", "Sketch", FALSE);
  assert_kind (answer, "image", 0, "A preview without AI, drawn on this computer", "Sketch", FALSE);
  assert_kind (answer, "presentation", 0, "Reveal.js presentation: an outline, without AI", "Sketch", FALSE);
  g_assert_true (json_object_has_member (answer->object, "hf_configured"));
  g_assert_false (cs_json_get_boolean (answer->object, "hf_configured", TRUE));
  g_assert_nonnull (strstr (cs_json_get_string (find_model (answer, "piapi/wan-2.2"), "why_not", ""), "PIAPI_KEY"));
}

/* Each kind by itself. */
static void
test_some_keys (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("h");
  g_autoptr (ServerAnswer) answer = server_scene_read (scene, "pricing");

  assert_kind (answer, "video", 150000, "Video 5s Wan 2.2 5B", "Hugging Face (Wan 2.2 5B)", TRUE);
  assert_kind (answer, "image", 3000, "High quality image", "Hugging Face (Flux Schnell)", TRUE);
  assert_kind (answer, "presentation", 0, "Reveal.js presentation: an outline, without AI", "Sketch", FALSE);
  g_assert_true (cs_json_get_boolean (answer->object, "hf_configured", FALSE));
}

/* Who is on this computer is looked for when the server starts, and the first who asks is told the truth. */
static void
test_ollama (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("o");
  g_autoptr (ServerAnswer) answer = server_scene_read (scene, "pricing");

  server_assert_json (answer, 200);
  assert_kind (answer, "presentation", 0, "Reveal.js presentation", "Ollama (Qwen - FREE)", TRUE);
}

static void
test_languages (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  static const char *const languages[] = { "fr", "ar", "en", "fr" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (ServerAnswer) answer = server_ask (scene->server, "GET", "pricing", NULL, "Accept-Language", languages[i], NULL);
      CsLanguage language = CS_LANGUAGE_EN;
      g_autofree char *description = NULL;

      cs_language_from_string (languages[i], &language);
      description = g_strdup_printf (server_words (language, "Video %1$s %2$s"), "5s", "Wan 2.2");
      server_assert_json (answer, 200);
      g_assert_cmpstr (server_answer_header (answer, "Content-Language"), ==, languages[i]);
      assert_kind (answer, "video", 280000, description, "PiAPI (Wan 2.2)", TRUE);
    }
}

/* The same bytes as long as nothing is new; a key that comes is told at once. */
static void
test_change (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  CsKeys *keys = cs_engine_get_keys (scene->server->engine);
  g_autoptr (ServerAnswer) before = server_scene_read (scene, "pricing");
  g_autoptr (ServerAnswer) same = server_scene_read (scene, "pricing");
  g_autoptr (ServerAnswer) after = NULL;

  g_assert_cmpstr (before->text, ==, same->text);
  g_setenv ("PIAPI_KEY", "canary0123456789abcdef", TRUE);
  cs_keys_read_environment (keys);
  g_signal_emit_by_name (keys, "changed");
  after = server_scene_read (scene, "pricing");
  assert_kind (after, "video", 280000, "Video 5s Wan 2.2", "PiAPI (Wan 2.2)", TRUE);
  g_assert_null (strstr (after->text, "canary"));
}

static void
test_head (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("p");
  g_autoptr (ServerAnswer) head = server_ask (scene->server, "HEAD", "pricing", NULL, NULL);
  g_autoptr (ServerAnswer) get = server_get (scene->server, "pricing");
  g_autofree char *length = g_strdup_printf ("%zu", g_bytes_get_size (get->body));

  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (head->body), ==, 0);
  g_assert_cmpstr (server_answer_header (head, "Content-Length"), ==, length);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/promise-2/server/pricing/all-keys", test_all_keys);
  g_test_add_func ("/promise-1/server/pricing/no-keys", test_no_keys);
  g_test_add_func ("/promise-2/server/pricing/some-keys", test_some_keys);
  g_test_add_func ("/server/pricing/ollama", test_ollama);
  g_test_add_func ("/server/pricing/languages", test_languages);
  g_test_add_func ("/server/pricing/change", test_change);
  g_test_add_func ("/server/pricing/head", test_head);
  return g_test_run ();
}
