/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-style.h"

/* What a style does to every colour: a plain value. */
typedef struct
{
  double contrast; /* 0 none .. 1 strong, around the middle grey */
  double lift;     /* of the blacks */
  double saturation;
  CsSketchColor dark, bright; /* added to dark and to bright tones */
} Grade;

static const Grade grades[CS_N_STYLES] = {
  [CS_STYLE_PHOTOREALISTIC] = { 0.22, 0.015, 1.04, { -0.005f, 0.0f, 0.012f }, { 0.012f, 0.005f, -0.01f } },
  [CS_STYLE_CINEMATIC] = { 0.66, 0.010, 0.84, { -0.085f, 0.016f, 0.070f }, { 0.105f, 0.018f, -0.115f } },
  [CS_STYLE_ANIME] = { 0.30, 0.03, 1.32, { 0.0f, 0.0f, 0.05f }, { 0.01f, 0.01f, 0.0f } },
  [CS_STYLE_3D_RENDER] = { 0.0, 0.17, 1.42, { 0.045f, 0.0f, 0.11f }, { 0.04f, 0.015f, -0.02f } },
  [CS_STYLE_ARTISTIC] = { 0.25, 0.05, 1.16, { 0.035f, 0.015f, 0.02f }, { 0.02f, 0.01f, -0.02f } },
};

/* A grade as tables, so that a pixel costs a few additions. */
typedef struct
{
  gint16 curve[256];
  gint16 tint[256][3];
  int saturation; /* of 256 */
} Tables;

static void
make_tables (Tables *self, const Grade *grade)
{
  for (int i = 0; i < 256; i++)
    {
      double v = i / 255.0, s = v * v * (3 - 2 * v),
             dark = cs_sketch_step (0.55, 0.0, v) * cs_sketch_step (0.0, 0.12, v);
      double bright = cs_sketch_step (0.35, 0.95, v);

      v = cs_sketch_lerp (v, s, grade->contrast);
      self->curve[i] = (gint16) (255 * (grade->lift + v * (1 - grade->lift)) + 0.5);
      self->tint[i][0] = (gint16) (255 * (grade->dark.b * dark + grade->bright.b * bright));
      self->tint[i][1] = (gint16) (255 * (grade->dark.g * dark + grade->bright.g * bright));
      self->tint[i][2] = (gint16) (255 * (grade->dark.r * dark + grade->bright.r * bright));
    }
  self->saturation = (int) (grade->saturation * 256);
}

static inline void
grade_pixel (const Tables *tables, guint8 *pixel)
{
  int alpha = pixel[3], c[3], luma;

  for (int i = 0; i < 3; i++)
    {
      int v = alpha == 255 ? pixel[i] : MIN (pixel[i] * 255 / alpha, 255);

      c[i] = tables->curve[v];
    }
  luma = (c[0] * 29 + c[1] * 150 + c[2] * 77) >> 8;
  for (int i = 0; i < 3; i++)
    {
      int v = luma + (((c[i] - luma) * tables->saturation) >> 8) + tables->tint[MIN (luma, 255)][i];

      v = CLAMP (v, 0, 255);
      pixel[i] = (guint8) (alpha == 255 ? v : v * alpha / 255);
    }
}

/* Contrast, saturation and the tint of the style; light without body stays as it is. */
void
cs_sketch_style_grade (const CsSketchLook *self, const CsSketchPixels *pixels, const CsSketchBox *box)
{
  Tables tables;

  make_tables (&tables, &grades[self->style]);
  for (int y = box->y; y < box->y + box->height; y++)
    {
      guint8 *row = pixels->data + (gsize) y * pixels->stride;

      for (int x = box->x; x < box->x + box->width; x++)
        if (row[x * 4 + 3] >= 8)
          grade_pixel (&tables, row + x * 4);
    }
}
