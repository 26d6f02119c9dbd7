/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-pixels.h"

#include <cairo.h>

G_BEGIN_DECLS

/* A sheet to draw on with cairo, in units: 1 is the shorter side of the frame, (0, 0) is the frame's top left
 * corner, and the sheet reaches over the frame's edges. Used by one thread, then freed or made into a layer. */
typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cr;
  CsSketchPixels pixels;
  double unit;           /* pixels in one unit */
  double x0, y0, x1, y1; /* the sheet's edges, in units */
} CsSketchCanvas;

/* What one point looks like: four floats, red green blue alpha, not premultiplied, each 0 to 1 (more is cut). */
typedef void (*CsSketchShadeFunc) (gconstpointer data, double x, double y, float rgba[4]);

CsSketchCanvas *cs_sketch_canvas_new           (double unit, double x0, double y0, double x1, double y1);
void            cs_sketch_canvas_free          (CsSketchCanvas *self);
void            cs_sketch_canvas_shade         (CsSketchCanvas *self, double y0, double y1, int coarse,
                                                CsSketchShadeFunc func, gconstpointer data);
void            cs_sketch_canvas_shade_box     (CsSketchCanvas *self, double x0, double y0, double x1, double y1,
                                                int coarse, CsSketchShadeFunc func, gconstpointer data);
void            cs_sketch_canvas_shade_inside  (CsSketchCanvas *self, double x0, double y0, double x1, double y1,
                                                CsSketchShadeFunc func, gconstpointer data);
void            cs_sketch_canvas_blur          (CsSketchCanvas *self, double radius);
void            cs_sketch_canvas_glow          (CsSketchCanvas *self, double x, double y, double radius_x,
                                                double radius_y, CsSketchColor color, double strength);
void            cs_sketch_canvas_set_color     (CsSketchCanvas *self, CsSketchColor color, double alpha);
void            cs_sketch_canvas_set_vertical  (CsSketchCanvas *self, double y0, CsSketchColor top, double y1,
                                                CsSketchColor bottom);
void            cs_sketch_canvas_set_sideways  (CsSketchCanvas *self, double x0, CsSketchColor left, double x1,
                                                CsSketchColor right);
void            cs_sketch_canvas_set_ball      (CsSketchCanvas *self, double x, double y, double radius,
                                                CsSketchColor lit, CsSketchColor base, CsSketchColor shade);
void            cs_sketch_canvas_circle        (CsSketchCanvas *self, double x, double y, double radius);
void            cs_sketch_canvas_ellipse       (CsSketchCanvas *self, double x, double y, double radius_x,
                                                double radius_y);
void            cs_sketch_canvas_round_box     (CsSketchCanvas *self, double x, double y, double width,
                                                double height, double radius);
void            cs_sketch_canvas_soft_shadow   (CsSketchCanvas *self, double x, double y, double radius_x,
                                                double radius_y, double strength);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSketchCanvas, cs_sketch_canvas_free)

G_END_DECLS
