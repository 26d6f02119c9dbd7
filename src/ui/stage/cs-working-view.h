/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One job while it is made: its steps with their times, what the screenwriter wrote, and what was sent. Signal "edit"
 * (gpointer CsBrief *brief): into the composer. */
#define CS_TYPE_WORKING_VIEW (cs_working_view_get_type ())
G_DECLARE_FINAL_TYPE (CsWorkingView, cs_working_view, CS, WORKING_VIEW, AdwBin)

GtkWidget *cs_working_view_new     (void);
void       cs_working_view_set_job (CsWorkingView *self, CsStudio *studio, CsJob *job); /* job: (nullable) */

G_END_DECLS
