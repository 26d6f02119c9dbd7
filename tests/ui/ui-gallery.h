/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-library.h"

#include "ui/gallery/cs-creation-card.h"
#include "ui/gallery/cs-creation-tile.h"
#include "ui/gallery/cs-gallery-page.h"

G_BEGIN_DECLS

/* A gallery of many creations in a window, for the tests of what is done in it. */
typedef struct
{
  UiFixture *ui;
  GtkWidget *page;
  GtkWidget *view;          /* the grid */
  GtkSelectionModel *list;  /* what it shows */
} UiGallery;

UiGallery      *ui_gallery_open       (guint n, guint n_files); /* see ui_library_fill() */
void            ui_gallery_close      (UiGallery *self);
void            ui_gallery_resize     (UiGallery *self, int width, int height);

GtkWidget      *ui_gallery_get        (UiGallery *self, const char *id); /* a widget of the page, by its buildable id */
const char     *ui_gallery_get_state  (UiGallery *self); /* the page of the stack */
guint           ui_gallery_count      (UiGallery *self);
void            ui_gallery_wait_count (UiGallery *self, guint n);
char           *ui_gallery_dup_id     (UiGallery *self, guint position); /* waits until it is read */
CsCreationTile *ui_gallery_get_tile   (UiGallery *self, guint position); /* waits until it has its creation */
void            ui_gallery_focus      (UiGallery *self, guint position);
GtkAdjustment  *ui_gallery_get_scroll (UiGallery *self);
gboolean        ui_gallery_press      (UiGallery *self, guint key, GdkModifierType state);
void            ui_gallery_search     (UiGallery *self, const char *words);
void            ui_gallery_filter     (UiGallery *self, const char *action, const char *target); /* target: (nullable) */

GtkWindow      *ui_find_dialog        (void); /* waits for it */

G_END_DECLS
