/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates how full a slide is and chooses its layout and type size. Any thread. */
#include "config.h"
#include "deck/cs-slide-shape.h"

#include <math.h>

#define TYPE 32.0         /* pixels of 1 em at full size, as in base.css */
#define WIDTH 1096.0      /* pixels inside the margins */
#define HEIGHT 590.0
#define CHARACTER 0.47    /* em, the width of an average one */
#define LINE 1.42         /* em */

static const double sizes[CS_SLIDE_N_SIZES] = { 1, 0.88, 0.77, 0.66, 0.55, 0.44 }; /* .d1 to .d5 in base.css */

void
cs_slide_shape_count (CsSlideShape *self, CsBlock block)
{
  int sum = 0;

  for (int i = 0; i < CS_N_BLOCKS; i++)
    sum += self->n[i];
  if (sum == 0)
    self->headed = block == CS_BLOCK_HEADING;
  self->n[block]++;
}

/**
 * cs_slide_shape_add_text:
 * @size: of its type, in em
 * @indent: em of the line that it may not use
 * @gap: em around it
 */
void
cs_slide_shape_add_text (CsSlideShape *self, gsize characters, double size, double indent, double gap)
{
  for (int i = 0; i < CS_SLIDE_N_SIZES; i++)
    {
      double em = TYPE * sizes[i];
      double line = MAX (WIDTH - indent * em, 4 * em);
      double lines = MAX (1, ceil (characters * CHARACTER * size * em / line));

      self->height[i] += (lines * LINE * size + gap) * em;
    }
}

/**
 * cs_slide_shape_add_height:
 * @height: in em
 */
void
cs_slide_shape_add_height (CsSlideShape *self, double height)
{
  for (int i = 0; i < CS_SLIDE_N_SIZES; i++)
    self->height[i] += height * TYPE * sizes[i];
}

static gboolean
has_only (const CsSlideShape *self, guint blocks)
{
  for (int i = 0; i < CS_N_BLOCKS; i++)
    if (self->n[i] > 0 && (blocks & (1u << i)) == 0)
      return FALSE;
  return TRUE;
}

static const char *
choose_layout (const CsSlideShape *self, gboolean first)
{
  const guint text = 1u << CS_BLOCK_HEADING | 1u << CS_BLOCK_PARAGRAPH;

  if (first && self->headed && has_only (self, text | 1u << CS_BLOCK_LIST) && self->n[CS_BLOCK_PARAGRAPH] <= 3)
    return " title";
  if (self->headed && has_only (self, text) && self->n[CS_BLOCK_HEADING] <= 2 && self->n[CS_BLOCK_PARAGRAPH] <= 1
      && self->height[0] < HEIGHT / 2)
    return " part";
  if (self->n[CS_BLOCK_QUOTE] == 1 && has_only (self, 1u << CS_BLOCK_HEADING | 1u << CS_BLOCK_QUOTE)
      && self->n[CS_BLOCK_HEADING] <= 1)
    return " quote";
  if (self->n[CS_BLOCK_PICTURE] == 1 && !has_only (self, 1u << CS_BLOCK_HEADING | 1u << CS_BLOCK_PICTURE)
      && self->n[CS_BLOCK_TABLE] == 0 && self->n[CS_BLOCK_CODE] == 0)
    return " side";
  return "";
}

/**
 * cs_slide_shape_append_classes:
 * @first: whether it opens the deck
 *
 * Appends " title", " part", " quote" or " side" and the largest size at which the slide should fit (" d1" to " d5").
 */
void
cs_slide_shape_append_classes (const CsSlideShape *self, GString *html, gboolean first)
{
  const char *layout = choose_layout (self, first);
  double usable = layout[0] != '\0' && layout[1] == 's' ? HEIGHT * 1.1 : HEIGHT;
  int size = 0;

  while (size < CS_SLIDE_N_SIZES - 1 && self->height[size] > usable)
    size++;
  g_string_append (html, layout);
  if (size > 0)
    g_string_append_printf (html, " d%d", size);
}
