/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-compositor.h"

#include "media/sketch/cs-sketch-blend.h"

#include <string.h>

/* Where one layer is on one frame: straight lines from rows and columns of the frame to those of the layer.
 */
typedef struct
{
  const CsSketchLayer *layer;
  double row_start, row_step;   /* layer row = row_start + frame row * row_step */
  double near_start, near_step; /* share of the near depth = near_start + layer row * near_step */
  double scale_far, scale_near; /* of the columns */
  double shift_far, shift_near; /* frame units */
  double drift;
  double seconds;
  int opacity; /* of 256 */
} Placing;

/* Room for one row, on the stack of a draw. */
typedef struct
{
  guint32 *between; /* a layer's row, between two of its rows */
  guint32 *placed;  /* the same at the frame's columns */
} Rows;

void
cs_sketch_item_free (CsSketchItem *self)
{
  cs_sketch_layer_free (self->layer);
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self);
}

static double
swing (double seconds, double period, double phase)
{
  return sin ((seconds / MAX (period, 0.05) + phase) * 2 * G_PI);
}

static void
place_rows (Placing *self, const CsSketchFrame *frame, double share_far, double share_near)
{
  const CsSketchLayer *layer = self->layer;
  double unit = frame->unit, fy = frame->camera->focus_y;
  double sway = layer->sway_y * swing (frame->seconds, layer->sway_period, layer->phase);
  double far = (layer->y_far - fy) * self->scale_far + fy - frame->pose.y * share_far + sway;
  double near = (layer->y_near - fy) * self->scale_near + fy - frame->pose.y * share_near + sway;
  double slope = (layer->y_near - layer->y_far) / MAX (near - far, 1e-3);

  self->row_step = slope;
  self->row_start = (layer->y_far + (0.5 / unit - far) * slope - layer->canvas->y0) * unit - 0.5;
  self->near_step = 1 / MAX ((layer->y_near - layer->y_far) * unit, 1e-3);
  self->near_start = (layer->canvas->y0 - layer->y_far) * unit * self->near_step;
}

static void
place (Placing *self, const CsSketchLayer *layer, const CsSketchFrame *frame)
{
  double share_far = cs_sketch_camera_share (frame->camera, layer->depth_far);
  double share_near = cs_sketch_camera_share (frame->camera, layer->depth_near);
  double opacity = layer->opacity + layer->pulse * swing (frame->seconds, layer->pulse_period, layer->phase);

  self->layer = layer;
  self->seconds = frame->seconds;
  self->scale_far = 1 + (frame->pose.zoom - 1) * share_far;
  self->scale_near = 1 + (frame->pose.zoom - 1) * share_near;
  self->shift_far = frame->pose.x * share_far;
  self->shift_near = frame->pose.x * share_near;
  self->drift = layer->drift_x * (frame->seconds - frame->camera->duration / 2)
                + layer->sway_x * swing (frame->seconds, layer->sway_period, layer->phase + 0.25);
  self->opacity = (int) (cs_sketch_clamp (opacity, 0, 1) * 256 + 0.5);
  place_rows (self, frame, share_far, share_near);
}

static double
get_row (const Placing *self, int y)
{
  const CsSketchLayer *layer = self->layer;
  double row = self->row_start + y * self->row_step;

  if (layer->ripple_y > 0)
    {
      double near = cs_sketch_clamp (self->near_start + row * self->near_step, 0, 1), q = sqrt (near);

      row += layer->ripple_y * layer->canvas->unit * near
             * sin (q * 46 - self->seconds * 2 * G_PI / layer->ripple_period);
    }
  return row;
}

/* The first column to read and the step to the next, in 65536ths of a pixel. */
static void
get_columns (const Placing *self, const CsSketchFrame *frame, double row, gint32 *start, gint32 *step)
{
  const CsSketchLayer *layer = self->layer;
  double near = cs_sketch_clamp (self->near_start + row * self->near_step, 0, 1.2);
  double scale = cs_sketch_lerp (self->scale_far, self->scale_near, near);
  double shift = cs_sketch_lerp (self->shift_far, self->shift_near, near) - self->drift;
  double fx = frame->camera->focus_x, x;

  if (layer->ripple_x > 0)
    {
      double q = sqrt (near), turn = self->seconds * 2 * G_PI / layer->ripple_period;

      shift += layer->ripple_x * near * (sin (q * 61 - turn) + 0.6 * sin (q * 143 + turn * 1.7));
    }
  x = ((0.5 / frame->unit - fx + shift) / scale + fx - layer->canvas->x0) * layer->canvas->unit - 0.5;
  *start = (gint32) floor (cs_sketch_clamp (x, -30000, 30000) * 65536);
  *step = (gint32) (65536 / scale + 0.5);
  if (ABS (*step - 65536) <= 2)
    *step = 65536;
}

/* Reads @n pixels of a layer, from column @start on, between two of its rows. */
static void
resample (
    guint32 *to, const guint32 *a, const guint32 *b, int part, gint32 start, gint32 step, int n, Rows *rows)
{
  int first = start >> 16, last = (int) ((start + (gint64) step * (n - 1)) >> 16) + 1;
  const guint32 *from = a + first;

  if (part != 0)
    {
      cs_sketch_blend_between (rows->between, a + first, b + first, last - first + 1, part);
      from = rows->between;
    }
  if (step == 65536)
    cs_sketch_blend_shift (to, from, n, (start >> 8) & 255);
  else
    cs_sketch_blend_stretch (to, from, n, start & 65535, step);
}

/* The first frame column that reads layer column @column or a later one. */
static int
column_to_frame (int column, gint32 start, gint32 step)
{
  gint64 way = ((gint64) column << 16) - start;

  return way <= 0 ? 0 : (int) MIN ((way + step - 1) / step, G_MAXINT);
}

static void
draw_row (const Placing *self, const CsSketchFrame *frame, int y, Rows *rows)
{
  const CsSketchLayer *layer = self->layer;
  const CsSketchPixels *pixels = &layer->canvas->pixels;
  double row = cs_sketch_clamp (get_row (self, y), 0, pixels->height - 1);
  int whole = (int) row, part = (int) ((row - whole) * 256), below = MIN (whole + 1, pixels->height - 1);
  const guint32 *a = cs_sketch_pixels_row (pixels, whole), *b = cs_sketch_pixels_row (pixels, below);
  const guint8 *tiles = layer->tiles + (gsize) whole * layer->n_tiles;
  guint32 *to = cs_sketch_pixels_row (&frame->pixels, y);
  gint32 start, step;
  int x, end;

  get_columns (self, frame, row, &start, &step);
  x = column_to_frame (0, start, step);
  end = MIN (column_to_frame (pixels->width - 1, start, step), frame->pixels.width);
  while (x < end)
    {
      gint32 at = (gint32) (start + (gint64) x * step);
      int tile = (at >> 16) / CS_SKETCH_TILE, next = tile + 1, stop;

      while (next < layer->n_tiles && tiles[next] == tiles[tile])
        next++;
      stop = CLAMP (column_to_frame (next * CS_SKETCH_TILE, start, step), x + 1, end);
      if (tiles[tile] == CS_SKETCH_TILE_FULL && self->opacity == 256)
        resample (to + x, a, b, part, at, step, stop - x, rows);
      else if (tiles[tile] != CS_SKETCH_TILE_EMPTY)
        {
          resample (rows->placed, a, b, part, at, step, stop - x, rows);
          cs_sketch_blend_over (to + x, rows->placed, stop - x, self->opacity);
        }
      x = stop;
    }
}

/* Whether a row of the frame is hidden by this layer from side to side. */
static gboolean
is_row_covered (const Placing *self, const CsSketchFrame *frame, int y)
{
  const CsSketchPixels *pixels = &self->layer->canvas->pixels;
  double row = get_row (self, y);
  gint32 start, step;

  if (row < 0 || row > pixels->height - 1 || !self->layer->full[(int) row])
    return FALSE;
  get_columns (self, frame, row, &start, &step);
  return start >= 0 && column_to_frame (pixels->width - 1, start, step) >= frame->pixels.width;
}

static gboolean
is_row_touched (const Placing *self, int y)
{
  double row = get_row (self, y);

  return row >= self->layer->first_row - 1 && row <= self->layer->last_row + 1;
}

/* For each row, one more than the last layer that hides all before it; 0 when there is none. */
static guint16 *
find_first_items (const GPtrArray *items, const Placing *placings, const CsSketchFrame *frame)
{
  guint16 *first = g_new0 (guint16, frame->pixels.height);

  for (guint i = 0; i < items->len; i++)
    {
      const Placing *placing = &placings[i];

      if (placing->layer == NULL || placing->opacity < 256)
        continue;
      for (int y = 0; y < frame->pixels.height; y++)
        if (is_row_covered (placing, frame, y))
          first[y] = (guint16) (i + 1);
    }
  return first;
}

/* Draws the layers from @start on, up to the next actor, row by row: a row stays close to the processor while
 * all of them are laid on it. Returns the number of the item after them. */
static guint
draw_layers (const GPtrArray *items,
             guint start,
             const Placing *placings,
             CsSketchFrame *frame,
             const guint16 *first,
             int first_row,
             int last_row,
             Rows *rows)
{
  guint end = start;

  while (end < items->len && placings[end].layer != NULL)
    end++;
  for (int y = first_row; y < last_row; y++)
    for (guint i = MAX (start + 1, first[y]) - 1; i < end; i++)
      if (placings[i].opacity > 0 && is_row_touched (&placings[i], y))
        draw_row (&placings[i], frame, y, rows);
  return end;
}

/**
 * cs_sketch_compositor_draw:
 * @items: (element-type CsSketchItem): far ones first
 * @last_row: the row after the last to draw
 *
 * Puts a frame together. Any thread; the items are only read.
 */
void
cs_sketch_compositor_draw (const GPtrArray *items, CsSketchFrame *frame, int first_row, int last_row)
{
  g_autofree Placing *placings = g_new0 (Placing, MAX (items->len, 1));
  g_autofree guint16 *first = NULL;
  gsize room = (gsize) frame->pixels.width * 2 + 64;
  g_autofree guint32 *between = g_new (guint32, room), *placed = g_new (guint32, room);
  Rows rows = { between, placed };

  for (guint i = 0; i < items->len; i++)
    {
      const CsSketchItem *item = g_ptr_array_index (items, i);

      if (item->layer != NULL)
        place (&placings[i], item->layer, frame);
    }
  first = find_first_items (items, placings, frame);
  for (int y = first_row; y < last_row; y++)
    if (first[y] == 0)
      memset (cs_sketch_pixels_row (&frame->pixels, y), 0, (gsize) frame->pixels.width * 4);
  for (guint i = 0; i < items->len;)
    {
      const CsSketchItem *item = g_ptr_array_index (items, i);

      if (item->layer != NULL)
        {
          i = draw_layers (items, i, placings, frame, first, first_row, last_row, &rows);
          continue;
        }
      item->draw (item->data, frame);
      i++;
    }
}
