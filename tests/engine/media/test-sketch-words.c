/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-text.h"
#include "media/sketch/cs-sketch-lexicon.h"
#include "media/sketch/cs-sketch-words.h"

#include <locale.h>
#include <string.h>

#define ANY -1

/* What a prompt must say; ANY: not looked at. */
static const struct
{
  const char *prompt;
  int family, time, weather, move;
  guint64 subjects;
} cases[] = {
  { "Un coucher de soleil sur l'océan avec des vagues douces", CS_SKETCH_SEA, CS_SKETCH_SUNSET, CS_SKETCH_CLEAR, ANY, 0 },
  { "Un chat astronaute flottant dans l'espace", CS_SKETCH_SPACE, CS_SKETCH_NIGHT, ANY, ANY,
    CS_SKETCH_BIT (CS_SKETCH_CAT) | CS_SKETCH_BIT (CS_SKETCH_ASTRONAUT) },
  { "Un paysage futuriste avec des gratte-ciels volants", CS_SKETCH_CITY, ANY, ANY, ANY,
    CS_SKETCH_BIT (CS_SKETCH_TOWER) | CS_SKETCH_BIT (CS_SKETCH_FUTURE) | CS_SKETCH_BIT (CS_SKETCH_FLYING) },
  { "Portrait d'une femme en style Van Gogh", CS_SKETCH_PORTRAIT, ANY, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_WOMAN) },
  { "Intelligence Artificielle dans l'éducation", CS_SKETCH_ABSTRACT, ANY, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_SCHOOL) },
  { "Les agents BMAD et leur utilisation", CS_SKETCH_ABSTRACT, ANY, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_NETWORK) },
  { "Un drone survolant une forêt tropicale", CS_SKETCH_FOREST, ANY, ANY, CS_SKETCH_MOVE_DRONE, CS_SKETCH_BIT (CS_SKETCH_JUNGLE) },
  { "Vol en drone au-dessus d'un lac de montagne au lever du soleil", CS_SKETCH_LAKE, CS_SKETCH_DAWN, ANY, CS_SKETCH_MOVE_DRONE, 0 },
  { "Course-poursuite de voitures dans les rues de Tokyo la nuit", CS_SKETCH_ROAD, CS_SKETCH_NIGHT, ANY, CS_SKETCH_MOVE_DOLLY,
    CS_SKETCH_BIT (CS_SKETCH_CAR) | CS_SKETCH_BIT (CS_SKETCH_NEON) | CS_SKETCH_BIT (CS_SKETCH_CHASE) },
  { "Dragon majestueux volant dans un ciel orageux avec éclairs", CS_SKETCH_SKY, ANY, CS_SKETCH_STORM, ANY, CS_SKETCH_BIT (CS_SKETCH_DRAGON) },
  { "Gros plan d'un visage humain avec des émotions changeantes", CS_SKETCH_PORTRAIT, ANY, ANY, CS_SKETCH_MOVE_ZOOM_IN, CS_SKETCH_BIT (CS_SKETCH_FACE) },
  { "Jardin japonais avec cerisiers en fleurs et temple", CS_SKETCH_GARDEN, ANY, ANY, ANY,
    CS_SKETCH_BIT (CS_SKETCH_CHERRY) | CS_SKETCH_BIT (CS_SKETCH_TEMPLE) },
  { "Montre de luxe sur fond noir avec éclairage dramatique", CS_SKETCH_TABLE, ANY, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_WATCH) },
  { "Intelligence artificielle représentée par un cerveau numérique", CS_SKETCH_ABSTRACT, ANY, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_BRAIN) },
  { "A lighthouse in the fog, slow pan left", CS_SKETCH_SEA, ANY, CS_SKETCH_FOG, CS_SKETCH_MOVE_LEFT, CS_SKETCH_BIT (CS_SKETCH_LIGHTHOUSE) },
  { "Snowy mountains at dawn, zoom out", CS_SKETCH_LAKE, CS_SKETCH_DAWN, CS_SKETCH_SNOW, CS_SKETCH_MOVE_ZOOM_OUT, 0 },
  { "Cyberpunk city in the rain", CS_SKETCH_CITY, CS_SKETCH_NIGHT, CS_SKETCH_RAIN, ANY, CS_SKETCH_BIT (CS_SKETCH_NEON) },
  { "A robot waters a plant", CS_SKETCH_ROBOT, ANY, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_ROBOT_BODY) },
  { "two horses running in the desert", CS_SKETCH_ANIMAL, ANY, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_HORSE) },
  { "La casbah d'Alger au coucher du soleil", CS_SKETCH_VILLAGE, CS_SKETCH_SUNSET, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_CASBAH) },
  { "غروب الشمس على البحر", CS_SKETCH_SEA, CS_SKETCH_SUNSET, ANY, ANY, 0 },
  { "مدينة طوكيو في الليل تحت المطر", CS_SKETCH_CITY, CS_SKETCH_NIGHT, CS_SKETCH_RAIN, ANY, 0 },
  { "قافلة الجمال في الصحراء", CS_SKETCH_DESERT, ANY, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_CAMEL) },
  { "القَصْبَة في مدينة الجزائر", CS_SKETCH_VILLAGE, ANY, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_CASBAH) },
  { "قطة رائد فضاء في الفضاء", CS_SKETCH_SPACE, ANY, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_CAT) | CS_SKETCH_BIT (CS_SKETCH_ASTRONAUT) },
  { "بحيرة جبلية والجبال مغطاة بالثلوج", CS_SKETCH_LAKE, ANY, CS_SKETCH_SNOW, ANY, 0 },
  { "روبوت يسقي نبتة", CS_SKETCH_ROBOT, ANY, ANY, ANY, 0 },
  { "تنين يطير في سماء عاصفة مع البرق", CS_SKETCH_SKY, ANY, CS_SKETCH_STORM, ANY, CS_SKETCH_BIT (CS_SKETCH_DRAGON) },
  { "وجه امرأة", CS_SKETCH_PORTRAIT, ANY, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_WOMAN) },
  { "الذكاء الاصطناعي في التعليم", CS_SKETCH_ABSTRACT, ANY, ANY, ANY, CS_SKETCH_BIT (CS_SKETCH_SCHOOL) },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CsSketchIdea idea;

      g_test_message ("%s", cases[i].prompt);
      cs_sketch_words_read (cases[i].prompt, 1, &idea);
      g_assert_cmpint (idea.family, ==, cases[i].family);
      if (cases[i].time != ANY)
        g_assert_cmpint (idea.time, ==, cases[i].time);
      if (cases[i].weather != ANY)
        g_assert_cmpint (idea.weather, ==, cases[i].weather);
      if (cases[i].move != ANY)
        g_assert_cmpint (idea.move, ==, cases[i].move);
      g_assert_cmphex (idea.subjects & cases[i].subjects, ==, cases[i].subjects);
    }
}

static void
test_refusals (void)
{
  CsSketchIdea idea;

  cs_sketch_words_read ("une plage sans pluie et sans bateaux", 1, &idea);
  g_assert_cmpint (idea.family, ==, CS_SKETCH_SEA);
  g_assert_cmpint (idea.weather, ==, CS_SKETCH_CLEAR);
  g_assert_false (cs_sketch_idea_has (&idea, CS_SKETCH_BOAT));
  cs_sketch_words_read ("a city without neon", 1, &idea);
  g_assert_false (cs_sketch_idea_has (&idea, CS_SKETCH_NEON));
  cs_sketch_words_read ("j'ai un chat", 1, &idea);
  g_assert_cmpint (idea.family, ==, CS_SKETCH_ANIMAL);
  cs_sketch_words_read ("catalogue", 1, &idea);
  g_assert_false (cs_sketch_idea_has (&idea, CS_SKETCH_CAT));
}

static void
test_manners (void)
{
  CsSketchIdea slow, fast, swirl;

  cs_sketch_words_read ("mer, ralenti", 1, &slow);
  cs_sketch_words_read ("mer, rapide", 1, &fast);
  cs_sketch_words_read ("Portrait d'une femme en style Van Gogh", 1, &swirl);
  g_assert_cmpfloat (slow.speed, <, 1);
  g_assert_cmpfloat (fast.speed, >, 1);
  g_assert_true (swirl.is_swirling);
  g_assert_false (slow.is_swirling);
}

static void
test_unknown (void)
{
  guint seen = 0;

  for (guint64 seed = 0; seed < 64; seed++)
    {
      CsSketchIdea idea;

      cs_sketch_words_read ("zorglub xyz", seed, &idea);
      g_assert_cmpint (idea.family, <, CS_SKETCH_N_FAMILIES);
      g_assert_cmpint (idea.time, <, CS_SKETCH_N_TIMES);
      seen |= 1u << idea.family;
    }
  g_assert_cmpint (__builtin_popcount (seen), >=, 4);
}

/* Words are compared after folding, so the lexicon must be folded itself; and no word may say two things of a kind. */
static void
test_lexicon (void)
{
  gsize n, n_words = 0;
  const CsSketchMeaning *meanings = cs_sketch_lexicon_get (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_auto (GStrv) words = g_strsplit (meanings[i].words, "|", -1);

      for (gsize k = 0; words[k] != NULL; k++)
        {
          g_autofree char *folded = cs_text_fold (words[k]);

          g_assert_cmpstr (folded, ==, words[k]);
          g_assert_cmpuint (strlen (words[k]), >, 1);
          n_words++;
        }
    }
  g_assert_cmpuint (n_words, >, 400);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch-words/table", test_table);
  g_test_add_func ("/sketch-words/refusals", test_refusals);
  g_test_add_func ("/sketch-words/manners", test_manners);
  g_test_add_func ("/sketch-words/unknown", test_unknown);
  g_test_add_func ("/sketch-words/lexicon", test_lexicon);
  return g_test_run ();
}
