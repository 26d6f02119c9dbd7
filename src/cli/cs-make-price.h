/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-cli.h"

G_BEGIN_DECLS

/* A price that a person has read before its job was queued. */
typedef struct
{
  char *model;
  CsMoney cost; /* what the provider takes, also where a wallet key pays another price */
} CsSaidPrice;

GPtrArray *cs_said_prices_new   (void); /* (element-type CsSaidPrice) */
gboolean   cs_said_prices_have  (GPtrArray *said, const char *model, CsMoney cost);
gboolean   cs_make_say_price    (CsCli *cli, const CsBrief *brief, GPtrArray *said, GError **error);
void       cs_make_say_amounts  (CsCli *cli, const CsBrief *brief, const CsModel *model, CsMoney cost, CsMoney most);

G_END_DECLS
