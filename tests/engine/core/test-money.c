/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "core/cs-money.h"

static void
assert_decimal (CsMoney money, const char *expected)
{
  g_autofree char *text = cs_money_to_decimal (money);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_decimal (void)
{
  assert_decimal (0, "0");
  assert_decimal (1, "0.000001");
  assert_decimal (280000, "0.28");
  assert_decimal (3000, "0.003");
  assert_decimal (1000000, "1");
  assert_decimal (10000000, "10");
  assert_decimal (-1500000, "-1.5");
  assert_decimal (-1, "-0.000001");
  assert_decimal (G_MAXINT64, "9223372036854.775807");
  assert_decimal (G_MININT64, "-9223372036854.775808");
}

static void
assert_display (CsMoney money, const char *expected)
{
  g_autofree char *text = cs_money_to_display (money);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_display (void)
{
  assert_display (0, "Free");
  assert_display (280000, "$0.28");
  assert_display (500000, "$0.50");
  assert_display (5000000, "$5.00");
  assert_display (12000, "$0.012");
  assert_display (1500, "$0.0015");
  assert_display (-1500000, "-$1.50");
  assert_display (1, "$0.000001");
}

/* A cap of nothing is a number: “at most Free” would be no sentence. */
static void
test_amount (void)
{
  g_autofree char *nothing = cs_money_to_amount (0);
  g_autofree char *something = cs_money_to_amount (280000);

  g_assert_cmpstr (nothing, ==, "$0.00");
  g_assert_cmpstr (something, ==, "$0.28");
}

static void
test_round_trip (void)
{
  const CsMoney bound = 1000000 * CS_MONEY_UNIT;

  for (int i = 0; i < 20000; i++)
    {
      CsMoney money = i == 0 ? bound : i == 1 ? -bound : (CsMoney) g_test_rand_double_range (-bound, bound);
      g_autofree char *text = cs_money_to_decimal (money);
      g_autoptr (GError) error = NULL;
      CsMoney back = 0;

      g_assert_true (cs_money_parse (text, &back, &error));
      g_assert_no_error (error);
      g_assert_cmpint (back, ==, money);
    }
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    CsMoney money;
  } cases[] = { { "0", 0 },         { "0.0", 0 },      { "-0", 0 },          { "12", 12000000 },
                { "0.28", 280000 }, { "0.000001", 1 }, { "007.5", 7500000 }, { "-3.10", -3100000 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CsMoney money = 99;

      g_assert_true (cs_money_parse (cases[i].text, &money, NULL));
      g_assert_cmpint (money, ==, cases[i].money);
    }
}

static void
test_parse_refuses (void)
{
  static const char *const texts[] = { "",
                                       " ",
                                       "1 ",
                                       " 1",
                                       "+1",
                                       "-",
                                       ".",
                                       ".5",
                                       "1.",
                                       "1.0000000",
                                       "1,5",
                                       "$1",
                                       "1e3",
                                       "0x1",
                                       "nan",
                                       "1.2.3",
                                       "--1",
                                       "1-",
                                       "1000000.000001",
                                       "1000001",
                                       "-1000001",
                                       "9223372036854775808",
                                       "99999999999999999999999999999999999",
                                       "0.99999999999999999999",
                                       "1\n",
                                       "١٢",
                                       "\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      CsMoney money = 99;

      g_test_message ("%u", i);
      g_assert_false (cs_money_parse (texts[i], &money, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpint (money, ==, 99);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/decimal", test_decimal);
  g_test_add_func ("/money/display", test_display);
  g_test_add_func ("/money/amount", test_amount);
  g_test_add_func ("/money/round-trip", test_round_trip);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/parse-refuses", test_parse_refuses);
  return g_test_run ();
}
