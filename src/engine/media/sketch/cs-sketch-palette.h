/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"
#include "media/sketch/cs-sketch-color.h"
#include "media/sketch/cs-sketch-idea.h"

G_BEGIN_DECLS

/* The colours and the light of one scene: a plain value, read-only once made. */
typedef struct
{
  CsSketchColor sky_top, sky_middle, sky_low; /* from above to the horizon */
  CsSketchColor sun;                          /* the disc and its glow: the moon at night */
  CsSketchColor cloud_lit, cloud_shade;
  CsSketchColor light;                        /* what falls on lit sides: multiply with an object's colour */
  CsSketchColor shade;                        /* what falls on sides in shadow */
  CsSketchColor haze;                         /* where far things fade to */
  CsSketchColor water_deep, water_light;
  CsSketchColor rock, earth, leaf, sand;      /* materials, before light */
  CsSketchColor window;                       /* lit windows and lamps */
  CsSketchColor accent;                       /* a colour for what must be seen */
  double sun_height;   /* 0 on the horizon .. 1 at the top of the sky */
  double sun_size;     /* radius, in parts of the shorter side */
  double glow;         /* 0 none .. 1 strong light around the sun */
  double haze_amount;  /* 0 clear air .. 1 fog */
  double stars;        /* 0 none .. 1 all */
  double cloud_cover;  /* 0 blue sky .. 1 closed */
  gboolean is_night;
} CsSketchPalette;

void cs_sketch_palette_init (CsSketchPalette *self, const CsSketchIdea *idea, CsStyle style, guint64 seed);

G_END_DECLS
