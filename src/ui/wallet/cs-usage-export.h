/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* All that was used, into a file: as JSON where its name ends so, else as CSV. Main thread; it is read, made and written elsewhere. */
void     cs_usage_export_async  (CsStudio *studio, GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean cs_usage_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
