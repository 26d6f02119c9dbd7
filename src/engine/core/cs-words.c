/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences in the language of the user, or of the scope that this thread is in. Any thread. */
#include "config.h"
#include "core/cs-words.h"

#include "core/cs-words-catalog.h"

/* translators: the code of the language that you translate into: fr, ar */
#define OWN_CODE N_ ("en")

static GPrivate scope; /* the language of this thread, plus 1; 0: the user's */

/**
 * cs_words:
 * @sentence: (transfer none): English, as it stands in the source
 *
 * Returns: (transfer none): the same in the language of the scope, else of the user; @sentence where there is no translation.
 */
const char *
cs_words (const char *sentence)
{
  int language = GPOINTER_TO_INT (g_private_get (&scope)) - 1;
  CsWordsCatalog *catalog;
  const char *found;

  if (language < 0)
    return g_dgettext (GETTEXT_PACKAGE, sentence);
  if (language == CS_LANGUAGE_EN)
    return sentence;
  catalog = cs_words_catalog_get (language);
  found = catalog != NULL ? cs_words_catalog_lookup (catalog, sentence) : NULL;
  return found != NULL ? found : sentence;
}

/** cs_words_enter: Returns: what cs_words_leave() needs to go back to what was before; use g_auto (CsWordsScope). */
CsWordsScope
cs_words_enter (CsLanguage language)
{
  CsWordsScope outside = GPOINTER_TO_INT (g_private_get (&scope));

  g_private_set (&scope, GINT_TO_POINTER ((int) language + 1));
  return outside;
}

void
cs_words_leave (CsWordsScope outside)
{
  g_private_set (&scope, GINT_TO_POINTER (outside));
}

/** cs_words_get_scope: @language: (out): the language of the scope. Returns: FALSE when this thread is in none. */
gboolean
cs_words_get_scope (CsLanguage *language)
{
  int inside = GPOINTER_TO_INT (g_private_get (&scope));

  if (inside == 0)
    return FALSE;
  *language = inside - 1;
  return TRUE;
}

/** cs_words_get_user_language: Returns: the language that sentences outside of a scope are in. */
CsLanguage
cs_words_get_user_language (void)
{
  CsLanguage language = CS_LANGUAGE_EN;

  if (!cs_language_from_string (g_dgettext (GETTEXT_PACKAGE, OWN_CODE), &language))
    return CS_LANGUAGE_EN;
  return language;
}
