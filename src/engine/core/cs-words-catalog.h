/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"

G_BEGIN_DECLS

/* The sentences of one language: a GNU .mo file that lies in memory. Immutable, any thread. */
typedef struct _CsWordsCatalog CsWordsCatalog;

CsWordsCatalog *cs_words_catalog_new    (GBytes *bytes);
void            cs_words_catalog_free   (CsWordsCatalog *self);
const char     *cs_words_catalog_lookup (CsWordsCatalog *self, const char *sentence);
CsWordsCatalog *cs_words_catalog_get    (CsLanguage language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWordsCatalog, cs_words_catalog_free)

G_END_DECLS
