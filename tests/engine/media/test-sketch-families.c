/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "media/sketch/cs-sketch-family.h"
#include "sketch-support.h"

#include <locale.h>

/* Every kind of place, in every shape and every style: it is drawn, it moves, and it is the same each time. */

typedef struct
{
  const char *prompt;
  const char *name;
} Place;

static const Place places[] = {
  { "Un coucher de soleil sur l'océan avec des vagues douces", "sea" },
  { "Vol en drone au-dessus d'un lac de montagne au lever du soleil", "lake" },
  { "New York skyline by night", "city" },
  { "Une caravane de chameaux dans le désert", "desert" },
  { "Un drone survolant une forêt tropicale", "forest" },
  { "Un chat astronaute flottant dans l'espace", "space" },
  { "Montre de luxe sur fond noir avec éclairage dramatique", "table" },
  { "Course-poursuite de voitures dans les rues de Tokyo la nuit", "road" },
  { "A dog in a meadow", "animal" },
  { "Gros plan d'un visage humain avec des émotions changeantes", "portrait" },
  { "Un robot qui arrose une plante", "robot" },
  { "Intelligence artificielle représentée par un cerveau numérique", "abstract" },
  { "Dragon majestueux volant dans un ciel orageux avec éclairs", "sky" },
  { "Jardin japonais avec cerisiers en fleurs et temple", "garden" },
  { "La casbah d'Alger", "village" },
};

static const int shapes[][2] = { { 80, 45 }, { 45, 80 }, { 56, 56 }, { 64, 48 } };

static void
draw_at (CsSketchScene *scene, double seconds, const CsSketchSpec *spec, TestFrame *frame)
{
  test_frame_init (frame, spec->width, spec->height);
  cs_sketch_scene_draw (scene, seconds, frame->pixels, frame->stride);
  test_frame_check (frame);
  g_assert_cmpint (test_frame_count_colors (frame), >=, 6);
}

static void
check_place (const Place *place, CsStyle style, const int shape[2], gboolean is_repeated)
{
  CsSketchSpec spec = test_spec (place->prompt, style, shape[0], shape[1], 5);
  g_autoptr (CsSketchScene) scene = NULL;
  g_auto (TestFrame) early = { 0 };
  g_auto (TestFrame) late = { 0 };
  g_auto (TestFrame) again = { 0 };

  spec.has_caption = TRUE;
  scene = cs_sketch_scene_new (&spec);
  g_assert_cmpstr (cs_sketch_scene_get_name (scene), ==, place->name);
  draw_at (scene, 0.5, &spec, &early);
  draw_at (scene, 4.4, &spec, &late);
  g_assert_cmpfloat (test_frame_compare (&early, &late), >, 0.25);
  if (!is_repeated)
    return;
  test_draw (&spec, 0.5, &again);
  g_assert_cmpfloat (test_frame_compare (&early, &again), ==, 0);
}

static void
test_place (gconstpointer data)
{
  const Place *place = data;
  gsize n = (gsize) (place - places);

  for (int style = 0; style < CS_N_STYLES; style++)
    for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
      check_place (place, (CsStyle) style, shapes[i], i == (n + (gsize) style) % G_N_ELEMENTS (shapes));
}

/* Two styles of one place are never taken for each other. */
static void
test_styles (void)
{
  for (gsize n = 0; n < G_N_ELEMENTS (places); n++)
    {
      TestFrame frames[CS_N_STYLES];

      for (int style = 0; style < CS_N_STYLES; style++)
        {
          CsSketchSpec spec = test_spec (places[n].prompt, (CsStyle) style, 96, 54, 0);

          test_draw (&spec, 0, &frames[style]);
        }
      for (int a = 0; a < CS_N_STYLES; a++)
        for (int b = a + 1; b < CS_N_STYLES; b++)
          if (test_frame_compare (&frames[a], &frames[b]) < 4)
            g_error ("%s looks the same in %s and in %s", places[n].name, cs_style_to_string ((CsStyle) a),
                     cs_style_to_string ((CsStyle) b));
      for (int style = 0; style < CS_N_STYLES; style++)
        test_frame_clear (&frames[style]);
    }
}

/* No kind of place is left out above. */
static void
test_complete (void)
{
  g_assert_cmpint (G_N_ELEMENTS (places), ==, CS_SKETCH_N_FAMILIES);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch-families/complete", test_complete);
  g_test_add_func ("/sketch-families/styles", test_styles);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strconcat ("/sketch-families/", places[i].name, NULL);

      g_test_add_data_func (path, &places[i], test_place);
    }
  return g_test_run ();
}
