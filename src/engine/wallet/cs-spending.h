/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"
#include "store/cs-database.h"

G_BEGIN_DECLS

#define CS_SPENDING_SPANS 12

/* Whose spending, over which times; a plain value. Microseconds since the epoch. */
typedef struct
{
  gint64 bounds[CS_SPENDING_SPANS + 1]; /* rising: each span goes from one to before the next */
  gint64 since;                         /* from when the providers are compared */
} CsSpendingQuery;

/* What one provider made, and for how much. */
typedef struct
{
  char *provider;
  gint64 creations; /* made since then */
  gint64 keepers;   /* those of them that are favourites */
  CsMoney spent;
} CsProviderSpending;

/* What was spent, span by span and provider by provider: what they took, whoever paid. */
typedef struct
{
  CsMoney spans[CS_SPENDING_SPANS];
  GPtrArray *providers; /* (element-type CsProviderSpending), the dearest first */
} CsSpending;

/* Worker thread, inside the transaction of the caller. */
CsSpending *cs_spending_load (CsDatabase *database, const CsSpendingQuery *query, GError **error);

void        cs_spending_free (CsSpending *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSpending, cs_spending_free)

G_END_DECLS
