/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-style.h"

#include "media/sketch/cs-sketch-random.h"

#include <string.h>

#define N_WHIRLS 9

/* A painting while it is made: what is painted, and how brushes turn. Lives during one call. */
typedef struct
{
  const CsSketchLook *look;
  const CsSketchPixels *canvas;
  CsSketchPixels model; /* what the painter sees: a copy, a little soft */
  CsSketchPixels edges; /* the same, softer: where shapes turn */
  CsSketchBox box;
  CsSketchKind kind;
  CsSketchRandom random;
  double whirls[N_WHIRLS][3];
} Painting;

/* One stroke of a brush; lengths in pixels. */
typedef struct
{
  double x, y, c, s, half_length, half_width, bend;
  guint8 color[4];
  guint32 seed;
} Stroke;

/* One round over the sheet with one brush. */
typedef struct
{
  double width, length; /* units */
  double density;
  int min_change; /* only where the sheet differs so much from the model; 0 everywhere */
} Brush;

static CsSketchPixels
copy_pixels (const CsSketchPixels *pixels, const CsSketchBox *box)
{
  CsSketchPixels copy = { NULL, box->width * 4, box->width, box->height };

  copy.data = g_malloc ((gsize) copy.stride * copy.height);
  for (int y = 0; y < box->height; y++)
    memcpy (copy.data + (gsize) y * copy.stride,
            pixels->data + (gsize) (box->y + y) * pixels->stride + (gsize) box->x * 4, copy.stride);
  return copy;
}

static inline const guint8 *
at (const CsSketchPixels *pixels, int x, int y)
{
  return pixels->data + (gsize) CLAMP (y, 0, pixels->height - 1) * pixels->stride
         + (gsize) CLAMP (x, 0, pixels->width - 1) * 4;
}

static inline int
tone (const guint8 *pixel)
{
  return pixel[0] + pixel[1] * 3 + pixel[2] * 2 + pixel[3] * 2;
}

static void
place_whirls (Painting *self)
{
  for (int i = 0; i < N_WHIRLS; i++)
    {
      self->whirls[i][0] = (i + cs_sketch_random_double (&self->random)) / N_WHIRLS * self->box.width;
      self->whirls[i][1] = cs_sketch_random_double (&self->random) * self->box.height * 0.7;
      self->whirls[i][2] = (i & 1 ? 1 : -1) * cs_sketch_random_range (&self->random, 0.6, 1.2);
    }
}

/* The air that a painter sees turning: around a few centres, and along between them. */
static double
get_whirl_angle (const Painting *self, double x, double y)
{
  double vx = 1.1, vy = 0.25 * sin (x / self->look->unit * 5), reach = self->look->unit * 0.20;

  for (int i = 0; i < N_WHIRLS; i++)
    {
      double dx = x - self->whirls[i][0], dy = y - self->whirls[i][1], d = sqrt (dx * dx + dy * dy) + 1;
      double pull = self->whirls[i][2] * exp (-d / reach) * 4.5;

      vx -= dy / d * pull;
      vy += dx / d * pull;
    }
  return atan2 (vy, vx);
}

/* Bright and dark bands that run with the turning air: -1 to 1. */
static double
get_whirl_band (const Painting *self, double x, double y)
{
  double unit = self->look->unit, best = G_MAXDOUBLE;

  for (int i = 0; i < N_WHIRLS; i++)
    best = MIN (best, hypot (x - self->whirls[i][0], y - self->whirls[i][1]));
  if (best < unit * 0.17)
    return sin (best / unit * 150);
  return sin ((y / unit + 0.06 * sin (x / unit * 4)) * 95
              + 2 * cs_sketch_noise_at (self->look->noise, x / unit * 2, y / unit * 2));
}

/* Along the edges of shapes; where there are none, as the subject asks. */
static double
get_angle (const Painting *self, int x, int y)
{
  int r = MAX (2, (int) (self->look->unit * 0.004));
  double gx = tone (at (&self->edges, x + r, y)) - tone (at (&self->edges, x - r, y));
  double gy = tone (at (&self->edges, x, y + r)) - tone (at (&self->edges, x, y - r));
  double u = x / self->look->unit, v = y / self->look->unit,
         n = cs_sketch_noise_at (self->look->noise, u * 3.1, v * 3.1);

  if (gx * gx + gy * gy > 60 * 60)
    return atan2 (gx, -gy);
  if (self->kind == CS_SKETCH_KIND_WATER)
    return n * 0.22;
  if (self->look->is_swirling && self->kind != CS_SKETCH_KIND_SUBJECT)
    return get_whirl_angle (self, x, y);
  if (self->kind == CS_SKETCH_KIND_SKY || self->kind == CS_SKETCH_KIND_CLOUDS)
    return 0.25 * sin (u * 2.3 + 1) + n * 0.95;
  return 0.9 + n * 1.5;
}

/* Lays the paint of one stroke: bristles leave lines, and one edge of it catches the light. */
static void
lay_row (const Painting *self, const Stroke *stroke, int y, int x0, int x1)
{
  guint8 *row = self->canvas->data + (gsize) (self->box.y + y) * self->canvas->stride + (gsize) self->box.x * 4;
  double bristles = self->kind == CS_SKETCH_KIND_SUBJECT ? 0.6 : 1;

  for (int x = x0; x < x1; x++)
    {
      double dx = x + 0.5 - stroke->x, dy = y + 0.5 - stroke->y;
      double u = (dx * stroke->c + dy * stroke->s) / stroke->half_length;
      double v = (-dx * stroke->s + dy * stroke->c) / stroke->half_width + stroke->bend * u * u;
      double edge = 1 - v * v, end = 1 - u * u, cover, light;
      int bristle;

      if (edge <= 0 || end <= 0)
        continue;
      bristle = (int) (cs_sketch_hash (stroke->seed, (guint32) ((v + 1.5) * 4.5)) & 255);
      cover = MIN (edge * 3.2, 1) * MIN (end * (1.4 + bristle * (2.2 / 255)), 1);
      light = 1 + ((bristle - 128) * (0.15 / 128) - v * 0.085) * bristles;
      for (int c = 0; c < 4; c++)
        {
          double to = c == 3 ? stroke->color[3] : MIN (stroke->color[c] * light, stroke->color[3]);

          row[x * 4 + c] = (guint8) (row[x * 4 + c] + (to - row[x * 4 + c]) * cover + 0.5);
        }
    }
}

/* The columns that a stroke can touch in each row: a turned rectangle, row by row. */
static void
lay_stroke (const Painting *self, const Stroke *stroke)
{
  double wide = stroke->half_width * (1 + fabs (stroke->bend));
  double reach = stroke->half_length * fabs (stroke->s) + wide * fabs (stroke->c);
  int y0 = MAX ((int) (stroke->y - reach), 0), y1 = MIN ((int) (stroke->y + reach) + 1, self->box.height);

  for (int y = y0; y < y1; y++)
    {
      double dy = y + 0.5 - stroke->y, low = -G_MAXFLOAT, high = G_MAXFLOAT;

      if (fabs (stroke->s) > 1e-3)
        {
          double a = (dy * stroke->c - wide) / stroke->s, b = (dy * stroke->c + wide) / stroke->s;

          low = MAX (low, MIN (a, b));
          high = MIN (high, MAX (a, b));
        }
      if (fabs (stroke->c) > 1e-3)
        {
          double a = (-stroke->half_length - dy * stroke->s) / stroke->c,
                 b = (stroke->half_length - dy * stroke->s) / stroke->c;

          low = MAX (low, MIN (a, b));
          high = MIN (high, MAX (a, b));
        }
      low = cs_sketch_clamp (stroke->x + low, 0, self->box.width);
      high = cs_sketch_clamp (stroke->x + high + 1, 0, self->box.width);
      lay_row (self, stroke, y, (int) low, (int) high);
    }
}

/* Each stroke is mixed anew on the palette: a little brighter or darker, warmer or colder. */
static void
mix_color (Painting *self, Stroke *stroke, const guint8 *from, double strength)
{
  static const double pale[3] = { 190, 175, 120 };
  gboolean has_bands
      = self->look->is_swirling && (self->kind == CS_SKETCH_KIND_SKY || self->kind == CS_SKETCH_KIND_WATER);
  double share = self->kind == CS_SKETCH_KIND_SUBJECT ? 0.45 * strength : strength;
  double light = 1 + cs_sketch_random_range (&self->random, -0.085, 0.085) * share;
  double warm = cs_sketch_random_range (&self->random, -0.05, 0.05) * share;
  double factors[3] = { light - warm, light, light + warm };
  double glaze = cs_sketch_random_range (&self->random, -5, 13) * share * from[3] / 255;
  double band = has_bands ? get_whirl_band (self, stroke->x, stroke->y) * 0.30 : 0;

  for (int c = 0; c < 3; c++)
    stroke->color[c] = (guint8) cs_sketch_clamp (
        from[c] * factors[c] * (1 + band) + MAX (band, 0) * pale[c] + glaze, 0, from[3]);
  stroke->color[3] = from[3];
}

static gboolean
is_changed (const Painting *self, int x, int y, int least)
{
  const guint8 *now
      = self->canvas->data + (gsize) (self->box.y + y) * self->canvas->stride + (gsize) (self->box.x + x) * 4;
  const guint8 *want = at (&self->model, x, y);

  return ABS (now[0] - want[0]) + ABS (now[1] - want[1]) + ABS (now[2] - want[2]) + ABS (now[3] - want[3])
         >= least;
}

/* A stroke ends where its shape ends, so that thin things stay thin. */
static void
fit_stroke (const Painting *self, Stroke *stroke)
{
  for (int turn = 0; turn < 4; turn++)
    {
      double dx = stroke->c * stroke->half_length * 0.8, dy = stroke->s * stroke->half_length * 0.8;
      int one = at (&self->model, (int) (stroke->x + dx), (int) (stroke->y + dy))[3];
      int other = at (&self->model, (int) (stroke->x - dx), (int) (stroke->y - dy))[3];

      if (MIN (one, other) > 70)
        return;
      stroke->half_length *= 0.55;
      stroke->half_width = MIN (stroke->half_width, stroke->half_length);
    }
}

/* One round: the strokes lie on a shaken grid, in an order that shows no rows. */
static void
paint_round (Painting *self, const Brush *brush)
{
  double unit = self->look->unit, w = MAX (brush->width * unit, 1.6), l = MAX (brush->length * unit, 3);
  double step = sqrt (w * l / brush->density);
  guint32 columns = (guint32) (self->box.width / step) + 1, rows = (guint32) (self->box.height / step) + 1;
  guint64 n = (guint64) columns * rows, prime = G_GUINT64_CONSTANT (2654435761);

  while (n % prime == 0)
    prime += 2;
  for (guint64 i = 0; i < n; i++)
    {
      guint64 k = (i * prime + 12345) % n;
      int x = (int) (((double) (k % columns) + cs_sketch_random_double (&self->random)) * step);
      int y = (int) (((double) (k / columns) + cs_sketch_random_double (&self->random)) * step);
      const guint8 *color;
      Stroke stroke;
      double angle, grow;

      if (x >= self->box.width || y >= self->box.height)
        continue;
      color = at (&self->model, x, y);
      if (color[3] < (self->kind == CS_SKETCH_KIND_CLOUDS ? 10 : 110)
          || (brush->min_change > 0 && !is_changed (self, x, y, brush->min_change)))
        continue;
      angle = get_angle (self, x, y) + cs_sketch_random_range (&self->random, -0.16, 0.16);
      grow = cs_sketch_random_range (&self->random, 0.7, 1.25);
      stroke = (Stroke){ .x = x,
                         .y = y,
                         .c = cos (angle),
                         .s = sin (angle),
                         .half_length = l / 2 * grow,
                         .half_width = w / 2 * (0.6 + 0.4 * grow),
                         .bend = cs_sketch_random_range (&self->random, -0.5, 0.5),
                         .seed = (guint32) i };
      mix_color (self, &stroke, color, brush->min_change > 0 ? 0.45 : self->look->is_swirling ? 1.6 : 1.0);
      if (self->kind == CS_SKETCH_KIND_SCENERY || self->kind == CS_SKETCH_KIND_SUBJECT)
        fit_stroke (self, &stroke);
      lay_stroke (self, &stroke);
    }
}

static const Brush *
get_brushes (const CsSketchLook *look, CsSketchKind kind, gsize *n)
{
  static const Brush sky[]
      = { { 0.026, 0.115, 2.4, 0 }, { 0.013, 0.070, 1.6, 0 }, { 0.006, 0.022, 2.0, 70 } };
  static const Brush whirls[]
      = { { 0.020, 0.095, 2.6, 0 }, { 0.011, 0.060, 2.4, 0 }, { 0.006, 0.020, 2.0, 90 } };
  static const Brush clouds[] = { { 0.020, 0.080, 2.2, 0 }, { 0.010, 0.045, 1.8, 0 } };
  static const Brush water[]
      = { { 0.012, 0.075, 2.2, 0 }, { 0.006, 0.042, 1.6, 75 }, { 0.0035, 0.02, 2.0, 95 } };
  static const Brush scenery[]
      = { { 0.016, 0.046, 2.2, 0 }, { 0.008, 0.026, 2.2, 75 }, { 0.0042, 0.012, 2.4, 95 } };
  static const Brush subject[]
      = { { 0.0105, 0.040, 2.3, 0 }, { 0.0055, 0.018, 2.4, 80 }, { 0.0030, 0.009, 2.6, 95 } };

#define RETURN(brushes)                                                                                      \
  *n = G_N_ELEMENTS (brushes);                                                                               \
  return brushes
  if (kind == CS_SKETCH_KIND_SKY && look->is_swirling)
    {
      RETURN (whirls);
    }
  switch (kind)
    {
    case CS_SKETCH_KIND_SKY:
      RETURN (sky);
    case CS_SKETCH_KIND_CLOUDS:
      RETURN (clouds);
    case CS_SKETCH_KIND_WATER:
      RETURN (water);
    case CS_SKETCH_KIND_SUBJECT:
      RETURN (subject);
    case CS_SKETCH_KIND_SCENERY:
    case CS_SKETCH_KIND_LIGHT:
      break;
    }
  RETURN (scenery);
#undef RETURN
}

/* The last touch on a subject: what the strokes tore at its outline and its small parts is drawn again. */
static void
restore_details (const Painting *self)
{
  for (int y = 0; y < self->box.height; y++)
    {
      guint8 *row = self->canvas->data + (gsize) (self->box.y + y) * self->canvas->stride + (gsize) self->box.x * 4;

      for (int x = 0; x < self->box.width; x++, row += 4)
        {
          const guint8 *want = at (&self->model, x, y);
          int wrong = ABS (row[0] - want[0]) + ABS (row[1] - want[1]) + ABS (row[2] - want[2]);
          int share = wrong > 84 ? 214 : 46 + wrong * 2;

          if (want[3] < 250)
            share = 256;
          for (int c = 0; c < 4; c++)
            row[c] = (guint8) (row[c] + (((want[c] - row[c]) * share) >> 8));
        }
    }
}

/* The look of oil: brush strokes that follow the shapes, broad first, then finer where it matters. */
void
cs_sketch_style_paint (const CsSketchLook *self,
                       const CsSketchPixels *pixels,
                       const CsSketchBox *box,
                       CsSketchKind kind)
{
  Painting painting = { .look = self, .canvas = pixels, .box = *box, .kind = kind };
  gsize n;
  const Brush *brushes = get_brushes (self, kind, &n);

  cs_sketch_random_init (&painting.random, self->seed, 60 + (guint64) kind * 7 + (guint64) box->y);
  place_whirls (&painting);
  painting.model = copy_pixels (pixels, box);
  painting.edges = copy_pixels (pixels, box);
  cs_sketch_pixels_blur (&painting.edges, NULL, self->unit * (kind == CS_SKETCH_KIND_SKY ? 0.020 : 0.009));
  for (gsize i = 0; i < n; i++)
    paint_round (&painting, &brushes[i]);
  if (kind == CS_SKETCH_KIND_SUBJECT)
    restore_details (&painting);
  g_free (painting.model.data);
  g_free (painting.edges.data);
}
