/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A job whose words are read before anything is sent to a provider. Signals: "edit" (gpointer CsBrief *brief): into the composer;
 * "again" (gpointer CsBrief *brief, guint count): this instead. The job has been cancelled then.
 */
#define CS_TYPE_REVIEW_VIEW (cs_review_view_get_type ())
G_DECLARE_FINAL_TYPE (CsReviewView, cs_review_view, CS, REVIEW_VIEW, AdwBin)

GtkWidget *cs_review_view_new  (void);
void       cs_review_view_show (CsReviewView *self, CsStudio *studio, GPtrArray *jobs); /* (element-type CsJob) that are waiting */

G_END_DECLS
