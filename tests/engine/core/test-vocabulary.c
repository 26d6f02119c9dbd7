/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-vocabulary.h"

static void
test_words (void)
{
  CsKind kind;
  CsStyle style;
  CsAspect aspect;
  CsTheme theme;
  CsLanguage language;

  for (int i = CS_KIND_VIDEO; i <= CS_KIND_DECK; i++)
    g_assert_true (cs_kind_from_string (cs_kind_to_string (i), &kind) && (int) kind == i);
  for (int i = 0; i < CS_N_STYLES; i++)
    g_assert_true (cs_style_from_string (cs_style_to_string (i), &style) && (int) style == i);
  for (int i = 0; i < CS_N_ASPECTS; i++)
    g_assert_true (cs_aspect_from_string (cs_aspect_to_string (i), &aspect) && (int) aspect == i);
  for (int i = 0; i < CS_N_THEMES; i++)
    g_assert_true (cs_theme_from_string (cs_theme_to_string (i), &theme) && (int) theme == i);
  for (int i = 0; i < CS_N_LANGUAGES; i++)
    g_assert_true (cs_language_from_string (cs_language_to_string (i), &language) && (int) language == i);

  g_assert_cmpstr (cs_style_to_string (CS_STYLE_3D_RENDER), ==, "3d-render");
  g_assert_true (cs_style_from_string ("3d", &style) && style == CS_STYLE_3D_RENDER);
  g_assert_cmpstr (cs_aspect_to_string (CS_ASPECT_9_16), ==, "9:16");
  g_assert_cmpstr (cs_kind_to_string (CS_KIND_DECK), ==, "deck");
}

static void
test_refuses (void)
{
  static const char *const texts[] = { "", "Video", "video ", "16/9", "dark\n", "fr_FR", "nothing", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      CsKind kind = CS_KIND_DECK;
      CsStyle style;
      CsAspect aspect;
      CsTheme theme;
      CsLanguage language;

      g_assert_false (cs_kind_from_string (texts[i], &kind));
      g_assert_cmpint (kind, ==, CS_KIND_DECK);
      g_assert_false (cs_style_from_string (texts[i], &style));
      g_assert_false (cs_aspect_from_string (texts[i], &aspect));
      g_assert_false (cs_theme_from_string (texts[i], &theme));
      g_assert_false (cs_language_from_string (texts[i], &language));
    }
}

static void
assert_guess (const char *text, CsLanguage expected)
{
  g_test_message ("%s", text);
  for (int fallback = 0; fallback < CS_N_LANGUAGES; fallback++)
    g_assert_cmpint (cs_language_guess (text, fallback), ==, expected);
}

static void
test_guess (void)
{
  assert_guess ("Un renard dans la neige", CS_LANGUAGE_FR);
  assert_guess ("L'intelligence artificielle pour les PME", CS_LANGUAGE_FR);
  assert_guess ("Forêt brumeuse", CS_LANGUAGE_FR);
  assert_guess ("Fore\xcc\x82t", CS_LANGUAGE_FR);
  assert_guess ("A fox in the snow", CS_LANGUAGE_EN);
  assert_guess ("How to brew coffee at home", CS_LANGUAGE_EN);
  assert_guess ("the café in the forest with your friends", CS_LANGUAGE_EN);
  assert_guess ("ثعلب في الثلج", CS_LANGUAGE_AR);
  assert_guess ("عرض عن Creative Studio", CS_LANGUAGE_AR);
  assert_guess ("What is the word “ثعلب” in French and in English?", CS_LANGUAGE_EN);

  for (int fallback = 0; fallback < CS_N_LANGUAGES; fallback++)
    {
      g_assert_cmpint (cs_language_guess ("Robot 3000", fallback), ==, fallback);
      g_assert_cmpint (cs_language_guess ("", fallback), ==, fallback);
      g_assert_cmpint (cs_language_guess (NULL, fallback), ==, fallback);
      g_assert_cmpint (cs_language_guess ("\xff\xfe", fallback), ==, fallback);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vocabulary/words", test_words);
  g_test_add_func ("/vocabulary/refuses", test_refuses);
  g_test_add_func ("/vocabulary/guess", test_guess);
  return g_test_run ();
}
