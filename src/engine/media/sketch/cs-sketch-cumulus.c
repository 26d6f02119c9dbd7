/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-sky.h"

/* One puff of a cloud. */
typedef struct
{
  double x, y, r;
} Puff;

/* Puffs in rows that grow narrower: broad at the foot, heaped in the middle. Returns how many. */
static int
heap_puffs (CsSketchStage *stage, Puff puffs[40], double x, double y, double size)
{
  CsSketchRandom *random = &stage->random;
  double lean = cs_sketch_random_range (random, -0.25, 0.25);
  int n = 0;

  for (int row = 0; row < 4; row++)
    {
      double span = size * (1 - 0.26 * row), r = size * (0.17 + 0.035 * row);
      int in_row = row == 3 ? 2 : 7 - row;

      for (int i = 0; i < in_row; i++)
        {
          double t = (i + 0.5) / in_row * 2 - 1, edge = 1 - t * t;

          puffs[n].r = r * cs_sketch_random_range (random, 0.75, 1.25) * (0.72 + 0.40 * edge);
          puffs[n].x = x + t * span * 0.92 + lean * size * row * 0.3
                       + cs_sketch_random_range (random, -0.05, 0.05) * size;
          puffs[n].y = y - row * size * 0.17 * (0.6 + edge * 0.5) - puffs[n].r * 0.62;
          n++;
        }
    }
  return n;
}

static void
fill_puffs (CsSketchCanvas *canvas, const Puff *puffs, int n, double shift_x, double shift_y, double share)
{
  for (int i = 0; i < n; i++)
    cs_sketch_canvas_circle (canvas, puffs[i].x + shift_x * puffs[i].r, puffs[i].y + shift_y * puffs[i].r,
                             puffs[i].r * share);
  cairo_set_fill_rule (canvas->cr, CAIRO_FILL_RULE_WINDING);
  cairo_fill (canvas->cr);
}

/* A rounded heap of cloud in clean tones: cartoons and clay. (x, y) is the middle of its flat foot. */
void
cs_sketch_cumulus_draw (CsSketchStage *stage, CsSketchCanvas *canvas, double x, double y, double size)
{
  const CsSketchPalette *p = &stage->palette;
  Puff puffs[40];
  int n = heap_puffs (stage, puffs, x, y, size);
  double side = stage->look.light_x;

  cairo_save (canvas->cr);
  cs_sketch_canvas_round_box (canvas, x - size * 1.25, y - size * 2, size * 2.5, size * 2, size * 0.1);
  cairo_clip (canvas->cr);
  if (stage->style == CS_STYLE_3D_RENDER)
    {
      cs_sketch_canvas_set_color (canvas, cs_sketch_mix (p->cloud_lit, p->cloud_shade, 0.22), 1);
      fill_puffs (canvas, puffs, n, 0, 0, 1);
      for (int i = 0; i < n; i++)
        {
          cs_sketch_canvas_circle (canvas, puffs[i].x, puffs[i].y, puffs[i].r);
          cs_sketch_canvas_set_ball (canvas, puffs[i].x, puffs[i].y, puffs[i].r * 1.15,
                                     cs_sketch_mix (p->cloud_lit, p->sun, 0.4), p->cloud_lit,
                                     cs_sketch_mix (p->cloud_lit, p->cloud_shade, 0.30));
          cairo_fill (canvas->cr);
        }
    }
  else
    {
      cs_sketch_canvas_set_color (canvas, cs_sketch_mix (p->cloud_shade, p->cloud_lit, 0.25), 1);
      fill_puffs (canvas, puffs, n, 0, 0, 1);
      cs_sketch_canvas_set_color (canvas, cs_sketch_mix (p->cloud_shade, p->cloud_lit, 0.68), 1);
      fill_puffs (canvas, puffs, n, side * 0.06, -0.10, 0.94);
      cs_sketch_canvas_set_color (canvas, p->cloud_lit, 1);
      fill_puffs (canvas, puffs, n, side * 0.13, -0.24, 0.83);
    }
  cairo_restore (canvas->cr);
}
