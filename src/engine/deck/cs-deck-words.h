/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"

G_BEGIN_DECLS

/* The few words that a deck itself says, in the language of the deck (not of the window). Static. */
typedef struct
{
  const char *untitled;
  const char *notes;   /* label of the speaker notes */
  const char *picture; /* in place of a picture without alt text */
  const char *done;    /* label of a ticked box */
  const char *open;    /* label of an empty box */
} CsDeckWords;

const CsDeckWords *cs_deck_words_get (CsLanguage language);

G_END_DECLS
