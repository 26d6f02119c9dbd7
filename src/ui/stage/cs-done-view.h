/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Finished videos or pictures, made together: to look at, to keep, and to go on from. Signals: "again" (gpointer CsBrief
 * *brief, guint count); "gone": what is shown was put away. */
#define CS_TYPE_DONE_VIEW (cs_done_view_get_type ())
G_DECLARE_FINAL_TYPE (CsDoneView, cs_done_view, CS, DONE_VIEW, AdwBin)

GtkWidget *cs_done_view_new  (void);
void       cs_done_view_show (CsDoneView *self, CsStudio *studio, GPtrArray *creations, const CsBrief *brief); /* brief: (nullable) */

G_END_DECLS
