/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of the library for a view: it holds the row number of every creation that its query finds, and reads
 * the creations themselves in batches when the view asks for them. Follows what this and other processes do
 * to the library, and announces no more than what changed. Made by the view; main thread only.
 */
#include "config.h"
#include "library/cs-library-model.h"

#include "library/cs-library-cache.h"
#include "library/cs-library-loader.h"
#include "library/cs-library-order.h"
#include "library/cs-library-private.h"
#include "library/cs-library-refresh.h"

#define WINDOW 100            /* rows read at once */
#define MAX_BATCHES 20        /* batches kept though nobody uses them */
#define MAX_CHANGED_IDS 100   /* more are as good as all */
#define QUIET_US (150 * 1000) /* between readings of the list when other processes write all the time */

struct _CsLibraryModel
{
  GObject parent_instance;

  /* owned */
  CsLibrary *library;
  CsLibraryQuery *query; /* (nullable) until one is set */
  CsLibraryCache *cache;
  CsLibraryLoader *loader;

  /* what is shown; while changes are announced: new rows up to one place, old ones behind another */
  GArray *rows;     /* (element-type gint64) */
  GArray *old_rows; /* (nullable) */
  guint new_place;
  guint old_place;
  GArray *order; /* (nullable) the list without the words of the query; NULL when it may have changed */

  /* reading the list */
  GCancellable *refresh;    /* (nullable) of the reading in flight */
  gboolean refresh_reloads; /* it carries creations that changed */
  guint refresh_source;
  gint64 refreshed_at; /* monotonic time */
  GHashTable *changed; /* (element-type utf8) ids that changed since the list was read */
  gboolean all_changed;
  gboolean loading; /* the list of the query is not there yet */
};

enum
{
  PROP_0,
  PROP_ITEM_TYPE,
  PROP_N_ITEMS,
  PROP_LOADING,
  N_PROPS
};

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);
static void schedule_refresh (CsLibraryModel *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsLibraryModel,
                               cs_library_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
cs_library_model_get_item_type (GListModel *model)
{
  return CS_TYPE_LIBRARY_ITEM;
}

static guint
cs_library_model_get_n_items (GListModel *model)
{
  CsLibraryModel *self = CS_LIBRARY_MODEL (model);

  if (self->old_rows == NULL)
    return self->rows->len;
  return self->new_place + self->old_rows->len - self->old_place;
}

static gint64
get_row (CsLibraryModel *self, guint position)
{
  if (self->old_rows == NULL || position < self->new_place)
    return g_array_index (self->rows, gint64, position);
  return g_array_index (self->old_rows, gint64, position - self->new_place + self->old_place);
}

/* Asks for the creations around @position that nobody has asked for. */
static void
request_window (CsLibraryModel *self, guint position)
{
  guint start = position - position % WINDOW;
  guint end = MIN (start + WINDOW, cs_library_model_get_n_items (G_LIST_MODEL (self)));
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = start; i < end; i++)
    {
      gint64 row = get_row (self, i);
      CsLibraryItem *item = cs_library_cache_peek (self->cache, row);

      if ((item == NULL || cs_library_item_get_creation (item) == NULL)
          && !cs_library_loader_is_requested (self->loader, row))
        g_array_append_val (rows, row);
    }
  cs_library_loader_request (self->loader, rows);
}

static gpointer
cs_library_model_get_item (GListModel *model, guint position)
{
  CsLibraryModel *self = CS_LIBRARY_MODEL (model);
  CsLibraryItem *item;
  gint64 row;

  if (position >= cs_library_model_get_n_items (model))
    return NULL;
  row = get_row (self, position);
  item = cs_library_cache_take (self->cache, row);
  if (cs_library_item_get_creation (item) == NULL && !cs_library_loader_is_requested (self->loader, row))
    request_window (self, position);
  return item;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = cs_library_model_get_item_type;
  iface->get_n_items = cs_library_model_get_n_items;
  iface->get_item = cs_library_model_get_item;
}

static void
set_loading (CsLibraryModel *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static gboolean
has_changes (CsLibraryModel *self)
{
  return self->all_changed || g_hash_table_size (self->changed) > 0;
}

/* Remembers the list without the words of the query; NULL: not known. */
static void
set_order (CsLibraryModel *self, GArray *order)
{
  if (order != NULL)
    g_array_ref (order);
  g_clear_pointer (&self->order, g_array_unref);
  self->order = order;
}

/* Shows @rows from now on, one difference after the other: the model is right at every announcement. */
static void
show_rows (CsLibraryModel *self, GArray *rows, GArray *hunks)
{
  guint n_items = self->rows->len;

  self->old_rows = self->rows;
  self->rows = g_array_ref (rows);
  self->new_place = self->old_place = 0;
  for (guint i = 0; i < hunks->len; i++)
    {
      const CsLibraryHunk *hunk = &g_array_index (hunks, CsLibraryHunk, i);

      self->new_place = hunk->new_start + hunk->new_length;
      self->old_place = hunk->old_start + hunk->old_length;
      g_list_model_items_changed (G_LIST_MODEL (self), hunk->new_start, hunk->old_length, hunk->new_length);
    }
  g_clear_pointer (&self->old_rows, g_array_unref);
  if (self->rows->len != n_items)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

/* The rows whose creations are in use and may have changed. */
static GArray *
take_reload (CsLibraryModel *self)
{
  g_autoptr (GArray) rows = NULL;
  GArray *reload = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (self->all_changed)
    cs_library_cache_forget (self->cache);
  rows = cs_library_cache_dup_rows (self->cache);
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);
      CsCreation *creation = cs_library_item_get_creation (cs_library_cache_peek (self->cache, row));

      if (creation != NULL
          && (self->all_changed || g_hash_table_contains (self->changed, cs_creation_get_id (creation))))
        g_array_append_val (reload, row);
    }
  g_hash_table_remove_all (self->changed);
  self->all_changed = FALSE;
  return reload;
}

/* What a reading of the list carries with it. */
typedef struct
{
  CsLibraryModel *model; /* owned */
  GCancellable *cancellable;
  CsLibraryRefresh *refresh; /* borrowed from the store until the callback is over */
} Refreshing;

static void
refreshing_free (Refreshing *refreshing)
{
  g_object_unref (refreshing->model);
  g_object_unref (refreshing->cancellable);
  g_free (refreshing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Refreshing, refreshing_free)

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Refreshing) refreshing = user_data;
  CsLibraryModel *self = refreshing->model;
  CsLibraryRefresh *refresh = refreshing->refresh;
  g_autoptr (GError) error = NULL;

  cs_store_run_finish (CS_STORE (source), result, &error);
  if (self->refresh != refreshing->cancellable)
    return;

  g_clear_object (&self->refresh);
  self->refreshed_at = g_get_monotonic_time ();
  if (error != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
    }
  else
    {
      cs_library_save_missing (self->library, refresh->turned);
      cs_library_cache_fill (self->cache, refresh->reload, refresh->creations);
      if (!has_changes (self))
        set_order (self, refresh->order);
      show_rows (self, refresh->rows, refresh->hunks);
    }
  if (self->refresh == NULL)
    set_loading (self, FALSE);
  if (has_changes (self))
    schedule_refresh (self);
}

static void
cancel_refresh (CsLibraryModel *self)
{
  if (self->refresh == NULL)
    return;
  g_cancellable_cancel (self->refresh);
  g_clear_object (&self->refresh);
  if (self->refresh_reloads)
    self->all_changed = TRUE;
}

/* Reads the list; a reading in flight is of no use any more. */
static void
start_refresh (CsLibraryModel *self, gboolean detailed)
{
  CsLibraryRefresh *refresh = g_new0 (CsLibraryRefresh, 1);
  Refreshing *refreshing = g_new0 (Refreshing, 1);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  cancel_refresh (self);
  self->refresh = g_cancellable_new ();

  refresh->paths = cs_paths_ref (cs_library_get_paths (self->library));
  refresh->query = cs_library_query_copy (self->query);
  refresh->old_rows = g_array_ref (self->rows);
  refresh->detailed = detailed;
  refresh->order = self->order != NULL ? g_array_ref (self->order) : NULL;
  refresh->reload = take_reload (self);
  self->refresh_reloads = refresh->reload->len > 0;

  refreshing->model = g_object_ref (self);
  refreshing->cancellable = g_object_ref (self->refresh);
  refreshing->refresh = refresh;
  cs_store_run_async (cs_library_get_store (self->library), CS_STORE_READ, cs_library_refresh_func, refresh,
                      (GDestroyNotify) cs_library_refresh_free, NULL, self->refresh, refreshed_cb,
                      refreshing);
}

static void
refresh_cb (gpointer user_data)
{
  CsLibraryModel *self = user_data;

  self->refresh_source = 0;
  start_refresh (self, TRUE);
}

/* Reads the list after a change: at once for one of ours, not all the time when other processes write. */
static void
schedule_refresh (CsLibraryModel *self)
{
  gint64 wait = 0;

  if (self->query == NULL || self->refresh != NULL)
    return;
  if (self->all_changed)
    wait = CLAMP (self->refreshed_at + QUIET_US - g_get_monotonic_time (), 0, QUIET_US);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  self->refresh_source = g_timeout_add_once (wait / 1000, refresh_cb, self);
}

static void
library_changed_cb (CsLibraryModel *self, const char *id)
{
  if (id == NULL || g_hash_table_size (self->changed) >= MAX_CHANGED_IDS)
    self->all_changed = TRUE;
  else
    g_hash_table_add (self->changed, g_strdup (id));
  set_order (self, NULL);
  schedule_refresh (self);
}

static void
cs_library_model_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  CsLibraryModel *self = CS_LIBRARY_MODEL (object);

  switch (prop_id)
    {
    case PROP_ITEM_TYPE:
      g_value_set_gtype (value, CS_TYPE_LIBRARY_ITEM);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, cs_library_model_get_n_items (G_LIST_MODEL (self)));
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_library_model_dispose (GObject *object)
{
  CsLibraryModel *self = CS_LIBRARY_MODEL (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  cancel_refresh (self);
  g_clear_pointer (&self->loader, cs_library_loader_free);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (cs_library_model_parent_class)->dispose (object);
}

static void
cs_library_model_finalize (GObject *object)
{
  CsLibraryModel *self = CS_LIBRARY_MODEL (object);

  cs_library_query_free (self->query);
  cs_library_cache_free (self->cache);
  g_array_unref (self->rows);
  set_order (self, NULL);
  g_hash_table_unref (self->changed);
  G_OBJECT_CLASS (cs_library_model_parent_class)->finalize (object);
}

static void
cs_library_model_class_init (CsLibraryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_library_model_dispose;
  object_class->finalize = cs_library_model_finalize;
  object_class->get_property = cs_library_model_get_property;

  properties[PROP_ITEM_TYPE] = g_param_spec_gtype ("item-type", NULL, NULL, G_TYPE_OBJECT,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS]
      = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADING] = g_param_spec_boolean (
      "loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_FAILED] = g_signal_new ("failed", CS_TYPE_LIBRARY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
cs_library_model_init (CsLibraryModel *self)
{
  self->cache = cs_library_cache_new (MAX_BATCHES);
  self->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
loader_failed_cb (GObject *owner, GError *error)
{
  g_signal_emit (owner, signals[SIGNAL_FAILED], 0, error);
}

/**
 * cs_library_model_new:
 *
 * Returns: (transfer full): an empty model, until a query is set.
 */
CsLibraryModel *
cs_library_model_new (CsLibrary *library)
{
  CsLibraryModel *self;

  g_return_val_if_fail (CS_IS_LIBRARY (library), NULL);

  self = g_object_new (CS_TYPE_LIBRARY_MODEL, NULL);
  self->library = g_object_ref (library);
  self->loader = cs_library_loader_new (G_OBJECT (self), library, self->cache, loader_failed_cb);
  g_signal_connect_object (library, "changed", G_CALLBACK (library_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/* Whether two queries differ in their words only. */
static gboolean
has_same_order (const CsLibraryQuery *a, const CsLibraryQuery *b)
{
  return a->has_kind == b->has_kind && (!a->has_kind || a->kind == b->kind) && a->favourites == b->favourites
         && a->trashed == b->trashed && g_strcmp0 (a->provider, b->provider) == 0
         && g_strcmp0 (a->style, b->style) == 0 && a->from == b->from && a->to == b->to
         && a->collection == b->collection && a->sort == b->sort;
}

/**
 * cs_library_model_set_query:
 * @query: what to list; copied, without limit and cursor
 *
 * Shows another list. What is shown stays until the new list is read, then all of it comes at once with empty
 * items.
 */
void
cs_library_model_set_query (CsLibraryModel *self, const CsLibraryQuery *query)
{
  g_return_if_fail (CS_IS_LIBRARY_MODEL (self));
  g_return_if_fail (query != NULL && query->sort <= CS_SORT_LONGEST);

  if (self->query != NULL && !has_same_order (self->query, query))
    set_order (self, NULL);
  g_clear_pointer (&self->query, cs_library_query_free);
  self->query = cs_library_query_copy (query);
  set_loading (self, TRUE);
  start_refresh (self, FALSE);
}

/**
 * cs_library_model_is_loading:
 *
 * Returns: whether the list of the last query is still being read.
 */
gboolean
cs_library_model_is_loading (CsLibraryModel *self)
{
  g_return_val_if_fail (CS_IS_LIBRARY_MODEL (self), FALSE);

  return self->loading;
}

/**
 * cs_library_model_get_row:
 * @position: less than the number of items
 *
 * Returns: the row of the creation there, without having it read; for cs_library_sum_async().
 */
gint64
cs_library_model_get_row (CsLibraryModel *self, guint position)
{
  g_return_val_if_fail (CS_IS_LIBRARY_MODEL (self), 0);
  g_return_val_if_fail (position < cs_library_model_get_n_items (G_LIST_MODEL (self)), 0);

  return get_row (self, position);
}

/**
 * cs_library_model_find:
 * @position: (out): where it is now
 *
 * Returns: FALSE when @item, once an item of this model, is not in the list any more.
 */
gboolean
cs_library_model_find (CsLibraryModel *self, CsLibraryItem *item, guint *position)
{
  guint n_items;
  gint64 row;

  g_return_val_if_fail (CS_IS_LIBRARY_MODEL (self), FALSE);
  g_return_val_if_fail (CS_IS_LIBRARY_ITEM (item) && position != NULL, FALSE);

  row = cs_library_item_get_row (item);
  n_items = cs_library_model_get_n_items (G_LIST_MODEL (self));
  for (guint i = 0; i < n_items; i++)
    if (get_row (self, i) == row)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/** cs_library_model_find_row: Returns: (transfer full) (nullable): the item of that row, if it is in the list. */
CsLibraryItem *
cs_library_model_find_row (CsLibraryModel *self, gint64 row)
{
  guint n_items;

  g_return_val_if_fail (CS_IS_LIBRARY_MODEL (self), NULL);

  n_items = cs_library_model_get_n_items (G_LIST_MODEL (self));
  for (guint i = 0; i < n_items; i++)
    if (get_row (self, i) == row)
      return cs_library_model_get_item (G_LIST_MODEL (self), i);
  return NULL;
}

/**
 * cs_library_model_find_id:
 *
 * Returns: (transfer full) (nullable): the item of that creation, when somebody uses it or it was read lately; reads nothing.
 */
CsLibraryItem *
cs_library_model_find_id (CsLibraryModel *self, const char *id)
{
  g_autoptr (GArray) rows = NULL;

  g_return_val_if_fail (CS_IS_LIBRARY_MODEL (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  rows = cs_library_cache_dup_rows (self->cache);
  for (guint i = 0; i < rows->len; i++)
    {
      CsLibraryItem *item = cs_library_cache_peek (self->cache, g_array_index (rows, gint64, i));
      CsCreation *creation = item != NULL ? cs_library_item_get_creation (item) : NULL;

      if (creation != NULL && g_str_equal (cs_creation_get_id (creation), id))
        return g_object_ref (item);
    }
  return NULL;
}
