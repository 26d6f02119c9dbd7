/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A ring that says how far everything is, with how many jobs there are; it opens the list of them. */
#define CS_TYPE_JOBS_BUTTON (cs_jobs_button_get_type ())
G_DECLARE_FINAL_TYPE (CsJobsButton, cs_jobs_button, CS, JOBS_BUTTON, AdwBin)

GtkWidget *cs_jobs_button_new        (void);
void       cs_jobs_button_set_studio (CsJobsButton *self, CsStudio *studio);
void       cs_jobs_button_popup      (CsJobsButton *self);

G_END_DECLS
