/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed between two orders of rows, as few and small pieces as a list model should announce; pure. */
#include "config.h"
#include "library/cs-library-order.h"

#define MAX_HUNKS 100 /* more are announced as one */

/* The comparison in progress: the part of both orders between their common beginning and end. */
typedef struct
{
  const gint64 *old_rows;
  const gint64 *new_rows;
  guint old_end;
  guint new_end;
  GHashTable *old_set; /* (element-type gint64) pointers into the orders */
  GHashTable *new_set;
  GArray *hunks; /* (element-type CsLibraryHunk) */
} Comparison;

static GHashTable *
make_set (const gint64 *rows, guint start, guint end)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = start; i < end; i++)
    g_hash_table_add (set, (gpointer) &rows[i]);
  return set;
}

/* Moves both places over what was removed and what was added here. */
static void
skip_difference (Comparison *self, guint *i, guint *j)
{
  guint old_start = *i;
  guint new_start = *j;

  while (*i < self->old_end && !g_hash_table_contains (self->new_set, &self->old_rows[*i]))
    (*i)++;
  while (*j < self->new_end && !g_hash_table_contains (self->old_set, &self->new_rows[*j]))
    (*j)++;
  if (*i > old_start || *j > new_start)
    return;

  /* Both are elsewhere in the other order: one that moved goes here and comes back there. */
  if (*i < self->old_end)
    g_hash_table_remove (self->old_set, &self->old_rows[(*i)++]);
  else
    (*j)++;
}

static void
compare_middle (Comparison *self, guint start)
{
  guint i = start;
  guint j = start;

  while (i < self->old_end || j < self->new_end)
    {
      CsLibraryHunk hunk = { i, 0, j, 0 };

      while (i < self->old_end || j < self->new_end)
        {
          if (i < self->old_end && j < self->new_end && self->old_rows[i] == self->new_rows[j])
            break;
          skip_difference (self, &i, &j);
        }
      hunk.old_length = i - hunk.old_start;
      hunk.new_length = j - hunk.new_start;
      if (hunk.old_length > 0 || hunk.new_length > 0)
        g_array_append_val (self->hunks, hunk);
      while (i < self->old_end && j < self->new_end && self->old_rows[i] == self->new_rows[j])
        i++, j++;
    }
}

static void
compare_in_detail (Comparison *self, guint start)
{
  CsLibraryHunk whole = { start, self->old_end - start, start, self->new_end - start };

  self->old_set = make_set (self->old_rows, start, self->old_end);
  self->new_set = make_set (self->new_rows, start, self->new_end);
  compare_middle (self, start);
  g_hash_table_unref (self->old_set);
  g_hash_table_unref (self->new_set);

  if (self->hunks->len > MAX_HUNKS)
    {
      g_array_set_size (self->hunks, 0);
      g_array_append_val (self->hunks, whole);
    }
}

/**
 * cs_library_order_compare:
 * @detailed: whether several pieces may be told apart; else all from the first to the last difference is one
 *
 * Returns: (transfer full) (element-type CsLibraryHunk): the differences from the first to the last; none
 * when equal. Applied in this order, each turns one more part of @old_rows into @new_rows.
 */
GArray *
cs_library_order_compare (GArray *old_rows, GArray *new_rows, gboolean detailed)
{
  Comparison self = {
    .old_rows = (const gint64 *) (gpointer) old_rows->data,
    .new_rows = (const gint64 *) (gpointer) new_rows->data,
    .old_end = old_rows->len,
    .new_end = new_rows->len,
    .hunks = g_array_new (FALSE, FALSE, sizeof (CsLibraryHunk)),
  };
  guint start = 0;

  while (start < self.old_end && start < self.new_end && self.old_rows[start] == self.new_rows[start])
    start++;
  while (self.old_end > start && self.new_end > start
         && self.old_rows[self.old_end - 1] == self.new_rows[self.new_end - 1])
    self.old_end--, self.new_end--;

  if (detailed && start < self.old_end && start < self.new_end)
    compare_in_detail (&self, start);
  else if (start < self.old_end || start < self.new_end)
    {
      CsLibraryHunk whole = { start, self.old_end - start, start, self.new_end - start };

      g_array_append_val (self.hunks, whole);
    }
  return self.hunks;
}
