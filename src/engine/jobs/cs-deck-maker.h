/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "deck/cs-deck.h"
#include "store/cs-store.h"

G_BEGIN_DECLS

/*
 * Exports Markdown as one HTML file with the pictures of the library in it. Main thread; the work is done on others.
 * @stamp: (nullable): what goes into the head as it is.
 */
void          cs_deck_maker_export_async  (CsStore *store, CsPaths *paths, GBytes *markdown, const CsDeckOptions *options,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsDeckExport *cs_deck_maker_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
