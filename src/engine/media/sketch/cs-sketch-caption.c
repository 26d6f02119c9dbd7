/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-caption.h"

#include <pango/pangocairo.h>
#include <string.h>

/* More words than two lines can hold: no need to lay them out. */
#define MAX_CHARACTERS 300

struct _CsSketchCaption
{
  CsSketchCanvas *sheet; /* the words and their shade */
  double x, y;           /* of its (0, 0) in the frame, in pixels */
  double start, stop;    /* seconds */
};

/* One clean line of text: no control characters, no direction overrides, no runs of spaces. */
static char *
clean_words (const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, (gssize) strnlen (words, MAX_CHARACTERS * 16));
  GString *clean = g_string_new (NULL);
  gboolean was_space = TRUE;
  int n = 0;

  for (const char *c = valid; *c != '\0' && n < MAX_CHARACTERS; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);
      gboolean is_space = g_unichar_isspace (letter) || g_unichar_iscntrl (letter);

      if ((letter >= 0x202a && letter <= 0x202e) || (letter >= 0x2066 && letter <= 0x2069)
          || letter == 0xfffd)
        continue;
      if (is_space && was_space)
        continue;
      g_string_append_unichar (clean, is_space ? ' ' : letter);
      was_space = is_space;
      n++;
    }
  g_strchomp (clean->str);
  return g_string_free (clean, FALSE);
}

static PangoLayout *
make_layout (cairo_t *cr, const char *text, int width, double size)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font
      = pango_font_description_from_string ("Inter, Cantarell, Noto Sans, Sans");

  pango_font_description_set_weight (font, PANGO_WEIGHT_SEMIBOLD);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_height (layout, -2);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_auto_dir (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/* A soft dark behind the words, then the words with a shadow, then an accent line above. */
static void
draw_words (CsSketchCanvas *sheet, PangoLayout *layout, double x, double y, double size)
{
  cairo_t *cr = sheet->cr;

  cs_sketch_canvas_set_color (sheet, CS_SKETCH_HEX (0x000000), 0.85);
  for (int i = 0; i < 2; i++)
    {
      cairo_move_to (cr, x, y);
      pango_cairo_layout_path (cr, layout);
    }
  cairo_set_line_width (cr, size * 0.34);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  cs_sketch_canvas_blur (sheet, size * 0.42);
  cairo_move_to (cr, x, y + size * 0.05);
  cs_sketch_canvas_set_color (sheet, CS_SKETCH_HEX (0x000000), 0.55);
  pango_cairo_show_layout (cr, layout);
  cairo_move_to (cr, x, y);
  cs_sketch_canvas_set_color (sheet, CS_SKETCH_HEX (0xffffff), 1);
  pango_cairo_show_layout (cr, layout);
}

static void
lay_out (CsSketchCaption *self, const char *text, int width, int height, int bars)
{
  double size = CLAMP (MIN (width, height) * 0.046, 9, 120), pad = size * 1.2;
  int inner = (int) (width * 0.84), text_width, text_height;
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (CsSketchCanvas) probe = cs_sketch_canvas_new (1, 0, 0, 4, 4);

  layout = make_layout (probe->cr, text, inner, size);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  text_height = MIN (text_height, height / 3);
  self->sheet = cs_sketch_canvas_new (1, 0, 0, inner + pad * 2, text_height + pad * 2);
  draw_words (self->sheet, layout, pad, pad, size);
  cairo_surface_flush (self->sheet->surface);
  self->x = floor ((width - self->sheet->pixels.width) / 2.0);
  self->y = floor (height - bars - height * 0.055 - text_height - pad);
}

/**
 * cs_sketch_caption_new:
 * @words: anything; only its first few hundred characters are looked at
 * @bars: pixels at the bottom that are black
 *
 * Returns: (transfer full) (nullable): NULL when there is nothing to show
 */
CsSketchCaption *
cs_sketch_caption_new (const char *words, int width, int height, double duration, int bars)
{
  CsSketchCaption *self;
  g_autofree char *text = clean_words (words);

  if (*text == '\0' || width < 64 || height < 64)
    return NULL;
  self = g_new0 (CsSketchCaption, 1);
  self->start = duration * 0.08;
  self->stop = duration * 0.84;
  lay_out (self, text, width, height, bars);
  return self;
}

void
cs_sketch_caption_free (CsSketchCaption *self)
{
  if (self == NULL)
    return;
  cs_sketch_canvas_free (self->sheet);
  g_free (self);
}

void
cs_sketch_caption_draw (const CsSketchCaption *self, CsSketchFrame *frame)
{
  double t = frame->seconds, soft = 0.55;
  double opacity = cs_sketch_step (self->start, self->start + soft, t)
                   * cs_sketch_step (self->stop + soft, self->stop, t);
  CsSketchFrame screen = *frame;

  screen.unit = 1;
  cs_sketch_frame_put (&screen, self->sheet, self->x, self->y + (1 - opacity) * frame->unit * 0.008, 1, 0,
                       opacity);
}
