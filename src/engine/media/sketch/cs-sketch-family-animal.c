/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

#include "media/sketch/cs-sketch-actors.h"
#include "media/sketch/cs-sketch-figures.h"
#include "media/sketch/cs-sketch-meadow.h"
#include "media/sketch/cs-sketch-sky.h"
#include "media/sketch/cs-sketch-trees.h"

/* An animal that sits and looks at us, in the light of the scene: a plain value on the stack. */
typedef struct
{
  CsSketchHeadKind kind;
  double size;
  CsSketchColor coat, pale, dark, eye, collar;
} Sitter;

static const struct
{
  guint32 coats[3];
  guint32 pale, dark, eye;
} kinds[] = {
  [CS_SKETCH_HEAD_CAT] = { { 0xe59a48, 0x9a9aa4, 0xc8a070 }, 0xfff4e6, 0x8a5426, 0x6cc04a },
  [CS_SKETCH_HEAD_DOG] = { { 0xc98d4e, 0xa8704a, 0xd8b488 }, 0xfff4e6, 0x6e4426, 0x7a4a24 },
  [CS_SKETCH_HEAD_FOX] = { { 0xe0702a, 0xd8823a, 0xe8a860 }, 0xfff6ec, 0x5a2c1c, 0xc88a2a },
  [CS_SKETCH_HEAD_LION] = { { 0xe2b060, 0xd8a050, 0xe8bc74 }, 0xfdf0d8, 0xa0602a, 0xd09a34 },
};

static Sitter
choose_sitter (CsSketchStage *stage)
{
  static const CsSketchHeadKind order[] = { CS_SKETCH_HEAD_FOX, CS_SKETCH_HEAD_CAT, CS_SKETCH_HEAD_DOG };
  CsSketchColor light
      = cs_sketch_mix (stage->palette.shade, stage->palette.light, stage->palette.is_night ? 1 : 0.85);
  Sitter self = { .size = MIN (0.62, stage->width * 0.62) };
  guint32 coat;

  self.kind = cs_sketch_stage_has (stage, CS_SKETCH_CAT)   ? CS_SKETCH_HEAD_CAT
              : cs_sketch_stage_has (stage, CS_SKETCH_DOG) ? CS_SKETCH_HEAD_DOG
              : cs_sketch_stage_has (stage, CS_SKETCH_FOX) ? CS_SKETCH_HEAD_FOX
              : cs_sketch_stage_has (stage, CS_SKETCH_LION)
                  ? CS_SKETCH_HEAD_LION
                  : order[cs_sketch_hash ((guint32) stage->seed, 31) % 3];
  coat = kinds[self.kind].coats[cs_sketch_hash ((guint32) stage->seed, 33) % 3];
  light = cs_sketch_mix (light, CS_SKETCH_HEX (0xffffff), 0.12);
  self.coat = cs_sketch_lit (CS_SKETCH_HEX (coat), light);
  self.pale = cs_sketch_lit (CS_SKETCH_HEX (kinds[self.kind].pale), light);
  self.dark = cs_sketch_mix (cs_sketch_lit (CS_SKETCH_HEX (kinds[self.kind].dark), light),
                             cs_sketch_scale (self.coat, 0.45), self.kind == CS_SKETCH_HEAD_CAT ? 0.7 : 0.2);
  self.eye = CS_SKETCH_HEX (kinds[self.kind].eye);
  self.collar = cs_sketch_lit (stage->palette.accent, light);
  return self;
}

/* The tail: its root is the middle of the sprite, so that it turns about it. */
static void
add_tail (CsSketchStage *stage, const Sitter *a, double x, double y)
{
  double s = a->size, w = s
                          * (a->kind == CS_SKETCH_HEAD_FOX    ? 0.19
                             : a->kind == CS_SKETCH_HEAD_LION ? 0.045
                                                              : 0.085);
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, s * 1.7, s * 1.5);
  CsSketchMotion motion = { .x = x + s * 0.20,
                            .y = y - s * 0.10,
                            .period = a->kind == CS_SKETCH_HEAD_DOG ? 0.55 : 2.6,
                            .swing = 0.15,
                            .depth = 1 };

  cairo_set_line_cap (c->cr, CAIRO_LINE_CAP_ROUND);
  for (int i = 0; i <= 40; i++)
    {
      double t = i / 40.0, u = 1 - t,
             fat = a->kind == CS_SKETCH_HEAD_FOX ? 0.35 + 0.9 * sin (G_PI * (0.1 + 0.82 * t)) : 1 - 0.35 * t;
      double px = s * (3 * u * u * t * 0.30 + 3 * u * t * t * 0.48 + t * t * t * 0.36),
             py = -s * (3 * u * u * t * -0.04 + 3 * u * t * t * 0.16 + t * t * t * 0.48);
      gboolean is_tip = a->kind == CS_SKETCH_HEAD_CAT ? (i / 4) % 3 == 2
                                                      : t > (a->kind == CS_SKETCH_HEAD_LION ? 0.92 : 0.78);
      CsSketchColor tip = a->kind == CS_SKETCH_HEAD_FOX || a->kind == CS_SKETCH_HEAD_DOG ? a->pale : a->dark,
                    color = is_tip ? tip : a->coat;
      double r = w * fat * (a->kind == CS_SKETCH_HEAD_LION && is_tip ? 1.9 : 1) * 0.72;

      cs_sketch_canvas_circle (c, px, py, r);
      cs_sketch_canvas_set_ball (c, px, py, r, cs_sketch_scale (color, 1.06), color,
                                 cs_sketch_scale (color, 0.80));
      cairo_fill (c->cr);
    }
  cs_sketch_actors_add_sprite (stage, cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT), &motion);
}

static void
fill_ball (CsSketchCanvas *c, const Sitter *a, double x, double y, double rx, double ry, CsSketchColor color)
{
  double s = a->size;

  cs_sketch_canvas_ellipse (c, x * s, y * s, rx * s, ry * s);
  cs_sketch_canvas_set_ball (c, x * s, y * s, MAX (rx, ry) * s * 1.05,
                             cs_sketch_mix (color, CS_SKETCH_HEX (0xffffff), 0.14), color,
                             cs_sketch_mix (color, a->dark, 0.48));
  cairo_fill (c->cr);
}

/* A pear of a body on two round thighs, with the forelegs in front; (0, 0) is the ground under it. */
static void
draw_sitting_body (CsSketchCanvas *c, const Sitter *a)
{
  double s = a->size;
  CsSketchColor paw = a->kind == CS_SKETCH_HEAD_FOX    ? a->dark
                      : a->kind == CS_SKETCH_HEAD_LION ? a->coat
                                                       : a->pale;

  fill_ball (c, a, -0.20, -0.13, 0.155, 0.145, a->coat);
  fill_ball (c, a, 0.20, -0.13, 0.155, 0.145, a->coat);
  cairo_move_to (c->cr, -s * 0.15, -s * 0.56);
  cairo_curve_to (c->cr, -s * 0.21, -s * 0.38, -s * 0.30, -s * 0.20, -s * 0.23, -s * 0.02);
  cairo_line_to (c->cr, s * 0.23, -s * 0.02);
  cairo_curve_to (c->cr, s * 0.30, -s * 0.20, s * 0.21, -s * 0.38, s * 0.15, -s * 0.56);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_ball (c, 0, -s * 0.28, s * 0.34,
                             cs_sketch_mix (a->coat, CS_SKETCH_HEX (0xffffff), 0.15), a->coat,
                             cs_sketch_mix (a->coat, a->dark, 0.45));
  cairo_fill (c->cr);
  cairo_move_to (c->cr, -s * 0.13, -s * 0.48);
  for (int i = 0; i <= 8; i++)
    cairo_line_to (c->cr, s * 0.13 * cos (G_PI - G_PI * i / 8),
                   -s * (0.46 - 0.26 * sin (G_PI * i / 8) + (i % 2 ? 0.0 : 0.03)));
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_vertical (c, -s * 0.5, cs_sketch_scale (a->pale, 0.86), -s * 0.22, a->pale);
  cairo_fill (c->cr);
  for (int way = -1; way <= 1; way += 2)
    {
      cs_sketch_canvas_round_box (c, s * (way * 0.085 - 0.062), -s * 0.32, s * 0.124, s * 0.31, s * 0.06);
      cs_sketch_canvas_set_sideways (c, s * (way * 0.085 - 0.07), cs_sketch_scale (a->coat, 1.06),
                                     s * (way * 0.085 + 0.07), cs_sketch_mix (a->coat, a->dark, 0.38));
      cairo_fill (c->cr);
      fill_ball (c, a, way * 0.235, -0.022, 0.088, 0.042, paw);
      fill_ball (c, a, way * 0.088, -0.030, 0.082, 0.047, paw);
      cairo_set_line_width (c->cr, s * 0.007);
      cs_sketch_canvas_set_color (c, cs_sketch_scale (a->dark, 0.7), 0.6);
      for (int k = -1; k <= 1; k += 2)
        {
          cairo_move_to (c->cr, s * (way * 0.088 + k * 0.026), -s * 0.028);
          cairo_rel_line_to (c->cr, 0, s * 0.036);
        }
      cairo_stroke (c->cr);
    }
}

static const CsSketchCanvas *
draw_sitter (CsSketchStage *stage, const Sitter *a, gboolean is_blinking)
{
  double s = a->size;
  CsSketchCanvas *c = cs_sketch_canvas_new (stage->unit, -s * 0.50, -s * 1.16, s * 0.50, s * 0.10);
  CsSketchHead head = { a->kind, 0, -s * 0.66, s * 0.235, a->coat, a->pale, a->dark, a->eye, is_blinking };

  if (stage->look.light_x > 0)
    cairo_scale (c->cr, -1, 1);
  cs_sketch_canvas_soft_shadow (c, 0, 0, s * 0.46, s * 0.075, 0.62);
  draw_sitting_body (c, a);
  if (a->kind == CS_SKETCH_HEAD_CAT || a->kind == CS_SKETCH_HEAD_DOG)
    {
      cs_sketch_canvas_ellipse (c, 0, -s * 0.475, s * 0.155, s * 0.036);
      cs_sketch_canvas_set_vertical (c, -s * 0.5, cs_sketch_scale (a->collar, 1.1), -s * 0.44,
                                     cs_sketch_scale (a->collar, 0.6));
      cairo_fill (c->cr);
      cs_sketch_canvas_circle (c, 0, -s * 0.432, s * 0.026);
      cs_sketch_canvas_set_ball (c, 0, -s * 0.432, s * 0.028, CS_SKETCH_HEX (0xfff4c0),
                                 CS_SKETCH_HEX (0xf0c040), CS_SKETCH_HEX (0x9a6a18));
      cairo_fill (c->cr);
    }
  cs_sketch_head_draw (c, &head);
  return cs_sketch_stage_end_sprite (stage, c, CS_SKETCH_KIND_SUBJECT);
}

static void
add_sitter (CsSketchStage *stage, double x, double y)
{
  Sitter sitter = choose_sitter (stage);
  CsSketchMotion motion = { .x = x, .y = y, .bob_y = 0.0028, .period = 2.8, .swing = 0.010, .depth = 1 };
  const CsSketchCanvas *open = draw_sitter (stage, &sitter, FALSE),
                       *closed = draw_sitter (stage, &sitter, TRUE);

  add_tail (stage, &sitter, x, y);
  cs_sketch_figure_add_blinking (stage, open, closed, &motion);
}

/* A tree at one side, behind the animal. */
static void
add_tree (CsSketchStage *stage)
{
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, 0.6);
  CsSketchTree tree = { stage->idea.weather == CS_SKETCH_SNOW ? CS_SKETCH_TREE_FIR : CS_SKETCH_TREE_LEAFY,
                        stage->width * (stage->look.light_x > 0 ? 0.13 : 0.87),
                        stage->horizon + 0.09,
                        0.62,
                        0.75,
                        stage->idea.weather == CS_SKETCH_SNOW ? 0.8 : 0,
                        stage->palette.leaf };

  cs_sketch_canvas_soft_shadow (layer->canvas, tree.x - stage->look.light_x * 0.06, tree.foot + 0.01, 0.24,
                                0.03, 0.5);
  cs_sketch_tree_draw (stage, layer->canvas, &tree);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_SCENERY);
}

/* An animal close to us in a meadow. */
void
cs_sketch_family_draw_animal (CsSketchStage *stage)
{
  double area = stage->width * stage->height,
         x = stage->width * (stage->sun_x < stage->width / 2 ? 0.54 : 0.46);

  cs_sketch_stage_set_horizon (stage, 0.60);
  cs_sketch_sky_add (stage);
  cs_sketch_meadow_add_far (stage);
  cs_sketch_actors_add_birds (stage, 0.3, stage->width * 0.5, stage->horizon * 0.4, 5, 0.012);
  cs_sketch_meadow_add_ground (stage, stage->horizon, 130);
  add_tree (stage);
  if (cs_sketch_stage_has (stage, CS_SKETCH_HORSE) || cs_sketch_stage_has (stage, CS_SKETCH_CAMEL))
    cs_sketch_figure_add_horse (stage, x, stage->height * 0.88, MIN (0.50, stage->width * 0.46));
  else
    add_sitter (stage, x, stage->height * 0.5 + 0.40);
  cs_sketch_meadow_add_near (stage);
  if (stage->palette.is_night)
    cs_sketch_actors_add_particles (stage, CS_SKETCH_FIREFLIES, (int) (50 * area), CS_SKETCH_HEX (0xe8ff7a));
  else if (stage->idea.weather != CS_SKETCH_SNOW)
    cs_sketch_actors_add_particles (stage, CS_SKETCH_DUST, (int) (40 * area), CS_SKETCH_HEX (0xfff2c0));
  cs_sketch_weather_add (stage);
}
