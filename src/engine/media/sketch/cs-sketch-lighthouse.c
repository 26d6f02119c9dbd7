/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-lighthouse.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-terrain.h"

/* The rock a lighthouse stands on: a bluff that falls to the water. @way: 1 it grows to the right. */
static void
trace_bluff (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double top, double foot, double way)
{
  cairo_t *cr = canvas->cr;
  double end = way > 0 ? canvas->x1 + 0.1 : canvas->x0 - 0.1;
  int steps = 90;

  cairo_move_to (cr, x - way * 0.30, foot + 0.05);
  for (int i = 0; i <= steps; i++)
    {
      double t = (double) i / steps, px = x - way * 0.30 + way * t * 0.42;
      double rise = cs_sketch_step (0, 0.62, t), n = cs_sketch_noise_fbm (&stage->noise, px * 9 + 4, 3.3, 4);

      cairo_line_to (cr, px, cs_sketch_lerp (foot, top, rise) + n * 0.035 * (1 - rise * 0.75));
    }
  for (double px = x + way * 0.12; way > 0 ? px < end : px > end; px += way * 0.02)
    cairo_line_to (cr, px,
                   top + 0.012 + 0.03 * fabs (px - x)
                       + cs_sketch_noise_fbm (&stage->noise, px * 5, 9.1, 3) * 0.03);
  cairo_line_to (cr, end, foot + 0.35);
  cairo_line_to (cr, end, canvas->y1);
  cairo_line_to (cr, x - way * 0.16, canvas->y1);
  cairo_curve_to (cr, x - way * 0.2, foot + 0.2, x - way * 0.24, foot + 0.1, x - way * 0.30, foot + 0.05);
  cairo_close_path (cr);
}

static void
draw_tower_band (CsSketchCanvas *canvas,
                 double x,
                 double y0,
                 double w0,
                 double y1,
                 double w1,
                 CsSketchColor color,
                 CsSketchStage *stage)
{
  const CsSketchPalette *p = &stage->palette;
  CsSketchColor lit = cs_sketch_lit (color, p->light), dark = cs_sketch_lit (color, p->shade);
  gboolean is_left = stage->look.light_x < 0;

  cairo_move_to (canvas->cr, x - w0, y0);
  cairo_line_to (canvas->cr, x + w0, y0);
  cairo_line_to (canvas->cr, x + w1, y1);
  cairo_line_to (canvas->cr, x - w1, y1);
  cairo_close_path (canvas->cr);
  cs_sketch_canvas_set_sideways (canvas, x - w1, is_left ? lit : dark, x + w1, is_left ? dark : lit);
  cairo_fill (canvas->cr);
}

static void
draw_lantern (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double top, double s)
{
  const CsSketchPalette *p = &stage->palette;
  CsSketchColor iron = cs_sketch_lit (CS_SKETCH_HEX (0x3a3f4c), cs_sketch_mix (p->shade, p->light, 0.4));
  cairo_t *cr = canvas->cr;

  cs_sketch_canvas_set_color (canvas, iron, 1);
  cs_sketch_canvas_round_box (canvas, x - s * 0.105, top - s * 0.02, s * 0.21, s * 0.03, s * 0.01);
  cairo_fill (cr);
  cairo_rectangle (cr, x - s * 0.06, top - s * 0.13, s * 0.12, s * 0.115);
  cs_sketch_canvas_set_vertical (canvas, top - s * 0.13, CS_SKETCH_HEX (0xfff6cf), top,
                                 CS_SKETCH_HEX (0xffd27a));
  cairo_fill (cr);
  cs_sketch_canvas_set_color (canvas, iron, 1);
  cairo_set_line_width (cr, s * 0.009);
  for (int i = 0; i < 4; i++)
    {
      cairo_move_to (cr, x - s * 0.06 + i * s * 0.04, top - s * 0.13);
      cairo_rel_line_to (cr, 0, s * 0.115);
    }
  for (int i = 0; i < 7; i++)
    {
      cairo_move_to (cr, x - s * 0.1 + i * s * 0.0333, top - s * 0.055);
      cairo_rel_line_to (cr, 0, s * 0.04);
    }
  cairo_move_to (cr, x - s * 0.1, top - s * 0.055);
  cairo_rel_line_to (cr, s * 0.2, 0);
  cairo_stroke (cr);
  cairo_move_to (cr, x - s * 0.085, top - s * 0.125);
  cairo_curve_to (cr, x - s * 0.07, top - s * 0.21, x + s * 0.07, top - s * 0.21, x + s * 0.085,
                  top - s * 0.125);
  cairo_close_path (cr);
  cs_sketch_canvas_set_color (
      canvas, cs_sketch_lit (CS_SKETCH_HEX (0xb5352b), cs_sketch_mix (p->shade, p->light, 0.55)), 1);
  cairo_fill (cr);
  cs_sketch_canvas_circle (canvas, x, top - s * 0.205, s * 0.014);
  cairo_fill (cr);
}

static void
draw_keeper_house (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double y, double s)
{
  const CsSketchPalette *p = &stage->palette;
  cairo_t *cr = canvas->cr;
  CsSketchColor wall = cs_sketch_lit (CS_SKETCH_HEX (0xf0e6d6), cs_sketch_mix (p->shade, p->light, 0.6));
  CsSketchColor roof = cs_sketch_lit (CS_SKETCH_HEX (0xa8402f), cs_sketch_mix (p->shade, p->light, 0.55));

  cairo_rectangle (cr, x, y - s * 0.19, s * 0.36, s * 0.22);
  cs_sketch_canvas_set_vertical (canvas, y - s * 0.19, wall, y, cs_sketch_scale (wall, 0.8));
  cairo_fill (cr);
  cairo_move_to (cr, x - s * 0.03, y - s * 0.18);
  cairo_line_to (cr, x + s * 0.05, y - s * 0.31);
  cairo_line_to (cr, x + s * 0.31, y - s * 0.31);
  cairo_line_to (cr, x + s * 0.39, y - s * 0.18);
  cairo_close_path (cr);
  cs_sketch_canvas_set_vertical (canvas, y - s * 0.31, roof, y - s * 0.18, cs_sketch_scale (roof, 0.78));
  cairo_fill (cr);
  cairo_rectangle (cr, x + s * 0.25, y - s * 0.37, s * 0.045, s * 0.09);
  cairo_fill (cr);
  for (int i = 0; i < 2; i++)
    {
      cairo_rectangle (cr, x + s * (0.055 + 0.19 * i), y - s * 0.13, s * 0.06, s * 0.075);
      cs_sketch_canvas_set_color (
          canvas, stage->idea.time == CS_SKETCH_DAY ? CS_SKETCH_HEX (0x44566b) : p->window, 1);
      cairo_fill (cr);
    }
  cairo_rectangle (cr, x + s * 0.155, y - s * 0.12, s * 0.055, s * 0.14);
  cs_sketch_canvas_set_color (canvas, cs_sketch_scale (roof, 0.7), 1);
  cairo_fill (cr);
}

static void
draw_lighthouse (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double foot, double s)
{
  double top = foot - s * 0.98;

  for (int i = 0; i < 5; i++)
    {
      double t0 = i / 5.0, t1 = (i + 1) / 5.0;

      draw_tower_band (
          canvas, x, cs_sketch_lerp (top, foot + s * 0.05, t0), s * cs_sketch_lerp (0.075, 0.125, t0),
          cs_sketch_lerp (top, foot + s * 0.05, t1) + 0.001, s * cs_sketch_lerp (0.075, 0.125, t1),
          i % 2 ? CS_SKETCH_HEX (0xc93a30) : CS_SKETCH_HEX (0xf3ece2), stage);
    }
  for (int i = 0; i < 3; i++)
    {
      double y = cs_sketch_lerp (top, foot, 0.2 + 0.27 * i);

      cs_sketch_canvas_round_box (canvas, x - s * 0.016, y, s * 0.032, s * 0.055, s * 0.016);
      cs_sketch_canvas_set_color (
          canvas, stage->idea.time == CS_SKETCH_DAY ? CS_SKETCH_HEX (0x3b4656) : stage->palette.window, 1);
      cairo_fill (canvas->cr);
    }
  draw_lantern (stage, canvas, x, top, s);
}

/* White water where rock and sea meet. */
static void
draw_foam (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double y, double width, double way)
{
  CsSketchColor foam = cs_sketch_lit (CS_SKETCH_HEX (0xffffff),
                                      cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.75));

  for (int i = 0; i < 90; i++)
    {
      double t = cs_sketch_random_double (&stage->random),
             r = cs_sketch_random_range (&stage->random, 0.006, 0.022);

      cs_sketch_canvas_ellipse (canvas, x + way * t * width,
                                y + 0.03 + t * 0.22 + cs_sketch_random_range (&stage->random, -0.012, 0.012)
                                    - 0.03,
                                r * 1.9, r * 0.5);
      cs_sketch_canvas_set_color (canvas, foam, cs_sketch_random_range (&stage->random, 0.10, 0.42));
      cairo_fill (canvas->cr);
    }
}

/* A lighthouse on its rock over the sea, on the side away from the sun, with its beam when it is dark. */
void
cs_sketch_lighthouse_add (CsSketchStage *stage)
{
  double way = stage->sun_x < stage->width / 2 ? 1 : -1, x = stage->width * (way > 0 ? 0.70 : 0.30);
  double foot = stage->horizon + 0.13, top = stage->horizon - 0.06, s = MIN (0.42, stage->horizon * 0.62);
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 1);
  CsSketchColor rock = cs_sketch_mix (stage->palette.rock, CS_SKETCH_HEX (0x4a4550), 0.45);

  trace_bluff (stage, layer->canvas, x, top, foot, way);
  cs_sketch_canvas_set_color (layer->canvas, rock, 1);
  cairo_fill (layer->canvas->cr);
  cs_sketch_rock_shade (stage, layer->canvas, layer->canvas->x0, top - 0.1, layer->canvas->x1,
                        layer->canvas->y1, rock, 0.26);
  draw_keeper_house (stage, layer->canvas, x + (way > 0 ? 0.055 : -0.055 - s * 0.36), top + 0.012, s);
  draw_lighthouse (stage, layer->canvas, x, top + 0.01, s);
  draw_foam (stage, layer->canvas, x - way * 0.32, foot + 0.035, 0.17, way);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
  if (stage->idea.time != CS_SKETCH_DAY || stage->palette.cloud_cover > 0.7)
    cs_sketch_actors_add_beam (stage, 1, x, top - s * 0.97 - s * 0.065, MAX (stage->width, 1.1),
                               CS_SKETCH_HEX (0xffe7a8));
}
