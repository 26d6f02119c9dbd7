/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reading of creations for a CsLibraryModel: one batch at a time, the last asked for first, and none that
 * nobody waits for any more. Belongs to the model, which a reading keeps alive; main thread only.
 */
#include "config.h"
#include "library/cs-library-loader.h"

#include "library/cs-library-files.h"
#include "library/cs-library-private.h"

struct _CsLibraryLoader
{
  GObject *owner; /* borrowed */
  CsLibrary *library;
  CsLibraryCache *cache; /* borrowed from the owner */
  CsLibraryLoaderFailed failed;

  GQueue wanted;         /* (element-type GArray) rows, the last asked for first */
  GHashTable *requested; /* (element-type gint64) all rows in there and on their way */
  gboolean reading;
};

/* One reading. */
typedef struct
{
  GObject *owner; /* owned: lives as long as the reading, and the loader with it */
  CsLibraryLoader *loader;
  CsPaths *paths;
  GArray *rows;
} Read;

static void read_next (CsLibraryLoader *self);

/**
 * cs_library_loader_new:
 * @owner: the model; borrowed
 * @cache: what is read goes in there; borrowed
 *
 * Returns: (transfer full): a loader without anything to do.
 */
CsLibraryLoader *
cs_library_loader_new (GObject *owner,
                       CsLibrary *library,
                       CsLibraryCache *cache,
                       CsLibraryLoaderFailed failed)
{
  CsLibraryLoader *self = g_new0 (CsLibraryLoader, 1);

  self->owner = owner;
  self->library = g_object_ref (library);
  self->cache = cache;
  self->failed = failed;
  self->requested = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_init (&self->wanted);
  return self;
}

/**
 * cs_library_loader_free:
 * @self: (transfer full): a loader that reads nothing: a reading keeps its owner alive
 */
void
cs_library_loader_free (CsLibraryLoader *self)
{
  g_assert (!self->reading);
  g_queue_clear_full (&self->wanted, (GDestroyNotify) g_array_unref);
  g_hash_table_unref (self->requested);
  g_object_unref (self->library);
  g_free (self);
}

/**
 * cs_library_loader_is_requested:
 *
 * Returns: whether @row is on its way.
 */
gboolean
cs_library_loader_is_requested (CsLibraryLoader *self, gint64 row)
{
  return g_hash_table_contains (self->requested, &row);
}

/* Whether anybody still waits for one of @rows; a view that scrolls fast leaves most of them behind. */
static gboolean
is_awaited (CsLibraryLoader *self, GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      CsLibraryItem *item = cs_library_cache_peek (self->cache, g_array_index (rows, gint64, i));

      if (item != NULL && cs_library_item_get_creation (item) == NULL)
        return TRUE;
    }
  return FALSE;
}

static void
end_request (CsLibraryLoader *self, GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_remove (self->requested, &g_array_index (rows, gint64, i));
}

static void
read_free (gpointer data)
{
  Read *read = data;

  cs_paths_unref (read->paths);
  g_array_unref (read->rows);
  g_object_unref (read->owner);
  g_free (read);
}

static gpointer
read_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsLibraryReading) reading = cs_library_reading_new ((GDestroyNotify) g_ptr_array_unref);
  Read *read = data;

  reading->value
      = cs_library_files_load (read->paths, database, read->rows, reading->turned, cancellable, error);
  return reading->value != NULL ? g_steal_pointer (&reading) : NULL;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Read *read = user_data;
  CsLibraryLoader *self = read->loader;
  g_autoptr (CsLibraryReading) reading = NULL;
  g_autoptr (GError) error = NULL;

  reading = cs_store_run_finish (CS_STORE (source), result, &error);
  self->reading = FALSE;
  end_request (self, read->rows);
  if (reading == NULL)
    {
      self->failed (read->owner, error);
    }
  else
    {
      cs_library_save_missing (self->library, reading->turned);
      cs_library_cache_fill (self->cache, read->rows, reading->value);
    }
  read_next (self);
}

/* Reads the last batch that was asked for and is still awaited, unless one is being read. */
static void
read_next (CsLibraryLoader *self)
{
  GArray *rows;
  Read *read;

  if (self->reading)
    return;
  while ((rows = g_queue_pop_head (&self->wanted)) != NULL && !is_awaited (self, rows))
    {
      end_request (self, rows);
      g_array_unref (rows);
    }
  if (rows == NULL)
    return;

  self->reading = TRUE;
  read = g_new0 (Read, 1);
  read->owner = g_object_ref (self->owner);
  read->loader = self;
  read->paths = cs_paths_ref (cs_library_get_paths (self->library));
  read->rows = rows;
  cs_store_run_async (cs_library_get_store (self->library), CS_STORE_READ, read_func, read, read_free,
                      (GDestroyNotify) cs_library_reading_free, NULL, read_cb, read);
}

/**
 * cs_library_loader_request:
 * @rows: (element-type gint64) (transfer full): rows to read together, none of them requested
 */
void
cs_library_loader_request (CsLibraryLoader *self, GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (self->requested, g_memdup2 (&g_array_index (rows, gint64, i), sizeof (gint64)));
  g_queue_push_head (&self->wanted, rows);
  read_next (self);
}
