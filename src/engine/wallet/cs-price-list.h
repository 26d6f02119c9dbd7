/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* What a price is counted in. */
typedef enum
{
  CS_UNIT_CREATION, /* one video, image or deck */
  CS_UNIT_SECOND,
  CS_UNIT_SLIDE,
} CsUnit;

/* The dated list prices of resources/prices.json, under the user's own. Immutable, reference counted, any thread. */
typedef struct _CsPriceList CsPriceList;

CsPriceList *cs_price_list_new       (GError **error);
CsPriceList *cs_price_list_new_parse (const char *json, gsize length, GError **error);
CsPriceList *cs_price_list_new_with_own (const char *path, GError **error);
CsPriceList *cs_price_list_ref       (CsPriceList *self);
void         cs_price_list_unref     (CsPriceList *self);
gboolean     cs_price_list_quote     (CsPriceList *self, const char *model, int seconds, int slides, CsMoney *cost);
gboolean     cs_price_list_quote_sale (CsPriceList *self, const char *model, int seconds, int slides, CsMoney *sale);
gboolean     cs_price_list_quote_text (CsPriceList *self, const char *model, gint64 input_tokens, gint64 output_tokens,
                                       CsMoney *cost);
const char  *cs_price_list_get_unit  (CsPriceList *self, const char *model);
gboolean     cs_price_list_is_free_credit (CsPriceList *self, const char *model);
const char  *cs_price_list_get_trouble (CsPriceList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPriceList, cs_price_list_unref)

G_END_DECLS
