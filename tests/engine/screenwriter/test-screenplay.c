/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screenwriter's answer, and the end of its cascade. */
#include "config.h"
#include "screenwriter/cs-screenwriter.h"

#include "cs-test.h"

#include "screenwriter/cs-direct-prompt.h"

static CsScreenplay *
write_for (CsKind kind, CsStyle style, gboolean with_screenwriter)
{
  g_autoptr (CsBrief) brief = cs_brief_new (kind);
  g_autoptr (CsScreenwriter) screenwriter = cs_screenwriter_new (NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsScreenplay *screenplay;

  brief->prompt = g_strdup ("Le port d’Alger");
  brief->negative_prompt = g_strdup ("rain");
  brief->style = style;
  brief->screenwriter = with_screenwriter;
  cs_screenwriter_write_async (screenwriter, brief, NULL, 0, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  screenplay = cs_screenwriter_write_finish (screenwriter, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (screenplay->screenwriter, ==, "direct");
  g_assert_cmpstr (screenplay->negative_prompt, ==, "rain");
  g_assert_cmpint (screenplay->cost, ==, 0);
  return screenplay;
}

static void
test_direct (void)
{
  static const char *const words[CS_N_STYLES] = { "photorealistic", "cinematic", "anime", "3D render", "artistic" };

  for (int style = 0; style < CS_N_STYLES; style++)
    {
      g_autoptr (CsScreenplay) screenplay = write_for (CS_KIND_VIDEO, style, TRUE);
      g_autofree char *expected = g_strdup_printf ("%s, Le port d’Alger, high quality, detailed", words[style]);

      g_assert_cmpstr (screenplay->prompt, ==, expected);
    }
}

static void
test_word_for_word (void)
{
  g_autoptr (CsScreenplay) plain = write_for (CS_KIND_IMAGE, CS_STYLE_ANIME, FALSE);
  g_autoptr (CsScreenplay) deck = write_for (CS_KIND_DECK, CS_STYLE_ANIME, TRUE);

  g_assert_cmpstr (plain->prompt, ==, "Le port d’Alger");
  g_assert_cmpstr (deck->prompt, ==, "Le port d’Alger");
}

static void
test_json (void)
{
  static const char *const notes[] = { "Because.", "And “because”.", NULL };
  g_autoptr (CsScreenplay) screenplay = write_for (CS_KIND_IMAGE, CS_STYLE_ANIME, TRUE);
  g_autofree char *json = NULL;
  g_autoptr (CsScreenplay) back = NULL;
  g_autoptr (GError) error = NULL;

  screenplay->notes = g_strdupv ((char **) notes);
  screenplay->model = g_strdup ("m");
  screenplay->cost = 42;
  json = cs_screenplay_to_json (screenplay);
  back = cs_screenplay_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->prompt, ==, screenplay->prompt);
  g_assert_true (g_strv_equal ((const char *const *) back->notes, notes));
  g_assert_cmpstr (back->model, ==, "m");
  g_assert_cmpint (back->cost, ==, 42);
}

/* Read with care: what is of another type is as if it were missing. */
static void
test_hostile_json (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsScreenplay) strange
      = cs_screenplay_from_json ("{\"prompt\": 7, \"notes\": [1, \"a\", null, {}], \"cost\": \"much\"}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strange->prompt, ==, "");
  g_assert_cmpint (g_strv_length (strange->notes), ==, 1);
  g_assert_cmpint (strange->cost, ==, 0);
  g_assert_null (cs_screenplay_from_json ("[]", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screenplay/direct", test_direct);
  g_test_add_func ("/screenplay/word-for-word", test_word_for_word);
  g_test_add_func ("/screenplay/json", test_json);
  g_test_add_func ("/screenplay/hostile-json", test_hostile_json);
  return g_test_run ();
}
