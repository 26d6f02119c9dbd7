/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The budget fence: caps per job, day and month over the user's own spending, read and held in one transaction. */
#include "config.h"
#include "wallet/cs-budget.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-words.h"

/* What counts as spent: the cost where it is known, the hold while it is not, and after a "Give up" too; of attempts,
 * and of the words that a job was begun with. */
#define ATTEMPTS_SQL                                                                                                \
  "(SELECT coalesce(sum(CASE WHEN billed = 'yes' THEN cost WHEN billed = 'unknown' OR ended_at IS NULL THEN hold "  \
  "ELSE 0 END), 0) FROM attempts WHERE "
#define WORDS_SQL "(SELECT coalesce(sum(text_cost + text_hold), 0) FROM jobs WHERE "

/* Jobs that programs asked for, and those of them that the user pays himself. Words he pays whoever pays the rest. */
#define FROM_API "door = 'api'"
#define FROM_API_UNPAID FROM_API " AND key_id IS NULL"

/* @fallback: where none is set. */
static gboolean
load_cap (CsDatabase *database, const char *name, CsMoney fallback, CsMoney *cap, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (database, "SELECT value FROM settings WHERE name = :name", error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "name", name);
  *cap = fallback;
  if (cs_statement_step (statement, &failure))
    *cap = g_ascii_strtoll (cs_statement_get_text (statement, 0), NULL, 10);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

#define SPENT_SQL "SELECT " ATTEMPTS_SQL "created_at >= :since) + " WORDS_SQL "text_at >= :since)"
#define API_SPENT_SQL                                                                                               \
  "SELECT " ATTEMPTS_SQL "created_at >= :since AND EXISTS (SELECT 1 FROM jobs WHERE jobs.id = job_id AND " FROM_API_UNPAID "))" \
  " + " WORDS_SQL "text_at >= :since AND " FROM_API ")"

/* @sql: one of the two above. */
static gboolean
load_spent (CsDatabase *database, const char *sql, GDateTime *since, CsMoney *spent, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (database, sql, error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, "since", g_date_time_to_unix (since) * G_USEC_PER_SEC);
  if (!cs_statement_step (statement, error))
    return FALSE;
  *spent = cs_statement_get_int (statement, 0);
  return TRUE;
}

static gboolean
load_spent_on_job (CsDatabase *database, const char *job_id, CsMoney *spent, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "SELECT " ATTEMPTS_SQL "job_id = :job) + " WORDS_SQL "id = :job)", error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "job", job_id);
  if (!cs_statement_step (statement, error))
    return FALSE;
  *spent = cs_statement_get_int (statement, 0);
  return TRUE;
}

/**
 * cs_budget_load:
 * @budget: (out caller-allocates): the caps and the spending
 */
gboolean
cs_budget_load (CsDatabase *database, CsBudget *budget, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (cs_clock_now () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) day = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                     g_date_time_get_day_of_month (now), 0, 0, 0);
  g_autoptr (GDateTime) month = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), 1, 0, 0, 0);

  return load_cap (database, "budget.job", -1, &budget->job_cap, error)
         && load_cap (database, "budget.day", -1, &budget->day_cap, error)
         && load_cap (database, "budget.month", -1, &budget->month_cap, error)
         && load_cap (database, "budget.api", CS_BUDGET_API_CAP, &budget->api_cap, error)
         && load_spent (database, SPENT_SQL, day, &budget->day_spent, error)
         && load_spent (database, SPENT_SQL, month, &budget->month_spent, error)
         && load_spent (database, API_SPENT_SQL, day, &budget->api_spent, error);
}

/* Whether the cap of what programs ask for counts for the job, or for its words. */
static gboolean
load_is_from_api (CsDatabase *database, const char *job_id, gboolean is_words, gboolean *is_from_api, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, is_words ? "SELECT count(*) FROM jobs WHERE id = :job AND " FROM_API
                         : "SELECT count(*) FROM jobs WHERE id = :job AND " FROM_API_UNPAID,
      error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "job", job_id);
  if (!cs_statement_step (statement, error))
    return FALSE;
  *is_from_api = cs_statement_get_int (statement, 0) != 0;
  return TRUE;
}

static gboolean
set_over_budget (const char *cap_name, CsMoney cap, CsMoney after, GError **error)
{
  g_autofree char *cap_text = cs_money_to_amount (cap);
  g_autofree char *after_text = cs_money_to_amount (after);

  /* translators: 1: "Today’s cap" or the like, 2 and 3: amounts of money */
  cs_set_error (error, CS_ERROR_OVER_BUDGET, _ ("%1$s is %2$s, and this one would bring it to %3$s. Raise the cap to go on."),
                cap_name, cap_text, after_text);
  return FALSE;
}

static gboolean
check_caps (const CsBudget *budget, CsMoney job_spent, gboolean is_from_api, CsMoney amount, GError **error)
{
  if (budget->job_cap >= 0 && job_spent + amount > budget->job_cap)
    return set_over_budget (_ ("The cap for one creation"), budget->job_cap, job_spent + amount, error);
  if (budget->day_cap >= 0 && budget->day_spent + amount > budget->day_cap)
    return set_over_budget (_ ("Today’s cap"), budget->day_cap, budget->day_spent + amount, error);
  if (budget->month_cap >= 0 && budget->month_spent + amount > budget->month_cap)
    return set_over_budget (_ ("This month’s cap"), budget->month_cap, budget->month_spent + amount, error);
  if (is_from_api && budget->api_spent + amount > budget->api_cap)
    return set_over_budget (_ ("Today’s cap for requests over HTTP"), budget->api_cap, budget->api_spent + amount, error);
  return TRUE;
}

/**
 * cs_budget_check:
 * @job_id: whose amount it is: what its earlier attempts cost, or may have cost, counts for the cap of one creation
 * @amount: micro-USD about to be held
 * @is_words: for words, which the user pays also where a wallet key pays the rest
 *
 * Returns: TRUE when @amount fits under every cap; else FALSE with %CS_ERROR_OVER_BUDGET that names the cap.
 */
gboolean
cs_budget_check (CsDatabase *database, const char *job_id, CsMoney amount, gboolean is_words, GError **error)
{
  gboolean is_from_api;
  CsMoney job_spent;
  CsBudget budget;

  if (amount == 0)
    return TRUE;
  return cs_budget_load (database, &budget, error)
         && load_spent_on_job (database, job_id, &job_spent, error)
         && load_is_from_api (database, job_id, is_words, &is_from_api, error)
         && check_caps (&budget, job_spent, is_from_api, amount, error);
}

/**
 * cs_budget_set:
 * @name: "job", "day", "month" or "api"
 * @cap: micro-USD; below 0 takes the cap away; of "api": sets %CS_BUDGET_API_CAP again
 */
gboolean
cs_budget_set (CsDatabase *database, const char *name, CsMoney cap, GError **error)
{
  g_autofree char *setting = g_strconcat ("budget.", name, NULL);
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, cap);
  g_autoptr (CsStatement) statement
      = cs_statement_new (database, cap < 0 ? "DELETE FROM settings WHERE name = :name"
                                            : "INSERT INTO settings (name, value) VALUES (:name, :value)"
                                              " ON CONFLICT (name) DO UPDATE SET value = :value",
                          error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, "name", setting);
  if (cap >= 0)
    cs_statement_bind_text (statement, "value", value);
  return cs_statement_run (statement, error);
}

/**
 * cs_budget_set_all:
 * @caps: as for cs_budget_set(); %CS_BUDGET_KEEP leaves one as it is
 */
gboolean
cs_budget_set_all (CsDatabase *database, const CsBudget *caps, GError **error)
{
  const struct { const char *name; CsMoney cap; } all[] = {
    { "job", caps->job_cap },
    { "day", caps->day_cap },
    { "month", caps->month_cap },
    { "api", caps->api_cap },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i].cap != CS_BUDGET_KEEP && !cs_budget_set (database, all[i].name, all[i].cap, error))
      return FALSE;
  return TRUE;
}
