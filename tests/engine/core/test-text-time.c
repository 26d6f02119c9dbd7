/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-text.h"

#include <time.h>

static void
assert_format (gint64 time_us, const char *expected)
{
  g_autofree char *text = cs_text_format_time (time_us);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_format (0, "1970-01-01T00:00:00.000Z");
  assert_format (G_GINT64_CONSTANT (1795341600123999), "2026-11-22T10:00:00.123Z");
  assert_format (-1, "1969-12-31T23:59:59.999Z");
  assert_format (G_GINT64_CONSTANT (951782400000000), "2000-02-29T00:00:00.000Z");
  assert_format (G_MAXINT64, "9999-12-31T23:59:59.999Z");
  assert_format (G_MININT64, "0000-01-01T00:00:00.000Z");
}

/* Against the C library, over a thousand years. */
static void
test_calendar (void)
{
  for (int i = 0; i < 20000; i++)
    {
      gint64 seconds = (gint64) g_test_rand_double_range (-15000000000.0, 15000000000.0);
      time_t time = seconds;
      char expected[64];
      struct tm tm;
      g_autofree char *text = cs_text_format_time (seconds * 1000000);
      gint64 back = 1;

      gmtime_r (&time, &tm);
      strftime (expected, sizeof expected, "%Y-%m-%dT%H:%M:%S.000Z", &tm);
      g_assert_cmpstr (text, ==, expected);
      g_assert_true (cs_text_parse_time (text, &back));
      g_assert_cmpint (back, ==, seconds * 1000000);
    }
}

static void
assert_parse (const char *text, gint64 expected)
{
  gint64 time = 1;

  g_test_message ("%s", text);
  g_assert_true (cs_text_parse_time (text, &time));
  g_assert_cmpint (time, ==, expected);
}

static void
test_parse (void)
{
  assert_parse ("1970-01-01", 0);
  assert_parse ("2026-11-22", G_GINT64_CONSTANT (1795305600000000));
  assert_parse ("2026-11-22T10:00:00Z", G_GINT64_CONSTANT (1795341600000000));
  assert_parse ("2026-11-22t10:00:00.5z", G_GINT64_CONSTANT (1795341600500000));
  assert_parse ("2026-11-22 11:00:00.123456789+01:00", G_GINT64_CONSTANT (1795341600123456));
  assert_parse ("2026-11-22T05:30:00-04:30", G_GINT64_CONSTANT (1795341600000000));
  assert_parse ("2016-12-31T23:59:60Z", G_GINT64_CONSTANT (1483228800000000));
  assert_parse ("0001-01-01T00:00:00Z", G_GINT64_CONSTANT (-62135596800000000));
}

static void
test_parse_refuses (void)
{
  static const char *const texts[] = { "",
                                       "now",
                                       "2026",
                                       "2026-11",
                                       "2026-13-01",
                                       "2026-00-01",
                                       "2026-02-29",
                                       "2026-04-31",
                                       "26-11-22",
                                       "2026-11-22T",
                                       "2026-11-22T10:00:00",
                                       "2026-11-22T10:00Z",
                                       "2026-11-22 ",
                                       " 2026-11-22",
                                       "2026-11-22T24:00:00Z",
                                       "2026-11-22T10:60:00Z",
                                       "2026-11-22T10:00:00.Z",
                                       "2026-11-22T10:00:00+1:00",
                                       "2026-11-22T10:00:00Zx",
                                       "2026-11-22T10:00:00+0100",
                                       "2026-W47-7",
                                       "+2026-11-22",
                                       "2026-1١-22",
                                       NULL };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 time = 77;

      g_test_message ("%s", texts[i] != NULL ? texts[i] : "NULL");
      g_assert_false (cs_text_parse_time (texts[i], &time));
      g_assert_cmpint (time, ==, 77);
    }
}

static void
test_parse_int (void)
{
  static const char *const texts[] = {
    "", "-", "+5", " 5", "5 ", "5x", "0x5", "5.0", "11", "-11", "99999999999999999999", "--5", "٥", NULL
  };
  gint64 value = 77;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (cs_text_parse_int (texts[i], -10, 10, &value));
  g_assert_cmpint (value, ==, 77);
  g_assert_true (cs_text_parse_int ("10", -10, 10, &value) && value == 10);
  g_assert_true (cs_text_parse_int ("-10", -10, 10, &value) && value == -10);
  g_assert_true (cs_text_parse_int ("9223372036854775807", G_MININT64, G_MAXINT64, &value)
                 && value == G_MAXINT64);
  g_assert_true (cs_text_parse_int ("-9223372036854775808", G_MININT64, G_MAXINT64, &value)
                 && value == G_MININT64);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/time/format", test_format);
  g_test_add_func ("/text/time/calendar", test_calendar);
  g_test_add_func ("/text/time/parse", test_parse);
  g_test_add_func ("/text/time/parse-refuses", test_parse_refuses);
  g_test_add_func ("/text/int", test_parse_int);
  return g_test_run ();
}
