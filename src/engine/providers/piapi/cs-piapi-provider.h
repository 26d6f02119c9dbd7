/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-context.h"
#include "providers/cs-provider.h"

G_BEGIN_DECLS

#define CS_TYPE_PIAPI_PROVIDER (cs_piapi_provider_get_type ())
G_DECLARE_FINAL_TYPE (CsPiapiProvider, cs_piapi_provider, CS, PIAPI_PROVIDER, GObject)

#define CS_PIAPI_PROVIDER_ID "piapi"

CsProvider *cs_piapi_provider_new (CsProviderContext *context);

G_END_DECLS
