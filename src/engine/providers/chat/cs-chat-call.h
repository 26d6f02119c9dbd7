/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-http.h"
#include "net/cs-line-reader.h"
#include "providers/chat/cs-chat-reader.h"

G_BEGIN_DECLS

/* How an answer comes over the wire; constant. */
typedef struct
{
  CsLineStyle style;           /* of a stream */
  CsChatReadFunc read_message; /* of a stream */
  CsChatReadFunc read_whole;   /* (nullable) an answer in one piece; NULL: it is a stream of one message */
} CsChatWire;

/*
 * One request to a language model: the patience of the chat in each of its phases, and its answer read into a reader,
 * which the caller keeps until the end. Main thread.
 */
void          cs_chat_call_async  (CsHttp *http, CsHttpCall *call, const CsChatWire *wire, gboolean is_streamed,
                                   const CsChat *chat, CsChatReader *reader, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data); /* call: (transfer full) */
CsHttpAnswer *cs_chat_call_finish (CsHttp *http, GAsyncResult *result);

G_END_DECLS
