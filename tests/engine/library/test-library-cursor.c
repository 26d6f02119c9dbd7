/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "library/cs-library-cursor.h"

#include <string.h>

static void
check_round_trip (CsLibraryCursor cursor)
{
  g_autofree char *text = cs_library_cursor_to_string (&cursor);
  g_autoptr (GError) error = NULL;
  CsLibraryCursor back;

  g_assert_cmpuint (strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==,
                    strlen (text));
  g_assert_true (cs_library_cursor_parse (&back, text, cursor.sort, &error));
  g_assert_no_error (error);
  g_assert_cmpint (back.number, ==, cursor.sort == CS_SORT_LONGEST ? 0 : cursor.number);
  g_assert_true (back.seconds == (cursor.sort == CS_SORT_LONGEST ? cursor.seconds : 0));
  g_assert_cmpstr (back.id, ==, cursor.id);
}

static void
test_round_trip (void)
{
  check_round_trip ((CsLibraryCursor){ CS_SORT_NEWEST, 1790000000123456, 0, "01JD0000000000000000000000" });
  check_round_trip ((CsLibraryCursor){ CS_SORT_OLDEST, -1, 0, "01JD0000000000000000000000" });
  check_round_trip ((CsLibraryCursor){ CS_SORT_PRICE, G_MAXINT64, 0, "a" });
  check_round_trip (
      (CsLibraryCursor){ CS_SORT_LONGEST, 0, 5.0416666666666667, "01JD0000000000000000000000" });
  check_round_trip ((CsLibraryCursor){ CS_SORT_LONGEST, 0, 1e300, "01JD0000000000000000000000" });
}

static void
check_refused (const char *text, CsLibrarySort sort)
{
  g_autoptr (GError) error = NULL;
  CsLibraryCursor cursor;

  g_assert_false (cs_library_cursor_parse (&cursor, text, sort, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
}

/* What was made by hand from @plain. */
static void
check_refused_plain (const char *plain, gsize length, CsLibrarySort sort)
{
  g_autofree char *text = g_base64_encode ((const guchar *) plain, length);

  text[strcspn (text, "=")] = '\0';
  check_refused (text, sort);
}

static void
test_refused (void)
{
  CsLibraryCursor newest = { CS_SORT_NEWEST, 5, 0, "01JD0000000000000000000000" };
  g_autofree char *text = cs_library_cursor_to_string (&newest);
  g_autofree char *longer = g_strconcat (text, "AAAA", NULL);
  g_autofree char *huge = g_strnfill (100000, 'A');

  check_refused (text, CS_SORT_OLDEST);
  check_refused (longer, CS_SORT_NEWEST);
  check_refused (huge, CS_SORT_NEWEST);
  check_refused ("", CS_SORT_NEWEST);
  check_refused ("A", CS_SORT_NEWEST);
  check_refused ("../../etc/passwd", CS_SORT_NEWEST);
  check_refused ("MSBuZXdlc3Q=", CS_SORT_NEWEST);
  check_refused_plain ("1 newest 5", 10, CS_SORT_NEWEST);
  check_refused_plain ("2 newest 5 a", 12, CS_SORT_NEWEST);
  check_refused_plain ("1 newest 5x a", 13, CS_SORT_NEWEST);
  check_refused_plain ("1 newest 99999999999999999999 a", 31, CS_SORT_NEWEST);
  check_refused_plain ("1 newest 5 a'b", 14, CS_SORT_NEWEST);
  check_refused_plain ("1 newest 5 a b", 14, CS_SORT_NEWEST);
  check_refused_plain ("1 newest 5 \0a", 13, CS_SORT_NEWEST);
  check_refused_plain ("1 longest nan a", 15, CS_SORT_LONGEST);
  check_refused_plain ("1 longest inf a", 15, CS_SORT_LONGEST);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/cursor/round-trip", test_round_trip);
  g_test_add_func ("/library/cursor/refused", test_refused);
  return g_test_run ();
}
