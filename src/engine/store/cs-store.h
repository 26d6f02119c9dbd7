/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "store/cs-database.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CS_TYPE_STORE (cs_store_get_type ())
G_DECLARE_FINAL_TYPE (CsStore, cs_store, CS, STORE, GObject)

/* How the worker wraps a piece of work. */
typedef enum
{
  CS_STORE_READ,  /* one consistent snapshot */
  CS_STORE_WRITE, /* one transaction, committed when the function succeeds and rolled back when it fails */
} CsStoreMode;

/*
 * A piece of work on the database, on the worker thread. Returns what the finish function hands out; NULL with @error
 * set is a failure, NULL without is a valid answer.
 */
typedef gpointer (*CsStoreFunc) (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error);

void     cs_store_open_async   (CsPaths *paths, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsStore *cs_store_open_finish  (GAsyncResult *result, GError **error);
void     cs_store_run_async    (CsStore *self, CsStoreMode mode, CsStoreFunc func, gpointer data,
                                GDestroyNotify data_free, GDestroyNotify result_free, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gpointer cs_store_run_finish   (CsStore *self, GAsyncResult *result, GError **error);
void     cs_store_close_async  (CsStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean cs_store_close_finish (CsStore *self, GAsyncResult *result, GError **error);
gboolean cs_store_is_worker    (CsStore *self);
void     cs_store_watch        (CsStore *self, guint interval_ms);

G_END_DECLS
