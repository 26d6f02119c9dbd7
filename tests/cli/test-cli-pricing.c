/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What everything costs, before anything is asked for; and prices of one's own over those of this program. */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"

#include <string.h>

static void
set_prices (CliScene *scene, const char *text)
{
  g_autofree char *path = cs_test_home_build (scene->home, "prices.json");

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static JsonObject *
find_model (CliAnswer *answer, const char *id)
{
  for (guint i = 0; i < cli_get_length (answer, "models"); i++)
    if (g_str_equal (cs_json_get_string (cli_get_element (answer, "models", i), "id", ""), id))
      return cli_get_element (answer, "models", i);
  g_error ("%s has no price", id);
}

static void
assert_price (CliAnswer *answer, const char *id, const char *unit, CsMoney cost, CsMoney sale)
{
  JsonObject *model = find_model (answer, id);

  g_assert_cmpstr (cs_json_get_string (model, "unit", ""), ==, unit);
  g_assert_cmpint (cs_json_get_money (model, "cost_usd", -1), ==, cost);
  g_assert_cmpint (cs_json_get_money (model, "sale_usd", -1), ==, sale);
}

/* The members of the contract, and a price for each of what is offered. */
static void
test_shape (CliScene *scene, gconstpointer data)
{
  static const char *const kinds[] = { "video", "image", "presentation" };
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "pricing", NULL);

  cli_assert_code (answer, 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      JsonObject *kind = cs_json_get_object (answer->document, kinds[i]);

      g_assert_nonnull (kind);
      g_assert_cmpint (cs_json_get_money (kind, "cost_usd", -1), >=, 0);
      g_assert_nonnull (cs_json_get_string (kind, "description", NULL));
      g_assert_nonnull (cs_json_get_string (kind, "provider", NULL));
      g_assert_true (json_object_has_member (kind, "available"));
    }
  g_assert_cmpstr (cs_json_get_string (answer->document, "currency", ""), ==, "USD");
  g_assert_true (json_object_has_member (answer->document, "hf_configured"));
  g_assert_false (json_object_has_member (answer->document, "trouble"));
  assert_price (answer, "piapi/wan-2.2", "video", 280000, 280000);
  assert_price (answer, "piapi/wan-2.6", "second", 80000, 80000);
  assert_price (answer, "replicate/flux-schnell", "image", 3000, 3000);
  g_assert_cmpuint (cs_fake_server_count (scene->server, NULL, "create"), ==, 0);
}

/* Without its key a model says which one it needs. */
static void
test_why_not (CliScene *scene, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "pricing", NULL);
  JsonObject *with = find_model (answer, "replicate/flux-schnell");
  JsonObject *without = find_model (answer, "piapi/wan-2.2");

  g_assert_true (cs_json_get_boolean (with, "available", FALSE));
  g_assert_false (json_object_has_member (with, "why_not"));
  g_assert_false (cs_json_get_boolean (without, "available", TRUE));
  g_assert_nonnull (strstr (cs_json_get_string (without, "why_not", ""), "PIAPI_KEY"));
}

static void
test_words (CliScene *scene, gconstpointer data)
{
  g_autoptr (CsTestRun) run = NULL;
  g_autoptr (CsTestRun) french = NULL;

  set_prices (scene, "{\"prices\": [{\"model\": \"piapi/wan-2.2\", \"sale_usd\": \"0.45\"},"
                     "{\"model\": \"replicate/flux-schnell\", \"cost_usd\": \"0\"}]}");
  run = cli_run (NULL, "pricing", NULL);
  french = cli_run_in_shell ("LC_ALL=C.UTF-8 LANGUAGE=fr exec \"$1\" \"$2\"", "pricing", NULL);
  g_assert_cmpint (run->exit_status, ==, 0);
  g_assert_nonnull (strstr (run->out, "$0.28 a video"));
  g_assert_nonnull (strstr (run->out, "sold at $0.45"));
  g_assert_nonnull (strstr (run->out, "$0.08 a second"));
  g_assert_nonnull (strstr (run->out, "free credit"));
  g_assert_nonnull (strstr (run->out, "PIAPI_KEY"));
  g_assert_cmpint (french->exit_status, ==, 0);
}

/* Prices of one's own count wherever there is one: shown, said, and written down. */
static void
test_own (CliScene *scene, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = NULL;
  g_autoptr (CliAnswer) free_image = NULL;
  g_autoptr (CliAnswer) video = NULL;
  g_autoptr (CliAnswer) budget = NULL;

  set_prices (scene, "{\"prices\": [{\"model\": \"piapi/wan-2.2\", \"cost_usd\": \"0.2\", \"sale_usd\": \"0.45\"},"
                     "{\"model\": \"replicate/flux-schnell\", \"cost_usd\": \"0\"}]}");
  answer = cli_ask (NULL, "pricing", NULL);
  assert_price (answer, "piapi/wan-2.2", "video", 200000, 450000);
  assert_price (answer, "replicate/flux-schnell", "image", 0, 0);
  g_assert_true (cs_json_get_boolean (find_model (answer, "replicate/flux-schnell"), "free_credit", FALSE));
  g_assert_false (json_object_has_member (find_model (answer, "sketch/image"), "free_credit"));
  free_image = cli_ask (NULL, "image", "A boat", "--no-screenwriter", "--model", "replicate/flux-schnell", NULL);
  cli_assert_code (free_image, 0, NULL);
  g_assert_nonnull (strstr (free_image->run->err, ": free credit, at most $0.00."));
  g_assert_cmpint (cs_json_get_money (free_image->document, "cost_usd", -1), ==, 0);
  video = cli_ask (NULL, "video", "A boat", "--no-screenwriter", "--model", "piapi/wan-2.2", NULL);
  cli_assert_code (video, 0, NULL);
  g_assert_cmpint (cs_json_get_money (video->document, "cost_usd", -1), ==, 200000);
  budget = cli_ask (NULL, "budget", "show", NULL);
  g_assert_cmpint (cs_json_get_money (budget->document, "day_spent_usd", -1), ==, 200000);
}

/* A file that is none: the studio opens, the prices of this program hold, and everybody who is told one is told that too. */
static void
test_bad_file (CliScene *scene, gconstpointer data)
{
  static const char *const bad[] = { "", "{", "[]", "{\"prices\": [{\"model\": \"piapi/wan-2.2\", \"cost_usd\": \"0.2\"}, 7]}",
                                     "{\"prices\": [{\"model\": \"piapi/wan-2.2\", \"cost_usd\": \"-1\"}]}" };
  g_autoptr (CliAnswer) made = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (CliAnswer) answer = NULL;

      g_test_message ("%s", bad[i]);
      set_prices (scene, bad[i]);
      answer = cli_ask (NULL, "pricing", NULL);
      cli_assert_code (answer, 0, NULL);
      g_assert_nonnull (strstr (cs_json_get_string (answer->document, "trouble", ""), "prices.json"));
      g_assert_nonnull (strstr (answer->run->err, "prices.json"));
      assert_price (answer, "piapi/wan-2.2", "video", 280000, 280000);
    }
  made = cli_ask (NULL, "image", "A boat", "--no-screenwriter", NULL);
  cli_assert_code (made, 0, NULL);
  g_assert_nonnull (strstr (made->run->err, "prices.json"));
}

static void
test_bad_line (CliScene *scene, gconstpointer data)
{
  g_autoptr (CliAnswer) word = cli_ask (NULL, "pricing", "video", NULL);
  g_autoptr (CliAnswer) option = cli_ask (NULL, "pricing", "--kind", "video", NULL);

  cli_assert_code (word, 2, "usage");
  cli_assert_code (option, 2, "usage");
}

#define add(path, keys, func) g_test_add (path, CliScene, keys, cli_scene_set_up, func, cli_scene_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/promise-2/pricing/shape", "prhg", test_shape);
  add ("/cli/pricing/why-not", "r", test_why_not);
  add ("/cli/pricing/words", "r", test_words);
  add ("/promise-2/pricing/own", "pr", test_own);
  add ("/promise-2/pricing/bad-file", "r", test_bad_file);
  add ("/cli/pricing/bad-line", "", test_bad_line);
  return g_test_run ();
}
