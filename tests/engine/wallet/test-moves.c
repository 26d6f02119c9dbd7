/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The book of all money and its sums, as the window shows them. */
#include "config.h"
#include "wallet-fixture.h"

#include "wallet/cs-move.h"
#include "wallet/cs-spending.h"
#include "wallet/cs-usage.h"

#define JOB                                                                                                          \
  "INSERT INTO jobs (id, kind, state, brief, title, key_id, created_at, updated_at) VALUES ('%s', 'image', 'done', "  \
  "'{\"prompt\": \"idea of %s\"}', '%s', %s, 0, 0);"                                                                  \
  "INSERT INTO attempts (job_id, number, provider, model, request, status, billed, hold, cost, sale, created_at, ended_at)" \
  " VALUES ('%s', 1, 'p', 'm', '{}', '%s', '%s', 280, 0, 400, %d, %s)"

/* @ended: (nullable): seconds, as text */
static void
add_job (Fixture *fixture, const char *id, const char *title, gboolean is_sold, const char *status, const char *billed, int created,
         const char *ended)
{
  g_autofree char *key = is_sold ? g_strdup_printf ("%" G_GINT64_FORMAT, fixture->key) : g_strdup ("NULL");
  g_autofree char *sql = g_strdup_printf (JOB, id, id, title, key, id, status, billed, created, ended != NULL ? ended : "NULL");

  exec (fixture, sql);
}

static void
use (Fixture *fixture, const char *job, gboolean is_sold, const char *provider, CsMoney cost, gint64 at)
{
  CsUsageEvent event = { .at = at, .creation_id = (char *) job, .attempt = 1, .key_id = is_sold ? fixture->key : 0,
                         .kind = (char *) "image", .provider = (char *) provider, .model = (char *) "m", .units = 1,
                         .unit = (char *) "image", .estimated = 280, .cost = cost, .sale = is_sold ? 400 : 0 };

  g_assert_true (cs_usage_insert (fixture->database, &event, NULL));
}

/* Kinds, titles and amounts, newest first: "spent:Dusk:250 ..." */
static char *
read_book (Fixture *fixture, gint64 key_id)
{
  static const char *const kinds[] = { "spent", "held", "released", "credit" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) moves = cs_moves_load (fixture->database, key_id, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < moves->len; i++)
    {
      const CsMove *move = moves->pdata[i];

      g_string_append_printf (text, "%s%s:%s:%d", i > 0 ? " " : "", kinds[move->kind], move->title, (int) move->amount);
    }
  return g_string_free (text, FALSE);
}

static void
check_book (Fixture *fixture, gint64 key_id, const char *expected)
{
  g_autofree char *book = read_book (fixture, key_id);

  g_assert_cmpstr (book, ==, expected);
}

static void
test_book (Fixture *fixture, gconstpointer data)
{
  check_book (fixture, CS_MOVES_ALL, "");
  add_job (fixture, "a", "Dusk", FALSE, "succeeded", "yes", 10, "20");
  use (fixture, "a", FALSE, "p", 250, 20);
  add_job (fixture, "b", "", FALSE, "refused", "no", 30, "40");
  add_job (fixture, "c", "Sold", TRUE, "succeeded", "yes", 50, "60");
  use (fixture, "c", TRUE, "p", 250, 60);
  add_job (fixture, "d", "Going", FALSE, "accepted", "no", 70, NULL);
  check_book (fixture, CS_MOVES_ALL, "held:Going:280 spent:Sold:400 released:idea of b:280 spent:Dusk:250");
  check_book (fixture, CS_MOVES_WITHOUT_KEY, "held:Going:280 released:idea of b:280 spent:Dusk:250");
  check_book (fixture, fixture->key, "spent:Sold:400");
  credit (fixture, 1000);
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM ledger WHERE kind = 'credit'"), ==, 1);
  check_book (fixture, fixture->key, "credit::1000 spent:Sold:400");
}

/* What may have been billed is on hold until somebody knows or gives up; then it is written as used, once. */
static void
test_uncertain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) moves = NULL;

  add_job (fixture, "a", "Lost", FALSE, "uncertain", "unknown", 10, NULL);
  moves = cs_moves_load (fixture->database, CS_MOVES_ALL, NULL);
  g_assert_cmpuint (moves->len, ==, 1);
  g_assert_true (((CsMove *) moves->pdata[0])->is_unknown);
  check_book (fixture, CS_MOVES_ALL, "held:Lost:280");
  use (fixture, "a", FALSE, "p", 280, 20);
  check_book (fixture, CS_MOVES_ALL, "spent:Lost:280");
}

static void
add_creation (Fixture *fixture, const char *id, const char *provider, gboolean is_keeper, int at)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO creations (id, kind, title, prompt, original_prompt, provider, model, file, mime_type, sha256, size, source,"
      " favourite, created_at) VALUES ('%s', 'image', '', '', '', '%s', 'm', '%s', 'image/png', '', 0, '', %d, %d)",
      id, provider, id, is_keeper, at);

  exec (fixture, sql);
}

static void
check_provider (CsSpending *spending, guint n, const char *provider, gint64 creations, gint64 keepers, CsMoney spent)
{
  const CsProviderSpending *row = spending->providers->pdata[n];

  g_assert_cmpstr (row->provider, ==, provider);
  g_assert_cmpint (row->creations, ==, creations);
  g_assert_cmpint (row->keepers, ==, keepers);
  g_assert_cmpint (row->spent, ==, spent);
}

static void
test_spending (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsSpending) spending = NULL;
  g_autoptr (GError) error = NULL;
  CsSpendingQuery query = { .since = 100 };

  for (guint i = 0; i <= CS_SPENDING_SPANS; i++)
    query.bounds[i] = 10 * i;
  use (fixture, "a", FALSE, "p", 5, 9);
  use (fixture, "b", FALSE, "p", 7, 10);
  use (fixture, "c", FALSE, "p", 20, 100);
  use (fixture, "d", FALSE, "q", 30, 119);
  use (fixture, "e", FALSE, "q", 90, 120);
  add_creation (fixture, "1", "p", TRUE, 100);
  add_creation (fixture, "2", "p", FALSE, 100);
  add_creation (fixture, "3", "p", TRUE, 99);
  add_creation (fixture, "4", "sketch", FALSE, 101);
  add_creation (fixture, "5", "import", FALSE, 101);
  spending = cs_spending_load (fixture->database, &query, &error);
  g_assert_no_error (error);
  g_assert_cmpint (spending->spans[0], ==, 5);
  g_assert_cmpint (spending->spans[1], ==, 7);
  g_assert_cmpint (spending->spans[10], ==, 20);
  g_assert_cmpint (spending->spans[11], ==, 30);
  g_assert_cmpuint (spending->providers->len, ==, 3);
  check_provider (spending, 0, "q", 0, 0, 120);
  check_provider (spending, 1, "p", 2, 1, 20);
  check_provider (spending, 2, "sketch", 1, 0, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/wallet/moves/book", Fixture, NULL, set_up, test_book, tear_down);
  g_test_add ("/wallet/moves/uncertain", Fixture, NULL, set_up, test_uncertain, tear_down);
  g_test_add ("/wallet/moves/spending", Fixture, NULL, set_up, test_spending, tear_down);
  return g_test_run ();
}
