/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "core/cs-json.h"

#include <string.h>

#define LIMIT (4 * 1024 * 1024)

typedef struct
{
  const char *text;
  gssize length; /* 0: up to the NUL */
} Case;

static const Case good[] = {
  { "{}" },
  { "[]" },
  { " \t\r\n[ ] \n" },
  { "null" },
  { "true" },
  { "false" },
  { "\"\"" },
  { "0" },
  { "-0" },
  { "-1" },
  { "9223372036854775807" },
  { "-9223372036854775808" },
  { "0.0" },
  { "-0.0" },
  { "1.5e3" },
  { "1E+2" },
  { "1e-400" },
  { "1.7976931348623157e308" },
  { "123456789012345678901234567890.5" },
  { "{\"a\":1,\"a\":2}" },
  { "{\"\":[1,[2,{\"b\":[]}]]}" },
  { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"" },
  { "\"\\ud83d\\uDE00\"" },
  { "\"caf\xc3\xa9 \xd8\xab\xd8\xb9\xd9\x84\xd8\xa8 \xf0\x9f\xa6\x8a\"" },
  { "\"\x7f\"" },
  { "[1,2.5,\"x\",true,false,null,{},[]]" },
};

static const Case bad[] = {
  { "" },
  { " " },
  { "{" },
  { "}" },
  { "[" },
  { "]" },
  { "[1,]" },
  { "[,1]" },
  { "[1 2]" },
  { "[1}" },
  { "{\"a\":1]" },
  { "{\"a\"}" },
  { "{\"a\":}" },
  { "{\"a\":1,}" },
  { "{,}" },
  { "{a:1}" },
  { "{1:1}" },
  { "{'a':1}" },
  { "{\"a\" 1}" },
  { "{\"a\":1 \"b\":2}" },
  { "01" },
  { "-01" },
  { "1." },
  { ".5" },
  { "+1" },
  { "-" },
  { "--1" },
  { "1e" },
  { "1e+" },
  { "0x10" },
  { "1_000" },
  { "1,5" },
  { "NaN" },
  { "Infinity" },
  { "-Infinity" },
  { "nul" },
  { "nulll" },
  { "True" },
  { "TRUE" },
  { "undefined" },
  { "1e400" },
  { "-1e400" },
  { "9223372036854775808" },
  { "-9223372036854775809" },
  { "99999999999999999999999999" },
  { "\"a" },
  { "a\"" },
  { "\"\\\"" },
  { "\"\\x41\"" },
  { "\"\\u12\"" },
  { "\"\\u12g4\"" },
  { "\"\\u0000\"" },
  { "\"\\ud800\"" },
  { "\"\\udc00\"" },
  { "\"\\ud800\\ud800\"" },
  { "\"\\ud800x\"" },
  { "\"\\ud800\\n\"" },
  { "\"\\ud83d\\u\"" },
  { "\"\n\"" },
  { "\"\t\"" },
  { "\"\x01\"" },
  { "// c\n1" },
  { "/* c */ 1" },
  { "[1] // c" },
  { "1 2" },
  { "{}{}" },
  { "{\"aa\":[\"x\"]}\n[\"x\"]" },
  { "var a = 1;" },
  { "\xef\xbb\xbf{}" },
  { "\xc2\xa0 1" },
  { "\f1" },
  { "\"\xff\"" },
  { "\"\xc3\"" },
  { "\"\xc0\xaf\"" },
  { "\"\xed\xa0\x80\"" },
  { "\"\xf4\x90\x80\x80\"" },
  { "\xff" },
  { "\"a\0b\"", 5 },
  { "1\0", 2 },
  { "\"\\\0\"", 4 },
  { "[1\0]", 4 },
};

/* In memory of exactly that size, so that a sanitizer sees a look behind the end. */
static gboolean
scan (const char *text, gsize length, GError **error)
{
  g_autofree char *exact = g_memdup2 (text, length);

  return cs_json_scan (exact, length, LIMIT, error);
}

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      g_test_message ("%s", good[i].text);
      g_assert_true (scan (good[i].text, strlen (good[i].text), &error));
      g_assert_no_error (error);
      node = cs_json_parse (good[i].text, strlen (good[i].text), LIMIT, &error);
      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%u", i);
      g_assert_false (
          scan (bad[i].text, bad[i].length > 0 ? bad[i].length : (gssize) strlen (bad[i].text), &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_MALFORMED);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

/* Every prefix of a good text is bad, and none is read past its end. */
static void
test_prefixes (void)
{
  const char *text = "{\"a\":[1,-2.5e+3,\"\\ud83d\\ude00\\n\xc3\xa9\",true,false,null,{\"b\":{}}]}";

  for (gsize length = 0; length < strlen (text); length++)
    g_assert_false (scan (text, length, NULL));
  g_assert_true (scan (text, strlen (text), NULL));
}

static char *
nest (int depth, const char *open, const char *inside, const char *close)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, inside);
  for (int i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (CS_JSON_MAX_DEPTH, "[", "1", "]");
  g_autofree char *deepest_object = nest (CS_JSON_MAX_DEPTH, "{\"a\":", "1", "}");
  g_autofree char *too_deep = nest (CS_JSON_MAX_DEPTH + 1, "[", "1", "]");
  g_autofree char *mixed = nest (CS_JSON_MAX_DEPTH / 2, "[{\"a\":", "1", "}]");
  g_autofree char *bomb = nest (200000, "[", "", "");
  g_autofree char *object_bomb = nest (200000, "{\"a\":", "", "");

  g_assert_true (scan (deepest, strlen (deepest), NULL));
  g_assert_true (scan (deepest_object, strlen (deepest_object), NULL));
  g_assert_true (scan (mixed, strlen (mixed), NULL));
  g_assert_false (scan (too_deep, strlen (too_deep), NULL));
  g_assert_null (cs_json_parse (bomb, strlen (bomb), LIMIT, NULL));
  g_assert_null (cs_json_parse (object_bomb, strlen (object_bomb), LIMIT, NULL));
}

static void
test_wide (void)
{
  g_autofree char *most = nest (CS_JSON_MAX_CONTAINERS - 2, "[],", "", "");
  g_autofree char *wide = g_strdup_printf ("[%s{}]", most);
  g_autofree char *too_wide = g_strdup_printf ("[%s[],{}]", most);
  g_autofree char *scalars = nest (4 * CS_JSON_MAX_CONTAINERS, "1,", "", "");
  g_autofree char *list = g_strdup_printf ("[%s1]", scalars);
  g_autoptr (GError) error = NULL;

  g_assert_true (scan (wide, strlen (wide), NULL));
  g_assert_false (scan (too_wide, strlen (too_wide), &error)); /* seconds of the main thread, where it is four megabytes */
  g_assert_error (error, CS_ERROR, CS_ERROR_TOO_LARGE);
  g_assert_true (scan (list, strlen (list), NULL));
}

static void
test_numbers_long (void)
{
  g_autofree char *digits = nest (1000, "1", "", "");
  g_autofree char *integer = g_strdup (digits);
  g_autofree char *fraction = g_strdup_printf ("0.%s", digits);
  g_autofree char *endless = nest (100000, "1", ".5", "");

  g_assert_false (scan (integer, strlen (integer), NULL));
  g_assert_true (scan (fraction, strlen (fraction), NULL));
  g_assert_false (scan (endless, strlen (endless), NULL));
}

static void
test_size (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_json_scan ("[1]", 3, 3, &error));
  g_assert_no_error (error);
  g_assert_false (cs_json_scan ("[1] ", 4, 3, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_false (cs_json_scan (NULL, 0, 3, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_MALFORMED);
}

/* Whatever random text the scanner lets through, the parser takes and the writer gives back. */
static void
test_random (void)
{
  static const char *const pieces[] = { "{", "}",    "[",   "]",    ",",    ":", "\"a\"", "\"\\u00e9\"",
                                        "1", "-2.5", "1e5", "true", "null", " ", "0",     "\\" };
  int accepted = 0;

  for (int round = 0; round < 60000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *written = NULL;
      int n = g_test_rand_int_range (1, 8);

      for (int i = 0; i < n; i++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      if (!scan (text->str, text->len, NULL))
        continue;
      accepted++;
      node = cs_json_parse (text->str, text->len, LIMIT, NULL);
      g_assert_nonnull (node);
      written = cs_json_to_string (node, round % 2);
      g_assert_true (scan (written, strlen (written), NULL));
    }
  g_assert_cmpint (accepted, >, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-scan/good", test_good);
  g_test_add_func ("/json-scan/bad", test_bad);
  g_test_add_func ("/json-scan/prefixes", test_prefixes);
  g_test_add_func ("/json-scan/depth", test_depth);
  g_test_add_func ("/json-scan/wide", test_wide);
  g_test_add_func ("/json-scan/numbers-long", test_numbers_long);
  g_test_add_func ("/json-scan/size", test_size);
  g_test_add_func ("/json-scan/random", test_random);
  return g_test_run ();
}
