/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-window.h"

#include "ui/cs-trouble-page.h"
#include "ui/gallery/cs-detail-page.h"
#include "ui/deck/cs-deck-page.h"
#include "ui/gallery/cs-gallery-page.h"
#include "ui/jobs/cs-jobs-button.h"
#include "ui/pages/cs-create-page.h"

G_BEGIN_DECLS

/* What the files of the window share: cs-window.c shows, cs-window-actions.c acts. */
struct _CsWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack *states;
  CsTroublePage *trouble_page;
  AdwLeaflet *deep;
  AdwViewStack *pages;
  GtkWidget *back_button;
  GtkWidget *new_button;
  CsJobsButton *jobs_button;
  CsCreatePage *video_page;
  CsCreatePage *image_page;
  CsDeckPage *deck_page;
  CsGalleryPage *gallery_page;
  CsDetailPage *detail_page;

  /* Owned */
  CsStudio *studio;       /* (nullable) until the engine is open */
  AdwToast *slow_toast;   /* (nullable) while opening takes a while; not owned */
};

void _cs_window_install_actions (GtkWidgetClass *widget_class);
void _cs_window_update_actions  (CsWindow *self);
gboolean _cs_window_can_go_back (CsWindow *self);
void _cs_window_go_back         (CsWindow *self);

G_END_DECLS
