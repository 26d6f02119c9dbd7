/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

/*
 * One listener: what it has been told up to, and how much of that it has not read yet. Whoever does not read is told no more
 * until he does, and then how things stand by then: he costs a bounded piece of memory, and misses nothing. Main thread.
 */
typedef struct _CsApiEventStream CsApiEventStream;

typedef void (*CsApiEventStreamFunc) (CsApiEventStream *stream, gpointer user_data);

/* @mark: the number of the last change that it knows; below 0: it begins with what comes next. */
CsApiEventStream *cs_api_event_stream_new      (CsApiCall *call, gint64 key_id, gint64 mark);
void              cs_api_event_stream_free     (CsApiEventStream *self);
void              cs_api_event_stream_begin    (CsApiEventStream *self, CsApiEventStreamFunc drained, CsApiEventStreamFunc gone,
                                                gpointer user_data);
gint64            cs_api_event_stream_get_mark (CsApiEventStream *self);
gboolean          cs_api_event_stream_is_ready (CsApiEventStream *self); /* FALSE: it has enough to read */
void              cs_api_event_stream_tell     (CsApiEventStream *self, const CsChanges *changes);
void              cs_api_event_stream_ping     (CsApiEventStream *self);
void              cs_api_event_stream_end      (CsApiEventStream *self);

G_END_DECLS
