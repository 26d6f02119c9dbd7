/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cs-library.h"

G_BEGIN_DECLS

CsLibraryQuery *cs_library_query_copy  (const CsLibraryQuery *self);
void            cs_library_query_free  (CsLibraryQuery *self);

/* The rest is for the worker thread, inside the transaction of the caller. */
CsLibraryPage  *cs_library_query_page  (const CsLibraryQuery *self, CsDatabase *database, CsPaths *paths, GPtrArray *turned,
                                        GError **error);
GArray         *cs_library_query_order (const CsLibraryQuery *self, CsDatabase *database, GCancellable *cancellable,
                                        GError **error);
GArray         *cs_library_query_filter (const CsLibraryQuery *self, GArray *order, CsDatabase *database,
                                         GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLibraryQuery, cs_library_query_free)

G_END_DECLS
