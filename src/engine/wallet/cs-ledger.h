/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"
#include "store/cs-database.h"

G_BEGIN_DECLS

/* What can be credited at once, and what a key can hold; micro-USD. */
#define CS_WALLET_MAX_CREDIT (G_GINT64_CONSTANT (1000000) * CS_MONEY_UNIT)

/* What a move of money is; the words are in the database and in the JSON. */
typedef enum
{
  CS_LEDGER_CREDIT,  /* the operator puts credit on a key */
  CS_LEDGER_HOLD,    /* set aside for one attempt */
  CS_LEDGER_CAPTURE, /* spent, out of what was set aside */
  CS_LEDGER_RELEASE, /* set aside no longer */
  CS_N_LEDGER_KINDS
} CsLedgerKind;

/* One move: a row of `ledger`, which is only ever added to. Amounts are never below 0; the kind says which way. */
typedef struct
{
  gint64 id;
  CsLedgerKind kind;
  CsMoney amount;
  char *creation_id;  /* (nullable) the job it is about */
  gint64 at;          /* microseconds since the epoch */
} CsLedgerEntry;

/*
 * Worker thread, inside the transaction of the caller: a move is written with what it is about, or not at all. Moves of a
 * job are keyed by job, attempt and kind: repeating one changes nothing.
 */
gboolean   cs_ledger_credit  (CsDatabase *database, gint64 key_id, CsMoney amount, GError **error);
gboolean   cs_ledger_can_hold (CsDatabase *database, gint64 key_id, CsMoney amount, GError **error);
gboolean   cs_ledger_hold    (CsDatabase *database, gint64 key_id, const char *job_id, int attempt, CsMoney amount, GError **error);
gboolean   cs_ledger_capture (CsDatabase *database, const char *job_id, int attempt, CsMoney amount, GError **error);
gboolean   cs_ledger_release (CsDatabase *database, const char *job_id, int attempt, GError **error);
gboolean   cs_ledger_prove   (CsDatabase *database, GError **error);
gboolean   cs_ledger_check   (CsDatabase *database, GError **error);
GPtrArray *cs_ledger_list    (CsDatabase *database, gint64 key_id, GError **error);

const char *cs_ledger_kind_to_string   (CsLedgerKind kind);
gboolean    cs_ledger_kind_from_string (const char *text, CsLedgerKind *kind);
void        cs_ledger_set_insufficient (GError **error);
void        cs_ledger_entry_free       (CsLedgerEntry *entry);

G_END_DECLS
