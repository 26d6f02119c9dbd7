/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The collections of the library: named sets that creations are put into and taken out of. */
#include "config.h"
#include "library/cs-library.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-task.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "library/cs-library-private.h"

#define MAX_NAME_LENGTH 100 /* characters */

#define SELECT_COLLECTIONS                                                                                   \
  "SELECT l.id, l.name, l.created_at, (SELECT COUNT (*) FROM collection_items AS i JOIN creations AS c ON "  \
  "c.id = i.creation_id WHERE i.collection_id = l.id AND c.trashed_at IS NULL) FROM collections AS l "

/* One change of one collection. */
typedef struct
{
  gint64 id;
  char *name;       /* (nullable) */
  char **creations; /* (nullable) */
  gboolean collected;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->name);
  g_strfreev (change->creations);
  g_free (change);
}

static CsCollection *
read_collection (CsStatement *statement)
{
  CsCollection *collection = g_new0 (CsCollection, 1);

  collection->id = cs_statement_get_int (statement, 0);
  collection->name = cs_statement_dup_text (statement, 1);
  collection->created_at = cs_statement_get_int (statement, 2);
  collection->n_creations = cs_statement_get_int (statement, 3);
  return collection;
}

static CsCollection *
load_collection (CsDatabase *database, gint64 id, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;
  g_autoptr (GError) local = NULL;

  statement = cs_statement_new (database, SELECT_COLLECTIONS "WHERE l.id = :id", error);
  if (statement == NULL)
    return NULL;
  cs_statement_bind_int (statement, ":id", id);
  if (cs_statement_step (statement, &local))
    return read_collection (statement);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    cs_set_error (error, CS_ERROR_NOT_FOUND, _ ("There is no such collection."));
  return NULL;
}

static gpointer
list_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) collections = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_collection_free);
  g_autoptr (CsStatement) statement = NULL;
  GError *local = NULL;

  statement = cs_statement_new (database, SELECT_COLLECTIONS "ORDER BY l.name COLLATE NOCASE, l.id", error);
  if (statement == NULL)
    return NULL;
  while (cs_statement_step (statement, &local))
    g_ptr_array_add (collections, read_collection (statement));
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  return g_steal_pointer (&collections);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GPtrArray *collections;
  GError *error = NULL;

  collections = cs_store_run_finish (CS_STORE (source), result, &error);
  if (collections == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, collections, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * cs_library_collections_async:
 *
 * Reads all collections by name.
 */
void
cs_library_collections_async (CsLibrary *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CS_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_library_collections_async);
  cs_store_run_async (cs_library_get_store (self), CS_STORE_READ, list_func, NULL, NULL,
                      (GDestroyNotify) g_ptr_array_unref, cancellable, list_cb, task);
}

/**
 * cs_library_collections_finish:
 *
 * Returns: (transfer full) (element-type CsCollection): the collections.
 */
CS_DEFINE_FINISH_POINTER (GPtrArray, CsLibrary, cs_library_collections_async, cs_library_collections_finish)

/* A name is free when no other collection has it. */
static gboolean
check_name_is_free (CsDatabase *database, const Change *change, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;
  g_autoptr (GError) local = NULL;

  statement
      = cs_statement_new (database, "SELECT 1 FROM collections WHERE name = :name AND id <> :id", error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, ":name", change->name);
  cs_statement_bind_int (statement, ":id", change->id);
  if (cs_statement_step (statement, &local))
    cs_set_error (error, CS_ERROR_CONFLICT, _ ("There is a collection “%s” already. Choose another name."),
                  change->name);
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    return TRUE;
  return FALSE;
}

static gpointer
create_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;
  Change *change = data;

  if (!check_name_is_free (database, change, error))
    return NULL;
  statement
      = cs_statement_new (database, "INSERT INTO collections (name, created_at) VALUES (:name, :now)", error);
  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, ":name", change->name);
  cs_statement_bind_int (statement, ":now", cs_clock_now ());
  if (!cs_statement_run (statement, error)
      || !cs_database_get_integer (database, "SELECT last_insert_rowid ()", &change->id, error))
    return NULL;
  return load_collection (database, change->id, error);
}

static gpointer
rename_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;
  Change *change = data;

  if (!check_name_is_free (database, change, error))
    return NULL;
  statement = cs_statement_new (database, "UPDATE collections SET name = :name WHERE id = :id", error);
  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, ":name", change->name);
  cs_statement_bind_int (statement, ":id", change->id);
  if (!cs_statement_run (statement, error))
    return NULL;
  return load_collection (database, change->id, error);
}

static gboolean
run_with_id (CsDatabase *database, const char *sql, gint64 id, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (database, sql, error);

  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, ":id", id);
  return cs_statement_run (statement, error);
}

/* Hands out the collection as it was, which only says that it was there. */
static gpointer
delete_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsCollection) collection = NULL;
  Change *change = data;

  collection = load_collection (database, change->id, error);
  if (collection == NULL
      || !run_with_id (database, "DELETE FROM collection_items WHERE collection_id = :id", change->id, error)
      || !run_with_id (database, "DELETE FROM collections WHERE id = :id", change->id, error))
    return NULL;
  return g_steal_pointer (&collection);
}

static gboolean
creation_exists (CsDatabase *database, const char *id, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;
  g_autoptr (GError) local = NULL;

  statement = cs_statement_new (database, "SELECT 1 FROM creations WHERE id = :id", error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, ":id", id);
  if (cs_statement_step (statement, &local))
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    cs_set_error (error, CS_ERROR_NOT_FOUND, _ ("There is no creation “%s” in the library."), id);
  return FALSE;
}

static CsStatement *
prepare_collect (CsDatabase *database, const Change *change, GError **error)
{
  static const char put_in[] = "INSERT OR IGNORE INTO collection_items (collection_id, creation_id, added_at) "
                               "VALUES (:collection, :creation, :now)";
  static const char take_out[] = "DELETE FROM collection_items "
                                 "WHERE collection_id = :collection AND creation_id = :creation";

  return cs_statement_new (database, change->collected ? put_in : take_out, error);
}

static gpointer
collect_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsCollection) collection = NULL;
  g_autoptr (CsStatement) statement = NULL;
  Change *change = data;

  collection = load_collection (database, change->id, error);
  if (collection == NULL)
    return NULL;
  statement = prepare_collect (database, change, error);
  if (statement == NULL)
    return NULL;
  for (int i = 0; change->creations[i] != NULL; i++)
    {
      if (change->collected && !creation_exists (database, change->creations[i], error))
        return NULL;
      cs_statement_reset (statement);
      cs_statement_bind_int (statement, ":collection", change->id);
      cs_statement_bind_text (statement, ":creation", change->creations[i]);
      if (change->collected)
        cs_statement_bind_int (statement, ":now", cs_clock_now ());
      if (!cs_statement_run (statement, error))
        return NULL;
    }
  return load_collection (database, change->id, error);
}

/* Every change hands out a collection; what is shown of creations may be another after some of them. */
static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  CsLibrary *self = g_task_get_source_object (task);
  g_autoptr (CsCollection) collection = NULL;
  gpointer tag = g_task_get_source_tag (task);
  GError *error = NULL;

  collection = cs_store_run_finish (CS_STORE (source), result, &error);
  if (collection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  cs_library_notify_collections (self);
  if (tag == cs_library_delete_collection_async || tag == cs_library_collect_async)
    cs_library_notify (self, NULL);
  if (tag == cs_library_delete_collection_async)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_pointer (task, g_steal_pointer (&collection), (GDestroyNotify) cs_collection_free);
}

/* Takes @change. */
static void
run_change (CsLibrary *self,
            gpointer tag,
            CsStoreFunc func,
            Change *change,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  cs_store_run_async (cs_library_get_store (self), CS_STORE_WRITE, func, change, change_free,
                      (GDestroyNotify) cs_collection_free, cancellable, changed_cb, task);
}

/* The change that gives @name, when that is a good name; else the task is told. */
static Change *
name_change_new (CsLibrary *self,
                 gpointer tag,
                 gint64 id,
                 const char *name,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autofree char *checked = NULL;
  GError *error = NULL;
  Change *change;

  checked = cs_text_check_line ("name", name, MAX_NAME_LENGTH, &error);
  if (checked == NULL)
    {
      g_task_report_error (self, callback, user_data, tag, error);
      return NULL;
    }
  change = g_new0 (Change, 1);
  change->id = id;
  change->name = g_steal_pointer (&checked);
  return change;
}

/**
 * cs_library_create_collection_async:
 * @name: one line, not yet used
 *
 * Fails with CS_ERROR_INVALID_VALUE or, when the name is taken, CS_ERROR_CONFLICT.
 */
void
cs_library_create_collection_async (CsLibrary *self,
                                    const char *name,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  Change *change;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (name != NULL);

  change
      = name_change_new (self, cs_library_create_collection_async, 0, name, cancellable, callback, user_data);
  if (change != NULL)
    run_change (self, cs_library_create_collection_async, create_func, change, cancellable, callback,
                user_data);
}

/**
 * cs_library_create_collection_finish:
 *
 * Returns: (transfer full): the new, empty collection.
 */
CS_DEFINE_FINISH_POINTER (CsCollection,
                          CsLibrary,
                          cs_library_create_collection_async,
                          cs_library_create_collection_finish)

/**
 * cs_library_rename_collection_async:
 *
 * Fails with CS_ERROR_NOT_FOUND, CS_ERROR_INVALID_VALUE or, when the name is taken, CS_ERROR_CONFLICT.
 */
void
cs_library_rename_collection_async (CsLibrary *self,
                                    gint64 collection,
                                    const char *name,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  Change *change;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (name != NULL);

  change = name_change_new (self, cs_library_rename_collection_async, collection, name, cancellable, callback,
                            user_data);
  if (change != NULL)
    run_change (self, cs_library_rename_collection_async, rename_func, change, cancellable, callback,
                user_data);
}

/**
 * cs_library_rename_collection_finish:
 *
 * Returns: (transfer full): the collection as it is now.
 */
CS_DEFINE_FINISH_POINTER (CsCollection,
                          CsLibrary,
                          cs_library_rename_collection_async,
                          cs_library_rename_collection_finish)

/**
 * cs_library_delete_collection_async:
 *
 * Removes a collection; its creations stay in the library. Fails with CS_ERROR_NOT_FOUND.
 */
void
cs_library_delete_collection_async (CsLibrary *self,
                                    gint64 collection,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  Change *change;

  g_return_if_fail (CS_IS_LIBRARY (self));

  change = g_new0 (Change, 1);
  change->id = collection;
  run_change (self, cs_library_delete_collection_async, delete_func, change, cancellable, callback,
              user_data);
}

/**
 * cs_library_delete_collection_finish:
 *
 * Returns: whether it is gone.
 */
CS_DEFINE_FINISH_BOOLEAN (CsLibrary, cs_library_delete_collection_async, cs_library_delete_collection_finish)

/**
 * cs_library_collect_async:
 * @ids: (array zero-terminated=1): creations
 * @collected: TRUE puts them into the collection, FALSE takes them out
 *
 * All or none. What is in (or out) already is no error; CS_ERROR_NOT_FOUND when the collection or a creation
 * that is to be put in does not exist.
 */
void
cs_library_collect_async (CsLibrary *self,
                          gint64 collection,
                          const char *const *ids,
                          gboolean collected,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Change *change;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (ids != NULL);

  change = g_new0 (Change, 1);
  change->id = collection;
  change->creations = g_strdupv ((char **) ids);
  change->collected = collected;
  run_change (self, cs_library_collect_async, collect_func, change, cancellable, callback, user_data);
}

/**
 * cs_library_collect_finish:
 *
 * Returns: (transfer full): the collection as it is now.
 */
CS_DEFINE_FINISH_POINTER (CsCollection, CsLibrary, cs_library_collect_async, cs_library_collect_finish)
