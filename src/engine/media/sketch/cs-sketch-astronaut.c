/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family-space.h"

#include "media/sketch/cs-sketch-figures.h"

#define SUIT 0xf2f1f4

static void
draw_limb (CsSketchCanvas *c, double s, const double at[8], double width, CsSketchColor color)
{
  cairo_set_line_cap (c->cr, CAIRO_LINE_CAP_ROUND);
  for (int pass = 0; pass < 3; pass++)
    {
      double d = -pass * width * 0.10;

      cairo_set_line_width (c->cr, s * width * (1 - 0.30 * pass));
      cairo_move_to (c->cr, s * (at[0] + d), s * (at[1] + d));
      cairo_curve_to (c->cr, s * (at[2] + d), s * (at[3] + d), s * (at[4] + d), s * (at[5] + d),
                      s * (at[6] + d), s * (at[7] + d));
      cs_sketch_canvas_set_color (c, cs_sketch_scale (color, 0.66 + 0.17 * pass), 1);
      cairo_stroke (c->cr);
    }
  cs_sketch_canvas_circle (c, s * at[6], s * at[7], s * width * 0.60);
  cs_sketch_canvas_set_ball (c, s * at[6], s * at[7], s * width * 0.62, CS_SKETCH_HEX (0xff9a5c),
                             CS_SKETCH_HEX (0xe8672e), CS_SKETCH_HEX (0x8a3418));
  cairo_fill (c->cr);
}

static void
draw_body (CsSketchCanvas *c, double s, CsSketchColor suit, gboolean has_tail)
{
  static const double limbs[4][8] = { { -0.20, 0.02, -0.36, 0.06, -0.44, -0.02, -0.50, -0.16 },
                                      { 0.20, 0.03, 0.34, 0.12, 0.42, 0.18, 0.47, 0.10 },
                                      { -0.11, 0.32, -0.14, 0.44, -0.26, 0.52, -0.24, 0.66 },
                                      { 0.12, 0.32, 0.16, 0.46, 0.30, 0.46, 0.31, 0.60 } };
  static const double tail[8] = { 0.12, 0.34, 0.40, 0.42, 0.62, 0.40, 0.60, 0.22 };

  cs_sketch_canvas_round_box (c, -s * 0.29, -s * 0.10, s * 0.58, s * 0.44, s * 0.09);
  cs_sketch_canvas_set_vertical (c, -s * 0.1, cs_sketch_scale (suit, 0.62), s * 0.3,
                                 cs_sketch_scale (suit, 0.36));
  cairo_fill (c->cr);
  if (has_tail)
    draw_limb (c, s, tail, 0.085, suit);
  for (int i = 2; i < 4; i++)
    draw_limb (c, s, limbs[i], 0.175, suit);
  for (int i = 0; i < 2; i++)
    draw_limb (c, s, limbs[i], 0.145, suit);
  cs_sketch_canvas_round_box (c, -s * 0.225, -s * 0.09, s * 0.45, s * 0.50, s * 0.19);
  cs_sketch_canvas_set_ball (c, 0, s * 0.14, s * 0.34, cs_sketch_scale (suit, 1.1), suit,
                             cs_sketch_scale (suit, 0.52));
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, -s * 0.125, s * 0.08, s * 0.25, s * 0.15, s * 0.03);
  cs_sketch_canvas_set_vertical (c, s * 0.08, CS_SKETCH_HEX (0x56628a), s * 0.23, CS_SKETCH_HEX (0x2c3358));
  cairo_fill (c->cr);
  for (int i = 0; i < 3; i++)
    {
      static const guint32 lights[] = { 0xff5a4a, 0xffd04a, 0x4ae0a0 };

      cs_sketch_canvas_circle (c, s * (-0.075 + 0.075 * i), s * 0.125, s * 0.022);
      cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (lights[i]), 1);
      cairo_fill (c->cr);
    }
  cs_sketch_canvas_round_box (c, -s * 0.09, s * 0.17, s * 0.18, s * 0.022, s * 0.01);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x8fd0ff), 0.8);
  cairo_fill (c->cr);
}

static void
draw_helmet (CsSketchStage *stage,
             CsSketchCanvas *c,
             double s,
             CsSketchColor suit,
             gboolean is_cat,
             gboolean is_blinking)
{
  static const guint32 coats[] = { 0xe39a4a, 0x8d8f9a, 0xc9a882, 0x6a5a55 };
  double y = -s * 0.33, r = s * 0.335;
  guint32 coat = coats[cs_sketch_hash ((guint32) stage->seed, 61) % G_N_ELEMENTS (coats)];
  CsSketchHead head = { is_cat ? CS_SKETCH_HEAD_CAT : CS_SKETCH_HEAD_PERSON,
                        0,
                        y + r * (is_cat ? 0.18 : 0.06),
                        r * (is_cat ? 0.60 : 0.62),
                        CS_SKETCH_HEX (coat),
                        CS_SKETCH_HEX (0xfff1e2),
                        cs_sketch_scale (CS_SKETCH_HEX (coat), 0.5),
                        CS_SKETCH_HEX (0x62c46a),
                        is_blinking };

  if (!is_cat)
    {
      head.coat = CS_SKETCH_HEX (0xd9a07a);
      head.pale = CS_SKETCH_HEX (0xf0c4a0);
      head.dark = CS_SKETCH_HEX (0x3a2820);
      head.eye = CS_SKETCH_HEX (0x6a4428);
    }
  cs_sketch_canvas_circle (c, 0, y, r * 1.08);
  cs_sketch_canvas_set_ball (c, 0, y, r * 1.1, cs_sketch_scale (suit, 1.1), suit,
                             cs_sketch_scale (suit, 0.5));
  cairo_fill (c->cr);
  cs_sketch_canvas_ellipse (c, 0, y + r * 0.02, r * 0.95, r * 0.93);
  cs_sketch_canvas_set_ball (c, 0, y, r * 1.1, CS_SKETCH_HEX (0x46507e), CS_SKETCH_HEX (0x252b52),
                             CS_SKETCH_HEX (0x10122c));
  cairo_fill_preserve (c->cr);
  cairo_save (c->cr);
  cairo_clip (c->cr);
  cs_sketch_head_draw (c, &head);
  cs_sketch_canvas_ellipse (c, r * 0.55, y + r * 0.62, r * 0.9, r * 0.5);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x6a80e0), 0.16);
  cairo_fill (c->cr);
  cairo_restore (c->cr);
  cairo_set_line_cap (c->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (c->cr, r * 0.085);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xffffff), 0.75);
  cairo_new_sub_path (c->cr);
  cairo_arc (c->cr, 0, y, r * 0.80, G_PI * 1.05, G_PI * 1.32);
  cairo_stroke (c->cr);
  cairo_new_sub_path (c->cr);
  cairo_arc (c->cr, 0, y, r * 0.80, G_PI * 1.38, G_PI * 1.43);
  cairo_stroke (c->cr);
  cs_sketch_canvas_round_box (c, -r * 0.62, y + r * 0.93, r * 1.24, r * 0.17, r * 0.08);
  cs_sketch_canvas_set_vertical (c, y + r * 0.93, CS_SKETCH_HEX (0xff9a5c), y + r * 1.1,
                                 CS_SKETCH_HEX (0xa8441e));
  cairo_fill (c->cr);
}

/* Someone who floats in a space suit: a person or a cat. @size is about a half of the height. */
void
cs_sketch_astronaut_add (CsSketchStage *stage, double x, double y, double size, gboolean is_cat)
{
  const CsSketchCanvas *faces[2];
  CsSketchMotion motion = { .x = x,
                            .y = y,
                            .bob_x = 0.012,
                            .bob_y = 0.020,
                            .period = 5.2,
                            .angle = -0.10 * stage->look.light_x,
                            .swing = 0.13,
                            .depth = 1 };
  CsSketchColor suit = cs_sketch_lit (CS_SKETCH_HEX (SUIT), stage->palette.light);

  for (int i = 0; i < 2; i++)
    {
      CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, size * 1.7, size * 1.7);

      if (stage->look.light_x > 0)
        cairo_scale (c->cr, -1, 1);
      draw_body (c, size, suit, is_cat);
      draw_helmet (stage, c, size, suit, is_cat, i == 1);
      faces[i] = cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT);
    }
  cs_sketch_figure_add_blinking (stage, faces[0], faces[1], &motion);
}
