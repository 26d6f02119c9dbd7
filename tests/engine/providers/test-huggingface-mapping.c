/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "providers/huggingface/cs-huggingface-mapping.h"

#include "core/cs-json.h"

#include <string.h>

#define FLUX "black-forest-labs/FLUX.1-schnell"

static char *
pick_any (const char *mapping, CsHuggingfaceTask task, CsAspect aspect)
{
  g_autofree char *json = g_strdup_printf ("{\"id\": \"" FLUX "\", \"inferenceProviderMapping\": %s}", mapping);
  g_autoptr (JsonObject) answer = cs_json_parse_object (json, strlen (json), strlen (json), NULL);

  g_assert_nonnull (answer);
  return cs_huggingface_mapping_pick (answer, FLUX, task, aspect);
}

static char *
pick (const char *mapping)
{
  return pick_any (mapping, CS_HUGGINGFACE_TEXT_TO_IMAGE, CS_ASPECT_16_9);
}

static void
test_path (void)
{
  g_autofree char *path = cs_huggingface_mapping_make_path (FLUX);

  g_assert_cmpstr (path, ==, "/api/models/" FLUX "?expand%5B%5D=inferenceProviderMapping");
}

/* The user's order holds: the first that can be used. */
static void
test_array (void)
{
  g_autofree char *route = pick (
      "[{\"provider\": \"replicate\", \"providerId\": \"black-forest-labs/flux-schnell\", \"status\": \"live\", \"task\": \"text-to-image\"},"
      " {\"provider\": \"fal-ai\", \"providerId\": \"fal-ai/flux/schnell\", \"status\": \"live\", \"task\": \"text-to-image\"},"
      " {\"provider\": \"nscale\", \"providerId\": \"x/y\", \"status\": \"live\", \"task\": \"text-to-image\"}]");

  g_assert_cmpstr (route, ==, "fal-ai fal-ai/flux/schnell");
}

static void
test_object (void)
{
  g_autofree char *route = pick (
      "{\"zai-org\": {\"status\": \"live\", \"providerId\": \"glm\", \"task\": \"text-to-image\"},"
      " \"together\": {\"status\": \"live\", \"providerId\": \"black-forest-labs/FLUX.1-schnell-Free\", \"task\": \"text-to-image\"},"
      " \"fal-ai\": {\"status\": \"live\", \"providerId\": \"fal-ai/flux/schnell\", \"task\": \"text-to-image\"}}");

  g_assert_cmpstr (route, ==, "together black-forest-labs/FLUX.1-schnell-Free");
}

/* Its own provider is called by the name of the model, whatever the mapping calls it. */
static void
test_by_model (void)
{
  g_autofree char *route = pick (
      "[{\"provider\": \"hf-inference\", \"providerId\": \"other\", \"status\": \"live\", \"task\": \"text-to-image\"}]");

  g_assert_cmpstr (route, ==, "hf-inference " FLUX);
}

static void
test_not_usable (void)
{
  static const char *const mappings[] = {
    "[]",
    "{}",
    "null",
    "7",
    "\"fal-ai\"",
    "[7, null, \"fal-ai\", [], {}]",
    "{\"fal-ai\": 7}",
    "{\"fal-ai\": null, \"together\": []}",
    "[{\"provider\": \"fal-ai\", \"providerId\": \"a/b\", \"status\": \"staging\", \"task\": \"text-to-image\"}]",
    "[{\"provider\": \"fal-ai\", \"providerId\": \"a/b\", \"status\": \"error\", \"task\": \"text-to-image\"}]",
    "[{\"provider\": \"fal-ai\", \"providerId\": \"a/b\", \"status\": \"live\", \"task\": \"text-to-video\"}]",
    "[{\"provider\": \"fal-ai\", \"providerId\": \"a/b\", \"status\": \"live\"}]",
    "[{\"provider\": \"fal-ai\", \"providerId\": \"a/b\", \"task\": \"text-to-image\"}]",
    "[{\"provider\": \"fal-ai\", \"status\": \"live\", \"task\": \"text-to-image\"}]",
    "[{\"provider\": \"fal-ai\", \"providerId\": 7, \"status\": \"live\", \"task\": \"text-to-image\"}]",
    "[{\"provider\": \"fal-ai\", \"providerId\": \"a/b\", \"status\": \"live\", \"task\": \"text-to-image\", \"adapter\": \"lora\"}]",
    "[{\"provider\": \"nebius\", \"providerId\": \"a/b\", \"status\": \"live\", \"task\": \"text-to-image\"}]",
    "[{\"provider\": 7, \"providerId\": \"a/b\", \"status\": \"live\", \"task\": \"text-to-image\"}]",
    "[{\"providerId\": \"a/b\", \"status\": \"live\", \"task\": \"text-to-image\"}]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (mappings); i++)
    {
      g_autofree char *route = pick (mappings[i]);

      g_test_message ("%s", mappings[i]);
      g_assert_null (route);
    }
  g_assert_null (cs_huggingface_mapping_pick (NULL, FLUX, CS_HUGGINGFACE_TEXT_TO_IMAGE, CS_ASPECT_1_1));
}

/* One that cannot make the shape is passed over. */
static void
test_aspect (void)
{
  static const char mapping[] =
      "[{\"provider\": \"wavespeed\", \"providerId\": \"w/t2v-480p\", \"status\": \"live\", \"task\": \"text-to-video\"},"
      " {\"provider\": \"fal-ai\", \"providerId\": \"fal-ai/wan/x\", \"status\": \"live\", \"task\": \"text-to-video\"}]";
  g_autofree char *wide = pick_any (mapping, CS_HUGGINGFACE_TEXT_TO_VIDEO, CS_ASPECT_16_9);
  g_autofree char *square = pick_any (mapping, CS_HUGGINGFACE_TEXT_TO_VIDEO, CS_ASPECT_1_1);
  g_autofree char *old = pick_any (mapping, CS_HUGGINGFACE_TEXT_TO_VIDEO, CS_ASPECT_4_3);

  g_assert_cmpstr (wide, ==, "wavespeed w/t2v-480p");
  g_assert_cmpstr (square, ==, "fal-ai fal-ai/wan/x");
  g_assert_null (old);
}

/* What goes into a path holds nothing that means something there. */
static void
test_hostile_id (void)
{
  static const char *const good[] = { "a", "fal-ai/flux/schnell", "fal-ai/wan/v2.2-5b/text-to-video", "a/b:1.0_x", "A-1/b.c" };
  static const char *const bad[] = {
    "", "/", "/a", "a/", "a//b", "..", "../a", "a/../b", "a/..", ".", "a/./b", ".a", "a b", "a\n", "a?b", "a#b", "a%2e", "a\\b",
    "a..b", "a/b..", "a:1..2", "a:", ":a", "a:b:c", "a:b/c", "a:..", "a@b", "http://x/", "a;b", "a&b", "é", "a\tb",
  };
  g_autofree char *long_id = g_strnfill (201, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (cs_huggingface_is_provider_id (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (cs_huggingface_is_provider_id (bad[i]));
    }
  g_assert_false (cs_huggingface_is_provider_id (NULL));
  g_assert_false (cs_huggingface_is_provider_id (long_id));
  long_id[200] = '\0';
  g_assert_true (cs_huggingface_is_provider_id (long_id));
}

/* A bad id is passed over, and the next one taken. */
static void
test_hostile_entry (void)
{
  g_autofree char *route = pick (
      "[{\"provider\": \"fal-ai\", \"providerId\": \"../../evil?x=\", \"status\": \"live\", \"task\": \"text-to-image\"},"
      " {\"provider\": \"nscale\", \"providerId\": \"x/y\", \"status\": \"live\", \"task\": \"text-to-image\"}]");

  g_assert_cmpstr (route, ==, "nscale x/y");
}

static void
test_too_many (void)
{
  g_autoptr (GString) mapping = g_string_new ("[");
  g_autofree char *route = NULL;

  for (int i = 0; i < 200; i++)
    g_string_append (mapping, "{},");
  g_string_append (mapping, "{\"provider\": \"nscale\", \"providerId\": \"x\", \"status\": \"live\", \"task\": \"text-to-image\"}]");
  route = pick (mapping->str);
  g_assert_null (route);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/huggingface-mapping/path", test_path);
  g_test_add_func ("/huggingface-mapping/array", test_array);
  g_test_add_func ("/huggingface-mapping/object", test_object);
  g_test_add_func ("/huggingface-mapping/by-model", test_by_model);
  g_test_add_func ("/huggingface-mapping/not-usable", test_not_usable);
  g_test_add_func ("/huggingface-mapping/aspect", test_aspect);
  g_test_add_func ("/huggingface-mapping/hostile-id", test_hostile_id);
  g_test_add_func ("/huggingface-mapping/hostile-entry", test_hostile_entry);
  g_test_add_func ("/huggingface-mapping/too-many", test_too_many);
  return g_test_run ();
}
