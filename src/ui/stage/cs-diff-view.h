/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The user's words and the screenwriter's, as one text with what was added and what was removed; or the new text alone. Signal:
 * "selection-changed": some are marked, or none any more. */
#define CS_TYPE_DIFF_VIEW (cs_diff_view_get_type ())
G_DECLARE_FINAL_TYPE (CsDiffView, cs_diff_view, CS, DIFF_VIEW, AdwBin)

GtkWidget *cs_diff_view_new          (void);
void       cs_diff_view_set_texts    (CsDiffView *self, const char *before, const char *after);
void       cs_diff_view_set_changes  (CsDiffView *self, gboolean changes); /* FALSE: the new text alone */
gboolean   cs_diff_view_has_selected (CsDiffView *self);
char      *cs_diff_view_dup_selected (CsDiffView *self); /* (nullable): the words that are marked */

G_END_DECLS
