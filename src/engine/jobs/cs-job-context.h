/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "providers/cs-provider-registry.h"
#include "screenwriter/cs-screenwriter.h"
#include "store/cs-store.h"
#include "wallet/cs-price-list.h"

G_BEGIN_DECLS

/* What every job needs of the house: filled by the queue, borrowed by its runners, which it outlives. */
typedef struct
{
  CsStore *store;
  CsPaths *paths;
  CsProviderRegistry *registry;
  CsScreenwriter *screenwriter;
  CsPriceList *prices;
  const char *owner;
} CsJobContext;

G_END_DECLS
