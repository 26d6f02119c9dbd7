/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family-garden.h"

#include "media/sketch/cs-sketch-actors.h"

static CsSketchColor
in_light (const CsSketchStage *stage, guint32 hex, double lit, double depth)
{
  return cs_sketch_stage_haze (
      stage,
      cs_sketch_lit (CS_SKETCH_HEX (hex), cs_sketch_mix (stage->palette.shade, stage->palette.light, lit)),
      depth);
}

static void
draw_roof (CsSketchStage *stage, CsSketchCanvas *c, double x, double y, double w, double h, double depth)
{
  cairo_t *cr = c->cr;
  CsSketchColor top = stage->idea.weather == CS_SKETCH_SNOW ? in_light (stage, 0xf2f5fa, 0.9, depth)
                                                            : in_light (stage, 0x5a6a78, 0.75, depth);

  cairo_move_to (cr, x - w * 0.42, y - h);
  cairo_line_to (cr, x + w * 0.42, y - h);
  cairo_curve_to (cr, x + w * 0.62, y - h * 0.35, x + w * 0.85, y - h * 0.10, x + w * 1.08, y - h * 0.28);
  cairo_curve_to (cr, x + w * 1.02, y + h * 0.06, x + w * 0.9, y + h * 0.10, x + w * 0.8, y + h * 0.08);
  cairo_line_to (cr, x - w * 0.8, y + h * 0.08);
  cairo_curve_to (cr, x - w * 0.9, y + h * 0.10, x - w * 1.02, y + h * 0.06, x - w * 1.08, y - h * 0.28);
  cairo_curve_to (cr, x - w * 0.85, y - h * 0.10, x - w * 0.62, y - h * 0.35, x - w * 0.42, y - h);
  cairo_close_path (cr);
  cs_sketch_canvas_set_vertical (c, y - h, top, y + h * 0.1, in_light (stage, 0x2c343e, 0.4, depth));
  cairo_fill (cr);
  cairo_rectangle (cr, x - w * 0.80, y + h * 0.04, w * 1.6, h * 0.10);
  cs_sketch_canvas_set_color (c, in_light (stage, 0xc84a34, 0.6, depth), 1);
  cairo_fill (cr);
}

/* A tower of four storeys, each under its own curved roof. @size: its height. */
void
cs_sketch_pagoda_draw (
    CsSketchStage *stage, CsSketchCanvas *canvas, double x, double foot, double size, double depth)
{
  cairo_t *cr = canvas->cr;
  gboolean is_left = stage->look.light_x < 0, is_dark = stage->idea.time != CS_SKETCH_DAY;
  CsSketchColor lit = in_light (stage, 0xd8482e, 0.9, depth), dark = in_light (stage, 0x8a2a20, 0.3, depth);
  int n = 4;

  cairo_rectangle (cr, x - size * 0.27, foot - size * 0.035, size * 0.54, size * 0.06);
  cs_sketch_canvas_set_color (canvas, in_light (stage, 0xa8a29a, 0.6, depth), 1);
  cairo_fill (cr);
  for (int i = 0; i < n; i++)
    {
      double y = foot - size * (0.03 + 0.195 * i), w = size * (0.185 - 0.026 * i), h = size * 0.13;

      cairo_rectangle (cr, x - w, y - h, w * 2, h);
      cs_sketch_canvas_set_sideways (canvas, x - w, is_left ? lit : dark, x + w, is_left ? dark : lit);
      cairo_fill (cr);
      for (int k = -2; k <= 2; k++)
        {
          cairo_rectangle (cr, x + w * (0.38 * k - 0.11), y - h * 0.82, w * 0.22, h * 0.62);
          cs_sketch_canvas_set_color (canvas,
                                      is_dark ? stage->palette.window
                                              : in_light (stage, k == 0 ? 0x3a2420 : 0xf0e2c8, 0.7, depth),
                                      1);
          cairo_fill (cr);
        }
      draw_roof (stage, canvas, x, y - h, w * 1.48, size * 0.085, depth);
    }
  cairo_rectangle (cr, x - size * 0.008, foot - size * 1.02, size * 0.016, size * 0.22);
  cs_sketch_canvas_set_color (canvas, in_light (stage, 0xe0b050, 0.8, depth), 1);
  cairo_fill (cr);
  for (int i = 0; i < 4; i++)
    cs_sketch_canvas_ellipse (canvas, x, foot - size * (0.86 + 0.04 * i), size * (0.034 - 0.005 * i),
                              size * 0.010);
  cairo_fill (cr);
}

static double
get_arch (double t)
{
  return sin (G_PI * t);
}

/* An arched bridge with posts and rails; @width from bank to bank. */
void
cs_sketch_red_bridge_draw (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double foot, double width)
{
  cairo_t *cr = canvas->cr;
  CsSketchColor red = in_light (stage, 0xd8402a, 0.85, 0.9), dark = in_light (stage, 0x7a2018, 0.45, 0.9);
  double rise = width * 0.20;

  for (int rail = 0; rail < 2; rail++)
    {
      double up = rail == 0 ? width * 0.02 : 0, tall = width * 0.115;

      cs_sketch_canvas_set_color (canvas, rail == 0 ? dark : red, 1);
      for (int i = 0; i <= 12; i++)
        {
          double t = i / 12.0, px = x + (t - 0.5) * width, py = foot - rise * get_arch (t) - up;

          cairo_rectangle (cr, px - width * 0.008, py - tall, width * 0.016, tall);
          cs_sketch_canvas_circle (canvas, px, py - tall - width * 0.004, width * 0.011);
        }
      cairo_fill (cr);
      for (int k = 0; k < 2; k++)
        {
          cairo_set_line_width (cr, width * 0.014);
          for (int i = 0; i <= 40; i++)
            cairo_line_to (cr, x + (i / 40.0 - 0.5) * width,
                           foot - rise * get_arch (i / 40.0) - up - tall * (k ? 0.45 : 0.92));
          cairo_stroke (cr);
        }
      if (rail == 1)
        continue;
      for (int i = 0; i <= 40; i++)
        cairo_line_to (cr, x + (i / 40.0 - 0.5) * width, foot - rise * get_arch (i / 40.0) - width * 0.025);
      for (int i = 40; i >= 0; i--)
        cairo_line_to (cr, x + (i / 40.0 - 0.5) * width,
                       foot - rise * 0.92 * get_arch (i / 40.0) + width * 0.035);
      cairo_close_path (cr);
      cs_sketch_canvas_set_vertical (canvas, foot - rise, red, foot + width * 0.03, dark);
      cairo_fill (cr);
    }
}

/* A stone lantern, lit in the dark hours. */
void
cs_sketch_lantern_draw (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double foot, double size)
{
  cairo_t *cr = canvas->cr;
  CsSketchColor lit = in_light (stage, 0xb4b0a8, 0.85, 1), dark = in_light (stage, 0x5e5c5a, 0.3, 1);
  gboolean is_left = stage->look.light_x < 0;
  static const double boxes[5][3] = { { 0.26, 0.00, 0.10 },
                                      { 0.10, 0.10, 0.40 },
                                      { 0.24, 0.48, 0.08 },
                                      { 0.17, 0.56, 0.20 },
                                      { 0.07, 0.90, 0.10 } };

  for (int i = 0; i < 5; i++)
    {
      cs_sketch_canvas_round_box (canvas, x - size * boxes[i][0], foot - size * (boxes[i][1] + boxes[i][2]),
                                  size * boxes[i][0] * 2, size * boxes[i][2], size * 0.03);
      cs_sketch_canvas_set_sideways (canvas, x - size * 0.26, is_left ? lit : dark, x + size * 0.26,
                                     is_left ? dark : lit);
      cairo_fill (cr);
    }
  cairo_move_to (cr, x - size * 0.38, foot - size * 0.74);
  cairo_curve_to (cr, x - size * 0.2, foot - size * 0.80, x - size * 0.1, foot - size * 0.92, x,
                  foot - size * 0.94);
  cairo_curve_to (cr, x + size * 0.1, foot - size * 0.92, x + size * 0.2, foot - size * 0.80, x + size * 0.38,
                  foot - size * 0.74);
  cairo_close_path (cr);
  cs_sketch_canvas_set_sideways (canvas, x - size * 0.38, is_left ? lit : dark, x + size * 0.38,
                                 is_left ? dark : lit);
  cairo_fill (cr);
  cairo_rectangle (cr, x - size * 0.09, foot - size * 0.72, size * 0.18, size * 0.14);
  cs_sketch_canvas_set_color (
      canvas, stage->idea.time == CS_SKETCH_DAY ? CS_SKETCH_HEX (0x34302c) : stage->palette.window, 1);
  cairo_fill (cr);
  if (stage->idea.time != CS_SKETCH_DAY)
    cs_sketch_canvas_glow (canvas, x, foot - size * 0.65, size * 0.9, size * 0.9, CS_SKETCH_HEX (0xffb050),
                           0.55);
}

static const CsSketchCanvas *
draw_sails (CsSketchStage *stage, double s)
{
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, s * 1.5, s * 1.5);

  for (int i = 0; i < 4; i++)
    {
      cairo_save (c->cr);
      cairo_rotate (c->cr, i * G_PI / 2 + 0.4);
      cairo_rectangle (c->cr, s * 0.10, 0, s * 0.52, s * 0.13);
      cs_sketch_canvas_set_color (c, in_light (stage, 0xf6eedd, 0.85, 0.9), 1);
      cairo_fill (c->cr);
      cs_sketch_canvas_set_color (c, in_light (stage, 0x6a4a34, 0.6, 0.9), 1);
      cairo_rectangle (c->cr, 0, -s * 0.012, s * 0.64, s * 0.024);
      for (int k = 0; k < 6; k++)
        cairo_rectangle (c->cr, s * (0.12 + 0.1 * k), 0, s * 0.010, s * 0.13);
      cairo_fill (c->cr);
      cairo_restore (c->cr);
    }
  cs_sketch_canvas_circle (c, 0, 0, s * 0.045);
  cairo_fill (c->cr);
  return cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT);
}

/* A windmill whose sails turn. @size: its height. */
void
cs_sketch_windmill_add (CsSketchStage *stage, double x, double foot, double size)
{
  CsSketchLayer *layer = cs_sketch_stage_begin_part (stage, 0.6, x - size * 0.5, foot - size * 1.2,
                                                     x + size * 0.5, foot + size * 0.1);
  CsSketchCanvas *c = layer->canvas;
  CsSketchMotion motion = { .x = x, .y = foot - size * 0.80, .spin = 0.07, .period = 3, .depth = 0.6 };
  gboolean is_left = stage->look.light_x < 0;
  CsSketchColor lit = in_light (stage, 0xf8f2e6, 0.95, 0.9), dark = in_light (stage, 0xb8a890, 0.35, 0.9);

  cs_sketch_canvas_soft_shadow (c, x, foot, size * 0.3, size * 0.04, 0.5);
  cairo_move_to (c->cr, x - size * 0.18, foot);
  cairo_line_to (c->cr, x - size * 0.11, foot - size * 0.78);
  cairo_line_to (c->cr, x + size * 0.11, foot - size * 0.78);
  cairo_line_to (c->cr, x + size * 0.18, foot);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_sideways (c, x - size * 0.16, is_left ? lit : dark, x + size * 0.16,
                                 is_left ? dark : lit);
  cairo_fill (c->cr);
  cairo_move_to (c->cr, x - size * 0.14, foot - size * 0.77);
  cairo_curve_to (c->cr, x - size * 0.12, foot - size * 0.98, x + size * 0.12, foot - size * 0.98,
                  x + size * 0.14, foot - size * 0.77);
  cs_sketch_canvas_set_vertical (c, foot - size, in_light (stage, 0xc8503a, 0.9, 0.9), foot - size * 0.76,
                                 in_light (stage, 0x7a2a20, 0.5, 0.9));
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, x - size * 0.04, foot - size * 0.17, size * 0.08, size * 0.17, size * 0.04);
  cs_sketch_canvas_round_box (c, x - size * 0.025, foot - size * 0.48, size * 0.05, size * 0.08, size * 0.02);
  cs_sketch_canvas_set_color (c, in_light (stage, 0x5a4030, 0.5, 0.9), 1);
  cairo_fill (c->cr);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
  cs_sketch_actors_add_sprite (stage, draw_sails (stage, size), &motion);
}
