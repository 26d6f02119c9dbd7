/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"
#include "ui/stage/cs-step-row.h"

G_BEGIN_DECLS

/* The list of the four steps that people see: writing, sending, rendering, saving. */
#define CS_TYPE_STEPS (cs_steps_get_type ())
G_DECLARE_FINAL_TYPE (CsSteps, cs_steps, CS, STEPS, AdwBin)

GtkWidget *cs_steps_new  (void);
void       cs_steps_show (CsSteps *self, CsStudio *studio, CsJob *job); /* as it stands now */

G_END_DECLS
