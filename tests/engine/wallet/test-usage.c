/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used: who sees which events, at which price, and how the models did. */
#include "config.h"
#include "wallet-fixture.h"

#include "wallet/cs-usage.h"

#define HOLDER "key-abc-123-xyz" /* as typed */

/* An attempt of a job with its event: what was quoted and taken, and sold for, if the key paid. */
static void
use (Fixture *fixture, const char *job, const char *user, gboolean is_sold, const char *model, CsMoney hold, CsMoney cost, gint64 at)
{
  g_autofree char *key = is_sold ? g_strdup_printf ("%" G_GINT64_FORMAT, fixture->key) : g_strdup ("NULL");
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO jobs (id, kind, state, brief, user_id, key_id, created_at, updated_at)"
      " VALUES ('%s', 'image', 'done', '{}', '%s', %s, 0, 0);"
      "INSERT INTO attempts (job_id, number, provider, model, request, status, billed, hold, cost, sale, created_at, sent_at, ended_at)"
      " VALUES ('%s', 1, 'p', '%s', '{}', 'succeeded', 'yes', %d, %d, %d, 0, %" G_GINT64_FORMAT " - 10000000, %" G_GINT64_FORMAT ")",
      job, user, key, job, model, (int) hold, (int) cost, is_sold ? (int) hold * 2 : 0, at, at);
  CsUsageEvent event = { .at = at, .creation_id = (char *) job, .attempt = 1, .user_id = (char *) user,
                         .key_id = is_sold ? fixture->key : 0, .kind = (char *) "image", .provider = (char *) "p",
                         .model = (char *) model, .units = 1, .unit = (char *) "image", .estimated = hold, .cost = cost,
                         .sale = is_sold ? cost * 2 : 0 };

  exec (fixture, sql);
  g_assert_true (cs_usage_insert (fixture->database, &event, NULL));
}

static CsUsage *
load (Fixture *fixture, CsUsageQuery asked)
{
  g_autoptr (GError) error = NULL;
  CsUsage *usage = cs_usage_load (fixture->database, &asked, &error);

  g_assert_no_error (error);
  return usage;
}

static void
begin (Fixture *fixture)
{
  use (fixture, "a", "ana", FALSE, "m", 100, 90, SECONDS (100));
  use (fixture, "b", "ben", TRUE, "m", 200, 150, SECONDS (200));
  use (fixture, "c", "ana", TRUE, "n", 300, 300, SECONDS (300));
}

static void
check_count (Fixture *fixture, CsUsageQuery asked, guint n)
{
  g_autoptr (CsUsage) usage = load (fixture, asked);

  g_assert_cmpint (usage->events->len, ==, n);
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  check_count (fixture, (CsUsageQuery){ 0 }, 3);
  check_count (fixture, (CsUsageQuery){ .user_id = "ana" }, 2);
  check_count (fixture, (CsUsageQuery){ .user_id = "" }, 0);
  check_count (fixture, (CsUsageQuery){ .user_id = "ana' OR '1" }, 0);
  check_count (fixture, (CsUsageQuery){ .from = SECONDS (200) }, 2);
  check_count (fixture, (CsUsageQuery){ .to = SECONDS (200) }, 1);
  check_count (fixture, (CsUsageQuery){ .from = SECONDS (200), .to = SECONDS (300) }, 1);
  check_count (fixture, (CsUsageQuery){ .key_code = HOLDER }, 2);
  check_count (fixture, (CsUsageQuery){ .key_code = HOLDER, .user_id = "ana" }, 1);
}

/* What was said and what was taken: the drift is in the sums. */
static void
test_operator (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsUsage) usage = NULL;
  const CsUsageEvent *event;

  begin (fixture);
  usage = load (fixture, (CsUsageQuery){ 0 });
  g_assert_cmpint (usage->estimated, ==, 600);
  g_assert_cmpint (usage->cost, ==, 540);
  g_assert_cmpint (usage->sale, ==, 900);
  event = usage->events->pdata[0];
  g_assert_cmpstr (event->creation_id, ==, "a");
  g_assert_null (event->key);
  event = usage->events->pdata[1];
  g_assert_cmpstr (event->key, ==, "KEY-…--XYZ");
  g_assert_cmpint (event->cost, ==, 150);
}

/* A holder sees his own, and his own prices: nowhere what the provider took. */
static void
test_holder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsUsage) usage = NULL;

  begin (fixture);
  usage = load (fixture, (CsUsageQuery){ .key_code = HOLDER });
  for (guint i = 0; i < usage->events->len; i++)
    {
      const CsUsageEvent *event = usage->events->pdata[i];

      g_assert_cmpint (event->key_id, ==, fixture->key);
      g_assert_cmpint (event->cost, ==, event->sale);
    }
  g_assert_cmpint (usage->estimated, ==, 400 + 600);
  g_assert_cmpint (usage->cost, ==, 300 + 600);
  g_assert_cmpint (usage->models->len, ==, 2);
  g_assert_cmpint (((CsUsageModel *) usage->models->pdata[0])->runs, ==, 1); /* not those of others */
  g_assert_cmpint (((CsUsageModel *) usage->models->pdata[0])->cost, ==, 300);
  g_assert_cmpint (((CsUsageModel *) usage->models->pdata[0])->estimated, ==, 400);
}

static void
test_unknown_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const CsUsageQuery asked = { .key_code = "KEY-OF-NOBODY" };

  g_assert_null (cs_usage_load (fixture->database, &asked, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT);
}

static void
test_once (Fixture *fixture, gconstpointer data)
{
  CsUsageEvent event = { .creation_id = (char *) "z", .attempt = 1, .kind = (char *) "image", .provider = (char *) "p",
                         .model = (char *) "m", .units = 1, .unit = (char *) "image", .cost = 5 };

  g_assert_true (cs_usage_insert (fixture->database, &event, NULL));
  event.cost = 7;
  g_assert_true (cs_usage_insert (fixture->database, &event, NULL));
  g_assert_cmpint (query (fixture, "SELECT cost FROM usage_events"), ==, 5);
  event.attempt = 2;
  g_assert_true (cs_usage_insert (fixture->database, &event, NULL));
  g_assert_cmpint (query (fixture, "SELECT count(*) FROM usage_events"), ==, 2);
}

/* Models */

static void
run (Fixture *fixture, const char *status, const char *sent, int seconds)
{
  static int n;
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO attempts (job_id, number, provider, model, request, status, created_at, sent_at, ended_at)"
      " VALUES ('a', %d, 'p', 'm', '{}', '%s', 0, %s, 1000000 + %d * 1000000)",
      ++n + 10, status, sent, seconds);

  exec (fixture, sql);
}

static void
test_models (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsUsage) usage = NULL;
  const CsUsageModel *model;

  use (fixture, "a", "", FALSE, "m", 100, 90, SECONDS (100)); /* ten seconds */
  for (int i = 1; i <= 9; i++)
    run (fixture, "succeeded", "1000000", i);
  run (fixture, "failed", "1000000", 1000);
  run (fixture, "refused", "1000000", 1000);
  run (fixture, "cancelled", "1000000", 1000);
  run (fixture, "not_sent", "1000000", 1000); /* was none */
  run (fixture, "cancelled", "NULL", 1000);
  exec (fixture, "INSERT INTO attempts (job_id, number, provider, model, request, status, created_at, sent_at)"
                 " VALUES ('a', 99, 'p', 'm', '{}', 'accepted', 0, 1)"); /* not over */
  usage = load (fixture, (CsUsageQuery){ 0 });
  g_assert_cmpint (usage->models->len, ==, 1);
  model = usage->models->pdata[0];
  g_assert_cmpint (model->runs, ==, 13);
  g_assert_cmpint (model->succeeded, ==, 10);
  g_assert_cmpint (model->failed, ==, 2);
  g_assert_cmpfloat_with_epsilon (model->median_s, 5.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (model->p90_s, 9, 1e-9);
  g_assert_cmpint (model->cost, ==, 90);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  CsUsageEvent event = { .creation_id = (char *) "z", .kind = (char *) "text", .provider = (char *) "groq",
                         .model = (char *) "w", .units = 1, .unit = (char *) "text", .estimated = 20, .cost = 5 };
  g_autoptr (CsUsage) usage = NULL;
  const CsUsageModel *model;

  g_assert_true (cs_usage_insert (fixture->database, &event, NULL));
  event.creation_id = (char *) "y";
  event.is_unknown = TRUE;
  g_assert_true (cs_usage_insert (fixture->database, &event, NULL));
  usage = load (fixture, (CsUsageQuery){ 0 });
  model = usage->models->pdata[0];
  g_assert_cmpstr (model->provider, ==, "groq");
  g_assert_cmpint (model->runs, ==, 2);
  g_assert_cmpint (model->succeeded, ==, 1);
  g_assert_cmpint (model->failed, ==, 1);
  g_assert_cmpfloat (model->median_s, <, 0);
  g_assert_cmpfloat (model->p90_s, <, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/usage/filters", test_filters);
  add ("/usage/operator-drift", test_operator);
  add ("/usage/holder", test_holder);
  add ("/usage/unknown-key", test_unknown_key);
  add ("/promise-3/usage/once", test_once);
  add ("/usage/models", test_models);
  add ("/usage/words", test_words);
  return g_test_run ();
}
