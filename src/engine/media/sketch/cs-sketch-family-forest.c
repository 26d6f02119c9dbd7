/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-sky.h"
#include "media/sketch/cs-sketch-terrain.h"
#include "media/sketch/cs-sketch-trees.h"
#include "media/sketch/cs-sketch-figures.h"

/* Which wood it is, with what its painters share: a plain value on the stack. */
typedef struct
{
  CsSketchStage *stage;
  gboolean is_jungle, is_autumn, is_pine, is_snowy;
  double path_x, ground, light;
} Wood;

static CsSketchColor
choose_leaf (const Wood *self)
{
  static const guint32 autumn[] = { 0xd8781e, 0xc24a1c, 0xe2a52a, 0xa83a20, 0xcf9030 };
  static const guint32 jungle[] = { 0x2f7a38, 0x3f8f34, 0x1f6a48, 0x5a9a30 };
  static const guint32 summer[] = { 0x4f8a3c, 0x66983a, 0x3f7a44, 0x7fa040 };
  const guint32 *from = self->is_autumn ? autumn : self->is_jungle ? jungle : summer;

  if (self->is_pine)
    return CS_SKETCH_HEX (0x3a6650);
  return CS_SKETCH_HEX (from[cs_sketch_random_int (&self->stage->random, 4)]);
}

static CsSketchColor
get_floor (const Wood *self)
{
  if (self->is_snowy)
    return CS_SKETCH_HEX (0xe6edf5);
  return self->is_autumn   ? CS_SKETCH_HEX (0xa0622c)
         : self->is_jungle ? CS_SKETCH_HEX (0x3f6a34)
                           : CS_SKETCH_HEX (0x566b38);
}

/* The light that fills the far end of the wood. */
static void
add_glow (const Wood *self)
{
  CsSketchStage *stage = self->stage;
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0.06);
  CsSketchColor warm = cs_sketch_mix (stage->palette.sun, stage->palette.sky_low, 0.4);
  double h = stage->height;

  cs_sketch_canvas_glow (layer->canvas, self->path_x, self->ground - 0.16 * h, 0.75, 0.62 * h, warm,
                         0.55 * self->light);
  cs_sketch_canvas_glow (layer->canvas, self->path_x, self->ground - 0.10 * h, 0.28, 0.30 * h, warm,
                         0.40 * self->light);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
}

static void
draw_row_tree (const Wood *self, CsSketchCanvas *canvas, double x, double foot, double depth)
{
  CsSketchStage *stage = self->stage;
  CsSketchTree tree = {
    .x = x, .foot = foot, .depth = depth, .snow = self->is_snowy ? 0.8 : 0, .color = choose_leaf (self)
  };
  double tall = cs_sketch_random_range (&stage->random, 0.75, 1.25) * sqrt (stage->height);

  tree.kind = self->is_pine ? (cs_sketch_random_chance (&stage->random, 0.62) ? CS_SKETCH_TREE_PINE
                                                                              : CS_SKETCH_TREE_FIR)
              : self->is_jungle && cs_sketch_random_chance (&stage->random, 0.38) ? CS_SKETCH_TREE_PALM
                                                                                  : CS_SKETCH_TREE_LEAFY;
  tree.height = tall * cs_sketch_lerp (0.34, 0.95, depth)
                * (tree.kind == CS_SKETCH_TREE_FIR    ? 0.62
                   : tree.kind == CS_SKETCH_TREE_PINE ? 1.25
                                                      : 0.92);
  cs_sketch_tree_draw (stage, canvas, &tree);
}

/* The ground a row stands on, lower where the path passes. */
static void
fill_hump (const Wood *self, CsSketchCanvas *c, double depth, double foot, double clear, CsSketchColor floor)
{
  cairo_move_to (c->cr, c->x0, c->y1);
  for (int i = 0; i <= 90; i++)
    {
      double x = cs_sketch_lerp (c->x0, c->x1, i / 90.0),
             near = exp (-pow ((x - self->path_x) / (clear * 1.6 + 0.05), 2));

      cairo_line_to (c->cr, x,
                     foot + 0.02 * near
                         - 0.022 * (1 - near)
                               * (0.5 + cs_sketch_noise_fbm (&self->stage->noise, x * 4.5, depth * 13, 3)));
    }
  cairo_line_to (c->cr, c->x1, c->y1);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, foot - 0.02, floor, foot + 0.10, cs_sketch_scale (floor, 0.7));
  cairo_fill (c->cr);
}

/* One row of trees on its hump of ground; none stands on the path. */
static void
add_row (const Wood *self, double depth, double foot, double gap, double clear)
{
  CsSketchStage *stage = self->stage;
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, depth);
  CsSketchCanvas *c = layer->canvas;
  CsSketchColor floor = cs_sketch_stage_haze (
      stage,
      cs_sketch_lit (get_floor (self), cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.4)),
      depth);

  for (double x = c->x0 - gap / 2; x < c->x1 + gap / 2;
       x += gap * cs_sketch_random_range (&stage->random, 0.55, 1.35))
    if (fabs (x - self->path_x) > clear)
      draw_row_tree (self, c, x, foot + 0.012 * cs_sketch_noise_at (&stage->noise, x * 5, depth * 9), depth);
  if (depth < 0.6)
    fill_hump (self, c, depth, foot, clear, floor);
  for (double x = c->x0; x < c->x1; x += 0.035 + 0.05 * depth)
    {
      CsSketchColor bush = cs_sketch_stage_haze (
          stage,
          cs_sketch_lit (choose_leaf (self),
                         cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.35)),
          depth);

      if (fabs (x - self->path_x) > clear * 0.7)
        cs_sketch_fern_draw (stage, c, x + cs_sketch_random_range (&stage->random, -0.02, 0.02), foot + 0.006,
                             0.030 + 0.075 * depth,
                             self->is_snowy ? cs_sketch_mix (bush, CS_SKETCH_HEX (0xffffff), 0.6) : bush);
    }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* The floor: a path that comes from the light, fallen leaves, pools of sun. */
static void
shade_floor (gconstpointer data, double x, double y, float rgba[4])
{
  const Wood *self = data;
  const CsSketchStage *stage = self->stage;
  const CsSketchPalette *p = &stage->palette;
  double v = y - self->ground, range = MAX (stage->height - self->ground, 0.05),
         s = cs_sketch_clamp (v / range, 0, 1.2);
  double bend = 0.10 * sin (s * 3.4 + 0.6) * s, across = x - self->path_x - bend, along = log (v + 0.03);
  double n = cs_sketch_noise_fbm (&stage->noise, across / (v + 0.10) * 1.6, along * 7, 4);
  double fine = stage->look.detail > 0.3
                    ? cs_sketch_noise_at (&stage->noise, across / (v + 0.08) * 16, along * 60)
                    : 0;
  double half = 0.035 + 0.36 * s,
         on_path = cs_sketch_step (half * 1.25, half * 0.72, fabs (across) + n * half * 0.35);
  double sun = cs_sketch_step (0.0, 0.42, n + 0.12) * exp (-pow (across / (0.22 + 0.7 * s), 2)) * self->light;
  CsSketchColor path
      = self->is_snowy ? CS_SKETCH_HEX (0xcfdbe8) : cs_sketch_mix (p->earth, CS_SKETCH_HEX (0xc9a878), 0.6),
      color;

  color = cs_sketch_mix (cs_sketch_scale (get_floor (self), 0.85 + 0.35 * n + 0.3 * fine),
                         cs_sketch_scale (path, 1 + 0.18 * fine), on_path);
  color = cs_sketch_lit (color, cs_sketch_mix (cs_sketch_scale (p->shade, 0.9), p->light, 0.42 + 0.6 * sun));
  color = cs_sketch_add (color, p->sun, sun * 0.10);
  color = cs_sketch_mix (color, p->haze, 0.62 * exp (-v * 10) * (0.5 + 0.6 * p->haze_amount));
  color = cs_sketch_scale (color, 1 - 0.35 * cs_sketch_step (0.55, 1.1, s));
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
  rgba[3] = v < 0 ? 0 : 1;
}

static void
add_floor (const Wood *self)
{
  CsSketchStage *stage = self->stage;
  CsSketchLayer *layer = cs_sketch_stage_begin_plane (stage, self->ground, 0.62, 1.3);

  cs_sketch_canvas_shade (layer->canvas, self->ground, layer->canvas->y1, 1, shade_floor, self);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* Shafts of light through the leaves, from above on the side of the sun. */
static void
shade_rays (gconstpointer data, double x, double y, float rgba[4])
{
  const Wood *self = data;
  const CsSketchStage *stage = self->stage;
  double sx = self->path_x + stage->look.light_x * 0.42, sy = -0.25 * stage->height;
  double a = atan2 (x - sx, y - sy), d = hypot (x - sx, y - sy) / stage->height;
  double n = cs_sketch_noise_fbm (&stage->noise, a * 11, 2.5, 2), ray = cs_sketch_step (-0.06, 0.34, n);
  double toward = a + stage->look.light_x * 0.36, fan = exp (-toward * toward * 3.2);

  rgba[0] = stage->palette.sun.r;
  rgba[1] = stage->palette.sun.g * 0.97f;
  rgba[2] = stage->palette.sun.b * 0.80f;
  rgba[3] = (float) (ray * fan * 0.62 * self->light * cs_sketch_step (1.45, 0.35, d));
}

static void
add_rays (const Wood *self, double depth)
{
  CsSketchStage *stage = self->stage;
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, depth);

  cs_sketch_canvas_shade (layer->canvas, layer->canvas->y0, layer->canvas->y1, 4, shade_rays, self);
  layer->sway_x = 0.012;
  layer->sway_period = 9;
  layer->pulse = 0.16;
  layer->pulse_period = 5;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
}

/* What is close before the camera: dark trunks at the sides, ferns or great leaves below. */
static void
add_near (const Wood *self)
{
  CsSketchStage *stage = self->stage;
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 1.35);
  CsSketchCanvas *c = layer->canvas;
  CsSketchColor dark
      = cs_sketch_lit (cs_sketch_scale (self->is_pine ? CS_SKETCH_HEX (0x31503f) : choose_leaf (self), 0.42),
                       cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.3));

  for (int side = -1; side <= 1; side += 2)
    {
      double x = side < 0 ? -0.02 : stage->width + 0.02;
      CsSketchTree tree = { CS_SKETCH_TREE_PINE,
                            x,
                            stage->height + 0.10,
                            stage->height * 1.5 + 0.6,
                            1.3,
                            self->is_snowy ? 0.6 : 0,
                            cs_sketch_scale (choose_leaf (self), 0.5) };

      cs_sketch_tree_draw (stage, c, &tree);
    }
  for (double x = c->x0; x < c->x1; x += 0.085)
    {
      double aside = fabs (x - stage->width / 2) / (stage->width / 2), size = 0.05 + 0.13 * aside * aside;

      cs_sketch_fern_draw (stage, c, x, stage->height + 0.055, size * (self->is_jungle ? 1.7 : 1.2),
                           self->is_snowy ? cs_sketch_mix (dark, CS_SKETCH_HEX (0xdfe8f2), 0.55) : dark);
    }
  if (self->is_jungle)
    for (int i = 0; i < 9; i++)
      cs_sketch_frond_draw (stage, c, i % 2 ? c->x0 : c->x1,
                            cs_sketch_random_range (&stage->random, c->y0, 0.32 * stage->height),
                            i % 2 ? cs_sketch_random_range (&stage->random, -0.3, 0.6)
                                  : G_PI + cs_sketch_random_range (&stage->random, -0.6, 0.3),
                            cs_sketch_random_range (&stage->random, 0.25, 0.42),
                            cs_sketch_scale (dark, cs_sketch_random_range (&stage->random, 0.7, 1.2)));
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

static void
add_life (const Wood *self)
{
  CsSketchStage *stage = self->stage;
  double area = stage->width * stage->height;

  if (stage->palette.is_night)
    cs_sketch_actors_add_particles (stage, CS_SKETCH_FIREFLIES, (int) (120 * area), CS_SKETCH_HEX (0xe8ff7a));
  else if (self->is_autumn)
    cs_sketch_actors_add_particles (stage, CS_SKETCH_PETALS, (int) (30 * area), CS_SKETCH_HEX (0xd8782a));
  else if (!self->is_snowy)
    cs_sketch_actors_add_particles (stage, CS_SKETCH_DUST, (int) (60 * area),
                                    cs_sketch_mix (stage->palette.sun, CS_SKETCH_HEX (0xfff2c0), 0.5));
}

static void
add_rows (const Wood *self)
{
  CsSketchStage *stage = self->stage;
  double y = self->ground, mist = 0.45 + 0.4 * stage->palette.haze_amount;

  add_row (self, 0.12, y - 0.055, 0.050, 0.02);
  cs_sketch_sky_add_fog (stage, y - 0.09, 0.22, 0.16, mist);
  add_row (self, 0.24, y - 0.040, 0.085, 0.045);
  cs_sketch_sky_add_fog (stage, y - 0.06, 0.18, 0.30, mist * 0.8);
  add_row (self, 0.42, y - 0.018, 0.150, 0.085);
  add_rays (self, 0.5);
}

/* A wood with a path into the light: pines, leafy trees, autumn or the tropics. */
void
cs_sketch_family_draw_forest (CsSketchStage *stage)
{
  static const guint autumn_chance = 4;
  Wood wood = { .stage = stage,
                .is_jungle = cs_sketch_stage_has (stage, CS_SKETCH_JUNGLE)
                             || cs_sketch_stage_has (stage, CS_SKETCH_PALM),
                .is_snowy = stage->idea.weather == CS_SKETCH_SNOW };
  guint32 pick = cs_sketch_hash ((guint32) stage->seed, 77) % 10;

  wood.is_autumn = !wood.is_jungle && !wood.is_snowy
                   && (cs_sketch_stage_has (stage, CS_SKETCH_AUTUMN)
                       || (stage->idea.time == CS_SKETCH_SUNSET && pick < autumn_chance));
  wood.is_pine = !wood.is_jungle && !wood.is_autumn
                 && (wood.is_snowy || stage->idea.weather == CS_SKETCH_FOG || pick < 5);
  cs_sketch_stage_set_horizon (stage, 0.70);
  stage->palette.haze_amount = MAX (stage->palette.haze_amount, 0.42);
  cs_sketch_stage_set_sun (stage, stage->sun_x, stage->horizon * 0.25);
  wood.path_x = stage->width * (stage->sun_x < stage->width / 2 ? 0.46 : 0.54);
  wood.ground = stage->horizon;
  wood.light = (stage->palette.is_night ? 0.45 : 1)
               * cs_sketch_lerp (1, 0.45, cs_sketch_step (0.6, 1, stage->palette.cloud_cover));
  if (stage->palette.cloud_cover < 0.7)
    stage->palette.cloud_cover = 0;
  cs_sketch_sky_add (stage);
  add_glow (&wood);
  cs_sketch_actors_add_birds (stage, 0.2, wood.path_x, stage->height * 0.22, 5, 0.012);
  add_rows (&wood);
  add_floor (&wood);
  add_row (&wood, 0.72, stage->horizon + 0.065, 0.36, 0.34);
  cs_sketch_figure_add_deer (stage, wood.path_x + 0.05 * stage->look.light_x, stage->horizon + 0.135, 0.22);
  add_near (&wood);
  add_life (&wood);
  cs_sketch_weather_add (stage);
}
