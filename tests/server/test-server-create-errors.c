/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls that cannot be made: told with the field that is wrong, and nothing of them is written or sent. */
#include "config.h"

#include "server-scene.h"

#include <string.h>

#define ASKED "'user_prompt': 'A boat', 'user_id': 'u'"

static void
assert_nothing (ServerScene *scene)
{
  g_assert_cmpint (server_scene_query (scene, "SELECT count(*) FROM jobs"), ==, 0);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, NULL, "create"), ==, 0);
  g_assert_cmpuint (cs_fake_server_count (scene->fake, NULL, "chat"), ==, 0);
}

static void
check (ServerScene *scene, const char *path, const char *body, const char *code, const char *field)
{
  g_autoptr (ServerAnswer) answer = server_scene_make (scene, path, body);

  g_test_message ("%s %s", path, body);
  server_assert_error (answer, 422, code, field);
}

static void
check_all (ServerScene *scene, const char *body, const char *code, const char *field)
{
  check (scene, "generate-video", body, code, field);
  check (scene, "generate-image", body, code, field);
  check (scene, "generate-presentation", body, code, field);
}

static void
test_common (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("prhg");

  check_all (scene, "{}", "missing_field", "user_prompt");
  check_all (scene, "{'user_id': 'u'}", "missing_field", "user_prompt");
  check_all (scene, "{'user_prompt': null, 'user_id': 'u'}", "missing_field", "user_prompt");
  check_all (scene, "{'user_prompt': 'A boat'}", "missing_field", "user_id");
  check_all (scene, "{'user_prompt': 'A boat', 'user_id': null}", "missing_field", "user_id");
  check_all (scene, "{'user_prompt': '', 'user_id': 'u'}", "invalid_value", "user_prompt");
  check_all (scene, "{'user_prompt': '  \\n ', 'user_id': 'u'}", "invalid_value", "user_prompt");
  check_all (scene, "{'user_prompt': '\\u200b', 'user_id': 'u'}", "invalid_value", "user_prompt");
  check_all (scene, "{'user_prompt': 'a\\u0007b', 'user_id': 'u'}", "invalid_value", "user_prompt");
  check_all (scene, "{'user_prompt': 5, 'user_id': 'u'}", "invalid_value", "user_prompt");
  check_all (scene, "{'user_prompt': ['A boat'], 'user_id': 'u'}", "invalid_value", "user_prompt");
  check_all (scene, "{'user_prompt': {'a': 1}, 'user_id': 'u'}", "invalid_value", "user_prompt");
  check_all (scene, "{'user_prompt': true, 'user_id': 'u'}", "invalid_value", "user_prompt");
  check_all (scene, "{'user_prompt': 'A boat', 'user_id': ''}", "invalid_value", "user_id");
  check_all (scene, "{'user_prompt': 'A boat', 'user_id': 7}", "invalid_value", "user_id");
  check_all (scene, "{'user_prompt': 'A boat', 'user_id': 'a\\nb'}", "invalid_value", "user_id");
  check_all (scene, "{" ASKED ", 'provider': 'nobody'}", "invalid_value", "provider");
  check_all (scene, "{" ASKED ", 'provider': ''}", "invalid_value", "provider");
  check_all (scene, "{" ASKED ", 'provider': 5}", "invalid_value", "provider");
  check_all (scene, "{" ASKED ", 'model': 'opera'}", "invalid_value", "model");
  check_all (scene, "{" ASKED ", 'model': false}", "invalid_value", "model");
  check_all (scene, "{" ASKED ", 'max_cost_usd': -0.01}", "invalid_value", "max_cost_usd");
  check_all (scene, "{" ASKED ", 'max_cost_usd': 'free'}", "invalid_value", "max_cost_usd");
  check_all (scene, "{" ASKED ", 'max_cost_usd': '0,5'}", "invalid_value", "max_cost_usd");
  check_all (scene, "{" ASKED ", 'max_cost_usd': 1e30}", "invalid_value", "max_cost_usd");
  check_all (scene, "{" ASKED ", 'max_cost_usd': true}", "invalid_value", "max_cost_usd");
  check_all (scene, "{" ASKED ", 'request_id': 7}", "invalid_value", "request_id");
  check_all (scene, "{" ASKED ", 'request_id': ''}", "invalid_value", "request_id");
  check_all (scene, "{" ASKED ", 'key_code': 7}", "invalid_value", "key_code");
  assert_nothing (scene);
}

static void
test_pictures (void)
{
  static const char *const paths[] = { "generate-video", "generate-image" };
  g_autoptr (ServerScene) scene = server_scene_open ("prh");

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      check (scene, paths[i], "{" ASKED ", 'style': 'noir'}", "invalid_value", "style");
      check (scene, paths[i], "{" ASKED ", 'style': ''}", "invalid_value", "style");
      check (scene, paths[i], "{" ASKED ", 'style': 3}", "invalid_value", "style");
      check (scene, paths[i], "{" ASKED ", 'aspect_ratio': '16/9'}", "invalid_value", "aspect_ratio");
      check (scene, paths[i], "{" ASKED ", 'aspect_ratio': 1.5}", "invalid_value", "aspect_ratio");
      check (scene, paths[i], "{" ASKED ", 'seed': -1}", "invalid_value", "seed");
      check (scene, paths[i], "{" ASKED ", 'seed': 9007199254740992}", "invalid_value", "seed");
      check (scene, paths[i], "{" ASKED ", 'seed': 1.5}", "invalid_value", "seed");
      check (scene, paths[i], "{" ASKED ", 'seed': '1'}", "invalid_value", "seed");
      check (scene, paths[i], "{" ASKED ", 'sound': 'yes'}", "invalid_value", "sound");
      check (scene, paths[i], "{" ASKED ", 'sound': 1}", "invalid_value", "sound");
      check (scene, paths[i], "{" ASKED ", 'screenwriter': 'no'}", "invalid_value", "screenwriter");
      check (scene, paths[i], "{" ASKED ", 'negative_prompt': 1}", "invalid_value", "negative_prompt");
      check (scene, paths[i], "{" ASKED ", 'image': 1}", "invalid_value", "image");
      check (scene, paths[i], "{" ASKED ", 'provider': 'groq'}", "invalid_value", "provider");
    }
  check (scene, "generate-video", "{" ASKED ", 'aspect_ratio': '4:3'}", "invalid_value", "aspect_ratio");
  check (scene, "generate-video", "{" ASKED ", 'duration': 4}", "invalid_value", "duration");
  check (scene, "generate-video", "{" ASKED ", 'duration': 11}", "invalid_value", "duration");
  check (scene, "generate-video", "{" ASKED ", 'duration': 5.5}", "invalid_value", "duration");
  check (scene, "generate-video", "{" ASKED ", 'duration': '5'}", "invalid_value", "duration");
  check (scene, "generate-video", "{" ASKED ", 'duration': true}", "invalid_value", "duration");
  check (scene, "generate-video", "{" ASKED ", 'duration': 1e300}", "invalid_value", "duration");
  check (scene, "generate-video", "{" ASKED ", 'model': 'flux-schnell'}", "invalid_value", "model");
  check (scene, "generate-video", "{" ASKED ", 'model': 'wan-2.2', 'sound': true}", "invalid_value", "sound");
  assert_nothing (scene);
}

static void
test_decks (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("g");

  check (scene, "generate-presentation", "{" ASKED ", 'num_slides': 0}", "invalid_value", "num_slides");
  check (scene, "generate-presentation", "{" ASKED ", 'num_slides': 31}", "invalid_value", "num_slides");
  check (scene, "generate-presentation", "{" ASKED ", 'num_slides': '5'}", "invalid_value", "num_slides");
  check (scene, "generate-presentation", "{" ASKED ", 'num_slides': 2.5}", "invalid_value", "num_slides");
  check (scene, "generate-presentation", "{" ASKED ", 'theme': 'pink'}", "invalid_value", "theme");
  check (scene, "generate-presentation", "{" ASKED ", 'theme': 1}", "invalid_value", "theme");
  check (scene, "generate-presentation", "{" ASKED ", 'language': 'de'}", "invalid_value", "language");
  check (scene, "generate-presentation", "{" ASKED ", 'language': 1}", "invalid_value", "language");
  check (scene, "generate-presentation", "{" ASKED ", 'provider': 'piapi'}", "invalid_value", "provider");
  check (scene, "generate-presentation", "{" ASKED ", 'model': 'llama-3.3-70b'}", "invalid_value", "model");
  assert_nothing (scene);
}

/* Words that are too long are told as such, and a thousand fields that nobody reads are not all said. */
static void
test_long (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autofree char *long_text = g_strnfill (10001, 'x');
  g_autofree char *prompt = g_strdup_printf ("{'user_prompt': '%s', 'user_id': 'u'}", long_text);
  g_autofree char *user = g_strdup_printf ("{'user_prompt': 'A boat', 'user_id': '%.129s'}", long_text);
  g_autofree char *negative = g_strdup_printf ("{" ASKED ", 'negative_prompt': '%.2001s'}", long_text);
  g_autoptr (GString) fields = g_string_new ("{" ASKED ", 'screenwriter': false");
  g_autoptr (ServerAnswer) answer = NULL;
  JsonArray *ignored;

  check (scene, "generate-image", prompt, "invalid_value", "user_prompt");
  check (scene, "generate-image", user, "invalid_value", "user_id");
  check (scene, "generate-image", negative, "invalid_value", "negative_prompt");
  assert_nothing (scene);
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (fields, ", '%u%.500s': [{}]", i, long_text);
  g_string_append_c (fields, '}');
  answer = server_scene_make (scene, "generate-image", fields->str);
  server_assert_json (answer, 200);
  ignored = cs_json_get_array (answer->object, "ignored_fields");
  g_assert_cmpuint (json_array_get_length (ignored), ==, 32);
  g_assert_cmpint (g_utf8_strlen (json_array_get_string_element (ignored, 0), -1), <=, 64);
}

/* The same in the body and in a header is one; two are none. */
static void
test_headers (void)
{
  g_autoptr (ServerScene) scene = server_scene_open ("");
  g_autoptr (ServerAnswer) ids = server_ask (scene->server, "POST", "generate-image", "{" ASKED ", 'request_id': 'a'}", "Idempotency-Key", "b", NULL);
  g_autoptr (ServerAnswer) empty = server_ask (scene->server, "POST", "generate-image", "{" ASKED "}", "Idempotency-Key", "", NULL);
  g_autoptr (ServerAnswer) keys = server_ask (scene->server, "POST", "generate-image", "{" ASKED ", 'key_code': 'KEY-A'}", "X-Studio-Key", "KEY-B", NULL);
  g_autoptr (ServerAnswer) same = NULL;

  server_assert_error (ids, 422, "invalid_value", "request_id");
  server_assert_error (empty, 422, "invalid_value", "Idempotency-Key");
  server_assert_error (keys, 422, "invalid_value", "key_code");
  assert_nothing (scene);
  same = server_ask (scene->server, "POST", "generate-image", "{" ASKED ", 'screenwriter': false, 'request_id': 'a'}", "Idempotency-Key", "a", NULL);
  server_assert_json (same, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/create-errors/common", test_common);
  g_test_add_func ("/server/create-errors/pictures", test_pictures);
  g_test_add_func ("/server/create-errors/decks", test_decks);
  g_test_add_func ("/server/create-errors/long", test_long);
  g_test_add_func ("/server/create-errors/headers", test_headers);
  return g_test_run ();
}
