/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Tells on the desktop what became of jobs while nobody looked at a window: one notification for what is done, one for what
 * failed, one for what is in doubt, however many there are. They are withdrawn when somebody looks.
 * Signal: "settled": nothing is left to be told.
 */
#define CS_TYPE_NOTIFIER (cs_notifier_get_type ())
G_DECLARE_FINAL_TYPE (CsNotifier, cs_notifier, CS, NOTIFIER, GObject)

CsNotifier *cs_notifier_new      (GtkApplication *application, CsStudio *studio);
gboolean    cs_notifier_is_busy  (CsNotifier *self); /* something is still to be told */
void        cs_notifier_flush    (CsNotifier *self); /* tells it now */
void        cs_notifier_say_kept (CsNotifier *self, guint n_jobs); /* the program ends, and they go on at its next start */

G_END_DECLS
