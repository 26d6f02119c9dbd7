/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * What went wrong, what it means for the money, and what can be done. Signals: "again" (gpointer CsBrief *brief, guint count): make
 * this instead; "edit" (gpointer CsBrief *brief): into the composer; "closed".
 */
#define CS_TYPE_FAILED_VIEW (cs_failed_view_get_type ())
G_DECLARE_FINAL_TYPE (CsFailedView, cs_failed_view, CS, FAILED_VIEW, AdwBin)

GtkWidget *cs_failed_view_new  (void);
void       cs_failed_view_show (CsFailedView *self, CsStudio *studio, CsJob *job); /* one that cs_trouble_find() finds something of */

G_END_DECLS
