/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "sketch-support.h"

#include <locale.h>

/* A prompt for each kind of place, and the place it must lead to. */
static const char *const prompts[][2] = {
  { "Un coucher de soleil sur l'océan avec des vagues douces", "sea" },
  { "Vol en drone au-dessus d'un lac de montagne au lever du soleil", "lake" },
  { "New York skyline by night", "city" },
  { "Une caravane de chameaux dans le désert", "desert" },
  { "Intelligence artificielle représentée par un cerveau numérique", "abstract" },
  { "Un drone survolant une forêt tropicale", "forest" },
  { "Un chat astronaute flottant dans l'espace", "space" },
  { "Montre de luxe sur fond noir avec éclairage dramatique", "table" },
  { "Course-poursuite de voitures dans les rues de Tokyo la nuit", "road" },
  { "Gros plan d'un visage humain avec des émotions changeantes", "portrait" },
  { "A dog in a meadow", "animal" },
  { "Un robot qui arrose une plante", "robot" },
  { "Dragon majestueux volant dans un ciel orageux avec éclairs", "sky" },
  { "Jardin japonais avec cerisiers en fleurs et temple", "garden" },
  { "La casbah d'Alger", "village" },
  { "Un paysage futuriste avec des gratte-ciels volants", "city" },
  { "Un phare dans la tempête", "sea" },
  { "aurore boréale sur un chalet sous la neige", "lake" },
};

static void
test_repeatable (void)
{
  for (int style = 0; style < CS_N_STYLES; style++)
    {
      CsSketchSpec spec = test_spec (prompts[style][0], (CsStyle) style, 160, 90, 5);
      g_auto (TestFrame) a = { 0 };
      g_auto (TestFrame) b = { 0 };

      spec.has_caption = TRUE;
      test_draw (&spec, 2.25, &a);
      test_draw (&spec, 2.25, &b);
      g_assert_cmpmem (a.pixels, (gsize) a.stride * a.height, b.pixels, (gsize) b.stride * b.height);
    }
}

static void
test_seeds (void)
{
  CsSketchSpec spec = test_spec ("un lac de montagne", CS_STYLE_PHOTOREALISTIC, 160, 90, 0);
  g_auto (TestFrame) first = { 0 };

  test_draw (&spec, 0, &first);
  for (int i = 0; i < 3; i++)
    {
      g_auto (TestFrame) other = { 0 };

      spec.seed++;
      test_draw (&spec, 0, &other);
      g_assert_cmpfloat (test_frame_compare (&first, &other), >, 3);
    }
  g_assert_cmpuint (cs_sketch_seed_for_prompt ("a"), !=, cs_sketch_seed_for_prompt ("b"));
  g_assert_cmpuint (cs_sketch_seed_for_prompt ("a"), ==, cs_sketch_seed_for_prompt ("a"));
}

static void
test_styles_differ (void)
{
  for (gsize i = 0; i < 5; i++)
    {
      TestFrame frames[CS_N_STYLES];

      for (int style = 0; style < CS_N_STYLES; style++)
        {
          CsSketchSpec spec = test_spec (prompts[i][0], (CsStyle) style, 192, 108, 0);

          test_draw (&spec, 0, &frames[style]);
        }
      for (int a = 0; a < CS_N_STYLES; a++)
        for (int b = a + 1; b < CS_N_STYLES; b++)
          g_assert_cmpfloat (test_frame_compare (&frames[a], &frames[b]), >, 3.0);
      for (int a = 0; a < CS_N_STYLES; a++)
        test_frame_clear (&frames[a]);
    }
}

static void
check_picture (const char *prompt, const char *name, CsStyle style, int width, int height)
{
  CsSketchSpec spec = test_spec (prompt, style, width, height, 6);
  g_autoptr (CsSketchScene) scene = cs_sketch_scene_new (&spec);
  g_auto (TestFrame) early = { 0 };
  g_auto (TestFrame) late = { 0 };

  if (name != NULL)
    g_assert_cmpstr (cs_sketch_scene_get_name (scene), ==, name);
  test_frame_init (&early, width, height);
  test_frame_init (&late, width, height);
  cs_sketch_scene_draw (scene, 0.5, early.pixels, early.stride);
  cs_sketch_scene_draw (scene, 5.5, late.pixels, late.stride);
  test_frame_check (&early);
  test_frame_check (&late);
  g_assert_cmpint (test_frame_count_colors (&early), >=, 8);
  g_assert_cmpfloat (test_frame_compare (&early, &late), >, 0.25);
}

static void
test_every_place (void)
{
  static const int sizes[][2] = { { 160, 90 }, { 90, 160 }, { 112, 112 }, { 128, 96 } };

  for (gsize i = 0; i < G_N_ELEMENTS (prompts); i++)
    for (int style = 0; style < CS_N_STYLES; style++)
      {
        gsize shape = (i + (gsize) style) % G_N_ELEMENTS (sizes);

        check_picture (prompts[i][0], prompts[i][1], (CsStyle) style, sizes[shape][0], sizes[shape][1]);
        if (style == 0)
          for (gsize k = 0; k < G_N_ELEMENTS (sizes); k++)
            check_picture (prompts[i][0], prompts[i][1], CS_STYLE_CINEMATIC, sizes[k][0], sizes[k][1]);
      }
}

static void
test_still (void)
{
  CsSketchSpec spec = test_spec ("voilier sur la mer", CS_STYLE_ANIME, 120, 120, 0);
  g_autoptr (CsSketchScene) scene = cs_sketch_scene_new (&spec);
  g_auto (TestFrame) a = { 0 };
  g_auto (TestFrame) b = { 0 };

  test_frame_init (&a, 120, 120);
  test_frame_init (&b, 120, 120);
  cs_sketch_scene_draw (scene, 0, a.pixels, a.stride);
  cs_sketch_scene_draw (scene, 3, b.pixels, b.stride);
  g_assert_cmpfloat (test_frame_compare (&a, &b), ==, 0);
}

/* What a drawing thread gets; the frames are its own. */
typedef struct
{
  CsSketchScene *scene;
  TestFrame frames[6];
} Work;

static gpointer
draw_all (gpointer data)
{
  Work *work = data;

  for (int i = 0; i < 6; i++)
    cs_sketch_scene_draw (work->scene, i, work->frames[i].pixels, work->frames[i].stride);
  return NULL;
}

static void
test_threads (void)
{
  CsSketchSpec spec = test_spec ("Un phare dans l'orage, pluie et éclairs", CS_STYLE_CINEMATIC, 160, 90, 6);
  g_autoptr (CsSketchScene) scene = NULL;
  Work works[3];
  GThread *threads[3];

  spec.has_caption = TRUE;
  scene = cs_sketch_scene_new (&spec);
  for (int i = 0; i < 3; i++)
    {
      works[i].scene = scene;
      for (int k = 0; k < 6; k++)
        test_frame_init (&works[i].frames[k], 160, 90);
      threads[i] = g_thread_new ("draw", draw_all, &works[i]);
    }
  for (int i = 0; i < 3; i++)
    g_thread_join (threads[i]);
  for (int k = 0; k < 6; k++)
    {
      g_assert_cmpfloat (test_frame_compare (&works[0].frames[k], &works[1].frames[k]), ==, 0);
      g_assert_cmpfloat (test_frame_compare (&works[0].frames[k], &works[2].frames[k]), ==, 0);
      for (int i = 0; i < 3; i++)
        test_frame_clear (&works[i].frames[k]);
    }
}

static void
test_odd_sizes (void)
{
  static const int sizes[][2] = { { 16, 16 }, { 17, 333 }, { 333, 17 }, { 1, 1 }, { 31, 64 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int style = 0; style < CS_N_STYLES; style++)
      {
        CsSketchSpec spec = test_spec ("ville la nuit sous la pluie", (CsStyle) style, sizes[i][0], sizes[i][1], 5);
        g_autoptr (CsSketchScene) scene = NULL;
        g_auto (TestFrame) frame = { 0 };

        spec.has_caption = TRUE;
        scene = cs_sketch_scene_new (&spec);
        test_frame_init (&frame, MAX (sizes[i][0], 16), MAX (sizes[i][1], 16));
        cs_sketch_scene_draw (scene, 1, frame.pixels, frame.stride);
        test_frame_check (&frame);
      }
}

static void
test_hostile (void)
{
  g_autofree char *much = g_strnfill (200000, 'a');
  g_autofree char *spaces = g_strnfill (30000, ' ');
  const char *hostile[] = { "", " ", "\xff\xfe\x80", "<b>&amp;</b> %s %n", "\xf0\x9f\x8c\x8a\xf0\x9f\x9a\x80\xe2\x80\x8d", much, spaces,
                            "\xe2\x80\xae\xd9\x85\xd8\xaf\xd9\x8a\xd9\x86\xd8\xa9", "l'l'l'l'''''''-----" };

  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      CsSketchSpec spec = test_spec (hostile[i], CS_STYLE_ANIME, 96, 96, 5);
      g_auto (TestFrame) frame = { 0 };

      spec.has_caption = TRUE;
      test_draw (&spec, 2, &frame);
      test_frame_check (&frame);
    }
}

static void
check_level (double level)
{
  g_assert_cmpfloat (level, >=, 0);
  g_assert_cmpfloat (level, <=, 1);
}

static void
test_mood (void)
{
  CsSketchSpec calm = test_spec ("mer calme au matin", CS_STYLE_ANIME, 64, 64, 5);
  CsSketchSpec storm = test_spec ("tempête en mer, orage, nuit", CS_STYLE_ANIME, 64, 64, 5);
  g_autoptr (CsSketchScene) a = cs_sketch_scene_new (&calm);
  g_autoptr (CsSketchScene) b = cs_sketch_scene_new (&storm);

  g_assert_cmpfloat (cs_sketch_scene_get_mood (a)->sea, >, 0.5);
  g_assert_cmpfloat (cs_sketch_scene_get_mood (a)->thunder, ==, 0);
  g_assert_cmpfloat (cs_sketch_scene_get_mood (b)->thunder, >, 0.5);
  g_assert_cmpfloat (cs_sketch_scene_get_mood (b)->rain, >, 0.5);
  g_assert_cmpfloat (cs_sketch_scene_get_mood (a)->brightness, >, cs_sketch_scene_get_mood (b)->brightness);
  g_assert_cmpfloat (cs_sketch_scene_get_mood (a)->energy, <, cs_sketch_scene_get_mood (b)->energy);
  for (gsize i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      CsSketchSpec spec = test_spec (prompts[i][0], CS_STYLE_PHOTOREALISTIC, 32, 32, 5);
      g_autoptr (CsSketchScene) scene = cs_sketch_scene_new (&spec);
      const double *levels = &cs_sketch_scene_get_mood (scene)->sea;

      for (int k = 0; k < 12; k++)
        check_level (levels[k]);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch-scene/repeatable", test_repeatable);
  g_test_add_func ("/sketch-scene/seeds", test_seeds);
  g_test_add_func ("/sketch-scene/styles-differ", test_styles_differ);
  g_test_add_func ("/sketch-scene/every-place", test_every_place);
  g_test_add_func ("/sketch-scene/still", test_still);
  g_test_add_func ("/sketch-scene/threads", test_threads);
  g_test_add_func ("/sketch-scene/odd-sizes", test_odd_sizes);
  g_test_add_func ("/sketch-scene/hostile", test_hostile);
  g_test_add_func ("/sketch-scene/mood", test_mood);
  return g_test_run ();
}
