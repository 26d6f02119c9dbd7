/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-registry.h"
#include "screenwriter/cs-brief.h"
#include "wallet/cs-price-list.h"

G_BEGIN_DECLS

/* Which models a brief is tried with, in order, what they cost, and what they change of what was asked. Pure; any thread
 * that may use the registry. */
GPtrArray *cs_job_chain_new         (CsProviderRegistry *registry, CsPriceList *prices, const CsBrief *brief, GError **error);
gboolean   cs_job_chain_quote       (CsPriceList *prices, const CsModel *model, const CsBrief *brief, CsMoney *cost);
gboolean   cs_job_chain_quote_sale  (CsPriceList *prices, const CsModel *model, const CsBrief *brief, CsMoney *sale);
gboolean   cs_job_chain_quote_payer (CsPriceList *prices, const CsModel *model, const CsBrief *brief, CsMoney *price);
CsMoney    cs_job_chain_get_dearest (GPtrArray *chain, CsPriceList *prices, const CsBrief *brief);
int        cs_job_chain_find_first  (GPtrArray *chain, CsPriceList *prices, const CsBrief *brief, CsMoney *cost);
const CsModel *cs_job_chain_find_right_one (CsProviderRegistry *registry, CsPriceList *prices, const CsBrief *brief,
                                            CsMoney *cost);
GStrv      cs_job_chain_list_notes  (CsProviderRegistry *registry, CsPriceList *prices, const CsBrief *brief, const CsModel *model);

G_END_DECLS
