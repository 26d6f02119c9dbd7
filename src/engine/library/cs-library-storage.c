/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much the studio takes on the disk. The rows are counted by the store, the files by a thread. */
#include "config.h"
#include "library/cs-library.h"

#include "core/cs-task.h"
#include "library/cs-library-private.h"

#define MAX_DEPTH 4 /* of the folders of the studio */

/* What is being measured; belongs to its task, used by one thread at a time. */
typedef struct
{
  CsPaths *paths;
  CsLibraryStorage *storage; /* (nullable) until the rows were counted */
} Measuring;

static void
measuring_free (gpointer data)
{
  Measuring *measuring = data;

  cs_paths_unref (measuring->paths);
  g_free (measuring->storage);
  g_free (measuring);
}

static gpointer
count_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (
      database,
      "SELECT count (*), coalesce (sum (trashed_at IS NOT NULL), 0), coalesce (sum (CASE WHEN trashed_at IS NOT NULL THEN size"
      " ELSE 0 END), 0) FROM creations",
      error);
  g_autofree CsLibraryStorage *storage = g_new0 (CsLibraryStorage, 1);

  if (statement == NULL || !cs_statement_step (statement, error))
    return NULL;
  storage->n_trashed = (guint) cs_statement_get_int (statement, 1);
  storage->n_creations = (guint) cs_statement_get_int (statement, 0) - storage->n_trashed;
  storage->trash_size = cs_statement_get_int (statement, 2);
  return g_steal_pointer (&storage);
}

/* What lies in @path. What cannot be read, or is gone since it was listed, takes nothing. */
static gint64
measure (GFile *folder, int depth, GCancellable *cancellable)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_ALLOCATED_SIZE,
      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, NULL);
  gint64 size = 0;
  GFileInfo *info;
  GFile *child;

  while (files != NULL && g_file_enumerator_iterate (files, &info, &child, cancellable, NULL) && info != NULL)
    if (g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY)
      size += (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_STANDARD_ALLOCATED_SIZE);
    else if (depth < MAX_DEPTH)
      size += measure (child, depth + 1, cancellable);
  return size;
}

static gint64
measure_path (const char *path, GCancellable *cancellable)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  return measure (folder, 0, cancellable);
}

static gint64
find_free (const char *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);

  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    return -1;
  return (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
}

static void
measure_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Measuring *measuring = task_data;
  CsLibraryStorage *storage = measuring->storage;

  storage->creations_size = measure_path (cs_paths_get_creations (measuring->paths), cancellable);
  storage->thumbnails_size = measure_path (cs_paths_get_thumbnails (measuring->paths), cancellable);
  storage->backups_size = measure_path (cs_paths_get_backups (measuring->paths), cancellable);
  storage->free_size = find_free (cs_paths_get_creations (measuring->paths));
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&measuring->storage), g_free);
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Measuring *measuring = g_task_get_task_data (task);
  GError *error = NULL;

  measuring->storage = cs_store_run_finish (CS_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, measure_thread);
}

/** cs_library_storage_async: Measures what the studio takes; with many files on a slow disk that takes its time. */
void
cs_library_storage_async (CsLibrary *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Measuring *measuring = g_new0 (Measuring, 1);

  measuring->paths = cs_paths_ref (cs_library_get_paths (self));
  g_task_set_source_tag (task, cs_library_storage_async);
  g_task_set_task_data (task, measuring, measuring_free);
  cs_store_run_async (cs_library_get_store (self), CS_STORE_READ, count_func, NULL, NULL, g_free, cancellable, count_cb, task);
}

/** cs_library_storage_finish: Returns: (transfer full): what it takes; free it with g_free(). */
CS_DEFINE_FINISH_POINTER (CsLibraryStorage, CsLibrary, cs_library_storage_async, cs_library_storage_finish)
