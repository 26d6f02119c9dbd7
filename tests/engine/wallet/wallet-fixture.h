/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database with one wallet key, and questions to it; for the tests of this folder. */
#pragma once

#include "cs-test.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "store/cs-migrations.h"
#include "wallet/cs-ledger.h"
#include "wallet/cs-wallet-key.h"

#define CODE "KEY-ABC-123-XYZ"
#define SECONDS(n) ((n) *G_GINT64_CONSTANT (1000000))

typedef struct
{
  char *folder;
  char *path;
  CsDatabase *database;
  gint64 key;
} Fixture;

G_GNUC_UNUSED static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("cs-test-wallet-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "studio.db", NULL);
  fixture->database = cs_database_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (cs_migrations_run (fixture->database, fixture->folder, &error));
  fixture->key = cs_wallet_key_insert (fixture->database, CODE, "the café", &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cs_database_close (fixture->database);
  cs_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

G_GNUC_UNUSED static void
exec (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  cs_database_exec (fixture->database, sql, &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static gint64
query (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  cs_database_get_integer (fixture->database, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

G_GNUC_UNUSED static void
credit (Fixture *fixture, CsMoney amount)
{
  g_autoptr (GError) error = NULL;

  cs_ledger_credit (fixture->database, fixture->key, amount, &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static gint64
count_moves (Fixture *fixture, const char *kind)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM ledger WHERE kind = '%s'", kind);

  return query (fixture, sql);
}

/* What the key has, as it is read, and what its moves come to. */
G_GNUC_UNUSED static void
assert_sums (Fixture *fixture, CsMoney balance, CsMoney held)
{
  g_autofree char *hash = cs_wallet_key_hash (CODE);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsWalletKey) key = cs_wallet_key_find (fixture->database, hash, &error);

  g_assert_no_error (error);
  g_assert_cmpint (key->balance, ==, balance);
  g_assert_cmpint (key->held, ==, held);
  g_assert_true (cs_ledger_prove (fixture->database, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query (fixture, "SELECT balance FROM wallet_keys"), ==, balance);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
