/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-layer.h"

/* Takes @canvas. */
CsSketchLayer *
cs_sketch_layer_new (CsSketchCanvas *canvas, double depth)
{
  CsSketchLayer *self = g_new0 (CsSketchLayer, 1);

  self->canvas = canvas;
  self->depth_far = self->depth_near = depth;
  self->y_far = 0;
  self->y_near = 1;
  self->opacity = 1;
  self->sway_period = self->ripple_period = self->pulse_period = 4;
  return self;
}

void
cs_sketch_layer_free (CsSketchLayer *self)
{
  if (self == NULL)
    return;
  cs_sketch_canvas_free (self->canvas);
  g_free (self->tiles);
  g_free (self->full);
  g_free (self);
}

/* What the pixels from x0 to x1 of two rows have in common. */
static CsSketchTile
classify (const guint32 *a, const guint32 *b, int x0, int x1)
{
  guint32 any = 0, all = 0xff000000u;

  for (int x = x0; x < x1; x++)
    {
      any |= a[x] | b[x];
      all &= a[x] & b[x];
    }
  if (any == 0)
    return CS_SKETCH_TILE_EMPTY;
  return all == 0xff000000u ? CS_SKETCH_TILE_FULL : CS_SKETCH_TILE_MIXED;
}

/**
 * cs_sketch_layer_freeze:
 *
 * Notes which pieces are empty, full or mixed, so that frames are put together fast. A piece is judged with
 * the column to its right and the row below, which smooth scaling reads too. Drawing must be finished.
 */
void
cs_sketch_layer_freeze (CsSketchLayer *self)
{
  const CsSketchPixels *pixels = &self->canvas->pixels;

  cairo_surface_flush (self->canvas->surface);
  self->n_tiles = (pixels->width + CS_SKETCH_TILE - 1) / CS_SKETCH_TILE;
  self->tiles = g_malloc ((gsize) self->n_tiles * pixels->height);
  self->full = g_malloc (pixels->height);
  self->first_row = pixels->height;
  self->last_row = -1;
  for (int y = 0; y < pixels->height; y++)
    {
      const guint32 *a = cs_sketch_pixels_row (pixels, y);
      const guint32 *b = cs_sketch_pixels_row (pixels, MIN (y + 1, pixels->height - 1));
      guint8 *tiles = self->tiles + (gsize) y * self->n_tiles;
      gboolean is_full = TRUE, is_empty = TRUE;

      for (int i = 0; i < self->n_tiles; i++)
        {
          int x = i * CS_SKETCH_TILE;

          tiles[i] = classify (a, b, x, MIN (x + CS_SKETCH_TILE + 1, pixels->width));
          is_full = is_full && tiles[i] == CS_SKETCH_TILE_FULL;
          is_empty = is_empty && tiles[i] == CS_SKETCH_TILE_EMPTY;
        }
      self->full[y] = is_full;
      if (!is_empty)
        {
          self->first_row = MIN (self->first_row, y);
          self->last_row = y;
        }
    }
}
