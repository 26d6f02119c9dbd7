/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-plants.h"

static void
draw_trunk (CsSketchCanvas *canvas, double x, double y, double width, double height, CsSketchColor color)
{
  cairo_move_to (canvas->cr, x - width, y);
  cairo_line_to (canvas->cr, x - width * 0.4, y - height);
  cairo_line_to (canvas->cr, x + width * 0.4, y - height);
  cairo_line_to (canvas->cr, x + width, y);
  cairo_close_path (canvas->cr);
  cs_sketch_canvas_set_color (canvas, color, 1);
  cairo_fill (canvas->cr);
}

/* One storey of branches: a ragged skirt, its lower edge hanging. */
static void
draw_skirt (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double y, double wide, double tall)
{
  int n = stage->style == CS_STYLE_3D_RENDER ? 4 : 9;

  cairo_move_to (canvas->cr, x, y - tall);
  for (int i = 0; i <= n; i++)
    {
      double t = i / (double) n * 2 - 1, hang = cs_sketch_random_range (&stage->random, -0.10, 0.12) * tall;

      cairo_line_to (canvas->cr, x - t * wide, y + hang - fabs (t) * tall * 0.12);
      if (i < n)
        cairo_line_to (canvas->cr, x - (t + 1.0 / n) * wide * 0.96, y - tall * 0.16);
    }
  cairo_close_path (canvas->cr);
}

/* A fir tree in storeys, lit from its side. */
void
cs_sketch_plant_pine (CsSketchStage *stage,
                      CsSketchCanvas *canvas,
                      double x,
                      double y,
                      double height,
                      CsSketchColor lit,
                      CsSketchColor dark)
{
  int n = height > 0.09 ? 9 : height > 0.03 ? 6 : 4;
  double wide = height * cs_sketch_random_range (&stage->random, 0.17, 0.24);
  gboolean is_left = stage->look.light_x < 0;

  draw_trunk (canvas, x, y, height * 0.018, height * 0.5, cs_sketch_scale (dark, 0.7));
  for (int i = 0; i < n; i++)
    {
      double t = i / (double) n, w = wide * (1 - t * 0.9), at = y - height * (0.10 + 0.80 * t);
      CsSketchColor a = cs_sketch_mix (dark, lit, 0.35 + 0.5 * t), b = cs_sketch_mix (dark, lit, 0.12 * t);

      draw_skirt (stage, canvas, x + cs_sketch_random_range (&stage->random, -0.02, 0.02) * wide, at, w,
                  height * 0.24);
      cs_sketch_canvas_set_sideways (canvas, x - w, is_left ? a : b, x + w, is_left ? b : a);
      cairo_fill (canvas->cr);
    }
}

/* A round heap of leaves. */
void
cs_sketch_plant_bush (CsSketchStage *stage,
                      CsSketchCanvas *canvas,
                      double x,
                      double y,
                      double size,
                      CsSketchColor lit,
                      CsSketchColor dark)
{
  int n = stage->look.detail > 0.4 ? 26 : 11;

  for (int i = 0; i < n; i++)
    {
      double t = i / (double) n, a = cs_sketch_random_range (&stage->random, 0, G_PI),
             d = sqrt (cs_sketch_random_double (&stage->random));
      double px = x + cos (a) * d * size, py = y - sin (a) * d * size * 0.8,
             r = size * cs_sketch_random_range (&stage->random, 0.16, 0.34);
      double up = cs_sketch_clamp ((y - py) / size, 0, 1);

      cs_sketch_canvas_circle (canvas, px, py, r);
      cs_sketch_canvas_set_ball (canvas, px, py, r, cs_sketch_mix (dark, lit, 0.35 + 0.65 * up * t),
                                 cs_sketch_mix (dark, lit, 0.2 + 0.4 * up), dark);
      cairo_fill (canvas->cr);
    }
}

static void
draw_frond (CsSketchCanvas *canvas, double x, double y, double length, double angle, CsSketchColor color)
{
  double ex = x + cos (angle) * length, ey = y + sin (angle) * length * 0.55 + length * 0.38;
  double mx = x + cos (angle) * length * 0.55, my = y + sin (angle) * length * 0.5 - length * 0.16;

  cairo_move_to (canvas->cr, x, y);
  cairo_curve_to (canvas->cr, mx, my - length * 0.05, mx + (ex - mx) * 0.5, my, ex, ey);
  cairo_curve_to (canvas->cr, mx + (ex - mx) * 0.4, my + length * 0.13, mx, my + length * 0.11, x, y);
  cairo_close_path (canvas->cr);
  cs_sketch_canvas_set_color (canvas, color, 1);
  cairo_fill (canvas->cr);
}

/* A palm, leaning a little. */
void
cs_sketch_plant_palm (CsSketchStage *stage,
                      CsSketchCanvas *canvas,
                      double x,
                      double y,
                      double height,
                      CsSketchColor lit,
                      CsSketchColor dark)
{
  double lean = cs_sketch_random_range (&stage->random, -0.22, 0.22) * height, top_x = x + lean,
         top_y = y - height;

  cairo_move_to (canvas->cr, x, y);
  cairo_curve_to (canvas->cr, x, y - height * 0.4, top_x - lean * 0.3, top_y + height * 0.3, top_x, top_y);
  cairo_set_line_width (canvas->cr, height * 0.045);
  cairo_set_line_cap (canvas->cr, CAIRO_LINE_CAP_ROUND);
  cs_sketch_canvas_set_color (canvas, cs_sketch_mix (dark, CS_SKETCH_HEX (0x6a4a30), 0.55), 1);
  cairo_stroke (canvas->cr);
  for (int i = 0; i < 13; i++)
    {
      double angle = -0.35 + (G_PI + 0.7) * ((i * 5) % 13) / 12.0;

      draw_frond (canvas, top_x, top_y, height * cs_sketch_random_range (&stage->random, 0.34, 0.48), -angle,
                  cs_sketch_mix (dark, lit, cs_sketch_random_range (&stage->random, 0.1, 1)));
    }
}

/* Blades of grass or reeds along a line. */
void
cs_sketch_plant_grass (CsSketchStage *stage,
                       CsSketchCanvas *canvas,
                       double x0,
                       double x1,
                       double y,
                       double height,
                       int n,
                       CsSketchColor lit,
                       CsSketchColor dark)
{
  for (int i = 0; i < n; i++)
    {
      double x = cs_sketch_random_range (&stage->random, x0, x1),
             h = height * cs_sketch_random_range (&stage->random, 0.4, 1);
      double lean = cs_sketch_random_range (&stage->random, -0.35, 0.35) * h, w = h * 0.05;

      cairo_move_to (canvas->cr, x - w, y);
      cairo_curve_to (canvas->cr, x - w, y - h * 0.5, x + lean * 0.4, y - h * 0.8, x + lean, y - h);
      cairo_curve_to (canvas->cr, x + lean * 0.4 + w, y - h * 0.75, x + w, y - h * 0.5, x + w, y);
      cairo_close_path (canvas->cr);
      cs_sketch_canvas_set_color (canvas, cs_sketch_mix (dark, lit, cs_sketch_random_double (&stage->random)),
                                  1);
      cairo_fill (canvas->cr);
    }
}
