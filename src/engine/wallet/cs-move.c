/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The book of all money: what was spent, what is set aside, what was let go and what was put on wallet keys. */
#include "config.h"
#include "wallet/cs-move.h"

#include "wallet/cs-wallet-key.h"

/* What a job is called: by the user, else by its idea. */
#define TITLE "coalesce (nullif (j.title, ''), json_extract (j.brief, '$.prompt'), '')"

/* Columns: 0 at, 1 kind, 2 job, 3 title, 4 provider, 5 model, 6 key's ending, 7 status, 8 unit, 9 units, 10 amount,
 * 11 estimated, 12 is unknown, 13 is words; 14 key */
#define SPENT_SQL                                                                                                    \
  "SELECT e.at, 0, e.job_id, " TITLE ", e.provider, e.model, k.ending, '', e.unit, e.units,"                         \
  " CASE WHEN e.key_id IS NULL THEN e.cost ELSE e.sale END,"                                                         \
  " CASE WHEN e.key_id IS NULL THEN e.estimated ELSE coalesce (a.sale, e.estimated) END,"                            \
  " e.is_unknown, e.attempt = 0, e.key_id FROM usage_events AS e LEFT JOIN jobs AS j ON j.id = e.job_id"             \
  " LEFT JOIN attempts AS a ON a.job_id = e.job_id AND a.number = e.attempt"                                         \
  " LEFT JOIN wallet_keys AS k ON k.id = e.key_id"

#define ATTEMPT_COLUMNS                                                                                              \
  " a.job_id, " TITLE ", a.provider, a.model, k.ending, a.status, coalesce (a.unit, ''), 1,"                         \
  " CASE WHEN j.key_id IS NULL THEN a.hold ELSE a.sale END,"                                                         \
  " CASE WHEN j.key_id IS NULL THEN a.hold ELSE a.sale END, a.status = 'uncertain', 0, j.key_id"                     \
  " FROM attempts AS a JOIN jobs AS j ON j.id = a.job_id LEFT JOIN wallet_keys AS k ON k.id = j.key_id"

/* What was written as used is not on hold any more, whoever knows how it ended. */
#define HELD_SQL                                                                                                     \
  "SELECT a.created_at, 1," ATTEMPT_COLUMNS " WHERE a.ended_at IS NULL AND a.hold > 0"                               \
  " AND NOT EXISTS (SELECT 1 FROM usage_events AS u WHERE u.job_id = a.job_id AND u.attempt = a.number)"
#define RELEASED_SQL                                                                                                 \
  "SELECT a.ended_at, 2," ATTEMPT_COLUMNS " WHERE a.ended_at IS NOT NULL AND a.billed = 'no' AND a.hold > 0"         \
  " AND a.status <> 'succeeded'"
#define CREDIT_SQL                                                                                                   \
  "SELECT l.at, 3, NULL, '', '', '', k.ending, '', '', 1, l.amount, -1, 0, 0, l.key_id"                              \
  " FROM ledger AS l JOIN wallet_keys AS k ON k.id = l.key_id WHERE l.kind = 'credit'"

void
cs_move_free (CsMove *self)
{
  g_free (self->job_id);
  g_free (self->title);
  g_free (self->provider);
  g_free (self->model);
  g_free (self->key);
  g_free (self->status);
  g_free (self->unit);
  g_free (self);
}

static CsMove *
read_move (CsStatement *row)
{
  CsMove *move = g_new0 (CsMove, 1);

  move->at = cs_statement_get_int (row, 0);
  move->kind = (CsMoveKind) cs_statement_get_int (row, 1);
  move->job_id = cs_statement_is_null (row, 2) ? NULL : cs_statement_dup_text (row, 2);
  move->title = cs_statement_dup_text (row, 3);
  move->provider = cs_statement_dup_text (row, 4);
  move->model = cs_statement_dup_text (row, 5);
  move->key = cs_statement_is_null (row, 6) ? NULL : cs_wallet_key_make_name (cs_statement_get_text (row, 6));
  move->status = cs_statement_dup_text (row, 7);
  move->unit = cs_statement_dup_text (row, 8);
  move->units = cs_statement_get_int (row, 9);
  move->amount = cs_statement_get_int (row, 10);
  move->estimated = cs_statement_get_int (row, 11);
  move->is_unknown = cs_statement_get_int (row, 12) != 0;
  move->is_words = cs_statement_get_int (row, 13) != 0;
  return move;
}

/* The names of the columns are those of the first part: the key is the last one. */
static CsStatement *
select_moves (CsDatabase *database, gint64 key_id, GError **error)
{
  g_autofree char *sql = g_strconcat (
      "WITH moves (at, kind, job, title, provider, model, ending, status, unit, units, amount, estimated, is_unknown, is_words,"
      " key_id) AS (" SPENT_SQL " UNION ALL " HELD_SQL " UNION ALL " RELEASED_SQL " UNION ALL " CREDIT_SQL ") SELECT * FROM moves",
      key_id == CS_MOVES_WITHOUT_KEY ? " WHERE key_id IS NULL" : key_id != CS_MOVES_ALL ? " WHERE key_id = :key" : "",
      " ORDER BY at DESC, kind, job", NULL);
  CsStatement *statement = cs_statement_new (database, sql, error);

  if (statement != NULL && key_id > 0)
    cs_statement_bind_int (statement, "key", key_id);
  return statement;
}

/** cs_moves_load: Returns: (transfer full) (element-type CsMove): all of them, the newest first. */
GPtrArray *
cs_moves_load (CsDatabase *database, gint64 key_id, GError **error)
{
  g_autoptr (CsStatement) statement = select_moves (database, key_id, error);
  g_autoptr (GPtrArray) moves = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_move_free);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return NULL;
  while (cs_statement_step (statement, &failure))
    g_ptr_array_add (moves, read_move (statement));
  if (failure == NULL)
    return g_steal_pointer (&moves);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
