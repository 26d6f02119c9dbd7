/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's own prices over those of this program: what they change, what they leave, and files that are none. */
#include "config.h"
#include "wallet/cs-price-list.h"

#include "cs-test.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WAN "piapi/wan-2.2"     /* 0.28 a video */
#define FAST "replicate/wan-2.2-fast" /* 0.03 a second */
#define GROQ "groq/gpt-oss-120b" /* 0.002 for 5 slides; 0.15 and 0.60 for a million tokens */

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cs-test-prices-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "prices.json", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cs_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static CsPriceList *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CsPriceList *list = cs_price_list_new_with_own (fixture->path, &error);

  g_assert_no_error (error);
  return list;
}

/* @rows: what stands in the list of prices. All of it is taken. */
static CsPriceList *
load_rows (Fixture *fixture, const char *rows)
{
  g_autofree char *json = g_strdup_printf ("{\"prices\": [%s]}", rows);
  CsPriceList *list;

  g_assert_true (g_file_set_contents (fixture->path, json, -1, NULL));
  list = load (fixture);
  g_assert_cmpstr (cs_price_list_get_trouble (list), ==, NULL);
  return list;
}

static void
check (CsPriceList *list, const char *model, CsMoney cost, CsMoney sale)
{
  CsMoney quoted_cost = -1;
  CsMoney quoted_sale = -1;

  g_assert_true (cs_price_list_quote (list, model, 5, 5, &quoted_cost));
  g_assert_true (cs_price_list_quote_sale (list, model, 5, 5, &quoted_sale));
  g_assert_cmpint (quoted_cost, ==, cost);
  g_assert_cmpint (quoted_sale, ==, sale);
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsPriceList) list = load (fixture);

  g_assert_null (cs_price_list_get_trouble (list));
  check (list, WAN, 280000, 280000);
  g_assert_false (cs_price_list_is_free_credit (list, WAN));
  g_assert_false (cs_price_list_is_free_credit (list, "sketch/video")); /* that is free for everybody */
}

/* A row says what it says; the rest is that of this program. */
static void
test_part (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsPriceList) list = load_rows (fixture, "{\"model\": \"" WAN "\", \"sale_usd\": \"1.50\"},"
                                                     "{\"model\": \"" FAST "\", \"cost_usd\": \"0.04\"},"
                                                     "{\"model\": \"" GROQ "\", \"sale_usd\": \"0.01\"}");

  check (list, WAN, 280000, 1500000);
  check (list, FAST, 200000, 200000); /* still by the second */
  check (list, GROQ, 2000, 10000);
  g_assert_cmpstr (cs_price_list_get_unit (list, FAST), ==, "second");
  check (list, "piapi/wan-2.6", 400000, 400000); /* not in the file */
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsPriceList) list
      = load_rows (fixture, "{\"model\": \"new/one\", \"per\": \"second\", \"units\": 2, \"cost_usd\": \"0.03\"},"
                            "{\"model\": \"" WAN "\", \"per\": \"second\", \"units\": 10, \"cost_usd\": \"1\", \"sale_usd\": \"2\"}");

  check (list, "new/one", 75000, 75000);
  check (list, WAN, 500000, 1000000);
}

/* Free credit: nothing to pay, in whatever it is counted. */
static void
test_free_credit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsPriceList) list = load_rows (fixture, "{\"model\": \"" WAN "\", \"cost_usd\": \"0\"},"
                                                     "{\"model\": \"" WAN "\", \"sale_usd\": \"0.10\"},"
                                                     "{\"model\": \"" GROQ "\", \"cost_usd\": \"0\", \"output_usd\": \"1\"},"
                                                     "{\"model\": \"sketch/video\", \"cost_usd\": \"0\"}");
  CsMoney cost;

  check (list, WAN, 0, 100000);
  g_assert_true (cs_price_list_is_free_credit (list, WAN));
  g_assert_true (cs_price_list_is_free_credit (list, GROQ));
  g_assert_false (cs_price_list_is_free_credit (list, "sketch/video"));
  g_assert_true (cs_price_list_quote_text (list, GROQ, 1000000, 0, &cost));
  g_assert_cmpint (cost, ==, 0);
  g_assert_true (cs_price_list_quote_text (list, GROQ, 1000000, 1000000, &cost));
  g_assert_cmpint (cost, ==, 1000000);
}

/* The last row counts, also about what is free. */
static void
test_last_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsPriceList) list = load_rows (fixture, "{\"model\": \"" WAN "\", \"cost_usd\": \"0\"},"
                                                     "{\"model\": \"" WAN "\", \"cost_usd\": \"0.5\"}");

  check (list, WAN, 500000, 500000);
  g_assert_false (cs_price_list_is_free_credit (list, WAN));
}

/* The prices of this program hold, all of them, and the file is named. */
static void
check_trouble (Fixture *fixture, const char *words)
{
  g_autoptr (CsPriceList) list = load (fixture);
  const char *trouble = cs_price_list_get_trouble (list);

  g_assert_nonnull (trouble);
  g_assert_nonnull (strstr (trouble, "prices.json"));
  if (strstr (trouble, words) == NULL)
    g_error ("“%s” is not in “%s”", words, trouble);
  g_assert_null (strstr (trouble, fixture->folder));
  check (list, WAN, 280000, 280000);
}

static void
test_bad (Fixture *fixture, gconstpointer data)
{
  static const char *const good = "{\"model\": \"" WAN "\", \"cost_usd\": \"0.01\"}";
  static const struct
  {
    const char *row, *words;
  } rows[] = {
    { "7", "Row 2" },
    { "{\"model\": \"" WAN "\"}", "Row 2" },
    { "{\"model\": \"" WAN "\", \"cost\": \"1\"}", "Row 2" },
    { "{\"model\": \"" WAN "\", \"cost_usd\": 0.28}", "Row 2" },
    { "{\"model\": \"" WAN "\", \"sale_usd\": \"-1\"}", "Row 2" },
    { "{\"model\": \"" WAN "\", \"sale_usd\": \"0.0000001\"}", "Row 2" },
    { "{\"model\": \"" WAN "\", \"sale_usd\": null}", "Row 2" },
    { "{\"model\": \"" WAN "\", \"cost_usd\": \"1\", \"units\": 0}", "Row 2" },
    { "{\"model\": \"" WAN "\", \"cost_usd\": \"1\", \"units\": \"5\"}", "Row 2" },
    { "{\"model\": \"" WAN "\", \"cost_usd\": \"1\", \"per\": \"minute\"}", "Row 2" },
    { "{\"model\": \"nobody/knows\", \"cost_usd\": \"1\"}", "Row 2" },
    { "{\"cost_usd\": \"1\"}", "Row 2" },
    { "{\"model\": ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"prices\": [%s, %s]}", good, rows[i].row);

      g_test_message ("%s", rows[i].row);
      g_assert_true (g_file_set_contents (fixture->path, json, -1, NULL));
      check_trouble (fixture, rows[i].words);
    }
}

/* What is no such file at all; a pipe is not waited for. */
static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "[]", "{}", "{\"prices\": {}}", "\xff\xfe", "cost=1" };
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, ' ');

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
      check_trouble (fixture, "");
    }
  g_assert_true (g_file_set_contents (fixture->path, large, -1, NULL));
  check_trouble (fixture, "too large");
  g_assert_cmpint (unlink (fixture->path), ==, 0);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  check_trouble (fixture, "not a file");
  g_assert_cmpint (unlink (fixture->path), ==, 0);
  g_assert_cmpint (mkdir (fixture->path, 0700), ==, 0);
  check_trouble (fixture, "not a file");
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/own-prices/none", test_none);
  add ("/own-prices/part", test_part);
  add ("/own-prices/whole", test_whole);
  add ("/own-prices/free-credit", test_free_credit);
  add ("/own-prices/last-row", test_last_row);
  add ("/own-prices/bad", test_bad);
  add ("/own-prices/no-file", test_no_file);
  return g_test_run ();
}
