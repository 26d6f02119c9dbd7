/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-trees.h"

static CsSketchColor
in_air (const CsSketchStage *stage, CsSketchColor color, double lit, double depth)
{
  const CsSketchPalette *p = &stage->palette;

  return cs_sketch_stage_haze (
      stage, cs_sketch_lit (color, cs_sketch_mix (cs_sketch_scale (p->shade, 0.75), p->light, lit)), depth);
}

/* Rounded leaves in a heap, lit from the side of the sun: dark body, middle tones, then single leaves. */
void
cs_sketch_crown_draw (CsSketchStage *stage,
                      CsSketchCanvas *canvas,
                      double x,
                      double y,
                      double radius_x,
                      double radius_y,
                      CsSketchColor color,
                      double depth)
{
  CsSketchRandom *random = &stage->random;
  double side = stage->look.light_x, leaf = MAX (0.0030, sqrt (radius_x * radius_y) * 0.075);
  int n = (int) (40 + 300 * stage->look.detail * cs_sketch_clamp (radius_x * 9, 0.1, 1));

  for (int pass = 0; pass < 3; pass++)
    {
      int puffs = 13 - pass * 2;

      for (int i = 0; i < puffs; i++)
        {
          double a = i * 2.39996 + radius_x * 31, d = sqrt ((i + 0.4) / puffs) * (0.80 - 0.12 * pass);
          double r
              = (0.40 - 0.10 * pass) * (0.8 + 0.5 * cs_sketch_hash_double ((guint32) i, (guint32) (x * 991)));

          cs_sketch_canvas_ellipse (canvas, x + (cos (a) * d + side * 0.12 * pass) * radius_x,
                                    y + (sin (a) * d - 0.16 * pass) * radius_y, r * radius_x, r * radius_y);
        }
      cs_sketch_canvas_set_color (
          canvas, in_air (stage, cs_sketch_scale (color, 0.72 + 0.16 * pass), 0.10 + 0.32 * pass, depth), 1);
      cairo_fill (canvas->cr);
    }
  for (int i = 0; i < n; i++)
    {
      double a = cs_sketch_random_double (random) * 2 * G_PI,
             d = sqrt (cs_sketch_random_double (random)) * 1.04;
      double dx = cos (a) * d, dy = sin (a) * d,
             lit = 0.45 + 0.32 * (dx * side - dy) + cs_sketch_random_range (random, -0.28, 0.28);
      CsSketchColor tone = cs_sketch_mix (color, cs_sketch_add (color, stage->palette.sun, 0.16), lit);

      cairo_save (canvas->cr);
      cairo_translate (canvas->cr, x + dx * radius_x, y + dy * radius_y);
      cairo_rotate (canvas->cr, a);
      cs_sketch_canvas_ellipse (canvas, 0, 0, leaf * (0.7 + 0.6 * fabs (dx)), leaf * 0.55);
      cairo_restore (canvas->cr);
      cs_sketch_canvas_set_color (
          canvas,
          in_air (stage, cs_sketch_scale (tone, 0.7 + 0.5 * lit), cs_sketch_clamp (lit * 1.2, 0, 1), depth),
          0.85);
      cairo_fill (canvas->cr);
    }
}

/* A trunk that narrows upwards, with its bright side. */
static void
draw_trunk (CsSketchStage *stage,
            CsSketchCanvas *c,
            double x,
            double foot,
            double top,
            double w,
            CsSketchColor bark,
            double depth)
{
  double bend = cs_sketch_random_range (&stage->random, -0.5, 0.5) * w, mid = (foot + top) / 2;
  CsSketchColor lit = in_air (stage, bark, 0.85, depth),
                dark = in_air (stage, cs_sketch_scale (bark, 0.55), 0.15, depth);
  gboolean is_left = stage->look.light_x < 0;

  cairo_move_to (c->cr, x - w * 1.5, foot + w * 0.25);
  cairo_curve_to (c->cr, x - w * 0.7, foot - w, x - w * 0.55 + bend, mid, x - w * 0.30, top);
  cairo_line_to (c->cr, x + w * 0.30, top);
  cairo_curve_to (c->cr, x + w * 0.55 + bend, mid, x + w * 0.7, foot - w, x + w * 1.5, foot + w * 0.25);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_sideways (c, x - w, is_left ? lit : dark, x + w, is_left ? dark : lit);
  cairo_fill (c->cr);
  if (w < 0.012 || stage->look.detail < 0.3)
    return;
  cairo_set_line_width (c->cr, w * 0.07);
  for (int i = 0; i < 34; i++)
    {
      double t = cs_sketch_random_double (&stage->random), y = cs_sketch_lerp (top, foot, t);
      double px = x + cs_sketch_random_range (&stage->random, -0.5, 0.5) * w + bend * 4 * t * (1 - t) * 0.75;

      cairo_move_to (c->cr, px, y);
      cairo_rel_curve_to (c->cr, w * 0.08, w * 0.4, -w * 0.08, w * 0.8, 0,
                          w * cs_sketch_random_range (&stage->random, 0.8, 2.2));
      cs_sketch_canvas_set_color (c, i % 3 ? dark : lit, 0.5);
      cairo_stroke (c->cr);
    }
}

static void
draw_fir (CsSketchStage *stage, CsSketchCanvas *c, const CsSketchTree *t)
{
  int tiers = (int) cs_sketch_clamp (7 + t->height * 16, 7, 15);
  double side = stage->look.light_x, h = t->height;

  draw_trunk (stage, c, t->x, t->foot, t->foot - h * 0.5, h * 0.022, CS_SKETCH_HEX (0x5a4334), t->depth);
  for (int i = 0; i < tiers; i++)
    {
      double s = (double) i / tiers, y = t->foot - h * (0.10 + 0.74 * s),
             w = h * 0.23 * (1.03 - s) * cs_sketch_random_range (&stage->random, 0.85, 1.15);
      double drop = h * (0.075 + 0.03 * (1 - s)), top = y - h * 0.16;
      CsSketchColor dark = in_air (stage, cs_sketch_scale (t->color, 0.62), 0.2, t->depth);
      CsSketchColor lit = in_air (stage, t->color, 0.75, t->depth);

      if (t->snow > 0)
        lit = cs_sketch_mix (lit, in_air (stage, CS_SKETCH_HEX (0xffffff), 0.95, t->depth), t->snow * 0.9);
      cairo_move_to (c->cr, t->x, top);
      cairo_curve_to (c->cr, t->x + w * 0.2, y - drop, t->x + w * 0.6, y - drop * 0.2, t->x + w,
                      y + drop * 0.12);
      for (int k = 3; k >= -3; k--)
        cairo_line_to (c->cr, t->x + w * k / 4.0, y + drop * (k % 2 ? 0.42 : 0.10));
      cairo_line_to (c->cr, t->x - w, y + drop * 0.12);
      cairo_curve_to (c->cr, t->x - w * 0.6, y - drop * 0.2, t->x - w * 0.2, y - drop, t->x, top);
      cairo_close_path (c->cr);
      cs_sketch_canvas_set_sideways (c, t->x - side * w, dark, t->x + side * w, lit);
      cairo_fill (c->cr);
      if (t->snow > 0)
        {
          cairo_move_to (c->cr, t->x, top);
          cairo_curve_to (c->cr, t->x + side * w * 0.2, y - drop, t->x + side * w * 0.6, y - drop * 0.3,
                          t->x + side * w * 0.95, y + drop * 0.08);
          cairo_curve_to (c->cr, t->x + side * w * 0.5, y - drop * 0.05, t->x + side * w * 0.1,
                          y - drop * 0.5, t->x - side * w * 0.2, y - drop * 0.4);
          cs_sketch_canvas_set_color (c, in_air (stage, CS_SKETCH_HEX (0xffffff), 0.9, t->depth),
                                      0.8 * t->snow);
          cairo_fill (c->cr);
        }
    }
}

/* A branch with hanging needles. */
static void
draw_branch (CsSketchStage *stage,
             CsSketchCanvas *c,
             const CsSketchTree *t,
             double x,
             double y,
             double length,
             CsSketchColor color)
{
  double drop = fabs (length) * 0.28;

  cs_sketch_canvas_set_color (c, color, 1);
  cairo_set_line_width (c->cr, t->height * 0.004);
  cairo_move_to (c->cr, x, y);
  cairo_curve_to (c->cr, x + length * 0.4, y - drop * 0.3, x + length * 0.8, y + drop * 0.2, x + length,
                  y + drop);
  cairo_stroke (c->cr);
  for (int i = 1; i <= 5; i++)
    {
      double s = i / 5.0;

      cairo_move_to (c->cr, x + length * (s - 0.28), y + drop * (s * s - 0.22));
      cairo_curve_to (c->cr, x + length * s, y + drop * (s * s - 0.35), x + length * (s + 0.15),
                      y + drop * s * s, x + length * (s + 0.05),
                      y + drop * (s * s + 0.75 * cs_sketch_random_range (&stage->random, 0.6, 1.2)));
      cairo_curve_to (c->cr, x + length * (s - 0.1), y + drop * (s * s + 0.2), x + length * (s - 0.2),
                      y + drop * s * s, x + length * (s - 0.28), y + drop * (s * s - 0.22));
      cairo_fill (c->cr);
    }
}

static void
draw_pine (CsSketchStage *stage, CsSketchCanvas *c, const CsSketchTree *t)
{
  CsSketchRandom *random = &stage->random;
  int n = 22;

  draw_trunk (stage, c, t->x, t->foot, t->foot - t->height, t->height * 0.019, CS_SKETCH_HEX (0x6b5444),
              t->depth);
  for (int i = 0; i < n; i++)
    {
      double s = (i + cs_sketch_random_double (random)) / n,
             y = t->foot - t->height * cs_sketch_lerp (0.34, 0.99, s);
      double way = i % 2 ? 1 : -1,
             length = t->height * 0.17 * (1.1 - s * 0.8) * cs_sketch_random_range (random, 0.5, 1.15);
      CsSketchColor color
          = in_air (stage, cs_sketch_scale (t->color, cs_sketch_random_range (random, 0.55, 0.95)),
                    way * stage->look.light_x > 0 ? 0.65 : 0.2, t->depth);

      draw_branch (stage, c, t, t->x, y, way * length, color);
    }
}

static void
draw_leafy (CsSketchStage *stage, CsSketchCanvas *c, const CsSketchTree *t)
{
  CsSketchColor bark = CS_SKETCH_HEX (0x6a5040);
  double h = t->height, top = t->foot - h * 0.64;

  draw_trunk (stage, c, t->x, t->foot, top, h * 0.030, bark, t->depth);
  cs_sketch_canvas_set_color (c, in_air (stage, cs_sketch_scale (bark, 0.7), 0.3, t->depth), 1);
  for (int i = -2; i <= 2; i++)
    {
      cairo_set_line_width (c->cr, h * 0.016);
      cairo_move_to (c->cr, t->x, t->foot - h * 0.38 - h * 0.02 * abs (i));
      cairo_curve_to (c->cr, t->x + i * h * 0.04, t->foot - h * 0.5, t->x + i * h * 0.1, top,
                      t->x + i * h * 0.12, top - h * 0.08);
      cairo_stroke (c->cr);
    }
  for (int i = 0; i < 4; i++)
    {
      static const double places[4][4] = { { -0.22, 0.60, 0.20, 0.15 },
                                           { 0.23, 0.62, 0.20, 0.15 },
                                           { 0.02, 0.62, 0.22, 0.14 },
                                           { 0.0, 0.80, 0.24, 0.19 } };
      double wobble = cs_sketch_random_range (&stage->random, 0.85, 1.15);

      cs_sketch_crown_draw (stage, c, t->x + places[i][0] * h * wobble, t->foot - places[i][1] * h,
                            places[i][2] * h * wobble, places[i][3] * h, t->color, t->depth);
    }
}

/* A long leaf with fingers on both sides, curving down: palms, ferns, jungle. */
void
cs_sketch_frond_draw (CsSketchStage *stage,
                      CsSketchCanvas *c,
                      double x,
                      double y,
                      double angle,
                      double length,
                      CsSketchColor color)
{
  double px = x, py = y, a = angle, fall = cos (angle) >= 0 ? 1 : -1;
  int n = 16;

  cs_sketch_canvas_set_color (c, color, 1);
  for (int i = 0; i < n; i++)
    {
      double s = (double) i / n, step = length / n,
             w = length * 0.24 * sin (G_PI * (0.12 + 0.86 * s)) + length * 0.01;

      a += fall * 1.35 / n * (0.3 + s);
      for (int k = -1; k <= 1; k += 2)
        {
          double b = a + k * (0.95 - 0.4 * s);

          cairo_move_to (c->cr, px, py);
          cairo_line_to (c->cr, px + cos (b) * w, py + sin (b) * w + w * 0.12);
          cairo_line_to (c->cr, px + cos (a) * step * 0.9, py + sin (a) * step * 0.9);
          cairo_close_path (c->cr);
        }
      px += cos (a) * step;
      py += sin (a) * step;
    }
  cairo_fill (c->cr);
  (void) stage;
}

static void
draw_palm (CsSketchStage *stage, CsSketchCanvas *c, const CsSketchTree *t)
{
  double lean = cs_sketch_random_range (&stage->random, -0.16, 0.16) * t->height, w = t->height * 0.018;
  double x = t->x + lean, y = t->foot - t->height * 0.8;

  cairo_set_line_width (c->cr, w * 2);
  cairo_move_to (c->cr, t->x, t->foot + 0.01);
  cairo_curve_to (c->cr, t->x, t->foot - t->height * 0.4, x - lean * 0.2, y + t->height * 0.2, x, y);
  cs_sketch_canvas_set_color (c, in_air (stage, CS_SKETCH_HEX (0x7a6248), 0.45, t->depth), 1);
  cairo_stroke (c->cr);
  for (int i = 0; i < 11; i++)
    {
      double a = -G_PI / 2 + (i - 5) * 0.42 + cs_sketch_random_range (&stage->random, -0.1, 0.1);
      double lit = 0.35 + 0.4 * cos (a) * stage->look.light_x - 0.3 * sin (a);

      cs_sketch_frond_draw (stage, c, x, y, a,
                            t->height * cs_sketch_random_range (&stage->random, 0.30, 0.40),
                            in_air (stage, cs_sketch_scale (t->color, 0.75 + 0.3 * lit),
                                    cs_sketch_clamp (lit, 0, 1), t->depth));
    }
}

void
cs_sketch_tree_draw (CsSketchStage *stage, CsSketchCanvas *canvas, const CsSketchTree *tree)
{
  static void (*const draw[]) (CsSketchStage *, CsSketchCanvas *, const CsSketchTree *)
      = { draw_fir, draw_pine, draw_leafy, draw_palm };

  draw[tree->kind](stage, canvas, tree);
}

/* A tuft of fronds; @color is used as it is. */
void
cs_sketch_fern_draw (
    CsSketchStage *stage, CsSketchCanvas *canvas, double x, double y, double size, CsSketchColor color)
{
  for (int i = 0; i < 9; i++)
    {
      double a = -G_PI / 2 + (i - 4) * 0.30 + cs_sketch_random_range (&stage->random, -0.12, 0.12);
      double lit
          = 0.72 + 0.30 * cs_sketch_random_double (&stage->random) + 0.22 * cos (a) * stage->look.light_x;

      cs_sketch_frond_draw (stage, canvas, x, y, a, size * cs_sketch_random_range (&stage->random, 0.7, 1.1),
                            cs_sketch_scale (color, lit));
    }
}

/* Blades of grass along a line; @color is used as it is. */
void
cs_sketch_grass_draw (CsSketchStage *stage,
                      CsSketchCanvas *canvas,
                      double x0,
                      double x1,
                      double y,
                      double size,
                      int n,
                      CsSketchColor color)
{
  for (int i = 0; i < n; i++)
    {
      double x = cs_sketch_random_range (&stage->random, x0, x1),
             h = size * cs_sketch_random_range (&stage->random, 0.4, 1.0);
      double bend = cs_sketch_random_range (&stage->random, -0.5, 0.5) * h,
             foot = y + cs_sketch_random_range (&stage->random, 0, 0.4) * size;

      cairo_move_to (canvas->cr, x - size * 0.05, foot);
      cairo_curve_to (canvas->cr, x - size * 0.03, foot - h * 0.5, x + bend * 0.4, foot - h * 0.8, x + bend,
                      foot - h);
      cairo_curve_to (canvas->cr, x + bend * 0.6, foot - h * 0.7, x + size * 0.05, foot - h * 0.4,
                      x + size * 0.06, foot);
      cairo_close_path (canvas->cr);
      cs_sketch_canvas_set_color (
          canvas, cs_sketch_scale (color, cs_sketch_random_range (&stage->random, 0.7, 1.25)), 1);
      cairo_fill (canvas->cr);
    }
}
