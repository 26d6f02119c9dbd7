/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/gallery/cs-detail-page.h"

#include "ui/gallery/cs-collection-popover.h"
#include "ui/gallery/cs-deck-cover.h"
#include "ui/gallery/cs-facts-view.h"
#include "ui/gallery/cs-lineage-view.h"
#include "ui/gallery/cs-origin-view.h"
#include "ui/jobs/cs-jobs-button.h"
#include "ui/player/cs-player-view.h"
#include "ui/widgets/cs-picture-view.h"
#include "ui/widgets/cs-rename-popover.h"

G_BEGIN_DECLS

/* What the files of the page share: cs-detail-*.c. */
struct _CsDetailPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *places;
  CsPictureView *picture;
  CsDeckCover *cover;
  AdwStatusPage *damaged;
  GtkWidget *back_button;
  GtkWidget *previous_button;
  GtkWidget *next_button;
  CsPlayerView *player;
  CsFactsView *facts;
  CsLineageView *lineage;
  CsOriginView *origin;
  CsJobsButton *jobs_button;
  CsRenamePopover *rename;
  CsCollectionPopover *collections;
  GMenu *menu;

  /* Owned */
  CsStudio *studio;          /* (nullable) until the engine is open */
  CsCreation *creation;      /* (nullable) */
  CsLibraryModel *among;     /* (nullable) its neighbours */
  CsLibraryItem *item;       /* (nullable) its place among them */
  CsLibraryItem *next;       /* (nullable) where one is going, while that is being read */
  CsJob *job;                /* (nullable) how it was made */
  CsBrief *brief;            /* (nullable) for another one, at the price on the button */
  GMenuModel *menu_model;    /* (nullable) of the window */
  GCancellable *looking;     /* (nullable) of the search for its place */
  GCancellable *cancellable; /* of all that is being read about the creation */
  GStrv undo;                /* (nullable) what was put into the trash last */
  char *again_words;
  guint position;            /* among its neighbours; of one that left them, where it stood */
  guint is_among : 1;        /* it stands there */
  guint is_stale : 1;        /* it changed while it was being read */
  guint is_reading : 1;
};

void     _cs_detail_page_set_creation    (CsDetailPage *self, CsCreation *creation);
void     _cs_detail_page_close           (CsDetailPage *self);
void     _cs_detail_page_emit_again      (CsDetailPage *self, CsBrief *brief);
void     _cs_detail_page_emit_use_words  (CsDetailPage *self);
char    *_cs_detail_page_dup_file        (CsDetailPage *self); /* the path of the master */

void     _cs_detail_page_bind_view       (GtkWidgetClass *widget_class);
void     _cs_detail_page_show_file       (CsDetailPage *self);
void     _cs_detail_page_name_picture    (CsDetailPage *self);
gboolean _cs_detail_page_grab_focus      (GtkWidget *widget);

char    *_cs_detail_page_make_place      (CsDetailPage *self); /* in words */
void     _cs_detail_page_find_item       (CsDetailPage *self, CsCreation *creation);
void     _cs_detail_page_set_among       (CsDetailPage *self, CsLibraryModel *among); /* among: (nullable) */
gboolean _cs_detail_page_has_next        (CsDetailPage *self, int by);
gboolean _cs_detail_page_go              (CsDetailPage *self, int by); /* FALSE: there is none */
void     _cs_detail_page_stop_going      (CsDetailPage *self);
void     _cs_detail_page_stop_looking    (CsDetailPage *self);

void     _cs_detail_page_install_actions (GtkWidgetClass *widget_class);
void     _cs_detail_page_update_actions  (CsDetailPage *self);
void     _cs_detail_page_update_again    (CsDetailPage *self);

G_END_DECLS
