/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-registry.h"
#include "providers/cs-text-provider.h"
#include "screenwriter/cs-brief.h"
#include "screenwriter/cs-screenplay.h"
#include "wallet/cs-price-list.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CS_TYPE_SCREENWRITER (cs_screenwriter_get_type ())
G_DECLARE_FINAL_TYPE (CsScreenwriter, cs_screenwriter, CS, SCREENWRITER, GObject)

/* Most that the text of one job may cost, whatever was agreed (design, section 4). */
#define CS_TEXT_MAX_COST 10000 /* micro-USD */
#define CS_TEXT_MAX_CALLS 3    /* of paid models */

CsScreenwriter *cs_screenwriter_new          (CsProviderRegistry *registry, CsPriceList *prices); /* (nullable): only direct */
CsMoney         cs_screenwriter_quote        (CsScreenwriter *self, const CsBrief *brief);
gboolean        cs_screenwriter_find_writer  (CsScreenwriter *self, char **words); /* who would write now, or why nobody */
void            cs_screenwriter_write_async  (CsScreenwriter *self, const CsBrief *brief, const CsModel *model, CsMoney max_cost,
                                              CsChatFunc func, gpointer func_data, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
CsScreenplay   *cs_screenwriter_write_finish (CsScreenwriter *self, GAsyncResult *result, GError **error);

/* A deck by one language model: Markdown into request->work_file. The end is never UNCERTAIN: text is written again. */
void            cs_screenwriter_write_deck_async  (CsScreenwriter *self, CsTextProvider *provider, CsRequest *request,
                                                   CsMoney max_cost, CsProviderProgressFunc progress, gpointer progress_data,
                                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsSubmission   *cs_screenwriter_write_deck_finish (CsScreenwriter *self, GAsyncResult *result);

G_END_DECLS
