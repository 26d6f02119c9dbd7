/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "screenwriter/cs-brief.h"

#include "core/cs-error.h"

#include <string.h>

static CsBrief *
make_brief (CsKind kind)
{
  CsBrief *brief = cs_brief_new (kind);

  brief->prompt = g_strdup ("  a boat\r\non the sea  ");
  return brief;
}

static void
test_defaults (void)
{
  g_autoptr (CsBrief) video = cs_brief_new (CS_KIND_VIDEO);
  g_autoptr (CsBrief) image = cs_brief_new (CS_KIND_IMAGE);
  g_autoptr (CsBrief) deck = cs_brief_new (CS_KIND_DECK);

  g_assert_cmpint (video->duration, ==, 5);
  g_assert_cmpint (video->aspect, ==, CS_ASPECT_16_9);
  g_assert_cmpint (video->style, ==, CS_STYLE_PHOTOREALISTIC);
  g_assert_true (video->screenwriter);
  g_assert_cmpint (video->max_cost, <, 0);
  g_assert_cmpint (image->aspect, ==, CS_ASPECT_1_1);
  g_assert_cmpint (deck->num_slides, ==, 5);
  g_assert_cmpint (deck->theme, ==, CS_THEME_DARK);
}

static void
test_check (void)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);
  g_autoptr (GError) error = NULL;

  brief->negative_prompt = g_strdup ("  rain ");
  g_assert_true (cs_brief_check (brief, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (brief->prompt, ==, "a boat\non the sea");
  g_assert_cmpstr (brief->negative_prompt, ==, "rain");
}

/* Programs send fields empty; nothing to avoid is no mistake. */
static void
test_empty_negative_prompt (void)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_IMAGE);
  g_autoptr (GError) error = NULL;

  brief->negative_prompt = g_strdup (" ");
  g_assert_true (cs_brief_check (brief, &error));
  g_assert_no_error (error);
  g_assert_null (brief->negative_prompt);
}

typedef void (*Spoil) (CsBrief *brief);

static void
spoil_no_prompt (CsBrief *brief)
{
  g_clear_pointer (&brief->prompt, g_free);
}

static void
spoil_blank_prompt (CsBrief *brief)
{
  strcpy (brief->prompt, " \t ");
}

static void
spoil_bytes (CsBrief *brief)
{
  strcpy (brief->prompt, "a \xff boat");
}

static void
spoil_short (CsBrief *brief)
{
  brief->duration = 4;
}

static void
spoil_long (CsBrief *brief)
{
  brief->duration = 11;
}

static void
spoil_aspect (CsBrief *brief)
{
  brief->aspect = CS_ASPECT_4_3;
}

static void
spoil_seed (CsBrief *brief)
{
  brief->has_seed = TRUE;
  brief->seed = -1;
}

static void
spoil_large_seed (CsBrief *brief)
{
  brief->has_seed = TRUE;
  brief->seed = CS_SEED_MAX + 1;
}

static void
spoil_user (CsBrief *brief)
{
  brief->user_id = g_strnfill (129, 'u');
}

static void
spoil_control (CsBrief *brief)
{
  brief->request_id = g_strdup ("a\nb");
}

static void
test_refused (void)
{
  static const struct
  {
    Spoil spoil;
    CsError code;
  } cases[] = {
    { spoil_no_prompt, CS_ERROR_MISSING_FIELD }, { spoil_blank_prompt, CS_ERROR_MISSING_FIELD },
    { spoil_bytes, CS_ERROR_MALFORMED },         { spoil_short, CS_ERROR_INVALID_VALUE },
    { spoil_long, CS_ERROR_INVALID_VALUE },      { spoil_aspect, CS_ERROR_INVALID_VALUE },
    { spoil_seed, CS_ERROR_INVALID_VALUE },      { spoil_large_seed, CS_ERROR_INVALID_VALUE },
    { spoil_user, CS_ERROR_INVALID_VALUE },      { spoil_control, CS_ERROR_INVALID_VALUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);
      g_autoptr (GError) error = NULL;

      cases[i].spoil (brief);
      g_assert_false (cs_brief_check (brief, &error));
      g_assert_error (error, CS_ERROR, (int) cases[i].code);
    }
}

/* Limits are those of the kind: nobody minds how long a picture is. */
static void
test_kinds (void)
{
  g_autoptr (CsBrief) image = make_brief (CS_KIND_IMAGE);
  g_autoptr (CsBrief) deck = make_brief (CS_KIND_DECK);
  g_autoptr (GError) error = NULL;

  image->duration = 99;
  image->aspect = CS_ASPECT_4_3;
  g_assert_true (cs_brief_check (image, &error));
  deck->num_slides = 30;
  g_assert_true (cs_brief_check (deck, &error));
  g_assert_no_error (error);
  deck->num_slides = 31;
  g_assert_false (cs_brief_check (deck, &error));
  g_clear_error (&error);
  deck->num_slides = 0;
  g_assert_false (cs_brief_check (deck, &error));
}

static CsBrief *
make_full (void)
{
  CsBrief *brief = make_brief (CS_KIND_IMAGE);

  brief->style = CS_STYLE_ANIME;
  brief->aspect = CS_ASPECT_4_3;
  brief->sound = CS_WISH_NO;
  brief->negative_prompt = g_strdup ("rain");
  brief->image = g_strdup ("/a/picture.png");
  brief->has_seed = TRUE;
  brief->seed = CS_SEED_MAX;
  brief->screenwriter = FALSE;
  brief->provider = g_strdup ("sketch");
  brief->model = g_strdup ("sketch/image");
  brief->num_slides = 7;
  brief->theme = CS_THEME_SOLARIZED;
  brief->has_language = TRUE;
  brief->language = CS_LANGUAGE_AR;
  brief->max_cost = 123456;
  brief->over_budget = TRUE;
  brief->user_id = g_strdup ("somebody");
  brief->request_id = g_strdup ("r1");
  brief->variation = 3;
  return brief;
}

static void
test_json (void)
{
  g_autoptr (CsBrief) brief = make_full ();
  g_autofree char *json = cs_brief_to_json (brief);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsBrief) back = cs_brief_from_json (json, &error);
  g_autoptr (CsBrief) copy = cs_brief_copy (brief);
  g_autofree char *again = NULL;
  g_autofree char *copied = cs_brief_to_json (copy);

  g_assert_no_error (error);
  again = cs_brief_to_json (back);
  g_assert_cmpstr (again, ==, json);
  g_assert_cmpstr (copied, ==, json);
  g_assert_cmpint (back->seed, ==, CS_SEED_MAX);
  g_assert_cmpint (back->language, ==, CS_LANGUAGE_AR);
  g_assert_true (back->over_budget);
}

static void
test_json_refused (void)
{
  static const char *const texts[] = { "", "[]", "{", "7", "{\"prompt\": 1e999}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_null (cs_brief_from_json (texts[i], &error));
      g_assert_nonnull (error);
    }
}

/* Phrases that are kept word for word are cleaned like all text; what is empty or said twice is left out. */
static void
test_locked (void)
{
  static const char *const phrases[] = { "  a red 1967 DS ", "", "Café “Chez Meryem”", "a red 1967 DS", NULL };
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);
  g_autoptr (CsBrief) copy = NULL;
  g_autoptr (CsBrief) back = NULL;
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  brief->locked = g_strdupv ((char **) phrases);
  g_assert_true (cs_brief_check (brief, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (brief->locked), ==, 2);
  g_assert_cmpstr (brief->locked[0], ==, "a red 1967 DS");
  g_assert_cmpstr (brief->locked[1], ==, "Café “Chez Meryem”");
  copy = cs_brief_copy (brief);
  json = cs_brief_to_json (copy);
  back = cs_brief_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_true (g_strv_equal ((const char *const *) back->locked, (const char *const *) brief->locked));
}

static void
test_locked_refused (void)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);
  g_autoptr (GStrvBuilder) many = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;

  brief->locked = g_strsplit ("a \xff boat", ",", -1);
  g_assert_false (cs_brief_check (brief, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_MALFORMED);
  g_clear_error (&error);
  g_strfreev (brief->locked);
  brief->locked = g_new0 (char *, 2);
  brief->locked[0] = g_strnfill (201, 'a');
  g_assert_false (cs_brief_check (brief, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  for (int i = 0; i <= CS_LOCKED_MAX; i++)
    {
      g_autofree char *phrase = g_strdup_printf ("phrase %d", i);

      g_strv_builder_add (many, phrase);
    }
  g_strfreev (brief->locked);
  brief->locked = g_strv_builder_end (many);
  g_assert_false (cs_brief_check (brief, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
}

/* A brief without phrases is written, and hashed, as before there were any. */
static void
test_locked_unsaid (void)
{
  g_autoptr (CsBrief) brief = make_brief (CS_KIND_VIDEO);
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  brief->locked = g_new0 (char *, 1);
  g_assert_true (cs_brief_check (brief, &error));
  g_assert_null (brief->locked);
  json = cs_brief_to_json (brief);
  g_assert_null (strstr (json, "locked"));
}

/* Anything that is asked differently is another request. */
static void
test_hash (void)
{
  g_autoptr (CsBrief) brief = make_full ();
  g_autoptr (CsBrief) same = make_full ();
  g_autofree char *hash = cs_brief_hash (brief);
  g_autofree char *same_hash = cs_brief_hash (same);
  g_autofree char *other_hash = NULL;
  g_autofree char *locked_hash = NULL;

  g_assert_cmpstr (hash, ==, same_hash);
  g_assert_cmpint (strlen (hash), ==, 64);
  same->seed--;
  other_hash = cs_brief_hash (same);
  g_assert_cmpstr (hash, !=, other_hash);
  same->seed++;
  same->locked = g_strsplit ("a boat", ",", -1);
  locked_hash = cs_brief_hash (same);
  g_assert_cmpstr (hash, !=, locked_hash);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/brief/defaults", test_defaults);
  g_test_add_func ("/brief/check", test_check);
  g_test_add_func ("/brief/empty-negative-prompt", test_empty_negative_prompt);
  g_test_add_func ("/brief/refused", test_refused);
  g_test_add_func ("/brief/kinds", test_kinds);
  g_test_add_func ("/brief/json", test_json);
  g_test_add_func ("/brief/json-refused", test_json_refused);
  g_test_add_func ("/brief/locked", test_locked);
  g_test_add_func ("/brief/locked-refused", test_locked_refused);
  g_test_add_func ("/brief/locked-unsaid", test_locked_unsaid);
  g_test_add_func ("/brief/hash", test_hash);
  return g_test_run ();
}
