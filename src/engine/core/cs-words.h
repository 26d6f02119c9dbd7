/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"

G_BEGIN_DECLS

/*
 * The sentences of this program, in the language of the user; or, inside of a scope, in another one: whoever answers
 * programs (the server) speaks the language that each of them asks for. A scope is of one thread and of one stretch of code
 * that does not return to the main loop:
 *
 *   g_auto (CsWordsScope) scope = cs_words_enter (CS_LANGUAGE_FR);
 */
typedef int CsWordsScope; /* the language outside of it, plus 1; 0: the user's */

#define _(String) cs_words (String)
#define N_(String) (String)

const char  *cs_words                 (const char *sentence) G_GNUC_FORMAT (1);
CsWordsScope cs_words_enter           (CsLanguage language) G_GNUC_WARN_UNUSED_RESULT;
void         cs_words_leave           (CsWordsScope outside);
gboolean     cs_words_get_scope       (CsLanguage *language);
CsLanguage   cs_words_get_user_language (void);

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (CsWordsScope, cs_words_leave, -1)

G_END_DECLS
