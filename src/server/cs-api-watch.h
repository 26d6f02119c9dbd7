/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

/*
 * Waits for a job until there is something to say of it, until @seconds are over, or until the server stops: whichever comes
 * first. The caller who hangs up changes nothing. Main thread; nothing is nested.
 */
void   cs_api_watch_async  (CsApiCall *call, CsJob *job, gboolean until_done, double seconds, GAsyncReadyCallback callback,
                            gpointer user_data);
CsJob *cs_api_watch_finish (GAsyncResult *result); /* (transfer full): the job as it is now; never fails */

G_END_DECLS
