/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-plants.h"
#include "media/sketch/cs-sketch-sky.h"
#include "media/sketch/cs-sketch-terrain.h"

/* One wall of dunes: a plain value. Lengths in units. */
typedef struct
{
  const CsSketchStage *stage;
  double y, height, width, depth, offset, fall; /* fall: how fast ridges run down from the crest */
  double bottom;
} Dune;

static double
get_crest (const Dune *self, double x)
{
  double u = x / self->width + self->offset;
  double wave = cs_sketch_noise_at (&self->stage->noise, u, self->offset * 1.3);
  double small = cs_sketch_noise_at (&self->stage->noise, u * 2.3 + 9, self->offset);

  return self->y - self->height * (0.5 + 0.55 * wave + 0.14 * (1 - fabs (small) * 2));
}

/* How much a place faces the light: ridges start at the crest and run down aside, one flank bright and one
 * dark. */
static double
get_facing (const Dune *self, double x, double below)
{
  double side = self->stage->look.light_x, at = x - side * below * self->fall, e = self->width * 0.02;
  double bend
      = 0.35 * self->width * cs_sketch_noise_at (&self->stage->noise, x * 1.3 + self->offset, below * 2.1);
  double slope = (get_crest (self, at + bend + e) - get_crest (self, at + bend - e)) / (2 * e);
  double gentle = cs_sketch_noise_fbm (&self->stage->noise, x / self->width * 1.7 + self->offset,
                                       below / self->height * 0.9, 3);

  return cs_sketch_step (-0.10, 0.13, -side * slope) * 0.8 + 0.16 + gentle * 0.22;
}

static double
get_ripples (const Dune *self, double x, double y, double below)
{
  double near = cs_sketch_step (0.35, 1.1, self->depth),
         n = cs_sketch_noise_fbm (&self->stage->noise, x * 2.2, y * 3.1, 3);
  double k = 420 / (0.55 + self->depth * 1.3);

  if (self->stage->look.detail < 0.3)
    return 0;
  return near * 0.12 * sin ((y * 0.9 + below * 0.35 + x * 0.13) * k + n * 11);
}

static void
shade_dune (gconstpointer data, double x, double y, float rgba[4])
{
  const Dune *self = data;
  const CsSketchPalette *p = &self->stage->palette;
  double below = y - get_crest (self, x), alpha = cs_sketch_clamp (below * self->stage->unit + 0.5, 0, 1),
         lit, rim;
  CsSketchColor sand = cs_sketch_mix (p->sand, CS_SKETCH_HEX (0xd07a40), 0.25 + 0.2 * self->depth), color;

  rgba[3] = (float) alpha;
  if (alpha <= 0)
    return;
  lit = get_facing (self, x, below);
  if (self->stage->style == CS_STYLE_ANIME)
    lit = cs_sketch_step (0.47, 0.51, lit) * 0.75 + 0.15;
  lit += get_ripples (self, x, y, below);
  rim = exp (-below * 60) * 0.22 * (lit > 0.4);
  color = cs_sketch_mix (cs_sketch_lit (sand, cs_sketch_mix (p->shade, sand, 0.12)),
                         cs_sketch_lit (sand, cs_sketch_scale (p->light, 1.06)), lit);
  color = cs_sketch_add (color, p->sun, rim * p->glow);
  color = cs_sketch_stage_haze (self->stage, color, self->depth);
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
}

static Dune
add_dune (CsSketchStage *stage, double y, double height, double width, double depth)
{
  Dune dune
      = { stage, y, height, width, depth, cs_sketch_random_range (&stage->random, 0, 60), 0.85, y + 0.4 };
  CsSketchLayer *layer
      = cs_sketch_stage_begin_part (stage, depth, -9, y - height * 1.5, stage->width + 9, stage->height + 9);

  cs_sketch_canvas_shade (layer->canvas, layer->canvas->y0, layer->canvas->y1, 1, shade_dune, &dune);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
  return dune;
}

static void
draw_leg (CsSketchCanvas *c, double x, double y, double s, double swing)
{
  cairo_move_to (c->cr, x, y);
  cairo_line_to (c->cr, x + swing * s * 0.4, y + s * 0.26);
  cairo_line_to (c->cr, x + swing * s, y + s * 0.52);
  cairo_stroke (c->cr);
}

/* A camel that walks to the left, its feet at y = 0.5 s; @step moves its legs. */
static const CsSketchCanvas *
draw_camel (CsSketchStage *stage, double s, double step, gboolean has_rider)
{
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, s * 2.3, s * 2.3);
  CsSketchColor coat = cs_sketch_lit (CS_SKETCH_HEX (0x8a5a34),
                                      cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.35));

  cs_sketch_canvas_set_color (c, cs_sketch_scale (coat, 0.72), 1);
  cairo_set_line_width (c->cr, s * 0.065);
  cairo_set_line_cap (c->cr, CAIRO_LINE_CAP_ROUND);
  for (int i = 0; i < 4; i++)
    draw_leg (c, s * (-0.30 + 0.2 * i), s * -0.02, s, (i % 2 ? 1 : -1) * step * 0.16);
  cairo_move_to (c->cr, -s * 0.42, s * 0.02);
  cairo_curve_to (c->cr, -s * 0.42, -s * 0.2, -s * 0.22, -s * 0.2, -s * 0.16, -s * 0.26);
  cairo_curve_to (c->cr, -s * 0.08, -s * 0.54, s * 0.1, -s * 0.54, s * 0.18, -s * 0.24);
  cairo_curve_to (c->cr, s * 0.34, -s * 0.2, s * 0.44, -s * 0.08, s * 0.42, s * 0.06);
  cairo_curve_to (c->cr, s * 0.2, s * 0.14, -s * 0.2, s * 0.16, -s * 0.42, s * 0.02);
  cs_sketch_canvas_set_vertical (c, -s * 0.5, cs_sketch_scale (coat, 1.25), s * 0.1,
                                 cs_sketch_scale (coat, 0.72));
  cairo_fill (c->cr);
  cairo_set_line_width (c->cr, s * 0.11);
  cairo_move_to (c->cr, -s * 0.36, -s * 0.06);
  cairo_curve_to (c->cr, -s * 0.55, s * 0.08, -s * 0.62, -s * 0.12, -s * 0.62, -s * 0.40);
  cs_sketch_canvas_set_color (c, coat, 1);
  cairo_stroke (c->cr);
  cs_sketch_canvas_ellipse (c, -s * 0.71, -s * 0.44, s * 0.15, s * 0.075);
  cairo_fill (c->cr);
  if (has_rider)
    {
      cs_sketch_canvas_set_color (
          c,
          cs_sketch_lit (CS_SKETCH_HEX (0x2c4c8c),
                         cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.5)),
          1);
      cairo_move_to (c->cr, -s * 0.14, -s * 0.36);
      cairo_curve_to (c->cr, -s * 0.14, -s * 0.8, s * 0.14, -s * 0.85, s * 0.18, -s * 0.32);
      cairo_close_path (c->cr);
      cairo_fill (c->cr);
      cs_sketch_canvas_circle (c, 0, -s * 0.82, s * 0.095);
      cairo_fill (c->cr);
    }
  return cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT);
}

/* A caravan, as small figures on a crest; the sprites are borrowed from the stage. */
typedef struct
{
  const CsSketchCanvas *plain[4], *ridden[4];
  Dune dune;
  double x, size;
  int n;
} Caravan;

static void
draw_caravan (gconstpointer data, CsSketchFrame *frame)
{
  const Caravan *self = data;

  for (int i = 0; i < self->n; i++)
    {
      double x = self->x + i * self->size * 2.05 - frame->seconds * self->size * 0.22, px, py;
      double y = get_crest (&self->dune, x) - self->size * 0.44;
      int step = (int) (frame->seconds * 5 + i * 1.7) & 3;
      double scale = cs_sketch_frame_project (frame, self->dune.depth, x, y, &px, &py);
      double tilt = (get_crest (&self->dune, x + 0.03) - get_crest (&self->dune, x - 0.03)) / 0.06;

      cs_sketch_frame_put (frame, i % 2 ? self->plain[step] : self->ridden[step], px, py, scale,
                           atan (tilt) * 0.7, 1);
    }
}

static void
add_caravan (CsSketchStage *stage, const Dune *dune)
{
  static const double steps[4] = { -1, -0.2, 1, 0.2 };
  Caravan *self = g_new0 (Caravan, 1);

  self->n = cs_sketch_stage_has (stage, CS_SKETCH_CAMEL) ? 6 : 4;
  self->size = cs_sketch_stage_has (stage, CS_SKETCH_CAMEL) ? 0.058 : 0.040;
  self->dune = *dune;
  self->x = stage->width * (stage->sun_x < stage->width / 2 ? 0.60 : 0.40) - self->n * self->size * 0.7;
  for (int i = 0; i < 4; i++)
    {
      self->plain[i] = draw_camel (stage, self->size, steps[i], FALSE);
      self->ridden[i] = draw_camel (stage, self->size, steps[i], TRUE);
    }
  cs_sketch_stage_add_actor (stage, draw_caravan, self, g_free);
}

static void
add_palms (CsSketchStage *stage, double y, double depth)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, depth);
  CsSketchColor green = cs_sketch_lit (cs_sketch_mix (stage->palette.leaf, CS_SKETCH_HEX (0x3c5a2c), 0.5),
                                       stage->palette.light);
  double middle = stage->width * (stage->sun_x < stage->width / 2 ? 0.68 : 0.32);

  for (int i = 0; i < 9; i++)
    cs_sketch_plant_palm (stage, layer->canvas, middle + cs_sketch_random_range (&stage->random, -0.3, 0.3),
                          y + 0.012 * i, cs_sketch_random_range (&stage->random, 0.14, 0.27), green,
                          cs_sketch_scale (green, 0.35));
  for (int i = 0; i < 12; i++)
    cs_sketch_plant_bush (stage, layer->canvas, middle + cs_sketch_random_range (&stage->random, -0.34, 0.34),
                          y + 0.09 + cs_sketch_random_range (&stage->random, -0.03, 0.03), 0.035, green,
                          cs_sketch_scale (green, 0.35));
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
}

/* Dunes under a great sun. */
void
cs_sketch_family_draw_desert (CsSketchStage *stage)
{
  double h, y;
  Dune dune;
  CsSketchTerrain rocks;

  cs_sketch_stage_set_horizon (stage, stage->height > 1.2 ? 0.50 : 0.54);
  h = stage->height - stage->horizon;
  y = stage->horizon;
  if (!stage->idea.has_weather)
    stage->palette.cloud_cover *= 0.55;
  rocks = (CsSketchTerrain){ .y = y + 0.03,
                             .height = 0.17,
                             .width = 0.30,
                             .roughness = 0.55,
                             .depth = 0.10,
                             .mist = 0.7,
                             .peak = 0.6,
                             .peak_x = stage->width * 0.8,
                             .offset = cs_sketch_random_range (&stage->random, 0, 30),
                             .color = cs_sketch_mix (stage->palette.rock, CS_SKETCH_HEX (0xa86a4a), 0.6) };
  cs_sketch_sky_add (stage);
  if (stage->idea.weather == CS_SKETCH_STORM)
    cs_sketch_actors_add_lightning (stage);
  cs_sketch_terrain_add (stage, &rocks);
  add_dune (stage, y + h * 0.10, 0.10, 0.75, 0.22);
  cs_sketch_sky_add_fog (stage, y + h * 0.10, 0.06, 0.3, 0.3 + 0.3 * stage->palette.haze_amount);
  dune = add_dune (stage, y + h * 0.36, 0.20, 0.85, 0.55);
  if (cs_sketch_stage_has (stage, CS_SKETCH_PALM))
    add_palms (stage, y + h * 0.36, 0.6);
  else
    add_caravan (stage, &dune);
  add_dune (stage, y + h * 0.72, 0.17, 1.0, 0.95);
  add_dune (stage, y + h * 1.08, 0.16, 1.2, 1.4);
  cs_sketch_actors_add_particles (stage, CS_SKETCH_DUST, stage->idea.weather == CS_SKETCH_WIND ? 160 : 46,
                                  stage->palette.sun);
  cs_sketch_weather_add (stage);
}
