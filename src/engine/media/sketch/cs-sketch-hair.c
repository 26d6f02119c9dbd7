/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-person.h"

/* Sides as the light falls: @lit towards it, @dark away from it, @reach from the middle. */
void
cs_sketch_person_set_sides (const CsSketchPerson *self, CsSketchCanvas *c, double reach, CsSketchColor lit, CsSketchColor dark)
{
  cs_sketch_canvas_set_sideways (c, -reach * self->light * -1, lit, reach * self->light * -1, dark);
}

/* Many fine lines that follow the hair, within what was just filled: the clip of the caller. */
static void
draw_strands (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c, double side, double low, int n)
{
  cairo_set_line_cap (c->cr, CAIRO_LINE_CAP_ROUND);
  for (int i = 0; i < n; i++)
    {
      double t = cs_sketch_random_double (&stage->random), far = cs_sketch_lerp (0.26, 0.62, t);
      double shine = side == self->light ? 0.75 : 0.3;

      cairo_move_to (c->cr, side * 0.04 * t, -0.66 - 0.10 * t);
      cairo_curve_to (c->cr, side * far * 0.75, -0.66 - 0.08 * t, side * far, -0.40, side * far * 1.02, -0.06);
      cairo_curve_to (c->cr, side * far * 1.05, 0.2, side * far * (0.9 + 0.2 * t), low * 0.6, side * far, low);
      cairo_set_line_width (c->cr, cs_sketch_random_range (&stage->random, 0.004, 0.014));
      cs_sketch_canvas_set_color (c, cs_sketch_mix (self->hair_dark, self->hair_lit, cs_sketch_random_double (&stage->random) * shine), 0.5);
      cairo_stroke (c->cr);
    }
}

static void
trace_long_back (cairo_t *cr)
{
  cairo_move_to (cr, 0, -0.79);
  cairo_curve_to (cr, 0.42, -0.80, 0.56, -0.45, 0.54, -0.05);
  cairo_curve_to (cr, 0.53, 0.3, 0.66, 0.55, 0.60, 1.05);
  cairo_curve_to (cr, 0.3, 1.2, -0.3, 1.2, -0.60, 1.05);
  cairo_curve_to (cr, -0.66, 0.55, -0.53, 0.3, -0.54, -0.05);
  cairo_curve_to (cr, -0.56, -0.45, -0.42, -0.80, 0, -0.79);
  cairo_close_path (cr);
}

static void
draw_curls (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c, int n, double spread, double from, double to)
{
  for (int i = 0; i < n; i++)
    {
      double a = cs_sketch_random_range (&stage->random, from, to), d = spread * cs_sketch_random_range (&stage->random, 0.82, 1.08);
      double x = cos (a) * d * 0.94, y = -0.18 + sin (a) * d * 1.12, r = cs_sketch_random_range (&stage->random, 0.05, 0.105);
      double lit = cs_sketch_clamp (0.5 + 0.5 * x / 0.5 * self->light, 0, 1) * 0.5 + 0.35 * cs_sketch_clamp (-y, 0, 1);

      cs_sketch_canvas_circle (c, x, y, r);
      cs_sketch_canvas_set_ball (c, x, y, r, cs_sketch_mix (self->face.hair, self->hair_lit, lit), cs_sketch_mix (self->hair_dark, self->face.hair, 0.4 + lit), self->hair_dark);
      cairo_fill (c->cr);
    }
}

/* What lies behind the shoulders. */
void
cs_sketch_hair_draw_back (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c)
{
  cairo_t *cr = c->cr;

  if (self->head == CS_SKETCH_HEAD_LONG)
    {
      trace_long_back (cr);
      cs_sketch_person_set_sides (self, c, 0.6, cs_sketch_mix (self->face.hair, self->hair_lit, 0.35), self->hair_dark);
      cairo_fill_preserve (cr);
      cairo_save (cr);
      cairo_clip (cr);
      draw_strands (stage, self, c, -1, 1.1, 60);
      draw_strands (stage, self, c, 1, 1.1, 60);
      cairo_restore (cr);
    }
  else if (self->head == CS_SKETCH_HEAD_CURLS)
    draw_curls (stage, self, c, 190, 0.47, G_PI * 0.9, G_PI * 2.1);
}

void
cs_sketch_hair_draw_beard (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c)
{
  const CsSketchFace *f = &self->face;
  double mouth = f->chin - 0.185;

  cs_sketch_face_smudge (c, 0, f->chin - 0.03, 0.36, 0.20, self->hair_dark, 0.55);
  for (int i = 0; i < 3400; i++)
    {
      double a = cs_sketch_random_range (&stage->random, -0.05, G_PI + 0.05), d = cs_sketch_random_range (&stage->random, 0.60, 1.04);
      double x = cos (a) * f->half * d, y = -0.02 + sin (a) * (f->chin + 0.03) * d;

      if (i % 6 == 0)
        {
          x = cs_sketch_random_range (&stage->random, -0.125, 0.125);
          y = mouth - 0.062 + fabs (x) * 0.25 + cs_sketch_random_range (&stage->random, -0.012, 0.012);
        }
      else if (hypot (x / 0.150, (y - mouth) / 0.075) < 1 || (y < mouth + 0.02 && fabs (x) < f->half * (0.90 - 0.25 * cs_sketch_clamp (y / mouth, 0, 1))))
        continue;
      cairo_move_to (c->cr, x, y);
      cairo_rel_line_to (c->cr, x * 0.05, 0.022);
      cairo_set_line_width (c->cr, 0.0042);
      cs_sketch_canvas_set_color (c, cs_sketch_mix (self->hair_dark, f->hair, cs_sketch_random_double (&stage->random)), 0.5);
      cairo_stroke (c->cr);
    }
}

/* Short hair brushed up and aside. */
static void
draw_tufts (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c)
{
  for (int i = 0; i < 120; i++)
    {
      double a = cs_sketch_lerp (G_PI * 1.02, G_PI * 1.98, cs_sketch_random_double (&stage->random)), d = cs_sketch_random_range (&stage->random, 0.84, 1.02);
      double x = cos (a) * 0.34 * d, y = -0.22 + sin (a) * 0.54 * d, h = cs_sketch_random_range (&stage->random, 0.05, 0.09);
      double lit = cs_sketch_clamp (0.35 + x * self->light, 0, 1);

      if (y > -0.30 || d < 0.86)
        continue;
      cairo_move_to (c->cr, x - 0.035, y + 0.02);
      cairo_curve_to (c->cr, x - 0.03, y - h * 0.5, x - self->light * 0.02, y - h * 0.8, x - self->light * h, y - h * 0.72);
      cairo_curve_to (c->cr, x - self->light * h * 0.3, y - h * 0.4, x + 0.04, y - h * 0.2, x + 0.035, y + 0.03);
      cairo_close_path (c->cr);
      cs_sketch_canvas_set_color (c, cs_sketch_mix (self->hair_dark, self->hair_lit, lit * cs_sketch_random_range (&stage->random, 0.3, 0.9)), 0.85);
      cairo_fill (c->cr);
    }
}

static void
draw_parted (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c)
{
  cairo_t *cr = c->cr;
  double part = self->light * 0.10, w = self->face.half;

  if (self->head == CS_SKETCH_HEAD_CURLS)
    {
      draw_curls (stage, self, c, 70, 0.42, G_PI * 1.04, G_PI * 1.96);
      return;
    }
  for (int side = -1; side <= 1; side += 2)
    {
      double low = self->head == CS_SKETCH_HEAD_LONG ? 0.82 : 0.0, out = self->head == CS_SKETCH_HEAD_LONG ? 0.53 : w + 0.030;

      cairo_move_to (cr, part, -0.43);
      cairo_curve_to (cr, side * 0.22, -0.42, side * (w - 0.05), -0.30, side * (w - 0.015), -0.10);
      if (self->head == CS_SKETCH_HEAD_LONG)
        cairo_curve_to (cr, side * (w + 0.01), 0.2, side * (w - 0.03), 0.4, side * (w + 0.06), low);
      else
        cairo_curve_to (cr, side * (w - 0.01), 0.0, side * (w - 0.01), 0.05, side * (w - 0.012), low);
      cairo_curve_to (cr, side * (out + 0.05), low * 0.6, side * out, 0.1, side * out, -0.10);
      cairo_curve_to (cr, side * (out + 0.02), -0.52, side * 0.36, -0.79, part * 0.5, -0.78);
      cairo_close_path (cr);
      cs_sketch_canvas_set_sideways (c, -0.5, cs_sketch_mix (self->hair_dark, self->face.hair, self->light < 0 ? 1.6 : 0.5), 0.5,
                                     cs_sketch_mix (self->hair_dark, self->face.hair, self->light > 0 ? 1.6 : 0.5));
      cairo_fill_preserve (cr);
      cairo_save (cr);
      cairo_clip (cr);
      draw_strands (stage, self, c, side, low, 110);
      cs_sketch_face_smudge (c, side * 0.26, -0.58, 0.22, 0.07, self->hair_lit, side == self->light ? 0.55 : 0.2);
      cairo_restore (cr);
    }
  if (self->head == CS_SKETCH_HEAD_SHORT)
    draw_tufts (stage, self, c);
}

/* A scarf over the head: it frames the face and falls in folds over the neck. */
static void
draw_scarf (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c)
{
  cairo_t *cr = c->cr;
  double l = self->light, chin = self->face.chin;
  CsSketchColor silk = cs_sketch_turn_hue (cs_sketch_mix (self->cloth, CS_SKETCH_HEX (0xf2e6d4), 0.45), 0.07);
  CsSketchColor dark = cs_sketch_mix (cs_sketch_scale (silk, 0.42), self->cloth_dark, 0.4);

  cairo_move_to (cr, 0, -0.78);
  cairo_curve_to (cr, 0.36, -0.78, 0.52, -0.45, 0.50, -0.05);
  cairo_curve_to (cr, 0.49, 0.30, 0.44, 0.55, 0.58, 0.86);
  cairo_curve_to (cr, 0.50, 1.14, 0.2, 1.28, -l * 0.1, 1.30);
  cairo_curve_to (cr, -0.2, 1.28, -0.50, 1.14, -0.58, 0.86);
  cairo_curve_to (cr, -0.44, 0.55, -0.49, 0.30, -0.50, -0.05);
  cairo_curve_to (cr, -0.52, -0.45, -0.36, -0.78, 0, -0.78);
  cairo_close_path (cr);
  cairo_move_to (cr, 0, -0.46);
  cairo_curve_to (cr, -0.24, -0.46, -0.335, -0.28, -0.335, -0.06);
  cairo_curve_to (cr, -0.335, 0.18, -0.27, chin - 0.12, 0, chin + 0.015);
  cairo_curve_to (cr, 0.27, chin - 0.12, 0.335, 0.18, 0.335, -0.06);
  cairo_curve_to (cr, 0.335, -0.28, 0.24, -0.46, 0, -0.46);
  cairo_close_path (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cs_sketch_person_set_sides (self, c, 0.55, silk, dark);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  for (int i = 0; i < 26; i++)
    {
      double t = i / 25.0, side = i % 2 ? 1 : -1, low = 0.62 + 0.62 * t;

      cairo_move_to (cr, side * 0.10 * t, -0.74 + 0.24 * t);
      cairo_curve_to (cr, side * (0.50 - 0.14 * t), -0.62, side * (0.50 - 0.12 * t), 0.28, side * (0.36 - 0.25 * t), low * 0.8);
      cairo_curve_to (cr, side * 0.1, low, -side * 0.1, low * 1.02, -side * 0.5, low * 0.92);
      cairo_set_line_width (cr, cs_sketch_random_range (&stage->random, 0.008, 0.030));
      cs_sketch_canvas_set_color (c, i % 3 == 0 ? cs_sketch_scale (silk, 1.18) : dark, 0.28);
      cairo_stroke (cr);
    }
  cs_sketch_face_smudge (c, -l * 0.2, chin + 0.12, 0.34, 0.14, cs_sketch_scale (dark, 0.6), 0.6);
  cairo_restore (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
}

/* What lies over the face: hair or a scarf. */
void
cs_sketch_hair_draw_front (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c)
{
  if (self->head == CS_SKETCH_HEAD_SCARF)
    draw_scarf (stage, self, c);
  else
    draw_parted (stage, self, c);
}
