/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-network.h"

/* What the shaders of the ground and of the brain read. */
typedef struct
{
  const CsSketchStage *stage;
  CsSketchColor deep, middle, bright;
  double x, y, size, offset;
} Field;

static void
choose_colors (CsSketchStage *stage, Field *field)
{
  static const guint32 sets[][3] = {
    { 0x0a1030, 0x2a2f8f, 0x3fd8ff }, { 0x140a30, 0x6a2a9a, 0xff6ad0 }, { 0x04201f, 0x0f6a6a, 0x5cffc4 },
    { 0x1c0d1a, 0x8a2d4a, 0xffb45a }, { 0x081428, 0x1f4fa0, 0xa8f0ff },
  };
  static const guint32 pastels[][3] = {
    { 0xf3d9e8, 0xdcd3f6, 0xf28fb5 },
    { 0xd6e9f7, 0xdfe3fa, 0x7a9cf0 },
    { 0xfbe6d2, 0xf7d6d2, 0xf2895f },
    { 0xd9f1e6, 0xe2eef7, 0x4fb8a0 },
  };
  static const guint32 bolds[][3] = {
    { 0x1b2a8f, 0x3a7bff, 0xffd23e },
    { 0x5a1fa8, 0xff5fa2, 0x5ff0ff },
    { 0x0b5f7a, 0x22c3c9, 0xffe45c },
    { 0x8f1d4a, 0xff7a45, 0xfff0a0 },
  };
  gboolean is_light = stage->style == CS_STYLE_3D_RENDER && !stage->idea.is_dark;
  guint32 chance = cs_sketch_random_next (&stage->random);
  const guint32 *set = is_light                         ? pastels[chance % G_N_ELEMENTS (pastels)]
                       : stage->style == CS_STYLE_ANIME ? bolds[chance % G_N_ELEMENTS (bolds)]
                                                        : sets[chance % G_N_ELEMENTS (sets)];

  field->deep = CS_SKETCH_HEX (set[0]);
  field->middle = CS_SKETCH_HEX (set[1]);
  field->bright = CS_SKETCH_HEX (set[2]);
}

static void
shade_ground (gconstpointer data, double x, double y, float rgba[4])
{
  const Field *self = data;
  double dx = x - self->x, dy = y - self->y, d = sqrt (dx * dx + dy * dy);
  double n = cs_sketch_noise_fbm (&self->stage->noise, x * 1.1 + self->offset, y * 1.1, 4);
  double m = cs_sketch_noise_fbm (&self->stage->noise, x * 1.9 + n, y * 1.9 + self->offset, 4);
  double share = cs_sketch_clamp (0.75 - d * 0.62 + n * 0.5, 0, 1);
  CsSketchColor color;

  if (self->stage->style == CS_STYLE_ANIME)
    {
      double ray = cs_sketch_step (-0.05, 0.05, sin (atan2 (dy, dx) * 14 + self->offset));

      share = cs_sketch_clamp (0.92 - d * 0.55, 0, 1) * (0.74 + 0.26 * ray);
      m = -1;
    }
  color = cs_sketch_mix (self->deep, self->middle, share);
  color = cs_sketch_mix (color, self->bright, cs_sketch_clamp (0.05 + m * 0.30, 0, 0.35) * exp (-d * 0.9));
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
}

/* Silk: many fine lines that swing together. */
static void
add_ribbons (CsSketchStage *stage, const Field *field, double depth, double y, double swing)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, depth);
  CsSketchCanvas *c = layer->canvas;
  double phase = cs_sketch_random_range (&stage->random, 0, 6),
         lean = cs_sketch_random_range (&stage->random, 1.1, 2.0);
  gboolean is_light = cs_sketch_luma (field->deep) > 0.5;

  for (int i = 0; i < 34; i++)
    {
      double t = i / 33.0;

      for (int k = 0; k <= 70; k++)
        {
          double u = k / 70.0, x = c->x0 + (c->x1 - c->x0) * u, a = u * 5.2 * lean + phase;
          double dy = swing * (sin (a + t * 1.9) * (0.35 + 0.65 * t) + 0.35 * sin (a * 2.1 - t * 3));

          cairo_line_to (c->cr, x, y + dy + (t - 0.5) * 0.16);
        }
      cairo_set_line_width (c->cr, 0.0012 + 0.0014 * (i % 3));
      cs_sketch_canvas_set_color (
          c, cs_sketch_mix (field->middle, field->bright, is_light ? 0.4 * t : 0.35 + 0.65 * t),
          0.10 + 0.32 * t * (1 - t) * 4 * 0.8);
      cairo_stroke (c->cr);
    }
  layer->sway_y = 0.012;
  layer->sway_x = 0.02;
  layer->sway_period = 7 + depth * 2;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
}

/* The body of a brain seen from the side: 0 outside, up to 1 deep inside. (x, y) in parts of its size. */
static double
get_brain_body (double x, double y)
{
  static const double parts[][4] = {
    { 0.02, -0.06, 0.62, 0.46 }, { -0.30, 0.02, 0.40, 0.36 }, { 0.34, 0.02, 0.36, 0.32 },
    { -0.08, 0.20, 0.34, 0.20 }, { 0.34, 0.36, 0.24, 0.17 },  { 0.10, 0.46, 0.10, 0.26 },
  };
  double best = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      double dx = (x - parts[i][0]) / parts[i][2], dy = (y - parts[i][1]) / parts[i][3];

      best = MAX (best, 1 - dx * dx - dy * dy);
    }
  return best;
}

static void
shade_brain (gconstpointer data, double x, double y, float rgba[4])
{
  const Field *self = data;
  const CsSketchNoise *noise = &self->stage->noise;
  double u = (x - self->x) / self->size, v = (y - self->y) / self->size, body = get_brain_body (u, v), fold,
         edge, lit;
  double bend = cs_sketch_noise_fbm (noise, u * 2.2 + self->offset, v * 2.2, 3),
         px = 1 / (self->size * self->stage->unit);
  double small = cs_sketch_step (0.24, 0.30, v) * cs_sketch_step (0.08, 0.14, u);
  gboolean is_light = cs_sketch_luma (self->deep) > 0.5;
  CsSketchColor color, flesh = is_light ? cs_sketch_mix (self->bright, CS_SKETCH_HEX (0xffc4cf), 0.5)
                                        : cs_sketch_mix (self->middle, self->bright, 0.42);

  if (self->stage->style == CS_STYLE_ANIME)
    {
      is_light = TRUE;
      flesh = CS_SKETCH_HEX (0xff9db8);
    }
  rgba[3] = (float) cs_sketch_step (0.0, 5 * px, body);
  if (body <= 0)
    return;
  fold = fabs (sin (
      (cs_sketch_noise_at (noise, u * 3.0 + bend * 1.6 + self->offset, v * 3.4 + bend) + bend * 0.7) * 5.4));
  if (small > 0.5)
    fold = fabs (sin (v * 62 + bend * 4));
  edge = cs_sketch_step (0.32, 0.0, body);
  lit = 0.16 + 0.62 * cs_sketch_step (0.0, 0.50, fold) - 0.38 * v + 0.26 * self->stage->look.light_x * u;
  color = cs_sketch_mix (cs_sketch_scale (flesh, is_light ? 0.62 : 0.22), flesh, lit);
  color = cs_sketch_add (color, is_light ? CS_SKETCH_HEX (0xffffff) : self->bright,
                         cs_sketch_step (0.75, 1.0, fold) * (is_light ? 0.10 : 0.16));
  color = cs_sketch_add (color, self->bright, edge * (is_light ? 0.08 : 0.55));
  rgba[0] = color.r;
  rgba[1] = color.g;
  rgba[2] = color.b;
}

static void
add_brain (CsSketchStage *stage, const Field *field)
{
  CsSketchLayer *layer
      = cs_sketch_stage_begin_part (stage, 0.9, field->x - field->size, field->y - field->size,
                                    field->x + field->size, field->y + field->size);
  CsSketchNetwork network = { .x = field->x,
                              .y = field->y,
                              .radius_x = field->size * 1.05,
                              .radius_y = field->size * 0.85,
                              .depth = 1.0,
                              .n = 54,
                              .color = field->bright,
                              .inside = get_brain_body,
                              .size = field->size };

  if (cs_sketch_luma (field->deep) < 0.5)
    cs_sketch_canvas_glow (layer->canvas, field->x, field->y, field->size, field->size, field->bright, 0.30);
  cs_sketch_canvas_shade_box (layer->canvas, field->x - field->size * 0.8, field->y - field->size * 0.7,
                              field->x + field->size * 0.8, field->y + field->size * 0.9, 1, shade_brain,
                              field);
  layer->sway_y = 0.007;
  layer->sway_period = 6;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
  cs_sketch_network_add (stage, &network);
}

/* An open book that gives light. */
static void
add_book (CsSketchStage *stage, const Field *field, double y)
{
  double s = 0.24, x = field->x;
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 1.05);
  CsSketchCanvas *c = layer->canvas;
  CsSketchColor paper = CS_SKETCH_HEX (0xfff6e4),
                cover = cs_sketch_mix (stage->palette.accent, field->middle, 0.35);

  cs_sketch_canvas_soft_shadow (c, x, y + s * 0.30, s * 1.5, s * 0.22, 0.5);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (c->cr, x, y + s * 0.26);
      cairo_line_to (c->cr, x + side * s * 1.14, y + s * 0.12);
      cairo_line_to (c->cr, x + side * s * 1.02, y - s * 0.30);
      cairo_line_to (c->cr, x, y - s * 0.16);
      cairo_close_path (c->cr);
      cs_sketch_canvas_set_color (c, cs_sketch_scale (cover, side < 0 ? 1.0 : 0.75), 1);
      cairo_fill (c->cr);
      cairo_move_to (c->cr, x, y + s * 0.22);
      cairo_curve_to (c->cr, x + side * s * 0.3, y + s * 0.02, x + side * s * 0.7, y + s * 0.10,
                      x + side * s * 1.08, y + s * 0.06);
      cairo_line_to (c->cr, x + side * s * 0.97, y - s * 0.34);
      cairo_curve_to (c->cr, x + side * s * 0.65, y - s * 0.34, x + side * s * 0.3, y - s * 0.42, x,
                      y - s * 0.2);
      cairo_close_path (c->cr);
      cs_sketch_canvas_set_sideways (c, x, cs_sketch_scale (paper, 0.72), x + side * s * 0.9, paper);
      cairo_fill (c->cr);
      for (int i = 0; i < 6; i++)
        {
          double t = i / 6.0;

          cairo_move_to (c->cr, x + side * s * 0.16, y - s * (0.22 - 0.36 * t));
          cairo_curve_to (c->cr, x + side * s * 0.4, y - s * (0.36 - 0.36 * t), x + side * s * 0.6,
                          y - s * (0.30 - 0.36 * t), x + side * s * (0.90 - 0.14 * (i % 3)),
                          y - s * (0.28 - 0.35 * t));
          cairo_set_line_width (c->cr, s * 0.014);
          cs_sketch_canvas_set_color (c, cs_sketch_mix (field->middle, CS_SKETCH_HEX (0x555566), 0.5), 0.55);
          cairo_stroke (c->cr);
        }
    }
  cs_sketch_canvas_glow (c, x, y - s * 0.3, s * 1.7, s * 1.5, field->bright, 0.32);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
}

/* A glass ball with rings: what stands for an idea that has no shape. */
static void
add_orb (CsSketchStage *stage, const Field *field, double r)
{
  CsSketchLayer *layer = cs_sketch_stage_begin_part (stage, 1, field->x - r * 2.2, field->y - r * 2.2,
                                                     field->x + r * 2.2, field->y + r * 2.2);
  CsSketchCanvas *c = layer->canvas;
  CsSketchColor pale = cs_sketch_mix (field->bright, CS_SKETCH_HEX (0xffffff), 0.65);

  cs_sketch_canvas_glow (c, field->x, field->y, r * 2.1, r * 2.1, field->bright, 0.5);
  for (int half = 0; half < 2; half++)
    {
      for (int i = 0; i < 4; i++)
        {
          cairo_save (c->cr);
          cairo_translate (c->cr, field->x, field->y);
          cairo_rotate (c->cr, -0.42 + i * 0.03);
          cairo_scale (c->cr, r * (1.45 + 0.16 * i), r * (0.36 + 0.05 * i));
          cairo_new_sub_path (c->cr);
          cairo_arc (c->cr, 0, 0, 1, half ? 0 : G_PI, half ? G_PI : 2 * G_PI);
          cairo_restore (c->cr);
          cairo_set_line_width (c->cr, r * (i % 2 ? 0.016 : 0.034));
          cs_sketch_canvas_set_color (c, cs_sketch_mix (field->bright, pale, i / 3.0), half ? 0.95 : 0.5);
          cairo_stroke (c->cr);
        }
      if (half == 0)
        {
          cs_sketch_canvas_circle (c, field->x, field->y, r);
          cs_sketch_canvas_set_ball (c, field->x, field->y, r, pale,
                                     cs_sketch_mix (field->middle, field->bright, 0.45),
                                     cs_sketch_scale (field->middle, 0.4));
          cairo_fill (c->cr);
          cs_sketch_canvas_ellipse (c, field->x - r * 0.36, field->y - r * 0.46, r * 0.26, r * 0.15);
          cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xffffff), 0.65);
          cairo_fill (c->cr);
        }
    }
  layer->sway_y = 0.01;
  layer->sway_period = 5;
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SUBJECT);
}

static void
add_ground (CsSketchStage *stage, const Field *field)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0);

  cs_sketch_canvas_shade (layer->canvas, layer->canvas->y0, layer->canvas->y1,
                          stage->style == CS_STYLE_ANIME ? 1 : 3, shade_ground, field);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SKY);
}

/* Ideas without a place: a mind, a network, knowledge, or light and lines. */
void
cs_sketch_family_draw_abstract (CsSketchStage *stage)
{
  gboolean has_brain = cs_sketch_stage_has (stage, CS_SKETCH_BRAIN),
           has_book
           = cs_sketch_stage_has (stage, CS_SKETCH_SCHOOL) || cs_sketch_stage_has (stage, CS_SKETCH_BOOK);
  gboolean has_network = cs_sketch_stage_has (stage, CS_SKETCH_NETWORK) || (stage->seed & 1);
  Field field = { stage, .x = stage->width * 0.5, .y = stage->height * (has_book ? 0.38 : 0.47),
                  .size = has_book ? 0.33 : 0.46 };
  CsSketchNetwork network;

  field.offset = cs_sketch_random_range (&stage->random, 0, 50);
  choose_colors (stage, &field);
  cs_sketch_stage_set_horizon (stage, 0.5);
  add_ground (stage, &field);
  network = (CsSketchNetwork){ .x = field.x,
                               .y = field.y,
                               .radius_x = stage->width * 0.62,
                               .radius_y = stage->height * 0.55,
                               .depth = 0.35,
                               .n = 46,
                               .color = cs_sketch_mix (field.middle, field.bright, 0.55),
                               .is_faint = TRUE,
                               .size = 1 };
  cs_sketch_network_add (stage, &network);
  add_ribbons (stage, &field, 0.5, stage->height * 0.62, 0.13);
  if (has_brain || has_book)
    add_brain (stage, &field);
  else if (has_network)
    {
      network = (CsSketchNetwork){ .x = field.x,
                                   .y = field.y,
                                   .radius_x = 0.36,
                                   .radius_y = 0.36,
                                   .depth = 1,
                                   .n = 110,
                                   .color = field.bright,
                                   .is_globe = TRUE,
                                   .size = 0.36 };
      cs_sketch_network_add (stage, &network);
    }
  else
    add_orb (stage, &field, 0.21);
  if (has_book)
    add_book (stage, &field, stage->height * 0.5 + 0.29);
  add_ribbons (stage, &field, 1.25, stage->height * 0.80, 0.10);
  cs_sketch_actors_add_particles (stage, CS_SKETCH_DUST, 60, field.bright);
}
