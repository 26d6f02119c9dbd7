/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-idea.h"

G_BEGIN_DECLS

/* What a word changes in an idea. */
typedef enum
{
  CS_SKETCH_SAYS_FAMILY,
  CS_SKETCH_SAYS_SUBJECT,
  CS_SKETCH_SAYS_TIME,
  CS_SKETCH_SAYS_WEATHER,
  CS_SKETCH_SAYS_MOVE,
  CS_SKETCH_SAYS_SPEED,   /* value: percent of the usual */
  CS_SKETCH_SAYS_ENERGY,  /* value: percent */
  CS_SKETCH_SAYS_DARK,
  CS_SKETCH_SAYS_SWIRL,
} CsSketchSays;

/* One meaning and the words for it: constant. Words are folded as cs_text_fold() does, apart by '|'; a phrase has its
 * words apart by one space. */
typedef struct
{
  const char *words;
  CsSketchSays says;
  int value;
  int weight; /* of a family: how much the word decides where we are */
} CsSketchMeaning;

const CsSketchMeaning *cs_sketch_lexicon_get         (gsize *n);
CsSketchFamilyId       cs_sketch_lexicon_get_family  (CsSketchSubject subject, int *weight);

G_END_DECLS
