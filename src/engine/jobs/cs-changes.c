/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed in the database, in the order in which it did: its triggers write that down, and here it is read. */
#include "config.h"
#include "jobs/cs-changes.h"

static void
change_free (CsChange *change)
{
  g_free (change->id);
  g_free (change);
}

void
cs_changes_free (CsChanges *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->all);
  g_free (self);
}

/* A creation has the id of its job. */
static CsChange *
read_row (CsStatement *row)
{
  CsChange *change = g_new0 (CsChange, 1);

  change->number = cs_statement_get_int (row, 0);
  change->is_creation = cs_statement_get_int (row, 1) != 0;
  change->id = cs_statement_dup_text (row, 2);
  change->key_id = cs_statement_get_int (row, 3);
  cs_job_state_from_string (cs_statement_get_text (row, 4), &change->state);
  cs_waiting_from_string (cs_statement_get_text (row, 5), &change->waiting);
  change->progress = cs_statement_get_double (row, 6);
  change->uncertain_since = cs_statement_get_int (row, 7);
  return change;
}

static gboolean
read_rows (CsChanges *changes, CsStatement *statement, GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (cs_statement_step (statement, &failure))
    g_ptr_array_add (changes->all, read_row (statement));
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* What to read. */
typedef struct
{
  gint64 after;
  guint limit;
} Range;

static gpointer
list_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Range *range = data;
  g_autoptr (CsChanges) changes = g_new0 (CsChanges, 1);
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "SELECT c.number, c.subject = 'creation', c.id, j.key_id, j.state, j.waiting, j.progress, j.uncertain_since"
      " FROM changes AS c LEFT JOIN jobs AS j ON j.id = c.id WHERE c.number > :after ORDER BY c.number LIMIT :limit",
      error);

  changes->all = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  if (statement == NULL
      || !cs_database_get_integer (database, "SELECT ifnull (max (number), 0) FROM changes", &changes->last, error))
    return NULL;
  cs_statement_bind_int (statement, "after", range->after);
  cs_statement_bind_int (statement, "limit", range->limit);
  return read_rows (changes, statement, error) ? g_steal_pointer (&changes) : NULL;
}

/**
 * cs_changes_list_async:
 * @after: a number that was read before; 0: all that was ever changed
 * @limit: how many at most
 *
 * Reads what changed since, as it stands now.
 */
void
cs_changes_list_async (CsStore *store, gint64 after, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Range *range = g_new0 (Range, 1);

  g_return_if_fail (CS_IS_STORE (store));

  range->after = after;
  range->limit = limit;
  cs_store_run_async (store, CS_STORE_READ, list_func, range, g_free, (GDestroyNotify) cs_changes_free, cancellable, callback,
                      user_data);
}

/** cs_changes_list_finish: Returns: (transfer full): the changes. */
CsChanges *
cs_changes_list_finish (CsStore *store, GAsyncResult *result, GError **error)
{
  return cs_store_run_finish (store, result, error);
}
