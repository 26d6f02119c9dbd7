/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "fixture.h"

static gpointer
load_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_creation_store_load (database, data, error);
}

static CsCreationFacts *
make_full_facts (void)
{
  CsCreationFacts *facts = make_facts ("Titre", "prompt sent", 7);

  facts->kind = CS_KIND_DECK;
  g_free (facts->original_prompt);
  facts->original_prompt = g_strdup ("words of the user");
  facts->negative_prompt = g_strdup ("blur");
  g_free (facts->notes);
  facts->notes = g_strdup ("two\nlines");
  facts->theme = g_strdup ("dark");
  facts->language = g_strdup ("ar");
  facts->duration = 5.25;
  facts->has_sound = TRUE;
  facts->num_slides = 12;
  facts->seed = G_MININT64;
  facts->has_seed = TRUE;
  facts->markdown_file = g_strdup ("x.md");
  facts->thumbnail = g_strdup ("x.png");
  facts->size = G_GINT64_CONSTANT (5000000000);
  facts->parent_id = g_strdup ("01JD0000000000000000000000");
  facts->source = CS_SOURCE_COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA;
  facts->favourite = TRUE;
  facts->missing = TRUE;
  facts->trashed_at = 1234567;
  return facts;
}

static void
check_same (const CsCreationFacts *a, const CsCreationFacts *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->job_id, ==, b->job_id);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->prompt, ==, b->prompt);
  g_assert_cmpstr (a->original_prompt, ==, b->original_prompt);
  g_assert_cmpstr (a->negative_prompt, ==, b->negative_prompt);
  g_assert_cmpstr (a->notes, ==, b->notes);
  g_assert_cmpstr (a->provider, ==, b->provider);
  g_assert_cmpstr (a->model, ==, b->model);
  g_assert_cmpstr (a->style, ==, b->style);
  g_assert_cmpstr (a->aspect_ratio, ==, b->aspect_ratio);
  g_assert_cmpstr (a->theme, ==, b->theme);
  g_assert_cmpstr (a->language, ==, b->language);
  g_assert_cmpfloat (a->duration, ==, b->duration);
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  g_assert_cmpint (a->has_sound, ==, b->has_sound);
  g_assert_cmpint (a->num_slides, ==, b->num_slides);
  g_assert_cmpint (a->has_seed, ==, b->has_seed);
  g_assert_cmpint (a->seed, ==, b->seed);
  g_assert_cmpstr (a->file, ==, b->file);
  g_assert_cmpstr (a->markdown_file, ==, b->markdown_file);
  g_assert_cmpstr (a->thumbnail, ==, b->thumbnail);
  g_assert_cmpstr (a->mime_type, ==, b->mime_type);
  g_assert_cmpstr (a->sha256, ==, b->sha256);
  g_assert_cmpint (a->size, ==, b->size);
  g_assert_cmpstr (a->parent_id, ==, b->parent_id);
  g_assert_cmpint (a->cost, ==, b->cost);
  g_assert_cmpint (a->source, ==, b->source);
  g_assert_cmpint (a->favourite, ==, b->favourite);
  g_assert_cmpint (a->missing, ==, b->missing);
  g_assert_cmpint (a->trashed_at, ==, b->trashed_at);
  g_assert_cmpint (a->created_at, ==, b->created_at);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr (CsCreationFacts) full = make_full_facts ();
  g_autoptr (CsCreationFacts) bare = make_facts ("t", "p", 0);
  g_autoptr (CsCreation) full_back = NULL;
  g_autoptr (CsCreation) bare_back = NULL;

  run_store (f->store, CS_STORE_WRITE, insert_func, full);
  run_store (f->store, CS_STORE_WRITE, insert_func, bare);
  full_back = run_store (f->store, CS_STORE_READ, load_func, full->id);
  bare_back = run_store (f->store, CS_STORE_READ, load_func, bare->id);
  check_same (cs_creation_get_facts (full_back), full);
  check_same (cs_creation_get_facts (bare_back), bare);
  g_assert_cmpstr (cs_creation_get_id (bare_back), ==, bare->id);
}

static void
check_insert_fails (Fixture *f, CsCreationFacts *facts, CsError code)
{
  g_autoptr (CsCreationFacts) owned = facts;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_store_run_async (f->store, CS_STORE_WRITE, insert_func, facts, NULL, NULL, NULL, take_result_cb,
                      &f->result);
  result = wait_for_result (&f->result);
  cs_store_run_finish (f->store, result, &error);
  g_assert_error (error, CS_ERROR, (int) code);
}

static void
test_names (Fixture *f, gconstpointer data)
{
  const char *names[] = { "../studio.db", "a/b.png", "/etc/passwd", "..", ".", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CsCreationFacts *facts = make_facts ("t", "p", 0);

      cs_set_string (&facts->file, names[i]);
      check_insert_fails (f, facts, CS_ERROR_INVALID_VALUE);
      facts = make_facts ("t", "p", 0);
      facts->thumbnail = g_strdup (names[i]);
      check_insert_fails (f, facts, CS_ERROR_INVALID_VALUE);
    }
}

static void
test_twice (Fixture *f, gconstpointer data)
{
  CsCreationFacts *facts = make_facts ("t", "p", 0);
  CsCreationFacts *again = make_facts ("t", "p", 0);

  cs_set_string (&again->id, facts->id);
  g_free (add (f, facts));
  check_insert_fails (f, again, CS_ERROR_CONFLICT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/library/creation-store/round-trip", Fixture, NULL, fixture_set_up, test_round_trip,
              fixture_tear_down);
  g_test_add ("/library/creation-store/names", Fixture, NULL, fixture_set_up, test_names, fixture_tear_down);
  g_test_add ("/library/creation-store/twice", Fixture, NULL, fixture_set_up, test_twice, fixture_tear_down);
  return g_test_run ();
}
