/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "providers/cs-model.h"

#include "core/cs-error.h"

#include <string.h>

static GPtrArray *
parse (const char *rows, GError **error)
{
  g_autofree char *json = g_strdup_printf ("{\"models\": [%s]}", rows);

  return cs_models_parse (json, strlen (json), error);
}

static void
test_parse (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = parse (
      "{\"id\": \"p/v\", \"provider\": \"p\", \"kind\": \"video\", \"name\": \"V\", \"aspect_ratios\": [\"16:9\", \"1:1\"],"
      " \"min_duration\": 5, \"max_duration\": 6, \"sound\": \"choice\", \"image\": true, \"seed\": true,"
      " \"negative_prompt\": true, \"typical_seconds\": 150.5, \"short_name\": \"Vee\"}",
      &error);
  const CsModel *model;

  g_assert_no_error (error);
  g_assert_cmpint (models->len, ==, 1);
  model = models->pdata[0];
  g_assert_cmpstr (model->id, ==, "p/v");
  g_assert_cmpstr (model->short_name, ==, "Vee");
  g_assert_cmpint (model->kind, ==, CS_KIND_VIDEO);
  g_assert_cmpint (model->sound, ==, CS_SOUND_CHOICE);
  g_assert_true (model->takes_image && model->takes_seed && model->takes_negative_prompt && !model->retired);
  g_assert_cmpfloat (model->typical_seconds, ==, 150.5);
  g_assert_cmpint (cs_model_nearest_duration (model, 4), ==, 5);
  g_assert_cmpint (cs_model_nearest_duration (model, 10), ==, 6);
  g_assert_true (cs_model_has_aspect (model, CS_ASPECT_1_1));
  g_assert_false (cs_model_has_aspect (model, CS_ASPECT_9_16));
  g_assert_cmpint (cs_model_nearest_aspect (model, CS_ASPECT_9_16), ==, CS_ASPECT_1_1);
  g_assert_cmpint (cs_model_nearest_aspect (model, CS_ASPECT_16_9), ==, CS_ASPECT_16_9);
}

/* Without a word about shapes and lengths it takes what is asked. */
static void
test_no_limits (void)
{
  g_autoptr (GPtrArray) models = parse ("{\"id\": \"p/d\", \"provider\": \"p\", \"kind\": \"deck\", \"name\": \"D\"}", NULL);
  const CsModel *model = models->pdata[0];

  g_assert_cmpstr (model->short_name, ==, "D");
  g_assert_cmpint (cs_model_nearest_duration (model, 7), ==, 7);
  for (int aspect = 0; aspect < CS_N_ASPECTS; aspect++)
    g_assert_cmpint (cs_model_nearest_aspect (model, aspect), ==, aspect);
}

static void
test_refused (void)
{
  static const char *const rows[] = {
    "{}",
    "7",
    "{\"id\": \"p/v\", \"provider\": \"p\", \"kind\": \"song\", \"name\": \"V\"}",
    "{\"id\": \"p/v\", \"kind\": \"video\", \"name\": \"V\"}",
    "{\"id\": \"p/v\", \"provider\": \"p\", \"kind\": \"video\"}",
    "{\"id\": \"p/v\", \"provider\": \"p\", \"kind\": \"video\", \"name\": \"V\", \"sound\": \"loud\"}",
    "{\"id\": \"p/v\", \"provider\": \"p\", \"kind\": \"video\", \"name\": \"V\", \"aspect_ratios\": [\"2:1\"]}",
    "{\"id\": \"p/v\", \"provider\": \"p\", \"kind\": \"video\", \"name\": \"V\", \"aspect_ratios\": [7]}",
    "{\"id\": \"p/v\", \"provider\": \"p\", \"kind\": \"video\", \"name\": \"V\", \"min_duration\": 8, \"max_duration\": 5}",
    "{\"id\": \"p/v\", \"provider\": \"p\", \"kind\": \"video\", \"name\": \"V\", \"min_duration\": -1}",
    "{\"id\": \"p/v\", \"provider\": \"p\", \"kind\": \"video\", \"name\": \"V\", \"max_duration\": 4294967301}",
    "{\"id\": \"p/d\", \"provider\": \"p\", \"kind\": \"deck\", \"name\": \"D\"},"
    " {\"id\": \"p/d\", \"provider\": \"p\", \"kind\": \"deck\", \"name\": \"D\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) models = parse (rows[i], &error);

      g_test_message ("%s", rows[i]);
      g_assert_null (models);
      g_assert_error (error, CS_ERROR, CS_ERROR_MALFORMED);
    }
}

static void
test_built_in (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = cs_models_load (&error);

  g_assert_no_error (error);
  g_assert_cmpint (models->len, >=, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/parse", test_parse);
  g_test_add_func ("/model/no-limits", test_no_limits);
  g_test_add_func ("/model/refused", test_refused);
  g_test_add_func ("/model/built-in", test_built_in);
  return g_test_run ();
}
