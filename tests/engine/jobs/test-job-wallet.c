/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that a wallet key pays: what is held, captured and let go for every end that an attempt may have. */
#include "config.h"
#include "jobs-fixture.h"
#include "wallet-jobs.h"

#define CREDIT 1000000

typedef struct
{
  Fixture base;
  char *code;
} Shop;

static void
open_shop (Shop *shop, gconstpointer data)
{
  set_up (&shop->base, data);
  shop->code = make_key (shop->base.studio, CREDIT);
}

static void
close_shop (Shop *shop, gconstpointer data)
{
  assert_ledger (shop->base.studio);
  assert_usage (shop->base.studio);
  tear_down (&shop->base, data);
  g_free (shop->code);
}

static gint64
query (Shop *shop, const char *sql)
{
  return cs_fake_studio_query (shop->base.studio, sql);
}

static CsJob *
sell (Shop *shop, const char *model)
{
  return cs_fake_studio_add (shop->base.studio, make_paid_brief (shop->code, model));
}

static void
script (Shop *shop, const char *operation, const char *words)
{
  cs_fake_provider_script (shop->base.studio->one, operation, words);
}

static void
assert_key (Shop *shop, CsMoney balance, CsMoney held)
{
  g_assert_cmpint (query (shop, "SELECT balance FROM wallet_keys"), ==, balance);
  g_assert_cmpint (query (shop, "SELECT held FROM wallet_keys"), ==, held);
}

/* How many moves of each kind there are beside the credit. */
static void
assert_moves (Shop *shop, int holds, int captures, int releases)
{
  g_assert_cmpint (query (shop, "SELECT count(*) FROM ledger WHERE kind = 'hold'"), ==, holds);
  g_assert_cmpint (query (shop, "SELECT count(*) FROM ledger WHERE kind = 'capture'"), ==, captures);
  g_assert_cmpint (query (shop, "SELECT count(*) FROM ledger WHERE kind = 'release'"), ==, releases);
}

static void
assert_events (Shop *shop, int n, CsMoney cost, CsMoney sale, int n_unknown)
{
  g_assert_cmpint (query (shop, "SELECT count(*) FROM usage_events"), ==, n);
  g_assert_cmpint (query (shop, "SELECT coalesce(sum(cost), 0) FROM usage_events"), ==, cost);
  g_assert_cmpint (query (shop, "SELECT coalesce(sum(sale), 0) FROM usage_events"), ==, sale);
  g_assert_cmpint (query (shop, "SELECT coalesce(sum(is_unknown), 0) FROM usage_events"), ==, n_unknown);
}

/* Ends that are paid for */

static void
test_done (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (shop, "poll", "silent");
  job = sell (shop, "one/image");
  cs_fake_wait_state (job, CS_JOB_RENDERING);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, CS_FAKE_PRICE_ONE); /* held, and not spent yet */
  assert_events (shop, 0, 0, 0, 0);
  cs_fake_provider_speak (shop->base.studio->one);
  assert_done (&shop->base, job);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, 0);
  assert_moves (shop, 1, 1, 0);
  assert_events (shop, 1, CS_FAKE_PRICE_ONE, CS_FAKE_PRICE_ONE, 0);
  g_assert_cmpint (query (shop, "SELECT count(*) FROM usage_events WHERE kind = 'image' AND unit = 'image' AND units = 1"
                                " AND provider = 'one' AND model = 'one/image' AND key_id IS NOT NULL"), ==, 1);
}

/* The operator's own price: the key pays that, whatever the provider takes. */
static void
test_sale_price (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = sell (shop, "three/image");

  assert_done (&shop->base, job);
  assert_key (shop, CREDIT - CS_FAKE_SALE_THREE, 0);
  assert_events (shop, 1, CS_FAKE_PRICE_THREE, CS_FAKE_SALE_THREE, 0);
  g_assert_cmpint (cs_job_get_facts (job)->cost, ==, CS_FAKE_PRICE_THREE);
}

/* He takes more than he said: the key pays what was said. */
static void
test_dearer_than_said (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (shop, "poll", "dear");
  job = sell (shop, "one/image");
  assert_done (&shop->base, job);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, 0);
}

/* Seconds are those that the model makes, not those that were asked for. And what he failed at is paid when he bills it. */
static void
test_seconds (Shop *shop, gconstpointer data)
{
  CsBrief *brief = make_paid_brief (shop->code, "one/video");
  g_autoptr (CsJob) job = NULL;

  brief->duration = 10;
  script (shop, "poll", "fail:yes");
  job = cs_fake_studio_add (shop->base.studio, brief);
  cs_fake_wait_state (job, CS_JOB_FAILED);
  assert_key (shop, CREDIT - 8 * 56000, 0);
  assert_events (shop, 1, 8 * 56000, 8 * 56000, 0);
  g_assert_cmpint (query (shop, "SELECT units FROM usage_events WHERE unit = 'second' AND kind = 'video'"), ==, 8);
}

/* The operator's own price is for a result; for what failed he passes on no more than he paid. */
static void
test_failed_at_own_price (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_provider_script (shop->base.studio->three, "poll", "fail:yes");
  job = sell (shop, "three/image");
  cs_fake_wait_state (job, CS_JOB_FAILED);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_THREE, 0);
  assert_moves (shop, 1, 1, 1);
}

static void
test_free (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = sell (shop, "home/image");

  assert_done (&shop->base, job);
  assert_key (shop, CREDIT, 0);
  assert_moves (shop, 1, 1, 0);
  assert_events (shop, 1, 0, 0, 0);
}

/* The link expired, and the provider says once more that it is there: it was paid already. */
static void
test_said_again (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (shop, "fetch", "expired,expired");
  job = sell (shop, "one/image");
  assert_done (&shop->base, job);
  g_assert_cmpint (count (&shop->base, "one", "poll"), >=, 3);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, 0);
  assert_moves (shop, 1, 1, 0);
  assert_events (shop, 1, CS_FAKE_PRICE_ONE, CS_FAKE_PRICE_ONE, 0);
}

/* What was made is paid, also when it cannot be used. */
static void
test_no_download (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (shop, "fetch", "nonsense,nonsense,nonsense,nonsense,nonsense,nonsense");
  job = sell (shop, "one/image");
  cs_fake_wait_state (job, CS_JOB_FAILED);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, 0);
  assert_moves (shop, 1, 1, 0);
}

/* Ends that are not */

/* Refused: let go, and held anew for the next one. */
static void
test_refused (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (shop, "submit", "refuse");
  job = sell (shop, NULL);
  assert_done (&shop->base, job);
  g_assert_cmpstr (cs_job_get_facts (job)->model, ==, "two/image");
  assert_key (shop, CREDIT - CS_FAKE_PRICE_TWO, 0);
  assert_moves (shop, 2, 1, 1);
  assert_events (shop, 1, CS_FAKE_PRICE_TWO, CS_FAKE_PRICE_TWO, 0);
}

static void
test_failed (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (shop, "poll", "fail:no");
  job = sell (shop, "one/image");
  cs_fake_wait_state (job, CS_JOB_FAILED);
  assert_key (shop, CREDIT, 0);
  assert_moves (shop, 1, 0, 1);
  assert_events (shop, 0, 0, 0, 0);
}

/* Nobody knows, and nobody will: its holder pays for nothing, the budget counts it. */
static void
test_failed_unknown (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (shop, "poll", "mute");
  job = sell (shop, "one/image");
  cs_fake_wait_state (job, CS_JOB_FAILED);
  assert_key (shop, CREDIT, 0);
  assert_moves (shop, 1, 0, 1);
  assert_events (shop, 1, CS_FAKE_PRICE_ONE, 0, 1);
}

static void
check_cancelled (Shop *shop, const char *word)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  script (shop, "poll", "run:0.5");
  script (shop, "poll", word);
  script (shop, "cancel", "run");
  cs_fake_provider_set_interval (shop->base.studio->one, SECONDS (1) / 4);
  job = sell (shop, "one/image");
  cs_fake_wait_waiting (job, CS_WAITING_POLL);
  g_assert_true (cs_fake_studio_cancel (shop->base.studio, cs_job_get_id (job), &error));
  cs_fake_wait_state (job, CS_JOB_CANCELLED);
}

static void
test_cancelled (Shop *shop, gconstpointer data)
{
  check_cancelled (shop, "cancelled:no");
  assert_key (shop, CREDIT, 0);
  assert_moves (shop, 1, 0, 1);
  assert_events (shop, 0, 0, 0, 0);
}

static void
test_cancelled_and_billed (Shop *shop, gconstpointer data)
{
  check_cancelled (shop, "cancelled:yes");
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, 0);
  assert_events (shop, 1, CS_FAKE_PRICE_ONE, CS_FAKE_PRICE_ONE, 0);
}

/* Before it was sent: its credit is held while it is made ready, and let go. */
static void
test_withdrawn (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;
  g_autoptr (GError) error = NULL;

  script (shop, "prepare", "stoppable");
  job = sell (shop, "one/image");
  cs_fake_wait_state (job, CS_JOB_SUBMITTING);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, CS_FAKE_PRICE_ONE);
  g_assert_true (cs_fake_studio_cancel (shop->base.studio, cs_job_get_id (job), &error));
  cs_fake_wait_state (job, CS_JOB_CANCELLED);
  assert_key (shop, CREDIT, 0);
  assert_moves (shop, 1, 0, 1);
}

/* Nobody can be reached: nothing is held while it waits, and it is held anew, under the same number, for each try. */
static void
test_not_sent (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (shop, "submit", "notsent,notsent");
  job = sell (shop, "one/image");
  wait_asleep (job, CS_WAITING_OFFLINE);
  assert_key (shop, CREDIT, 0);
  assert_moves (shop, 1, 0, 1);
  turn_clock (&shop->base, SECONDS (120));
  while (query (shop, "SELECT count(*) FROM ledger WHERE kind = 'release'") < 2)
    cs_fake_settle (2);
  turn_clock (&shop->base, SECONDS (120));
  assert_done (&shop->base, job);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, 0);
  assert_moves (shop, 3, 1, 2);
  g_assert_cmpint (query (shop, "SELECT count(*) FROM attempts"), ==, 1);
  g_assert_cmpint (query (shop, "SELECT max(round) FROM ledger"), ==, 2);
  assert_events (shop, 1, CS_FAKE_PRICE_ONE, CS_FAKE_PRICE_ONE, 0);
}

/* Later: it stays held, since it is sent again as it is. */
static void
test_rate_limited (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  script (shop, "submit", "limit:60,limit:60");
  job = sell (shop, "one/image");
  wait_asleep (job, CS_WAITING_RATE_LIMITED);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, CS_FAKE_PRICE_ONE);
  turn_clock (&shop->base, SECONDS (61));
  cs_fake_settle (50);
  turn_clock (&shop->base, SECONDS (61));
  assert_done (&shop->base, job);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, 0);
  assert_moves (shop, 1, 1, 0);
}

/* In doubt */

static CsJob *
sell_in_doubt (Shop *shop)
{
  CsJob *job;

  script (shop, "submit", "lost");
  job = sell (shop, "one/image");
  cs_fake_wait_state (job, CS_JOB_UNCERTAIN);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, CS_FAKE_PRICE_ONE);
  assert_events (shop, 0, 0, 0, 0);
  return job;
}

static void
decide (Shop *shop, CsJob *job, CsDecision decision)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_fake_studio_decide (shop->base.studio, cs_job_get_id (job), decision, &error));
  g_assert_no_error (error);
}

static gint64
get_spent (Shop *shop)
{
  g_autoptr (CsWallet) wallet = cs_wallet_new (shop->base.studio->store);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree CsBudget *budget = NULL;

  cs_wallet_get_budget_async (wallet, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  budget = cs_wallet_get_budget_finish (wallet, result, NULL);
  return budget->day_spent;
}

static void
test_given_up (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = sell_in_doubt (shop);

  decide (shop, job, CS_DECISION_GIVE_UP);
  cs_fake_wait_state (job, CS_JOB_FAILED);
  assert_key (shop, CREDIT, 0);
  assert_moves (shop, 1, 0, 1);
  assert_events (shop, 1, CS_FAKE_PRICE_ONE, 0, 1);
  g_assert_cmpint (get_spent (shop), ==, CS_FAKE_PRICE_ONE);
}

/* A holder pays once for one creation, though the operator may pay twice. */
static void
test_sent_again (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = sell_in_doubt (shop);

  decide (shop, job, CS_DECISION_RESEND);
  assert_done (&shop->base, job);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, 0);
  assert_moves (shop, 2, 1, 1);
  assert_events (shop, 2, 2 * CS_FAKE_PRICE_ONE, CS_FAKE_PRICE_ONE, 1);
  g_assert_cmpint (get_spent (shop), ==, 2 * CS_FAKE_PRICE_ONE);
}

static void
test_looked_for (Shop *shop, gconstpointer data)
{
  g_autoptr (CsJob) job = sell_in_doubt (shop);

  script (shop, "find", "none,real");
  decide (shop, job, CS_DECISION_CHECK);
  cs_fake_settle (50);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, CS_FAKE_PRICE_ONE); /* looking moves nothing */
  decide (shop, job, CS_DECISION_CHECK);
  assert_done (&shop->base, job);
  assert_key (shop, CREDIT - CS_FAKE_PRICE_ONE, 0);
  assert_moves (shop, 1, 1, 0);
  assert_events (shop, 1, CS_FAKE_PRICE_ONE, CS_FAKE_PRICE_ONE, 0);
}

#define sell_test(path, func) g_test_add (path, Shop, NULL, open_shop, func, close_shop)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sell_test ("/job-wallet/done", test_done);
  sell_test ("/job-wallet/sale-price", test_sale_price);
  sell_test ("/promise-2/wallet/dearer-than-said", test_dearer_than_said);
  sell_test ("/job-wallet/seconds", test_seconds);
  sell_test ("/job-wallet/failed-at-own-price", test_failed_at_own_price);
  sell_test ("/job-wallet/free", test_free);
  sell_test ("/promise-3/wallet/said-again", test_said_again);
  sell_test ("/job-wallet/no-download", test_no_download);
  sell_test ("/job-wallet/refused", test_refused);
  sell_test ("/job-wallet/failed", test_failed);
  sell_test ("/job-wallet/failed-unknown", test_failed_unknown);
  sell_test ("/job-wallet/cancelled", test_cancelled);
  sell_test ("/job-wallet/cancelled-and-billed", test_cancelled_and_billed);
  sell_test ("/job-wallet/withdrawn", test_withdrawn);
  sell_test ("/promise-3/wallet/not-sent", test_not_sent);
  sell_test ("/promise-3/wallet/rate-limited", test_rate_limited);
  sell_test ("/promise-3/wallet/given-up", test_given_up);
  sell_test ("/promise-3/wallet/sent-again-never-pays-twice", test_sent_again);
  sell_test ("/promise-3/wallet/looked-for", test_looked_for);
  return g_test_run ();
}
