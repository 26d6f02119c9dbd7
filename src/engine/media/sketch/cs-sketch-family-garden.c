/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-family-garden.h"
#include "media/sketch/cs-sketch-meadow.h"
#include "media/sketch/cs-sketch-sky.h"
#include "media/sketch/cs-sketch-terrain.h"
#include "media/sketch/cs-sketch-trees.h"
#include "media/sketch/cs-sketch-water.h"

#define BLOSSOM 0xf6a8c4

static CsSketchColor
get_grass (const CsSketchStage *stage)
{
  return stage->idea.weather == CS_SKETCH_SNOW
             ? CS_SKETCH_HEX (0xe8eef6)
             : cs_sketch_mix (stage->palette.leaf, CS_SKETCH_HEX (0x86b048), 0.5);
}

static void
add_far (CsSketchStage *stage, double shore)
{
  CsSketchTerrain mountain = { .y = shore - 0.03,
                               .height = 0.36 * MIN (shore / 0.6, 1),
                               .width = 0.42,
                               .roughness = 0.42,
                               .depth = 0.08,
                               .mist = 0.75,
                               .peak = 1.35,
                               .peak_x = stage->width * (stage->sun_x < stage->width / 2 ? 0.68 : 0.32),
                               .offset = 5,
                               .snow = 0.42,
                               .color = CS_SKETCH_HEX (0x6a7690) };
  CsSketchLayer *layer;

  cs_sketch_terrain_add (stage, &mountain);
  cs_sketch_sky_add_fog (stage, shore - 0.06, 0.10, 0.14, 0.6);
  layer = cs_sketch_stage_begin_part (stage, 0.24, -9, shore - 0.22, stage->width + 9, shore + 0.05);
  for (double x = layer->canvas->x0; x < layer->canvas->x1; x += 0.042)
    {
      double r = cs_sketch_random_range (&stage->random, 0.035, 0.065);
      gboolean is_pink = cs_sketch_random_chance (&stage->random, 0.38);

      cs_sketch_crown_draw (stage, layer->canvas, x, shore - r * 0.9, r, r,
                            is_pink ? CS_SKETCH_HEX (BLOSSOM)
                                    : cs_sketch_mix (get_grass (stage), CS_SKETCH_HEX (0x3f6a48), 0.6),
                            0.26);
    }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* The far bank with the temple and the cherry trees around it. */
static void
add_bank (CsSketchStage *stage, double shore, double way)
{
  CsSketchLayer *layer = cs_sketch_stage_begin_part (stage, 0.45, -9, -9, stage->width + 9, shore + 0.02);
  CsSketchCanvas *c = layer->canvas;
  double x = stage->width * (0.5 - way * 0.17);
  CsSketchColor grass = cs_sketch_stage_haze (
      stage,
      cs_sketch_lit (get_grass (stage), cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.75)),
      0.5);

  cs_sketch_pagoda_draw (stage, c, x, shore - 0.035, MIN (0.50, shore * 0.72), 0.6);
  cairo_move_to (c->cr, c->x0, c->y1);
  for (int i = 0; i <= 100; i++)
    {
      double px = cs_sketch_lerp (c->x0, c->x1, i / 100.0);

      cairo_line_to (c->cr, px,
                     shore - 0.022 - 0.016 * cs_sketch_noise_fbm (&stage->noise, px * 3, 2.2, 3)
                         - 0.014 * exp (-pow ((px - x) / 0.25, 2)));
    }
  cairo_line_to (c->cr, c->x1, c->y1);
  cs_sketch_canvas_set_vertical (c, shore - 0.05, grass, shore + 0.01, cs_sketch_scale (grass, 0.55));
  cairo_fill (c->cr);
  for (int i = 0; i < 6; i++)
    {
      static const double places[6] = { -0.42, -0.30, 0.20, 0.42, 0.56, -0.56 };
      CsSketchTree tree = { CS_SKETCH_TREE_LEAFY,
                            x + way * places[i] * MAX (stage->width, 0.9),
                            shore - 0.022,
                            cs_sketch_random_range (&stage->random, 0.24, 0.36),
                            0.55,
                            0,
                            CS_SKETCH_HEX (BLOSSOM) };

      cs_sketch_tree_draw (stage, c, &tree);
    }
  cs_sketch_red_bridge_draw (stage, c, stage->width * (0.5 + way * 0.20), shore + 0.005,
                             MIN (0.46, stage->width * 0.45));
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
}

static const CsSketchCanvas *
draw_koi (CsSketchStage *stage, double s, guint32 dye)
{
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, s * 2.6, s * 1.2);
  CsSketchColor light = cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.8),
                body = cs_sketch_lit (CS_SKETCH_HEX (dye), light);

  cairo_move_to (c->cr, -s * 0.7, 0);
  cairo_line_to (c->cr, -s * 1.15, -s * 0.22);
  cairo_line_to (c->cr, -s * 1.02, 0);
  cairo_line_to (c->cr, -s * 1.15, s * 0.18);
  cairo_close_path (c->cr);
  cs_sketch_canvas_ellipse (c, 0, 0, s * 0.85, s * 0.20);
  cs_sketch_canvas_set_color (c, body, 0.88);
  cairo_fill (c->cr);
  cs_sketch_canvas_ellipse (c, s * 0.2, -s * 0.03, s * 0.26, s * 0.10);
  cs_sketch_canvas_ellipse (c, -s * 0.35, s * 0.0, s * 0.16, s * 0.09);
  cs_sketch_canvas_set_color (c, cs_sketch_lit (CS_SKETCH_HEX (0xfff6ec), light), 0.85);
  cairo_fill (c->cr);
  return cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_LIGHT);
}

/* Koi and lily pads on the pond. */
static void
add_pond_life (CsSketchStage *stage, double shore)
{
  CsSketchLayer *layer;
  CsSketchColor light = cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.7),
                green = cs_sketch_lit (CS_SKETCH_HEX (0x4f8a4a), light);
  double range = stage->height - shore;

  for (int i = 0; i < 5; i++)
    {
      CsSketchMotion motion = { .x = stage->width * cs_sketch_random_range (&stage->random, 0.25, 0.75),
                                .y = shore + range * cs_sketch_random_range (&stage->random, 0.42, 0.72),
                                .speed_x = 0.020,
                                .bob_y = 0.006,
                                .bob_x = 0.02,
                                .period = 2.3,
                                .swing = 0.09,
                                .depth = 0.85,
                                .phase = i * 0.21 };

      cs_sketch_actors_add_sprite (stage, draw_koi (stage, 0.045, i % 2 ? 0xf0782a : 0xe8e0d4), &motion);
    }
  layer = cs_sketch_stage_begin_part (stage, 0.8, -9, shore, stage->width + 9, stage->height + 9);
  for (int i = 0; i < 26; i++)
    {
      double t = cs_sketch_random_double (&stage->random),
             x = cs_sketch_random_range (&stage->random, 0, stage->width), r = 0.010 + 0.030 * t;

      if (fabs (x / stage->width - 0.5) < 0.20)
        continue;
      cairo_save (layer->canvas->cr);
      cairo_translate (layer->canvas->cr, x, shore + range * (0.16 + 0.62 * t));
      cairo_scale (layer->canvas->cr, 1, 0.34);
      cairo_move_to (layer->canvas->cr, 0, 0);
      cairo_arc (layer->canvas->cr, 0, 0, r, 0.5 + i, 0.1 + i + 2 * G_PI);
      cairo_close_path (layer->canvas->cr);
      cs_sketch_canvas_set_color (
          layer->canvas, cs_sketch_scale (green, 0.8 + 0.5 * cs_sketch_random_double (&stage->random)), 1);
      cairo_fill (layer->canvas->cr);
      cairo_restore (layer->canvas->cr);
      if (i % 3 == 0)
        cs_sketch_flower_draw (layer->canvas, x, shore + range * (0.16 + 0.62 * t) - r * 0.3, r * 0.55,
                               cs_sketch_lit (CS_SKETCH_HEX (0xf8b8d0), light),
                               cs_sketch_lit (CS_SKETCH_HEX (0xffe07a), light));
    }
  layer->sway_x = 0.003;
  layer->sway_period = 5;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* The near bank with its lantern, and a branch in bloom over our heads. */
static void
add_near (CsSketchStage *stage, double way)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 1.15);
  CsSketchCanvas *c = layer->canvas;
  double h = stage->height, w = stage->width, edge = way > 0 ? c->x0 : c->x1;
  CsSketchColor mix = cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.5),
                grass = cs_sketch_lit (cs_sketch_scale (get_grass (stage), 0.75), mix);

  cs_sketch_lantern_draw (stage, c, w * (0.5 - way * 0.36), h - 0.085, 0.20);
  cairo_move_to (c->cr, edge, c->y1);
  cairo_line_to (c->cr, edge, h - 0.17);
  cairo_curve_to (c->cr, w * (0.5 - way * 0.38), h - 0.13, w * (0.5 - way * 0.22), h - 0.06,
                  w * (0.5 + way * 0.05), h + 0.06);
  cairo_line_to (c->cr, w * (0.5 + way * 0.05), c->y1);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, h - 0.17, grass, h + 0.05, cs_sketch_scale (grass, 0.5));
  cairo_fill (c->cr);
  for (int i = 0; i < 12; i++)
    {
      double t = i / 11.0, x = w * (0.5 - way * cs_sketch_lerp (0.52, 0.02, t)), y = h - 0.155 + 0.20 * t * t;

      cs_sketch_grass_draw (stage, c, x - 0.05, x + 0.05, y + 0.012, 0.05, 16, grass);
    }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
  layer = cs_sketch_stage_begin_part (stage, 1.35, -9, -9, w + 9, 0.42);
  c = layer->canvas;
  edge = way > 0 ? c->x1 : c->x0;
  cairo_set_line_cap (c->cr, CAIRO_LINE_CAP_ROUND);
  cs_sketch_canvas_set_color (c, cs_sketch_lit (CS_SKETCH_HEX (0x4a3430), mix), 1);
  for (int i = 0; i < 3; i++)
    {
      cairo_set_line_width (c->cr, 0.020 - 0.005 * i);
      cairo_move_to (c->cr, edge, -0.02 + 0.06 * i);
      cairo_rel_curve_to (c->cr, -way * 0.14, 0.02, -way * 0.22, 0.10 - 0.05 * i, -way * (0.40 - 0.05 * i),
                          0.05 + 0.04 * i);
      cairo_stroke (c->cr);
    }
  for (int i = 0; i < 16; i++)
    cs_sketch_crown_draw (stage, c, edge - way * cs_sketch_random_range (&stage->random, 0.0, 0.46),
                          0.02 + 0.14 * cs_sketch_random_double (&stage->random), 0.055, 0.042,
                          CS_SKETCH_HEX (BLOSSOM), 1.3);
  layer->sway_x = layer->sway_y = 0.004;
  layer->sway_period = 4.5;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

static void
draw_japanese (CsSketchStage *stage)
{
  double way = stage->look.light_x, area = stage->width * stage->height, shore;
  CsSketchWater water = { .roughness = 0.16, .depth_far = 0.45, .depth_near = 0.65, .clearness = 0.88 };

  cs_sketch_stage_set_horizon (stage, 0.60);
  shore = water.y = stage->horizon;
  cs_sketch_sky_add (stage);
  add_far (stage, shore);
  cs_sketch_actors_add_birds (stage, 0.2, stage->width * 0.5, shore * 0.3, 5, 0.011);
  add_bank (stage, shore, way);
  cs_sketch_water_add (stage, &water);
  add_pond_life (stage, shore);
  add_near (stage, way);
  cs_sketch_actors_add_particles (
      stage, CS_SKETCH_PETALS, (int) (42 * area),
      cs_sketch_lit (CS_SKETCH_HEX (0xffbcd2),
                     cs_sketch_mix (stage->palette.light, CS_SKETCH_HEX (0xffffff), 0.4)));
  if (stage->palette.is_night)
    cs_sketch_actors_add_particles (stage, CS_SKETCH_FIREFLIES, (int) (40 * area), CS_SKETCH_HEX (0xffe07a));
}

static void
draw_meadow (CsSketchStage *stage)
{
  double x = stage->width * (0.5 - stage->look.light_x * 0.16);

  cs_sketch_stage_set_horizon (stage, 0.58);
  cs_sketch_sky_add (stage);
  cs_sketch_meadow_add_far (stage);
  cs_sketch_actors_add_birds (stage, 0.3, stage->width * 0.5, stage->horizon * 0.4, 6, 0.012);
  cs_sketch_meadow_add_ground (stage, stage->horizon, 620);
  if (cs_sketch_stage_has (stage, CS_SKETCH_WINDMILL) || cs_sketch_random_chance (&stage->random, 0.5))
    cs_sketch_windmill_add (stage, x, stage->horizon + 0.07, 0.40);
  else
    {
      CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0.6);
      CsSketchTree tree
          = { CS_SKETCH_TREE_LEAFY, x, stage->horizon + 0.10, 0.62, 0.8, 0, stage->palette.leaf };

      cs_sketch_canvas_soft_shadow (layer->canvas, tree.x, tree.foot + 0.01, 0.26, 0.03, 0.5);
      cs_sketch_tree_draw (stage, layer->canvas, &tree);
      cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
    }
  cs_sketch_meadow_add_near (stage);
  cs_sketch_actors_add_particles (stage, CS_SKETCH_PETALS, (int) (14 * stage->width * stage->height),
                                  CS_SKETCH_HEX (0xfff0d8));
}

/* A Japanese garden round its pond, or a meadow in bloom. */
void
cs_sketch_family_draw_garden (CsSketchStage *stage)
{
  gboolean is_meadow
      = (cs_sketch_stage_has (stage, CS_SKETCH_FLOWER) || cs_sketch_stage_has (stage, CS_SKETCH_WINDMILL)
         || cs_sketch_stage_has (stage, CS_SKETCH_BUTTERFLY))
        && !cs_sketch_stage_has (stage, CS_SKETCH_TEMPLE) && !cs_sketch_stage_has (stage, CS_SKETCH_CHERRY);

  if (is_meadow)
    draw_meadow (stage);
  else
    draw_japanese (stage);
  cs_sketch_weather_add (stage);
}
