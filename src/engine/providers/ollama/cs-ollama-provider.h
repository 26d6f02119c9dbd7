/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-context.h"
#include "providers/cs-text-provider.h"

G_BEGIN_DECLS

#define CS_TYPE_OLLAMA_PROVIDER (cs_ollama_provider_get_type ())
G_DECLARE_FINAL_TYPE (CsOllamaProvider, cs_ollama_provider, CS, OLLAMA_PROVIDER, GObject)

#define CS_OLLAMA_PROVIDER_ID "ollama"

CsProvider *cs_ollama_provider_new             (CsProviderContext *context);
const char *cs_ollama_provider_get_base        (CsOllamaProvider *self); /* (nullable) NULL: OLLAMA_HOST is nonsense */
gboolean    cs_ollama_provider_is_unencrypted  (CsOllamaProvider *self);
void        cs_ollama_provider_preload_async   (CsOllamaProvider *self, const CsModel *model, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer user_data);
gboolean    cs_ollama_provider_preload_finish  (CsOllamaProvider *self, GAsyncResult *result, GError **error);
void        cs_ollama_provider_pull_async      (CsOllamaProvider *self, const char *model,
                                                CsProviderProgressFunc progress, gpointer progress_data,
                                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                                gpointer user_data);
gboolean    cs_ollama_provider_pull_finish     (CsOllamaProvider *self, GAsyncResult *result, GError **error);

G_END_DECLS
