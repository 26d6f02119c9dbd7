/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-http.h"

G_BEGIN_DECLS

/* Called on the main thread with 0 to 1; not at all while the length is unknown. */
typedef void (*CsDownloadProgressFunc) (double share, gpointer user_data);

/*
 * Brings a result here, without any key: streamed to disk, resumed with Range and If-Range after a cut or a kill, hop by
 * hop checked, its length compared, synced before it gets its name.
 *
 * Errors: %CS_ERROR_NOT_FOUND the link expired (401, 403, 404 and every other "no"): ask for it again;
 * %CS_ERROR_OFFLINE, %CS_ERROR_UNAVAILABLE, %CS_ERROR_RATE_LIMITED later; %CS_ERROR_DAMAGED the length is not what was said: fetch anew;
 * %CS_ERROR_BAD_RESPONSE the address or what it gives (HTML, JSON, text) is nothing that a later try changes;
 * %CS_ERROR_TOO_LARGE; %CS_ERROR_DISK_FULL.
 */
typedef struct
{
  const char *address;
  const char *path;          /* the finished file; parts live beside it under names that begin like it */
  gboolean allow_loopback;   /* http to loopback, as where the provider's own base is loopback */
  goffset max_length;        /* bytes */
} CsDownload;

void     cs_download_async  (CsHttp *http, const CsDownload *download, CsDownloadProgressFunc progress, gpointer progress_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean cs_download_finish (CsHttp *http, GAsyncResult *result, GError **error);

G_END_DECLS
