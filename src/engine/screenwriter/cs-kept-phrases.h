/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "screenwriter/cs-brief.h"

G_BEGIN_DECLS

/* What a rewrite keeps word for word: the text that the user put between quotation marks, and the locked phrases. */
GPtrArray *cs_kept_phrases_find    (const CsBrief *brief); /* (element-type utf8): quoted ones with their marks, “so” */
gboolean   cs_kept_phrases_restore (GPtrArray *phrases, char **prompt, gsize max_characters);

G_END_DECLS
