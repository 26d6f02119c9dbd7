/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keys without a keyboard: the shortcuts that they would set off. What is typed into a text, and what asks GDK for the event,
 * is not among them. */

gboolean   ui_press           (GtkWidget *from, guint key, GdkModifierType state); /* in @from, or in what it is in */
gboolean   ui_press_on_focus  (GtkWindow *window, guint key, GdkModifierType state); /* as somebody who sits before it */

G_END_DECLS
