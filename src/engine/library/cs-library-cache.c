/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The items of one CsLibraryModel. Whoever uses an item keeps it alive and always gets the same one; besides,
 * the last batches that were read or looked at are kept, so that memory stays bounded. Belongs to the model;
 * main thread only.
 */
#include "config.h"
#include "library/cs-library-cache.h"

/* Items that were read together and are let go together. */
typedef struct
{
  GPtrArray *items; /* (element-type CsLibraryItem) owned */
} Batch;

struct _CsLibraryCache
{
  GHashTable *entries; /* (element-type gint64 Entry) */
  GQueue batches;      /* (element-type Batch) the last used first */
  guint max_batches;
};

/* One item that is alive. */
typedef struct
{
  CsLibraryCache *cache;
  gint64 row;
  CsLibraryItem *item; /* borrowed: the entry goes with it */
  Batch *batch;        /* (nullable) borrowed */
} Entry;

static void
item_gone_cb (gpointer data, GObject *where_the_item_was)
{
  Entry *entry = data;

  g_hash_table_remove (entry->cache->entries, &entry->row);
}

/**
 * cs_library_cache_new:
 * @max_batches: how many batches that nobody uses are kept
 *
 * Returns: (transfer full): an empty cache.
 */
CsLibraryCache *
cs_library_cache_new (guint max_batches)
{
  CsLibraryCache *self = g_new0 (CsLibraryCache, 1);

  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  g_queue_init (&self->batches);
  self->max_batches = max_batches;
  return self;
}

static void
free_batch (CsLibraryCache *self, Batch *batch)
{
  for (guint i = 0; i < batch->items->len; i++)
    {
      gint64 row = cs_library_item_get_row (g_ptr_array_index (batch->items, i));
      Entry *entry = g_hash_table_lookup (self->entries, &row);

      if (entry->batch == batch)
        entry->batch = NULL;
    }
  g_ptr_array_unref (batch->items);
  g_free (batch);
}

/**
 * cs_library_cache_forget:
 *
 * Keeps nothing that nobody uses.
 */
void
cs_library_cache_forget (CsLibraryCache *self)
{
  Batch *batch;

  while ((batch = g_queue_pop_tail (&self->batches)) != NULL)
    free_batch (self, batch);
}

/**
 * cs_library_cache_free:
 * @self: (transfer full): the cache; items that are in use live on without it
 */
void
cs_library_cache_free (CsLibraryCache *self)
{
  GHashTableIter iter;
  gpointer value;

  cs_library_cache_forget (self);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_object_weak_unref (G_OBJECT (((Entry *) value)->item), item_gone_cb, value);
  g_hash_table_unref (self->entries);
  g_free (self);
}

static void
touch (CsLibraryCache *self, Batch *batch)
{
  if (batch == NULL || g_queue_peek_head (&self->batches) == batch)
    return;
  g_queue_remove (&self->batches, batch);
  g_queue_push_head (&self->batches, batch);
}

/* The entry of @row; *@item is a reference to its item, new when nobody had it. */
static Entry *
ensure (CsLibraryCache *self, gint64 row, CsLibraryItem **item)
{
  Entry *entry = g_hash_table_lookup (self->entries, &row);

  if (entry != NULL)
    {
      *item = g_object_ref (entry->item);
      return entry;
    }
  *item = cs_library_item_new (row);
  entry = g_new0 (Entry, 1);
  entry->cache = self;
  entry->row = row;
  entry->item = *item;
  g_hash_table_insert (self->entries, &entry->row, entry);
  g_object_weak_ref (G_OBJECT (*item), item_gone_cb, entry);
  return entry;
}

/**
 * cs_library_cache_take:
 *
 * Returns: (transfer full): the item of @row, perhaps a new and empty one.
 */
CsLibraryItem *
cs_library_cache_take (CsLibraryCache *self, gint64 row)
{
  CsLibraryItem *item;

  touch (self, ensure (self, row, &item)->batch);
  return item;
}

/**
 * cs_library_cache_peek:
 *
 * Returns: (transfer none) (nullable): the item of @row when there is one.
 */
CsLibraryItem *
cs_library_cache_peek (CsLibraryCache *self, gint64 row)
{
  Entry *entry = g_hash_table_lookup (self->entries, &row);

  return entry != NULL ? entry->item : NULL;
}

/**
 * cs_library_cache_fill:
 * @rows: (element-type gint64): rows that were read
 * @creations: (element-type CsCreation): what they are; NULL where there is none
 *
 * Fills the items of @rows and keeps them as the newest batch.
 */
void
cs_library_cache_fill (CsLibraryCache *self, GArray *rows, GPtrArray *creations)
{
  Batch *batch;

  if (rows->len == 0)
    return;
  batch = g_new0 (Batch, 1);
  batch->items = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_push_head (&self->batches, batch);
  for (guint i = 0; i < rows->len; i++)
    {
      CsCreation *creation = g_ptr_array_index (creations, i);
      CsLibraryItem *item;

      if (creation == NULL)
        continue;
      ensure (self, g_array_index (rows, gint64, i), &item)->batch = batch;
      g_ptr_array_add (batch->items, item);
      cs_library_item_set_creation (item, creation);
    }
  while (g_queue_get_length (&self->batches) > self->max_batches)
    free_batch (self, g_queue_pop_tail (&self->batches));
}

/**
 * cs_library_cache_dup_rows:
 *
 * Returns: (transfer full) (element-type gint64): the rows of all items, in no order.
 */
GArray *
cs_library_cache_dup_rows (CsLibraryCache *self)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (gint64), g_hash_table_size (self->entries));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (rows, key, 1);
  return rows;
}

/**
 * cs_library_cache_get_n_items:
 *
 * Returns: how many items are alive.
 */
guint
cs_library_cache_get_n_items (CsLibraryCache *self)
{
  return g_hash_table_size (self->entries);
}
