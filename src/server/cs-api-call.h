/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-server.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define CS_API_TOO_MANY_REQUESTS 429 /* which libsoup does not name */

/*
 * One request and its answer. A handler gets it with everything that the gate asks checked, and ends it with exactly one
 * cs_api_call_reply_…(), cs_api_call_refuse…() or cs_api_call_fail…(), at once or later. Whoever answers later takes a
 * reference of its own, and may answer a call whose caller is gone: nothing comes of it. Main thread.
 *
 * A handler runs inside of a words scope of the language that was asked for; a callback that comes later enters it again
 * with CS_API_CALL_WORDS (call).
 */
typedef struct _CsApiCall CsApiCall;

#define CS_API_CALL_WORDS(call) g_auto (CsWordsScope) words_scope G_GNUC_UNUSED = cs_words_enter (cs_api_call_get_language (call))

CsApiCall         *cs_api_call_new          (CsApiServer *server, SoupServerMessage *message);
CsApiCall         *cs_api_call_ref          (CsApiCall *self);
void               cs_api_call_unref        (CsApiCall *self);

/* What was asked */
CsEngine          *cs_api_call_get_engine   (CsApiCall *self);
CsApiServer       *cs_api_call_get_server   (CsApiCall *self);
SoupServerMessage *cs_api_call_get_message  (CsApiCall *self);
const char        *cs_api_call_get_id       (CsApiCall *self);   /* the part of the path that stands for {id}; NULL: none */
const char        *cs_api_call_get_query    (CsApiCall *self, const char *name); /* (nullable) */
const char        *cs_api_call_get_header   (CsApiCall *self, const char *name); /* (nullable) */
JsonObject        *cs_api_call_get_body     (CsApiCall *self);   /* of a POST that takes one: always an object */
CsLanguage         cs_api_call_get_language (CsApiCall *self);
const char        *cs_api_call_get_base     (CsApiCall *self);   /* "http://localhost:8180/api/studio", as the caller names us */
gboolean           cs_api_call_is_gone      (CsApiCall *self);   /* the caller hung up: nobody reads the answer */
gboolean           cs_api_call_is_answered  (CsApiCall *self);
void               cs_api_call_set_id       (CsApiCall *self, const char *id); /* the router's */
void               cs_api_call_set_body     (CsApiCall *self, JsonObject *body); /* (transfer full); the router's */

/* The answer. Headers of its own go into cs_api_call_get_headers() before. */
SoupMessageHeaders *cs_api_call_get_headers (CsApiCall *self);
void               cs_api_call_reply_json   (CsApiCall *self, guint status, JsonObject *answer); /* (transfer full) */
void               cs_api_call_reply_json_text (CsApiCall *self, guint status, GBytes *text);
void               cs_api_call_reply_bytes  (CsApiCall *self, guint status, const char *content_type, GBytes *bytes);
void               cs_api_call_reply_none   (CsApiCall *self, guint status);
void               cs_api_call_reply_stream (CsApiCall *self);   /* status, headers and encoding are set; then _write() and _over() */
gboolean           cs_api_call_write        (CsApiCall *self, GBytes *bytes); /* FALSE: nobody reads it */
void               cs_api_call_over         (CsApiCall *self);
void               cs_api_call_refuse       (CsApiCall *self, const GError *error); /* its words are in the call's language already */
void               cs_api_call_refuse_field (CsApiCall *self, const GError *error, const char *field);
void               cs_api_call_fail         (CsApiCall *self, const GError *error); /* from the engine: words by its code */
void               cs_api_call_fail_status  (CsApiCall *self, guint status, const char *code, const char *detail, const char *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsApiCall, cs_api_call_unref)

G_END_DECLS
