/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of a creation, by which lists know it. */
#include "config.h"
#include "library/cs-library.h"

#include "library/cs-library-private.h"

static gpointer
row_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (database, "SELECT rowid FROM creations WHERE id = :id", error);
  gint64 *row;

  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, ":id", data);
  row = g_new0 (gint64, 1);
  if (cs_statement_step (statement, error))
    *row = cs_statement_get_int (statement, 0);
  return row;
}

static void
row_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  g_autofree gint64 *row = cs_store_run_finish (CS_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, (gssize) *row);
}

/** cs_library_row_async: Reads the row of the creation @id; for cs_library_model_find_row(). */
void
cs_library_row_async (CsLibrary *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_library_row_async);
  cs_store_run_async (cs_library_get_store (self), CS_STORE_READ, row_func, g_strdup (id), g_free, g_free, cancellable, row_cb, task);
}

/** cs_library_row_finish: Returns: the row; 0 when there is none, -1 on error. */
gint64
cs_library_row_finish (CsLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_library_row_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
