/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CS_SLIDE_N_SIZES 6

/* What kinds of blocks stand at the top level of a slide. */
typedef enum
{
  CS_BLOCK_HEADING,
  CS_BLOCK_PARAGRAPH,
  CS_BLOCK_LIST,
  CS_BLOCK_QUOTE,
  CS_BLOCK_CODE,
  CS_BLOCK_TABLE,
  CS_BLOCK_PICTURE,
  CS_BLOCK_RULE,
  CS_N_BLOCKS
} CsBlock;

/*
 * What a slide looks like: which blocks it has and how high it would be at each type size. It decides the classes of
 * the slide, so that a deck is well laid out before any script has run.
 */
typedef struct
{
  int n[CS_N_BLOCKS];
  gboolean headed;                  /* the first block is a heading */
  double height[CS_SLIDE_N_SIZES];  /* pixels */
} CsSlideShape;

void cs_slide_shape_count          (CsSlideShape *self, CsBlock block);
void cs_slide_shape_add_text       (CsSlideShape *self, gsize characters, double size, double indent, double gap);
void cs_slide_shape_add_height     (CsSlideShape *self, double height);
void cs_slide_shape_append_classes (const CsSlideShape *self, GString *html, gboolean first);

G_END_DECLS
