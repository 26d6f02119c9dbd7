/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was spent, summed up for people: per span of time, and per provider with what came of it. */
#include "config.h"
#include "wallet/cs-spending.h"

/* What nobody was paid to make is in the table too, with what it took; imported files were made by nobody. Words have no
 * creation of their own. */
#define PROVIDERS_SQL                                                                                                \
  "SELECT provider, sum (creations), sum (keepers), sum (spent) FROM ("                                              \
  " SELECT provider, 0 AS creations, 0 AS keepers, cost AS spent FROM usage_events WHERE at >= :since"               \
  " UNION ALL SELECT provider, 1, favourite <> 0, 0 FROM creations WHERE created_at >= :since AND provider <> 'import'" \
  ") WHERE provider <> '' GROUP BY provider ORDER BY 4 DESC, 2 DESC, 1"

static void
provider_spending_free (CsProviderSpending *self)
{
  g_free (self->provider);
  g_free (self);
}

void
cs_spending_free (CsSpending *self)
{
  g_ptr_array_unref (self->providers);
  g_free (self);
}

static gboolean
load_spans (CsDatabase *database, const CsSpendingQuery *query, CsSpending *spending, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "SELECT coalesce (sum (cost), 0) FROM usage_events WHERE at >= :from AND at < :to", error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < CS_SPENDING_SPANS; i++)
    {
      cs_statement_bind_int (statement, "from", query->bounds[i]);
      cs_statement_bind_int (statement, "to", query->bounds[i + 1]);
      if (!cs_statement_step (statement, error))
        return FALSE;
      spending->spans[i] = cs_statement_get_int (statement, 0);
      cs_statement_reset (statement);
    }
  return TRUE;
}

static gboolean
load_providers (CsDatabase *database, const CsSpendingQuery *query, CsSpending *spending, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (database, PROVIDERS_SQL, error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, "since", query->since);
  while (cs_statement_step (statement, &failure))
    {
      CsProviderSpending *provider = g_new0 (CsProviderSpending, 1);

      provider->provider = cs_statement_dup_text (statement, 0);
      provider->creations = cs_statement_get_int (statement, 1);
      provider->keepers = cs_statement_get_int (statement, 2);
      provider->spent = cs_statement_get_int (statement, 3);
      g_ptr_array_add (spending->providers, provider);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/** cs_spending_load: Returns: (transfer full): the sums. */
CsSpending *
cs_spending_load (CsDatabase *database, const CsSpendingQuery *query, GError **error)
{
  g_autoptr (CsSpending) spending = g_new0 (CsSpending, 1);

  spending->providers = g_ptr_array_new_with_free_func ((GDestroyNotify) provider_spending_free);
  if (!load_spans (database, query, spending, error) || !load_providers (database, query, spending, error))
    return NULL;
  return g_steal_pointer (&spending);
}
