/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "deck/cs-deck-guard.h"
#include "deck/cs-deck-picture.h"
#include "deck/cs-deck-words.h"
#include "deck/cs-slide-shape.h"

G_BEGIN_DECLS

/* What turns the Markdown of one deck into HTML; lives as long as one export, on its thread. All borrowed. */
typedef struct
{
  CsDeckPictures *pictures; /* (nullable) NULL: pictures are written as their alt text */
  const CsDeckWords *words;
  CsDeckGuard *guard;
} CsDeckMarkdown;

void  cs_deck_markdown_render      (const CsDeckMarkdown *self, const char *markdown, GString *html,
                                    CsSlideShape *shape, char **heading);
char *cs_deck_markdown_get_heading (const char *markdown, CsDeckGuard *guard);

G_END_DECLS
