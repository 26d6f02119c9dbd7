/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Where a creation comes from and what was made from it, oldest first; nothing is seen where it stands alone. Signal "open"
 * (CsCreation *creation). */
#define CS_TYPE_LINEAGE_VIEW (cs_lineage_view_get_type ())
G_DECLARE_FINAL_TYPE (CsLineageView, cs_lineage_view, CS, LINEAGE_VIEW, AdwBin)

void cs_lineage_view_set_line (CsLineageView *self, GPtrArray *line, const char *id, CsStudio *studio); /* line: (nullable) */

G_END_DECLS
