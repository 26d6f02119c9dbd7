/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-idea.h"

G_BEGIN_DECLS

/* Where the camera is at one moment, in units. */
typedef struct
{
  double x, y; /* how far it has moved */
  double zoom; /* 1 or more */
} CsSketchPose;

/* The camera's way through a scene: a plain value, read-only once the scene is made. */
typedef struct
{
  CsSketchPose from, to;
  CsSketchMove move;
  double focus_x, focus_y; /* the point of the frame that a zoom keeps in place, in units */
  double parallax;         /* 0 all depths move alike (a lens) .. 1 as their depth says (a moving camera) */
  double duration;         /* seconds; 0 for a still picture */
} CsSketchCamera;

void         cs_sketch_camera_init     (CsSketchCamera *self, const CsSketchIdea *idea, double width, double height,
                                        double duration, guint64 seed);
CsSketchPose cs_sketch_camera_get_pose (const CsSketchCamera *self, double seconds);
double       cs_sketch_camera_reach_x  (const CsSketchCamera *self, double depth);
double       cs_sketch_camera_reach_y  (const CsSketchCamera *self, double depth);

/* How much of the camera's move a depth follows. */
static inline double
cs_sketch_camera_share (const CsSketchCamera *self, double depth)
{
  return 1 - self->parallax + self->parallax * depth;
}

G_END_DECLS
