/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"
#include "media/sketch/cs-sketch-canvas.h"
#include "media/sketch/cs-sketch-noise.h"

G_BEGIN_DECLS

/* What a sheet shows, so that a style treats it rightly. */
typedef enum
{
  CS_SKETCH_KIND_SKY,     /* the farthest sheet: full, no outlines */
  CS_SKETCH_KIND_CLOUDS,  /* soft things: clouds, fog, smoke, halos with some body */
  CS_SKETCH_KIND_SCENERY, /* hills, houses, trees, ground */
  CS_SKETCH_KIND_WATER,
  CS_SKETCH_KIND_SUBJECT, /* what one looks at: finest strokes, clearest lines, roundest light */
  CS_SKETCH_KIND_LIGHT,   /* pure light: left as it is */
} CsSketchKind;

/* How the chosen style changes what is drawn. A plain value owned by the stage; used by one thread. */
typedef struct
{
  CsStyle style;
  gboolean is_swirling; /* strokes turn in whirls */
  gboolean is_night;
  gboolean is_dark;     /* subjects stand before night or black */
  guint64 seed;
  double unit;
  double detail;        /* how much fine texture to draw: 0 none .. 1 all */
  double light_x;       /* -1 the light comes from the left .. 1 from the right */
  const CsSketchNoise *noise;
} CsSketchLook;

void cs_sketch_style_init  (CsSketchLook *self, CsStyle style, gboolean is_swirling, double unit, guint64 seed,
                            const CsSketchNoise *noise);
void cs_sketch_style_apply (const CsSketchLook *self, CsSketchCanvas *canvas, CsSketchKind kind, double depth);

/* One file each. */
void cs_sketch_style_grade (const CsSketchLook *self, const CsSketchPixels *pixels, const CsSketchBox *box);
void cs_sketch_style_ink   (const CsSketchLook *self, const CsSketchPixels *pixels, const CsSketchBox *box,
                            CsSketchKind kind);
void cs_sketch_style_clay  (const CsSketchLook *self, const CsSketchPixels *pixels, const CsSketchBox *box,
                            CsSketchKind kind);
void cs_sketch_style_paint (const CsSketchLook *self, const CsSketchPixels *pixels, const CsSketchBox *box,
                            CsSketchKind kind);

G_END_DECLS
