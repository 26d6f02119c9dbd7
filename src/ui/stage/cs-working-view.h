/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Jobs that were asked for together, while they are made: the steps of the first that is not finished, what was written, what was
 * sent. Signals: "edit" (gpointer CsBrief *brief): into the composer, to be changed there; "accept" (the same): into it, as it is.
 */
#define CS_TYPE_WORKING_VIEW (cs_working_view_get_type ())
G_DECLARE_FINAL_TYPE (CsWorkingView, cs_working_view, CS, WORKING_VIEW, AdwBin)

GtkWidget *cs_working_view_new      (void);
void       cs_working_view_set_jobs (CsWorkingView *self, CsStudio *studio, GPtrArray *jobs); /* (nullable) (element-type CsJob) */

G_END_DECLS
