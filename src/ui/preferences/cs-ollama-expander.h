/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The language models of this computer: whether Ollama runs, where, and which model writes. */
#define CS_TYPE_OLLAMA_EXPANDER (cs_ollama_expander_get_type ())
G_DECLARE_FINAL_TYPE (CsOllamaExpander, cs_ollama_expander, CS, OLLAMA_EXPANDER, AdwExpanderRow)

GtkWidget *cs_ollama_expander_new (CsStudio *studio);

G_END_DECLS
