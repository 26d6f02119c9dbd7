/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of the library on a real store. */
#include "config.h"
#include "fixture.h"

#include "core/cs-clock.h"

/* The last id that "changed" told, and how often it told one. */
typedef struct
{
  char *id;
  guint count;
} News;

static void
changed_cb (CsLibrary *library, const char *id, gpointer user_data)
{
  News *news = user_data;

  g_free (news->id);
  news->id = g_strdup (id);
  news->count++;
}

static void
test_get (Fixture *f, gconstpointer data)
{
  g_autofree char *id = add (f, make_facts ("A sunset", "sunset over the sea", 1));
  g_autofree char *expected = NULL;
  g_autofree char *path = NULL;
  g_autoptr (CsCreation) creation = NULL;
  g_autoptr (CsCreation) none = NULL;
  g_autoptr (GError) error = NULL;

  creation = get (f, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cs_creation_get_facts (creation)->title, ==, "A sunset");
  path = cs_library_dup_file_path (f->library, creation);
  expected
      = g_build_filename (cs_paths_get_creations (f->paths), cs_creation_get_facts (creation)->file, NULL);
  g_assert_cmpstr (path, ==, expected);

  none = get (f, "nothing\xff", &error);
  g_assert_null (none);
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_favourite (Fixture *f, gconstpointer data)
{
  g_autofree char *id = add (f, make_facts ("a", "a", 1));
  g_autofree char *other = add (f, make_facts ("b", "b", 2));
  CsLibraryQuery query = { .favourites = TRUE };
  g_autoptr (CsCreation) creation = NULL;
  g_autoptr (CsCreation) again = NULL;
  g_autoptr (CsLibraryPage) page = NULL;
  g_autoptr (CsLibraryPage) empty = NULL;
  g_autoptr (GError) error = NULL;
  News news = { NULL, 0 };

  g_signal_connect (f->library, "changed", G_CALLBACK (changed_cb), &news);
  creation = set_favourite (f, id, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (cs_creation_get_facts (creation)->favourite);
  g_assert_cmpstr (news.id, ==, id);
  g_assert_cmpuint (news.count, ==, 1);

  page = list (f, &query, &error);
  g_assert_cmpuint (page->creations->len, ==, 1);
  g_assert_cmpstr (cs_creation_get_id (g_ptr_array_index (page->creations, 0)), ==, id);

  again = set_favourite (f, id, FALSE, &error);
  g_assert_false (cs_creation_get_facts (again)->favourite);
  empty = list (f, &query, &error);
  g_assert_cmpuint (empty->creations->len, ==, 0);

  g_assert_null (set_favourite (f, "01JD0000000000000000000000", TRUE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_assert_cmpuint (news.count, ==, 2);
  g_signal_handlers_disconnect_by_data (f->library, &news);
  g_free (news.id);
}

static void
test_trash (Fixture *f, gconstpointer data)
{
  g_autofree char *id = add (f, make_facts ("a", "a", 1));
  CsLibraryQuery in_library = { 0 };
  CsLibraryQuery in_trash = { .trashed = TRUE };
  g_autoptr (CsCreation) trashed = NULL;
  g_autoptr (CsCreation) again = NULL;
  g_autoptr (CsCreation) restored = NULL;
  g_autoptr (CsLibraryPage) library = NULL;
  g_autoptr (CsLibraryPage) trash = NULL;
  g_autoptr (CsLibraryPage) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  trashed = set_trashed (f, id, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cs_creation_get_facts (trashed)->trashed_at, >, 0);
  library = list (f, &in_library, &error);
  trash = list (f, &in_trash, &error);
  g_assert_cmpuint (library->creations->len, ==, 0);
  g_assert_cmpuint (trash->creations->len, ==, 1);
  path = cs_library_dup_file_path (f->library, trashed);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  cs_clock_turn (G_USEC_PER_SEC);
  again = set_trashed (f, id, TRUE, &error);
  g_assert_cmpint (cs_creation_get_facts (again)->trashed_at, ==,
                   cs_creation_get_facts (trashed)->trashed_at);

  restored = set_trashed (f, id, FALSE, &error);
  g_assert_cmpint (cs_creation_get_facts (restored)->trashed_at, ==, 0);
  after = list (f, &in_library, &error);
  g_assert_cmpuint (after->creations->len, ==, 1);
}

static void
test_rename (Fixture *f, gconstpointer data)
{
  g_autofree char *id = add (f, make_facts ("Old title", "prompt", 1));
  g_autofree char *long_title = g_strnfill (201, 'x');
  g_autofree char *long_notes = g_strnfill (10001, 'x');
  g_autoptr (CsCreation) renamed = NULL;
  g_autoptr (CsCreation) noted = NULL;
  g_autoptr (CsCreation) cleared = NULL;
  g_autoptr (GError) error = NULL;

  renamed = set_texts (f, id, "Nouveau titre élégant", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cs_creation_get_facts (renamed)->title, ==, "Nouveau titre élégant");
  g_assert_cmpuint (count_found (f, "elegant"), ==, 1);
  g_assert_cmpuint (count_found (f, "old"), ==, 0);

  noted = set_texts (f, id, NULL, "pour Amina\nà montrer", &error);
  g_assert_cmpstr (cs_creation_get_facts (noted)->title, ==, "Nouveau titre élégant");
  g_assert_cmpstr (cs_creation_get_facts (noted)->notes, ==, "pour Amina\nà montrer");
  g_assert_cmpuint (count_found (f, "AMINA montrer"), ==, 1);

  cleared = set_texts (f, id, NULL, "", &error);
  g_assert_cmpstr (cs_creation_get_facts (cleared)->notes, ==, "");
  g_assert_cmpuint (count_found (f, "amina"), ==, 0);

  g_assert_null (set_texts (f, id, long_title, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_null (set_texts (f, id, "  ", NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_MISSING_FIELD);
  g_clear_error (&error);
  g_assert_null (set_texts (f, id, NULL, long_notes, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_null (set_texts (f, id, NULL, "\xff", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_null (set_texts (f, "none", "title", NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

static void
test_search_languages (Fixture *f, gconstpointer data)
{
  g_free (add (f, make_facts ("Café", "un café crème sur une terrasse, œuvre d'été", 1)));
  g_free (add (f, make_facts ("مدينة", "الغروب فوق المدينة القديمة", 2)));
  g_free (add (f, make_facts ("Lighthouse", "A lighthouse on a cliff at SUNSET", 3)));
  g_free (add (f, make_facts ("Straße", "eine breite Straße", 4)));

  g_assert_cmpuint (count_found (f, "cafe"), ==, 1);
  g_assert_cmpuint (count_found (f, "CAFÉ"), ==, 1);
  g_assert_cmpuint (count_found (f, "creme terr"), ==, 1);
  g_assert_cmpuint (count_found (f, "ete"), ==, 1);
  g_assert_cmpuint (count_found (f, "oeuvre"), ==, 1);
  g_assert_cmpuint (count_found (f, "غروب"), ==, 1);
  g_assert_cmpuint (count_found (f, "الغروب"), ==, 1);
  g_assert_cmpuint (count_found (f, "الغُروب"), ==, 1);
  g_assert_cmpuint (count_found (f, "مدينه"), ==, 1);
  g_assert_cmpuint (count_found (f, "المدينة"), ==, 1);
  g_assert_cmpuint (count_found (f, "غروب قديمة"), ==, 1);
  g_assert_cmpuint (count_found (f, "sunset"), ==, 1);
  g_assert_cmpuint (count_found (f, "Light cliff"), ==, 1);
  g_assert_cmpuint (count_found (f, "strasse"), ==, 1);
  g_assert_cmpuint (count_found (f, "light cafe"), ==, 0);
  g_assert_cmpuint (count_found (f, "house"), ==, 0);
}

static void
test_search_hostile (Fixture *f, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (10000, '"');
  g_autofree char *long_word = g_strnfill (10000, 'x');
  const char *harmless[]
      = { "\"", "*", "\"*\" OR", "NEAR(", "title:", "^", "a AND", "'", "();--", "\xff\xfe", "%", "{a b}:c" };

  g_free (add (f, make_facts ("Quote", "say \"hello\" or NEAR the title", 1)));
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    g_assert_cmpuint (count_found (f, harmless[i]), <=, 1);
  g_assert_cmpuint (count_found (f, long_text), ==, 1);
  g_assert_cmpuint (count_found (f, long_word), ==, 0);
  g_assert_cmpuint (count_found (f, "hello\" OR \"absent"), ==, 0);
  g_assert_cmpuint (count_found (f, "NEAR"), ==, 1);
  g_assert_cmpuint (count_found (f, "quote NOT hello"), ==, 0);
  g_assert_cmpuint (count_found (f, "\"hello\""), ==, 1);
}

static void
test_filters (Fixture *f, gconstpointer data)
{
  CsCreationFacts *video = make_facts ("v", "v", 1);
  CsCreationFacts *anime = make_facts ("a", "a", 2);
  CsLibraryQuery queries[] = {
    { .has_kind = TRUE, .kind = CS_KIND_VIDEO },
    { .style = "anime" },
    { .provider = "sketch" },
    { .from = anime->created_at },
    { .to = anime->created_at },
    { .has_kind = TRUE, .kind = CS_KIND_DECK },
    { .text = "v", .style = "anime" },
  };
  const guint expected[] = { 1, 1, 1, 1, 1, 0, 0 };

  video->kind = CS_KIND_VIDEO;
  cs_set_string (&video->provider, "sketch");
  cs_set_string (&anime->style, "anime");
  g_free (add (f, video));
  g_free (add (f, anime));
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CsLibraryPage) page = list (f, &queries[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (page->creations->len, ==, expected[i]);
      g_assert_null (page->next);
    }
}

static void
check_sort (Fixture *f, CsLibrarySort sort, const char *letters)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *cursor = NULL;

  for (int i = 0; i < 10; i++)
    {
      CsLibraryQuery query = { .sort = sort, .limit = 1, .cursor = cursor };
      g_autoptr (GError) error = NULL;
      g_autoptr (CsLibraryPage) page = list (f, &query, &error);

      g_assert_no_error (error);
      g_string_append (seen, cs_creation_get_facts (g_ptr_array_index (page->creations, 0))->title);
      g_free (cursor);
      cursor = g_steal_pointer (&page->next);
      if (cursor == NULL)
        break;
    }
  g_assert_cmpstr (seen->str, ==, letters);
}

static void
test_sorts (Fixture *f, gconstpointer data)
{
  const struct
  {
    const char *title;
    gint64 created_at, cost;
    double duration;
  } rows[] = { { "a", 1, 30, 5.0416666666666667 },
               { "b", 3, 10, 5.0416666666666663 },
               { "c", 2, 10, 10 },
               { "d", 3, 20, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      CsCreationFacts *facts = make_facts (rows[i].title, "p", rows[i].created_at);

      facts->cost = rows[i].cost;
      facts->duration = rows[i].duration;
      g_free (add (f, facts));
    }
  check_sort (f, CS_SORT_NEWEST, "dbca");
  check_sort (f, CS_SORT_OLDEST, "acbd");
  check_sort (f, CS_SORT_PRICE, "adcb");
  check_sort (f, CS_SORT_LONGEST, rows[0].duration > rows[1].duration ? "cabd" : "cbad");
}

/* Walks 1,000 rows page by page while others are added: each old one is seen once. */
static void
test_cursor_walk (Fixture *f, gconstpointer data)
{
  const char *text = data;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *cursor = NULL;
  guint n_old = 0;
  guint n_pages = 0;

  add_many (f, 1000);
  do
    {
      CsLibraryQuery query = { .text = text, .limit = 37, .cursor = cursor };
      g_autoptr (GError) error = NULL;
      g_autoptr (CsLibraryPage) page = list (f, &query, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->creations->len; i++)
        {
          const CsCreationFacts *facts = cs_creation_get_facts (g_ptr_array_index (page->creations, i));

          g_assert_true (g_hash_table_add (seen, g_strdup (facts->id)));
          if (!g_str_equal (facts->title, "new"))
            n_old++;
        }
      g_free (add (f, make_facts ("new", "sunset new above", 5000 + n_pages)));
      g_free (add (f, make_facts ("new", "sunset new between", 500)));
      g_free (cursor);
      cursor = g_steal_pointer (&page->next);
      n_pages++;
    }
  while (cursor != NULL);
  g_assert_cmpuint (n_old, ==, text == NULL ? 1000 : count_found (f, "sunset cinematic"));
  g_assert_cmpuint (n_pages, >=, 3);
}

static void
test_cursor_hostile (Fixture *f, gconstpointer data)
{
  const char *cursors[] = { "x", "", "%00", "MSBuZXdlc3QgNSBh'", "' OR 1=1 --", "MSBvbGRlc3QgNSBh" };

  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    {
      CsLibraryQuery query = { .cursor = cursors[i] };
      g_autoptr (GError) error = NULL;

      g_assert_null (list (f, &query, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
    }
}

static void
test_limit (Fixture *f, gconstpointer data)
{
  CsLibraryQuery all = { .limit = 100000 };
  CsLibraryQuery usual = { 0 };
  g_autoptr (CsLibraryPage) page = NULL;
  g_autoptr (CsLibraryPage) first = NULL;

  add_many (f, 600);
  page = list (f, &all, NULL);
  first = list (f, &usual, NULL);
  g_assert_cmpuint (page->creations->len, ==, 500);
  g_assert_nonnull (page->next);
  g_assert_cmpuint (first->creations->len, ==, 50);
}

static gpointer
read_missing_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsCreation) creation = cs_creation_store_load (database, data, error);

  return GINT_TO_POINTER (cs_creation_get_facts (creation)->missing);
}

/* A file that goes is noticed when its creation is read and remembered; when it comes back, too. */
static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autofree char *id = add (f, make_facts ("a", "a", 1));
  g_autoptr (CsCreation) creation = get (f, id, NULL);
  g_autoptr (CsCreation) back = NULL;
  g_autoptr (CsLibraryPage) page = NULL;
  g_autofree char *path = cs_library_dup_file_path (f->library, creation);
  CsLibraryQuery query = { 0 };

  g_assert_false (cs_creation_get_facts (creation)->missing);
  g_assert_cmpint (g_unlink (path), ==, 0);
  page = list (f, &query, NULL);
  g_assert_true (cs_creation_get_facts (g_ptr_array_index (page->creations, 0))->missing);
  g_assert_true (run_store (f->store, CS_STORE_READ, read_missing_func, id) != NULL);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  back = get (f, id, NULL);
  g_assert_false (cs_creation_get_facts (back)->missing);
  g_assert_true (run_store (f->store, CS_STORE_READ, read_missing_func, id) == NULL);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *id = add (f, make_facts ("a", "a", 1));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) list_result = NULL;
  g_autoptr (CsCreation) creation = NULL;
  g_autoptr (GError) error = NULL;
  CsLibraryQuery query = { 0 };

  g_cancellable_cancel (cancellable);
  cs_library_favourite_async (f->library, id, TRUE, cancellable, take_result_cb, &f->result);
  result = wait_for_result (&f->result);
  g_assert_null (cs_library_favourite_finish (f->library, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  cs_library_list_async (f->library, &query, cancellable, take_result_cb, &f->result);
  list_result = wait_for_result (&f->result);
  g_assert_null (cs_library_list_finish (f->library, list_result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  creation = get (f, id, NULL);
  g_assert_false (cs_creation_get_facts (creation)->favourite);
}

static void
test_notify (Fixture *f, gconstpointer data)
{
  News news = { NULL, 0 };

  g_signal_connect (f->library, "changed", G_CALLBACK (changed_cb), &news);
  cs_library_notify (f->library, "01JD0000000000000000000000");
  g_assert_cmpstr (news.id, ==, "01JD0000000000000000000000");
  cs_library_notify (f->library, NULL);
  g_assert_null (news.id);
  g_assert_cmpuint (news.count, ==, 2);
  g_signal_handlers_disconnect_by_data (f->library, &news);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/library/get", Fixture, NULL, fixture_set_up, test_get, fixture_tear_down);
  g_test_add ("/library/favourite", Fixture, NULL, fixture_set_up, test_favourite, fixture_tear_down);
  g_test_add ("/library/trash", Fixture, NULL, fixture_set_up, test_trash, fixture_tear_down);
  g_test_add ("/library/rename", Fixture, NULL, fixture_set_up, test_rename, fixture_tear_down);
  g_test_add ("/library/search/languages", Fixture, NULL, fixture_set_up, test_search_languages,
              fixture_tear_down);
  g_test_add ("/library/search/hostile", Fixture, NULL, fixture_set_up, test_search_hostile,
              fixture_tear_down);
  g_test_add ("/library/filters", Fixture, NULL, fixture_set_up, test_filters, fixture_tear_down);
  g_test_add ("/library/sorts", Fixture, NULL, fixture_set_up, test_sorts, fixture_tear_down);
  g_test_add ("/library/cursor/walk", Fixture, NULL, fixture_set_up, test_cursor_walk, fixture_tear_down);
  g_test_add ("/library/cursor/walk-search", Fixture, "sunset cinematic", fixture_set_up, test_cursor_walk,
              fixture_tear_down);
  g_test_add ("/library/cursor/hostile", Fixture, NULL, fixture_set_up, test_cursor_hostile,
              fixture_tear_down);
  g_test_add ("/library/limit", Fixture, NULL, fixture_set_up, test_limit, fixture_tear_down);
  g_test_add ("/library/missing", Fixture, NULL, fixture_set_up, test_missing, fixture_tear_down);
  g_test_add ("/library/cancelled", Fixture, NULL, fixture_set_up, test_cancelled, fixture_tear_down);
  g_test_add ("/library/notify", Fixture, NULL, fixture_set_up, test_notify, fixture_tear_down);
  return g_test_run ();
}
