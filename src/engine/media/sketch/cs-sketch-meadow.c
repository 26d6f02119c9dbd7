/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-meadow.h"

#include "media/sketch/cs-sketch-terrain.h"
#include "media/sketch/cs-sketch-trees.h"

static const guint32 blooms[] = { 0xe8453a, 0xf4c83a, 0xffffff, 0xd86ab8, 0x7a6ae0, 0xf08a3a };

static gboolean
is_snowy (const CsSketchStage *stage)
{
  return stage->idea.weather == CS_SKETCH_SNOW;
}

static CsSketchColor
get_green (const CsSketchStage *stage)
{
  return is_snowy (stage) ? CS_SKETCH_HEX (0xe8eef6)
                          : cs_sketch_mix (stage->palette.leaf, CS_SKETCH_HEX (0x86b840), 0.55);
}

/* What the shader of the ground reads. */
typedef struct
{
  const CsSketchStage *stage;
  double y;
} Ground;

static void
shade_ground (gconstpointer data, double x, double y, float rgba[4])
{
  const Ground *self = data;
  const CsSketchStage *stage = self->stage;
  const CsSketchPalette *p = &stage->palette;
  double v = y - self->y, along = log (v + 0.03), across = (x - stage->width / 2) / (v + 0.12);
  double n = cs_sketch_noise_fbm (&stage->noise, across * 0.9, along * 4, 4),
         side = (x - stage->sun_x) / stage->width;
  double fine = stage->look.detail > 0.3 ? cs_sketch_noise_at (&stage->noise, across * 22, along * 34) : 0,
         lit = 0.62 + 0.5 * n - 0.22 * fabs (side);
  CsSketchColor color
      = cs_sketch_scale (cs_sketch_mix (get_green (stage), p->earth,
                                        is_snowy (stage) ? 0 : cs_sketch_step (0.1, 0.6, -n) * 0.25),
                         0.92 + 0.18 * fine);

  color = cs_sketch_lit (color, cs_sketch_mix (p->shade, p->light, cs_sketch_clamp (lit, 0.1, 1)));
  color = cs_sketch_mix (color, p->haze, 0.5 * exp (-v * 9) * (0.4 + p->haze_amount));
  color = cs_sketch_scale (color, 1 - 0.30 * cs_sketch_step (0.25, 0.6, v));
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
  rgba[3] = v < 0 ? 0 : 1;
}

/* Five petals round a heart. */
void
cs_sketch_flower_draw (
    CsSketchCanvas *canvas, double x, double y, double size, CsSketchColor color, CsSketchColor heart)
{
  for (int i = 0; i < 6; i++)
    {
      double a = i * G_PI / 3 + x * 40;

      cairo_save (canvas->cr);
      cairo_translate (canvas->cr, x + cos (a) * size * 0.55, y + sin (a) * size * 0.45);
      cairo_rotate (canvas->cr, a);
      cs_sketch_canvas_ellipse (canvas, 0, 0, size * 0.52, size * 0.30);
      cairo_restore (canvas->cr);
      cs_sketch_canvas_set_color (canvas, cs_sketch_scale (color, 0.86 + 0.04 * i), 1);
      cairo_fill (canvas->cr);
    }
  cs_sketch_canvas_circle (canvas, x, y, size * 0.27);
  cs_sketch_canvas_set_color (canvas, heart, 1);
  cairo_fill (canvas->cr);
}

/* Hills and groves far behind the meadow; set the horizon and add the sky first. */
void
cs_sketch_meadow_add_far (CsSketchStage *stage)
{
  double y = stage->horizon;
  CsSketchTerrain hills[] = {
    { .y = y - 0.02,
      .height = 0.16,
      .width = 0.45,
      .roughness = 0.45,
      .depth = 0.10,
      .mist = 0.6,
      .peak = 0.7,
      .peak_x = stage->width - stage->sun_x,
      .offset = 4,
      .snow = is_snowy (stage) ? 0.6 : 0.12,
      .color = stage->palette.rock },
    { .y = y + 0.012,
      .height = 0.07,
      .width = 0.6,
      .depth = 0.22,
      .mist = 0.4,
      .offset = 17,
      .color = cs_sketch_scale (get_green (stage), 0.8) },
  };
  CsSketchLayer *layer;

  cs_sketch_terrain_add (stage, &hills[0]);
  cs_sketch_terrain_add (stage, &hills[1]);
  layer = cs_sketch_stage_begin_part (stage, 0.30, -9, y - 0.16, stage->width + 9, y + 0.05);
  for (double x = layer->canvas->x0; x < layer->canvas->x1;
       x += cs_sketch_random_range (&stage->random, 0.03, 0.14))
    {
      double r = cs_sketch_random_range (&stage->random, 0.018, 0.045);

      if (fabs (x - stage->width / 2) > 0.18)
        cs_sketch_crown_draw (
            stage, layer->canvas, x, y - r * 0.6, r, r * 0.95,
            cs_sketch_mix (get_green (stage), stage->palette.leaf, is_snowy (stage) ? 0.3 : 0.8), 0.30);
    }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* Grass that comes towards the camera, with flowers. */
void
cs_sketch_meadow_add_ground (CsSketchStage *stage, double y, int n_flowers)
{
  CsSketchLayer *layer = cs_sketch_stage_begin_plane (stage, y, 0.34, 1.25);
  CsSketchCanvas *c = layer->canvas;
  Ground ground = { stage, y };
  CsSketchColor mix = cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.7),
                green = cs_sketch_lit (get_green (stage), mix);
  double range = stage->height - y;

  cs_sketch_canvas_shade (c, y, c->y1, 1, shade_ground, &ground);
  for (int i = 0; i < 26; i++)
    {
      double t = (i + 0.5) / 26, line = y + 0.03 + range * t * t;

      cs_sketch_grass_draw (stage, c, c->x0, c->x1, line, 0.010 + 0.050 * t * t,
                            (int) (16 + 60 * stage->look.detail),
                            cs_sketch_scale (green, 0.86 + 0.12 * (i % 2)));
      for (int k = 0; k < n_flowers / 26 && !is_snowy (stage); k++)
        {
          CsSketchColor bloom = cs_sketch_lit (
              CS_SKETCH_HEX (blooms[cs_sketch_random_int (&stage->random, G_N_ELEMENTS (blooms))]), mix);

          cs_sketch_flower_draw (c, cs_sketch_random_range (&stage->random, c->x0, c->x1),
                                 line - 0.006 - 0.03 * t * t * cs_sketch_random_double (&stage->random),
                                 0.0035 + 0.012 * t * t, bloom,
                                 cs_sketch_lit (CS_SKETCH_HEX (0xf8d24a), mix));
        }
    }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* Blades and blooms close before the camera, at its lower edge. */
void
cs_sketch_meadow_add_near (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin_part (stage, 1.4, -9, stage->height - 0.22, stage->width + 9,
                                                     stage->height + 9);
  CsSketchCanvas *c = layer->canvas;
  CsSketchColor mix = cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.45),
                green = cs_sketch_lit (cs_sketch_scale (get_green (stage), 0.7), mix);

  cs_sketch_grass_draw (stage, c, c->x0, c->x1, stage->height + 0.06, 0.14, 130, green);
  for (int i = 0; i < 12 && !is_snowy (stage); i++)
    {
      double x = c->x0 + (i + cs_sketch_random_double (&stage->random)) / 12 * (c->x1 - c->x0),
             aside = fabs (x - stage->width / 2) / stage->width * 2;
      CsSketchColor bloom = cs_sketch_lit (
          CS_SKETCH_HEX (blooms[cs_sketch_random_int (&stage->random, G_N_ELEMENTS (blooms))]), mix);

      if (aside > 0.45)
        cs_sketch_flower_draw (c, x,
                               stage->height - 0.02 - 0.08 * aside * cs_sketch_random_double (&stage->random),
                               0.030, bloom, cs_sketch_lit (CS_SKETCH_HEX (0xf8d24a), mix));
    }
  layer->sway_x = 0.006;
  layer->sway_period = 4;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}
