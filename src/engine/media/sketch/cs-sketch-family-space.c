/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-family-space.h"
#include "media/sketch/cs-sketch-terrain.h"

/* What the shader of a planet reads: a plain value on the stack. */
typedef struct
{
  const CsSketchStage *stage;
  double x, y, r, tilt, offset;
  CsSketchColor a, b, c, air;
  int look; /* 0 bands, 1 land and sea, 2 rock */
} Planet;

static const guint32 nebulas[][3] = { { 0x5a2a9a, 0x1f4fa8, 0xd04a9a },
                                      { 0x1a5a8a, 0x2a8a9a, 0x7a4ad0 },
                                      { 0x8a2a5a, 0x4a2a9a, 0xe8884a },
                                      { 0x2a3a9a, 0x7a2a8a, 0x3ac0c8 } };

static void
shade_nebula (gconstpointer data, double x, double y, float rgba[4])
{
  const CsSketchStage *stage = data;
  const CsSketchNoise *n = &stage->noise;
  const guint32 *colors = nebulas[cs_sketch_hash ((guint32) stage->seed, 15) % G_N_ELEMENTS (nebulas)];
  double u = x * 1.15, v = y * 1.15, wx = cs_sketch_noise_fbm (n, u + 5, v, 3),
         wy = cs_sketch_noise_fbm (n, u, v + 9, 3);
  double a = cs_sketch_noise_fbm (n, u + wx * 1.1, v + wy * 1.1, 5),
         b = cs_sketch_noise_fbm (n, u * 0.8 + 20 - wy, v * 0.8 + wx, 4);
  double band = exp (-pow ((y - stage->height * 0.5 + (x - stage->width * 0.5) * 0.55 * stage->look.light_x)
                               / (0.42 * stage->height),
                           2));
  double body = cs_sketch_step (-0.25, 0.55, a) * (0.30 + 0.85 * band),
         hot = cs_sketch_step (0.12, 0.6, b) * body;
  CsSketchColor color = cs_sketch_mix (CS_SKETCH_HEX (0x05060f), CS_SKETCH_HEX (0x0c1030), band);

  color = cs_sketch_add (color, CS_SKETCH_HEX (colors[0]), body * 0.85);
  color = cs_sketch_add (color, CS_SKETCH_HEX (colors[1]), cs_sketch_step (-0.1, 0.5, -b) * body * 0.75);
  color = cs_sketch_add (color, CS_SKETCH_HEX (colors[2]), hot * 0.95);
  color = cs_sketch_scale (
      color,
      1 - 0.55 * cs_sketch_step (0.1, 0.5, cs_sketch_noise_fbm (n, u * 1.7 + 40, v * 1.7 + wx, 4)) * band);
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
}

static void
draw_stars (CsSketchStage *stage, CsSketchCanvas *c, int n, double size)
{
  for (int i = 0; i < n; i++)
    {
      double x = cs_sketch_random_range (&stage->random, c->x0, c->x1),
             y = cs_sketch_random_range (&stage->random, c->y0, c->y1);
      double m = cs_sketch_random_double (&stage->random), r = size * (0.0014 + 0.0042 * m * m * m * m);
      CsSketchColor color = cs_sketch_mix (CS_SKETCH_HEX (0xaecbff), CS_SKETCH_HEX (0xffe2b8),
                                           cs_sketch_random_double (&stage->random));

      cs_sketch_canvas_glow (c, x, y, r, r, color, 0.35 + 0.9 * m);
      if (m > 0.985)
        {
          cs_sketch_canvas_glow (c, x, y, r * 4.5, r * 0.45, color, 0.8);
          cs_sketch_canvas_glow (c, x, y, r * 0.45, r * 4.5, color, 0.8);
          cs_sketch_canvas_glow (c, x, y, r * 4, r * 4, color, 0.22);
        }
    }
}

static void
add_deep (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0);
  double area = stage->width * stage->height;

  cs_sketch_canvas_shade (layer->canvas, layer->canvas->y0, layer->canvas->y1, 3, shade_nebula, stage);
  draw_stars (stage, layer->canvas, (int) (620 * area), 1);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SKY);
  cs_sketch_actors_add_twinkle (stage, 0.08, 0, 0, stage->width, stage->height, (int) (44 * area),
                                CS_SKETCH_HEX (0xdfe8ff));
}

static CsSketchColor
get_surface (const Planet *self, double u, double v)
{
  const CsSketchNoise *n = &self->stage->noise;
  double o = self->offset;

  if (self->look == 0)
    {
      double wave = cs_sketch_noise_fbm (n, u * 1.6 + o, v * 3 + o, 4),
             band = cs_sketch_noise_fbm (n, o, v * 4.2 + wave * 0.35, 4);
      CsSketchColor color = cs_sketch_mix (self->a, self->b, cs_sketch_step (-0.4, 0.4, band));

      return cs_sketch_mix (color, self->c,
                            cs_sketch_step (0.1, 0.6, cs_sketch_noise_fbm (n, u * 0.8 + o, v * 10 + wave, 3))
                                * 0.7);
    }
  if (self->look == 1)
    {
      double land = cs_sketch_noise_fbm (n, u * 2 + o, v * 2 + o, 6),
             cloud = cs_sketch_noise_fbm (n, u * 2.4 + o + 30, v * 4.5 + land, 5);
      CsSketchColor color
          = cs_sketch_mix (self->a, cs_sketch_mix (self->b, self->c, cs_sketch_step (0.1, 0.4, land)),
                           cs_sketch_step (0.0, 0.05, land));

      return cs_sketch_mix (color, CS_SKETCH_HEX (0xffffff), cs_sketch_step (0.02, 0.38, cloud) * 0.85);
    }
  return cs_sketch_scale (
      cs_sketch_mix (self->a, self->b,
                     cs_sketch_step (-0.3, 0.3, cs_sketch_noise_fbm (n, u * 2 + o, v * 2, 6))),
      0.75 + 0.55 * cs_sketch_noise_cells (n, u * 3.2 + o, v * 3.2));
}

/* A ball in the light of a far sun: surface, terminator, and the air at its edge. */
static void
shade_planet (gconstpointer data, double x, double y, float rgba[4])
{
  const Planet *self = data;
  double dx = (x - self->x) / self->r, dy = (y - self->y) / self->r, d = sqrt (dx * dx + dy * dy), z, day,
         ct = cos (self->tilt), st = sin (self->tilt);
  double lx = self->stage->look.light_x * 0.72, ly = -0.48, lz = 0.50, px = dx * ct + dy * st,
         py = -dx * st + dy * ct;
  CsSketchColor color;

  rgba[3] = 0;
  if (d > 1.12)
    return;
  if (d > 1)
    {
      double rim = (1.12 - d) / 0.12, side = cs_sketch_step (-0.35, 0.9, (dx * lx + dy * ly) / d);

      rgba[0] = self->air.r;
      rgba[1] = self->air.g;
      rgba[2] = self->air.b;
      rgba[3] = (float) (rim * rim * rim * side * 0.65);
      return;
    }
  z = sqrt (MAX (1 - d * d, 0));
  day = cs_sketch_step (-0.10, 0.85, dx * lx + dy * ly + z * lz);
  if (self->stage->style == CS_STYLE_ANIME)
    day = 0.7 * cs_sketch_step (0.28, 0.34, day) + 0.3 * cs_sketch_step (0.62, 0.68, day);
  color = cs_sketch_scale (get_surface (self, px / (0.55 + 0.45 * z), py), 0.045 + 1.05 * day);
  color = cs_sketch_add (color, self->air, pow (1 - z, 2.6) * (0.06 + 0.75 * day));
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
  rgba[3] = 1;
}

/* One half of the rings: @way -1 the part behind the planet, 1 the part before it. */
static void
draw_rings (const Planet *self, CsSketchCanvas *c, double way)
{
  cairo_save (c->cr);
  cairo_translate (c->cr, self->x, self->y);
  cairo_rotate (c->cr, self->tilt);
  cairo_rectangle (c->cr, -self->r * 3, way > 0 ? 0 : -self->r * 3, self->r * 6, self->r * 3);
  cairo_clip (c->cr);
  cairo_scale (c->cr, 1, 0.26);
  for (int i = 0; i < 46; i++)
    {
      double t = i / 45.0, d = self->r * cs_sketch_lerp (1.34, 2.12, t),
             n = cs_sketch_noise_fbm (&self->stage->noise, t * 9 + self->offset, 3.1, 3);
      double gap = fabs (t - 0.62) < 0.04 ? 0.12 : 1;

      cairo_set_line_width (c->cr, self->r * 0.0195);
      cairo_arc (c->cr, 0, 0, d, 0, 2 * G_PI);
      cs_sketch_canvas_set_color (
          c,
          cs_sketch_scale (cs_sketch_mix (self->b, CS_SKETCH_HEX (0xfff0d8), 0.35 + 0.5 * n),
                           0.62 + 0.3 * way * 0.5 + 0.3 * n),
          cs_sketch_clamp (0.55 + 0.8 * n, 0.1, 0.95) * gap * cs_sketch_step (0, 0.1, t)
              * cs_sketch_step (1, 0.92, t));
      cairo_stroke (c->cr);
    }
  cairo_restore (c->cr);
}

static Planet
choose_planet (CsSketchStage *stage, double x, double y, double r)
{
  static const guint32 kinds[][4] = { { 0xe8b27a, 0xa8623e, 0xf8e4c0, 0xffd0a0 },
                                      { 0x1f4f9a, 0x3f7a3c, 0xb89a5c, 0x7fc0ff },
                                      { 0xb8502e, 0x7a3020, 0xe08a4a, 0xff9a6a },
                                      { 0x4a8ad0, 0x2a4f9a, 0xb0e4f8, 0x90d0ff },
                                      { 0x9a7ad8, 0x5a3a9a, 0xf0c0e8, 0xd8a8ff } };
  static const int looks[] = { 0, 1, 2, 0, 0 };
  int i = cs_sketch_random_int (&stage->random, G_N_ELEMENTS (kinds));

  return (Planet){ stage,
                   x,
                   y,
                   r,
                   cs_sketch_random_range (&stage->random, -0.42, 0.42),
                   cs_sketch_random_range (&stage->random, 0, 40),
                   CS_SKETCH_HEX (kinds[i][0]),
                   CS_SKETCH_HEX (kinds[i][1]),
                   CS_SKETCH_HEX (kinds[i][2]),
                   CS_SKETCH_HEX (kinds[i][3]),
                   looks[i] };
}

static void
add_planet (CsSketchStage *stage, double x, double y, double r, double depth, gboolean has_rings)
{
  Planet planet = choose_planet (stage, x, y, r);
  double reach = has_rings ? 2.2 : 1.14;
  CsSketchLayer *layer
      = cs_sketch_stage_begin_part (stage, depth, x - r * reach, y - r * MAX (reach * 0.65, 1.14),
                                    x + r * reach, y + r * MAX (reach * 0.65, 1.14));

  if (has_rings)
    draw_rings (&planet, layer->canvas, -1);
  cs_sketch_canvas_shade_box (layer->canvas, x - r * 1.13, y - r * 1.13, x + r * 1.13, y + r * 1.13, 1,
                              shade_planet, &planet);
  if (has_rings)
    draw_rings (&planet, layer->canvas, 1);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* Stones that turn slowly. */
static void
add_stone (CsSketchStage *stage, double x, double y, double size, double depth)
{
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, size * 2.6, size * 2.6);
  CsSketchColor rock = CS_SKETCH_HEX (0x6a6070);
  CsSketchMotion motion = {
    .x = x, .y = y, .bob_y = 0.01, .speed_x = 0.006 * depth, .period = 8, .spin = 0.012, .depth = depth
  };
  double o = cs_sketch_random_range (&stage->random, 0, 30);

  for (int i = 0; i < 30; i++)
    {
      double a = i * 2 * G_PI / 30,
             d = size * (0.82 + 0.42 * cs_sketch_noise_fbm (&stage->noise, cos (a) + o, sin (a) + o, 3));

      cairo_line_to (c->cr, cos (a) * d * 1.15, sin (a) * d * 0.85);
    }
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_color (c, rock, 1);
  cairo_fill (c->cr);
  cs_sketch_rock_shade (stage, c, -size * 1.3, -size * 1.3, size * 1.3, size * 1.3, rock, size * 0.9);
  cs_sketch_actors_add_sprite (stage, cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SCENERY), &motion);
}

static void
draw_rocket_body (CsSketchCanvas *c, double s)
{
  for (int way = -1; way <= 1; way += 2)
    {
      cairo_move_to (c->cr, way * s * 0.14, s * 0.10);
      cairo_curve_to (c->cr, way * s * 0.34, s * 0.22, way * s * 0.34, s * 0.42, way * s * 0.31, s * 0.55);
      cairo_curve_to (c->cr, way * s * 0.24, s * 0.44, way * s * 0.18, s * 0.40, way * s * 0.10, s * 0.40);
      cs_sketch_canvas_set_vertical (c, s * 0.1, CS_SKETCH_HEX (0xe8503a), s * 0.55,
                                     CS_SKETCH_HEX (0x7a1e1c));
      cairo_fill (c->cr);
    }
  cairo_move_to (c->cr, 0, -s * 0.72);
  cairo_curve_to (c->cr, s * 0.24, -s * 0.40, s * 0.24, s * 0.10, s * 0.13, s * 0.42);
  cairo_line_to (c->cr, -s * 0.13, s * 0.42);
  cairo_curve_to (c->cr, -s * 0.24, s * 0.10, -s * 0.24, -s * 0.40, 0, -s * 0.72);
  cs_sketch_canvas_set_sideways (c, -s * 0.2, CS_SKETCH_HEX (0xffffff), s * 0.22, CS_SKETCH_HEX (0x7a86a8));
  cairo_fill_preserve (c->cr);
  cairo_save (c->cr);
  cairo_clip (c->cr);
  cairo_rectangle (c->cr, -s, -s, s * 2, s * 0.56);
  cairo_rectangle (c->cr, -s, s * 0.30, s * 2, s * 0.07);
  cs_sketch_canvas_set_sideways (c, -s * 0.2, CS_SKETCH_HEX (0xff6a4a), s * 0.2, CS_SKETCH_HEX (0x8a2420));
  cairo_fill (c->cr);
  cairo_restore (c->cr);
  cs_sketch_canvas_circle (c, 0, -s * 0.16, s * 0.105);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x56607e), 1);
  cairo_fill (c->cr);
  cs_sketch_canvas_circle (c, 0, -s * 0.16, s * 0.08);
  cs_sketch_canvas_set_ball (c, 0, -s * 0.16, s * 0.08, CS_SKETCH_HEX (0xd8f6ff), CS_SKETCH_HEX (0x5ab8f0),
                             CS_SKETCH_HEX (0x1a3f7a));
  cairo_fill (c->cr);
}

static void
add_rocket (CsSketchStage *stage, double x, double y, double s)
{
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, s * 1.6, s * 3.2);
  CsSketchMotion motion = { .x = x,
                            .y = y,
                            .speed_x = 0.016,
                            .speed_y = -0.010,
                            .bob_y = 0.006,
                            .period = 2.1,
                            .angle = 0.92,
                            .swing = 0.02,
                            .depth = 1 };
  static const guint32 flames[] = { 0xff5a2a, 0xff9a3a, 0xffd86a, 0xfff8e0 };

  cs_sketch_canvas_glow (c, 0, s * 0.75, s * 0.55, s * 0.8, CS_SKETCH_HEX (0xff8a3a), 0.8);
  for (int i = 0; i < 4; i++)
    {
      double w = s * (0.13 - 0.028 * i), l = s * (1.0 - 0.2 * i);

      cairo_move_to (c->cr, -w, s * 0.42);
      cairo_curve_to (c->cr, -w * 1.5, s * 0.42 + l * 0.4, -w * 0.3, s * 0.42 + l * 0.7, 0, s * 0.42 + l);
      cairo_curve_to (c->cr, w * 0.3, s * 0.42 + l * 0.7, w * 1.5, s * 0.42 + l * 0.4, w, s * 0.42);
      cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (flames[i]), 0.75);
      cairo_fill (c->cr);
    }
  draw_rocket_body (c, s);
  cs_sketch_actors_add_lamp (stage, 1, x - s * 0.9, y + s * 0.62, s * 0.7, CS_SKETCH_HEX (0xff8a40), 0.5,
                             0.23);
  cs_sketch_actors_add_sprite (stage, cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT), &motion);
}

/* A hollow with its bright rim, seen at a slant. */
static void
draw_crater (CsSketchStage *stage, CsSketchCanvas *c, double x, double y, double r)
{
  double side = stage->look.light_x, flat = 0.30;

  cs_sketch_canvas_ellipse (c, x, y, r * 1.16, r * flat * 1.25);
  cs_sketch_canvas_set_sideways (c, x - r, CS_SKETCH_HEX (side > 0 ? 0xd6d2d6 : 0x77747e), x + r,
                                 CS_SKETCH_HEX (side > 0 ? 0x77747e : 0xd6d2d6));
  cairo_fill (c->cr);
  cs_sketch_canvas_ellipse (c, x, y + r * 0.03, r, r * flat);
  cs_sketch_canvas_set_sideways (c, x - r, CS_SKETCH_HEX (side > 0 ? 0x8f8c96 : 0x35343e), x + r,
                                 CS_SKETCH_HEX (side > 0 ? 0x35343e : 0x8f8c96));
  cairo_fill (c->cr);
}

/* The ground of a moon at the bottom of the frame. */
static void
add_moon_ground (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 1.15);
  CsSketchCanvas *c = layer->canvas;
  double top = stage->height - 0.17;

  cairo_move_to (c->cr, c->x0, c->y1);
  for (int i = 0; i <= 120; i++)
    {
      double x = cs_sketch_lerp (c->x0, c->x1, i / 120.0), d = (x - stage->width / 2) / stage->width;

      cairo_line_to (c->cr, x,
                     top + 0.10 * d * d + 0.022 * cs_sketch_noise_fbm (&stage->noise, x * 3.1, 4.4, 4));
    }
  cairo_line_to (c->cr, c->x1, c->y1);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, top, CS_SKETCH_HEX (0xc2bec4), stage->height + 0.04,
                                 CS_SKETCH_HEX (0x4f4d58));
  cairo_fill (c->cr);
  for (int i = 0; i < 34; i++)
    {
      double t = (i + cs_sketch_random_double (&stage->random)) / 34, y = top + 0.045 + 0.18 * t * t;

      draw_crater (stage, c, cs_sketch_random_range (&stage->random, c->x0, c->x1), y,
                   (0.008 + 0.055 * t * t) * cs_sketch_random_range (&stage->random, 0.4, 1.2));
    }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* The deep: nebulas, planets, and who travels there. */
void
cs_sketch_family_draw_space (CsSketchStage *stage)
{
  double w = stage->width, h = stage->height, side;
  gboolean is_cat = cs_sketch_stage_has (stage, CS_SKETCH_CAT),
           has_one = is_cat || cs_sketch_stage_has (stage, CS_SKETCH_ASTRONAUT);
  gboolean has_rocket = cs_sketch_stage_has (stage, CS_SKETCH_ROCKET);
  CsSketchPalette *p = &stage->palette;

  cs_sketch_stage_set_horizon (stage, 0.5);
  p->light = CS_SKETCH_HEX (0xfff6ea);
  p->shade = CS_SKETCH_HEX (0x343858);
  p->haze = CS_SKETCH_HEX (0x141634);
  p->haze_amount = 0;
  side = stage->look.light_x;
  add_deep (stage);
  add_planet (stage, w * (0.5 + side * 0.30), h * 0.20, 0.05, 0.12, FALSE);
  if (has_one || has_rocket)
    add_planet (stage, w * 0.5 - side * w * 0.30, h * (h > 1.2 ? 0.74 : 0.66), 0.30, 0.28,
                cs_sketch_random_chance (&stage->random, 0.6));
  else
    add_planet (stage, w * 0.5 - side * w * 0.06, h * 0.50, 0.27, 0.4, TRUE);
  if (cs_sketch_stage_has (stage, CS_SKETCH_MOON) || cs_sketch_random_chance (&stage->random, 0.2))
    add_moon_ground (stage);
  for (int i = 0; i < 7; i++)
    add_stone (stage, cs_sketch_random_range (&stage->random, 0, w),
               h * cs_sketch_random_range (&stage->random, 0.05, 0.95),
               cs_sketch_random_range (&stage->random, 0.006, 0.022), 0.55);
  if (has_rocket)
    add_rocket (stage, w * (has_one ? 0.22 : 0.52), h * (has_one ? 0.28 : 0.46), has_one ? 0.13 : 0.26);
  if (has_one)
    cs_sketch_astronaut_add (stage, w * 0.5 + side * w * 0.06, h * 0.48, MIN (0.50, w * 0.55), is_cat);
  add_stone (stage, w * (0.5 + side * 0.46), h * 0.92, 0.075, 1.35);
  add_stone (stage, w * (0.5 - side * 0.44), h * 0.06, 0.045, 1.3);
}
