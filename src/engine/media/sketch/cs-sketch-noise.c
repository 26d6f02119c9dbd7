/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-noise.h"

#include "media/sketch/cs-sketch-random.h"

#include <math.h>

void
cs_sketch_noise_init (CsSketchNoise *self, guint64 seed)
{
  CsSketchRandom random;

  cs_sketch_random_init (&random, seed, 77);
  for (int i = 0; i < 256; i++)
    {
      double turn = cs_sketch_random_double (&random) * 2 * G_PI;

      self->order[i] = (guint8) i;
      self->slope_x[i] = (float) cos (turn);
      self->slope_y[i] = (float) sin (turn);
    }
  for (int i = 255; i > 0; i--)
    {
      int j = cs_sketch_random_int (&random, i + 1);
      guint8 swap = self->order[i];

      self->order[i] = self->order[j];
      self->order[j] = swap;
    }
  for (int i = 0; i < 256; i++)
    self->order[256 + i] = self->order[i];
}

static inline float
fade (float t)
{
  return t * t * t * (t * (t * 6 - 15) + 10);
}

static inline float
slope (const CsSketchNoise *self, int hash, float x, float y)
{
  return self->slope_x[hash] * x + self->slope_y[hash] * y;
}

/**
 * cs_sketch_noise_at:
 * @x: a place; one bump is about 1 wide
 *
 * Gradient noise, about -1 to 1, 0 on average.
 */
double
cs_sketch_noise_at (const CsSketchNoise *self, double x, double y)
{
  int xi = (int) x - (x < 0 && x != (int) x), yi = (int) y - (y < 0 && y != (int) y);
  float fx = (float) (x - xi), fy = (float) (y - yi), u = fade (fx), v = fade (fy);
  int a = self->order[xi & 255], b = self->order[(xi + 1) & 255], row = yi & 255;
  float n00 = slope (self, self->order[a + row], fx, fy);
  float n10 = slope (self, self->order[b + row], fx - 1, fy);
  float n01 = slope (self, self->order[a + ((row + 1) & 255)], fx, fy - 1);
  float n11 = slope (self, self->order[b + ((row + 1) & 255)], fx - 1, fy - 1);
  float top = n00 + (n10 - n00) * u, bottom = n01 + (n11 - n01) * u;

  return (top + (bottom - top) * v) * 1.5f;
}

/* Clouds, dust, rough ground: noise on noise, about -1 to 1. */
double
cs_sketch_noise_fbm (const CsSketchNoise *self, double x, double y, int octaves)
{
  double sum = 0, weight = 0.5;

  for (int i = 0; i < octaves; i++)
    {
      double turned = x * 0.8 - y * 0.6;

      sum += weight * cs_sketch_noise_at (self, x, y);
      weight *= 0.5;
      y = (x * 0.6 + y * 0.8) * 2.03 + 17.3;
      x = turned * 2.03 + 5.1;
    }
  return sum;
}

/* Mountain crests: 0 in the valleys to about 1 on sharp ridges. */
double
cs_sketch_noise_ridge (const CsSketchNoise *self, double x, double y, int octaves)
{
  double sum = 0, weight = 0.5, keep = 1;

  for (int i = 0; i < octaves; i++)
    {
      double n = 1 - fabs (cs_sketch_noise_at (self, x, y));

      n *= n;
      sum += weight * n * keep;
      keep = CLAMP (n * 1.4, 0, 1);
      weight *= 0.5;
      x = x * 2.07 + 11.7;
      y = y * 2.07 + 3.9;
    }
  return sum;
}

/* Distance to the nearest of scattered points, 0 to about 1: pebbles, leaves, cracks. */
double
cs_sketch_noise_cells (const CsSketchNoise *self, double x, double y)
{
  double best = 9;
  int xi = (int) floor (x), yi = (int) floor (y);

  for (int j = -1; j <= 1; j++)
    for (int i = -1; i <= 1; i++)
      {
        guint8 h = self->order[self->order[(xi + i) & 255] + ((yi + j) & 255)];
        double dx = xi + i + 0.5 + self->slope_x[h] * 0.4 - x, dy = yi + j + 0.5 + self->slope_y[h] * 0.4 - y;

        best = MIN (best, dx * dx + dy * dy);
      }
  return sqrt (best);
}
