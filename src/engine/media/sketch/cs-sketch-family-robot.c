/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-plants.h"
#include "media/sketch/cs-sketch-sky.h"
#include "media/sketch/cs-sketch-terrain.h"

/* The drops that fall from the can; owned by its item. */
typedef struct
{
  double x, y, fall;
} Drops;

static void
draw_drops (gconstpointer data, CsSketchFrame *frame)
{
  const Drops *self = data;

  for (int i = 0; i < 12; i++)
    {
      double t = frame->seconds * 1.3 + i / 12.0, px, py, size = frame->unit * 0.007;

      t -= floor (t);
      cs_sketch_frame_project (frame, 1, self->x + 0.07 * t + 0.012 * sin (i * 5.0), self->y + self->fall * t * t, &px, &py);
      cs_sketch_frame_light (frame, px, py, size, size * (1 + t), CS_SKETCH_HEX (0x7fd0ff), 0.95 * cs_sketch_step (1, 0.85, t));
    }
}

static CsSketchColor
get_light (const CsSketchStage *stage, double share)
{
  return cs_sketch_mix (cs_sketch_mix (stage->palette.shade, stage->palette.light, share), CS_SKETCH_HEX (0xffffff), 0.25);
}

static void
set_shell (CsSketchStage *stage, CsSketchCanvas *c, double x, double half, guint32 hex)
{
  CsSketchColor lit = cs_sketch_lit (CS_SKETCH_HEX (hex), get_light (stage, 1)), dark = cs_sketch_lit (CS_SKETCH_HEX (hex), cs_sketch_scale (get_light (stage, 0.15), 0.8));
  double l = stage->look.light_x;

  cs_sketch_canvas_set_sideways (c, x + l * half, cs_sketch_scale (lit, 1.06), x - l * half, dark);
}

static void
add_meadow (CsSketchStage *stage)
{
  CsSketchTerrain hills = { .y = stage->horizon + 0.03, .height = 0.15, .width = 0.7, .roughness = 0.2, .depth = 0.25, .mist = 0.5, .offset = 9,
                            .peak = 0.3, .peak_x = stage->sun_x, .color = stage->palette.leaf };
  CsSketchColor lit = cs_sketch_lit (stage->palette.leaf, stage->palette.light), dark = cs_sketch_lit (stage->palette.leaf, stage->palette.shade);
  CsSketchLayer *layer;

  cs_sketch_terrain_add (stage, &hills);
  layer = cs_sketch_stage_begin (stage, 0.5);
  for (double x = layer->canvas->x0; x < layer->canvas->x1; x += 0.07)
    cs_sketch_plant_bush (stage, layer->canvas, x, stage->horizon + 0.07, cs_sketch_random_range (&stage->random, 0.05, 0.11),
                          cs_sketch_stage_haze (stage, lit, 0.5), cs_sketch_stage_haze (stage, dark, 0.5));
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
  layer = cs_sketch_stage_begin_plane (stage, stage->horizon + 0.05, 0.5, 1.15);
  cairo_rectangle (layer->canvas->cr, layer->canvas->x0, stage->horizon + 0.05, 9, 9);
  cs_sketch_canvas_set_vertical (layer->canvas, stage->horizon, cs_sketch_scale (lit, 1.25), stage->height, cs_sketch_mix (lit, dark, 0.7));
  cairo_fill (layer->canvas->cr);
  for (int i = 0; i < 26; i++)
    {
      double t = i / 25.0;

      cs_sketch_plant_grass (stage, layer->canvas, layer->canvas->x0, layer->canvas->x1, stage->horizon + 0.07 + t * (stage->height - stage->horizon), 0.02 + 0.03 * t, 46, cs_sketch_scale (lit, 1.2), dark);
    }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

static void
draw_body (CsSketchStage *stage, CsSketchCanvas *c, double x, double y, double s)
{
  for (int side = -1; side <= 1; side += 2)
    {
      cs_sketch_canvas_round_box (c, x + side * s * 0.14 - s * 0.075, y - s * 0.20, s * 0.15, s * 0.20, s * 0.06);
      set_shell (stage, c, x + side * s * 0.14, s * 0.09, 0x98a8c8);
      cairo_fill (c->cr);
    }
  cs_sketch_canvas_round_box (c, x - s * 0.10, y - s * 0.72, s * 0.20, s * 0.12, s * 0.03);
  set_shell (stage, c, x, s * 0.1, 0x8898b8);
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, x - s * 0.32, y - s * 0.64, s * 0.64, s * 0.54, s * 0.22);
  set_shell (stage, c, x, s * 0.36, 0xf2f6fc);
  cairo_fill (c->cr);
  cs_sketch_canvas_circle (c, x, y - s * 0.37, s * 0.10);
  cs_sketch_canvas_set_ball (c, x, y - s * 0.37, s * 0.1, CS_SKETCH_HEX (0xffb0a0), stage->palette.accent, cs_sketch_scale (stage->palette.accent, 0.6));
  cairo_fill (c->cr);
  cairo_move_to (c->cr, x - s * 0.30, y - s * 0.50);
  cairo_curve_to (c->cr, x - s * 0.46, y - s * 0.44, x - s * 0.46, y - s * 0.30, x - s * 0.44, y - s * 0.22);
  cairo_move_to (c->cr, x + s * 0.28, y - s * 0.48);
  cairo_curve_to (c->cr, x + s * 0.40, y - s * 0.42, x + s * 0.48, y - s * 0.46, x + s * 0.56, y - s * 0.52);
  cairo_set_line_width (c->cr, s * 0.10);
  cairo_set_line_cap (c->cr, CAIRO_LINE_CAP_ROUND);
  set_shell (stage, c, x, s * 0.5, 0xc0cce2);
  cairo_stroke (c->cr);
  cs_sketch_canvas_circle (c, x - s * 0.44, y - s * 0.19, s * 0.075);
  set_shell (stage, c, x - s * 0.44, s * 0.08, 0xffffff);
  cairo_fill (c->cr);
}

static void
draw_head (CsSketchStage *stage, CsSketchCanvas *c, double x, double y, double s)
{
  cairo_rectangle (c->cr, x - s * 0.013, y - s * 1.40, s * 0.026, s * 0.16);
  set_shell (stage, c, x, s * 0.02, 0x8090b0);
  cairo_fill (c->cr);
  cs_sketch_canvas_circle (c, x, y - s * 1.42, s * 0.045);
  cs_sketch_canvas_set_ball (c, x, y - s * 1.42, s * 0.045, CS_SKETCH_HEX (0xffd0c0), stage->palette.accent, cs_sketch_scale (stage->palette.accent, 0.6));
  cairo_fill (c->cr);
  for (int side = -1; side <= 1; side += 2)
    {
      cs_sketch_canvas_round_box (c, x + side * s * 0.44 - s * 0.05, y - s * 1.08, s * 0.10, s * 0.20, s * 0.04);
      cs_sketch_canvas_set_color (c, cs_sketch_lit (stage->palette.accent, get_light (stage, side == (int) stage->look.light_x ? 0.9 : 0.2)), 1);
      cairo_fill (c->cr);
    }
  cs_sketch_canvas_round_box (c, x - s * 0.43, y - s * 1.27, s * 0.86, s * 0.60, s * 0.26);
  set_shell (stage, c, x, s * 0.46, 0xf6f9ff);
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, x - s * 0.34, y - s * 1.17, s * 0.68, s * 0.40, s * 0.17);
  cs_sketch_canvas_set_vertical (c, y - s * 1.17, CS_SKETCH_HEX (0x26304e), y - s * 0.77, CS_SKETCH_HEX (0x0a0f22));
  cairo_fill (c->cr);
  cairo_arc_negative (c->cr, x, y - s * 0.92, s * 0.075, G_PI * 0.82, G_PI * 0.18);
  cairo_set_line_width (c->cr, s * 0.018);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x7ff0ff), 1);
  cairo_stroke (c->cr);
  for (int side = -1; side <= 1; side += 2)
    {
      cs_sketch_canvas_circle (c, x + side * s * 0.155, y - s * 0.99, s * 0.078);
      cs_sketch_canvas_set_ball (c, x + side * s * 0.155, y - s * 0.99, s * 0.08, CS_SKETCH_HEX (0xf0ffff), CS_SKETCH_HEX (0x58dcff), CS_SKETCH_HEX (0x1a8ed8));
      cairo_fill (c->cr);
    }
}

static void
draw_can_and_pot (CsSketchStage *stage, CsSketchCanvas *c, double x, double y, double s)
{
  double cx = x + s * 0.62, cy = y - s * 0.60, px = x + s * 1.02;

  cairo_move_to (c->cr, cx + s * 0.10, cy + s * 0.04);
  cairo_line_to (c->cr, cx + s * 0.30, cy - s * 0.06);
  cairo_set_line_width (c->cr, s * 0.05);
  set_shell (stage, c, cx, s * 0.3, 0x3a86d8);
  cairo_stroke (c->cr);
  cs_sketch_canvas_circle (c, cx - s * 0.12, cy - s * 0.02, s * 0.10);
  cairo_set_line_width (c->cr, s * 0.03);
  cairo_stroke (c->cr);
  cs_sketch_canvas_round_box (c, cx - s * 0.12, cy - s * 0.11, s * 0.26, s * 0.23, s * 0.04);
  set_shell (stage, c, cx, s * 0.15, 0x4f9cf0);
  cairo_fill (c->cr);
  cs_sketch_canvas_circle (c, cx - s * 0.02, cy + s * 0.07, s * 0.07);
  set_shell (stage, c, cx, s * 0.08, 0xffffff);
  cairo_fill (c->cr);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (c->cr, px, y - s * 0.30);
      cairo_curve_to (c->cr, px + side * s * 0.04, y - s * 0.46, px + side * s * 0.14, y - s * 0.50, px + side * s * 0.22, y - s * 0.46);
      cairo_curve_to (c->cr, px + side * s * 0.18, y - s * 0.36, px + side * s * 0.06, y - s * 0.34, px, y - s * 0.22);
      cairo_close_path (c->cr);
      set_shell (stage, c, px, s * 0.2, 0x5cc060);
      cairo_fill (c->cr);
    }
  cairo_move_to (c->cr, px - s * 0.16, y - s * 0.24);
  cairo_line_to (c->cr, px + s * 0.16, y - s * 0.24);
  cairo_line_to (c->cr, px + s * 0.12, y + s * 0.02);
  cairo_line_to (c->cr, px - s * 0.12, y + s * 0.02);
  cairo_close_path (c->cr);
  set_shell (stage, c, px, s * 0.16, 0xd8825a);
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, px - s * 0.18, y - s * 0.28, s * 0.36, s * 0.07, s * 0.02);
  set_shell (stage, c, px, s * 0.18, 0xe89468);
  cairo_fill (c->cr);
}

/* A friendly robot that waters a plant. */
void
cs_sketch_family_draw_robot (CsSketchStage *stage)
{
  double s = MIN (0.50, stage->width * 0.42), x = stage->width * 0.5 - s * 0.30, y;
  Drops *drops = g_new0 (Drops, 1);
  CsSketchLayer *layer;

  cs_sketch_stage_set_horizon (stage, 0.60);
  y = stage->horizon + 0.30;
  cs_sketch_sky_add (stage);
  add_meadow (stage);
  layer = cs_sketch_stage_begin (stage, 1);
  cs_sketch_canvas_soft_shadow (layer->canvas, x - stage->look.light_x * s * 0.1, y, s * 0.6, s * 0.10, 0.6);
  cs_sketch_canvas_soft_shadow (layer->canvas, x + s * 1.02, y + s * 0.02, s * 0.28, s * 0.06, 0.6);
  draw_body (stage, layer->canvas, x, y, s);
  draw_head (stage, layer->canvas, x, y, s);
  draw_can_and_pot (stage, layer->canvas, x, y, s);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
  for (int side = -1; side <= 1; side += 2)
    cs_sketch_actors_add_lamp (stage, 1, x + side * s * 0.155, y - s * 0.99, s * 0.17, CS_SKETCH_HEX (0x40d0ff), 0.6, 2.4);
  *drops = (Drops) { x + s * 0.93, y - s * 0.66, s * 0.36 };
  cs_sketch_stage_add_actor (stage, draw_drops, drops, g_free);
  layer = cs_sketch_stage_begin (stage, 1.35);
  cs_sketch_plant_grass (stage, layer->canvas, layer->canvas->x0, layer->canvas->x1, layer->canvas->y1, 0.15, 150,
                         cs_sketch_lit (stage->palette.leaf, stage->palette.light), cs_sketch_lit (stage->palette.leaf, cs_sketch_scale (stage->palette.shade, 0.7)));
  layer->sway_x = 0.005;
  layer->sway_period = 4;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
  cs_sketch_weather_add (stage);
}
