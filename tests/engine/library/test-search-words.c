/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "library/cs-search-words.h"

#include <string.h>

static void
check_match (const char *text, const char *expected)
{
  g_autofree char *match = cs_search_words_match (text);

  g_assert_cmpstr (match, ==, expected);
}

static void
test_words (void)
{
  check_match ("sunset", "\"sunset\"*");
  check_match ("  Sunset,   SEA ", "\"sunset\"* \"sea\"*");
  check_match ("Café crème", "\"cafe\"* \"creme\"*");
  check_match ("sea sea SEA", "\"sea\"*");
  check_match ("l'été", "\"l\"* \"ete\"*");
}

static void
test_arabic (void)
{
  check_match ("غروب", "\"غروب\"*");
  check_match ("الغروب", "\"غروب\"*");
  check_match ("والغُروب", "\"غروب\"*");
  check_match ("للمدينة", "\"مدينه\"*");
  check_match ("ال", "\"ال\"*");
  check_match ("الم", "\"الم\"*");
}

static void
test_nothing (void)
{
  check_match (NULL, NULL);
  check_match ("", NULL);
  check_match (" \t\n ", NULL);
  check_match ("\"", NULL);
  check_match ("*** ((( ))) ^:-", NULL);
}

/* No operator, column or quote of the full-text syntax gets through as such. */
static void
test_hostile (void)
{
  check_match ("a\" OR \"b", "\"a\"* \"or\"* \"b\"*");
  check_match ("NEAR(a b, 2)", "\"near\"* \"a\"* \"b\"* \"2\"*");
  check_match ("title:x NOT y", "\"title\"* \"x\"* \"not\"* \"y\"*");
  check_match ("'; DROP TABLE creations; --", "\"drop\"* \"table\"* \"creations\"*");
  check_match ("ab\xff\xfe cd", "\"ab\"*");
}

static void
test_bounds (void)
{
  g_autofree char *long_word = g_strnfill (10000, 'a');
  g_autofree char *match = cs_search_words_match (long_word);
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *many_match = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_cmpuint (strlen (match), ==, 64 + 3);
  for (int i = 0; i < 3000; i++)
    g_string_append_printf (many, "w%d ", i);
  many_match = cs_search_words_match (many->str);
  parts = g_strsplit (many_match, " ", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 16);
}

static void
test_index (void)
{
  CsCreationFacts facts = { .title = (char *) "Café",
                            .prompt = (char *) "الغروب فوق المدينة",
                            .original_prompt = (char *) "Soleil COUCHANT",
                            .notes = (char *) "à revoir" };
  g_autofree char *text = cs_search_words_index (&facts);

  g_assert_nonnull (strstr (text, "cafe"));
  g_assert_nonnull (strstr (text, "\nغروب"));
  g_assert_nonnull (strstr (text, "\nمدينه"));
  g_assert_nonnull (strstr (text, "soleil couchant"));
  g_assert_nonnull (strstr (text, "a revoir"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/search-words/words", test_words);
  g_test_add_func ("/library/search-words/arabic", test_arabic);
  g_test_add_func ("/library/search-words/nothing", test_nothing);
  g_test_add_func ("/library/search-words/hostile", test_hostile);
  g_test_add_func ("/library/search-words/bounds", test_bounds);
  g_test_add_func ("/library/search-words/index", test_index);
  return g_test_run ();
}
