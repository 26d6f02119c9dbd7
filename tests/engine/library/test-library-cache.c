/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "library/cs-library-cache.h"

static CsCreation *
make_creation (gint64 row, const char *title)
{
  CsCreationFacts *facts = cs_creation_facts_new ();

  facts->id = g_strdup_printf ("%026" G_GINT64_FORMAT, row);
  facts->title = g_strdup (title);
  return cs_creation_new (facts);
}

static void
fill (CsLibraryCache *cache, gint64 start, guint n, const char *title)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) creations = g_ptr_array_new_with_free_func (g_object_unref);

  for (gint64 row = start; row < start + n; row++)
    {
      g_array_append_val (rows, row);
      g_ptr_array_add (creations, make_creation (row, title));
    }
  cs_library_cache_fill (cache, rows, creations);
}

/* However much is read, only so much is kept. */
static void
test_bounded (void)
{
  g_autoptr (CsLibraryCache) cache = cs_library_cache_new (5);

  for (int i = 0; i < 50; i++)
    fill (cache, i * 100, 100, "a");
  g_assert_cmpuint (cs_library_cache_get_n_items (cache), ==, 500);
  g_assert_null (cs_library_cache_peek (cache, 4400));
  g_assert_nonnull (cs_library_cache_peek (cache, 4500));
  cs_library_cache_forget (cache);
  g_assert_cmpuint (cs_library_cache_get_n_items (cache), ==, 0);
}

/* What is looked at stays longest. */
static void
test_last_used (void)
{
  g_autoptr (CsLibraryCache) cache = cs_library_cache_new (2);

  fill (cache, 0, 10, "a");
  fill (cache, 10, 10, "a");
  g_object_unref (cs_library_cache_take (cache, 5));
  fill (cache, 20, 10, "a");
  g_assert_nonnull (cs_library_cache_peek (cache, 5));
  g_assert_null (cs_library_cache_peek (cache, 15));
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* An item in use is the same one for everybody, is filled when its creation comes, and told when it changes.
 */
static void
test_in_use (void)
{
  CsLibraryCache *cache = cs_library_cache_new (1);
  g_autoptr (CsLibraryItem) item = cs_library_cache_take (cache, 3);
  g_autoptr (CsLibraryItem) same = cs_library_cache_take (cache, 3);
  guint count = 0;

  g_assert_true (item == same);
  g_assert_null (cs_library_item_get_creation (item));
  g_signal_connect (item, "notify::creation", G_CALLBACK (count_cb), &count);
  fill (cache, 0, 10, "a");
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (cs_library_cache_peek (cache, 3) == item);
  fill (cache, 0, 10, "a");
  g_assert_cmpuint (count, ==, 1);
  fill (cache, 0, 10, "b");
  g_assert_cmpuint (count, ==, 2);
  fill (cache, 100, 10, "a");
  g_assert_cmpuint (cs_library_cache_get_n_items (cache), ==, 11);
  cs_library_cache_free (cache);
  g_assert_cmpstr (cs_creation_get_facts (cs_library_item_get_creation (item))->title, ==, "b");
}

/* A row that is gone leaves its item empty. */
static void
test_gone (void)
{
  g_autoptr (CsLibraryCache) cache = cs_library_cache_new (1);
  g_autoptr (CsLibraryItem) item = cs_library_cache_take (cache, 7);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) creations = g_ptr_array_new ();
  gint64 row = 7;

  g_array_append_val (rows, row);
  g_ptr_array_add (creations, NULL);
  cs_library_cache_fill (cache, rows, creations);
  g_assert_null (cs_library_item_get_creation (item));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/cache/bounded", test_bounded);
  g_test_add_func ("/library/cache/last-used", test_last_used);
  g_test_add_func ("/library/cache/in-use", test_in_use);
  g_test_add_func ("/library/cache/gone", test_gone);
  return g_test_run ();
}
