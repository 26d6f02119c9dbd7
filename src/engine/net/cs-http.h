/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-http-call.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * All HTTP of the engine: one session without redirects, decompression, cookies and password prompts, and above it a
 * queue, since more than a few hundred requests at once only make it slower. Main thread.
 */
#define CS_TYPE_HTTP (cs_http_get_type ())
G_DECLARE_FINAL_TYPE (CsHttp, cs_http, CS, HTTP, GObject)

#define CS_HTTP_MAX_IN_FLIGHT 200

CsHttp       *cs_http_new             (void);
void          cs_http_call_async      (CsHttp *self, CsHttpCall *call, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data); /* call: (transfer full) */
CsHttpAnswer *cs_http_call_finish     (CsHttp *self, GAsyncResult *result); /* (transfer full), never NULL */
guint         cs_http_get_n_in_flight (CsHttp *self);
void          cs_http_set_hurry       (int divisor); /* for tests: all patience of the process is divided by it */

G_END_DECLS
