/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"

/* A studio wall and the table before it: one soft light on the wall, its mirror on the table. */
static void
shade_studio (gconstpointer data, double x, double y, float rgba[4])
{
  const CsSketchStage *stage = data;
  gboolean is_dark = stage->idea.is_dark || stage->palette.is_night;
  double below = y > stage->horizon, my = below ? 2 * stage->horizon - y : y;
  double dx = (x - stage->width * (0.5 + 0.10 * stage->look.light_x)) / 0.62, dy = (my - stage->horizon + 0.34) / 0.44;
  double pool = exp (-(dx * dx + dy * dy)), grain = cs_sketch_noise_fbm (&stage->noise, x * (below ? 2.5 : 2.0), y * (below ? 26 : 2.0), 3);
  CsSketchColor warm = cs_sketch_mix (stage->palette.accent, stage->palette.light, is_dark ? 0.25 : 0.62);
  CsSketchColor deep = is_dark ? CS_SKETCH_HEX (0x08080d) : cs_sketch_scale (cs_sketch_mix (warm, stage->palette.shade, 0.4), 0.75);
  CsSketchColor color = cs_sketch_mix (deep, warm, pool * (is_dark ? 0.42 : 0.9) * (below ? 0.62 : 1));

  color = cs_sketch_scale (color, 1 + grain * (below ? 0.16 : 0.10));
  color = cs_sketch_add (color, warm, 0.18 * exp (-fabs (y - stage->horizon) * 60) * pool);
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
}

static void
add_studio (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0.35);
  CsSketchCanvas *c = layer->canvas;

  cs_sketch_canvas_shade (c, c->y0, c->y1, 2, shade_studio, stage);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SKY);
  layer = cs_sketch_stage_begin (stage, 0.5);
  for (int i = 0; i < 18; i++)
    {
      double r = cs_sketch_random_range (&stage->random, 0.02, 0.06);

      cs_sketch_canvas_circle (layer->canvas, cs_sketch_random_range (&stage->random, 0, stage->width), cs_sketch_random_range (&stage->random, 0.05, 0.85) * stage->horizon, r);
      cs_sketch_canvas_set_color (layer->canvas, cs_sketch_mix (stage->palette.window, stage->palette.accent, 0.3), cs_sketch_random_range (&stage->random, 0.04, 0.14));
      cairo_fill (layer->canvas->cr);
    }
  cs_sketch_canvas_blur (layer->canvas, 0.006);
  layer->sway_x = 0.006;
  layer->sway_period = 7;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
}

/* Metal or glass: bright and dark bands from side to side. */
static void
set_metal (CsSketchCanvas *c, double x, double half, CsSketchColor color, double light)
{
  static const double bands[][2] = { { 0, 0.25 }, { 0.10, 1.15 }, { 0.22, 0.55 }, { 0.40, 0.85 }, { 0.62, 0.40 }, { 0.80, 0.22 }, { 0.93, 0.95 }, { 1, 0.3 } };
  cairo_pattern_t *p = cairo_pattern_create_linear (x + half * light, 0, x - half * light, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (bands); i++)
    {
      CsSketchColor v = cs_sketch_mix (cs_sketch_scale (color, bands[i][1]), CS_SKETCH_HEX (0xffffff), bands[i][1] > 1 ? 0.6 : 0);

      cairo_pattern_add_color_stop_rgb (p, bands[i][0], cs_sketch_clamp (v.r, 0, 1), cs_sketch_clamp (v.g, 0, 1), cs_sketch_clamp (v.b, 0, 1));
    }
  cairo_set_source (c->cr, p);
  cairo_pattern_destroy (p);
}

static void
draw_strap (CsSketchStage *stage, CsSketchCanvas *c, double x, double y, double r, double way)
{
  CsSketchColor leather = stage->idea.is_dark ? CS_SKETCH_HEX (0x4a2a1c) : CS_SKETCH_HEX (0x7a4426);

  cairo_move_to (c->cr, x - r * 0.56, y + way * r * 0.75);
  cairo_line_to (c->cr, x + r * 0.56, y + way * r * 0.75);
  cairo_curve_to (c->cr, x + r * 0.5, y + way * r * 1.5, x + r * 0.46, y + way * r * 1.7, x + r * 0.40, y + way * r * 1.95);
  cairo_line_to (c->cr, x - r * 0.40, y + way * r * 1.95);
  cairo_curve_to (c->cr, x - r * 0.46, y + way * r * 1.7, x - r * 0.5, y + way * r * 1.5, x - r * 0.56, y + way * r * 0.75);
  cairo_close_path (c->cr);
  set_metal (c, x, r * 0.75, leather, stage->look.light_x);
  cairo_fill (c->cr);
  for (int side = -1; side <= 1; side += 2)
    for (int i = 0; i < 11; i++)
      {
        cs_sketch_canvas_ellipse (c, x + side * r * (0.48 - 0.009 * i), y + way * r * (0.98 + 0.085 * i), r * 0.011, r * 0.026);
        cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xe0b080), 0.8);
        cairo_fill (c->cr);
      }
}

static void
draw_dial (CsSketchStage *stage, CsSketchCanvas *c, double x, double y, double r)
{
  CsSketchColor gold = CS_SKETCH_HEX (0xe8bc6a);
  const double rings[][2] = { { 1, 1 }, { 0.90, 0.45 }, { 0.86, 1.1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rings); i++)
    {
      cs_sketch_canvas_circle (c, x, y, r * rings[i][0]);
      set_metal (c, x, r * rings[i][0], cs_sketch_scale (gold, rings[i][1]), i % 2 ? -stage->look.light_x : stage->look.light_x);
      cairo_fill (c->cr);
    }
  cs_sketch_canvas_circle (c, x, y, r * 0.80);
  cs_sketch_canvas_set_ball (c, x, y, r * 0.8, CS_SKETCH_HEX (0x3a5278), CS_SKETCH_HEX (0x18263f), CS_SKETCH_HEX (0x080d18));
  cairo_fill (c->cr);
  for (int i = 0; i < 60; i++)
    {
      double a = i * G_PI / 30, from = i % 5 ? 0.735 : 0.62;

      cairo_move_to (c->cr, x + cos (a) * r * from, y + sin (a) * r * from);
      cairo_line_to (c->cr, x + cos (a) * r * 0.765, y + sin (a) * r * 0.765);
      cairo_set_line_width (c->cr, r * (i % 5 ? 0.008 : 0.030));
      cs_sketch_canvas_set_color (c, cs_sketch_mix (gold, CS_SKETCH_HEX (0xffffff), 0.4), i % 5 ? 0.6 : 1);
      cairo_stroke (c->cr);
    }
  cs_sketch_canvas_circle (c, x, y + r * 0.36, r * 0.20);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x0c1424), 1);
  cairo_fill_preserve (c->cr);
  cairo_set_line_width (c->cr, r * 0.014);
  cs_sketch_canvas_set_color (c, gold, 0.9);
  cairo_stroke (c->cr);
}

static void
add_hand (CsSketchStage *stage, double x, double y, double length, double width, double angle, double spin, CsSketchColor color)
{
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, length * 2.2, length * 2.2);
  CsSketchMotion motion = { .x = x, .y = y, .angle = angle, .spin = spin, .depth = 1, .period = 1 };

  cairo_move_to (c->cr, -width, length * 0.2);
  cairo_line_to (c->cr, -width * 0.6, -length * 0.9);
  cairo_line_to (c->cr, 0, -length);
  cairo_line_to (c->cr, width * 0.6, -length * 0.9);
  cairo_line_to (c->cr, width, length * 0.2);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_color (c, color, 1);
  cairo_fill (c->cr);
  cs_sketch_canvas_circle (c, 0, 0, width * 2.2);
  cairo_fill (c->cr);
  cs_sketch_actors_add_sprite (stage, cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_LIGHT), &motion);
}

static void
draw_watch (CsSketchStage *stage, CsSketchCanvas *c, double x, double foot, double r)
{
  double y = foot - r * 1.95;

  draw_strap (stage, c, x, y, r, -1);
  draw_strap (stage, c, x, y, r, 1);
  cs_sketch_canvas_round_box (c, x + r * 0.97, y - r * 0.10, r * 0.15, r * 0.20, r * 0.04);
  set_metal (c, x + r, r * 0.2, CS_SKETCH_HEX (0xe8bc6a), stage->look.light_x);
  cairo_fill (c->cr);
  draw_dial (stage, c, x, y, r);
}

/* A bottle of scent: thick glass, amber within, a metal cap. */
static void
draw_bottle (CsSketchStage *stage, CsSketchCanvas *c, double x, double foot, double s)
{
  CsSketchColor amber = cs_sketch_mix (CS_SKETCH_HEX (0xf0a04a), stage->palette.accent, 0.4), glass = cs_sketch_mix (amber, CS_SKETCH_HEX (0xdfe8f0), 0.7);

  cs_sketch_canvas_round_box (c, x - s * 0.62, foot - s * 1.7, s * 1.24, s * 1.7, s * 0.16);
  set_metal (c, x, s * 0.62, cs_sketch_scale (glass, 0.8), stage->look.light_x);
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, x - s * 0.50, foot - s * 1.34, s * 1.0, s * 1.22, s * 0.10);
  cs_sketch_canvas_set_vertical (c, foot - s * 1.34, cs_sketch_scale (amber, 1.25), foot - s * 0.1, cs_sketch_scale (amber, 0.45));
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, x - s * 0.30, foot - s * 0.98, s * 0.60, s * 0.46, s * 0.03);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xfff6e6), 0.9);
  cairo_fill (c->cr);
  for (int i = 0; i < 3; i++)
    {
      cs_sketch_canvas_round_box (c, x - s * (0.2 - 0.05 * i), foot - s * (0.87 - 0.12 * i), s * (0.4 - 0.1 * i), s * 0.03, s * 0.015);
      cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x6a4a2a), 0.8);
      cairo_fill (c->cr);
    }
  cs_sketch_canvas_round_box (c, x - s * 0.17, foot - s * 1.84, s * 0.34, s * 0.17, s * 0.02);
  set_metal (c, x, s * 0.17, CS_SKETCH_HEX (0xc8a058), stage->look.light_x);
  cairo_fill (c->cr);
  cs_sketch_canvas_round_box (c, x - s * 0.27, foot - s * 2.34, s * 0.54, s * 0.52, s * 0.05);
  set_metal (c, x, s * 0.27, CS_SKETCH_HEX (0xe8c478), stage->look.light_x);
  cairo_fill (c->cr);
}

static void
draw_cup (CsSketchStage *stage, CsSketchCanvas *c, double x, double foot, double s)
{
  CsSketchColor clay = cs_sketch_mix (CS_SKETCH_HEX (0xf6efe6), stage->palette.accent, 0.22), dark = cs_sketch_scale (clay, 0.45);
  double l = stage->look.light_x, y = foot - s * 1.25;

  cs_sketch_canvas_ellipse (c, x, foot - s * 0.06, s * 1.25, s * 0.13);
  cs_sketch_canvas_set_sideways (c, x + l * s, clay, x - l * s, dark);
  cairo_fill (c->cr);
  cs_sketch_canvas_ellipse (c, x + s * 0.82, y + s * 0.52, s * 0.32, s * 0.34);
  cairo_set_line_width (c->cr, s * 0.13);
  cs_sketch_canvas_set_vertical (c, y, clay, foot, dark);
  cairo_stroke (c->cr);
  cairo_move_to (c->cr, x - s * 0.86, y);
  cairo_curve_to (c->cr, x - s * 0.84, y + s * 0.8, x - s * 0.6, foot - s * 0.08, x - s * 0.36, foot - s * 0.08);
  cairo_line_to (c->cr, x + s * 0.36, foot - s * 0.08);
  cairo_curve_to (c->cr, x + s * 0.6, foot - s * 0.08, x + s * 0.84, y + s * 0.8, x + s * 0.86, y);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_sideways (c, x + l * s * 0.9, cs_sketch_scale (clay, 1.08), x - l * s * 0.9, dark);
  cairo_fill (c->cr);
  cs_sketch_canvas_ellipse (c, x, y, s * 0.86, s * 0.20);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (clay, 1.1), 1);
  cairo_fill (c->cr);
  cs_sketch_canvas_ellipse (c, x, y + s * 0.03, s * 0.77, s * 0.155);
  cs_sketch_canvas_set_vertical (c, y - s * 0.1, CS_SKETCH_HEX (0x2a140a), y + s * 0.2, CS_SKETCH_HEX (0x8a5430));
  cairo_fill (c->cr);
}

static void
add_steam (CsSketchStage *stage, double x, double y, double s)
{
  for (int i = 0; i < 3; i++)
    {
      CsSketchLayer *layer = cs_sketch_stage_begin_part (stage, 1, x - s, y - s * 1.7, x + s, y + 0.03);
      cairo_t *cr = layer->canvas->cr;
      double at = x + (i - 1) * s * 0.3;

      cairo_move_to (cr, at, y);
      cairo_curve_to (cr, at + s * 0.4, y - s * 0.4, at - s * 0.4, y - s * 0.8, at + s * 0.15 * (i - 1), y - s * (1.1 + 0.15 * i));
      cairo_set_line_width (cr, s * 0.13);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cs_sketch_canvas_set_color (layer->canvas, CS_SKETCH_HEX (0xfff8ee), 0.34);
      cairo_stroke (cr);
      cs_sketch_canvas_blur (layer->canvas, s * 0.07);
      layer->sway_x = 0.012;
      layer->sway_y = 0.008;
      layer->sway_period = 2.8 + i * 0.9;
      layer->phase = i * 0.33;
      layer->pulse = 0.35;
      layer->pulse_period = 3.4 + i;
      cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
    }
}

/* The object upside down on the polished table, fading away from its foot. */
static void
add_reflection (CsSketchStage *stage, CsSketchCanvas *object, double foot)
{
  CsSketchLayer *layer = cs_sketch_stage_begin_part (stage, 1, -9, foot - 0.04, stage->width + 9, 9);
  cairo_t *cr = layer->canvas->cr;
  cairo_pattern_t *fade = cairo_pattern_create_linear (0, foot, 0, foot + 0.30);

  cs_sketch_canvas_soft_shadow (layer->canvas, stage->width / 2 - stage->look.light_x * 0.03, foot + 0.004, 0.34, 0.035, 0.85);
  cairo_pattern_add_color_stop_rgba (fade, 0, 0, 0, 0, 0.42);
  cairo_pattern_add_color_stop_rgba (fade, 1, 0, 0, 0, 0);
  cairo_save (cr);
  cairo_rectangle (cr, layer->canvas->x0, foot, 9, 9);
  cairo_clip (cr);
  cairo_translate (cr, object->x0, 2 * foot - object->y0);
  cairo_scale (cr, 1 / stage->unit, -1 / stage->unit);
  cairo_set_source_surface (cr, object->surface, 0, 0);
  cairo_scale (cr, stage->unit, -stage->unit);
  cairo_translate (cr, -object->x0, object->y0 - 2 * foot);
  cairo_mask (cr, fade);
  cairo_restore (cr);
  cairo_pattern_destroy (fade);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
}

/* One thing on a table, in the light of a studio. */
void
cs_sketch_family_draw_table (CsSketchStage *stage)
{
  gboolean is_watch = cs_sketch_stage_has (stage, CS_SKETCH_WATCH), is_bottle = cs_sketch_stage_has (stage, CS_SKETCH_BOTTLE);
  double x = stage->width / 2, s = 0.19, foot;
  CsSketchLayer *layer;

  cs_sketch_stage_set_horizon (stage, stage->height > 1.2 ? 0.60 : 0.66);
  foot = stage->horizon + 0.14;
  stage->camera.focus_y = foot - 0.3;
  if (!is_watch && !is_bottle && !cs_sketch_stage_has (stage, CS_SKETCH_CUP))
    is_bottle = cs_sketch_random_chance (&stage->random, 0.5);
  add_studio (stage);
  layer = cs_sketch_stage_begin (stage, 1);
  if (is_watch)
    draw_watch (stage, layer->canvas, x, foot, s);
  else if (is_bottle)
    draw_bottle (stage, layer->canvas, x, foot, s * 1.25);
  else
    draw_cup (stage, layer->canvas, x, foot, s * 1.2);
  cairo_surface_flush (layer->canvas->surface);
  add_reflection (stage, layer->canvas, foot);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
  if (is_watch)
    {
      add_hand (stage, x, foot - s * 1.95, s * 0.40, s * 0.030, -1.05, 0, CS_SKETCH_HEX (0xf6e2b8));
      add_hand (stage, x, foot - s * 1.95, s * 0.62, s * 0.022, 1.05, 1 / 3600.0, CS_SKETCH_HEX (0xf6e2b8));
      add_hand (stage, x, foot - s * 1.95, s * 0.70, s * 0.009, 2.6, 1 / 60.0, CS_SKETCH_HEX (0xe8604a));
    }
  else if (!is_bottle)
    add_steam (stage, x, foot - s * 1.5, s * 1.2);
  if (is_watch)
    cs_sketch_actors_add_lamp (stage, 1, x + stage->look.light_x * s * 0.7, foot - s * 2.5, s * 0.35, CS_SKETCH_HEX (0xfff2d8), 0.5, 2.7);
  cs_sketch_actors_add_particles (stage, CS_SKETCH_DUST, 30, CS_SKETCH_HEX (0xffe8c0));
}
