/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A small, fast stream of random numbers (PCG32): a plain value, the same on every machine for one seed. */
typedef struct
{
  guint64 state;
} CsSketchRandom;

/* Starts a stream; streams of one seed with different salts have nothing in common. */
static inline void
cs_sketch_random_init (CsSketchRandom *self, guint64 seed, guint64 salt)
{
  self->state = (seed ^ (salt * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15))) + G_GUINT64_CONSTANT (0x853c49e6748fea9b);
  self->state = self->state * G_GUINT64_CONSTANT (6364136223846793005) + G_GUINT64_CONSTANT (1442695040888963407);
}

static inline guint32
cs_sketch_random_next (CsSketchRandom *self)
{
  guint64 old = self->state;
  guint32 shifted = (guint32) (((old >> 18) ^ old) >> 27);
  guint32 turn = (guint32) (old >> 59);

  self->state = old * G_GUINT64_CONSTANT (6364136223846793005) + G_GUINT64_CONSTANT (1442695040888963407);
  return (shifted >> turn) | (shifted << ((32 - turn) & 31));
}

/* 0 <= value < 1 */
static inline double
cs_sketch_random_double (CsSketchRandom *self)
{
  return cs_sketch_random_next (self) * (1.0 / 4294967296.0);
}

static inline double
cs_sketch_random_range (CsSketchRandom *self, double low, double high)
{
  return low + (high - low) * cs_sketch_random_double (self);
}

/* 0 <= value < n */
static inline int
cs_sketch_random_int (CsSketchRandom *self, int n)
{
  return n <= 1 ? 0 : (int) (((guint64) cs_sketch_random_next (self) * (guint64) n) >> 32);
}

static inline gboolean
cs_sketch_random_chance (CsSketchRandom *self, double share)
{
  return cs_sketch_random_double (self) < share;
}

/* A well mixed number for a place or a moment: no state. */
static inline guint32
cs_sketch_hash (guint32 x, guint32 y)
{
  guint32 h = x * 0x9e3779b1u ^ (y * 0x85ebca77u + 0x27d4eb2fu);

  h ^= h >> 15;
  h *= 0x2c1b3c6du;
  h ^= h >> 12;
  h *= 0x297a2d39u;
  h ^= h >> 15;
  return h;
}

/* The same as 0 <= value < 1. */
static inline double
cs_sketch_hash_double (guint32 x, guint32 y)
{
  return cs_sketch_hash (x, y) * (1.0 / 4294967296.0);
}

G_END_DECLS
