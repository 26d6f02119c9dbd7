/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Keeps the computer from going to sleep while something that is paid for is being sent or fetched: then its answer would be
 * lost, or a link to it would expire. Property: inhibiting.
 */
#define CS_TYPE_INHIBITOR (cs_inhibitor_get_type ())
G_DECLARE_FINAL_TYPE (CsInhibitor, cs_inhibitor, CS, INHIBITOR, GObject)

CsInhibitor *cs_inhibitor_new            (GtkApplication *application, CsStudio *studio);
gboolean     cs_inhibitor_get_inhibiting (CsInhibitor *self);

G_END_DECLS
