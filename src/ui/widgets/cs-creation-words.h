/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

G_BEGIN_DECLS

/* Words for people about a creation, in their language. Main thread; reads nothing. */
const char *cs_creation_get_icon         (const CsCreationFacts *facts); /* the name of the icon of its kind */
char       *cs_creation_make_length      (const CsCreationFacts *facts); /* "0:05", or slides; empty for a picture */
char       *cs_creation_make_description (const CsCreationFacts *facts); /* what is read aloud for its thumbnail */
char       *cs_creation_make_size        (const CsCreationFacts *facts); /* "1344 × 768 · PNG · 1.4 MB" */
char       *cs_creation_make_maker       (const CsCreationFacts *facts, CsStudio *studio); /* "Replicate · Flux Schnell" */

char       *cs_provider_make_name        (CsStudio *studio, const char *provider); /* provider: its id */
char       *cs_date_make_words           (gint64 time_us); /* "2 min ago", "yesterday", "Friday", "3 Nov" */
char       *cs_date_make_moment          (gint64 time_us); /* "today 13:02", "3 Nov 2026 13:02" */
char       *cs_isolate                   (const char *text); /* keeps its own direction inside of any sentence */

G_END_DECLS
