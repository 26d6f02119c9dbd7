/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

/* The sentences of the founding guide, in the language of the scope. In French they are the guide's own, to the letter. */
char       *cs_api_words_launched  (CsProviderRegistry *registry, const CsModel *model); /* model: (nullable) */
char       *cs_api_words_kept      (void); /* nobody has taken it yet */
const char *cs_api_words_under_way (void);
const char *cs_api_words_in_doubt  (void);
const char *cs_api_words_done      (CsKind kind);
char       *cs_api_words_no_key    (CsKeys *keys, CsKeyName name);
char       *cs_api_words_bad_key   (CsKeyName name);

G_END_DECLS
