/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-buildings.h"
#include "media/sketch/cs-sketch-plants.h"
#include "media/sketch/cs-sketch-sky.h"
#include "media/sketch/cs-sketch-terrain.h"

#define N_DASHES 14

/* The white dashes that run towards the camera; owned by its item. */
typedef struct
{
  double x, y, down, speed;
  CsSketchColor color;
} Dashes;

static void
draw_dashes (gconstpointer data, CsSketchFrame *frame)
{
  const Dashes *self = data;

  for (int i = 0; i < N_DASHES; i++)
    {
      double t = (i + frame->seconds * self->speed) / N_DASHES, z, px, py, size;

      t -= floor (t);
      z = 0.04 + t * t * t;
      cs_sketch_frame_project (frame, 0.3 + 0.7 * z, self->x, self->y + self->down * z, &px, &py);
      size = frame->unit * z;
      cs_sketch_frame_light (frame, px, py, size * 0.016, size * 0.085, self->color, 0.85 * cs_sketch_step (0, 0.05, t));
    }
}

static gboolean
is_city (const CsSketchStage *stage)
{
  return stage->palette.is_night || cs_sketch_stage_has (stage, CS_SKETCH_NEON) || cs_sketch_stage_has (stage, CS_SKETCH_CHASE);
}

static void
trace_quad (CsSketchStage *stage, CsSketchCanvas *c, double side, double x, double high, double low, double z0, double z1)
{
  double vx = stage->width / 2, vy = stage->horizon;

  cairo_move_to (c->cr, vx + side * x * z0, vy - high * z0);
  cairo_line_to (c->cr, vx + side * x * z1, vy - high * z1);
  cairo_line_to (c->cr, vx + side * x * z1, vy - low * z1);
  cairo_line_to (c->cr, vx + side * x * z0, vy - low * z0);
  cairo_close_path (c->cr);
}

static void
draw_sign (CsSketchStage *stage, CsSketchCanvas *c, double side, double x, double high, double low, double z0, double z1)
{
  CsSketchColor neon = cs_sketch_building_neon (stage);
  double step = (high - low) / 5, cx = stage->width / 2 + side * x * 0.9 * (z0 + z1) / 2, cy = stage->horizon - (high + low) / 2 * z1;

  trace_quad (stage, c, side, x * 0.9, high, low, z0, z1);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (neon, 0.30), 1);
  cairo_fill_preserve (c->cr);
  cairo_set_line_width (c->cr, 0.0022 + 0.0022 * z1);
  cs_sketch_canvas_set_color (c, cs_sketch_mix (neon, CS_SKETCH_HEX (0xffffff), 0.35), 1);
  cairo_stroke (c->cr);
  for (int i = 0; i < 4; i++)
    {
      double at = high - step * (0.7 + i), m0 = cs_sketch_lerp (z0, z1, 0.22), m1 = cs_sketch_lerp (z0, z1, 0.78);

      trace_quad (stage, c, side, x * 0.9, at, at - step * cs_sketch_random_range (&stage->random, 0.15, 0.6), m0, m1);
      cs_sketch_canvas_set_color (c, cs_sketch_mix (neon, CS_SKETCH_HEX (0xffffff), 0.65), 0.95);
      cairo_fill (c->cr);
    }
  cs_sketch_canvas_glow (c, cx, cy, 0.03 + 0.20 * z1, 0.03 + 0.22 * z1, neon, 0.5);
}

static void
draw_front (CsSketchStage *stage, CsSketchCanvas *c, double side, double z0, double z1)
{
  static const guint32 walls[] = { 0x3a3560, 0x2c3a68, 0x46305c, 0x2a3050, 0x4c4058 };
  double x = cs_sketch_random_range (&stage->random, 0.82, 0.92), high = cs_sketch_random_range (&stage->random, 0.7, 1.7), gap = 0.075;
  double light = stage->palette.is_night ? 1.0 : 1.7;
  CsSketchColor wall = cs_sketch_stage_haze (stage, cs_sketch_scale (CS_SKETCH_HEX (walls[cs_sketch_random_int (&stage->random, G_N_ELEMENTS (walls))]), light), 0.2 + z1);

  trace_quad (stage, c, side, x, high, -0.36, z0, z1);
  cs_sketch_canvas_set_vertical (c, stage->horizon - high * z1, cs_sketch_scale (wall, 0.6), stage->horizon + 0.3 * z1, cs_sketch_scale (wall, 1.25));
  cairo_fill (c->cr);
  for (double at = -0.10; at < high - gap; at += gap)
    for (int i = 0; i < 4; i++)
      {
        double w0 = cs_sketch_lerp (z0, z1, 0.08 + i * 0.23), w1 = cs_sketch_lerp (z0, z1, 0.24 + i * 0.23);
        gboolean is_lit = cs_sketch_random_chance (&stage->random, at < 0 ? 0.95 : 0.42);

        trace_quad (stage, c, side, x * 0.995, at + gap * 0.62, at, w0, w1);
        cs_sketch_canvas_set_color (c, is_lit ? cs_sketch_mix (stage->palette.window, i % 2 ? CS_SKETCH_HEX (0xbfe0ff) : CS_SKETCH_HEX (0xff9ad0), 0.35)
                                              : cs_sketch_scale (wall, 0.55), is_lit ? cs_sketch_random_range (&stage->random, 0.45, 1) : 0.9);
        cairo_fill (c->cr);
      }
  if (cs_sketch_random_chance (&stage->random, 0.8))
    {
      double low = cs_sketch_random_range (&stage->random, 0.02, 0.3);

      draw_sign (stage, c, side, x, low + cs_sketch_random_range (&stage->random, 0.2, 0.45), low, cs_sketch_lerp (z0, z1, 0.55), cs_sketch_lerp (z0, z1, 0.8));
    }
}

static void
add_street (CsSketchStage *stage)
{
  double reach = 2.6 * MAX (stage->width, 1);
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0.3);
  double z = 0.085;

  cs_sketch_canvas_glow (layer->canvas, stage->width / 2, stage->horizon, 0.34, 0.26, CS_SKETCH_HEX (0xe060c0), 0.6);
  while (z < reach)
    {
      double next = z * 1.34;

      if (z > 0.55 && layer->depth_near < 0.5)
        {
          cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
          layer = cs_sketch_stage_begin (stage, 0.7);
        }
      for (int side = -1; side <= 1; side += 2)
        draw_front (stage, layer->canvas, side, z, next);
      z = next;
    }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

static void
add_country (CsSketchStage *stage)
{
  gboolean is_green = cs_sketch_stage_has (stage, CS_SKETCH_TREE) || cs_sketch_random_chance (&stage->random, 0.4);
  CsSketchColor ground = is_green ? stage->palette.leaf : stage->palette.sand;
  CsSketchTerrain hills = { .y = stage->horizon + 0.01, .height = 0.19, .width = 0.5, .roughness = 0.6, .depth = 0.15, .mist = 0.6, .peak = 0.5,
                            .peak_x = stage->width - stage->sun_x, .offset = 4, .color = stage->palette.rock };
  CsSketchLayer *layer;

  cs_sketch_terrain_add (stage, &hills);
  layer = cs_sketch_stage_begin_plane (stage, stage->horizon, 0.3, 1.1);
  cairo_rectangle (layer->canvas->cr, layer->canvas->x0, stage->horizon, 9, 9);
  cs_sketch_canvas_set_vertical (layer->canvas, stage->horizon, cs_sketch_stage_haze (stage, cs_sketch_lit (ground, stage->palette.light), 0.25), stage->height,
                                 cs_sketch_lit (cs_sketch_scale (ground, 0.7), stage->palette.light));
  cairo_fill (layer->canvas->cr);
  for (int i = 0; i < 260; i++)
    {
      double z = pow (cs_sketch_random_double (&stage->random), 1.7) + 0.06, side = i % 2 ? 1 : -1, x = cs_sketch_random_range (&stage->random, 0.75, 4.5);

      cs_sketch_plant_bush (stage, layer->canvas, stage->width / 2 + side * x * z, stage->horizon + 0.42 * z, 0.045 * z,
                            cs_sketch_lit (stage->palette.leaf, stage->palette.light), cs_sketch_lit (stage->palette.leaf, stage->palette.shade));
    }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* The asphalt: a wedge from the vanishing point; wet at night, with the lights of the street in it. */
static void
add_asphalt (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin_plane (stage, stage->horizon, 0.3, 1.1);
  CsSketchCanvas *c = layer->canvas;
  double vx = stage->width / 2, down = c->y1 - stage->horizon, spread = is_city (stage) ? 2.5 : 1.55;
  CsSketchColor far = cs_sketch_stage_haze (stage, cs_sketch_lit (CS_SKETCH_HEX (0x6a6870), stage->palette.light), 0.3);

  cairo_move_to (c->cr, vx - 0.02, stage->horizon);
  cairo_line_to (c->cr, vx + 0.02, stage->horizon);
  cairo_line_to (c->cr, vx + down * spread, c->y1);
  cairo_line_to (c->cr, vx - down * spread, c->y1);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, stage->horizon, far, stage->height, cs_sketch_scale (far, is_city (stage) ? 0.28 : 0.6));
  cairo_fill (c->cr);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (c->cr, vx, stage->horizon);
      cairo_line_to (c->cr, vx + side * down * 1.36, c->y1);
      cairo_line_to (c->cr, vx + side * down * 1.42, c->y1);
      cairo_close_path (c->cr);
      cs_sketch_canvas_set_color (c, cs_sketch_lit (CS_SKETCH_HEX (0xf4f0e0), stage->palette.light), 0.75);
      cairo_fill (c->cr);
    }
  if (is_city (stage))
    for (int i = 0; i < 60; i++)
      {
        double z = cs_sketch_random_range (&stage->random, 0.1, 1), x = cs_sketch_random_range (&stage->random, -1.5, 1.5);

        cs_sketch_canvas_glow (c, vx + x * z, stage->horizon + 0.40 * z, 0.012 + 0.03 * z, 0.03 + 0.16 * z, cs_sketch_building_neon (stage), 0.34);
      }
  layer->ripple_x = is_city (stage) ? 0.002 : 0;
  layer->ripple_period = 2;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* A fast car from behind, its wheels at (0, 0). */
static void
add_car (CsSketchStage *stage, double x, double z, double s, guint32 hex, double phase)
{
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, s * 3.0, s * 2.4);
  CsSketchColor body = cs_sketch_lit (CS_SKETCH_HEX (hex), cs_sketch_mix (cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.7), CS_SKETCH_HEX (0xffffff), 0.35));
  CsSketchMotion motion = { .x = stage->width / 2 + x * z, .y = stage->horizon + 0.42 * z, .bob_x = 0.03 * z, .bob_y = 0.003, .period = 2.6, .swing = 0.008,
                            .speed_y = -0.004 * z, .depth = 0.3 + 0.7 * z, .phase = phase };

  cs_sketch_canvas_soft_shadow (c, 0, 0, s * 0.85, s * 0.14, 0.95);
  for (int side = -1; side <= 1; side += 2)
    {
      cs_sketch_canvas_round_box (c, side * s * 0.46 - s * 0.11, -s * 0.26, s * 0.22, s * 0.27, s * 0.06);
      cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x101014), 1);
      cairo_fill (c->cr);
      cs_sketch_canvas_glow (c, side * s * 0.44, s * 0.22, s * 0.20, s * 0.34, CS_SKETCH_HEX (0xff2a20), 0.5);
    }
  cairo_move_to (c->cr, -s * 0.42, -s * 0.52);
  cairo_curve_to (c->cr, -s * 0.34, -s * 0.84, -s * 0.28, -s * 0.88, 0, -s * 0.88);
  cairo_curve_to (c->cr, s * 0.28, -s * 0.88, s * 0.34, -s * 0.84, s * 0.42, -s * 0.52);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, -s * 0.9, cs_sketch_scale (body, 1.25), -s * 0.5, cs_sketch_scale (body, 0.7));
  cairo_fill (c->cr);
  cairo_move_to (c->cr, -s * 0.35, -s * 0.54);
  cairo_curve_to (c->cr, -s * 0.29, -s * 0.78, -s * 0.26, -s * 0.81, 0, -s * 0.81);
  cairo_curve_to (c->cr, s * 0.26, -s * 0.81, s * 0.29, -s * 0.78, s * 0.35, -s * 0.54);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, -s * 0.8, cs_sketch_mix (stage->palette.sky_low, CS_SKETCH_HEX (0x30405c), 0.5), -s * 0.5, CS_SKETCH_HEX (0x10141e));
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, -s * 0.62, -s * 0.56, s * 1.24, s * 0.44, s * 0.14);
  cs_sketch_canvas_set_vertical (c, -s * 0.58, cs_sketch_scale (body, 1.3), -s * 0.1, cs_sketch_scale (body, 0.35));
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, -s * 0.66, -s * 0.66, s * 1.32, s * 0.05, s * 0.02);
  cs_sketch_canvas_round_box (c, -s * 0.20, -s * 0.30, s * 0.40, s * 0.11, s * 0.02);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (body, 0.4), 1);
  cairo_fill (c->cr);
  for (int side = -1; side <= 1; side += 2)
    {
      cs_sketch_canvas_round_box (c, side * s * 0.42 - s * 0.15, -s * 0.46, s * 0.30, s * 0.09, s * 0.04);
      cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xff5a48), 1);
      cairo_fill (c->cr);
      cs_sketch_canvas_glow (c, side * s * 0.42, -s * 0.41, s * 0.34, s * 0.22, CS_SKETCH_HEX (0xff2418), stage->idea.time == CS_SKETCH_DAY ? 0.35 : 0.9);
    }
  cs_sketch_actors_add_sprite (stage, cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT), &motion);
}

/* A road that runs to the horizon: a street of neon, or open country. */
void
cs_sketch_family_draw_road (CsSketchStage *stage)
{
  Dashes *dashes = g_new0 (Dashes, 1);
  gboolean is_chase = cs_sketch_stage_has (stage, CS_SKETCH_CHASE);

  cs_sketch_stage_set_horizon (stage, stage->height > 1.2 ? 0.55 : 0.50);
  cs_sketch_sky_add (stage);
  if (is_city (stage))
    add_street (stage);
  else
    add_country (stage);
  add_asphalt (stage);
  *dashes = (Dashes) { stage->width / 2, stage->horizon, stage->height - stage->horizon + 0.1, is_chase ? 11 : 6,
                       cs_sketch_lit (CS_SKETCH_HEX (0xfff4d8), cs_sketch_mix (stage->palette.light, CS_SKETCH_HEX (0xffffff), 0.4)) };
  cs_sketch_stage_add_actor (stage, draw_dashes, dashes, g_free);
  if (is_chase || is_city (stage))
    {
      add_car (stage, 0.55, 0.22, 0.055, 0xd8dce4, 0.2);
      add_car (stage, -0.50, 0.42, 0.11, 0x2f6fd8, 0.6);
    }
  add_car (stage, is_chase ? 0.30 : 0.34, 0.88, MIN (0.25, stage->width * 0.21), 0xd8342c, 0.1);
  cs_sketch_weather_add (stage);
}
