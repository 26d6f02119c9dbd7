/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * What the talk is about, and how it shall be written. Signal "generate" (gpointer CsBrief *brief): somebody agreed to the
 * price on the button, which is brief->max_cost. Its row of beginning with a text activates the action "deck.begin" (s): "open",
 * "paste" or "new".
 */
#define CS_TYPE_DECK_COMPOSER (cs_deck_composer_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckComposer, cs_deck_composer, CS, DECK_COMPOSER, AdwBin)

void       cs_deck_composer_set_studio   (CsDeckComposer *self, CsStudio *studio);
void       cs_deck_composer_set_brief    (CsDeckComposer *self, const CsBrief *brief);
CsBrief   *cs_deck_composer_dup_brief    (CsDeckComposer *self); /* as it stands, unchecked */
char      *cs_deck_composer_dup_label    (CsDeckComposer *self); /* what stands on the button */
gboolean   cs_deck_composer_get_language (CsDeckComposer *self, CsLanguage *language); /* FALSE: that of the topic */
void       cs_deck_composer_clear        (CsDeckComposer *self);
void       cs_deck_composer_focus_prompt (CsDeckComposer *self);
void       cs_deck_composer_generate     (CsDeckComposer *self); /* as the button does */

G_END_DECLS
