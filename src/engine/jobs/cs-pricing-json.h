/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-registry.h"
#include "wallet/cs-price-list.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* `pricing` of the contract, in one place for the command line and the server. Main thread. */
JsonObject *cs_pricing_to_json (CsProviderRegistry *registry, CsPriceList *prices);

G_END_DECLS
