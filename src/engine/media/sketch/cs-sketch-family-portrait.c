/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-face.h"
#include "media/sketch/cs-sketch-sky.h"

typedef enum { HEAD_LONG, HEAD_SCARF, HEAD_CURLS, HEAD_SHORT } Head;

/* Who sits there: lives on the stack while the portrait is drawn. */
typedef struct
{
  CsSketchFace face;
  Head head;
  gboolean has_beard;
  CsSketchColor cloth, cloth_dark, hair_lit, hair_dark;
  double light; /* where the light comes from: -1 or 1 */
} Person;

/* Soft masses of green, stone or night far behind, out of focus. */
static void
add_backdrop (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0.25);
  CsSketchCanvas *c = layer->canvas;
  const CsSketchPalette *p = &stage->palette;
  CsSketchColor base = cs_sketch_mix (p->leaf, p->earth, cs_sketch_random_range (&stage->random, 0.0, 0.7));

  for (int i = 0; i < 70; i++)
    {
      double t = i / 69.0, y = stage->height * (0.38 + 0.66 * t), x = cs_sketch_random_range (&stage->random, c->x0, c->x1);
      CsSketchColor lit = cs_sketch_lit (base, p->light), dark = cs_sketch_lit (base, cs_sketch_scale (p->shade, 0.75));

      cs_sketch_canvas_circle (c, x, y + 0.10, cs_sketch_random_range (&stage->random, 0.09, 0.24));
      cs_sketch_canvas_set_color (c, cs_sketch_stage_haze (stage, cs_sketch_mix (lit, dark, cs_sketch_random_range (&stage->random, 0.2, 0.7) + 0.3 * t), 0.2 + 0.3 * t), 0.9);
      cairo_fill (c->cr);
    }
  cs_sketch_canvas_blur (c, stage->style == CS_STYLE_ANIME || stage->style == CS_STYLE_ARTISTIC ? 0.014 : 0.045);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_CLOUDS);
}

/* A painted studio wall: dark, with a pool of light behind the head. */
static void
shade_wall (gconstpointer data, double x, double y, float rgba[4])
{
  const CsSketchStage *stage = data;
  double dx = (x - stage->width * (0.5 + 0.16 * stage->look.light_x)) / 0.75, dy = (y - stage->height * 0.42) / 0.72;
  double pool = exp (-(dx * dx + dy * dy)), cloth = 0.5 + cs_sketch_noise_fbm (&stage->noise, x * 2.2, y * 2.2, 4) * 0.35;
  CsSketchColor wall = cs_sketch_mix (CS_SKETCH_HEX (0x14121a), cs_sketch_mix (stage->palette.accent, CS_SKETCH_HEX (0x4a4650), 0.6),
                                      pool * (0.45 + 0.4 * cloth));

  rgba[0] = wall.r;
  rgba[1] = wall.g;
  rgba[2] = wall.b;
}

/* Lights or leaves out of focus around the head, each depth with its own pace. */
static void
add_bokeh (CsSketchStage *stage, double depth, int n, double size)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, depth);
  CsSketchCanvas *c = layer->canvas;
  const CsSketchPalette *p = &stage->palette;

  for (int i = 0; i < n; i++)
    {
      CsSketchColor color = cs_sketch_mix (i % 3 ? p->sun : p->window, i % 4 ? p->accent : CS_SKETCH_HEX (0x7fd8e8), p->is_night ? 0.35 : 0.18);
      double x = cs_sketch_random_range (&stage->random, c->x0, c->x1), r = size * cs_sketch_random_range (&stage->random, 0.45, 1);

      cs_sketch_canvas_circle (c, x, stage->height * cs_sketch_random_range (&stage->random, 0.1, 0.95), r);
      cs_sketch_canvas_set_color (c, color, cs_sketch_random_range (&stage->random, 0.08, 0.26));
      cairo_fill_preserve (c->cr);
      cairo_set_line_width (c->cr, r * 0.07);
      cairo_stroke (c->cr);
    }
  cs_sketch_canvas_blur (c, 0.003);
  layer->sway_x = 0.008;
  layer->sway_period = 7;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
}

static void
add_background (CsSketchStage *stage)
{
  if (stage->idea.is_dark)
    {
      CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0.1);

      cs_sketch_canvas_shade (layer->canvas, layer->canvas->y0, layer->canvas->y1, 3, shade_wall, stage);
      cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SKY);
      return;
    }
  cs_sketch_sky_add (stage);
  if (!stage->idea.is_swirling)
    {
      add_backdrop (stage);
      add_bokeh (stage, 0.5, 14, 0.075);
    }
}

static void
choose_colors (CsSketchStage *stage, Person *self)
{
  static const guint32 skins[] = { 0xf4cfb0, 0xe8b48c, 0xd69c70, 0xb87a50, 0x8c5a3a };
  static const guint32 hairs[] = { 0x2a1c18, 0x1c1618, 0x4a2c1c, 0x6e3c22, 0x8c5a30, 0x3a2420 };
  static const guint32 irises[] = { 0x5a3a20, 0x7a5a2c, 0x4a6a4a, 0x3a6288, 0x4e3422 };
  static const guint32 cloths[] = { 0x2f6f7a, 0xb5483a, 0x3d4f86, 0xc98a2e, 0x7a3f66, 0x40704e, 0xe4d6c2 };
  CsSketchRandom *random = &stage->random;
  const CsSketchPalette *p = &stage->palette;
  CsSketchFace *f = &self->face;
  int skin = cs_sketch_random_int (random, G_N_ELEMENTS (skins));
  CsSketchColor light = cs_sketch_mix (p->light, CS_SKETCH_HEX (0xffffff), p->is_night ? 0.30 : 0.45);
  CsSketchColor shade = cs_sketch_mix (p->shade, CS_SKETCH_HEX (0xb07870), 0.55);

  if (stage->idea.is_dark)
    light = CS_SKETCH_HEX (0xffe8cc);
  f->skin = cs_sketch_lit (CS_SKETCH_HEX (skins[skin]), cs_sketch_mix (light, shade, 0.15));
  f->lit = cs_sketch_mix (cs_sketch_lit (CS_SKETCH_HEX (skins[skin]), cs_sketch_scale (light, 1.1)), p->sun, 0.12);
  f->dark = cs_sketch_lit (CS_SKETCH_HEX (skins[skin]), cs_sketch_scale (shade, stage->idea.is_dark ? 0.55 : 0.82));
  f->hair = CS_SKETCH_HEX (hairs[skin > 2 ? cs_sketch_random_int (random, 2) : cs_sketch_random_int (random, G_N_ELEMENTS (hairs))]);
  f->iris = CS_SKETCH_HEX (irises[skin > 2 ? 0 : cs_sketch_random_int (random, G_N_ELEMENTS (irises))]);
  f->lip = cs_sketch_mix (f->skin, cs_sketch_lit (CS_SKETCH_HEX (0xb03a40), light), f->is_soft ? 0.62 : 0.34);
  self->cloth = cs_sketch_lit (CS_SKETCH_HEX (cloths[cs_sketch_random_int (random, G_N_ELEMENTS (cloths))]), light);
  self->cloth_dark = cs_sketch_lit (self->cloth, cs_sketch_mix (p->shade, CS_SKETCH_HEX (0x403048), 0.5));
  self->hair_lit = cs_sketch_mix (cs_sketch_lit (cs_sketch_scale (f->hair, 1.9), light), p->sun, 0.14);
  self->hair_dark = cs_sketch_scale (f->hair, 0.55);
}

static void
choose_person (CsSketchStage *stage, Person *self)
{
  CsSketchRandom *random = &stage->random;
  gboolean is_man = cs_sketch_stage_has (stage, CS_SKETCH_MAN), is_child = cs_sketch_stage_has (stage, CS_SKETCH_CHILD);
  gboolean is_woman = cs_sketch_stage_has (stage, CS_SKETCH_WOMAN);
  double size = MIN (stage->width * 0.66, stage->height * (stage->height > 1.2 ? 0.38 : 0.50));

  if (!is_man && !is_child && !is_woman)
    is_man = cs_sketch_random_chance (random, 0.35);
  if (cs_sketch_stage_has (stage, CS_SKETCH_FACE))
    size *= 1.06;
  self->light = stage->look.light_x;
  self->face = (CsSketchFace) { .x = stage->width * 0.5, .y = stage->height * 0.45, .size = size, .half = 0.355, .jaw = 0.225,
                                .chin = 0.50, .eye = 1.0, .is_soft = !is_man };
  self->head = is_man ? HEAD_SHORT : (Head) cs_sketch_random_int (random, 3);
  if (is_child)
    {
      self->face.half = 0.375;
      self->face.jaw = 0.235;
      self->face.chin = 0.445;
      self->face.eye = 1.18;
      self->head = cs_sketch_random_chance (random, 0.5) ? HEAD_CURLS : HEAD_SHORT;
    }
  if (is_man)
    self->face.jaw = 0.25;
  if (stage->style == CS_STYLE_ANIME || stage->style == CS_STYLE_3D_RENDER)
    self->face.eye *= 1.30;
  self->has_beard = is_man && cs_sketch_random_chance (random, 0.5);
  choose_colors (stage, self);
}

static void
set_sides (const Person *self, CsSketchCanvas *c, double reach, CsSketchColor lit, CsSketchColor dark)
{
  cs_sketch_canvas_set_sideways (c, -reach * self->light * -1, lit, reach * self->light * -1, dark);
}

/* Many fine lines that follow the hair, within what was just filled: the clip of the caller. */
static void
draw_strands (CsSketchStage *stage, const Person *self, CsSketchCanvas *c, double side, double low, int n)
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
draw_curls (CsSketchStage *stage, const Person *self, CsSketchCanvas *c, int n, double spread, double from, double to)
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

static void
draw_back (CsSketchStage *stage, const Person *self, CsSketchCanvas *c)
{
  cairo_t *cr = c->cr;

  if (self->head == HEAD_LONG)
    {
      trace_long_back (cr);
      set_sides (self, c, 0.6, cs_sketch_mix (self->face.hair, self->hair_lit, 0.35), self->hair_dark);
      cairo_fill_preserve (cr);
      cairo_save (cr);
      cairo_clip (cr);
      draw_strands (stage, self, c, -1, 1.1, 60);
      draw_strands (stage, self, c, 1, 1.1, 60);
      cairo_restore (cr);
    }
  else if (self->head == HEAD_CURLS)
    draw_curls (stage, self, c, 190, 0.47, G_PI * 0.9, G_PI * 2.1);
}

static void
draw_folds (CsSketchStage *stage, const Person *self, CsSketchCanvas *c)
{
  for (int i = 0; i < 16; i++)
    {
      double x = cs_sketch_random_range (&stage->random, -0.95, 0.95), y = cs_sketch_random_range (&stage->random, 0.95, 1.7);
      gboolean is_lit = x * self->light > cs_sketch_random_range (&stage->random, -0.6, 0.6);

      cs_sketch_face_smudge (c, x, y, 0.07, 0.45, is_lit ? cs_sketch_scale (self->cloth, 1.3) : self->cloth_dark, 0.35);
    }
}

static void
draw_bust (CsSketchStage *stage, const Person *self, CsSketchCanvas *c)
{
  cairo_t *cr = c->cr;
  const CsSketchFace *f = &self->face;
  double w = f->is_soft ? 0.78 : 0.92, neck = f->is_soft ? 0.150 : 0.185;

  cairo_translate (cr, 0, f->chin - 0.61);
  cairo_move_to (cr, -neck, f->chin - 0.18);
  cairo_curve_to (cr, -neck, 0.62, -neck * 1.15, 0.70, -0.28, 0.84);
  cairo_line_to (cr, 0.28, 0.84);
  cairo_curve_to (cr, neck * 1.15, 0.70, neck, 0.62, neck, f->chin - 0.25);
  cairo_close_path (cr);
  cairo_move_to (cr, -0.25, 0.78);
  cairo_line_to (cr, 0, 1.18);
  cairo_line_to (cr, 0.25, 0.78);
  cairo_close_path (cr);
  set_sides (self, c, 0.34, f->skin, f->dark);
  cairo_fill (cr);
  cs_sketch_face_smudge (c, -self->light * 0.03, f->chin + 0.14, 0.20, 0.17, cs_sketch_scale (f->dark, 0.62), 0.85);
  cairo_move_to (cr, -0.29, 0.76);
  cairo_curve_to (cr, -0.5, 0.84, -w, 0.88, -w * 1.1, 1.2);
  cairo_curve_to (cr, -w * 1.25, 1.6, -w * 1.25, 2.2, -w * 1.3, 4);
  cairo_line_to (cr, w * 1.3, 4);
  cairo_curve_to (cr, w * 1.25, 2.2, w * 1.25, 1.6, w * 1.1, 1.2);
  cairo_curve_to (cr, w, 0.88, 0.5, 0.84, 0.29, 0.76);
  cairo_curve_to (cr, 0.22, 0.96, 0.10, 1.06, 0, f->is_soft ? 1.10 : 1.02);
  cairo_curve_to (cr, -0.10, 1.06, -0.22, 0.96, -0.29, 0.76);
  cairo_close_path (cr);
  set_sides (self, c, 0.9, self->cloth, self->cloth_dark);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  draw_folds (stage, self, c);
  cairo_restore (cr);
  cairo_move_to (cr, -0.29, 0.765);
  cairo_curve_to (cr, -0.22, 0.96, -0.10, 1.06, 0, f->is_soft ? 1.10 : 1.02);
  cairo_curve_to (cr, 0.10, 1.06, 0.22, 0.96, 0.29, 0.765);
  cairo_set_line_width (cr, 0.026);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (self->cloth, 0.72), 1);
  cairo_stroke (cr);
}

/* The relief of the face: sockets, nose, cheeks, the shadow side and the rim of light. */
static void
draw_relief (const Person *self, CsSketchCanvas *c)
{
  const CsSketchFace *f = &self->face;
  double l = self->light, nose = f->chin - 0.29;
  CsSketchColor deep = cs_sketch_scale (f->dark, 0.66), warm = cs_sketch_mix (f->skin, CS_SKETCH_HEX (0xd8564a), 0.5);

  cs_sketch_face_smudge (c, -l * 0.42, 0.10, 0.40, 0.75, f->dark, 0.95);
  cs_sketch_face_smudge (c, 0, -0.58, 0.5, 0.26, f->dark, 0.75);
  cs_sketch_face_smudge (c, l * 0.10, -0.28, 0.24, 0.20, f->lit, 0.6);
  for (int side = -1; side <= 1; side += 2)
    {
      cs_sketch_face_smudge (c, side * 0.165, -0.045, 0.145, 0.085, f->dark, 0.62);
      cs_sketch_face_smudge (c, side * 0.075, 0.00, 0.045, 0.10, f->dark, side == l ? 0.25 : 0.6);
      cs_sketch_face_smudge (c, side * 0.215, 0.185, 0.13, 0.085, warm, f->is_soft ? 0.55 : 0.3);
    }
  cs_sketch_face_smudge (c, l * 0.215, 0.125, 0.10, 0.06, f->lit, 0.75);
  cs_sketch_face_smudge (c, -l * 0.050, nose - 0.08, 0.050, 0.15, f->dark, 0.7);
  cs_sketch_face_smudge (c, l * 0.010, nose - 0.12, 0.024, 0.16, f->lit, 0.85);
  cs_sketch_face_smudge (c, l * 0.008, nose - 0.012, 0.036, 0.030, f->lit, 0.9);
  cs_sketch_face_smudge (c, 0, nose + 0.045, 0.085, 0.030, deep, 0.75);
  for (int side = -1; side <= 1; side += 2)
    {
      cs_sketch_face_smudge (c, side * 0.032, nose + 0.030, 0.022, 0.013, cs_sketch_scale (deep, 0.5), 0.8);
      cairo_move_to (c->cr, side * 0.062, nose - 0.012);
      cairo_curve_to (c->cr, side * 0.078, nose + 0.004, side * 0.072, nose + 0.032, side * 0.052, nose + 0.032);
      cairo_set_line_width (c->cr, 0.007);
      cs_sketch_canvas_set_color (c, deep, 0.55);
      cairo_stroke (c->cr);
    }
  cs_sketch_face_smudge (c, 0, f->chin - 0.108, 0.085, 0.026, f->dark, 0.8);
  cs_sketch_face_smudge (c, l * 0.02, f->chin - 0.055, 0.07, 0.04, f->lit, 0.5);
  cs_sketch_face_smudge (c, 0, f->chin + 0.02, 0.3, 0.07, f->dark, 0.7);
}

static void
draw_beard (CsSketchStage *stage, const Person *self, CsSketchCanvas *c)
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

static void
draw_head (CsSketchStage *stage, const Person *self, CsSketchCanvas *c)
{
  cairo_t *cr = c->cr;
  const CsSketchFace *f = &self->face;

  if (self->head == HEAD_SHORT || self->head == HEAD_CURLS)
    for (int side = -1; side <= 1; side += 2)
      {
        cs_sketch_canvas_ellipse (c, side * (f->half + 0.012), 0.06, 0.048, 0.10);
        cs_sketch_canvas_set_color (c, side == self->light ? cs_sketch_mix (f->skin, f->dark, 0.25) : f->dark, 1);
        cairo_fill (cr);
        cs_sketch_face_smudge (c, side * (f->half + 0.018), 0.06, 0.025, 0.06, cs_sketch_scale (f->dark, 0.7), 0.6);
      }
  cs_sketch_face_trace (f, cr);
  set_sides (self, c, f->half, f->lit, cs_sketch_mix (f->skin, f->dark, 0.55));
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  draw_relief (self, c);
  if (self->has_beard)
    draw_beard (stage, self, c);
  cairo_restore (cr);
}

/* Short hair brushed up and aside. */
static void
draw_tufts (CsSketchStage *stage, const Person *self, CsSketchCanvas *c)
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
draw_front (CsSketchStage *stage, const Person *self, CsSketchCanvas *c)
{
  cairo_t *cr = c->cr;
  double part = self->light * 0.10, w = self->face.half;

  if (self->head == HEAD_CURLS)
    {
      draw_curls (stage, self, c, 70, 0.42, G_PI * 1.04, G_PI * 1.96);
      return;
    }
  for (int side = -1; side <= 1; side += 2)
    {
      double low = self->head == HEAD_LONG ? 0.82 : 0.0, out = self->head == HEAD_LONG ? 0.53 : w + 0.030;

      cairo_move_to (cr, part, -0.43);
      cairo_curve_to (cr, side * 0.22, -0.42, side * (w - 0.05), -0.30, side * (w - 0.015), -0.10);
      if (self->head == HEAD_LONG)
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
  if (self->head == HEAD_SHORT)
    draw_tufts (stage, self, c);
}

/* A scarf over the head: it frames the face and falls in folds over the neck. */
static void
draw_scarf (CsSketchStage *stage, const Person *self, CsSketchCanvas *c)
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
  set_sides (self, c, 0.55, silk, dark);
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

static void
add_person (CsSketchStage *stage, const Person *self)
{
  void (*const parts[]) (CsSketchStage *, const Person *, CsSketchCanvas *) = { draw_back, draw_bust, draw_head };
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0.98);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (i == 2)
        {
          cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
          layer = cs_sketch_stage_begin (stage, 1);
        }
      cs_sketch_face_enter (&self->face, layer->canvas);
      parts[i] (stage, self, layer->canvas);
      cairo_restore (layer->canvas->cr);
    }
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
  cs_sketch_face_add_features (stage, &self->face);
  layer = cs_sketch_stage_begin (stage, 1.03);
  cs_sketch_face_enter (&self->face, layer->canvas);
  if (self->head == HEAD_SCARF)
    draw_scarf (stage, self, layer->canvas);
  else
    draw_front (stage, self, layer->canvas);
  cairo_restore (layer->canvas->cr);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
}

/* Head and shoulders of somebody whose feelings change. */
void
cs_sketch_family_draw_portrait (CsSketchStage *stage)
{
  Person person = { 0 };

  cs_sketch_stage_set_horizon (stage, 0.62);
  stage->camera.focus_y = stage->height * 0.45;
  choose_person (stage, &person);
  add_background (stage);
  add_person (stage, &person);
  cs_sketch_actors_add_particles (stage, CS_SKETCH_DUST, 18, stage->palette.sun);
  cs_sketch_weather_add (stage);
}
