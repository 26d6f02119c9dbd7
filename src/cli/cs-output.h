/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-progress-bar.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the program says: words on stderr; on stdout its answer, either as text or as exactly one JSON document. */
typedef struct _CsOutput CsOutput;

CsOutput *cs_output_new          (gboolean json);
void      cs_output_free         (CsOutput *self);
gboolean  cs_output_is_json      (CsOutput *self);
void      cs_output_say          (CsOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void      cs_output_progress     (CsOutput *self, double share, const char *words);
void      cs_output_end_progress (CsOutput *self);
gboolean  cs_output_has_bar      (CsOutput *self);
void      cs_output_print        (CsOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void      cs_output_set_document (CsOutput *self, JsonObject *document); /* (transfer full) */
void      cs_output_show_text    (CsOutput *self, const char *text);
gboolean  cs_output_announce     (CsOutput *self, const char *text);
void      cs_output_fail         (CsOutput *self, const char *code, const char *message);
gboolean  cs_output_finish       (CsOutput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsOutput, cs_output_free)

G_END_DECLS
