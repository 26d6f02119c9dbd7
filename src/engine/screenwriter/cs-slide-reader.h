/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "screenwriter/cs-slide-draft.h"

G_BEGIN_DECLS

#define CS_SLIDE_READER_MAX 60 /* slides that are read of an answer */

/* The slides in what a language model answered: JSON, else Markdown. Hostile input. Pure, any thread. */
GPtrArray *cs_slide_reader_read  (const char *answer, const char *topic); /* (element-type CsSlideDraft) */
guint      cs_slide_reader_count (const char *part, gsize *at);

G_END_DECLS
