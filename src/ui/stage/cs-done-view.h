/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * What was made: a video to play, or one to four pictures, with everything that can be done with it. Signals: "again" (gpointer
 * CsBrief *brief, guint count): another one like it; "gone": there is nothing left to show.
 */
#define CS_TYPE_DONE_VIEW (cs_done_view_get_type ())
G_DECLARE_FINAL_TYPE (CsDoneView, cs_done_view, CS, DONE_VIEW, AdwBin)

GtkWidget *cs_done_view_new  (void);
void       cs_done_view_show (CsDoneView *self, CsStudio *studio, GPtrArray *creations, GPtrArray *jobs); /* jobs: (nullable) */

G_END_DECLS
