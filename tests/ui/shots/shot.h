/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-server.h"
#include "ui-support.h"

#include "ui/cs-window.h"

G_BEGIN_DECLS

/* A window of the program that is photographed, and where the pictures go. */
typedef struct
{
  UiFixture *fixture;
  CsFakeServer *server; /* (nullable) the providers; none: there is no key */
  CsApplication *application;
  CsWindow *window;     /* (nullable) */
  const char *folder;
  gboolean is_narrow;
} Shot;

void       shot_open   (Shot *self);
void       shot_close  (Shot *self);
void       shot_settle (void);                                            /* until thumbnails of other threads are there */
void       shot_take   (Shot *self, GtkWindow *window, const char *name); /* with the popovers over it */
void       shot_window (Shot *self, const char *name);
void       shot_dialog (Shot *self, GtkWindow *dialog, const char *name); /* shows it, takes it, destroys it */
void       shot_page   (Shot *self, const char *page);                    /* goes there */
void       shot_wait   (Shot *self, GType type);                          /* until a widget of this type is seen */
GtkWidget *shot_find   (Shot *self, GType type, const char *name);        /* (nullable): on the page that is seen */

/* The scenes. */
void shot_first_run     (Shot *self);
void shot_video_page    (Shot *self);
void shot_image_page    (Shot *self);
void shot_presentation  (Shot *self);
void shot_gallery       (Shot *self);
void shot_jobs          (Shot *self);
void shot_windows       (Shot *self);

G_END_DECLS
