/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What a desktop offers on the session bus, by a thread of its own: notifications, the session that may go to sleep, the file
 * manager. It writes down what it is asked: a line each, as "notify done: TITLE | BODY | DEFAULT ACTION | BUTTONS | ICON",
 * "withdraw done", "inhibit FLAGS: REASON", "uninhibit", "show URI". Start it before the program registers.
 */
typedef struct _UiDesktop UiDesktop;

UiDesktop *ui_desktop_start  (void);
void       ui_desktop_stop   (UiDesktop *self);
char      *ui_desktop_find   (UiDesktop *self, const char *start); /* (transfer full) (nullable): the newest that begins with it */
guint      ui_desktop_count  (UiDesktop *self, const char *start);
char      *ui_desktop_wait   (UiDesktop *self, const char *start); /* (transfer full) */
void       ui_desktop_forget (UiDesktop *self); /* what was asked until now */

G_END_DECLS
