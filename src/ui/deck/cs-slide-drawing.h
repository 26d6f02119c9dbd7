/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/deck/cs-deck-slide.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The colours of a theme, those of its style sheet. */
typedef struct
{
  GdkRGBA paper;
  GdkRGBA text;
  GdkRGBA title;
  GdkRGBA soft;
  GdkRGBA accent;
  GdkRGBA second;
  GdkRGBA panel;
} CsSlideColours;

/* What a slide looks like, near enough to write by: its words at their places in the colours of the theme. The picture is
 * drawn by others, in the rectangle that is left for it. */
typedef struct
{
  CsTheme theme;
  gboolean rtl;
  float width, height; /* pixels */
} CsSlideFrame;

void           cs_slide_get_colours (CsTheme theme, CsSlideColours *colours);
const char    *cs_slide_get_picture (CsDeckSlide *slide, const char **alt); /* (nullable) (out): the address of its picture */
graphene_rect_t cs_slide_place_picture (CsDeckSlide *slide, const CsSlideFrame *frame);
void           cs_slide_draw        (CsDeckSlide *slide, const CsSlideFrame *frame, PangoContext *context, GtkSnapshot *snapshot);

G_END_DECLS
