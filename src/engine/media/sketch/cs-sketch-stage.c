/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-stage.h"

/* Room that every layer has for drift and sway, in units. */
#define MARGIN 0.035

CsSketchStage *
cs_sketch_stage_new (
    const CsSketchIdea *idea, CsStyle style, int width, int height, guint64 seed, double duration)
{
  CsSketchStage *self = g_new0 (CsSketchStage, 1);

  self->idea = *idea;
  self->style = style;
  self->seed = seed;
  self->unit = MIN (width, height);
  self->width = width / self->unit;
  self->height = height / self->unit;
  self->duration = duration;
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_sketch_item_free);
  self->sprites = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_sketch_canvas_free);
  cs_sketch_random_init (&self->random, seed, 1);
  cs_sketch_noise_init (&self->noise, seed);
  cs_sketch_palette_init (&self->palette, idea, style, seed);
  cs_sketch_style_init (&self->look, style, idea->is_swirling, self->unit, seed, &self->noise);
  self->look.is_night = self->palette.is_night;
  self->look.is_dark = self->palette.is_night || idea->is_dark || idea->family == CS_SKETCH_SPACE;
  cs_sketch_camera_init (&self->camera, idea, self->width, self->height, duration, seed);
  cs_sketch_stage_set_horizon (self, 0.55);
  return self;
}

void
cs_sketch_stage_free (CsSketchStage *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->sprites);
  g_free (self);
}

/* Whether the words name that thing. */
gboolean
cs_sketch_stage_has (const CsSketchStage *self, CsSketchSubject subject)
{
  return cs_sketch_idea_has (&self->idea, subject);
}

/**
 * cs_sketch_stage_set_horizon:
 * @share: 0 at the top of the frame, 1 at its bottom
 *
 * Says where far ground meets the sky: the camera zooms towards it and the sun stands above it, on the side
 * that the seed chooses. Call it before the first layer.
 */
void
cs_sketch_stage_set_horizon (CsSketchStage *self, double share)
{
  CsSketchRandom random;
  double side;

  cs_sketch_random_init (&random, self->seed, 9);
  side = cs_sketch_random_chance (&random, 0.5) ? cs_sketch_random_range (&random, 0.24, 0.36)
                                                : cs_sketch_random_range (&random, 0.64, 0.76);
  self->horizon = share * self->height;
  self->camera.focus_y = self->horizon;
  cs_sketch_stage_set_sun (self, side * self->width, self->horizon * (1 - self->palette.sun_height));
}

void
cs_sketch_stage_set_sun (CsSketchStage *self, double x, double y)
{
  self->sun_x = x;
  self->sun_y = y;
  self->look.light_x = x < self->width / 2 ? -1 : 1;
}

static CsSketchLayer *
begin (CsSketchStage *self, double depth_far, double depth_near, double x0, double y0, double x1, double y1)
{
  CsSketchLayer *layer = cs_sketch_layer_new (cs_sketch_canvas_new (self->unit, x0, y0, x1, y1), depth_far);

  layer->depth_near = depth_near;
  layer->y_near = self->height;
  return layer;
}

/* A sheet for a whole depth, greater than the frame by what the camera will show. Far to near: 0 the sky, 0.1
 * to 0.6 far and middle grounds, 1 the subject, 1.2 to 1.6 what is close before the camera. */
CsSketchLayer *
cs_sketch_stage_begin (CsSketchStage *self, double depth)
{
  return cs_sketch_stage_begin_wide (self, depth, 0);
}

/* The same with @more units on each side: for what drifts far, as clouds do. */
CsSketchLayer *
cs_sketch_stage_begin_wide (CsSketchStage *self, double depth, double more)
{
  double mx = cs_sketch_camera_reach_x (&self->camera, depth) + MARGIN + more;
  double my = cs_sketch_camera_reach_y (&self->camera, depth) + MARGIN;

  return begin (self, depth, depth, -mx, -my, self->width + mx, self->height + my);
}

/* A sheet for one thing that has empty space around it: cheaper than a whole depth. */
CsSketchLayer *
cs_sketch_stage_begin_part (CsSketchStage *self, double depth, double x0, double y0, double x1, double y1)
{
  double mx = cs_sketch_camera_reach_x (&self->camera, depth) + MARGIN;
  double my = cs_sketch_camera_reach_y (&self->camera, depth) + MARGIN;

  x0 = cs_sketch_clamp (x0, -mx, self->width + mx - 0.02);
  y0 = cs_sketch_clamp (y0, -my, self->height + my - 0.02);
  return begin (self, depth, depth, x0, y0, cs_sketch_clamp (x1, x0 + 0.01, self->width + mx),
                cs_sketch_clamp (y1, y0 + 0.01, self->height + my));
}

/* A sheet for flat ground or water that begins at height @y and comes towards the camera: its depth grows row
 * by row, from @depth_far at @y to @depth_near at the bottom of the frame. */
CsSketchLayer *
cs_sketch_stage_begin_plane (CsSketchStage *self, double y, double depth_far, double depth_near)
{
  double mx = cs_sketch_camera_reach_x (&self->camera, MAX (depth_far, depth_near)) * 1.2 + MARGIN;
  double my = cs_sketch_camera_reach_y (&self->camera, MAX (depth_far, depth_near)) * 1.2 + MARGIN;
  CsSketchLayer *layer
      = begin (self, depth_far, depth_near, -mx, y - 0.02, self->width + mx, self->height + my);

  layer->y_far = y;
  return layer;
}

/* Ends the drawing of a layer: it gets the look of the style and goes before all that is there. Takes @layer,
 * which may still be told to move (drift, sway, ripple, pulse). */
void
cs_sketch_stage_end (CsSketchStage *self, CsSketchLayer *layer, CsSketchKind kind)
{
  CsSketchItem *item = g_new0 (CsSketchItem, 1);

  cs_sketch_style_apply (&self->look, layer->canvas, kind, layer->depth_near);
  cs_sketch_layer_freeze (layer);
  item->layer = layer;
  g_ptr_array_add (self->items, item);
}

/* A small sheet for an actor, @width by @height units, with (0, 0) in its middle. */
CsSketchCanvas *
cs_sketch_stage_begin_sprite (CsSketchStage *self, double width, double height)
{
  return cs_sketch_canvas_new (self->unit, -width / 2, -height / 2, width / 2, height / 2);
}

/* Takes @sprite, and returns it borrowed: it lives as long as the scene. */
CsSketchCanvas *
cs_sketch_stage_end_sprite (CsSketchStage *self, CsSketchCanvas *sprite, CsSketchKind kind)
{
  cs_sketch_style_apply (&self->look, sprite, kind, 1);
  cairo_surface_flush (sprite->surface);
  g_ptr_array_add (self->sprites, sprite);
  return sprite;
}

/* Something that is drawn on each frame, before all that is there; takes @data. */
void
cs_sketch_stage_add_actor (CsSketchStage *self,
                           CsSketchActorFunc draw,
                           gpointer data,
                           GDestroyNotify free_data)
{
  CsSketchItem *item = g_new0 (CsSketchItem, 1);

  item->draw = draw;
  item->data = data;
  item->free_data = free_data;
  g_ptr_array_add (self->items, item);
}

/* All layers as they are now, as wide as @like and from the top of the frame down: for reflections. */
CsSketchCanvas *
cs_sketch_stage_snapshot (CsSketchStage *self, const CsSketchCanvas *like)
{
  CsSketchCanvas *copy = cs_sketch_canvas_new (self->unit, like->x0, 0, like->x1, self->height);

  for (guint i = 0; i < self->items->len; i++)
    {
      const CsSketchItem *item = g_ptr_array_index (self->items, i);
      const CsSketchCanvas *from;

      if (item->layer == NULL)
        continue;
      from = item->layer->canvas;
      cairo_save (copy->cr);
      cairo_translate (copy->cr, from->x0, from->y0);
      cairo_scale (copy->cr, 1 / self->unit, 1 / self->unit);
      cairo_set_source_surface (copy->cr, from->surface, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (copy->cr), CAIRO_FILTER_NEAREST);
      cairo_pattern_set_extend (cairo_get_source (copy->cr), i == 0 ? CAIRO_EXTEND_PAD : CAIRO_EXTEND_NONE);
      cairo_paint_with_alpha (copy->cr, item->layer->opacity);
      cairo_restore (copy->cr);
    }
  cairo_surface_flush (copy->surface);
  return copy;
}

/* A colour seen through the air: far things (depth 0) take the colour of the haze, near ones (1) keep their
 * own. */
CsSketchColor
cs_sketch_stage_haze (const CsSketchStage *self, CsSketchColor color, double depth)
{
  double air = exp (-MAX (depth, 0) * 2.6) * (0.55 + 0.75 * self->palette.haze_amount);

  return cs_sketch_mix (color, self->palette.haze, MIN (air, 0.93));
}
