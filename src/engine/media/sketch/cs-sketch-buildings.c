/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-buildings.h"

/* The light that falls on walls now. */
static CsSketchColor
get_wall (const CsSketchStage *stage, const CsSketchBuilding *b, double lit)
{
  const CsSketchPalette *p = &stage->palette;
  CsSketchColor light = cs_sketch_mix (p->shade, p->light, lit * (p->is_night ? 0.35 : 1));

  return cs_sketch_stage_haze (stage, cs_sketch_lit (b->color, light), b->depth);
}

static void
set_wall_paint (CsSketchStage *stage, CsSketchCanvas *canvas, const CsSketchBuilding *b)
{
  gboolean is_left = stage->look.light_x < 0;
  CsSketchColor lit = get_wall (stage, b, 0.85), dark = get_wall (stage, b, 0.12);

  cs_sketch_canvas_set_sideways (canvas, b->x, is_left ? lit : dark, b->x + b->width, is_left ? dark : lit);
}

static void
trace_roof (CsSketchCanvas *canvas, const CsSketchBuilding *b)
{
  cairo_t *cr = canvas->cr;
  double x = b->x, w = b->width, y = b->top, mid = x + w / 2;

  switch (b->roof)
    {
    case CS_SKETCH_ROOF_STEPS:
      cairo_rectangle (cr, x + w * 0.14, y - w * 0.16, w * 0.72, w * 0.17);
      cairo_rectangle (cr, x + w * 0.3, y - w * 0.32, w * 0.4, w * 0.17);
      cairo_rectangle (cr, mid - w * 0.02, y - w * 0.75, w * 0.04, w * 0.45);
      break;
    case CS_SKETCH_ROOF_SPIRE:
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, mid - w * 0.03, y - w * 0.5);
      cairo_line_to (cr, mid, y - w * 1.15);
      cairo_line_to (cr, mid + w * 0.03, y - w * 0.5);
      cairo_line_to (cr, x + w, y);
      cairo_close_path (cr);
      break;
    case CS_SKETCH_ROOF_SLANT:
      cairo_move_to (cr, x, y + 0.001);
      cairo_line_to (cr, x, y - w * 0.36);
      cairo_line_to (cr, x + w, y + 0.001);
      cairo_close_path (cr);
      break;
    case CS_SKETCH_ROOF_DOME:
      cairo_arc (cr, mid, y + 0.001, w * 0.42, G_PI, 0);
      cairo_close_path (cr);
      cairo_rectangle (cr, mid - w * 0.012, y - w * 0.75, w * 0.024, w * 0.4);
      break;
    case CS_SKETCH_ROOF_FLAT:
    case CS_SKETCH_N_ROOFS:
      cairo_rectangle (cr, x + w * 0.16, y - w * 0.1, w * 0.26, w * 0.11);
      cairo_rectangle (cr, x + w * 0.74, y - w * 0.34, w * 0.025, w * 0.35);
      break;
    }
}

static void
draw_window (CsSketchStage *stage,
             CsSketchCanvas *canvas,
             const CsSketchBuilding *b,
             double x,
             double y,
             double w,
             double h)
{
  static const guint32 lamps[] = { 0xffd58a, 0xffe6b0, 0xffc266, 0xcfe4ff, 0xffb45a };
  CsSketchRandom *random = &stage->random;
  gboolean is_lit = cs_sketch_random_chance (random, b->lit);
  double level = cs_sketch_random_range (random, 0.45, 1);
  guint32 lamp = lamps[cs_sketch_random_int (random, G_N_ELEMENTS (lamps))];
  CsSketchColor glass
      = cs_sketch_mix (stage->palette.sky_middle, stage->palette.sky_top, cs_sketch_random_double (random));

  cairo_rectangle (canvas->cr, x, y, w, h);
  if (is_lit)
    cs_sketch_canvas_set_color (
        canvas, cs_sketch_stage_haze (stage, cs_sketch_scale (CS_SKETCH_HEX (lamp), level), b->depth + 0.25),
        1);
  else
    cs_sketch_canvas_set_color (
        canvas,
        cs_sketch_stage_haze (stage, cs_sketch_scale (glass, stage->palette.is_night ? 0.35 : 0.8), b->depth),
        stage->palette.is_night ? 0.55 : 0.75);
  cairo_fill (canvas->cr);
}

static void
draw_windows (CsSketchStage *stage, CsSketchCanvas *canvas, const CsSketchBuilding *b)
{
  double cell = MAX (b->cell, 2.6 / canvas->unit),
         across = cell * cs_sketch_random_range (&stage->random, 0.75, 1.5);
  int columns = (int) ((b->width * 0.86) / across), rows = (int) MIN ((b->bottom - b->top) / cell - 0.6, 90);
  double left = b->x + (b->width - columns * across) / 2;
  gboolean has_bands = cs_sketch_random_chance (&stage->random, 0.22);

  for (int j = 0; j < rows; j++)
    {
      double y = b->top + (j + 0.6) * cell;

      if (has_bands)
        draw_window (stage, canvas, b, b->x + b->width * 0.06, y, b->width * 0.88, cell * 0.45);
      for (int i = 0; i < columns; i++)
        if (!has_bands || cs_sketch_random_chance (&stage->random, 0.35))
          draw_window (stage, canvas, b, left + (i + 0.2) * across, y, across * 0.6,
                       cell * (has_bands ? 0.45 : 0.62));
    }
}

/* A bright colour of the night: signs, strips. */
CsSketchColor
cs_sketch_building_neon (CsSketchStage *stage)
{
  static const guint32 colors[] = { 0xff2f8e, 0x25e6ff, 0xffb02e, 0x9a5bff, 0x3dffb5, 0xff4d4d };

  return CS_SKETCH_HEX (colors[cs_sketch_random_int (&stage->random, G_N_ELEMENTS (colors))]);
}

static void
draw_neon (CsSketchStage *stage, CsSketchCanvas *canvas, const CsSketchBuilding *b)
{
  CsSketchColor color = cs_sketch_building_neon (stage),
                pale = cs_sketch_mix (color, CS_SKETCH_HEX (0xffffff), 0.45);
  double h = b->bottom - b->top, w = MAX (b->width * 0.05, 1.6 / canvas->unit);
  double x = b->x + b->width * (cs_sketch_random_chance (&stage->random, 0.5) ? 0.06 : 0.88);
  double y = b->top + h * 0.06, length = h * cs_sketch_random_range (&stage->random, 0.3, 0.75);

  cs_sketch_canvas_round_box (canvas, x, y, w, length, w / 2);
  cs_sketch_canvas_set_color (canvas, pale, 1);
  cairo_fill (canvas->cr);
  cs_sketch_canvas_glow (canvas, x + w / 2, y + length / 2, b->width * 0.55 + 0.02, length * 0.62, color,
                         0.55 * b->neon);
  if (!cs_sketch_random_chance (&stage->random, 0.5))
    return;
  color = cs_sketch_building_neon (stage);
  x = b->x + b->width * 0.2;
  y = b->top + h * cs_sketch_random_range (&stage->random, 0.15, 0.5);
  cs_sketch_canvas_round_box (canvas, x, y, b->width * 0.6, b->width * 0.24, b->width * 0.04);
  cs_sketch_canvas_set_color (canvas, cs_sketch_scale (color, 0.35), 1);
  cairo_fill_preserve (canvas->cr);
  cs_sketch_canvas_set_color (canvas, cs_sketch_mix (color, CS_SKETCH_HEX (0xffffff), 0.3), 1);
  cairo_set_line_width (canvas->cr, MAX (0.0022, 1 / canvas->unit));
  cairo_stroke (canvas->cr);
  for (int i = 0; i < 4; i++)
    {
      cairo_rectangle (canvas->cr, x + b->width * (0.07 + 0.125 * i), y + b->width * 0.06, b->width * 0.08,
                       b->width * 0.12);
      cs_sketch_canvas_set_color (canvas, cs_sketch_mix (color, CS_SKETCH_HEX (0xffffff), 0.6),
                                  i % 2 ? 0.9 : 0.6);
      cairo_fill (canvas->cr);
    }
  cs_sketch_canvas_glow (canvas, x + b->width * 0.3, y + b->width * 0.1, b->width * 0.7, b->width * 0.5,
                         color, 0.5 * b->neon);
}

/* Draws a building with its roof, its windows and its signs. */
void
cs_sketch_building_draw (CsSketchStage *stage, CsSketchCanvas *canvas, const CsSketchBuilding *b)
{
  cairo_t *cr = canvas->cr;

  if (stage->style == CS_STYLE_3D_RENDER)
    cs_sketch_canvas_round_box (canvas, b->x, b->top, b->width, b->bottom - b->top + b->width * 0.3,
                                b->width * 0.16);
  else
    cairo_rectangle (cr, b->x, b->top, b->width, b->bottom - b->top);
  set_wall_paint (stage, canvas, b);
  cairo_fill (cr);
  trace_roof (canvas, b);
  set_wall_paint (stage, canvas, b);
  cairo_fill (cr);
  draw_windows (stage, canvas, b);
  cairo_rectangle (cr, b->x, b->top, b->width * 0.035, b->bottom - b->top);
  cs_sketch_canvas_set_color (canvas, get_wall (stage, b, stage->look.light_x < 0 ? 1.2 : 0), 0.8);
  cairo_fill (cr);
  cairo_rectangle (cr, b->x + b->width * 0.965, b->top, b->width * 0.035, b->bottom - b->top);
  cs_sketch_canvas_set_color (canvas, get_wall (stage, b, stage->look.light_x < 0 ? 0 : 1.2), 0.8);
  cairo_fill (cr);
  if (b->neon > 0)
    draw_neon (stage, canvas, b);
}
