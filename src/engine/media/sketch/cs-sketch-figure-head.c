/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-figures.h"

static void
draw_ear (CsSketchCanvas *c, const CsSketchHead *h, double way)
{
  double r = h->radius;
  cairo_t *cr = c->cr;

  cairo_save (cr);
  cairo_translate (cr, h->x, h->y);
  cairo_scale (cr, way * r, r);
  if (h->kind == CS_SKETCH_HEAD_DOG)
    {
      cairo_move_to (cr, 0.45, -0.82);
      cairo_curve_to (cr, 0.95, -1.05, 1.32, -0.45, 1.18, 0.12);
      cairo_curve_to (cr, 1.12, 0.42, 0.86, 0.36, 0.82, 0.08);
      cairo_curve_to (cr, 0.80, -0.2, 0.66, -0.4, 0.45, -0.82);
    }
  else if (h->kind == CS_SKETCH_HEAD_LION)
    cairo_arc (cr, 0.72, -0.72, 0.32, 0, 2 * G_PI);
  else
    {
      double tall = h->kind == CS_SKETCH_HEAD_FOX ? 1.72 : 1.50;

      cairo_move_to (cr, 0.18, -0.84);
      cairo_curve_to (cr, 0.40, -1.15, 0.62, -tall + 0.08, 0.82, -tall);
      cairo_curve_to (cr, 0.95, -tall + 0.05, 1.06, -0.75, 1.02, -0.25);
    }
  cairo_close_path (cr);
  cairo_restore (cr);
  cs_sketch_canvas_set_vertical (c, h->y - r * 1.5, h->kind == CS_SKETCH_HEAD_DOG ? h->dark : h->coat, h->y,
                                 cs_sketch_mix (h->coat, h->dark, 0.6));
  cairo_fill (cr);
  if (h->kind == CS_SKETCH_HEAD_DOG)
    return;
  cairo_save (cr);
  cairo_translate (cr, h->x, h->y);
  cairo_scale (cr, way * r, r);
  if (h->kind == CS_SKETCH_HEAD_LION)
    cairo_arc (cr, 0.72, -0.72, 0.18, 0, 2 * G_PI);
  else
    {
      cairo_move_to (cr, 0.38, -0.84);
      cairo_curve_to (cr, 0.55, -1.1, 0.68, -1.3, 0.78, -1.34);
      cairo_curve_to (cr, 0.86, -1.2, 0.90, -0.8, 0.88, -0.5);
    }
  cairo_close_path (cr);
  cairo_restore (cr);
  cs_sketch_canvas_set_color (
      c, cs_sketch_mix (cs_sketch_lit (CS_SKETCH_HEX (0xe8949a), h->pale), h->dark, 0.15), 1);
  cairo_fill (cr);
}

static void
draw_mane (CsSketchCanvas *c, const CsSketchHead *h)
{
  for (int ring = 2; ring >= 0; ring--)
    {
      int n = 22;

      for (int i = 0; i < n; i++)
        {
          double a = (i + ring * 0.5) * 2 * G_PI / n, d = h->radius * (0.88 + 0.24 * ring);

          cairo_save (c->cr);
          cairo_translate (c->cr, h->x + cos (a) * d, h->y + h->radius * 0.08 + sin (a) * d);
          cairo_rotate (c->cr, a + 0.35 * sin (i * 2.3));
          cs_sketch_canvas_ellipse (c, 0, 0, h->radius * 0.42, h->radius * 0.17);
          cairo_restore (c->cr);
          cs_sketch_canvas_set_color (c, cs_sketch_scale (h->dark, 0.75 + 0.22 * (2 - ring) + 0.15 * (i % 3)),
                                      1);
          cairo_fill (c->cr);
        }
    }
}

static void
draw_skull (CsSketchCanvas *c, const CsSketchHead *h)
{
  cairo_t *cr = c->cr;
  double r = h->radius, chin = h->kind == CS_SKETCH_HEAD_FOX ? 1.12 : 0.92,
         cheek = h->kind == CS_SKETCH_HEAD_FOX ? 1.32 : 1.16;

  cairo_save (cr);
  cairo_translate (cr, h->x, h->y);
  cairo_scale (cr, r, r);
  cairo_move_to (cr, 0, -0.94);
  cairo_curve_to (cr, 0.62, -0.96, 1.02, -0.56, 1.06, -0.02);
  cairo_curve_to (cr, 1.10, 0.16, cheek, 0.30, cheek + 0.02, 0.40);
  cairo_curve_to (cr, 0.92, 0.66, 0.48, chin, 0, chin);
  cairo_curve_to (cr, -0.48, chin, -0.92, 0.66, -cheek - 0.02, 0.40);
  cairo_curve_to (cr, -cheek, 0.30, -1.10, 0.16, -1.06, -0.02);
  cairo_curve_to (cr, -1.02, -0.56, -0.62, -0.96, 0, -0.94);
  cairo_close_path (cr);
  cairo_restore (cr);
  cs_sketch_canvas_set_ball (c, h->x, h->y, r * 1.25, cs_sketch_mix (h->coat, CS_SKETCH_HEX (0xffffff), 0.16),
                             h->coat, cs_sketch_mix (h->coat, h->dark, 0.55));
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  if (h->kind == CS_SKETCH_HEAD_FOX)
    for (int way = -1; way <= 1; way += 2)
      {
        cs_sketch_canvas_ellipse (c, h->x + way * r * 0.92, h->y + r * 0.62, r * 0.78, r * 0.46);
        cs_sketch_canvas_set_color (c, h->pale, 1);
        cairo_fill (cr);
      }
  if (h->kind == CS_SKETCH_HEAD_CAT)
    for (int i = -3; i <= 3; i++)
      {
        gboolean is_top = abs (i) <= 1;
        double x = is_top ? h->x + i * r * 0.24 : h->x + (i > 0 ? 1 : -1) * r * 1.08,
               y = is_top ? h->y - r * 0.80 : h->y + r * (abs (i) == 2 ? 0.08 : 0.34);

        cs_sketch_canvas_ellipse (c, x, y, is_top ? r * 0.065 : r * 0.32,
                                  is_top ? r * (i == 0 ? 0.36 : 0.27) : r * 0.055);
        cs_sketch_canvas_set_color (c, h->dark, 0.75);
        cairo_fill (cr);
      }
  if (h->kind == CS_SKETCH_HEAD_DOG)
    {
      cs_sketch_canvas_ellipse (c, h->x, h->y - r * 0.4, r * 0.15, r * 0.65);
      cs_sketch_canvas_set_color (c, h->pale, 0.9);
      cairo_fill (cr);
    }
  cairo_restore (cr);
}

static void
draw_eye (CsSketchCanvas *c, const CsSketchHead *h, double way)
{
  double r = h->radius, x = h->x + way * r * 0.44, y = h->y - r * 0.06,
         w = r * (h->kind == CS_SKETCH_HEAD_CAT ? 0.235 : 0.185);
  CsSketchColor black = CS_SKETCH_HEX (0x14100f);

  if (h->is_blinking)
    {
      cs_sketch_canvas_set_color (c, black, 0.85);
      cairo_set_line_width (c->cr, r * 0.06);
      cairo_new_sub_path (c->cr);
      cairo_arc (c->cr, x, y - w * 0.3, w, 0.35, G_PI - 0.35);
      cairo_stroke (c->cr);
      return;
    }
  cs_sketch_canvas_ellipse (c, x, y, w * 1.14, w * 1.20);
  cs_sketch_canvas_set_color (c, black, 0.9);
  cairo_fill (c->cr);
  cs_sketch_canvas_circle (c, x, y + w * 0.03, w);
  cs_sketch_canvas_set_vertical (c, y - w, cs_sketch_scale (h->eye, 0.55), y + w,
                                 cs_sketch_scale (h->eye, 1.25));
  cairo_fill (c->cr);
  cs_sketch_canvas_ellipse (c, x, y, w * (h->kind == CS_SKETCH_HEAD_CAT ? 0.46 : 0.66),
                            w * (h->kind == CS_SKETCH_HEAD_CAT ? 0.80 : 0.68));
  cs_sketch_canvas_set_color (c, black, 1);
  cairo_fill (c->cr);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xffffff), 0.95);
  cs_sketch_canvas_circle (c, x - w * 0.30, y - w * 0.36, w * 0.27);
  cs_sketch_canvas_circle (c, x + w * 0.32, y + w * 0.36, w * 0.13);
  cairo_fill (c->cr);
}

static void
draw_muzzle (CsSketchCanvas *c, const CsSketchHead *h)
{
  cairo_t *cr = c->cr;
  double r = h->radius, x = h->x, y = h->y + r * 0.42;
  gboolean is_dog
      = h->kind == CS_SKETCH_HEAD_DOG || h->kind == CS_SKETCH_HEAD_FOX || h->kind == CS_SKETCH_HEAD_LION;
  double big = is_dog ? 1.35 : 1;

  cs_sketch_canvas_ellipse (c, x, y + r * 0.26, r * 0.26, r * 0.20);
  cs_sketch_canvas_ellipse (c, x - r * 0.20, y + r * 0.08, r * 0.29, r * 0.225 * big);
  cs_sketch_canvas_ellipse (c, x + r * 0.20, y + r * 0.08, r * 0.29, r * 0.225 * big);
  cs_sketch_canvas_set_color (c, h->pale, 1);
  cairo_fill (cr);
  if (h->kind == CS_SKETCH_HEAD_DOG)
    {
      cs_sketch_canvas_round_box (c, x - r * 0.11, y + r * 0.22, r * 0.22, r * 0.30, r * 0.11);
      cs_sketch_canvas_set_color (c, cs_sketch_lit (CS_SKETCH_HEX (0xe86a72), h->pale), 1);
      cairo_fill (cr);
    }
  cairo_move_to (cr, x - r * 0.13 * big, y - r * 0.14 * big);
  cairo_curve_to (cr, x - r * 0.06, y - r * 0.19 * big, x + r * 0.06, y - r * 0.19 * big, x + r * 0.13 * big,
                  y - r * 0.14 * big);
  cairo_curve_to (cr, x + r * 0.12 * big, y - r * 0.04, x + r * 0.04, y + r * 0.02, x, y + r * 0.03);
  cairo_curve_to (cr, x - r * 0.04, y + r * 0.02, x - r * 0.12 * big, y - r * 0.04, x - r * 0.13 * big,
                  y - r * 0.14 * big);
  cs_sketch_canvas_set_color (
      c, is_dog ? CS_SKETCH_HEX (0x2a2022) : cs_sketch_lit (CS_SKETCH_HEX (0xdf7a84), h->pale), 1);
  cairo_fill (cr);
  cairo_set_line_width (cr, r * 0.035);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (h->dark, 0.45), 0.95);
  cairo_move_to (cr, x - r * 0.25, y + r * 0.13);
  cairo_curve_to (cr, x - r * 0.20, y + r * 0.26, x - r * 0.03, y + r * 0.24, x, y + r * 0.06);
  cairo_curve_to (cr, x + r * 0.03, y + r * 0.24, x + r * 0.20, y + r * 0.26, x + r * 0.25, y + r * 0.13);
  cairo_stroke (cr);
  if (h->kind != CS_SKETCH_HEAD_CAT && h->kind != CS_SKETCH_HEAD_LION)
    return;
  cairo_set_line_width (cr, r * 0.016);
  cs_sketch_canvas_set_color (c, cs_sketch_mix (h->pale, CS_SKETCH_HEX (0xffffff), 0.5), 0.85);
  for (int i = 0; i < 6; i++)
    {
      double way = i % 2 ? 1 : -1, k = i / 2 - 1;

      cairo_move_to (cr, x + way * r * 0.34, y + r * (0.06 + 0.06 * k));
      cairo_curve_to (cr, x + way * r * 0.7, y + r * (0.0 + 0.10 * k), x + way * r * 1.0,
                      y + r * (0.02 + 0.16 * k), x + way * r * 1.36, y + r * (0.10 + 0.20 * k));
      cairo_stroke (cr);
    }
}

/* A person's face: skin, hair (dark), a smile. */
static void
draw_person (CsSketchCanvas *c, const CsSketchHead *h)
{
  double r = h->radius;

  cs_sketch_canvas_ellipse (c, h->x, h->y, r * 0.86, r);
  cs_sketch_canvas_set_ball (c, h->x, h->y, r * 1.1, h->pale, h->coat, cs_sketch_scale (h->coat, 0.7));
  cairo_fill (c->cr);
  cairo_move_to (c->cr, h->x - r * 0.90, h->y - r * 0.1);
  cairo_curve_to (c->cr, h->x - r * 0.9, h->y - r * 1.3, h->x + r * 0.9, h->y - r * 1.3, h->x + r * 0.90,
                  h->y - r * 0.1);
  cairo_curve_to (c->cr, h->x + r * 0.7, h->y - r * 0.7, h->x - r * 0.2, h->y - r * 0.55, h->x - r * 0.90,
                  h->y - r * 0.1);
  cs_sketch_canvas_set_color (c, h->dark, 1);
  cairo_fill (c->cr);
  draw_eye (c, h, -0.75);
  draw_eye (c, h, 0.75);
  cairo_set_line_width (c->cr, r * 0.06);
  cairo_new_sub_path (c->cr);
  cairo_arc (c->cr, h->x, h->y + r * 0.32, r * 0.28, 0.4, G_PI - 0.4);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (h->coat, 0.45), 1);
  cairo_stroke (c->cr);
}

void
cs_sketch_head_draw (CsSketchCanvas *canvas, const CsSketchHead *head)
{
  if (head->kind == CS_SKETCH_HEAD_PERSON)
    {
      draw_person (canvas, head);
      return;
    }
  if (head->kind == CS_SKETCH_HEAD_LION)
    draw_mane (canvas, head);
  if (head->kind != CS_SKETCH_HEAD_DOG)
    {
      draw_ear (canvas, head, -1);
      draw_ear (canvas, head, 1);
    }
  draw_skull (canvas, head);
  if (head->kind == CS_SKETCH_HEAD_DOG)
    {
      draw_ear (canvas, head, -1);
      draw_ear (canvas, head, 1);
    }
  draw_muzzle (canvas, head);
  draw_eye (canvas, head, -1);
  draw_eye (canvas, head, 1);
}
