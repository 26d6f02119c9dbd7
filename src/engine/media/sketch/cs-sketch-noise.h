/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Smooth random fields over the plane: a plain value, read-only once made, so any thread may read it. */
typedef struct
{
  guint8 order[512];
  float slope_x[256];
  float slope_y[256];
} CsSketchNoise;

void   cs_sketch_noise_init  (CsSketchNoise *self, guint64 seed);
double cs_sketch_noise_at    (const CsSketchNoise *self, double x, double y);
double cs_sketch_noise_fbm   (const CsSketchNoise *self, double x, double y, int octaves);
double cs_sketch_noise_ridge (const CsSketchNoise *self, double x, double y, int octaves);
double cs_sketch_noise_cells (const CsSketchNoise *self, double x, double y);

G_END_DECLS
