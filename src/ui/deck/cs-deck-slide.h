/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

/* Where a slide stands in the text, in characters; as CsSlideSpan. */
typedef struct
{
  int first, end;
  int notes;
  int words;
} CsDeckPlace;

/* One slide of the document. Signal "changed": what it says, how it is numbered, or where it stands. */
#define CS_TYPE_DECK_SLIDE (cs_deck_slide_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckSlide, cs_deck_slide, CS, DECK_SLIDE, GObject)

CsDeckSlide       *cs_deck_slide_new         (void);
gboolean           cs_deck_slide_set         (CsDeckSlide *self, const char *content, const char *notes, gboolean empty);
void               cs_deck_slide_set_place   (CsDeckSlide *self, const CsDeckPlace *place, guint number);
void               cs_deck_slide_set_parts   (CsDeckSlide *self, GPtrArray *parts); /* (element-type CsSlidePart) */

const CsDeckPlace *cs_deck_slide_get_place   (CsDeckSlide *self);
guint              cs_deck_slide_get_number  (CsDeckSlide *self); /* from 1; 0: it is empty, and left out */
const char        *cs_deck_slide_get_content (CsDeckSlide *self); /* Markdown */
const char        *cs_deck_slide_get_notes   (CsDeckSlide *self); /* "": none */
GPtrArray         *cs_deck_slide_get_parts   (CsDeckSlide *self); /* (nullable) until it was read */
gboolean           cs_deck_slide_is_empty    (CsDeckSlide *self);
guint              cs_deck_slide_get_words   (CsDeckSlide *self); /* notes included */
guint              cs_deck_slide_get_seconds (CsDeckSlide *self); /* about as long as it takes to say */
char              *cs_deck_slide_dup_title   (CsDeckSlide *self); /* (nullable) plain */
char              *cs_deck_slide_dup_spoken  (CsDeckSlide *self); /* what is read aloud for it */

G_END_DECLS
