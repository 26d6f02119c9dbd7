/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/cs-sketch-sound.h"
#include "media/cs-video-encoder.h"

#include <math.h>

G_BEGIN_DECLS

/* Slow values (loudness, filters) are computed once for so many samples. */
#define CS_TRACK_BLOCK 64

/* Stereo sound that is being made: @n samples of two channels in turn. Everything adds to it. */
typedef struct
{
  float *samples;
  gsize n;
} CsTrack;

void cs_sketch_ambience_add (CsTrack *track, const CsSketchMood *mood);
void cs_sketch_music_add    (CsTrack *track, const CsSketchMood *mood);

/* A source of chance of its own for every voice, so that one more voice changes no other. */
static inline guint32
cs_chance_new (guint64 seed, guint voice)
{
  guint64 x = seed + (voice + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  x ^= x >> 31;
  return (guint32) x != 0 ? (guint32) x : 1;
}

static inline guint32
cs_chance_next (guint32 *chance)
{
  *chance ^= *chance << 13;
  *chance ^= *chance >> 17;
  *chance ^= *chance << 5;
  return *chance;
}

/* -1 .. 1, white. */
static inline float
cs_chance_noise (guint32 *chance)
{
  return (gint32) cs_chance_next (chance) * (1.0f / 2147483648.0f);
}

static inline double
cs_chance_between (guint32 *chance, double low, double high)
{
  return low + (high - low) * (cs_chance_next (chance) / 4294967296.0);
}

/* Equal loudness from left (-1) to right (1). */
static inline void
cs_pan (double pan, float *left, float *right)
{
  *left = cos ((pan + 1) * G_PI / 4);
  *right = sin ((pan + 1) * G_PI / 4);
}

G_END_DECLS
