/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/cs-player-frame.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A few small frames of a video, evenly spread over its length, for a film strip. Made one video after the other on a thread
 * of their own; those of the last few videos are kept.
 */
void       cs_film_frames_async  (const char *path, guint n_frames, int height, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *cs_film_frames_finish (GAsyncResult *result, GError **error); /* (element-type CsPlayerFrame) */

G_END_DECLS
