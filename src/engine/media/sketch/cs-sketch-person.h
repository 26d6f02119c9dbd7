/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-face.h"

G_BEGIN_DECLS

typedef enum
{
  CS_SKETCH_HEAD_LONG,
  CS_SKETCH_HEAD_SCARF,
  CS_SKETCH_HEAD_CURLS,
  CS_SKETCH_HEAD_SHORT,
} CsSketchHead;

/* Who sits for a portrait: lives on the stack while it is drawn. */
typedef struct
{
  CsSketchFace face;
  CsSketchHead head;
  gboolean has_beard;
  CsSketchColor cloth, cloth_dark, hair_lit, hair_dark;
  double light; /* where the light comes from: -1 or 1 */
} CsSketchPerson;

/* The canvas is in the measure of the face. */
void cs_sketch_person_set_sides (const CsSketchPerson *self, CsSketchCanvas *c, double reach, CsSketchColor lit,
                                 CsSketchColor dark);
void cs_sketch_hair_draw_back   (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c);
void cs_sketch_hair_draw_beard  (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c);
void cs_sketch_hair_draw_front  (CsSketchStage *stage, const CsSketchPerson *self, CsSketchCanvas *c);

G_END_DECLS
