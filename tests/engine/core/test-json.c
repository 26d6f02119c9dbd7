/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "core/cs-json.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = cs_json_parse_object (text, strlen (text), 1000000, &error);

  g_assert_no_error (error);
  g_assert_nonnull (object);
  return object;
}

static void
test_read (void)
{
  g_autoptr (JsonObject) object = parse (
      "{\"s\":\"x\",\"i\":-7,\"d\":2.5,\"w\":5.0,\"b\":true,\"n\":null,\"o\":{\"k\":1},\"a\":[1,2]}");

  g_assert_cmpstr (cs_json_get_string (object, "s", "f"), ==, "x");
  g_assert_cmpint (cs_json_get_int (object, "i", 1), ==, -7);
  g_assert_cmpint (cs_json_get_int (object, "w", 1), ==, 5);
  g_assert_cmpfloat (cs_json_get_double (object, "d", 1), ==, 2.5);
  g_assert_cmpfloat (cs_json_get_double (object, "i", 1), ==, -7);
  g_assert_true (cs_json_get_boolean (object, "b", FALSE));
  g_assert_cmpint (cs_json_get_int (cs_json_get_object (object, "o"), "k", 0), ==, 1);
  g_assert_cmpint (json_array_get_length (cs_json_get_array (object, "a")), ==, 2);
}

/* Members that are missing or of another type, and no object at all. */
static void
test_read_fallback (void)
{
  static const char *const names[] = { "s", "i", "d", "b", "n", "o", "a", "none" };
  g_autoptr (JsonObject) object
      = parse ("{\"s\":\"x\",\"i\":-7,\"d\":2.5,\"b\":true,\"n\":null,\"o\":{},\"a\":[]}");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *name = names[i];

      if (strcmp (name, "s") != 0)
        g_assert_cmpstr (cs_json_get_string (object, name, "f"), ==, "f");
      if (strcmp (name, "i") != 0)
        g_assert_cmpint (cs_json_get_int (object, name, 42), ==, 42);
      if (strcmp (name, "i") != 0 && strcmp (name, "d") != 0)
        g_assert_cmpfloat (cs_json_get_double (object, name, 42), ==, 42);
      if (strcmp (name, "b") != 0)
        g_assert_true (cs_json_get_boolean (object, name, TRUE));
      if (strcmp (name, "o") != 0)
        g_assert_null (cs_json_get_object (object, name));
      if (strcmp (name, "a") != 0)
        g_assert_null (cs_json_get_array (object, name));
    }
  g_assert_cmpint (cs_json_get_int (NULL, "a", 3), ==, 3);
  g_assert_null (cs_json_get_object (NULL, "a"));
  g_assert_null (cs_json_get_array (NULL, "a"));
  g_assert_cmpint (cs_json_get_int (object, "d", 3), ==, 3);
}

static void
test_read_extremes (void)
{
  g_autoptr (JsonObject) object
      = parse ("{\"max\":9223372036854775807,\"min\":-9223372036854775808,\"big\":1e300,\"long\":"
               "12345678901234567890.0,"
               "\"exp\":1e5,\"emoji\":\"\\ud83d\\ude00\",\"z\":-0,\"a\":1,\"a\":2}");

  g_assert_cmpint (cs_json_get_int (object, "max", 0), ==, G_MAXINT64);
  g_assert_cmpint (cs_json_get_int (object, "min", 0), ==, G_MININT64);
  g_assert_cmpint (cs_json_get_int (object, "big", 3), ==, 3);
  g_assert_cmpint (cs_json_get_int (object, "long", 3), ==, 3);
  g_assert_cmpint (cs_json_get_int (object, "exp", 3), ==, 100000);
  g_assert_cmpint (cs_json_get_int (object, "z", 3), ==, 0);
  g_assert_cmpint (cs_json_get_int (object, "a", 3), ==, 2);
  g_assert_cmpstr (cs_json_get_string (object, "emoji", ""), ==, "😀");
}

static void
test_not_object (void)
{
  static const char *const texts[] = { "[]", "null", "1", "\"{}\"" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (cs_json_parse_object (texts[i], strlen (texts[i]), 100, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_MALFORMED);
    }
}

static void
assert_round_trip (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = cs_json_parse (text, strlen (text), 100000, &error);
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  written = cs_json_to_string (node, FALSE);
  g_assert_cmpstr (written, ==, text);
}

static void
test_write (void)
{
  assert_round_trip ("{}");
  assert_round_trip ("[]");
  assert_round_trip ("null");
  assert_round_trip ("[null,true,false,0,-1,9223372036854775807,-9223372036854775808]");
  assert_round_trip (
      "[0.1,2.5,-0.0,1e+300,5.0,0.30000000000000004,1.7976931348623157e+308,4.94065645841247e-324]");
  assert_round_trip ("{\"z\":1,\"a\":{\"m\":[]},\"b\":[{\"y\":{}},[[]]]}");
  assert_round_trip ("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007fé ثعلب 😀\"");
  assert_round_trip ("{\"\\\"\\n\":\"\"}");
  assert_round_trip ("\"\\u003c/script>\\u003c!-- <b>\"");
}

static void
test_write_pretty (void)
{
  g_autoptr (JsonObject) object = parse ("{\"a\":[1,{\"b\":null}],\"c\":{},\"d\":[]}");
  g_autofree char *text = cs_json_object_to_string (object, TRUE);

  g_assert_cmpstr (
      text, ==, "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}");
}

static void
test_write_hostile (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;

  cs_json_set_string (object, "bytes",
                      "a\xff\xfe"
                      "b");
  cs_json_set_string (object, "fake", "\xff$1,\"x\":2");
  cs_json_set_string (object, "null", NULL);
  json_object_set_double_member (object, "nan", NAN);
  json_object_set_double_member (object, "inf", -INFINITY);
  text = cs_json_object_to_string (object, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"bytes\":\"a\xef\xbf\xbd\xef\xbf\xbd"
                   "b\",\"fake\":\"\xef\xbf\xbd$1,\\\"x\\\":2\","
                   "\"null\":null,\"nan\":null,\"inf\":null}");
}

/* Deeper than any stack. */
static void
test_write_deep (void)
{
  JsonNode *node = json_node_init_int (json_node_alloc (), 1);
  g_autofree char *text = NULL;
  const int depth = 5000;

  for (int i = 0; i < depth; i++)
    {
      JsonArray *array = json_array_new ();

      json_array_add_element (array, node);
      node = json_node_init_array (json_node_alloc (), array);
      json_array_unref (array);
    }
  text = cs_json_to_string (node, FALSE);
  g_assert_cmpuint (strlen (text), ==, 2 * depth + 1);
  json_node_unref (node);
}

static void
test_money (void)
{
  static const struct
  {
    CsMoney money;
    const char *text;
  } cases[] = { { 0, "0" },
                { 280000, "0.28" },
                { 3000, "0.003" },
                { 1, "0.000001" },
                { -1500000, "-1.5" },
                { 12000000, "12" },
                { 999999999999, "999999.999999" },
                { 100000, "0.1" },
                { 300000, "0.3" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = json_object_new ();
      g_autoptr (JsonObject) back = NULL;
      g_autofree char *expected = g_strdup_printf ("{\"cost_usd\":%s}", cases[i].text);
      g_autofree char *text = NULL;

      cs_json_set_money (object, "cost_usd", cases[i].money);
      g_assert_cmpint (cs_json_get_money (object, "cost_usd", 7), ==, cases[i].money);
      text = cs_json_object_to_string (object, FALSE);
      g_assert_cmpstr (text, ==, expected);
      back = parse (text);
      g_assert_cmpint (cs_json_get_money (back, "cost_usd", 7), ==, cases[i].money);
    }
}

static void
test_money_read (void)
{
  g_autoptr (JsonObject) object = parse ("{\"text\":\"0.25\",\"word\":\"much\",\"huge\":1e300,\"over\":"
                                         "1000000.5,\"int\":2,\"big\":9223372036854775807,"
                                         "\"null\":null,\"list\":[],\"fine\":0.0000014,\"true\":true}");

  g_assert_cmpint (cs_json_get_money (object, "text", 7), ==, 250000);
  g_assert_cmpint (cs_json_get_money (object, "int", 7), ==, 2000000);
  g_assert_cmpint (cs_json_get_money (object, "fine", 7), ==, 1);
  g_assert_cmpint (cs_json_get_money (object, "word", 7), ==, 7);
  g_assert_cmpint (cs_json_get_money (object, "huge", 7), ==, 7);
  g_assert_cmpint (cs_json_get_money (object, "over", 7), ==, 7);
  g_assert_cmpint (cs_json_get_money (object, "big", 7), ==, 7);
  g_assert_cmpint (cs_json_get_money (object, "null", 7), ==, 7);
  g_assert_cmpint (cs_json_get_money (object, "list", 7), ==, 7);
  g_assert_cmpint (cs_json_get_money (object, "true", 7), ==, 7);
  g_assert_cmpint (cs_json_get_money (NULL, "none", 7), ==, 7);
}

static void
test_time (void)
{
  g_autoptr (JsonObject) object = json_object_new ();

  cs_json_set_time (object, "at", G_GINT64_CONSTANT (1795341600123456));
  g_assert_cmpstr (cs_json_get_string (object, "at", NULL), ==, "2026-11-22T10:00:00.123Z");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/read", test_read);
  g_test_add_func ("/json/read-fallback", test_read_fallback);
  g_test_add_func ("/json/read-extremes", test_read_extremes);
  g_test_add_func ("/json/not-object", test_not_object);
  g_test_add_func ("/json/write", test_write);
  g_test_add_func ("/json/write-pretty", test_write_pretty);
  g_test_add_func ("/json/write-hostile", test_write_hostile);
  g_test_add_func ("/json/write-deep", test_write_deep);
  g_test_add_func ("/json/money", test_money);
  g_test_add_func ("/json/money-read", test_money_read);
  g_test_add_func ("/json/time", test_time);
  return g_test_run ();
}
