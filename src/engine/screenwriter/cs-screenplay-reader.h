/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "screenwriter/cs-brief.h"
#include "screenwriter/cs-screenplay.h"

G_BEGIN_DECLS

#define CS_SCREENPLAY_MAX_PROMPT 2000 /* characters */

/* Reads what a language model answered into a screenplay. Hostile input: nothing of it is believed unseen. */
gboolean cs_screenplay_read (CsScreenplay *self, const char *answer, const CsBrief *brief, const char *instructions,
                             GError **error);

G_END_DECLS
