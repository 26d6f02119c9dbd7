/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What became of a set of copies. */
typedef struct
{
  GPtrArray *files; /* (element-type GFile) that are there */
  guint n_failed;
  GError *error;    /* (nullable) of the first that failed */
} CsExported;

/*
 * Copies of creations that leave the library, one after the other, each under a name made of its title; those that cannot be
 * made are counted, and do not keep the others. Main thread; files are written on others.
 */
void        cs_export_async          (CsStudio *studio, const char *const *ids, const char *folder, CsExportMode mode,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsExported *cs_export_finish         (GAsyncResult *result, GError **error);
void        cs_exported_free         (CsExported *self);
char       *cs_export_make_file_name (const CsCreationFacts *facts);
CsExportMode cs_export_get_mode      (CsStudio *studio); /* as the user set it */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsExported, cs_exported_free)

G_END_DECLS
