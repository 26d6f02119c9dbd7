/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"
#include "store/cs-database.h"

G_BEGIN_DECLS

/* What a move of money is, as people read it. */
typedef enum
{
  CS_MOVE_SPENT,    /* a billable act */
  CS_MOVE_HELD,     /* set aside for what is under way, or may have been billed */
  CS_MOVE_RELEASED, /* what was set aside was not spent */
  CS_MOVE_CREDIT,   /* put on a wallet key */
} CsMoveKind;

/* Whose moves. */
#define CS_MOVES_ALL 0
#define CS_MOVES_WITHOUT_KEY -1 /* what the user pays himself */

/* One line of the book: what moved, for what, and how that compares with what was said before. Amounts are never below 0;
 * where a wallet key pays, they are what the key is debited. */
typedef struct
{
  gint64 at;             /* microseconds since the epoch */
  CsMoveKind kind;
  char *job_id;          /* (nullable) */
  char *title;           /* of the job, or the idea it began with; "" for none */
  char *provider;        /* "" for none */
  char *model;
  char *key;             /* (nullable) name of the wallet key, as it may be shown */
  char *status;          /* released: "refused", "failed", "cancelled" or "not_sent"; else "" */
  char *unit;            /* spent: what was counted */
  gint64 units;
  CsMoney amount;
  CsMoney estimated;     /* what was quoted; below 0: nothing was */
  gboolean is_unknown;   /* whether it was billed is not known */
  gboolean is_words;     /* for the words that a job begins with */
} CsMove;

/* Worker thread, inside the transaction of the caller. @key_id: a wallet key's, or one of the two above. */
GPtrArray *cs_moves_load (CsDatabase *database, gint64 key_id, GError **error); /* (element-type CsMove), newest first */

void       cs_move_free  (CsMove *self);

G_END_DECLS
