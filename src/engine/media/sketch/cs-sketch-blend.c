/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-blend.h"

#include <string.h>

/* Rows of premultiplied pixels, two or four at a time. The vector types are the compiler's own and become whatever
 * the processor has; sums stay in 16 bits. */
typedef guint8 Bytes16 __attribute__ ((vector_size (16)));
typedef guint16 Words8 __attribute__ ((vector_size (16)));
typedef gint16 Signed8 __attribute__ ((vector_size (16)));
typedef guint64 Longs2 __attribute__ ((vector_size (16)));

#define LOW_HALF(bytes) \
  ((Words8) __builtin_shufflevector (bytes, (Bytes16) { 0 }, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23))
#define HIGH_HALF(bytes) \
  ((Words8) __builtin_shufflevector (bytes, (Bytes16) { 0 }, 8, 16, 9, 17, 10, 18, 11, 19, 12, 20, 13, 21, 14, 22, \
                                     15, 23))
#define JOIN(low, high) \
  __builtin_shufflevector ((Bytes16) (low), (Bytes16) (high), 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)

static inline Bytes16
load_bytes (const guint32 *from)
{
  Bytes16 bytes;

  memcpy (&bytes, from, 16);
  return bytes;
}

static inline void
store_bytes (guint32 *to, Bytes16 bytes)
{
  memcpy (to, &bytes, 16);
}

static inline Words8
load_two (const guint32 *from)
{
  guint64 both;

  memcpy (&both, from, 8);
  return LOW_HALF ((Bytes16) ((Longs2) { both, 0 }));
}

static inline Words8
load_one (const guint32 *from)
{
  return LOW_HALF ((Bytes16) ((Longs2) { *from, 0 }));
}

static inline void
store_one (guint32 *to, Words8 words)
{
  Longs2 both = (Longs2) JOIN (words, words);

  *to = (guint32) both[0];
}

static inline Words8
spread (int value)
{
  guint16 v = (guint16) value;

  return (Words8) { v, v, v, v, v, v, v, v };
}

/* The row between rows a and b: @part of 256 of the way. */
void
cs_sketch_blend_between (guint32 *to, const guint32 *a, const guint32 *b, int n, int part)
{
  Words8 wb = spread (part), wa = spread (256 - part);
  int i = 0;

  if (part == 0)
    {
      memcpy (to, a, (gsize) n * 4);
      return;
    }
  for (; i + 4 <= n; i += 4)
    {
      Bytes16 above = load_bytes (a + i), below = load_bytes (b + i);

      store_bytes (to + i, JOIN ((LOW_HALF (above) * wa + LOW_HALF (below) * wb) >> 8,
                                 (HIGH_HALF (above) * wa + HIGH_HALF (below) * wb) >> 8));
    }
  for (; i < n; i++)
    store_one (to + i, (load_one (a + i) * wa + load_one (b + i) * wb) >> 8);
}

/* Moves a row left by @part of 256 of a pixel; reads n + 1 pixels. */
void
cs_sketch_blend_shift (guint32 *to, const guint32 *from, int n, int part)
{
  cs_sketch_blend_between (to, from, from + 1, n, part);
}

/* One pixel between two neighbours, in the low four words. */
static inline Words8
between_neighbours (const guint32 *from, gint32 at)
{
  guint16 part = (guint16) ((at >> 8) & 255);
  Words8 weights = (spread (part) ^ (Words8) { 0xffff, 0xffff, 0xffff, 0xffff, 0, 0, 0, 0 })
                   + (Words8) { 257, 257, 257, 257, 0, 0, 0, 0 };
  Words8 two = load_two (from + (at >> 16)) * weights;

  return two + __builtin_shufflevector (two, two, 4, 5, 6, 7, 4, 5, 6, 7);
}

/* Scales a row: pixel i is read at start + i * step, in 65536ths of a pixel. */
void
cs_sketch_blend_stretch (guint32 *to, const guint32 *from, int n, gint32 start, gint32 step)
{
  gint32 at = start;
  int i = 0;

  for (; i + 4 <= n; i += 4, at += 4 * step)
    {
      Words8 a = between_neighbours (from, at), b = between_neighbours (from, at + step);
      Words8 c = between_neighbours (from, at + 2 * step), d = between_neighbours (from, at + 3 * step);

      store_bytes (to + i, JOIN (__builtin_shufflevector (a, b, 0, 1, 2, 3, 8, 9, 10, 11) >> 8,
                                 __builtin_shufflevector (c, d, 0, 1, 2, 3, 8, 9, 10, 11) >> 8));
    }
  for (; i < n; i++, at += step)
    store_one (to + i, between_neighbours (from, at) >> 8);
}

/* Colours round to the nearest; alpha rounds up, so that what is opaque stays opaque under whatever is laid on it. */
static inline Words8
over (Words8 below, Words8 above)
{
  const Words8 rounding = { 127, 127, 127, 255, 127, 127, 127, 255 };
  Words8 alpha = __builtin_shufflevector (above, above, 3, 3, 3, 3, 7, 7, 7, 7);
  Words8 sum = above + ((below * (256 - (alpha + (alpha >> 7))) + rounding) >> 8);
  Words8 too_much = (Words8) (sum > 255);

  return (sum | too_much) & 255;
}

/* Lays a row over another; @opacity of 256. Colour beyond alpha is light and adds up. */
void
cs_sketch_blend_over (guint32 *to, const guint32 *from, int n, int opacity)
{
  Words8 share = spread (opacity);
  int i = 0;

  for (; i + 4 <= n; i += 4)
    {
      Bytes16 above = load_bytes (from + i), below = load_bytes (to + i);

      store_bytes (to + i, JOIN (over (LOW_HALF (below), (LOW_HALF (above) * share) >> 8),
                                 over (HIGH_HALF (below), (HIGH_HALF (above) * share) >> 8)));
    }
  for (; i < n; i++)
    store_one (to + i, over (load_one (to + i), (load_one (from + i) * share) >> 8));
}

/* Two pixels times their shades; grain is 128 for none. */
static inline Words8
finish (Words8 two, Words8 shade, Words8 grain)
{
  Signed8 sum = (Signed8) ((two * (shade + (shade >> 7))) >> 8) + (Signed8) (grain - 128);

  sum &= ~(sum < 0);
  return (Words8) ((sum | (sum > 255)) & 255);
}

static inline Words8
load_four_bytes (const guint8 *from)
{
  guint32 four;

  memcpy (&four, from, 4);
  return load_one (&four);
}

#define FIRST_TWO(words) __builtin_shufflevector (words, words, 0, 0, 0, 0, 1, 1, 1, 1)
#define LAST_TWO(words) __builtin_shufflevector (words, words, 2, 2, 2, 2, 3, 3, 3, 3)

/**
 * cs_sketch_blend_finish:
 * @shade: one for each pixel: 255 leaves it as it is
 * @grain: one for each pixel: 128 leaves it as it is
 *
 * Makes pixels opaque, darkens them and adds grain.
 */
void
cs_sketch_blend_finish (guint32 *to, const guint8 *shade, const guint8 *grain, int n)
{
  const Bytes16 opaque = { 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255 };
  int i = 0;

  for (; i + 4 <= n; i += 4)
    {
      Words8 shades = load_four_bytes (shade + i), grains = load_four_bytes (grain + i);
      Bytes16 four = load_bytes (to + i);

      four = JOIN (finish (LOW_HALF (four), FIRST_TWO (shades), FIRST_TWO (grains)),
                   finish (HIGH_HALF (four), LAST_TWO (shades), LAST_TWO (grains)));
      store_bytes (to + i, four | opaque);
    }
  for (; i < n; i++)
    {
      store_one (to + i, finish (load_one (to + i), spread (shade[i]), spread (grain[i])));
      to[i] |= 0xff000000u;
    }
}
