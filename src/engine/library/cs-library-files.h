/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "library/cs-creation.h"
#include "store/cs-database.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What rows say about files and what is on disk, brought together; worker thread only. */

char       *cs_library_files_dup_path     (CsPaths *paths, const CsCreationFacts *facts);
CsCreation *cs_library_files_read         (CsPaths *paths, CsStatement *statement, GPtrArray *turned);
CsCreation *cs_library_files_find         (CsPaths *paths, CsDatabase *database, const char *id, GPtrArray *turned, GError **error);
GPtrArray  *cs_library_files_load         (CsPaths *paths, CsDatabase *database, GArray *rows, GPtrArray *turned,
                                           GCancellable *cancellable, GError **error);
gboolean    cs_library_files_save_missing (CsDatabase *database, GPtrArray *turned, GError **error);

G_END_DECLS
