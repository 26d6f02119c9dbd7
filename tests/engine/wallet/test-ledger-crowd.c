/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A thousand debits of one wallet key at once, from several connections to one file: no micro-dollar is lost, and none is
 * spent twice. Each connection has a thread, as each process has its worker.
 */
#include "config.h"
#include "wallet-fixture.h"

#define N_THREADS 8
#define N_DEBITS 1000 /* of all together */
#define CREDIT 2500   /* less than all of them want */

typedef struct
{
  const char *path;
  gint64 key;
  int number;
  CsMoney captured;
  guint n_held, n_refused, n_released;
} Debtor;

typedef struct
{
  Debtor *debtor;
  CsDatabase *database;
  const char *job;
  CsMoney amount;
} Debit;

/* In a crowd nobody is served in order: whoever was not for long asks again, as the worker does. */
static void
begin (CsDatabase *database)
{
  gint64 end = g_get_monotonic_time () + CS_TEST_PATIENCE * G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;

  while (!cs_database_begin (database, TRUE, &error) && g_error_matches (error, CS_ERROR, CS_ERROR_BUSY)
         && g_get_monotonic_time () < end)
    g_clear_error (&error);
  g_assert_no_error (error);
}

/* One transaction, as the worker makes them. FALSE: it was refused, and nothing is written. */
static gboolean
transact (const Debit *debit, gboolean (*func) (const Debit *debit, GError **error))
{
  g_autoptr (GError) error = NULL;

  begin (debit->database);
  if (func (debit, &error))
    {
      g_assert_true (cs_database_commit (debit->database, NULL));
      return TRUE;
    }
  g_assert_error (error, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT);
  cs_database_rollback (debit->database);
  return FALSE;
}

static gboolean
hold (const Debit *debit, GError **error)
{
  return cs_ledger_hold (debit->database, debit->debtor->key, debit->job, 1, debit->amount, error);
}

static gboolean
capture (const Debit *debit, GError **error)
{
  return cs_ledger_capture (debit->database, debit->job, 1, debit->amount - debit->amount / 3, error);
}

static gboolean
release (const Debit *debit, GError **error)
{
  return cs_ledger_release (debit->database, debit->job, 1, error);
}

static void
debit_once (Debtor *debtor, CsDatabase *database, int i)
{
  g_autofree char *job = g_strdup_printf ("%d-%d", debtor->number, i);
  const Debit debit = { debtor, database, job, 1 + (i * 7 + debtor->number) % 9 };

  if (!transact (&debit, hold))
    debtor->n_refused++;
  else if (i % 5 == 0)
    {
      transact (&debit, release);
      debtor->n_released++;
    }
  else
    {
      transact (&debit, capture);
      transact (&debit, capture); /* asked twice, paid once */
      debtor->captured += debit.amount - debit.amount / 3;
      debtor->n_held++;
    }
}

static gpointer
run (gpointer data)
{
  Debtor *debtor = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsDatabase) database = cs_database_open (debtor->path, &error);

  g_assert_no_error (error);
  /* A test of who may, not of what survives a power cut: the disk need not be waited for. */
  g_assert_true (cs_database_exec (database, "PRAGMA synchronous = OFF", NULL));
  for (int i = 0; i < N_DEBITS / N_THREADS; i++)
    debit_once (debtor, database, i);
  return NULL;
}

static void
test_crowd (Fixture *fixture, gconstpointer data)
{
  Debtor debtors[N_THREADS] = { 0 };
  GThread *threads[N_THREADS];
  CsMoney captured = 0;
  guint n = 0, n_refused = 0;

  credit (fixture, CREDIT);
  for (int i = 0; i < N_THREADS; i++)
    {
      debtors[i] = (Debtor){ fixture->path, fixture->key, i };
      threads[i] = g_thread_new ("debtor", run, &debtors[i]);
    }
  for (int i = 0; i < N_THREADS; i++)
    {
      g_thread_join (threads[i]);
      captured += debtors[i].captured;
      n += debtors[i].n_held + debtors[i].n_refused + debtors[i].n_released;
      n_refused += debtors[i].n_refused;
    }
  g_test_message ("%u debits, %u refused, %d micro-dollars of %d captured", n, n_refused, (int) captured, CREDIT);
  g_assert_cmpint (n, ==, N_DEBITS);
  g_assert_cmpint (n_refused, >, 0);
  g_assert_cmpint (captured, ==, query (fixture, "SELECT sum(amount) FROM ledger WHERE kind = 'capture'"));
  assert_sums (fixture, CREDIT - captured, 0);
  g_assert_cmpint (query (fixture, "SELECT max(n) FROM (SELECT count(*) AS n FROM ledger WHERE kind = 'capture' GROUP BY job_id)"), ==, 1);
}

/* One credit left, and twenty want it before the first has paid. */
static void
test_last_credit (Fixture *fixture, gconstpointer data)
{
  credit (fixture, 7);
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *job = g_strdup_printf ("%d", i);

      g_assert_cmpint (cs_ledger_hold (fixture->database, fixture->key, job, 1, 7, NULL), ==, i == 0);
    }
  assert_sums (fixture, 0, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/promise-3/ledger-crowd/never-pays-twice", test_crowd);
  add ("/promise-2/ledger-crowd/last-credit", test_last_credit);
  return g_test_run ();
}
