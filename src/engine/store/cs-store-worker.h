/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/cs-store.h"

G_BEGIN_DECLS

/* The thread behind a store, private to it. Tasks are handed over; each is answered on its own context. */
typedef struct _CsStoreWorker CsStoreWorker;

typedef void (*CsStoreWorkerNotify) (GObject *owner);

CsStoreWorker *cs_store_worker_new   (CsPaths *paths, GObject *owner, CsStoreWorkerNotify changed);
void           cs_store_worker_unref (CsStoreWorker *self);
void           cs_store_worker_open  (CsStoreWorker *self, GTask *task, GObject *result);
void           cs_store_worker_run   (CsStoreWorker *self, GTask *task, CsStoreMode mode, CsStoreFunc func, gpointer data,
                                      GDestroyNotify data_free, GDestroyNotify result_free);
void           cs_store_worker_close (CsStoreWorker *self, GTask *task);
void           cs_store_worker_watch (CsStoreWorker *self, guint interval_ms);
gboolean       cs_store_worker_is_me (CsStoreWorker *self);

G_END_DECLS
