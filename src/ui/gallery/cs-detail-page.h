/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * One creation: large, with its facts, where it comes from, and what its file says about itself. Property: menu-model, what the
 * window's menu has. Signals: "closed"; "use-words" (CsCreation *creation): its prompt and settings are wanted in the composer;
 * "again" (gpointer CsBrief *brief, guint count): somebody agreed to the price on the button, brief->max_cost.
 */
#define CS_TYPE_DETAIL_PAGE (cs_detail_page_get_type ())
G_DECLARE_FINAL_TYPE (CsDetailPage, cs_detail_page, CS, DETAIL_PAGE, AdwBin)

GtkWidget *cs_detail_page_new        (void);
void       cs_detail_page_set_studio (CsDetailPage *self, CsStudio *studio);
void       cs_detail_page_show       (CsDetailPage *self, CsCreation *creation, GListModel *among); /* among: (nullable) */
void       cs_detail_page_clear      (CsDetailPage *self); /* shows nothing, and plays nothing */
void       cs_detail_page_popup_jobs (CsDetailPage *self);

G_END_DECLS
