/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-face.h"

#include "media/sketch/cs-sketch-actors.h"

#define N_LIDS 9
#define N_MOUTHS 22
#define N_FEELINGS 5

/* What a feeling does to a face. */
typedef struct
{
  double smile, raise, tilt, lid;
} Feeling;

static const Feeling feelings[N_FEELINGS] = {
  { 0.25, 0.0, 0.0, 0.80 },    /* calm */
  { 0.80, 0.012, 0.0, 0.72 },  /* a smile */
  { 0.30, 0.040, 0.05, 0.98 }, /* wonder */
  { -0.15, -0.004, 0.16, 0.66 }, /* a thought far away */
  { 1.00, 0.022, 0.04, 0.62 }, /* joy */
};

/* The parts of a face that move; the sprites are borrowed from the stage. */
typedef struct
{
  const CsSketchCanvas *lids[2][N_LIDS];
  const CsSketchCanvas *brows[2];
  const CsSketchCanvas *mouths[N_MOUTHS];
  double x, y, size, period, phase, mouth_y;
  int first;
} Features;

/* Draws in the measure of the face from now on, until cairo_restore(). */
void
cs_sketch_face_enter (const CsSketchFace *self, CsSketchCanvas *canvas)
{
  cairo_save (canvas->cr);
  cairo_translate (canvas->cr, self->x, self->y);
  cairo_scale (canvas->cr, self->size, self->size);
}

/* The outline of the head without hair. */
void
cs_sketch_face_trace (const CsSketchFace *self, cairo_t *cr)
{
  double w = self->half, j = self->jaw, c = self->chin;

  cairo_move_to (cr, -w, -0.15);
  cairo_curve_to (cr, -w, 0.10, -w * 0.94, c - 0.28, -j, c - 0.13);
  cairo_curve_to (cr, -j * 0.72, c - 0.03, -0.11, c, 0, c);
  cairo_curve_to (cr, 0.11, c, j * 0.72, c - 0.03, j, c - 0.13);
  cairo_curve_to (cr, w * 0.94, c - 0.28, w, 0.10, w, -0.15);
  cairo_curve_to (cr, w, -0.46, w * 0.62, -0.63, 0, -0.63);
  cairo_curve_to (cr, -w * 0.62, -0.63, -w, -0.46, -w, -0.15);
  cairo_close_path (cr);
}

/* A soft spot of colour: light, shadow or warmth. */
void
cs_sketch_face_smudge (CsSketchCanvas *canvas, double x, double y, double rx, double ry, CsSketchColor color,
                       double strength)
{
  cairo_pattern_t *pattern = cairo_pattern_create_radial (0, 0, 0, 0, 0, 1);
  double r = cs_sketch_clamp (color.r, 0, 1), g = cs_sketch_clamp (color.g, 0, 1), b = cs_sketch_clamp (color.b, 0, 1);

  cairo_pattern_add_color_stop_rgba (pattern, 0, r, g, b, strength);
  cairo_pattern_add_color_stop_rgba (pattern, 0.4, r, g, b, strength * 0.72);
  cairo_pattern_add_color_stop_rgba (pattern, 0.72, r, g, b, strength * 0.24);
  cairo_pattern_add_color_stop_rgba (pattern, 1, r, g, b, 0);
  cairo_save (canvas->cr);
  cairo_translate (canvas->cr, x, y);
  cairo_scale (canvas->cr, MAX (rx, 1e-6), MAX (ry, 1e-6));
  cairo_set_source (canvas->cr, pattern);
  cairo_rectangle (canvas->cr, -1, -1, 2, 2);
  cairo_fill (canvas->cr);
  cairo_restore (canvas->cr);
  cairo_pattern_destroy (pattern);
}

static CsSketchKind
get_kind (const CsSketchStage *stage)
{
  return stage->style == CS_STYLE_ANIME || stage->style == CS_STYLE_3D_RENDER ? CS_SKETCH_KIND_LIGHT
                                                                              : CS_SKETCH_KIND_SUBJECT;
}

static CsSketchCanvas *
begin (CsSketchStage *stage, const CsSketchFace *face, double width, double height)
{
  CsSketchCanvas *c = cs_sketch_stage_begin_sprite (stage, width * face->size, height * face->size);

  cairo_scale (c->cr, face->size, face->size);
  cairo_set_line_cap (c->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (c->cr, CAIRO_LINE_JOIN_ROUND);
  return c;
}

/* The opening between the lids; @out: where the outer corner is, -1 or 1. */
static void
trace_opening (cairo_t *cr, double k, double out, double top, double low)
{
  cairo_move_to (cr, -out * 0.084 * k, 0.012 * k);
  cairo_curve_to (cr, -out * 0.045 * k, top * 1.15, out * 0.045 * k, top * 1.25, out * 0.090 * k, -0.004 * k);
  cairo_curve_to (cr, out * 0.05 * k, low * 1.1, -out * 0.04 * k, low * 1.15, -out * 0.084 * k, 0.012 * k);
  cairo_close_path (cr);
}

static void
draw_iris (const CsSketchFace *face, CsSketchCanvas *c, double k, double light)
{
  double r = 0.044 * k;
  CsSketchColor edge = cs_sketch_scale (face->iris, 0.45), glow = cs_sketch_scale (face->iris, 1.5);

  cs_sketch_canvas_circle (c, 0, -0.004 * k, r);
  cs_sketch_canvas_set_vertical (c, -r, edge, r, glow);
  cairo_fill_preserve (c->cr);
  cairo_set_line_width (c->cr, 0.006 * k);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (face->iris, 0.3), 0.9);
  cairo_stroke (c->cr);
  cs_sketch_canvas_circle (c, 0, -0.004 * k, r * 0.46);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0x0c0a0e), 1);
  cairo_fill (c->cr);
  cs_sketch_canvas_circle (c, light * r * 0.38, -0.004 * k - r * 0.40, r * 0.26);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xffffff), 0.95);
  cairo_fill (c->cr);
  cs_sketch_canvas_circle (c, -light * r * 0.36, r * 0.38, r * 0.13);
  cs_sketch_canvas_set_color (c, CS_SKETCH_HEX (0xffffff), 0.5);
  cairo_fill (c->cr);
}

static void
draw_lashes (const CsSketchFace *face, CsSketchCanvas *c, double k, double out, double top)
{
  cairo_t *cr = c->cr;
  CsSketchColor lash = cs_sketch_mix (CS_SKETCH_HEX (0x1c1216), face->hair, 0.2);

  cairo_move_to (cr, -out * 0.084 * k, 0.012 * k);
  cairo_curve_to (cr, -out * 0.045 * k, top * 1.15, out * 0.045 * k, top * 1.25, out * 0.092 * k, -0.006 * k);
  if (face->is_soft)
    cairo_line_to (cr, out * 0.112 * k, -0.022 * k + top * 0.15);
  cairo_curve_to (cr, out * 0.05 * k, top * 1.45 - 0.006 * k, -out * 0.045 * k, top * 1.22 - 0.006 * k, -out * 0.084 * k, 0.012 * k);
  cairo_close_path (cr);
  cs_sketch_canvas_set_color (c, lash, 1);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 0.006 * k);
  cairo_stroke (cr);
}

/* One eye, @open from 0 closed to 1 wide. */
static const CsSketchCanvas *
draw_eye (CsSketchStage *stage, const CsSketchFace *face, double out, double open)
{
  CsSketchCanvas *c = begin (stage, face, 0.26 * face->eye, 0.24 * face->eye);
  cairo_t *cr = c->cr;
  double k = face->eye, top = cs_sketch_lerp (0.020, -0.052, open) * k, low = cs_sketch_lerp (0.026, 0.036, open) * k;

  if (open > 0.06)
    {
      cairo_save (cr);
      trace_opening (cr, k, out, top, low);
      cairo_clip (cr);
      cs_sketch_canvas_set_color (c, cs_sketch_mix (cs_sketch_lit (CS_SKETCH_HEX (0xf6f1ec), cs_sketch_mix (stage->palette.light, CS_SKETCH_HEX (0xffffff), 0.5)), face->skin, 0.10), 1);
      cairo_paint (cr);
      draw_iris (face, c, k, stage->look.light_x);
      cs_sketch_face_smudge (c, 0, top * 1.0, 0.12 * k, 0.030 * k, CS_SKETCH_HEX (0x20141c), 0.6);
      cairo_restore (cr);
    }
  cairo_move_to (cr, -out * 0.070 * k, top - 0.016 * k);
  cairo_curve_to (cr, -out * 0.03 * k, top * 1.2 - 0.036 * k, out * 0.05 * k, top * 1.2 - 0.034 * k, out * 0.10 * k, top * 0.5 - 0.022 * k);
  cairo_set_line_width (cr, 0.007);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (face->dark, 0.75), 0.6);
  cairo_stroke (cr);
  cairo_move_to (cr, -out * 0.05 * k, low * 0.9);
  cairo_curve_to (cr, -out * 0.02 * k, low * 1.12, out * 0.05 * k, low * 1.1, out * 0.085 * k, 0.004 * k);
  cairo_set_line_width (cr, 0.005);
  cs_sketch_canvas_set_color (c, cs_sketch_scale (face->dark, 0.7), 0.65);
  cairo_stroke (cr);
  draw_lashes (face, c, k, out, top);
  return cs_sketch_stage_end_sprite (stage, c, get_kind (stage));
}

static const CsSketchCanvas *
draw_brow (CsSketchStage *stage, const CsSketchFace *face, double out)
{
  CsSketchCanvas *c = begin (stage, face, 0.32, 0.14);
  double thick = face->is_soft ? 0.017 : 0.027;

  cairo_move_to (c->cr, -out * 0.095, 0.016);
  cairo_curve_to (c->cr, -out * 0.04, -0.012 - thick * 0.4, out * 0.05, -0.026 - thick * 0.5, out * 0.125, 0.010);
  cairo_curve_to (c->cr, out * 0.05, -0.022 + thick * 0.5, -out * 0.04, thick * 0.7, -out * 0.098, 0.016 + thick);
  cairo_close_path (c->cr);
  cs_sketch_canvas_set_color (c, cs_sketch_mix (cs_sketch_scale (face->hair, 0.7), face->dark, 0.22), 0.92);
  cairo_fill (c->cr);
  cs_sketch_canvas_blur (c, 0.003 * face->size);
  return cs_sketch_stage_end_sprite (stage, c, get_kind (stage));
}

/* The mouth; @smile from -0.3 (grave) to 1 (joy). */
static const CsSketchCanvas *
draw_mouth (CsSketchStage *stage, const CsSketchFace *face, double smile)
{
  CsSketchCanvas *c = begin (stage, face, 0.40, 0.24);
  cairo_t *cr = c->cr;
  double w = 0.098 + 0.036 * smile, up = -0.030 * smile, full = face->is_soft ? 1 : 0.68, mid = 0.004 + 0.013 * smile;
  CsSketchColor lip = face->lip, deep = cs_sketch_scale (lip, 0.42);

  cairo_move_to (cr, -w, up);
  cairo_curve_to (cr, -w * 0.6, mid - 0.024 * full, -w * 0.3, mid - 0.040 * full, -w * 0.13, mid - 0.038 * full);
  cairo_curve_to (cr, -w * 0.06, mid - 0.038 * full, -w * 0.04, mid - 0.027 * full, 0, mid - 0.027 * full);
  cairo_curve_to (cr, w * 0.04, mid - 0.027 * full, w * 0.06, mid - 0.038 * full, w * 0.13, mid - 0.038 * full);
  cairo_curve_to (cr, w * 0.3, mid - 0.040 * full, w * 0.6, mid - 0.024 * full, w, up);
  cairo_curve_to (cr, w * 0.6, mid + 0.038 * full, w * 0.34, mid + 0.052 * full, 0, mid + 0.052 * full);
  cairo_curve_to (cr, -w * 0.34, mid + 0.052 * full, -w * 0.6, mid + 0.038 * full, -w, up);
  cairo_close_path (cr);
  cs_sketch_canvas_set_vertical (c, mid - 0.04, cs_sketch_scale (lip, 0.80), mid + 0.05, cs_sketch_scale (lip, 1.08));
  cairo_fill (cr);
  cs_sketch_face_smudge (c, stage->look.light_x * 0.025, mid + 0.026 * full, 0.05, 0.013, CS_SKETCH_HEX (0xffffff), 0.30);
  cairo_move_to (cr, -w * 1.03, up - 0.003);
  cairo_curve_to (cr, -w * 0.5, mid + 0.010, -w * 0.2, mid + 0.003, 0, mid + 0.006);
  cairo_curve_to (cr, w * 0.2, mid + 0.003, w * 0.5, mid + 0.010, w * 1.03, up - 0.003);
  cairo_set_line_width (cr, 0.0085);
  cs_sketch_canvas_set_color (c, deep, 0.9);
  cairo_stroke (cr);
  for (int side = -1; side <= 1; side += 2)
    cs_sketch_face_smudge (c, side * w * 1.12, up, 0.022, 0.022, face->dark, 0.35 + 0.3 * MAX (smile, 0));
  return cs_sketch_stage_end_sprite (stage, c, get_kind (stage));
}

static Feeling
get_feeling (const Features *self, double seconds)
{
  double at = seconds / self->period + self->first, part = cs_sketch_step (0.35, 1, at - floor (at));
  const Feeling *a = &feelings[(int) at % N_FEELINGS], *b = &feelings[((int) at + 1) % N_FEELINGS];

  return (Feeling) { cs_sketch_lerp (a->smile, b->smile, part), cs_sketch_lerp (a->raise, b->raise, part),
                     cs_sketch_lerp (a->tilt, b->tilt, part), cs_sketch_lerp (a->lid, b->lid, part) };
}

static void
draw_features (gconstpointer data, CsSketchFrame *frame)
{
  const Features *self = data;
  Feeling f = get_feeling (self, frame->seconds);
  double blink = fmod (frame->seconds + self->phase, 3.1), px, py, scale, open = f.lid;

  if (frame->is_still)
    f = (Feeling) { 0.7, 0.01, 0, 0.78 };
  if (blink < 0.32 && !frame->is_still)
    open *= fabs (blink - 0.16) / 0.16;
  for (int i = 0; i < 2; i++)
    {
      double side = i ? 1 : -1;

      scale = cs_sketch_frame_project (frame, 1.02, self->x + side * 0.165 * self->size, self->y, &px, &py);
      cs_sketch_frame_put (frame, self->lids[i][(int) cs_sketch_clamp (open * N_LIDS, 0, N_LIDS - 1)], px, py, scale, 0, 1);
      cs_sketch_frame_project (frame, 1.02, self->x + side * 0.168 * self->size, self->y - (0.118 + f.raise) * self->size, &px, &py);
      cs_sketch_frame_put (frame, self->brows[i], px, py, scale, side * f.tilt, 1);
    }
  scale = cs_sketch_frame_project (frame, 1.02, self->x, self->y + self->mouth_y * self->size, &px, &py);
  cs_sketch_frame_put (frame, self->mouths[(int) cs_sketch_clamp ((f.smile + 0.3) / 1.3 * N_MOUTHS, 0, N_MOUTHS - 1)], px, py, scale, 0, 1);
}

/* Eyes that blink, brows and a mouth: the face feels one thing after another. */
void
cs_sketch_face_add_features (CsSketchStage *stage, const CsSketchFace *self)
{
  Features *features = g_new0 (Features, 1);

  for (int i = 0; i < 2; i++)
    {
      features->brows[i] = draw_brow (stage, self, i ? 1 : -1);
      for (int j = 0; j < N_LIDS; j++)
        features->lids[i][j] = draw_eye (stage, self, i ? 1 : -1, j / (N_LIDS - 1.0));
    }
  for (int i = 0; i < N_MOUTHS; i++)
    features->mouths[i] = draw_mouth (stage, self, -0.3 + 1.3 * i / (N_MOUTHS - 1.0));
  features->x = self->x;
  features->y = self->y;
  features->size = self->size;
  features->mouth_y = self->chin - 0.185;
  features->period = cs_sketch_clamp (stage->duration / 3, 1.5, 3);
  features->first = cs_sketch_random_int (&stage->random, 2);
  features->phase = cs_sketch_random_range (&stage->random, 0.5, 2);
  cs_sketch_stage_add_actor (stage, draw_features, features, g_free);
}
