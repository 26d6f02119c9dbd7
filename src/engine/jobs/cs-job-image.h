/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "store/cs-store.h"

G_BEGIN_DECLS

/*
 * Pictures to begin from that came as bytes, and not as a file of the user's or of the library: kept for as long as a job
 * needs them, called by what is in them. Main thread; the work is done on others.
 */
void  cs_job_image_keep_async  (CsStore *store, CsPaths *paths, GBytes *bytes, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
char *cs_job_image_keep_finish (GAsyncResult *result, GError **error); /* (transfer full): its path */

/* Blocking: the store's worker. Takes away those that no job needs. */
void  cs_job_image_sweep       (CsDatabase *database, CsPaths *paths);

G_END_DECLS
