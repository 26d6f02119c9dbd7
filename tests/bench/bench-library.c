/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/cs-id.h"
#include "library/cs-creation-store.h"
#include "library/cs-library.h"
#include "store/cs-store.h"

#include "cs-bench.h"
#include "cs-test.h"

#define N_CREATIONS 100000
#define N_RUNS 15

/* Listing and searching a library of 100,000 creations; lives on the stack of main(). */
typedef struct
{
  CsPaths *paths;
  CsStore *store;
  CsLibrary *library;
  const char *words; /* (nullable) what is searched */
  guint n_found;
} Bench;

static const char *const nouns[]
    = { "lighthouse", "phare",  "منارة",  "forest",   "forêt",  "غابة",    "city", "ville",
        "مدينة",      "desert", "désert", "صحراء",    "robot",  "cat",     "chat", "قطة",
        "mountain",   "lake",   "train",  "portrait", "garden", "kitchen", "ship", "castle" };
static const char *const moods[] = { "at night",   "in a storm",    "au lever du soleil", "تحت المطر",
                                     "in the fog", "made of glass", "seen from above",    "in soft light",
                                     "très lent",  "like a dream",  "cinematic",          "photorealistic" };

static CsCreationFacts *
make_facts (GRand *dice, int number)
{
  CsCreationFacts *facts = cs_creation_facts_new ();

  facts->id = cs_id_new ();
  facts->kind = number % 3;
  facts->original_prompt = g_strdup_printf ("A %s %s, %s and a %s, take %d",
                                            nouns[g_rand_int_range (dice, 0, G_N_ELEMENTS (nouns))],
                                            moods[g_rand_int_range (dice, 0, G_N_ELEMENTS (moods))],
                                            moods[g_rand_int_range (dice, 0, G_N_ELEMENTS (moods))],
                                            nouns[g_rand_int_range (dice, 0, G_N_ELEMENTS (nouns))], number);
  facts->prompt = g_strdup (facts->original_prompt);
  facts->title = g_strndup (facts->prompt, 8);
  facts->notes = g_strdup (number == N_CREATIONS / 2 ? "the one with the zeppelin" : "");
  facts->provider = g_strdup ("sketch");
  facts->model = g_strdup ("sketch/image");
  facts->style = g_strdup ("photorealistic");
  facts->aspect_ratio = g_strdup ("16:9");
  facts->width = 1280;
  facts->height = 720;
  facts->file = g_strdup_printf ("%s.png", facts->id);
  facts->mime_type = g_strdup ("image/png");
  facts->sha256 = g_strnfill (64, 'a');
  facts->size = 1000;
  facts->source = CS_SOURCE_DIGITAL_CREATION;
  facts->created_at = G_GINT64_CONSTANT (1700000000000000) + number * G_GINT64_CONSTANT (1000000);
  return facts;
}

static gpointer
fill_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (1);

  for (int i = 0; i < N_CREATIONS; i++)
    {
      g_autoptr (CsCreationFacts) facts = make_facts (dice, i);

      if (!cs_creation_store_insert (database, facts, error))
        return NULL;
    }
  return NULL;
}

static void
open_library (Bench *bench)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_store_open_async (bench->paths, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  bench->store = cs_store_open_finish (result, &error);
  g_assert_no_error (error);
  bench->library = cs_library_new (bench->store, bench->paths);
}

static void
close_library (Bench *bench)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&bench->library);
  cs_store_close_async (bench->store, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cs_store_close_finish (bench->store, result, &error);
  g_assert_no_error (error);
  g_clear_object (&bench->store);
}

static gboolean
is_filled_cb (gpointer user_data)
{
  GAsyncResult **result = user_data;

  return *result != NULL;
}

static void
fill (Bench *bench)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_store_run_async (bench->store, CS_STORE_WRITE, fill_func, NULL, NULL, NULL, NULL, cs_test_keep_result,
                      &result);
  g_assert_true (cs_test_wait_seconds (is_filled_cb, &result, 600));
  cs_store_run_finish (bench->store, result, &error);
  g_assert_no_error (error);
}

static gboolean
list (gpointer user_data)
{
  Bench *bench = user_data;
  CsLibraryQuery query = { .text = bench->words };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLibraryPage) page = NULL;

  cs_library_list_async (bench->library, &query, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  page = cs_library_list_finish (bench->library, result, &error);
  g_assert_no_error (error);
  bench->n_found = page->creations->len;
  return TRUE;
}

static gboolean
open_and_list (gpointer user_data)
{
  Bench *bench = user_data;
  gboolean good;

  open_library (bench);
  good = list (bench);
  close_library (bench);
  return good;
}

static void
show (const char *name, double seconds, const char *goal)
{
  CsBenchFigure figure = { .name = name, .value = seconds * 1000, .unit = "ms", .goal = goal };

  cs_bench_show (&figure);
}

static void
show_search (Bench *bench, const char *name, const char *words)
{
  bench->words = words;
  show (name, cs_bench_median (list, bench, N_RUNS), "<= 20 ms");
  bench->words = NULL;
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 start;

  bench.paths = cs_paths_new (&error);
  g_assert_no_error (error);
  open_library (&bench);
  start = g_get_monotonic_time ();
  fill (&bench);
  show ("library-insert-100000", (g_get_monotonic_time () - start) / 1e6, NULL);
  show ("library-first-page-100000", cs_bench_median (list, &bench, N_RUNS), "<= 20 ms");
  show_search (&bench, "library-search-rare-word", "zeppelin");
  show_search (&bench, "library-search-oldest", "99 take");
  show_search (&bench, "library-search-nothing", "submarine");
  show_search (&bench, "library-search-common-word", "lighthouse");
  show_search (&bench, "library-search-two-common-words", "cinematic forest");
  show_search (&bench, "library-search-prefix", "li");
  show_search (&bench, "library-search-one-letter", "c");
  show_search (&bench, "library-search-arabic", "منارة");
  show_search (&bench, "library-search-folded", "foret");
  close_library (&bench);
  show ("library-open-100000", cs_bench_median (open_and_list, &bench, 5), "<= 300 ms");
  cs_paths_unref (bench.paths);
  return 0;
}
