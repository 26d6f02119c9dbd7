/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-lens.h"

#include "media/sketch/cs-sketch-actors.h"

/* What the glass of a cinema lens adds: a streak through the light and its ghosts; owned by the stage's item.
 */
typedef struct
{
  double x, y, width, height, strength;
  CsSketchColor color;
} Flare;

static void
draw_flare (gconstpointer data, CsSketchFrame *frame)
{
  static const struct
  {
    double at, size, strength;
  } ghosts[] = {
    { 0.45, 0.030, 0.10 }, { 0.70, 0.016, 0.14 }, { 1.25, 0.050, 0.07 },
    { 1.55, 0.022, 0.12 }, { 1.9, 0.075, 0.05 },
  };
  const Flare *self = data;
  double px, py, unit = frame->unit, cx = frame->pixels.width / 2.0, cy = frame->pixels.height / 2.0;
  double breath = 0.92 + 0.08 * sin (frame->seconds * 1.9), s = self->strength * breath;
  CsSketchColor cold = cs_sketch_mix (self->color, CS_SKETCH_HEX (0x4fa8ff), 0.6);

  cs_sketch_frame_project (frame, 0, self->x, self->y, &px, &py);
  cs_sketch_frame_light (frame, px, py, unit * 0.85, unit * 0.007, cold, 0.75 * s);
  cs_sketch_frame_light (frame, px, py, unit * 0.40, unit * 0.016, self->color, 0.40 * s);
  for (gsize i = 0; i < G_N_ELEMENTS (ghosts); i++)
    cs_sketch_frame_light (frame, px + (cx - px) * ghosts[i].at, py + (cy - py) * ghosts[i].at,
                           ghosts[i].size * unit, ghosts[i].size * unit, i % 2 ? cold : self->color,
                           ghosts[i].strength * s);
}

static void
add_flare (CsSketchStage *stage)
{
  Flare *self = g_new0 (Flare, 1);

  self->x = stage->sun_x;
  self->y = stage->sun_y;
  self->color = stage->palette.sun;
  self->strength = stage->palette.glow * (stage->palette.is_night ? 0.6 : 1);
  cs_sketch_stage_add_actor (stage, draw_flare, self, g_free);
}

/* A disc of light out of focus, a little brighter at its rim. */
static const CsSketchCanvas *
draw_disc (CsSketchStage *stage, double r, CsSketchColor color)
{
  CsSketchCanvas *sprite = cs_sketch_stage_begin_sprite (stage, r * 2.3, r * 2.3);

  cs_sketch_canvas_circle (sprite, 0, 0, r);
  cs_sketch_canvas_set_color (sprite, color, 0.13);
  cairo_fill_preserve (sprite->cr);
  cairo_set_line_width (sprite->cr, r * 0.09);
  cs_sketch_canvas_set_color (sprite, color, 0.13);
  cairo_stroke (sprite->cr);
  cs_sketch_canvas_blur (sprite, 0.002);
  return cs_sketch_stage_end_sprite (stage, sprite, CS_SKETCH_KIND_LIGHT);
}

static void
add_discs (CsSketchStage *stage, int n)
{
  for (int i = 0; i < n; i++)
    {
      CsSketchColor color
          = i % 3 ? cs_sketch_mix (stage->palette.window, stage->palette.sun, 0.4) : CS_SKETCH_HEX (0x58c8d8);
      double r = cs_sketch_random_range (&stage->random, 0.018, 0.05),
             edge = cs_sketch_random_double (&stage->random);
      CsSketchMotion motion = { .x = stage->width * (i % 2 ? edge * 0.3 : 1 - edge * 0.3),
                                .depth = 1.5,
                                .y = stage->height * cs_sketch_random_range (&stage->random, 0.55, 0.95),
                                .speed_x = 0.006,
                                .bob_y = 0.012,
                                .period = cs_sketch_random_range (&stage->random, 4, 8),
                                .phase = cs_sketch_random_double (&stage->random) };

      cs_sketch_actors_add_sprite (stage, draw_disc (stage, r, color), &motion);
    }
}

/* The flare of the sun and lights out of focus, over a finished scene in the cinema's style. */
void
cs_sketch_lens_add (CsSketchStage *stage)
{
  if (stage->style != CS_STYLE_CINEMATIC)
    return;
  if (stage->has_sun && stage->palette.sun_size > 0.01)
    add_flare (stage);
  if (stage->idea.time != CS_SKETCH_DAY)
    add_discs (stage, 9);
}
