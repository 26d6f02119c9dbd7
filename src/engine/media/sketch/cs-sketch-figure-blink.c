/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-figures.h"

/* A figure with two faces; the sprites are borrowed from the stage. */
typedef struct
{
  const CsSketchCanvas *open, *closed;
  CsSketchMotion motion;
} Blinker;

static void
draw_blinker (gconstpointer data, CsSketchFrame *frame)
{
  const Blinker *self = data;
  const CsSketchMotion *m = &self->motion;
  double wave = (frame->seconds / m->period + m->phase) * 2 * G_PI,
         beat = fmod (frame->seconds + m->phase * 3, 2.9), px, py, scale;
  gboolean is_closed = !frame->is_still && ((beat > 1.5 && beat < 1.64) || (beat > 1.78 && beat < 1.88));

  scale = cs_sketch_frame_project (frame, m->depth, m->x + m->bob_x * sin (wave * 0.83 + 1),
                                   m->y + m->bob_y * sin (wave), &px, &py);
  cs_sketch_frame_put (frame, is_closed ? self->closed : self->open, px, py, scale,
                       m->angle + m->swing * sin (wave * 0.71 + 0.5), 1);
}

/* A figure that sways as its motion says and blinks now and then. */
void
cs_sketch_figure_add_blinking (CsSketchStage *stage,
                               const CsSketchCanvas *open,
                               const CsSketchCanvas *closed,
                               const CsSketchMotion *motion)
{
  Blinker *self = g_new0 (Blinker, 1);

  self->open = open;
  self->closed = closed;
  self->motion = *motion;
  self->motion.period = MAX (motion->period, 0.1);
  cs_sketch_stage_add_actor (stage, draw_blinker, self, g_free);
}
