/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

G_BEGIN_DECLS

/*
 * Which jobs the page of a kind follows: remembered, so that it follows them again after its window was closed or the program
 * began anew. Main thread.
 */
void       cs_watched_remember      (CsStudio *studio, CsKind kind, GPtrArray *jobs); /* (nullable) (element-type CsJob) */
void       cs_watched_recall_async  (CsStudio *studio, CsKind kind, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *cs_watched_recall_finish (GAsyncResult *result); /* (transfer full) (nullable): NULL when all of them are over */

G_END_DECLS
