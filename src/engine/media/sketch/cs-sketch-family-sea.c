/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-lighthouse.h"
#include "media/sketch/cs-sketch-sky.h"
#include "media/sketch/cs-sketch-terrain.h"
#include "media/sketch/cs-sketch-water.h"

static double
get_roughness (const CsSketchStage *stage)
{
  if (stage->idea.weather == CS_SKETCH_STORM)
    return 1.45;
  if (stage->idea.weather == CS_SKETCH_WIND || stage->idea.weather == CS_SKETCH_RAIN)
    return 1.1;
  return cs_sketch_lerp (0.55, 0.95, stage->idea.energy);
}

static void
add_far_coast (CsSketchStage *stage)
{
  gboolean is_left = stage->sun_x > stage->width / 2;
  CsSketchTerrain coast = { .y = stage->horizon + 0.004,
                            .height = 0.105,
                            .width = 0.30,
                            .roughness = 0.55,
                            .depth = 0.10,
                            .mist = 0.5,
                            .peak = 1.25,
                            .peak_x = stage->width * (is_left ? 0.12 : 0.90),
                            .offset = cs_sketch_random_range (&stage->random, 0, 30),
                            .color = stage->palette.rock };

  if (cs_sketch_stage_has (stage, CS_SKETCH_ISLAND))
    {
      coast.peak_x = stage->width * (is_left ? 0.33 : 0.67);
      coast.height = 0.16;
      coast.depth = 0.2;
      coast.color = cs_sketch_mix (stage->palette.rock, stage->palette.leaf, 0.55);
    }
  cs_sketch_terrain_add (stage, &coast);
}

static void
draw_sails (CsSketchStage *stage, CsSketchCanvas *c, double s)
{
  const CsSketchPalette *p = &stage->palette;
  CsSketchColor sail = cs_sketch_lit (CS_SKETCH_HEX (0xfff4e2), cs_sketch_mix (p->shade, p->light, 0.8));

  cairo_move_to (c->cr, -s * 0.02, -s * 0.86);
  cairo_curve_to (c->cr, s * 0.16, -s * 0.55, s * 0.33, -s * 0.25, s * 0.40, -s * 0.06);
  cairo_line_to (c->cr, -s * 0.02, -s * 0.06);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_sideways (c, -s * 0.02, sail, s * 0.4, cs_sketch_scale (sail, 0.74));
  cairo_fill (c->cr);
  cairo_move_to (c->cr, -s * 0.05, -s * 0.78);
  cairo_curve_to (c->cr, -s * 0.12, -s * 0.45, -s * 0.24, -s * 0.2, -s * 0.36, -s * 0.05);
  cairo_line_to (c->cr, -s * 0.05, -s * 0.05);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_sideways (c, -s * 0.36, cs_sketch_scale (sail, 0.95), 0, cs_sketch_scale (sail, 0.82));
  cairo_fill (c->cr);
  cs_sketch_canvas_set_color (c, cs_sketch_lit (CS_SKETCH_HEX (0x4b3527), p->light), 1);
  cairo_set_line_width (c->cr, s * 0.022);
  cairo_move_to (c->cr, -s * 0.035, -s * 0.92);
  cairo_line_to (c->cr, -s * 0.035, 0);
  cairo_stroke (c->cr);
}

/* A sailing boat, its water line at (0, 0), with its broken reflection below. */
static const CsSketchCanvas *
draw_boat (CsSketchStage *stage, double s)
{
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, s * 1.3, s * 2.0);
  CsSketchColor hull = cs_sketch_lit (cs_sketch_mix (stage->palette.accent, CS_SKETCH_HEX (0x5a2a22), 0.35),
                                      cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.6));

  for (int i = 0; i < 14; i++)
    {
      double y = 0.05 + i * 0.055, w = (0.42 - i * 0.022) * cs_sketch_random_range (&stage->random, 0.5, 1);

      cairo_rectangle (c->cr, -s * w + s * 0.03 * cs_sketch_random_range (&stage->random, -1, 1), s * y,
                       s * w * 2, s * 0.02);
      cs_sketch_canvas_set_color (
          c,
          i < 3 ? cs_sketch_scale (hull, 0.55)
                : cs_sketch_mix (stage->palette.water_deep, stage->palette.water_light, 0.5),
          0.42 * (1 - i / 14.0));
      cairo_fill (c->cr);
    }
  draw_sails (stage, c, s);
  cairo_move_to (c->cr, -s * 0.46, -s * 0.045);
  cairo_line_to (c->cr, s * 0.46, -s * 0.045);
  cairo_curve_to (c->cr, s * 0.42, s * 0.05, s * 0.32, s * 0.075, s * 0.26, s * 0.075);
  cairo_line_to (c->cr, -s * 0.3, s * 0.075);
  cairo_curve_to (c->cr, -s * 0.38, s * 0.07, -s * 0.43, s * 0.02, -s * 0.46, -s * 0.045);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, -s * 0.05, cs_sketch_scale (hull, 1.1), s * 0.08,
                                 cs_sketch_scale (hull, 0.5));
  cairo_fill (c->cr);
  return cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT);
}

static void
add_boat (CsSketchStage *stage, double size, double x, double down)
{
  CsSketchMotion motion = { .x = x,
                            .y = stage->horizon + down,
                            .speed_x = 0.012,
                            .bob_y = 0.004,
                            .period = 3.1,
                            .swing = 0.035,
                            .depth = 0.25 + down * 2 };

  cs_sketch_actors_add_sprite (stage, draw_boat (stage, size), &motion);
}

/* The tail of a whale, its water line at (0, 0). */
static void
add_whale (CsSketchStage *stage)
{
  double s = 0.2;
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, s * 2.4, s * 2.4);
  CsSketchColor skin = cs_sketch_lit (CS_SKETCH_HEX (0x3f4c5c),
                                      cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.5));
  CsSketchMotion motion = { .x = stage->width * 0.5,
                            .y = stage->horizon + 0.16,
                            .bob_y = 0.02,
                            .period = 5,
                            .swing = 0.06,
                            .depth = 0.6 };

  cairo_move_to (c->cr, -s * 0.13, s * 0.05);
  cairo_curve_to (c->cr, -s * 0.1, -s * 0.3, -s * 0.07, -s * 0.5, -s * 0.03, -s * 0.62);
  cairo_curve_to (c->cr, -s * 0.4, -s * 0.62, -s * 0.8, -s * 0.8, -s * 0.95, -s * 1.08);
  cairo_curve_to (c->cr, -s * 0.6, -s * 1.02, -s * 0.2, -s * 1.0, 0, -s * 0.8);
  cairo_curve_to (c->cr, s * 0.2, -s * 1.0, s * 0.6, -s * 1.02, s * 0.95, -s * 1.08);
  cairo_curve_to (c->cr, s * 0.8, -s * 0.8, s * 0.4, -s * 0.62, s * 0.03, -s * 0.62);
  cairo_curve_to (c->cr, s * 0.07, -s * 0.5, s * 0.1, -s * 0.3, s * 0.16, s * 0.05);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, -s * 1.1, cs_sketch_scale (skin, 1.3), 0, cs_sketch_scale (skin, 0.6));
  cairo_fill (c->cr);
  for (int i = 0; i < 30; i++)
    {
      double x = cs_sketch_random_range (&stage->random, -0.5, 0.5);

      cs_sketch_canvas_ellipse (c, x * s, s * (0.03 + 0.05 * fabs (x)), s * 0.09, s * 0.018);
      cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xffffff), 0.25);
      cairo_fill (c->cr);
    }
  cs_sketch_actors_add_sprite (stage, cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT), &motion);
}

/* Dark rocks in a corner, close before the camera: they give the picture its depth. */
static void
add_near_rocks (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 1.35);
  CsSketchCanvas *c = layer->canvas;
  gboolean is_left = stage->sun_x > stage->width / 2;
  double edge = is_left ? c->x0 : c->x1, way = is_left ? 1 : -1, bottom = c->y1;
  CsSketchColor rock = cs_sketch_scale (stage->palette.rock, 0.62);

  cairo_move_to (c->cr, edge, bottom);
  for (int i = 0; i <= 80; i++)
    {
      double t = i / 80.0, n = cs_sketch_noise_fbm (&stage->noise, t * 5 + 2.2, 7.7, 5);

      cairo_line_to (c->cr, edge + way * t * (0.42 * stage->width + 0.15),
                     stage->height - 0.16 * (1 - t) * (1 - t) * (1 + n) - 0.035 * n * (1 - t) + t * t * 0.12);
    }
  cairo_line_to (c->cr, edge + way * 0.6 * stage->width, bottom);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_color (c, rock, 1);
  cairo_fill (c->cr);
  cs_sketch_rock_shade (stage, c, c->x0, stage->height - 0.4, c->x1, c->y1, rock, 0.16);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* What the shader of a breaker reads. */
typedef struct
{
  const CsSketchStage *stage;
  double y, tall, offset;
} Breaker;

/* A great wave: sharp crests, light that shines through near them, foam that runs down. */
static void
shade_breaker (gconstpointer data, double x, double y, float rgba[4])
{
  const Breaker *self = data;
  const CsSketchStage *stage = self->stage;
  const CsSketchPalette *p = &stage->palette;
  double u = x * 1.9 + self->offset,
         crest = 1 - fabs (cs_sketch_noise_at (&stage->noise, u, self->offset)) * 1.5;
  double below = y - (self->y - self->tall * crest), edge = cs_sketch_clamp (below * stage->unit + 0.5, 0, 1),
         foam, n;
  CsSketchColor color;

  rgba[3] = (float) edge;
  if (edge <= 0)
    return;
  n = cs_sketch_noise_fbm (&stage->noise, x * 5 + below * 3 + self->offset, below * 14,
                           stage->look.detail > 0.4 ? 5 : 2);
  color = cs_sketch_mix (p->water_deep, p->water_light,
                         cs_sketch_step (0.16, 0.0, below) * 0.55 * crest + 0.16 + n * 0.22);
  foam = cs_sketch_step (0.10, 0.30, n + cs_sketch_step (0.07, 0.0, below) * 0.42 * (0.4 + crest) - 0.06);
  if (stage->style == CS_STYLE_ANIME)
    foam = cs_sketch_step (0.45, 0.5, foam);
  color = cs_sketch_mix (
      color, cs_sketch_lit (CS_SKETCH_HEX (0xf2f6f8), cs_sketch_mix (p->shade, p->light, 0.85)), foam * 0.8);
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
}

static void
add_breakers (CsSketchStage *stage)
{
  double room = stage->height - stage->horizon;

  for (int i = 0; i < 2; i++)
    {
      Breaker breaker = { stage, stage->horizon + room * (i ? 0.98 : 0.70), i ? 0.15 : 0.10,
                          cs_sketch_random_range (&stage->random, 0, 40) };
      CsSketchLayer *layer = cs_sketch_stage_begin_wide (stage, i ? 1.3 : 0.95, 0.03);

      cs_sketch_canvas_shade (layer->canvas, breaker.y - breaker.tall * 1.1, layer->canvas->y1, 1,
                              shade_breaker, &breaker);
      layer->sway_x = 0.03;
      layer->sway_y = 0.018;
      layer->sway_period = 2.9 + i * 0.7;
      layer->phase = i * 0.4;
      cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_WATER);
    }
}

static void
add_subjects (CsSketchStage *stage)
{
  double opposite = stage->sun_x < stage->width / 2 ? 0.62 : 0.38;

  if (cs_sketch_stage_has (stage, CS_SKETCH_LIGHTHOUSE))
    {
      add_boat (stage, 0.055, stage->width * (1 - opposite) * 0.8, 0.025);
      cs_sketch_lighthouse_add (stage);
      return;
    }
  if (cs_sketch_stage_has (stage, CS_SKETCH_WHALE))
    add_whale (stage);
  if (cs_sketch_stage_has (stage, CS_SKETCH_BOAT))
    add_boat (stage, 0.26, stage->width * opposite, 0.12);
  else if (!cs_sketch_stage_has (stage, CS_SKETCH_WHALE))
    add_boat (stage, 0.105, stage->width * opposite, 0.045);
  add_near_rocks (stage);
}

/* Open water under a great sky. */
void
cs_sketch_family_draw_sea (CsSketchStage *stage)
{
  CsSketchWater water
      = { .roughness = get_roughness (stage), .depth_far = 0.10, .depth_near = 0.6, .clearness = 0.35 };

  cs_sketch_stage_set_horizon (stage, stage->height > 1.2 ? 0.50 : 0.56);
  water.y = stage->horizon;
  cs_sketch_sky_add (stage);
  if (stage->idea.weather == CS_SKETCH_STORM)
    cs_sketch_actors_add_lightning (stage);
  add_far_coast (stage);
  cs_sketch_actors_add_birds (stage, 0.3, stage->width * 0.5, stage->horizon * 0.45,
                              cs_sketch_stage_has (stage, CS_SKETCH_BIRD) ? 14 : 5, 0.013);
  cs_sketch_water_add (stage, &water);
  if (water.roughness > 1.3)
    add_breakers (stage);
  add_subjects (stage);
  cs_sketch_weather_add (stage);
}
