/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three slides that invite to a talk, one in each theme. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-sample.h"

#include "ui/deck/cs-deck-document.h"
#include "ui/deck/cs-slide-card.h"

/* Left, right, middle. */
static const CsTheme themes[CS_FAN_CARDS] = { CS_THEME_SOLARIZED, CS_THEME_LIGHT, CS_THEME_DARK };

/* translators: slides in Markdown, as an example of a talk; keep the marks and the lines */
static const char *const slides[CS_FAN_CARDS] = {
  N_ ("## Why here\n\n- 3,500 hours of sun a year\n- Flat, empty and close to the grid\n- Power peaks when demand does"),
  N_ ("## What it costs\n\n| Year | ¢ per kWh | Homes |\n|---|---|---|\n| 2015 | 7.8 | 1,200 |\n| 2019 | 4.9 | 6,500 |\n| 2026 | 2.1 | 31,000 |"),
  N_ ("# Sun to spare\n\nSolar energy in the Sahara"),
};

/** cs_deck_sample_show: Shows them in @fan, in the language of the user. */
void
cs_deck_sample_show (CsFan *fan)
{
  CsDeckDocument *document = cs_deck_document_new ();
  CsLanguage language = cs_words_get_user_language ();
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *cards[CS_FAN_CARDS];

  for (guint i = 0; i < CS_FAN_CARDS; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n\n---\n\n" : "", _ (slides[i]));
  cs_deck_document_load (document, text->str, CS_THEME_DARK, language, NULL);
  for (guint i = 0; i < CS_FAN_CARDS; i++)
    {
      cards[i] = cs_slide_card_new ();
      cs_slide_card_set_look (CS_SLIDE_CARD (cards[i]), themes[i], language);
      cs_slide_card_set_slide (CS_SLIDE_CARD (cards[i]), cs_deck_document_get_slide (document, i));
    }
  cs_fan_set_slides (fan, cards);
  g_object_set_data_full (G_OBJECT (fan), "document", document, g_object_unref); /* it reads its slides on another thread */
}
