/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CS_OLLAMA_HOST_VARIABLE "OLLAMA_HOST"

/* Where Ollama is, by the rules of Ollama's own client. Pure. */
char *cs_ollama_host_to_base (const char *text, GError **error);

G_END_DECLS
