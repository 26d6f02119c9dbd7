/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/gallery/cs-gallery-page.h"

#include "ui/gallery/cs-collection-popover.h"
#include "ui/gallery/cs-creation-grid.h"
#include "ui/gallery/cs-filter-bar.h"
#include "ui/gallery/cs-selection-bar.h"
#include "ui/widgets/cs-rename-popover.h"

G_BEGIN_DECLS

/* What the files of the gallery share: cs-gallery-page.c shows, cs-gallery-actions.c and cs-gallery-collections.c act. */
struct _CsGalleryPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkSearchEntry *search;
  GtkStack *stack;
  CsFilterBar *filters;
  CsCreationGrid *grid;
  CsSelectionBar *bar;
  AdwStatusPage *no_match;
  AdwStatusPage *failed;
  CsRenamePopover *rename;
  CsCollectionPopover *collections;

  /* Owned */
  CsStudio *studio;       /* (nullable) until the engine is open */
  CsFilter *filter;
  CsLibraryModel *model;  /* (nullable) */
  CsSelection *selection; /* (nullable) */
  GFileMonitor *watch;    /* (nullable) of the folder with the files */
  guint looking;          /* timeout: files came or went */
  GStrv undo;             /* (nullable) ids of what was put into the trash last */
  char *waiting;          /* (nullable) the action that waits until it is known what is chosen */
  gboolean is_other;      /* another list was asked for */
  guint n_all;            /* how many there are, without filter */
};

void       _cs_gallery_page_install_actions     (GtkWidgetClass *widget_class);
void       _cs_gallery_page_install_collections (GtkWidgetClass *widget_class);
void       _cs_gallery_page_update_actions      (CsGalleryPage *self);
void       _cs_gallery_page_update_collections  (CsGalleryPage *self, gboolean has_targets);
CsLibrary *_cs_gallery_page_get_library         (CsGalleryPage *self);
GStrv      _cs_gallery_page_dup_ids             (CsGalleryPage *self, const char *action); /* (nullable) */

G_END_DECLS
