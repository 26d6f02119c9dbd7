/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-scene.h"

#include "media/sketch/cs-sketch-caption.h"
#include "media/sketch/cs-sketch-family.h"
#include "media/sketch/cs-sketch-finish.h"
#include "media/sketch/cs-sketch-flourish.h"
#include "media/sketch/cs-sketch-lens.h"
#include "media/sketch/cs-sketch-words.h"

#define SMALLEST 16
#define GREATEST 4096

struct _CsSketchScene
{
  const CsSketchFamily *family;
  CsSketchStage *stage;
  CsSketchFinish *finish;
  CsSketchCaption *caption; /* (nullable) */
  int width, height;
};

/* The seed that a prompt has when the user chose none. */
guint64
cs_sketch_seed_for_prompt (const char *prompt)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  g_return_val_if_fail (prompt != NULL, 0);

  for (const char *c = prompt; *c != '\0'; c++)
    hash = (hash ^ (guint8) *c) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

static void
add_weather_to_mood (CsSketchMood *mood, const CsSketchStage *stage)
{
  static const double brightness[CS_SKETCH_N_TIMES] = { 0.1, 0.2, 0.0, -0.15 };

  if (stage->idea.weather == CS_SKETCH_RAIN || stage->idea.weather == CS_SKETCH_STORM)
    mood->rain = stage->idea.weather == CS_SKETCH_STORM ? 0.9 : 0.7;
  if (stage->idea.weather == CS_SKETCH_STORM)
    mood->thunder = 0.9;
  if (stage->idea.weather == CS_SKETCH_WIND || stage->idea.weather == CS_SKETCH_STORM)
    mood->wind = MAX (mood->wind, 0.8);
  if (stage->idea.weather == CS_SKETCH_SNOW || stage->idea.weather == CS_SKETCH_FOG)
    mood->wind = MAX (mood->wind, 0.3);
  if (stage->palette.is_night)
    {
      mood->crickets = MAX (mood->crickets, mood->birds * 0.7);
      mood->birds = 0;
    }
  if (mood->rain > 0)
    mood->birds *= 0.2;
  if (cs_sketch_stage_has (stage, CS_SKETCH_FIRE))
    mood->fire = 0.8;
  mood->brightness
      += brightness[stage->idea.time] - (mood->thunder > 0 ? 0.25 : 0) - (stage->idea.is_dark ? 0.2 : 0);
  mood->brightness = cs_sketch_clamp (mood->brightness, 0, 1);
  mood->energy = cs_sketch_clamp (mood->energy + (stage->idea.energy - 0.4) * 0.7, 0, 1);
  mood->seed = stage->seed;
}

/**
 * cs_sketch_scene_new:
 * @spec: read now, not kept; sizes and lengths out of bounds are brought within them
 *
 * Composes the scene: about a second for 1280 x 720. Any thread.
 *
 * Returns: (transfer full): a new scene, which does not change any more
 */
CsSketchScene *
cs_sketch_scene_new (const CsSketchSpec *spec)
{
  CsSketchScene *self;
  CsSketchIdea idea;
  CsStyle style;
  double duration;

  g_return_val_if_fail (spec != NULL && spec->prompt != NULL, NULL);

  self = g_new0 (CsSketchScene, 1);
  style = spec->style < CS_N_STYLES ? spec->style : CS_STYLE_PHOTOREALISTIC;
  duration = spec->duration > 0 ? MIN (spec->duration, 60) : 0;
  self->width = CLAMP (spec->width, SMALLEST, GREATEST);
  self->height = CLAMP (spec->height, SMALLEST, GREATEST);
  cs_sketch_words_read (spec->prompt, spec->seed, &idea);
  self->family = cs_sketch_family_get (idea.family);
  self->stage = cs_sketch_stage_new (&idea, style, self->width, self->height, spec->seed, duration);
  self->stage->mood = self->family->mood;
  add_weather_to_mood (&self->stage->mood, self->stage);
  self->family->draw (self->stage);
  cs_sketch_lens_add (self->stage);
  cs_sketch_flourish_add (self->stage);
  self->finish = cs_sketch_finish_new (style, self->width, self->height, spec->seed);
  if (spec->has_caption && duration > 0)
    self->caption = cs_sketch_caption_new (spec->prompt, self->width, self->height, duration,
                                           cs_sketch_finish_get_bars (self->finish));
  return self;
}

void
cs_sketch_scene_free (CsSketchScene *self)
{
  if (self == NULL)
    return;
  cs_sketch_stage_free (self->stage);
  cs_sketch_finish_free (self->finish);
  cs_sketch_caption_free (self->caption);
  g_free (self);
}

/**
 * cs_sketch_scene_draw:
 * @seconds: the moment, from 0; for a still picture it is ignored
 * @pixels: width x height pixels, blue green red and one unused byte, which becomes 255; all are written
 * @stride: bytes from row to row, a multiple of 4
 *
 * Draws one frame. Any thread, and several at once.
 */
void
cs_sketch_scene_draw (CsSketchScene *self, double seconds, guint8 *pixels, int stride)
{
  CsSketchFrame frame;
  int bars;

  g_return_if_fail (self != NULL && pixels != NULL);
  g_return_if_fail (stride >= self->width * 4 && stride % 4 == 0);

  bars = cs_sketch_finish_get_bars (self->finish);
  frame.pixels = (CsSketchPixels){ pixels, stride, self->width, self->height };
  frame.camera = &self->stage->camera;
  frame.unit = self->stage->unit;
  frame.is_still = self->stage->duration <= 0;
  frame.seconds = frame.is_still ? 1.3 : cs_sketch_clamp (seconds, 0, self->stage->duration);
  frame.pose = cs_sketch_camera_get_pose (frame.camera, frame.seconds);
  cs_sketch_compositor_draw (self->stage->items, &frame, bars, self->height - bars);
  cs_sketch_finish_draw (self->finish, &frame);
  if (self->caption != NULL)
    cs_sketch_caption_draw (self->caption, &frame);
}

/* What the scene would sound like; borrowed. */
const CsSketchMood *
cs_sketch_scene_get_mood (CsSketchScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return &self->stage->mood;
}

/* The kind of place it shows, as "sea" or "city"; constant. */
const char *
cs_sketch_scene_get_name (CsSketchScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->family->name;
}
