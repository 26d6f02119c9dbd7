/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "net/cs-retry.h"

#define SECOND G_USEC_PER_SEC
#define DAY (G_GINT64_CONSTANT (86400) * SECOND)

static gboolean
is_worth (guint status)
{
  g_autoptr (CsHttpAnswer) answer = cs_http_answer_new ();

  answer->status = status;
  answer->is_complete = TRUE;
  return cs_retry_is_worth_it (answer);
}

static void
test_status (void)
{
  static const guint worth[] = { 408, 425, 429, 500, 502, 503, 504, 520, 529 };
  static const guint final[] = { 200, 201, 204, 301, 400, 401, 402, 403, 404, 409, 410, 413, 415, 422, 499, 501, 505 };

  for (guint i = 0; i < G_N_ELEMENTS (worth); i++)
    g_assert_true (is_worth (worth[i]));
  for (guint i = 0; i < G_N_ELEMENTS (final); i++)
    g_assert_false (is_worth (final[i]));
}

static gboolean
is_worth_after (GQuark domain, int code, guint status)
{
  g_autoptr (CsHttpAnswer) answer = cs_http_answer_new ();

  answer->status = status;
  answer->error = g_error_new_literal (domain, code, "x");
  return cs_retry_is_worth_it (answer);
}

static void
test_error (void)
{
  g_assert_true (is_worth_after (CS_ERROR, CS_ERROR_OFFLINE, 0));
  g_assert_true (is_worth_after (CS_ERROR, CS_ERROR_BAD_RESPONSE, 200)); /* cut */
  g_assert_false (is_worth_after (CS_ERROR, CS_ERROR_UNAVAILABLE, 0));
  g_assert_false (is_worth_after (CS_ERROR, CS_ERROR_TOO_LARGE, 200));
  g_assert_false (is_worth_after (CS_ERROR, CS_ERROR_TOO_LARGE, 500));
  g_assert_false (is_worth_after (CS_ERROR, CS_ERROR_DISK_FULL, 200));
  g_assert_false (is_worth_after (CS_ERROR, CS_ERROR_INVALID_VALUE, 0));
  g_assert_false (is_worth_after (G_IO_ERROR, G_IO_ERROR_CANCELLED, 0));
}

static void
test_delay (void)
{
  g_autoptr (CsHttpAnswer) answer = cs_http_answer_new ();
  gint64 usual = SECOND / 2;

  for (int tries = 1; tries <= 20; tries++, usual = MIN (usual * 2, 60 * SECOND))
    {
      gint64 shortest = cs_retry_get_delay (answer, tries, 0);
      gint64 longest = cs_retry_get_delay (answer, tries, G_MAXUINT32);

      g_assert_cmpint (shortest, ==, usual * 3 / 4);
      g_assert_cmpint (longest, >, usual * 5 / 4 - 10);
      g_assert_cmpint (longest, <=, usual * 5 / 4);
    }
}

static void
test_delay_that_was_asked_for (void)
{
  g_autoptr (CsHttpAnswer) answer = cs_http_answer_new ();

  for (guint32 random = 0; random < 2000000000; random += 99999999)
    {
      answer->retry_after = 7 * SECOND;
      g_assert_cmpint (cs_retry_get_delay (answer, 1, random), >=, 7 * SECOND);
      g_assert_cmpint (cs_retry_get_delay (answer, 1, random), <, 7 * SECOND + SECOND / 4);
      answer->retry_after = 32 * SECOND; /* as long as the usual pause */
      g_assert_cmpint (cs_retry_get_delay (answer, 7, random), >=, 32 * SECOND);
    }
}

static void
test_after (void)
{
  const gint64 now = G_GINT64_CONSTANT (784111777) * SECOND; /* Sun, 06 Nov 1994 08:49:37 GMT */

  g_assert_cmpint (cs_retry_parse_after ("120", now), ==, 120 * SECOND);
  g_assert_cmpint (cs_retry_parse_after (" 5 ", now), ==, 5 * SECOND);
  g_assert_cmpint (cs_retry_parse_after ("0", now), ==, 1);
  g_assert_cmpint (cs_retry_parse_after ("86401", now), ==, DAY);
  g_assert_cmpint (cs_retry_parse_after ("99999999999999999999999", now), ==, DAY);
  g_assert_cmpint (cs_retry_parse_after ("Sun, 06 Nov 1994 08:50:37 GMT", now), ==, 60 * SECOND);
  g_assert_cmpint (cs_retry_parse_after ("Sun, 06 Nov 1994 08:49:37 GMT", now), ==, 1);
  g_assert_cmpint (cs_retry_parse_after ("Sun, 06 Nov 1994 08:00:00 GMT", now), ==, 1);
  g_assert_cmpint (cs_retry_parse_after ("Sun, 06 Nov 2094 08:00:00 GMT", now), ==, DAY);
  g_assert_cmpint (cs_retry_parse_after (NULL, now), ==, 0);
  g_assert_cmpint (cs_retry_parse_after ("", now), ==, 0);
  g_assert_cmpint (cs_retry_parse_after ("-1", now), ==, 0);
  g_assert_cmpint (cs_retry_parse_after ("1.5", now), ==, 0);
  g_assert_cmpint (cs_retry_parse_after ("soon", now), ==, 0);
  g_assert_cmpint (cs_retry_parse_after ("12 monkeys", now), ==, 0);
}

static void
test_duration (void)
{
  static const struct
  {
    const char *text;
    gint64 microseconds;
  } durations[] = {
    { "2m59.56s", 179560000 }, { "7.66s", 7660000 }, { "340ms", 340000 }, { "1h2m3s", 3723000000 }, { "0s", 0 },
    { "12us", 12 },            { "12µs", 12 },       { "9000ns", 9 },     { "99999h", DAY },        { "", -1 },
    { "7", -1 },               { "s", -1 },          { "7x", -1 },        { "-7s", -1 },            { "7s ", -1 },
    { "1e99s", -1 },           { "nans", -1 },       { "7 s", -1 },       { "soon", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_test_message ("duration %s", durations[i].text);
      g_assert_cmpint (cs_retry_parse_duration (durations[i].text), ==, durations[i].microseconds);
    }
  g_assert_cmpint (cs_retry_parse_duration (NULL), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/retry/status", test_status);
  g_test_add_func ("/net/retry/error", test_error);
  g_test_add_func ("/net/retry/delay", test_delay);
  g_test_add_func ("/net/retry/delay-that-was-asked-for", test_delay_that_was_asked_for);
  g_test_add_func ("/net/retry/after", test_after);
  g_test_add_func ("/net/retry/duration", test_duration);
  return g_test_run ();
}
