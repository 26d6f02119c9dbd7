/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cs-library-item.h"
#include "library/cs-library.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CS_TYPE_LIBRARY_MODEL (cs_library_model_get_type ())
G_DECLARE_FINAL_TYPE (CsLibraryModel, cs_library_model, CS, LIBRARY_MODEL, GObject)

/*
 * A GListModel of CsLibraryItem over one query. Signal "failed" (GError *error): the list could not be read; what was
 * there stays.
 */
CsLibraryModel *cs_library_model_new        (CsLibrary *library);
void            cs_library_model_set_query  (CsLibraryModel *self, const CsLibraryQuery *query);
gboolean        cs_library_model_is_loading (CsLibraryModel *self);
gint64          cs_library_model_get_row    (CsLibraryModel *self, guint position); /* reads nothing */
gboolean        cs_library_model_find       (CsLibraryModel *self, CsLibraryItem *item, guint *position);
CsLibraryItem  *cs_library_model_find_row   (CsLibraryModel *self, gint64 row); /* (transfer full) (nullable) */
CsLibraryItem  *cs_library_model_find_id    (CsLibraryModel *self, const char *id); /* (transfer full) (nullable) */

G_END_DECLS
