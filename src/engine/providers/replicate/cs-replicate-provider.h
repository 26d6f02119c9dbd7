/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-context.h"
#include "providers/cs-provider.h"

G_BEGIN_DECLS

#define CS_TYPE_REPLICATE_PROVIDER (cs_replicate_provider_get_type ())
G_DECLARE_FINAL_TYPE (CsReplicateProvider, cs_replicate_provider, CS, REPLICATE_PROVIDER, GObject)

#define CS_REPLICATE_PROVIDER_ID "replicate"

CsProvider *cs_replicate_provider_new (CsProviderContext *context);

G_END_DECLS
