/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-sky.h"

#include "media/sketch/cs-sketch-actors.h"

/* What the shaders of the sky read. */
typedef struct
{
  const CsSketchStage *stage;
  double cover;
  double offset;
  double scale;
} Sky;

static CsSketchColor
sky_color (const CsSketchStage *stage, double x, double y)
{
  const CsSketchPalette *p = &stage->palette;
  double e = cs_sketch_clamp ((stage->horizon - y) / stage->horizon, 0, 1.1);
  double dx = (x - stage->sun_x) / (0.75 * MAX (stage->width, 1)), dy = (y - stage->sun_y);
  double d = sqrt (dx * dx * 1.6 + dy * dy), low = exp (-e * 5.5) * exp (-dx * dx * 3.2);
  CsSketchColor color = cs_sketch_mix (p->sky_low, p->sky_middle, cs_sketch_step (-0.05, 0.46, e));

  color = cs_sketch_mix (color, p->sky_top, cs_sketch_step (0.22, 1.05, e));
  color = cs_sketch_mix (color, p->sky_low, low * p->glow * (p->is_night ? 0.25 : 0.55));
  color = cs_sketch_add (color, p->sun, p->glow * 0.34 * exp (-d * 4.2) * (p->is_night ? 0.45 : 1));
  return cs_sketch_add (color, p->sun, p->glow * 0.30 * exp (-d * 15) * (p->is_night ? 0.5 : 1));
}

static void
shade_sky (gconstpointer data, double x, double y, float rgba[4])
{
  const Sky *sky = data;
  CsSketchColor color = sky_color (sky->stage, x, y);

  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
}

/* The flat sky of a cartoon: a few clean bands with soft seams, bold at the top. */
static void
shade_flat_sky (gconstpointer data, double x, double y, float rgba[4])
{
  const Sky *sky = data;
  const CsSketchStage *stage = sky->stage;
  double wave = 0.012 * sin (x * 3.1 + sky->offset) + 0.008 * sin (x * 7.3);
  double e = cs_sketch_clamp ((stage->horizon - y + wave) / stage->horizon, 0, 1) * 7;
  double whole = floor (e), part = cs_sketch_step (0.90, 1.0, e - whole);
  double bent = stage->horizon - (whole + part) / 7 * stage->horizon;
  CsSketchColor color = cs_sketch_mix (sky_color (stage, stage->sun_x + (x - stage->sun_x) * 0.5, bent),
                                       sky_color (stage, x, y), 0.5);

  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
}

static double
cloud_density (const Sky *sky, double x, double y)
{
  const CsSketchNoise *noise = &sky->stage->noise;
  double wx = cs_sketch_noise_at (noise, x * 0.9 + 31, y * 0.9),
         wy = cs_sketch_noise_at (noise, x * 0.9, y * 0.9 + 57);

  return cs_sketch_noise_fbm (noise, x + wx * 0.45 + sky->offset, y + wy * 0.35, 5);
}

/* Clouds as a ceiling that comes down to the horizon, lit from the side of the sun. */
static void
shade_clouds (gconstpointer data, double x, double y, float rgba[4])
{
  const Sky *sky = data;
  const CsSketchStage *stage = sky->stage;
  const CsSketchPalette *p = &stage->palette;
  double e = (stage->horizon - y) / stage->height, far = 1 / (MAX (e, 0) + 0.16);
  double cx = (x - stage->width / 2) * far * 0.42 * sky->scale, cy = far * 1.9 * sky->scale, here, there,
         body, lit;
  double dx = x - stage->sun_x, dy = y - stage->sun_y, near, edge = 0.16 - sky->cover * 0.62;
  double side = cs_sketch_clamp (dx * 2, -1, 1);
  CsSketchColor color;

  rgba[3] = 0;
  if (e < 0.004)
    return;
  here = cloud_density (sky, cx, cy);
  body = cs_sketch_step (edge, edge + 0.42, here);
  if (body <= 0.004)
    return;
  there = cloud_density (sky, cx - side * 0.22, cy - 0.16);
  lit = cs_sketch_clamp (0.52 + (here - there) * 1.7 - (body - 0.5) * 0.35, 0, 1);
  near = exp (-sqrt (dx * dx + dy * dy) * 2.6);
  color = cs_sketch_mix (p->cloud_shade, p->cloud_lit, lit);
  color = cs_sketch_add (color, p->sun, near * (1 - body) * p->glow * 0.9 + near * lit * 0.25 * p->glow);
  color = cs_sketch_mix (color, p->haze, cs_sketch_step (0.16, 0.0, e) * 0.6);
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
  rgba[3] = (float) (body * cs_sketch_step (0.02, 0.13, e) * 0.96);
}

/* Thin high streaks. */
static void
shade_streaks (gconstpointer data, double x, double y, float rgba[4])
{
  const Sky *sky = data;
  const CsSketchStage *stage = sky->stage;
  const CsSketchPalette *p = &stage->palette;
  double e = (stage->horizon - y) / stage->height;
  double tilt = y + 0.12 * (x - stage->width / 2);
  double n = cs_sketch_noise_fbm (&stage->noise, x * 1.3 + sky->offset, tilt * 8.5 + sky->offset, 5);
  double body = cs_sketch_step (0.0, 0.5, n + 0.05) * cs_sketch_step (0.07, 0.24, e) * sky->cover;
  double dx = x - stage->sun_x, dy = y - stage->sun_y, near = exp (-sqrt (dx * dx + dy * dy) * 2.0);
  CsSketchColor color = cs_sketch_add (cs_sketch_mix (p->cloud_shade, p->cloud_lit, 0.55 + near * 0.45),
                                       p->sun, near * 0.35 * p->glow);

  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
  rgba[3] = (float) (body * 0.85);
}

static void
draw_sun (CsSketchStage *stage, CsSketchCanvas *canvas)
{
  const CsSketchPalette *p = &stage->palette;
  double r = p->sun_size, x = stage->sun_x, y = stage->sun_y;
  CsSketchColor color = cs_sketch_mix (p->sun, CS_SKETCH_HEX (0xffffff), 0.35);

  if (r <= 0.004)
    return;
  if (stage->style != CS_STYLE_ANIME)
    {
      cs_sketch_canvas_glow (canvas, x, y, r * 7, r * 7, p->sun, 0.32 * p->glow);
      cs_sketch_canvas_glow (canvas, x, y, r * 2.6, r * 2.6, p->sun, 0.5 * p->glow);
    }
  else
    for (int i = 3; i >= 1; i--)
      {
        cs_sketch_canvas_circle (canvas, x, y, r * (1 + i * 0.55));
        cs_sketch_canvas_set_color (canvas, p->sun, 0.13);
        cairo_fill (canvas->cr);
      }
  cs_sketch_canvas_circle (canvas, x, y, r);
  cs_sketch_canvas_set_color (canvas, color, 1);
  cairo_fill (canvas->cr);
  if (p->is_night)
    for (int i = 0; i < 7; i++)
      {
        double a = i * 2.4, d = r * 0.62 * sqrt (i / 7.0 + 0.08);

        cs_sketch_canvas_circle (canvas, x + cos (a) * d, y + sin (a) * d, r * (0.10 + 0.11 * ((i * 5) % 3)));
        cs_sketch_canvas_set_color (canvas, cs_sketch_scale (p->sun, 0.84), 0.45);
        cairo_fill (canvas->cr);
      }
}

static void
draw_fixed_stars (CsSketchStage *stage, CsSketchCanvas *canvas)
{
  CsSketchRandom random;
  int n = (int) (420 * stage->palette.stars * stage->width * stage->height);

  cs_sketch_random_init (&random, stage->seed, 21);
  for (int i = 0; i < n; i++)
    {
      double x = cs_sketch_random_range (&random, canvas->x0, canvas->x1);
      double y = cs_sketch_random_range (&random, canvas->y0, stage->horizon),
             m = cs_sketch_random_double (&random);
      double fade = cs_sketch_step (stage->horizon, stage->horizon * 0.5, y);
      CsSketchColor color = cs_sketch_mix (CS_SKETCH_HEX (0xbfd4ff), CS_SKETCH_HEX (0xfff0d8),
                                           cs_sketch_random_double (&random));

      cs_sketch_canvas_glow (canvas, x, y, 0.0016 + 0.0032 * m * m * m, 0.0016 + 0.0032 * m * m * m, color,
                             (0.25 + 0.9 * m * m) * fade);
    }
}

/* The whirls of light around the stars of a painter's night. */
static void
draw_great_stars (CsSketchStage *stage, CsSketchCanvas *canvas)
{
  CsSketchRandom random;

  cs_sketch_random_init (&random, stage->seed, 23);
  for (int i = 0; i < 11; i++)
    {
      double x = (i + cs_sketch_random_range (&random, 0.15, 0.85)) / 11 * stage->width;
      double y = cs_sketch_random_range (&random, 0.06, 0.72) * stage->horizon;
      double r = cs_sketch_random_range (&random, 0.028, 0.062);

      for (int ring = 4; ring >= 0; ring--)
        {
          cs_sketch_canvas_circle (canvas, x, y, r * (0.28 + 0.25 * ring));
          cs_sketch_canvas_set_color (canvas, ring % 2 ? CS_SKETCH_HEX (0x9fc4d8) : CS_SKETCH_HEX (0xffdf6a),
                                      ring == 0 ? 1 : 0.34);
          cairo_fill (canvas->cr);
        }
    }
}

static void
add_cumulus (CsSketchStage *stage, double cover)
{
  CsSketchLayer *layer;
  int n = (int) (3 + cover * 5 * stage->width);

  for (int depth = 0; depth < 2; depth++)
    {
      layer = cs_sketch_stage_begin_wide (stage, 0.05 + 0.06 * depth, 0.06);
      for (int i = 0; i < n; i++)
        {
          double low = depth == 0 ? cs_sketch_random_range (&stage->random, 0.74, 0.98)
                                  : cs_sketch_random_range (&stage->random, 0.30, 0.80);
          double size = (depth == 0 ? 0.12 : 0.22) * cs_sketch_random_range (&stage->random, 0.55, 1.25)
                        * (0.5 + cover);

          cs_sketch_cumulus_draw (stage, layer->canvas,
                                  (i + cs_sketch_random_double (&stage->random)) / n * stage->width,
                                  low * stage->horizon, size);
          if (depth == 1)
            i += 1;
        }
      layer->drift_x = 0.004 + 0.005 * depth;
      cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_CLOUDS);
    }
}

/* Clouds for the weather and the style; they drift. @cover: 0 none .. 1 closed. */
void
cs_sketch_sky_add_clouds (CsSketchStage *stage, double cover)
{
  Sky sky = { stage, cover, cs_sketch_random_range (&stage->random, 0, 40), 1 };
  gboolean is_heavy = cover > 0.7;
  CsSketchLayer *layer;

  if (cover <= 0.02)
    return;
  if (!is_heavy && (stage->style == CS_STYLE_ANIME || stage->style == CS_STYLE_3D_RENDER))
    {
      add_cumulus (stage, cover);
      return;
    }
  if (!is_heavy)
    {
      sky.cover = 0.35 + cover * 0.5;
      layer = cs_sketch_stage_begin_wide (stage, 0.03, 0.04);
      cs_sketch_canvas_shade (layer->canvas, layer->canvas->y0, stage->horizon, 3, shade_streaks, &sky);
      layer->drift_x = 0.003;
      cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_CLOUDS);
    }
  sky.cover = cover;
  sky.scale = is_heavy ? 0.75 : 1;
  layer = cs_sketch_stage_begin_wide (stage, 0.07, 0.08);
  cs_sketch_canvas_shade (layer->canvas, layer->canvas->y0, stage->horizon, 2, shade_clouds, &sky);
  layer->drift_x = stage->idea.weather == CS_SKETCH_WIND || is_heavy ? 0.012 : 0.007;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_CLOUDS);
}

/* A bank of cloud seen from above: billows at its top, mist below. */
static void
shade_bank (gconstpointer data, double x, double y, float rgba[4])
{
  const Sky *sky = data;
  const CsSketchStage *stage = sky->stage;
  const CsSketchPalette *p = &stage->palette;
  double u = x / sky->scale + sky->offset, puff = 0, weight = 0.55, here, lit;
  CsSketchColor color;

  for (int i = 0; i < 4; i++, weight *= 0.5, u *= 2.1)
    puff += weight * fabs (cs_sketch_noise_at (&stage->noise, u, sky->offset + i));
  here = (y - (sky->cover - puff * sky->scale * 0.55)) / sky->scale;
  lit = cs_sketch_step (0.55, 0.0, here)
        + 0.35
              * cs_sketch_noise_fbm (&stage->noise, x / sky->scale * 2.2 + sky->offset, y / sky->scale * 3.4,
                                     4);
  if (stage->style == CS_STYLE_ANIME)
    lit = cs_sketch_step (0.45, 0.5, lit) * 0.8 + 0.2;
  color = cs_sketch_mix (p->cloud_shade, p->cloud_lit, cs_sketch_clamp (0.25 + lit * 0.8, 0, 1));
  color = cs_sketch_mix (color, p->sky_low, 0.25);
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
  rgba[3] = (float) cs_sketch_step (-0.012, 0.05, here);
}

/* A sea of clouds whose top is at height @y; @size is that of a billow. */
void
cs_sketch_sky_add_bank (CsSketchStage *stage, double y, double size, double depth)
{
  Sky sky = { stage, y, cs_sketch_random_range (&stage->random, 0, 40), size };
  CsSketchLayer *layer = cs_sketch_stage_begin_wide (stage, depth, 0.06);

  cs_sketch_canvas_shade (layer->canvas, y - size * 0.6, layer->canvas->y1,
                          stage->style == CS_STYLE_ANIME ? 1 : 2, shade_bank, &sky);
  layer->drift_x = cs_sketch_random_chance (&stage->random, 0.5) ? 0.008 : -0.008;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_CLOUDS);
}

static void
shade_fog (gconstpointer data, double x, double y, float rgba[4])
{
  const Sky *sky = data;
  const CsSketchStage *stage = sky->stage;
  double n = cs_sketch_noise_fbm (&stage->noise, x * 1.6 + sky->offset, y * 5 + sky->offset, 4);
  double from_middle = fabs (y - sky->offset) / sky->scale;
  CsSketchColor color = cs_sketch_mix (stage->palette.haze, stage->palette.sky_low, 0.35);

  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
  rgba[3] = (float) (sky->cover * cs_sketch_step (1.0, 0.0, from_middle)
                     * cs_sketch_clamp (0.62 + n * 0.9, 0, 1));
}

/* A bank of mist around height @y, between what is there and what comes next; it drifts. */
void
cs_sketch_sky_add_fog (CsSketchStage *stage, double y, double height, double depth, double strength)
{
  Sky sky = { stage, strength, y, height };
  CsSketchLayer *layer = cs_sketch_stage_begin_wide (stage, depth, 0.06);

  cs_sketch_canvas_shade (layer->canvas, y - height, y + height, 4, shade_fog, &sky);
  layer->drift_x = cs_sketch_random_chance (&stage->random, 0.5) ? 0.008 : -0.008;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
}

/**
 * cs_sketch_sky_add:
 *
 * The whole sky down to the horizon and below: colours, stars, sun or moon, clouds. Set the horizon first.
 */
void
cs_sketch_sky_add (CsSketchStage *stage)
{
  Sky sky = { stage, 0, cs_sketch_random_range (&stage->random, 0, 9), 1 };
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0);
  gboolean is_flat = stage->style == CS_STYLE_ANIME;

  cs_sketch_canvas_shade (layer->canvas, layer->canvas->y0, layer->canvas->y1, is_flat ? 1 : 3,
                          is_flat ? shade_flat_sky : shade_sky, &sky);
  if (stage->palette.stars > 0.04)
    draw_fixed_stars (stage, layer->canvas);
  if (stage->palette.stars > 0.5 && stage->look.is_swirling && stage->style == CS_STYLE_ARTISTIC)
    draw_great_stars (stage, layer->canvas);
  draw_sun (stage, layer->canvas);
  stage->has_sun = TRUE;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SKY);
  if (stage->palette.stars > 0.3)
    cs_sketch_actors_add_twinkle (stage, 0, 0, 0, stage->width, stage->horizon * 0.8, 40,
                                  CS_SKETCH_HEX (0xffffff));
  cs_sketch_sky_add_clouds (stage, stage->palette.cloud_cover);
}
