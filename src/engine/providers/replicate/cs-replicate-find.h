/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-wire-link.h"

G_BEGIN_DECLS

void  cs_replicate_find_async  (CsProvider *source, CsWireLink *link, CsRequest *request, gint64 sent_at,
                                const char *const *bound, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
char *cs_replicate_find_finish (CsProvider *source, GAsyncResult *result, GError **error);

G_END_DECLS
