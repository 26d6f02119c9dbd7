/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

/* A colour as the screen shows it (sRGB), each channel 0 to 1. A plain value. */
typedef struct
{
  float r, g, b;
} CsSketchColor;

/* From 0xrrggbb. */
static inline CsSketchColor
cs_sketch_hex (guint32 hex)
{
  return (CsSketchColor) { ((hex >> 16) & 255) / 255.0f, ((hex >> 8) & 255) / 255.0f, (hex & 255) / 255.0f };
}

#define CS_SKETCH_HEX(hex) cs_sketch_hex (hex)

static inline double
cs_sketch_clamp (double value, double low, double high)
{
  return value < low ? low : value > high ? high : value;
}

static inline double
cs_sketch_lerp (double a, double b, double share)
{
  return a + (b - a) * share;
}

/* 0 up to `low`, 1 from `high` on, soft between; `low` may be the greater one. */
static inline double
cs_sketch_step (double low, double high, double value)
{
  double t = cs_sketch_clamp ((value - low) / (high - low), 0, 1);

  return t * t * (3 - 2 * t);
}

static inline CsSketchColor
cs_sketch_mix (CsSketchColor a, CsSketchColor b, double share)
{
  float t = (float) cs_sketch_clamp (share, 0, 1);

  return (CsSketchColor) { a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t };
}

/* Brighter (> 1) or darker (< 1); may leave 0..1, which is cut when pixels are written. */
static inline CsSketchColor
cs_sketch_scale (CsSketchColor a, double by)
{
  float t = (float) by;

  return (CsSketchColor) { a.r * t, a.g * t, a.b * t };
}

static inline CsSketchColor
cs_sketch_add (CsSketchColor a, CsSketchColor b, double share)
{
  float t = (float) share;

  return (CsSketchColor) { a.r + b.r * t, a.g + b.g * t, a.b + b.b * t };
}

/* The colour of an object seen in a light. */
static inline CsSketchColor
cs_sketch_lit (CsSketchColor a, CsSketchColor light)
{
  return (CsSketchColor) { a.r * light.r, a.g * light.g, a.b * light.b };
}

static inline double
cs_sketch_luma (CsSketchColor a)
{
  return 0.299 * a.r + 0.587 * a.g + 0.114 * a.b;
}

/* 0 grey, 1 unchanged, more: bolder. */
static inline CsSketchColor
cs_sketch_saturate (CsSketchColor a, double by)
{
  double l = cs_sketch_luma (a);

  return (CsSketchColor) { (float) (l + (a.r - l) * by), (float) (l + (a.g - l) * by), (float) (l + (a.b - l) * by) };
}

/* Turns the hue by a part of the circle (0.1 = 36 degrees), keeping the brightness. */
static inline CsSketchColor
cs_sketch_turn_hue (CsSketchColor a, double turn)
{
  double c = cos (turn * 2 * G_PI), s = sin (turn * 2 * G_PI), k = (1 - c) / 3, q = s * 0.57735;

  return (CsSketchColor) { (float) (a.r * (c + k) + a.g * (k - q) + a.b * (k + q)),
                           (float) (a.r * (k + q) + a.g * (c + k) + a.b * (k - q)),
                           (float) (a.r * (k - q) + a.g * (k + q) + a.b * (c + k)) };
}

G_END_DECLS
