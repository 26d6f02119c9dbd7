/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"
#include "ui/deck/cs-deck-slide.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One slide, drawn in the colours of the theme, 16 to 9, as large as there is room. */
#define CS_TYPE_SLIDE_CARD (cs_slide_card_get_type ())
G_DECLARE_FINAL_TYPE (CsSlideCard, cs_slide_card, CS, SLIDE_CARD, GtkWidget)

GtkWidget *cs_slide_card_new        (void);
void       cs_slide_card_set_studio (CsSlideCard *self, CsStudio *studio); /* where pictures come from */
void       cs_slide_card_set_slide  (CsSlideCard *self, CsDeckSlide *slide); /* (nullable) */
void       cs_slide_card_set_look   (CsSlideCard *self, CsTheme theme, CsLanguage language);

G_END_DECLS
