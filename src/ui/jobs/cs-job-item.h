/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * One job in the list: what it is, where it stands, and what can be done about it. It is made once and shows one job after the
 * other. To be activated shows it on its page.
 */
#define CS_TYPE_JOB_ITEM (cs_job_item_get_type ())
G_DECLARE_FINAL_TYPE (CsJobItem, cs_job_item, CS, JOB_ITEM, AdwBin)

GtkWidget *cs_job_item_new     (CsStudio *studio);
void       cs_job_item_set_job (CsJobItem *self, CsJob *job); /* (nullable) */
CsJob     *cs_job_item_get_job (CsJobItem *self); /* (nullable) */
void       cs_job_item_refresh (CsJobItem *self); /* what changes with the time alone */
void       cs_job_item_close   (CsJobItem *self); /* cancels it; one that has failed is dismissed */

G_END_DECLS
