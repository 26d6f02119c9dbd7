/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-flourish.h"

/* What the hand of a cartoonist adds over a finished scene: sparkles in the dark, lines of speed. */

static void
trace_sparkle (cairo_t *cr, double x, double y, double size)
{
  double waist = size * 0.10;

  cairo_move_to (cr, x, y - size);
  cairo_curve_to (cr, x + waist, y - waist, x + waist, y - waist, x + size * 0.66, y);
  cairo_curve_to (cr, x + waist, y + waist, x + waist, y + waist, x, y + size);
  cairo_curve_to (cr, x - waist, y + waist, x - waist, y + waist, x - size * 0.66, y);
  cairo_curve_to (cr, x - waist, y - waist, x - waist, y - waist, x, y - size);
  cairo_close_path (cr);
}

/* Stars with four points around the middle, where the subject is; two such layers take turns. */
static void
add_sparkles (CsSketchStage *stage, int n, double lowest, double phase)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0.3);
  CsSketchCanvas *c = layer->canvas;
  CsSketchColor tint = cs_sketch_saturate (cs_sketch_mix (stage->palette.sky_low, stage->palette.accent, 0.4), 1.5);

  for (int i = 0; i < n; i++)
    {
      double x = cs_sketch_random_double (&stage->random), y = cs_sketch_random_range (&stage->random, 0.04, lowest);
      double size = cs_sketch_random_range (&stage->random, 0.012, i % 4 ? 0.024 : 0.046);

      if (hypot ((x - 0.5) / 0.30, (y - 0.5) / 0.42) < 1)
        x = x < 0.5 ? x * 0.4 : 1 - (1 - x) * 0.4;
      x *= stage->width;
      y *= stage->height;
      cs_sketch_canvas_glow (c, x, y, size * 1.5, size * 1.5, tint, 0.5);
      trace_sparkle (c->cr, x, y, size);
      cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (i % 3 ? 0xffffff : 0xfff2b0), 0.96);
      cairo_fill (c->cr);
    }
  layer->opacity = 0.72;
  layer->pulse = 0.28;
  layer->pulse_period = 2.3;
  layer->phase = phase;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
}

/* Wedges that run from the edges towards what matters. */
static void
add_speed_lines (CsSketchStage *stage, double phase)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0);
  CsSketchCanvas *c = layer->canvas;
  double cx = stage->width / 2, cy = stage->height / 2;

  for (int i = 0; i < 46; i++)
    {
      double angle = (i + cs_sketch_random_double (&stage->random) * 0.8) / 46 * 2 * G_PI;
      double wide = cs_sketch_random_range (&stage->random, 0.004, 0.018);
      double start = cs_sketch_random_range (&stage->random, 0.88, 1.2);

      cairo_move_to (c->cr, cx * (1 + cos (angle) * start), cy * (1 + sin (angle) * start));
      cairo_line_to (c->cr, cx * (1 + cos (angle - wide) * 2), cy * (1 + sin (angle - wide) * 2));
      cairo_line_to (c->cr, cx * (1 + cos (angle + wide) * 2), cy * (1 + sin (angle + wide) * 2));
      cairo_close_path (c->cr);
      cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xffffff), 0.55);
      cairo_fill (c->cr);
    }
  layer->opacity = 0.55;
  layer->pulse = 0.45;
  layer->pulse_period = 0.5;
  layer->phase = phase;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
}

void
cs_sketch_flourish_add (CsSketchStage *stage)
{
  CsSketchFamilyId family = stage->idea.family;
  gboolean is_around = family == CS_SKETCH_SPACE || family == CS_SKETCH_TABLE || family == CS_SKETCH_ABSTRACT;

  if (stage->style != CS_STYLE_ANIME)
    return;
  if (is_around || stage->look.is_night)
    for (int i = 0; i < 2; i++)
      add_sparkles (stage, is_around ? 13 : 9, is_around ? 0.95 : 0.30, i * 0.5);
  if (family == CS_SKETCH_ROAD || cs_sketch_stage_has (stage, CS_SKETCH_DRAGON)
      || cs_sketch_stage_has (stage, CS_SKETCH_CHASE))
    for (int i = 0; i < 2; i++)
      add_speed_lines (stage, i * 0.5);
}
