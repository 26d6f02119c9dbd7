/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-http-call.h"
#include "providers/chat/cs-chat-reader.h"

G_BEGIN_DECLS

/* What is said to Ollama and what it says, without any network. Pure. */
JsonObject *cs_ollama_build_chat    (const CsChat *chat);
JsonObject *cs_ollama_build_preload (const char *model);
gboolean    cs_ollama_read_line     (CsChatReader *reader, const char *data, gsize length);
void        cs_ollama_read_refusal  (CsChatReader *reader, const CsHttpAnswer *refusal);
GError     *cs_ollama_error_new     (guint status, const char *model, const char *words);
GError     *cs_ollama_error_from_refusal (const char *model, const CsHttpAnswer *refusal);

G_END_DECLS
