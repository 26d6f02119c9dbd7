/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "core/cs-text.h"

#include <string.h>

static void
assert_prompt (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *prompt = cs_text_check_prompt (text, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (prompt, ==, expected);
}

static void
test_prompt (void)
{
  assert_prompt ("a fox", "a fox");
  assert_prompt (" \n\t a fox \xc2\xa0\n", "a fox");
  assert_prompt ("one\r\ntwo\rthree\tfour", "one\ntwo\nthree\tfour");
  assert_prompt ("cafe\xcc\x81", "café");
  assert_prompt ("ثعلب في الثلج", "ثعلب في الثلج");
  assert_prompt ("👩‍🚀", "👩‍🚀");
  assert_prompt ("\ufeffa fox", "a fox");
  /* what cannot be seen and turns the text around it is not kept; isolates that are closed are */
  assert_prompt ("a \u202egnp.xof\u202c b", "a gnp.xof b");
  assert_prompt ("a \u2067ثعلب\u2069 b", "a \u2067ثعلب\u2069 b");
  assert_prompt ("a \u2067ثعلب b", "a ثعلب b");
  assert_prompt ("a \u2069ثعلب\u2067 b", "a ثعلب b");
}

static void
assert_prompt_fails (const char *text, gssize length, CsError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cs_text_check_prompt (text, length, &error));
  g_assert_error (error, CS_ERROR, (int) code);
}

static void
test_prompt_refuses (void)
{
  assert_prompt_fails ("", -1, CS_ERROR_MISSING_FIELD);
  assert_prompt_fails (NULL, 0, CS_ERROR_MISSING_FIELD);
  assert_prompt_fails (" \n ", -1, CS_ERROR_MISSING_FIELD);
  assert_prompt_fails ("\u200b\u200d\u202e\ufeff", -1, CS_ERROR_MISSING_FIELD);
  assert_prompt_fails ("\xff\xfe", -1, CS_ERROR_MALFORMED);
  assert_prompt_fails ("abc\xc3", -1, CS_ERROR_MALFORMED);
  assert_prompt_fails ("a\0b", 3, CS_ERROR_MALFORMED);
  assert_prompt_fails ("a\x1b[31mb", -1, CS_ERROR_INVALID_VALUE);
  assert_prompt_fails ("a\x07", -1, CS_ERROR_INVALID_VALUE);
  assert_prompt_fails ("a\xc2\x85"
                       "b",
                       -1, CS_ERROR_INVALID_VALUE);
  assert_prompt_fails ("a\x7f", -1, CS_ERROR_INVALID_VALUE);
}

static void
test_prompt_length (void)
{
  GString *text = g_string_new (NULL);
  g_autofree char *prompt = NULL;
  g_autofree char *huge = g_strnfill (4000000, 'x');

  for (int i = 0; i < CS_PROMPT_MAX_CHARACTERS; i++)
    g_string_append (text, "🦊");
  prompt = cs_text_check_prompt (text->str, text->len, NULL);
  g_assert_cmpint (g_utf8_strlen (prompt, -1), ==, CS_PROMPT_MAX_CHARACTERS);
  g_string_append (text, "x");
  assert_prompt_fails (text->str, text->len, CS_ERROR_INVALID_VALUE);
  assert_prompt_fails (huge, -1, CS_ERROR_INVALID_VALUE);
  /* only so many bytes as were said are read */
  g_free (prompt);
  prompt = cs_text_check_prompt (huge, 3, NULL);
  g_assert_cmpstr (prompt, ==, "xxx");
  g_string_free (text, TRUE);
}

static void
test_line (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = cs_text_check_line ("user_id", " amel ", 10, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, "amel");
  g_assert_null (cs_text_check_line ("user_id", "a\nb", 10, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_assert_nonnull (strstr (error->message, "user_id"));
  g_clear_error (&error);
  g_assert_null (cs_text_check_line ("user_id", "12345678901", 10, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_null (cs_text_check_line ("user_id", NULL, 10, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_MISSING_FIELD);
}

static void
assert_title (const char *text, gsize max, const char *expected)
{
  g_autofree char *title = cs_text_make_title (text, max);

  g_assert_cmpstr (title, ==, expected);
  g_assert_cmpint (g_utf8_strlen (title, -1), <=, max);
}

static void
test_title (void)
{
  assert_title ("A fox", 20, "A fox");
  assert_title ("  A fox \n\n in\tthe snow ", 30, "A fox in the snow");
  assert_title ("A fox in the white snow", 15, "A fox in the…");
  assert_title ("Abcdefghijklmnopqrstuvwxyz", 10, "Abcdefghi…");
  assert_title ("", 10, "Untitled");
  assert_title ("\u202e\n", 10, "Untitled");
  assert_title ("ثعلب في الثلج الأبيض", 14, "ثعلب في الثلج…");
}

static void
assert_file_name (const char *title, const char *extension, const char *expected)
{
  g_autofree char *name = cs_text_make_file_name (title, extension);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_file_name (void)
{
  assert_file_name ("A fox", "mp4", "A fox.mp4");
  assert_file_name ("A fox", NULL, "A fox");
  assert_file_name ("../../etc/passwd", "png", "etc-passwd.png");
  assert_file_name ("..", "png", "creation.png");
  assert_file_name ("-rf /", "png", "rf.png");
  assert_file_name (".hidden", "png", "hidden.png");
  assert_file_name ("a\nb\x01 c", "png", "a b c.png");
  assert_file_name ("fox\u202egnp.exe", "png", "foxgnp.exe.png");
  assert_file_name ("what? \"this\": <that>", "png", "what- -this-- -that.png");
  assert_file_name ("cafe\xcc\x81", "png", "café.png");
  assert_file_name ("", "png", "creation.png");
  assert_file_name ("\xff\xff", "png", "\xef\xbf\xbd\xef\xbf\xbd.png");
  assert_file_name ("ثعلب في الثلج", "html", "ثعلب في الثلج.html");
}

/* Any title of any length gives a name that keeps all the rules. */
static void
test_file_name_limits (void)
{
  static const char *const pieces[]
      = { "x", "é",       "ثعلب",   "🦊", "👩‍🚀", " ",        "/",     ".",
          "-", "e\u0301", "\u202e", "\n",   "\xff",        "👍🏽", "\u0301" };

  for (int round = 0; round < 3000; round++)
    {
      g_autoptr (GString) title = g_string_new (NULL);
      g_autofree char *name = NULL;
      g_autofree char *composed = NULL;
      int n = g_test_rand_int_range (0, 400);

      for (int i = 0; i < n; i++)
        g_string_append (title, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      name = cs_text_make_file_name (title->str, "mp4");
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_cmpuint (strlen (name), <=, 120);
      g_assert_true (g_str_has_suffix (name, ".mp4"));
      g_assert_true (name[0] != '.' && name[0] != '-' && name[0] != ' ');
      g_assert_null (strpbrk (name, "/\n"));
      g_assert_null (strstr (name, "\u202e"));
      composed = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
      g_assert_cmpstr (composed, ==, name);
    }
}

static void
test_file_name_cut (void)
{
  GString *title = g_string_new (NULL);
  g_autofree char *name = NULL;

  for (int i = 0; i < 40; i++)
    g_string_append (title, "👩‍🚀"); /* 11 bytes, one picture */
  name = cs_text_make_file_name (title->str, "mp4");
  g_assert_cmpuint (strlen (name), ==, 10 * 11 + 4);
  g_string_free (title, TRUE);
}

static void
assert_ellipsized (const char *text, gsize max, const char *expected)
{
  g_autofree char *short_text = cs_text_ellipsize (text, max);

  g_assert_cmpstr (short_text, ==, expected);
}

static void
test_ellipsize (void)
{
  assert_ellipsized ("abc", 3, "abc");
  assert_ellipsized ("abcd", 3, "ab…");
  assert_ellipsized ("ab cd", 4, "ab…");
  assert_ellipsized ("éèêë", 3, "éè…");
  assert_ellipsized ("ae\u0301x", 3, "a…");
  assert_ellipsized ("ab", 1, "…");
  assert_ellipsized ("", 1, "");
}

static void
assert_folded (const char *text, const char *expected)
{
  g_autofree char *folded = cs_text_fold (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_fold (void)
{
  assert_folded ("FORÊT", "foret");
  assert_folded ("Cœur Straße Ångström", "coeur strasse angstrom");
  assert_folded ("l’été", "l'ete");
  assert_folded ("أحمد إلى آخر ٱسم", "احمد الي اخر اسم");
  assert_folded ("مَدِينَةٌ", "مدينه");
  assert_folded ("ثعـــلب", "ثعلب");
  assert_folded ("مستشفى", "مستشفي");
  assert_folded ("١٢٣", "123");
  assert_folded ("", "");
  assert_folded ("a\xff", "a\xef\xbf\xbd");
}

static void
test_rtl (void)
{
  g_assert_true (cs_text_is_rtl ("ثعلب"));
  g_assert_true (cs_text_is_rtl ("1. «ثعلب» fox"));
  g_assert_true (cs_text_is_rtl ("שלום"));
  g_assert_false (cs_text_is_rtl ("fox ثعلب"));
  g_assert_false (cs_text_is_rtl ("123"));
  g_assert_false (cs_text_is_rtl (""));
  g_assert_false (cs_text_is_rtl (NULL));
}

static void
test_set_string (void)
{
  g_autofree char *where = NULL;

  g_assert_false (cs_set_string (&where, NULL));
  g_assert_true (cs_set_string (&where, "one"));
  g_assert_false (cs_set_string (&where, "one"));
  g_assert_true (cs_set_string (&where, where + 1));
  g_assert_cmpstr (where, ==, "ne");
  g_assert_true (cs_set_string (&where, NULL));
  g_assert_null (where);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/prompt", test_prompt);
  g_test_add_func ("/text/prompt-refuses", test_prompt_refuses);
  g_test_add_func ("/text/prompt-length", test_prompt_length);
  g_test_add_func ("/text/line", test_line);
  g_test_add_func ("/text/title", test_title);
  g_test_add_func ("/text/file-name", test_file_name);
  g_test_add_func ("/text/file-name-limits", test_file_name_limits);
  g_test_add_func ("/text/file-name-cut", test_file_name_cut);
  g_test_add_func ("/text/ellipsize", test_ellipsize);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/rtl", test_rtl);
  g_test_add_func ("/text/set-string", test_set_string);
  return g_test_run ();
}
