/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Out of the trash for good: the one place where creations are really deleted, rows first and then their files. */
#include "config.h"
#include "library/cs-library.h"

#include "core/cs-error.h"
#include "core/cs-task.h"
#include "library/cs-library-private.h"

#include <errno.h>
#include <glib/gstdio.h>

#define ROWS_AT_A_TIME 200
#define FILES "file, markdown_file, thumbnail"

/* The emptying in progress; belongs to its task, used by one thread at a time. */
typedef struct
{
  CsPaths *paths;
  gint64 before;    /* microseconds since the epoch: what is older goes */
  GStrv ids;        /* (nullable) or these */
  guint next;       /* of them */
  GPtrArray *files; /* (element-type filename) (nullable) of the rows that were just removed */
  guint n_rows;     /* those rows */
  gboolean is_over; /* no more rows */
  gssize n_removed; /* all so far */
} Emptying;

static void remove_rows (GTask *task);

static void
emptying_free (gpointer data)
{
  Emptying *emptying = data;

  cs_paths_unref (emptying->paths);
  g_clear_pointer (&emptying->files, g_ptr_array_unref);
  g_strfreev (emptying->ids);
  g_free (emptying);
}

static void
add_file (GPtrArray *files, const char *folder, const char *name)
{
  if (name != NULL && *name != '\0')
    g_ptr_array_add (files, g_build_filename (folder, name, NULL));
}

/* The rows that @statement removes. */
static gboolean
take_rows (Emptying *emptying, CsStatement *statement, GPtrArray *files, GError **error)
{
  GError *local = NULL;

  while (cs_statement_step (statement, &local))
    {
      add_file (files, cs_paths_get_creations (emptying->paths), cs_statement_get_text (statement, 0));
      add_file (files, cs_paths_get_creations (emptying->paths), cs_statement_get_text (statement, 1));
      add_file (files, cs_paths_get_thumbnails (emptying->paths), cs_statement_get_text (statement, 2));
      emptying->n_rows++;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
remove_old (Emptying *emptying, CsDatabase *database, GPtrArray *files, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "DELETE FROM creations WHERE rowid IN (SELECT rowid FROM creations WHERE trashed_at < :before "
      "LIMIT :limit) RETURNING " FILES,
      error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, ":before", emptying->before);
  cs_statement_bind_int (statement, ":limit", ROWS_AT_A_TIME);
  if (!take_rows (emptying, statement, files, error))
    return FALSE;
  emptying->is_over = emptying->n_rows < ROWS_AT_A_TIME;
  return TRUE;
}

/* What somebody took out of the trash meanwhile stays. */
static gboolean
remove_chosen (Emptying *emptying, CsDatabase *database, GPtrArray *files, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database, "DELETE FROM creations WHERE id = :id AND trashed_at IS NOT NULL RETURNING " FILES, error);

  if (statement == NULL)
    return FALSE;
  for (guint n = 0; n < ROWS_AT_A_TIME && emptying->ids[emptying->next] != NULL; n++)
    {
      cs_statement_reset (statement);
      cs_statement_bind_text (statement, ":id", emptying->ids[emptying->next++]);
      if (!take_rows (emptying, statement, files, error))
        return FALSE;
    }
  emptying->is_over = emptying->ids[emptying->next] == NULL;
  return TRUE;
}

/*
 * Removes some rows and hands out the paths of their files. Rows go first: what another process takes out of
 * the trash at this moment must not lose its file.
 */
static gpointer
remove_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Emptying *emptying = data;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  gboolean is_removed;

  emptying->n_rows = 0;
  is_removed = emptying->ids != NULL ? remove_chosen (emptying, database, files, error)
                                     : remove_old (emptying, database, files, error);
  return is_removed ? g_steal_pointer (&files) : NULL;
}

/* All files are tried; the first that stays is the error. */
static void
unlink_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Emptying *emptying = data;
  GError *error = NULL;

  for (guint i = 0; i < emptying->files->len; i++)
    {
      const char *path = g_ptr_array_index (emptying->files, i);

      int code = g_unlink (path) == 0 ? 0 : errno;

      if (code != 0 && code != ENOENT && error == NULL)
        {
          g_autofree char *name = g_filename_display_basename (path);

          error = cs_error_from_io (
              g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code)), name);
        }
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
finish (GTask *task, GError *error)
{
  Emptying *emptying = g_task_get_task_data (task);

  if (emptying->n_removed > 0)
    cs_library_notify (g_task_get_source_object (task), NULL);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, emptying->n_removed);
}

static void
unlinked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Emptying *emptying = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) || emptying->is_over
      || g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    finish (task, error);
  else
    remove_rows (g_steal_pointer (&task));
}

static void
rows_removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Emptying *emptying = g_task_get_task_data (task);
  g_autoptr (GTask) part = NULL;
  GError *error = NULL;

  g_clear_pointer (&emptying->files, g_ptr_array_unref);
  emptying->files = cs_store_run_finish (CS_STORE (source), result, &error);
  if (emptying->files == NULL)
    {
      finish (task, error);
      return;
    }
  emptying->n_removed += emptying->n_rows;
  /* Not cancellable: files whose rows are gone go too. */
  part = g_task_new (NULL, NULL, unlinked_cb, g_object_ref (task));
  g_task_set_task_data (part, emptying, NULL);
  g_task_run_in_thread (part, unlink_thread);
}

/* Takes @task: some rows, until there is none. */
static void
remove_rows (GTask *task)
{
  CsLibrary *self = g_task_get_source_object (task);

  cs_store_run_async (cs_library_get_store (self), CS_STORE_WRITE, remove_func, g_task_get_task_data (task),
                      NULL, (GDestroyNotify) g_ptr_array_unref, g_task_get_cancellable (task),
                      rows_removed_cb, task);
}

/* Takes @emptying. */
static void
start (CsLibrary *self, Emptying *emptying, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  emptying->paths = cs_paths_ref (cs_library_get_paths (self));
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, emptying, emptying_free);
  g_task_set_check_cancellable (task, FALSE);
  remove_rows (task);
}

/**
 * cs_library_empty_trash_async:
 * @before: what was put into the trash before this time, in microseconds since the epoch
 *
 * Deletes creations for good, with their files. A file that cannot be deleted is an error, but its row is
 * gone: the check of the library lists it as an orphan.
 */
void
cs_library_empty_trash_async (CsLibrary *self,
                              gint64 before,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Emptying *emptying;

  g_return_if_fail (CS_IS_LIBRARY (self));

  emptying = g_new0 (Emptying, 1);
  emptying->before = before;
  start (self, emptying, cs_library_empty_trash_async, cancellable, callback, user_data);
}

/**
 * cs_library_empty_trash_finish:
 *
 * Returns: how many creations are gone; -1 on error.
 */
gssize
cs_library_empty_trash_finish (CsLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_library_empty_trash_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

/**
 * cs_library_delete_all_async:
 * @ids: (array zero-terminated=1): those that are not in the trash, or gone, are left out
 *
 * Deletes these creations for good, as cs_library_empty_trash_async() does all of them.
 */
void
cs_library_delete_all_async (CsLibrary *self,
                             const char *const *ids,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Emptying *emptying;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (ids != NULL);

  emptying = g_new0 (Emptying, 1);
  emptying->ids = g_strdupv ((char **) ids);
  start (self, emptying, cs_library_delete_all_async, cancellable, callback, user_data);
}

/**
 * cs_library_delete_all_finish:
 *
 * Returns: how many creations are gone; -1 on error.
 */
gssize
cs_library_delete_all_finish (CsLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_library_delete_all_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
