/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-palette.h"

#include "media/sketch/cs-sketch-random.h"

/* One light of the day, in colours as numbers. */
typedef struct
{
  guint32 sky_top, sky_middle, sky_low, sun, cloud_lit, cloud_shade, light, shade, haze, water_deep, water_light;
  double sun_height, sun_size, glow, haze_amount, stars, cloud_cover;
} Light;

static const Light lights[CS_SKETCH_N_TIMES][2] = {
  [CS_SKETCH_DAWN] = {
    { 0x4a6fa5, 0xa9b7d0, 0xffd9a8, 0xfff1cf, 0xffe3cf, 0x8e93b5, 0xffe2c0, 0x6d7ba6, 0xd9c7cf, 0x35577f, 0xf3c9a5,
      0.10, 0.050, 0.85, 0.42, 0.05, 0.40 },
    { 0x5c7fb8, 0xd3b3cb, 0xffc9b0, 0xffeccb, 0xffd7d3, 0x9a86ad, 0xffdccb, 0x7a78a4, 0xdcbccb, 0x3d5687, 0xf2b9b5,
      0.08, 0.052, 0.80, 0.45, 0.08, 0.45 },
  },
  [CS_SKETCH_DAY] = {
    { 0x1e66b8, 0x5fa2dc, 0xcfe6f2, 0xfffbe8, 0xffffff, 0xa9bdd6, 0xfff6e2, 0x7d96bd, 0xc3d8e8, 0x0f4f7d, 0x7fc4d6,
      0.72, 0.045, 0.55, 0.25, 0.00, 0.42 },
    { 0x2577c4, 0x74b4e2, 0xdcedf0, 0xfff9e0, 0xffffff, 0xb0c2d4, 0xfff4dc, 0x839cb9, 0xcadce4, 0x106a80, 0x86d2cf,
      0.66, 0.045, 0.55, 0.25, 0.00, 0.38 },
  },
  [CS_SKETCH_SUNSET] = {
    { 0x2f2c66, 0xb0527f, 0xffb35c, 0xfff0b8, 0xff9f72, 0x5b3b6e, 0xffc08a, 0x4d4377, 0xd9826f, 0x2b2a5e, 0xffa664,
      0.09, 0.062, 1.00, 0.40, 0.12, 0.50 },
    { 0x273a70, 0xc0625c, 0xffc35a, 0xfff2c0, 0xffb070, 0x6b4360, 0xffc790, 0x544674, 0xdf9068, 0x23335c, 0xffb45e,
      0.11, 0.060, 1.00, 0.38, 0.08, 0.42 },
  },
  [CS_SKETCH_NIGHT] = {
    { 0x070b22, 0x131d48, 0x33427c, 0xf2efe0, 0x5a6aa0, 0x141a3a, 0x8fa3d8, 0x1b2450, 0x2c3a70, 0x070d26, 0x7f93cc,
      0.68, 0.055, 0.55, 0.30, 1.00, 0.30 },
    { 0x080a1e, 0x1c1a48, 0x4a3a7e, 0xf6ecd8, 0x6a5f9e, 0x19163a, 0x9a9ada, 0x221f4e, 0x3a3270, 0x0a0a28, 0x8f8ad0,
      0.64, 0.060, 0.60, 0.30, 1.00, 0.25 },
  },
};

static const Light storm
    = { 0x1a2030, 0x3a4358, 0x8a8f98, 0xdfe6ee, 0x8d96a6, 0x1c2230, 0xaab4c6, 0x2c3448, 0x5c6678, 0x141d2b, 0x78879a,
        0.45, 0.0, 0.15, 0.45, 0.0, 0.95 };
static const Light rain
    = { 0x4a5768, 0x74808e, 0xa9b2ba, 0xe8ecee, 0xaab3bd, 0x566270, 0xbcc6d0, 0x55637a, 0x98a4b0, 0x2a3b4c, 0x97a7b3,
        0.55, 0.0, 0.20, 0.60, 0.0, 0.90 };
static const Light snow
    = { 0x8ba4c4, 0xb9c9dc, 0xe9eef2, 0xfdfdfb, 0xf4f6f8, 0xa3b3c8, 0xeef2f8, 0x90a2c0, 0xdbe4ec, 0x41607e, 0xc3d5e2,
        0.40, 0.050, 0.45, 0.60, 0.0, 0.65 };
static const Light fog
    = { 0x9fb0b8, 0xbfcac8, 0xe4e2d2, 0xfbf8ec, 0xe8e8e0, 0xa2b0b2, 0xeae6d6, 0x7c8e90, 0xd2d8d0, 0x4f6870, 0xc4d0cc,
        0.30, 0.055, 0.70, 0.90, 0.0, 0.55 };

static void
mix_light (CsSketchPalette *self, const Light *light, double share)
{
  struct { CsSketchColor *to; guint32 from; } pairs[] = {
    { &self->sky_top, light->sky_top },         { &self->sky_middle, light->sky_middle },
    { &self->sky_low, light->sky_low },         { &self->sun, light->sun },
    { &self->cloud_lit, light->cloud_lit },     { &self->cloud_shade, light->cloud_shade },
    { &self->light, light->light },             { &self->shade, light->shade },
    { &self->haze, light->haze },               { &self->water_deep, light->water_deep },
    { &self->water_light, light->water_light },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    *pairs[i].to = cs_sketch_mix (*pairs[i].to, CS_SKETCH_HEX (pairs[i].from), share);
  self->sun_height = cs_sketch_lerp (self->sun_height, light->sun_height, share);
  self->sun_size = cs_sketch_lerp (self->sun_size, light->sun_size, share);
  self->glow = cs_sketch_lerp (self->glow, light->glow, share);
  self->haze_amount = cs_sketch_lerp (self->haze_amount, light->haze_amount, share);
  self->stars = cs_sketch_lerp (self->stars, light->stars, share);
  self->cloud_cover = cs_sketch_lerp (self->cloud_cover, light->cloud_cover, share);
}

static void
add_weather (CsSketchPalette *self, const CsSketchIdea *idea)
{
  double share = idea->time == CS_SKETCH_DAY ? 0.95 : idea->time == CS_SKETCH_NIGHT ? 0.22 : 0.55;

  switch (idea->weather)
    {
    case CS_SKETCH_STORM:
      mix_light (self, &storm, MAX (share, 0.55));
      self->cloud_cover = 0.95;
      break;
    case CS_SKETCH_RAIN:
      mix_light (self, &rain, share);
      self->cloud_cover = 0.85;
      break;
    case CS_SKETCH_SNOW:
      mix_light (self, &snow, share);
      break;
    case CS_SKETCH_FOG:
      mix_light (self, &fog, share);
      self->haze_amount = 0.85;
      break;
    case CS_SKETCH_CLOUDY:
      self->cloud_cover = 0.75;
      break;
    case CS_SKETCH_WIND:
      self->cloud_cover = MIN (self->cloud_cover + 0.2, 0.7);
      break;
    case CS_SKETCH_CLEAR:
      if (idea->has_weather)
        self->cloud_cover *= 0.4;
      break;
    case CS_SKETCH_N_WEATHERS:
      break;
    }
}

static void
change_all (CsSketchPalette *self, double saturation, double hue, double lift)
{
  CsSketchColor *all[] = { &self->sky_top, &self->sky_middle, &self->sky_low, &self->sun, &self->cloud_lit,
                           &self->cloud_shade, &self->light, &self->shade, &self->haze, &self->water_deep,
                           &self->water_light, &self->rock, &self->earth, &self->leaf, &self->sand, &self->accent };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      CsSketchColor color = cs_sketch_turn_hue (cs_sketch_saturate (*all[i], saturation), hue);

      *all[i] = cs_sketch_mix (color, CS_SKETCH_HEX (0xfff6f0), lift);
    }
}

/* The materials keep their place in every light; the style says how bold they are. */
static void
set_materials (CsSketchPalette *self, CsSketchRandom *random)
{
  static const guint32 accents[] = { 0xd8412f, 0xe8a020, 0x1fa39a, 0x3d6fd8, 0xc23a76, 0xf06a3c };

  self->rock = CS_SKETCH_HEX (0x7d7468);
  self->earth = CS_SKETCH_HEX (0x7a5c40);
  self->leaf = CS_SKETCH_HEX (0x4f8a3c);
  self->sand = CS_SKETCH_HEX (0xe0a868);
  self->window = CS_SKETCH_HEX (0xffcf7a);
  self->accent = CS_SKETCH_HEX (accents[cs_sketch_random_int (random, G_N_ELEMENTS (accents))]);
}

/**
 * cs_sketch_palette_init:
 *
 * Chooses the colours of a scene from the hour, the weather and the style; the seed varies them a little.
 */
void
cs_sketch_palette_init (CsSketchPalette *self, const CsSketchIdea *idea, CsStyle style, guint64 seed)
{
  CsSketchRandom random;
  double hue;
  gboolean is_grey = idea->weather == CS_SKETCH_STORM || idea->weather == CS_SKETCH_RAIN;

  g_return_if_fail (idea->time < CS_SKETCH_N_TIMES);

  cs_sketch_random_init (&random, seed, 5);
  *self = (CsSketchPalette) { 0 };
  mix_light (self, &lights[idea->time][0], 1);
  mix_light (self, &lights[idea->time][1], cs_sketch_random_double (&random));
  set_materials (self, &random);
  add_weather (self, idea);
  self->is_night = idea->time == CS_SKETCH_NIGHT;
  self->sun_height = cs_sketch_clamp (self->sun_height + cs_sketch_random_range (&random, -0.04, 0.06), 0.06, 0.85);
  hue = cs_sketch_random_range (&random, -0.018, 0.018);
  if (style == CS_STYLE_ANIME)
    change_all (self, is_grey ? 2.4 : 1.30, hue, 0.03);
  else if (style == CS_STYLE_3D_RENDER)
    change_all (self, is_grey ? 1.9 : 1.02, hue, self->is_night ? 0.10 : 0.22);
  else if (style == CS_STYLE_ARTISTIC)
    change_all (self, is_grey ? 1.6 : idea->is_swirling ? 1.35 : 1.18, hue, 0.0);
  else
    change_all (self, 1.0, hue, 0.0);
}
