/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"
#include "store/cs-database.h"

G_BEGIN_DECLS

/* Of a cap that is not to be changed. */
#define CS_BUDGET_KEEP G_MININT64

/* The cap of what is asked for over HTTP, where no other was set: micro-USD a day. */
#define CS_BUDGET_API_CAP (5 * CS_MONEY_UNIT)

/* The user's own caps and what is spent or on hold against them; a plain value. A cap below 0 is not set. What programs
 * ask for over HTTP without a wallet key counts as all else, and has a cap of its own besides, which is always set; the
 * words of what a wallet key pays are under that cap too. */
typedef struct
{
  CsMoney job_cap, day_cap, month_cap, api_cap;
  CsMoney day_spent, month_spent; /* since local midnight, since the first of the month; holds included */
  CsMoney api_spent;              /* since local midnight */
} CsBudget;

/* Worker thread, inside the transaction of the caller: reading and holding are one act. */
gboolean cs_budget_load  (CsDatabase *database, CsBudget *budget, GError **error);
gboolean cs_budget_check (CsDatabase *database, const char *job_id, CsMoney amount, gboolean is_words, GError **error);
gboolean cs_budget_set   (CsDatabase *database, const char *name, CsMoney cap, GError **error);
gboolean cs_budget_set_all (CsDatabase *database, const CsBudget *caps, GError **error);

G_END_DECLS
