/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One job in the list: what it is, where it stands, and what can be done about it. Signal "dismissed" (const char *id): the
 * user has read that it failed. */
#define CS_TYPE_JOB_ITEM (cs_job_item_get_type ())
G_DECLARE_FINAL_TYPE (CsJobItem, cs_job_item, CS, JOB_ITEM, GtkListBoxRow)

GtkWidget *cs_job_item_new     (CsStudio *studio, CsJob *job);
void       cs_job_item_refresh (CsJobItem *self); /* what changes with the time alone */
int        cs_job_item_get_rank (CsJobItem *self); /* 0: needs somebody, 1: under way, 2: waits */

G_END_DECLS
