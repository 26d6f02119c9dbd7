/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-registry.h"
#include "providers/cs-text-provider.h"
#include "screenwriter/cs-brief.h"
#include "screenwriter/cs-screenplay.h"
#include "wallet/cs-price-list.h"

G_BEGIN_DECLS

/* One language model after another, until one has written the prompt; the user's own words stand at the end. */
GPtrArray    *cs_text_cascade_get_models   (CsProviderRegistry *registry); /* (element-type CsModel) */
CsMoney       cs_text_cascade_quote        (CsProviderRegistry *registry, CsPriceList *prices, const CsBrief *brief);
void          cs_text_cascade_write_async  (CsProviderRegistry *registry, CsPriceList *prices, const CsBrief *brief,
                                            const CsModel *target, CsMoney max_cost, CsChatFunc func, gpointer func_data,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsScreenplay *cs_text_cascade_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
