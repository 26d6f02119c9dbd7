/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Amounts of money side by side, one a week, the last one in full colour. */
#define CS_TYPE_BAR_CHART (cs_bar_chart_get_type ())
G_DECLARE_FINAL_TYPE (CsBarChart, cs_bar_chart, CS, BAR_CHART, GtkWidget)

#define CS_BAR_CHART_BARS 12

void cs_bar_chart_set (CsBarChart *self, const CsMoney *amounts, char **labels); /* CS_BAR_CHART_BARS of each, oldest first */

G_END_DECLS
