/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How far the installation of a model has come, line by line. Pure; one thread at a time. */
typedef struct _CsOllamaPull CsOllamaPull;

CsOllamaPull *cs_ollama_pull_new         (const char *model);
void          cs_ollama_pull_free        (CsOllamaPull *self);
gboolean      cs_ollama_pull_read_line   (CsOllamaPull *self, const char *data, gsize length);
double        cs_ollama_pull_get_share   (CsOllamaPull *self);
gboolean      cs_ollama_pull_is_finished (CsOllamaPull *self);
gboolean      cs_ollama_pull_end         (CsOllamaPull *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsOllamaPull, cs_ollama_pull_free)

G_END_DECLS
