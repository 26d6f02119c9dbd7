/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-text-provider.h"
#include "wallet/cs-price-list.h"

G_BEGIN_DECLS

/* A deck by one language model: what cs_screenwriter_write_deck_async() does, with all that it needs. Main thread. */
void          cs_slide_writer_write_async  (CsTextProvider *provider, CsRequest *request, const CsModel *model,
                                            CsPriceList *prices, CsMoney max_cost, CsProviderProgressFunc progress,
                                            gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer user_data);
CsSubmission *cs_slide_writer_write_finish (GAsyncResult *result);

G_END_DECLS
