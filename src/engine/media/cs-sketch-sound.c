/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound of a Sketch video: what the scene sounds like under a few chords, brought to an even loudness. */
#include "config.h"
#include "media/cs-sketch-sound-private.h"

/* -20 dBFS on the whole, no sample over -3 dBFS. */
#define LOUDNESS 0.1
#define CEILING 0.7079f
#define KNEE 0.5f

/* Slow drifts below what one hears would only cost loudness. */
static void
remove_offset (CsTrack *track, int channel)
{
  float keep = exp (-2 * G_PI * 24 / CS_SOUND_RATE);
  float last_in = 0;
  float last_out = 0;

  for (gsize i = 0; i < track->n; i++)
    {
      float in = track->samples[2 * i + channel];

      last_out = keep * (last_out + in - last_in);
      last_in = in;
      track->samples[2 * i + channel] = last_out;
    }
}

static void
fade (CsTrack *track)
{
  gsize rise = MIN (track->n / 4, (gsize) (0.7 * CS_SOUND_RATE));
  gsize fall = MIN (track->n / 4, (gsize) (1.2 * CS_SOUND_RATE));

  for (gsize i = 0; i < MAX (rise, fall); i++)
    {
      float in = i < rise ? 0.5 - 0.5 * cos (G_PI * i / rise) : 1;
      float out = i < fall ? 0.5 - 0.5 * cos (G_PI * i / fall) : 1;

      for (int channel = 0; channel < 2; channel++)
        {
          track->samples[2 * i + channel] *= in;
          track->samples[2 * (track->n - 1 - i) + channel] *= out;
        }
    }
}

/* As loud as the peaks let it be, near the loudness wanted; what still stands out is bent, not cut. */
static void
level (CsTrack *track)
{
  double sum = 0;
  float peak = 0;
  double wanted;
  float gain;

  for (gsize i = 0; i < 2 * track->n; i++)
    {
      sum += (double) track->samples[i] * track->samples[i];
      peak = MAX (peak, fabsf (track->samples[i]));
    }
  if (peak <= 0)
    return;

  wanted = LOUDNESS / sqrt (sum / (2 * track->n));
  gain = CLAMP (CEILING / peak, wanted * 0.8, wanted * 1.2);
  for (gsize i = 0; i < 2 * track->n; i++)
    {
      float value = track->samples[i] * gain;

      if (fabsf (value) > KNEE)
        value = copysignf (KNEE + (CEILING - KNEE) * tanhf ((fabsf (value) - KNEE) / (CEILING - KNEE)), value);
      track->samples[i] = value;
    }
}

/**
 * cs_sketch_sound_render:
 * @mood: what is heard; the same mood gives the same samples
 * @seconds: how long
 *
 * Takes about a hundredth of the time it plays. Any thread.
 */
GBytes *
cs_sketch_sound_render (const CsSketchMood *mood, double seconds)
{
  CsTrack track = { .n = MAX (0, llround (seconds * CS_SOUND_RATE)) };

  g_return_val_if_fail (mood != NULL && seconds >= 0 && seconds <= 3600, NULL);

  track.samples = g_new0 (float, 2 * track.n + 1);
  cs_sketch_ambience_add (&track, mood);
  cs_sketch_music_add (&track, mood);
  remove_offset (&track, 0);
  remove_offset (&track, 1);
  fade (&track);
  level (&track);
  return g_bytes_new_take (track.samples, 2 * track.n * sizeof (float));
}
