/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-context.h"
#include "providers/cs-provider.h"

G_BEGIN_DECLS

#define CS_TYPE_SKETCH_PROVIDER (cs_sketch_provider_get_type ())
G_DECLARE_FINAL_TYPE (CsSketchProvider, cs_sketch_provider, CS, SKETCH_PROVIDER, GObject)

#define CS_SKETCH_PROVIDER_ID "sketch"

CsProvider *cs_sketch_provider_new (CsProviderContext *context);

G_END_DECLS
