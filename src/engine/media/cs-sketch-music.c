/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few quiet chords under the scene: a pad, a bass and plucked notes, in a room. Major or minor by its brightness. */
#include "config.h"
#include "media/cs-sketch-sound-private.h"

#define TABLE 2048
#define N_CHORDS 4

/* Under the scene, not over it. */
#define LEVEL 0.42f

/* Steps of the scale on which the chords of a progression stand. */
static const int major_progressions[][N_CHORDS] = { { 0, 4, 5, 3 }, { 0, 5, 3, 4 }, { 3, 0, 4, 5 }, { 0, 2, 3, 4 } };
static const int minor_progressions[][N_CHORDS] = { { 0, 5, 2, 6 }, { 0, 3, 5, 4 }, { 0, 5, 3, 0 }, { 5, 3, 0, 4 } };

/* One period of the pad's tone, of the pluck's, and of a sine. */
typedef struct
{
  float pad[TABLE + 1];
  float pluck[TABLE + 1];
  float sine[TABLE + 1];
} Tables;

/* What is played; a plain value. */
typedef struct
{
  double root;           /* Hz of the scale's first note */
  gboolean is_major;
  const int *chords;     /* N_CHORDS steps */
  double chord_length;   /* seconds */
  double step;           /* seconds between plucked notes */
  double brightness, energy;
} Score;

static const Tables *
get_tables (void)
{
  static gsize ready;
  static Tables tables;

  if (g_once_init_enter (&ready))
    {
      for (int i = 0; i <= TABLE; i++)
        {
          double x = 2 * G_PI * i / TABLE;

          tables.sine[i] = sin (x);
          tables.pluck[i] = 0.8 * sin (x) + 0.22 * sin (2 * x) + 0.08 * sin (3 * x) + 0.03 * sin (5 * x);
          tables.pad[i] = 0;
          for (int partial = 1; partial <= 9; partial++)
            tables.pad[i] += 0.7 * sin (partial * x) / pow (partial, 1.7);
        }
      g_once_init_leave (&ready, 1);
    }
  return &tables;
}

static inline float
look_up (const float *table, double phase)
{
  double at = phase * TABLE;
  int index = at;
  float share = at - index;

  return table[index] + (table[index + 1] - table[index]) * share;
}

/* The frequency of a step of the scale; steps go on above the octave. */
static double
note_hz (const Score *score, int step)
{
  static const int major[] = { 0, 2, 4, 5, 7, 9, 11 };
  static const int minor[] = { 0, 2, 3, 5, 7, 8, 10 };
  int halves = (score->is_major ? major : minor)[step % 7] + 12 * (step / 7);

  return score->root * pow (2, halves / 12.0);
}

static void
compose (Score *score, const CsSketchMood *mood, double seconds)
{
  guint32 chance = cs_chance_new (mood->seed, 1);
  double beat;

  score->brightness = CLAMP (mood->brightness, 0, 1);
  score->energy = CLAMP (mood->energy, 0, 1);
  score->is_major = score->brightness >= 0.5;
  score->root = 110 * pow (2, (cs_chance_next (&chance) % 12) / 12.0);
  if (score->root > 165)
    score->root /= 2;
  score->chords = score->is_major ? major_progressions[cs_chance_next (&chance) % G_N_ELEMENTS (major_progressions)]
                                  : minor_progressions[cs_chance_next (&chance) % G_N_ELEMENTS (minor_progressions)];
  score->chord_length = seconds / (seconds > 7 ? 4 : 3);
  beat = score->energy > 0.66 ? 8 : score->energy > 0.33 ? 6 : 4;
  score->step = score->chord_length / beat;
}

/* One held note of two slightly different voices, left and right. It grows, stays, and fades into the next chord. */
static void
add_held (CsTrack *track, const float *table, double hz, double at, double length, double level, double drift)
{
  gsize start = at * CS_SOUND_RATE;
  gsize n = MIN ((gsize) ((length + 0.7) * CS_SOUND_RATE), track->n - MIN (start, track->n));
  double steps[2] = { hz * (1 - drift) / CS_SOUND_RATE, hz * (1 + drift) / CS_SOUND_RATE };
  double phases[2] = { 0, 0.37 };

  for (gsize i = 0; i < n; i += CS_TRACK_BLOCK)
    {
      gsize end = MIN (i + CS_TRACK_BLOCK, n);
      double second = (double) i / CS_SOUND_RATE;
      double rise = MIN (second / 0.7, 1);
      double fall = CLAMP ((length + 0.7 - second) / 0.7, 0, 1);
      float gain = level * (0.5 - 0.5 * cos (G_PI * rise)) * fall * fall;

      for (gsize j = start + i; j < start + end; j++)
        for (int channel = 0; channel < 2; channel++)
          {
            track->samples[2 * j + channel] += gain * look_up (table, phases[channel]);
            phases[channel] += steps[channel];
            if (phases[channel] >= 1)
              phases[channel] -= 1;
          }
    }
}

static void
add_pluck (CsTrack *track, const float *table, double hz, double at, double decay, double level, double pan)
{
  gsize start = at * CS_SOUND_RATE;
  gsize n = 6 * decay * CS_SOUND_RATE;
  double step = hz / CS_SOUND_RATE;
  double phase = 0;
  float fade = exp (-1 / (decay * CS_SOUND_RATE));
  float gain = level;
  float left, right;

  cs_pan (pan, &left, &right);
  for (gsize i = 0; i < n && start + i < track->n; i++)
    {
      float value = gain * look_up (table, phase) * MIN (i / 200.0f, 1);

      gain *= fade;
      phase += step;
      if (phase >= 1)
        phase -= 1;
      track->samples[2 * (start + i)] += left * value;
      track->samples[2 * (start + i) + 1] += right * value;
    }
}

static void
play_chords (CsTrack *track, const Score *score, double seconds)
{
  const Tables *tables = get_tables ();
  double level = 0.05 + 0.02 * score->brightness;

  for (int i = 0; i * score->chord_length < seconds - 0.1; i++)
    {
      int step = score->chords[i % N_CHORDS];
      double at = i * score->chord_length;

      add_held (track, tables->sine, note_hz (score, step) / 2, at, score->chord_length, 0.13, 0);
      for (int note = 0; note < 3; note++)
        add_held (track, tables->pad, note_hz (score, step + 2 * note) * (note == 0 ? 2 : 1), at, score->chord_length,
                  level, 0.0017);
    }
}

/* Notes of the chord, up and down, some left out. */
static void
play_arpeggio (CsTrack *track, const Score *score, guint64 seed, double seconds)
{
  static const int shape[] = { 0, 2, 4, 7, 4, 2, 9, 7 };
  const Tables *tables = get_tables ();
  guint32 chance = cs_chance_new (seed, 2);

  for (int i = 0; i * score->step < seconds - 0.8; i++)
    {
      double at = i * score->step;
      int chord = (int) (at / score->chord_length + 0.001);
      int step = score->chords[chord % N_CHORDS] + shape[i % G_N_ELEMENTS (shape)];
      double pan = cs_chance_between (&chance, -0.5, 0.5);

      if (cs_chance_between (&chance, 0, 1) < 0.8 - 0.35 * score->energy && i % 4 != 0)
        continue;
      add_pluck (track, tables->pluck, note_hz (score, step) * 2, at, 0.3 + 0.25 * (1 - score->energy),
                 0.05 + 0.05 * score->energy, pan);
    }
}

/* A room: four echoes that feed themselves and lose their highs, then two that only blur. One set a channel. */
typedef struct
{
  float *line;
  int length, at;
  float held;
} Echo;

static inline float
echo_comb (Echo *self, float in)
{
  float out = self->line[self->at];

  self->held = out * 0.72f + self->held * 0.28f;
  self->line[self->at] = in + self->held * 0.81f;
  if (++self->at == self->length)
    self->at = 0;
  return out;
}

static inline float
echo_blur (Echo *self, float in)
{
  float old = self->line[self->at];
  float out = old - in;

  self->line[self->at] = in + old * 0.5f;
  if (++self->at == self->length)
    self->at = 0;
  return out;
}

static void
add_room (CsTrack *track, int channel, float wet)
{
  static const int lengths[] = { 1687, 1801, 2053, 2251, 607, 241 };
  Echo echoes[G_N_ELEMENTS (lengths)] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      echoes[i].length = lengths[i] + channel * 29;
      echoes[i].line = g_new0 (float, echoes[i].length);
    }
  for (gsize i = 0; i < track->n; i++)
    {
      float in = track->samples[2 * i + channel];
      float out = 0;

      for (int j = 0; j < 4; j++)
        out += echo_comb (&echoes[j], in);
      out = echo_blur (&echoes[5], echo_blur (&echoes[4], out * 0.25f));
      track->samples[2 * i + channel] = in + wet * out;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    g_free (echoes[i].line);
}

/**
 * cs_sketch_music_add:
 *
 * Adds the music of @mood to @track.
 */
void
cs_sketch_music_add (CsTrack *track, const CsSketchMood *mood)
{
  double seconds = (double) track->n / CS_SOUND_RATE;
  g_autofree float *samples = g_new0 (float, track->n * 2);
  CsTrack own = { samples, track->n };
  Score score;

  compose (&score, mood, seconds);
  play_chords (&own, &score, seconds);
  play_arpeggio (&own, &score, mood->seed, seconds);
  for (int channel = 0; channel < 2; channel++)
    add_room (&own, channel, 0.9f);
  for (gsize i = 0; i < 2 * track->n; i++)
    track->samples[i] += LEVEL * samples[i];
}
