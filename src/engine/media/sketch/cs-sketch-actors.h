/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

/* How a sprite moves by itself: a plain value. All lengths in units, angles in radians. */
typedef struct
{
  double x, y;                  /* its place, at the middle of the shot */
  double speed_x, speed_y;      /* units a second */
  double bob_x, bob_y, period;  /* swing and its seconds */
  double angle, swing;          /* turned by angle +- swing */
  double spin;                  /* turns a second */
  double scale;
  double depth;
  double wrap;                  /* 0, or the way after which it comes back in on the other side */
  double phase;
} CsSketchMotion;

/* What falls or flies in numbers. */
typedef enum
{
  CS_SKETCH_RAINDROPS,
  CS_SKETCH_SNOWFLAKES,
  CS_SKETCH_PETALS,
  CS_SKETCH_FIREFLIES,
  CS_SKETCH_DUST,
  CS_SKETCH_SPARKS,
  CS_SKETCH_BUBBLES,
} CsSketchParticle;

/* Light. */
void cs_sketch_actors_add_twinkle   (CsSketchStage *stage, double depth, double x0, double y0, double x1, double y1,
                                     int n, CsSketchColor color);
void cs_sketch_actors_add_glints    (CsSketchStage *stage, double y, double depth_far, double depth_near, int n);
void cs_sketch_actors_add_lamp      (CsSketchStage *stage, double depth, double x, double y, double radius,
                                     CsSketchColor color, double strength, double period);
void cs_sketch_actors_add_beam      (CsSketchStage *stage, double depth, double x, double y, double length,
                                     CsSketchColor color);
void cs_sketch_actors_add_traffic   (CsSketchStage *stage, double depth, double x0, double y0, double x1, double y1,
                                     int n, CsSketchColor color, double speed);

/* Weather. */
void cs_sketch_actors_add_particles (CsSketchStage *stage, CsSketchParticle kind, int n, CsSketchColor color);
void cs_sketch_actors_add_lightning (CsSketchStage *stage);

/* Life. */
void cs_sketch_actors_add_birds     (CsSketchStage *stage, double depth, double x, double y, int n, double size);
void cs_sketch_actors_add_sprite    (CsSketchStage *stage, const CsSketchCanvas *sprite,
                                     const CsSketchMotion *motion);

G_END_DECLS
