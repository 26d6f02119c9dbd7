/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-plants.h"
#include "media/sketch/cs-sketch-sky.h"
#include "media/sketch/cs-sketch-terrain.h"
#include "media/sketch/cs-sketch-water.h"

/* The colours of firs at a depth. */
static void
get_fir_colors (const CsSketchStage *stage, double depth, CsSketchColor *lit, CsSketchColor *dark)
{
  const CsSketchPalette *p = &stage->palette;
  CsSketchColor fir = cs_sketch_mix (p->leaf, CS_SKETCH_HEX (0x25463c), 0.62);

  if (stage->idea.weather == CS_SKETCH_SNOW)
    fir = cs_sketch_mix (fir, CS_SKETCH_HEX (0xdfe8f2), 0.45);
  *lit = cs_sketch_stage_haze (
      stage, cs_sketch_lit (fir, cs_sketch_mix (p->shade, p->light, p->is_night ? 0.35 : 0.9)), depth);
  *dark = cs_sketch_stage_haze (stage, cs_sketch_scale (cs_sketch_lit (fir, p->shade), 0.6), depth);
}

static void
add_mountains (CsSketchStage *stage)
{
  double y = stage->horizon, snow = stage->idea.weather == CS_SKETCH_SNOW
                                        ? 0.9
                                        : cs_sketch_random_range (&stage->random, 0.36, 0.56);
  double tall = MIN (0.40, stage->horizon * 0.8), offset = cs_sketch_random_range (&stage->random, 0, 40);
  double peak_x = stage->width * (stage->sun_x < stage->width / 2 ? 0.62 : 0.38);
  CsSketchTerrain far = { .y = y + 0.02,
                          .height = tall * 0.9,
                          .width = 0.26,
                          .roughness = 0.9,
                          .depth = 0.10,
                          .snow = snow,
                          .mist = 0.75,
                          .peak = 0.55,
                          .peak_x = stage->width - peak_x,
                          .offset = offset,
                          .color = cs_sketch_mix (stage->palette.rock, CS_SKETCH_HEX (0x7d86a8), 0.5) };
  CsSketchTerrain middle = { .y = y + 0.02,
                             .height = tall * 1.05,
                             .width = 0.30,
                             .roughness = 0.85,
                             .depth = 0.24,
                             .snow = snow * 0.85,
                             .mist = 0.8,
                             .peak = 0.85,
                             .peak_x = peak_x,
                             .offset = offset + 7,
                             .color = cs_sketch_mix (stage->palette.rock, CS_SKETCH_HEX (0x667088), 0.4) };
  CsSketchTerrain hills = { .y = y + 0.012,
                            .height = 0.13,
                            .width = 0.5,
                            .roughness = 0.25,
                            .depth = 0.42,
                            .mist = 0.25,
                            .offset = offset + 19,
                            .color = cs_sketch_mix (stage->palette.leaf, stage->palette.rock, 0.45) };

  if (stage->idea.weather == CS_SKETCH_SNOW)
    hills.snow = 0.75;
  cs_sketch_terrain_add (stage, &far);
  cs_sketch_terrain_add (stage, &middle);
  cs_sketch_sky_add_fog (stage, y - 0.035, 0.075, 0.3, 0.35 + 0.45 * stage->palette.haze_amount);
  cs_sketch_terrain_add (stage, &hills);
}

/* A row of firs along the far shore, higher in groups. */
static void
add_far_firs (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin_part (stage, 0.48, -9, stage->horizon - 0.2, stage->width + 9,
                                                     stage->horizon + 0.06);
  CsSketchColor lit, dark;

  get_fir_colors (stage, 0.48, &lit, &dark);
  for (double x = layer->canvas->x0; x < layer->canvas->x1;
       x += cs_sketch_random_range (&stage->random, 0.007, 0.018))
    {
      double group = 0.5 + 0.7 * cs_sketch_noise_at (&stage->noise, x * 2.7, 4.4);
      double h = (0.022 + 0.055 * cs_sketch_clamp (group, 0, 1))
                 * cs_sketch_random_range (&stage->random, 0.65, 1.2);

      cs_sketch_plant_pine (stage, layer->canvas, x,
                            stage->horizon + 0.012 + cs_sketch_random_range (&stage->random, -0.004, 0.004),
                            h, lit, dark);
    }
  cairo_rectangle (layer->canvas->cr, layer->canvas->x0, stage->horizon + 0.008,
                   layer->canvas->x1 - layer->canvas->x0, 0.02);
  cs_sketch_canvas_set_color (layer->canvas, dark, 1);
  cairo_fill (layer->canvas->cr);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* What the shader of northern lights reads. */
typedef struct
{
  const CsSketchStage *stage;
  double offset;
} Aurora;

static void
shade_aurora (gconstpointer data, double x, double y, float rgba[4])
{
  const Aurora *self = data;
  const CsSketchNoise *noise = &self->stage->noise;
  double green = 0, violet = 0;

  for (int i = 0; i < 3; i++)
    {
      double o = self->offset + i * 7.7, wave = cs_sketch_noise_fbm (noise, x * 0.9 + o, o, 3);
      double foot = self->stage->horizon * (0.72 - 0.17 * i) + wave * 0.22, up = foot - y;
      double rays = 0.55 + 0.6 * cs_sketch_noise_fbm (noise, x * 9 + o + wave * 3, o * 2, 3);
      double curtain = up < 0 ? exp (up * 60) : exp (-up * 5.2);

      green += curtain * rays * (1 - 0.22 * i);
      violet += (up > 0 ? exp (-up * 2.6) - exp (-up * 7) : 0) * rays * 0.8;
    }
  green *= 0.35 + 0.65 * (0.5 + 0.8 * cs_sketch_noise_at (noise, x * 1.3 + self->offset, 2.2));
  green = cs_sketch_clamp (green, 0, 1.2);
  violet = cs_sketch_clamp (violet, 0, 1);
  rgba[0] = (float) (0.20 * green + 0.55 * violet);
  rgba[1] = (float) (1.0 * green + 0.25 * violet);
  rgba[2] = (float) (0.62 * green + 0.85 * violet);
  rgba[3] = (float) cs_sketch_clamp (green * 0.85 + violet * 0.42, 0, 0.95);
}

static void
add_aurora (CsSketchStage *stage)
{
  for (int i = 0; i < 2; i++)
    {
      Aurora aurora = { stage, cs_sketch_random_range (&stage->random, 0, 40) };
      CsSketchLayer *layer = cs_sketch_stage_begin_wide (stage, 0.02, 0.08);

      cs_sketch_canvas_shade (layer->canvas, layer->canvas->y0, stage->horizon, 3, shade_aurora, &aurora);
      layer->drift_x = i ? 0.010 : -0.008;
      layer->opacity = 0.86;
      layer->pulse = 0.14;
      layer->pulse_period = 3.3 + i * 1.9;
      layer->phase = i * 0.4;
      cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_CLOUDS);
    }
}

static void
draw_cabin (CsSketchStage *stage, CsSketchCanvas *c, double x, double y, double s)
{
  const CsSketchPalette *p = &stage->palette;
  CsSketchColor light = cs_sketch_mix (p->shade, p->light, p->is_night ? 0.4 : 0.7),
                wood = cs_sketch_lit (CS_SKETCH_HEX (0x8a5a3a), light);
  CsSketchColor roof
      = cs_sketch_lit (stage->idea.weather == CS_SKETCH_SNOW || cs_sketch_stage_has (stage, CS_SKETCH_AURORA)
                           ? CS_SKETCH_HEX (0xeef2fa)
                           : CS_SKETCH_HEX (0x5c3b30),
                       light);

  cairo_rectangle (c->cr, x - s * 0.5, y - s * 0.5, s, s * 0.52);
  cs_sketch_canvas_set_vertical (c, y - s * 0.5, wood, y, cs_sketch_scale (wood, 0.65));
  cairo_fill (c->cr);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (wood, 0.6), 0.6);
  for (int i = 1; i < 6; i++)
    cairo_rectangle (c->cr, x - s * 0.5, y - s * 0.5 + i * s * 0.083, s, s * 0.012);
  cairo_fill (c->cr);
  cairo_rectangle (c->cr, x + s * 0.2, y - s * 1.02, s * 0.11, s * 0.3);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (wood, 0.8), 1);
  cairo_fill (c->cr);
  cairo_move_to (c->cr, x - s * 0.66, y - s * 0.44);
  cairo_line_to (c->cr, x, y - s * 0.98);
  cairo_line_to (c->cr, x + s * 0.66, y - s * 0.44);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, y - s, roof, y - s * 0.44, cs_sketch_scale (roof, 0.8));
  cairo_fill (c->cr);
  for (int i = 0; i < 2; i++)
    {
      cs_sketch_canvas_round_box (c, x - s * 0.36 + i * s * 0.46, y - s * 0.34, s * 0.24, s * 0.2, s * 0.02);
      cs_sketch_canvas_set_color (c, stage->idea.time == CS_SKETCH_DAY ? CS_SKETCH_HEX (0x4a5f75) : p->window,
                                  1);
      cairo_fill (c->cr);
    }
  if (stage->idea.time != CS_SKETCH_DAY)
    cs_sketch_canvas_glow (c, x, y - s * 0.2, s * 1.7, s * 1.1, p->window, 0.55);
}

static void
add_cabin (CsSketchStage *stage)
{
  double x = stage->width * (stage->sun_x < stage->width / 2 ? 0.64 : 0.36), y = stage->horizon + 0.022,
         s = 0.075;
  CsSketchLayer *layer = cs_sketch_stage_begin_part (stage, 0.5, x - 0.35, y - 0.3, x + 0.35, y + 0.08);
  CsSketchColor lit, dark;

  get_fir_colors (stage, 0.6, &lit, &dark);
  cs_sketch_canvas_ellipse (layer->canvas, x, y + 0.012, 0.24, 0.022);
  cs_sketch_canvas_set_color (layer->canvas,
                              stage->idea.weather == CS_SKETCH_SNOW
                                  ? cs_sketch_lit (CS_SKETCH_HEX (0xe8eef6), stage->palette.light)
                                  : dark,
                              1);
  cairo_fill (layer->canvas->cr);
  for (int i = 0; i < 6; i++)
    cs_sketch_plant_pine (stage, layer->canvas, x + (i % 2 ? 1 : -1) * (0.07 + 0.032 * i), y + 0.004,
                          0.15 - 0.012 * i, lit, dark);
  draw_cabin (stage, layer->canvas, x, y + 0.006, s);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
  if (stage->idea.time != CS_SKETCH_DAY)
    cs_sketch_actors_add_lamp (stage, 0.5, x - 0.01, y - 0.012, 0.06, stage->palette.window, 0.35, 2.3);
}

/* A canoe with its wake: something small to look at on the quiet water. */
static void
add_canoe (CsSketchStage *stage)
{
  double s = cs_sketch_stage_has (stage, CS_SKETCH_BOAT) ? 0.11 : 0.07;
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, s * 3, s * 1.5);
  CsSketchColor hull = cs_sketch_lit (CS_SKETCH_HEX (0xb5442c),
                                      cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.6));
  CsSketchMotion motion = { .x = stage->width * (stage->sun_x < stage->width / 2 ? 0.46 : 0.54),
                            .y = stage->horizon + 0.15,
                            .speed_x = -0.014,
                            .bob_y = 0.0015,
                            .period = 2.7,
                            .swing = 0.012,
                            .depth = 0.7 };

  for (int i = 0; i < 7; i++)
    {
      cs_sketch_canvas_ellipse (c, s * (0.1 * i), s * (0.07 + 0.01 * i), s * (0.6 + 0.11 * i), s * 0.018);
      cs_sketch_canvas_set_color (c, stage->palette.water_light, 0.20);
      cairo_fill (c->cr);
    }
  cs_sketch_canvas_ellipse (c, 0, s * 0.10, s * 0.42, s * 0.07);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (hull, 0.35), 0.45);
  cairo_fill (c->cr);
  cairo_arc (c->cr, -s * 0.05, -s * 0.36, s * 0.065, 0, 2 * G_PI);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (stage->palette.shade, 0.45), 1);
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, -s * 0.12, -s * 0.3, s * 0.14, s * 0.3, s * 0.05);
  cs_sketch_canvas_set_color (
      c,
      cs_sketch_lit (stage->palette.accent, cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.6)),
      1);
  cairo_fill (c->cr);
  cairo_move_to (c->cr, -s * 0.52, -s * 0.12);
  cairo_curve_to (c->cr, -s * 0.38, s * 0.0, s * 0.38, s * 0.0, s * 0.52, -s * 0.12);
  cairo_curve_to (c->cr, s * 0.42, s * 0.10, -s * 0.42, s * 0.10, -s * 0.52, -s * 0.12);
  cs_sketch_canvas_set_vertical (c, -s * 0.12, hull, s * 0.1, cs_sketch_scale (hull, 0.5));
  cairo_fill (c->cr);
  cs_sketch_actors_add_sprite (stage, cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT), &motion);
}

/* The near shore: banks in the corners with tall firs and reeds. */
static void
add_near_shore (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 1.22);
  CsSketchCanvas *c = layer->canvas;
  CsSketchColor lit, dark;
  double w = stage->width, tall = MIN (0.42, stage->height * 0.42);

  get_fir_colors (stage, 1.2, &lit, &dark);
  dark = cs_sketch_scale (dark, 0.75);
  for (int side = 0; side < 2; side++)
    {
      double edge = side ? c->x1 : c->x0, way = side ? -1 : 1, reach = w * (side ? 0.30 : 0.36);

      for (int i = 0; i < 5; i++)
        cs_sketch_plant_pine (
            stage, c,
            edge + way * (reach * (0.08 + 0.20 * i) + cs_sketch_random_range (&stage->random, -0.02, 0.02)),
            stage->height - 0.03 + 0.012 * i,
            tall * (1.06 - 0.17 * i) * cs_sketch_random_range (&stage->random, 0.72, 1.12),
            cs_sketch_mix (dark, lit, 0.55), dark);
      cairo_move_to (c->cr, edge, c->y1);
      cairo_line_to (c->cr, edge, stage->height - 0.085);
      for (int i = 0; i <= 30; i++)
        {
          double t = i / 30.0, n = cs_sketch_noise_fbm (&stage->noise, t * 6 + side * 9, 1.5, 3);

          cairo_line_to (c->cr, edge + way * reach * 1.25 * t,
                         stage->height - 0.085 * (1 - t) + 0.03 * n + 0.03 * t * t);
        }
      cairo_line_to (c->cr, edge + way * reach * 1.4, c->y1);
      cairo_close_path (c->cr);
      cs_sketch_canvas_set_vertical (c, stage->height - 0.1, cs_sketch_mix (dark, lit, 0.4), c->y1,
                                     cs_sketch_scale (dark, 0.7));
      cairo_fill (c->cr);
      cs_sketch_plant_grass (stage, c, edge, edge + way * reach * 1.15, stage->height - 0.005, 0.06, 70,
                             cs_sketch_mix (dark, lit, 0.8), dark);
    }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* Mountains mirrored in quiet water. */
void
cs_sketch_family_draw_lake (CsSketchStage *stage)
{
  CsSketchWater water = { .roughness = 0.16 + 0.3 * (stage->idea.weather == CS_SKETCH_WIND),
                          .depth_far = 0.45,
                          .depth_near = 0.65,
                          .clearness = 0.88 };

  cs_sketch_stage_set_horizon (stage, stage->height > 1.2 ? 0.50 : 0.53);
  if (!stage->palette.is_night)
    cs_sketch_stage_set_sun (stage, stage->sun_x, MIN (stage->sun_y, stage->horizon * 0.74));
  if (cs_sketch_stage_has (stage, CS_SKETCH_AURORA))
    stage->palette.cloud_cover = 0;
  cs_sketch_sky_add (stage);
  if (stage->idea.weather == CS_SKETCH_STORM)
    cs_sketch_actors_add_lightning (stage);
  if (cs_sketch_stage_has (stage, CS_SKETCH_AURORA))
    add_aurora (stage);
  add_mountains (stage);
  cs_sketch_actors_add_birds (stage, 0.35, stage->width * 0.45, stage->horizon * 0.55, 5, 0.010);
  add_far_firs (stage);
  if (cs_sketch_stage_has (stage, CS_SKETCH_CABIN) || cs_sketch_stage_has (stage, CS_SKETCH_AURORA))
    add_cabin (stage);
  water.y = stage->horizon + 0.016;
  cs_sketch_water_add (stage, &water);
  cs_sketch_sky_add_fog (stage, stage->horizon + 0.025, 0.045, 0.5, 0.25 + 0.55 * stage->palette.haze_amount);
  add_canoe (stage);
  add_near_shore (stage);
  cs_sketch_weather_add (stage);
}
