/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "library/cs-library-order.h"

static GArray *
make (const char *letters)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; *letters != '\0'; letters++)
    {
      gint64 row = *letters;

      g_array_append_val (rows, row);
    }
  return rows;
}

/* Applies the hunks one by one to the old order, as a list view would, and returns how many there were. */
static guint
check_arrays (GArray *old_rows, GArray *new_rows, gboolean detailed)
{
  g_autoptr (GArray) hunks = cs_library_order_compare (old_rows, new_rows, detailed);
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (shown, old_rows->data, old_rows->len);
  for (guint i = 0; i < hunks->len; i++)
    {
      const CsLibraryHunk *hunk = &g_array_index (hunks, CsLibraryHunk, i);

      g_assert_cmpuint (hunk->old_length + hunk->new_length, >, 0);
      if (hunk->old_length > 0)
        g_array_remove_range (shown, hunk->new_start, hunk->old_length);
      if (hunk->new_length > 0)
        g_array_insert_vals (shown, hunk->new_start, &g_array_index (new_rows, gint64, hunk->new_start),
                             hunk->new_length);
    }
  g_assert_cmpmem (shown->data, shown->len * sizeof (gint64), new_rows->data,
                   new_rows->len * sizeof (gint64));
  return hunks->len;
}

static guint
check (const char *old_letters, const char *new_letters, gboolean detailed)
{
  g_autoptr (GArray) old_rows = make (old_letters);
  g_autoptr (GArray) new_rows = make (new_letters);

  return check_arrays (old_rows, new_rows, detailed);
}

static void
test_small (void)
{
  g_assert_cmpuint (check ("", "", TRUE), ==, 0);
  g_assert_cmpuint (check ("abc", "abc", TRUE), ==, 0);
  g_assert_cmpuint (check ("abc", "xabc", TRUE), ==, 1);
  g_assert_cmpuint (check ("abc", "ac", TRUE), ==, 1);
  g_assert_cmpuint (check ("abcdef", "xabdefy", TRUE), ==, 3);
  g_assert_cmpuint (check ("abcdef", "xabdefy", FALSE), ==, 1);
  g_assert_cmpuint (check ("abc", "", TRUE), ==, 1);
  g_assert_cmpuint (check ("", "abc", TRUE), ==, 1);
  g_assert_cmpuint (check ("abc", "xyz", TRUE), ==, 1);
  check ("abcde", "eabcd", TRUE);
  check ("abcde", "bcdea", TRUE);
  check ("abcde", "edcba", TRUE);
}

/* Any two orders: whatever is announced leads from one to the other. */
static void
test_random (void)
{
  for (int n = 0; n < 500; n++)
    {
      g_autoptr (GArray) old_rows = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) new_rows = g_array_new (FALSE, FALSE, sizeof (gint64));
      int length = g_test_rand_int_range (1, 600);
      int change = g_test_rand_int_range (0, 60);

      for (gint64 row = 0; row < length; row++)
        {
          if (g_test_rand_int_range (0, 100) >= change)
            g_array_append_val (old_rows, row);
          if (g_test_rand_int_range (0, 100) >= change)
            g_array_append_val (new_rows, row);
        }
      for (int i = 0; i < n % 5 && new_rows->len > 1; i++)
        {
          gint64 *a = &g_array_index (new_rows, gint64, g_test_rand_int_range (0, new_rows->len));
          gint64 *b = &g_array_index (new_rows, gint64, g_test_rand_int_range (0, new_rows->len));
          gint64 kept = *a;

          *a = *b;
          *b = kept;
        }
      g_assert_cmpuint (check_arrays (old_rows, new_rows, TRUE), <=, 100);
      g_assert_cmpuint (check_arrays (old_rows, new_rows, FALSE), <=, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/order/small", test_small);
  g_test_add_func ("/library/order/random", test_random);
  return g_test_run ();
}
