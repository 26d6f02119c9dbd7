/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many creations at once: what they come to, and verbs on all of them in one transaction. */
#include "config.h"
#include "library/cs-library.h"

#include "core/cs-clock.h"
#include "core/cs-task.h"
#include "library/cs-library-private.h"

#define MAX_TOLD 50 /* creations that are told of one by one; more are told of as any */

/* Adding up, or one verb on many. */
typedef struct
{
  GArray *rows; /* (element-type gint64) (nullable) */
  char **ids;   /* (nullable) */
  const char *sql;
  gint64 value;
  gboolean has_value;
} Many;

static void
many_free (gpointer data)
{
  Many *many = data;

  g_clear_pointer (&many->rows, g_array_unref);
  g_strfreev (many->ids);
  g_free (many);
}

/** cs_library_sum_free: @self: (nullable) (transfer full): what some creations come to. */
void
cs_library_sum_free (CsLibrarySum *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->ids);
  g_free (self);
}

static void
add_row (CsLibrarySum *sum, GPtrArray *ids, CsStatement *statement)
{
  CsKind kind = CS_KIND_IMAGE;

  cs_kind_from_string (cs_statement_get_text (statement, 1), &kind);
  g_ptr_array_add (ids, cs_statement_dup_text (statement, 0));
  sum->n_videos += kind == CS_KIND_VIDEO;
  sum->n_images += kind == CS_KIND_IMAGE;
  sum->n_decks += kind == CS_KIND_DECK;
  sum->n_favourites += cs_statement_get_int (statement, 2) != 0;
  sum->size += cs_statement_get_int (statement, 3);
}

static gpointer
sum_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Many *many = data;
  g_autoptr (CsLibrarySum) sum = g_new0 (CsLibrarySum, 1);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CsStatement) statement = NULL;
  GError *local = NULL;

  statement = cs_statement_new (database, "SELECT id, kind, favourite, size FROM creations WHERE rowid = :row", error);
  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < many->rows->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      cs_statement_reset (statement);
      cs_statement_bind_int (statement, ":row", g_array_index (many->rows, gint64, i));
      if (cs_statement_step (statement, &local))
        add_row (sum, ids, statement);
      if (local != NULL)
        {
          g_propagate_error (error, local);
          return NULL;
        }
    }
  g_ptr_array_add (ids, NULL);
  sum->ids = (char **) g_ptr_array_steal (ids, NULL);
  return g_steal_pointer (&sum);
}

static void
sum_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  CsLibrarySum *sum = cs_store_run_finish (CS_STORE (source), result, &error);

  if (sum == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, sum, (GDestroyNotify) cs_library_sum_free);
}

/**
 * cs_library_sum_async:
 * @rows: (element-type gint64): rows of a #CsLibraryModel; copied
 *
 * Reads what these creations come to, and their ids. Rows that are gone are left out.
 */
void
cs_library_sum_async (CsLibrary *self, GArray *rows, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  Many *many;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (rows != NULL);

  many = g_new0 (Many, 1);
  many->rows = g_array_copy (rows);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_library_sum_async);
  cs_store_run_async (cs_library_get_store (self), CS_STORE_READ, sum_func, many, many_free,
                      (GDestroyNotify) cs_library_sum_free, cancellable, sum_cb, task);
}

/**
 * cs_library_sum_finish:
 *
 * Returns: (transfer full): what they come to.
 */
CS_DEFINE_FINISH_POINTER (CsLibrarySum, CsLibrary, cs_library_sum_async, cs_library_sum_finish)

/* Those that are gone are no error: somebody else was faster. */
static gpointer
change_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Many *many = data;
  g_autoptr (CsStatement) statement = cs_statement_new (database, many->sql, error);

  if (statement == NULL)
    return NULL;
  for (guint i = 0; many->ids[i] != NULL; i++)
    {
      cs_statement_reset (statement);
      cs_statement_bind_text (statement, ":id", many->ids[i]);
      if (many->has_value)
        cs_statement_bind_int (statement, ":value", many->value);
      if (!cs_statement_run (statement, error))
        return NULL;
    }
  return NULL;
}

static void
tell (CsLibrary *self, char **ids)
{
  if (g_strv_length (ids) > MAX_TOLD)
    cs_library_notify (self, NULL);
  else
    for (guint i = 0; ids[i] != NULL; i++)
      cs_library_notify (self, ids[i]);
}

static void
change_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  cs_store_run_finish (CS_STORE (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  tell (g_task_get_source_object (task), g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/* Takes @many. */
static void
change_async (CsLibrary *self, Many *many, const char *const *ids, gpointer tag, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  many->ids = g_strdupv ((char **) ids);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_strdupv ((char **) ids), (GDestroyNotify) g_strfreev);
  /* What is written is written, even when someone cancels a moment later. */
  g_task_set_check_cancellable (task, FALSE);
  cs_store_run_async (cs_library_get_store (self), CS_STORE_WRITE, change_func, many, many_free, NULL, cancellable, change_cb,
                      task);
}

/**
 * cs_library_trash_all_async:
 * @ids: (array zero-terminated=1): those that are gone are left out
 * @trashed: TRUE puts them into the trash, FALSE takes them out
 *
 * All of them or, on error, none.
 */
void
cs_library_trash_all_async (CsLibrary *self, const char *const *ids, gboolean trashed, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  Many *many;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (ids != NULL);

  many = g_new0 (Many, 1);
  many->sql = trashed ? "UPDATE creations SET trashed_at = IFNULL (trashed_at, :value) WHERE id = :id"
                      : "UPDATE creations SET trashed_at = NULL WHERE id = :id";
  many->value = cs_clock_now ();
  many->has_value = trashed;
  change_async (self, many, ids, cs_library_trash_all_async, cancellable, callback, user_data);
}

/** cs_library_trash_all_finish: Returns: whether it was done. */
CS_DEFINE_FINISH_BOOLEAN (CsLibrary, cs_library_trash_all_async, cs_library_trash_all_finish)

/**
 * cs_library_favourite_all_async:
 * @ids: (array zero-terminated=1): those that are gone are left out
 *
 * All of them or, on error, none.
 */
void
cs_library_favourite_all_async (CsLibrary *self, const char *const *ids, gboolean favourite, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  Many *many;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (ids != NULL);

  many = g_new0 (Many, 1);
  many->sql = "UPDATE creations SET favourite = :value WHERE id = :id";
  many->value = favourite != FALSE;
  many->has_value = TRUE;
  change_async (self, many, ids, cs_library_favourite_all_async, cancellable, callback, user_data);
}

/** cs_library_favourite_all_finish: Returns: whether it was done. */
CS_DEFINE_FINISH_BOOLEAN (CsLibrary, cs_library_favourite_all_async, cs_library_favourite_all_finish)
