/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Whether a file is a picture to begin from, looked into by the engine's bounded helper. Errors are sentences for people. Main
 * thread. */
void     cs_reference_check_async  (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char    *cs_reference_check_finish (GFile *file, GAsyncResult *result, GError **error); /* (transfer full): its path */

/* A picture that is in no file yet: written down by the engine for as long as a job needs it. Main thread. */
void     cs_reference_keep_async   (CsEngine *engine, GdkTexture *texture, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
char    *cs_reference_keep_finish  (CsEngine *engine, GAsyncResult *result, GError **error); /* (transfer full): its path */

G_END_DECLS
