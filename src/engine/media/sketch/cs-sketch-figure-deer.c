/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-figures.h"

#include "media/sketch/cs-sketch-actors.h"

static void
draw_legs (CsSketchCanvas *c, double s, CsSketchColor color)
{
  static const double legs[4][2] = { { -0.30, -0.03 }, { -0.20, 0.02 }, { 0.17, -0.02 }, { 0.26, 0.03 } };

  for (int i = 0; i < 4; i++)
    {
      double x = legs[i][0] * s, k = legs[i][1] * s;

      cairo_move_to (c->cr, x - s * 0.050, -s * 0.45);
      cairo_curve_to (c->cr, x - s * 0.035, -s * 0.25, x + k - s * 0.02, -s * 0.2, x + k - s * 0.020, 0);
      cairo_line_to (c->cr, x + k + s * 0.026, 0);
      cairo_curve_to (c->cr, x + k + s * 0.018, -s * 0.2, x + s * 0.045, -s * 0.25, x + s * 0.060, -s * 0.45);
      cairo_close_path (c->cr);
      cs_sketch_canvas_set_color (c, cs_sketch_scale (color, i % 2 ? 0.95 : 0.68), 1);
      cairo_fill (c->cr);
    }
}

static void
draw_antler (CsSketchCanvas *c, double s, double way)
{
  double x = s * 0.44, y = -s * 1.10;

  cairo_set_line_width (c->cr, s * 0.022);
  cairo_set_line_cap (c->cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (c->cr, x, y);
  cairo_curve_to (c->cr, x + way * s * 0.16, y - s * 0.05, x + way * s * 0.20, y - s * 0.22,
                  x + way * s * 0.12, y - s * 0.36);
  for (int i = 0; i < 3; i++)
    {
      cairo_move_to (c->cr, x + way * s * (0.09 + 0.05 * i), y - s * (0.04 + 0.09 * i));
      cairo_rel_curve_to (c->cr, 0, -s * 0.04, way * s * -0.02, -s * 0.09, way * s * -0.03, -s * 0.13);
    }
  cairo_stroke (c->cr);
}

static void
draw_body (CsSketchCanvas *c, double s, CsSketchColor coat, CsSketchColor dark)
{
  cairo_move_to (c->cr, -s * 0.40, -s * 0.62);
  cairo_curve_to (c->cr, -s * 0.25, -s * 0.74, s * 0.05, -s * 0.66, s * 0.18, -s * 0.72);
  cairo_curve_to (c->cr, s * 0.28, -s * 0.80, s * 0.30, -s * 0.95, s * 0.36, -s * 1.08);
  cairo_curve_to (c->cr, s * 0.42, -s * 1.16, s * 0.52, -s * 1.12, s * 0.54, -s * 1.06);
  cairo_curve_to (c->cr, s * 0.62, -s * 1.02, s * 0.68, -s * 0.98, s * 0.67, -s * 0.94);
  cairo_curve_to (c->cr, s * 0.62, -s * 0.91, s * 0.54, -s * 0.94, s * 0.48, -s * 0.95);
  cairo_curve_to (c->cr, s * 0.44, -s * 0.80, s * 0.40, -s * 0.60, s * 0.30, -s * 0.46);
  cairo_curve_to (c->cr, s * 0.15, -s * 0.36, -s * 0.15, -s * 0.40, -s * 0.30, -s * 0.38);
  cairo_curve_to (c->cr, -s * 0.44, -s * 0.42, -s * 0.46, -s * 0.56, -s * 0.40, -s * 0.62);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, -s * 1.1, coat, -s * 0.36, dark);
  cairo_fill (c->cr);
}

static void
draw_face (CsSketchCanvas *c, double s, CsSketchColor coat, CsSketchColor dark)
{
  for (int way = -1; way <= 1; way += 2)
    {
      cairo_move_to (c->cr, s * 0.40, -s * 1.08);
      cairo_curve_to (c->cr, s * (0.40 + way * 0.08), -s * 1.20, s * (0.40 + way * 0.15), -s * 1.20,
                      s * (0.40 + way * 0.18), -s * 1.16);
      cairo_curve_to (c->cr, s * (0.40 + way * 0.14), -s * 1.08, s * (0.40 + way * 0.06), -s * 1.06, s * 0.42,
                      -s * 1.05);
      cs_sketch_canvas_set_color (c, way < 0 ? coat : dark, 1);
      cairo_fill (c->cr);
    }
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x1a1210), 1);
  cs_sketch_canvas_circle (c, s * 0.505, -s * 1.045, s * 0.018);
  cs_sketch_canvas_ellipse (c, s * 0.662, -s * 0.955, s * 0.018, s * 0.022);
  cairo_fill (c->cr);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xfff4e2), 0.85);
  cs_sketch_canvas_ellipse (c, -s * 0.43, -s * 0.56, s * 0.035, s * 0.06);
  cairo_fill (c->cr);
}

/* A stag that stands and looks aside; it breathes. @size is its height at the back. */
void
cs_sketch_figure_add_deer (CsSketchStage *stage, double x, double foot, double size)
{
  const CsSketchPalette *p = &stage->palette;
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, size * 2.2, size * 3.2);
  CsSketchColor coat = cs_sketch_lit (CS_SKETCH_HEX (0xb9814e), cs_sketch_mix (p->shade, p->light, 0.8));
  CsSketchColor dark = cs_sketch_lit (CS_SKETCH_HEX (0x6a4428), cs_sketch_mix (p->shade, p->light, 0.35));
  CsSketchMotion motion
      = { .x = x, .y = foot, .bob_y = 0.0015, .period = 3.4, .swing = 0.004, .depth = 0.85 };
  double s = size;

  if (stage->look.light_x < 0)
    cairo_scale (c->cr, -1, 1);
  cs_sketch_canvas_soft_shadow (c, 0, 0, s * 0.62, s * 0.07, 0.55);
  cs_sketch_canvas_set_color (c, cs_sketch_lit (CS_SKETCH_HEX (0x8a6a48), p->light), 1);
  draw_antler (c, s, -1);
  draw_antler (c, s, 1);
  draw_legs (c, s, dark);
  draw_body (c, s, coat, dark);
  draw_face (c, s, coat, dark);
  cs_sketch_actors_add_sprite (stage, cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT), &motion);
}
