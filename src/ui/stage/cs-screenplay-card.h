/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * What the screenwriter made of the idea, to read, to compare and to take over. Property: sent (it is on its way already, and
 * what is chosen here is for the next version). Signals: "accept" and "edit" (gpointer CsBrief *brief): into the composer;
 * "own-words" (gpointer CsBrief *brief): without the screenwriter; "lock" (gpointer CsBrief *brief): with the phrase that is
 * marked kept.
 */
#define CS_TYPE_SCREENPLAY_CARD (cs_screenplay_card_get_type ())
G_DECLARE_FINAL_TYPE (CsScreenplayCard, cs_screenplay_card, CS, SCREENPLAY_CARD, AdwBin)

void     cs_screenplay_card_show     (CsScreenplayCard *self, const CsJobFacts *facts);
CsBrief *cs_screenplay_card_dup_brief (CsScreenplayCard *self, gboolean own_words); /* (nullable) what "edit", "own-words" give */

G_END_DECLS
