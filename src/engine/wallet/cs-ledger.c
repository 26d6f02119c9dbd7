/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The moves of the wallets' money. What a key has is kept beside its row, written in the same transaction as the move, and
 * proved from the moves when the program starts (cs-ledger-proof.c). Worker thread only.
 */
#include "config.h"
#include "wallet/cs-ledger.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-words.h"

static const char *const kinds[CS_N_LEDGER_KINDS] = {
  [CS_LEDGER_CREDIT] = "credit",
  [CS_LEDGER_HOLD] = "hold",
  [CS_LEDGER_CAPTURE] = "capture",
  [CS_LEDGER_RELEASE] = "release",
};

/* The newest hold of an attempt, and what became of it. */
typedef struct
{
  gint64 key_id;
  int round;
  CsMoney amount;
  gboolean is_captured;
  gboolean is_released; /* all of it, or what the capture left */
} Hold;

/* One row to be written, and what it does to the sums beside the key. */
typedef struct
{
  gint64 key_id;
  CsLedgerKind kind;
  CsMoney amount;
  const char *job_id; /* (nullable) */
  int attempt;
  int round;
} Move;

const char *
cs_ledger_kind_to_string (CsLedgerKind kind)
{
  return kinds[kind];
}

gboolean
cs_ledger_kind_from_string (const char *text, CsLedgerKind *kind)
{
  for (int i = 0; i < CS_N_LEDGER_KINDS; i++)
    if (g_strcmp0 (kinds[i], text) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

void
cs_ledger_entry_free (CsLedgerEntry *entry)
{
  g_free (entry->creation_id);
  g_free (entry);
}

/** cs_ledger_set_insufficient: The error of a key that cannot pay, in the one sentence that its holder is told. */
void
cs_ledger_set_insufficient (GError **error)
{
  cs_set_error (error, CS_ERROR_INSUFFICIENT_CREDIT, _ ("Insufficient balance: your key has no credit left"));
}

static gboolean
set_impossible (GError **error)
{
  cs_set_error (error, CS_ERROR_CORRUPT,
                _ ("The ledger of the wallet keys does not add up. Restore the database from its backup."));
  return FALSE;
}

/* Writing */

static gboolean
write_entry (CsDatabase *database, const Move *move, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "INSERT INTO ledger (key_id, kind, amount, job_id, attempt, round, at)"
      " VALUES (:key, :kind, :amount, :job, :attempt, :round, :now)",
      error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, "key", move->key_id);
  cs_statement_bind_text (statement, "kind", kinds[move->kind]);
  cs_statement_bind_int (statement, "amount", move->amount);
  cs_statement_bind_int (statement, "now", cs_clock_now ());
  if (move->job_id != NULL)
    {
      cs_statement_bind_text (statement, "job", move->job_id);
      cs_statement_bind_int (statement, "attempt", move->attempt);
      cs_statement_bind_int (statement, "round", move->round);
    }
  return cs_statement_run (statement, error);
}

/* FALSE without an error when there is no such key, or too little on it. */
static gboolean
write_sums (CsDatabase *database, gint64 key_id, CsMoney balance, CsMoney held, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "UPDATE wallet_keys SET balance = balance + :balance, held = held + :held"
      " WHERE id = :id AND balance + :balance >= 0 RETURNING id",
      error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, "balance", balance);
  cs_statement_bind_int (statement, "held", held);
  cs_statement_bind_int (statement, "id", key_id);
  return cs_statement_step (statement, error);
}

/* A move that cannot fail for lack of money. */
static gboolean
write_move (CsDatabase *database, const Move *move, CsMoney balance, CsMoney held, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (write_sums (database, move->key_id, balance, held, &failure))
    return write_entry (database, move, error);
  if (failure == NULL)
    return set_impossible (error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Crediting */

static gboolean
set_too_much (GError **error)
{
  g_autofree char *most = cs_money_to_amount (CS_WALLET_MAX_CREDIT);

  cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("A credit is more than nothing, and a wallet key holds at most %s."), most);
  return FALSE;
}

/* What is on the key, and what is held, may not come to more than the most; below 0: not read. */
static CsMoney
load_worth (CsDatabase *database, gint64 key_id, GError **error)
{
  g_autoptr (CsStatement) statement
      = cs_statement_new (database, "SELECT coalesce (sum(balance + held), 0) FROM wallet_keys WHERE id = :id", error);

  if (statement == NULL)
    return -1;
  cs_statement_bind_int (statement, "id", key_id);
  return cs_statement_step (statement, error) ? cs_statement_get_int (statement, 0) : -1;
}

/**
 * cs_ledger_credit:
 * @amount: micro-USD, above 0
 *
 * Returns: FALSE with %CS_ERROR_INVALID_VALUE when it is nothing, or more than a key can hold.
 */
gboolean
cs_ledger_credit (CsDatabase *database, gint64 key_id, CsMoney amount, GError **error)
{
  const Move move = { .key_id = key_id, .kind = CS_LEDGER_CREDIT, .amount = amount };
  CsMoney worth;

  if (amount <= 0 || amount > CS_WALLET_MAX_CREDIT)
    return set_too_much (error);
  if (!cs_ledger_check (database, error))
    return FALSE;
  worth = load_worth (database, key_id, error);
  if (worth < 0)
    return FALSE;
  if (worth > CS_WALLET_MAX_CREDIT - amount)
    return set_too_much (error);
  return write_move (database, &move, amount, 0, error);
}

/* The moves of a job */

/* FALSE without an error when nothing was ever held for the attempt. */
static gboolean
find_hold (CsDatabase *database, const char *job_id, int attempt, Hold *hold, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "SELECT key_id, round, amount,"
      " EXISTS (SELECT 1 FROM ledger AS e WHERE e.job_id = h.job_id AND e.attempt = h.attempt AND e.round = h.round"
      " AND e.kind = 'capture'),"
      " EXISTS (SELECT 1 FROM ledger AS e WHERE e.job_id = h.job_id AND e.attempt = h.attempt AND e.round = h.round"
      " AND e.kind = 'release')"
      " FROM ledger AS h WHERE job_id = :job AND attempt = :attempt AND kind = 'hold' ORDER BY round DESC LIMIT 1",
      error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "job", job_id);
  cs_statement_bind_int (statement, "attempt", attempt);
  if (!cs_statement_step (statement, error))
    return FALSE;
  hold->key_id = cs_statement_get_int (statement, 0);
  hold->round = (int) cs_statement_get_int (statement, 1);
  hold->amount = cs_statement_get_int (statement, 2);
  hold->is_captured = cs_statement_get_int (statement, 3) != 0;
  hold->is_released = cs_statement_get_int (statement, 4) != 0;
  return TRUE;
}

/** cs_ledger_can_hold: Returns: FALSE with %CS_ERROR_INSUFFICIENT_CREDIT when @amount cannot be held on the key now. */
gboolean
cs_ledger_can_hold (CsDatabase *database, gint64 key_id, CsMoney amount, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement
      = cs_statement_new (database, "SELECT 1 FROM wallet_keys WHERE id = :id AND balance >= :amount", error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, "id", key_id);
  cs_statement_bind_int (statement, "amount", amount);
  if (cs_statement_step (statement, &failure))
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    cs_ledger_set_insufficient (error);
  return FALSE;
}

static gboolean
write_hold (CsDatabase *database, const Move *move, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (write_sums (database, move->key_id, -move->amount, move->amount, &failure))
    return write_entry (database, move, error);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    cs_ledger_set_insufficient (error);
  return FALSE;
}

/**
 * cs_ledger_hold:
 * @attempt: its number in the job
 * @amount: micro-USD, 0 or above
 *
 * Sets credit aside for one attempt, before it is sent. One that was let go is held anew; one that is held, or was paid,
 * is not held a second time.
 *
 * Returns: FALSE with %CS_ERROR_INSUFFICIENT_CREDIT when there is no such key or too little on it.
 */
gboolean
cs_ledger_hold (CsDatabase *database, gint64 key_id, const char *job_id, int attempt, CsMoney amount, GError **error)
{
  Move move = { .key_id = key_id, .kind = CS_LEDGER_HOLD, .amount = amount, .job_id = job_id, .attempt = attempt };
  g_autoptr (GError) failure = NULL;
  Hold hold;

  g_return_val_if_fail (amount >= 0, FALSE);

  if (find_hold (database, job_id, attempt, &hold, &failure))
    {
      if (hold.is_captured || !hold.is_released)
        return TRUE;
      move.round = hold.round + 1;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return cs_ledger_check (database, error) && write_hold (database, &move, error);
}

/* Lets go of @amount of the hold. */
static gboolean
write_release (CsDatabase *database, const Hold *hold, const char *job_id, int attempt, CsMoney amount, GError **error)
{
  const Move move = { hold->key_id, CS_LEDGER_RELEASE, amount, job_id, attempt, hold->round };

  return write_move (database, &move, amount, -amount, error);
}

/**
 * cs_ledger_capture:
 * @amount: micro-USD, at most what was held
 *
 * Spends what was held, and lets go of the rest. What was captured or let go before stays as it is.
 *
 * Returns: FALSE with %CS_ERROR_CORRUPT when nothing, or less, was held.
 */
gboolean
cs_ledger_capture (CsDatabase *database, const char *job_id, int attempt, CsMoney amount, GError **error)
{
  g_autoptr (GError) failure = NULL;
  Move move = { .kind = CS_LEDGER_CAPTURE, .amount = amount, .job_id = job_id, .attempt = attempt };
  Hold hold;

  if (!find_hold (database, job_id, attempt, &hold, &failure))
    {
      if (failure == NULL)
        return set_impossible (error);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (hold.is_captured || hold.is_released)
    return TRUE;
  if (amount < 0 || amount > hold.amount)
    return set_impossible (error);
  move.key_id = hold.key_id;
  move.round = hold.round;
  return write_move (database, &move, 0, -amount, error)
         && (amount == hold.amount || write_release (database, &hold, job_id, attempt, hold.amount - amount, error));
}

/**
 * cs_ledger_release:
 *
 * Gives back all that was held for the attempt. Nothing happens where nothing is held (any more).
 */
gboolean
cs_ledger_release (CsDatabase *database, const char *job_id, int attempt, GError **error)
{
  g_autoptr (GError) failure = NULL;
  Hold hold;

  if (find_hold (database, job_id, attempt, &hold, &failure))
    return hold.is_captured || hold.is_released || write_release (database, &hold, job_id, attempt, hold.amount, error);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Reading */

static CsLedgerEntry *
read_entry (CsStatement *row, GError **error)
{
  CsLedgerEntry *entry = g_new0 (CsLedgerEntry, 1);

  entry->id = cs_statement_get_int (row, 0);
  entry->amount = cs_statement_get_int (row, 2);
  entry->creation_id = cs_statement_dup_text (row, 3);
  entry->at = cs_statement_get_int (row, 4);
  if (cs_ledger_kind_from_string (cs_statement_get_text (row, 1), &entry->kind))
    return entry;
  cs_ledger_entry_free (entry);
  set_impossible (error);
  return NULL;
}

/** cs_ledger_list: Returns: (transfer full) (element-type CsLedgerEntry): the moves of a key, oldest first. */
GPtrArray *
cs_ledger_list (CsDatabase *database, gint64 key_id, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_ledger_entry_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "SELECT id, kind, amount, job_id, at FROM ledger WHERE key_id = :key ORDER BY id", error);

  if (statement == NULL)
    return NULL;
  cs_statement_bind_int (statement, "key", key_id);
  while (failure == NULL && cs_statement_step (statement, &failure))
    {
      CsLedgerEntry *entry = read_entry (statement, &failure);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  if (failure == NULL)
    return g_steal_pointer (&entries);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
