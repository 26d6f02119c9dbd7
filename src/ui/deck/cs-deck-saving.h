/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"
#include "ui/deck/cs-deck-document.h"

G_BEGIN_DECLS

/* How far what is in the document is in the library. */
typedef enum
{
  CS_SAVING_NOTHING, /* there is no slide yet */
  CS_SAVING_DONE,
  CS_SAVING_SOON,
  CS_SAVING_NOW,
  CS_SAVING_FAILED,  /* it is tried again */
} CsSavingState;

/*
 * Keeps the library as new as the document: a second after the last change, and at once when asked to. It goes on when the
 * page is gone, and keeps the program alive as long. Signals: "state-changed"; "saved" (CsCreation *); "failed" (const char
 * *words): once, until it worked again; "moved": it was changed elsewhere, so that what is here is a creation of its own now.
 */
#define CS_TYPE_DECK_SAVING (cs_deck_saving_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckSaving, cs_deck_saving, CS, DECK_SAVING, GObject)

CsDeckSaving *cs_deck_saving_new          (CsDeckDocument *document);
void          cs_deck_saving_set_studio   (CsDeckSaving *self, CsStudio *studio);
void          cs_deck_saving_begin        (CsDeckSaving *self, CsCreation *creation); /* (nullable): it becomes a new one */
CsCreation   *cs_deck_saving_get_creation (CsDeckSaving *self); /* (nullable) (transfer none): as it was saved last */
CsSavingState cs_deck_saving_get_state    (CsDeckSaving *self);
const char   *cs_deck_saving_get_words    (CsDeckSaving *self); /* the state, in words */
void          cs_deck_saving_touch        (CsDeckSaving *self); /* as if the text had been changed */
void          cs_deck_saving_flush        (CsDeckSaving *self); /* now, not soon */
gboolean      cs_deck_saving_is_settled   (CsDeckSaving *self); /* nothing is unsaved or on its way */

G_END_DECLS
