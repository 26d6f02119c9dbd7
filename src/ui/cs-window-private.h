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

/* What the files of the window share: cs-window.c shows, cs-window-pages.c builds what is shown, cs-window-actions.c acts. */
struct _CsWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack *states;
  CsTroublePage *trouble_page;
  AdwLeaflet *deep;
  AdwViewStack *pages;
  AdwViewSwitcherTitle *switcher_title;
  AdwViewSwitcherBar *switcher_bar;
  GtkWidget *back_button;
  GtkWidget *new_button;
  CsJobsButton *jobs_button;
  AdwBin *video_place;
  AdwBin *image_place;
  AdwBin *deck_place;
  AdwBin *gallery_place;
  AdwBin *detail_place;
  GMenuModel *main_menu;

  /* In their places; (nullable) until they are first asked for */
  CsCreatePage *video_page;
  CsCreatePage *image_page;
  CsDeckPage *deck_page;
  CsGalleryPage *gallery_page;
  CsDetailPage *detail_page;

  /* Owned */
  GSettings *settings;
  CsStudio *studio;       /* (nullable) until the engine is open */
  guint header;           /* idle source */
  AdwToast *slow_toast;   /* (nullable) while opening takes a while; not owned */
};

void _cs_window_install_actions (GtkWidgetClass *widget_class);
void _cs_window_update_actions  (CsWindow *self);
gboolean _cs_window_can_go_back (CsWindow *self);
void _cs_window_go_back         (CsWindow *self);
void _cs_window_update_header_soon (CsWindow *self); /* its first button, and whether the pages are in it */

CsCreatePage  *_cs_window_get_create_page  (CsWindow *self, CsKind kind);
CsDeckPage    *_cs_window_get_deck_page    (CsWindow *self);
CsGalleryPage *_cs_window_get_gallery_page (CsWindow *self);
CsDetailPage  *_cs_window_get_detail_page  (CsWindow *self);
void           _cs_window_build_page       (CsWindow *self); /* the one that is seen */
void           _cs_window_give_studio      (CsWindow *self); /* to those that are built */

G_END_DECLS
