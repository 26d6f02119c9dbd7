/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-actors.h"

/* A point of light. */
typedef struct
{
  double x, y, depth, size, phase, period, strength;
} Point;

/* Points of light of one colour; owned by the stage's item. */
typedef struct
{
  CsSketchColor color;
  double x0, y0, x1, y1, depth, speed;
  double stretch;
  int n;
  Point points[];
} Points;

static Points *
points_new (int n, CsSketchColor color)
{
  Points *self = g_malloc0 (sizeof *self + (gsize) MAX (n, 0) * sizeof (Point));

  self->n = MAX (n, 0);
  self->color = color;
  self->stretch = 1;
  return self;
}

static void
draw_twinkle (gconstpointer data, CsSketchFrame *frame)
{
  const Points *self = data;

  for (int i = 0; i < self->n; i++)
    {
      const Point *p = &self->points[i];
      double px, py, wave = sin ((frame->seconds / p->period + p->phase) * 2 * G_PI);

      cs_sketch_frame_project (frame, p->depth, p->x, p->y, &px, &py);
      cs_sketch_frame_light (frame, px, py, p->size * frame->unit * self->stretch, p->size * frame->unit,
                             self->color, p->strength * cs_sketch_clamp (0.5 + 0.6 * wave, 0, 1));
    }
}

/* Stars or far windows that come and go within a part of the frame. */
void
cs_sketch_actors_add_twinkle (CsSketchStage *stage,
                              double depth,
                              double x0,
                              double y0,
                              double x1,
                              double y1,
                              int n,
                              CsSketchColor color)
{
  Points *self = points_new (n, color);

  for (int i = 0; i < self->n; i++)
    self->points[i] = (Point){
      .x = cs_sketch_random_range (&stage->random, x0, x1),
      .y = cs_sketch_random_range (&stage->random, y0, y1),
      .depth = depth,
      .size = cs_sketch_random_range (&stage->random, 0.003, 0.0075),
      .phase = cs_sketch_random_double (&stage->random),
      .period = cs_sketch_random_range (&stage->random, 1.2, 3.5),
      .strength = cs_sketch_random_range (&stage->random, 0.5, 1.0),
    };
  cs_sketch_stage_add_actor (stage, draw_twinkle, self, g_free);
}

/* The dance of sun or moon on water, under the sun, from height @y to the bottom of the frame. */
void
cs_sketch_actors_add_glints (CsSketchStage *stage, double y, double depth_far, double depth_near, int n)
{
  Points *self = points_new (n, stage->palette.sun);

  self->stretch = 5.5;
  for (int i = 0; i < self->n; i++)
    {
      double t = pow (cs_sketch_random_double (&stage->random), 1.6), v = 0.004 + t * (stage->height - y);
      double spread
          = cs_sketch_random_range (&stage->random, -1, 1) * cs_sketch_random_double (&stage->random);

      self->points[i] = (Point){
        .x = stage->sun_x + spread * (0.06 + v * 0.42),
        .y = y + v,
        .depth = cs_sketch_lerp (depth_far, depth_near, t),
        .size = 0.0012 + 0.0068 * v,
        .phase = cs_sketch_random_double (&stage->random),
        .period = cs_sketch_random_range (&stage->random, 0.7, 1.9),
        .strength = cs_sketch_random_range (&stage->random, 0.35, 1.0) * stage->palette.glow,
      };
    }
  cs_sketch_stage_add_actor (stage, draw_twinkle, self, g_free);
}

static void
draw_lamp (gconstpointer data, CsSketchFrame *frame)
{
  const Points *self = data;
  const Point *p = &self->points[0];
  double px, py,
      wave = p->period > 0 ? 0.78 + 0.22 * sin ((frame->seconds / p->period + p->phase) * 2 * G_PI) : 1;
  double scale = cs_sketch_frame_project (frame, p->depth, p->x, p->y, &px, &py);

  cs_sketch_frame_light (frame, px, py, p->size * scale * frame->unit, p->size * scale * frame->unit,
                         self->color, p->strength * wave);
}

/* A soft light at a place; it pulses when @period (seconds) is not 0. */
void
cs_sketch_actors_add_lamp (CsSketchStage *stage,
                           double depth,
                           double x,
                           double y,
                           double radius,
                           CsSketchColor color,
                           double strength,
                           double period)
{
  Points *self = points_new (1, color);

  self->points[0] = (Point){ .x = x,
                             .y = y,
                             .depth = depth,
                             .size = radius,
                             .strength = strength,
                             .period = period,
                             .phase = cs_sketch_random_double (&stage->random) };
  cs_sketch_stage_add_actor (stage, draw_lamp, self, g_free);
}

/* One row of a beam: a soft wedge of light from its lamp to one side. */
static void
draw_wedge (CsSketchFrame *frame,
            double px,
            double py,
            double length,
            double spread,
            CsSketchColor color,
            double strength)
{
  double reach = fabs (length), way = length > 0 ? 1 : -1;
  int n = (int) reach;

  for (int i = 0; i < n; i++)
    {
      int x = (int) (px + i * way), half;
      double t = i / reach, fade = strength * (1 - t) / (0.30 + 1.6 * t);

      if (x < 0 || x >= frame->pixels.width)
        continue;
      half = (int) (2 + i * spread);
      for (int y = MAX ((int) py - half, 0); y <= MIN ((int) py + half, frame->pixels.height - 1); y++)
        {
          guint8 *pixel = (guint8 *) &cs_sketch_pixels_row (&frame->pixels, y)[x];
          double across = (y - py) / half, light = fade * MAX (1 - across * across, 0) * 255;

          pixel[0] = (guint8) MIN (pixel[0] + (int) (color.b * light), 255);
          pixel[1] = (guint8) MIN (pixel[1] + (int) (color.g * light), 255);
          pixel[2] = (guint8) MIN (pixel[2] + (int) (color.r * light), 255);
        }
    }
}

static void
draw_beam (gconstpointer data, CsSketchFrame *frame)
{
  const Points *self = data;
  const Point *p = &self->points[0];
  double px, py, turn = frame->seconds / 5.0 * 2 * G_PI + p->phase * 2 * G_PI, side = cos (turn);
  double scale = cs_sketch_frame_project (frame, p->depth, p->x, p->y, &px, &py) * frame->unit;

  if (frame->is_still)
    side = 0.86;
  draw_wedge (frame, px, py, p->size * scale * side, 0.085, self->color,
              p->strength * (0.35 + 0.4 * fabs (side)));
  draw_wedge (frame, px, py, -p->size * scale * side * 0.8, 0.085, self->color,
              p->strength * (0.25 + 0.35 * fabs (side)));
  cs_sketch_frame_light (frame, px, py, 0.10 * scale, 0.10 * scale, self->color, 0.9);
  cs_sketch_frame_light (frame, px, py, 0.03 * scale, 0.03 * scale, CS_SKETCH_HEX (0xffffff), 1.2);
}

/* The turning beam of a lighthouse. */
void
cs_sketch_actors_add_beam (
    CsSketchStage *stage, double depth, double x, double y, double length, CsSketchColor color)
{
  Points *self = points_new (1, color);

  self->points[0] = (Point){ .x = x,
                             .y = y,
                             .depth = depth,
                             .size = length,
                             .strength = stage->palette.is_night ? 0.62 : 0.46,
                             .phase = cs_sketch_random_double (&stage->random) };
  cs_sketch_stage_add_actor (stage, draw_beam, self, g_free);
}

static void
draw_traffic (gconstpointer data, CsSketchFrame *frame)
{
  const Points *self = data;

  for (int i = 0; i < self->n; i++)
    {
      const Point *p = &self->points[i];
      double t = p->phase + frame->seconds * self->speed * p->period, px, py, s, fade;

      t -= floor (t);
      s = cs_sketch_frame_project (frame, self->depth, cs_sketch_lerp (self->x0, self->x1, t),
                                   cs_sketch_lerp (self->y0, self->y1, t) + p->y, &px, &py)
          * frame->unit * p->size;
      fade = cs_sketch_step (0, 0.06, t) * cs_sketch_step (1, 0.94, t);
      cs_sketch_frame_light (frame, px, py, s * 2.4, s, self->color, 0.9 * fade);
      cs_sketch_frame_light (frame, px, py, s * 0.7, s * 0.5, CS_SKETCH_HEX (0xffffff), 0.8 * fade);
    }
}

/* Small lights that follow one another along a line: cars far away, ships of the air. */
void
cs_sketch_actors_add_traffic (CsSketchStage *stage,
                              double depth,
                              double x0,
                              double y0,
                              double x1,
                              double y1,
                              int n,
                              CsSketchColor color,
                              double speed)
{
  Points *self = points_new (n, color);

  self->depth = depth;
  self->x0 = x0;
  self->y0 = y0;
  self->x1 = x1;
  self->y1 = y1;
  self->speed = speed;
  for (int i = 0; i < self->n; i++)
    self->points[i] = (Point){ .phase = (i + cs_sketch_random_double (&stage->random) * 0.8) / self->n,
                               .y = cs_sketch_random_range (&stage->random, -0.006, 0.006),
                               .size = cs_sketch_random_range (&stage->random, 0.006, 0.011),
                               .period = cs_sketch_random_range (&stage->random, 0.9, 1.15) };
  cs_sketch_stage_add_actor (stage, draw_traffic, self, g_free);
}
