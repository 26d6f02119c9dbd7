/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CS_HUGGINGFACE_MAX_ANSWER ((gsize) 64 * 1024 * 1024) /* bytes of an answer that is the picture itself */

/*
 * An answer that is the picture itself, or names it, on disk: bytes of a picture become @work_file, base64 inside JSON is
 * decoded into it, and an address is given back. Main thread; the work is done in another one.
 */
void     cs_huggingface_answer_take_async  (const char *path, const char *work_file, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
char    *cs_huggingface_answer_take_finish (GAsyncResult *result, GError **error);
gboolean cs_huggingface_is_picture         (const void *data, gsize length);
guint8  *cs_huggingface_decode_base64      (const char *text, gsize *length);

G_END_DECLS
