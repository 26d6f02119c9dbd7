/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"
#include "store/cs-database.h"

G_BEGIN_DECLS

/* The user's own caps and what is spent or on hold against them; a plain value. A cap below 0 is not set. */
typedef struct
{
  CsMoney job_cap, day_cap, month_cap;
  CsMoney day_spent, month_spent; /* since local midnight, since the first of the month; holds included */
} CsBudget;

/* Worker thread, inside the transaction of the caller: reading and holding are one act. */
gboolean cs_budget_load  (CsDatabase *database, CsBudget *budget, GError **error);
gboolean cs_budget_check (CsDatabase *database, const char *job_id, CsMoney amount, GError **error);
gboolean cs_budget_set   (CsDatabase *database, const char *name, CsMoney cap, GError **error);

G_END_DECLS
