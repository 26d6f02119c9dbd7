/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-registry.h"

G_BEGIN_DECLS

/* Looks who of the language models of @registry is there; afterwards is_usable() knows. Main thread. */
void     cs_text_look_async  (CsProviderRegistry *registry, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean cs_text_look_finish (CsProviderRegistry *registry, GAsyncResult *result, GError **error);

G_END_DECLS
