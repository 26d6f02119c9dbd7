/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"

G_BEGIN_DECLS

/* What Sketch is asked to draw. The same spec gives the same pixels. */
typedef struct
{
  const char *prompt;   /* the user's own words, in French, English or Arabic */
  CsStyle style;
  int width;            /* pixels */
  int height;           /* pixels */
  guint64 seed;
  double duration;      /* seconds; 0 for a still picture */
  gboolean has_caption; /* a title in the lower third, fading in and out */
} CsSketchSpec;

/* What one would hear in the scene: levels 0 to 1 of each source, and the colour of the music. */
typedef struct
{
  double sea, wind, rain, thunder, city, birds, crickets, fire, machine, space;
  double brightness; /* 0 minor and dark .. 1 major and bright */
  double energy;     /* 0 calm .. 1 lively */
  guint64 seed;
} CsSketchMood;

/* A composed scene: layers, camera and weather, ready to be drawn at any moment of its time. Immutable after
 * cs_sketch_scene_new(), so several threads may draw from it at once. */
typedef struct _CsSketchScene CsSketchScene;

CsSketchScene      *cs_sketch_scene_new      (const CsSketchSpec *spec);
void                cs_sketch_scene_free     (CsSketchScene *self);
void                cs_sketch_scene_draw     (CsSketchScene *self, double seconds, guint8 *pixels, int stride);
const CsSketchMood *cs_sketch_scene_get_mood (CsSketchScene *self);
const char         *cs_sketch_scene_get_name (CsSketchScene *self);
guint64             cs_sketch_seed_for_prompt (const char *prompt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSketchScene, cs_sketch_scene_free)

G_END_DECLS
