/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-body-file.h"
#include "net/cs-http.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * What a download wants of a call beyond what everybody may: to see the head of a 2xx answer before it says into which
 * file the body goes, to see each piece, and to talk to nobody inside our own networks. Lives as long as the call.
 */
typedef struct
{
  CsBodyFile *(*open) (SoupMessage *message, gpointer user_data, GError **error); /* (transfer full) */
  gboolean (*piece) (const char *data, gsize length, gpointer user_data, GError **error);
  gpointer user_data;
  gboolean must_be_public; /* the address that a name was found to have */
  gboolean ends_in_doubt;  /* out: the connection ended with the last chunk; the library takes that for the end */
} CsHttpHooks;

/* A line of the log (CREATIVE_STUDIO_DEBUG=http). */
gboolean      _cs_http_log_is_on       (void);
void          _cs_http_log             (guint number, const CsHttpCall *call, const CsHttpAnswer *answer, gint64 microseconds);

/* The sentence for why a call has no whole answer. */
GError       *_cs_http_error_from      (GError *cause, const char *host, gboolean was_sent, gboolean has_answer);
GError       *_cs_http_error_timeout   (const char *host);
GError       *_cs_http_error_cut       (const char *host);
GError       *_cs_http_error_too_large (const char *host, gsize max_length);

/* Between our values and the library's message. */
SoupMessage  *_cs_http_message_new       (const CsHttpCall *call, gboolean needs_connection, GError **error);
void          _cs_http_answer_take_head  (CsHttpAnswer *answer, SoupMessage *message);
void          _cs_http_answer_take_retry_after (CsHttpAnswer *answer);

/* One request and its answer, once. @call and @hooks are kept by the caller until the end. */
void          _cs_http_exchange_async  (CsHttp *self, const CsHttpCall *call, CsHttpHooks *hooks, gint64 total_timeout,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsHttpAnswer *_cs_http_exchange_finish (CsHttp *self, GAsyncResult *result);

SoupSession  *_cs_http_get_session     (CsHttp *self);
void          _cs_http_call_hooked_async (CsHttp *self, CsHttpCall *call, CsHttpHooks *hooks, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
