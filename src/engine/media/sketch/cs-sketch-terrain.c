/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-terrain.h"

/* What the shader of a chain reads: its crest for each column of the sheet. */
typedef struct
{
  const CsSketchStage *stage;
  const CsSketchTerrain *terrain;
  const CsSketchCanvas *canvas;
  const float *crest;
  double scale;
  CsSketchColor color;
} Relief;

/* The height of the crest at a column. */
double
cs_sketch_terrain_get_top (const CsSketchStage *stage, const CsSketchTerrain *terrain, double x)
{
  const CsSketchNoise *noise = &stage->noise;
  double u = x / MAX (terrain->width, 0.01), from_peak = (x - terrain->peak_x) / MAX (terrain->width, 0.01);
  double soft = 0.5 + 0.55 * cs_sketch_noise_fbm (noise, u + terrain->offset, terrain->offset, 3);
  int fine = terrain->roughness > 0.3 && stage->style != CS_STYLE_3D_RENDER ? 6 : 3;
  double sharp = cs_sketch_noise_ridge (noise, u * 0.8 + terrain->offset, terrain->offset * 1.7, fine);
  double h = cs_sketch_lerp (soft, sharp, terrain->roughness);

  if (terrain->peak > 0)
    {
      double mass = exp (-from_peak * from_peak * 1.3);

      h = h * (1 - terrain->peak * 0.55) + terrain->peak * mass * (0.55 + 0.45 * h);
    }
  return terrain->y - terrain->height * cs_sketch_clamp (h, 0.02, 1.4);
}

static double
get_relief (const Relief *self, double x, double y)
{
  const CsSketchNoise *noise = &self->stage->noise;
  double u = x / self->scale, v = y / self->scale, o = self->terrain->offset;
  double bend = 0.35 * cs_sketch_noise_at (noise, u * 1.7 + o, v * 1.7);

  return cs_sketch_noise_ridge (noise, u * 1.5 + bend + o, v * 0.85 + bend,
                                self->stage->look.detail > 0.4 ? 5 : 2);
}

/* Rock and snow by the slope that faces the light, then the air between. */
static CsSketchColor
get_ground (const Relief *self, double x, double y, double below)
{
  const CsSketchStage *stage = self->stage;
  const CsSketchTerrain *t = self->terrain;
  const CsSketchPalette *p = &stage->palette;
  double e = self->scale * 0.045, here = get_relief (self, x, y);
  double there = get_relief (self, x + stage->look.light_x * e, y - e * 0.8);
  double lit = cs_sketch_clamp (0.44 + (here - there) * 4.2, 0, 1), share = below / MAX (t->height, 0.01);
  double edge = t->snow * 0.95 - 0.06 + (here - 0.45) * 0.55, white;
  CsSketchColor rock, color;

  if (stage->style == CS_STYLE_ANIME)
    lit = cs_sketch_step (0.44, 0.50, lit) * 0.8 + 0.1;
  rock = cs_sketch_scale (self->color, 0.86 + 0.28 * here);
  color = cs_sketch_mix (cs_sketch_lit (rock, p->shade), cs_sketch_lit (rock, p->light), lit);
  if (t->snow > 0)
    {
      white = cs_sketch_step (edge + 0.04, edge - 0.06, share);
      color = cs_sketch_mix (
          color,
          cs_sketch_mix (cs_sketch_lit (CS_SKETCH_HEX (0xc8d4ea),
                                        cs_sketch_mix (p->shade, CS_SKETCH_HEX (0xffffff), 0.10)),
                         cs_sketch_lit (CS_SKETCH_HEX (0xffffff), p->light), lit),
          white);
    }
  color = cs_sketch_stage_haze (stage, color, t->depth);
  return cs_sketch_mix (color, p->haze, t->mist * cs_sketch_step (0.15, 1.0, share) * 0.85);
}

static void
shade_relief (gconstpointer data, double x, double y, float rgba[4])
{
  const Relief *self = data;
  int column = CLAMP ((int) ((x - self->canvas->x0) * self->canvas->unit), 0, self->canvas->pixels.width - 1);
  double below = y - self->crest[column], alpha = cs_sketch_clamp (below * self->canvas->unit + 0.5, 0, 1);
  CsSketchColor color;

  rgba[3] = (float) alpha;
  if (alpha <= 0)
    return;
  color = get_ground (self, x, y, below);
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
}

/* Draws a chain on a sheet, down to a little below its foot. */
void
cs_sketch_terrain_draw (CsSketchStage *stage, CsSketchCanvas *canvas, const CsSketchTerrain *terrain)
{
  int n = canvas->pixels.width;
  g_autofree float *crest = g_new (float, n);
  Relief relief = { stage,
                    terrain,
                    canvas,
                    crest,
                    MAX (terrain->height, 0.03) * (terrain->roughness > 0.5 ? 0.72 : 1.1),
                    terrain->color };
  double top = terrain->y;

  for (int i = 0; i < n; i++)
    {
      crest[i] = (float) cs_sketch_terrain_get_top (stage, terrain, canvas->x0 + (i + 0.5) / canvas->unit);
      top = MIN (top, crest[i]);
    }
  cs_sketch_canvas_shade (canvas, top - 0.01, canvas->y1, 1, shade_relief, &relief);
}

/* A layer of its own for a chain. */
void
cs_sketch_terrain_add (CsSketchStage *stage, const CsSketchTerrain *terrain)
{
  double reach = cs_sketch_camera_reach_y (&stage->camera, terrain->depth);
  CsSketchLayer *layer
      = cs_sketch_stage_begin_part (stage, terrain->depth, -9, -9, stage->width + 9,
                                    MIN (terrain->y + reach + 0.05, stage->height + reach + 0.03));

  cs_sketch_terrain_draw (stage, layer->canvas, terrain);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* Broken stone: great faces that fall, and finer breaks on them where the style likes detail. */
static double
get_stone (const Relief *self, double x, double y)
{
  const CsSketchNoise *noise = &self->stage->noise;
  double u = x / self->scale + self->terrain->offset, v = y / self->scale, faces;
  double bend = 0.5 * cs_sketch_noise_at (noise, u * 0.9, v * 0.9);

  faces = 1 - fabs (cs_sketch_noise_at (noise, u * 1.5 + bend, v * 0.75 - bend));
  if (self->stage->look.detail < 0.4)
    return faces * 0.8;
  faces += 0.45 * (1 - fabs (cs_sketch_noise_at (noise, u * 3.7 + bend * 2, v * 1.9)));
  return faces * 0.62 + 0.30 * cs_sketch_noise_fbm (noise, u * 6.5, v * 5.5, 4);
}

static void
shade_rock (gconstpointer data, double x, double y, float rgba[4])
{
  const Relief *self = data;
  const CsSketchStage *stage = self->stage;
  double e = self->scale * 0.045, here = get_stone (self, x, y);
  double there = get_stone (self, x + stage->look.light_x * e, y - e * 0.9);
  double lit = cs_sketch_clamp (0.40 + (here - there) * 2.7, 0, 1);
  CsSketchColor rock, color;

  if (stage->style == CS_STYLE_ANIME)
    lit = cs_sketch_step (0.47, 0.50, lit) * 0.34 + 0.22;
  rock = cs_sketch_scale (self->color, 0.80 + 0.30 * here);
  color = cs_sketch_mix (cs_sketch_lit (rock, cs_sketch_scale (stage->palette.shade, 0.8)),
                         cs_sketch_lit (rock, stage->palette.light), lit);
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
}

/* Gives what is drawn in a part of the sheet the face of rock; @scale is the size of its lumps. */
void
cs_sketch_rock_shade (CsSketchStage *stage,
                      CsSketchCanvas *canvas,
                      double x0,
                      double y0,
                      double x1,
                      double y1,
                      CsSketchColor color,
                      double scale)
{
  CsSketchTerrain terrain = { .offset = cs_sketch_random_range (&stage->random, 0, 50) };
  Relief relief = { stage, &terrain, canvas, NULL, scale, color };

  cs_sketch_canvas_shade_inside (canvas, x0, y0, x1, y1, shade_rock, &relief);
}
