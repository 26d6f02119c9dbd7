/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-actors.h"

#define N_WINGS 5

/* A flock; the sprites are borrowed from the stage. */
typedef struct
{
  const CsSketchCanvas *wings[N_WINGS];
  double x, y, depth, size, way;
  int n;
  double places[32][3];
} Birds;

/* A sprite and its motion; the sprite is borrowed from the stage. */
typedef struct
{
  const CsSketchCanvas *sprite;
  CsSketchMotion motion;
} Mover;

static void
draw_birds (gconstpointer data, CsSketchFrame *frame)
{
  const Birds *self = data;

  for (int i = 0; i < self->n; i++)
    {
      const double *place = self->places[i];
      double beat = frame->seconds * (1.6 + place[2] * 0.6) + place[2] * 7, wing, px, py, scale;
      double x = self->x + place[0] + self->way * frame->seconds * 0.028;
      double y = self->y + place[1] + 0.006 * sin (frame->seconds * 1.1 + place[2] * 20);

      wing = sin (beat * 2 * G_PI) * 0.5 + 0.5;
      scale = cs_sketch_frame_project (frame, self->depth, x, y, &px, &py);
      cs_sketch_frame_put (frame, self->wings[(int) (wing * (N_WINGS - 0.01))], px, py,
                           scale * (0.7 + 0.5 * place[2]), 0, 0.85);
    }
}

static const CsSketchCanvas *
draw_wings (CsSketchStage *stage, double size, double lift)
{
  CsSketchCanvas *sprite = cs_sketch_stage_begin_sprite (stage, size * 2.4, size * 1.8);
  cairo_t *cr = sprite->cr;
  double tip = -lift * size * 0.55;

  cs_sketch_canvas_set_color (sprite, cs_sketch_scale (stage->palette.shade, 0.28), 1);
  cairo_move_to (cr, -size, tip);
  cairo_curve_to (cr, -size * 0.6, tip - size * 0.16, -size * 0.25, -size * 0.14, 0, size * 0.04);
  cairo_curve_to (cr, size * 0.25, -size * 0.14, size * 0.6, tip - size * 0.16, size, tip);
  cairo_curve_to (cr, size * 0.6, tip + size * 0.02, size * 0.25, size * 0.06, 0, size * 0.17);
  cairo_curve_to (cr, -size * 0.25, size * 0.06, -size * 0.6, tip + size * 0.02, -size, tip);
  cairo_fill (cr);
  return cs_sketch_stage_end_sprite (stage, sprite, CS_SKETCH_KIND_LIGHT);
}

/* A flock far away, up to 32, around a place; @size is half a wing span. */
void
cs_sketch_actors_add_birds (CsSketchStage *stage, double depth, double x, double y, int n, double size)
{
  Birds *self = g_new0 (Birds, 1);

  for (int i = 0; i < N_WINGS; i++)
    self->wings[i] = draw_wings (stage, size, i / (N_WINGS - 1.0) * 1.7 - 0.6);
  self->x = x;
  self->y = y;
  self->depth = depth;
  self->size = size;
  self->way = cs_sketch_random_chance (&stage->random, 0.5) ? 1 : -1;
  self->n = CLAMP (n, 0, 32);
  for (int i = 0; i < self->n; i++)
    {
      int rank = (i + 1) / 2, side = i % 2 ? 1 : -1;

      self->places[i][0]
          = -self->way * rank * size * 1.9 + cs_sketch_random_range (&stage->random, -1, 1) * size;
      self->places[i][1] = side * rank * size * 0.8 + cs_sketch_random_range (&stage->random, -1, 1) * size;
      self->places[i][2] = cs_sketch_random_double (&stage->random);
    }
  cs_sketch_stage_add_actor (stage, draw_birds, self, g_free);
}

static void
draw_mover (gconstpointer data, CsSketchFrame *frame)
{
  const Mover *self = data;
  const CsSketchMotion *m = &self->motion;
  double s = frame->seconds - frame->camera->duration / 2, wave, px, py, scale, x, y;

  if (frame->is_still)
    s = 0;
  wave = (frame->seconds / MAX (m->period, 0.05) + m->phase) * 2 * G_PI;
  x = m->x + m->speed_x * s + m->bob_x * sin (wave * 0.83 + 1);
  y = m->y + m->speed_y * s + m->bob_y * sin (wave);
  if (m->wrap > 0)
    x -= floor ((x - m->x + m->wrap / 2) / m->wrap) * m->wrap;
  scale = cs_sketch_frame_project (frame, m->depth, x, y, &px, &py);
  cs_sketch_frame_put (frame, self->sprite, px, py, scale * m->scale,
                       m->angle + m->swing * sin (wave * 0.71 + 0.5) + m->spin * frame->seconds * 2 * G_PI,
                       1);
}

/* A thing that floats, sails, drives or turns. A @motion of scale 0 counts as 1. */
void
cs_sketch_actors_add_sprite (CsSketchStage *stage, const CsSketchCanvas *sprite, const CsSketchMotion *motion)
{
  Mover *self = g_new0 (Mover, 1);

  self->sprite = sprite;
  self->motion = *motion;
  if (self->motion.scale <= 0)
    self->motion.scale = 1;
  cs_sketch_stage_add_actor (stage, draw_mover, self, g_free);
}
