/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "fixture.h"

#include "library/cs-library-model.h"

#include <time.h>

/* A copy of the model made only from what it announces; wrong as soon as it announces wrongly. */
typedef struct
{
  GListModel *model;
  GArray *rows; /* (element-type gint64) */
  guint n_signals;
  guint n_removed;
  guint n_added;
} Mirror;

static gint64
get_row (GListModel *model, guint position)
{
  g_autoptr (CsLibraryItem) item = g_list_model_get_item (model, position);

  return cs_library_item_get_row (item);
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Mirror *mirror = user_data;

  if (removed > 0)
    g_array_remove_range (mirror->rows, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gint64 row = added <= 1000 ? get_row (model, position + i) : 0;

      g_array_insert_val (mirror->rows, position + i, row);
    }
  g_assert_cmpuint (mirror->rows->len, ==, g_list_model_get_n_items (model));
  mirror->n_signals++;
  mirror->n_removed += removed;
  mirror->n_added += added;
}

static void
mirror_init (Mirror *mirror, CsLibraryModel *model)
{
  mirror->model = G_LIST_MODEL (model);
  mirror->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), mirror);
}

static void
mirror_reset (Mirror *mirror)
{
  mirror->n_signals = mirror->n_removed = mirror->n_added = 0;
}

static void
mirror_check (Mirror *mirror)
{
  g_assert_cmpuint (mirror->rows->len, ==, g_list_model_get_n_items (mirror->model));
  for (guint i = 0; i < mirror->rows->len; i++)
    g_assert_cmpint (g_array_index (mirror->rows, gint64, i), ==, get_row (mirror->model, i));
}

static void
mirror_clear (Mirror *mirror)
{
  g_signal_handlers_disconnect_by_data (mirror->model, mirror);
  g_array_unref (mirror->rows);
}

static void
wait_for_list (CsLibraryModel *model)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (cs_library_model_is_loading (model))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* Waits until the model has @n items. */
static void
wait_for_count (CsLibraryModel *model, guint n)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (g_list_model_get_n_items (G_LIST_MODEL (model)) != n)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (200);
    }
}

static const CsCreationFacts *
wait_for_facts (CsLibraryItem *item)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (cs_library_item_get_creation (item) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
  return cs_creation_get_facts (cs_library_item_get_creation (item));
}

static CsLibraryModel *
make_model (Fixture *f, const CsLibraryQuery *query)
{
  CsLibraryModel *model = cs_library_model_new (f->library);

  cs_library_model_set_query (model, query);
  g_assert_true (cs_library_model_is_loading (model));
  wait_for_list (model);
  return model;
}

static void
release_model (CsLibraryModel *model)
{
  settle (50);
  g_assert_finalize_object (model);
}

static void
failed_cb (CsLibraryModel *model, GError *error, gpointer user_data)
{
  g_assert_no_error (error);
}

/* Every position leads to its own creation, in whatever order it is asked. */
static void
check_random_positions (CsLibraryModel *model, guint n_items)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));

  for (int i = 0; i < 300; i++)
    {
      guint position = g_test_rand_int_range (0, n_items);

      g_array_append_val (positions, position);
      g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (model), position));
    }
  for (guint i = 0; i < items->len; i++)
    {
      const CsCreationFacts *facts = wait_for_facts (g_ptr_array_index (items, i));
      gint64 n = (facts->created_at - G_GINT64_CONSTANT (1790000000000000)) / G_USEC_PER_SEC;
      g_autofree char *prompt = make_prompt (n % N_DIFFERENT);

      g_assert_cmpint (n, ==, n_items - 1 - g_array_index (positions, guint, i));
      g_assert_cmpstr (facts->prompt, ==, prompt);
    }
}

/* A view that scrolls through everything without waiting: items come and go. */
static void
check_scrolling (CsLibraryModel *model, guint n_items)
{
  g_autoptr (CsLibraryItem) last = NULL;
  gint64 longest = 0;

  for (guint position = 0; position + 60 < n_items; position += 60)
    {
      gint64 start = g_get_monotonic_time ();

      for (guint i = 0; i < 60; i++)
        {
          g_autoptr (CsLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (model), position + i);

          g_assert_nonnull (item);
        }
      g_main_context_iteration (NULL, FALSE);
      longest = MAX (longest, g_get_monotonic_time () - start);
    }
  last = g_list_model_get_item (G_LIST_MODEL (model), n_items - 1);
  wait_for_facts (last);
  g_test_message ("longest step of scrolling: %.2f ms", longest / 1000.0);
}

/* Milliseconds of processor time, which other programs cannot make longer; the best of ten. */
static double
time_search (Fixture *f, const char *text)
{
  double best = G_MAXDOUBLE;

  for (int i = 0; i < 10; i++)
    {
      clock_t start = clock ();

      count_found (f, text);
      best = MIN (best, (clock () - start) * 1000.0 / CLOCKS_PER_SEC);
    }
  g_test_message ("search “%s”: %.2f ms", text, best);
  return best;
}

/* One library of 100,000 (fewer under sanitizers): made once, because making it takes the longest. */
static void
test_large (Fixture *f, gconstpointer data)
{
  const guint n_items = 100000 / SLOW;
  CsLibraryQuery all = { 0 };
  CsLibraryQuery words = { .text = "sunset cin" };
  CsLibraryQuery nothing = { .text = "xylophone" };
  g_autoptr (CsCreation) favourite = NULL;
  CsLibraryModel *model;
  Mirror mirror = { NULL };
  gint64 start;

  add_many (f, n_items);
  start = g_get_monotonic_time ();
  model = make_model (f, &all);
  g_test_message ("list of %u: %.2f ms", n_items, (g_get_monotonic_time () - start) / 1000.0);
  g_signal_connect (model, "failed", G_CALLBACK (failed_cb), NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, n_items);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), n_items));
  check_random_positions (model, n_items);
  check_scrolling (model, n_items);

  mirror_init (&mirror, model);
  g_array_set_size (mirror.rows, n_items);
  g_free (add (f, make_facts ("newest", "p", n_items)));
  cs_library_notify (f->library, NULL);
  wait_for_count (model, n_items + 1);
  g_assert_cmpuint (mirror.n_signals, ==, 1);
  g_assert_cmpuint (mirror.n_added, ==, 1);
  g_assert_cmpuint (mirror.n_removed, ==, 0);

  start = g_get_monotonic_time ();
  cs_library_model_set_query (model, &words);
  wait_for_list (model);
  g_test_message ("search in the model: %.2f ms", (g_get_monotonic_time () - start) / 1000.0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), >, n_items / 5);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), <, n_items / 5 * 3);
  cs_library_model_set_query (model, &nothing);
  wait_for_list (model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
  mirror_clear (&mirror);

  g_assert_cmpfloat (time_search (f, "sunset"), <, 40 * SLOW);
  g_assert_cmpfloat (time_search (f, "s"), <, 40 * SLOW);
  g_assert_cmpfloat (time_search (f, "غروب sunset"), <, 40 * SLOW);
  g_assert_cmpfloat (time_search (f, "xylophone"), <, 40 * SLOW);
  release_model (model);
}

/* Own verbs: the least is announced, and items in use are filled anew. */
static void
test_own_changes (Fixture *f, gconstpointer data)
{
  CsLibraryQuery all = { 0 };
  g_autofree char *a = add (f, make_facts ("a", "a", 1));
  g_autofree char *b = add (f, make_facts ("b", "b", 2));
  g_autofree char *c = add (f, make_facts ("c", "c", 3));
  CsLibraryModel *model = make_model (f, &all);
  g_autoptr (CsLibraryItem) first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_autoptr (CsLibraryItem) same = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_autoptr (CsCreation) renamed = NULL;
  g_autoptr (CsCreation) trashed = NULL;
  g_autoptr (CsCreation) restored = NULL;
  Mirror mirror = { NULL };

  g_assert_true (first == same);
  g_assert_cmpstr (wait_for_facts (first)->title, ==, "c");
  mirror_init (&mirror, model);
  g_array_set_size (mirror.rows, 3);

  renamed = set_texts (f, c, "renamed", NULL, NULL);
  settle (100);
  g_assert_cmpstr (wait_for_facts (first)->title, ==, "renamed");
  g_assert_cmpuint (mirror.n_signals, ==, 0);

  trashed = set_trashed (f, b, TRUE, NULL);
  wait_for_count (model, 2);
  g_assert_cmpuint (mirror.n_signals, ==, 1);
  g_assert_cmpuint (mirror.n_removed, ==, 1);
  g_assert_cmpuint (mirror.n_added, ==, 0);
  restored = set_trashed (f, b, FALSE, NULL);
  wait_for_count (model, 3);
  g_assert_cmpuint (mirror.n_signals, ==, 2);
  g_assert_cmpuint (mirror.n_added, ==, 1);

  mirror_clear (&mirror);
  g_clear_object (&first);
  g_clear_object (&same);
  release_model (model);
}

static void
quick_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsCreation) creation = cs_library_trash_finish (CS_LIBRARY (source), result, NULL);

  g_assert_nonnull (creation);
  (*(guint *) user_data)--;
}

/* Many changes at once, while the view looks at the items: the model stays true at every announcement. */
static void
test_many_changes (Fixture *f, gconstpointer data)
{
  CsLibraryQuery all = { 0 };
  CsLibraryModel *model;
  g_autoptr (CsLibraryPage) page = NULL;
  CsLibraryQuery page_query = { .limit = 500 };
  Mirror mirror = { NULL };
  guint pending = 0;

  add_many (f, 500);
  model = cs_library_model_new (f->library);
  mirror_init (&mirror, model);
  cs_library_model_set_query (model, &all);
  wait_for_list (model);
  mirror_check (&mirror);

  page = list (f, &page_query, NULL);
  mirror_reset (&mirror);
  for (guint i = 0; i < page->creations->len; i += 7)
    {
      pending++;
      cs_library_trash_async (f->library, cs_creation_get_id (g_ptr_array_index (page->creations, i)), TRUE,
                              NULL, quick_cb, &pending);
    }
  wait_for_count (model, 500 - pending);
  while (pending > 0)
    g_main_context_iteration (NULL, TRUE);
  settle (200);
  g_assert_cmpuint (mirror.n_removed, ==, 72);
  g_assert_cmpuint (mirror.n_added, ==, 0);
  mirror_check (&mirror);
  mirror_clear (&mirror);
  release_model (model);
}

static void
favourite_quick_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsCreation) creation = cs_library_favourite_finish (CS_LIBRARY (source), result, NULL);

  g_assert_nonnull (creation);
}

/* Another store on the same database: its writes are seen here, and ours there. */
static void
test_two_stores (Fixture *f, gconstpointer data)
{
  CsLibraryQuery all = { 0 };
  CsStore *other_store = open_store (f->paths);
  CsLibrary *other = cs_library_new (other_store, f->paths);
  g_autofree char *id = add (f, make_facts ("a", "a", 1));
  CsLibraryModel *model;
  CsLibraryModel *other_model = cs_library_model_new (other);
  g_autoptr (CsLibraryItem) item = NULL;
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  cs_store_watch (f->store, 20);
  cs_store_watch (other_store, 20);
  model = make_model (f, &all);
  cs_library_model_set_query (other_model, &all);
  wait_for_list (other_model);
  item = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_false (wait_for_facts (item)->favourite);

  cs_library_favourite_async (other, id, TRUE, NULL, favourite_quick_cb, NULL);
  while (!wait_for_facts (item)->favourite)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (200);
    }
  g_free (add (f, make_facts ("b", "b", 2)));
  wait_for_count (other_model, 2);
  cs_library_notify (f->library, NULL);
  wait_for_count (model, 2);

  g_clear_object (&item);
  cs_store_watch (f->store, 0);
  cs_store_watch (other_store, 0);
  release_model (model);
  release_model (other_model);
  close_store (other_store);
  g_assert_finalize_object (other);
  g_assert_finalize_object (other_store);
}

/* Letters typed faster than lists are read: only the last counts. */
static void
test_typing (Fixture *f, gconstpointer data)
{
  const char *texts[] = { "s", "su", "sun", "suns", "sunset", "sunset cinematic mer" };
  CsLibraryQuery query = { 0 };
  CsLibraryModel *model;
  Mirror mirror = { NULL };
  guint expected;

  add_many (f, 2000);
  query.text = texts[G_N_ELEMENTS (texts) - 1];
  query.limit = 500;
  {
    g_autoptr (CsLibraryPage) page = list (f, &query, NULL);

    expected = page->creations->len;
    g_assert_null (page->next);
  }
  query.limit = 0;
  query.text = NULL;
  model = make_model (f, &query);
  mirror_init (&mirror, model);
  g_array_set_size (mirror.rows, 2000);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      query.text = texts[i];
      cs_library_model_set_query (model, &query);
      if (i % 2 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  wait_for_list (model);
  g_assert_cmpuint (expected, >, 10);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, expected);
  g_assert_cmpuint (mirror.n_signals, <=, 3);
  mirror_clear (&mirror);
  release_model (model);
}

/* A model that is dropped in the middle of everything. */
static void
test_dropped (Fixture *f, gconstpointer data)
{
  CsLibraryQuery all = { 0 };
  CsLibraryModel *model = cs_library_model_new (f->library);
  g_autoptr (CsLibraryItem) item = NULL;

  add_many (f, 300);
  cs_library_model_set_query (model, &all);
  wait_for_list (model);
  item = g_list_model_get_item (G_LIST_MODEL (model), 150);
  cs_library_notify (f->library, NULL);
  cs_library_model_set_query (model, &all);
  g_object_add_weak_pointer (G_OBJECT (model), (gpointer *) &model);
  g_object_unref (model);
  settle (300);
  g_assert_null (model);
  g_assert_cmpint (cs_library_item_get_row (item), >, 0);
}

/* The place of a creation that nobody has read: by its row. */
static void
test_row (Fixture *f, gconstpointer data)
{
  CsLibraryQuery all = { 0 };
  g_autoptr (CsLibraryModel) model = cs_library_model_new (f->library);
  g_autofree char *id = NULL;
  g_autoptr (CsLibraryItem) item = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint position = 0;
  gint64 row;

  add_many (f, 30);
  id = add (f, make_facts ("wanted", "wanted words", 1));
  cs_library_model_set_query (model, &all);
  wait_for_list (model);
  cs_library_row_async (f->library, id, NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  row = cs_library_row_finish (f->library, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row, >, 0);
  item = cs_library_model_find_row (model, row);
  g_assert_nonnull (item);
  g_assert_true (cs_library_model_find (model, item, &position));
  g_assert_cmpint (cs_library_model_get_row (model, position), ==, row);
  g_assert_null (cs_library_model_find_row (model, row + 100000));
  g_clear_object (&result);
  cs_library_row_async (f->library, "nobody", NULL, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  g_assert_cmpint (cs_library_row_finish (f->library, result, &error), ==, 0);
  g_assert_no_error (error);
}

static void
count_failures_cb (CsLibraryModel *model, GError *error, gpointer user_data)
{
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  (*(guint *) user_data)++;
}

/* A closed database: told, and nothing is lost that was shown. */
static void
test_failed (Fixture *f, gconstpointer data)
{
  CsLibraryQuery all = { 0 };
  CsLibraryModel *model;
  guint count = 0;

  add_many (f, 10);
  model = make_model (f, &all);
  g_signal_connect (model, "failed", G_CALLBACK (count_failures_cb), &count);
  close_store (f->store);
  cs_library_model_set_query (model, &all);
  wait_for_list (model);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 10);
  release_model (model);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/library/model/own-changes", Fixture, NULL, fixture_set_up, test_own_changes,
              fixture_tear_down);
  g_test_add ("/library/model/many-changes", Fixture, NULL, fixture_set_up, test_many_changes,
              fixture_tear_down);
  g_test_add ("/library/model/two-stores", Fixture, NULL, fixture_set_up, test_two_stores, fixture_tear_down);
  g_test_add ("/library/model/typing", Fixture, NULL, fixture_set_up, test_typing, fixture_tear_down);
  g_test_add ("/library/model/dropped", Fixture, NULL, fixture_set_up, test_dropped, fixture_tear_down);
  g_test_add ("/library/model/row", Fixture, NULL, fixture_set_up, test_row, fixture_tear_down);
  g_test_add ("/library/model/failed", Fixture, NULL, fixture_set_up, test_failed, fixture_tear_down);
  g_test_add ("/library/model/large", Fixture, NULL, fixture_set_up, test_large, fixture_tear_down);
  return g_test_run ();
}
