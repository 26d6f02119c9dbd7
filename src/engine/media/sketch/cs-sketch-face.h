/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

/* A face seen from the front: a plain value. In its own measure: (0, 0) is between the eyes, the chin is at about
 * (0, 0.5), the top of the head at (0, -0.62). */
typedef struct
{
  double x, y, size;        /* where that is on the stage, in units; one of its own measure is `size` units */
  double half, jaw, chin;   /* half the width, of the face and of the jaw; how low the chin is */
  double eye;               /* size of the eyes: 1 as in life */
  gboolean is_soft;         /* fuller lips, longer lashes */
  CsSketchColor skin, lit, dark, hair, iris, lip;
} CsSketchFace;

void cs_sketch_face_enter        (const CsSketchFace *self, CsSketchCanvas *canvas);
void cs_sketch_face_trace        (const CsSketchFace *self, cairo_t *cr);
void cs_sketch_face_smudge       (CsSketchCanvas *canvas, double x, double y, double rx, double ry,
                                  CsSketchColor color, double strength);
void cs_sketch_face_add_features (CsSketchStage *stage, const CsSketchFace *self);

G_END_DECLS
