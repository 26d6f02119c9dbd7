/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-window.h"

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
  AdwStatusPage *trouble_page;
  AdwLeaflet *deep;
  AdwViewStack *pages;
  CsJobsButton *jobs_button;
  CsCreatePage *video_page;
  CsCreatePage *image_page;
  CsDeckPage *deck_page;
  CsGalleryPage *gallery_page;
  CsDetailPage *detail_page;

  /* Owned */
  CsStudio *studio; /* (nullable) until the engine is open */
};

void _cs_window_install_actions (GtkWidgetClass *widget_class);
void _cs_window_update_actions  (CsWindow *self);

G_END_DECLS
