/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-camera.h"
#include "media/sketch/cs-sketch-canvas.h"

G_BEGIN_DECLS

/* One frame while it is drawn: the pixels of the caller, seen at one moment. Lives on the stack of one draw. */
typedef struct
{
  CsSketchPixels pixels;
  const CsSketchCamera *camera;
  CsSketchPose pose;
  double unit;     /* pixels in one unit */
  double seconds;  /* from the start; a still picture has a moment too */
  gboolean is_still;
} CsSketchFrame;

/* Something drawn anew on each frame; @data is read-only then, for several threads draw at once. */
typedef void (*CsSketchActorFunc) (gconstpointer data, CsSketchFrame *frame);

double cs_sketch_frame_project (const CsSketchFrame *self, double depth, double x, double y, double *px, double *py);
void   cs_sketch_frame_put     (CsSketchFrame *self, const CsSketchCanvas *sprite, double px, double py,
                                double scale, double angle, double opacity);
void   cs_sketch_frame_light   (CsSketchFrame *self, double px, double py, double radius_x, double radius_y,
                                CsSketchColor color, double strength);
void   cs_sketch_frame_line    (CsSketchFrame *self, double px0, double py0, double px1, double py1,
                                CsSketchColor color, double opacity);
void   cs_sketch_frame_flash   (CsSketchFrame *self, CsSketchColor color, double strength);

G_END_DECLS
