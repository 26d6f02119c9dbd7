/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-blend.h"

#include <string.h>

/* Rows of premultiplied pixels, four at a time. The vector types are the compiler's own and become whatever
 * the processor has; sums stay in 16 bits. The shuffles are written as interleaves, which every processor
 * has: registers of 32 bytes were tried and won nothing, for memory is what counts. */
typedef guint8 Bytes __attribute__ ((vector_size (16)));
typedef guint16 Words __attribute__ ((vector_size (16)));
typedef gint16 Signed __attribute__ ((vector_size (16)));
typedef guint32 Fours __attribute__ ((vector_size (16)));
typedef guint64 Eights __attribute__ ((vector_size (16)));

/* Four pixels, two in each half, a word for each channel. */
typedef struct
{
  Words low, high;
} Pixels;

#define INTERLEAVE(a, b)                                                                                     \
  __builtin_shufflevector (a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define INTERLEAVE_HIGH(a, b)                                                                                \
  __builtin_shufflevector (a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)

static inline Pixels
unpack (Bytes bytes)
{
  return (Pixels){ (Words) INTERLEAVE (bytes, (Bytes){ 0 }), (Words) INTERLEAVE_HIGH (bytes, (Bytes){ 0 }) };
}

static inline Pixels
load (const guint32 *from)
{
  Bytes bytes;

  memcpy (&bytes, from, 16);
  return unpack (bytes);
}

static inline void
store (guint32 *to, Pixels pixels)
{
  Bytes bytes = __builtin_shufflevector ((Bytes) pixels.low, (Bytes) pixels.high, 0, 2, 4, 6, 8, 10, 12, 14,
                                         16, 18, 20, 22, 24, 26, 28, 30);

  memcpy (to, &bytes, 16);
}

static inline guint32
channel (guint32 pixel, int shift)
{
  return (pixel >> shift) & 255;
}

static inline guint32
mix (guint32 a, guint32 b, guint32 part)
{
  guint32 even = (a & 0xff00ff) * (256 - part) + (b & 0xff00ff) * part;
  guint32 odd = ((a >> 8) & 0xff00ff) * (256 - part) + ((b >> 8) & 0xff00ff) * part;

  return ((even >> 8) & 0xff00ff) | (odd & 0xff00ff00u);
}

/* The row between rows a and b: @part of 256 of the way. */
void
cs_sketch_blend_between (guint32 *to, const guint32 *a, const guint32 *b, int n, int part)
{
  guint16 wb = (guint16) part, wa = (guint16) (256 - part);
  int i = 0;

  if (part == 0)
    {
      memcpy (to, a, (gsize) n * 4);
      return;
    }
  for (; i + 4 <= n; i += 4)
    {
      Pixels above = load (a + i), below = load (b + i);

      store (to + i,
             (Pixels){ (above.low * wa + below.low * wb) >> 8, (above.high * wa + below.high * wb) >> 8 });
    }
  for (; i < n; i++)
    to[i] = mix (a[i], b[i], (guint32) part);
}

/* Moves a row left by @part of 256 of a pixel; reads n + 1 pixels. */
void
cs_sketch_blend_shift (guint32 *to, const guint32 *from, int n, int part)
{
  cs_sketch_blend_between (to, from, from + 1, n, part);
}

/* One pixel between two neighbours, in the low four words. */
static inline Words
between_neighbours (const guint32 *from, gint32 at)
{
  guint16 part = (guint16) ((at >> 8) & 255);
  Words weights = { part, part, part, part, part, part, part, part }, two;
  guint64 both;

  memcpy (&both, from + (at >> 16), 8);
  weights = (weights ^ (Words){ 0xffff, 0xffff, 0xffff, 0xffff, 0, 0, 0, 0 })
            + (Words){ 257, 257, 257, 257, 0, 0, 0, 0 };
  two = (Words) INTERLEAVE ((Bytes) ((Eights){ both, 0 }), (Bytes){ 0 }) * weights;
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
      Words a = between_neighbours (from, at), b = between_neighbours (from, at + step);
      Words c = between_neighbours (from, at + 2 * step), d = between_neighbours (from, at + 3 * step);

      store (to + i, (Pixels){ __builtin_shufflevector (a, b, 0, 1, 2, 3, 8, 9, 10, 11) >> 8,
                               __builtin_shufflevector (c, d, 0, 1, 2, 3, 8, 9, 10, 11) >> 8 });
    }
  for (; i < n; i++, at += step)
    to[i] = mix (from[at >> 16], from[(at >> 16) + 1], (guint32) ((at >> 8) & 255));
}

/* Colours round to the nearest; alpha rounds up, so that what is opaque stays opaque under whatever is laid on it. */
static inline Words
over (Words below, Words above)
{
  const Words rounding = { 127, 127, 127, 255, 127, 127, 127, 255 };
  Words alpha = __builtin_shufflevector (above, above, 3, 3, 3, 3, 7, 7, 7, 7);
  Words sum = above + ((below * (256 - (alpha + (alpha >> 7))) + rounding) >> 8);

  return ((sum | (Words) (sum > 255)) & 255) | (Words){ 0, 0, 0, 255, 0, 0, 0, 255 };
}

static guint32
lay_over (guint32 below, guint32 above, guint32 opacity)
{
  guint32 rest, sum = 0xff000000u;

  above = mix (0, above, opacity);
  rest = 256 - ((above >> 24) + (above >> 31));
  for (int shift = 0; shift < 24; shift += 8)
    {
      guint32 value = channel (above, shift) + ((channel (below, shift) * rest + 127) >> 8);

      sum |= MIN (value, 255) << shift;
    }
  return sum;
}

/* Lays a row over another, which is and stays opaque; @opacity of 256. Colour beyond alpha is light and adds
 * up. */
void
cs_sketch_blend_over (guint32 *to, const guint32 *from, int n, int opacity)
{
  guint16 share = (guint16) opacity;
  int i = 0;

  for (; i + 4 <= n; i += 4)
    {
      Pixels above = load (from + i), below = load (to + i);

      store (to + i, (Pixels){ over (below.low, (above.low * share) >> 8),
                               over (below.high, (above.high * share) >> 8) });
    }
  for (; i < n; i++)
    to[i] = lay_over (to[i], from[i], (guint32) opacity);
}

/* Each of four bytes four times: one value for each pixel becomes one for each of its channels. */
static inline Pixels
spread (const guint8 *from)
{
  guint32 four;
  Bytes bytes;
  Words pairs;

  memcpy (&four, from, 4);
  bytes = (Bytes) ((Fours){ four, 0, 0, 0 });
  pairs = (Words) INTERLEAVE (bytes, bytes);
  return unpack ((Bytes) __builtin_shufflevector (pairs, pairs, 0, 8, 1, 9, 2, 10, 3, 11));
}

static inline Words
finish (Words two, Words shade, Words grain)
{
  Signed sum = (Signed) ((two * (shade + (shade >> 7))) >> 8) + (Signed) (grain - 128);

  sum &= ~(sum < 0);
  return (Words) ((sum | (sum > 255)) & 255) | (Words){ 0, 0, 0, 255, 0, 0, 0, 255 };
}

static guint32
finish_pixel (guint32 pixel, int shade, int grain)
{
  guint32 sum = 0xff000000u;

  for (int shift = 0; shift < 24; shift += 8)
    {
      int value = (((int) channel (pixel, shift) * (shade + (shade >> 7))) >> 8) + grain - 128;

      sum |= (guint32) CLAMP (value, 0, 255) << shift;
    }
  return sum;
}

/**
 * cs_sketch_blend_finish:
 * @shade: one for each pixel: 255 leaves it as it is
 * @grain: one for each pixel: 128 leaves it as it is
 *
 * Darkens pixels, adds grain and makes them opaque.
 */
void
cs_sketch_blend_finish (guint32 *to, const guint8 *shade, const guint8 *grain, int n)
{
  int i = 0;

  for (; i + 4 <= n; i += 4)
    {
      Pixels pixels = load (to + i), shades = spread (shade + i), grains = spread (grain + i);

      store (to + i, (Pixels){ finish (pixels.low, shades.low, grains.low),
                               finish (pixels.high, shades.high, grains.high) });
    }
  for (; i < n; i++)
    to[i] = finish_pixel (to[i], shade[i], grain[i]);
}
