/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-http.h"
#include "providers/cs-model.h"
#include "secrets/cs-keys.h"

G_BEGIN_DECLS

/* What a provider gets of the house when it is made. Reference counted, immutable, main thread. */
typedef struct
{
  CsHttp *http;
  CsKeys *keys;
  GPtrArray *models; /* (element-type CsModel) all of them */
} CsProviderContext;

CsProviderContext *cs_provider_context_new       (CsHttp *http, CsKeys *keys, GPtrArray *models);
CsProviderContext *cs_provider_context_ref       (CsProviderContext *self);
void               cs_provider_context_unref     (CsProviderContext *self);
const CsModel     *cs_provider_context_get_model (CsProviderContext *self, const char *id); /* (nullable) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsProviderContext, cs_provider_context_unref)

G_END_DECLS
