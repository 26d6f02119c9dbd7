/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-family-sky.h"
#include "media/sketch/cs-sketch-sky.h"
#include "media/sketch/cs-sketch-terrain.h"

/* A bank of heaped clouds, across the whole frame or only at its sides. */
static void
add_bank (CsSketchStage *stage, double y, double size, double depth, double clear)
{
  CsSketchLayer *layer = cs_sketch_stage_begin_wide (stage, depth, 0.05);
  CsSketchCanvas *c = layer->canvas;
  CsSketchPalette kept = stage->palette, all = kept;
  gboolean is_clean = stage->style == CS_STYLE_ANIME || stage->style == CS_STYLE_3D_RENDER;

  if (stage->idea.weather == CS_SKETCH_STORM)
    {
      kept.cloud_lit = cs_sketch_scale (kept.cloud_lit, 0.62);
      kept.cloud_shade = cs_sketch_scale (kept.cloud_shade, 0.55);
    }
  stage->palette.cloud_lit
      = cs_sketch_stage_haze (stage, cs_sketch_mix (kept.cloud_lit, kept.cloud_shade, 0.12), depth);
  stage->palette.cloud_shade = cs_sketch_stage_haze (stage, kept.cloud_shade, depth);
  for (double x = c->x0; x < c->x1 + size; x += size * cs_sketch_random_range (&stage->random, 0.5, 0.9))
    {
      double aside = fabs (x - stage->width / 2) / (stage->width / 2);

      if (aside >= clear)
        cs_sketch_cumulus_draw (stage, c, x,
                                y + size * (0.55 - 0.25 * (clear > 0 ? aside : 0.5))
                                    + cs_sketch_random_range (&stage->random, -0.1, 0.2) * size,
                                size * cs_sketch_random_range (&stage->random, 0.7, 1.2));
    }
  stage->palette = all;
  if (!is_clean)
    cs_sketch_canvas_blur (c, size * 0.045);
  layer->drift_x = 0.006 * (0.5 + depth);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_CLOUDS);
}

/* A break in the storm: cold and warm light behind what flies there. */
static void
add_storm_glow (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0.08);
  double w = stage->width, h = stage->height;

  cs_sketch_canvas_glow (layer->canvas, w * 0.5, h * 0.46, 0.62 * w, 0.40 * h, CS_SKETCH_HEX (0x5a48b0),
                         0.55);
  cs_sketch_canvas_glow (layer->canvas, w * (0.5 + 0.22 * stage->look.light_x), h * 0.70, 0.45 * w, 0.24 * h,
                         CS_SKETCH_HEX (0xff8a4a), 0.62);
  layer->pulse = 0.22;
  layer->pulse_period = 3.1;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
}

static void
add_land (CsSketchStage *stage)
{
  double y = stage->horizon;
  gboolean is_snowy = stage->idea.weather == CS_SKETCH_SNOW;
  CsSketchTerrain land[] = {
    { .y = y + 0.01,
      .height = 0.20,
      .width = 0.35,
      .roughness = 0.75,
      .depth = 0.10,
      .mist = 0.7,
      .peak = 0.8,
      .peak_x = stage->width - stage->sun_x,
      .offset = 6,
      .snow = is_snowy ? 0.8 : 0.35,
      .color = stage->palette.rock },
    { .y = y + 0.10,
      .height = 0.15,
      .width = 0.45,
      .roughness = 0.6,
      .depth = 0.26,
      .mist = 0.35,
      .offset = 14,
      .snow = is_snowy ? 0.6 : 0,
      .color = cs_sketch_mix (stage->palette.rock, stage->palette.leaf, 0.6) },
  };

  cs_sketch_terrain_add (stage, &land[0]);
  cs_sketch_sky_add_fog (stage, y, 0.12, 0.16, 0.6);
  cs_sketch_terrain_add (stage, &land[1]);
}

static void
trace_envelope (cairo_t *cr, double s)
{
  cairo_move_to (cr, 0, -s * 0.95);
  cairo_curve_to (cr, s * 0.56, -s * 0.95, s * 0.80, -s * 0.40, s * 0.56, s * 0.05);
  cairo_curve_to (cr, s * 0.42, s * 0.32, s * 0.22, s * 0.44, s * 0.15, s * 0.58);
  cairo_line_to (cr, -s * 0.15, s * 0.58);
  cairo_curve_to (cr, -s * 0.22, s * 0.44, -s * 0.42, s * 0.32, -s * 0.56, s * 0.05);
  cairo_curve_to (cr, -s * 0.80, -s * 0.40, -s * 0.56, -s * 0.95, 0, -s * 0.95);
  cairo_close_path (cr);
}

static void
draw_envelope (CsSketchStage *stage, CsSketchCanvas *c, double s)
{
  static const guint32 dyes[][2] = { { 0xd8402f, 0xf8e2b8 },
                                     { 0x2f6fc0, 0xf8d060 },
                                     { 0xe8902a, 0x7a2a5a },
                                     { 0x2a9a8a, 0xf4ecd8 },
                                     { 0x8a3aa0, 0xf0a0b8 } };
  const guint32 *pick = dyes[cs_sketch_random_int (&stage->random, G_N_ELEMENTS (dyes))];
  CsSketchColor light = cs_sketch_mix (cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.9),
                                       CS_SKETCH_HEX (0xffffff), 0.15);
  cairo_pattern_t *dark = cairo_pattern_create_linear (-s * 0.72, 0, s * 0.72, 0);
  double side = stage->look.light_x;

  cairo_save (c->cr);
  trace_envelope (c->cr, s);
  cairo_clip (c->cr);
  for (int i = 9; i >= 0; i--)
    {
      cs_sketch_canvas_ellipse (
          c, 0, -s * 0.22, s * 0.70 * sin (G_PI / 2 * (i + 0.6) / 9.6) + (i == 9 ? s * 0.2 : 0), s * 1.3);
      cs_sketch_canvas_set_color (c, cs_sketch_lit (CS_SKETCH_HEX (pick[i % 2]), light), 1);
      cairo_fill (c->cr);
    }
  cairo_rectangle (c->cr, -s, -s * 0.02, s * 2, s * 0.11);
  cs_sketch_canvas_set_color (c, cs_sketch_lit (CS_SKETCH_HEX (pick[0]), cs_sketch_scale (light, 0.75)), 1);
  cairo_fill (c->cr);
  cairo_pattern_add_color_stop_rgba (dark, side > 0 ? 1 : 0, 1, 0.96, 0.85, 0.30);
  cairo_pattern_add_color_stop_rgba (dark, side > 0 ? 0.66 : 0.34, 1, 0.96, 0.85, 0);
  cairo_pattern_add_color_stop_rgba (dark, side > 0 ? 0.5 : 0.5, 0.06, 0.03, 0.14, 0.06);
  cairo_pattern_add_color_stop_rgba (dark, side > 0 ? 0 : 1, 0.06, 0.03, 0.14, 0.58);
  cairo_set_source (c->cr, dark);
  cairo_paint (c->cr);
  cairo_pattern_destroy (dark);
  cairo_restore (c->cr);
}

/* A hot air balloon. @size: half of its height. */
void
cs_sketch_balloon_add (CsSketchStage *stage, double x, double y, double size, double depth)
{
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, size * 1.8, size * 2.6);
  CsSketchColor wood = cs_sketch_lit (CS_SKETCH_HEX (0x9a6a3c),
                                      cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.7));
  CsSketchMotion motion = { .x = x,
                            .y = y,
                            .speed_x = 0.006 * depth,
                            .speed_y = -0.004,
                            .bob_y = 0.010,
                            .period = cs_sketch_random_range (&stage->random, 5, 8),
                            .swing = 0.02,
                            .depth = depth,
                            .phase = cs_sketch_random_double (&stage->random) };
  double s = size;

  draw_envelope (stage, c, s);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (wood, 0.5), 1);
  cairo_set_line_width (c->cr, s * 0.012);
  for (int i = -1; i <= 1; i++)
    {
      cairo_move_to (c->cr, i * s * 0.14, s * 0.56);
      cairo_line_to (c->cr, i * s * 0.10, s * 0.84);
    }
  cairo_stroke (c->cr);
  cs_sketch_canvas_glow (c, 0, s * 0.60, s * 0.16, s * 0.20, CS_SKETCH_HEX (0xffb040),
                         stage->idea.time == CS_SKETCH_DAY ? 0.5 : 1);
  cs_sketch_canvas_round_box (c, -s * 0.13, s * 0.82, s * 0.26, s * 0.19, s * 0.04);
  cs_sketch_canvas_set_sideways (c, -s * 0.13, cs_sketch_scale (wood, stage->look.light_x < 0 ? 1.2 : 0.55),
                                 s * 0.13, cs_sketch_scale (wood, stage->look.light_x < 0 ? 0.55 : 1.2));
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, -s * 0.145, s * 0.81, s * 0.29, s * 0.035, s * 0.015);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (wood, 0.7), 1);
  cairo_fill (c->cr);
  if (stage->idea.time != CS_SKETCH_DAY)
    cs_sketch_canvas_glow (c, 0, s * 0.15, s * 0.55, s * 0.6, CS_SKETCH_HEX (0xff9a40), 0.34);
  cs_sketch_actors_add_sprite (
      stage,
      cs_sketch_stage_end_sprite (stage, c, depth > 0.7 ? CS_SKETCH_KIND_SUBJECT : CS_SKETCH_KIND_SCENERY),
      &motion);
}

static void
add_balloons (CsSketchStage *stage)
{
  double w = stage->width, h = stage->height, way = stage->look.light_x;

  cs_sketch_balloon_add (stage, w * (0.5 + way * 0.36), h * 0.58, 0.065, 0.25);
  cs_sketch_balloon_add (stage, w * (0.5 + way * 0.14), h * 0.68, 0.048, 0.22);
  cs_sketch_balloon_add (stage, w * (0.5 + way * 0.27), h * 0.30, 0.120, 0.5);
  cs_sketch_balloon_add (stage, w * (0.5 - way * 0.38), h * 0.62, 0.085, 0.4);
  add_bank (stage, h * 0.92, 0.22, 0.6, 0);
  cs_sketch_balloon_add (stage, w * (0.5 - way * 0.10), h * 0.44, 0.30, 1);
}

/* High in the air: a dragon, balloons or a great flock, over far mountains. */
void
cs_sketch_family_draw_sky (CsSketchStage *stage)
{
  double w = stage->width, h = stage->height;
  gboolean has_dragon = cs_sketch_stage_has (stage, CS_SKETCH_DRAGON);

  cs_sketch_stage_set_horizon (stage, 0.84);
  if (stage->idea.weather == CS_SKETCH_STORM)
    {
      stage->palette.cloud_lit = cs_sketch_scale (stage->palette.cloud_lit, 0.85);
      stage->palette.haze = cs_sketch_scale (stage->palette.haze, 0.6);
    }
  cs_sketch_sky_add (stage);
  if (stage->idea.weather == CS_SKETCH_STORM)
    {
      add_storm_glow (stage);
      cs_sketch_actors_add_lightning (stage);
    }
  add_land (stage);
  cs_sketch_actors_add_birds (stage, 0.3, w * 0.7, h * 0.36, has_dragon ? 0 : 7, 0.012);
  if (has_dragon)
    {
      add_bank (stage, h * 0.93, 0.20, 0.5, 0);
      cs_sketch_dragon_add (stage, w * 0.5, h * 0.48, MIN (0.52, w * 0.40));
    }
  else if (cs_sketch_stage_has (stage, CS_SKETCH_BIRD))
    {
      add_bank (stage, h * 0.93, 0.20, 0.5, 0);
      cs_sketch_actors_add_birds (stage, 0.7, w * 0.5, h * 0.45, 11, 0.032);
      cs_sketch_actors_add_birds (stage, 1, w * 0.5, h * 0.42, 3, 0.085);
    }
  else
    add_balloons (stage);
  add_bank (stage, h * 1.05, 0.26, 1.3, 0.45);
  cs_sketch_weather_add (stage);
}
