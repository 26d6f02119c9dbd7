/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/chat/cs-chat.h"
#include "providers/cs-model.h"
#include "wallet/cs-price-list.h"

G_BEGIN_DECLS

/* What asking a language model may cost, and did cost. Pure. */
gboolean cs_text_price_most     (CsPriceList *prices, const CsModel *model, const CsChat *chat, CsMoney *cost);
int      cs_text_price_fit      (CsPriceList *prices, const CsModel *model, const CsChat *chat, CsMoney budget);
CsMoney  cs_text_price_answer   (CsPriceList *prices, const CsModel *model, const CsChat *chat,
                                 const CsChatAnswer *answer);
void     cs_text_price_set_over (GError **error, const CsModel *model, CsMoney cost, CsMoney left);

G_END_DECLS
