/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-actors.h"

#include "media/sketch/cs-sketch-sky.h"

/* One drop, flake or leaf. */
typedef struct
{
  float x, y, near, phase;
} Grain;

/* What falls over the whole frame; owned by the stage's item. */
typedef struct
{
  CsSketchParticle kind;
  CsSketchColor color;
  double width, height, wind;
  const CsSketchCanvas *sprite; /* (nullable): borrowed from the stage */
  int n;
  Grain grains[];
} Fall;

/* One bolt: seen for a moment, at its own times; the sprites are borrowed from the stage. */
typedef struct
{
  const CsSketchCanvas *bolts[3];
  double width, horizon;
  guint32 seed;
} Lightning;

static double
wrap (double value, double size)
{
  return value - floor (value / size) * size;
}

static void
draw_drop (const Fall *self, const Grain *g, CsSketchFrame *frame)
{
  double speed = 1.5 + g->near * 1.3, length = 0.03 + 0.06 * g->near;
  double y = wrap (g->y + frame->seconds * speed, self->height + 0.2) - 0.1;
  double x
      = wrap (g->x + frame->seconds * speed * self->wind - frame->pose.x * g->near, self->width + 0.4) - 0.2;

  cs_sketch_frame_line (frame, (x - length * self->wind) * frame->unit, (y - length) * frame->unit,
                        x * frame->unit, y * frame->unit, self->color, 0.10 + 0.32 * g->near);
}

static void
draw_flake (const Fall *self, const Grain *g, CsSketchFrame *frame)
{
  double speed = 0.05 + g->near * 0.13, s = frame->seconds + g->phase * 9;
  double y = wrap (g->y + frame->seconds * speed, self->height + 0.1) - 0.05,
         r = (0.0022 + 0.0075 * g->near * g->near);
  double x
      = wrap (g->x + frame->seconds * speed * self->wind * 2 + 0.02 * sin (s * 1.3) - frame->pose.x * g->near,
              self->width + 0.2)
        - 0.1;

  cs_sketch_frame_light (frame, x * frame->unit, y * frame->unit, r * frame->unit, r * frame->unit,
                         self->color, 0.9 - 0.35 * g->near);
}

static void
draw_petal (const Fall *self, const Grain *g, CsSketchFrame *frame)
{
  double speed = 0.06 + g->near * 0.12, s = frame->seconds + g->phase * 17;
  double y = wrap (g->y + frame->seconds * speed + 0.015 * sin (s * 2.1), self->height + 0.1) - 0.05;
  double x = wrap (g->x + frame->seconds * (0.05 + speed * self->wind) + 0.03 * sin (s * 1.1)
                       - frame->pose.x * g->near,
                   self->width + 0.2)
             - 0.1;

  cs_sketch_frame_put (frame, self->sprite, x * frame->unit, y * frame->unit,
                       (0.35 + 0.75 * g->near) * (0.55 + 0.45 * fabs (sin (s * 1.7))), s * 1.4, 0.92);
}

static void
draw_mote (const Fall *self, const Grain *g, CsSketchFrame *frame)
{
  double s = frame->seconds + g->phase * 31, blink = 1, r = 0.003 + 0.006 * g->near, up = 0.008;

  if (self->kind == CS_SKETCH_FIREFLIES)
    blink = cs_sketch_clamp (sin (s * (1.4 + g->near)) * 1.4, 0, 1);
  else if (self->kind == CS_SKETCH_SPARKS)
    up = 0.12 + 0.1 * g->near;
  else if (self->kind == CS_SKETCH_BUBBLES)
    up = 0.05;
  else
    blink = 0.35 + 0.25 * sin (s);
  cs_sketch_frame_light (
      frame,
      (wrap (g->x + 0.03 * sin (s * 0.5 + g->near * 9) - frame->pose.x * g->near, self->width + 0.1) - 0.05)
          * frame->unit,
      (wrap (g->y + 0.02 * sin (s * 0.7) - frame->seconds * up, self->height + 0.1) - 0.05) * frame->unit,
      r * frame->unit, r * frame->unit, self->color, blink);
}

static void
draw_fall (gconstpointer data, CsSketchFrame *frame)
{
  const Fall *self = data;

  for (int i = 0; i < self->n; i++)
    {
      const Grain *g = &self->grains[i];

      if (self->kind == CS_SKETCH_RAINDROPS)
        draw_drop (self, g, frame);
      else if (self->kind == CS_SKETCH_SNOWFLAKES)
        draw_flake (self, g, frame);
      else if (self->kind == CS_SKETCH_PETALS)
        draw_petal (self, g, frame);
      else
        draw_mote (self, g, frame);
    }
}

static const CsSketchCanvas *
draw_petal_sprite (CsSketchStage *stage, CsSketchColor color)
{
  CsSketchCanvas *sprite = cs_sketch_stage_begin_sprite (stage, 0.036, 0.036);

  cs_sketch_canvas_ellipse (sprite, 0, 0, 0.014, 0.0085);
  cs_sketch_canvas_set_ball (sprite, 0, 0, 0.016, cs_sketch_mix (color, CS_SKETCH_HEX (0xffffff), 0.6), color,
                             cs_sketch_scale (color, 0.82));
  cairo_fill (sprite->cr);
  return cs_sketch_stage_end_sprite (stage, sprite, CS_SKETCH_KIND_LIGHT);
}

/* Rain, snow, petals, fireflies, dust or sparks over the whole frame; a few hundred are plenty. */
void
cs_sketch_actors_add_particles (CsSketchStage *stage, CsSketchParticle kind, int n, CsSketchColor color)
{
  Fall *self;

  n = CLAMP (n, 0, 2000);
  self = g_malloc0 (sizeof *self + (gsize) n * sizeof (Grain));
  self->kind = kind;
  self->color = color;
  self->n = n;
  self->width = stage->width;
  self->height = stage->height;
  self->wind = stage->idea.weather == CS_SKETCH_STORM || stage->idea.weather == CS_SKETCH_WIND ? 0.42 : 0.12;
  if (kind == CS_SKETCH_PETALS)
    self->sprite = draw_petal_sprite (stage, color);
  for (int i = 0; i < n; i++)
    {
      double near = cs_sketch_random_double (&stage->random);

      self->grains[i] = (Grain){ (float) cs_sketch_random_range (&stage->random, 0, stage->width + 0.4),
                                 (float) cs_sketch_random_range (&stage->random, 0, stage->height + 0.2),
                                 (float) (near * near), (float) cs_sketch_random_double (&stage->random) };
    }
  cs_sketch_stage_add_actor (stage, draw_fall, self, g_free);
}

static void
draw_branch (
    CsSketchCanvas *sprite, CsSketchRandom *random, double x, double y, double end, double width, int depth)
{
  cairo_t *cr = sprite->cr;

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, x, y);
  while (y < end)
    {
      x += cs_sketch_random_range (random, -0.026, 0.026);
      y += cs_sketch_random_range (random, 0.012, 0.035);
      cairo_line_to (cr, x, y);
      if (depth < 2 && cs_sketch_random_chance (random, 0.22))
        {
          double px = x, py = y;

          cairo_stroke (cr);
          draw_branch (sprite, random, px, py, py + cs_sketch_random_range (random, 0.06, 0.20), width * 0.5,
                       depth + 1);
          cairo_set_line_width (cr, width);
          cairo_move_to (cr, px, py);
        }
    }
  cairo_stroke (cr);
}

static const CsSketchCanvas *
draw_bolt (CsSketchStage *stage, double length)
{
  CsSketchCanvas *sprite = cs_sketch_stage_begin_sprite (stage, 0.5, length);
  CsSketchRandom random;

  cs_sketch_random_init (&random, cs_sketch_random_next (&stage->random), 2);
  cs_sketch_canvas_set_color (sprite, CS_SKETCH_HEX (0x8fa8ff), 0.9);
  draw_branch (sprite, &random, 0, -length / 2, length / 2 - 0.03, 0.012, 0);
  cs_sketch_canvas_blur (sprite, 0.012);
  cs_sketch_random_init (&random, cs_sketch_random_next (&stage->random), 2);
  cs_sketch_canvas_set_color (sprite, CS_SKETCH_HEX (0xf4f6ff), 1);
  draw_branch (sprite, &random, 0, -length / 2, length / 2 - 0.03, 0.0055, 0);
  return cs_sketch_stage_end_sprite (stage, sprite, CS_SKETCH_KIND_LIGHT);
}

/* A strike about every second and a half: two flickers, then dark. */
static void
draw_lightning (gconstpointer data, CsSketchFrame *frame)
{
  const Lightning *self = data;
  double beat = frame->seconds / 1.7, part;
  guint32 n = (guint32) beat;
  double start = cs_sketch_hash_double (self->seed, n * 3) * 0.5, strength, px, py;

  part = frame->is_still ? 0.02 : (beat - n - start) * 1.7;
  if (part < 0 || part > 0.55 || (!frame->is_still && cs_sketch_hash_double (self->seed, n * 3 + 1) > 0.8))
    return;
  strength = part < 0.08 ? 1 : part < 0.13 ? 0.15 : part < 0.2 ? 0.8 : cs_sketch_step (0.55, 0.2, part) * 0.4;
  cs_sketch_frame_flash (frame, CS_SKETCH_HEX (0xaab8ff), strength * (frame->is_still ? 0.12 : 0.24));
  cs_sketch_frame_project (frame, 0.1,
                           self->width * (0.12 + 0.76 * cs_sketch_hash_double (self->seed, n * 3 + 2)),
                           self->horizon * 0.48, &px, &py);
  cs_sketch_frame_put (frame, self->bolts[n % 3], px, py, 1, 0, strength);
}

/* Bolts between the clouds and the horizon, and their flash. */
void
cs_sketch_actors_add_lightning (CsSketchStage *stage)
{
  Lightning *self = g_new0 (Lightning, 1);

  for (int i = 0; i < 3; i++)
    self->bolts[i] = draw_bolt (stage, stage->horizon * cs_sketch_random_range (&stage->random, 0.8, 1.0));
  self->width = stage->width;
  self->horizon = stage->horizon;
  self->seed = cs_sketch_random_next (&stage->random);
  cs_sketch_stage_add_actor (stage, draw_lightning, self, g_free);
}

/* What the weather lets fall before the whole scene: rain or snow. Call it last. */
void
cs_sketch_weather_add (CsSketchStage *stage)
{
  double area = stage->width * stage->height;

  if (stage->idea.weather == CS_SKETCH_RAIN || stage->idea.weather == CS_SKETCH_STORM)
    cs_sketch_actors_add_particles (stage, CS_SKETCH_RAINDROPS, (int) (300 * area),
                                    cs_sketch_mix (stage->palette.haze, CS_SKETCH_HEX (0xffffff), 0.55));
  else if (stage->idea.weather == CS_SKETCH_SNOW)
    cs_sketch_actors_add_particles (stage, CS_SKETCH_SNOWFLAKES, (int) (330 * area),
                                    CS_SKETCH_HEX (0xffffff));
}
