/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "jobs/cs-job-queue.h"
#include "library/cs-library.h"
#include "providers/cs-provider-registry.h"
#include "screenwriter/cs-screenwriter.h"
#include "secrets/cs-keys.h"
#include "store/cs-store.h"
#include "wallet/cs-price-list.h"
#include "wallet/cs-wallet.h"

G_BEGIN_DECLS

#define CS_TYPE_ENGINE (cs_engine_get_type ())
G_DECLARE_FINAL_TYPE (CsEngine, cs_engine, CS, ENGINE, GObject)

void                cs_engine_set_up_process   (void);
const char         *cs_engine_get_wallet_key   (void);
char               *cs_engine_dup_versions     (void);
void                cs_engine_leave_keys       (CsEngine *self);
void                cs_engine_open_async       (CsPaths *paths, CsProviderRegistry *registry, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer user_data);
CsEngine           *cs_engine_open_finish      (GAsyncResult *result, GError **error);
void                cs_engine_close_async      (CsEngine *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                                gpointer user_data);
gboolean            cs_engine_close_finish     (CsEngine *self, GAsyncResult *result, GError **error);
CsPaths            *cs_engine_get_paths        (CsEngine *self);
CsKeys             *cs_engine_get_keys         (CsEngine *self);
CsStore            *cs_engine_get_store        (CsEngine *self);
CsLibrary          *cs_engine_get_library      (CsEngine *self);
CsJobQueue         *cs_engine_get_queue        (CsEngine *self);
CsProviderRegistry *cs_engine_get_registry     (CsEngine *self);
CsScreenwriter     *cs_engine_get_screenwriter (CsEngine *self);
CsPriceList        *cs_engine_get_prices       (CsEngine *self);
CsWallet           *cs_engine_get_wallet       (CsEngine *self);

G_END_DECLS
