/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kinds of places Sketch can draw; each has a file cs-sketch-family-NAME.c. */
typedef enum
{
  CS_SKETCH_SEA,
  CS_SKETCH_LAKE,
  CS_SKETCH_CITY,
  CS_SKETCH_FOREST,
  CS_SKETCH_DESERT,
  CS_SKETCH_SPACE,
  CS_SKETCH_TABLE,
  CS_SKETCH_ROAD,
  CS_SKETCH_PORTRAIT,
  CS_SKETCH_ANIMAL,
  CS_SKETCH_ROBOT,
  CS_SKETCH_ABSTRACT,
  CS_SKETCH_SKY,
  CS_SKETCH_GARDEN,
  CS_SKETCH_VILLAGE,
  CS_SKETCH_N_FAMILIES
} CsSketchFamilyId;

typedef enum
{
  CS_SKETCH_DAWN,
  CS_SKETCH_DAY,
  CS_SKETCH_SUNSET,
  CS_SKETCH_NIGHT,
  CS_SKETCH_N_TIMES
} CsSketchTime;

typedef enum
{
  CS_SKETCH_CLEAR,
  CS_SKETCH_CLOUDY,
  CS_SKETCH_RAIN,
  CS_SKETCH_SNOW,
  CS_SKETCH_STORM,
  CS_SKETCH_FOG,
  CS_SKETCH_WIND,
  CS_SKETCH_N_WEATHERS
} CsSketchWeather;

typedef enum
{
  CS_SKETCH_MOVE_DRIFT,     /* nothing was asked: the family's own quiet move */
  CS_SKETCH_MOVE_STILL,
  CS_SKETCH_MOVE_LEFT,
  CS_SKETCH_MOVE_RIGHT,
  CS_SKETCH_MOVE_UP,
  CS_SKETCH_MOVE_DOWN,
  CS_SKETCH_MOVE_ZOOM_IN,
  CS_SKETCH_MOVE_ZOOM_OUT,
  CS_SKETCH_MOVE_DOLLY,
  CS_SKETCH_MOVE_DRONE,
  CS_SKETCH_MOVE_ORBIT,
  CS_SKETCH_N_MOVES
} CsSketchMove;

/* Things that the words may name: bits of CsSketchIdea.subjects. */
typedef enum
{
  CS_SKETCH_LIGHTHOUSE,
  CS_SKETCH_BOAT,
  CS_SKETCH_ISLAND,
  CS_SKETCH_WHALE,
  CS_SKETCH_FISH,
  CS_SKETCH_BIRD,
  CS_SKETCH_MOON,
  CS_SKETCH_SUN,
  CS_SKETCH_STARS,
  CS_SKETCH_AURORA,
  CS_SKETCH_RAINBOW,
  CS_SKETCH_MOUNTAIN,
  CS_SKETCH_WATERFALL,
  CS_SKETCH_RIVER,
  CS_SKETCH_CABIN,
  CS_SKETCH_TOWER,
  CS_SKETCH_FLYING,       /* towers, islands, cars that fly */
  CS_SKETCH_FUTURE,
  CS_SKETCH_NEON,
  CS_SKETCH_CAR,
  CS_SKETCH_CHASE,
  CS_SKETCH_TRAIN,
  CS_SKETCH_BRIDGE,
  CS_SKETCH_CASBAH,
  CS_SKETCH_MOSQUE,
  CS_SKETCH_TEMPLE,
  CS_SKETCH_CASTLE,
  CS_SKETCH_CHERRY,
  CS_SKETCH_FLOWER,
  CS_SKETCH_TREE,
  CS_SKETCH_PALM,
  CS_SKETCH_JUNGLE,
  CS_SKETCH_WINDMILL,
  CS_SKETCH_DRAGON,
  CS_SKETCH_CAT,
  CS_SKETCH_DOG,
  CS_SKETCH_HORSE,
  CS_SKETCH_LION,
  CS_SKETCH_CAMEL,
  CS_SKETCH_BUTTERFLY,
  CS_SKETCH_ASTRONAUT,
  CS_SKETCH_ROCKET,
  CS_SKETCH_PLANET,
  CS_SKETCH_WATCH,
  CS_SKETCH_BOTTLE,
  CS_SKETCH_CUP,
  CS_SKETCH_BOOK,
  CS_SKETCH_PHONE,
  CS_SKETCH_FRUIT,
  CS_SKETCH_FIRE,
  CS_SKETCH_BRAIN,
  CS_SKETCH_NETWORK,
  CS_SKETCH_SCHOOL,
  CS_SKETCH_ROBOT_BODY,
  CS_SKETCH_MACHINE,
  CS_SKETCH_WOMAN,
  CS_SKETCH_MAN,
  CS_SKETCH_CHILD,
  CS_SKETCH_FACE,
  CS_SKETCH_MUSIC,
  CS_SKETCH_AUTUMN,
  CS_SKETCH_FOX,
  CS_SKETCH_N_SUBJECTS
} CsSketchSubject;

G_STATIC_ASSERT (CS_SKETCH_N_SUBJECTS <= 64);

#define CS_SKETCH_BIT(subject) (G_GUINT64_CONSTANT (1) << (subject))

/* What the words ask for: a plain value, read-only once made. */
typedef struct
{
  CsSketchFamilyId family;
  guint64 subjects;          /* CS_SKETCH_BIT () of each */
  CsSketchTime time;
  CsSketchWeather weather;
  CsSketchMove move;
  double speed;              /* of the camera: 1 usual, 0.5 slow, 1.7 fast */
  double energy;             /* of the whole: 0 calm .. 1 lively */
  gboolean has_time;         /* the words said a time of day */
  gboolean has_weather;
  gboolean is_dark;          /* a black background, dramatic light, mystery */
  gboolean is_swirling;      /* Van Gogh and the like */
} CsSketchIdea;

static inline gboolean
cs_sketch_idea_has (const CsSketchIdea *self, CsSketchSubject subject)
{
  return (self->subjects & CS_SKETCH_BIT (subject)) != 0;
}

G_END_DECLS
