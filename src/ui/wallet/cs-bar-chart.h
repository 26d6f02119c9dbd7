/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CS_BAR_CHART_BARS 12

/* One bar; a plain value. Texts are borrowed during the call only. */
typedef struct
{
  CsMoney amount;
  const char *words;   /* all of it, to be read aloud and for its tooltip: "9 to 15 Nov, $2.90" */
  const char *caption; /* (nullable) below it */
} CsBar;

/* Amounts of money side by side, the oldest where reading begins; the last one is now, and says how much it is. */
#define CS_TYPE_BAR_CHART (cs_bar_chart_get_type ())
G_DECLARE_FINAL_TYPE (CsBarChart, cs_bar_chart, CS, BAR_CHART, GtkWidget)

void cs_bar_chart_set (CsBarChart *self, const CsBar bars[CS_BAR_CHART_BARS]);

G_END_DECLS
