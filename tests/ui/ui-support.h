/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-test.h"
#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A window with one widget of the program in it, over a real engine in a folder of its own. The window has the actions that
 * pages reach the program's window by, and writes down what was asked of it: a line each in `asked`, as "say: words" or
 * "page: 'video'".
 */
typedef struct
{
  CsTestHome *home;
  CsEngine *engine;
  CsStudio *studio;
  GtkWindow *window;
  GPtrArray *asked; /* (element-type utf8) */
} UiFixture;

/* The first thing in main(). */
void          ui_test_init          (int *argc, char ***argv);

UiFixture    *ui_open               (void);
void          ui_open_studio        (UiFixture *self); /* anew, after the folder was filled by another engine */
void          ui_close_studio       (UiFixture *self);
void          ui_show               (UiFixture *self, GtkWidget *widget, int width, int height);
void          ui_close              (UiFixture *self); /* every widget that was shown has to be gone */
CsLibrary    *ui_get_library        (UiFixture *self);

/* Turning the main loop; each turn is measured, see ui-watchdog.h. */
typedef gboolean (*UiCondition) (gpointer user_data);
void          ui_wait               (UiCondition condition, gpointer user_data);
void          ui_wait_result        (GAsyncResult **slot); /* given to cs_test_keep_result() */
void          ui_settle             (UiFixture *self); /* until the window is drawn as it is */

/* What was asked of the window. */
const char   *ui_find_asked         (UiFixture *self, const char *start); /* (nullable): the newest that begins with it */
void          ui_wait_asked         (UiFixture *self, const char *start);

/* Widgets */
GtkWidget    *ui_find               (GtkWidget *root, GType type, const char *name); /* name: (nullable): css class or label */
guint         ui_count              (GtkWidget *root, GType type);
void          ui_click              (GtkWidget *button);
void          ui_shoot              (UiFixture *self, const char *name); /* into CS_TEST_SHOTS; nothing without it */
void          ui_shoot_popover      (UiFixture *self, GtkWidget *popover, const char *name); /* likewise, alone */
void          ui_check_names        (GtkWidget *root); /* fails on a control that has no name */

G_END_DECLS
