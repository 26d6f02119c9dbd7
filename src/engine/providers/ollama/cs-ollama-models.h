/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One model that an Ollama has. */
typedef struct
{
  char *name;
  gint64 parameters; /* 0: not known */
  gboolean is_cloud; /* only a name here: what it is asked goes to ollama.com */
} CsOllamaModel;

/* What is installed, and which of it writes best. Pure. */
GPtrArray  *cs_ollama_models_parse  (const char *data, gsize length, GError **error); /* (element-type CsOllamaModel) */
gboolean    cs_ollama_models_has    (GPtrArray *models, const char *name);
const char *cs_ollama_models_choose (GPtrArray *models);
void        cs_ollama_model_free    (CsOllamaModel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsOllamaModel, cs_ollama_model_free)

G_END_DECLS
