/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One prepared statement of a database, bound by name and read by column index. Thread of its database only.
 */
#include "config.h"
#include "store/cs-statement.h"

#include "store/cs-database.h"

struct _CsStatement
{
  CsDatabase *database; /* borrowed: outlives the statement */
  sqlite3_stmt *handle;
  int bind_error; /* SQLite's code of the first bind that failed */
};

/**
 * cs_statement_new:
 * @sql: exactly one statement
 *
 * Returns: (transfer full): the statement, ready to bind. Errors: as cs_database_set_error().
 */
CsStatement *
cs_statement_new (CsDatabase *database, const char *sql, GError **error)
{
  g_autoptr (CsStatement) self = NULL;
  const char *rest = NULL;
  int code;

  g_return_val_if_fail (database != NULL && sql != NULL, NULL);

  self = g_new0 (CsStatement, 1);
  self->database = database;
  code = sqlite3_prepare_v2 (cs_database_get_handle (database), sql, -1, &self->handle, &rest);
  if (code != SQLITE_OK)
    return cs_database_set_error (database, code, error), NULL;
  g_return_val_if_fail (self->handle != NULL, NULL);
  return g_steal_pointer (&self);
}

void
cs_statement_free (CsStatement *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->handle);
  g_free (self);
}

/* Names are given without the colon that stands before them in SQL. */
static int
find_parameter (CsStatement *self, const char *name)
{
  char text[64];

  if (name[0] == ':')
    name++;
  g_snprintf (text, sizeof text, ":%s", name);
  return sqlite3_bind_parameter_index (self->handle, text);
}

static void
keep_bind_error (CsStatement *self, int code)
{
  if (code != SQLITE_OK && self->bind_error == SQLITE_OK)
    self->bind_error = code;
}

/**
 * cs_statement_bind_text:
 * @name: the parameter, with or without its colon
 * @value: (nullable): UTF-8, copied; NULL binds NULL
 *
 * Binds a value for the next step. An unknown name is a mistake of the caller. What goes wrong is told by the
 * step.
 */
void
cs_statement_bind_text (CsStatement *self, const char *name, const char *value)
{
  int index = find_parameter (self, name);

  g_return_if_fail (index > 0);

  keep_bind_error (self, sqlite3_bind_text (self->handle, index, value, -1, SQLITE_TRANSIENT));
}

void
cs_statement_bind_int (CsStatement *self, const char *name, gint64 value)
{
  int index = find_parameter (self, name);

  g_return_if_fail (index > 0);

  keep_bind_error (self, sqlite3_bind_int64 (self->handle, index, value));
}

void
cs_statement_bind_double (CsStatement *self, const char *name, double value)
{
  int index = find_parameter (self, name);

  g_return_if_fail (index > 0);

  keep_bind_error (self, sqlite3_bind_double (self->handle, index, value));
}

void
cs_statement_bind_null (CsStatement *self, const char *name)
{
  int index = find_parameter (self, name);

  g_return_if_fail (index > 0);

  keep_bind_error (self, sqlite3_bind_null (self->handle, index));
}

/**
 * cs_statement_step:
 *
 * Returns: TRUE when there is a row to read; FALSE at the end (no error set) and on failure (error set).
 */
gboolean
cs_statement_step (CsStatement *self, GError **error)
{
  int code = self->bind_error;

  if (code == SQLITE_OK)
    code = sqlite3_step (self->handle);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    cs_database_set_error (self->database, code, error);
  return FALSE;
}

/**
 * cs_statement_run:
 *
 * Runs the statement to its end, skipping rows, and makes it ready to be bound and run again.
 *
 * Returns: FALSE on failure. Errors: as cs_database_set_error().
 */
gboolean
cs_statement_run (CsStatement *self, GError **error)
{
  g_autoptr (GError) own_error = NULL;

  while (cs_statement_step (self, &own_error))
    ;
  cs_statement_reset (self);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

/**
 * cs_statement_reset:
 *
 * Makes the statement ready to run again, nothing bound.
 */
void
cs_statement_reset (CsStatement *self)
{
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->bind_error = SQLITE_OK;
}

/**
 * cs_statement_get_text:
 *
 * Returns: (transfer none) (nullable): the column, until the next step or reset; NULL for NULL.
 */
const char *
cs_statement_get_text (CsStatement *self, int column)
{
  g_return_val_if_fail (column >= 0 && column < sqlite3_column_count (self->handle), NULL);

  return (const char *) sqlite3_column_text (self->handle, column);
}

/**
 * cs_statement_dup_text:
 *
 * Returns: (transfer full) (nullable): the column; NULL for NULL.
 */
char *
cs_statement_dup_text (CsStatement *self, int column)
{
  return g_strdup (cs_statement_get_text (self, column));
}

gint64
cs_statement_get_int (CsStatement *self, int column)
{
  g_return_val_if_fail (column >= 0 && column < sqlite3_column_count (self->handle), 0);

  return sqlite3_column_int64 (self->handle, column);
}

double
cs_statement_get_double (CsStatement *self, int column)
{
  g_return_val_if_fail (column >= 0 && column < sqlite3_column_count (self->handle), 0);

  return sqlite3_column_double (self->handle, column);
}

gboolean
cs_statement_is_null (CsStatement *self, int column)
{
  g_return_val_if_fail (column >= 0 && column < sqlite3_column_count (self->handle), TRUE);

  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}
