/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a creation comes from, and what was made from it. */
#include "config.h"
#include "library/cs-library.h"

#include "core/cs-task.h"
#include "library/cs-creation-store.h"
#include "library/cs-library-files.h"
#include "library/cs-library-private.h"

#define MAX_ANCESTORS 20
#define MAX_CHILDREN 50

/* What to read. */
typedef struct
{
  CsPaths *paths;
  char *id;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  cs_paths_unref (read->paths);
  g_free (read->id);
  g_free (read);
}

/* From the oldest that is still known to the creation itself; a circle, which only a damaged database has, ends at the limit. */
static gboolean
add_ancestors (GPtrArray *line, Read *read, CsDatabase *database, GPtrArray *turned, GError **error)
{
  g_autofree char *id = g_strdup (read->id);

  while (id != NULL && line->len <= MAX_ANCESTORS)
    {
      g_autoptr (GError) local = NULL;
      CsCreation *creation = cs_library_files_find (read->paths, database, id, turned, &local);

      if (creation == NULL && line->len > 0)
        return TRUE;
      if (creation == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_ptr_array_insert (line, 0, creation);
      g_free (id);
      id = g_strdup (cs_creation_get_facts (creation)->parent_id);
    }
  return TRUE;
}

static gboolean
add_children (GPtrArray *line, Read *read, CsDatabase *database, GPtrArray *turned, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;
  GError *local = NULL;

  statement = cs_statement_new (database,
                                "SELECT " CS_CREATION_COLUMNS " FROM creations AS c WHERE c.parent_id = :id AND c.id <> :id "
                                "AND c.trashed_at IS NULL ORDER BY c.created_at, c.id LIMIT :limit",
                                error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, ":id", read->id);
  cs_statement_bind_int (statement, ":limit", MAX_CHILDREN);
  while (cs_statement_step (statement, &local))
    g_ptr_array_add (line, cs_library_files_read (read->paths, statement, turned));
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

static gpointer
lineage_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsLibraryReading) reading = cs_library_reading_new ((GDestroyNotify) g_ptr_array_unref);

  reading->value = g_ptr_array_new_with_free_func (g_object_unref);
  if (!add_ancestors (reading->value, data, database, reading->turned, error)
      || !add_children (reading->value, data, database, reading->turned, error))
    return NULL;
  return g_steal_pointer (&reading);
}

/**
 * cs_library_lineage_async:
 *
 * Reads the line that a creation stands in, oldest first: what it was made from, itself, and what was made from it.
 * Fails with CS_ERROR_NOT_FOUND.
 */
void
cs_library_lineage_async (CsLibrary *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;
  Read *read;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (id != NULL);

  read = g_new0 (Read, 1);
  read->paths = cs_paths_ref (cs_library_get_paths (self));
  read->id = g_strdup (id);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_library_lineage_async);
  cs_store_run_async (cs_library_get_store (self), CS_STORE_READ, lineage_func, read, read_free,
                      (GDestroyNotify) cs_library_reading_free, cancellable, cs_library_reading_cb, task);
}

/** cs_library_lineage_finish: Returns: (transfer full) (element-type CsCreation): the line. */
CS_DEFINE_FINISH_POINTER (GPtrArray, CsLibrary, cs_library_lineage_async, cs_library_lineage_finish)
