/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/deck/cs-deck-slide.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One slide of the outline: its number, its title, and how it goes on. */
#define CS_TYPE_OUTLINE_ROW (cs_outline_row_get_type ())
G_DECLARE_FINAL_TYPE (CsOutlineRow, cs_outline_row, CS, OUTLINE_ROW, GtkListBoxRow)

GtkWidget   *cs_outline_row_new       (CsDeckSlide *slide);
CsDeckSlide *cs_outline_row_get_slide (CsOutlineRow *self); /* (transfer none) */

G_END_DECLS
