/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cs-creation.h"

G_BEGIN_DECLS

char *cs_search_words_index (const CsCreationFacts *facts);
char *cs_search_words_match (const char *text);

G_END_DECLS
