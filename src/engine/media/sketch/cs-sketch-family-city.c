/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-buildings.h"
#include "media/sketch/cs-sketch-sky.h"
#include "media/sketch/cs-sketch-terrain.h"
#include "media/sketch/cs-sketch-water.h"

/* One row of houses: a plain value. */
typedef struct
{
  double depth, base, low, high, narrow, broad, gap;
} Row;

static double
get_lit (const CsSketchStage *stage)
{
  static const double shares[CS_SKETCH_N_TIMES] = { 0.22, 0.03, 0.34, 0.46 };

  return MAX (shares[stage->idea.time], stage->palette.cloud_cover > 0.8 ? 0.25 : 0);
}

static CsSketchColor
choose_wall (CsSketchStage *stage)
{
  static const guint32 walls[] = { 0x8f97a8, 0xa99f94, 0x6f7f95, 0xb5b1a8, 0x7c6f78, 0x5f6f80, 0xc0b49c };
  static const guint32 neons[] = { 0x3a3468, 0x2c3a70, 0x4a2f66, 0x27305a, 0x51407c };
  gboolean is_neon
      = cs_sketch_stage_has (stage, CS_SKETCH_NEON) || cs_sketch_stage_has (stage, CS_SKETCH_FUTURE);
  CsSketchColor wall = CS_SKETCH_HEX (walls[cs_sketch_random_int (&stage->random, G_N_ELEMENTS (walls))]);

  if (stage->palette.is_night)
    wall = cs_sketch_mix (wall,
                          CS_SKETCH_HEX (neons[cs_sketch_random_int (&stage->random, G_N_ELEMENTS (neons))]),
                          is_neon ? 0.85 : 0.6);
  return wall;
}

/* How high the skyline is at a place: a great group near the middle, aside of the sun. */
static double
get_skyline (const CsSketchStage *stage, double x)
{
  double middle = stage->width * (stage->sun_x < stage->width / 2 ? 0.58 : 0.42);
  double d = (x - middle) / (stage->width * 0.34);

  return 0.42 + 0.58 * exp (-d * d);
}

static void
draw_row (CsSketchStage *stage, CsSketchCanvas *canvas, const Row *row)
{
  CsSketchRandom *random = &stage->random;
  gboolean has_neon = stage->palette.is_night
                      || (cs_sketch_stage_has (stage, CS_SKETCH_NEON) && stage->idea.time != CS_SKETCH_DAY);

  for (double x = canvas->x0 - 0.05; x < canvas->x1;)
    {
      double w = cs_sketch_random_range (random, row->narrow, row->broad);
      double tall = cs_sketch_random_range (random, 0.45, 1.0) * get_skyline (stage, x + w / 2);
      CsSketchBuilding b = {
        .x = x,
        .width = w,
        .top = row->base - cs_sketch_lerp (row->low, row->high, tall),
        .bottom = row->base + 0.01,
        .roof = (CsSketchRoof) cs_sketch_random_int (random, CS_SKETCH_N_ROOFS),
        .color = choose_wall (stage),
        .depth = row->depth,
        .lit = get_lit (stage),
        .cell = 0.0105 + row->depth * 0.012,
      };

      if (b.roof == CS_SKETCH_ROOF_SPIRE && w > row->broad * 0.75)
        b.roof = CS_SKETCH_ROOF_STEPS;
      if (has_neon && row->depth > 0.15 && cs_sketch_random_chance (random, 0.42))
        b.neon = stage->palette.is_night ? 0.9 : 0.4;
      cs_sketch_building_draw (stage, canvas, &b);
      x += w + row->gap * cs_sketch_random_range (random, -0.4, 1.0);
    }
}

static void
add_row (CsSketchStage *stage, const Row *row)
{
  CsSketchLayer *layer
      = cs_sketch_stage_begin_part (stage, row->depth, -9, -9, stage->width + 9, row->base + 0.09);

  draw_row (stage, layer->canvas, row);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* The light of the streets between the rows of houses. */
static void
add_street_glow (CsSketchStage *stage, double depth, double y)
{
  CsSketchLayer *layer;
  CsSketchColor color
      = cs_sketch_stage_has (stage, CS_SKETCH_NEON) ? CS_SKETCH_HEX (0xd04ac0) : CS_SKETCH_HEX (0xffa860);

  if (!stage->palette.is_night)
    {
      cs_sketch_sky_add_fog (stage, y - 0.02, 0.12, depth, 0.35 + 0.4 * stage->palette.haze_amount);
      return;
    }
  layer = cs_sketch_stage_begin_part (stage, depth, -9, y - 0.3, stage->width + 9, y + 0.1);
  for (int i = 0; i < 5; i++)
    cs_sketch_canvas_glow (layer->canvas, (i + cs_sketch_random_double (&stage->random)) / 5 * stage->width,
                           y, 0.42, 0.2, color, 0.26);
  layer->pulse = 0.06;
  layer->pulse_period = 3.7;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
}

/* A quay with a rail and lamps, close before the camera. */
static void
add_quay (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 1.25);
  CsSketchCanvas *c = layer->canvas;
  double y = stage->height - 0.075, gap = 0.115;
  CsSketchColor iron
      = cs_sketch_mix (cs_sketch_scale (stage->palette.shade, 0.32), CS_SKETCH_HEX (0x14141c), 0.5);
  gboolean is_lit = stage->idea.time != CS_SKETCH_DAY;
  int first = (int) floor (c->x0 / gap), last = (int) ceil (c->x1 / gap);

  cairo_rectangle (c->cr, c->x0, y + 0.035, c->x1 - c->x0, c->y1 - y);
  cs_sketch_canvas_set_vertical (c, y + 0.03, cs_sketch_scale (iron, 1.5), stage->height + 0.05,
                                 cs_sketch_scale (iron, 0.6));
  cairo_fill (c->cr);
  cs_sketch_canvas_set_color (c, iron, 1);
  cairo_rectangle (c->cr, c->x0, y - 0.045, c->x1 - c->x0, 0.009);
  cairo_rectangle (c->cr, c->x0, y - 0.015, c->x1 - c->x0, 0.004);
  for (int i = first; i <= last; i++)
    cs_sketch_canvas_round_box (c, i * gap - 0.004, y - 0.05, 0.008, 0.1, 0.003);
  cairo_fill (c->cr);
  for (int i = first; i <= last; i++)
    if ((i + 40) % 7 == 3)
      {
        cs_sketch_canvas_round_box (c, i * gap - 0.005, y - 0.30, 0.010, 0.35, 0.003);
        cairo_rectangle (c->cr, i * gap - 0.016, y - 0.308, 0.032, 0.008);
        cs_sketch_canvas_set_color (c, iron, 1);
        cairo_fill (c->cr);
        cs_sketch_canvas_circle (c, i * gap, y - 0.325, 0.019);
        cs_sketch_canvas_set_color (c, is_lit ? CS_SKETCH_HEX (0xfff0cc) : CS_SKETCH_HEX (0xd8dade), 1);
        cairo_fill (c->cr);
        if (is_lit)
          cs_sketch_canvas_glow (c, i * gap, y - 0.325, 0.17, 0.17, CS_SKETCH_HEX (0xffc070), 0.5);
      }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* The rock under a floating quarter: broad above, a ragged point below. */
static void
trace_float (CsSketchStage *stage, CsSketchCanvas *c, double w)
{
  cairo_move_to (c->cr, -w, 0);
  cairo_line_to (c->cr, w, 0);
  for (int i = 0; i <= 40; i++)
    {
      double t = i / 40.0 * 2 - 1, n = cs_sketch_noise_fbm (&stage->noise, t * 4 + w * 31, w * 17, 4);

      cairo_line_to (c->cr, -t * w * (1 - 0.04 * fabs (t)),
                     w * (0.06 + 0.62 * pow (1 - fabs (t), 1.3) * (1 + 0.6 * n)) * 0.85);
    }
  cairo_close_path (c->cr);
}

static void
add_floating_quarter (CsSketchStage *stage, double x, double y, double w, double depth)
{
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, w * 2.5, w * 5.2);
  CsSketchMotion motion = { .x = x,
                            .y = y,
                            .bob_y = 0.010,
                            .bob_x = 0.004,
                            .period = cs_sketch_random_range (&stage->random, 5, 8),
                            .depth = depth,
                            .phase = cs_sketch_random_double (&stage->random) };
  CsSketchColor rock = cs_sketch_stage_haze (
      stage, cs_sketch_mix (stage->palette.rock, CS_SKETCH_HEX (0x4a4a68), 0.5), depth);
  int n = 5;

  trace_float (stage, c, w);
  cs_sketch_canvas_set_color (c, rock, 1);
  cairo_fill (c->cr);
  cs_sketch_rock_shade (stage, c, -w, -0.01, w, w, rock, w * 0.5);
  for (int i = 0; i < n; i++)
    {
      int k = (i * 3) % n;
      double t = (k + 0.5) / n * 2 - 1,
             tall = w * (0.6 + 1.55 * (1 - t * t) * cs_sketch_random_range (&stage->random, 0.7, 1.05));
      CsSketchBuilding b = { .x = t * w * 0.85 - w * 0.15,
                             .width = w * 0.32,
                             .top = -tall,
                             .bottom = 0.004,
                             .roof = (CsSketchRoof) cs_sketch_random_int (&stage->random, CS_SKETCH_N_ROOFS),
                             .color = cs_sketch_mix (choose_wall (stage), CS_SKETCH_HEX (0xbfd0e8), 0.35),
                             .depth = depth,
                             .lit = MAX (get_lit (stage), 0.2),
                             .cell = w * 0.075,
                             .neon = stage->idea.time == CS_SKETCH_DAY ? 0 : 0.8 };

      cs_sketch_building_draw (stage, c, &b);
    }
  cs_sketch_canvas_ellipse (c, 0, 0.002, w * 1.02, w * 0.06);
  cs_sketch_canvas_set_vertical (c, -w * 0.06, cs_sketch_lit (stage->palette.leaf, stage->palette.light),
                                 w * 0.06, cs_sketch_scale (stage->palette.leaf, 0.4));
  cairo_fill (c->cr);
  cs_sketch_canvas_glow (c, 0, w * 0.55, w * 0.7, w * 0.32, CS_SKETCH_HEX (0x40d8ff), 0.5);
  cs_sketch_actors_add_sprite (stage, cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT), &motion);
}

static void
add_floating_city (CsSketchStage *stage)
{
  CsSketchColor cyan = CS_SKETCH_HEX (0x7fe8ff), amber = CS_SKETCH_HEX (0xffc070);
  double w = stage->width, h = stage->height;

  add_floating_quarter (stage, w * 0.16, h * 0.42, 0.10, 0.35);
  add_floating_quarter (stage, w * 0.86, h * 0.38, 0.12, 0.4);
  cs_sketch_actors_add_traffic (stage, 0.5, -0.1, h * 0.36, w + 0.1, h * 0.24, 14, cyan, 0.09);
  add_floating_quarter (stage, w * 0.36, h * 0.62, 0.13, 0.65);
  cs_sketch_sky_add_bank (stage, h * 0.80, 0.30, 0.7);
  add_floating_quarter (stage, w * 0.60, h * 0.60, 0.22, 1);
  cs_sketch_actors_add_traffic (stage, 1.1, w + 0.1, h * 0.52, -0.1, h * 0.68, 9, amber, 0.13);
  cs_sketch_sky_add_bank (stage, h * 0.95, 0.42, 1.2);
}

static void
add_town (CsSketchStage *stage)
{
  double y = stage->horizon, tall = MIN (stage->horizon * 0.86, 0.74);
  Row rows[] = {
    { 0.10, y, tall * 0.16, tall * 0.80, 0.030, 0.070, 0.004 },
    { 0.22, y + 0.003, tall * 0.10, tall * 0.95, 0.050, 0.105, 0.02 },
    { 0.36, y + 0.008, tall * 0.06, tall * 0.62, 0.070, 0.140, 0.05 },
  };

  add_row (stage, &rows[0]);
  add_street_glow (stage, 0.15, y);
  add_row (stage, &rows[1]);
  add_street_glow (stage, 0.3, y);
  add_row (stage, &rows[2]);
}

/* A skyline over water, or towers that float. */
void
cs_sketch_family_draw_city (CsSketchStage *stage)
{
  CsSketchWater water = { .roughness = 0.38, .depth_far = 0.36, .depth_near = 0.5, .clearness = 0.75 };
  gboolean is_floating = cs_sketch_stage_has (stage, CS_SKETCH_FLYING);

  cs_sketch_stage_set_horizon (stage, is_floating ? 0.72 : stage->height > 1.2 ? 0.60 : 0.66);
  if (stage->palette.is_night && !stage->idea.has_weather)
    stage->palette.cloud_cover = 0.22;
  cs_sketch_sky_add (stage);
  if (stage->idea.weather == CS_SKETCH_STORM)
    cs_sketch_actors_add_lightning (stage);
  add_town (stage);
  if (is_floating)
    {
      cs_sketch_sky_add_fog (stage, stage->horizon - 0.02, 0.26, 0.4, 0.7);
      cs_sketch_sky_add_bank (stage, stage->horizon - 0.01, 0.20, 0.45);
      add_floating_city (stage);
    }
  else
    {
      water.y = stage->horizon + 0.008;
      cs_sketch_actors_add_traffic (stage, 0.36, -0.1, water.y - 0.008, stage->width + 0.1, water.y - 0.008,
                                    10, CS_SKETCH_HEX (0xffd9a0), 0.05);
      cs_sketch_water_add (stage, &water);
      add_quay (stage);
    }
  cs_sketch_weather_add (stage);
}
