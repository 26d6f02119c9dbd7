/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-cabin.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-plants.h"
#include "media/sketch/cs-sketch-sky.h"
#include "media/sketch/cs-sketch-terrain.h"

static CsSketchColor
get_snow (const CsSketchStage *stage, double share)
{
  CsSketchColor ground = stage->idea.weather == CS_SKETCH_SNOW || stage->palette.is_night ? CS_SKETCH_HEX (0xf4f7ff) : CS_SKETCH_HEX (0xeef2f8);

  return cs_sketch_lit (ground, cs_sketch_mix (stage->palette.shade, stage->palette.light, share));
}

static void
add_ground (CsSketchStage *stage, double depth, double y, double wave, double share)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, depth);
  CsSketchCanvas *c = layer->canvas;

  cairo_move_to (c->cr, c->x0, c->y1);
  for (double x = c->x0; x < c->x1 + 0.02; x += 0.015)
    cairo_line_to (c->cr, x, y + wave * cs_sketch_noise_fbm (&stage->noise, x * 1.3 + depth * 9, depth * 5, 3));
  cairo_line_to (c->cr, c->x1, c->y1);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, y - wave, get_snow (stage, share), y + 0.34, get_snow (stage, share * 0.45));
  cairo_fill (c->cr);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

static void
add_pines (CsSketchStage *stage, double depth, double y, double low, double high, int n, gboolean is_open)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, depth);
  CsSketchCanvas *c = layer->canvas;
  const CsSketchPalette *p = &stage->palette;
  CsSketchColor dark = cs_sketch_stage_haze (stage, cs_sketch_lit (CS_SKETCH_HEX (0x2c4a40), cs_sketch_mix (p->shade, p->light, 0.1)), depth);
  CsSketchColor lit = cs_sketch_stage_haze (stage, cs_sketch_mix (get_snow (stage, 0.8), CS_SKETCH_HEX (0x6a8a80), 0.25), depth);

  for (int i = 0; i < n; i++)
    {
      double x = cs_sketch_lerp (c->x0, c->x1, (i + cs_sketch_random_double (&stage->random)) / n);

      if (!is_open || fabs (x / stage->width - 0.5) > 0.33)
        cs_sketch_plant_pine (stage, c, x, y + cs_sketch_random_range (&stage->random, -0.01, 0.03), cs_sketch_random_range (&stage->random, low, high), lit, dark);
    }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

static void
draw_window (CsSketchCanvas *c, double x, double y, double w, double h)
{
  cairo_rectangle (c->cr, x - w * 0.14, y - w * 0.14, w * 1.28, h + w * 0.28);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x3a2418), 1);
  cairo_fill (c->cr);
  cairo_rectangle (c->cr, x, y, w, h);
  cs_sketch_canvas_set_vertical (c, y, CS_SKETCH_HEX (0xfff0b8), y + h, CS_SKETCH_HEX (0xf8a848));
  cairo_fill (c->cr);
  cairo_rectangle (c->cr, x + w * 0.46, y, w * 0.08, h);
  cairo_rectangle (c->cr, x, y + h * 0.46, w, h * 0.08);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x4a2c1a), 1);
  cairo_fill (c->cr);
  cs_sketch_canvas_glow (c, x + w / 2, y + h / 2, w * 2.6, w * 2.6, CS_SKETCH_HEX (0xffa040), 0.5);
}

static void
draw_walls (CsSketchStage *stage, CsSketchCanvas *c, double x, double y, double s)
{
  CsSketchColor light = cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.6);
  CsSketchColor log = cs_sketch_lit (CS_SKETCH_HEX (0x9a6238), light), dark = cs_sketch_lit (CS_SKETCH_HEX (0x4a2a1a), light);

  for (int i = 0; i < 11; i++)
    {
      double top = y - s * 0.44 + i * s * 0.042;

      cs_sketch_canvas_round_box (c, x - s * 0.52, top, s * 1.04, s * 0.045, s * 0.02);
      cs_sketch_canvas_set_vertical (c, top, cs_sketch_scale (log, 1.12), top + s * 0.045, dark);
      cairo_fill (c->cr);
    }
  cairo_move_to (c->cr, x - s * 0.52, y - s * 0.43);
  cairo_line_to (c->cr, x, y - s * 0.86);
  cairo_line_to (c->cr, x + s * 0.52, y - s * 0.43);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, y - s * 0.86, dark, y - s * 0.42, log);
  cairo_fill (c->cr);
}

static void
draw_snowy_roof (CsSketchStage *stage, CsSketchCanvas *c, double x, double y, double s)
{
  CsSketchColor stone = cs_sketch_lit (CS_SKETCH_HEX (0x7a7078), cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.5));

  cairo_rectangle (c->cr, x + s * 0.24, y - s * 1.02, s * 0.14, s * 0.40);
  cs_sketch_canvas_set_sideways (c, x + s * 0.24, stone, x + s * 0.38, cs_sketch_scale (stone, 0.6));
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, x + s * 0.22, y - s * 1.06, s * 0.18, s * 0.06, s * 0.03);
  cs_sketch_canvas_set_color (c, get_snow (stage, 0.95), 1);
  cairo_fill (c->cr);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (c->cr, x, y - s * 0.99);
      cairo_curve_to (c->cr, x + side * s * 0.2, y - s * 0.90, x + side * s * 0.5, y - s * 0.56, x + side * s * 0.68, y - s * 0.40);
      cairo_curve_to (c->cr, x + side * s * 0.70, y - s * 0.32, x + side * s * 0.62, y - s * 0.31, x + side * s * 0.58, y - s * 0.35);
      cairo_line_to (c->cr, x, y - s * 0.83);
      cairo_close_path (c->cr);
      cs_sketch_canvas_set_vertical (c, y - s, get_snow (stage, side == (int) stage->look.light_x ? 1 : 0.55), y - s * 0.3,
                                     get_snow (stage, side == (int) stage->look.light_x ? 0.7 : 0.3));
      cairo_fill (c->cr);
    }
}

static void
add_smoke (CsSketchStage *stage, double x, double y, double s)
{
  for (int i = 0; i < 5; i++)
    {
      CsSketchLayer *layer = cs_sketch_stage_begin_part (stage, 1, x - s, y - s * 1.2, x + s, y + 0.05);

      cs_sketch_canvas_circle (layer->canvas, x + s * 0.025 * i * i, y - s * (0.05 + 0.13 * i), s * (0.05 + 0.028 * i));
      cs_sketch_canvas_set_color (layer->canvas, cs_sketch_mix (stage->palette.haze, CS_SKETCH_HEX (0xffffff), 0.4), 0.42 - 0.06 * i);
      cairo_fill (layer->canvas->cr);
      cs_sketch_canvas_blur (layer->canvas, s * 0.03);
      layer->sway_x = 0.006 + 0.004 * i;
      layer->sway_y = 0.004;
      layer->sway_period = 5 + i * 0.7;
      layer->phase = i * 0.23;
      cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
    }
}

/* A log cabin with lit windows in a snowy clearing under mountains. */
void
cs_sketch_cabin_add (CsSketchStage *stage)
{
  double y = stage->horizon + 0.20, s = 0.34, x = stage->width * (stage->sun_x > stage->width / 2 ? 0.45 : 0.55);
  CsSketchTerrain range = { .y = stage->horizon + 0.05, .height = 0.30, .width = 0.5, .roughness = 0.8, .depth = 0.15, .snow = 0.8, .mist = 0.5,
                            .peak = 0.6, .peak_x = stage->width - stage->sun_x, .offset = 3, .color = stage->palette.rock };
  CsSketchLayer *layer;

  cs_sketch_terrain_add (stage, &range);
  add_pines (stage, 0.3, stage->horizon + 0.06, 0.10, 0.20, 46, FALSE);
  cs_sketch_sky_add_fog (stage, stage->horizon + 0.05, 0.1, 0.35, 0.5);
  add_pines (stage, 0.6, stage->horizon + 0.12, 0.22, 0.40, 22, FALSE);
  add_ground (stage, 0.8, stage->horizon + 0.11, 0.03, 0.75);
  layer = cs_sketch_stage_begin (stage, 1);
  cs_sketch_canvas_soft_shadow (layer->canvas, x - stage->look.light_x * s * 0.2, y + 0.02, s * 0.9, s * 0.14, 0.4);
  draw_walls (stage, layer->canvas, x, y, s);
  draw_window (layer->canvas, x - s * 0.38, y - s * 0.32, s * 0.18, s * 0.18);
  draw_window (layer->canvas, x + s * 0.20, y - s * 0.32, s * 0.18, s * 0.18);
  draw_window (layer->canvas, x - s * 0.065, y - s * 0.66, s * 0.13, s * 0.13);
  cs_sketch_canvas_round_box (layer->canvas, x - s * 0.10, y - s * 0.33, s * 0.20, s * 0.36, s * 0.02);
  cs_sketch_canvas_set_vertical (layer->canvas, y - s * 0.33, CS_SKETCH_HEX (0x8a3a2a), y, CS_SKETCH_HEX (0x4a1c18));
  cairo_fill (layer->canvas->cr);
  draw_snowy_roof (stage, layer->canvas, x, y, s);
  cs_sketch_canvas_glow (layer->canvas, x, y + s * 0.16, s * 0.8, s * 0.13, CS_SKETCH_HEX (0xff9a3c), stage->idea.time == CS_SKETCH_DAY ? 0.25 : 0.6);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
  add_smoke (stage, x + s * 0.31, y - s * 1.05, s);
  cs_sketch_actors_add_lamp (stage, 1, x, y - s * 0.2, s * 0.7, CS_SKETCH_HEX (0xffa040), stage->idea.time == CS_SKETCH_DAY ? 0.12 : 0.35, 2.3);
  add_pines (stage, 1.25, stage->height - 0.02, 0.55, 0.8, 9, TRUE);
  add_ground (stage, 1.35, stage->height - 0.09, 0.05, 0.35);
}
