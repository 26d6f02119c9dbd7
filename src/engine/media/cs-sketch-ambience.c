/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one would hear in a scene: waves, wind, rain, birds... all made of noise and of tones, the same for a seed. */
#include "config.h"
#include "media/cs-sketch-sound-private.h"

#include <string.h>

/* The filter that a bed of noise goes through. */
typedef enum
{
  FILTER_LOW,
  FILTER_BAND,
  FILTER_HIGH,
} FilterKind;

/* Noise that swells and sinks, and whose colour goes with it. */
typedef struct
{
  FilterKind kind;
  double low, high;    /* Hz: the filter at the least and at the most */
  double sharpness;    /* of the filter: 0.7 is flat */
  double period;       /* seconds from one swell to the next, about */
  double depth;        /* 0 steady .. 1 silent between swells */
  double level;
} Bed;

/* A state variable filter; one a channel. */
typedef struct
{
  float a1, a2, a3, k;
  float one, two;
} Filter;

static void
filter_set (Filter *self, double hz, double sharpness)
{
  double g = tan (G_PI * CLAMP (hz, 10, CS_SOUND_RATE * 0.45) / CS_SOUND_RATE);

  self->k = 1 / sharpness;
  self->a1 = 1 / (1 + g * (g + self->k));
  self->a2 = g * self->a1;
  self->a3 = g * self->a2;
}

static inline float
filter_next (Filter *self, FilterKind kind, float in)
{
  float three = in - self->two;
  float band = self->a1 * self->one + self->a2 * three;
  float low = self->two + self->a2 * self->one + self->a3 * three;

  self->one = 2 * band - self->one;
  self->two = 2 * low - self->two;
  return kind == FILTER_LOW ? low : kind == FILTER_BAND ? band * self->k : in - self->k * band - low;
}

/* A slow curve between 0 and 1 through random points. */
typedef struct
{
  guint32 chance;
  double from, to;
  double at;     /* 0 .. 1 between them */
  double period; /* seconds */
} Wander;

static void
wander_init (Wander *self, guint64 seed, guint voice, double period)
{
  self->chance = cs_chance_new (seed, voice);
  self->from = cs_chance_between (&self->chance, 0, 0.4);
  self->to = cs_chance_between (&self->chance, 0.6, 1);
  self->at = cs_chance_between (&self->chance, 0, 0.5);
  self->period = period;
}

static double
wander_next (Wander *self, double seconds)
{
  self->at += seconds / self->period;
  if (self->at >= 1)
    {
      self->at = fmod (self->at, 1);
      self->from = self->to;
      self->to = self->from > 0.5 ? cs_chance_between (&self->chance, 0, 0.4)
                                  : cs_chance_between (&self->chance, 0.6, 1);
    }
  return self->from + (self->to - self->from) * (0.5 - 0.5 * cos (G_PI * self->at));
}

/* Both channels have noise of their own, and swell nearly together. */
static void
add_bed (CsTrack *track, guint64 seed, guint voice, const Bed *bed)
{
  for (int channel = 0; channel < 2; channel++)
    {
      guint32 chance = cs_chance_new (seed, voice * 8 + channel);
      Filter filter = { 0 };
      Wander wander;

      wander_init (&wander, seed, voice * 8 + 2, bed->period);
      wander_next (&wander, channel * 0.12 * bed->period);
      for (gsize i = 0; i < track->n; i += CS_TRACK_BLOCK)
        {
          gsize end = MIN (i + CS_TRACK_BLOCK, track->n);
          double swell = wander_next (&wander, (double) CS_TRACK_BLOCK / CS_SOUND_RATE);
          float gain = bed->level * (1 - bed->depth + bed->depth * swell * swell);

          filter_set (&filter, bed->low * pow (bed->high / bed->low, swell), bed->sharpness);
          for (gsize j = i; j < end; j++)
            track->samples[2 * j + channel] += gain * filter_next (&filter, bed->kind, cs_chance_noise (&chance));
        }
    }
}

static void
add_beds (CsTrack *track, guint64 seed, guint voice, double level, const Bed *beds, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      Bed bed = beds[i];

      bed.level *= level;
      add_bed (track, seed, voice + i, &bed);
    }
}

/* A tone that slides, grows and fades: of a bird, of a motor. */
static void
add_chirp (CsTrack *track, double at, double length, double from, double to, double level, double pan)
{
  gsize start = at * CS_SOUND_RATE;
  gsize n = length * CS_SOUND_RATE;
  double phase = 0;
  float left, right;

  cs_pan (pan, &left, &right);
  for (gsize i = 0; i < n && start + i < track->n; i++)
    {
      double share = (double) i / n;
      float value = level * sinf (phase) * (0.5f - 0.5f * cosf (2 * G_PI * share));

      phase += 2 * G_PI * (from + (to - from) * share) / CS_SOUND_RATE;
      if (phase > 2 * G_PI)
        phase -= 2 * G_PI;
      track->samples[2 * (start + i)] += left * value;
      track->samples[2 * (start + i) + 1] += right * value;
    }
}

/* A burst of noise through a filter that fades away: thunder when it is low and long, a crackle when short. */
static void
add_burst (CsTrack *track, guint32 *chance, double at, double attack, double decay, double hz, double level, double pan)
{
  gsize start = at * CS_SOUND_RATE;
  gsize n = (attack + 5 * decay) * CS_SOUND_RATE;
  Filter filter = { 0 };
  float fade = exp (-1 / (decay * CS_SOUND_RATE));
  float rise = 1 / (attack * CS_SOUND_RATE);
  float gain = 0;
  gboolean rising = TRUE;
  float left, right;

  cs_pan (pan, &left, &right);
  filter_set (&filter, hz, 0.9);
  for (gsize i = 0; i < n && start + i < track->n; i++)
    {
      float value = level * gain * filter_next (&filter, FILTER_LOW, cs_chance_noise (chance));

      gain = rising ? gain + rise : gain * fade;
      rising = rising && gain < 1;
      track->samples[2 * (start + i)] += left * value;
      track->samples[2 * (start + i) + 1] += right * value;
    }
}

/* A steady tone of some partials, its loudness beating slowly. The sine is turned step by step, not computed. */
static void
add_tone (CsTrack *track, double hz, double beat, double level, double pan)
{
  double step = 2 * G_PI * hz / CS_SOUND_RATE;
  double turn_cos = cos (step);
  double turn_sin = sin (step);
  double c = 1;
  double s = 0;
  float left, right;

  cs_pan (pan, &left, &right);
  for (gsize i = 0; i < track->n; i += CS_TRACK_BLOCK)
    {
      gsize end = MIN (i + CS_TRACK_BLOCK, track->n);
      float gain = level * (0.7 + 0.3 * sin (2 * G_PI * beat * i / CS_SOUND_RATE));

      for (gsize j = i; j < end; j++)
        {
          double next = c * turn_cos - s * turn_sin;

          s = s * turn_cos + c * turn_sin;
          c = next;
          track->samples[2 * j] += left * gain * (float) s;
          track->samples[2 * j + 1] += right * gain * (float) s;
        }
    }
}

static double
length_of (const CsTrack *track)
{
  return (double) track->n / CS_SOUND_RATE;
}

static void
add_sea (CsTrack *track, guint64 seed, double level)
{
  static const Bed beds[] = {
    { FILTER_LOW, 160, 420, 0.7, 2.6, 0.6, 0.55 },   /* the body of the wave */
    { FILTER_BAND, 700, 2600, 0.7, 2.6, 0.92, 0.5 }, /* its foam */
    { FILTER_HIGH, 4200, 3200, 0.7, 3.4, 0.85, 0.07 },
  };

  add_beds (track, seed, 10, level, beds, G_N_ELEMENTS (beds));
}

static void
add_wind (CsTrack *track, guint64 seed, double level)
{
  static const Bed beds[] = {
    { FILTER_BAND, 180, 620, 2.5, 1.7, 0.75, 0.55 },
    { FILTER_BAND, 420, 1500, 5, 2.3, 0.9, 0.14 },
  };

  add_beds (track, seed, 20, level, beds, G_N_ELEMENTS (beds));
}

static void
add_rain (CsTrack *track, guint64 seed, double level)
{
  static const Bed beds[] = {
    { FILTER_HIGH, 2200, 2600, 0.7, 2.9, 0.25, 0.13 },
    { FILTER_BAND, 900, 1200, 0.6, 3.7, 0.3, 0.16 },
  };
  guint32 chance = cs_chance_new (seed, 30);

  add_beds (track, seed, 31, level, beds, G_N_ELEMENTS (beds));
  for (int i = 0; i < length_of (track) * 22 * level; i++)
    {
      double at = cs_chance_between (&chance, 0, length_of (track));
      double hz = cs_chance_between (&chance, 1400, 4200);

      add_chirp (track, at, 0.012, hz, hz * 1.3, level * cs_chance_between (&chance, 0.02, 0.12),
                 cs_chance_between (&chance, -0.9, 0.9));
    }
}

/* A clap, then the rolls that come back from far. */
static void
add_thunder (CsTrack *track, guint64 seed, double level)
{
  guint32 chance = cs_chance_new (seed, 40);
  double length = length_of (track);

  for (double at = 0.12 * length; at < 0.8 * length; at += cs_chance_between (&chance, 3.2, 5))
    {
      double pan = cs_chance_between (&chance, -0.5, 0.5);

      for (int roll = 0; roll < 5; roll++)
        add_burst (track, &chance, at + roll * cs_chance_between (&chance, 0.15, 0.4), 0.03 + 0.05 * roll,
                   0.35 + 0.12 * roll, 240 - 35 * roll, level * (2.2 - 0.3 * roll), pan * (1 - 0.15 * roll));
    }
}

static void
add_city (CsTrack *track, guint64 seed, double level)
{
  static const Bed beds[] = {
    { FILTER_LOW, 110, 190, 0.7, 3.1, 0.35, 0.8 },
    { FILTER_BAND, 320, 700, 0.8, 1.9, 0.8, 0.16 }, /* cars that pass */
  };

  add_beds (track, seed, 50, level, beds, G_N_ELEMENTS (beds));
  add_tone (track, 98, 0.21, level * 0.018, -0.3);
  add_tone (track, 147.6, 0.13, level * 0.01, 0.4);
}

/* Phrases of two to five notes, each bird at its own place. */
static void
add_birds (CsTrack *track, guint64 seed, double level)
{
  guint32 chance = cs_chance_new (seed, 60);
  double length = length_of (track);

  for (double at = 0.4; at < length - 0.6; at += cs_chance_between (&chance, 0.45, 1.5) / (0.4 + 0.6 * level))
    {
      double pan = cs_chance_between (&chance, -0.8, 0.8);
      double hz = cs_chance_between (&chance, 2300, 4600);
      double note = cs_chance_between (&chance, 0.06, 0.14);
      int n = 2 + cs_chance_next (&chance) % 4;
      double loud = level * cs_chance_between (&chance, 0.05, 0.15);

      for (int i = 0; i < n; i++)
        add_chirp (track, at + i * note * 1.5, note, hz, hz * cs_chance_between (&chance, 0.75, 1.35), loud, pan);
    }
}

/* Each cricket has its pitch and its rhythm: three quick pulses, a rest. */
static void
add_crickets (CsTrack *track, guint64 seed, double level)
{
  guint32 chance = cs_chance_new (seed, 70);

  for (int cricket = 0; cricket < 3; cricket++)
    {
      double hz = cs_chance_between (&chance, 3900, 4900);
      double rest = cs_chance_between (&chance, 0.42, 0.75);
      double pan = cs_chance_between (&chance, -0.9, 0.9);

      for (double at = cs_chance_between (&chance, 0, 0.5); at < length_of (track); at += rest)
        for (int pulse = 0; pulse < 3; pulse++)
          add_chirp (track, at + pulse * 0.034, 0.026, hz, hz * 1.01, level * 0.055, pan);
    }
}

static void
add_fire (CsTrack *track, guint64 seed, double level)
{
  static const Bed beds[] = {
    { FILTER_LOW, 120, 260, 0.7, 0.7, 0.5, 0.5 },
    { FILTER_BAND, 500, 1100, 0.7, 0.45, 0.6, 0.06 },
  };
  guint32 chance = cs_chance_new (seed, 80);

  add_beds (track, seed, 81, level, beds, G_N_ELEMENTS (beds));
  for (int i = 0; i < length_of (track) * 14; i++)
    {
      double at = cs_chance_between (&chance, 0, length_of (track));
      double strength = cs_chance_between (&chance, 0.3, 1);

      add_burst (track, &chance, at, 0.0006, 0.0015 + 0.004 * strength, cs_chance_between (&chance, 1500, 6000),
                 level * 0.7 * strength * strength, cs_chance_between (&chance, -0.6, 0.6));
    }
}

/* A motor: a hum with its partials, and a small servo now and then. */
static void
add_machine (CsTrack *track, guint64 seed, double level)
{
  static const Bed beds[] = {
    { FILTER_BAND, 700, 900, 3, 1.3, 0.3, 0.05 },
  };
  guint32 chance = cs_chance_new (seed, 90);
  double hz = cs_chance_between (&chance, 50, 62);

  add_beds (track, seed, 91, level, beds, G_N_ELEMENTS (beds));
  for (int partial = 1; partial <= 4; partial++)
    add_tone (track, hz * partial, 0.3 * partial, level * 0.09 / partial, partial % 2 != 0 ? -0.2 : 0.2);
  for (double at = 0.6; at < length_of (track) - 0.5; at += cs_chance_between (&chance, 0.8, 1.9))
    {
      double from = cs_chance_between (&chance, 260, 700);

      add_chirp (track, at, cs_chance_between (&chance, 0.12, 0.3), from, from * cs_chance_between (&chance, 0.7, 1.8),
                 level * 0.03, cs_chance_between (&chance, -0.7, 0.7));
    }
}

static void
add_space (CsTrack *track, guint64 seed, double level)
{
  static const Bed beds[] = {
    { FILTER_LOW, 70, 150, 1.2, 4.1, 0.5, 0.7 },
    { FILTER_BAND, 1500, 3400, 6, 3.3, 0.9, 0.035 },
  };
  guint32 chance = cs_chance_new (seed, 100);
  double hz = cs_chance_between (&chance, 52, 58);

  add_beds (track, seed, 101, level, beds, G_N_ELEMENTS (beds));
  add_tone (track, hz, 0.11, level * 0.12, -0.4);
  add_tone (track, hz * 1.004, 0.17, level * 0.12, 0.4);
  add_tone (track, hz * 1.5, 0.07, level * 0.06, 0);
}

/**
 * cs_sketch_ambience_add:
 *
 * Adds to @track what is heard in the scene of @mood. Each source is brought to the place it has in the whole: what
 * never stops lies lower than it could, what comes and goes stands out.
 */
void
cs_sketch_ambience_add (CsTrack *track, const CsSketchMood *mood)
{
  const struct
  {
    double level;
    void (*add) (CsTrack *, guint64, double);
    float gain;
  } sources[] = {
    { mood->sea, add_sea, 2.8f },     { mood->wind, add_wind, 7.5f },         { mood->rain, add_rain, 2.0f },
    { mood->thunder, add_thunder, 5 }, { mood->city, add_city, 4 },           { mood->birds, add_birds, 2.4f },
    { mood->crickets, add_crickets, 3 }, { mood->fire, add_fire, 3.5f },      { mood->machine, add_machine, 2 },
    { mood->space, add_space, 1.6f },
  };
  g_autofree float *samples = g_new (float, 2 * track->n + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      CsTrack own = { samples, track->n };

      if (sources[i].level < 0.01)
        continue;
      memset (samples, 0, 2 * track->n * sizeof (float));
      sources[i].add (&own, mood->seed, MIN (sources[i].level, 1));
      for (gsize j = 0; j < 2 * track->n; j++)
        track->samples[j] += sources[i].gain * samples[j];
    }
}
