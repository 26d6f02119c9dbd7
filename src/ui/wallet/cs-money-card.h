/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One figure in a card: what it is, how much, and how much of what is allowed. */
#define CS_TYPE_MONEY_CARD (cs_money_card_get_type ())
G_DECLARE_FINAL_TYPE (CsMoneyCard, cs_money_card, CS, MONEY_CARD, AdwBin)

void cs_money_card_set_title (CsMoneyCard *self, const char *title);
void cs_money_card_set_words (CsMoneyCard *self, const char *amount, const char *caption); /* caption: (nullable) */
void cs_money_card_set_cap   (CsMoneyCard *self, CsMoney spent, CsMoney cap, const char *caption); /* cap below 0: none */

G_END_DECLS
