/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cs-library-cache.h"
#include "library/cs-library.h"

G_BEGIN_DECLS

/* Reads the creations that a model is asked for. */
typedef struct _CsLibraryLoader CsLibraryLoader;

/* Told on the main context when creations could not be read. */
typedef void (*CsLibraryLoaderFailed) (GObject *owner, GError *error);

CsLibraryLoader *cs_library_loader_new          (GObject *owner, CsLibrary *library, CsLibraryCache *cache,
                                                 CsLibraryLoaderFailed failed);
void             cs_library_loader_free         (CsLibraryLoader *self);
gboolean         cs_library_loader_is_requested (CsLibraryLoader *self, gint64 row);
void             cs_library_loader_request      (CsLibraryLoader *self, GArray *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLibraryLoader, cs_library_loader_free)

G_END_DECLS
