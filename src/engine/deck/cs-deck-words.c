/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a deck in its own language; not gettext, which speaks the language of the window. */
#include "config.h"
#include "deck/cs-deck-words.h"

static const CsDeckWords words[CS_N_LANGUAGES] = {
  [CS_LANGUAGE_FR] = { "Présentation", "Notes de l’orateur", "Image absente", "fait", "à faire" },
  [CS_LANGUAGE_AR] = { "عرض تقديمي", "ملاحظات المتحدث", "صورة غير موجودة", "تم", "لم يتم" },
  [CS_LANGUAGE_EN] = { "Presentation", "Speaker notes", "Missing picture", "done", "to do" },
};

const CsDeckWords *
cs_deck_words_get (CsLanguage language)
{
  g_return_val_if_fail ((guint) language < CS_N_LANGUAGES, &words[CS_LANGUAGE_EN]);

  return &words[language];
}
