/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/ollama/cs-ollama-provider.h"

G_BEGIN_DECLS

/* For the files of CsOllamaProvider alone. */
CsHttp     *_cs_ollama_provider_get_http (CsOllamaProvider *self);
CsHttpCall *_cs_ollama_provider_new_call (CsOllamaProvider *self, const char *method, const char *path,
                                          JsonObject *body, GError **error);
GError     *_cs_ollama_provider_judge    (CsOllamaProvider *self, const char *model, const CsHttpAnswer *answer);
void        _cs_ollama_provider_forget   (CsOllamaProvider *self);

G_END_DECLS
