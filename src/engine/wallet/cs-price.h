/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"
#include "wallet/cs-price-list.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One row of a prices file; a plain value, private to the list of prices. */
typedef struct
{
  CsMoney cost;   /* micro-USD that the provider takes for `units` of `unit` */
  CsMoney sale;   /* what a wallet key is debited for them; below 0: the same */
  gint64 units;
  CsUnit unit;
  CsMoney input;  /* micro-USD for a million tokens that are read, and that are written: language models */
  CsMoney output;
  char *per;      /* the unit's word in the file: video, image, deck, second, slide */
  gboolean is_free_credit; /* the user says that it costs nothing, and its list price is not nothing */
} CsPrice;

CsPrice *cs_price_parse (JsonObject *row, const CsPrice *listed);
void     cs_price_free  (CsPrice *self);

G_END_DECLS
