/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What is chosen in the gallery: a GtkSelectionModel over a CsLibraryModel, for many thousands. Going from one to the next
 * chooses nothing: one chooses by Ctrl, Shift, Space or a click while `selecting`. Properties: selecting, n-selected.
 */
#define CS_TYPE_SELECTION (cs_selection_get_type ())
G_DECLARE_FINAL_TYPE (CsSelection, cs_selection, CS, SELECTION, GObject)

CsSelection    *cs_selection_new            (CsLibraryModel *model);
CsLibraryModel *cs_selection_get_model      (CsSelection *self);
gboolean        cs_selection_is_selecting   (CsSelection *self);
void            cs_selection_set_selecting  (CsSelection *self, gboolean selecting); /* FALSE: and nothing is chosen */
guint           cs_selection_get_n_selected (CsSelection *self);
GArray         *cs_selection_dup_rows       (CsSelection *self); /* (element-type gint64) for cs_library_sum_async() */

G_END_DECLS
