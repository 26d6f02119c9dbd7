/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Where one sees what becomes of an idea: the invitation, the steps while it is made, what went wrong, and the result.
 * Signals: "again" (gpointer CsBrief *brief, guint count): make this; "edit" (gpointer CsBrief *brief): into the composer,
 * to be changed there; "accept" (gpointer CsBrief *brief): into the composer as it is.
 */
#define CS_TYPE_STAGE (cs_stage_get_type ())
G_DECLARE_FINAL_TYPE (CsStage, cs_stage, CS, STAGE, AdwBin)

GtkWidget *cs_stage_new           (CsKind kind);
void       cs_stage_set_studio    (CsStage *self, CsStudio *studio);
void       cs_stage_show_jobs     (CsStage *self, GPtrArray *jobs); /* (element-type CsJob): made together: one, or a set */
void       cs_stage_show_creation (CsStage *self, CsCreation *creation);
void       cs_stage_show_idle     (CsStage *self);
void       cs_stage_set_short     (CsStage *self, gboolean is_short); /* there is little height */

G_END_DECLS
