/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The proof of the ledger, when the program starts: every hold has at most one end, nobody spent what he had not, and what
 * is kept beside each key is what its moves come to. Worker thread only.
 */
#include "config.h"
#include "wallet/cs-ledger.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "wallet/cs-wallet-key.h"

#define FAULT "ledger.fault"

/* What each key has and holds, by its moves. */
#define SUMS                                                                                                        \
  "(SELECT k.id AS id,"                                                                                             \
  " coalesce (sum(CASE l.kind WHEN 'hold' THEN -l.amount WHEN 'capture' THEN 0 ELSE l.amount END), 0) AS balance,"  \
  " coalesce (sum(CASE l.kind WHEN 'hold' THEN l.amount WHEN 'credit' THEN 0 ELSE -l.amount END), 0) AS held"       \
  " FROM wallet_keys AS k LEFT JOIN ledger AS l ON l.key_id = k.id GROUP BY k.id)"

/* Holds without exactly one beginning, of two keys, or whose ends do not come to what was held. */
#define IMPOSSIBLE_HOLDS                                                                                            \
  "SELECT count(*) FROM (SELECT 1 FROM ledger WHERE job_id IS NOT NULL GROUP BY job_id, attempt, round"             \
  " HAVING sum(kind = 'hold') <> 1 OR min(key_id) <> max(key_id)"                                                   \
  " OR (count(*) > 1 AND sum(CASE kind WHEN 'hold' THEN amount ELSE -amount END) <> 0))"

static gboolean
set_impossible (GError **error)
{
  cs_set_error (error, CS_ERROR_CORRUPT,
                _ ("The ledger of the wallet keys does not add up, so no wallet key is used. Restore the database from its backup."));
  return FALSE;
}

/* FALSE also when it could not be counted. */
static gboolean
has_none (CsDatabase *database, const char *sql, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 count;

  if (!cs_database_get_integer (database, sql, &count, &failure))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return count == 0 || set_impossible (error);
}

/**
 * cs_ledger_check:
 *
 * Returns: FALSE with %CS_ERROR_CORRUPT when the last proof found a ledger that cannot be: nobody's money moves then.
 */
gboolean
cs_ledger_check (CsDatabase *database, GError **error)
{
  return has_none (database, "SELECT count(*) FROM settings WHERE name = '" FAULT "'", error);
}

/* The ledger has the word: what was kept beside a key is written anew. */
static gboolean
correct_key (CsDatabase *database, CsStatement *row, GError **error)
{
  g_autofree char *name = cs_wallet_key_make_name (cs_statement_get_text (row, 1));
  g_autoptr (CsStatement) statement
      = cs_statement_new (database, "UPDATE wallet_keys SET balance = :balance, held = :held WHERE id = :id", error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, "id", cs_statement_get_int (row, 0));
  cs_statement_bind_int (statement, "balance", cs_statement_get_int (row, 2));
  cs_statement_bind_int (statement, "held", cs_statement_get_int (row, 3));
  g_warning ("The balance of the wallet key %s was not what its ledger says; it was corrected.", name);
  return cs_statement_run (statement, error);
}

/* The keys that differ from their moves. What is kept beside a key is never below 0, so one whose moves are is among them:
 * that cannot be, and comes first, so that nothing is written before it is known. */
static gboolean
prove_sums (CsDatabase *database, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "SELECT k.id, k.ending, s.balance, s.held FROM " SUMS " AS s JOIN wallet_keys AS k ON k.id = s.id"
      " WHERE s.balance <> k.balance OR s.held <> k.held ORDER BY min (s.balance, s.held)",
      error);

  if (statement == NULL)
    return FALSE;
  while (failure == NULL && cs_statement_step (statement, &failure))
    if (cs_statement_get_int (statement, 2) < 0 || cs_statement_get_int (statement, 3) < 0)
      set_impossible (&failure);
    else
      correct_key (database, statement, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
set_fault (CsDatabase *database, gboolean is_faulty, GError **error)
{
  return cs_database_exec (database,
                           is_faulty ? "INSERT OR REPLACE INTO settings (name, value) VALUES ('" FAULT "', '1')"
                                     : "DELETE FROM settings WHERE name = '" FAULT "'",
                           error);
}

/**
 * cs_ledger_prove:
 *
 * Compares what is kept beside every key with its moves, and corrects it. A ledger that cannot be (an end without a
 * beginning, more spent than was held, or than there was) is not touched: that it is so is written down, to be committed
 * by the caller, and until a later proof says otherwise cs_ledger_check() refuses.
 *
 * Returns: FALSE with %CS_ERROR_CORRUPT, or an error of the database.
 */
gboolean
cs_ledger_prove (CsDatabase *database, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (has_none (database, IMPOSSIBLE_HOLDS, &failure) && prove_sums (database, &failure))
    return set_fault (database, FALSE, error);
  if (g_error_matches (failure, CS_ERROR, CS_ERROR_CORRUPT) && !set_fault (database, TRUE, error))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
