/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "screenwriter/cs-brief.h"
#include "screenwriter/cs-screenplay.h"

G_BEGIN_DECLS

/* The end of every cascade: the user's own words with the style's words around them. Cannot fail. */
CsScreenplay *cs_direct_prompt_write (const CsBrief *brief);

G_END_DECLS
