/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-stage.h"

G_BEGIN_DECLS

/* One kind of place that Sketch can draw: constant, in the table of cs-sketch-family.c.
 *
 * How to write one. A family is one file, cs-sketch-family-NAME.c, with one function that gets an empty stage and
 * puts layers on it, the farthest first:
 *
 *   void
 *   cs_sketch_family_draw_NAME (CsSketchStage *stage)
 *   {
 *     cs_sketch_stage_set_horizon (stage, 0.6);   // first of all: it places the sun and the camera's aim
 *     cs_sketch_sky_add (stage);                  // the sky covers the whole frame
 *     add_hills (stage, 0.3);                     // begin (depth), draw with cairo, end (kind)
 *     add_house (stage);                          // the subject stands at depth 1
 *     cs_sketch_weather_add (stage);              // rain or snow, last
 *   }
 *
 * Places. One unit is the shorter side of the frame; (0, 0) is its top left corner; stage->width and stage->height
 * are the frame in units: 1.78 x 1 in 16:9, 1 x 1.78 in 9:16. Give places as shares (0.5 * stage->width) and sizes in
 * plain units (0.2), and the composition holds in every shape; see that the subject is in the middle three fifths.
 * A layer's canvas reaches over the frame's edges (canvas->x0 .. x1, y0 .. y1): fill to those, not to the frame, or
 * the camera will show an edge.
 *
 * Depth. 0 the sky, 0.1 to 0.6 far and middle grounds, 1 the subject, 1.2 to 1.6 close before the camera (those are
 * blurred in photographs). Flat ground and water use cs_sketch_stage_begin_plane(): two depths, row by row. Colours
 * of far things go through cs_sketch_stage_haze().
 *
 * Light. Take colours from stage->palette: materials (rock, leaf, sand, ...) times light or shade, with
 * cs_sketch_lit(). stage->look.light_x says whether the light comes from the left (-1) or the right (1).
 * stage->palette.is_night: windows, lamps. Light without body (halos) is drawn with cs_sketch_canvas_glow().
 *
 * Style. Draw one scene; cs_sketch_stage_end() gives each layer the look of the style: ink lines and flat tones,
 * clay, brush strokes, film. Only where it pays ask for it: stage->look.detail (0 none .. 1 much) says how much fine
 * texture to draw, and CS_STYLE_3D_RENDER likes rounded shapes, CS_STYLE_ANIME clean ones. Say the right kind in end().
 *
 * Movement. A layer may drift, sway, ripple or pulse (set its fields after end()); things that move by themselves are
 * sprites (cs_sketch_stage_begin_sprite) given to cs_sketch_actors_add_sprite(), and cs-sketch-actors.h has birds,
 * glints, lamps, beams, traffic, rain, snow, petals, fireflies, lightning. An actor of your own is a function that
 * reads its data and draws on the frame: it must not change its data, for threads draw at once. Draw little there:
 * a 720p frame has about 8 ms.
 *
 * Chance. Only stage->random, stage->noise and stage->seed: the same seed gives the same picture. What the words
 * named: cs_sketch_stage_has (stage, CS_SKETCH_BOAT), stage->idea.weather and so on.
 *
 * Sound. stage->mood starts as the family's own (below) with the weather's rain, wind and thunder already added; a
 * draw function may add to it. */
typedef struct
{
  const char *name;
  void (*draw) (CsSketchStage *stage);
  CsSketchMood mood;
} CsSketchFamily;

const CsSketchFamily *cs_sketch_family_get (CsSketchFamilyId id);

void cs_sketch_family_draw_abstract (CsSketchStage *stage);
void cs_sketch_family_draw_animal   (CsSketchStage *stage);
void cs_sketch_family_draw_city     (CsSketchStage *stage);
void cs_sketch_family_draw_desert   (CsSketchStage *stage);
void cs_sketch_family_draw_forest   (CsSketchStage *stage);
void cs_sketch_family_draw_garden   (CsSketchStage *stage);
void cs_sketch_family_draw_lake     (CsSketchStage *stage);
void cs_sketch_family_draw_portrait (CsSketchStage *stage);
void cs_sketch_family_draw_road     (CsSketchStage *stage);
void cs_sketch_family_draw_robot    (CsSketchStage *stage);
void cs_sketch_family_draw_sea      (CsSketchStage *stage);
void cs_sketch_family_draw_sky      (CsSketchStage *stage);
void cs_sketch_family_draw_space    (CsSketchStage *stage);
void cs_sketch_family_draw_table    (CsSketchStage *stage);
void cs_sketch_family_draw_village  (CsSketchStage *stage);

G_END_DECLS
