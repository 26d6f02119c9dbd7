/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"
#include "ui/deck/cs-deck-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the presentation looks like: one slide large, all of them in a row, what is said to it, and the ways out. */
#define CS_TYPE_DECK_STAGE (cs_deck_stage_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckStage, cs_deck_stage, CS, DECK_STAGE, AdwBin)

void cs_deck_stage_set_document (CsDeckStage *self, CsDeckDocument *document); /* once */
void cs_deck_stage_set_studio   (CsDeckStage *self, CsStudio *studio);

G_END_DECLS
