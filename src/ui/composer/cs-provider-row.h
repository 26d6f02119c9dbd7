/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* By whom it is made: automatically, or one model, with its price; one that cannot be used says why, and what helps.
 * Signal "changed". */
#define CS_TYPE_PROVIDER_ROW (cs_provider_row_get_type ())
G_DECLARE_FINAL_TYPE (CsProviderRow, cs_provider_row, CS, PROVIDER_ROW, AdwActionRow)

void        cs_provider_row_set_studio (CsProviderRow *self, CsStudio *studio);
const char *cs_provider_row_get_model  (CsProviderRow *self); /* (nullable): automatic */
void        cs_provider_row_set_model  (CsProviderRow *self, const char *model); /* (nullable) */
void        cs_provider_row_add_key    (CsProviderRow *self, const CsModel *model); /* goes to where it goes */
void        cs_provider_row_show       (CsProviderRow *self, const CsBrief *brief, const CsModel *model); /* who would make it now */

G_END_DECLS
