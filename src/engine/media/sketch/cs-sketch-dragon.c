/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family-sky.h"

#define N_POSES 8

/* A dragon that beats its wings; the sprites are borrowed from the stage. */
typedef struct
{
  const CsSketchCanvas *poses[N_POSES];
  double x, y, way;
} Dragon;

/* What its painters share: a plain value on the stack. */
typedef struct
{
  CsSketchCanvas *c;
  double s, way;
  CsSketchColor skin, belly, dark, membrane, horn;
} Paint;

static void
draw_dragon (gconstpointer data, CsSketchFrame *frame)
{
  const Dragon *self = data;
  double beat = frame->is_still ? 0.08 : frame->seconds * 0.62, part = beat - floor (beat), px, py, scale;
  double up = 0.5 + 0.5 * cos (part * 2 * G_PI), s = frame->seconds - frame->camera->duration / 2;
  int pose = (int) CLAMP ((1 - up) * N_POSES, 0, N_POSES - 1);

  if (frame->is_still)
    s = 0;
  scale = cs_sketch_frame_project (frame, 1, self->x + self->way * s * 0.010,
                                   self->y - 0.016 * sin (part * 2 * G_PI), &px, &py);
  cs_sketch_frame_put (frame, self->poses[pose], px, py, scale, 0.03 * sin (frame->seconds * 0.9), 1);
}

/* One wing in leather: (x, y) its shoulder, @lift 1 up .. -0.6 down. */
static void
draw_wing (
    const Paint *p, double x, double y, double wide, double lift, CsSketchColor leather, CsSketchColor bone)
{
  static const double tips[5][2]
      = { { -0.22, -0.98 }, { -0.60, -0.80 }, { -0.82, -0.46 }, { -0.80, -0.12 }, { -0.46, 0.08 } };
  cairo_t *cr = p->c->cr;
  double s = p->s, wx = x + 0.10 * wide, wy = y - 0.46 * lift;

  cairo_move_to (cr, s * x, s * y);
  cairo_line_to (cr, s * wx, s * wy);
  cairo_line_to (cr, s * (x + tips[0][0] * wide), s * (y + tips[0][1] * lift));
  for (int i = 1; i < 5; i++)
    {
      double ax = x + tips[i - 1][0] * wide, ay = y + tips[i - 1][1] * lift, bx = x + tips[i][0] * wide,
             by = y + tips[i][1] * lift;
      double mx = (ax + bx) / 2 * 0.72 + wx * 0.28, my = (ay + by) / 2 * 0.72 + wy * 0.28;

      cairo_curve_to (cr, s * (ax * 0.4 + mx * 0.6), s * (ay * 0.4 + my * 0.6), s * (bx * 0.4 + mx * 0.6),
                      s * (by * 0.4 + my * 0.6), s * bx, s * by);
    }
  cairo_close_path (cr);
  cs_sketch_canvas_set_vertical (p->c, s * MIN (wy, y - 0.8 * lift), cs_sketch_scale (leather, 1.25),
                                 s * (y + 0.1), cs_sketch_scale (leather, 0.55));
  cairo_fill (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (int i = 0; i < 4; i++)
    {
      double tx = x + tips[i][0] * wide, ty = y + tips[i][1] * lift;

      cairo_set_line_width (cr, s * 0.016);
      cairo_move_to (cr, s * wx, s * wy);
      cairo_curve_to (cr, s * (wx * 0.7 + tx * 0.3), s * (wy * 0.7 + ty * 0.3 - 0.05 * lift),
                      s * (wx * 0.3 + tx * 0.7), s * (wy * 0.3 + ty * 0.7 - 0.05 * lift), s * tx, s * ty);
      cs_sketch_canvas_set_color (p->c, bone, 1);
      cairo_stroke (cr);
    }
  cairo_set_line_width (cr, s * 0.042);
  cairo_move_to (cr, s * x, s * y);
  cairo_line_to (cr, s * wx, s * wy);
  cairo_stroke (cr);
  cairo_move_to (cr, s * (wx + 0.01), s * wy);
  cairo_line_to (cr, s * (wx + 0.07), s * (wy - 0.06 * lift));
  cairo_set_line_width (cr, s * 0.018);
  cs_sketch_canvas_set_color (p->c, p->horn, 1);
  cairo_stroke (cr);
}

/* The line of its back from the tail to the head. */
static void
get_spine (double t, double *x, double *y, double *r)
{
  *x = cs_sketch_lerp (-0.98, 0.60, t);
  *y = 0.10 * sin (t * 7.2 + 0.6) - 0.26 * cs_sketch_step (0.66, 1.0, t) + 0.16 * (1 - t);
  *r = 0.014 + 0.118 * pow (sin (G_PI * cs_sketch_clamp (t * 1.06 - 0.04, 0, 1)), 1.5) * (t < 0.6 ? 1 : 0.95)
       + 0.040 * cs_sketch_step (0.6, 1, t);
}

static void
draw_body (const Paint *p)
{
  CsSketchCanvas *c = p->c;
  double s = p->s, x, y, r;

  cairo_move_to (c->cr, -s * 0.95, s * 0.20);
  cairo_line_to (c->cr, -s * 1.16, s * 0.10);
  cairo_line_to (c->cr, -s * 1.06, s * 0.24);
  cairo_line_to (c->cr, -s * 1.14, s * 0.36);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_color (c, p->membrane, 1);
  cairo_fill (c->cr);
  for (int i = 0; i <= 30; i++)
    {
      get_spine (0.04 + i / 30.0 * 0.92, &x, &y, &r);
      cairo_move_to (c->cr, s * (x - r * 0.7 - 0.015), s * (y - r * 0.75));
      cairo_line_to (c->cr, s * (x - r * 0.65 - 0.035), s * (y - r * 1.35 - 0.024));
      cairo_line_to (c->cr, s * (x + r * 0.4 + 0.012), s * (y - r * 0.80));
    }
  cs_sketch_canvas_set_color (c, p->horn, 1);
  cairo_fill (c->cr);
  for (int i = 0; i <= 120; i++)
    {
      get_spine (i / 120.0, &x, &y, &r);
      cs_sketch_canvas_circle (c, s * x, s * y, s * r);
      cs_sketch_canvas_set_vertical (c, s * (y - r), cs_sketch_scale (p->skin, 1.35), s * (y + r), p->dark);
      cairo_fill (c->cr);
    }
  for (int i = 8; i <= 60; i++)
    {
      get_spine (0.24 + i / 60.0 * 0.72, &x, &y, &r);
      cs_sketch_canvas_ellipse (c, s * (x + r * 0.10), s * (y + r * 0.62), s * r * 0.26, s * r * 0.34);
      cs_sketch_canvas_set_color (c, cs_sketch_scale (p->belly, i % 2 ? 0.78 : 1), 0.9);
      cairo_fill (c->cr);
    }
}

static void
draw_leg (const Paint *p, double x, double y, double reach, CsSketchColor color)
{
  cairo_t *cr = p->c->cr;
  double s = p->s;

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cs_sketch_canvas_set_color (p->c, color, 1);
  cairo_set_line_width (cr, s * 0.075);
  cairo_move_to (cr, s * x, s * y);
  cairo_line_to (cr, s * (x - 0.07), s * (y + 0.12));
  cairo_stroke (cr);
  cairo_set_line_width (cr, s * 0.042);
  cairo_move_to (cr, s * (x - 0.07), s * (y + 0.12));
  cairo_line_to (cr, s * (x - 0.07 + reach), s * (y + 0.22));
  cairo_stroke (cr);
  cairo_set_line_width (cr, s * 0.016);
  cs_sketch_canvas_set_color (p->c, p->horn, 1);
  for (int k = -1; k <= 1; k++)
    {
      cairo_move_to (cr, s * (x - 0.07 + reach), s * (y + 0.22));
      cairo_rel_line_to (cr, s * (0.045 + 0.02 * k), s * (0.030 - 0.022 * k));
    }
  cairo_stroke (cr);
}

static void
draw_head (const Paint *p)
{
  CsSketchCanvas *c = p->c;
  cairo_t *cr = c->cr;
  double s = p->s, x, y, r;

  get_spine (1, &x, &y, &r);
  cairo_save (cr);
  cairo_translate (cr, s * x, s * y);
  cairo_scale (cr, s, s);
  for (int i = 0; i < 2; i++)
    {
      cairo_move_to (cr, 0.02 + i * 0.05, -0.05);
      cairo_curve_to (cr, -0.04 + i * 0.05, -0.12, -0.14 + i * 0.06, -0.15, -0.22 + i * 0.07,
                      -0.12 - i * 0.05);
      cairo_curve_to (cr, -0.13 + i * 0.05, -0.10, -0.06 + i * 0.05, -0.05, -0.02 + i * 0.04, 0.0);
      cairo_close_path (cr);
      cs_sketch_canvas_set_color (c, cs_sketch_scale (p->horn, i ? 1 : 0.7), 1);
      cairo_fill (cr);
    }
  cairo_move_to (cr, -0.02, 0.05);
  cairo_curve_to (cr, 0.06, 0.10, 0.16, 0.15, 0.24, 0.13);
  cairo_line_to (cr, 0.12, 0.05);
  cairo_close_path (cr);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (p->skin, 0.72), 1);
  cairo_fill (cr);
  cairo_move_to (cr, -0.05, -0.055);
  cairo_curve_to (cr, 0.03, -0.11, 0.12, -0.075, 0.17, -0.045);
  cairo_curve_to (cr, 0.24, -0.045, 0.30, -0.015, 0.30, 0.025);
  cairo_curve_to (cr, 0.30, 0.06, 0.22, 0.065, 0.14, 0.06);
  cairo_curve_to (cr, 0.06, 0.085, -0.03, 0.085, -0.06, 0.05);
  cairo_close_path (cr);
  cs_sketch_canvas_set_vertical (c, -0.10, cs_sketch_scale (p->skin, 1.4), 0.08,
                                 cs_sketch_scale (p->skin, 0.7));
  cairo_fill (cr);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xfff4dc), 1);
  for (int i = 0; i < 5; i++)
    {
      cairo_move_to (cr, 0.145 + 0.03 * i, 0.058);
      cairo_rel_line_to (cr, 0.009, 0.028);
      cairo_rel_line_to (cr, 0.009, -0.030);
    }
  cairo_fill (cr);
  cs_sketch_canvas_ellipse (c, 0.095, -0.022, 0.026, 0.017);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xffd23a), 1);
  cairo_fill (cr);
  cs_sketch_canvas_ellipse (c, 0.098, -0.022, 0.006, 0.016);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x1a0a08), 1);
  cairo_fill (cr);
  cs_sketch_canvas_ellipse (c, 0.272, -0.002, 0.010, 0.007);
  cairo_fill (cr);
  cairo_restore (cr);
  cs_sketch_canvas_glow (c, p->way * s * (x + 0.095), s * (y - 0.022), s * 0.07, s * 0.06,
                         CS_SKETCH_HEX (0xffb020), 0.7);
}

static const CsSketchCanvas *
draw_pose (CsSketchStage *stage, double s, double lift)
{
  static const guint32 skins[][2]
      = { { 0x8a2a2e, 0xc8503a }, { 0x2a6a56, 0x4aa884 }, { 0x4a3a7a, 0x8a5ab8 }, { 0x2f4f86, 0x4a8ac0 } };
  const guint32 *pick = skins[cs_sketch_hash ((guint32) stage->seed, 51) % G_N_ELEMENTS (skins)];
  CsSketchColor light = cs_sketch_mix (cs_sketch_mix (stage->palette.shade, stage->palette.light, 0.85),
                                       CS_SKETCH_HEX (0xffffff), 0.35);
  Paint p = { cs_sketch_stage_begin_sprite (stage, s * 2.5, s * 2.9), s, stage->look.light_x };

  p.skin = cs_sketch_lit (CS_SKETCH_HEX (pick[0]), light);
  p.membrane = cs_sketch_lit (CS_SKETCH_HEX (pick[1]), light);
  p.dark = cs_sketch_scale (p.skin, 0.42);
  p.belly = cs_sketch_lit (CS_SKETCH_HEX (0xe8c88a), light);
  p.horn = cs_sketch_lit (CS_SKETCH_HEX (0xe0d2b4), light);
  cairo_scale (p.c->cr, stage->look.light_x, 1);
  draw_wing (&p, 0.24, -0.06, 0.95, lift * 1.12, cs_sketch_scale (p.membrane, 0.55),
             cs_sketch_scale (p.dark, 0.9));
  draw_leg (&p, -0.10, 0.12, 0.03, p.dark);
  draw_leg (&p, 0.22, 0.08, 0.09, p.dark);
  draw_body (&p);
  draw_head (&p);
  draw_leg (&p, -0.16, 0.14, 0.02, cs_sketch_scale (p.skin, 0.85));
  draw_leg (&p, 0.16, 0.10, 0.08, cs_sketch_scale (p.skin, 0.85));
  draw_wing (&p, 0.10, -0.02, 1.2, lift * 1.25, p.membrane, cs_sketch_scale (p.skin, 0.8));
  return cs_sketch_stage_end_sprite (stage, p.c, CS_SKETCH_KIND_SUBJECT);
}

/* A dragon that flies on the spot, towards the light. @size: half of its length. */
void
cs_sketch_dragon_add (CsSketchStage *stage, double x, double y, double size)
{
  Dragon *self = g_new0 (Dragon, 1);

  for (int i = 0; i < N_POSES; i++)
    self->poses[i] = draw_pose (stage, size, cs_sketch_lerp (1.0, -0.62, (i + 0.0) / (N_POSES - 1)));
  self->x = x;
  self->y = y;
  self->way = stage->look.light_x;
  cs_sketch_stage_add_actor (stage, draw_dragon, self, g_free);
}
