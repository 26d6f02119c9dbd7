/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-water.h"

#include "media/sketch/cs-sketch-actors.h"

/* What the shader of a water reads. */
typedef struct
{
  const CsSketchStage *stage;
  const CsSketchWater *water;
  const CsSketchCanvas *mirror;
  int octaves;
  gboolean is_flat;
} Surface;

static CsSketchColor
get_mirror (const CsSketchCanvas *mirror, double x, double y)
{
  int px = (int) cs_sketch_clamp ((x - mirror->x0) * mirror->unit, 0, mirror->pixels.width - 1);
  int py = (int) cs_sketch_clamp ((y - mirror->y0) * mirror->unit, 0, mirror->pixels.height - 1);

  return CS_SKETCH_HEX (cs_sketch_pixels_row (&mirror->pixels, py)[px]);
}

/* The height of the waves at a place: broad near the camera, thin lines far away. */
static double
get_wave (const Surface *self, double x, double v)
{
  const CsSketchStage *stage = self->stage;
  double across = (x - stage->width / 2) / (v + 0.06), along = log (v + 0.02);

  return cs_sketch_noise_fbm (&stage->noise, across * 0.75 + along * 2.1, along * 15, self->octaves);
}

static CsSketchColor
add_sun_path (const Surface *self, CsSketchColor color, double x, double v, double wave)
{
  const CsSketchStage *stage = self->stage;
  double gx = (x - stage->sun_x) / (0.045 + v * (0.20 + 0.22 * MIN (self->water->roughness, 1)));
  double path = exp (-gx * gx) * stage->palette.glow, low = 0.30 - path * 0.32;
  double sparkle = cs_sketch_step (low, low + (self->is_flat ? 0.02 : 0.25), wave) * path;

  color = cs_sketch_add (color, stage->palette.sun, path * 0.16 * (stage->palette.is_night ? 0.5 : 1));
  return cs_sketch_mix (color, cs_sketch_mix (stage->palette.sun, CS_SKETCH_HEX (0xffffff), 0.15),
                        sparkle * (stage->palette.is_night ? 0.6 : 0.85));
}

static void
shade_water (gconstpointer data, double x, double y, float rgba[4])
{
  const Surface *self = data;
  const CsSketchWater *water = self->water;
  const CsSketchPalette *p = &self->stage->palette;
  double v = y - water->y, wave, tall = v * 0.5 + 0.012, deep, crest, trough;
  double range = MAX (self->stage->height - water->y, 0.05), rough = MIN (water->roughness, 1);
  CsSketchColor color, mirror;

  rgba[3] = v < 0 ? 0 : 1;
  if (v < 0)
    return;
  wave = get_wave (self, x, v);
  mirror
      = get_mirror (self->mirror, x + wave * water->roughness * (0.02 + v * 0.12),
                    water->y - v * (1 - 0.25 * rough) - fabs (wave) * tall * water->roughness * 0.9 - 0.002);
  deep = (1 - water->clearness) * cs_sketch_step (-0.1, 0.75, v / range) + 0.10;
  color = cs_sketch_mix (mirror, p->water_deep, deep);
  crest = cs_sketch_step (self->is_flat ? 0.20 : 0.02, self->is_flat ? 0.22 : 0.55, wave);
  trough = cs_sketch_step (self->is_flat ? -0.20 : 0.0, self->is_flat ? -0.22 : -0.5, wave);
  color = cs_sketch_mix (color, p->water_light, crest * (0.10 + 0.24 * rough));
  color = cs_sketch_mix (color, p->water_deep, trough * (0.12 + 0.40 * rough));
  color = add_sun_path (self, color, x, v, wave);
  if (water->roughness > 1.05)
    color = cs_sketch_mix (color, CS_SKETCH_HEX (0xdfe6ea), cs_sketch_step (0.34, 0.5, wave) * 0.55);
  color = cs_sketch_mix (color, p->haze, 0.5 * exp (-v * 26) * (0.3 + p->haze_amount));
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
}

/**
 * cs_sketch_water_add:
 *
 * A water from its far shore to the bottom of the frame. It mirrors all layers that are on the stage, so add
 * it after what stands behind it.
 */
void
cs_sketch_water_add (CsSketchStage *stage, const CsSketchWater *water)
{
  CsSketchLayer *layer = cs_sketch_stage_begin_plane (stage, water->y, water->depth_far, water->depth_near);
  g_autoptr (CsSketchCanvas) mirror = cs_sketch_stage_snapshot (stage, layer->canvas);
  Surface surface
      = { stage, water, mirror, stage->look.detail > 0.4 ? 4 : 2, stage->style == CS_STYLE_ANIME };

  if (water->roughness > 0.1)
    cs_sketch_pixels_blur (&mirror->pixels, NULL, 0.012 * MIN (water->roughness, 1) * stage->unit);
  cs_sketch_canvas_shade (layer->canvas, water->y, layer->canvas->y1, 1, shade_water, &surface);
  layer->ripple_x = 0.0022 + 0.0075 * water->roughness;
  layer->ripple_y = 0.0015 + 0.0085 * water->roughness;
  layer->ripple_period = water->roughness > 1 ? 2.2 : 3.4;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_WATER);
  if (stage->palette.glow > 0.3 && stage->palette.sun_size > 0.01)
    cs_sketch_actors_add_glints (stage, water->y, water->depth_far, water->depth_near,
                                 (int) (26 + 70 * MIN (water->roughness, 1)));
}
