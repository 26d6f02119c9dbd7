/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts in micro US dollars, to text and back, without a floating point number anywhere. Any thread. */
#include "config.h"
#include "core/cs-money.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

#include <langinfo.h>
#include <string.h>

#define MAX_DOLLARS G_GINT64_CONSTANT (1000000)
#define MAX_DECIMALS 6

static guint64
get_magnitude (CsMoney money)
{
  return money < 0 ? -(guint64) money : (guint64) money;
}

/* The digits behind the point: six, then cut back to the last that is not 0, but at least @minimum. */
static void
print_decimals (guint64 micros, int minimum, char decimals[MAX_DECIMALS + 1])
{
  int length = MAX_DECIMALS;

  g_snprintf (decimals, MAX_DECIMALS + 1, "%06u", (guint) micros);
  while (length > minimum && decimals[length - 1] == '0')
    decimals[--length] = '\0';
}

/**
 * cs_money_to_decimal:
 *
 * Returns: (transfer full): the shortest plain decimal number of dollars, for programs: "0", "0.28", "-1.5".
 * It does not depend on the locale and can stand in JSON as it is.
 */
char *
cs_money_to_decimal (CsMoney money)
{
  guint64 magnitude = get_magnitude (money);
  char decimals[MAX_DECIMALS + 1];

  print_decimals (magnitude % CS_MONEY_UNIT, 0, decimals);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT "%s%s", money < 0 ? "-" : "", magnitude / CS_MONEY_UNIT,
                          decimals[0] != '\0' ? "." : "", decimals);
}

/**
 * cs_money_to_amount:
 *
 * Returns: (transfer full): the amount for people, in the language and number format of the process: "$0.28",
 * "$0.0015", "$0.00". Never rounded: at least two decimals, more when cents are too coarse. For caps and limits, since
 * “at most Free” is no sentence.
 */
char *
cs_money_to_amount (CsMoney money)
{
  guint64 magnitude = get_magnitude (money);
  const char *point = nl_langinfo (RADIXCHAR);
  char decimals[MAX_DECIMALS + 1];
  g_autofree char *number = NULL;

  print_decimals (magnitude % CS_MONEY_UNIT, 2, decimals);
  number = g_strdup_printf ("%'" G_GUINT64_FORMAT "%s%s", magnitude / CS_MONEY_UNIT,
                            point != NULL && point[0] != '\0' ? point : ".", decimals);
  if (money < 0)
    /* translators: a negative amount of US dollars, for example -$1.50 */
    return g_strdup_printf (_ ("-$%s"), number);
  /* translators: an amount of US dollars, for example $0.28 */
  return g_strdup_printf (_ ("$%s"), number);
}

/** cs_money_to_display: Returns: (transfer full): a price for people: as cs_money_to_amount(), and "Free" for nothing. */
char *
cs_money_to_display (CsMoney money)
{
  return money == 0 ? g_strdup (_ ("Free")) : cs_money_to_amount (money);
}

static gboolean
set_parse_error (const char *text, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (text, strnlen (text, 40));

  cs_set_error (
      error, CS_ERROR_INVALID_VALUE,
      _ ("“%s” is not an amount: write US dollars as 12 or 0.28, with a point, at most 6 decimals and at "
         "most 1000000."),
      valid);
  return FALSE;
}

/* Reads digits; returns how many there were. Stops adding (but goes on counting) where it would no longer
 * fit. */
static int
read_digits (const char **at, gint64 *value)
{
  int count = 0;

  for (; g_ascii_isdigit (**at); (*at)++, count++)
    if (*value <= MAX_DOLLARS * 10)
      *value = *value * 10 + (**at - '0');
  return count;
}

/**
 * cs_money_parse:
 * @text: a plain decimal number of US dollars
 * @money: (out): the amount; untouched on failure
 *
 * Strict: digits, at most one point with 1 to 6 decimals behind it, an optional minus, nothing else.
 *
 * Errors: CS_ERROR_INVALID_VALUE.
 */
gboolean
cs_money_parse (const char *text, CsMoney *money, GError **error)
{
  const char *at = text;
  gboolean negative;
  gint64 dollars = 0;
  gint64 micros = 0;
  CsMoney total;

  g_return_val_if_fail (text != NULL && money != NULL, FALSE);

  negative = *at == '-';
  at += negative;
  if (read_digits (&at, &dollars) == 0)
    return set_parse_error (text, error);
  if (*at == '.')
    {
      int count;

      at++;
      count = read_digits (&at, &micros);
      if (count == 0 || count > MAX_DECIMALS)
        return set_parse_error (text, error);
      for (; count < MAX_DECIMALS; count++)
        micros *= 10;
    }
  if (*at != '\0' || dollars > MAX_DOLLARS || (dollars == MAX_DOLLARS && micros > 0))
    return set_parse_error (text, error);

  total = dollars * CS_MONEY_UNIT + micros;
  *money = negative ? -total : total;
  return TRUE;
}
