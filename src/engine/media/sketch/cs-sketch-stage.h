/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-compositor.h"
#include "media/sketch/cs-sketch-noise.h"
#include "media/sketch/cs-sketch-palette.h"
#include "media/sketch/cs-sketch-random.h"
#include "media/sketch/cs-sketch-scene.h"
#include "media/sketch/cs-sketch-style.h"

G_BEGIN_DECLS

/* A scene while it is being composed: families put layers and actors on it, far ones first. Owned by the scene;
 * used by the thread that makes the scene, read-only afterwards. */
typedef struct
{
  CsSketchIdea idea;
  CsSketchPalette palette;
  CsSketchLook look;
  CsSketchCamera camera;
  CsSketchMood mood;
  CsSketchNoise noise;
  CsSketchRandom random;
  CsStyle style;
  guint64 seed;
  double width, height; /* of the frame, in units: the shorter one is 1 */
  double unit;          /* pixels in one unit */
  double duration;      /* seconds; 0 for a still picture */
  double horizon;       /* height of the horizon, in units */
  double sun_x, sun_y;  /* the sun or the moon, in units */
  gboolean has_sun;     /* it is drawn in the sky */
  GPtrArray *items;     /* (element-type CsSketchItem): owned */
  GPtrArray *sprites;   /* (element-type CsSketchCanvas): owned, borrowed by actors */
} CsSketchStage;

CsSketchStage  *cs_sketch_stage_new          (const CsSketchIdea *idea, CsStyle style, int width, int height,
                                              guint64 seed, double duration);
void            cs_sketch_stage_free         (CsSketchStage *self);

gboolean        cs_sketch_stage_has          (const CsSketchStage *self, CsSketchSubject subject);
void            cs_sketch_stage_set_horizon  (CsSketchStage *self, double share);
void            cs_sketch_stage_set_sun      (CsSketchStage *self, double x, double y);

CsSketchLayer  *cs_sketch_stage_begin        (CsSketchStage *self, double depth);
CsSketchLayer  *cs_sketch_stage_begin_part   (CsSketchStage *self, double depth, double x0, double y0, double x1,
                                              double y1);
CsSketchLayer  *cs_sketch_stage_begin_wide   (CsSketchStage *self, double depth, double more);
CsSketchLayer  *cs_sketch_stage_begin_plane  (CsSketchStage *self, double y, double depth_far, double depth_near);
void            cs_sketch_stage_end          (CsSketchStage *self, CsSketchLayer *layer, CsSketchKind kind);

CsSketchCanvas *cs_sketch_stage_begin_sprite (CsSketchStage *self, double width, double height);
CsSketchCanvas *cs_sketch_stage_end_sprite   (CsSketchStage *self, CsSketchCanvas *sprite, CsSketchKind kind);
void            cs_sketch_stage_add_actor    (CsSketchStage *self, CsSketchActorFunc draw, gpointer data,
                                              GDestroyNotify free_data);
CsSketchCanvas *cs_sketch_stage_snapshot     (CsSketchStage *self, const CsSketchCanvas *like);

CsSketchColor   cs_sketch_stage_haze         (const CsSketchStage *self, CsSketchColor color, double depth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSketchStage, cs_sketch_stage_free)

G_END_DECLS
