/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the file of a creation is there: looked at whenever a row is read, remembered in the row when it
 * turns. */
#include "config.h"
#include "library/cs-library-files.h"

#include "library/cs-creation-store.h"

#include <glib/gstdio.h>

/**
 * cs_library_files_dup_path:
 *
 * Returns: (transfer full): the absolute path of the master file; any thread.
 */
char *
cs_library_files_dup_path (CsPaths *paths, const CsCreationFacts *facts)
{
  return g_build_filename (cs_paths_get_creations (paths), facts->file, NULL);
}

/**
 * cs_library_files_read:
 * @statement: stands on a row of CS_CREATION_COLUMNS
 * @turned: (element-type CsCreation): gets the creation too when its row says otherwise about the file
 *
 * Returns: (transfer full): the creation of the row, “missing” as seen now.
 */
CsCreation *
cs_library_files_read (CsPaths *paths, CsStatement *statement, GPtrArray *turned)
{
  CsCreationFacts *facts = cs_creation_store_read (statement);
  g_autofree char *path = cs_library_files_dup_path (paths, facts);
  gboolean missing = g_access (path, F_OK) != 0;
  gboolean turns = missing != facts->missing;
  CsCreation *creation;

  facts->missing = missing;
  creation = cs_creation_new (facts);
  if (turns)
    g_ptr_array_add (turned, g_object_ref (creation));
  return creation;
}

/**
 * cs_library_files_find:
 *
 * Returns: (transfer full): the creation, “missing” as seen now; NULL with CS_ERROR_NOT_FOUND when there is
 * none.
 */
CsCreation *
cs_library_files_find (
    CsPaths *paths, CsDatabase *database, const char *id, GPtrArray *turned, GError **error)
{
  g_autoptr (CsStatement) statement = cs_creation_store_find (database, id, error);

  return statement != NULL ? cs_library_files_read (paths, statement, turned) : NULL;
}

static void
clear_creation (gpointer creation)
{
  g_clear_object ((CsCreation **) &creation);
}

/**
 * cs_library_files_load:
 * @rows: (element-type gint64): row numbers
 *
 * Returns: (transfer full) (element-type CsCreation): one for every row in the same order; NULL where there
 * is no such row any more.
 */
GPtrArray *
cs_library_files_load (CsPaths *paths,
                       CsDatabase *database,
                       GArray *rows,
                       GPtrArray *turned,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GPtrArray) creations = g_ptr_array_new_full (rows->len, clear_creation);
  g_autoptr (CsStatement) statement = NULL;
  GError *local = NULL;

  statement = cs_statement_new (
      database, "SELECT " CS_CREATION_COLUMNS " FROM creations AS c WHERE c.rowid = :row", error);
  if (statement == NULL)
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      cs_statement_reset (statement);
      cs_statement_bind_int (statement, ":row", g_array_index (rows, gint64, i));
      if (cs_statement_step (statement, &local))
        g_ptr_array_add (creations, cs_library_files_read (paths, statement, turned));
      else
        g_ptr_array_add (creations, NULL);
      if (local != NULL)
        {
          g_propagate_error (error, local);
          return NULL;
        }
    }
  return g_steal_pointer (&creations);
}

/**
 * cs_library_files_save_missing:
 * @turned: (element-type CsCreation): creations whose row says otherwise about the file
 *
 * Returns: FALSE with the error of the database.
 */
gboolean
cs_library_files_save_missing (CsDatabase *database, GPtrArray *turned, GError **error)
{
  for (guint i = 0; i < turned->len; i++)
    {
      const CsCreationFacts *facts = cs_creation_get_facts (g_ptr_array_index (turned, i));

      if (!cs_creation_store_set_missing (database, facts->id, facts->missing, error))
        return FALSE;
    }
  return TRUE;
}
