/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cs-library-item.h"

G_BEGIN_DECLS

/* The items of a model that are alive, by row: those in use anywhere, and the newest read ones. */
typedef struct _CsLibraryCache CsLibraryCache;

CsLibraryCache *cs_library_cache_new         (guint max_batches);
void            cs_library_cache_free        (CsLibraryCache *self);
CsLibraryItem  *cs_library_cache_take        (CsLibraryCache *self, gint64 row);
CsLibraryItem  *cs_library_cache_peek        (CsLibraryCache *self, gint64 row);
void            cs_library_cache_fill        (CsLibraryCache *self, GArray *rows, GPtrArray *creations);
void            cs_library_cache_forget      (CsLibraryCache *self);
GArray         *cs_library_cache_dup_rows    (CsLibraryCache *self);
guint           cs_library_cache_get_n_items (CsLibraryCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLibraryCache, cs_library_cache_free)

G_END_DECLS
