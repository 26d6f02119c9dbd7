/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-canvas.h"

#include "media/sketch/cs-sketch-random.h"

/* New, empty; the edges are widened to whole pixels. */
CsSketchCanvas *
cs_sketch_canvas_new (double unit, double x0, double y0, double x1, double y1)
{
  CsSketchCanvas *self = g_new0 (CsSketchCanvas, 1);
  double left = floor (x0 * unit), top = floor (y0 * unit);

  self->pixels.width = (int) MAX (ceil (x1 * unit) - left, 1);
  self->pixels.height = (int) MAX (ceil (y1 * unit) - top, 1);
  self->unit = unit;
  self->x0 = left / unit;
  self->y0 = top / unit;
  self->x1 = self->x0 + self->pixels.width / unit;
  self->y1 = self->y0 + self->pixels.height / unit;
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, self->pixels.width, self->pixels.height);
  self->pixels.data = cairo_image_surface_get_data (self->surface);
  self->pixels.stride = cairo_image_surface_get_stride (self->surface);
  self->cr = cairo_create (self->surface);
  cairo_scale (self->cr, unit, unit);
  cairo_translate (self->cr, -self->x0, -self->y0);
  return self;
}

void
cs_sketch_canvas_free (CsSketchCanvas *self)
{
  if (self == NULL)
    return;
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
  g_free (self);
}

static inline guint32
blend_channel (guint32 below, float value, float alpha, float noise)
{
  return (guint32) cs_sketch_clamp (below * (1 - alpha) + value * alpha * 255 + noise, 0, 255);
}

/* Lays one shaded point over a pixel, with a fine noise so that soft gradients show no bands. */
static inline void
lay_point (guint32 *pixel, const float rgba[4], int x, int y, float inside)
{
  float a = (float) cs_sketch_clamp (rgba[3], 0, 1) * inside;
  float noise = (cs_sketch_hash (x, y) & 0xffff) * (1.0f / 65536);
  guint32 p = *pixel, alpha, r, g, b;

  if (a <= 0.002f)
    return;
  alpha = a >= 0.998f ? 255 : blend_channel (p >> 24, 1, a, 0.5f);
  r = blend_channel ((p >> 16) & 255, (float) cs_sketch_clamp (rgba[0], 0, 1), a, noise);
  g = blend_channel ((p >> 8) & 255, (float) cs_sketch_clamp (rgba[1], 0, 1), a, noise);
  b = blend_channel (p & 255, (float) cs_sketch_clamp (rgba[2], 0, 1), a, noise);
  *pixel = alpha << 24 | r << 16 | g << 8 | b;
}

static CsSketchBox
get_box (const CsSketchCanvas *self, double x0, double y0, double x1, double y1)
{
  int left = (int) cs_sketch_clamp (floor ((x0 - self->x0) * self->unit), 0, self->pixels.width);
  int right = (int) cs_sketch_clamp (ceil ((x1 - self->x0) * self->unit), 0, self->pixels.width);
  int top = (int) cs_sketch_clamp (floor ((y0 - self->y0) * self->unit), 0, self->pixels.height);
  int bottom = (int) cs_sketch_clamp (ceil ((y1 - self->y0) * self->unit), 0, self->pixels.height);

  return (CsSketchBox){ left, top, MAX (right - left, 0), MAX (bottom - top, 0) };
}

static void
shade_each (CsSketchCanvas *self, const CsSketchBox *box, CsSketchShadeFunc func, gconstpointer data)
{
  for (int y = box->y; y < box->y + box->height; y++)
    {
      guint32 *row = cs_sketch_pixels_row (&self->pixels, y);

      for (int x = box->x; x < box->x + box->width; x++)
        {
          float rgba[4] = { 0, 0, 0, 1 };

          func (data, self->x0 + (x + 0.5) / self->unit, self->y0 + (y + 0.5) / self->unit, rgba);
          lay_point (&row[x], rgba, x, y, 1);
        }
    }
}

/* A row of the coarse grid: one point each `coarse` pixels. */
static void
shade_grid_row (CsSketchCanvas *self,
                const CsSketchBox *box,
                int y,
                int coarse,
                CsSketchShadeFunc func,
                gconstpointer data,
                float *to)
{
  for (int x = box->x, i = 0; x <= box->x + box->width + coarse; x += coarse, i += 4)
    {
      to[i] = to[i + 1] = to[i + 2] = 0;
      to[i + 3] = 1;
      func (data, self->x0 + (x + 0.5) / self->unit, self->y0 + (y + 0.5) / self->unit, to + i);
    }
}

static void
shade_coarse (
    CsSketchCanvas *self, const CsSketchBox *box, int coarse, CsSketchShadeFunc func, gconstpointer data)
{
  int n = (box->width / coarse + 3) * 4;
  g_autofree float *above = g_new0 (float, n), *below = g_new0 (float, n);

  shade_grid_row (self, box, box->y, coarse, func, data, below);
  for (int y = box->y; y < box->y + box->height; y++)
    {
      int part = (y - box->y) % coarse;
      float fy = (float) part / coarse;
      guint32 *row = cs_sketch_pixels_row (&self->pixels, y);

      if (part == 0)
        {
          float *swap = above;

          above = below;
          below = swap;
          shade_grid_row (self, box, y + coarse, coarse, func, data, below);
        }
      for (int x = 0; x < box->width; x++)
        {
          int i = x / coarse * 4;
          float fx = (float) (x % coarse) / coarse, rgba[4];

          for (int c = 0; c < 4; c++)
            {
              float top = above[i + c] + (above[i + 4 + c] - above[i + c]) * fx;
              float bottom = below[i + c] + (below[i + 4 + c] - below[i + c]) * fx;

              rgba[c] = top + (bottom - top) * fy;
            }
          lay_point (&row[box->x + x], rgba, box->x + x, y, 1);
        }
    }
}

/**
 * cs_sketch_canvas_shade_box:
 * @coarse: 1 to ask at each pixel; 2 to 6 for soft things: asked at one pixel in so many, smooth between
 *
 * Lays a computed picture over a part of the sheet.
 */
void
cs_sketch_canvas_shade_box (CsSketchCanvas *self,
                            double x0,
                            double y0,
                            double x1,
                            double y1,
                            int coarse,
                            CsSketchShadeFunc func,
                            gconstpointer data)
{
  CsSketchBox box = get_box (self, x0, y0, x1, y1);

  cairo_surface_flush (self->surface);
  if (box.width > 0 && box.height > 0 && coarse > 1)
    shade_coarse (self, &box, coarse, func, data);
  else
    shade_each (self, &box, func, data);
  cairo_surface_mark_dirty (self->surface);
}

/* The same over the whole width, from @y0 down to @y1. */
void
cs_sketch_canvas_shade (
    CsSketchCanvas *self, double y0, double y1, int coarse, CsSketchShadeFunc func, gconstpointer data)
{
  cs_sketch_canvas_shade_box (self, self->x0, y0, self->x1, y1, coarse, func, data);
}

/* The same, but only on what is already drawn there: the alpha stays as it is. */
void
cs_sketch_canvas_shade_inside (CsSketchCanvas *self,
                               double x0,
                               double y0,
                               double x1,
                               double y1,
                               CsSketchShadeFunc func,
                               gconstpointer data)
{
  CsSketchBox box = get_box (self, x0, y0, x1, y1);

  cairo_surface_flush (self->surface);
  for (int y = box.y; y < box.y + box.height; y++)
    {
      guint32 *row = cs_sketch_pixels_row (&self->pixels, y);

      for (int x = box.x; x < box.x + box.width; x++)
        {
          float rgba[4] = { 0, 0, 0, 1 }, alpha = (row[x] >> 24) / 255.0f;
          guint32 kept = row[x] & 0xff000000u;

          if (kept == 0)
            continue;
          func (data, self->x0 + (x + 0.5) / self->unit, self->y0 + (y + 0.5) / self->unit, rgba);
          for (int c = 0; c < 3; c++)
            rgba[c] = (float) cs_sketch_clamp (rgba[c], 0, 1) * alpha;
          lay_point (&row[x], rgba, x, y, 1);
          row[x] = (row[x] & 0x00ffffffu) | kept;
        }
    }
  cairo_surface_mark_dirty (self->surface);
}

/* Blurs all that is on the sheet; @radius in units. */
void
cs_sketch_canvas_blur (CsSketchCanvas *self, double radius)
{
  CsSketchBox box;
  int more = (int) (radius * self->unit * 2) + 2, x1, y1;

  cairo_surface_flush (self->surface);
  box = cs_sketch_pixels_get_used (&self->pixels);
  x1 = MIN (box.x + box.width + more, self->pixels.width);
  y1 = MIN (box.y + box.height + more, self->pixels.height);
  box.x = MAX (box.x - more, 0);
  box.y = MAX (box.y - more, 0);
  box.width = x1 - box.x;
  box.height = y1 - box.y;
  cs_sketch_pixels_blur (&self->pixels, &box, radius * self->unit);
  cairo_surface_mark_dirty (self->surface);
}

/* Adds light around a point; radii in units. The light has no alpha: it brightens what is behind the layer
 * too. */
void
cs_sketch_canvas_glow (CsSketchCanvas *self,
                       double x,
                       double y,
                       double radius_x,
                       double radius_y,
                       CsSketchColor color,
                       double strength)
{
  cairo_surface_flush (self->surface);
  cs_sketch_pixels_add_glow (&self->pixels, (x - self->x0) * self->unit, (y - self->y0) * self->unit,
                             MAX (radius_x * self->unit, 1), MAX (radius_y * self->unit, 1), color, strength);
  cairo_surface_mark_dirty (self->surface);
}

void
cs_sketch_canvas_set_color (CsSketchCanvas *self, CsSketchColor color, double alpha)
{
  cairo_set_source_rgba (self->cr, cs_sketch_clamp (color.r, 0, 1), cs_sketch_clamp (color.g, 0, 1),
                         cs_sketch_clamp (color.b, 0, 1), alpha);
}

static void
add_stop (cairo_pattern_t *pattern, double at, CsSketchColor color)
{
  cairo_pattern_add_color_stop_rgb (pattern, at, cs_sketch_clamp (color.r, 0, 1),
                                    cs_sketch_clamp (color.g, 0, 1), cs_sketch_clamp (color.b, 0, 1));
}

static void
set_linear (CsSketchCanvas *self, cairo_pattern_t *pattern, CsSketchColor from, CsSketchColor to)
{
  add_stop (pattern, 0, from);
  add_stop (pattern, 1, to);
  cairo_set_source (self->cr, pattern);
  cairo_pattern_destroy (pattern);
}

void
cs_sketch_canvas_set_vertical (
    CsSketchCanvas *self, double y0, CsSketchColor top, double y1, CsSketchColor bottom)
{
  set_linear (self, cairo_pattern_create_linear (0, y0, 0, y1), top, bottom);
}

void
cs_sketch_canvas_set_sideways (
    CsSketchCanvas *self, double x0, CsSketchColor left, double x1, CsSketchColor right)
{
  set_linear (self, cairo_pattern_create_linear (x0, 0, x1, 0), left, right);
}

/* The paint of a round body lit from the upper left. */
void
cs_sketch_canvas_set_ball (CsSketchCanvas *self,
                           double x,
                           double y,
                           double radius,
                           CsSketchColor lit,
                           CsSketchColor base,
                           CsSketchColor shade)
{
  cairo_pattern_t *pattern
      = cairo_pattern_create_radial (x - radius * 0.38, y - radius * 0.42, radius * 0.05, x - radius * 0.12,
                                     y - radius * 0.14, radius * 1.18);

  add_stop (pattern, 0, lit);
  add_stop (pattern, 0.45, base);
  add_stop (pattern, 1, shade);
  cairo_set_source (self->cr, pattern);
  cairo_pattern_destroy (pattern);
}

void
cs_sketch_canvas_circle (CsSketchCanvas *self, double x, double y, double radius)
{
  cairo_new_sub_path (self->cr);
  cairo_arc (self->cr, x, y, radius, 0, 2 * G_PI);
  cairo_close_path (self->cr);
}

void
cs_sketch_canvas_ellipse (CsSketchCanvas *self, double x, double y, double radius_x, double radius_y)
{
  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  cairo_scale (self->cr, MAX (radius_x, 1e-6), MAX (radius_y, 1e-6));
  cairo_new_sub_path (self->cr);
  cairo_arc (self->cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_close_path (self->cr);
  cairo_restore (self->cr);
}

void
cs_sketch_canvas_round_box (
    CsSketchCanvas *self, double x, double y, double width, double height, double radius)
{
  double r = MIN (radius, MIN (width, height) / 2);

  cairo_new_sub_path (self->cr);
  cairo_arc (self->cr, x + width - r, y + r, r, -G_PI / 2, 0);
  cairo_arc (self->cr, x + width - r, y + height - r, r, 0, G_PI / 2);
  cairo_arc (self->cr, x + r, y + height - r, r, G_PI / 2, G_PI);
  cairo_arc (self->cr, x + r, y + r, r, G_PI, G_PI * 1.5);
  cairo_close_path (self->cr);
}

/* The soft dark under an object that stands on something. */
void
cs_sketch_canvas_soft_shadow (
    CsSketchCanvas *self, double x, double y, double radius_x, double radius_y, double strength)
{
  cairo_pattern_t *pattern = cairo_pattern_create_radial (0, 0, 0, 0, 0, 1);

  cairo_pattern_add_color_stop_rgba (pattern, 0, 0.02, 0.01, 0.05, strength);
  cairo_pattern_add_color_stop_rgba (pattern, 0.45, 0.02, 0.01, 0.05, strength * 0.62);
  cairo_pattern_add_color_stop_rgba (pattern, 0.75, 0.02, 0.01, 0.05, strength * 0.2);
  cairo_pattern_add_color_stop_rgba (pattern, 1, 0.02, 0.01, 0.05, 0);
  cairo_save (self->cr);
  cairo_translate (self->cr, x, y);
  cairo_scale (self->cr, MAX (radius_x, 1e-6), MAX (radius_y, 1e-6));
  cairo_set_source (self->cr, pattern);
  cairo_rectangle (self->cr, -1, -1, 2, 2);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
  cairo_pattern_destroy (pattern);
}
