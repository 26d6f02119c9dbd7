/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-library.h"

#include "ui/gallery/cs-detail-page.h"

G_BEGIN_DECLS

/* A detail page over a list of all creations, in a window; a fixture of GTest. */
typedef struct
{
  UiFixture *ui;
  GtkWidget *page;
  CsLibraryModel *model;
  guint n;            /* creations there are */
  guint n_closed;     /* how often the page wanted to be left */
  const char *wanted; /* what is waited for */
} UiDetail;

void                   ui_detail_set_up    (UiDetail *self, gconstpointer data); /* twelve creations with files of their own */
void                   ui_detail_tear_down (UiDetail *self, gconstpointer data);

void                   ui_detail_show      (UiDetail *self, guint n); /* the nth newest */
CsCreation            *ui_detail_get_shown (UiDetail *self); /* (transfer none) */
const CsCreationFacts *ui_detail_facts     (UiDetail *self);
char                  *ui_detail_dup_file  (UiDetail *self);
GtkWidget             *ui_detail_find      (UiDetail *self, const char *id);
const char            *ui_detail_get_place (UiDetail *self); /* the page of the stack */
void                   ui_detail_wait_place (UiDetail *self, const char *name);
void                   ui_detail_wait_state (UiDetail *self, const char *title); /* of the row that says whether it is unchanged */
gboolean               ui_detail_press     (UiDetail *self, guint key, GdkModifierType state);

G_END_DECLS
