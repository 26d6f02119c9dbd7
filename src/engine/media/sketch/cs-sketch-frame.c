/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-frame.h"

#include "media/sketch/cs-sketch-blend.h"

/**
 * cs_sketch_frame_project:
 * @x: a place in units, as drawn
 * @px: (out): where it is now, in pixels of the frame
 *
 * Returns: how much greater things of that depth look now than drawn.
 */
double
cs_sketch_frame_project (const CsSketchFrame *self, double depth, double x, double y, double *px, double *py)
{
  double share = cs_sketch_camera_share (self->camera, depth);
  double scale = 1 + (self->pose.zoom - 1) * share;
  double fx = self->camera->focus_x, fy = self->camera->focus_y;

  *px = ((x - fx) * scale + fx - self->pose.x * share) * self->unit;
  *py = ((y - fy) * scale + fy - self->pose.y * share) * self->unit;
  return scale;
}

static inline guint32
get_pixel (const CsSketchPixels *pixels, int x, int y)
{
  if (x < 0 || y < 0 || x >= pixels->width || y >= pixels->height)
    return 0;
  return cs_sketch_pixels_row (pixels, y)[x];
}

/* Between four pixels; @fx and @fy of 256. Two channels at a time. */
static inline guint32
sample (const CsSketchPixels *pixels, int x, int y, guint32 fx, guint32 fy)
{
  guint32 a, b, c, d, wd = fx * fy >> 8, wb = fx - wd, wc = fy - wd, wa = 256 - wb - wc - wd, even, odd;

  if (x >= 0 && y >= 0 && x + 1 < pixels->width && y + 1 < pixels->height)
    {
      const guint32 *above = cs_sketch_pixels_row (pixels, y) + x,
                    *below = cs_sketch_pixels_row (pixels, y + 1) + x;

      a = above[0];
      b = above[1];
      c = below[0];
      d = below[1];
    }
  else
    {
      a = get_pixel (pixels, x, y);
      b = get_pixel (pixels, x + 1, y);
      c = get_pixel (pixels, x, y + 1);
      d = get_pixel (pixels, x + 1, y + 1);
    }
  if ((a | b | c | d) == 0)
    return 0;
  even = (a & 0xff00ff) * wa + (b & 0xff00ff) * wb + (c & 0xff00ff) * wc + (d & 0xff00ff) * wd;
  odd = ((a >> 8) & 0xff00ff) * wa + ((b >> 8) & 0xff00ff) * wb + ((c >> 8) & 0xff00ff) * wc
        + ((d >> 8) & 0xff00ff) * wd;
  return ((even >> 8) & 0xff00ff) | (odd & 0xff00ff00u);
}

static inline guint32
add_channel (guint32 below, guint32 above, guint32 rest, int shift)
{
  guint32 sum = ((above >> shift) & 255) + ((((below >> shift) & 255) * rest) >> 8);

  return MIN (sum, 255) << shift;
}

static inline guint32
lay_over (guint32 below, guint32 above, guint32 opacity)
{
  guint32 alpha, rest;

  if (opacity < 256)
    above = ((((above & 0xff00ff) * opacity) >> 8) & 0xff00ff)
            | ((((above >> 8) & 0xff00ff) * opacity) & 0xff00ff00u);
  alpha = above >> 24;
  if (alpha == 255)
    return above;
  rest = 256 - (alpha + (alpha >> 7));
  return 0xff000000u | add_channel (below, above, rest, 16) | add_channel (below, above, rest, 8)
         | add_channel (below, above, rest, 0);
}

/* Narrows a range of steps to those in which start + i * step lies between low and high. */
static void
narrow (double start, double step, double low, double high, double *first, double *last)
{
  double a, b;

  if (fabs (step) < 1e-9)
    {
      if (start < low || start > high)
        *last = *first - 1;
      return;
    }
  a = (low - start) / step;
  b = (high - start) / step;
  *first = MAX (*first, MIN (a, b));
  *last = MIN (*last, MAX (a, b));
}

/* The part of the frame that a turned sprite can touch. */
static CsSketchBox
get_reach (const CsSketchFrame *self,
           const CsSketchCanvas *sprite,
           double px,
           double py,
           double scale,
           double c,
           double s)
{
  double k = scale * self->unit, x0 = G_MAXDOUBLE, x1 = -G_MAXDOUBLE, y0 = G_MAXDOUBLE, y1 = -G_MAXDOUBLE;
  int left, top, right, bottom;

  for (int i = 0; i < 4; i++)
    {
      double x = (i & 1) ? sprite->x1 : sprite->x0, y = (i & 2) ? sprite->y1 : sprite->y0;
      double dx = px + (x * c - y * s) * k, dy = py + (x * s + y * c) * k;

      x0 = MIN (x0, dx);
      x1 = MAX (x1, dx);
      y0 = MIN (y0, dy);
      y1 = MAX (y1, dy);
    }
  left = (int) cs_sketch_clamp (x0 - 1, 0, self->pixels.width);
  right = (int) cs_sketch_clamp (x1 + 2, 0, self->pixels.width);
  top = (int) cs_sketch_clamp (y0 - 1, 0, self->pixels.height);
  bottom = (int) cs_sketch_clamp (y1 + 2, 0, self->pixels.height);
  return (CsSketchBox){ left, top, MAX (right - left, 0), MAX (bottom - top, 0) };
}

/* The same for a sprite that is not turned: whole rows at a time. Its outermost pixels are taken as empty. */
static void
put_straight (
    CsSketchFrame *self, const CsSketchCanvas *sprite, double px, double py, double scale, guint32 share)
{
  const CsSketchPixels *from = &sprite->pixels;
  double step = 1 / scale, left = px + sprite->x0 * sprite->unit * scale,
         top = py + sprite->y0 * sprite->unit * scale;
  int x0 = (int) cs_sketch_clamp (ceil (left + 0.5 * scale - 0.5), 0, self->pixels.width);
  int x1 = (int) cs_sketch_clamp (floor (left + (from->width - 1.5) * scale - 0.5), 0, self->pixels.width);
  int y0 = (int) cs_sketch_clamp (ceil (top + 0.5 * scale - 0.5), 0, self->pixels.height);
  int y1 = (int) cs_sketch_clamp (floor (top + (from->height - 1.5) * scale - 0.5), 0, self->pixels.height),
      n = x1 - x0;
  gint32 start = (gint32) (((x0 + 0.5 - left) * step - 0.5) * 65536), fixed_step = (gint32) (step * 65536);
  g_autofree guint32 *between = NULL, *placed = NULL;
  int first = MAX (start, 0) >> 16, count;

  if (n <= 0)
    return;
  count = (int) ((start + (gint64) fixed_step * (n - 1)) >> 16) + 2 - first;
  count = MIN (count, from->width - first);
  between = g_new0 (guint32, count + 4);
  placed = g_new (guint32, n + 4);
  for (int y = y0; y < y1; y++)
    {
      double row = cs_sketch_clamp ((y + 0.5 - top) * step - 0.5, 0, from->height - 1.001);
      int whole = (int) row;

      cs_sketch_blend_between (between, cs_sketch_pixels_row (from, whole) + first,
                               cs_sketch_pixels_row (from, whole + 1) + first, count,
                               (int) ((row - whole) * 256));
      cs_sketch_blend_stretch (placed, between, n, MAX (start, 0) & 65535, fixed_step);
      cs_sketch_blend_over (cs_sketch_pixels_row (&self->pixels, y) + x0, placed, n, (int) share);
    }
}

/**
 * cs_sketch_frame_put:
 * @px: where the sprite's (0, 0) goes, in pixels of the frame
 * @scale: 1 as drawn
 * @angle: in radians, clockwise
 * @opacity: 0 to 1
 */
void
cs_sketch_frame_put (CsSketchFrame *self,
                     const CsSketchCanvas *sprite,
                     double px,
                     double py,
                     double scale,
                     double angle,
                     double opacity)
{
  double c = cos (angle), s = sin (angle), k = 1 / scale;
  CsSketchBox box;
  guint32 share = (guint32) (cs_sketch_clamp (opacity, 0, 1) * 256 + 0.5);
  gint32 step_x = (gint32) (c * k * 65536), step_y = (gint32) (-s * k * 65536);

  if (share == 0 || scale < 1e-3 || scale > 1e3)
    return;
  if (fabs (angle) < 1e-6 && scale > 0.5 && scale < 4 && sprite->pixels.width > 3
      && sprite->pixels.height > 3)
    {
      put_straight (self, sprite, px, py, scale, share);
      return;
    }
  box = get_reach (self, sprite, px, py, scale, c, s);
  for (int y = box.y; y < box.y + box.height; y++)
    {
      guint32 *row = cs_sketch_pixels_row (&self->pixels, y);
      double dx = box.x + 0.5 - px, dy = y + 0.5 - py;
      double sx = (dx * c + dy * s) * k - sprite->x0 * sprite->unit - 0.5;
      double sy = (-dx * s + dy * c) * k - sprite->y0 * sprite->unit - 0.5;
      double first = 0, last = box.width - 1;
      gint32 at_x, at_y;

      narrow (sx, c * k, -1, sprite->pixels.width, &first, &last);
      narrow (sy, -s * k, -1, sprite->pixels.height, &first, &last);
      first = ceil (first);
      at_x = (gint32) floor ((sx + first * c * k) * 65536);
      at_y = (gint32) floor ((sy - first * s * k) * 65536);
      for (int x = box.x + (int) first; x <= box.x + (int) last && first <= last;
           x++, at_x += step_x, at_y += step_y)
        {
          guint32 above;

          above = sample (&sprite->pixels, at_x >> 16, at_y >> 16, (at_x >> 8) & 255, (at_y >> 8) & 255);
          if (above != 0)
            row[x] = lay_over (row[x], above, share);
        }
    }
}

/* Adds soft light around a place; lengths in pixels. Keep radii small: this is drawn on each frame. */
void
cs_sketch_frame_light (CsSketchFrame *self,
                       double px,
                       double py,
                       double radius_x,
                       double radius_y,
                       CsSketchColor color,
                       double strength)
{
  if (strength > 0.004 && radius_x > 0 && radius_y > 0)
    cs_sketch_pixels_add_glow (&self->pixels, px, py, MAX (radius_x, 0.8), MAX (radius_y, 0.8), color,
                               strength);
}

static guint32
to_pixel (CsSketchColor color)
{
  return 0xff000000u | (guint32) (cs_sketch_clamp (color.r, 0, 1) * 255) << 16
         | (guint32) (cs_sketch_clamp (color.g, 0, 1) * 255) << 8
         | (guint32) (cs_sketch_clamp (color.b, 0, 1) * 255);
}

/* @share of 256. */
static inline void
dot (CsSketchFrame *self, int x, int y, guint32 color, guint32 share)
{
  guint32 *pixel, even, odd;

  if (x < 0 || y < 0 || x >= self->pixels.width || y >= self->pixels.height)
    return;
  pixel = &cs_sketch_pixels_row (&self->pixels, y)[x];
  even = (*pixel & 0xff00ff) * (256 - share) + (color & 0xff00ff) * share;
  odd = ((*pixel >> 8) & 0xff00ff) * (256 - share) + ((color >> 8) & 0xff00ff) * share;
  *pixel = 0xff000000u | ((even >> 8) & 0xff00ff) | (odd & 0xff00);
}

/* A thin smooth line, about a pixel wide, from clear to its full opacity: rain, sparks, trails. */
void
cs_sketch_frame_line (
    CsSketchFrame *self, double px0, double py0, double px1, double py1, CsSketchColor color, double opacity)
{
  double dx = px1 - px0, dy = py1 - py0, length = MAX (fabs (dx), fabs (dy));
  int n = (int) cs_sketch_clamp (length, 1, 4000);
  gboolean is_steep = fabs (dy) > fabs (dx);
  guint32 pixel = to_pixel (color);

  opacity = cs_sketch_clamp (opacity, 0, 1);
  for (int i = 0; i <= n; i++)
    {
      double t = (double) i / n, x = px0 + dx * t, y = py0 + dy * t, across = is_steep ? x : y;
      int share = (int) (256 * opacity * (0.25 + 0.75 * t)), part = (int) ((across - floor (across)) * 256);
      int xi = (int) floor (x), yi = (int) floor (y);

      dot (self, xi, yi, pixel, (guint32) (share * (256 - part) >> 8));
      dot (self, xi + is_steep, yi + !is_steep, pixel, (guint32) (share * part >> 8));
    }
}

/* Brightens the whole frame: lightning. */
void
cs_sketch_frame_flash (CsSketchFrame *self, CsSketchColor color, double strength)
{
  guint32 add[3] = { (guint32) (cs_sketch_clamp (color.b * strength, 0, 1) * 255),
                     (guint32) (cs_sketch_clamp (color.g * strength, 0, 1) * 255),
                     (guint32) (cs_sketch_clamp (color.r * strength, 0, 1) * 255) };

  for (int y = 0; y < self->pixels.height; y++)
    {
      guint8 *row = self->pixels.data + (gsize) y * self->pixels.stride;

      for (int x = 0; x < self->pixels.width; x++)
        for (int c = 0; c < 3; c++)
          row[x * 4 + c] = (guint8) (row[x * 4 + c] + (((255 - row[x * 4 + c]) * add[c]) >> 8));
    }
}
