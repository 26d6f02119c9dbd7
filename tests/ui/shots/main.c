/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures of every page, to be looked at: shots DIR. The language, dark or light (CS_TEST_DARK) and the width
 * (CS_TEST_NARROW) come from the environment. The providers are this project's own servers; what they would cost is true.
 */
#include "config.h"

#include "shot.h"

#include "ui-library.h"

#define N_CREATIONS 24

static const char *const keys[] = { "PIAPI_KEY", "REPLICATE_API_TOKEN" };

/* What the screenwriter answers. */
static const char screenplay[]
    = "{\"prompt\": \"A lighthouse at dusk, waves breaking on the rocks, golden hour, the camera slowly circles, long soft shadows, "
      "35 mm, photorealistic\", \"negative_prompt\": \"text, watermark\", \"notes\": [\"Light, lens and mood were added.\"]}";

static gboolean
is_set (const char *name)
{
  const char *value = g_getenv (name);

  return value != NULL && *value != '\0';
}

/* As somebody finds it who has just installed it. */
static void
shoot_without_keys (Shot *self)
{
  self->fixture = ui_open ();
  shot_first_run (self);
  ui_close (self->fixture);
}

static void
set_budget (Shot *self)
{
  const CsBudget caps = { .job_cap = 1000000, .day_cap = 3000000, .month_cap = 20000000 };
  g_autoptr (GAsyncResult) result = NULL;

  cs_wallet_set_budget_async (cs_engine_get_wallet (self->fixture->engine), &caps, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  g_free (cs_wallet_set_budget_finish (cs_engine_get_wallet (self->fixture->engine), result, NULL));
}

static void
shoot_with_keys (Shot *self)
{
  self->server = cs_fake_server_new (NULL);
  cs_fake_server_set_environment (self->server);
  cs_fake_server_set_text (self->server, "ollama", screenplay);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_setenv (keys[i], "a-key-of-nobody", TRUE);
  self->fixture = ui_open ();
  ui_library_fill (self->fixture, N_CREATIONS, N_CREATIONS);
  set_budget (self);
  shot_open (self);
  shot_gallery (self);
  shot_video_page (self);
  shot_image_page (self);
  shot_presentation (self);
  shot_jobs (self);
  shot_windows (self);
}

int
main (int argc, char **argv)
{
  Shot self = { .is_narrow = is_set ("CS_TEST_NARROW") };
  g_autoptr (CsApplication) application = NULL;

  ui_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  self.folder = argv[1];
  g_setenv ("CS_TEST_SHOTS", self.folder, TRUE); /* the library has pictures worth looking at */
  g_assert_cmpint (g_mkdir_with_parents (self.folder, 0755), ==, 0);
  self.application = application = cs_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  shoot_without_keys (&self);
  shoot_with_keys (&self);
  return 0; /* the process ends with its window: nothing is left to be looked at */
}
