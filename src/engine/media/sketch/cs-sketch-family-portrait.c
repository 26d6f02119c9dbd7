/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-person.h"
#include "media/sketch/cs-sketch-sky.h"

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
choose_colors (CsSketchStage *stage, CsSketchPerson *self)
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
choose_person (CsSketchStage *stage, CsSketchPerson *self)
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
  self->head = is_man ? CS_SKETCH_HEAD_SHORT : (CsSketchHead) cs_sketch_random_int (random, 3);
  if (is_child)
    {
      self->face.half = 0.375;
      self->face.jaw = 0.235;
      self->face.chin = 0.445;
      self->face.eye = 1.18;
      self->head = cs_sketch_random_chance (random, 0.5) ? CS_SKETCH_HEAD_CURLS : CS_SKETCH_HEAD_SHORT;
    }
  if (is_man)
    self->face.jaw = 0.25;
  if (stage->style == CS_STYLE_ANIME || stage->style == CS_STYLE_3D_RENDER)
    self->face.eye *= 1.30;
  self->has_beard = is_man && cs_sketch_random_chance (random, 0.5);
  choose_colors (stage, self);
}

static void
draw_folds (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c)
{
  for (int i = 0; i < 16; i++)
    {
      double x = cs_sketch_random_range (&stage->random, -0.95, 0.95), y = cs_sketch_random_range (&stage->random, 0.95, 1.7);
      gboolean is_lit = x * self->light > cs_sketch_random_range (&stage->random, -0.6, 0.6);

      cs_sketch_face_smudge (c, x, y, 0.07, 0.45, is_lit ? cs_sketch_scale (self->cloth, 1.3) : self->cloth_dark, 0.35);
    }
}

static void
draw_bust (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c)
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
  cs_sketch_person_set_sides (self, c, 0.34, f->skin, f->dark);
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
  cs_sketch_person_set_sides (self, c, 0.9, self->cloth, self->cloth_dark);
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
draw_relief (const CsSketchPerson *self, CsSketchCanvas *c)
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
draw_head (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c)
{
  cairo_t *cr = c->cr;
  const CsSketchFace *f = &self->face;

  if (self->head == CS_SKETCH_HEAD_SHORT || self->head == CS_SKETCH_HEAD_CURLS)
    for (int side = -1; side <= 1; side += 2)
      {
        cs_sketch_canvas_ellipse (c, side * (f->half + 0.012), 0.06, 0.048, 0.10);
        cs_sketch_canvas_set_color (c, side == self->light ? cs_sketch_mix (f->skin, f->dark, 0.25) : f->dark, 1);
        cairo_fill (cr);
        cs_sketch_face_smudge (c, side * (f->half + 0.018), 0.06, 0.025, 0.06, cs_sketch_scale (f->dark, 0.7), 0.6);
      }
  cs_sketch_face_trace (f, cr);
  cs_sketch_person_set_sides (self, c, f->half, f->lit, cs_sketch_mix (f->skin, f->dark, 0.55));
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  draw_relief (self, c);
  if (self->has_beard)
    cs_sketch_hair_draw_beard (stage, self, c);
  cairo_restore (cr);
}

static void
add_person (CsSketchStage *stage, const CsSketchPerson *self)
{
  void (*const parts[]) (CsSketchStage *, const CsSketchPerson *, CsSketchCanvas *) = { cs_sketch_hair_draw_back, draw_bust, draw_head };
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
  cs_sketch_hair_draw_front (stage, self, layer->canvas);
  cairo_restore (layer->canvas->cr);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
}

/* Head and shoulders of somebody whose feelings change. */
void
cs_sketch_family_draw_portrait (CsSketchStage *stage)
{
  CsSketchPerson person = { 0 };

  cs_sketch_stage_set_horizon (stage, 0.62);
  stage->camera.focus_y = stage->height * 0.45;
  choose_person (stage, &person);
  add_background (stage);
  add_person (stage, &person);
  cs_sketch_actors_add_particles (stage, CS_SKETCH_DUST, 18, stage->palette.sun);
  cs_sketch_weather_add (stage);
}
