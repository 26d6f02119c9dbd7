/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-http.h"
#include "providers/chat/cs-openai-wire.h"

G_BEGIN_DECLS

/* One question to a server of the OpenAI kind. Main thread. */
void          cs_openai_chat_async  (CsHttp *http, const CsOpenaiDialect *dialect, const char *address, const char *key,
                                     CsChat *chat, CsChatFunc func, gpointer func_data, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
CsChatAnswer *cs_openai_chat_finish (CsHttp *http, GAsyncResult *result);

G_END_DECLS
