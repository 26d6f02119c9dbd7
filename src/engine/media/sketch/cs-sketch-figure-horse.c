/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-figures.h"

static void
draw_leg (CsSketchCanvas *c, double s, double x, double bend, CsSketchColor color, CsSketchColor hoof)
{
  cairo_move_to (c->cr, s * (x - 0.085), -s * 0.62);
  cairo_curve_to (c->cr, s * (x - 0.06), -s * 0.42, s * (x + bend - 0.035), -s * 0.34,
                  s * (x + bend * 0.6 - 0.030), -s * 0.05);
  cairo_line_to (c->cr, s * (x + bend * 0.6 + 0.036), -s * 0.05);
  cairo_curve_to (c->cr, s * (x + bend + 0.035), -s * 0.30, s * (x + 0.07), -s * 0.42, s * (x + 0.10),
                  -s * 0.62);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, -s * 0.6, color, 0, cs_sketch_scale (color, 0.62));
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, s * (x + bend * 0.6 - 0.045), -s * 0.06, s * 0.095, s * 0.06, s * 0.015);
  cs_sketch_canvas_set_color (c, hoof, 1);
  cairo_fill (c->cr);
}

static void
trace_body (cairo_t *cr, double s)
{
  cairo_move_to (cr, -s * 0.52, -s * 0.84);
  cairo_curve_to (cr, -s * 0.40, -s * 1.00, -s * 0.10, -s * 0.90, s * 0.12, -s * 0.95);
  cairo_curve_to (cr, s * 0.28, -s * 1.05, s * 0.34, -s * 1.30, s * 0.46, -s * 1.46);
  cairo_curve_to (cr, s * 0.54, -s * 1.52, s * 0.62, -s * 1.47, s * 0.66, -s * 1.38);
  cairo_curve_to (cr, s * 0.74, -s * 1.27, s * 0.84, -s * 1.17, s * 0.84, -s * 1.09);
  cairo_curve_to (cr, s * 0.83, -s * 1.02, s * 0.74, -s * 1.02, s * 0.69, -s * 1.08);
  cairo_curve_to (cr, s * 0.62, -s * 1.15, s * 0.58, -s * 1.18, s * 0.54, -s * 1.17);
  cairo_curve_to (cr, s * 0.50, -s * 0.98, s * 0.48, -s * 0.76, s * 0.36, -s * 0.60);
  cairo_curve_to (cr, s * 0.10, -s * 0.48, -s * 0.25, -s * 0.56, -s * 0.44, -s * 0.52);
  cairo_curve_to (cr, -s * 0.60, -s * 0.58, -s * 0.60, -s * 0.74, -s * 0.52, -s * 0.84);
  cairo_close_path (cr);
}

static void
draw_hair (CsSketchCanvas *c, double s, CsSketchColor mane)
{
  cairo_set_line_cap (c->cr, CAIRO_LINE_CAP_ROUND);
  for (int i = 0; i < 26; i++)
    {
      double t = i / 25.0, x = s * cs_sketch_lerp (0.52, 0.12, t),
             y = -s * cs_sketch_lerp (1.50, 0.96, pow (t, 0.85)), l = s * (0.16 + 0.10 * sin (i * 2.1) * 0.4);

      cairo_set_line_width (c->cr, s * 0.030);
      cairo_move_to (c->cr, x, y);
      cairo_rel_curve_to (c->cr, -l * 0.5, 0, -l * 0.75, l * 0.6, -l * (0.60 + 0.2 * cos (i * 1.7)),
                          l * 1.15);
      cs_sketch_canvas_set_color (c, cs_sketch_scale (mane, 0.75 + 0.35 * (i % 3)), 1);
      cairo_stroke (c->cr);
    }
}

/* The tail turns about its root. */
static void
add_tail (CsSketchStage *stage, double x, double y, double s, double way, CsSketchColor mane)
{
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, s * 1.1, s * 1.7);
  CsSketchMotion motion
      = { .x = x - way * s * 0.52, .y = y - s * 0.82, .period = 2.2, .swing = 0.12, .depth = 1 };

  cairo_scale (c->cr, way, 1);
  cairo_set_line_cap (c->cr, CAIRO_LINE_CAP_ROUND);
  for (int i = 0; i < 18; i++)
    {
      double k = (i - 9) / 9.0;

      cairo_set_line_width (c->cr, s * 0.030);
      cairo_move_to (c->cr, 0, 0);
      cairo_curve_to (c->cr, -s * (0.16 + 0.03 * k), -s * 0.04, -s * (0.16 + 0.09 * k), s * 0.30,
                      -s * (0.14 + 0.10 * k), s * (0.56 - 0.10 * fabs (k)));
      cs_sketch_canvas_set_color (c, cs_sketch_scale (mane, 0.75 + 0.3 * (i % 3)), 1);
      cairo_stroke (c->cr);
    }
  cs_sketch_actors_add_sprite (stage, cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT), &motion);
}

static const CsSketchCanvas *
draw_horse (
    CsSketchStage *stage, double s, double way, CsSketchColor coat, CsSketchColor mane, gboolean is_blinking)
{
  CsSketchCanvas *c = cs_sketch_canvas_new (stage->unit, -s * 1.0, -s * 1.75, s * 1.0, s * 0.10);
  CsSketchColor back = cs_sketch_scale (coat, 0.62);

  cairo_scale (c->cr, way, 1);
  cs_sketch_canvas_soft_shadow (c, 0, 0, s * 0.75, s * 0.075, 0.6);
  draw_leg (c, s, -0.34, -0.06, back, CS_SKETCH_HEX (0x1e1612));
  draw_leg (c, s, 0.30, 0.05, back, CS_SKETCH_HEX (0x1e1612));
  draw_leg (c, s, -0.44, 0.03, coat, CS_SKETCH_HEX (0x2a201a));
  draw_leg (c, s, 0.22, -0.02, coat, CS_SKETCH_HEX (0x2a201a));
  cairo_move_to (c->cr, s * 0.50, -s * 1.44);
  cairo_line_to (c->cr, s * 0.515, -s * 1.585);
  cairo_line_to (c->cr, s * 0.60, -s * 1.46);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_color (c, coat, 1);
  cairo_fill (c->cr);
  trace_body (c->cr, s);
  cs_sketch_canvas_set_vertical (c, -s * 1.5, cs_sketch_scale (coat, 1.22), -s * 0.5,
                                 cs_sketch_scale (coat, 0.66));
  cairo_fill (c->cr);
  draw_hair (c, s, mane);
  cs_sketch_canvas_ellipse (c, s * 0.785, -s * 1.095, s * 0.055, s * 0.055);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (coat, 0.6), 0.8);
  cairo_fill (c->cr);
  cs_sketch_canvas_ellipse (c, s * 0.60, -s * 1.345, s * 0.026, s * (is_blinking ? 0.006 : 0.030));
  cs_sketch_canvas_ellipse (c, s * 0.80, -s * 1.105, s * 0.014, s * 0.010);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x120c0a), 1);
  cairo_fill (c->cr);
  cs_sketch_canvas_circle (c, s * 0.593, -s * 1.355, s * (is_blinking ? 0 : 0.008));
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xffffff), 0.9);
  cairo_fill (c->cr);
  return cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT);
}

/* A horse that stands and looks into the light. @size: its height at the back. */
void
cs_sketch_figure_add_horse (CsSketchStage *stage, double x, double foot, double size)
{
  static const guint32 coats[][2]
      = { { 0x9a5a2c, 0x2a1a14 }, { 0x7a4424, 0x1e1410 }, { 0xd8d2c8, 0xf4efe6 }, { 0xc08a4c, 0xf4e4c0 } };
  const guint32 *pick = coats[cs_sketch_hash ((guint32) stage->seed, 35) % G_N_ELEMENTS (coats)];
  CsSketchColor light = cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.85),
                coat = cs_sketch_lit (CS_SKETCH_HEX (pick[0]), light);
  CsSketchColor mane = cs_sketch_lit (CS_SKETCH_HEX (pick[1]), light);
  CsSketchMotion motion = { .x = x, .y = foot, .bob_y = 0.002, .period = 3.2, .swing = 0.008, .depth = 1 };
  double way = stage->look.light_x;

  add_tail (stage, x, foot, size, way, mane);
  cs_sketch_figure_add_blinking (stage, draw_horse (stage, size, way, coat, mane, FALSE),
                                 draw_horse (stage, size, way, coat, mane, TRUE), &motion);
}
