/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-http.h"
#include "providers/cs-model.h"
#include "providers/cs-provider.h"
#include "secrets/cs-keys.h"

G_BEGIN_DECLS

#define CS_TYPE_PROVIDER_REGISTRY (cs_provider_registry_get_type ())
G_DECLARE_FINAL_TYPE (CsProviderRegistry, cs_provider_registry, CS, PROVIDER_REGISTRY, GObject)

CsProviderRegistry *cs_provider_registry_new             (CsHttp *http, CsKeys *keys);
CsProviderRegistry *cs_provider_registry_new_with_models (GPtrArray *models);
void                cs_provider_registry_add             (CsProviderRegistry *self, CsProvider *provider);
CsProvider         *cs_provider_registry_get_provider    (CsProviderRegistry *self, const char *id);
const CsModel      *cs_provider_registry_get_model       (CsProviderRegistry *self, const char *id);
const CsModel      *cs_provider_registry_find_model      (CsProviderRegistry *self, CsKind kind, const char *provider,
                                                          const char *model);
GPtrArray          *cs_provider_registry_get_models      (CsProviderRegistry *self);
void                cs_provider_registry_set_order       (CsProviderRegistry *self, const char *const *ids);
void                cs_provider_registry_set_automatic   (CsProviderRegistry *self, const char *id, gboolean is_automatic);
gboolean            cs_provider_registry_is_automatic    (CsProviderRegistry *self, const CsModel *model);
void                cs_provider_registry_forget_wishes   (CsProviderRegistry *self);
gboolean            cs_provider_registry_is_usable       (CsProviderRegistry *self, const CsModel *model, char **why_not);
GPtrArray          *cs_provider_registry_get_chain       (CsProviderRegistry *self, CsKind kind, const char *provider,
                                                          const char *model, GError **error);

G_END_DECLS
