/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "fixture.h"
#include "core/cs-json.h"
#include "library/cs-creation-json.h"

static JsonObject *
print_and_parse (Fixture *f, CsCreationFacts *facts)
{
  g_autoptr (CsCreation) creation = cs_creation_new (facts);
  g_autoptr (JsonObject) object = cs_creation_to_json (creation, cs_creation_dup_path, f->paths);
  g_autofree char *text = cs_json_object_to_string (object, FALSE);
  g_autoptr (GError) error = NULL;
  JsonObject *parsed = cs_json_parse_object (text, strlen (text), 100000, &error);

  g_assert_no_error (error);
  if (facts->cost == 3000)
    g_assert_nonnull (strstr (text, "\"cost_usd\":0.003,"));
  return parsed;
}

static void
test_image (Fixture *f, gconstpointer data)
{
  CsCreationFacts *facts = make_facts ("Coucher \"de\" soleil", "a sunset", 0);
  g_autofree char *path = g_build_filename (cs_paths_get_creations (f->paths), facts->file, NULL);
  g_autofree char *id = g_strdup (facts->id);
  g_autoptr (JsonObject) object = NULL;

  facts->favourite = TRUE;
  object = print_and_parse (f, facts);
  g_assert_cmpstr (cs_json_get_string (object, "id", NULL), ==, id);
  g_assert_cmpstr (cs_json_get_string (object, "kind", NULL), ==, "image");
  g_assert_cmpstr (cs_json_get_string (object, "title", NULL), ==, "Coucher \"de\" soleil");
  g_assert_cmpstr (cs_json_get_string (object, "prompt", NULL), ==, "a sunset");
  g_assert_cmpstr (cs_json_get_string (object, "provider", NULL), ==, "replicate");
  g_assert_cmpstr (cs_json_get_string (object, "model", NULL), ==, "flux-schnell");
  g_assert_cmpstr (cs_json_get_string (object, "style", NULL), ==, "cinematic");
  g_assert_cmpstr (cs_json_get_string (object, "aspect_ratio", NULL), ==, "16:9");
  g_assert_cmpstr (cs_json_get_string (object, "file", NULL), ==, path);
  g_assert_cmpint (cs_json_get_int (object, "width", 0), ==, 1280);
  g_assert_cmpint (cs_json_get_int (object, "height", 0), ==, 720);
  g_assert_false (json_object_has_member (object, "duration"));
  g_assert_true (json_object_get_null_member (object, "thumbnail"));
  g_assert_true (cs_json_get_boolean (object, "favourite", FALSE));
  g_assert_false (cs_json_get_boolean (object, "missing", TRUE));
  g_assert_false (cs_json_get_boolean (object, "trashed", TRUE));
  g_assert_cmpstr (cs_json_get_string (object, "created_at", NULL), ==, "2026-09-21T14:13:20.000Z");
}

static void
test_deck (Fixture *f, gconstpointer data)
{
  CsCreationFacts *facts = make_facts ("Deck", "energy", 0);
  g_autofree char *markdown = g_build_filename (cs_paths_get_creations (f->paths), "a.md", NULL);
  g_autofree char *thumbnail = g_build_filename (cs_paths_get_thumbnails (f->paths), "a.png", NULL);
  g_autoptr (JsonObject) object = NULL;

  facts->kind = CS_KIND_DECK;
  facts->num_slides = 5;
  facts->theme = g_strdup ("dark");
  facts->markdown_file = g_strdup ("a.md");
  facts->thumbnail = g_strdup ("a.png");
  facts->width = facts->height = 0;
  facts->trashed_at = facts->created_at;
  object = print_and_parse (f, facts);
  g_assert_cmpint (cs_json_get_int (object, "num_slides", 0), ==, 5);
  g_assert_cmpstr (cs_json_get_string (object, "theme", NULL), ==, "dark");
  g_assert_cmpstr (cs_json_get_string (object, "markdown_file", NULL), ==, markdown);
  g_assert_cmpstr (cs_json_get_string (object, "thumbnail", NULL), ==, thumbnail);
  g_assert_true (cs_json_get_boolean (object, "trashed", FALSE));
  g_assert_false (json_object_has_member (object, "width"));
}

static void
test_video (Fixture *f, gconstpointer data)
{
  CsCreationFacts *facts = make_facts ("Video", "sea", 0);
  g_autoptr (JsonObject) object = NULL;

  facts->kind = CS_KIND_VIDEO;
  facts->duration = 5.5;
  object = print_and_parse (f, facts);
  g_assert_cmpfloat (cs_json_get_double (object, "duration", 0), ==, 5.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/library/json/image", Fixture, NULL, fixture_set_up, test_image, fixture_tear_down);
  g_test_add ("/library/json/deck", Fixture, NULL, fixture_set_up, test_deck, fixture_tear_down);
  g_test_add ("/library/json/video", Fixture, NULL, fixture_set_up, test_video, fixture_tear_down);
  return g_test_run ();
}
