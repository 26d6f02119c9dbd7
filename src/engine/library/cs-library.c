/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The creations of this user: rows in the store and files in the creations folder. Made once by the engine,
 * lives on the main thread; every verb works on the store's thread or a thread of its own and tells the news
 * on the main context.
 */
#include "config.h"
#include "library/cs-library.h"

#include "core/cs-task.h"
#include "library/cs-library-files.h"
#include "library/cs-library-private.h"
#include "library/cs-library-query.h"

struct _CsLibrary
{
  GObject parent_instance;

  CsStore *store;
  CsPaths *paths;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_COLLECTIONS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsLibrary, cs_library, G_TYPE_OBJECT)

static void
cs_library_dispose (GObject *object)
{
  CsLibrary *self = CS_LIBRARY (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (cs_library_parent_class)->dispose (object);
}

static void
cs_library_finalize (GObject *object)
{
  CsLibrary *self = CS_LIBRARY (object);

  cs_paths_unref (self->paths);
  G_OBJECT_CLASS (cs_library_parent_class)->finalize (object);
}

static void
cs_library_class_init (CsLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_library_dispose;
  object_class->finalize = cs_library_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CS_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_COLLECTIONS_CHANGED] = g_signal_new ("collections-changed", CS_TYPE_LIBRARY,
                                                      G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_library_init (CsLibrary *self)
{
}

/* Another process wrote to the database. */
static void
store_changed_cb (CsLibrary *self)
{
  cs_library_notify (self, NULL);
  cs_library_notify_collections (self);
}

/**
 * cs_library_new:
 * @store: the open database
 * @paths: where the files are
 *
 * Returns: (transfer full): the library; main thread.
 */
CsLibrary *
cs_library_new (CsStore *store, CsPaths *paths)
{
  CsLibrary *self;

  g_return_val_if_fail (CS_IS_STORE (store), NULL);
  g_return_val_if_fail (paths != NULL, NULL);

  self = g_object_new (CS_TYPE_LIBRARY, NULL);
  self->store = g_object_ref (store);
  self->paths = cs_paths_ref (paths);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/* Borrowed; the store that holds the rows. */
CsStore *
cs_library_get_store (CsLibrary *self)
{
  return self->store;
}

/* Borrowed; any thread. */
CsPaths *
cs_library_get_paths (CsLibrary *self)
{
  return self->paths;
}

/**
 * cs_library_notify:
 * @id: (nullable): the creation that came, went or is another; NULL when that is not known
 *
 * Tells everyone who shows the library; for those who write rows by themselves, after their commit. Main
 * thread.
 */
void
cs_library_notify (CsLibrary *self, const char *id)
{
  g_return_if_fail (CS_IS_LIBRARY (self));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, id);
}

void
cs_library_notify_collections (CsLibrary *self)
{
  g_signal_emit (self, signals[SIGNAL_COLLECTIONS_CHANGED], 0);
}

/**
 * cs_library_dup_file_path:
 *
 * Returns: (transfer full): the absolute path of the master file of @creation; it may be missing.
 */
char *
cs_library_dup_file_path (CsLibrary *self, CsCreation *creation)
{
  g_return_val_if_fail (CS_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (CS_IS_CREATION (creation), NULL);

  return cs_library_files_dup_path (self->paths, cs_creation_get_facts (creation));
}

CsLibraryReading *
cs_library_reading_new (GDestroyNotify value_free)
{
  CsLibraryReading *self = g_new0 (CsLibraryReading, 1);

  self->value_free = value_free;
  self->turned = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
cs_library_reading_free (CsLibraryReading *self)
{
  if (self->value != NULL)
    self->value_free (self->value);
  g_ptr_array_unref (self->turned);
  g_free (self);
}

static gpointer
save_missing_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  cs_library_files_save_missing (database, data, error);
  return NULL;
}

static void
missing_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The mark is only a memory of what was seen: when it cannot be written, the next reading tries again. */
  cs_store_run_finish (CS_STORE (source), result, &error);
}

/* Writes down that files came or went, when there are any. */
void
cs_library_save_missing (CsLibrary *self, GPtrArray *turned)
{
  if (turned->len > 0)
    cs_store_run_async (self->store, CS_STORE_WRITE, save_missing_func, g_ptr_array_ref (turned),
                        (GDestroyNotify) g_ptr_array_unref, NULL, NULL, missing_saved_cb, NULL);
}

/* What to read. */
typedef struct
{
  CsPaths *paths;
  CsLibraryQuery *query;
  char *id;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  cs_paths_unref (read->paths);
  cs_library_query_free (read->query);
  g_free (read->id);
  g_free (read);
}

static gpointer
list_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsLibraryReading) reading = cs_library_reading_new ((GDestroyNotify) cs_library_page_free);
  Read *read = data;

  reading->value = cs_library_query_page (read->query, database, read->paths, reading->turned, error);
  return reading->value != NULL ? g_steal_pointer (&reading) : NULL;
}

static gpointer
get_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsLibraryReading) reading = cs_library_reading_new (g_object_unref);
  Read *read = data;

  reading->value = cs_library_files_find (read->paths, database, read->id, reading->turned, error);
  return reading->value != NULL ? g_steal_pointer (&reading) : NULL;
}

/* Ends the task @user_data with what was read. */
void
cs_library_reading_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (CsLibraryReading) reading = NULL;
  GError *error = NULL;

  reading = cs_store_run_finish (CS_STORE (source), result, &error);
  if (reading == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  cs_library_save_missing (g_task_get_source_object (task), reading->turned);
  g_task_return_pointer (task, g_steal_pointer (&reading->value), reading->value_free);
}

/**
 * cs_library_list_async:
 * @query: what to list; copied
 *
 * Reads one page. Fails with CS_ERROR_INVALID_VALUE when the cursor is not one of this list.
 */
void
cs_library_list_async (CsLibrary *self,
                       const CsLibraryQuery *query,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Read *read;
  GTask *task;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (query != NULL && query->sort <= CS_SORT_LONGEST);

  read = g_new0 (Read, 1);
  read->paths = cs_paths_ref (self->paths);
  read->query = cs_library_query_copy (query);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_library_list_async);
  cs_store_run_async (self->store, CS_STORE_READ, list_func, read, read_free,
                      (GDestroyNotify) cs_library_reading_free, cancellable, cs_library_reading_cb, task);
}

/**
 * cs_library_list_finish:
 *
 * Returns: (transfer full): the page.
 */
CS_DEFINE_FINISH_POINTER (CsLibraryPage, CsLibrary, cs_library_list_async, cs_library_list_finish)

/**
 * cs_library_get_async:
 *
 * Reads one creation, in the trash or not. Fails with CS_ERROR_NOT_FOUND.
 */
void
cs_library_get_async (CsLibrary *self,
                      const char *id,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Read *read;
  GTask *task;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (id != NULL);

  read = g_new0 (Read, 1);
  read->paths = cs_paths_ref (self->paths);
  read->id = g_strdup (id);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_library_get_async);
  cs_store_run_async (self->store, CS_STORE_READ, get_func, read, read_free,
                      (GDestroyNotify) cs_library_reading_free, cancellable, cs_library_reading_cb, task);
}

/**
 * cs_library_get_finish:
 *
 * Returns: (transfer full): the creation.
 */
CS_DEFINE_FINISH_POINTER (CsCreation, CsLibrary, cs_library_get_async, cs_library_get_finish)

/**
 * cs_library_page_free:
 * @page: (nullable) (transfer full): a page
 */
void
cs_library_page_free (CsLibraryPage *page)
{
  if (page == NULL)
    return;
  g_clear_pointer (&page->creations, g_ptr_array_unref);
  g_free (page->next);
  g_free (page);
}
