/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-family.h"

static const CsSketchFamily families[CS_SKETCH_N_FAMILIES] = {
  [CS_SKETCH_SEA] = { "sea", cs_sketch_family_draw_sea,
                      { .sea = 0.9, .wind = 0.25, .birds = 0.15, .brightness = 0.6, .energy = 0.3 } },
  [CS_SKETCH_LAKE] = { "lake", cs_sketch_family_draw_lake,
                       { .sea = 0.15, .wind = 0.2, .birds = 0.45, .brightness = 0.7, .energy = 0.25 } },
  [CS_SKETCH_CITY] = { "city", cs_sketch_family_draw_city,
                       { .city = 0.85, .brightness = 0.5, .energy = 0.6 } },
  [CS_SKETCH_FOREST] = { "forest", cs_sketch_family_draw_forest,
                         { .wind = 0.35, .birds = 0.8, .crickets = 0.3, .brightness = 0.7, .energy = 0.3 } },
  [CS_SKETCH_DESERT] = { "desert", cs_sketch_family_draw_desert,
                         { .wind = 0.65, .brightness = 0.55, .energy = 0.2 } },
  [CS_SKETCH_SPACE] = { "space", cs_sketch_family_draw_space,
                        { .space = 0.95, .brightness = 0.45, .energy = 0.25 } },
  [CS_SKETCH_TABLE] = { "table", cs_sketch_family_draw_table,
                        { .brightness = 0.6, .energy = 0.35 } },
  [CS_SKETCH_ROAD] = { "road", cs_sketch_family_draw_road,
                       { .city = 0.6, .machine = 0.6, .brightness = 0.5, .energy = 0.9 } },
  [CS_SKETCH_ANIMAL] = { "animal", cs_sketch_family_draw_animal,
                         { .wind = 0.3, .birds = 0.5, .crickets = 0.3, .brightness = 0.75, .energy = 0.4 } },
  [CS_SKETCH_PORTRAIT] = { "portrait", cs_sketch_family_draw_portrait,
                           { .wind = 0.1, .brightness = 0.55, .energy = 0.25 } },
  [CS_SKETCH_ROBOT] = { "robot", cs_sketch_family_draw_robot,
                        { .machine = 0.7, .brightness = 0.7, .energy = 0.55 } },
  [CS_SKETCH_ABSTRACT] = { "abstract", cs_sketch_family_draw_abstract,
                           { .space = 0.4, .machine = 0.25, .brightness = 0.55, .energy = 0.5 } },
  [CS_SKETCH_SKY] = { "sky", cs_sketch_family_draw_sky,
                      { .wind = 0.7, .brightness = 0.5, .energy = 0.5 } },
  [CS_SKETCH_GARDEN] = { "garden", cs_sketch_family_draw_garden,
                         { .wind = 0.2, .birds = 0.7, .sea = 0.1, .brightness = 0.8, .energy = 0.25 } },
  [CS_SKETCH_VILLAGE] = { "village", cs_sketch_family_draw_village,
                          { .city = 0.25, .sea = 0.3, .birds = 0.4, .brightness = 0.7, .energy = 0.35 } },
};

/* The family of that number. */
const CsSketchFamily *
cs_sketch_family_get (CsSketchFamilyId id)
{
  if (id >= CS_SKETCH_N_FAMILIES || families[id].draw == NULL)
    return &families[CS_SKETCH_SEA];
  return &families[id];
}
