/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "deck/cs-deck.h"

G_BEGIN_DECLS

#define CS_DECK_MAX_SLIDES 2000
#define CS_SLIDE_MAX_LENGTH (256 * 1024) /* bytes */

/* Where a slide stands in the text of its deck: bytes from the start, whole lines, without the separators. */
typedef struct
{
  gsize first, end;   /* from the first, before the second */
  gsize notes;        /* where the line of `Note:` begins; `end`: it has no notes */
  gsize words;        /* where what it says begins, behind `Note:` */
  gboolean below;     /* stands under the slide before it */
  gboolean empty;     /* has nothing in it: a deck leaves it out */
} CsSlideSpan;

void    cs_slide_free (CsSlide *self);
GArray *cs_deck_scan  (const char *markdown, gsize length); /* (element-type CsSlideSpan) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSlide, cs_slide_free)

G_END_DECLS
