/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-cabin.h"
#include "media/sketch/cs-sketch-plants.h"
#include "media/sketch/cs-sketch-sky.h"
#include "media/sketch/cs-sketch-terrain.h"
#include "media/sketch/cs-sketch-water.h"

/* A house like a white cube, seen a little from its corner: a plain value. */
typedef struct
{
  double x, y, width, height, depth; /* (x, y) its lower left corner */
} House;

static CsSketchColor
get_light (const CsSketchStage *stage, double share)
{
  const CsSketchPalette *p = &stage->palette;

  return cs_sketch_mix (p->shade, p->light, p->is_night ? share * 0.55 : share);
}

static CsSketchColor
paint (const CsSketchStage *stage, CsSketchColor color, double share, double depth)
{
  return cs_sketch_stage_haze (stage, cs_sketch_lit (color, get_light (stage, share)), 0.25 + depth);
}

static void
draw_arch (CsSketchCanvas *c, double x, double y, double w, double h)
{
  cairo_new_sub_path (c->cr);
  cairo_arc (c->cr, x + w / 2, y - h + w / 2, w / 2, G_PI, 2 * G_PI);
  cairo_line_to (c->cr, x + w, y);
  cairo_line_to (c->cr, x, y);
  cairo_close_path (c->cr);
}

static void
draw_opening (CsSketchStage *stage, CsSketchCanvas *c, double x, double y, double w, double h, double depth, gboolean is_door)
{
  static const guint32 blues[] = { 0x2a6fb0, 0x1f8a9a, 0x3a5fa8, 0x2f7f6a, 0x6a4a34 };
  double lit_share = stage->idea.time == CS_SKETCH_DAY ? 0 : stage->palette.is_night ? 0.55 : 0.3;
  gboolean is_lit = !is_door && cs_sketch_random_chance (&stage->random, lit_share);
  CsSketchColor blue = paint (stage, CS_SKETCH_HEX (blues[cs_sketch_random_int (&stage->random, G_N_ELEMENTS (blues))]), 0.75, depth);

  draw_arch (c, x - w * 0.16, y, w * 1.32, h * 1.12);
  cs_sketch_canvas_set_color (c, is_door ? cs_sketch_scale (blue, 0.62) : paint (stage, CS_SKETCH_HEX (0xb59a80), 0.5, depth), 0.8);
  cairo_fill (c->cr);
  draw_arch (c, x, y, w, h);
  if (is_lit)
    cs_sketch_canvas_set_vertical (c, y - h, CS_SKETCH_HEX (0xffe6a8), y, CS_SKETCH_HEX (0xf0a850));
  else if (is_door || cs_sketch_random_chance (&stage->random, 0.45))
    cs_sketch_canvas_set_vertical (c, y - h, blue, y, cs_sketch_scale (blue, 0.7));
  else
    cs_sketch_canvas_set_color (c, paint (stage, CS_SKETCH_HEX (0x4a4450), 0.4, depth), 1);
  cairo_fill (c->cr);
  if (is_lit && stage->palette.is_night)
    cs_sketch_canvas_glow (c, x + w / 2, y - h / 2, w * 2.2, w * 2.2, CS_SKETCH_HEX (0xffa850), 0.45);
}

/* What stands on a flat roof: a parapet, a dome, a little room, washing on a line. */
static void
draw_roof (CsSketchStage *stage, CsSketchCanvas *c, const House *h, CsSketchColor wall)
{
  double w = h->width, top = h->y - h->height, l = stage->look.light_x;
  CsSketchColor lit = paint (stage, wall, 1.05, h->depth), dark = paint (stage, wall, 0.25, h->depth);
  double kind = cs_sketch_random_double (&stage->random);

  if (kind < 0.16)
    {
      double x = h->x + w * 0.5, r = w * 0.24;

      cairo_arc (c->cr, x, top, r, G_PI, 0);
      cairo_close_path (c->cr);
      cs_sketch_canvas_set_sideways (c, x - r, l < 0 ? lit : dark, x + r, l < 0 ? dark : lit);
      cairo_fill (c->cr);
    }
  else if (kind < 0.30)
    {
      cairo_rectangle (c->cr, h->x + w * 0.12, top - w * 0.26, w * 0.36, w * 0.28);
      cs_sketch_canvas_set_sideways (c, h->x, l < 0 ? lit : dark, h->x + w * 0.5, l < 0 ? cs_sketch_mix (lit, dark, 0.5) : lit);
      cairo_fill (c->cr);
    }
  else if (kind < 0.46 && h->depth > 0.5)
    for (int i = 0; i < 5; i++)
      {
        static const guint32 cloths[] = { 0xd8584a, 0xf0e8dc, 0x4a86b8, 0xe0a83a, 0xf0e8dc };

        cairo_rectangle (c->cr, h->x + w * (0.15 + 0.15 * i), top - w * 0.20, w * 0.11, w * (0.13 + 0.03 * (i % 2)));
        cs_sketch_canvas_set_color (c, paint (stage, CS_SKETCH_HEX (cloths[(i + (int) (kind * 100)) % 5]), 0.85, h->depth), 1);
        cairo_fill (c->cr);
      }
}

static void
draw_house (CsSketchStage *stage, CsSketchCanvas *c, const House *h)
{
  static const guint32 walls[] = { 0xfbf3e6, 0xf6ead8, 0xffffff, 0xf2e2cc, 0xf8efe8, 0xecd8c4 };
  CsSketchColor wall = CS_SKETCH_HEX (walls[cs_sketch_random_int (&stage->random, G_N_ELEMENTS (walls))]);
  double w = h->width, split = cs_sketch_random_range (&stage->random, 0.52, 0.70), top = h->y - h->height, down = h->height * 0.9;
  gboolean is_left = stage->look.light_x < 0;
  double x0 = is_left ? h->x : h->x + w * (1 - split), cut = is_left ? h->x + w * split : x0;
  CsSketchColor lit = paint (stage, wall, 0.95, h->depth), dark = cs_sketch_mix (paint (stage, wall, 0.18, h->depth), paint (stage, CS_SKETCH_HEX (0xc09080), 0.5, h->depth), 0.45);
  int n = cs_sketch_random_int (&stage->random, 2) + 2;

  cairo_rectangle (c->cr, h->x, top, w, h->height + down);
  cs_sketch_canvas_set_vertical (c, top, dark, h->y + down, cs_sketch_scale (dark, 0.72));
  cairo_fill (c->cr);
  cairo_rectangle (c->cr, x0, top, w * split, h->height + down);
  cs_sketch_canvas_set_vertical (c, top, lit, h->y + down, cs_sketch_mix (lit, dark, 0.6));
  cairo_fill (c->cr);
  draw_roof (stage, c, h, wall);
  cairo_rectangle (c->cr, h->x - w * 0.02, top - w * 0.055, w * 1.04, w * 0.075);
  cs_sketch_canvas_set_sideways (c, cut - w * 0.01, is_left ? cs_sketch_scale (lit, 1.08) : cs_sketch_scale (dark, 1.2), cut + w * 0.01,
                                 is_left ? cs_sketch_scale (dark, 1.2) : cs_sketch_scale (lit, 1.08));
  cairo_fill (c->cr);
  cairo_rectangle (c->cr, h->x, top + w * 0.02, w, w * 0.035);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (dark, 0.6), 0.35);
  cairo_fill (c->cr);
  for (int i = 0; i < n; i++)
    draw_opening (stage, c, h->x + w * (0.12 + 0.78 * i / n), top + h->height * cs_sketch_random_range (&stage->random, 0.42, 0.55), w * 0.105, w * 0.20, h->depth, FALSE);
  if (h->depth > 0.35)
    draw_opening (stage, c, x0 + w * split * 0.4, h->y + h->height * 0.12, w * 0.17, w * 0.36, h->depth, TRUE);
}

/* How high the hill of houses stands at a place, 0 to 1. */
static double
get_hill (const CsSketchStage *stage, double x)
{
  double t = stage->sun_x > stage->width / 2 ? x / stage->width : 1 - x / stage->width;

  return cs_sketch_step (0.86, 0.10, t) + 0.05 * cs_sketch_noise_fbm (&stage->noise, x * 3, 5.5, 3);
}

static void
draw_minaret (CsSketchStage *stage, CsSketchCanvas *c, double x, double y, double h)
{
  double w = h * 0.15, l = stage->look.light_x;
  CsSketchColor wall = CS_SKETCH_HEX (0xfff4e2), lit = paint (stage, wall, 1, 0.5), dark = paint (stage, wall, 0.2, 0.5);
  CsSketchColor tile = paint (stage, CS_SKETCH_HEX (0x2f8a6a), 0.8, 0.5);
  const double parts[][3] = { { 0, 0.70, 1 }, { 0.70, 0.86, 0.62 } };

  for (int i = 0; i < 2; i++)
    {
      double pw = w * parts[i][2];

      cairo_rectangle (c->cr, x - pw / 2, y - h * parts[i][1], pw, h * (parts[i][1] - parts[i][0]));
      cs_sketch_canvas_set_sideways (c, x - pw / 2, l < 0 ? lit : dark, x + pw / 2, l < 0 ? dark : lit);
      cairo_fill (c->cr);
      cairo_rectangle (c->cr, x - pw * 0.60, y - h * parts[i][1] - h * 0.012, pw * 1.2, h * 0.03);
      cs_sketch_canvas_set_color (c, lit, 1);
      cairo_fill (c->cr);
      cairo_rectangle (c->cr, x - pw * 0.5, y - h * parts[i][1] + h * 0.030, pw, h * 0.022);
      cs_sketch_canvas_set_color (c, tile, 1);
      cairo_fill (c->cr);
      for (int j = 0; j < 3 - i * 2; j++)
        draw_opening (stage, c, x - pw * 0.15, y - h * (parts[i][1] - 0.16 - j * 0.2 + i * 0.03), pw * 0.3, pw * 0.62, 0.5, FALSE);
    }
  cairo_arc (c->cr, x, y - h * 0.87, w * 0.36, G_PI * 0.95, G_PI * 2.05);
  cairo_curve_to (c->cr, x + w * 0.3, y - h * 0.87 - w * 0.2, x + w * 0.05, y - h * 0.87 - w * 0.4, x, y - h * 0.99);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_sideways (c, x - w * 0.36, l < 0 ? cs_sketch_scale (tile, 1.3) : cs_sketch_scale (tile, 0.6), x + w * 0.36,
                                 l < 0 ? cs_sketch_scale (tile, 0.6) : cs_sketch_scale (tile, 1.3));
  cairo_fill (c->cr);
  cs_sketch_canvas_circle (c, x, y - h * 0.99, w * 0.06);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xf2c860), 1);
  cairo_fill (c->cr);
}

/* One terrace of houses; @t: 0 the highest and farthest, 1 at our feet. */
static void
draw_terrace (CsSketchStage *stage, CsSketchCanvas *c, double t)
{
  double size = cs_sketch_lerp (0.042, 0.165, t * t * 0.6 + t * 0.4), depth = 0.12 + 0.75 * t;
  CsSketchColor leaf = paint (stage, stage->palette.leaf, 0.9, depth), dark = paint (stage, stage->palette.leaf, 0.1, depth);

  for (double x = c->x0 - size * cs_sketch_random_double (&stage->random); x < c->x1;)
    {
      double w = size * cs_sketch_random_range (&stage->random, 0.8, 1.35), rise = get_hill (stage, x + w / 2);
      double ground = cs_sketch_lerp (stage->horizon + 0.10 - rise * (0.10 + MIN (stage->horizon * 0.62, 0.46)), stage->height + 0.06, pow (t, 1.15));
      House h = { x, ground + size * cs_sketch_random_range (&stage->random, -0.18, 0.18), w, size * cs_sketch_random_range (&stage->random, 0.75, 1.25), depth };

      if (rise > 0.06 || t > 0.62)
        draw_house (stage, c, &h);
      if (cs_sketch_random_chance (&stage->random, 0.13) && (rise > 0.1 || t > 0.7))
        cs_sketch_plant_bush (stage, c, x + w, h.y + size * 0.15, size * 0.34, leaf, dark);
      if (cs_sketch_random_chance (&stage->random, 0.045) && rise > 0.1)
        cs_sketch_plant_palm (stage, c, x + w, h.y + size * 0.2, size * 1.9, leaf, dark);
      x += w * cs_sketch_random_range (&stage->random, 0.86, 1.06);
    }
}

static void
add_hill (CsSketchStage *stage)
{
  const struct { double from, to, depth; int n; } groups[] = { { 0.0, 0.28, 0.45, 6 }, { 0.32, 0.60, 0.7, 4 }, { 0.68, 0.98, 1.05, 3 } };
  double x = stage->width * (stage->sun_x > stage->width / 2 ? 0.31 : 0.69);

  for (gsize g = 0; g < G_N_ELEMENTS (groups); g++)
    {
      CsSketchLayer *layer = cs_sketch_stage_begin (stage, groups[g].depth);

      for (int i = 0; i < groups[g].n; i++)
        draw_terrace (stage, layer->canvas, cs_sketch_lerp (groups[g].from, groups[g].to, i / (groups[g].n - 1.0)));
      cs_sketch_stage_end (stage, layer, g > 1 ? CS_SKETCH_KIND_SUBJECT : CS_SKETCH_KIND_SCENERY);
      if (g == 0)
        {
          double foot = stage->horizon + 0.06 - get_hill (stage, x) * 0.16;

          layer = cs_sketch_stage_begin (stage, 0.55);
          draw_minaret (stage, layer->canvas, x, foot, MIN (0.46, stage->horizon * 0.8));
          cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
          cs_sketch_sky_add_fog (stage, stage->horizon + 0.16, 0.10, 0.6, 0.25);
        }
    }
}

/* A branch of bougainvillea close before the camera. */
static void
add_branch (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 1.4);
  CsSketchCanvas *c = layer->canvas;
  double side = stage->sun_x > stage->width / 2 ? 1 : -1, edge = side > 0 ? c->x1 : c->x0;

  for (int i = 0; i < 260; i++)
    {
      double t = cs_sketch_random_double (&stage->random), u = cs_sketch_random_double (&stage->random);
      double x = edge - side * t * 0.36, y = c->y1 - (1 - t) * (1 - t) * 0.40 * u - u * 0.03, r = cs_sketch_random_range (&stage->random, 0.008, 0.020);
      gboolean is_flower = i > 110 && i % 3 != 0;
      CsSketchColor color = is_flower ? CS_SKETCH_HEX (i % 2 ? 0xd83a8a : 0xe860a8) : stage->palette.leaf;

      cs_sketch_canvas_ellipse (c, x, y, r, r * 0.75);
      cs_sketch_canvas_set_color (c, cs_sketch_lit (color, get_light (stage, cs_sketch_random_range (&stage->random, 0.15, 0.9))), 1);
      cairo_fill (c->cr);
    }
  layer->sway_x = 0.006;
  layer->sway_y = 0.002;
  layer->sway_period = 4.5;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

static void
draw_casbah (CsSketchStage *stage)
{
  CsSketchWater water = { .roughness = 0.5, .depth_far = 0.10, .depth_near = 0.6, .clearness = 0.5 };
  CsSketchTerrain coast = { .y = stage->horizon + 0.004, .height = 0.10, .width = 0.5, .roughness = 0.4, .depth = 0.12, .mist = 0.6,
                            .peak = 0.6, .peak_x = stage->sun_x, .offset = 7, .color = stage->palette.rock };

  water.y = stage->horizon;
  cs_sketch_terrain_add (stage, &coast);
  cs_sketch_water_add (stage, &water);
  cs_sketch_actors_add_birds (stage, 0.5, stage->width * 0.5, stage->horizon * 0.45, 8, 0.012);
  add_hill (stage);
  add_branch (stage);
}

/* White houses above the sea, or a cabin in the snow. */
void
cs_sketch_family_draw_village (CsSketchStage *stage)
{
  gboolean is_cabin = cs_sketch_stage_has (stage, CS_SKETCH_CABIN) || stage->idea.weather == CS_SKETCH_SNOW;

  cs_sketch_stage_set_horizon (stage, is_cabin ? 0.54 : stage->height > 1.2 ? 0.40 : 0.44);
  cs_sketch_sky_add (stage);
  if (is_cabin)
    {
      stage->mood.sea = 0;
      stage->mood.city = 0;
      stage->mood.fire = MAX (stage->mood.fire, 0.25);
      cs_sketch_cabin_add (stage);
    }
  else
    draw_casbah (stage);
  cs_sketch_weather_add (stage);
}
