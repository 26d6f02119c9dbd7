/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/gallery/cs-filter.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The row of chips above the grid: kinds, favourites, and menus of times, providers, styles and collections. They are actions
 * of the group "filter", which whoever has the bar puts there. Property: filter. */
#define CS_TYPE_FILTER_BAR (cs_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (CsFilterBar, cs_filter_bar, CS, FILTER_BAR, AdwBin)

void  cs_filter_bar_set_filter          (CsFilterBar *self, CsFilter *filter, CsStudio *studio);
char *cs_filter_bar_dup_collection_name (CsFilterBar *self); /* (nullable): of the one that is chosen */

G_END_DECLS
