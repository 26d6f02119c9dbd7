/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A model at its place in the order: what it costs, why it cannot be used and the cure, whether it is used by itself.
 * Signal "moved" (const char *id, const char *other, gboolean behind): this one, or one that was dropped here, shall stand before
 * the other, or behind it.
 */
#define CS_TYPE_MODEL_ROW (cs_model_row_get_type ())
G_DECLARE_FINAL_TYPE (CsModelRow, cs_model_row, CS, MODEL_ROW, AdwActionRow)

GtkWidget     *cs_model_row_new            (CsStudio *studio, const CsModel *model);
void           cs_model_row_update         (CsModelRow *self); /* something about keys, prices or wishes is another */
const CsModel *cs_model_row_get_model      (CsModelRow *self);
void           cs_model_row_set_neighbours (CsModelRow *self, const char *before, const char *behind); /* (nullable) ids */
gboolean       cs_model_row_is_last_resort (CsModelRow *self); /* it is made here, and stands behind all others */

G_END_DECLS
